"""Two states of one thing, key by key: what it says, and what is noted about it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from dpup import model
from dpup.evolve import histories, things

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpup.entries import Entry
    from dpup.evolve.things import Lines, Thing

ORDER: Final = "order"
"""The key under which the ids of an entry stand where only their order differs."""
STONE: Final = "withdrawn"
"""The key of a tombstone."""


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """A key that says something else than before."""

    name: str
    before: Lines
    after: Lines


def fields(old: Thing, new: Thing) -> tuple[Field, ...]:
    """List the keys that differ, in the order of the newer side, and then what is noted."""
    before, after = _beside(old.says, old, new), _beside(new.says, old, new)
    found = _differing(before, after)
    return (*found, *_noted(old.entry, new.entry)) if _is_one_entry(old, new) else tuple(found)


def record(old: Thing, new: Thing) -> tuple[Field, ...]:
    """Tell the version of both sides, where nothing of what they say differs."""
    before, after = (_version(thing.entry) for thing in (old, new))
    return (Field("version", before, after),) if before != after else ()


def _version(entry: Entry) -> Lines:
    facts = entry.facts
    return (facts.version,) if isinstance(facts, model.Document) else ()


def means_else(old: Thing, new: Thing, *, apart_from: frozenset[str] = frozenset()) -> bool:
    """Tell whether the meaning differs; what is newly withdrawn or back is judged by its words."""
    before, after = (_without(apart_from, _beside(it.meaning, old, new)) for it in (old, new))
    return before != after


def has_other_words(old: Thing, new: Thing, *, apart_from: frozenset[str] = frozenset()) -> bool:
    """Tell whether its own words differ, and not only the practices that it names beside them."""
    before, after = (_without(apart_from, _beside(it.words, old, new)) for it in (old, new))
    return before != after


def _without(keys: frozenset[str], said: dict[str, Lines]) -> dict[str, Lines]:
    return {key: lines for key, lines in said.items() if key not in keys}


def _beside(said: Mapping[str, Lines], old: Thing, new: Thing) -> dict[str, Lines]:
    """Leave tombstones out unless both sides have one."""
    both = old.withdrawal and new.withdrawal
    return {k: lines for k, lines in said.items() if both or k.partition(".")[0] != STONE}


def _is_one_entry(old: Thing, new: Thing) -> bool:
    return not new.item and old.key == new.key


def _differing(before: Mapping[str, Lines], after: Mapping[str, Lines]) -> list[Field]:
    names = dict.fromkeys([*after, *before])
    pairs = [Field(name, before.get(name, ()), after.get(name, ())) for name in names]
    return [field for field in pairs if field.before != field.after]


def _noted(old: Entry, new: Entry) -> Iterator[Field]:
    """Yield what readers of a change have to see, though the entry says the same."""
    told = (
        Field("approved", _approval(old), _approval(new)),
        Field("changes", *_rewritten(histories.of(old.facts), histories.of(new.facts))),
        Field(ORDER, *_orders(old, new)),
    )
    yield from (field for field in told if field.before != field.after)


def _approval(entry: Entry) -> Lines:
    given = getattr(entry.facts, "approved", None)
    if not isinstance(given, model.Approval):
        return ()
    rest = f", resting on {given.rests_on}" if given.rests_on else ""
    return (f"{given.by}, {given.on}, for the words {given.fingerprint}{rest}",)


def _rewritten(old: histories.Changes, new: histories.Changes) -> tuple[Lines, Lines]:
    """Give the older lines that are not as they were, and what stands there now."""
    found = histories.compared(old, new)
    before = [*(line for line, _ in found.altered), *found.lost]
    after = [new[number] for _, number in found.altered]
    kept = [line for number, line in enumerate(new) if number not in found.gained]
    if not before and kept != list(old):  # the same lines in another order
        before, after = list(old), kept
    return tuple(map(histories.in_words, before)), tuple(map(histories.in_words, after))


def _orders(old: Entry, new: Entry) -> tuple[Lines, Lines]:
    """Give what stands in one list on both sides, where its order differs."""
    sides = [dict(_lists(entry.facts, "")) for entry in (old, new)]
    before: list[str] = []
    after: list[str] = []
    for place, names in sides[1].items():
        known = sides[0].get(place, [])
        was, now = ([n for n in some if n in known and n in names] for some in (known, names))
        if was != now:
            before += was
            after += now
    return tuple(before), tuple(after)


def _lists(facts: BaseModel, home: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each list in which something has an id, under the id of what it stands in.

    A list without any id is compared as it is, line by line.
    """
    home = getattr(facts, "id", "") or home
    for name, value in facts:
        inside = value if isinstance(value, tuple) else (value,)
        parts = [part for part in inside if isinstance(part, BaseModel)]
        if any(getattr(part, "id", "") for part in parts):
            named = [getattr(part, "id", "") or things.in_short(part) for part in parts]
            yield f"{home}.{name}", named
        for part in parts:
            yield from _lists(part, home)


def is_said(field: Field) -> bool:
    """Tell whether a key belongs to what an entry says, and not to what is noted about it."""
    return field.name != ORDER and not things.is_bookkeeping(field.name)
