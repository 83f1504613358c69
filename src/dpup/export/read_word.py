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
from dpup.export.controls import BESIDE, W14
from dpup.export.controls import tag as tag_of
from dpup.proposal_forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

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
        excel = "" if form.entry in FORMS else ", or use the Excel file"
        msg = (
            f"{name}: The boxes and fields of this form are gone; the program that saved it may "
            f"not know them. Fill in a fresh copy with Word or a newer LibreOffice{excel}."
        )
        raise AnswersError(msg)
    answers = _answers(form, given)
    return Sheet(entry=form.entry, version=form.version, name=form.name, answers=answers)


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
