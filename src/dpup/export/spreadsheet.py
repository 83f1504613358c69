"""Excel workbooks: a form with lists of answers to choose from, or the tables of a matrix.

Every word is written as a text, never as a formula or a link.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from dpup import days
from dpup.answers import Answer
from dpup.characters import for_documents
from dpup.export import zips
from dpup.export.cells import (
    BESIDE,
    COLUMNS,
    LISTS,
    STRANGE,
    STRANGERS,
    facts,
    footer,
    height,
    list_place,
    log_heads,
    stranger,
)
from dpup.export.paper import AUTHOR, LICENCE
from dpup.export.rows import laws

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from dpup.asks import Ask, Section
    from dpup.export.paper import Paper
    from dpup.export.rows import Table

ROWS: Final = 200
"""Rows of a table to fill in that lists and formats reach."""
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
        day = {"border": 1, "locked": False, "num_format": "yyyy-mm-dd", "align": "left"}
        self._day = book.add_format({**cell, **day})
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
        self._book.set_custom_property("dpup-name", sheet.name if sheet else "", "text")

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
        page.write_string(1, 0, "Choose or write in the columns that have a frame.")
        self._row(page, HEAD, COLUMNS, self._head)
        asks = [(section, ask) for section in sections for ask in section.asks]
        unused = _unused([ask for _, ask in asks])
        for column, (title, width) in enumerate(COLUMNS.items()):
            hidden = {"hidden": not width or title in unused}
            page.set_column(column, column, width or None, None, hidden)
        page.freeze_panes(HEAD + 1, 2)
        page.repeat_rows(HEAD)
        # Help and law are for the screen; on paper the rest would be too small to read.
        last = "Notes" if "By when" in unused else "By when"
        page.print_area(0, 0, HEAD + len(asks), list(COLUMNS).index(last))
        for number, (section, ask) in enumerate(asks, HEAD + 1):
            self._question(page, number, section, ask)

    def _question(self, page: Worksheet, number: int, section: Section, ask: Ask) -> None:
        given = self._answer(ask) or Answer()
        answer = dict(ask.choices).get(given.answer, given.answer)
        prompt = " ".join(filter(None, (ask.prompt, ask.applies and f"Only if: {ask.applies}")))
        help_ = f"Example (fictitious): {ask.hint}" if ask.prompt and ask.hint else ask.hint
        beside = (getattr(given, part) for part in BESIDE)
        first = (section.title, ask.text, prompt, answer, *beside)
        hidden = (ask.id, ask.kind, *self._paper.wordings[ask.id])
        cells = (*first, help_, "; ".join(laws(ask)), *hidden)
        self._row(page, number, cells, self._cell, {"Answer", *BESIDE.values()})
        page.set_row(number, height(cells, list(COLUMNS.values())))
        self._choices(page, ask, number, number, list(COLUMNS).index("Answer"))

    def _log(self, name: str, section: Section) -> None:
        page = self._page(name)
        page.write_string(0, 0, section.title, self._title)
        for row, texts in enumerate(log_heads(section, self._paper.wordings), 1):
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
        self._row(page, 0, STRANGE, self._head)
        page.set_column(0, STRANGE.index("Id"), 40)
        strangers = self._paper.strangers.items()
        rows = (row for id_, answer in strangers for row in stranger(id_, answer))
        for number, row in enumerate(rows, 1):
            self._row(page, number, row, self._cell)

    def _choices(self, page: Worksheet, ask: Ask, first: int, last: int, column: int) -> None:
        """Offer the answers as a list; other words are kept with a warning, not refused."""
        labels = tuple(label for _, label in ask.choices)
        if labels:
            place = self._lists.setdefault(labels, list_place(len(self._lists), len(labels)))
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
        for number, row in enumerate(facts(self._paper)):
            self._row(page, number, row, self._cell)

    def _answer(self, ask: Ask) -> Answer | None:
        sheet = self._paper.sheet
        return sheet.answers.get(ask.id) if sheet else None

    def _page(self, name: str) -> Worksheet:
        page = self._book.add_worksheet(name)
        page.set_paper(9)  # A4
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_footer(f"&L{footer(self._paper)}&Rpage &P of &N")
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
            if is_open and names[column] == BESIDE["due"]:
                self._write_day(page, number, column, text)
            else:
                self._write(page, number, column, text, self._open if is_open else look)

    def _write_day(self, page: Worksheet, row: int, column: int, text: str) -> None:
        """Write a day as one, so that people can sort by it; other words stay words."""
        day = days.day_of(text)
        # Excel knows no day before 1900, and a 29 February of that year which never was.
        if day and day.year > _NO_DAYS:
            page.write_datetime(row, column, dt.datetime.combine(day, dt.time()), self._day)
        else:
            self._write(page, row, column, text, self._day)

    def _write(self, page: Worksheet, row: int, column: int, text: str, look: Format) -> None:
        clean = for_documents(text)
        if not clean:
            page.write_blank(row, column, None, look)
        elif clean[0] in "=+-@" and look is not self._head:
            page.write_string(row, column, clean, self._inert)
        else:
            page.write_string(row, column, clean, look)


_LOG_HEAD: Final = 5
_NO_DAYS: Final = 1900
# In characters.
_LOG_WIDTH: Final = 24
_NARROW: Final = 10
_WIDE: Final = 60


def _unused(asks: list[Ask]) -> set[str]:
    """Name the columns that a form has no use for: they are hidden."""
    unused = set() if any(ask.prompt for ask in asks) else {"What to write"}
    return unused | (set() if any(ask.takes_note for ask in asks) else {"Who", "By when"})


def _columns(table: Table) -> Iterator[tuple[str, ...]]:
    return zip(table.header, *table.rows, strict=True)


def _label(ask: Ask, value: str) -> str:
    return dict(ask.choices).get(value, value)
