"""What the browser tests of templates share: pages without a build, and what a reader does."""

from __future__ import annotations

import functools
import mimetypes
from typing import TYPE_CHECKING

import pytest

from dpup import offers, shell
from dpup.library import load
from dpup.vocabulary import for_page
from helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Locator, Page, Route

HOST = "https://dpup.test/"
NEED_TO_KNOW = "what-service-users-need-to-know"
PURPOSE = "purpose-statement"
SHEETS = ("tokens", "base", "components", "toolkit", "print", "log", "notice-builder", "notices")
FRAME = """<!doctype html>
<html lang="en-NZ">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{id}</title>
{sheets}
<script type="module" src="/assets/js/init.js"></script>
</head>
<body><main class="dpup-main">{article}</main></body>
</html>
"""


class Stage:
    """Answers a browser from a project and from our scripts and sheets, without a server."""

    def __init__(self, context: BrowserContext, root: Path = ROOT) -> None:
        self.root = root
        """The project; another one is the site after an update."""
        self.files: dict[str, bytes] = {}
        """Downloads by their path."""
        self.has_downloads = True
        """Whether the site offers them."""
        context.route(f"{HOST}**", self._answer)

    def address(self, entry: str) -> str:
        return f"{HOST}toolkit/{entry}/"

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST).partition("#")[0]
        file = ROOT / "docs" / path
        if path in self.files:
            route.fulfill(body=self.files[path])
        elif path.startswith("toolkit/"):
            route.fulfill(body=self._page(path.split("/")[1]), content_type="text/html")
        elif file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "text/plain"
            route.fulfill(body=file.read_bytes(), content_type=f"{kind}; charset=utf-8")
        else:
            route.fulfill(status=404, body="")

    def _page(self, entry: str) -> str:
        if self.root == ROOT:
            return _our_page(entry, has_downloads=self.has_downloads)
        return page_of(self.root, entry, has_downloads=self.has_downloads)


def page_of(root: Path, entry: str, *, has_downloads: bool) -> str:
    """Render the page of an entry as it is now."""
    library = load(root)
    offers.switch(library.root, on=has_downloads)
    found = library.find(entry)
    assert found is not None
    sheets = (f'<link rel="stylesheet" href="/assets/css/{name}.css">' for name in SHEETS)
    article = for_page(root, found.uri).entry(id=entry)
    offers.switch(library.root, on=True)
    return FRAME.format(id=entry, policy=shell.POLICY, sheets="".join(sheets), article=article)


@functools.cache
def _our_page(entry: str, *, has_downloads: bool) -> str:
    return page_of(ROOT, entry, has_downloads=has_downloads)


def open_template(page: Page, stage: Stage, entry: str = NEED_TO_KNOW, anchor: str = "") -> None:
    """Open a template as somebody who is about to fill it in."""
    page.goto(stage.address(entry) + anchor)
    ready(page)


def ready(page: Page) -> None:
    """Wait until all has started; point at the builder, so that it loads what that takes."""
    page.wait_for_selector("html[data-ready]")
    page.locator(".dpup-builder").dispatch_event("pointerover")
    page.wait_for_selector(".dpup-builder[data-live]")


def box(page: Page, name: str) -> Locator:
    """Find the box of a field."""
    return page.locator(f"#fill_{name}")


def press(page: Page, name: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=name, exact=True).click()


def make(page: Page, variant: str) -> None:
    """Choose what to make."""
    page.get_by_label("What to make").select_option(variant)


def notice(page: Page) -> str:
    """Give the words of the notice beside the answers, with a space between paragraphs."""
    paragraphs = page.locator(".dpup-builder__side .dpup-notice__text > div > p")
    return " ".join(paragraphs.all_inner_texts())


def kept(page: Page) -> str:
    """Give what the page says of keeping answers."""
    return page.locator("[data-kept]").inner_text()


def answers_in(page: Page, entry: str = NEED_TO_KNOW) -> dict[str, dict[str, object]]:
    """Give the answers that the browser keeps, by the names of their fields."""
    sheet = page.evaluate(f"JSON.parse(localStorage.getItem('dpup:notice:{entry}'))")
    return {id_.removeprefix(f"{entry}."): said for id_, said in (sheet or {})["answers"].items()}


def until(page: Page, condition: str) -> None:
    """Wait for a condition in the page; Playwright's own way needs what the policy forbids."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"It never came true: {condition}")
