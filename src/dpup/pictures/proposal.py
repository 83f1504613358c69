"""The way of a proposal: from whoever writes it to the site, with the way back for mending."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from dpup.pictures import ink

if TYPE_CHECKING:
    from dpup.library import Library

NAME: Final = "proposal"
_TITLE: Final = "The way of a proposal"
_NOTE: Final = "Nothing changes on the site before step 4."
_BACK: Final = "Something to mend? Back to step 1."


@dataclasses.dataclass(frozen=True, slots=True)
class _Step:
    who: str
    what: str
    back: bool = False
    """True when it may lead back to the first step."""


_STEPS: Final = (
    _Step("You propose", "You change a file, fill in a form or describe it in an issue."),
    _Step("A machine checks", "It names each problem, its place and the cure.", back=True),
    _Step("People review", "They read words, sources, law and te reo Māori.", back=True),
    _Step("A steward decides", "The proposal is taken in, or you learn why not."),
    _Step("Everybody sees it", "It stands on the site, in the list of changes and in the feeds."),
)
_PAD, _LEFT, _TRACK, _GAP, _HALF = 14, 34, 12, 30, 20


def draw(_library: Library) -> ink.Picture:
    """Draw the picture; it is the same for every library."""
    columns = ("Step", "What happens", "Can it lead back?")
    rows = tuple(
        ((f"{number}. {step.who}",), (step.what,), (_BACK if step.back else "No",))
        for number, step in enumerate(_STEPS, 1)
    )
    drawings = (_drawing(width) for width in (ink.NARROW, ink.WIDE))
    return ink.Picture(NAME, _TITLE, _NOTE, columns, rows, *drawings)


def _drawing(width: int) -> ink.Drawing:
    marks: list[ink.Mark] = []
    backs: list[int] = []
    top = 2
    for number, step in enumerate(_STEPS, 1):
        card, low = _card(number, step, top, width)
        if number > 1:
            marks += _down((width + _LEFT) // 2, top - _GAP, top)
        if step.back:
            backs.append(top + _HALF)
        marks += card
        top = low + _GAP
    return ink.framed(width, (*_ways_back(2 + _HALF, backs), *marks))


def _card(number: int, step: _Step, top: int, width: int) -> tuple[list[ink.Mark], int]:
    """Draw a step; give it with its lower edge."""
    inner = width - _LEFT - 2 * _PAD - 2
    marks: list[ink.Mark] = []
    y = top + 10
    for words, hand, look in (
        (f"{number}. {step.who}", "title", "ink"),
        (step.what, "body", "ink"),
        (_BACK if step.back else "", "small", "soft"),
    ):
        if words:
            said = ink.write(words, _LEFT + _PAD, y, inner, hand, look=look)
            marks.append(said)
            y += ink.tall(said) + 2
    box = ink.Rect(_LEFT, top, width - _LEFT - 1, y + 8 - top)
    return [box, *marks], y + 8


def _down(x: int, start: int, end: int) -> tuple[ink.Mark, ...]:
    return ink.Path(f"M{x} {start + 3}V{end - 12}", "track"), ink.arrow(x, end - 2)


def _ways_back(first: int, backs: list[int]) -> tuple[ink.Mark, ...]:
    """Draw the way from the steps that may lead back up to the first one."""
    lines = [ink.Path(f"M{_LEFT} {y}H{_TRACK}", "dash") for y in backs]
    up = ink.Path(f"M{_TRACK} {max(backs)}V{first}H{_LEFT - 10}", "dash")
    return (*lines, up, ink.arrow(_LEFT - 1, first, "right"))
