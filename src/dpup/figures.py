"""Geometry of the map of a resource: who passes what to whom, as boxes and lines.

Drawn by the component ``figure``; nothing here knows of SVG or HTML.
"""

from __future__ import annotations

import dataclasses
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def _box(x: int, y: int, title: str) -> Box:
    parts = textwrap.wrap(title, _LETTERS)
    top = y + (_TALL - _LINE * len(parts)) // 2 + _LINE - 4
    return Box(x, y, tuple(Words(part, top + _LINE * n) for n, part in enumerate(parts)))


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
