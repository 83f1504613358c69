"""The keyboard, and what readers set for themselves: large text, zoom, contrast, stillness."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from helpers import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "guidelines/purpose-matters/",
    "toolkit/before-you-use-again-or-share/",
    "toolkit/what-service-users-need-to-know/",
    "toolkit/check-your-understanding/",
    "toolkit/",
    "search/#q=whanau",
    "matrices/practices-by-role-and-stage/",
    "glossary/",
    "id/purpose-matters.check-the-wording/",
    "contribute/words/",
    "contribute/propose/",
)
"""A page of each sort that a reader can do something on. Add one for each new component."""
COMPUTER = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 320, "height": 225}
"""What is left of a computer's window at 400 %."""


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """Load a page in a fresh profile, and wait until its components have started."""
    with browser.new_context(**{"viewport": COMPUTER, **options}) as context:
        page = context.new_page()
        page.goto(address)
        if options.get("java_script_enabled", True):
            page.wait_for_selector("html[data-ready]", state="attached")
        yield page


# The keyboard --------------------------------------------------------------------------------

# What has the focus: how it is called, where it stands, if it is marked, and if it is seen.
FOCUS = """() => {
  const $here = document.activeElement
  if ($here === document.body) {
    return null
  }
  const box = $here.getClientRects()[0] ?? $here.getBoundingClientRect()
  // A control that is drawn by its label is marked there.
  const $drawn = [$here, ...($here.labels ?? []), $here.parentElement]
  const marked = $drawn.some(($one) => {
    const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle($one)
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none'
  })
  // Of what is larger than the window, a part has to be seen.
  const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)]
  const wide = Math.min(box.right, innerWidth) - left
  const high = Math.min(box.bottom, innerHeight) - top
  const points = [[0.5, 0.5], [0.2, 0.5], [0.8, 0.5], [0.5, 0.2], [0.5, 0.8]]
  const seen = wide > 0 && high > 0 && points.some(([x, y]) => {
    const $top = document.elementFromPoint(left + x * wide, top + y * high)
    return $top && ($here.contains($top) || $top.contains($here) && !$top.matches('html, body')
      || [...($here.labels ?? [])].some(($label) => $label.contains($top)))
  })
  const all = [...document.querySelectorAll('*')]
  return {html: $here.outerHTML.slice(0, 120), place: all.indexOf($here), marked, seen,
    group: $here.type === 'radio' ? $here.name : ''}
}"""
MOST = 150
"""So many stops are enough to have seen each sort of control of a page."""


def walk(page: Page) -> Iterator[dict[str, Any]]:
    """Press Tab through a page, and say at each stop what has the focus."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            return
        yield stop


@pytest.mark.parametrize("size", [COMPUTER, PHONE, ZOOMED], ids=["computer", "phone", "zoomed"])
@pytest.mark.parametrize("name", PAGES)
def test_focus_is_seen_at_each_stop_and_follows_the_page(
    browser: Browser, site_url: str, name: str, size: dict[str, int]
) -> None:
    # Pages scroll to what has the focus; without motion they are there at once.
    with opened(browser, site_url + name, viewport=size, reduced_motion="reduce") as page:
        stops = list(walk(page))
    assert len(stops) > 5
    assert [stop["html"] for stop in stops if not stop["marked"]] == []
    assert [stop["html"] for stop in stops if not stop["seen"]] == []
    places = [stop["place"] for stop in stops]
    assert places == sorted(places), "the order of the keyboard is the order of the page"


@pytest.mark.parametrize("script", [False, True])
def test_the_first_stop_leads_to_the_content(browser: Browser, site_url: str, script: bool) -> None:  # noqa: FBT001 - a case
    with opened(browser, site_url + PAGES[1], java_script_enabled=script) as page:
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        assert skip.inner_text() == "Skip to the content"
        box = skip.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("main :focus")).to_have_count(1)


def test_the_keyboard_opens_the_menu_on_a_phone(browser: Browser, site_url: str) -> None:
    with opened(browser, site_url + PAGES[1], viewport=PHONE) as page:
        page.locator(".dpup-menu > summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.locator(".dpup-menu a:focus").inner_text() == "Principles"
        page.keyboard.press("Enter")
        page.wait_for_url("**/principles/")


def test_the_keyboard_follows_the_list_of_contents(browser: Browser, site_url: str) -> None:
    with opened(browser, site_url + PAGES[1], viewport=PHONE) as page:
        page.locator(".dpup-contents > summary").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        hash_ = page.evaluate("document.activeElement.hash")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{hash_}")
        top = page.evaluate(
            "document.getElementById(location.hash.slice(1)).getBoundingClientRect().top"
        )
        assert -1 <= top < PHONE["height"]


def test_without_script_the_search_box_asks_the_page_of_results(
    browser: Browser, site_url: str
) -> None:
    with opened(browser, site_url + PAGES[1], java_script_enabled=False) as page:
        page.locator("#dpup_q").fill("whānau")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=wh%C4%81nau")


# Text of the reader's own size and spacing ---------------------------------------------------

# Names what a reader can't see whole: text that is cut off by its box, or runs over the page.
LOST = """() => {
  const lost = []
  if (document.documentElement.scrollWidth > innerWidth) {
    lost.push('the page scrolls sideways')
  }
  const cuts = (value) => value === 'hidden' || value === 'clip'
  for (const $one of document.querySelectorAll('body *')) {
    const style = getComputedStyle($one)
    const {width, height} = $one.getBoundingClientRect()
    // What is hidden from the eye and left for screen readers is one pixel large, or clipped away.
    if (width <= 1 || height <= 1 || style.clipPath !== 'none' || !$one.textContent.trim()) {
      continue
    }
    const wide = cuts(style.overflowX) && $one.scrollWidth > $one.clientWidth + 1
    const high = cuts(style.overflowY) && $one.scrollHeight > $one.clientHeight + 1
    if (wide || high) {
      lost.push($one.outerHTML.slice(0, 120))
    }
  }
  return lost
}"""
# Names controls and links in the header that lie over one another.
OVER = """() => {
  const boxes = [...document.querySelectorAll('.dpup-header :is(a, button, input, summary)')]
    .filter(($one) => $one.checkVisibility({visibilityProperty: true}))
    .map(($one) => [$one, $one.getBoundingClientRect()])
  const over = ([, a], [, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
  return boxes.flatMap((one, at) => boxes.slice(at + 1).filter((other) => over(one, other))
    .map((other) => one[0].outerHTML.slice(0, 60) + ' / ' + other[0].outerHTML.slice(0, 60)))
}"""
SPACED = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`)
  document.adoptedStyleSheets.push(sheet)
}"""
"""Source: WCAG 2.2, 1.4.12 Text Spacing."""
LARGE = ["--no-sandbox", "--disable-background-networking", "--blink-settings=defaultFontSize=32"]
"""Letters of 200 %, as set in the browser: widths of the style sheets grow with them, as they would
not with a size that a script sets. Source: WCAG 2.2, 1.4.4 Resize Text."""


@pytest.fixture(scope="module")
def large(browser: Browser) -> Iterator[Browser]:
    """Start a browser whose reader has chosen letters of twice the size."""
    started = browser.browser_type.launch(executable_path=chromium(), args=LARGE)
    yield started
    started.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_lost_in_letters_of_200_percent(
    large: Browser, site_url: str, name: str, width: int
) -> None:
    with opened(large, site_url + name, viewport={"width": width, "height": 900}) as page:
        assert page.evaluate(LOST) == []
        assert page.evaluate(OVER) == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_lost_when_readers_space_the_text(
    browser: Browser, site_url: str, name: str, width: int
) -> None:
    with opened(browser, site_url + name, viewport={"width": width, "height": 900}) as page:
        page.evaluate(SPACED)
        assert page.evaluate(LOST) == []
        assert page.evaluate(OVER) == []


def test_larger_text_is_larger_everywhere(browser: Browser, large: Browser, site_url: str) -> None:
    measure = """() => [...document.querySelectorAll('body *')]
      .filter(($one) => [...$one.childNodes].some((node) => node.nodeValue?.trim()))
      .map(($one) => parseFloat(getComputedStyle($one).fontSize))"""
    with opened(browser, site_url + PAGES[2]) as page:
        before = page.evaluate(measure)
    with opened(large, site_url + PAGES[2]) as page:
        after = page.evaluate(measure)
    # Headings may grow with the window too, but nothing stays as it was.
    assert all(new >= old * 1.5 for old, new in zip(before, after, strict=True))


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_lost_at_400_percent(browser: Browser, site_url: str, name: str) -> None:
    with opened(browser, site_url + name, viewport=ZOOMED) as page:
        assert page.evaluate(LOST) == []
        assert page.evaluate(OVER) == []
        fixed = page.evaluate("""() => [...document.querySelectorAll('body *')]
          .filter(($one) => ['fixed', 'sticky'].includes(getComputedStyle($one).position))
          .filter(($one) => $one.getBoundingClientRect().height > innerHeight / 3)
          .map(($one) => $one.outerHTML.slice(0, 120))""")
        assert fixed == [], "what stays in place takes more than a third of the window"


# Contrast and stillness ----------------------------------------------------------------------

# Names controls that would vanish where the system takes all backgrounds and shadows away.
BARE = """() => [...document.querySelectorAll('button, input, select, textarea, summary')]
  .filter(($one) => $one.checkVisibility({visibilityProperty: true}))
  .filter(($one) => {
    const style = getComputedStyle($one)
    const framed = style.borderTopStyle !== 'none' && parseFloat(style.borderTopWidth) > 0
    const native = style.appearance !== 'none'
    return !framed && !native && !$one.matches('summary') && style.textDecorationLine === 'none'
  })
  .map(($one) => $one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("name", PAGES)
def test_forced_colours_leave_the_shape_of_controls_and_the_mark_of_focus(
    browser: Browser, site_url: str, name: str
) -> None:
    with opened(browser, site_url + name, forced_colors="active") as page:
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        assert page.evaluate(BARE) == []
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", "a shadow alone is not drawn"
        excepted = page.evaluate("""() => [...document.querySelectorAll('body *')]
          .filter(($one) => getComputedStyle($one).forcedColorAdjust === 'none')
          .map(($one) => $one.tagName)""")
        assert set(excepted) <= {"svg"}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_for_those_who_want_stillness(
    browser: Browser, site_url: str, name: str
) -> None:
    moving = """() => [...document.querySelectorAll('*')].filter(($one) => {
      const style = getComputedStyle($one)
      const long = (value) => value.split(',').some((time) => parseFloat(time) > 0)
      return style.scrollBehavior === 'smooth'
        || (style.animationName !== 'none' && long(style.animationDuration))
        || (style.transitionProperty !== 'none' && long(style.transitionDuration))
    }).map(($one) => $one.outerHTML.slice(0, 120))"""
    with opened(browser, site_url + name, reduced_motion="reduce") as page:
        assert page.evaluate(moving) == []


def test_there_is_a_page_behind_each_name(site: Path) -> None:
    assert all((site / re.split("[?#]", name)[0] / "index.html").is_file() for name in PAGES)
