"""Every page in Chromium: axe finds nothing, nothing overflows, no other host is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request

pytestmark = pytest.mark.browser

WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
# Only what is found is sent over. Colours are looked at when they have stopped changing, and
# boxes when the theme's script has laid them out, which it does once in the first frames.
RUN = """async (options) => {
  if (!document.getElementById('still')) {
    const style = document.createElement('style')
    style.id = 'still'
    style.textContent = '*, *::before, *::after { transition: none !important }'
    document.head.append(style)
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  }
  return (await axe.run(document, options)).violations
}"""
PARTS = 16
# Reading by eye is done from screenshots; these say what no eye would find on hundreds of pages.
WIDTHS = (1280, 390)
SMALLEST = 320
# A page of each new kind.
TOOLS = (
    "toolkit/",
    "toolkit/quick-check-in/",
    "toolkit/before-you-collect/",
    "toolkit/what-service-users-need-to-know/",
    "toolkit/access-or-correction-log/",
    "toolkit/summary-frontline/",
    "toolkit/information-flow-map/",
    "toolkit/case-referral-to-a-budgeting-service/",
    "toolkit/introductory-workshop/",
    "toolkit/check-your-understanding/",
    "toolkit/coverage/",
    "matrices/guidelines-by-principles/",
    "practices/",
    "id/purpose-matters.check-the-wording/",
)


def urls(site: Path, base: str) -> list[str]:
    """Give the address of every page."""
    pages = sorted(site.rglob("index.html"))
    return [base + page.parent.relative_to(site).as_posix().removeprefix(".") for page in pages]


def faults(page: Page) -> list[str]:
    """Say what axe finds on the page as it is shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(RUN, WCAG)
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def sideways(page: Page) -> list[str]:
    """Say so when a reader would have to scroll the page sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return ["the page scrolls sideways"] if wide else []


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_and_no_other_host_is_asked(
    browser: Browser, site: Path, site_url: str, part: int
) -> None:
    """Load each page once, and look at it at every width."""
    bad: dict[str, list[str]] = {}
    foreign: list[str] = []

    def look(request: Request) -> None:
        if not request.url.startswith((site_url, "data:", "blob:")):
            foreign.append(request.url)

    with browser.new_context() as context:
        context.add_init_script(Axe().axe_script)
        context.on("request", look)
        page = context.new_page()
        for url in urls(site, site_url)[part::PARTS]:
            page.goto(url)
            if found := looked_at(page):
                bad[url.removeprefix(site_url)] = found
        assert context.cookies() == []
    assert bad == {}
    assert foreign == []


def looked_at(page: Page) -> list[str]:
    """Say what is wrong with a page on a computer, on a phone and on the smallest phone."""
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"at {width}: {fault}" for fault in faults(page) + sideways(page)]
    page.set_viewport_size({"width": SMALLEST, "height": 800})
    return found + [f"at {SMALLEST}: {fault}" for fault in sideways(page)]


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_the_dark(browser: Browser, site_url: str, width: int) -> None:
    names = ("", "principles/he-tangata/", "sources/", "about/timeline/", "faqs/", *TOOLS)
    viewport = {"width": width, "height": 900}
    with browser.new_context(viewport=viewport, color_scheme="dark") as context:
        page = context.new_page()
        for name in names:
            page.goto(site_url + name)
            assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
            assert faults(page) == [], name


def test_pages_read_the_same_without_javascript(browser: Browser, site_url: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for name in ("principles/he-tangata/", "glossary/", "whole-policy/"):
            page.goto(site_url + name)
            assert page.locator("article h1").is_visible()
            assert page.locator("article p").last.is_visible()


def test_a_practice_is_reached_by_its_address(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}guidelines/purpose-matters/#write-it-down")
    practice = page.locator("#write-it-down")
    assert practice.is_visible()
    box = practice.bounding_box()
    assert box is not None
    header = page.locator("header.md-header").bounding_box()
    assert header is not None
    assert box["y"] >= header["height"] - 1, "the header must not cover what a link leads to"


def test_the_keyboard_reaches_the_content_first(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site_url}principles/he-tangata/")
    page.keyboard.press("Tab")
    assert "skip" in (page.evaluate("document.activeElement.className") or "")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("!!document.activeElement.closest('article')")
    assert inside


def test_focus_is_always_visible(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site_url}matrices/guidelines-by-principles/")
    for _ in range(40):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return [s.outlineStyle, s.outlineWidth, document.activeElement.className]; })()"
        )
        assert outline[0] != "none", outline
        assert outline[1] != "0px", outline


def test_paper_loses_nothing(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}principles/he-tangata/")
    page.emulate_media(media="print")
    assert page.locator("header.md-header").is_hidden()
    assert page.locator(".md-copyright").is_visible()
    assert page.locator(".dpup-practice").last.is_visible()
    address = (
        "getComputedStyle(document.querySelector('.dpup-about a[href^=http]'), '::after').content"
    )
    assert "attr(href)" in page.evaluate(address) or "http" in page.evaluate(address)
