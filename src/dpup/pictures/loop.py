"""The loop of a Guideline: its aims round what they all turn on, from its beginning to its end."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from dpup import model
from dpup.pictures import ink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.library import Library

NAME: Final = "value-loop"
_NOTE: Final = "Each aim leads to the next, and the last one back to a new idea."
_PAD, _DISC = 14, 17


def draw(library: Library) -> ink.Picture | None:
    """Draw the loop of the first Guideline that has one."""
    loops = (getattr(entry.facts, "loop", None) for entry in library.of("guideline"))
    loop = next((found for found in loops if isinstance(found, model.Loop)), None)
    if loop is None:
        return None
    columns = ("Aim", "What it means", "Where to start")
    begins: tuple[ink.Cell, ...] = (("It begins",), (loop.begins,), ())
    ends: tuple[ink.Cell, ...] = (("It ends",), (loop.ends,), ())
    heart: tuple[ink.Cell, ...] = (("All of it turns on",), (loop.heart,), ())
    aims = tuple(
        ((f"{number}. {aim.title}",), (aim.text,), library.behind(aim.supports))
        for number, aim in enumerate(loop.aims, 1)
    )
    rows = (heart, begins, *aims, ends)
    return ink.Picture(NAME, loop.title, _NOTE, columns, rows, _narrow(loop), _wide(loop))


def _aim(loop: model.Loop, number: int, x: int, top: int, width: int) -> tuple[list[ink.Mark], int]:
    """Draw the card of an aim; give it with its height."""
    aim, inner = loop.aims[number], width - 2 * _PAD
    title = ink.write(f"{number + 1}. {aim.title}", x + _PAD, top + 12, inner, "title")
    text = ink.write(aim.text, x + _PAD, top + 16 + ink.tall(title), inner)
    height = ink.tall(title) + ink.tall(text) + 30
    return [ink.Rect(x, top, width, height), title, text], height


def _begins(loop: model.Loop) -> str:
    return f"It begins: {loop.begins}"


def _ends(loop: model.Loop) -> str:
    return f"It ends: {loop.ends}"


def _numbered(number: int, x: int, y: int) -> Iterator[ink.Mark]:
    yield ink.Disc(x, y, _DISC, "strong")
    yield ink.middle(str(number), x, y, 2 * _DISC, "number", "over")


def _narrow(loop: model.Loop) -> ink.Drawing:
    """Draw the aims below each other on a line that runs back to the first."""
    line, left = 34, 70
    width = ink.NARROW - left - 1
    marks: list[ink.Mark] = []
    heart = ink.write(loop.heart, 16, 14, ink.NARROW - 32, "title")
    top = ink.tall(heart) + 42
    begins = ink.write(_begins(loop), left, top, width, "small", look="soft")
    top += ink.tall(begins) + 12
    first = top + 30
    last = first
    for number in range(len(loop.aims)):
        card, height = _aim(loop, number, left, top, width)
        marks += [*card, *_numbered(number + 1, line, top + 30)]
        last, top = top + 30, top + height + 18
    ends = ink.write(_ends(loop), left, top - 4, width, "small", look="soft")
    track = ink.Path(f"M{line} {first}V{last}", "track")
    back = f"M{line} {last}V{last + 34}Q{line} {last + 46} 22 {last + 46}H19"
    back += f"Q7 {last + 46} 7 {last + 34}V{first + 14}Q7 {first} 14 {first}"
    heads = [ink.arrow(17, first, "right", 5)]
    panel = ink.Rect(1, 1, ink.NARROW - 2, ink.tall(heart) + 26, "heart")
    drawn = (ink.Path(back, "dash"), *heads, track, panel, heart, begins, *marks, ends)
    return ink.framed(ink.NARROW, drawn, last + 50)


_CARD, _RING, _MIDDLE = 196, 104, ink.WIDE // 2


def _wide(loop: model.Loop) -> ink.Drawing:
    """Draw a ring clockwise from the upper left, with a card beside each of its numbers."""
    count = len(loop.aims)
    right = (count + 1) // 2
    sides = {0: [0, *range(count - 1, right, -1)], 1: list(range(1, right + 1))}
    begins = ink.write(_begins(loop), 1, 0, _CARD, "small", look="soft")
    top = ink.tall(begins) + 10
    columns = [_column(loop, sides[side], side, top) for side in sides]
    low = max(height for _, height in columns)
    ends = ink.write(_ends(loop), 1, columns[0][1] - 6, _CARD, "small", look="soft")
    centre = (top + low - 18) // 2
    heart = ink.middle(loop.heart, _MIDDLE, centre, 128, "title")
    ring = [*_ring(count, centre), ink.Disc(_MIDDLE, centre, _RING - 26, "heart"), heart]
    cards = [mark for marks, _ in columns for mark in marks]
    return ink.framed(ink.WIDE, (*ring, begins, *cards, ends))


def _column(
    loop: model.Loop, numbers: list[int], side: int, top: int
) -> tuple[list[ink.Mark], int]:
    marks: list[ink.Mark] = []
    x = (ink.WIDE - _CARD - 1) if side else 1
    for number in numbers:
        card, height = _aim(loop, number, x, top, _CARD)
        marks += card
        top += height + 18
    return marks, top


def _ring(count: int, centre: int) -> Iterator[ink.Mark]:
    """Draw the arcs between the numbers; the one back to the first is dashed."""
    step = 360 / count
    for number in range(count):
        start, end = -135 + step * number, -135 + step * (number + 1)
        look = "dash" if number == count - 1 else "track"
        yield ink.Path(_arc(centre, start + 11, end - 14), look)
        yield _head(centre, end - 12)
    for number in range(count):
        yield from _numbered(number + 1, *_at(centre, -135 + step * number))


def _at(centre: int, angle: float, radius: float = _RING) -> tuple[int, int]:
    turn = math.radians(angle)
    return round(_MIDDLE + radius * math.cos(turn)), round(centre + radius * math.sin(turn))


def _arc(centre: int, start: float, end: float) -> str:
    (x1, y1), (x2, y2) = _at(centre, start), _at(centre, end)
    long = int(end - start > 180)  # noqa: PLR2004 - half a turn
    return f"M{x1} {y1}A{_RING} {_RING} 0 {long} 1 {x2} {y2}"


def _head(centre: int, angle: float) -> ink.Path:
    """Draw the head of an arrow that runs clockwise, with its tip at an angle of the ring."""
    tip = _at(centre, angle)
    inner, outer = _at(centre, angle - 6, _RING - 6), _at(centre, angle - 6, _RING + 6)
    points = "L".join(f"{x} {y}" for x, y in (tip, outer, inner))
    return ink.Path(f"M{points}z", "head")
