"""Every page in Chromium: axe finds nothing, nothing sticks out, nothing is said on the console."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from looking import FULL, PAPER, SMALLEST, names, plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

    from looking import View

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe().axe_script
# Only what is found is sent over. Without places, the whole page is looked at.
RUN = r"""async ([options, places]) => {
  const elements = places && [...document.body.querySelectorAll('*')]
  const where = places ? {include: places.map((place) => elements[place])} : document
  return (await axe.run(where, options)).violations
}"""
# Gives for each text that is seen the elements it stands in, from the outside in, by all that a
# style sheet can tell of them but what they say and where they lead; with the place of the first.
TEXTS = r"""() => {
  const SAYS =
    /^(class|role|type|lang|open|hidden|disabled|checked|aria-(current|hidden|expanded))$/
  const chains = new Map([[document.body, '']])
  const found = {}
  const all = [...document.body.querySelectorAll('*')]
  for (const [place, element] of all.entries()) {
    const marks = [...element.attributes].map(({name, value}) => {
      const href = name === 'href' && `href=${/^https?:/.test(value)}`
      return href || (SAYS.test(name) ? `${name}=${value}` : name)
    })
    const chain = `${chains.get(element.parentElement)}>${element.localName}[${marks.sort()}]`
    chains.set(element, chain)
    const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    if ((says || element.matches('input, select, textarea')) && element.checkVisibility()) {
      found[chain] ??= place
    }
  }
  return found
}"""
PARTS = 24
"""So many tests share the pages, so that workers can take turns."""


class Measured:
    """The texts whose colours this process has measured, in each view.

    That takes axe most of its time. The colours of a text follow from the elements that it stands
    in, and hundreds of pages are made of the same. So each sort of text is measured where it is
    met first. An audit measures all.
    """

    def __init__(self) -> None:
        self._seen: dict[View, set[str]] = {}

    def new(self, page: Page, view: View) -> list[int]:
        """Give the places of texts in elements that are not known, and note them."""
        seen = self._seen.setdefault(view, set())
        found: dict[str, int] = page.evaluate(TEXTS)
        new = [place for chain, place in found.items() if chain not in seen]
        seen.update(found)
        return new


MEASURED = Measured()
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that look at colours."""


def run(page: Page, view: View, rules: dict[str, object], places: list[int] | None) -> list[str]:
    """Say what axe finds by some rules on the page as it is shown now, or at some places of it."""
    # On paper there is nothing to aim at.
    off = [*(() if places or FULL else COLOURS), *(["target-size"] if view == PAPER else [])]
    options = {
        "runOnly": rules,
        "resultTypes": ["violations"],
        "rules": {rule: {"enabled": False} for rule in off},
    }
    found = page.evaluate(RUN, [options, places])
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def faults(page: Page, view: View, views: tuple[View, ...]) -> list[str]:
    """Say what axe finds on the page as it is shown now, as one of several views of it."""
    twin = view._replace(scheme="light")
    # In other colours the same elements stand in the same places.
    known = not FULL and view != twin and twin in views
    found = [] if known else run(page, view, {"type": "tag", "values": TAGS}, None)
    places = [] if FULL else MEASURED.new(page, view)
    if places:
        found += run(page, view, {"type": "rule", "values": COLOURS}, places)
    return found


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
    if not script:
        page.evaluate(AXE)


def looks(
    page: Page, switch: CDPSession, address: str, views: tuple[View, ...]
) -> Iterator[tuple[str, list[str]]]:
    """Look at a page in each view, and give what is wrong; it is loaded as rarely as can be."""
    for script, group in itertools.groupby(sorted(views, reverse=True), lambda view: view.script):
        load(page, switch, address, script=script)
        for view in group:
            show(page, view)
            yield view.name, sideways(page) + faults(page, view, views)


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
        # Sent once; where scripts are off it can't start by itself.
        context.add_init_script(AXE)
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


def test_a_text_is_measured_in_elements_that_were_not_seen_before(page: Page) -> None:
    measured = Measured()
    news = []
    for body in (
        "<p>one <a href='x'>two</a></p><p>three</p>",
        "<p>other <a href='y'>words</a></p><p></p>",
        "<p>other <a href='https://y.example'>words</a></p>",
        "<div></div><p class='x'>other</p>",
        "<div><p style='display: none'>other</p></div>",
        "<div><p>other</p></div><input>",
    ):
        page.set_content(body)
        news.append(measured.new(page, SMALLEST))
    assert news == [[0, 1], [], [1], [1], [], [1, 2]]
    assert measured.new(page, PAPER) == [1, 2]


def test_a_pale_text_is_found_wherever_it_stands(page: Page) -> None:
    measured = Measured()
    pale = "<style>.x { color: #ccc }</style>"
    found = []
    for body in ("<p>one</p>", f"{pale}<p>two</p><p class=x>pale</p>"):
        page.set_content(body)
        page.evaluate(AXE)
        rules = {"type": "rule", "values": COLOURS}
        found.append(run(page, SMALLEST, rules, measured.new(page, SMALLEST)))
    assert found == [[], ['color-contrast: <p class="x">pale</p>']]


def test_pages_read_the_same_without_javascript(browser: Browser, site_url: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for name in ("principles/he-tangata/", "glossary/", "whole-policy/"):
            page.goto(site_url + name)
            expect(page.locator("article h1")).to_be_visible()
            expect(page.locator("article p").last).to_be_visible()


def test_a_practice_is_reached_by_its_address(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}guidelines/purpose-matters/#write-it-down")
    practice = page.locator("#write-it-down")
    expect(practice).to_be_visible()
    # Nothing may cover what a link leads to.
    page.wait_for_function(
        "practice => { const {left, top} = practice.getBoundingClientRect();"
        " return practice.contains(document.elementFromPoint(left + 5, top + 5)) }",
        arg=practice.element_handle(),
    )


def test_paper_loses_nothing(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}principles/he-tangata/")
    page.emulate_media(media="print")
    expect(page.locator(".dpup-menu")).to_be_hidden()
    expect(page.locator(".dpup-search-box")).to_be_hidden()
    # Each print says where it is from.
    expect(page.locator(".dpup-brand")).to_be_visible()
    expect(page.locator(".dpup-footer__said")).to_be_visible()
    expect(page.locator(".dpup-practice").last).to_be_visible()
    address = (
        "getComputedStyle(document.querySelector('.dpup-about a[href^=http]'), '::after').content"
    )
    assert "attr(href)" in page.evaluate(address) or "http" in page.evaluate(address)
    page.goto(site_url)
    # Black on white, whether a printer is asked for backgrounds or not.
    for button in page.locator(".dpup-button").all():
        seen = button.evaluate(
            "it => [getComputedStyle(it).color, getComputedStyle(it).background]"
        )
        assert seen[0] == "rgb(0, 0, 0)"
        assert seen[1].startswith("rgba(0, 0, 0, 0)")
