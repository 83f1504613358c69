"""What became of items that a checklist does not ask any more.

A file of answers may be older than the policy. So the page of a checklist says of each withdrawn
id what it asked and what took its place.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from dpup.entries import Piece, Practice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.entries import Entry
    from dpup.library import Library
    from dpup.model import Withdrawal


@dataclasses.dataclass(frozen=True, slots=True)
class Tombstone:
    """A practice or question that is withdrawn."""

    id: str
    """Its full id."""
    question: str
    """What it asked."""
    address: str
    """The page of its permanent address."""
    withdrawal: Withdrawal
    """When, why, and what it named as its replacements."""
    instead: tuple[str, ...]
    """Full ids of what is in force in its place today: replacements may have been replaced."""


def of(library: Library, entry: Entry) -> tuple[Tombstone, ...]:
    """Give the tombstones that answers to a checklist may need, in order.

    Those are the checklist's own questions and all practices: a file does not say which practices
    a checklist once asked, and an answer must find its tombstone however old it is.
    """
    return tuple(_stones(library, (*library.all_practices, *entry.pieces)))


def _stones(library: Library, things: tuple[Practice | Piece, ...]) -> Iterator[Tombstone]:
    for thing in things:
        withdrawal = thing.facts.withdrawn
        if withdrawal:
            question = thing.facts.question if isinstance(thing, Practice) else thing.title
            instead = tuple(dict.fromkeys(_in_force(library, withdrawal, frozenset({thing.id}))))
            yield Tombstone(thing.id, question, thing.address, withdrawal, instead)


def _in_force(library: Library, withdrawal: Withdrawal, seen: frozenset[str]) -> Iterator[str]:
    """Follow replacements to what is in force; ``seen`` ends a circle."""
    for id_ in withdrawal.replaced_by:
        found = library.lookup(id_)
        further = found.facts.withdrawn if isinstance(found, Practice | Piece) else None
        if further is None:
            yield id_
        elif id_ not in seen:
            yield from _in_force(library, further, seen | {id_})
