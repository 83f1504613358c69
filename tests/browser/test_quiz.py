"""The quiz: complete without script; with it, it answers at once and says what to read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dpup.library import load
from helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page, Route

pytestmark = pytest.mark.browser

QUIZ = "toolkit/check-your-understanding/"
QUESTIONS = load(ROOT).get("quiz", "check-your-understanding").facts.questions


@pytest.fixture
def page(browser: Browser, site_url: str) -> Iterator[Page]:
    """Open the quiz as a phone would, and hold it to this site and to no errors."""
    with browser.new_context(viewport={"width": 390, "height": 900}) as context:
        opened = context.new_page()
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        start(opened, site_url)
        yield opened
        assert errors == []


def start(page: Page, site_url: str) -> None:
    page.goto(site_url + QUIZ)
    expect(page.locator("html")).to_have_attribute("data-ready", "")


def item(page: Page, number: int) -> Locator:
    return page.locator("[data-part=question]").nth(number)


def check(page: Page, number: int) -> Locator:
    """Give the button that checks an answer, and leads on after that."""
    return item(page, number).locator("[data-part=check]")


def choose(page: Page, number: int, *, right: bool) -> None:
    """Choose all that is right, or one that is not."""
    options = QUESTIONS[number].options
    rights = [index for index, option in enumerate(options) if option.right]
    wrong = next(index for index, option in enumerate(options) if not option.right)
    for index in rights if right else [wrong]:
        item(page, number).locator("input").nth(index).check()


def answer(page: Page, number: int, *, right: bool) -> None:
    choose(page, number, right=right)
    check(page, number).click()


def test_without_javascript_each_answer_is_folded_below_its_question(
    browser: Browser, site_url: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site_url + QUIZ)
        first = item(page, 0)
        first.locator("input").first.check()
        expect(page.locator(".dpup-quiz").get_by_role("button")).to_have_count(0)
        assert first.locator(".dpup-quiz__verdict").inner_text() == ""
        first.locator("summary").click()
        expect(first.get_by_text(QUESTIONS[0].why.strip()[:40])).to_be_visible()
        assert first.locator("details .dpup-behind a").count() == len(QUESTIONS[0].supports)


def test_what_was_ticked_before_the_script_ran_stays(browser: Browser, site_url: str) -> None:
    waiting: list[Route] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/quiz.js*", lambda route: waiting.append(route))  # noqa: PLW0108
        page.goto(site_url + QUIZ, wait_until="commit")
        item(page, 0).locator("input").first.check()
        item(page, 1).locator("summary").click()
        for _ in range(100):
            if waiting:
                break
            page.wait_for_timeout(50)
        waiting[0].continue_()
        expect(page.locator("html")).to_have_attribute("data-ready", "")
        expect(item(page, 0).locator("input").first).to_be_checked()
        check(page, 0).click()
        expect(item(page, 0).get_by_role("status")).not_to_have_text("")
        # What lay open then is an answer that was looked up.
        answer(page, 1, right=True)
        assert "had opened the answer before" in item(page, 1).get_by_role("status").inner_text()


def test_a_right_answer_is_told_with_its_reason(page: Page) -> None:
    answer(page, 0, right=True)
    first = item(page, 0)
    assert first.get_by_role("status").inner_text() == "✓ Right. Below is why."
    expect(first.get_by_text(QUESTIONS[0].why.strip()[:40])).to_be_visible()
    assert first.locator(".dpup-quiz__tag").all_inner_texts() == ["✓ right, your answer"]
    expect(page.locator("[data-part=score]")).to_have_text(
        f"1 of {len(QUESTIONS)} answered, 1 of them right."
    )


def test_a_wrong_answer_is_told_with_what_would_have_been_right(page: Page) -> None:
    answer(page, 0, right=False)
    first = item(page, 0)
    assert first.get_by_role("status").inner_text().startswith("✗ Not right.")
    tags = first.locator(".dpup-quiz__tag").all_inner_texts()
    assert sorted(tags) == ["✓ right", "✗ not right, your answer"]
    expect(first.locator("input:enabled")).to_have_count(0)


def test_a_part_of_what_is_right_is_told_as_such(page: Page) -> None:
    many = next(n for n, it in enumerate(QUESTIONS) if sum(o.right for o in it.options) > 1)
    rights = [n for n, option in enumerate(QUESTIONS[many].options) if option.right]
    item(page, many).locator("input").nth(rights[0]).check()
    check(page, many).click()
    said = item(page, many).get_by_role("status").inner_text()
    assert said.startswith(f"✗ Not all: {len(rights) - 1} more would be right.")


def test_nothing_chosen_is_no_answer(page: Page) -> None:
    check(page, 0).click()
    assert item(page, 0).get_by_role("status").inner_text() == "Choose an answer first."
    assert page.locator("[data-part=score]").inner_text() == ""


def test_an_answer_that_was_looked_up_is_not_counted(page: Page) -> None:
    item(page, 0).locator("summary").click()
    answer(page, 0, right=True)
    said = item(page, 0).get_by_role("status").inner_text()
    assert said == "✓ Right. You had opened the answer before, so it is not counted. Below is why."
    assert "0 of them right" in page.locator("[data-part=score]").inner_text()


def test_the_end_tells_the_score_and_what_to_read_again_and_the_missed_can_be_tried(
    page: Page,
) -> None:
    for number in range(len(QUESTIONS)):
        answer(page, number, right=number not in (2, 5))
    count = len(QUESTIONS)
    score = page.locator("[data-part=score]")
    expect(score).to_have_text(f"Done: you got {count - 2} of {count} right.")
    again = page.locator("[data-part=again-list] > li")
    expect(again).to_have_count(2)
    assert again.first.locator(".dpup-behind a").count() == len(QUESTIONS[2].supports)
    page.get_by_role("button", name="Try those I missed again").click()
    expect(item(page, 2).locator("input").first).to_be_focused()
    expect(score).to_have_text(f"{count - 2} of {count} answered, {count - 2} of them right.")
    for number in (2, 5):
        answer(page, number, right=True)
    expect(score).to_have_text(f"Done: you got {count} of {count} right.")
    expect(page.locator("[data-part=again]")).to_be_hidden()
    page.get_by_role("button", name="Start again").click()
    expect(page.locator("[data-result]")).to_have_count(0)
    expect(page.locator("input:checked")).to_have_count(0)


def test_the_keyboard_alone_goes_from_question_to_question(page: Page) -> None:
    item(page, 0).locator("input").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(check(page, 0)).to_be_focused()
    expect(check(page, 0)).to_have_text("Check my answer")
    page.keyboard.press("Enter")
    expect(check(page, 0)).to_be_focused()
    expect(check(page, 0)).to_have_text("Next question")
    assert item(page, 0).get_by_role("status").inner_text() != ""
    page.keyboard.press("Enter")
    expect(item(page, 1).locator("input").first).to_be_focused()
    expect(item(page, 1).locator("input").first).to_be_in_viewport()


def test_below_the_reasons_a_button_leads_on(page: Page) -> None:
    last = len(QUESTIONS) - 1
    answer(page, last, right=True)
    item(page, last).locator("[data-part=onward] button").click()
    expect(item(page, 0).locator("input").first).to_be_focused()


def test_answers_stay_in_this_tab_and_nowhere_else(page: Page, site_url: str) -> None:
    answer(page, 0, right=False)
    item(page, 0).locator(".dpup-behind a").first.click()
    start(page, site_url)
    assert item(page, 0).get_by_role("status").inner_text().startswith("✗ Not right.")
    assert page.evaluate("Object.keys(localStorage).filter((it) => it.includes('quiz'))") == []
    other = page.context.new_page()
    start(other, site_url)
    expect(other.locator("[data-result]")).to_have_count(0)


@pytest.mark.parametrize("kept", ["{", "[]", '"x"', '{"what-it-is-for": {"chosen": 7}}', "null"])
def test_what_somebody_else_wrote_into_the_tab_does_no_harm(
    page: Page, site_url: str, kept: str
) -> None:
    page.evaluate("(it) => sessionStorage.setItem('dpup:quiz:check-your-understanding', it)", kept)
    start(page, site_url)
    answer(page, 0, right=True)
    expect(page.locator("[data-result=right]")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_when_questions_are_answered(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    answer(page, 0, right=True)
    answer(page, 1, right=False)
    page.evaluate(Axe().axe_script)
    found = page.evaluate("axe.run(document).then((it) => it.violations)")
    assert [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]] == []
