"""Read the answers out of a Word file that somebody filled in.

The file comes from anyone, so nothing in it is run, followed or believed beyond its words.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.oxml.ns import qn

from dpup.answers import Answer, AnswersError, Sheet, without_end
from dpup.export import form_part, zips
from dpup.export.controls import NOTE, W14

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from docx.document import Document as WordDocument
    from lxml.etree import _Element

    from dpup.export.form_part import Form

_CHECKED: Final = f"{{{W14}}}checked"


def read(data: bytes, name: str) -> Sheet:
    """Give the answers in a file; raise AnswersError when it is not one of our forms."""
    document = _opened(data, name)
    form = form_part.read(document)
    if form is None:
        msg = (
            f"{name}: This file does not say which form it is. Take a fresh copy from the site, "
            "fill that in, and save it as .docx."
        )
        raise AnswersError(msg)
    given: dict[str, list[str]] = {}
    columns = {tag for tag, id_ in form.ids.items() if id_ in form.tables}
    for tag, value in _controls(document.element.body):
        given.setdefault(tag, []).append(value)
    given |= _rows(document, columns)
    if form.ids and not form.ids.keys() & given.keys():
        # Some programs drop controls or their tags. No answers must not look like empty ones.
        msg = (
            f"{name}: The boxes and fields of this form are gone; the program that saved it may "
            "not know them. Fill in a fresh copy with Word or a newer LibreOffice, or use the "
            "Excel file."
        )
        raise AnswersError(msg)
    return Sheet(entry=form.entry, version=form.version, answers=_answers(form, given))


def _opened(data: bytes, name: str) -> WordDocument:
    msg = f"{name}: This is not a Word file that can be read. Save it again as .docx."
    if not zips.is_moderate(data):
        raise AnswersError(msg)
    try:
        return Document(io.BytesIO(data))
    # The library raises whatever the broken place happens to cause.
    except Exception as error:
        raise AnswersError(msg) from error


def _rows(document: WordDocument, columns: Collection[str]) -> dict[str, list[str]]:
    """Give the values of each column by its tag, one for each row that has any of its table."""
    found: dict[str, list[str]] = {}
    for table in document.element.body.iter(qn("w:tbl")):
        rows = [dict(_controls(row)) for row in table.findall(qn("w:tr"))]
        for tag in dict.fromkeys(tag for row in rows for tag in row if tag in columns):
            # A field that somebody deleted must not move the ones below it up a row.
            said = [row.get(tag, "") for row in rows if row.keys() & columns]
            # A table that somebody split, or copied for more rows, goes on.
            found.setdefault(tag, []).extend(said)
    return found


def _controls(within: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - as below
    """Yield the tag and the value of each control, in reading order."""
    for control in within.iter(qn("w:sdt")):
        properties = control.find(qn("w:sdtPr"))
        tag = None if properties is None else properties.find(qn("w:tag"))
        if tag is not None:
            yield tag.get(qn("w:val"), ""), _value(control, properties)


def _value(control: _Element, properties: Any) -> str:  # noqa: ANN401 - an element of python-docx
    box = next(properties.iter(_CHECKED), None)
    if box is not None:
        return "done" if box.get(f"{{{W14}}}val", "1") in {"1", "true", "on"} else ""
    if properties.find(qn("w:showingPlcHdr")) is not None:
        return ""
    text = _text(control)
    items = properties.iter(qn("w:listItem"))
    labels = {item.get(qn("w:displayText"), ""): item.get(qn("w:value"), "") for item in items}
    return str(labels.get(text.strip(), text))


def _text(control: Any) -> str:  # noqa: ANN401 - an element of python-docx
    """Give the words in a control; its paragraphs and breaks are lines."""
    content = control.find(qn("w:sdtContent"))
    parts: list[str] = []
    for element in () if content is None else content.iter():
        if element.tag == qn("w:t"):
            parts.append(element.text or "")
        elif element.tag == qn("w:p"):
            parts.append("\n" if parts else "")
        elif element.getparent().tag == qn("w:r"):  # a tab in properties is a stop, not a word
            parts.append(_SIGNS.get(element.tag, ""))
    return "".join(parts)


_SIGNS: Final = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "\u2011",
}


def _answers(form: Form, given: Mapping[str, list[str]]) -> dict[str, Answer]:
    """Give the answers in the order of the form, then what the form does not know."""
    known = {id_: tag for tag, id_ in form.ids.items()}
    known |= {tag: tag for tag in given if tag not in form.ids and not tag.startswith(NOTE)}
    return {
        id_: _answer(given.get(tag, []), _note(given, form, id_), form, id_)
        for id_, tag in known.items()
    }


def _note(given: Mapping[str, list[str]], form: Form, id_: str) -> str:
    said = given.get(form.notes.get(id_, NOTE + id_), [])
    return "\n".join(filter(None, said))


def _answer(said: list[str], note: str, form: Form, id_: str) -> Answer:
    # Checked all together, as a Sheet, so that what is wrong is said with its id.
    fingerprint = form.fingerprints.get(id_, "")
    if id_ not in form.tables:
        return Answer.model_construct(
            answer="\n".join(filter(None, said)), note=note, fingerprint=fingerprint
        )
    rows = without_end(said)
    return Answer.model_construct(rows=rows, note=note, fingerprint=fingerprint)
