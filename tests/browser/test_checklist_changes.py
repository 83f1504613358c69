"""Answers to a checklist that changed: reworded, split, merged, withdrawn, and nothing dropped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from playwright.sync_api import expect

from checklists import (
    ALSO,
    ASKING,
    BOTH,
    ONE,
    OTHER,
    REWORDED,
    SAME,
    SPLIT,
    TELLING,
    TOLD,
    answer,
    answer_all,
    chosen,
    item,
    open_checklist,
    press,
    ready,
    status,
    write,
)
from dpup.answers import parse
from helpers import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from editions import Host

pytestmark = pytest.mark.browser

SHARED = yaml.safe_load((ROOT / "tests/carry-over-cases.yml").read_text(encoding="utf-8"))
KEYS = {"carried", "again", "offered", "withdrawn", "unknown", "answered", "words"}
# Keys such as __proto__ reach the page whole only as text.
STANDING = """async (text) => {
  const {standing, inWords} = await import('/assets/js/carry-over.js')
  const {form, cases} = JSON.parse(text)
  const choices = ['yes', 'no', 'not-applicable']
  const items = Object.entries(form.items).map(([id, fingerprint]) => {
    return [id, {id, fingerprint, choices}]
  })
  const known = {items: new Map(items), gone: new Map(Object.entries(form.gone))}
  const empty = {answer: '', note: '', owner: '', due: '', fingerprint: '', rows: [], settled: []}
  return cases.map(({answers}) => {
    const given = Object.entries(answers).map(([id, answer]) => [id, {...empty, ...answer}])
    const found = standing(new Map(given), known)
    const again = Object.fromEntries(found.again)
    const offered = Object.fromEntries(found.offered)
    return {...found, again, offered, words: inWords(found)}
  })
}"""


def looked_at(page: Page, id_: str) -> Locator:
    """Find what an item asks its reader to look at again."""
    return item(page, id_).locator("[data-look]")


def old(page: Page, id_: str) -> Locator:
    """Find an answer that is no longer asked for."""
    return page.locator(f'[data-was="{id_}"]')


def update(page: Page, host: Host) -> None:
    """Answer all of the first edition, and come back when the second is there."""
    open_checklist(page, host)
    answer_all(page)
    open_checklist(page, host, "second")


def test_without_javascript_a_withdrawn_question_says_so(browser: Browser, host: Host) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(host.page("second"))
        assert "Withdrawn on 2026-11-25. Nobody needs it." in page.locator("#told").inner_text()
        expect(page.locator("[data-item]")).to_have_count(7)


def expected(case: dict[str, Any]) -> dict[str, Any]:
    """Give what a shared case says that answers come to."""
    empty = {"carried": [], "withdrawn": [], "unknown": [], "again": {}, "offered": {}}
    return {"answered": 0, **empty, **{key: case[key] for key in case if key in KEYS}}


def test_the_browser_comes_to_what_the_shared_cases_say(page: Page, host: Host) -> None:
    page.goto(host.page())
    found = page.evaluate(STANDING, json.dumps(SHARED))
    names = [case["name"] for case in SHARED["cases"]]
    got = [{key: value for key, value in one.items() if key in KEYS} for one in found]
    assert dict(zip(names, got, strict=True)) == {
        case["name"]: expected(case) for case in SHARED["cases"]
    }


def test_an_update_says_what_became_of_the_answers(page: Page, host: Host) -> None:
    open_checklist(page, host)
    answer_all(page)
    assert status(page, "news") == ""
    open_checklist(page, host, "second")
    # Four are at new items, which three old ones led to; one wording has changed.
    assert status(page, "news") == (
        "This checklist has changed since you answered: 2 carried over, 4 to look at again, "
        "4 withdrawn. Choose “To look at again” under “Show”."
    )
    assert status(page, "progress") == "2 of 7 answered. 1 to look at again."
    assert (chosen(page, SAME), chosen(page, ALSO)) == ("Yes", "Yes")
    page.get_by_label("Show", exact=True).select_option("again")
    expect(page.locator("[data-item]:visible")).to_have_count(4)


def test_changed_words_stand_side_by_side_and_still_fit(page: Page, host: Host) -> None:
    update(page, host)
    look = looked_at(page, REWORDED)
    expect(look.locator("dd")).to_have_text(["Do we look at it?", "Do we look at it every year?"])
    assert "Your answer: Yes" in look.inner_text()
    # A note beside it does not answer the new words.
    write(page, REWORDED, note="We think so.")
    expect(look).to_be_visible()
    look.get_by_role("button", name="Still right").focus()
    page.keyboard.press("Enter")
    expect(look).not_to_be_visible()
    assert status(page, "told") == "The answer stands."
    assert page.evaluate("document.activeElement.name") == f"before-you-start.{REWORDED}"
    page.reload()
    ready(page)
    expect(looked_at(page, REWORDED)).not_to_be_visible()
    assert status(page, "progress") == "3 of 7 answered."


def test_changed_words_can_be_answered_anew_or_cleared(page: Page, host: Host) -> None:
    update(page, host)
    answer(page, REWORDED, "No")
    expect(looked_at(page, REWORDED)).not_to_be_visible()
    assert status(page, "progress") == "3 of 7 answered."
    open_checklist(page, host, "first")
    assert looked_at(page, REWORDED).is_visible(), "an older page asks other words again"
    looked_at(page, REWORDED).get_by_role("button", name="Clear this answer").click()
    assert chosen(page, REWORDED) == ""
    press(page, "Undo")
    assert chosen(page, REWORDED) == "No"
    expect(looked_at(page, REWORDED)).to_be_visible()


def test_a_split_item_offers_its_answer_at_both(page: Page, host: Host) -> None:
    update(page, host)
    for id_ in (ASKING, TELLING):
        assert chosen(page, id_) == "", "nothing is answered for the reader"
        said = looked_at(page, id_).inner_text()
        assert "Do we ask and do we tell?" in said
        assert "Yes · Note: We ask, mostly. · Who: Moana · By when: 3 December 2026" in said
    looked_at(page, ASKING).get_by_role("button", name="Use that answer here").click()
    assert chosen(page, ASKING) == "Yes"
    assert [one.input_value() for one in item(page, ASKING).locator("[data-field]").all()] == [
        "We ask, mostly.",
        "Moana",
        "2026-12-03",
    ]
    expect(looked_at(page, ASKING)).not_to_be_visible()
    looked_at(page, TELLING).get_by_role("button", name="Don't use it here").click()
    expect(looked_at(page, TELLING)).not_to_be_visible()
    assert chosen(page, TELLING) == ""
    assert "We ask, mostly." in old(page, SPLIT).inner_text()
    press(page, "Undo")
    expect(looked_at(page, TELLING)).to_be_visible()


def test_merged_items_both_show_at_the_new_one(page: Page, host: Host) -> None:
    update(page, host)
    look = looked_at(page, BOTH)
    expect(look.locator(".dpup-look")).to_have_count(2)
    for words in ("Do we keep it short?", "It is one page.", "Do we keep it clear?", "Too many"):
        assert words in look.inner_text()
    look.get_by_role("button", name="Use that answer here").first.click()
    assert chosen(page, BOTH) == "Yes"
    assert look.locator(".dpup-look").count() == 1, "the other still waits"
    look.get_by_role("button", name="Use that answer here").click()
    assert chosen(page, BOTH) == "No"
    note = item(page, BOTH).locator("textarea").input_value()
    assert note == "It is one page.\nToo many long words."
    page.reload()
    ready(page)
    expect(looked_at(page, BOTH)).not_to_be_visible()
    for id_, words in ((ONE, "It is one page."), (OTHER, "Too many long words.")):
        assert words in old(page, id_).inner_text(), "the old answers stay"


def test_withdrawn_answers_stay_with_reason_and_replacement(page: Page, host: Host) -> None:
    update(page, host)
    expect(page.locator("[data-was]")).to_have_count(4)
    said = old(page, TOLD).inner_text()
    assert "Have we told the person?" in said
    assert "Withdrawn on 2026-11-25. Nobody needs it." in said
    assert "Yes · Note: Told by letter." in said
    links = old(page, SPLIT).get_by_role("link").all()
    assert [link.get_attribute("href") for link in links] == [
        "../../id/purpose-matters.split/",
        "../../guidelines/purpose-matters/#asking",
        "../../guidelines/purpose-matters/#telling",
    ]
    with page.expect_download() as saved:
        press(page, "Save to a file")
    assert parse(saved.value.path().read_bytes(), "x").answers[TOLD].note == "Told by letter."
    old(page, TOLD).get_by_role("button", name="Clear this answer").click()
    expect(old(page, TOLD)).to_have_count(0)
    press(page, "Undo")
    assert "Told by letter." in old(page, TOLD).inner_text()
    page.emulate_media(media="print")
    assert old(page, TOLD).is_visible(), "paper has them too"


def test_when_all_is_settled_the_assessment_is_of_the_new_version(page: Page, host: Host) -> None:
    update(page, host)
    page.locator("[data-act=confirm]").first.wait_for()
    while (button := page.locator("[data-act=confirm], [data-act=settle]").first).count():
        button.click()
    with page.expect_download() as saved:
        press(page, "Save to a file")
    sheet = parse(saved.value.path().read_bytes(), "x")
    assert sheet.version == "1.1.0"
    assert set(sheet.answers) == {SAME, ALSO, REWORDED, SPLIT, ONE, OTHER, TOLD}


def test_an_old_file_is_carried_over_like_an_old_store(
    browser: Browser, page: Page, host: Host
) -> None:
    open_checklist(page, host)
    answer_all(page)
    with page.expect_download() as saved:
        press(page, "Save to a file")
    with browser.new_context() as elsewhere:
        other = elsewhere.new_page()
        open_checklist(other, host, "second")
        with other.expect_file_chooser() as chooser:
            press(other, "Open a file")
        chooser.value.set_files(saved.value.path())
        other.wait_for_function("() => document.querySelector('[data-told]').textContent")
        assert "2 carried over, 4 to look at again, 4 withdrawn." in status(other, "told")
        words = ["Do we look at it?", "Do we look at it every year?"]
        expect(looked_at(other, REWORDED).locator("dd")).to_have_text(words)
        assert "Too many long words." in looked_at(other, BOTH).inner_text()
        assert "Told by letter." in old(other, TOLD).inner_text()
