"""What became of things that left a tombstone: as their history says it, if it can be so."""

from __future__ import annotations

import collections
import functools
from typing import TYPE_CHECKING, Final, Literal

from dpup.evolve import histories, sides

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpup.evolve.things import Key, Thing

Fate = Literal["moved", "merged", "split", "withdrawn"]

REWORDED: Final = ("clarified", "strengthened", "weakened")

_ENDS: Final[tuple[Fate, ...]] = ("moved", "merged", "split", "withdrawn")
_HOME: Final = frozenset({"principles", "guidelines"})
"""What a practice does not repeat where it stands in its Principle or Guideline."""


def declared(old: Thing | None, new: Thing) -> histories.Changes:
    """Give the lines that the history of the entry has gained and that are about this thing."""
    before = histories.of(old.entry.facts) if old else ()
    gained = histories.compared(before, histories.of(new.entry.facts)).gained.values()
    own = new.id.rpartition(".")[2] if new.item else ""
    return tuple(change for change in gained if not change.items or own in change.items)


def was_reworded_before(thing: Thing, lines: histories.Changes) -> bool:
    """Tell whether a history says that something got other words before it went."""
    ends = [number for number, line in enumerate(lines) if line.kind in _ENDS]
    before = lines[ends[0] + 1 :] if ends else ()
    return any(it.kind in REWORDED and (it.items or not thing.item) for it in before)


def has_moved_and_means_else(old: Thing, after: Thing) -> bool:
    """Tell whether something means something else in its new place."""
    apart = _HOME if old.entry.id != after.entry.id else frozenset()
    return sides.means_else(old, after, apart_from=apart)


class Fates:
    """Knows which things are newly withdrawn, what they name in their place, and what that is."""

    def __init__(self, old: Mapping[Key, Thing], new: Mapping[Key, Thing]) -> None:
        self._old, self._new = old, new
        stones = [key for key in old.keys() & new.keys() if _is_newly_withdrawn(old[key], new[key])]
        self.successors = {key: _named(new[key]) for key in sorted(stones)}
        """What each new tombstone names in its place, by its key."""
        self._times = collections.Counter(id_ for ids in self.successors.values() for id_ in ids)
        self.of = {key: self._of(key) for key in self.successors}
        """What became of each."""

    @functools.cached_property
    def _by_id(self) -> Mapping[str, Key]:
        """Map the id of what was not in force before to its key."""
        old = self._old
        return {key[1]: key for key in self._new if key not in old or old[key].withdrawal}

    def heir(self, key: Key) -> Thing | None:
        """Give the one new thing that took the place of an old one, over all stations."""
        passed = list(self.stations(key))
        return passed[-1] if passed else None

    def stations(self, key: Key) -> Iterator[Thing]:
        """Yield each new thing that an old one became, one after the other."""
        ids, seen = self.successors.get(key, ()), {key}
        while len(ids) == 1 and (next_ := self._by_id.get(ids[0])) and next_ not in seen:
            seen.add(next_)
            yield self._new[next_]
            ids = _named(self._new[next_])

    @functools.cached_property
    def moved(self) -> tuple[tuple[Key, Thing], ...]:
        """The key of each thing that has moved, with what it is now."""
        heirs = ((key, self.heir(key)) for key, fate in self.of.items() if fate == "moved")
        return tuple((key, heir) for key, heir in heirs if heir is not None)

    @functools.cached_property
    def came_along(self) -> Mapping[Key, Thing]:
        """Map what came along with an entry that got another id to what it was there."""
        homes = {heir.id: key[1] for key, heir in self.moved if not heir.item}
        found = {}
        for key in self._new.keys() - self._old.keys():
            home, _, own = key[1].rpartition(".")
            if old := self._old.get((key[0], f"{homes.get(home, '')}.{own}")):
                found[key] = old
        return found

    def _of(self, key: Key) -> Fate:
        """Say what became of a thing: what its history says if that can be, or the likeliest."""
        lines = declared(self._old[key], self._new[key])
        said = [line.kind for line in sorted(lines, key=lambda line: not line.items)]
        likely = self._likely(key)
        possible = [kind for kind in _ENDS if kind in said and self._may_be(kind, key)]
        if likely in possible or not possible:
            return likely
        return min(possible, key=said.index)

    def _likely(self, key: Key) -> Fate:
        ids, heir = self.successors[key], self.heir(key)
        if len(ids) > 1:
            return "split"
        if not ids or (heir and self._is_other(key, heir)):
            return "withdrawn"
        return "moved" if heir and self._times[ids[0]] == 1 else "merged"

    def _is_other(self, key: Key, heir: Thing) -> bool:
        alone = self._times[self.successors[key][0]] == 1
        return alone and has_moved_and_means_else(self._old[key], heir)

    def _may_be(self, kind: Fate, key: Key) -> bool:
        if kind == "moved":
            return self.heir(key) is not None
        least = {"withdrawn": 0, "merged": 1, "split": 2}[kind]
        return len(self.successors[key]) >= least


def _named(thing: Thing) -> tuple[str, ...]:
    """Give the ids that a tombstone names in its place."""
    return thing.withdrawal.replaced_by if thing.withdrawal else ()


def _is_newly_withdrawn(old: Thing, new: Thing) -> bool:
    return new.withdrawal is not None and old.withdrawal is None
