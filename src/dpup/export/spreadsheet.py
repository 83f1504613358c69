"""Excel workbooks: a form with lists of answers to choose from, or the tables of a matrix.

Every word is written as a text, never as a formula or a link.
"""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from dpup.characters import for_documents
from dpup.export import zips
from dpup.export.paper import AUTHOR, LICENCE
from dpup.export.rows import laws

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from dpup.answers import Answer
    from dpup.asks import Ask, Section
    from dpup.export.paper import Paper
    from dpup.export.rows import Table

COLUMNS: Final = {
    "Section": 18,
    "Question": 44,
    "What to write": 40,
    "Answer": 20,
    "Notes": 34,
    "Help": 40,
    "Law": 16,
    "Id": 0,
    "Kind": 0,
    "Fingerprint": 0,
}
"""The columns of a form and their widths in characters; those of width 0 are hidden."""
STRANGERS: Final = "Not asked any more"
ROWS: Final = 200
"""Rows of a table to fill in that lists and formats reach."""
ROW: Final = "row"
"""The kind of an answer that is a row of a table which the form has no more."""
HEAD: Final = 3
"""The row of a form, from 0, that names its columns; three rows of title stand above it."""


def make(paper: Paper) -> bytes:
    """Give the workbook of a form or, from its tables, of a matrix."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheets = _Book(book, paper)
        sheets.describe()
        if paper.sections:
            sheets.form()
        else:
            for table in paper.tables:
                sheets.table(table)
        sheets.about()
    return zips.pack(zips.unpack(made.getvalue()))


class _Book:
    def __init__(self, book: Workbook, paper: Paper) -> None:
        self._book = book
        self._paper = paper
        cell: dict[str, Any] = {"text_wrap": True, "valign": "top", "num_format": "@"}
        self._cell = book.add_format({**cell, "bottom": 1, "bottom_color": "#8C8C8C"})
        self._open = book.add_format({**cell, "border": 1, "locked": False})
        # Marked as text in the file, so that it stays one when somebody edits the cell.
        self._inert = book.add_format({**cell, "quote_prefix": True})
        self._head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True})
        self._number = book.add_format({"bottom": 1, "bottom_color": "#8C8C8C"})
        self._title = book.add_format({"bold": True, "font_size": 16})
        self._lists: dict[tuple[str, ...], str] = {}

    def describe(self) -> None:
        """Write the properties by which the file is known when it comes back."""
        paper, sheet = self._paper, self._paper.sheet
        created = paper.day.replace(tzinfo=None)
        said = {"title": paper.title, "subject": paper.stamp, "author": AUTHOR}
        self._book.set_properties({**said, "comments": f"Licence: {LICENCE}", "created": created})
        version = sheet.version if sheet and sheet.version else paper.version
        self._book.set_custom_property("dpup-entry", paper.id, "text")
        self._book.set_custom_property("dpup-version", version, "text")

    def table(self, table: Table) -> None:
        """Write a table with its header."""
        page = self._page(table.name)
        page.freeze_panes(1, 1)
        widths = [max(_NARROW, min(_WIDE, max(map(len, row)))) for row in _columns(table)]
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        self._row(page, 0, table.header, self._head)
        for number, row in enumerate(table.rows, 1):
            self._row(page, number, row, self._cell)
            page.set_row(number, height(row, widths))
            for column, text in enumerate(row):
                if text.isdecimal():
                    page.write_number(number, column, int(text), self._number)

    def form(self) -> None:
        """Write what is asked once on one sheet, and each table to fill in on its own."""
        once = [section for section in self._paper.sections if not section.repeats]
        if once:
            self._questions("Form", once)
        for number, section in enumerate(s for s in self._paper.sections if s.repeats):
            self._log(f"Table {number + 1}", section)
        if self._paper.strangers:
            self._strangers()
        self._list_sheet()

    def _questions(self, name: str, sections: list[Section]) -> None:
        page = self._page(name)
        page.write_string(0, 0, self._paper.title, self._title)
        page.write_string(1, 0, "Choose or write in the columns Answer and Notes.")
        self._row(page, HEAD, COLUMNS, self._head)
        asks = [(section, ask) for section in sections for ask in section.asks]
        unused = {"What to write"} if not any(ask.prompt for _, ask in asks) else set()
        for column, (title, width) in enumerate(COLUMNS.items()):
            hidden = {"hidden": not width or title in unused}
            page.set_column(column, column, width or None, None, hidden)
        page.freeze_panes(HEAD + 1, 2)
        page.repeat_rows(HEAD)
        # Help and law are for the screen; on paper the rest would be too small to read.
        page.print_area(0, 0, HEAD + len(asks), list(COLUMNS).index("Notes"))
        for number, (section, ask) in enumerate(asks, HEAD + 1):
            self._question(page, number, section, ask)

    def _question(self, page: Worksheet, number: int, section: Section, ask: Ask) -> None:
        given = self._answer(ask)
        answer = dict(ask.choices).get(given.answer, given.answer) if given else ""
        prompt = " ".join(filter(None, (ask.prompt, ask.applies and f"Only if: {ask.applies}")))
        help_ = f"Example (fictitious): {ask.hint}" if ask.prompt and ask.hint else ask.hint
        first = (section.title, ask.text, prompt, answer, given.note if given else "")
        hidden = (ask.id, ask.kind, self._paper.fingerprints[ask.id])
        cells = (*first, help_, "; ".join(laws(ask)), *hidden)
        self._row(page, number, cells, self._cell, {"Answer", "Notes"})
        page.set_row(number, height(cells, list(COLUMNS.values())))
        self._choices(page, ask, number, number, list(COLUMNS).index("Answer"))

    def _log(self, name: str, section: Section) -> None:
        page = self._page(name)
        page.write_string(0, 0, section.title, self._title)
        for row, texts in enumerate(_log_heads(section, self._paper.fingerprints), 1):
            self._row(page, row, texts, self._cell)
            page.set_row(row, None, None, {"hidden": True})
        prompts = [ask.prompt for ask in section.asks]
        self._row(page, _LOG_HEAD - 1, prompts, self._cell)
        page.set_row(_LOG_HEAD - 1, height(prompts, [_LOG_WIDTH] * len(prompts)))
        self._row(page, _LOG_HEAD, [ask.text for ask in section.asks], self._head)
        page.set_column(0, len(section.asks) - 1, _LOG_WIDTH)
        page.freeze_panes(_LOG_HEAD + 1, 1)
        for column, ask in enumerate(section.asks):
            given = self._answer(ask)
            rows = given.rows if given else ()
            for row in range(max(ROWS, len(rows))):
                text = _label(ask, rows[row]) if row < len(rows) else ""
                self._write(page, _LOG_HEAD + 1 + row, column, text, self._open)
            self._choices(page, ask, _LOG_HEAD + 1, _LOG_HEAD + ROWS, column)

    def _strangers(self) -> None:
        """Write answers to what the form does not ask: they have to stay in the file."""
        page = self._page(STRANGERS)
        self._row(page, 0, ("Answer", "Notes", "Id", "Kind", "Fingerprint"), self._head)
        page.set_column(0, 2, 40)
        strangers = self._paper.strangers.items()
        rows = (row for id_, answer in strangers for row in _stranger(id_, answer))
        for number, row in enumerate(rows, 1):
            self._row(page, number, row, self._cell)

    def _choices(self, page: Worksheet, ask: Ask, first: int, last: int, column: int) -> None:
        """Offer the answers as a list; other words are kept with a warning, not refused."""
        labels = tuple(label for _, label in ask.choices)
        if labels:
            place = self._lists.setdefault(labels, _list_place(len(self._lists), len(labels)))
            options = {"validate": "list", "source": f"={place}", "error_type": "warning"}
            page.data_validation(first, column, last, column, options)

    def _list_sheet(self) -> None:
        if not self._lists:
            return
        page = self._book.add_worksheet(LISTS)
        for column, labels in enumerate(self._lists):
            for row, label in enumerate(labels):
                self._write(page, row, column, label, self._cell)
        page.hide()

    def about(self) -> None:
        """Say what the file is and what may be done with it."""
        page = self._page("About")
        page.set_column(0, 0, 18)
        page.set_column(1, 1, 90)
        for number, row in enumerate(_facts(self._paper)):
            self._row(page, number, row, self._cell)

    def _answer(self, ask: Ask) -> Answer | None:
        sheet = self._paper.sheet
        return sheet.answers.get(ask.id) if sheet else None

    def _page(self, name: str) -> Worksheet:
        page = self._book.add_worksheet(name)
        page.set_paper(9)  # A4
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_footer(f"&L{_footer(self._paper)}&Rpage &P of &N")
        return page

    def _row(
        self,
        page: Worksheet,
        number: int,
        texts: Iterable[str],
        look: Format,
        open_: frozenset[str] | set[str] = frozenset(),
    ) -> None:
        names = list(COLUMNS)
        for column, text in enumerate(texts):
            is_open = column < len(names) and names[column] in open_
            self._write(page, number, column, text, self._open if is_open else look)

    def _write(self, page: Worksheet, row: int, column: int, text: str, look: Format) -> None:
        clean = for_documents(text)
        if not clean:
            page.write_blank(row, column, None, look)
        elif clean[0] in "=+-@" and look is not self._head:
            page.write_string(row, column, clean, self._inert)
        else:
            page.write_string(row, column, clean, look)


LISTS: Final = "Lists"
_LOG_HEAD: Final = 5
# In characters; heights below are in points.
_LOG_WIDTH: Final = 24
_NARROW: Final = 10
_WIDE: Final = 60
_LINE: Final = 15.0
_TALLEST: Final = 400.0


def height(texts: Iterable[str], widths: Iterable[int]) -> float:
    """Give the height in points that a row needs, so that no program cuts its words off."""
    cells = ((text, width) for text, width in zip(texts, widths, strict=False) if width)
    lines = (
        sum(max(1, math.ceil(len(line) * 1.1 / width)) for line in text.split("\n"))
        for text, width in cells
    )
    return min(_TALLEST, _LINE * max(lines, default=1))


def _columns(table: Table) -> Iterator[tuple[str, ...]]:
    return zip(table.header, *table.rows, strict=True)


def _log_heads(section: Section, fingerprints: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the hidden rows of a table to fill in: ids, kinds, fingerprints."""
    yield [ask.id for ask in section.asks]
    yield [ask.kind for ask in section.asks]
    yield [fingerprints[ask.id] for ask in section.asks]


def _stranger(id_: str, answer: Answer) -> Iterator[tuple[str, ...]]:
    """Yield a row for each row of an answer; its note stands beside the first."""
    kind = ROW if answer.rows else ""
    for number, text in enumerate(answer.rows or (answer.answer,)):
        yield (text, "" if number else answer.note, id_, kind, answer.fingerprint)


def _label(ask: Ask, value: str) -> str:
    return dict(ask.choices).get(value, value)


def _list_place(column: int, count: int) -> str:
    name = xlsxwriter.utility.xl_col_to_name(column)
    return f"{LISTS}!${name}$1:${name}${count}"


def _footer(paper: Paper) -> str:
    # An ampersand starts a command in a footer; no more than 255 characters fit in all.
    return f"{paper.title} · {paper.stamp} · {LICENCE}".replace("&", "&&")[:200]


def _facts(paper: Paper) -> Iterator[tuple[str, str]]:
    yield ("Title", paper.title)
    yield ("Id", paper.id)
    if paper.version:
        yield ("Version", paper.version)
    yield ("Changed", paper.date)
    if paper.address:
        yield ("Page", paper.address)
    yield ("Licence", f"{LICENCE}, with credit to the owners of the Data Protection and Use Policy")
    yield ("What this is", "An independent restatement in our own words, not the official policy.")
