"""The rule of notices in JavaScript: the shared cases, and all our templates against Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dpup.library import load
from helpers import ROOT
from notice_cases import CASES, for_script, random_cases

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

SCRIPTS = ROOT / "docs/assets/js"
HOST = "http://dpup.test/"
ASSEMBLE = """async (cases) => {
  const rule = await import('/notice-text.js')
  return cases.map(({template, variant, values}) =>
    rule.paragraphs(template, variant, values).map((paragraph) => [
      paragraph.heading,
      ...rule.wordsIn(paragraph).map(({text, blank}) => (blank ? [text] : text))
    ])
  )
}"""


def served(route: Route) -> None:
    """Answer from the folder of scripts, without a server."""
    name = route.request.url.removeprefix(HOST)
    if name:
        body = (SCRIPTS / name).read_text(encoding="utf-8")
        route.fulfill(body=body, content_type="text/javascript; charset=utf-8")
    else:
        route.fulfill(body="<!doctype html><title>x</title>", content_type="text/html")


@pytest.fixture
def scripts(page: Page) -> Page:
    """Open a page that can import our modules, and has nothing else."""
    page.route(f"{HOST}**", served)
    page.goto(HOST)
    return page


def assembled(page: Page, cases: list[dict[str, Any]]) -> Any:
    return page.evaluate(ASSEMBLE, cases)


def test_the_script_keeps_to_the_shared_cases(scripts: Page) -> None:
    found = assembled(scripts, [for_script(case) for case in CASES])
    wrong = [
        (case["name"], shown)
        for case, shown in zip(CASES, found, strict=True)
        if shown != case["expected"]
    ]
    assert wrong == []


@pytest.mark.parametrize("seed", range(3))
def test_python_and_script_say_the_same_of_all_our_templates(scripts: Page, seed: int) -> None:
    cases = list(random_cases(load(ROOT), seed, times=12))
    assert len(cases) > 100
    found = assembled(scripts, [case for case, _ in cases])
    for (case, expected), shown in zip(cases, found, strict=True):
        assert shown == expected, case["values"]
