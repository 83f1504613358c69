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


MEASURE = """async (text) => (await import('/reading.js')).measure(text)"""
SYLLABLES = """async (words) => {
  const {syllables} = await import('/reading.js')
  return words.map(syllables)
}"""
COUNTED = {
    "make": 1,
    "people": 2,
    "table": 2,
    "called": 1,
    "needed": 2,
    "houses": 2,
    "notes": 1,
    "agency": 3,
    "information": 4,
    "privacy": 3,
    "question": 2,
    "you": 1,
    "the": 1,
    "we": 1,
    "I": 1,
    "don't": 1,
    "well-being": 3,
    "rhythm": 1,
    "saying": 2,
    "community": 4,
    "hmm": 1,
}


def test_syllables_of_common_words_are_counted(scripts: Page) -> None:
    found = scripts.evaluate(SYLLABLES, list(COUNTED))
    assert dict(zip(COUNTED, found, strict=True)) == COUNTED


def test_the_reading_age_follows_the_formula(scripts: Page) -> None:
    # 40 words of one syllable in 4 sentences: 0.39 * 10 + 11.8 * 1 - 15.59 is 0.11, and 5 more.
    easy = "We ask you for your name so we can help. " * 4
    assert scripts.evaluate(MEASURE, easy) == {"words": 40, "characters": 164, "age": 5}
    # 30 words of four syllables in one sentence: 0.39 * 30 + 11.8 * 4 - 15.59 is 43.31.
    hard = " ".join(["information"] * 30) + "."
    assert scripts.evaluate(MEASURE, hard)["age"] == 48


def test_too_few_words_and_te_reo_maori_give_no_reading_age(scripts: Page) -> None:
    assert scripts.evaluate(MEASURE, "We help.")["age"] is None
    assert scripts.evaluate(MEASURE, "") == {"words": 0, "characters": 0, "age": None}
    assert scripts.evaluate(MEASURE, "whānau tāngata " * 30)["age"] is None
    easy = "We ask you for your name so we can help. " * 4
    assert scripts.evaluate(MEASURE, f"{easy}Ko ngā tāngata.")["age"] == 5
    assert scripts.evaluate(MEASURE, "0800 123 456 " * 30)["age"] is None


def test_very_long_words_take_no_time(scripts: Page) -> None:
    assert scripts.evaluate(MEASURE, "e" * 100_000 + " " + "x" * 100_000)["words"] == 2
