"""The trace from what people said to what helps, for one finding or for all.

It leads from a finding to Principles and Guidelines, to practices and to resources.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from dpup import connections, matrices
from dpup.pictures import ink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dpup.entries import Entry
    from dpup.library import Library

    Shown = tuple[Entry, str]
    """An entry, and what to say below its name."""

NAME: Final = "trace"
_NOTE: Final = "Most links from findings are our own reading."
_GAP, _PAD, _ARROW = 12, 10, 34
_STEPS: Final = ("What people said", "What answers it", "What to do", "What helps")


@dataclasses.dataclass(frozen=True, slots=True)
class Trace:
    """Where one finding leads."""

    finding: Entry
    homes: tuple[Entry, ...]
    """The Principles and Guidelines that answer it."""
    practices: int
    resources: tuple[Entry, ...]
    """Those that use most of the practices."""
    more: int
    """How many other resources use them."""


def of(library: Library, link: matrices.Link) -> Trace:
    """Follow one finding."""
    practices = library.practices(finding=link.finding.id)
    used = connections.of_practices(library, practices).used_in
    more = len(used) - len(link.resources)
    homes = (*link.principles, *link.guidelines)
    return Trace(link.finding, homes, len(practices), link.resources, more)


def draw(library: Library) -> ink.Picture:
    """Draw where all findings lead."""
    return _overview(library, tuple(of(library, link) for link in matrices.chain(library)))


def of_finding(library: Library, finding: str) -> ink.Picture | None:
    """Draw where one finding leads; None for one that does not exist."""
    chain = matrices.chain(library)
    found = next((link for link in chain if link.finding.id == finding), None)
    return _one(library, of(library, found)) if found else None


def _own(library: Library, home: Entry) -> str:
    return ink.counted(len(library.uses(home)), "practice")


# One finding ----------------------------------------------------------------


def _one(library: Library, trace: Trace) -> ink.Picture:
    rows: tuple[tuple[ink.Cell, ...], ...] = (
        ((_STEPS[0],), (trace.finding.title,)),
        ((_STEPS[1],), trace.homes),
        ((_STEPS[2],), (ink.counted(trace.practices, "practice"),)),
        ((_STEPS[3],), (*trace.resources, *_more(trace))),
    )
    title = "From what people said to what helps"
    drawings = (_layers(library, trace, *sizes) for sizes in ((ink.NARROW, 2), (ink.WIDE, 4)))
    return ink.Picture(NAME, title, _NOTE, ("Step", "Where it leads"), rows, *drawings)


def _more(trace: Trace) -> tuple[str, ...]:
    return (f"and {trace.more} more",) if trace.more else ()


def _layers(library: Library, trace: Trace, width: int, across: int) -> ink.Drawing:
    """Draw four layers below each other, with arrows between them."""
    finding = ink.write(trace.finding.title, width // 2, 41, width - 40, "title", anchor="middle")
    label = ink.write(_STEPS[0], width // 2, 12, width - 40, "small", anchor="middle", look="soft")
    top = 54 + ink.tall(finding)
    marks: list[ink.Mark] = [ink.Rect(1, 1, width - 2, top - 1, "heart"), label, finding]
    homes = [(home, _own(library, home)) for home in trace.homes]
    drawn, top = _layer(_STEPS[1], homes, width, across, top)
    marks += drawn
    said = ink.counted(trace.practices, "practice")
    drawn, top = _band(said, width, top)
    marks += drawn
    drawn, top = _layer(_STEPS[3], [(r, "") for r in trace.resources], width, across, top)
    marks += drawn
    for words in _more(trace):
        marks.append(ink.write(words, width // 2, top + 6, width, "small", anchor="middle"))
        top += 30
    return ink.framed(width, marks)


def _down(label: str, width: int, top: int) -> tuple[list[ink.Mark], int]:
    """Draw the arrow to the next layer with the name of the layer below it."""
    x = width // 2
    way = [ink.Path(f"M{x} {top + 4}V{top + _ARROW - 14}", "track"), ink.arrow(x, top + _ARROW - 4)]
    words = ink.write(label, x, top + _ARROW, width, "small", anchor="middle", look="soft")
    return [*way, words], top + _ARROW + ink.tall(words) + 6


def _band(said: str, width: int, top: int) -> tuple[list[ink.Mark], int]:
    marks, top = _down(_STEPS[2], width, top)
    words = ink.middle(said, width // 2, top + 22, width - 20, "title", "over")
    return [*marks, ink.Rect(1, top, width - 2, 44, "band"), words], top + 44


def _layer(
    label: str, things: Sequence[Shown], width: int, across: int, top: int
) -> tuple[list[ink.Mark], int]:
    """Draw the cards of a layer in rows of equal height."""
    marks, top = _down(label, width, top)
    columns = max(1, min(across, len(things)))
    room = (width - 2 - _GAP * (columns - 1)) // columns
    for row in _rows(things, columns):
        left = (width - len(row) * room - (len(row) - 1) * _GAP) // 2
        places = [left + number * (room + _GAP) for number in range(len(row))]
        cards = [_inside(*thing, x, top, room) for thing, x in zip(row, places, strict=True)]
        height = max(round(card[-1].box[3]) for card in cards) + _PAD - top
        for (thing, _), x, words in zip(row, places, cards, strict=True):
            marks.append(ink.Linked(thing, (ink.Rect(x, top, room, height), *words)))
        top += height + _GAP
    return marks, top - _GAP if things else top


def _rows(things: Sequence[Shown], columns: int) -> Iterator[Sequence[Shown]]:
    for start in range(0, len(things), columns):
        yield things[start : start + columns]


def _inside(thing: Entry, said: str, x: int, top: int, room: int) -> tuple[ink.Words, ...]:
    """Write what stands on a card: a name, and a smaller line where there is one."""
    inner = room - 2 * _PAD
    title = ink.write(thing.title, x + _PAD, top + _PAD, inner, "body", look="link")
    if not said:
        return (title,)
    below = top + _PAD + 2 + ink.tall(title)
    return title, ink.write(said, x + _PAD, below, inner, "small", look="soft")


# All findings ---------------------------------------------------------------


def _overview(library: Library, traces: tuple[Trace, ...]) -> ink.Picture:
    rows = tuple(_row(trace) for trace in traces)
    columns = ("What people said", "What answers it", "What to do", "What helps")
    narrow, wide = _narrow(traces), _wide(library, traces)
    title = "From findings to the toolkit at a glance"
    return ink.Picture(NAME, title, _NOTE, columns, rows, narrow, wide)


def _row(trace: Trace) -> tuple[ink.Cell, ...]:
    count = len(trace.resources) + trace.more
    practices = ink.counted(trace.practices, "practice")
    return (trace.finding,), trace.homes, (practices,), (ink.counted(count, "resource"),)


def _totals(library: Library) -> tuple[str, str]:
    practices, resources = len(library.practices()), len(library.resources)
    return ink.counted(practices, "practice"), ink.counted(resources, "resource")


def _narrow(traces: tuple[Trace, ...]) -> ink.Drawing:
    """Draw a card for each finding, with a bar as long as its practices are many."""
    most = max([1, *(trace.practices for trace in traces)])
    marks: list[ink.Mark] = []
    top = 1
    for trace in traces:
        drawn, top = _card(trace, most, top)
        marks += drawn
        top += _GAP
    return ink.framed(ink.NARROW, marks)


def _card(trace: Trace, most: int, top: int) -> tuple[list[ink.Mark], int]:
    x, room = 14, ink.NARROW - 28
    title = ink.write(trace.finding.title, x, top + 12, room, "title", look="link")
    y = top + 16 + ink.tall(title)
    homes = ink.write(" · ".join(home.title for home in trace.homes), x, y, room, "small")
    y += ink.tall(homes) + 10
    long = max(4, room * trace.practices // most)
    count = ink.counted(len(trace.resources) + trace.more, "resource")
    said = f"{ink.counted(trace.practices, 'practice')}, {count}"
    bar = [ink.Rect(x, y, room, 10, "empty", 5), ink.Rect(x, y, long, 10, "full", 5)]
    words = ink.write(said, x, y + 16, room, "small", look="soft")
    low = y + 20 + ink.tall(words) + 8
    card = ink.Rect(1, top, ink.NARROW - 2, low - top)
    return [card, ink.Linked(trace.finding, (title,)), homes, *bar, words], low


_COLUMNS: Final = ((1, 222), (340, 166), (559, 100))
"""Left and width of the findings, of what answers them, and of what comes of it."""
_HEAD: Final = 34


def _wide(library: Library, traces: tuple[Trace, ...]) -> ink.Drawing:
    """Draw findings and what answers them side by side, with a line for each link."""
    homes = tuple(e for kind in ("principle", "guideline") for e in library.of(kind))
    left, ends, low_left = _stack([(t.finding, "") for t in traces], *_COLUMNS[0])
    right, starts, low_right = _stack([(h, _own(library, h)) for h in homes], *_COLUMNS[1])
    low = max(low_left, low_right, _HEAD + 200)
    pairs = [(t.finding.id, h.id) for t in traces for h in homes if h in t.homes]
    links = list(_links(pairs, ends, starts))
    marks = [*_heads(), *links, *_joined(starts.values()), *left, *right, *_last(library, low)]
    return ink.framed(ink.WIDE, marks)


def _heads() -> Iterator[ink.Mark]:
    names = (_STEPS[0], _STEPS[1], _STEPS[3])
    for (x, room), name in zip(_COLUMNS, names, strict=True):
        yield ink.write(name, x, 2, room, "small", look="soft")


def _stack(
    things: Sequence[Shown], x: int, width: int
) -> tuple[list[ink.Mark], dict[str, int], int]:
    """Draw cards below each other; give the middle of each, and where they end."""
    marks: list[ink.Mark] = []
    middles: dict[str, int] = {}
    top = _HEAD
    for thing, said in things:
        words = _inside(thing, said, x, top, width)
        height = round(words[-1].box[3]) + _PAD - top
        marks.append(ink.Linked(thing, (ink.Rect(x, top, width, height), *words)))
        middles[thing.id] = top + height // 2
        top += height + _GAP
    return marks, middles, top - _GAP if things else top


def _links(
    pairs: Sequence[tuple[str, str]], left: Mapping[str, int], right: Mapping[str, int]
) -> Iterator[ink.Path]:
    """Draw a curve for each pair; those that meet at a card arrive beside each other."""
    x, end = sum(_COLUMNS[0]), _COLUMNS[1][0]
    half = (x + end) // 2
    for start, stop in pairs:
        y1 = left[start] + _beside(stop, [b for a, b in pairs if a == start])
        y2 = right[stop] + _beside(start, [a for a, b in pairs if b == stop])
        yield ink.Path(f"M{x} {y1}C{half} {y1} {half} {y2} {end} {y2}", "thin")


def _beside(one: str, all_: list[str]) -> int:
    """Give how far from the middle of a card a line meets it."""
    step = min(6, 32 // len(all_))
    return (2 * all_.index(one) - len(all_) + 1) * step // 2


def _joined(starts: Iterable[int]) -> Iterator[ink.Mark]:
    x, end = _COLUMNS[1][0] + _COLUMNS[1][1], _COLUMNS[2][0]
    for y in starts:
        yield ink.Path(f"M{x} {y}H{end}", "thin")


def _last(library: Library, low: int) -> Iterator[ink.Mark]:
    """Draw the band of all practices, with the resources that use them below."""
    x, room = _COLUMNS[2]
    half = _HEAD + (low - _HEAD) // 2
    practices, resources = _totals(library)
    yield ink.Rect(x, _HEAD, room, low - _HEAD, "band")
    yield ink.middle(practices, x + room // 2, half - 60, room - 16, "title", "over")
    yield ink.middle("used in", x + room // 2, half, room - 16, "small", "over")
    yield ink.middle(resources, x + room // 2, half + 60, room - 16, "title", "over")
