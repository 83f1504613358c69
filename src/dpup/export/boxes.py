"""The boxes of a Word file that somebody filled in: each control with its words and its row.

One walk through the document finds all of them: tables and controls can stand inside one another,
and a file from anyone may have a hundred of them so.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from docx.oxml.ns import qn
from lxml import etree

from dpup.export.controls import W14

if TYPE_CHECKING:
    from lxml.etree import _Element

Row = dict[str, str]
"""The values of a row of a table, by the tags of their controls."""
_DEEPEST: Final = 20
_CONTROL, _CONTENT, _TABLE, _ROW = map(qn, ("w:sdt", "w:sdtContent", "w:tbl", "w:tr"))
_PARAGRAPH, _TEXT, _RUN = map(qn, ("w:p", "w:t", "w:r"))
_SIGNS: Final = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "\u2011",
}
_WALKED: Final = (_CONTROL, _CONTENT, _TABLE, _ROW, _PARAGRAPH, _TEXT, *_SIGNS)
_CHECKED: Final = f"{{{W14}}}checked"


class TooDeepError(ValueError):
    """More controls inside one another than any form has."""


@dataclasses.dataclass(slots=True)
class _Box:
    """A control. ``start`` is the number of the words before its own, once these have begun."""

    element: _Element
    properties: Any
    tag: str | None
    row: Row | None
    start: int | None = None
    text: str = ""
    value: str = ""


class Boxes:
    """All controls that have a tag, in reading order, and those of each table, row by row."""

    def __init__(self, body: _Element) -> None:
        self.tables: list[list[Row]] = []
        self._boxes: list[_Box] = []
        self._open: list[_Box] = []
        self._open_tables: list[list[Row]] = []
        self._open_rows: list[Row] = []
        self._words: list[str | None] = []  # None is where a paragraph begins
        starts = {_CONTROL: self._begin, _CONTENT: self._begin_words, _TABLE: self._begin_table}
        ends = {_CONTROL: self._end, _CONTENT: self._end_words}
        handlers = {"start": starts | {_ROW: self._begin_row}, "end": ends}
        for event, element in etree.iterwalk(body, ("start", "end"), _WALKED):
            if handle := handlers[event].get(element.tag):
                handle(element)
            elif event == "start":
                self._read(element)
            elif element.tag in {_TABLE, _ROW}:
                (self._open_tables if element.tag == _TABLE else self._open_rows).pop()

    @property
    def values(self) -> list[tuple[str, str]]:
        """The tag and the value of each."""
        return [(box.tag, box.value) for box in self._boxes if box.tag is not None]

    def _begin(self, element: _Element) -> None:
        properties = element.find(qn("w:sdtPr"))
        found = None if properties is None else properties.find(qn("w:tag"))
        tag = None if found is None else found.get(qn("w:val"), "")
        row = self._open_rows[-1] if self._open_rows else None
        box = _Box(element, properties, tag, row)
        self._boxes.append(box)
        self._open.append(box)
        if len(self._open) > _DEEPEST:
            raise TooDeepError

    def _end(self, _element: _Element) -> None:
        box = self._open.pop()
        if box.tag is not None:
            box.value = _value(box)
            if box.row is not None:
                box.row[box.tag] = box.value

    def _begin_words(self, element: _Element) -> None:
        box = self._of(element)
        if box and box.start is None:
            box.start = len(self._words)

    def _end_words(self, element: _Element) -> None:
        box = self._of(element)
        if box and box.tag is not None and not box.text:
            said = self._words[box.start :]
            lines = ("\n" if word is None else word for word in said)
            box.text = "".join(lines).removeprefix("\n" if said[:1] == [None] else "")

    def _of(self, content: _Element) -> _Box | None:
        box = self._open[-1] if self._open else None
        return box if box and content.getparent() is box.element else None

    def _begin_table(self, _element: _Element) -> None:
        rows: list[Row] = []
        self.tables.append(rows)
        self._open_tables.append(rows)

    def _begin_row(self, _element: _Element) -> None:
        row: Row = {}
        self._open_rows.append(row)
        if self._open_tables:
            self._open_tables[-1].append(row)

    def _read(self, element: _Element) -> None:
        if element.tag == _PARAGRAPH:
            self._words.append(None)
        elif element.tag == _TEXT:
            self._words.append(element.text or "")
        # A tab in properties is a stop, not a word.
        elif (parent := element.getparent()) is not None and parent.tag == _RUN:
            self._words.append(_SIGNS[str(element.tag)])


def _value(box: _Box) -> str:
    checked = next(box.properties.iter(_CHECKED), None)
    if checked is not None:
        return "done" if checked.get(f"{{{W14}}}val", "1") in {"1", "true", "on"} else ""
    if box.properties.find(qn("w:showingPlcHdr")) is not None:
        return ""
    items = box.properties.iter(qn("w:listItem"))
    labels = {item.get(qn("w:displayText"), ""): item.get(qn("w:value"), "") for item in items}
    return str(labels.get(box.text.strip(), box.text))
