"""What the toolkit covers and what it lacks: practices, resources, roles, stages, counterparts."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from dpup import reference
from dpup.kinds import RESOURCES

if TYPE_CHECKING:
    from dpup.entries import Entry, Piece, Practice
    from dpup.library import Library

THIN: Final = 5
"""Fewer resources than this serve a role or stage thinly; so does having no checklist."""


@dataclasses.dataclass(frozen=True, slots=True)
class Served:
    """A role or stage, and how many resources are made for it."""

    entry: Entry
    counts: tuple[int, ...]
    """Resources of each kind, in the order of the toolkit's kinds."""

    @property
    def total(self) -> int:
        """Resources of all kinds."""
        return sum(self.counts)

    @property
    def thin(self) -> bool:
        """True when too little is made for it."""
        return self.total < THIN or not self.counts[0]


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """A resource of the official toolkit and what answers it here."""

    official: Entry
    counterparts: tuple[Entry | Practice | Piece, ...]
    reason: str

    @property
    def answered(self) -> bool:
        """True when there is a counterpart, or a reason why not."""
        return bool(self.counterparts or self.reason)


@dataclasses.dataclass(frozen=True, slots=True)
class Coverage:
    """The whole of it."""

    unused: tuple[Practice, ...]
    """Practices in no resource."""
    unwired: tuple[Entry, ...]
    """Resources without a practice."""
    served: tuple[Served, ...]
    """Roles and then stages."""
    answers: tuple[Answer, ...]

    @property
    def unanswered(self) -> tuple[Answer, ...]:
        """Official resources with neither counterpart nor reason."""
        return tuple(answer for answer in self.answers if not answer.answered)

    @property
    def thin(self) -> tuple[Served, ...]:
        """Roles and stages for which too little is made."""
        return tuple(served for served in self.served if served.thin)


def of(library: Library) -> Coverage:
    """Take stock of the toolkit."""
    return Coverage(
        tuple(item for item in library.practices() if not library.users(item)),
        tuple(entry for entry in library.resources if not library.uses(entry)),
        tuple(_served(library, e) for kind in ("role", "stage") for e in library.of(kind)),
        tuple(_answer(library, entry) for entry in library.of("official")),
    )


def _served(library: Library, entry: Entry) -> Served:
    field = f"{entry.kind.name}s"
    inside = [e for e in library.resources if entry.id in getattr(e.facts, field)]
    counts = tuple(sum(1 for e in inside if e.kind is kind) for kind in RESOURCES)
    return Served(entry, counts)


def _answer(library: Library, entry: Entry) -> Answer:
    facts = entry.facts
    if not isinstance(facts, reference.Official):  # the kind has this model and no other
        return Answer(entry, (), "")
    found = (library.lookup(id_) for id_ in facts.counterparts)
    return Answer(entry, tuple(thing for thing in found if thing), facts.reason or "")
