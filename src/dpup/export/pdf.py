"""PDF by Typst: A4 and large print, tagged for screen readers (PDF/UA-1, ISO 14289-1).

The document goes to Typst as JSON in ``sys.inputs``. Its words are strings there, never markup,
so nothing that a contributor writes can become a command. ``paper.typ`` is the layout.
"""

from __future__ import annotations

import functools
import importlib.resources
import io
import json
import textwrap
from typing import TYPE_CHECKING, Any, Final

import fontpkg_source_sans_3 as source_sans
import pikepdf
import segno
import typst

from dpup.answers import label
from dpup.days import spoken_day
from dpup.export import glyphs, tree
from dpup.export.paper import LICENCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dpup.answers import Answer
    from dpup.asks import Ask
    from dpup.export.pandoc import Block, Inline
    from dpup.export.paper import Paper

Shape = dict[str, Any]
"""A block or a run as ``paper.typ`` takes it: its type under ``t``."""
_FONTS: Final = source_sans.ROOT / "files"
_FONT: Final = _FONTS / "SourceSans3[wght].ttf"
# A cell of more than this, in characters of JSON, may not fit on a page of large print.
_TALL: Final = 2_000
_MARKS: Final = {"Strong": "b", "Emph": "i", "Strikeout": "s", "Superscript": "sup"}


def make(paper: Paper, blocks: list[Block], *, large: bool = False) -> bytes:
    """Give the PDF of a document; ``large`` sets all of it in 18 pt."""
    shown = {
        "title": paper.title,
        "titled": _runs(tree.marked(paper.title_parts)),
        "short": textwrap.shorten(paper.title, 90, placeholder=" …"),
        "stamp": paper.stamp,
        "licence": LICENCE,
        "address": paper.address,
        "code": _code(paper.address),
        "large": large,
        "wide": paper.is_wide,
        "counts": paper.is_crossed,
        "whole": paper.is_collection,
        "bound": bool(paper.parts),
        "date": [int(part) for part in paper.date.split("-")] if paper.date else [],
        "blocks": _Shaper(paper).all(blocks),
        "strangers": list(_strangers(paper)),
    }
    made = typst.compile(
        _layout(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(glyphs.in_font(shown, _FONT), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=paper.epoch,
    )
    if not isinstance(made, bytes):
        msg = f"Typst made no file of {paper.id}."
        raise TypeError(msg)
    return _packed(made)


def _packed(data: bytes) -> bytes:
    """Pack what Typst leaves loose, the tags above all: it halves a file."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        streams = pikepdf.ObjectStreamMode.generate
        document.save(out, object_stream_mode=streams, deterministic_id=True)
    return out.getvalue()


@functools.cache
def _layout() -> bytes:
    return importlib.resources.files("dpup.export").joinpath("paper.typ").read_bytes()


@functools.cache
def _fonts() -> typst.Fonts:
    """Load the packaged font only: what is installed on a machine must not change a file."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS]
    )


@functools.lru_cache(maxsize=1024)  # for A4 and for large print
def _code(address: str) -> str:
    """Draw the QR code of an address as SVG."""
    if not address:
        return ""
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_inline(border=0, omitsize=True))


class _Shaper:
    """Turns the tree of a document into shapes; a method for each type of block."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._asks = paper.asks

    def all(self, blocks: Iterable[Block]) -> list[Shape]:
        shaped = (getattr(self, f"_{block['t'].lower()}", None) for block in blocks)
        pairs = zip(blocks, shaped, strict=True)
        return [shape(block.get("c")) for block, shape in pairs if shape is not None]

    def _para(self, inside: Any) -> Shape:  # noqa: ANN401 - the shapes are Pandoc's
        return {"t": "p", "c": _runs(inside)}

    _plain = _para

    def _header(self, inside: Any) -> Shape:  # noqa: ANN401
        level, (anchor, classes, _), text = inside
        return {"t": "h", "level": level, "id": anchor, "new": bool(classes), "c": _runs(text)}

    def _bulletlist(self, inside: Any) -> Shape:  # noqa: ANN401
        return {"t": "ul", "items": [self.all(item) for item in inside]}

    def _orderedlist(self, inside: Any) -> Shape:  # noqa: ANN401
        items = [self.all(item) for item in inside[1]]
        return {"t": "ol", "start": inside[0][0], "items": items}

    def _blockquote(self, inside: Any) -> Shape:  # noqa: ANN401
        return {"t": "quote", "c": self.all(inside)}

    def _codeblock(self, inside: Any) -> Shape:  # noqa: ANN401
        return {"t": "pre", "s": inside[1]}

    def _horizontalrule(self, _inside: Any) -> Shape:  # noqa: ANN401
        return {"t": "rule"}

    def _div(self, inside: Any) -> Shape:  # noqa: ANN401
        (_, (name, *_), pairs), blocks = inside
        if name == "ask":
            return self._ask(dict(pairs)["item"], blocks)
        return {"t": "div", "class": name, "c": self.all(blocks)}

    def _ask(self, item: str, blocks: list[Block]) -> Shape:
        shape: Shape = {"t": "ask", "c": [], "prompt": [], "hint": [], "refs": []}
        for block in blocks:
            name = tree.class_of(block)
            into = shape[name if name in shape else "c"]
            into += self.all(block["c"][1] if name else [block])
        return shape | _given(item, self._asks[item], self._paper)

    def _table(self, inside: Any) -> Shape:  # noqa: ANN401
        _, caption, columns, head, bodies, _ = inside
        rows = [row for _, _, up, down in bodies for row in (*up, *down)]
        cells = [cell for row in rows for cell in self._cells(row)]
        return {
            "t": "table",
            "whole": all(len(json.dumps(cell)) < _TALL for cell in cells),
            "caption": self.all(caption[1]),
            "columns": len(columns),
            "head": [cell for row in head[1] for cell in self._cells(row)],
            "cells": cells,
        }

    def _cells(self, row: Any) -> list[list[Shape]]:  # noqa: ANN401
        return [self.all(cell[4]) for cell in row[1]]


def _given(item: str, ask: Ask, paper: Paper) -> Shape:
    answer = paper.sheet.answers.get(item) if paper.sheet else None
    return {
        "kind": ask.kind,
        "choices": [list(choice) for choice in ask.choices],
        "takes_note": ask.takes_note,
        "answer": answer.answer if answer else "",
        "rows": list(answer.rows) if answer else [],
        "note": answer.note if answer else "",
        "owner": answer.owner if answer else "",
        "due": spoken_day(answer.due) if answer else "",
    }


def _strangers(paper: Paper) -> Iterator[Shape]:
    """Answers to what the form does not ask: they have to stay on the paper."""
    if paper.sheet is None:
        return
    for id_, answer in paper.strangers.items():
        yield {"id": glyphs.words(label(id_, answer), _FONT), "said": _said(answer)}


def _said(answer: Answer) -> str:
    beside = (answer.note, answer.owner, spoken_day(answer.due))
    return ": ".join(filter(None, (answer.text, *beside)))


def _runs(inlines: Iterable[Inline]) -> list[str | Shape]:
    """Give runs of text, with neighbours joined, so that Typst has less to read."""
    runs: list[str | Shape] = []
    for inline in inlines:
        run = _run(inline)
        if isinstance(run, str) and runs and isinstance(runs[-1], str):
            runs[-1] += run
        else:
            runs.append(run)
    return runs


def _run(inline: Inline) -> str | Shape:
    kind = inline["t"]
    inside: Any = inline.get("c")
    # Nine in ten are one of these two.
    if kind in {"Str", "Space"}:
        return str(inside or " ")
    if kind in _MARKS:
        return {"t": _MARKS[kind], "c": _runs(inside)}
    if kind == "Code":
        return {"t": "code", "s": inside[1]}
    if kind == "Link":
        return {"t": "link", "to": inside[2][0], "c": _runs(inside[1])}
    if kind == "Span" and inside[0][2]:
        lang = dict(inside[0][2])["lang"]
        return {"t": "lang", "lang": lang.partition("-")[0], "c": _runs(inside[1])}
    return {"t": "br"} if kind == "LineBreak" else tree.plain([inline])
