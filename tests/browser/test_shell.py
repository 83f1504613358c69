"""The page around an article in Chromium: its menu, contents and colours."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

GUIDELINE = "guidelines/sharing-value/"
PHONE = {"width": 390, "height": 844}
DARK_PAPER = "rgb(20, 25, 27)"
LIGHT_PAPER = "rgb(255, 253, 250)"


@contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[Page]:
    """Open a tab in a fresh profile."""
    with browser.new_context(**options) as context:
        yield context.new_page()


def ready(page: Page, address: str) -> None:
    """Load a page and wait until its components have started."""
    page.goto(address)
    page.wait_for_selector("html[data-ready]", state="attached")


def paper(page: Page) -> str:
    """Give the colour behind the text."""
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def test_without_script_the_menu_opens_on_a_phone(browser: Browser, site_url: str) -> None:
    with opened(browser, java_script_enabled=False, viewport=PHONE) as page:
        page.goto(site_url + GUIDELINE)
        expect(page.locator(".dpup-menu a").first).not_to_be_visible()
        page.get_by_text("Menu", exact=True).click()
        page.locator(".dpup-menu").get_by_role("link", name="Toolkit").click()
        assert page.url == site_url + "toolkit/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_header_takes_two_lines_on_a_phone(
    browser: Browser, site_url: str, scheme: str
) -> None:
    with opened(browser, color_scheme=scheme, viewport={"width": 360, "height": 700}) as page:
        ready(page, site_url)
        box = page.locator(".dpup-header").bounding_box()
        assert box
        assert box["height"] < 130


def test_without_script_the_menu_stands_open_on_a_computer(browser: Browser, site_url: str) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(site_url + GUIDELINE)
        links = page.locator(".dpup-menu a")
        expect(links).to_have_count(6)
        assert all(link.is_visible() for link in links.all())


def test_without_script_the_contents_lead_to_every_part(browser: Browser, site_url: str) -> None:
    with opened(browser, java_script_enabled=False, viewport=PHONE) as page:
        page.goto(site_url + GUIDELINE)
        page.locator(".dpup-contents > summary").click()
        page.locator(".dpup-contents").get_by_role("link", name="Exceptions").click()
        assert page.url.endswith("#dpup_exceptions")


def test_without_script_no_button_shows_that_needs_one(browser: Browser, site_url: str) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(site_url)
        expect(page.locator(".dpup-scheme")).not_to_be_visible()


@pytest.mark.parametrize(("scheme", "colour"), [("dark", DARK_PAPER), ("light", LIGHT_PAPER)])
def test_without_script_colours_follow_the_machine(
    browser: Browser, site_url: str, scheme: str, colour: str
) -> None:
    with opened(browser, java_script_enabled=False, color_scheme=scheme) as page:
        page.goto(site_url)
        assert paper(page) == colour


def test_the_way_leads_to_the_page_that_lists_an_entry(browser: Browser, site_url: str) -> None:
    with opened(browser) as page:
        page.goto(site_url + "laws/ipp-3a/")
        way = page.get_by_role("navigation", name="Where you are").get_by_role("link")
        assert way.all_inner_texts() == ["Home", "Toolkit", "Laws"]
        before_and_after = page.get_by_role("navigation", name="Before and after this page")
        expect(before_and_after.get_by_role("link")).to_have_count(2)
        here = page.locator(".dpup-menu [aria-current]")
        assert here.all_inner_texts() == ["Toolkit"]


def test_chosen_colours_are_kept_in_this_browser(browser: Browser, site_url: str) -> None:
    with opened(browser, color_scheme="light") as page:
        ready(page, site_url)
        page.get_by_role("button", name="Dark colours").click()
        assert paper(page) == DARK_PAPER
        ready(page, site_url + GUIDELINE)
        assert paper(page) == DARK_PAPER
        page.get_by_role("button", name="Light colours").click()
        assert paper(page) == LIGHT_PAPER


def test_another_tab_takes_the_same_colours(browser: Browser, site_url: str) -> None:
    with opened(browser, color_scheme="light") as page:
        ready(page, site_url)
        other = page.context.new_page()
        ready(other, site_url + GUIDELINE)
        other.get_by_role("button", name="Dark colours").click()
        page.get_by_role("button", name="Light colours").wait_for()
        assert paper(page) == DARK_PAPER


def test_colours_change_where_nothing_can_be_kept(browser: Browser, site_url: str) -> None:
    with opened(browser, color_scheme="light") as page:
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error('off') }})"
        )
        ready(page, site_url)
        page.get_by_role("button", name="Dark colours").click()
        assert paper(page) == DARK_PAPER


def test_on_a_phone_the_contents_close_when_a_part_is_chosen(
    browser: Browser, site_url: str
) -> None:
    with opened(browser, viewport=PHONE) as page:
        ready(page, site_url + GUIDELINE)
        contents = page.locator(".dpup-contents")
        contents.locator("summary").click()
        contents.get_by_role("link", name="Exceptions").click()
        assert contents.get_attribute("open") is None
        page.wait_for_selector(".dpup-contents a[aria-current]", state="attached")


def test_a_wrong_address_says_where_to_look(browser: Browser, site: object, site_url: str) -> None:
    assert site
    with opened(browser) as page:
        page.goto(site_url + "404.html")
        assert page.locator("h1").inner_text() == "There is no page at this address"
        expect(page.get_by_role("link", name="Search the site")).to_be_visible()
