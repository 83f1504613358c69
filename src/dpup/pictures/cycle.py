"""The life of information: the stages in their order, with the practices at each.

The size of a disc follows the number of practices, which stands in it.
"""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Final

from dpup.pictures import ink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.entries import Entry
    from dpup.library import Library

NAME: Final = "life-cycle"
_TITLE: Final = "The life of information"
_NOTE: Final = "A number counts the practices of a stage. Many practices belong to several stages."
_LEAST, _MOST = 18, 40


@dataclasses.dataclass(frozen=True, slots=True)
class Stop:
    """A stage with what is done there."""

    stage: Entry
    number: int
    count: int
    radius: int

    @property
    def title(self) -> str:
        """Its name with its place."""
        return f"{self.number}. {self.stage.title}"


def draw(library: Library) -> ink.Picture:
    """Draw the picture."""
    stops = _stops(library)
    total = len(library.practices())
    columns = ("Stage", "What happens there", "Practices")
    rows = tuple(((stop.stage,), (stop.stage.summary,), (str(stop.count),)) for stop in stops)
    return ink.Picture(
        NAME, _TITLE, _NOTE, columns, rows, _narrow(stops, total), _wide(stops, total)
    )


def _stops(library: Library) -> tuple[Stop, ...]:
    stages = library.of("stage")
    counts = [len(library.practices(stage=stage.id)) for stage in stages]
    most = max([1, *counts])
    return tuple(
        Stop(stage, number, count, round(_LEAST + (_MOST - _LEAST) * math.sqrt(count / most)))
        for number, (stage, count) in enumerate(zip(stages, counts, strict=True), 1)
    )


def _disc(stop: Stop, x: int, y: int) -> tuple[ink.Mark, ...]:
    number = ink.middle(str(stop.count), x, y, 2 * stop.radius, "number", "over")
    return ink.Disc(x, y, stop.radius, "strong"), number


def _total(total: int) -> str:
    return f"{ink.counted(total, 'practice')} in all"


def _narrow(stops: tuple[Stop, ...], total: int) -> ink.Drawing:
    line, left = 52, 110
    marks: list[ink.Mark] = []
    tracks: list[ink.Mark] = []
    y, before = 10, 0
    for stop in stops:
        title = ink.write(stop.title, left, 0, ink.NARROW - left - 8, "title", look="link")
        half = max(stop.radius, ink.tall(title) // 2)
        y += half
        if before:
            tracks += [ink.Path(f"M{line} {before}V{y - stop.radius - 8}", "track")]
            tracks += [ink.arrow(line, y - stop.radius - 3)]
        words = dataclasses.replace(title, y=title.y + y - ink.tall(title) // 2)
        marks.append(ink.Linked(stop.stage, (words, *_disc(stop, line, y))))
        before, y = y + stop.radius, y + half + 26
    said = ink.write(_total(total), left, y - 8, ink.NARROW - left, "small", look="soft")
    return ink.framed(ink.NARROW, (*tracks, *marks, said))


_RING, _X = 158, ink.WIDE // 2
_Y = _RING + _MOST + 36


def _wide(stops: tuple[Stop, ...], total: int) -> ink.Drawing:
    """Draw a ring clockwise from the top, open between the last stage and the first."""
    angles = [-90 + 360 * number / max(len(stops), 1) for number in range(len(stops))]
    marks: list[ink.Mark] = list(_ways(stops, angles))
    for stop, angle in zip(stops, angles, strict=True):
        x, y = _at(angle)
        marks.append(ink.Linked(stop.stage, (_label(stop, angle), *_disc(stop, x, y))))
    big = ink.middle(str(total), _X, _Y - 14, 160, "big")
    said = ink.middle(
        "practices in all" if total != 1 else "practice in all", _X, _Y + 18, 160, "body"
    )
    return ink.framed(ink.WIDE, (*marks, big, said))


def _at(angle: float, radius: float = _RING) -> tuple[int, int]:
    turn = math.radians(angle)
    return round(_X + radius * math.cos(turn)), round(_Y + radius * math.sin(turn))


def _ways(stops: tuple[Stop, ...], angles: list[float]) -> Iterator[ink.Mark]:
    for a, b, start, end in zip(stops, stops[1:], angles, angles[1:], strict=False):
        room = [math.degrees((stop.radius + 5) / _RING) for stop in (a, b)]
        (x1, y1), (x2, y2) = _at(start + room[0]), _at(end - room[1] - 3)
        yield ink.Path(f"M{x1} {y1}A{_RING} {_RING} 0 0 1 {x2} {y2}", "track")
        tip = _at(end - room[1])
        back = end - room[1] - 4
        corners = (tip, _at(back, _RING + 6), _at(back, _RING - 6))
        yield ink.Path("M" + "L".join(f"{x} {y}" for x, y in corners) + "z", "head")


def _label(stop: Stop, angle: float) -> ink.Words:
    """Write the name of a stage outside the ring."""
    across, down = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x, y = _at(angle, _RING + stop.radius + 12)
    if abs(across) < 0.2:  # noqa: PLR2004 - nearly above or below the centre
        return ink.middle(stop.title, _X, y - 10 if down < 0 else y + 12, 200, "title", "link")
    anchor: ink.Anchor = "start" if across > 0 else "end"
    room = ink.WIDE - x - 4 if across > 0 else x - 4
    words = ink.write(stop.title, x, 0, room, "title", anchor=anchor, look="link")
    return dataclasses.replace(words, y=words.y + y - ink.tall(words) // 2)
