"""Rules of what an entry says to be drawn: its loop, its scale.

Works on one entry, and on all of them together; opens nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dpup.pointing import Pointer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dpup.entries import Entry
    from dpup.problems import Problem
    from dpup.source import Source

_PARTS: Final = {"loop": "aims", "scale": "steps"}
"""Each key that is drawn, with the list inside it whose titles stand in the picture."""


def problems(entries: Iterable[Entry], sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Report titles that stand twice in one picture, and pictures that two entries give."""
    first: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: (entry.path, entry.line)):
        for key, parts in _PARTS.items():
            drawn = getattr(entry.facts, key, None)
            if drawn is None:
                continue
            report = Pointer(entry, sources)
            taken = first.setdefault(key, entry)
            if taken is not entry:
                message = f"There is one picture of a {key}, and {taken.path} gives it."
                yield report((key,), message, "Remove one of the two.")
            yield from _titles(getattr(drawn, parts), (key, parts), report)


def _titles(parts: Iterable[object], where: tuple[str, str], report: Pointer) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, part in enumerate(parts):
        title = str(getattr(part, "title", ""))
        if title.casefold() in seen:
            message = f"The title '{title}' stands twice in this picture."
            yield report((*where, number, "title"), message, "Give this one another title.")
        seen.add(title.casefold())
