"""Lines of a file or of a report, numbered, with a note on each: how to read them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from dpup.pictures import ink

if TYPE_CHECKING:
    from dpup.library import Library

FILE: Final = "content-file"
PROBLEM: Final = "problem-line"


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One line, and what to say of it."""

    words: str
    note: str = ""
    """Empty where an earlier note covers it."""


FILE_LINES: Final = (
    Line("---", "Three dashes begin the facts. Three dashes end them."),
    Line("title: Purpose Matters", "A fact: a key, a colon, a space and a value."),
    Line('version: "1.0.0"', "Quotes, as the value looks like a number."),
    Line("laws: [ipp-1, ipp-3]", "A short list: ids of other things."),
    Line("changes:", "A longer list. Each item starts with a dash."),
    Line('  - version: "1.0.0"'),
    Line("    kind: added", "Spaces in front show what belongs together. Keep them in line."),
    Line("---"),
    Line("## How it began", "Below the facts stands the text. This is a heading."),
    Line("People asked for *clear* words.", "A sentence; stars stress a word."),
)
PROBLEM_LINES: Final = (
    Line("content/reference/laws.yml:", "The file."),
    Line("55:", "The line, counted from 1."),
    Line("3: ", "The character in that line, counted from 1."),
    Line("[1].shrot: ", "The fact. Lists are counted from 0, so this is in the second item."),
    Line("Unknown key 'shrot'. ", "What is wrong."),
    Line("Did you mean 'short'?", "What to do."),
)
"""One problem in its pieces; put together they are what the check says."""

_PAD, _DISC, _INDENT, _ROW = 14, 12, 8, 28


def of_file(_library: Library) -> ink.Picture:
    """Draw what a content file looks like; the same for every library."""
    note = "The file is cut short."
    return _picture(FILE, "What a content file looks like", note, FILE_LINES)


def of_problem(_library: Library) -> ink.Picture:
    """Draw how to read a problem; the same for every library."""
    note = "The check writes all of it in one line; here each piece has a line of its own."
    return _picture(PROBLEM, "How to read a problem line", note, PROBLEM_LINES)


def _picture(name: str, title: str, note: str, lines: tuple[Line, ...]) -> ink.Picture:
    noted = [line for line in lines if line.note]
    rows = tuple(((line.words.strip(),), (line.note,)) for line in noted)
    columns = ("What stands there", "What it means")
    return ink.Picture(name, title, note, columns, rows, _narrow(lines), _wide(lines))


def _narrow(lines: tuple[Line, ...]) -> ink.Drawing:
    listed, low = _listing(lines, ink.NARROW)
    noted, _ = _notes(lines, 1, low + 18, ink.NARROW)
    return ink.framed(ink.NARROW, (*listed, *noted))


def _wide(lines: tuple[Line, ...]) -> ink.Drawing:
    half = ink.WIDE // 2 - 10
    listed, low = _listing(lines, half)
    noted, end = _notes(lines, half + 24, 6, ink.WIDE)
    return ink.framed(ink.WIDE, (*listed, *noted), max(low, end))


def _listing(lines: tuple[Line, ...], width: int) -> tuple[list[ink.Mark], int]:
    """Draw the lines in a box, with their numbers at its right edge."""
    marks: list[ink.Mark] = []
    y, number = 10, 0
    for line in lines:
        left = _PAD + _INDENT * (len(line.words) - len(line.words.lstrip()))
        said = ink.write(line.words.strip(), left, y + 3, width - left - 2 * _DISC - 20)
        marks.append(said)
        if line.note:
            number += 1
            marks += _number(number, width - _DISC - 10, y + _ROW // 2)
        y += max(_ROW, ink.tall(said) + 7)
    return [ink.Rect(1, 2, width - 2, y + 4), *marks], y + 8


def _notes(lines: tuple[Line, ...], left: int, top: int, right: int) -> tuple[list[ink.Mark], int]:
    """Write the notes below one another, each beside its number."""
    marks: list[ink.Mark] = []
    y = top
    for number, line in enumerate((line for line in lines if line.note), 1):
        marks += _number(number, left + _DISC + 1, y + _ROW // 2)
        start = left + 2 * _DISC + 12
        said = ink.write(line.note, start, y + 3, right - start - 4)
        marks.append(said)
        y += max(_ROW, ink.tall(said) + 7) + 4
    return marks, y


def _number(number: int, x: int, y: int) -> tuple[ink.Mark, ...]:
    disc = ink.Disc(x, y, _DISC, "strong")
    return disc, ink.middle(str(number), x, y, 2 * _DISC, "number", "over")
