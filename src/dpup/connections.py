"""How a thing connects: where it is used, what it upholds, which law, what it grew from.

All of it is derived from practices, and each name comes with the practices behind it.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from dpup.kinds import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dpup.entries import Entry, Practice
    from dpup.library import Library


@dataclasses.dataclass(frozen=True, slots=True)
class Tie:
    """An entry, and how many practices tie it to the thing."""

    entry: Entry
    count: int


@dataclasses.dataclass(frozen=True, slots=True)
class Connections:
    """The ties of one thing."""

    upholds: tuple[Tie, ...]
    """Principles."""
    guidelines: tuple[Tie, ...]
    law: tuple[Tie, ...]
    grew_from: tuple[Tie, ...]
    """Findings of the engagement."""
    used_in: tuple[Tie, ...]
    """Resources of the toolkit."""


def of_entry(library: Library, entry: Entry) -> Connections:
    """Give the ties of an entry to others; resources that name it are tied to it as well."""
    found = of_practices(library, library.uses(entry), entry)
    # The practices of a resource are in use elsewhere; the resource itself is not.
    used_in = () if entry.kind in RESOURCES else found.used_in
    known = {tie.entry.id for tie in used_in}
    kinds = [kind.name for kind in RESOURCES]
    direct = (other for name in kinds for other in library.referring(entry, name))
    more = (Tie(other, 0) for other in direct if other.id not in known)
    return dataclasses.replace(found, used_in=(*used_in, *more))


def of_practices(
    library: Library, practices: Iterable[Practice], but: Entry | None = None
) -> Connections:
    """Give the ties of some practices together, leaving out ties to one entry."""
    inside = tuple(practices)
    kinds = ("principle", "guideline", "law", "finding")
    found = [*(by_kind(library, inside, kind) for kind in kinds), _tallied(inside, library.users)]
    return Connections(*(tuple(tie for tie in ties if tie.entry is not but) for ties in found))


def by_kind(library: Library, practices: tuple[Practice, ...], kind: str) -> tuple[Tie, ...]:
    """Give the entries of a kind that some practices bear on, in reading order."""

    def entries(practice: Practice) -> tuple[Entry, ...]:
        return library.resolve(kind, practice.related(kind))

    ties = _tallied(practices, entries)
    return tuple(sorted(ties, key=lambda tie: tie.entry.sort_key))


def _tallied(
    practices: tuple[Practice, ...], entries: Callable[[Practice], Iterable[Entry]]
) -> tuple[Tie, ...]:
    """Count the practices behind each entry; most first, then kind by kind."""
    counts: dict[str, int] = {}
    found: dict[str, Entry] = {}
    for practice in practices:
        for entry in entries(practice):
            counts[entry.id] = counts.get(entry.id, 0) + 1
            found[entry.id] = entry
    ties = (Tie(found[id_], count) for id_, count in counts.items())
    return tuple(sorted(ties, key=lambda tie: (-tie.count, tie.entry.title)))
