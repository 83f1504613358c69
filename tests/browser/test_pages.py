"""Every page in Chromium: axe finds nothing, nothing sticks out, nothing is said on the console."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from looking import PAPER, SMALLEST, names, plan
from watching import AXE, COLOURS, Measured, run, watch

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PARTS = 24
"""So many tests share the pages, so that workers can take turns."""


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_and_the_browser_does_not_complain(
    browser: Browser, site: Path, site_url: str, part: int
) -> None:
    some = dict(itertools.islice(plan(names(site)).items(), part, None, PARTS))
    bad, said = watch(browser, site_url, some)
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
