"""What differs between two states of the policy, thing by thing, and of which class it is."""

from __future__ import annotations

import collections
import dataclasses
import functools
from typing import TYPE_CHECKING, Final, Literal

from dpup import meaning, model
from dpup.evolve import things

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpup.entries import Entry
    from dpup.evolve.things import Key, Lines, Thing
    from dpup.library import Library

Class = Literal[
    "added",
    "editorial",
    "reworded",
    "moved",
    "split",
    "merged",
    "withdrawn",
    "restored",
    "gone",
    "kept",
]
"""What a machine can tell. Whether "reworded" clarifies, strengthens or weakens, people say.

"restored" has lost its tombstone, "gone" has left none, and in "kept" only the bookkeeping differs.
"""

REWORDED: Final = ("clarified", "strengthened", "weakened")


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """A key that says something else than before."""

    name: str
    before: Lines
    after: Lines


@dataclasses.dataclass(frozen=True, eq=False)
class Difference:
    """One thing that is not as it was."""

    classes: tuple[Class, ...]
    old: Thing | None
    new: Thing | None
    fields: tuple[Field, ...] = ()
    successors: tuple[str, ...] = ()
    """Ids of what a withdrawn, moved, split or merged thing names in its place."""
    predecessors: tuple[str, ...] = ()
    """Ids of what a new thing comes from, by a split or a merger."""
    declared: tuple[model.Change, ...] = ()
    """The new lines of its entry's history that are about it."""

    @property
    def thing(self) -> Thing:
        """The newer side, or the older where there is no newer."""
        found = self.new or self.old
        if found is None:
            msg = "A difference has a side."
            raise ValueError(msg)
        return found


@dataclasses.dataclass(frozen=True, eq=False)
class Comparison:
    """All differences between two libraries, in the newer one's reading order."""

    old: Library
    new: Library
    differences: tuple[Difference, ...]

    @functools.cached_property
    def by_entry(self) -> Mapping[Key, tuple[Difference, ...]]:
        """Map the kind and id of an entry to what differs in it."""
        found: dict[Key, list[Difference]] = {}
        for difference in self.differences:
            entry = difference.thing.entry
            found.setdefault((entry.kind.name, entry.id), []).append(difference)
        return {key: tuple(inside) for key, inside in found.items()}


def compare(old: Library, new: Library) -> Comparison:
    """Compare two libraries by the ids of all that they hold."""
    # A file that is the same on both sides was read once, so its entries are the same objects.
    same = {id(entry) for entry in old.entries} & {id(entry) for entry in new.entries}
    sides = ([e for e in library.entries if id(e) not in same] for library in (old, new))
    judge = _Judge(*(_readable(side, old, new) for side in sides))
    return Comparison(old, new, tuple(judge.differences()))


def _readable(entries: list[Entry], old: Library, new: Library) -> dict[Key, Thing]:
    """Give the things of entries that both sides could read: a slip in a file ends nothing."""
    kept = [
        entry
        for entry in entries
        if not any(
            library.index.unsure(entry.kind.name, entry.id)
            and library.get(entry.kind.name, entry.id) is None
            for library in (old, new)
        )
    ]
    return things.of(kept)


class _Judge:
    """Knows both sides, and which new thing took the place of which old one."""

    def __init__(self, old: Mapping[Key, Thing], new: Mapping[Key, Thing]) -> None:
        self.old, self.new = old, new
        stones = [key for key in old.keys() & new.keys() if _is_newly_withdrawn(old[key], new[key])]
        self.successors = {key: _named(new[key]) for key in sorted(stones)}
        self.times = collections.Counter(id_ for ids in self.successors.values() for id_ in ids)
        self.slipped = dict(self._slipped())

    def new_of(self, id_: str) -> Key | None:
        """Find the key of what did not exist before and has that id."""
        found = (key for key in self._fresh if key[1] == id_)
        return next(found, None)

    @functools.cached_property
    def _fresh(self) -> tuple[Key, ...]:
        return tuple(key for key in self.new if key not in self.old)

    def _slipped(self) -> Iterator[tuple[Key, Key]]:
        """Pair what is gone without a tombstone with something new that says the same."""
        fresh = collections.defaultdict(list)
        for key in self._fresh:
            fresh[_bare(self.new[key])].append(key)
        for key, thing in self.old.items():
            if key not in self.new and (found := fresh[_bare(thing)]):
                yield key, found.pop(0)

    def differences(self) -> Iterator[Difference]:
        """Yield what differs: first in the newer order, then what is gone."""
        followed = {*self._moved(), *self.slipped.values()}
        for key, thing in self.new.items():
            before = self.old.get(key)
            if before is not None:
                yield from self._changed(key, before, thing)
            elif key not in followed:
                origins = self._origins(thing.id)
                declared = _declared(self._home(thing), thing)
                yield Difference(("added",), None, thing, predecessors=origins, declared=declared)
        for key, thing in self.old.items():
            if key in self.slipped:
                after = self.new[self.slipped[key]]
                yield Difference(("moved", "gone"), thing, after, successors=(after.id,))
            elif key not in self.new:
                yield Difference(("gone",), thing, None)

    def _origins(self, id_: str) -> tuple[str, ...]:
        return tuple(key[1] for key, ids in self.successors.items() if id_ in ids)

    def _home(self, thing: Thing) -> Thing | None:
        """Find the older state of the entry in which something new stands."""
        return self.old.get((thing.entry.kind.name, thing.entry.id)) if thing.item else None

    def _moved(self) -> Iterator[Key]:
        """Yield what took the place of exactly one thing: the two are one difference."""
        for ids in self.successors.values():
            if len(ids) == 1 and self.times[ids[0]] == 1 and (heir := self.new_of(ids[0])):
                yield heir

    def _changed(self, key: Key, old: Thing, new: Thing) -> Iterator[Difference]:
        declared = _declared(old, new)
        if key in self.successors:
            yield self._replaced(key, old, new, declared)
            return
        fields = _fields(old, new)
        classes = list(_classes(old, new, fields))
        if old.withdrawal and not new.withdrawal:
            classes = ["restored", *classes]
        if classes:
            yield Difference(tuple(classes), old, new, fields, declared=declared)

    def _replaced(
        self, key: Key, old: Thing, new: Thing, declared: tuple[model.Change, ...]
    ) -> Difference:
        """Judge a new tombstone by what it names in its place."""
        ids = self.successors[key]
        heir = self.new_of(ids[0]) if len(ids) == 1 else None
        if not ids:
            return Difference(("withdrawn",), old, new, declared=declared)
        if len(ids) > 1:
            return Difference(("split",), old, new, (), ids, declared=declared)
        if heir is None or self.times[ids[0]] > 1:
            return Difference(("merged",), old, new, (), ids, declared=declared)
        after = self.new[heir]
        fields = _fields(old, after)
        moved = old.entry.id != after.entry.id
        said = [_without_home(it.meaning) if moved else it.meaning for it in (old, after)]
        classes: tuple[Class, ...] = ("reworded",) if said[0] != said[1] else ()
        return Difference(("moved", *classes), old, after, fields, ids, declared=declared)


def _named(thing: Thing) -> tuple[str, ...]:
    """Give the ids that a tombstone names in its place."""
    return thing.withdrawal.replaced_by if thing.withdrawal else ()


def _is_newly_withdrawn(old: Thing, new: Thing) -> bool:
    return new.withdrawal is not None and old.withdrawal is None


def _without_home(said: Mapping[str, Lines]) -> dict[str, Lines]:
    """Leave out what a practice does not repeat where it stands in its Principle or Guideline."""
    return {key: lines for key, lines in said.items() if key not in {"principles", "guidelines"}}


def _bare(thing: Thing) -> tuple[str, str]:
    """Tell what a thing is and says, without its id."""
    return (thing.label, meaning.of_item(thing.item) if thing.item else str(thing.meaning))


def _classes(old: Thing, new: Thing, fields: tuple[Field, ...]) -> Iterator[Class]:
    if old.place != new.place:
        yield "moved"
    if old.meaning != new.meaning:
        yield "reworded"
    elif any(not things.is_bookkeeping(field.name) for field in fields):
        yield "editorial"
    elif fields:
        yield "kept"


def _fields(old: Thing, new: Thing) -> tuple[Field, ...]:
    """List the keys that differ, in the order of the newer side."""
    names = dict.fromkeys([*new.says, *old.says])
    pairs = ((name, old.says.get(name, ()), new.says.get(name, ())) for name in names)
    return tuple(Field(*pair) for pair in pairs if pair[1] != pair[2])


def _declared(old: Thing | None, new: Thing) -> tuple[model.Change, ...]:
    """Give the lines that the history of the entry has gained and that are about this thing."""
    facts = new.entry.facts
    if not isinstance(facts, model.Document):
        return ()
    before = getattr(old.entry.facts, "changes", ()) if old else ()
    gained = [change for change in facts.changes if change not in before]
    own = new.id.rpartition(".")[2] if new.item else ""
    return tuple(change for change in gained if not change.items or own in change.items)
