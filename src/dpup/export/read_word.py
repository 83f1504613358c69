"""Read the answers out of a Word file that somebody filled in.

The file comes from anyone, so nothing in it is run, followed or believed beyond its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docx import Document

from dpup.answers import Answer, AnswersError, Sheet, without_end
from dpup.export import form_part, outside, sequence
from dpup.export.boxes import Boxes, TooDeepError
from dpup.export.controls import BESIDE
from dpup.export.controls import tag as tag_of
from dpup.export.opened import TOO_MUCH, opened
from dpup.proposal_forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from dpup.export.boxes import Row
    from dpup.export.form_part import Form

_TOLD: Final = (
    "The program that saved this form dropped the marks of its boxes. They were told by their "
    "names and their order. Line breaks may be gone: read what was written in each box."
)
_RUN_TOGETHER: Final = "The program that saved this form has run the lines of these boxes together:"
_ONE_PROGRAM: Final = (
    "Use the file from before it was saved so, or write these boxes anew in Word or a newer "
    "LibreOffice, in a fresh copy."
)
_OLDER: Final = (
    "This form is older, and what was written beside its boxes can't be told. Look at the form "
    "whether anything stands there, and take a fresh form next time."
)
_FILE: Final = "Word file that can be read. Save it again as .docx"


def read(data: bytes, name: str) -> Sheet:
    """Give the answers in a file; raise AnswersError when it is not one of our forms."""
    document = opened(data, name, _FILE, Document)
    form = form_part.read(document)
    if form is None:
        msg = (
            f"{name}: This file does not say which form it is. Take a fresh copy from the site, "
            "fill that in, and save it as .docx."
        )
        raise AnswersError(msg)
    columns = {tag for tag, id_ in form.ids.items() if id_ in form.tables}
    boxes, notes = _boxes(document.element.body, form, name)
    loose = outside.into_rows(boxes, columns) if form.own else []
    given: dict[str, list[str]] = {}
    for tag, value in boxes.values:
        given.setdefault(tag, []).append(value)
    given |= _rows(boxes.tables, columns)
    answers = _answers(form, given)
    sheet = Sheet(entry=form.entry, version=form.version, name=form.name, answers=answers)
    if form.own:
        notes += outside.notes(document, form, given, loose)
    elif form.entry in FORMS:
        notes.append(_OLDER)
    return sheet.with_notes(notes)


def _boxes(body: Any, form: Form, name: str) -> tuple[Boxes, list[str]]:  # noqa: ANN401 - an element of lxml
    """Find the boxes of a form, also those whose tags a program dropped; say what was done."""
    try:
        boxes = Boxes(body)
        if not form.ids or any(tag in form.ids for tag, _ in boxes.values):
            return boxes, []
        if sequence.restore(body, form.controls):
            return Boxes(body), [_TOLD]
    except TooDeepError as error:
        msg = f"{name}: {TOO_MUCH}"
        raise AnswersError(msg) from error
    except sequence.LinesLostError as error:
        msg = f"{name}: {_RUN_TOGETHER} {', '.join(error.args)}. {_ONE_PROGRAM}"
        raise AnswersError(msg) from error
    # No answers must not look like empty ones.
    excel = "" if form.entry in FORMS else ", or use the Excel file"
    msg = (
        f"{name}: The boxes and fields of this form are gone; the program that saved it may "
        f"not know them. Fill in a fresh copy with Word or a newer LibreOffice{excel}."
    )
    raise AnswersError(msg)


def _rows(tables: Iterable[list[Row]], columns: Collection[str]) -> dict[str, list[str]]:
    """Give the values of each column by its tag, one for each row that has any of its table."""
    found: dict[str, list[str]] = {}
    for rows in tables:
        for tag in dict.fromkeys(tag for row in rows for tag in row.values if tag in columns):
            # A field that somebody deleted must not move the ones below it up a row.
            said = [row.values.get(tag, "") for row in rows if row.values.keys() & columns]
            # A table that somebody split, or copied for more rows, goes on.
            found.setdefault(tag, []).extend(said)
    return found


def _answers(form: Form, given: Mapping[str, list[str]]) -> dict[str, Answer]:
    """Give the answers in the order of the form, then what the form does not know."""
    known = {id_: tag for tag, id_ in form.ids.items()}
    strange = (name for name in given if name not in form.ids)
    known |= {name: name for name in strange if not name.startswith(tuple(BESIDE.values()))}
    return {id_: _answer(given, name, form, id_) for id_, name in known.items()}


def _answer(given: Mapping[str, list[str]], name: str, form: Form, id_: str) -> Answer:
    said = given.get(name, [])
    is_column = id_ in form.tables
    beside: dict[str, Any] = {
        part: _joined(given.get(tag_of(start + id_), [])) for part, start in BESIDE.items()
    }
    # Checked all together, as a Sheet, so that what is wrong is said with its id.
    return Answer.model_construct(
        answer="" if is_column else _joined(said),
        rows=without_end(said) if is_column else (),
        fingerprint=form.fingerprints.get(id_, ""),
        asked=form.wordings.get(id_, ""),
        **beside,
    )


def _joined(said: Iterable[str]) -> str:
    return "\n".join(filter(None, said))
