"""The questions of practices that a checklist has come to ask: each is added, in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpup import toolkit
from dpup.evolve import things

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpup import shapes
    from dpup.entries import Practice
    from dpup.evolve.things import Thing

_KEY = "items"


def added(old: Thing, new: Thing) -> dict[str, list[shapes.ChecklistItem]]:
    """Map each key in which nothing but questions of practices came in to these."""
    found: dict[str, list[shapes.ChecklistItem]] = {}
    if new.item:
        return found
    for section in _sections(new):
        key = f"sections.{section.id}.{_KEY}"
        rest = list(old.says.get(key, ()))
        fresh = []
        for item in section.items:
            line = things.in_short(item)
            if rest and rest[0] == line:
                rest.pop(0)
            elif item.from_:
                fresh.append(item)
        if fresh and not rest and _lines(new, key) == len(old.says.get(key, ())) + len(fresh):
            found[key] = fresh
    return found


def _lines(thing: Thing, key: str) -> int:
    return len(thing.says.get(key, ()))


def _sections(thing: Thing) -> tuple[shapes.ChecklistSection, ...]:
    facts = thing.entry.facts
    return facts.sections if isinstance(facts, toolkit.Checklist) else ()


def questions(old: Thing, new: Thing, practices: Mapping[str, Practice]) -> Iterator[Thing]:
    """Yield each question that was added, as a thing of the checklist."""
    found = added(old, new)
    for section in _sections(new):
        for item in found.get(f"sections.{section.id}.{_KEY}", ()):
            id_ = item.from_ or ""
            said = practices[id_].facts.question if id_ in practices else id_
            says = {"question": (said,), **({"hint": (item.hint,)} if item.hint else {})}
            key = (f"{things.ITEM} of {new.id}", id_)
            yield things.Thing(key, "question", said, new.entry, section.id, section.title, says)
