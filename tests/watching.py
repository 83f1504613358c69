"""What a browser and axe find on pages: faults, what sticks out, what the browser says."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

from looking import FULL, PAPER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

    from looking import View

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


def watch(
    browser: Browser, own: str, plan: Mapping[str, tuple[View, ...]]
) -> tuple[dict[tuple[str, str], list[str]], list[str]]:
    """Look at pages in views; give what is wrong with them, and what the browser says of them."""
    # Motion would blur what axe sees.
    with browser.new_context(reduced_motion="reduce") as context:
        # A page that a service worker kept would not be asked for.
        context.add_init_script("delete Navigator.prototype.serviceWorker")
        # Sent once; where scripts are off it can't start by itself.
        context.add_init_script(AXE)
        said = listen(context, own)
        page = context.new_page()
        switch = context.new_cdp_session(page)
        bad = {
            (address, view): found
            for address, views in plan.items()
            for view, found in looks(page, switch, own + address, views)
            if found
        }
        said += [f"a cookie: {cookie}" for cookie in context.cookies()]
    return bad, said
