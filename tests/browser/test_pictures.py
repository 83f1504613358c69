"""The pictures in Chromium: the right drawing at each width, words that can be read, links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from looking import SAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = (
    "principles/",
    "guidelines/sharing-value/",
    "toolkit/how-much-collaboration/",
    "about/timeline/",
    "stages/",
    "matrices/findings-to-toolkit/",
    "findings/two-way-flow/",
)
# The words of the drawing that is shown: their size in CSS pixels, and whether they leave it.
SHOWN = """() => {
  const drawings = [...document.querySelectorAll('.dpup-picture svg')]
  const svg = drawings.find((each) => each.getBoundingClientRect().width)
  const frame = svg.viewBox.baseVal
  const scale = svg.getBoundingClientRect().width / frame.width
  return [...svg.querySelectorAll('text')].map((text) => {
    const box = text.getBBox()
    const out = box.x < frame.x - 1 || box.x + box.width > frame.x + frame.width + 1
    return {words: text.textContent, size: parseFloat(text.getAttribute('font-size')) * scale, out}
  })
}"""
# Words that are wider than the card in which they start.
BURST = """() => [...document.querySelectorAll('.dpup-picture svg')].flatMap((svg) => {
  const cards = [...svg.querySelectorAll('rect')].map((rect) => rect.getBBox())
  return [...svg.querySelectorAll('text')].filter((text) => {
    const box = text.getBBox()
    return cards.some((card) =>
      box.x >= card.x && box.x < card.x + card.width && box.y >= card.y &&
      box.y < card.y + card.height && box.x + box.width > card.x + card.width)
  }).map((text) => text.textContent)
})"""


def open_at(page: Page, url: str, width: int) -> None:
    """Open a page in a window of a width, with its fonts."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(url)
    page.evaluate("document.fonts.ready")


def test_without_javascript_a_picture_is_there_and_its_words_open(
    browser: Browser, site_url: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for name in PAGES:
            page.goto(site_url + name)
            picture = page.locator(".dpup-picture").first
            expect(picture.locator("svg:visible")).to_have_count(1)
            expect(picture.locator("table")).to_be_hidden()
            picture.locator("summary").click()
            expect(picture.locator("table")).to_be_visible()


def test_every_picture_is_among_the_pages_that_axe_sees_in_every_way() -> None:
    assert set(PAGES) <= set(SAMPLES)


@pytest.mark.parametrize("name", PAGES)
def test_words_are_large_enough_and_stay_inside(page: Page, site_url: str, name: str) -> None:
    for width, least in ((320, 12), (390, 14), (768, 14), (1280, 14)):
        open_at(page, site_url + name, width)
        shown = page.evaluate(SHOWN)
        assert len(shown) > 5
        assert [text["words"] for text in shown if text["out"]] == []
        assert min(text["size"] for text in shown) >= least, width
        assert max(text["size"] for text in shown if text["words"] != "299") < 24, width


@pytest.mark.parametrize("name", PAGES)
def test_words_stay_in_their_cards(page: Page, site_url: str, name: str) -> None:
    for width in (390, 1280):
        open_at(page, site_url + name, width)
        assert page.evaluate(BURST) == []


def test_a_phone_gets_the_narrow_drawing_and_a_computer_the_wide_one(
    page: Page, site_url: str
) -> None:
    open_at(page, f"{site_url}stages/", 390)
    expect(page.locator(".dpup-picture__narrow")).to_be_visible()
    expect(page.locator(".dpup-picture__wide")).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator(".dpup-picture__narrow")).to_be_hidden()
    expect(page.locator(".dpup-picture__wide")).to_be_visible()


def test_large_text_gets_the_narrow_drawing_and_larger_words(page: Page, site_url: str) -> None:
    open_at(page, f"{site_url}stages/", 760)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    expect(page.locator(".dpup-picture__narrow")).to_be_visible()
    assert min(text["size"] for text in page.evaluate(SHOWN)) >= 24


def test_the_keyboard_reaches_a_stage_by_its_name_and_shows_where_it_is(
    page: Page, site_url: str
) -> None:
    open_at(page, f"{site_url}stages/", 1280)
    links = page.get_by_role("group", name="The life of information").get_by_role("link")
    expect(links).to_have_count(7)
    first = page.get_by_role("link", name="1. Plan 157")
    first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").split() == ["1.", "Plan", "157"]
    style = "getComputedStyle(document.activeElement)"
    assert page.evaluate(f"{style}.outlineStyle") == "solid"
    assert page.evaluate(f"parseFloat({style}.outlineWidth)") >= 2
    page.keyboard.press("Enter")
    page.wait_for_url("**/stages/plan/")


def test_a_name_over_several_lines_is_read_with_spaces(page: Page, site_url: str) -> None:
    open_at(page, f"{site_url}principles/", 1280)
    link = page.get_by_role("group").get_by_role("link", name="Transparency and Choice", exact=True)
    expect(link).to_have_count(1)


def test_forced_colours_leave_no_word_in_the_colour_of_its_ground(
    browser: Browser, site_url: str
) -> None:
    with browser.new_context(forced_colors="active") as context:
        page = context.new_page()
        open_at(page, f"{site_url}stages/", 1280)
        over, disc, ink, ground = page.evaluate(
            """() => [
              ...['.dpup-picture__over', '.dpup-picture__strong', '.dpup-picture__ink'].map(
                (name) => getComputedStyle(document.querySelector(name)).fill),
              getComputedStyle(document.body).backgroundColor]"""
        )
        assert over != disc
        assert ink == disc != ground


def test_paper_shows_the_picture_and_its_words(page: Page, site_url: str) -> None:
    open_at(page, f"{site_url}guidelines/sharing-value/", 673)
    page.emulate_media(media="print")
    picture = page.locator(".dpup-picture")
    expect(picture.locator("svg:visible")).to_have_count(1)
    expect(picture.locator("table")).to_be_visible()
    fills = page.evaluate(
        """['.dpup-picture__strong', '.dpup-picture__over'].map(
          (name) => getComputedStyle(document.querySelector(name)).fill)"""
    )
    assert fills == ["rgb(34, 34, 34)", "rgb(255, 255, 255)"]
