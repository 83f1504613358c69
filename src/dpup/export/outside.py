"""What somebody wrote into a Word form beside its boxes: no words are lost without a word."""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING, Final

from docx.oxml.ns import qn

from dpup.export import form_part
from dpup.export.controls import HINTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from docx.document import Document as WordDocument

    from dpup.export.boxes import Boxes, Loose
    from dpup.export.form_part import Form

_BESIDE: Final = {
    "/word/comments": "A comment",
    "/word/footnotes": "A footnote",
    "/word/endnotes": "An endnote",
    "/word/header": "A header",
}
"""How the names of parts start that hold words, and what each word is."""
_PICTURES: Final = tuple(map(qn, ("w:drawing", "w:pict", "w:object")))
_TEXT_BOX: Final = qn("w:txbxContent")


def _label(form: Form, id_: str) -> str:
    """Give the name of a box, without the help that its wording ends in."""
    return form.wordings[id_].partition(": ")[0]


def into_rows(boxes: Boxes, columns: Collection[str]) -> list[Loose]:
    """Put what stands in a table without a control into its column; give all that is left."""
    used: set[int] = set()
    loose = boxes.loose
    of_row: dict[int, list[Loose]] = collections.defaultdict(list)
    for each in loose:
        of_row[id(each.row)].append(each)
    for rows in boxes.tables:
        places = {at: t for row in rows for t, at in row.columns.items() if t in columns}
        first = next((n for n, row in enumerate(rows) if row.values.keys() & columns), len(rows))
        heads = [_texts(of_row[id(row)]) for row in rows[:first]]
        for row in rows[first:]:
            found = of_row[id(row)]
            said = [] if _texts(found) in heads else [e for e in found if e.column in places]
            used |= set(map(id, said))
            for each in said:
                tag = places[each.column]
                row.values[tag] = "\n".join(filter(None, (row.values.get(tag, ""), each.text)))
    return [each for each in loose if id(each) not in used]


def _texts(found: list[Loose]) -> list[str]:
    return [each.text for each in found]


def notes(
    document: WordDocument, form: Form, given: Collection[str], loose: list[Loose]
) -> Iterator[str]:
    """Say which boxes are gone, and what stands where nothing is read."""
    for tag, id_ in form.ids.items():
        if tag not in given:
            yield f"The box '{_label(form, id_)}' is gone. If you need it, take a fresh form."
    known = form.own | set(map(form_part.mark, HINTS))
    for text in dict.fromkeys(each.text for each in loose):
        if form_part.mark(text) not in known:
            yield f"This stands in no box and is not in the file: {' '.join(text.split())}"
    for part in document.part.package.iter_parts():
        name = str(part.partname)
        if what := next((what for start, what in _BESIDE.items() if name.startswith(start)), ""):
            said = dict.fromkeys(_paragraphs(part.blob))
            yield from (f"{what} is not in the file: {text}" for text in said)
    body = document.element.body
    if any(next(each.iter(_TEXT_BOX), None) is None for each in body.iter(*_PICTURES)):
        yield "A picture is not in the file. Say in words what it shows."
    if next(body.iter(qn("w:altChunk")), None) is not None:
        yield "A document that was put into the form is not in the file. Copy its words into boxes."


def _paragraphs(blob: bytes) -> Iterator[str]:
    root = form_part.tree(blob)
    for paragraph in () if root is None else root.iter(qn("w:p")):
        text = " ".join("".join(t.text or "" for t in paragraph.iter(qn("w:t"))).split())
        if text:
            yield text
