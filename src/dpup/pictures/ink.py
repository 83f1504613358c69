"""What a picture is made of: shapes and words at places, in pixels, and links around them.

How a shape looks is the style sheet's matter; its ``look`` is the end of a class there. Only the
sizes of words stand here, since lines break by them. Knows nothing of SVG or HTML.
"""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from dpup.pictures import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dpup.entries import Entry, Practice

    Cell = tuple[str | Entry | Practice, ...]

Anchor = Literal["start", "middle", "end"]


@dataclasses.dataclass(frozen=True, slots=True)
class Hand:
    """One way to write: size and distance of lines in pixels, and weight."""

    size: int
    line: int
    weight: int = 400


HANDS: Final = {
    "title": Hand(17, 22, 600),
    "body": Hand(16, 21),
    "small": Hand(15, 20),
    "number": Hand(16, 20, 600),
    "big": Hand(28, 34, 600),
}
"""Smallest is 15: on a phone of 320 pixels a narrow picture is shown at 85 hundredths."""
NARROW: Final = 340
WIDE: Final = 660
"""How wide the two drawings of a picture are: for a phone, and for a column of text."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rect:
    """A box with round corners."""

    shape: ClassVar[str] = "rect"
    x: int
    y: int
    width: int
    height: int
    look: str = "card"
    radius: int = 10


@dataclasses.dataclass(frozen=True, slots=True)
class Disc:
    """A circle."""

    shape: ClassVar[str] = "disc"
    x: int
    y: int
    radius: int
    look: str = "disc"


@dataclasses.dataclass(frozen=True, slots=True)
class Path:
    """A line or a shape, as SVG writes paths: ``M0 0h10``."""

    shape: ClassVar[str] = "path"
    d: str
    look: str = "line"


@dataclasses.dataclass(frozen=True, slots=True)
class Words:
    """Lines of words; ``y`` is the base of the first."""

    shape: ClassVar[str] = "words"
    x: int
    y: int
    lines: tuple[str, ...]
    hand: str = "body"
    anchor: Anchor = "start"
    look: str = "ink"

    @property
    def size(self) -> int:
        """Size of the letters."""
        return HANDS[self.hand].size

    @property
    def weight(self) -> int:
        """Weight of the letters."""
        return HANDS[self.hand].weight

    @property
    def placed(self) -> tuple[tuple[str, int], ...]:
        """Each line with its base."""
        step = HANDS[self.hand].line
        return tuple((line, self.y + step * number) for number, line in enumerate(self.lines))

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        hand = HANDS[self.hand]
        wide = max((letters.width(line, hand.size, hand.weight) for line in self.lines), default=0)
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        top = self.y - hand.size * 0.8
        low = self.y + hand.line * (len(self.lines) - 1) + hand.size * 0.25
        return left, top, left + wide, low


@dataclasses.dataclass(frozen=True, slots=True)
class Linked:
    """Marks that lead to an entry."""

    shape: ClassVar[str] = "linked"
    thing: Entry
    marks: tuple[Mark, ...]


Mark = Rect | Disc | Path | Words | Linked


@dataclasses.dataclass(frozen=True, slots=True)
class Drawing:
    """One layout of a picture."""

    width: int
    top: int
    """Where it starts; what grows upwards may stand above 0."""
    height: int
    marks: tuple[Mark, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """A picture: what it shows, drawn for a phone and for a wide column, and said as a table."""

    name: str
    title: str
    note: str
    """A sentence that says how to read it, or what it rests on."""
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """Rows of cells; a cell holds texts, and entries and practices to link to."""
    narrow: Drawing
    wide: Drawing


def write(  # noqa: PLR0913 - a place, a width and a way to write
    words: str,
    x: int,
    top: int,
    room: float,
    hand: str = "body",
    *,
    anchor: Anchor = "start",
    look: str = "ink",
) -> Words:
    """Write words from a height down, in lines that fit."""
    kind = HANDS[hand]
    broken = letters.lines(words, room, kind.size, kind.weight)
    return Words(x, top + round(kind.line * 0.77), broken, hand, anchor, look)


def tall(words: Words) -> int:
    """Give the height that words take up."""
    return HANDS[words.hand].line * len(words.lines)


def middle(  # noqa: PLR0913, PLR0917 - a place, a width and a way to write
    words: str, x: int, y: int, room: float, hand: str, look: str = "ink"
) -> Words:
    """Write words whose middle is at a point."""
    kind = HANDS[hand]
    broken = letters.balanced(words, room, kind.size, kind.weight)
    base = y - kind.line * len(broken) // 2 + round(kind.line * 0.77)
    return Words(x, base, broken, hand, "middle", look)


def arrow(x: int, y: int, way: str = "down", size: int = 6) -> Path:
    """Draw the head of an arrow with its tip at a point."""
    back = {"down": (0, -1), "up": (0, 1), "right": (-1, 0), "left": (1, 0)}[way]
    dx, dy = back[0] * size * 2, back[1] * size * 2
    sx, sy = (size, 0) if dx == 0 else (0, size)
    return Path(f"M{x} {y}L{x + dx + sx} {y + dy + sy}L{x + dx - sx} {y + dy - sy}z", "head")


def counted(number: int, thing: str) -> str:
    """Say how many: ``1 practice``, ``2 practices``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def framed(width: int, marks: Iterable[Mark], low: int = 0) -> Drawing:
    """Frame some marks: as high as they need; ``low`` is how far down a path of them goes."""
    inside = tuple(marks)
    edges = [edge for mark in flat(inside) for edge in _heights(mark)]
    top = math.floor(min([0, *edges]))
    return Drawing(width, top, math.ceil(max([low, *edges])) + 2 - top, inside)


def _heights(mark: Mark) -> tuple[float, ...]:
    if isinstance(mark, Words):
        return mark.box[1], mark.box[3]
    if isinstance(mark, Disc):
        return mark.y - mark.radius - 1, mark.y + mark.radius + 1
    return (mark.y - 1, mark.y + mark.height + 1) if isinstance(mark, Rect) else ()


def flat(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yield every mark, those inside links too."""
    for mark in marks:
        if isinstance(mark, Linked):
            yield from flat(mark.marks)
        else:
            yield mark
