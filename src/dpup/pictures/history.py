"""The timeline: every event on a line, year by year, with the gaps between the years."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING, Final

from dpup.pictures import ink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dpup.entries import Entry
    from dpup.library import Library

NAME: Final = "timeline"
_TITLE: Final = "The history at a glance"
_NOTE: Final = "A ring marks what still awaits a reviewer."
_UNDATED: Final = "No date"


@dataclasses.dataclass(frozen=True, slots=True)
class _Layout:
    """Where things stand from left to right."""

    width: int
    line: int
    when: int
    what: int
    gap: int

    @property
    def beside(self) -> bool:
        """True when a date stands beside what happened, and not above it."""
        return self.what > self.when


_NARROW: Final = _Layout(ink.NARROW, 72, 94, 94, 14)
_WIDE: Final = _Layout(ink.WIDE, 78, 102, 280, 12)


def in_order(library: Library) -> tuple[Entry, ...]:
    """Give the events in order; those without a date to sort by come last."""
    return tuple(sorted(library.of("event"), key=lambda event: _start(event) or "9999"))


def draw(library: Library) -> ink.Picture:
    """Draw the picture."""
    events = in_order(library)
    columns = ("When", "What happened", "Awaits review")
    rows = tuple(_row(event) for event in events)
    years = [(year, tuple(inside)) for year, inside in itertools.groupby(events, _year)]
    drawings = (_drawing(years, layout) for layout in (_NARROW, _WIDE))
    return ink.Picture(NAME, _TITLE, _NOTE, columns, rows, *drawings)


def _row(event: Entry) -> tuple[ink.Cell, ...]:
    return (_when(event),), (event,), ("Yes" if _waits(event) else "No",)


def _start(event: Entry) -> str:
    return getattr(event.facts, "start", None) or ""


def _when(event: Entry) -> str:
    return str(getattr(event.facts, "when", ""))


def _waits(event: Entry) -> bool:
    return bool(getattr(event.facts, "review", ()))


def _year(event: Entry) -> int:
    """Give the year of an event, 0 for none."""
    return int(_start(event)[:4] or 0)


def _drawing(years: Iterable[tuple[int, tuple[Entry, ...]]], layout: _Layout) -> ink.Drawing:
    marks: list[ink.Mark] = []
    top, before = 4, 0
    for year, events in years:
        if before and year != before + 1:
            marks += _pause(before, year, layout, top)
            top += 44 if year else 26
        drawn, low = _of_year(year, events, layout, top)
        marks += drawn
        top, before = low + 10, year
    return ink.framed(layout.width, marks)


def _pause(before: int, year: int, layout: _Layout, top: int) -> Iterator[ink.Mark]:
    """Draw the years of which nothing is told, or the step to what has no date."""
    low = top + (34 if year else 16)
    yield ink.Path(f"M{layout.line} {top - 4}V{low}", "dash")
    if year:
        first, last = before + 1, year - 1
        said = str(first) if first == last else f"{first} to {last}"
        yield ink.write(said, layout.when, top + 6, 120, "small", look="soft")


def _of_year(
    year: int, events: tuple[Entry, ...], layout: _Layout, top: int
) -> tuple[list[ink.Mark], int]:
    label = ink.write(str(year or _UNDATED), 1, top + 1, layout.line - 16, "title")
    marks: list[ink.Mark] = []
    dots: list[ink.Mark] = []
    y = top
    for event in events:
        words, low = _event(event, layout, y)
        marks.append(ink.Linked(event, words))
        dots.append(ink.Disc(layout.line, y + 12, 7, "ring" if _waits(event) else "full"))
        y = low + layout.gap
    low = max(y - layout.gap, top + ink.tall(label))
    return [label, ink.Path(f"M{layout.line} {top + 2}V{low + 2}", "track"), *dots, *marks], low


def _event(event: Entry, layout: _Layout, top: int) -> tuple[tuple[ink.Words, ...], int]:
    room = layout.width - layout.what - 4
    beside = layout.what - layout.when - 18 if layout.beside else room
    when = ink.write(_when(event), layout.when, top + 2, beside, "small", look="soft")
    below = top if layout.beside else top + 2 + ink.tall(when)
    what = ink.write(event.title, layout.what, below + 1, room, "body", look="link")
    return (when, what), max(top + 2 + ink.tall(when), below + 1 + ink.tall(what))
