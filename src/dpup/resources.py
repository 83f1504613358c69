"""Resources seen with the policy: the items that a checklist comes to, the practices in use."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from dpup import shapes, toolkit
from dpup.entries import Piece
from dpup.links import is_withdrawn_at
from dpup.nesting import models_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from dpup.entries import Entry, Practice
    from dpup.links import Index, Reference
    from dpup.safeyaml import Path

# Facets that show the practices of an entry themselves.
SHOWING: Final = frozenset({"practices", "practice-questions"})


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """One thing to answer or tick: a practice, or a question of the checklist's own."""

    id: str
    """Full id of the practice or of the question."""
    question: str
    text: str
    """The instruction of the practice; the question again for one of its own."""
    behind: tuple[Practice, ...]
    """The practices that stand behind it."""
    hint: str
    where: Path
    """The path of the item in the file."""
    piece: Piece | None = None
    """Set for a question of its own."""


def items(entry: Entry, section: int, index: Index) -> Iterator[Item]:
    """Yield the items that a section of a checklist comes to, in order."""
    facts = entry.facts
    if not isinstance(facts, toolkit.Checklist):
        return
    for number, item in enumerate(facts.sections[section].items):
        where = ("sections", section, "items", number)
        hint = item.hint or ""
        if item.select is not None:
            for practice in index.selector.select(item.select):
                yield _of_practice(practice, hint, where)
        elif item.from_ is not None:
            named = index.practices.get(item.from_)
            if named is not None:
                yield _of_practice(named, hint, where)
        elif item.question is not None:
            piece = Piece(entry, item)
            behind = tuple(p for id_ in item.supports if (p := index.practices.get(id_)))
            yield Item(piece.id, item.question, item.question, behind, hint, where, piece)


def _of_practice(practice: Practice, hint: str, where: Path) -> Item:
    facts = practice.facts
    return Item(practice.id, facts.question, facts.text, (practice,), hint, where)


def used(entry: Entry, index: Index) -> tuple[Practice, ...]:
    """Every practice that a resource uses, supports or shows, in reading order."""
    known = index.used.get(id(entry))
    if known is None:
        # With the entry itself, so that it lives as long as its identity is asked for.
        known = index.used[id(entry)] = (entry, _used(entry, index))
    return known[1]


def _used(entry: Entry, index: Index) -> tuple[Practice, ...]:
    ids = {
        reference.id
        for reference in index.references(entry)
        if reference.kind == "practice" and _counts(entry, reference)
    }
    ids |= _shown(entry.facts, index)
    found = (practice for id_ in ids if (practice := index.practices.get(id_)))
    return tuple(sorted(found, key=lambda practice: index.order[practice.id]))


def showing(entry: Entry, index: Index) -> frozenset[str]:
    """Full ids of the practices whose words a resource shows; it only rests on the others."""
    named = {
        reference.id
        for reference in index.references(entry)
        if reference.kind == "practice"
        and not {"from", "picks"}.isdisjoint(reference.where)
        and _counts(entry, reference)
    }
    return frozenset(named | _shown(entry.facts, index))


def _counts(entry: Entry, reference: Reference) -> bool:
    """Tell whether a reference makes use of a practice: not when it leaves it out."""
    left_out = "without" in reference.where or "replaced_by" in reference.where
    return not left_out and not is_withdrawn_at(entry.facts, reference.where)


def _shown(facts: BaseModel, index: Index) -> set[str]:
    """Give the ids of what selections find and excerpts show, anywhere inside a model."""
    found: set[str] = set()
    _gather(facts, index, found)
    return found


def _gather(facts: BaseModel, index: Index, found: set[str]) -> None:
    if isinstance(facts, shapes.Selection):
        found |= index.selector.ids(facts)
        return
    if isinstance(facts, shapes.Excerpt | shapes.Slide) and not SHOWING.isdisjoint(facts.show):
        homes = [home for id_ in facts.of if (home := index.paged.get(id_))]
        found |= {p.id for home in homes for p in home.practices if not p.facts.withdrawn}
    for _, item in models_in(facts):
        _gather(item, index, found)
