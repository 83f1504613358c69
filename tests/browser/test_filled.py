"""Forms that are filled in the browser hold what the Python side would have put in, and no less."""

from __future__ import annotations

import base64
import functools
import http.server
import io
import random
import re
import subprocess
import threading
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from docx import Document

from dpup import asks
from dpup.answers import Answer, Sheet, fitted
from dpup.days import spoken_day
from dpup.export import filled, make
from dpup.export.controls import NOTE, tag
from dpup.export.paper import Press
from dpup.library import load
from dpup.views import Views
from helpers import ROOT, soffice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from dpup.asks import Ask
    from dpup.entries import Entry
    from dpup.export.paper import Paper

LIBRARY = load(ROOT)
PRESS = Press(LIBRARY, "https://dpup.example/")
FORMS = tuple(e for kind in ("checklist", "template") for e in LIBRARY.of(kind))
MODULES = {"docx": "filled-word.js", "xlsx": "filled-workbook.js"}
CALLS = {"docx": "filledWord", "xlsx": "filledWorkbook"}
TEXTS = (
    "Ka pai, whānau & <b>hapū</b>\n\n  Second line:\tĀ > Ē ",
    "]]> <script>alert(1)</script> {{7*7}} \"q\" 'q'",
    "=cmd()|' /C calc'!A0",
    "+1",
    "-1 or so",
    "@SUM(A1)",
    "a\x00b\x1bc\ufffe \ud800 \u202eturned\u2066",
    "one\r\ntwo\rthree",
    "👩🏽\u200d🌾 שלום مرحبا \u200fend",
    "_x0041_ _x000D_",
    "Yes",
    "x" * 29_990 + " Āā end",
)
DAYS = ("2027-05-03", "3 May 2027", "after the hui", "1850-12-31", "2027-02-30", "=1+1", "")
FILL = """
async ([module, call, blank, sheet, notices, reo]) => {
  const bytes = Uint8Array.from(atob(blank), (sign) => sign.charCodeAt(0))
  const more = notices && {notices, reo: reo && new RegExp(reo)}
  const made = await (await import(`/${module}`))[call](bytes.buffer, sheet, more)
  const data = new Uint8Array(await made.arrayBuffer())
  let text = ''
  for (let at = 0; at < data.length; at += 8192) {
    text += String.fromCharCode(...data.subarray(at, at + 8192))
  }
  return {type: made.type, data: btoa(text)}
}
"""
REFUSE = """
async ([module, call, blank, sheet, notices]) => {
  const {[call]: fill, FilledError} = await import(`/${module}`)
  const bytes = Uint8Array.from(atob(blank), (sign) => sign.charCodeAt(0))
  try {
    await fill(bytes.buffer, sheet, notices && {notices})
    return ''
  } catch (error) {
    return error instanceof FilledError ? error.message : `${error.name}!! ${error.stack}`
  }
}
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """Open a page of a server that has our scripts and nothing else."""
    handler = functools.partial(Quiet, directory=str(ROOT / "docs/assets/js"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    page.set_default_timeout(30_000)
    yield page
    context.close()
    server.shutdown()
    server.server_close()


@functools.cache
def blank(form: Entry, ending: str) -> bytes:
    return make.one(PRESS.of_entry(form), ending)


def asked(form: Entry) -> dict[str, Ask]:
    return asks.by_id(asks.of(form, LIBRARY.index))


def given(ending: str, data: bytes, sheet: object) -> list[Any]:
    return [MODULES[ending], CALLS[ending], base64.b64encode(data).decode(), sheet]


def by_browser(tab: Page, form: Entry, ending: str, sheet: object) -> bytes:
    made = tab.evaluate(FILL, given(ending, blank(form, ending), sheet))
    return base64.b64decode(made["data"])


def read(data: bytes, where: Path, ending: str) -> Sheet:
    file = where / f"form.{ending}"
    file.write_bytes(data)
    return filled.read(file)


def by_hand(form: Entry, dice: random.Random) -> dict[str, Any]:
    """Give hostile answers to most of what is asked, and to things that are not."""
    answers = {}
    for ask in asked(form).values():
        if dice.random() < 0.9:
            answers[ask.id] = one(ask, dice)
    answers["gone.one"] = {"answer": dice.choice(TEXTS), "note": "=x", "due": "2027-05-03"}
    answers["gone.one"]["asked"] = dice.choice(TEXTS)
    answers["gone." + "long-" * 30] = {"note": dice.choice(TEXTS), "owner": "Hemi"}
    answers["gone.rows"] = {"rows": ["a", "", dice.choice(TEXTS)], "fingerprint": "2" * 12}
    answers["gone.rows"]["asked"] = "Rows?"
    answers["gone.empty"] = {}
    version = dice.choice(["0.0.9", ""])
    said = {"format": "dpup-answers/1", "entry": form.id, "version": version, "answers": answers}
    return said | {"name": dice.choice(TEXTS)[:200]}


def one(ask: Ask, dice: random.Random) -> dict[str, Any]:
    values = [value for value, _ in ask.choices] * 4 or list(TEXTS)
    values += ["Perhaps: ā", ""]
    found: dict[str, Any] = {"fingerprint": dice.choice([ask.fingerprint, "0" * 12, ""])}
    found["asked"] = dice.choice((*TEXTS, "", ask.wording))
    if ask.in_table and dice.random() < 0.8:
        count = dice.choice([1, 7, 8, 12, 30])
        rows = [dice.choice(values)[:200] for _ in range(count)]
        found["rows"] = [*rows, values[0][:200]]
    else:
        found["answer"] = dice.choice(values)
    if dice.random() < (0.6 if ask.takes_note else 0.1):
        found |= {"note": dice.choice(TEXTS), "owner": dice.choice(TEXTS)[:90]}
        found["due"] = dice.choice(DAYS)
    return found


def differing(one: Sheet, other: Sheet) -> dict[str, tuple[Answer | None, Answer | None]]:
    """Give the answers of two sheets that are not the same."""
    ids = one.answers | other.answers
    pairs = {id_: (one.answers.get(id_), other.answers.get(id_)) for id_ in ids}
    return {id_: (left, right) for id_, (left, right) in pairs.items() if left != right}


@pytest.mark.parametrize("ending", list(MODULES))
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_form_filled_in_the_browser_reads_as_one_filled_by_python(
    tab: Page, form: Entry, ending: str, tmp_path: Path
) -> None:
    said = by_hand(form, random.Random(form.id))
    sheet = Sheet.model_validate(said)
    made = by_browser(tab, form, ending, said)
    found = read(made, tmp_path, ending)
    python = read(make.one(PRESS.of_entry(form, sheet), ending), tmp_path, ending)
    assert differing(found, python) == {}
    assert found == python
    assert list(found.answers) == list(python.answers)
    want = fitted(sheet, asked(form)).answers
    lost = {id_ for id_, answer in want.items() if not answer.is_empty} - found.answers.keys()
    assert lost == set()
    for id_ in (id_ for id_ in want if id_ in found.answers and not want[id_].is_empty):
        # A table of a workbook has no place for the words of its columns.
        loose = ending == "xlsx" and asked(form)[id_].in_table if id_ in asked(form) else False
        words = found.answers[id_].asked if loose else want[id_].asked
        assert found.answers[id_] == want[id_].model_copy(update={"asked": words}), id_
    assert found.version == (sheet.version or form.facts.version)
    assert found.name == sheet.name


@pytest.mark.parametrize("ending", list(MODULES))
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_no_answers_give_an_empty_form_that_knows_what_it_asks(
    tab: Page, form: Entry, ending: str, tmp_path: Path
) -> None:
    empty = {"format": "dpup-answers/1", "entry": form.id, "answers": {}}
    found = read(by_browser(tab, form, ending, empty), tmp_path, ending)
    assert found == read(blank(form, ending), tmp_path, ending)
    assert found.answers.keys() == asked(form).keys()


# ---- what a file is made of ------------------------------------------------------------------

LOG = LIBRARY.get("template", "access-or-correction-log")
LIST = LIBRARY.get("checklist", "purpose-statement-checklist")
MORE = {"gone.x": {"answer": "=1+1", "owner": "Hemi", "due": "2027-05-03"}}


def simple(form: Entry, **answers: Any) -> dict[str, Any]:
    return {"format": "dpup-answers/1", "entry": form.id, "answers": answers or MORE}


def long_log() -> dict[str, Any]:
    """Give the log 300 rows: more than the blank forms have."""
    columns = [id_ for id_, ask in asked(LOG).items() if ask.in_table]
    return simple(LOG, **{id_: {"rows": [f"={n}" for n in range(300)]} for id_ in columns})


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_word_file_has_unique_numbers_and_only_parts_that_the_blank_has(tab: Page) -> None:
    made = by_browser(tab, LOG, "docx", long_log())
    assert parts(made).keys() == parts(blank(LOG, "docx")).keys()
    numbers = re.findall(rb'<w:id w:val="(\d+)"/>', parts(made)["word/document.xml"])
    assert len(numbers) == len(set(numbers)) > 300
    document = Document(io.BytesIO(made))
    assert max(len(table.rows) for table in document.tables) == 302
    assert document.element.tag == Document(io.BytesIO(blank(LOG, "docx"))).element.tag


def test_older_words_are_shown_with_an_answer_that_is_not_asked_any_more(tab: Page) -> None:
    said = simple(LIST, **{"gone.x": {"answer": "yes", "asked": "Did we\n say\t<b>?"}})
    for made in (
        by_browser(tab, LIST, "docx", said),
        make.one(PRESS.of_entry(LIST, Sheet.model_validate(said)), "docx"),
    ):
        assert "Did we say <b>? (gone.x)" in [words for _, words in shown(made)]


def test_a_day_is_shown_as_people_write_it_in_word(tab: Page) -> None:
    ask = next(iter(asked(LIST)))
    made = by_browser(tab, LIST, "docx", simple(LIST, **{ask: {"due": "2027-05-03"}}))
    said = parts(made)["word/document.xml"].decode()
    assert said.count('w:fullDate="2027-05-03T00:00:00Z"') == 1
    assert ">3 May 2027<" in said


NOTICES = tuple(form for form in FORMS if getattr(form.facts, "variants", ()))


def notices_of(form: Entry, paper: Paper) -> list[dict[str, Any]]:
    """Give what each notice says, by the rule of Python."""
    given = paper.sheet.answers.items() if paper.sheet else ()
    values = {id_.removeprefix(f"{form.id}."): answer.text for id_, answer in given if answer.text}
    found = []
    for variant in form.facts.variants:
        shown = Views(LIBRARY).notice(form, variant, values)
        words = [[{"text": w.text, "blank": w.is_blank} for w in p.words] for p in shown]
        said = [{"heading": p.heading, "words": w} for p, w in zip(shown, words, strict=True)]
        found.append({"id": variant.id, "paragraphs": said})
    return found


def shown(data: bytes) -> list[tuple[str, str]]:
    """Give the style and the words of each paragraph."""
    paragraphs = Document(io.BytesIO(data)).paragraphs
    return [(p.style.name, " ".join(p.text.split())) for p in paragraphs]


@pytest.mark.parametrize("form", NOTICES, ids=lambda form: form.id)
def test_the_notices_of_a_form_are_said_with_what_was_filled_in(tab: Page, form: Entry) -> None:
    texts = ("Ka pai, whānau & <b>hapū</b>", "]]> <script>", "one\ntwo", "=cmd()", "a\x00b")
    said = {
        id_: {"rows": [texts[number % 5]] if ask.in_table else [], "answer": ""}
        | ({} if ask.in_table else {"answer": texts[number % 5]})
        for number, (id_, ask) in enumerate(asked(form).items())
        if number % 4
    }
    sheet = simple(form, **said)
    paper = PRESS.of_entry(form, Sheet.model_validate(sheet))
    call = [*given("docx", blank(form, "docx"), sheet), notices_of(form, paper), "(whānau|hapū)"]
    made = base64.b64decode(tab.evaluate(FILL, call)["data"])
    assert shown(made) == shown(make.one(paper, "docx"))
    assert "whānau" in str(shown(made))
    runs = [run for p in Document(io.BytesIO(made)).paragraphs for run in p.runs]
    named = {run.text for run in runs if run.style.name == "Te reo Māori"}
    assert {"whānau", "hapū"} <= named


def test_a_notice_that_the_form_has_no_place_for_is_refused(tab: Page) -> None:
    call = [*given("docx", blank(LIST, "docx"), simple(LIST)), [{"id": "x", "paragraphs": []}]]
    cure = "Take a fresh copy of the Word form from the site."
    assert tab.evaluate(REFUSE, call) == f"The form has no place for the notice 'x'. {cure}"


@pytest.mark.parametrize("form", [LOG, LIST], ids=lambda form: form.id)
def test_a_workbook_computes_nothing_and_has_the_sheets_that_python_makes(
    tab: Page, form: Entry
) -> None:
    said = long_log() if form is LOG else simple(form)
    said["answers"] |= MORE
    sheet = Sheet.model_validate(said)
    book = openpyxl.load_workbook(io.BytesIO(by_browser(tab, form, "xlsx", said)))
    python = openpyxl.load_workbook(io.BytesIO(make.one(PRESS.of_entry(form, sheet), "xlsx")))
    assert book.sheetnames == python.sheetnames
    for page, other in zip(book.worksheets, python.worksheets, strict=True):
        assert (page.print_area, page.print_title_rows) == (
            other.print_area,
            other.print_title_rows,
        )
        cells = [cell for row in page for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        assert [cell.coordinate for cell in cells if cell.hyperlink] == []
        active = [cell for cell in cells if str(cell.value or "").startswith("=")]
        assert all(cell.quotePrefix for cell in active)
        values = [[cell.value for cell in row] for row in page.iter_rows()]
        assert values == [[cell.value for cell in row] for row in other.iter_rows()]
        widths = {name: (size.width, size.hidden) for name, size in page.column_dimensions.items()}
        want = other.column_dimensions.items()
        assert widths == {name: (size.width, size.hidden) for name, size in want}


def test_a_row_of_a_workbook_is_as_high_as_its_words_need(tab: Page) -> None:
    ask = next(iter(asked(LIST)))
    said = simple(LIST, **{ask: {"note": "word " * 60, "due": "2027-05-03"}})
    book = openpyxl.load_workbook(io.BytesIO(by_browser(tab, LIST, "xlsx", said)))
    sheet = Sheet.model_validate(said)
    python = openpyxl.load_workbook(io.BytesIO(make.one(PRESS.of_entry(LIST, sheet), "xlsx")))
    heights = [size.height for size in book["Form"].row_dimensions.values()]
    assert heights == [size.height for size in python["Form"].row_dimensions.values()]
    assert max(filter(None, heights)) > 100


@pytest.mark.parametrize("ending", list(MODULES))
def test_the_same_answers_give_the_same_bytes_at_any_time(tab: Page, ending: str) -> None:
    first = by_browser(tab, LIST, ending, simple(LIST))
    assert by_browser(tab, LIST, ending, simple(LIST)) == first
    assert {info.date_time[0] for info in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {1980}


@pytest.mark.parametrize("ending", list(MODULES))
def test_a_browser_that_can_not_pack_leaves_parts_as_they_are(
    tab: Page, ending: str, tmp_path: Path
) -> None:
    tab.evaluate("() => { window.kept = CompressionStream; delete window.CompressionStream }")
    try:
        made = by_browser(tab, LIST, ending, simple(LIST))
    finally:
        tab.evaluate("() => { window.CompressionStream = window.kept }")
    infos = zipfile.ZipFile(io.BytesIO(made)).infolist()
    assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}
    assert read(made, tmp_path, ending).answers["gone.x"] == Answer.model_validate(MORE["gone.x"])


def test_tags_are_those_of_python(tab: Page) -> None:
    ids = [id_ for form in FORMS for id_ in asked(form)]
    ids += [
        letter * count for letter in "aā👩" for count in (50, 55, 56, 63, 64, 65, 119, 120, 200)
    ]
    every = [start + id_ for id_ in ids for start in ("", NOTE)]
    made = tab.evaluate(
        "async (ids) => ids.map((await import('/word-controls.js')).tagOf)",
        every,
    )
    assert made == [tag(id_) for id_ in every]


@pytest.mark.office
def test_libreoffice_opens_what_the_browser_makes(tab: Page, tmp_path: Path) -> None:
    program = soffice()
    assert program is not None
    forms = (LOG, LIST, LIBRARY.get("template", "what-service-users-need-to-know"))
    dice = random.Random(1)
    for form in forms:
        for ending in MODULES:
            said = by_hand(form, dice)
            (tmp_path / f"{form.id}.{ending}").write_bytes(by_browser(tab, form, ending, said))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    out = tmp_path / "again"
    for ending, to in (("docx", "txt:Text (encoded):UTF8"), ("xlsx", "xlsx")):
        names = [str(tmp_path / f"{form.id}.{ending}") for form in forms]
        command = [program, home, "--headless", "--convert-to", to, "--outdir", str(out)]
        subprocess.run([*command, *names], check=True, capture_output=True)
    for form in forms:
        sheet = filled.read(tmp_path / f"{form.id}.xlsx")
        assert differing(filled.read(out / f"{form.id}.xlsx"), sheet) == {}
        # It may break lines in a control with nothing at all.
        text = "".join((out / f"{form.id}.txt").read_text(encoding="utf-8-sig").split())
        chosen = {id_ for id_, ask in asked(form).items() if ask.choices}
        for id_, answer in filled.read(tmp_path / f"{form.id}.docx").answers.items():
            # What is chosen is shown by its label, or by a tick.
            written = () if id_ in chosen else (answer.answer, *answer.rows)
            for words in (*written, answer.note, answer.owner, spoken_day(answer.due)):
                assert "".join(words.split()) in text


# ---- what can't be filled --------------------------------------------------------------------


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, inside in parts(data).items():
            archive.writestr(member, change(inside) if member == name else inside)
    return made.getvalue()


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 100_000_001)
    return made.getvalue()


def lying(data: bytes, size: int) -> bytes:
    """Say another size of the first file than it has."""
    place = data.index(b"PK\x01\x02") + 24
    return data[:place] + size.to_bytes(4, "little") + data[place + 4 :]


def refused(tab: Page, ending: str, data: bytes, sheet: object) -> str:
    said = tab.evaluate(REFUSE, given(ending, data, sheet))
    assert re.fullmatch(r"[^!{}<>]{20,300}\.", said), said
    return str(said)


@pytest.mark.parametrize("ending", list(MODULES))
def test_a_damaged_form_is_refused_in_a_sentence(tab: Page, ending: str) -> None:
    good = blank(LIST, ending)
    name = {"docx": "Word", "xlsx": "Excel"}[ending]
    cure = f" Take a fresh copy of the {name} form from the site."
    cases = {
        b"": "This is not an archive.",
        b"no archive " * 100: "This is not an archive.",
        good[: len(good) // 2]: "This is not an archive.",
        good[100:]: "The directory of the archive is damaged.",
        bomb(): "The archive unpacks to far more than a document holds.",
        lying(good, 10): "[Content_Types].xml is damaged in the archive.",
        lying(good, 9_000): "[Content_Types].xml is damaged in the archive.",
        b"PK\x05\x06" + b"\xff" * 18: "The archive has far more files than a document.",
        b"PK\x05\x06" + b"\x01\0" * 9: "The archive is cut off.",
    }
    for data, message in cases.items():
        assert refused(tab, ending, data, simple(LIST)) == message + cure


@pytest.mark.parametrize("ending", list(MODULES))
def test_a_form_that_is_damaged_in_any_part_is_refused_or_filled(tab: Page, ending: str) -> None:
    good = blank(LIST, ending)
    for name in parts(good):
        for damage in (
            lambda _: b"",
            lambda inside: inside[: len(inside) // 2],
            lambda _: b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
            lambda _: b"<x/>",
        ):
            data = changed(good, name, damage)
            said = tab.evaluate(REFUSE, given(ending, data, simple(LIST)))
            assert said == "" or re.fullmatch(r"[^!{}<>]{20,300}\.", said), (name, said)


@pytest.mark.parametrize("ending", list(MODULES))
def test_every_byte_that_is_turned_is_noticed_or_does_no_harm(tab: Page, ending: str) -> None:
    good = blank(LIST, ending)
    dice = random.Random(ending)
    for _ in range(150):
        place = dice.randrange(len(good))
        data = good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :]
        said = tab.evaluate(REFUSE, given(ending, data, simple(LIST)))
        assert said == "" or "!!" not in said, (place, said)


@pytest.mark.parametrize("ending", list(MODULES))
def test_answers_that_are_none_are_refused_in_a_sentence(tab: Page, ending: str) -> None:
    data, good = blank(LIST, ending), simple(LIST)
    long = "x" * 30_001
    for sheet, message in (
        (None, "These are no answers of the format dpup-answers/1."),
        ({**good, "format": "other/9"}, "These are no answers of the format dpup-answers/1."),
        ({**good, "answers": []}, "These are no answers of the format dpup-answers/1."),
        (
            {**good, "entry": "other"},
            f"These are answers to 'other', and the form is '{LIST.id}'.",
        ),
        (simple(LIST, **{"note:a.b": {}}), "'note:a.b' can't be the id of an answer."),
        (simple(LIST, **{"a.b": "yes"}), "The answer to 'a.b' can't be read."),
        (simple(LIST, **{"a.b": {"answer": 1}}), "The answer to 'a.b' is not a text."),
        (simple(LIST, **{"a.b": {"rows": ["", None]}}), "The answer to 'a.b' is not a text."),
        (
            simple(LIST, **{"a.b": {"note": long}}),
            "The answer to 'a.b' is longer than 30000 characters. Shorten it.",
        ),
        (
            simple(LIST, **{"a.b": {"due": "x" * 201}}),
            "The answer to 'a.b' is longer than 200 characters. Shorten it.",
        ),
        (
            simple(LIST, **{"a.b": {"rows": ["x"] * 2_001}}),
            "The answer to 'a.b' has rows that are no list, or more than 2000.",
        ),
        (
            simple(LIST, **{"a.b": {"notes": "x"}}),
            "The answer to 'a.b' has a part 'notes', which no answer has.",
        ),
    ):
        assert refused(tab, ending, data, sheet) == message


def test_a_file_that_is_no_form_says_so(tab: Page) -> None:
    guide = make.one(PRESS.of_entry(LIBRARY.get("guide", "consent-and-choice")), "docx")
    said = refused(tab, "docx", guide, simple(LIST))
    assert said.startswith("This file does not say which form it is. Take a fresh copy")
    table = make.one(PRESS.of_matrix("laws-by-guidelines"), "xlsx")
    said = refused(tab, "xlsx", table, {**simple(LIST), "entry": "laws-by-guidelines"})
    assert said.startswith("This workbook holds no form. Take a fresh copy")
