"""How the Principles and the Guidelines fit together: a grid of crossings, or a card for each.

A full disc is where a Principle is strongest, by what the Principle says; a ring is where the
Guideline says that it puts the Principle to work; a bare number is where practices alone join
the two. The number is that of the practices that join them.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from dpup.pictures import ink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.entries import Entry
    from dpup.library import Library

NAME: Final = "principles-and-guidelines"
_TITLE: Final = "How the Principles and the Guidelines fit together"
_NOTE: Final = "The numbers count the practices that join a Principle and a Guideline."
_SAID: Final = {
    "strong": "The Principle is strongest here",
    "works": "The Guideline puts it to work",
    "touch": "Some practices touch it",
}
_PAD, _RADIUS = 14, 19


@dataclasses.dataclass(frozen=True, slots=True)
class Crossing:
    """What joins a Principle and a Guideline."""

    principle: Entry
    guideline: Entry
    count: int

    @property
    def look(self) -> str:
        """How close they are."""
        if self.guideline.id in getattr(self.principle.facts, "main_guidelines", ()):
            return "strong"
        named = self.principle.id in getattr(self.guideline.facts, "principles", ())
        return "works" if named else "touch"

    @property
    def is_drawn(self) -> bool:
        """True when anything joins them."""
        return self.count > 0 or self.look != "touch"


class Fit:
    """All crossings of one Library."""

    def __init__(self, library: Library) -> None:
        self.principles = library.of("principle")
        self.guidelines = library.of("guideline")
        joined = library.crossed("guideline", "principle")
        self.crossings = {
            (p.id, g.id): Crossing(p, g, len(joined.get((g.id, p.id), ())))
            for p in self.principles
            for g in self.guidelines
        }

    def of(self, guideline: Entry) -> tuple[Crossing, ...]:
        """Give what is drawn for a Guideline, in the order of the Principles."""
        found = (self.crossings[p.id, guideline.id] for p in self.principles)
        return tuple(crossing for crossing in found if crossing.is_drawn)


def draw(library: Library) -> ink.Picture:
    """Draw the picture."""
    fit = Fit(library)
    columns = ("Guideline", "Principle", "How they fit", "Practices that join them")
    rows = tuple(_row(crossing) for g in fit.guidelines for crossing in fit.of(g))
    return ink.Picture(NAME, _TITLE, _NOTE, columns, rows, _narrow(fit), _wide(fit))


def _row(crossing: Crossing) -> tuple[ink.Cell, ...]:
    said = _SAID[crossing.look]
    return ((crossing.guideline,), (crossing.principle,), (said,), (str(crossing.count),))


def _station(crossing: Crossing, x: int, y: int) -> Iterator[ink.Mark]:
    strong = crossing.look == "strong"
    yield ink.Disc(x, y, _RADIUS if strong else _RADIUS - 2, crossing.look)
    yield ink.middle(str(crossing.count), x, y, 2 * _RADIUS, "number", "over" if strong else "ink")


def _legend(fit: Fit, x: int, top: int, room: int) -> Iterator[ink.Mark]:
    """Explain the three signs, each in its row."""
    alone = [c.count for c in fit.crossings.values() if c.is_drawn and c.look == "touch"]
    for number, (look, said) in enumerate(_SAID.items()):
        y = top + number * 30
        if look == "touch":
            yield ink.middle(str(min(alone, default=1)), x + 10, y + 10, 40, "number")
        else:
            yield ink.Disc(x + 10, y + 10, 9 if look == "strong" else 8, look)
        yield ink.write(said, x + 32, y, room - 32, "small")


def _narrow(fit: Fit) -> ink.Drawing:
    marks: list[ink.Mark] = []
    top = 2
    for guideline in fit.guidelines:
        card, top = _card(fit, guideline, top)
        marks += [*card]
        top += 14
    marks += _legend(fit, _PAD, top + 4, ink.NARROW - 2 * _PAD)
    return ink.framed(ink.NARROW, marks)


def _card(fit: Fit, guideline: Entry, top: int) -> tuple[list[ink.Mark], int]:
    inner = ink.NARROW - 2 * _PAD
    title = ink.write(guideline.title, _PAD, top + 12, inner, "title", look="link")
    y = top + 12 + ink.tall(title) + 32
    rows: list[ink.Mark] = []
    for crossing in fit.of(guideline):
        sign = _station(crossing, _PAD + 22, y)
        rows += [mark for mark in sign if not (isinstance(mark, ink.Disc) and mark.look == "touch")]
        name = ink.write(crossing.principle.title, _PAD + 56, y - 10, inner - 56, look="link")
        rows.append(ink.Linked(crossing.principle, (name,)))
        y += max(46, ink.tall(name) + 20)
    card = ink.Rect(1, top, ink.NARROW - 2, y - 18 - top)
    return [card, ink.Linked(guideline, (title,)), *rows], y - 18


_LEFT, _TOP, _ROW = 168, 76, 62


def _wide(fit: Fit) -> ink.Drawing:
    step = (ink.WIDE - _LEFT) // max(len(fit.guidelines), 1)
    xs = {g.id: _LEFT + step * n + step // 2 for n, g in enumerate(fit.guidelines)}
    row = max([_ROW, *(ink.tall(_label(p.title, 0)) + 16 for p in fit.principles)])
    ys = {p.id: _TOP + row * n + row // 2 for n, p in enumerate(fit.principles)}
    low = _TOP + row * len(ys)
    marks: list[ink.Mark] = [ink.Path(f"M{x} {_TOP}V{low - 8}", "thin") for x in xs.values()]
    marks += [ink.Path(f"M{_LEFT - 16} {y}H{ink.WIDE - 10}", "thin") for y in ys.values()]
    for guideline in fit.guidelines:
        words = _head(guideline.title, xs[guideline.id], step - 6)
        marks.append(ink.Linked(guideline, (words,)))
    for principle in fit.principles:
        words = _label(principle.title, ys[principle.id])
        marks.append(ink.Linked(principle, (words,)))
    for crossing in fit.crossings.values():
        if crossing.is_drawn:
            marks += _station(crossing, xs[crossing.guideline.id], ys[crossing.principle.id])
    marks += _legend(fit, _LEFT + 40, low + 14, ink.WIDE - _LEFT - 40)
    return ink.framed(ink.WIDE, marks)


def _head(title: str, x: int, room: int) -> ink.Words:
    """Write the name of a column, to end above its line however long it is."""
    words = ink.middle(title, x, 0, room, "number", "link")
    return dataclasses.replace(words, y=_TOP - 12 - ink.tall(words) + ink.HANDS["number"].line)


def _label(title: str, y: int) -> ink.Words:
    words = ink.write(title, 2, 0, _LEFT - 20, "title", look="link")
    return dataclasses.replace(words, y=words.y + y - ink.tall(words) // 2)
