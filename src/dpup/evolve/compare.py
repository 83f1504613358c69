"""What differs between two states of the policy, thing by thing, and of which class it is."""

from __future__ import annotations

import collections
import dataclasses
import functools
import itertools
from typing import TYPE_CHECKING, Literal

from dpup import meaning, model
from dpup.evolve import asked, fates, sides, things

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpup.entries import Entry, Practice
    from dpup.evolve.sides import Field
    from dpup.evolve.things import Key, Thing
    from dpup.library import Library

Class = Literal[
    "added",
    "editorial",
    "reworded",
    "refers",
    "reordered",
    "moved",
    "split",
    "merged",
    "withdrawn",
    "restored",
    "gone",
    "kept",
]
"""What a machine can tell. Whether "reworded" clarifies, strengthens or weakens, people say.

"refers" names other practices beside the same words, "restored" has
lost its tombstone, "gone" has left none, "reordered" has its parts in another order,
and in "kept" only the bookkeeping differs: no change of an entry is of no class.
"""


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

    @functools.cached_property
    def left(self) -> Mapping[Key, tuple[Difference, ...]]:
        """Map the kind and id of an entry that is there still to what has left it for another."""
        found: dict[Key, list[Difference]] = {}
        for difference in self.differences:
            ends = (difference.old or difference.thing).entry, difference.thing.entry
            home, now = ((entry.kind.name, entry.id) for entry in ends)
            if home != now and self.new.get(*home):
                found.setdefault(home, []).append(difference)
        return {key: tuple(gone) for key, gone in found.items()}


def compare(old: Library, new: Library) -> Comparison:
    """Compare two libraries by the ids of all that they hold."""
    # A file that is the same on both sides was read once, so its entries are the same objects.
    same = {id(entry) for entry in old.entries} & {id(entry) for entry in new.entries}
    sides = ([e for e in library.entries if id(e) not in same] for library in (old, new))
    before, after = (_readable(side, old, new) for side in sides)
    judge = _Judge(before, after, new.index.practices)
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

    def __init__(
        self,
        old: Mapping[Key, Thing],
        new: Mapping[Key, Thing],
        practices: Mapping[str, Practice],
    ) -> None:
        self.old, self.new, self.practices = old, new, practices
        self.fates = fates.Fates(old, new)
        self.slipped = dict(self._slipped())

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
        followed = {*self._heirs(), *self.slipped.values()}
        entries = itertools.groupby(self.new.values(), key=lambda thing: id(thing.entry))
        for _, inside in entries:
            all_of_it = list(inside)
            found = [d for thing in all_of_it for d in self._of(thing) if thing.key not in followed]
            yield from found or self._unsaid(all_of_it[0])
        for key, thing in self.old.items():
            if key in self.slipped:
                after = self.new[self.slipped[key]]
                yield Difference(("moved", "gone"), thing, after, successors=(after.id,))
            elif key not in self.new:
                yield Difference(("gone",), thing, None)

    def _of(self, thing: Thing) -> Iterator[Difference]:
        before = self.old.get(thing.key)
        if before is not None:
            yield from self._changed(thing.key, before, thing)
            return
        declared = fates.declared(self._home(thing), thing)
        if came := self.fates.came_along.get(thing.key):
            if any(map(sides.is_said, sides.fields(came, thing))):
                yield self._followed(Difference((), came, None, declared=declared), thing)
            return
        origins = self._origins(thing.id)
        if thing.key in self._stations and thing.withdrawal:  # it came and went on since
            ids = thing.withdrawal.replaced_by
            yield Difference(("moved",), None, thing, successors=ids, declared=declared)
            return
        yield Difference(("added",), None, thing, predecessors=origins, declared=declared)

    def _unsaid(self, new: Thing) -> Iterator[Difference]:
        """Yield an entry that is not as it was, though all that it says is."""
        old = self.old.get(new.key)
        if old is None or old.entry.facts == new.entry.facts:
            return
        before, after = ({id_ for _, id_ in it.entry.local_ids} for it in (old, new))
        if before != after:  # what came or went tells it
            return
        same = meaning.of_entry(old.entry) == meaning.of_entry(new.entry)
        class_: Class = "kept" if same else "reordered"
        yield Difference(
            (class_,), old, new, sides.record(old, new), declared=fates.declared(old, new)
        )

    def _origins(self, id_: str) -> tuple[str, ...]:
        return tuple(key[1] for key, ids in self.fates.successors.items() if id_ in ids)

    def _home(self, thing: Thing) -> Thing | None:
        """Find the older state of the entry in which something new stands."""
        return self.old.get((thing.entry.kind.name, thing.entry.id)) if thing.item else None

    def _heirs(self) -> Iterator[Key]:
        """Yield what took the place of something that moved: the two are one difference."""
        return (heir.key for _, heir in self.fates.moved if heir.key not in self.old)

    @functools.cached_property
    def _stations(self) -> frozenset[Key]:
        """The keys of what was new for a while, until it moved on."""
        moved = self.fates.moved
        return frozenset(it.key for key, _ in moved for it in [*self.fates.stations(key)][:-1])

    def _changed(self, key: Key, old: Thing, new: Thing) -> Iterator[Difference]:
        if new.item and (old.place, old.says) == (new.place, new.says):
            return
        declared = fates.declared(old, new)
        came = asked.added(old, new)
        fields = tuple(field for field in sides.fields(old, new) if field.name not in came)
        classes = list(_classes(old, new, fields, frozenset(came)))
        for question in asked.questions(old, new, self.practices) if came else ():
            said = tuple(sides.Field(key, (), lines) for key, lines in question.says.items())
            yield Difference(("added",), None, question, said, declared=declared)
        if key in self.fates.of:
            yield from self._replaced(
                key, Difference(tuple(classes), old, new, fields, (), (), declared)
            )
            return
        if old.withdrawal and not new.withdrawal:
            classes = ["restored", *classes]
        if classes:
            yield Difference(tuple(classes), old, new, fields, declared=declared)

    def _replaced(self, key: Key, stone: Difference) -> Iterator[Difference]:
        """Tell a new tombstone as what it is, and whether it kept its words."""
        fate, heir = self.fates.of[key], self.fates.heir(key)
        if fate == "moved" and heir is not None:
            yield self._followed(stone, heir)
            if has_new_words_on_stone(stone):
                yield dataclasses.replace(stone, classes=("reworded",))
            return
        classes = [name for name in stone.classes if name not in {"moved", "kept"}]
        ids = self.fates.successors[key]
        yield dataclasses.replace(stone, classes=(fate, *classes), successors=ids)

    def _followed(self, stone: Difference, after: Thing) -> Difference:
        """Hold what has moved against what it was."""
        old = stone.old or after
        means_else = fates.has_moved_and_means_else(old, after)
        classes: tuple[Class, ...] = ("reworded",) if means_else else ()
        return dataclasses.replace(
            stone,
            classes=("moved", *classes),
            new=after,
            fields=sides.fields(old, after),
            successors=(after.id,),
            declared=(*stone.declared, *fates.declared(self._home(after), after)),
        )


def has_new_words_on_stone(difference: Difference) -> bool:
    """Tell whether something was withdrawn and reworded in one go."""
    old, new = difference.old, difference.new
    if not old or not new or old.key != new.key or old.withdrawal or not new.withdrawal:
        return False
    before = fates.was_reworded_before(new, difference.declared)
    return "reworded" in difference.classes and not before


def _bare(thing: Thing) -> tuple[str, str]:
    """Tell what a thing is and says, without its id."""
    return (thing.label, meaning.of_item(thing.item) if thing.item else str(thing.meaning))


def _classes(
    old: Thing, new: Thing, fields: tuple[Field, ...], came: frozenset[str]
) -> Iterator[Class]:
    if old.place != new.place:
        yield "moved"
    if sides.means_else(old, new, apart_from=came):
        other = sides.has_other_words(old, new, apart_from=came)
        yield "reworded" if other else "refers"
    elif any(map(sides.is_said, fields)):
        yield "editorial"
    elif any(field.name != sides.ORDER for field in fields):
        yield "kept"
    if any(field.name == sides.ORDER for field in fields):
        yield "reordered"
