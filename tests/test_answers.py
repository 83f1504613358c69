"""Filled forms: whatever people tick, choose and write comes back, through every format."""

from __future__ import annotations

import copy
import datetime as dt
import io
import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from pdfminer.high_level import extract_text

from dpup import asks
from dpup.answers import Answer, AnswersError, Sheet, of_strangers, parse, remarks
from dpup.days import day_of, iso_day, spoken_day
from dpup.export import filled, make
from dpup.export.controls import BESIDE, NOTE, W14, tag
from dpup.export.paper import Press
from dpup.library import load
from helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from dpup.asks import Ask
    from dpup.entries import Entry

LIBRARY = load(ROOT)
PRESS = Press(LIBRARY, "https://dpup.example/")
FORMS = tuple(e for kind in ("checklist", "template") for e in LIBRARY.of(kind))
WORDS = "Ka pai, whānau & <b>hapū</b>\n\n  Second line:\tĀ > Ē"
DAYS = ("2027-05-03", "", "after the hui", "1850-12-31")
LONG = LIBRARY.get("checklist", "access-and-correction-readiness")
every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)


def asked(form: Entry) -> dict[str, Ask]:
    return asks.by_id(asks.of(form, LIBRARY.index))


def columns(form: Entry) -> set[str]:
    sections = asks.of(form, LIBRARY.index)
    return {ask.id for section in sections if section.repeats for ask in section.asks}


def wanted(form: Entry) -> dict[str, Answer]:
    """Give everything that is asked an answer: a choice, or words; and some of it a note."""
    found = {}
    for number, ask in enumerate(asked(form).values()):
        value = ask.choices[number % len(ask.choices)][0] if ask.choices else f"{number} {WORDS}"
        note = f"{WORDS} {number}" if ask.takes_note and number % 2 == 0 else ""
        given: dict[str, Any] = {"answer": value}
        if ask.id in columns(form):
            given = {"rows": (value, "", value)}
        if ask.takes_note and number % 3:
            given |= {"owner": f"Mere Tāmihana {number}", "due": DAYS[number % len(DAYS)]}
        words = {"fingerprint": ask.fingerprint, "asked": ask.wording}
        found[ask.id] = Answer(note=note, **words, **given)
    return found


def sheet_of(form: Entry) -> Sheet:
    return Sheet(entry=form.id, version=form.facts.version, answers=wanted(form))


def in_excel(form: Entry, sheet: Sheet) -> Sheet:
    """Give what a workbook keeps: a table in it has no place for the words of its columns."""
    answers = {
        id_: answer.model_copy(update={"asked": ""}) if id_ in columns(form) else answer
        for id_, answer in sheet.answers.items()
    }
    return sheet.model_copy(update={"answers": answers})


def made(form: Entry, offer: str, sheet: Sheet | None = None) -> bytes:
    return make.one(PRESS.of_entry(form, sheet), offer)


def read(data: bytes, where: Path, ending: str) -> Sheet:
    file = where / f"form.{ending}"
    file.write_bytes(data)
    return filled.read(file)


# ---- what a person does in Word --------------------------------------------------------------


def controls(document: Any) -> dict[str, list[Any]]:
    """Map each tag to its controls."""
    found: dict[str, list[Any]] = {}
    for control in document.element.body.iter(qn("w:sdt")):
        name = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
        found.setdefault(name, []).append(control)
    return found


def fill(control: Any, value: str) -> None:
    """Tick, choose or type, as Word would write it."""
    properties, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
    box = properties.find(f"{{{W14}}}checkbox")
    if box is not None:
        box.find(f"{{{W14}}}checked").set(f"{{{W14}}}val", "1" if value else "0")
        next(content.iter(qn("w:t"))).text = "☒" if value else "☐"
        return
    items = {i.get(qn("w:value")): i for i in properties.iter(qn("w:listItem"))}
    item = items.get(value)
    shown = value if item is None else item.get(qn("w:displayText"))
    for placeholder in properties.findall(qn("w:showingPlcHdr")):
        properties.remove(placeholder)
    for run in list(content):
        content.remove(run)
    content.append(typed(shown))


def typed(words: str) -> Any:
    """Make a run with line breaks and tabs."""
    run = OxmlElement("w:r")
    for number, line in enumerate(words.split("\n")):
        if number:
            run.append(OxmlElement("w:br"))
        for place, part in enumerate(line.split("\t")):
            if place:
                run.append(OxmlElement("w:tab"))
            text = OxmlElement("w:t")
            text.text = part
            run.append(text)
    return run


def filled_by_hand(form: Entry) -> bytes:
    document = Document(io.BytesIO(made(form, "docx")))
    found = controls(document)
    for id_, answer in wanted(form).items():
        values = answer.rows or (answer.answer,)
        for control, value in zip(found[tag(id_)], values, strict=False):
            if value:
                fill(control, value)
        for start, text in ((start, getattr(answer, part)) for part, start in BESIDE.items()):
            if text:
                fill(found[tag(start + id_)][0], spoken_day(text))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@every_form
def test_what_is_filled_in_with_word_comes_back_and_can_be_written_again(
    form: Entry, tmp_path: Path
) -> None:
    first = read(filled_by_hand(form), tmp_path, "docx")
    assert first == sheet_of(form)
    assert read(made(form, "docx", first), tmp_path, "docx") == first


# ---- what a person does in Excel -------------------------------------------------------------


def typed_by_hand(form: Entry) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(made(form, "xlsx")))
    want = wanted(form)
    for page in book.worksheets:
        rows = list(page.iter_rows())
        head = next((row for row in rows if "Id" in {cell.value for cell in row}), None)
        if head is not None and "Answer" in {cell.value for cell in head}:
            type_answers(form, want, head, rows[rows.index(head) + 1 :])
        elif page.title.startswith("Table"):
            type_rows(form, want, rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def type_answers(form: Entry, want: dict[str, Answer], head: Any, rows: list[Any]) -> None:
    places = {cell.value: number for number, cell in enumerate(head)}
    sections = asks.of(form, LIBRARY.index)
    by_question = {(s.title, ask.text): ask for s in sections for ask in s.asks if not s.repeats}
    for row in rows:
        ask = by_question[row[places["Section"]].value, row[places["Question"]].value]
        answer = want[ask.id]
        row[places["Answer"]].value = dict(ask.choices).get(answer.answer, answer.answer)
        row[places["Notes"]].value = answer.note or None
        row[places["Who"]].value = answer.owner or None
        row[places["By when"]].value = excel_day(answer.due)


def excel_day(text: str) -> object:
    """Give a day as Excel keeps what people type as one."""
    day = day_of(text)
    return dt.datetime.combine(day, dt.time()) if day and day.year > 1900 else text or None


def type_rows(form: Entry, want: dict[str, Answer], rows: list[Any]) -> None:
    found = asked(form)
    for column, cell in enumerate(rows[5]):
        if cell.value is None:
            continue
        ask = found[rows[1][column].value]
        assert cell.value == ask.text
        for number, value in enumerate(want[ask.id].rows):
            rows[6 + number][column].value = dict(ask.choices).get(value, value) or None


@every_form
def test_what_is_filled_in_with_excel_comes_back_and_can_be_written_again(
    form: Entry, tmp_path: Path
) -> None:
    first = read(typed_by_hand(form), tmp_path, "xlsx")
    assert first == in_excel(form, sheet_of(form))
    assert read(made(form, "xlsx", first), tmp_path, "xlsx") == first


@every_form
def test_answers_pass_from_word_through_json_and_excel_unchanged(
    form: Entry, tmp_path: Path
) -> None:
    want = sheet_of(form)
    from_word = read(made(form, "docx", want), tmp_path, "docx")
    from_json = parse(from_word.as_json().encode(), "answers.json")
    from_excel = read(made(form, "xlsx", from_json), tmp_path, "xlsx")
    assert from_word == from_json == want
    assert from_excel == in_excel(form, want)
    assert list(remarks(from_excel, form.facts.version, asked(form))) == []


@every_form
def test_an_empty_form_holds_no_answers_but_knows_what_it_asks(form: Entry, tmp_path: Path) -> None:
    for ending in ("docx", "xlsx"):
        sheet = read(made(form, ending), tmp_path, ending)
        assert sheet.answers.keys() == asked(form).keys()
        assert all(answer.is_empty for answer in sheet.answers.values())


# ---- odd but honest files --------------------------------------------------------------------

FORM = LIBRARY.get("template", "access-or-correction-log")
ONE = LIBRARY.get("template", "purpose-statement")


def test_a_row_that_was_copied_in_word_is_a_row_more(tmp_path: Path) -> None:
    document = Document(io.BytesIO(filled_by_hand(FORM)))
    changed = {ask.id for ask in asks.of(FORM, LIBRARY.index)[-1].asks}
    table = document.element.body.findall(qn("w:tbl"))[-1]
    rows = table.findall(qn("w:tr"))
    copied = copy.deepcopy(rows[1])
    rows[-1].addnext(copied)
    out = io.BytesIO()
    document.save(out)
    sheet = read(out.getvalue(), tmp_path, "docx")
    for id_ in columns(FORM):
        first = wanted(FORM)[id_].rows
        more = (*[""] * 5, first[0]) if id_ in changed else ()
        assert sheet.answers[id_].rows == (*first, *more)
    # And so many rows can be written, in every format.
    for ending in ("docx", "xlsx"):
        kept = in_excel(FORM, sheet) if ending == "xlsx" else sheet
        assert read(made(FORM, ending, sheet), tmp_path, ending) == kept


def test_a_field_that_a_person_deleted_moves_no_answer_to_another_row(tmp_path: Path) -> None:
    document = Document(io.BytesIO(filled_by_hand(FORM)))
    id_ = min(columns(FORM))
    gone = controls(document)[tag(id_)][0]
    gone.getparent().remove(gone)
    out = io.BytesIO()
    document.save(out)
    sheet = read(out.getvalue(), tmp_path, "docx")
    assert sheet.answers[id_].rows == ("", "", wanted(FORM)[id_].rows[2])


def test_paragraphs_hyphens_and_stops_in_a_control_are_the_words_that_a_person_sees(
    tmp_path: Path,
) -> None:
    id_ = next(iter(asked(ONE)))
    document = Document(io.BytesIO(made(ONE, "docx")))
    control = controls(document)[tag(id_)][0]
    fill(control, "")
    content = control.find(qn("w:sdtContent"))
    content.clear()
    stop = "<w:pPr><w:tabs><w:tab w:val='left' w:pos='720'/></w:tabs></w:pPr>"
    gone = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    for xml in (
        f"<w:p {{}}>{stop}<w:r><w:t>one</w:t></w:r>{gone}</w:p>",
        "<w:p {}><w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t></w:r></w:p>",
    ):
        content.append(parse_xml(xml.format(nsdecls("w"))))
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue(), tmp_path, "docx").answers[id_].answer == "one\ne\u2011mail"


def test_an_id_that_is_too_long_for_a_tag_of_word_is_found_again(tmp_path: Path) -> None:
    ids = {form.id: [id_ for id_ in asked(form) if len(NOTE + id_) > 64] for form in FORMS}
    form = next(form for form in FORMS if ids[form.id])
    document = Document(io.BytesIO(made(form, "docx")))
    tags = controls(document)
    assert max(map(len, tags)) <= 64
    for id_ in ids[form.id]:
        assert len(tags[tag(id_)]) == 1
    assert read(made(form, "docx", sheet_of(form)), tmp_path, "docx") == sheet_of(form)
    assert len({tag("x" * 64 + end) for end in "abc"}) == 3


def test_reworded_unknown_new_and_strange_answers_are_said_and_kept(tmp_path: Path) -> None:
    form = LIBRARY.get("checklist", "purpose-statement-checklist")
    found = asked(form)
    reworded, strange, unsure, *_, missing = found
    answers = wanted(form)
    older = {"fingerprint": "0" * 12, "asked": "Do we say\n why?"}
    answers[reworded] = answers[reworded].model_copy(update=older)
    answers[strange] = answers[strange].model_copy(update={"answer": "Perhaps"})
    answers[unsure] = answers[unsure].model_copy(update={"fingerprint": ""})
    del answers[missing]
    beside = {"note": "A note", "owner": "Hemi", "due": "2027-02-28"}
    answers["gone.one"] = Answer(answer=WORDS, fingerprint="1" * 12, asked="Gone?", **beside)
    answers["gone.rows"] = Answer(rows=("a", "", "b"), note="Two", fingerprint="2" * 12)
    sheet = Sheet(entry=form.id, version="0.0.1", answers=answers)
    said = [str(remark) for remark in remarks(sheet, form.facts.version, found)]
    changed = "The wording has changed since it was answered: it was 'Do we say why?'."
    assert said == [
        f"Filled in on version 0.0.1; the form is now at {form.facts.version}.",
        f"{reworded}: {changed} Look at it again.",
        f"{strange}: 'Perhaps' is not one of its answers. It is kept as it is.",
        f"{unsure}: It is not known which wording was answered. Compare it.",
        "gone.one: The form does not ask this: it was 'Gone?'. The answer is kept.",
        "gone.rows: The form does not ask this. The answer is kept.",
        f"{missing}: This is new, or it is missing in the file. It has no answer.",
    ]
    for ending in ("docx", "xlsx"):
        again = read(made(form, ending, sheet), tmp_path, ending)
        # An answer to older wording is reported again, and nothing has gone.
        assert again.version == "0.0.1"
        kept = {id_: again.answers[id_] for id_ in answers if id_ != unsure}
        assert kept == {id_: answer for id_, answer in answers.items() if id_ != unsure}
        assert again.answers[unsure].answer == answers[unsure].answer
        assert again.answers[missing].is_empty
        repeated = [str(r) for r in remarks(again, form.facts.version, found)]
        assert set(said[:3]) <= set(repeated)


def test_a_note_beside_a_field_that_takes_none_is_kept(tmp_path: Path) -> None:
    for form in (FORM, ONE):
        answers = wanted(form)
        first = next(iter(answers))
        beside = {"note": WORDS, "owner": "Hemi", "due": "2027-02-28"}
        answers[first] = answers[first].model_copy(update=beside)
        sheet = Sheet(entry=form.id, version=form.facts.version, answers=answers)
        assert read(made(form, "docx", sheet), tmp_path, "docx") == sheet
        again = read(made(form, "xlsx", sheet), tmp_path, "xlsx")
        # What stands apart in a workbook brings its words with it.
        assert in_excel(form, again) == in_excel(form, sheet)


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_older_words_and_the_name_stay_with_the_answers_whatever_they_are(
    ending: str, tmp_path: Path
) -> None:
    form = LIBRARY.get("checklist", "purpose-statement-checklist")
    words = "=cmd()|' <script>{{7*7}}</script> \u202eturned\n\n  ]]> &amp; _x0041_ ā\x00"
    first, second, *_ = asked(form)
    answers = {
        first: Answer(answer="yes", fingerprint="0" * 12, asked=words),
        second: Answer(answer="yes", fingerprint="0" * 12),
        "gone.one": Answer(answer="yes", fingerprint="1" * 12, asked=words),
        "gone.rows": Answer(rows=("a", "b"), asked="x" * 30_000),
    }
    sheet = Sheet(entry=form.id, name=words, answers=answers)
    assert parse(sheet.as_json().encode(), "a") == sheet
    again = read(made(form, ending, sheet), tmp_path, ending)
    assert again.name == sheet.name
    assert {id_: again.answers[id_] for id_ in answers} == sheet.answers
    said = [str(remark) for remark in remarks(again, "", {})]
    assert all(line.isprintable() and len(line) < 500 for line in said)


def test_older_words_are_shown_with_an_answer_that_is_not_asked_any_more() -> None:
    gone = {"gone.one": Answer(answer="yes", asked="Did we\n say?")}
    sheet = Sheet(entry=ONE.id, answers=gone)
    document = Document(io.BytesIO(made(ONE, "docx", sheet)))
    assert "Did we say? (gone.one)" in [paragraph.text for paragraph in document.paragraphs]
    book = openpyxl.load_workbook(io.BytesIO(made(ONE, "xlsx", sheet)))
    head, row = ([cell.value for cell in cells] for cells in book["Not asked any more"].rows)
    assert dict(zip(head, row, strict=True))["Asked"] == "Did we\n say?"
    text = extract_text(io.BytesIO(made(ONE, "pdf", sheet)))
    assert "Did we say? (gone.one)" in " ".join(text.split())


def test_a_file_from_before_there_were_words_still_reads() -> None:
    said = {"entry": "a", "answers": {"a.b": {"answer": "x", "fingerprint": "1"}}}
    sheet = parse(json.dumps(said).encode(), "a")
    assert (sheet.name, sheet.answers["a.b"].asked) == ("", "")
    found = {"a.b": asks.Ask("a.b", "line", "Name")}
    assert [remark.message for remark in remarks(sheet, "", found)] == [
        "The wording has changed since it was answered. Look at it again."
    ]


def test_what_stands_beside_an_answer_counts_as_one() -> None:
    ask = next(iter(asked(ONE).values()))
    for part in BESIDE:
        answer = Answer.model_validate({part: "x"})
        assert not answer.is_empty
        sheet = Sheet(entry=ONE.id, answers={ask.id: answer})
        assert of_strangers(sheet, asked(ONE)) == {ask.id: answer}
    assert Answer().is_empty


def test_a_file_from_before_there_were_owners_still_reads(tmp_path: Path) -> None:
    form = LIBRARY.get("checklist", "purpose-statement-checklist")
    document = Document(io.BytesIO(made(form, "docx", sheet_of(form))))
    for name, found in controls(document).items():
        if name.startswith(("owner:", "due:")):
            found[0].getparent().remove(found[0])
    out = io.BytesIO()
    document.save(out)
    book = openpyxl.load_workbook(io.BytesIO(made(form, "xlsx", sheet_of(form))))
    book["Form"].delete_cols(6, 2)
    as_excel = io.BytesIO()
    book.save(as_excel)
    given = sheet_of(form).answers.items()
    none = {"owner": "", "due": ""}
    want = {id_: answer.model_copy(update=none) for id_, answer in given}
    assert read(out.getvalue(), tmp_path, "docx").answers == want
    assert read(as_excel.getvalue(), tmp_path, "xlsx").answers == want
    said = {"entry": form.id, "answers": {"a.b": {"answer": "x", "note": "y"}}}
    assert parse(json.dumps(said).encode(), "a").answers["a.b"] == Answer(answer="x", note="y")


def test_a_day_is_kept_as_one_and_other_words_as_they_are() -> None:
    kept = ("", "soon", "2027-02-30", "20270503", "3/5/2027", "31 June 2027", "3 Mai 2027")
    for text in kept:
        assert Answer(due=text).due == text
        assert spoken_day(text) == text
    for text in ("3 May 2027", "03 May 2027", " 3 May 2027 "):
        assert Answer(due=text).due == "2027-05-03"
    assert spoken_day("2027-05-03") == "3 May 2027"
    assert iso_day(spoken_day("0999-12-01")) == "0999-12-01"
    assert iso_day(None) is None


def test_a_choice_with_a_full_stop_is_no_id(tmp_path: Path) -> None:
    """The sheet of choices looks like a table to fill in to a careless reader."""
    form = LIBRARY.get("template", "decision-not-to-tell")
    sheet = in_excel(form, sheet_of(form))
    book = openpyxl.load_workbook(io.BytesIO(made(form, "xlsx", sheet)))
    page = book["Lists"]
    for row in range(1, 9):
        page.cell(row, 1).value = f"E.g. {row}"
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue(), tmp_path, "xlsx") == sheet


def test_what_no_document_can_hold_becomes_the_sign_for_an_unknown_character() -> None:
    answer = Answer(answer="a\x00b\x1bc\u202ed", rows=("x\r\ny\rz",), note="\ufffe")
    assert parse(b'{"entry": "\\ud800", "answers": {}}', "a.json").entry == "\ufffd"
    assert answer == Answer(answer="a\ufffdb\ufffdc\ufffdd", rows=("x\ny\nz",), note="\ufffd")


def test_json_is_refused_with_place_and_cure() -> None:
    head = '{"format": "dpup-answers/1", "entry": "x",\n'
    cure = "Compare it with what answers read prints."
    long = json.dumps("x" * 30_001)
    cases = {
        "{": "a.json:1:2: This is not JSON: Expecting property name enclosed in double quotes. "
        + cure,
        "[]": "a.json:1:1: Input should be a valid dictionary or instance of Sheet. " + cure,
        head + '"answers": {}, "more": 1}': "a.json:2:16: more: Extra inputs are not permitted. "
        + cure,
        head + f'"answers": {{"a.b": {{"answer": {long}}}}}}}': (
            f"a.json:2:21: answers.a.b.answer: String should have at most 30000 characters. {cure}"
        ),
        head + f'"answers": {{"a.b": {{"rows": ["", {long}]}}}}}}': (
            f"a.json:2:21: answers.a.b.rows.1: String should have at most 30000 characters. {cure}"
        ),
        head + '"answers": {"a.b": {}, "a.b": {}}}': (
            f"a.json:1:1: This JSON can't be read. 'a.b' stands twice in one place. {cure}"
        ),
        "[" * 100_000: f"a.json:1:1: This JSON can't be read. It is nested too deeply. {cure}",
        '{"format": "other/9", "entry": "x", "answers": {}}': (
            f"a.json:1:2: format: Input should be 'dpup-answers/1'. {cure}"
        ),
    }
    for text, message in cases.items():
        with pytest.raises(AnswersError) as error:
            parse(text.encode(), "a.json")
        assert str(error.value) == message
    number = b'{"format": ' + b"1" * 5000 + b"}"
    with pytest.raises(AnswersError, match="This JSON can't be read"):
        parse(number, "a.json")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_json_may_come_in_what_a_shell_of_windows_writes(encoding: str) -> None:
    sheet = sheet_of(ONE)
    assert parse(sheet.as_json().encode(encoding), "a.json") == sheet


def test_json_in_another_encoding_is_refused_at_its_first_strange_byte() -> None:
    text = '{"format": "dpup-answers/1",\n "entry": "caf\u00e9"}'
    with pytest.raises(AnswersError) as error:
        parse(text.encode("latin-1"), "a.json")
    assert str(error.value) == "a.json:2:15: This is not UTF-8. Save the file as UTF-8."
