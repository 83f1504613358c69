"""Geometry of the drawings: the Library as boxes and lines, with a text that says the same.

Drawn by the component ``figure``; nothing here knows of SVG or HTML.
"""

from __future__ import annotations

import dataclasses
import itertools
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpup.entries import Entry
    from dpup.library import Library
    from dpup.shapes import FlowMap

_BOX, _TALL, _GAP, _LINE, _HEAD = 190, 56, 18, 18, 10
_LETTERS = 20


@dataclasses.dataclass(frozen=True, slots=True)
class Words:
    """One line of text at a height, in pixels."""

    words: str
    y: int


@dataclasses.dataclass(frozen=True, slots=True)
class Box:
    """A box with its text; all in pixels."""

    x: int
    y: int
    texts: tuple[Words, ...]
    width: int = _BOX
    height: int = _TALL


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A line between two points, in pixels."""

    x1: int
    y1: int
    x2: int
    y2: int


@dataclasses.dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from one side to the other at a height, with its label above; in pixels."""

    x1: int
    x2: int
    y: int
    texts: tuple[Words, ...]

    @property
    def middle(self) -> int:
        """Where its label is centred."""
        return (self.x1 + self.x2) // 2

    @property
    def head(self) -> str:
        """The points of its head, as SVG writes them."""
        back = self.x2 - _HEAD if self.x2 > self.x1 else self.x2 + _HEAD
        half = _HEAD // 2
        return f"{self.x2},{self.y} {back},{self.y - half} {back},{self.y + half}"


@dataclasses.dataclass(frozen=True, slots=True)
class Figure:
    """A whole drawing."""

    name: str
    title: str
    description: str
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    arrows: tuple[Arrow, ...] = ()

    @property
    def width(self) -> int:
        """Room for every box and a margin, in pixels."""
        return max((box.x + box.width for box in self.boxes), default=0) + _GAP

    @property
    def height(self) -> int:
        """Room for every box and line and a margin, in pixels."""
        low = [*(box.y + box.height for box in self.boxes), *(line.y2 for line in self.lines)]
        return max(low, default=0) + _GAP


def draw(name: str, library: Library) -> Figure | None:
    """Draw a figure by name."""
    maker = MAKERS.get(name)
    return maker(library) if maker else None


def _box(x: int, y: int, title: str) -> Box:
    parts = textwrap.wrap(title, _LETTERS)
    top = y + (_TALL - _LINE * len(parts)) // 2 + _LINE - 4
    return Box(x, y, tuple(Words(part, top + _LINE * n) for n, part in enumerate(parts)))


def _column(entries: Sequence[Entry], x: int) -> dict[str, Box]:
    return {
        entry.id: _box(x, _GAP + number * (_TALL + _GAP), entry.title)
        for number, entry in enumerate(entries)
    }


def _principles_and_guidelines(library: Library) -> Figure:
    guidelines = library.of("guideline")
    left = _column(library.of("principle"), _GAP)
    right = _column(guidelines, _GAP + _BOX * 2)
    pairs = [(p, g.id) for g in guidelines for p in getattr(g.facts, "principles", ()) if p in left]
    lines = tuple(
        Line(_GAP + _BOX, left[p].y + _TALL // 2, right[g].x, right[g].y + _TALL // 2)
        for p, g in pairs
    )
    said = [_puts_to_work(library, guideline) for guideline in guidelines]
    boxes = (*left.values(), *right.values())
    title = "How the Principles and the Guidelines fit together"
    return Figure("principles-and-guidelines", title, " ".join(said), boxes, lines)


def _puts_to_work(library: Library, guideline: Entry) -> str:
    ids = getattr(guideline.facts, "principles", ())
    names = [entry.title for entry in library.resolve("principle", ids)]
    return f"{guideline.title} puts to work {', '.join(names)}."


def _life_cycle(library: Library) -> Figure:
    """Draw the stages in two rows, left to right and back again."""
    stages = library.of("stage")
    half = (len(stages) + 1) // 2
    top, bottom = stages[:half], stages[half:]
    step, low = _BOX + _GAP * 2, _GAP * 3 + _TALL
    boxes = [_box(_GAP + n * step, _GAP, s.title) for n, s in enumerate(top)]
    boxes += [_box(_GAP + (half - 1 - n) * step, low, s.title) for n, s in enumerate(bottom)]
    lines = [_join(a, b) for a, b in itertools.pairwise(boxes)]
    said = "The stages in order: " + ", ".join(stage.title for stage in stages) + "."
    return Figure("life-cycle", "The life of information", said, tuple(boxes), tuple(lines))


def _join(a: Box, b: Box) -> Line:
    if a.x == b.x:
        return Line(a.x + _BOX // 2, a.y + _TALL, b.x + _BOX // 2, b.y)
    if a.x < b.x:
        return Line(a.x + _BOX, a.y + _TALL // 2, b.x, b.y + _TALL // 2)
    return Line(a.x, a.y + _TALL // 2, b.x + _BOX, b.y + _TALL // 2)


def flow(name: str, map_: FlowMap) -> Figure:
    """Draw who passes what to whom: a column for each party, an arrow for each passing.

    Time runs down the page, as in a sequence diagram (UML 2.5.1, clause 17.8).
    """
    step = _BOX + _GAP * 2
    xs = {party.id: _GAP + number * step for number, party in enumerate(map_.parties)}
    boxes = tuple(_box(xs[party.id], _GAP, party.name) for party in map_.parties)
    arrows: list[Arrow] = []
    y = _GAP + _TALL + _GAP
    for number, passing in enumerate(map_.passings, 1):
        arrow = _arrow(xs[passing.sender], xs[passing.receiver], y, f"{number}. {passing.what}")
        arrows.append(arrow)
        y = arrow.y + _GAP
    lines = tuple(Line(x + _BOX // 2, _GAP + _TALL, x + _BOX // 2, y) for x in xs.values())
    said = "The table below says the same in words."
    return Figure(name, map_.title, said, boxes, lines, tuple(arrows))


def _arrow(left: int, right: int, y: int, label: str) -> Arrow:
    """Draw an arrow between two columns; its label starts at height ``y``."""
    letters = max(_LETTERS, (abs(right - left) - _GAP) * _LETTERS // _BOX)
    parts = textwrap.wrap(label, letters)
    texts = tuple(Words(part, y + _LINE * n) for n, part in enumerate(parts, 1))
    return Arrow(left + _BOX // 2, right + _BOX // 2, y + _LINE * len(parts) + _GAP // 2, texts)


MAKERS = {"principles-and-guidelines": _principles_and_guidelines, "life-cycle": _life_cycle}
