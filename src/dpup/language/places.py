"""Where the letters of a text stand in its file.

A value of YAML is not what was written: lines are folded, quotes and escapes are gone. So the
value and the file are walked side by side, once somebody asks for a place.
"""

from __future__ import annotations

import bisect
import itertools
from typing import Final

_BLOCK: Final = "|>"
_ESCAPES: Final = {"x": 4, "u": 6, "U": 10}
"""How many characters an escape with digits has; any other has two."""


class Lines:
    """A text, and where its lines begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        lengths = (len(line) + 1 for line in text.split("\n"))
        self._starts = list(itertools.accumulate(lengths, initial=0))

    def index(self, line: int, column: int) -> int:
        """Give the index of a line and column, both counted from 1."""
        return self._starts[line - 1] + column - 1

    def place(self, index: int) -> tuple[int, int]:
        """Give the line and column of an index."""
        line = bisect.bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1


def aligned(text: str, start: int, value: str) -> list[int]:
    r"""Give the index in ``text`` of each character of a YAML value that starts at ``start``.

    >>> aligned("a: >-\n  two\n  words", 3, "two words")
    [8, 9, 10, 11, 14, 15, 16, 17, 18]
    >>> aligned('a: "\\"b"', 3, '"b')
    [4, 6]
    """
    walk = _Walk(text, start)
    return [walk.step(char) for char in value]


class _Walk:
    """Goes through what was written, one character of the value at a time."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        style = text[start : start + 1]
        self.quote = style if style in {'"', "'"} else ""
        self.at = start + bool(self.quote)
        self.in_space = False
        if style and style in _BLOCK:
            end = text.find("\n", start)
            self.at = len(text) if end < 0 else end + 1

    def step(self, char: str) -> int:
        """Give the place of the next character of the value, and go on behind it."""
        if char.isspace() and not self._written("\\"):
            if not self.in_space:
                self.in_space = True
                found = self.at
                self._over_space()
                return found
            return self.at
        self.in_space = False
        self._over_space()
        found = self.at
        self.at += self._length(char)
        return min(found, len(self.text))

    def _over_space(self) -> None:
        """Go on to the next letter, over line breaks that nobody sees as well."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        if self.quote == '"' and self._written("\\\n"):
            self.at += 1
            self._over_space()

    def _written(self, what: str) -> bool:
        return self.text.startswith(what, self.at)

    def _length(self, char: str) -> int:
        """Tell how many characters were written for this one of the value."""
        if self.quote == '"' and self._written("\\"):
            return _ESCAPES.get(self.text[self.at + 1 : self.at + 2], 2)
        if self.quote == "'" and char == "'":
            return 2
        return 1 if self._written(char) else 0
