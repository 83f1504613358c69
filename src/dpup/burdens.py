"""Texts that would keep Markdown busy for minutes: what nests too deeply or has no end.

Nobody writes such a text to be read. It is refused before Markdown sees it. The limits are far
above what people write, and far below where the time begins to show.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from dpup.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN: Final = 20
_LEVELS: Final = 12
_LONGEST: Final = 20_000
_ROW: Final = 100
_OPENS: Final = {"[": "[", "]": "[", "(": "(", ")": "("}
_BRACKET: Final = re.compile(r"[\[\]()]")
_DEEP: Final = re.compile(
    # By indentation, four spaces for a level; or all in one line, which no rule of dashes is.
    rf"(?: {{4}}| ?\t){{{_LEVELS},}} *(?:[-*+]|\d+[.)]|:|!!!)[ \t]"
    rf"|(?:[ \t]*(?:>|[-+*][ \t]|\d+[.)][ \t])){{{_LEVELS + 1},}}[ \t]*[^\s>*+-]"
)

Place = tuple[int, int, str, str]
"""Line and column, counted from 0, with what is too much there and the cure."""


def problems(text: str, path: str, first_line: int) -> Iterator[Problem]:
    """Report the first place where a text is too much."""
    for line, column, message, hint in itertools.islice(_found(text), 1):
        yield Problem(path, first_line + line, column + 1, "", message, hint)


def _found(text: str) -> Iterator[Place]:
    paragraph = _Paragraph()
    for number, line in enumerate(text.split("\n")):
        if not line.strip():
            paragraph = _Paragraph()
        elif _DEEP.match(line):
            message = f"A list or quotation is nested more than {_LEVELS} levels deep here."
            yield number, len(line) - len(line.lstrip()), message, "Use fewer levels."
        else:
            yield from paragraph.take(number, line)


class _Paragraph:
    """Counts in lines that follow each other."""

    def __init__(self) -> None:
        self.open = {"[": 0, "(": 0}
        self.length = self.row = 0

    def take(self, number: int, line: str) -> Iterator[Place]:
        """Count the next line."""
        yield from self._brackets(number, line)
        self.length += len(line) + 1
        self.row = self.row + 1 if line.lstrip().startswith("[") else 0
        if self.length > _LONGEST:
            message = f"A paragraph has more than {_LONGEST:,} characters here."
            yield number, 0, message, "Put empty lines between its parts."
        if self.row > _ROW:
            message = f"More than {_ROW} lines follow each other here that start with [."
            yield number, 0, message, "Put empty lines between them."

    def _brackets(self, number: int, line: str) -> Iterator[Place]:
        for found in _BRACKET.finditer(line):
            sign = found.group()
            opening = _OPENS[sign]
            step = 1 if sign == opening else -1
            self.open[opening] = max(0, self.open[opening] + step)
            if self.open[opening] > _OPEN:
                message = f"More than {_OPEN} {opening} are open here at once."
                yield number, found.start(), message, "Close them, or take them out."
