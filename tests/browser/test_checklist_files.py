"""Answers to a file and back: on another device, by the commands, and from strangers."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from checklists import (
    ALSO,
    ASKING,
    REWORDED,
    SAME,
    SPLIT,
    TOLD,
    answer,
    answer_all,
    chosen,
    item,
    open_checklist,
    opened,
    press,
    status,
    works,
    write,
)
from dpup import days
from dpup.answers import Answer, AnswersError, Sheet, parse
from dpup.cli import main
from dpup.export import filled
from editions import ENTRY, Host, make_edition

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

READ = """async (text) => {
  const {read} = await import('/assets/js/answers-file.js')
  const {sheet, problems} = read(Uint8Array.fromBase64(text).buffer, 'x.json')
  return {problems, sheet: sheet && {...sheet, answers: [...sheet.answers]}}
}"""
# A stand-in for the modules that fill in documents.
FILLER = """export async function %s(blank, sheet) {
  const size = blank.byteLength
  return new Blob([JSON.stringify({size, sheet})])
}"""


def saved(page: Page, button: str = "Save to a file") -> bytes:
    """Press a button that saves; give what is in the file."""
    with page.expect_download() as download:
        press(page, button)
    return download.value.path().read_bytes()


def open_file(page: Page, name: str, data: bytes) -> None:
    """Open a file, as somebody who chooses it."""
    page.locator("[data-told]").evaluate("told => { told.textContent = '' }")
    with page.expect_file_chooser() as chooser:
        press(page, "Open a file")
    file = {"name": name, "mimeType": "application/json", "buffer": data}
    chooser.value.set_files(files=[file])
    page.wait_for_function("() => document.querySelector('[data-told]').textContent")


def sheet(**answers: dict[str, object]) -> bytes:
    """Write a file of answers to the checklist."""
    said = {"format": "dpup-answers/1", "entry": ENTRY, "answers": answers}
    return json.dumps(said).encode()


def test_without_javascript_the_forms_to_download_are_offered(browser: Browser, host: Host) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(host.page("downloads"))
        names = page.locator(".dpup-downloads a").all_inner_texts()
        assert [name.partition(",")[0] for name in names][2:4] == ["Word", "Excel"]
        expect(page.locator("[data-filled]:visible")).to_have_count(0)


def test_a_file_has_every_answer_and_the_commands_read_it(
    page: Page, host: Host, tmp_path: Path
) -> None:
    open_checklist(page, host)
    answer_all(page)
    press(page, "Rename")
    page.get_by_role("textbox", name="Name", exact=True).fill("Te Whare / 2026: whānau")
    press(page, "Keep this name")
    with page.expect_download() as download:
        press(page, "Save to a file")
    name = download.value.suggested_filename
    assert name == f"{ENTRY}.Te-Whare-2026-whānau.answers.json"
    read = parse(download.value.path().read_bytes(), name)
    assert (read.entry, read.version) == (ENTRY, "1.0.0")
    split = read.answers[SPLIT]
    assert (split.answer, split.note) == ("yes", "We ask, mostly.")
    assert (split.owner, split.due) == ("Moana", "2026-12-03")
    root = make_edition("first", tmp_path / "project")
    file = tmp_path / "answers.json"
    file.write_bytes(download.value.path().read_bytes())
    form = tmp_path / "filled.xlsx"
    runner = CliRunner()
    options = ["--root", str(root)]
    made = runner.invoke(
        main, ["answers", "write", *options, str(file), "--to", "xlsx", "--out", str(form)]
    )
    assert made.exit_code == 0, made.output
    assert "changed" not in made.output
    back = runner.invoke(main, ["answers", "read", *options, str(form)])
    again = parse(back.stdout.encode(), "back.json")
    given = {id_: one for id_, one in again.answers.items() if not one.is_empty}
    assert given == dict(read.answers)
    # And what the command prints opens here again.
    open_file(page, "printed.json", back.stdout.encode())
    assert opened(page) == "Te Whare / 2026: whānau (2)"
    assert status(page, "told").endswith("7 carried over.")
    expect(item(page, SPLIT).locator("textarea")).to_have_value("We ask, mostly.")


def test_a_file_opens_on_another_device(browser: Browser, page: Page, host: Host) -> None:
    open_checklist(page, host)
    answer_all(page)
    data = saved(page)
    with browser.new_context() as elsewhere:
        other = elsewhere.new_page()
        open_checklist(other, host)
        open_file(other, f"{ENTRY}.renamed.answers (1).json", data)
        assert opened(other) == "My answers"
        assert chosen(other, TOLD) == "Yes"
        assert json.loads(saved(other)) == json.loads(data)
        # Opening it again makes another one, and overwrites nothing.
        answer(other, TOLD, "No")
        open_file(other, f"{ENTRY}.renamed.answers.json", data)
        assert works(other) == ["My answers", "My answers (2)"]
        assert chosen(other, TOLD) == "Yes"


def test_an_older_file_shows_the_old_words_beside_the_new_on_another_device(
    browser: Browser, page: Page, host: Host
) -> None:
    open_checklist(page, host)
    answer_all(page)
    data = saved(page)
    said = json.loads(data)
    assert said["name"] == "My answers"
    assert said["answers"][REWORDED]["asked"] == "Do we look at it?"
    with browser.new_context() as elsewhere:
        other = elsewhere.new_page()
        open_checklist(other, host, "second")
        open_file(other, "file.json", data)
        look = item(other, REWORDED).locator("[data-look]")
        words = ["Do we look at it?", "Do we look at it every year?"]
        expect(look.locator("dd")).to_have_text(words)
        # What is saved there still knows what was answered.
        assert json.loads(saved(other)) == said
        look.get_by_role("button", name="Still right").click()
        again = parse(saved(other), "x").answers[REWORDED]
        assert again.asked == "Do we look at it every year?"


@pytest.mark.parametrize("edition", ["first", "second"])
def test_the_commands_say_the_old_words_of_a_file_of_the_browser(
    page: Page, host: Host, tmp_path: Path, edition: str
) -> None:
    open_checklist(page, host)
    answer_all(page)
    file = tmp_path / "answers.json"
    file.write_bytes(saved(page))
    options = ["--root", str(make_edition(edition, tmp_path / "project")), str(file)]
    form = tmp_path / "filled.docx"
    made = CliRunner().invoke(
        main, ["answers", "write", *options, "--to", "docx", "--out", str(form)]
    )
    assert made.exit_code == 0, made.output
    changed = f"{REWORDED}: The wording has changed since it was answered: it was 'Do we look"
    assert (changed in made.output) == (edition == "second")
    again = filled.read(form)
    assert again.name == "My answers"
    assert again.answers[REWORDED] == parse(file.read_bytes(), "x").answers[REWORDED]


def test_words_and_names_from_a_stranger_stay_words(page: Page, host: Host) -> None:
    open_checklist(page, host, "second")
    hostile = "<img src=x onerror=alert(1)> {{7*7}} \u202eturned\n  \x07 </script>"
    shown = "<img src=x onerror=alert(1)> {{7*7}} \ufffdturned \ufffd </script>"
    answers = {
        REWORDED: {"answer": "yes", "fingerprint": "0", "asked": hostile},
        TOLD: {"answer": "yes", "fingerprint": "0", "asked": hostile},
        SPLIT: {"answer": "yes", "fingerprint": "0", "asked": hostile},
        "gone.one": {"answer": "yes", "asked": hostile},
    }
    data = json.loads(sheet(**answers)) | {"name": f" {hostile}\n"}
    open_file(page, "x.json", json.dumps(data).encode())
    assert opened(page) == shown
    looks = [item(page, id_).locator("[data-look] dd").first for id_ in (REWORDED, ASKING)]
    olds = [page.locator(f'[data-was="{id_}"]') for id_ in (TOLD, "gone.one")]
    for place in (*looks, *olds):
        assert shown in " ".join(place.inner_text().split())
    expect(page.locator("main img[src=x]")).to_have_count(0)
    long = "👩🏽" * 100
    open_file(page, "x.json", json.dumps(data | {"name": long}).encode())
    assert opened(page) == "👩🏽" * 50
    open_file(page, f"{ENTRY}.Te-Whare.answers.json", sheet())
    assert opened(page) == "Te Whare", "a file without a name inside is called as the file"
    open_file(page, "x.json", json.dumps(data | {"name": " \n"}).encode())
    assert opened(page) == "x"


def test_answers_to_what_nobody_knows_are_kept_and_shown(page: Page, host: Host) -> None:
    open_checklist(page, host)
    strangers = {
        "gone.long-ago": {"answer": "yes", "note": "Kept.", "fingerprint": "abc"},
        "__proto__": {"answer": "no"},
        "constructor": {"note": "<img src=x onerror=alert(1)>"},
        SAME: {"answer": "maybe", "due": "next Friday"},
    }
    open_file(page, "old.json", sheet(**strangers))
    assert status(page, "told").endswith(
        "0 carried over, 1 to look at again, 3 not asked on this page."
    )
    shown = page.locator("[data-was]")
    assert shown.evaluate_all("all => all.map(one => one.dataset.was)") == [
        "gone.long-ago",
        "__proto__",
        "constructor",
    ]
    assert "Kept." in shown.first.inner_text()
    assert "<img src=x onerror=alert(1)>" in shown.last.inner_text()
    assert "maybe · By when: next Friday" in item(page, SAME).locator("[data-look]").inner_text()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    back = parse(saved(page), "x")
    assert set(back.answers) == set(strangers)
    assert back.answers["__proto__"].answer == "no"
    assert (back.answers[SAME].answer, back.answers[SAME].due) == ("maybe", "next Friday")


REFUSED = [
    (b"{", "x.json:1:2: This is not a file of answers. Words in straight quotes are missing"),
    (b"PK\x03\x04", "x.json: This looks like a Word or Excel file. Turn it into"),
    (b"\xff\xfe\x00", "x.json: This is not text."),
    (b"\xff", "x.json: This is not text."),
    (b"[]", "x.json:1:1: A file of answers is one object in braces."),
    (b'{"entry": "a",\n "entry": "b"}', 'x.json:2:2: This is not a file of answers. "entry" st'),
    (b"[" * 5000, "x.json:1:22: This is not a file of answers. This is nested too deeply."),
    (b'{"format": "dpup-answers/2"}', 'format: This has to be "dpup-answers/1".'),
    (sheet(x={"colour": "red"}), "answers.x.colour: This page does not know that field."),
    (sheet(x={"answer": 5}), "answers.x.answer: This has to be words in straight quotes."),
    (sheet(x={"asked": "a" * 30_001}), "answers.x.asked: This is longer than 30000 char"),
    (sheet()[:-1] + b', "name": 5}', "name: This has to be words in straight quotes."),
    (sheet()[:-1] + b', "name": "' + b"a" * 201 + b'"}', "name: This is longer than 200 char"),
    (sheet(x={"note": "a" * 30_001}), "answers.x.note: This is longer than 30000 char"),
    (sheet(x={"due": "a" * 201}), "answers.x.due: This is longer than 200 characters."),
    (sheet(**{"x:note": {}}), "answers.x:note: This is no id: an id has no colon"),
    (sheet(x={"rows": [""] * 2001}), "answers.x.rows: Rows are a list in brackets"),
    (sheet(x=[]), "answers.x: An answer is an object in braces."),
    (b" " * 5_000_001, "x.json: This file is far larger than a file of answers."),
]


def read_in_browser(page: Page, data: bytes) -> dict[str, Any]:
    """Read a file of answers with the script; in base64, as numbers would take a minute."""
    found: dict[str, Any] = page.evaluate(READ, base64.b64encode(data).decode())
    return found


def test_what_is_no_file_of_answers_is_refused_with_place_and_cure(page: Page, host: Host) -> None:
    page.goto(host.page())
    for data, said in REFUSED:
        found = read_in_browser(page, data)
        assert found["sheet"] is None, said
        assert any(said in problem for problem in found["problems"]), found["problems"]


@pytest.mark.parametrize("data", [data for data, _ in REFUSED[:-1]])
def test_the_commands_refuse_the_same_files(data: bytes) -> None:
    with pytest.raises(AnswersError):
        parse(data, "x.json")


def test_a_file_that_is_refused_changes_nothing(page: Page, host: Host) -> None:
    open_checklist(page, host)
    answer(page, SAME)
    open_file(page, "<b>bad</b>.json", sheet(x={"colour": "<i>red</i>"}, y={"answer": 1}))
    assert status(page, "told") == "This file could not be opened. Nothing here has changed."
    lines = page.locator("[data-details] li").all_inner_texts()
    assert [line.partition(": ")[0] for line in lines] == [
        "<b>bad</b>.json:1:87",
        "<b>bad</b>.json:1:118",
    ]
    assert (works(page), chosen(page, SAME)) == (["My answers"], "Yes")
    open_file(page, "other.json", sheet().replace(ENTRY.encode(), b"another-checklist"))
    assert "answers another checklist, “another-checklist”" in status(page, "told")
    assert works(page) == ["My answers"]


def test_both_sides_read_the_same_words(page: Page, host: Host) -> None:
    page.goto(host.page())
    hostile = "a\r\nb\rc \u202edrawkcab\u202c \x07 {{7*7}} </script> \U0001f600 te reo Māori"
    written = Sheet(entry=ENTRY, answers={"1": Answer(answer=hostile), "a": Answer(rows=("", "x"))})
    raw = written.as_json().encode("utf-16")
    found = read_in_browser(page, raw)["sheet"]
    ours = parse(raw, "x")
    assert [[id_, said["answer"], said["rows"]] for id_, said in found["answers"]] == [
        [id_, said.answer, list(said.rows)] for id_, said in ours.answers.items()
    ]


def test_a_day_that_word_wrote_is_a_day_for_the_browser_as_for_the_commands(
    page: Page, host: Host
) -> None:
    open_checklist(page, host)
    prints = {SAME: item(page, SAME).get_attribute("data-fingerprint")}
    data = sheet(**{SAME: {"answer": "yes", "due": "3 May 2027", "fingerprint": prints[SAME]}})
    assert parse(data, "x").answers[SAME].due == "2027-05-03"
    open_file(page, "word.json", data)
    assert status(page, "progress") == "1 of 8 answered.", "nothing is strange"
    expect(item(page, SAME).locator("[data-field=due]")).to_have_value("2027-05-03")
    assert parse(saved(page), "x").answers[SAME].due == "2027-05-03"


DAYS = (
    *("2027-05-03", "2028-02-29", "2027-02-29", "2027-13-01", "0000-01-01", "0001-01-01"),
    *("3 May 2027", " 03 May 2027 ", "31 June 2027", "3 may 2027", "3 Mei 2027", "3 May 0000"),
    *("", "soon", "2027-5-3", "2027-05-03T00:00", "12027-05-03", "٣ May 2027"),
)


def test_both_sides_know_the_same_days(page: Page, host: Host) -> None:
    page.goto(host.page())
    found = page.evaluate(
        """async (texts) => {
          const {isDay, isoDay, spokenDay} = await import('/assets/js/days.js')
          return texts.map((text) => [isDay(text), isoDay(text), spokenDay(text)])
        }""",
        DAYS,
    )
    assert found == [
        [days.day_of(text) is not None, days.iso_day(text), days.spoken_day(text)] for text in DAYS
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"answer": "yes"}, "Some of these answers may not fit this checklist: 0 carried over, 1"),
        ({"answer": "maybe", "fingerprint": "today"}, "Some of these answers may not fit"),
        ({"answer": "yes", "fingerprint": "older"}, "This checklist has changed since you answer"),
    ],
)
def test_only_a_change_of_the_checklist_is_called_one(
    page: Page, host: Host, given: dict[str, str], said: str
) -> None:
    open_checklist(page, host)
    today = item(page, SAME).get_attribute("data-fingerprint") or ""
    data = sheet(**{SAME: given}).replace(b'"today"', f'"{today}"'.encode())
    open_file(page, "given.json", data)
    assert status(page, "news").startswith(said)


@pytest.mark.parametrize(("name", "ending"), [("filledWord", "docx"), ("filledWorkbook", "xlsx")])
def test_the_blank_form_and_the_answers_go_to_what_fills_it(
    page: Page, host: Host, name: str, ending: str
) -> None:
    module = {"docx": "filled-word", "xlsx": "filled-workbook"}[ending]
    page.route(
        f"**/{module}.js",
        lambda route: route.fulfill(body=FILLER % name, content_type="text/javascript"),
    )
    page.goto(host.page("downloads"))
    page.wait_for_selector("html[data-ready]")
    answer(page, SAME)
    write(page, SAME, owner="Moana")
    link = page.locator(f"[data-filled][href$='{ENTRY}.{ending}']")
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == f"{ENTRY}.My-answers.{ending}"
    made = json.loads(download.value.path().read_text(encoding="utf-8"))
    blank = host.folders["downloads"] / f"site/downloads/{ENTRY}.{ending}"
    assert made["size"] == blank.stat().st_size
    assert made["sheet"]["answers"][SAME]["owner"] == "Moana"
    assert made["sheet"]["format"] == "dpup-answers/1"


def test_a_form_that_cannot_be_made_is_told(page: Page, host: Host) -> None:
    page.goto(host.page("downloads"))
    page.wait_for_selector("html[data-ready]")
    page.locator("[data-filled]").first.click()
    page.wait_for_function(
        "() => document.querySelector('[data-told]').textContent.startsWith('There are no answers')"
    )
    answer(page, ALSO)
    page.route("**/downloads/*", lambda route: route.abort())
    page.locator("[data-filled]").first.click()
    page.wait_for_function(
        "() => document.querySelector('[data-told]').textContent.includes('could not be made')"
    )


def test_a_form_that_cannot_be_filled_says_what_is_wrong_with_it(page: Page, host: Host) -> None:
    page.goto(host.page("downloads"))
    page.wait_for_selector("html[data-ready]")
    answer(page, ALSO)
    page.route("**/downloads/*.docx", lambda route: route.fulfill(body="no form"))
    page.locator("[data-filled][href$='.docx']").click()
    page.wait_for_function(
        "() => document.querySelector('[data-told]').textContent.includes('could not be made')"
    )
    said = status(page, "told")
    assert said.startswith("The file could not be made. ")
    assert "Take a fresh copy" in said
    assert "offline" not in said


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_form_filled_in_the_browser_reads_back_to_the_same_answers(
    page: Page, host: Host, tmp_path: Path, ending: str
) -> None:
    page.goto(host.page("downloads"))
    page.wait_for_selector("html[data-ready]")
    answer_all(page)
    ours = parse(saved(page), "x")
    with page.expect_download() as download:
        page.locator(f"[data-filled][href$='{ENTRY}.{ending}']").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    back = filled.read(file)
    assert {id_: one for id_, one in back.answers.items() if not one.is_empty} == ours.answers
