"""Makes problems of one entry at the place of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpup.explain import place
from dpup.problems import Problem
from dpup.safeyaml import dotted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dpup.entries import Entry
    from dpup.safeyaml import Path
    from dpup.source import Source


class Pointer:
    """Knows an entry and, once there is a problem, the marks of its file."""

    def __init__(self, entry: Entry, sources: Mapping[str, Source]) -> None:
        self.entry = entry
        self._sources = sources

    def __call__(self, where: Path, message: str, hint: str) -> Problem:
        """Give the problem of a field; ``where`` is its path inside the file."""
        line, column = self.place(where)
        return Problem(self.entry.path, line, column, dotted(where), message, hint)

    def place(self, where: Path) -> tuple[int, int]:
        """Line and column of a field."""
        return place(self._sources[self.entry.path].front.marks, where)
