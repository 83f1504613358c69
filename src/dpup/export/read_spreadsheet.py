"""Read the answers out of a workbook that somebody filled in.

The file comes from anyone: only the texts of its cells are taken, and no formula is run.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

import openpyxl
from openpyxl.utils.escape import unescape

from dpup.answers import Answer, AnswersError, Sheet, without_end
from dpup.asks import DONE, NO, NOT_APPLICABLE, YES
from dpup.export.cells import BESIDE, ROW
from dpup.export.opened import opened

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator, Mapping

# More than any form has; a workbook can claim millions.
_ROWS: Final = 10_000
_COLUMNS: Final = 100
_NOTHING: Final = ("",) * _COLUMNS
_VALUES: Final = {label: value for value, label in (YES, NO, NOT_APPLICABLE, DONE)}
_FIXED: Final = {"tick", "yes-no", "yes-no-na"}
_TABLE_HEAD: Final = 5
_BOOK: Final = "workbook that can be read. Save it again as .xlsx"
_CURE: Final = "Take a fresh copy from the site, fill that in, and save it as .xlsx."
Row = tuple[str, ...]


def read(data: bytes, name: str) -> Sheet:
    """Give the answers in a file; raise AnswersError when it is not one of our forms."""
    said, pages = opened(data, name, _BOOK, _texts)
    entry = said.get("dpup-entry", "")
    if not entry:
        msg = f"{name}: This workbook does not say which form it is. {_CURE}"
        raise AnswersError(msg)
    answers: dict[str, Answer] = {}
    for page in pages:
        for id_, answer in _page(page, entry):
            answers[id_] = _joined(answers[id_], answer) if id_ in answers else answer
    if not answers:
        msg = f"{name}: This workbook holds no form. {_CURE}"
        raise AnswersError(msg)
    version, called = said.get("dpup-version", ""), said.get("dpup-name", "")
    return Sheet(entry=entry, version=version, name=called, answers=answers)


def _texts(data: io.BytesIO) -> tuple[dict[str, str], list[list[Row]]]:
    """Give what a workbook says of itself, and the texts of its sheets."""
    # Cell by cell: a workbook can merge, claim or format more cells than there is memory for.
    book = openpyxl.load_workbook(data, data_only=True, read_only=True)
    properties = book.custom_doc_props.props  # type: ignore[attr-defined] # newer than the stubs
    # Cells come unescaped; properties don't.
    said = {prop.name: unescape(str(prop.value or "")) for prop in properties}
    return said, list(map(_rows_of, book.worksheets))


def _rows_of(page: Any) -> list[Row]:  # noqa: ANN401 - a sheet, as the stubs do not know it
    page.reset_dimensions()  # what a file says of its size need not be so
    cells = page.iter_rows(max_row=_ROWS, max_col=_COLUMNS, values_only=True)
    # Rows that are not there come as well, up to the last one: they cost no room.
    return [
        tuple(map(_text, row)) if any(cell is not None for cell in row) else _NOTHING
        for row in cells
    ]


def _page(rows: list[Row], entry: str) -> Iterator[tuple[str, Answer]]:
    """Yield the answers of one sheet: a list of questions, or a table to fill in."""
    head = next((n for n, row in enumerate(rows) if "Id" in row and "Fingerprint" in row), None)
    if head is not None:
        yield from _questions(rows[head], rows[head + 1 :])
    elif len(rows) > _TABLE_HEAD and any(cell.startswith(f"{entry}.") for cell in rows[1]):
        yield from _table(rows)


def _questions(head: Row, rows: list[Row]) -> Iterator[tuple[str, Answer]]:
    places = {name: number for number, name in enumerate(head) if name}
    for row in rows:
        said = {name: row[place] for name, place in places.items()}
        id_ = said.get("Id", "")
        if id_:
            yield id_, _question(said)


def _question(said: Mapping[str, str]) -> Answer:
    kind = said.get("Kind", "")
    value = _value(said.get("Answer", ""), kind)
    beside: dict[str, Any] = {part: said.get(column, "") for part, column in BESIDE.items()}
    # Checked all together, as a Sheet, so that what is wrong is said with its id.
    return Answer.model_construct(
        answer="" if kind == ROW else value,
        rows=(value,) if kind == ROW else (),
        fingerprint=said.get("Fingerprint", ""),
        asked=said.get("Asked", ""),
        **beside,
    )


def _table(rows: list[Row]) -> Iterator[tuple[str, Answer]]:
    _, ids, kinds, fingerprints, *_ = rows
    for column, id_ in enumerate(ids):
        if id_:
            said = [_value(row[column], kinds[column]) for row in rows[_TABLE_HEAD + 1 :]]
            mark = fingerprints[column]
            yield id_, Answer.model_construct(rows=without_end(said), fingerprint=mark)


def _joined(one: Answer, other: Answer) -> Answer:
    """Put what has the same id together: each row stands alone, and some notes stand apart."""
    parts = ("asked", *BESIDE)
    beside = {part: getattr(one, part) or getattr(other, part) for part in parts}
    if not _rows(other):
        return one.model_copy(update=beside)
    rows = (*_rows(one), *_rows(other))
    return one.model_copy(update={"answer": "", "rows": rows, **beside})


def _rows(answer: Answer) -> tuple[str, ...]:
    return answer.rows or tuple(filter(None, (answer.answer,)))


def _value(text: str, kind: str) -> str:
    return _VALUES.get(text.strip(), text) if kind in _FIXED else text


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)
