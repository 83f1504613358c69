"""Read the answers out of a workbook that somebody filled in.

The file comes from anyone: only the texts of its cells are taken, and no formula is run.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Final

import openpyxl

from dpup.answers import Answer, AnswersError, Sheet, without_end
from dpup.asks import DONE, NO, NOT_APPLICABLE, YES
from dpup.export import zips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ROWS: Final = 2_000
_VALUES: Final = {label: value for value, label in (YES, NO, NOT_APPLICABLE, DONE)}
_FIXED: Final = {"tick", "yes-no", "yes-no-na"}
_TABLE_HEAD: Final = 5
Row = tuple[str, ...]


def read(data: bytes, name: str) -> Sheet:
    """Give the answers in a file; raise AnswersError when it is not one of our forms."""
    book = _opened(data, name)
    properties = book.custom_doc_props.props  # type: ignore[attr-defined] # newer than the stubs
    said = {prop.name: str(prop.value or "") for prop in properties}
    if not said.get("dpup-entry"):
        msg = (
            f"{name}: This workbook does not say which form it is. Take a fresh copy from the "
            "site, fill that in, and save it as .xlsx."
        )
        raise AnswersError(msg)
    answers: dict[str, Answer] = {}
    for page in book.worksheets:
        for id_, answer in _page(page):
            answers[id_] = _joined(answers[id_], answer) if id_ in answers else answer
    return Sheet(entry=said["dpup-entry"], version=said.get("dpup-version", ""), answers=answers)


def _opened(data: bytes, name: str) -> Workbook:
    msg = f"{name}: This is not a workbook that can be read. Save it again as .xlsx."
    if not zips.is_moderate(data):
        raise AnswersError(msg)
    try:
        return openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    # The library raises whatever the broken place happens to cause.
    except Exception as error:
        raise AnswersError(msg) from error


def _page(page: Worksheet) -> Iterator[tuple[str, Answer]]:
    """Yield the answers of one sheet: a list of questions, or a table to fill in."""
    rows = [tuple(map(_text, row)) for row in page.iter_rows(max_row=_ROWS, values_only=True)]
    head = next((n for n, row in enumerate(rows) if "Id" in row and "Fingerprint" in row), None)
    if head is not None:
        yield from _questions(rows[head], rows[head + 1 :])
    elif len(rows) > _TABLE_HEAD and any("." in cell for cell in rows[1]):
        yield from _table(rows)


def _questions(head: Row, rows: list[Row]) -> Iterator[tuple[str, Answer]]:
    places = {name: number for number, name in enumerate(head) if name}
    for row in rows:
        said = {name: row[place] for name, place in places.items()}
        id_ = said.get("Id", "")
        if id_:
            value = _value(said.get("Answer", ""), said.get("Kind", ""))
            note, fingerprint = said.get("Notes", ""), said.get("Fingerprint", "")
            yield id_, Answer(answer=value, note=note, fingerprint=fingerprint)


def _table(rows: list[Row]) -> Iterator[tuple[str, Answer]]:
    _, ids, kinds, fingerprints, *_ = rows
    for column, id_ in enumerate(ids):
        if id_:
            said = [_value(row[column], kinds[column]) for row in rows[_TABLE_HEAD + 1 :]]
            yield id_, Answer(rows=without_end(said), fingerprint=fingerprints[column])


def _joined(one: Answer, other: Answer) -> Answer:
    """Put rows with the same id together: what the form does not ask stands in a row each."""
    rows = tuple(text for answer in (one, other) for text in answer.rows or (answer.answer,))
    return one.model_copy(update={"answer": "", "rows": rows, "note": one.note or other.note})


def _value(text: str, kind: str) -> str:
    return _VALUES.get(text.strip(), text) if kind in _FIXED else text


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)
