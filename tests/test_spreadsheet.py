"""Workbooks: forms with lists to choose from, and tables whose counts are numbers."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import subprocess
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from dpup import asks, matrices
from dpup.answers import Answer, Sheet
from dpup.export import make
from dpup.export.cells import COLUMNS, height
from dpup.export.paper import Press
from dpup.export.spreadsheet import HEAD
from dpup.library import load
from helpers import ROOT, soffice

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

LIBRARY = load(ROOT)
PRESS = Press(LIBRARY, "https://dpup.example/")
FORMS = ("purpose-statement-checklist", "access-or-correction-log", "decision-not-to-tell")
COUNTS = tuple(name for name, named in matrices.NAMED.items() if named.rows)
forms = pytest.mark.parametrize("id_", FORMS)


def opened(id_: str) -> Workbook:
    paper = PRESS.find(id_)
    assert paper is not None
    return openpyxl.load_workbook(io.BytesIO(make.one(paper, "xlsx")))


def sections(id_: str) -> tuple[asks.Section, ...]:
    return asks.of(LIBRARY.find(id_), LIBRARY.index)


def texts(book: Workbook) -> set[Any]:
    return {cell.value for page in book for row in page for cell in row}


def choices(book: Workbook, page: Any) -> dict[str, list[str]]:
    """Map each cell that offers a list to what it offers."""
    found = {}
    for rule in page.data_validations.dataValidation:
        name, _, place = rule.formula1.partition("!")
        offered = [cell.value for (cell,) in book[name][place.replace("$", "")]]
        assert (rule.type, rule.errorStyle) == ("list", "warning")
        for area in rule.sqref.ranges:
            for row in page[area.coord] if ":" in area.coord else ((page[area.coord],),):
                found |= {cell.coordinate: offered for cell in row}
    return found


@forms
def test_a_form_says_what_it_is(id_: str) -> None:
    book, entry = opened(id_), LIBRARY.find(id_)
    props = getattr(book, "custom_doc_props").props  # noqa: B009 - the stubs leave it out
    said = {prop.name: prop.value for prop in props}
    assert said == {"dpup-entry": id_, "dpup-version": entry.facts.version, "dpup-name": None}
    assert book.properties.title == entry.title
    assert book.worksheets[0]["A1"].value in {entry.title, sections(id_)[0].title}
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert (about["Title"], about["Id"], about["Version"]) == (entry.title, id_, "1.0.0")
    assert about["Page"] == f"https://dpup.example/toolkit/{id_}/"


@forms
def test_all_that_is_asked_is_there_with_its_answers_to_choose(id_: str) -> None:
    book = opened(id_)
    said = texts(book)
    for ask in (ask for section in sections(id_) for ask in section.asks):
        assert {ask.text, ask.id, ask.fingerprint} <= said
    once = [ask for section in sections(id_) if not section.repeats for ask in section.asks]
    page = book["Form"]
    assert page.freeze_panes == f"C{HEAD + 2}"
    assert [cell.value for cell in page[HEAD + 1]] == list(COLUMNS)
    hidden = {page.cell(HEAD + 1, n).value for n in range(1, 14) if is_hidden(page, n)}
    # A checklist asks for nothing to be written, so it needs no column for that.
    unused = set() if any(ask.prompt for ask in once) else {"What to write"}
    unused |= set() if any(ask.takes_note for ask in once) else {"Who", "By when"}
    assert hidden == {"Id", "Kind", "Fingerprint", "Asked"} | unused
    offered = choices(book, page)
    for row, ask in enumerate(once, HEAD + 2):
        labels = [label for _, label in ask.choices] or None
        assert offered.get(f"D{row}") == labels


def is_hidden(page: Any, column: int) -> bool:
    sizes = page.column_dimensions.values()
    return any(size.hidden and size.min <= column <= size.max for size in sizes)


def test_a_table_to_fill_in_has_its_lists_in_each_row() -> None:
    book = opened("access-or-correction-log")
    repeated = [section for section in sections("access-or-correction-log") if section.repeats]
    for number, section in enumerate(repeated, 1):
        page = book[f"Table {number}"]
        assert page["A1"].value == section.title
        assert page.freeze_panes == "B7"
        assert [page.row_dimensions[row].hidden for row in (2, 3, 4)] == [True] * 3
        assert [cell.value for cell in page[2]] == [ask.id for ask in section.asks]
        assert [cell.value for cell in page[6]] == [ask.text for ask in section.asks]
        offered = choices(book, page)
        for column, ask in enumerate(section.asks, 1):
            for row in (7, 206):
                labels = [label for _, label in ask.choices] or None
                assert offered.get(page.cell(row, column).coordinate) == labels


def test_choices_may_hold_commas_and_be_longer_than_excel_takes_in_a_rule() -> None:
    labels = tuple(f"{number}, and {'more ' * 20}" for number in range(8))
    paper = PRESS.find("decision-not-to-tell")
    assert paper is not None
    first, *rest = paper.sections
    ask = dataclasses.replace(first.asks[0], choices=tuple(zip(labels, labels, strict=True)))
    changed = dataclasses.replace(first, asks=(ask, *first.asks[1:]))
    data = make.one(dataclasses.replace(paper, sections=(changed, *rest)), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert choices(book, book["Form"])[f"D{HEAD + 2}"] == list(labels)


def test_a_day_is_one_to_sort_by_and_other_words_stay_words() -> None:
    entry = LIBRARY.get("checklist", FORMS[0])
    ids = [ask.id for section in sections(entry.id) for ask in section.asks]
    days = ("2027-05-03", "1850-01-01", "soon", "=1+1", "")
    answers = {id_: Answer(due=day) for id_, day in zip(ids, days, strict=False)}
    data = make.one(PRESS.of_entry(entry, Sheet(entry=entry.id, answers=answers)), "xlsx")
    page = openpyxl.load_workbook(io.BytesIO(data))["Form"]
    column = list(COLUMNS).index("By when") + 1
    cells = [page.cell(HEAD + 2 + number, column) for number in range(len(days))]
    values = [dt.datetime(2027, 5, 3), "1850-01-01", "soon", "=1+1", None]  # noqa: DTZ001
    assert [cell.value for cell in cells] == values
    assert [cell.data_type for cell in cells] == ["d", "s", "s", "s", "n"]
    assert {cell.number_format for cell in cells if cell.value != "=1+1"} == {"yyyy-mm-dd"}


@pytest.mark.parametrize("id_", [*FORMS, *matrices.NAMED])
def test_no_cell_computes(id_: str) -> None:
    cells = [cell for page in opened(id_) for row in page for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []


@pytest.mark.parametrize("name", COUNTS)
def test_the_counts_of_a_table_are_the_numbers_of_the_library(name: str) -> None:
    named, page = matrices.NAMED[name], opened(name)["Counts"]
    table = matrices.crossed(LIBRARY, named.rows, named.columns, named.of)
    assert page.freeze_panes == "B2"
    head, *rows = page.iter_rows(values_only=True)
    assert head[1:] == tuple(column.label for column in table.columns)
    for row, said in zip(table.rows, rows, strict=True):
        counts = tuple(len(table.cell(row, column)) for column in table.columns)
        assert said == (row.label, *counts)
    listed = list(opened(name)["What they count"].iter_rows(values_only=True))
    assert len(listed) - 1 == sum(sum(row[1:]) for row in rows)


@pytest.mark.office
def test_libreoffice_reads_what_excel_would(tmp_path: Path) -> None:
    program = soffice()
    assert program is not None
    names = []
    for id_ in (FORMS[0], COUNTS[0]):
        names.append(str(tmp_path / f"{id_}.xlsx"))
        paper = PRESS.find(id_)
        assert paper is not None
        (tmp_path / f"{id_}.xlsx").write_bytes(make.one(paper, "xlsx"))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [
        program,
        home,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), *names], check=True, capture_output=True)
    form = read(tmp_path / f"{FORMS[0]}.csv")
    wanted = [ask.text for section in sections(FORMS[0]) for ask in section.asks]
    assert [row[1] for row in form[HEAD + 1 :]] == wanted
    counts = read(tmp_path / f"{COUNTS[0]}.csv")
    page = opened(COUNTS[0])["Counts"].iter_rows(values_only=True)
    assert counts == [["" if cell is None else str(cell) for cell in row] for row in page]


def read(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


def test_a_row_is_as_high_as_its_words_need() -> None:
    assert height(["short", "x" * 100], [10, 20]) == 15 * 6
    assert height(["a\nb\nc"], [40]) == 45
    assert height(["hidden " * 100, ""], [0, 20]) == 15
