"""Every page in Chromium: axe finds nothing, nothing sticks out, nothing is said on the console."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from looking import PAPER, names, plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

    from looking import View

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe().axe_script
# Only what is found is sent over.
RUN = "async (options) => (await axe.run(document, options)).violations"
PARTS = 24
"""So many tests share the pages, so that workers can take turns."""


def faults(page: Page, view: View) -> list[str]:
    """Say what axe finds on the page as it is shown now: on paper there is nothing to aim at."""
    rules = {"target-size": {"enabled": view != PAPER}}
    options = {
        "runOnly": {"type": "tag", "values": TAGS},
        "resultTypes": ["violations"],
        "rules": rules,
    }
    found = page.evaluate(RUN, options)
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def sideways(page: Page) -> list[str]:
    """Say so when a reader would have to scroll the page sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return ["the page scrolls sideways"] if wide else []


def show(page: Page, view: View) -> None:
    """Show a loaded page in a view."""
    page.emulate_media(media=view.media, color_scheme=view.scheme)
    size = {"width": view.width, "height": 900}
    if page.viewport_size != size:
        page.set_viewport_size(size)


def load(page: Page, switch: CDPSession, address: str, *, script: bool) -> None:
    """Load a page, with its scripts or without.

    Where scripts are off for good, those of axe would wait for ever. So they are off while the page
    is loaded: what was passed over then does not run afterwards.
    """
    switch.send("Emulation.setScriptExecutionDisabled", {"value": not script})
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok, address
    switch.send("Emulation.setScriptExecutionDisabled", {"value": False})
    if script:
        page.wait_for_selector("html[data-ready]", state="attached")
    assert (page.locator("html[data-ready]").count() == 1) is script
    page.evaluate(AXE)


def looks(
    page: Page, switch: CDPSession, address: str, views: tuple[View, ...]
) -> Iterator[tuple[str, list[str]]]:
    """Look at a page in each view, and give what is wrong; it is loaded as rarely as can be."""
    for script, group in itertools.groupby(sorted(views, reverse=True), lambda view: view.script):
        load(page, switch, address, script=script)
        for view in group:
            show(page, view)
            yield view.name, sideways(page) + faults(page, view)


def listen(context: BrowserContext, own: str) -> list[str]:
    """Gather what a reader's browser would complain of, and who else is asked for something."""
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    context.on(
        "request",
        lambda request: (
            None if request.url.startswith((own, "data:", "blob:")) else said.append(request.url)
        ),
    )
    return said


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_and_the_browser_does_not_complain(
    browser: Browser, site: Path, site_url: str, part: int
) -> None:
    # Motion would blur what axe sees.
    with browser.new_context(reduced_motion="reduce") as context:
        # A page that a service worker kept would not be asked for.
        context.add_init_script("delete Navigator.prototype.serviceWorker")
        said = listen(context, site_url)
        page = context.new_page()
        switch = context.new_cdp_session(page)
        bad = {
            (address, view): found
            for address, views in list(plan(names(site)).items())[part::PARTS]
            for view, found in looks(page, switch, site_url + address, views)
            if found
        }
        assert context.cookies() == []
    assert bad == {}
    assert said == []


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
    on_top = practice.evaluate(
        "practice => { const {left, top} = practice.getBoundingClientRect();"
        " return practice.contains(document.elementFromPoint(left + 5, top + 5)) }"
    )
    assert on_top, "nothing may cover what a link leads to"


def test_paper_loses_nothing(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}principles/he-tangata/")
    page.emulate_media(media="print")
    assert page.locator(".dpup-menu").is_hidden()
    assert page.locator(".dpup-search-box").is_hidden()
    # Each print says where it is from.
    assert page.locator(".dpup-brand").is_visible()
    assert page.locator(".dpup-footer__said").is_visible()
    assert page.locator(".dpup-practice").last.is_visible()
    address = (
        "getComputedStyle(document.querySelector('.dpup-about a[href^=http]'), '::after').content"
    )
    assert "attr(href)" in page.evaluate(address) or "http" in page.evaluate(address)
