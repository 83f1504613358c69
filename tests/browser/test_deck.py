"""The slides of a workshop: complete without script; with it, shown over the whole window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dpup.library import load
from helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

WORKSHOP = "toolkit/introductory-workshop/"
FACTS = load(ROOT).get("workshop", "introductory-workshop").facts
# The title, each slide, and one for each part that has none.
COUNT = 1 + sum(len(part.slides) or 1 for part in FACTS.parts)


@pytest.fixture
def page(browser: Browser, site_url: str) -> Iterator[Page]:
    """Open the workshop on a computer, and hold it to this site and to no errors."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        opened = context.new_page()
        errors: list[str] = []
        foreign: list[str] = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        context.on("request", lambda it: foreign.append(it.url))
        opened.goto(site_url + WORKSHOP)
        expect(opened.locator("html")).to_have_attribute("data-ready", "")
        yield opened
        assert errors == []
        assert [url for url in foreign if not url.startswith((site_url, "data:"))] == []


@pytest.fixture
def deck(page: Page) -> Locator:
    """Show the slides."""
    page.get_by_role("button", name="Show the slides").press("Enter")
    return page.get_by_role("dialog")


def part(deck: Locator, name: str) -> Locator:
    return deck.locator(f"[data-part={name}]")


def title(deck: Locator) -> Locator:
    return part(deck, "slide").locator("h2")


def test_without_javascript_agenda_notes_and_slides_stand_on_the_page(
    browser: Browser, site_url: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site_url + WORKSHOP)
        expect(page.get_by_role("button", name="Show the slides")).to_have_count(0)
        expect(page.locator("dialog")).to_be_hidden()
        slides = page.locator(".dpup-slide")
        assert slides.count() == sum(len(part.slides) for part in FACTS.parts)
        assert all(slide.is_visible() for slide in slides.all())
        assert page.get_by_role("heading", name="For the facilitator").count() == len(FACTS.parts)
        rows = page.get_by_role("region", name="Agenda").nth(0).locator("tbody tr")
        assert rows.count() == len(FACTS.parts)


def test_the_slides_are_those_of_the_page_in_its_order(page: Page, deck: Locator) -> None:
    expected = [
        name
        for part in FACTS.parts
        for name in (
            [slide.title for slide in part.slides] or [f"{part.title} ({part.minutes} minutes)"]
        )
    ]
    expect(title(deck)).to_have_text("Introductory workshop")
    assert part(deck, "slide").locator("li").count() == len(FACTS.parts)
    shown = []
    for _ in range(COUNT - 1):
        page.keyboard.press("ArrowRight")
        shown.append(title(deck).inner_text())
    assert shown == expected
    assert deck.locator("[id]").count() == 0, "an id stands once on a page"


def test_a_slide_has_all_that_the_page_has(page: Page, deck: Locator) -> None:
    for number in range(1, 4):
        page.keyboard.press("PageDown")
        words = page.locator(".dpup-slide").nth(number - 1).locator("li").all_inner_texts()
        assert part(deck, "slide").locator("li").all_inner_texts() == words


def test_the_keyboard_alone_shows_everything_and_gets_back(page: Page, deck: Locator) -> None:
    expect(part(deck, "slide")).to_be_focused()
    said = part(deck, "said")
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text(f"Slide 2 of {COUNT}: {title(deck).inner_text()}")
    page.keyboard.press("End")
    expect(said).to_contain_text(f"Slide {COUNT} of {COUNT}")
    page.keyboard.press("PageDown")
    expect(said).to_contain_text(f"Slide {COUNT} of {COUNT}")
    page.keyboard.press("PageUp")
    expect(said).to_contain_text(f"Slide {COUNT - 1} of {COUNT}")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    expect(said).to_contain_text(f"Slide 1 of {COUNT}")
    page.keyboard.press("n")
    expect(part(deck, "notes")).to_be_visible()
    page.keyboard.press("Tab")
    expect(part(deck, "notes")).to_be_focused()
    page.keyboard.press("N")
    expect(part(deck, "notes")).to_be_hidden()
    expect(part(deck, "notes-here")).to_be_focused()
    names = ["Back", "Next", "Notes", "Notes in a window", "Start the clock", "Full screen"]
    part(deck, "previous").focus()
    for name in [*names[1:], "Close"]:
        page.keyboard.press("Tab")
        expect(deck.get_by_role("button", name=name, exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(deck).to_be_hidden()
    expect(page.get_by_role("button", name="Show the slides")).to_be_focused()


def test_keys_do_nothing_while_the_slides_are_not_shown(page: Page) -> None:
    page.locator("h1").click()
    for key in ("n", "f", "End", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator("dialog")).to_be_hidden()
    assert page.evaluate("document.fullscreenElement") is None
    page.get_by_role("button", name="Show the slides").click()
    expect(part(page.get_by_role("dialog"), "where")).to_have_text(f"1 / {COUNT}")


def test_keys_with_a_modifier_stay_the_browsers(page: Page, deck: Locator) -> None:
    for key in ("Control+ArrowRight", "Alt+n", "Meta+ArrowRight"):
        page.keyboard.press(key)
    expect(part(deck, "where")).to_have_text(f"1 / {COUNT}")
    expect(part(deck, "notes")).to_be_hidden()


def test_buttons_do_the_same_and_end_where_the_slides_end(deck: Locator) -> None:
    back, on = deck.get_by_role("button", name="Back"), deck.get_by_role("button", name="Next")
    expect(back).to_have_attribute("aria-disabled", "true")
    for _ in range(COUNT + 1):
        on.press("Enter")
    expect(part(deck, "where")).to_have_text(f"{COUNT} / {COUNT}")
    expect(on).to_have_attribute("aria-disabled", "true")
    expect(on).to_be_focused()
    back.click()
    expect(part(deck, "where")).to_have_text(f"{COUNT - 1} / {COUNT}")


def test_the_deck_fills_the_window_and_the_screen_where_that_is_allowed(
    page: Page, deck: Locator
) -> None:
    box = deck.bounding_box()
    assert box == {"x": 0, "y": 0, "width": 1280, "height": 800}
    full = deck.get_by_role("button", name="Full screen")
    full.click()
    expect(full).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.fullscreenElement !== null")
    page.keyboard.press("f")
    expect(full).to_have_attribute("aria-pressed", "false")
    never = "() => { document.documentElement.requestFullscreen = () => Promise.reject(Error()) }"
    page.evaluate(never)
    full.click()
    expect(part(deck, "said")).to_contain_text("does not allow the full screen here")


def test_notes_of_the_part_stand_beside_its_slides(page: Page, deck: Locator) -> None:
    page.keyboard.press("ArrowRight")
    button = deck.get_by_role("button", name="Notes", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    notes = part(deck, "notes").locator("li")
    assert notes.count() == len(FACTS.parts[0].notes)
    expect(part(deck, "notes")).to_contain_text(FACTS.parts[0].aim)


def test_a_second_window_follows_and_goes_with_the_slides(page: Page, deck: Locator) -> None:
    with page.context.expect_page() as opening:
        deck.get_by_role("button", name="Notes in a window").click()
    second = opening.value
    expect(second.locator("h1")).to_contain_text(f"1 / {COUNT}")
    second.keyboard.press("ArrowRight")
    expect(part(deck, "where")).to_have_text(f"2 / {COUNT}")
    assert second.locator("li").count() == len(FACTS.parts[0].notes)
    expect(second.get_by_text("Next slide:")).to_be_visible()
    fonts = "getComputedStyle(document.body).fontFamily"
    assert second.evaluate(fonts) == page.evaluate(fonts), "it has the style sheet of the page"
    with second.expect_event("close"):
        deck.get_by_role("button", name="Close").click()


def test_a_second_window_that_is_not_allowed_is_told(page: Page, deck: Locator) -> None:
    page.evaluate("window.open = () => null")
    deck.get_by_role("button", name="Notes in a window").click()
    expect(part(deck, "said")).to_contain_text("The browser has stopped the second window.")
    expect(deck.get_by_text("The browser has stopped the second window.").last).to_be_visible()


def test_the_clock_tells_the_minutes_and_moves_nothing(page: Page) -> None:
    page.clock.install()
    page.reload()
    page.clock.run_for(1000)
    expect(page.locator("html")).to_have_attribute("data-ready", "")
    page.get_by_role("button", name="Show the slides").click()
    deck = page.get_by_role("dialog")
    page.keyboard.press("ArrowRight")
    expect(part(deck, "time")).to_have_text("")
    deck.get_by_role("button", name="Start the clock").click()
    first = FACTS.parts[0].minutes
    expect(part(deck, "time")).to_have_text(f"Minute 0 of {FACTS.minutes}, this part until {first}")
    page.clock.run_for((first + 2) * 60_000)
    expect(part(deck, "time")).to_have_text(f"Minute {first + 2} of {FACTS.minutes}, 2 over")
    expect(part(deck, "where")).to_have_text(f"2 / {COUNT}")
    # A stray Escape takes no time away: the session goes on.
    page.keyboard.press("Escape")
    expect(deck).to_be_hidden()
    page.clock.run_for(60_000)
    page.get_by_role("button", name="Show the slides").click()
    expect(part(deck, "time")).to_have_text(f"Minute {first + 3} of {FACTS.minutes}, 3 over")
    page.clock.run_for(60_000)
    expect(part(deck, "time")).to_have_text(f"Minute {first + 4} of {FACTS.minutes}, 4 over")
    deck.get_by_role("button", name="Stop the clock").click()
    expect(part(deck, "time")).to_have_text("")


def test_paper_shows_the_page_and_not_the_deck(page: Page, deck: Locator) -> None:
    page.emulate_media(media="print")
    expect(deck).to_be_hidden()
    expect(page.locator(".dpup-slide").first).to_be_visible()
    expect(page.locator(".dpup-deck__start")).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(320, 256), (390, 844), (1280, 800)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_open_deck_and_nothing_sticks_out(
    page: Page, width: int, height: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    page.get_by_role("button", name="Show the slides").click()
    deck = page.get_by_role("dialog")
    page.keyboard.press("n")
    page.evaluate(Axe().axe_script)
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        found = page.evaluate("axe.run('dialog').then((it) => it.violations)")
        assert [(it["id"], node["html"][:200]) for it in found for node in it["nodes"]] == []
        wide = deck.evaluate(
            "(it) => [it, ...it.querySelectorAll(':scope > :not(.dpup-unseen)')]"
            ".filter((x) => x.scrollWidth > x.clientWidth + 1).map((x) => x.className)"
        )
        assert wide == []
