"""The scale of a resource: steps from less to more, each of which takes in those before it.

Bars beside a step say how far it is along, as the bars of a phone do; the cards grow as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dpup import shapes
from dpup.pictures import ink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.library import Library

NAME: Final = "collaboration"
_NOTE: Final = "Each step takes in those before it."
_PAD, _BAR, _GAP = 12, 9, 4


def draw(library: Library) -> ink.Picture | None:
    """Draw the scale of the first resource that has one."""
    scales = (getattr(entry.facts, "scale", None) for entry in library.resources)
    scale = next((found for found in scales if isinstance(found, shapes.Scale)), None)
    if scale is None:
        return None
    columns = ("Step", "What you do", "Practices at work")
    steps = tuple(
        ((f"{number}. {step.title}",), (step.text,), library.behind(step.supports))
        for number, step in enumerate(scale.steps, 1)
    )
    rows = (_end(scale.least), *steps, _end(scale.most))
    return ink.Picture(NAME, scale.title, _NOTE, columns, rows, _narrow(scale), _wide(scale))


def _end(end: shapes.End) -> tuple[ink.Cell, ...]:
    return (end.title,), (f"For example: {end.example}",), ()


def _bars(done: int, count: int, x: int, low: int) -> Iterator[ink.Mark]:
    """Draw bars that grow, those up to ``done`` filled."""
    for number in range(count):
        height = 8 + 6 * number
        look = "full" if number < done else "empty"
        place = x + number * (_BAR + _GAP)
        yield ink.Rect(place, low - height, _BAR, height, look, 2)


def _step(
    scale: shapes.Scale, number: int, x: int, top: int, width: int
) -> tuple[list[ink.Mark], int]:
    """Draw what stands on the card of a step; give it with its height."""
    step, count = scale.steps[number], len(scale.steps)
    inner = width - 2 * _PAD
    tallest = 8 + 6 * (count - 1)
    bars = _bars(number + 1, count, x + _PAD, top + _PAD + tallest)
    title = ink.write(
        f"{number + 1}. {step.title}", x + _PAD, top + _PAD + tallest + 8, inner, "title"
    )
    y = top + _PAD + tallest + 12 + ink.tall(title)
    text = ink.write(step.text, x + _PAD, y, inner, "body")
    return [*bars, title, text], y + ink.tall(text) + _PAD - top


def _said(end: shapes.End, x: int, top: int, room: int, anchor: ink.Anchor) -> list[ink.Words]:
    title = ink.write(end.title, x, top, room, "title", anchor=anchor)
    y = top + ink.tall(title) + 2
    return [title, ink.write(end.example, x, y, room, "small", anchor=anchor, look="soft")]


def _bottom(words: list[ink.Words]) -> int:
    return round(words[-1].box[3])


def _narrow(scale: shapes.Scale) -> ink.Drawing:
    left, room = 34, ink.NARROW - 35
    least = _said(scale.least, left, 0, room, "start")
    top = _bottom(least) + 14
    marks: list[ink.Mark] = []
    start = top
    for number in range(len(scale.steps)):
        inside, height = _step(scale, number, left, top, room)
        marks += [ink.Rect(left, top, room, height), *inside]
        top += height + 12
    most = _said(scale.most, left, top + 2, room, "start")
    wedge = f"M12 {start}L18 {top - 26}H6z"
    arrow = [ink.Path(wedge, "head"), ink.arrow(12, top - 6, "down", 11)]
    return ink.framed(ink.NARROW, (*least, *arrow, *marks, *most))


def _wide(scale: shapes.Scale) -> ink.Drawing:
    count, gap, rise = len(scale.steps), 12, 22
    width = (ink.WIDE - 2 - gap * (count - 1)) // count
    tops = [1 + rise * (count - 1 - number) for number in range(count)]
    made = [
        _step(scale, number, 1 + number * (width + gap), top, width)
        for number, top in enumerate(tops)
    ]
    low = max(top + height for top, (_, height) in zip(tops, made, strict=True))
    marks: list[ink.Mark] = []
    for number, (inside, _) in enumerate(made):
        x = 1 + number * (width + gap)
        marks += [ink.Rect(x, tops[number], width, low - tops[number]), *inside]
    y = low + 22
    wedge = f"M4 {y}L{ink.WIDE - 26} {y - 6}V{y + 6}z"
    arrow = [ink.Path(wedge, "head"), ink.arrow(ink.WIDE - 4, y, "right", 11)]
    half = ink.WIDE // 2 - 60
    least = _said(scale.least, 1, y + 18, half, "start")
    most = _said(scale.most, ink.WIDE - 1, y + 18, half, "end")
    return ink.framed(ink.WIDE, (*marks, *arrow, *least, *most))
