"""What becomes of answers to a template when tabs, editions, lines or storage get in the way."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import docx
import pytest
from playwright.sync_api import expect

from builders import (
    FRAME,
    HOST,
    NEED_TO_KNOW,
    Stage,
    answers_in,
    box,
    kept,
    notice,
    open_template,
    press,
    ready,
    until,
)
from dpup import clauses, toolkit
from dpup.answers import parse
from dpup.export import make as make_file
from dpup.export.paper import Press
from dpup.library import load
from helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page, Route

pytestmark = pytest.mark.browser

KEY = f"dpup:notice:{NEED_TO_KNOW}"
SCRIPT = ROOT / "docs/assets/js/notice-builder.js"
LOG = "access-or-correction-log"
SLEEP = "addEventListener('storage', (event) => event.stopImmediatePropagation(), true)"
WAKE = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"


@pytest.fixture
def stage(context: BrowserContext) -> Stage:
    """Serve our own templates."""
    return Stage(context)


@pytest.fixture
def page(page: Page) -> Page:
    """Hold a page to no errors."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


def sheet(answers: dict[str, object], **more: object) -> dict[str, object]:
    found = {f"{NEED_TO_KNOW}.{name}": answer for name, answer in answers.items()}
    return {
        "format": "dpup-answers/1",
        "entry": NEED_TO_KNOW,
        "version": "1.0.0",
        "answers": found,
    } | more


def put(page: Page, text: str, key: str = KEY) -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])


def stored(page: Page, key: str = KEY) -> str | None:
    return page.evaluate("(key) => localStorage.getItem(key)", key)


def fill_up(page: Page) -> None:
    """Leave no room for one more character, whatever is kept already."""
    page.evaluate(
        "for (let size = 2 ** 23; size >= 1; size /= 2) {"
        " try { localStorage.setItem('other', (localStorage.getItem('other') ?? '')"
        " + 'x'.repeat(size)) } catch {} }"
    )


def another(page: Page, stage: Stage, entry: str = NEED_TO_KNOW) -> Page:
    other = page.context.new_page()
    open_template(other, stage, entry)
    return other


# A slow line ------------------------------------------------------------------------------------


def begin_early(page: Page, stage: Stage, entry: str = NEED_TO_KNOW) -> list[Route]:
    """Open a template of which the script is still on its way."""
    waiting: list[Route] = []
    page.route("**/notice-builder.js", lambda route: waiting.append(route))  # noqa: PLW0108
    page.goto(stage.address(entry), wait_until="commit")
    page.wait_for_selector(".dpup-field, .dpup-log")
    return waiting


def arrive(page: Page, waiting: list[Route]) -> None:
    for _ in range(40):
        if waiting:
            break
        page.wait_for_timeout(50)
    for route in waiting:
        route.fulfill(body=SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")
    page.unroute("**/notice-builder.js")
    ready(page)


def test_what_was_written_before_the_script_ran_is_taken_over(page: Page, stage: Stage) -> None:
    waiting = begin_early(page, stage)
    box(page, "what").fill("your name")
    page.get_by_label("Yes, the law says so").check()
    arrive(page, waiting)
    expect(box(page, "what")).to_have_value("your name")
    expect(page.get_by_label("Yes, the law says so")).to_be_checked()
    assert "your name" in notice(page)
    assert kept(page) == "Saved in this browser only."
    page.reload()
    ready(page)
    expect(box(page, "what")).to_have_value("your name")


def test_what_is_kept_already_stands_when_the_script_arrives(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    box(page, "what").fill("kept")
    waiting = begin_early(page, stage)
    box(page, "what").fill("early")
    box(page, "why").fill("help")
    arrive(page, waiting)
    expect(box(page, "what")).to_have_value("kept")
    expect(box(page, "why")).to_have_value("help")


def test_rows_that_were_written_before_the_script_ran_are_taken_over(
    page: Page, stage: Stage
) -> None:
    waiting = begin_early(page, stage, LOG)
    page.locator("tr[data-row] textarea").first.fill("A case")
    arrive(page, waiting)
    expect(page.locator("tr[data-row] textarea").first).to_have_value("A case")
    assert [answer["rows"] for answer in answers_in(page, LOG).values()] == [["A case"]]


# Two tabs ---------------------------------------------------------------------------------------


def test_answers_that_another_tab_clears_stay_here_until_they_change(
    page: Page, stage: Stage
) -> None:
    open_template(page, stage)
    box(page, "what").fill("your name")
    other = another(page, stage)
    press(other, "Clear my answers")
    press(other, "Clear them")
    until(page, "document.querySelector('[data-kept]').textContent.includes('another tab')")
    expect(box(page, "what")).to_have_value("your name")
    assert "cleared in another tab" in kept(page)
    assert stored(page) is None
    box(page, "why").fill("help")
    assert set(answers_in(page)) == {"what", "why"}
    assert kept(page) == "Saved in this browser only."


def test_what_another_tab_writes_after_clearing_is_newer(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    box(page, "what").fill("old")
    other = another(page, stage)
    press(other, "Clear my answers")
    press(other, "Clear them")
    until(page, "document.querySelector('[data-kept]').textContent.includes('another tab')")
    box(other, "what").fill("new")
    until(page, "document.querySelector('#fill_what').value === 'new'")
    box(page, "why").fill("help")
    assert answers_in(page)["what"]["answer"] == "new"


def test_answers_that_another_tab_replaces_are_told(
    page: Page, stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(sheet({"what": {"answer": "from the file"}})))
    open_template(page, stage)
    box(page, "what").fill("mine")
    box(page, "why").fill("help")
    other = another(page, stage)
    other.locator("[data-file]").set_input_files(file)
    press(other, "Replace them")
    until(page, "document.querySelector('#fill_what').value === 'from the file'")
    assert "changed in another tab" in kept(page)


def test_a_page_that_slept_reads_again_before_it_shows_and_keeps(page: Page, stage: Stage) -> None:
    page.add_init_script(SLEEP)
    open_template(page, stage, LOG)
    cells = page.locator("tr[data-row] textarea").first
    name = cells.get_attribute("data-field")
    cells.fill("first")
    other = another(page, stage, LOG)
    other.locator(f"[data-field='{name}']").nth(1).fill("second")
    expect(page.locator(f"[data-field='{name}']").nth(1)).to_have_value("")
    page.evaluate(WAKE)
    expect(page.locator(f"[data-field='{name}']").nth(1)).to_have_value("second")
    page.locator(f"[data-field='{name}']").nth(2).fill("third")
    assert answers_in(page, LOG)[str(name)]["rows"] == ["first", "second", "third"]


# No room ----------------------------------------------------------------------------------------


def test_what_could_not_be_kept_undoes_nothing_that_another_tab_kept(
    page: Page, stage: Stage
) -> None:
    open_template(page, stage)
    box(page, "what").fill("your name")
    box(page, "why").fill("old")
    fill_up(page)
    box(page, "how-used").fill("plan and more than there is room for")
    assert "no room left" in kept(page)
    page.evaluate("localStorage.removeItem('other')")
    other = another(page, stage)
    box(other, "why").fill("new")
    box(other, "more").fill("example.nz")
    until(page, "document.querySelector('#fill_more').value === 'example.nz'")
    assert "no room left" in kept(page)
    expect(box(page, "how-used")).to_have_value("plan and more than there is room for")
    box(page, "what").fill("your names")
    assert kept(page) == "Saved in this browser only."
    found = {name: answer["answer"] for name, answer in answers_in(page).items()}
    assert found == {
        "what": "your names",
        "why": "new",
        "how-used": "plan and more than there is room for",
        "more": "example.nz",
    }


def test_without_room_what_can_not_be_read_is_not_lost(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    put(page, "{broken" + "x" * 100)
    fill_up(page)
    page.reload()
    ready(page)
    box(page, "what").fill("your name")
    expect(page.get_by_text("Nothing of it is lost.")).to_be_visible()
    with page.expect_download() as waiting:
        press(page, "Save it as a file")
    assert waiting.value.path().read_text() == "{broken" + "x" * 100


def test_a_second_text_that_can_not_be_read_takes_the_place_of_none(
    page: Page, stage: Stage
) -> None:
    open_template(page, stage)
    for text in ("{one", "{two"):
        put(page, text)
        page.reload()
        ready(page)
    box(page, "what").fill("your name")
    with page.expect_download() as waiting:
        press(page, "Save it as a file")
    assert waiting.value.path().read_text() == "{one\n{two"
    assert answers_in(page)["what"]["answer"] == "your name"
    press(page, "Clear my answers")
    press(page, "Clear them")
    assert page.evaluate("Object.keys(localStorage)") == []


# A newer edition --------------------------------------------------------------------------------


NEWER = (
    {"format": "dpup-answers/2", "answers": [1]},
    sheet({"what": {"answer": "theirs", "sign": "a field of tomorrow"}}),
    sheet({"what": {"answer": "theirs"}}, device="a field of tomorrow"),
)


@pytest.mark.parametrize("newer", [json.dumps(one) for one in NEWER])
def test_what_a_newer_edition_kept_is_left_alone(page: Page, stage: Stage, newer: str) -> None:
    open_template(page, stage)
    put(page, newer)
    page.reload()
    ready(page)
    assert "newer edition" in kept(page)
    box(page, "why").fill("help")
    assert stored(page) == newer
    assert "newer edition" in kept(page)
    expect(page.get_by_text("Nothing of it is lost.")).not_to_be_visible()
    assert "so that we can help" in notice(page)
    with page.expect_download() as waiting:
        press(page, "Save answers to a file")
    saved = parse(waiting.value.path().read_bytes(), "a.json")
    assert saved.answers[f"{NEED_TO_KNOW}.why"].answer == "help"


@pytest.mark.parametrize("answer", ["words", 7, None, {"answer": 7, "sign": 1}])
def test_what_no_edition_would_keep_is_no_newer_one(
    page: Page, stage: Stage, answer: object
) -> None:
    open_template(page, stage)
    text = json.dumps(sheet({"what": answer}))
    put(page, text)
    page.reload()
    ready(page)
    box(page, "why").fill("help")
    expect(page.get_by_text("Nothing of it is lost.")).to_be_visible()
    assert set(answers_in(page)) == {"why"}


# Files ------------------------------------------------------------------------------------------


def test_the_notices_in_the_filled_word_form_are_filled_in(page: Page, stage: Stage) -> None:
    library = load(ROOT)
    form = library.get("template", NEED_TO_KNOW)
    assert isinstance(form.facts, toolkit.Template)
    papers = Press(library, "https://dpup.example/")
    stage.files[f"downloads/{NEED_TO_KNOW}.docx"] = make_file.one(papers.of_entry(form), "docx")
    open_template(page, stage)
    given = {"what": "your whānau", "why": "help you"}
    for name, text in given.items():
        box(page, name).fill(text)
    with page.expect_download() as waiting:
        press(page, "Download the filled form for Word")
    document = docx.Document(io.BytesIO(waiting.value.path().read_bytes()))
    said = [paragraph.text for paragraph in document.paragraphs]
    fields = clauses.fields(form.facts)
    for variant in form.facts.variants:
        lines = clauses.as_text(variant, fields, given).replace("\n\n", "\n").split("\n")
        assert any(said[at : at + len(lines)] == lines for at in range(len(said)))


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "The file is open. It holds no answers."),
        (
            {"what": {"answer": "x"}, "gone-for-good": {"answer": "y"}},
            (
                "The file is open. It holds 2 answers. 1 to look at again."
                " 1 to what this template does not ask."
            ),
        ),
    ],
)
def test_a_file_that_was_opened_says_what_it_brought(
    page: Page, stage: Stage, tmp_path: Path, answers: dict[str, object], said: str
) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(sheet(answers)))
    open_template(page, stage)
    page.locator("[data-file]").set_input_files(file)
    until(page, "document.querySelector('[data-kept]').textContent !== ''")
    assert kept(page) == said


def test_a_file_that_the_browser_can_not_read_is_told(
    page: Page, stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(sheet({})))
    open_template(page, stage)
    page.evaluate(
        "void (Blob.prototype.arrayBuffer = () =>"
        " Promise.reject(new DOMException('gone', 'NotReadableError')))"
    )
    page.locator("[data-file]").set_input_files(file)
    page.locator("[data-problems] p").wait_for()
    assert "could not read this file" in page.locator("[data-problems]").inner_text()


def test_what_opens_files_and_can_not_be_loaded_is_told(
    page: Page, stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(sheet({})))
    page.route("**/notice-file.js", lambda route: route.abort())
    open_template(page, stage)
    page.locator("[data-file]").set_input_files(file)
    until(page, "document.querySelector('[data-kept]').textContent.includes('could not be loaded')")


# Addresses and dialogs --------------------------------------------------------------------------


def test_an_address_that_can_not_be_decoded_stops_nothing(page: Page, stage: Stage) -> None:
    open_template(page, stage, anchor="#%E0%A4")
    expect(page.get_by_role("button", name="Clear my answers")).to_be_visible()
    page.evaluate("location.hash = '#%E0'")
    box(page, "what").fill("your name")
    assert "your name" in notice(page)


def test_a_list_of_contents_outlives_an_address_that_can_not_be_decoded(
    page: Page, stage: Stage
) -> None:
    assert stage.root == ROOT
    article = (
        '<details data-module="dpup-contents" open><summary>On this page</summary>'
        '<a href="#%E0%A4">Broken</a> <a href="#p%C4%81">Whole</a></details><h2 id="pā">Whole</h2>'
    )
    body = FRAME.format(id="contents", policy="", sheets="", article=article)
    page.route(f"{HOST}contents", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(f"{HOST}contents")
    page.wait_for_selector("html[data-ready]")
    until(page, "document.querySelector('[href=\"#p%C4%81\"]').ariaCurrent === 'location'")
    page.get_by_role("link", name="Whole").click()
    until(page, "!document.querySelector('details').open")


def test_the_answer_to_a_dialog_is_taken_at_once(page: Page, stage: Stage) -> None:
    # Browsers tell of `close` only with the next frame, and a hidden page has none.
    page.add_init_script(
        "addEventListener('close', (event) => event.stopImmediatePropagation(), true)"
    )
    open_template(page, stage)
    box(page, "what").fill("your name")
    press(page, "Clear my answers")
    press(page, "Clear them")
    until(page, "document.querySelector('#fill_what').value === ''")
    assert kept(page) == "Your answers are cleared."
