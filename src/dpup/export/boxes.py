"""The boxes of a Word file that somebody filled in: each control with its words and its row.

One walk through the document finds all of them: tables and controls can stand inside one another,
and a file from anyone may have a hundred of them so.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from docx.oxml.ns import qn
from lxml import etree

from dpup.export.controls import HINTS, W14

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST: Final = 20
_CONTROL, _CONTENT, _TABLE, _ROW = map(qn, ("w:sdt", "w:sdtContent", "w:tbl", "w:tr"))
_PARAGRAPH, _TEXT, _RUN = map(qn, ("w:p", "w:t", "w:r"))
_SIGNS: Final = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "\u2011",
    qn("w:ptab"): "\t",
    # A picture of a letter in a font of symbols; which one, no program can say.
    qn("w:sym"): "\ufffd",
}
_CELL: Final = qn("w:tc")
_FORMULA: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX: Final = qn("w:txbxContent")
_MOVED: Final = (qn("w:moveFrom"), qn("w:del"), _FALLBACK)
"""What a tracked change has taken away from its place, and what older programs are told again."""
_WALKED: Final = (
    _TEXT_BOX,
    _CONTROL,
    _CONTENT,
    _TABLE,
    _ROW,
    _CELL,
    *_MOVED,
    _PARAGRAPH,
    _TEXT,
    _FORMULA,
    *_SIGNS,
)
_CHECKED: Final = f"{{{W14}}}checked"


@dataclasses.dataclass(slots=True)
class Row:
    """A row of a table: the values of its controls by their tags, and the column of each."""

    values: dict[str, str] = dataclasses.field(default_factory=dict)
    columns: dict[str, int] = dataclasses.field(default_factory=dict)
    at: int = 0
    """The column that is being read."""
    span: int = 0


@dataclasses.dataclass(slots=True)
class Loose:
    """A paragraph, as far as it stands in no control."""

    row: Row | None
    column: int
    words: list[str] = dataclasses.field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(self.words).strip()


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
        self._loose: list[Loose] = []
        self._moved = 0
        self._boxes: list[_Box] = []
        self._open: list[_Box] = []
        self._open_tables: list[list[Row]] = []
        self._open_rows: list[Row] = []
        self._words: list[str | None] = []  # None is where a paragraph begins
        starts = {_CONTROL: self._begin, _CONTENT: self._begin_words, _TABLE: self._begin_table}
        starts |= {_ROW: self._begin_row, _CELL: self._begin_cell}
        starts |= dict.fromkeys(_MOVED, self._begin_moved)
        ends = {_CONTROL: self._end, _CONTENT: self._end_words, _TEXT_BOX: self._end_text_box}
        handlers = {"start": starts, "end": ends | dict.fromkeys(_MOVED, self._end_moved)}
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

    @property
    def loose(self) -> list[Loose]:
        """All paragraphs with words that stand in no control that has a tag."""
        return [each for each in self._loose if each.text]

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
                box.row.values[box.tag] = box.value
                box.row.columns[box.tag] = box.row.at

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
        row = Row()
        self._open_rows.append(row)
        if self._open_tables:
            self._open_tables[-1].append(row)

    def _begin_cell(self, element: _Element) -> None:
        if self._open_rows:
            row = self._open_rows[-1]
            row.at += row.span
            span = element.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            said = "" if span is None else span.get(qn("w:val"), "")
            row.span = int(said) if said.isascii() and said.isdigit() and len(said) < 3 else 1  # noqa: PLR2004 - Word has at most 63 columns

    def _begin_moved(self, _element: _Element) -> None:
        self._moved += 1

    def _end_moved(self, _element: _Element) -> None:
        self._moved -= 1

    def _read(self, element: _Element) -> None:
        if self._moved:
            return
        if element.tag == _PARAGRAPH:
            self._begin_paragraph()
        elif element.tag in {_TEXT, _FORMULA}:
            self._say(element.text or "")
        # A tab in properties is a stop, not a word.
        elif (parent := element.getparent()) is not None and parent.tag == _RUN:
            self._say(_SIGNS.get(str(element.tag), ""))

    def _begin_paragraph(self) -> None:
        self._words.append(None)
        row = self._open_rows[-1] if self._open_rows else None
        self._loose.append(Loose(row, row.at if row else 0))

    def _end_text_box(self, _element: _Element) -> None:
        if not self._moved:  # What follows it in its paragraph is no word of it.
            self._begin_paragraph()

    def _say(self, words: str) -> None:
        self._words.append(words)
        if self._loose and all(box.tag is None for box in self._open):
            self._loose[-1].words.append(words)


def _value(box: _Box) -> str:
    checked = next(box.properties.iter(_CHECKED), None)
    if checked is not None:
        return "done" if checked.get(f"{{{W14}}}val", "1") in {"1", "true", "on"} else ""
    if box.properties.find(qn("w:showingPlcHdr")) is not None and _is_hint(box):
        return ""
    items = box.properties.iter(qn("w:listItem"))
    labels = {item.get(qn("w:displayText"), ""): item.get(qn("w:value"), "") for item in items}
    return str(labels.get(box.text.strip(), box.text))


def _is_hint(box: _Box) -> bool:
    """Tell whether a control shows what to do; a program may leave the mark on what was written."""
    if box.text.strip() in HINTS:
        return True
    # Word's own hint, in the language of whoever uses it.
    hint = box.properties.find(f"{qn('w:placeholder')}/{qn('w:docPart')}")
    runs = [run for run in box.element.iter(_RUN) if run.find(_TEXT) is not None]
    styles = [run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}") is not None for run in runs]
    return hint is not None and hint.get(qn("w:val"), "").startswith(_OWN_HINT) and all(styles)


_OWN_HINT: Final = "DefaultPlaceholder"
