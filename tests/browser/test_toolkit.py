"""The toolkit in Chromium: found in few clicks, filled in without script, narrowed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CHECKLIST = "toolkit/before-you-use-again-or-share/"


@pytest.fixture
def page(browser: Browser) -> Page:
    """Open a page as a phone would."""
    with browser.new_context(viewport={"width": 390, "height": 900}) as context:
        yield context.new_page()


@pytest.fixture
def plain(browser: Browser) -> Page:
    """Open a page without script."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


def test_from_home_to_the_checklist_for_a_referral_in_one_click(page: Page, site_url: str) -> None:
    page.goto(site_url)
    page.get_by_role("link", name="refer a client to another agency").click()
    assert page.url == site_url + CHECKLIST
    assert page.locator("h1").inner_text() == "Before you use information again or share it"


def test_from_home_by_the_list_of_tasks_in_two_clicks(page: Page, site_url: str) -> None:
    page.goto(site_url)
    page.get_by_role("link", name="all tasks from A to Z").click()
    page.locator(f"a[href$='{CHECKLIST.partition('/')[2]}']").get_by_text("refer a client").click()
    assert page.url == site_url + CHECKLIST


def test_from_home_by_the_toolkit_in_two_clicks(page: Page, site_url: str) -> None:
    page.goto(site_url)
    page.get_by_role("link", name="Open the toolkit").click()
    page.get_by_role("link", name="Before you use information again or share it").first.click()
    assert page.url == site_url + CHECKLIST


def test_without_script_the_toolkit_is_a_whole_grouped_list(plain: Page, site_url: str) -> None:
    plain.goto(site_url + "toolkit/")
    expect(plain.locator("form[data-narrow]")).not_to_be_visible()
    resources = plain.locator("#dpup_toolkit li")
    assert resources.count() >= 50
    assert all(resource.is_visible() for resource in resources.all())
    assert plain.locator("#dpup_toolkit h3").all_inner_texts() == [
        "Checklists",
        "Decision helpers",
        "Templates",
        "Summaries",
        "Guides",
        "Examples",
        "Case studies",
        "Workshops",
        "Quizzes",
    ]


def test_without_script_a_checklist_can_be_answered(plain: Page, site_url: str) -> None:
    plain.goto(site_url + CHECKLIST)
    first = plain.locator(".dpup-item").first
    first.get_by_label("Yes").check()
    expect(first.get_by_label("Yes")).to_be_checked()
    first.get_by_label("No", exact=True).check()
    expect(first.get_by_label("Yes")).not_to_be_checked()


def test_without_script_a_template_can_be_filled_in(plain: Page, site_url: str) -> None:
    plain.goto(site_url + "toolkit/purpose-statement/")
    box = plain.locator(".dpup-fill textarea").first
    box.fill("To help people find a home")
    expect(box).to_have_value("To help people find a home")


def test_without_script_a_quiz_shows_its_answers(plain: Page, site_url: str) -> None:
    plain.goto(site_url + "toolkit/check-your-understanding/")
    answer = plain.locator(".dpup-quiz__answer").first
    expect(answer.get_by_text("Right answer")).not_to_be_visible()
    answer.locator("summary").click()
    expect(answer.get_by_text("Right answer")).to_be_visible()


def test_the_toolkit_narrows_by_role_stage_guideline_and_kind(page: Page, site_url: str) -> None:
    page.goto(site_url + "toolkit/")
    shown = page.locator("#dpup_toolkit li:visible")
    whole = shown.count()
    for label, value in (
        ("Role", "frontline"),
        ("Stage", "share"),
        ("Guideline", "purpose-matters"),
        ("Kind", "checklist"),
    ):
        page.get_by_label(label, exact=True).select_option(value)
    few = shown.count()
    assert 0 < few < whole
    for item in shown.all():
        assert "frontline" in item.get_attribute("data-role").split()
        assert item.get_attribute("data-kind") == "checklist"
    assert page.locator(".dpup-narrow__count").inner_text() == f"{few} of {whole} resources shown."
    expect(page.locator("#dpup_toolkit section:visible")).to_have_count(1)
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("() => !document.querySelector('#dpup_toolkit li[hidden]')")
    assert shown.count() == whole


def test_a_narrowed_list_has_an_address_to_send(page: Page, site_url: str) -> None:
    page.goto(site_url + "toolkit/")
    page.get_by_label("Kind", exact=True).select_option("quiz")
    assert page.url.endswith("?kind=quiz")
    page.reload()
    expect(page.locator("#dpup_toolkit li:visible")).to_have_count(1)
    # Only what can be chosen is taken from an address.
    page.goto(site_url + 'toolkit/?kind="><script>alert(1)</script>&role=nobody')
    expect(page.get_by_label("Kind", exact=True)).to_have_value("")
    expect(page.locator("#dpup_toolkit li[hidden]")).to_have_count(0)


def test_nothing_fits_is_said(page: Page, site_url: str) -> None:
    page.goto(site_url + "practices/?law=ipp-13")
    said = page.locator(".dpup-narrow__count").inner_text()
    assert said.startswith("0 of ")
    assert said.endswith('practices shown. Choose "Any" somewhere to see more.')


def test_the_keyboard_alone_narrows_and_answers(page: Page, site_url: str) -> None:
    page.goto(site_url + "practices/")
    page.locator("#dpup_finder_role").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("#dpup_finder li:visible").count() < page.locator("#dpup_finder li").count()
    page.goto(site_url + CHECKLIST)
    page.locator(".dpup-item input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".dpup-item input").nth(1)).to_be_checked()


def test_each_number_of_a_matrix_leads_to_the_list_behind_it(page: Page, site_url: str) -> None:
    for name in (
        "guidelines-by-principles",
        "practices-by-role-and-stage",
        "laws-by-guidelines",
        "resources-by-role-and-stage",
    ):
        page.goto(f"{site_url}matrices/{name}/")
        link = page.locator(".dpup-matrix td a").first
        count = int(link.inner_text())
        link.click()
        anchor = page.url.partition("#")[2]
        items = page.locator(f"[id='{anchor}'] + ul > li")
        assert items.count() == count, name


def test_print_shows_what_is_folded_on_the_screen(page: Page, site_url: str) -> None:
    page.goto(site_url + "toolkit/check-your-understanding/")
    page.emulate_media(media="print")
    expect(page.locator(".dpup-quiz__answer").first.get_by_text("Right answer")).to_be_visible()
