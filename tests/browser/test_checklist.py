"""A checklist without script, and one that remembers: answers survive whatever happens."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from checklists import (
    ALSO,
    HOSTILE,
    REWORDED,
    SAME,
    answer,
    answer_all,
    chosen,
    item,
    open_checklist,
    opened,
    press,
    ready,
    status,
    works,
    write,
)
from dpup.answers import parse
from editions import ENTRY, Host
from editions import HOSTILE as HOSTILE_WORDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

KEY = "dpup:work:before-you-start:"
BLOCK = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('blocked', 'SecurityError') }
})"""
FILL = """() => {
  let size = 1 << 20
  let count = 0
  while (size > 0) {
    try { localStorage.setItem('other:' + count++, 'x'.repeat(size)) } catch { size >>= 1 }
  }
}"""


WRONG = (
    '{"format": "dpup-work/1", "id": "ab", "entry": "before-you-start", "name": "<b>x", '
    '"named": 1, "changed": 1, "version": "", "answers": {"x": {"answer": 5}}}'
)
EMPTY = """() => {
  const other = Object.keys(localStorage).filter((key) => key.startsWith('other:'))
  other.forEach((key) => localStorage.removeItem(key))
}"""


PHONE = {"width": 390, "height": 844}
ZOOMED = 400
LEAST = 24
# Their labels are no targets of their own: the field below is.
FIELDS = {"Note", "Who", "By when", "Assessment", "Show", "Name"}


def faults(page: Page) -> list[str]:
    """Say what axe finds on a page as it is now, by its rules for WCAG 2.2 AA."""
    page.evaluate(Axe().axe_script)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    return [
        f"{rule['id']}: {one['html'][:120]}"
        for rule in found["violations"]
        for one in rule["nodes"]
    ]


@pytest.fixture
def plain(browser: Browser) -> Page:
    """Open a page without script."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


def test_without_javascript_every_item_can_be_answered(plain: Page, host: Host) -> None:
    plain.goto(host.page())
    expect(plain.locator("[data-item]")).to_have_count(8)
    for one in plain.locator("[data-item]").all():
        one.get_by_label("No", exact=True).check()
        one.locator(".dpup-item__more summary").click()
        one.get_by_label("Note").fill("A note")
        one.get_by_label("Who").fill("Moana")
        one.get_by_label("By when").fill("2026-12-03")
    expect(plain.locator("[data-answer]:checked")).to_have_count(8)


def test_without_javascript_nothing_is_promised(plain: Page, host: Host) -> None:
    plain.goto(host.page())
    assert "does not keep what you enter" in plain.locator("[data-plain]").inner_text()
    expect(plain.locator("[data-script]:visible, .dpup-checklist button:visible")).to_have_count(0)
    expect(plain.locator("dialog:visible, [data-gone]:visible, [data-old]:visible")).to_have_count(
        0
    )


def test_without_javascript_paper_has_room_for_everything(plain: Page, host: Host) -> None:
    plain.goto(host.page())
    plain.emulate_media(media="print")
    for one in plain.locator("[data-item]").all():
        expect(one.get_by_label("Note")).to_be_visible()
        expect(one.get_by_label("By when")).to_be_visible()


def test_without_javascript_a_list_of_ticks_is_whole(plain: Page, host: Host) -> None:
    plain.goto(host.page("ticks"))
    for box in plain.locator("[data-item] input[type=checkbox]").all():
        box.check()
    expect(plain.locator("[data-answer]:checked")).to_have_count(8)


def test_answers_survive_a_reload_and_a_new_tab(
    page: Page, context: BrowserContext, host: Host
) -> None:
    open_checklist(page, host)
    assert works(page) == ["No assessment yet"]
    answer(page, SAME)
    answer(page, ALSO, "Not applicable")
    write(page, ALSO, note="We hold none.", owner="Aroha", due="2026-12-03")
    for again in (page, context.new_page()):
        open_checklist(again, host)
        assert opened(again) == "My answers"
        assert chosen(again, SAME) == "Yes"
        assert chosen(again, ALSO) == "Not applicable"
        fields = item(again, ALSO).locator("[data-field]")
        assert [one.input_value() for one in fields.all()] == [
            "We hold none.",
            "Aroha",
            "2026-12-03",
        ]
        assert fields.first.is_visible(), "what is written must not be folded away"
        expect(item(again, SAME).locator("textarea")).not_to_be_visible()


def test_progress_is_said_and_shown(page: Page, host: Host) -> None:
    open_checklist(page, host)
    assert status(page, "progress") == "0 of 8 answered."
    answer(page, SAME)
    write(page, ALSO, note="A note is no answer.")
    assert status(page, "progress") == "1 of 8 answered."
    bar = page.get_by_role("progressbar", name="1 of 8 answered.")
    assert bar.evaluate("bar => [bar.value, bar.max]") == [1, 8]
    item(page, SAME).get_by_role("button", name="Clear this answer").click()
    assert status(page, "progress") == "0 of 8 answered."
    assert chosen(page, SAME) == ""
    press(page, "Undo")
    assert chosen(page, SAME) == "Yes"


def test_a_list_of_ticks_remembers(page: Page, host: Host) -> None:
    open_checklist(page, host, "ticks")
    item(page, SAME).get_by_role("checkbox").check()
    item(page, ALSO).get_by_role("checkbox").check()
    item(page, ALSO).get_by_role("checkbox").uncheck()
    page.reload()
    ready(page)
    assert status(page, "progress") == "1 of 8 answered."
    expect(page.locator("[data-show] option[value=no]")).to_have_count(0)


def test_it_says_where_answers_are_kept(page: Page, host: Host) -> None:
    open_checklist(page, host)
    said = page.locator(".dpup-work__where").inner_text()
    assert "in this browser, on this device" in said
    assert "Nothing is sent" in said
    expect(page.locator("[data-plain]")).not_to_be_visible()


def test_filter_to_what_is_left(page: Page, host: Host) -> None:
    open_checklist(page, host)
    answer(page, SAME)
    answer(page, ALSO, "No")
    write(page, REWORDED, note="Ask the team.")
    shown = page.locator("[data-item]:visible")
    show = page.get_by_label("Show", exact=True)
    for value, count in (("left", 6), ("no", 1), ("note", 1), ("again", 0), ("", 8)):
        show.select_option(value)
        assert shown.count() == count, value
    show.select_option("left")
    assert status(page, "shown") == "6 of 8 items shown."
    # What is answered now stays: it must not vanish under the reader's finger.
    answer(page, REWORDED)
    expect(item(page, REWORDED)).to_be_visible()
    page.emulate_media(media="print")
    assert shown.count() == 8, "paper has all items"


def test_several_assessments_side_by_side(page: Page, host: Host) -> None:
    open_checklist(page, host)
    answer(page, SAME)
    press(page, "New")
    name = page.get_by_role("textbox", name="Name", exact=True)
    expect(name).to_have_value("My answers (2)")
    name.fill("Referral")
    page.keyboard.press("Enter")
    page.get_by_text("“Referral” is open.").wait_for()
    assert opened(page) == "Referral"
    assert status(page, "told") == "“Referral” is open. It has no answers yet."
    assert chosen(page, SAME) == ""
    answer(page, SAME, "No")
    press(page, "Duplicate")
    assert opened(page) == "Copy of Referral"
    assert chosen(page, SAME) == "No"
    answer(page, SAME, "Not applicable")
    press(page, "Rename")
    name.fill("Survey")
    press(page, "Keep this name")
    assert works(page) == ["My answers", "Referral", "Survey"]
    for name_, label in (("My answers", "Yes"), ("Referral", "No"), ("Survey", "Not applicable")):
        page.get_by_label("Assessment", exact=True).select_option(label=name_)
        assert chosen(page, SAME) == label
        page.reload()
        ready(page)
        assert (opened(page), chosen(page, SAME)) == (name_, label)


def test_two_names_are_never_the_same(page: Page, host: Host) -> None:
    open_checklist(page, host)
    answer(page, SAME)
    press(page, "New")
    page.get_by_role("textbox", name="Name", exact=True).fill("My answers")
    press(page, "Keep this name")
    assert works(page) == ["My answers", "My answers (2)"]
    press(page, "Rename")
    page.get_by_role("textbox", name="Name", exact=True).fill("   ")
    press(page, "Keep this name")
    assert page.locator("dialog[open]").count() == 1, "a name of nothing is refused"
    press(page, "Cancel")
    assert opened(page) == "My answers (2)"


def test_deleting_asks_first_and_can_be_undone(page: Page, host: Host) -> None:
    open_checklist(page, host)
    answer(page, SAME)
    press(page, "Delete")
    dialog = page.get_by_role("dialog", name="Delete this assessment?")
    assert "“My answers” and all that is in it" in dialog.inner_text()
    press(page, "Keep it")
    assert chosen(page, SAME) == "Yes"
    press(page, "Delete")
    press(page, "Delete it")
    assert chosen(page, SAME) == ""
    assert status(page, "told") == "“My answers” is deleted."
    expect(page.locator(":focus")).to_have_text("Undo")
    assert page.evaluate(f"Object.keys(localStorage).filter(key => key.startsWith('{KEY}'))") == []
    page.keyboard.press("Enter")
    assert (opened(page), chosen(page, SAME)) == ("My answers", "Yes")
    page.reload()
    ready(page)
    assert chosen(page, SAME) == "Yes"


def test_dialogs_return_the_focus(page: Page, host: Host) -> None:
    open_checklist(page, host)
    answer(page, SAME)
    for name in ("New", "Rename", "Delete"):
        button = page.get_by_role("button", name=name, exact=True)
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("dialog[open]")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
        expect(button).to_be_focused()


def test_the_keyboard_alone_does_everything(page: Page, host: Host) -> None:
    open_checklist(page, host)
    answer(page, SAME)
    write(page, SAME, note="x")
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    reached: list[str] = []
    wanted = page.locator(
        ".dpup-checklist :is(a[href], button, select, summary, textarea, input:not([type=radio]))"
        ":not(:disabled, [hidden], [hidden] *, dialog *)"
    ).count()
    for _ in range(wanted + 60):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "(() => { const $e = document.activeElement; const s = getComputedStyle($e);"
            " return [$e.name || $e.id || $e.textContent.trim().slice(0, 40), s.outlineStyle,"
            " $e.matches('.dpup-checklist *')] })()"
        )
        if said[2]:
            assert said[1] != "none", said[0]
            reached.append(said[0])
    for name in ("New", "Rename", "Duplicate", "Delete", "Save to a file", "Open a file"):
        assert name in reached
    assert f"{ENTRY}.{SAME}" in reached
    assert f"{SAME}_note" in reached
    assert "Clear this answer" in reached


def test_paper_shows_the_answers(page: Page, host: Host) -> None:
    open_checklist(page, host)
    answer(page, SAME, "No")
    write(page, SAME, note="Line one\nline two", owner="Moana", due="2026-12-03")
    page.emulate_media(media="print")
    said = item(page, SAME).locator("[data-said]").inner_text()
    assert said.split(" · ") == [
        "Answer: No",
        "Note: Line one\nline two",
        "Who: Moana",
        "By when: 3 December 2026",
    ]
    assert status(page, "printed") == "My answers. 1 of 8 answered. Version 1.0.0."
    expect(page.get_by_role("button", name="Delete", exact=True)).not_to_be_visible()
    expect(item(page, SAME).locator("textarea")).not_to_be_visible()
    page.emulate_media(media="screen")
    page.evaluate("window.print = () => { window.printed = true }")
    press(page, "Print or PDF")
    assert page.evaluate("window.printed")


def test_two_tabs_lose_no_update(context: BrowserContext, host: Host) -> None:
    one, other = context.new_page(), context.new_page()
    open_checklist(one, host)
    answer(one, SAME)
    open_checklist(other, host)
    answer(other, ALSO, "No")
    one.wait_for_function(f"() => document.querySelector('[name=\"{ENTRY}.{ALSO}\"]:checked')")
    answer(one, REWORDED)
    write(one, SAME, note="From the first tab")
    other.wait_for_function(f"() => document.getElementById('{SAME}_note').value")
    answer(other, SAME, "No")
    one.wait_for_function(
        f"() => document.querySelector('[name=\"{ENTRY}.{SAME}\"]:checked').value === 'no'"
    )
    one.close()
    other.reload()
    ready(other)
    assert [chosen(other, id_) for id_ in (SAME, ALSO, REWORDED)] == ["No", "No", "Yes"]
    expect(item(other, SAME).locator("textarea")).to_have_value("From the first tab")


def test_a_tab_that_saw_nothing_of_the_other_overwrites_nothing(
    context: BrowserContext, host: Host
) -> None:
    one, other = context.new_page(), context.new_page()
    # As when both write in the same moment: no event reaches the page before it writes.
    other.add_init_script(
        "addEventListener('storage', (event) => event.stopImmediatePropagation(), true)"
    )
    open_checklist(one, host)
    answer(one, SAME)
    open_checklist(other, host)
    answer(one, ALSO)
    answer(other, REWORDED, "No")
    one.wait_for_function(f"() => document.querySelector('[name=\"{ENTRY}.{REWORDED}\"]:checked')")
    one.reload()
    ready(one)
    assert [chosen(one, id_) for id_ in (SAME, ALSO, REWORDED)] == ["Yes", "Yes", "No"]


def test_what_was_overwritten_in_the_same_moment_comes_back(page: Page, host: Host) -> None:
    open_checklist(page, host)
    answer(page, SAME)
    # Another tab writes a copy that lacks the newest answer here, and has one of its own.
    page.evaluate(
        """([beginning, id]) => {
          const key = Object.keys(localStorage).find((key) => key.startsWith(beginning))
          const work = JSON.parse(localStorage.getItem(key))
          const mine = Object.entries(work.answers)[0]
          work.answers = {[id]: {...mine[1], answer: 'no', at: mine[1].at + 5}}
          const newValue = JSON.stringify(work)
          localStorage.setItem(key, newValue)
          dispatchEvent(new StorageEvent('storage', {key, newValue}))
        }""",
        [KEY, ALSO],
    )
    assert (chosen(page, SAME), chosen(page, ALSO)) == ("Yes", "No")
    page.reload()
    ready(page)
    assert (chosen(page, SAME), chosen(page, ALSO)) == ("Yes", "No")


def test_deleted_in_another_tab_is_told_and_not_lost(context: BrowserContext, host: Host) -> None:
    one, other = context.new_page(), context.new_page()
    open_checklist(one, host)
    answer(one, SAME)
    open_checklist(other, host)
    press(other, "Delete")
    press(other, "Delete it")
    one.wait_for_function("() => document.querySelector('[data-trouble]').textContent")
    assert "deleted in another tab" in status(one, "trouble")
    assert chosen(one, SAME) == "Yes"
    answer(one, ALSO)
    assert status(one, "trouble") == ""
    one.reload()
    ready(one)
    assert (chosen(one, SAME), chosen(one, ALSO)) == ("Yes", "Yes")


def test_what_was_deleted_elsewhere_comes_back_only_when_it_is_changed(
    context: BrowserContext, host: Host
) -> None:
    one, other = context.new_page(), context.new_page()
    open_checklist(one, host)
    answer(one, SAME)
    press(one, "New")
    press(one, "Keep this name")
    one.get_by_label("Assessment", exact=True).select_option(label="My answers")
    open_checklist(other, host)
    press(other, "Delete")
    press(other, "Delete it")
    one.wait_for_function("() => document.querySelector('[data-trouble]').textContent")
    one.get_by_label("Assessment", exact=True).select_option(label="My answers (2)")
    assert status(one, "trouble") == ""
    answer(one, ALSO)
    one.get_by_label("Assessment", exact=True).select_option(label="My answers")
    assert "deleted in another tab" in status(one, "trouble")
    assert chosen(one, SAME) == "Yes"
    other.reload()
    ready(other)
    assert works(other) == ["My answers (2)"]


def test_a_tab_with_nothing_begun_goes_on_with_what_another_began(
    context: BrowserContext, host: Host
) -> None:
    one, other = context.new_page(), context.new_page()
    open_checklist(one, host)
    open_checklist(other, host)
    answer(one, SAME)
    other.wait_for_function("() => document.querySelector('[data-answer]:checked')")
    answer(other, ALSO)
    assert works(other) == ["My answers"]
    other.reload()
    ready(other)
    assert (chosen(other, SAME), chosen(other, ALSO)) == ("Yes", "Yes")


def test_a_full_storage_is_told_and_healed(page: Page, host: Host) -> None:
    open_checklist(page, host)
    answer(page, SAME)
    page.evaluate(FILL)
    write(page, ALSO, note="This has no room any more. " * 20)
    assert "there is no room left" in status(page, "trouble")
    assert "Save to a file" in status(page, "trouble")
    assert item(page, ALSO).locator("textarea").input_value().startswith("This has no room")
    with page.expect_download() as saved:
        press(page, "Save to a file")
    assert "no room any more" in saved.value.path().read_text(encoding="utf-8")
    page.evaluate(EMPTY)
    answer(page, ALSO)
    assert status(page, "trouble") == ""
    page.reload()
    ready(page)
    assert item(page, ALSO).locator("textarea").input_value().startswith("This has no room")


def test_blocked_storage_is_told_and_works_in_this_tab(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    page.add_init_script(BLOCK)
    open_checklist(page, host)
    answer(page, SAME)
    assert "this browser keeps nothing here" in status(page, "trouble")
    press(page, "New")
    press(page, "Keep this name")
    answer(page, SAME, "No")
    assert works(page) == ["My answers", "My answers (2)"]
    page.get_by_label("Assessment", exact=True).select_option(label="My answers")
    assert chosen(page, SAME) == "Yes"
    with page.expect_download() as saved:
        press(page, "Save to a file")
    assert parse(saved.value.path().read_bytes(), "x").answers[SAME].answer == "yes"


def test_leaving_with_something_unsaved_asks_first(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    page.add_init_script(BLOCK)
    open_checklist(page, host)
    answer(page, SAME)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.close(run_before_unload=True)
    page.wait_for_event("close")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize(
    "spoilt",
    [
        "{not json",
        '{"format": "dpup-work/1", "id": "ab", "entry": "before-you-start"}',
        WRONG,
        "[]",
        "",
    ],
)
def test_a_corrupted_store_is_kept_aside_and_told(page: Page, host: Host, spoilt: str) -> None:
    open_checklist(page, host)
    answer(page, SAME)
    page.evaluate(f"text => localStorage.setItem('{KEY}ab', text)", spoilt)
    page.reload()
    ready(page)
    assert "can't be read any more" in status(page, "trouble")
    assert (opened(page), chosen(page, SAME)) == ("My answers", "Yes")
    assert works(page) == ["My answers"]
    assert page.evaluate("localStorage.getItem('dpup:lost:before-you-start:ab')") == spoilt
    with page.expect_download() as saved:
        press(page, "Save what can't be read to a file")
    assert saved.value.path().read_text(encoding="utf-8") == spoilt
    press(page, "Delete it")
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    page.wait_for_function("() => !document.querySelector('[data-trouble]').textContent")
    assert status(page, "trouble") == ""
    assert page.evaluate("localStorage.getItem('dpup:lost:before-you-start:ab')") is None
    assert chosen(page, SAME) == "Yes"


def test_a_corrupted_store_is_moved_even_when_storage_is_full(page: Page, host: Host) -> None:
    open_checklist(page, host)
    answer(page, SAME)
    page.evaluate(f"localStorage.setItem('{KEY}ab', '{{' + 'x'.repeat(5000))")
    page.evaluate(FILL)
    page.reload()
    ready(page)
    assert "can't be read any more" in status(page, "trouble")
    kept = page.evaluate("localStorage.getItem('dpup:lost:before-you-start:ab').length")
    assert kept == 5001


def test_what_a_newer_page_saved_is_left_alone(page: Page, host: Host) -> None:
    newer = '{"format": "dpup-work/2", "id": "ab"}'
    open_checklist(page, host)
    page.evaluate(f"text => localStorage.setItem('{KEY}ab', text)", newer)
    page.reload()
    ready(page)
    assert "saved by a newer version of this page" in status(page, "trouble")
    answer(page, SAME)
    assert page.evaluate(f"localStorage.getItem('{KEY}ab')") == newer


@pytest.mark.parametrize("event", ["pageshow", "visibilitychange", "an answer"])
def test_a_page_that_is_older_than_what_is_kept_says_so_and_loses_nothing(
    page: Page, host: Host, event: str
) -> None:
    open_checklist(page, host)
    answer(page, SAME)
    newer = page.evaluate(
        """(beginning) => {
          const key = Object.keys(localStorage).find((key) => key.startsWith(beginning))
          const newer = JSON.stringify({...JSON.parse(localStorage[key]), format: 'dpup-work/2'})
          localStorage.setItem(key, newer)
          return [key, newer]
        }""",
        KEY,
    )
    if event == "an answer":
        answer(page, ALSO)
    else:
        target = "window" if event == "pageshow" else "document"
        page.evaluate(f"{target}.dispatchEvent(new Event('{event}'))")
    said = status(page, "trouble")
    assert "saved by a newer version of this page" in said
    assert "What you change here is not kept. Use “Save to a file” before" in said
    assert said.index("Save to a file") < said.index("reload"), "or the changes are lost"
    assert chosen(page, SAME) == "Yes"
    answer(page, REWORDED)
    assert status(page, "trouble") == said
    assert page.evaluate("key => localStorage.getItem(key)", newer[0]) == newer[1]
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()


def test_clearing_an_answer_leaves_what_is_noted_beside_it(page: Page, host: Host) -> None:
    open_checklist(page, host)
    answer(page, SAME)
    write(page, SAME, note="Ask Moana.", owner="Aroha", due="2026-12-03")
    item(page, SAME).locator("[data-clear]").click()
    assert chosen(page, SAME) == ""
    page.reload()
    ready(page)
    fields = item(page, SAME).locator("[data-field]").all()
    assert chosen(page, SAME) == ""
    assert [one.input_value() for one in fields] == ["Ask Moana.", "Aroha", "2026-12-03"]


def test_what_was_ticked_before_the_script_ran_is_taken_over(page: Page, host: Host) -> None:
    waiting: list[object] = []
    page.route("**/checklist.js", lambda route: waiting.append(route))  # noqa: PLW0108
    page.goto(host.page(), wait_until="commit")
    page.wait_for_selector("[data-item]")
    answer(page, SAME)
    page.wait_for_timeout(100)
    for route in waiting:
        route.continue_()  # type: ignore[attr-defined]
    page.unroute("**/checklist.js")
    ready(page)
    page.reload()
    ready(page)
    assert chosen(page, SAME) == "Yes"


def test_hostile_words_are_words(page: Page, host: Host) -> None:
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.accept()))
    open_checklist(page, host)
    assert item(page, HOSTILE).locator("legend").inner_text() == HOSTILE_WORDS
    answer(page, HOSTILE)
    write(page, HOSTILE, note='</textarea><script>alert("note")</script>', owner='"><img src=x>')
    press(page, "Rename")
    page.get_by_role("textbox", name="Name", exact=True).fill("<img src=x onerror=alert(2)>")
    press(page, "Keep this name")
    page.reload()
    ready(page)
    assert opened(page) == "<img src=x onerror=alert(2)>"
    page.emulate_media(media="print")
    assert "</textarea><script>" in item(page, HOSTILE).locator("[data-said]").inner_text()
    expect(page.locator("main img, [data-said] script")).to_have_count(0)
    assert alerts == []


def test_nothing_leaves_the_site(page: Page, host: Host) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    open_checklist(page, host)
    answer(page, SAME)
    write(page, SAME, note="A secret")
    with page.expect_download():
        press(page, "Save to a file")
    page.reload()
    assert all(said.startswith((f"GET {host.url}", "GET blob:")) for said in asked)
    assert page.context.cookies() == []
    kept = json.loads(
        page.evaluate(
            f"localStorage.getItem(Object.keys(localStorage).find(key => key.startsWith('{KEY}')))"
        )
    )
    assert kept["answers"][SAME]["note"] == "A secret"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(browser: Browser, host: Host, scheme: str) -> None:
    with browser.new_context(color_scheme=scheme, viewport=PHONE) as context:
        page = context.new_page()
        open_checklist(page, host)
        answer_all(page)
        states = {"answered": faults(page)}
        press(page, "Delete")
        states["dialog"] = faults(page)
        press(page, "Keep it")
        page.evaluate(FILL)
        write(page, SAME, note="No room. " * 200)
        states["full"] = faults(page)
        page.evaluate(EMPTY)
        open_checklist(page, host, "second")
        page.set_viewport_size({"width": 1280, "height": 900})
        states["changed"] = faults(page)
        press(page, "New")
        states["naming"] = faults(page)
    assert {name: found for name, found in states.items() if found} == {}


@pytest.mark.parametrize(("width", "size"), [(320, 100), (390, 200), (1280, 400)])
def test_nothing_sticks_out(browser: Browser, host: Host, width: int, size: int) -> None:
    # A window at 400 % is as wide as a quarter of it.
    narrow = width * 100 // size if size == ZOOMED else width
    with browser.new_context(viewport={"width": narrow, "height": 800}) as context:
        page = context.new_page()
        open_checklist(page, host)
        answer_all(page)
        write(page, SAME, note="averylongwordwithoutanyspace" * 20, owner="x" * 200)
        open_checklist(page, host, "second")
        if size != ZOOMED:
            page.evaluate("size => { document.documentElement.style.fontSize = size }", f"{size}%")
        press(page, "Rename")
        wide = page.locator(".dpup-checklist, .dpup-checklist :not(dialog *)").evaluate_all(
            "all => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().right"
            " > innerWidth).map((one) => one.outerHTML.slice(0, 80))"
        )
        box = page.locator("dialog[open]").bounding_box()
        assert wide == []
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= narrow


def test_buttons_are_large_enough_for_a_thumb(browser: Browser, host: Host) -> None:
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        open_checklist(page, host)
        answer_all(page)
        open_checklist(page, host, "second")
        sizes = page.locator(".dpup-checklist :is(button, select, summary, label)").evaluate_all(
            "all => all.filter((one) => one.checkVisibility()).map((one) => {"
            " const {width, height} = one.getBoundingClientRect();"
            " return [one.textContent.trim().slice(0, 30), Math.min(width, height)] })"
        )
        assert [name for name, size in sizes if size < LEAST and name not in FIELDS] == []


def test_in_forced_colours_the_state_is_not_told_by_colour_alone(page: Page, host: Host) -> None:
    page.emulate_media(forced_colors="active")
    open_checklist(page, host)
    answer_all(page)
    open_checklist(page, host, "second")
    borders = page.locator(".dpup-look").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).borderTopStyle)"
    )
    assert set(borders) == {"solid"}
