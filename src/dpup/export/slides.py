"""PowerPoint files of workshops and summaries: a few points on a slide, the rest in its notes."""

from __future__ import annotations

import dataclasses
import io
import math
from typing import TYPE_CHECKING, Any, Final

from pptx import Presentation

from dpup.export import lists, pandoc, slide_languages, tree, zips
from dpup.export.paper import AUTHOR, LICENCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dpup.export.pandoc import Block, Inline
    from dpup.export.paper import Paper

# What a slide holds before it can't be read from the back of a room.
_LINES: Final = 9
_WIDTH: Final = 44
# PowerPoint takes no more characters in a property.
_LONGEST: Final = 255
_FOR_NOTES: Final = "dpup_notes_"
_AGENDA: Final = "dpup_agenda"
_REVIEW: Final = "dpup_review"
_UNSAID: Final = {"refs", "facets", "facts", "lines", "slide-label"}
_SAID_ASIDE: Final = {"awaiting", "hint", "prompt"}


@dataclasses.dataclass(slots=True)
class _Slide:
    title: list[Inline]
    points: list[Block] = dataclasses.field(default_factory=list)
    notes: list[Block] = dataclasses.field(default_factory=list)


def make(paper: Paper, blocks: list[Block]) -> bytes:
    """Give a document as slides."""
    deck: list[Block] = []
    for slide in _Reader(paper).slides(blocks):
        deck += _laid_out(slide)
    meta: dict[str, str | list[Inline]] = {
        "title": slide_languages.marked(tree.marked(paper.title_parts)),
        "subtitle": f"{paper.stamp} · {LICENCE} · an independent restatement",
        "author": AUTHOR,
        "lang": "en-NZ",
    }
    made = pandoc.write(
        slide_languages.marked(deck), meta, "pptx", "--slide-level=2", epoch=paper.epoch
    )
    return zips.pack(zips.unpack(_with_properties(made, paper)))


class _Reader:
    """Cuts the tree of a document into slides.

    A slide that a workshop names is one; everything else is cut at its largest headings. What
    stands before the agenda of a workshop is for the person who prepares it, and on paper.
    """

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._is_workshop = paper.kind == "workshop"
        self._all: list[_Slide] = [_Slide(tree.marked(paper.title_parts))]
        self._aside = self._is_workshop

    def slides(self, blocks: list[Block]) -> list[_Slide]:
        self._take(blocks)
        return [slide for slide in self._all if slide.points]

    def _take(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if block["t"] == "Header":
                self._head(block)
            elif block["t"] == "Div":
                self._division(block)
            else:
                self._put(block)

    def _head(self, block: Block) -> None:
        level, (anchor, _, _), title = block["c"]
        if anchor == _REVIEW:
            return
        if self._is_workshop and len(self._all) == 1 and anchor != _AGENDA:
            self._put({"t": "Para", "c": title})
        elif anchor.startswith(_FOR_NOTES):
            self._aside = True
        elif level == 1:
            self._start(title)
        else:
            self._put({"t": "Para", "c": [{"t": "Strong", "c": title}]})

    def _start(self, title: list[Inline]) -> None:
        self._all.append(_Slide(_unlinked(title)))
        self._aside = False

    def _division(self, block: Block) -> None:
        name, blocks = tree.class_of(block), block["c"][1]
        if name == "slide":
            head = next(inside for inside in blocks if inside["t"] == "Header")
            self._start(head["c"][2])
            self._take(inside for inside in blocks if inside is not head)
        elif name in _SAID_ASIDE:
            self._all[-1].notes += lists.of(self._paper, blocks)
        elif name not in _UNSAID:
            self._aside = self._aside or name == "label"
            self._take(blocks)

    def _put(self, block: Block) -> None:
        into = self._all[-1].notes if self._aside else self._all[-1].points
        into += _unlinked(lists.of(self._paper, [block]))


def _unlinked(node: Any) -> Any:  # noqa: ANN401 - a piece of Pandoc's tree
    """Give the words of links: on a wall nobody can click, and underlines are hard to read."""
    if isinstance(node, list):
        return [_unlinked(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("t") == "Link":
        return {"t": "Span", "c": [["", [], []], _unlinked(node["c"][1])]}
    return {key: _unlinked(value) for key, value in node.items()}


def _laid_out(slide: _Slide) -> Iterator[Block]:
    """Yield a slide, and more of the same title where its points do not fit on one."""
    parts = list(_parts(list(_points(slide.points)))) or [[]]
    for number, points in enumerate(parts):
        more = tree.words(" (continued)") if number else []
        yield {"t": "Header", "c": [2, ["", [], []], [*slide.title, *more]]}
        yield from points
        if slide.notes and not number:
            yield {"t": "Div", "c": [["", ["notes"], []], slide.notes]}


def _points(blocks: list[Block]) -> Iterator[Block]:
    """Yield each thing that is said, and each item of a list, on its own."""
    for block in blocks:
        if block["t"] in {"BulletList", "OrderedList"}:
            items = block["c"] if block["t"] == "BulletList" else block["c"][1]
            yield from (lists.bullets([item]) for item in items)
        else:
            yield block


def _parts(points: list[Block]) -> Iterator[list[Block]]:
    part: list[Block] = []
    for number, point in enumerate(points):
        # A heading needs room for what it is a heading of.
        needs = sum(_lines(p) for p in points[number : number + 1 + _is_heading(point)])
        if part and sum(map(_lines, part)) + needs > _LINES:
            yield _merged(part)
            part = []
        part.append(point)
    if part:
        yield _merged(part)


def _is_heading(block: Block) -> bool:
    return block["t"] == "Para" and [inline["t"] for inline in block["c"]] == ["Strong"]


def _lines(block: Block) -> int:
    """Estimate the lines that a block takes on a slide."""
    inside = block.get("c") or []
    if block["t"] in {"Para", "Plain"}:
        return math.ceil(len(tree.plain(inside)) / _WIDTH)
    if block["t"] == "BulletList":
        return sum(_lines(child) for item in inside for child in item)
    return _LINES


def _merged(points: list[Block]) -> list[Block]:
    """Put items that follow each other back into one list."""
    merged: list[Block] = []
    for point in points:
        if point["t"] == "BulletList" and merged and merged[-1]["t"] == "BulletList":
            merged[-1] = lists.bullets([*merged[-1]["c"], *point["c"]])
        else:
            merged.append(point)
    return merged


def _with_properties(data: bytes, paper: Paper) -> bytes:
    deck = Presentation(io.BytesIO(data))
    said = deck.core_properties
    said.title, said.subject = paper.title[:_LONGEST], paper.stamp[:_LONGEST]
    said.identifier, said.version, said.language = paper.id, paper.version, "en-NZ"
    said.created = said.modified = paper.day.replace(tzinfo=None)
    slide_languages.settle(deck)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()
