"""Every page in Chromium: axe finds nothing, nothing overflows, no other host is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from looking import COMPUTER, PAPER, PHONE, SMALLEST, VIEWS, names, plan

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request

    from looking import Look, View

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
PARTS = 6


def left_out(look: Look) -> dict[str, dict[str, bool]]:
    """Name the rules that axe leaves out of a look: paper has nothing to aim at."""
    rules = {"color-contrast": look.colours, "target-size": look.view != PAPER}
    return {rule: {"enabled": False} for rule, wanted in rules.items() if not wanted}


def faults(page: Page, look: Look) -> list[str]:
    """Say what axe finds on the page as it is shown now."""
    page.evaluate(Axe().axe_script)
    found = page.evaluate(RUN, {**WCAG, "rules": left_out(look)})
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def sideways(page: Page) -> list[str]:
    """Say so when a reader would have to scroll the page sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return ["the page scrolls sideways"] if wide else []


def resize(page: Page, view: View) -> None:
    """Make the window as wide as the view, if it is not: a resize takes longer than a look."""
    size = {"width": view.width, "height": 900}
    if page.viewport_size != size:
        page.set_viewport_size(size)


def looked_at(page: Page, look: Look) -> list[str]:
    """Say what is wrong with a loaded page, in its view and on the smallest phone."""
    found = sideways(page)
    if look.axe:
        scheme = page.evaluate("document.body.dataset.mdColorScheme")
        assert (scheme == "slate") is (look.view.scheme == "dark")
        found += faults(page, look)
    if look.view in (COMPUTER, PHONE):
        resize(page, SMALLEST)
        found += [f"at {SMALLEST.width}: {fault}" for fault in sideways(page)]
    return found


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("view", [*VIEWS, SMALLEST], ids=lambda view: view.name)
def test_axe_finds_nothing_and_no_other_host_is_asked(
    browser: Browser, site: Path, site_url: str, view: View, part: int
) -> None:
    bad: dict[str, list[str]] = {}
    foreign: list[str] = []
    looks = [look for look in plan(names(site)) if look.view == view][part::PARTS]

    def seen(request: Request) -> None:
        if not request.url.startswith((site_url, "data:", "blob:")):
            foreign.append(request.url)

    # One profile for one view: the theme remembers the colours that a page was first shown in.
    with browser.new_context(color_scheme=view.scheme) as context:
        context.on("request", seen)
        page = context.new_page()
        page.emulate_media(media=view.media)
        for look in looks:
            resize(page, view)
            answer = page.goto(site_url + look.page)
            assert answer is not None
            assert answer.ok, look.page
            if found := looked_at(page, look):
                bad[look.page] = found
        assert context.cookies() == []
    assert bad == {}
    assert foreign == []


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
