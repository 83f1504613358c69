"""Filters over the practices: what a selection finds, and why it finds nothing.

Each filter has its set of practices ready, so that ten thousand selections stay quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dpup.model import key_of
from dpup.shapes import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dpup.entries import Practice

FACETS: Final = ("guideline", "principle", "role", "stage", "law", "finding")
Filters = dict[str, str | bool]


class Selector:
    """Finds practices in force, in reading order."""

    def __init__(self, practices: Iterable[Practice]) -> None:
        self._practices = [item for item in practices if item.facts.withdrawn is None]
        self._sets: dict[tuple[str, str | bool], set[int]] = {}
        self._found: dict[frozenset[tuple[str, str | bool]], tuple[Practice, ...]] = {}
        for number, practice in enumerate(self._practices):
            for facet in FACETS:
                for id_ in practice.related(facet):
                    self._sets.setdefault((facet, id_), set()).add(number)
            group = f"{practice.entry.id}.{practice.group.id}"
            self._sets.setdefault(("group", group), set()).add(number)
            beyond = bool(practice.facts.beyond_law)
            self._sets.setdefault(("beyond_law", beyond), set()).add(number)

    def find(self, filters: Mapping[str, str | bool]) -> tuple[Practice, ...]:
        """Practices that fit all filters; all practices when there is none."""
        key = frozenset(filters.items())
        if key not in self._found:  # many resources select the same
            self._found[key] = tuple(self._find(key))
        return self._found[key]

    def _find(self, filters: frozenset[tuple[str, str | bool]]) -> Iterator[Practice]:
        if not filters:
            yield from self._practices
            return
        sets = sorted((self._sets.get(item, set()) for item in filters), key=len)
        yield from (self._practices[number] for number in sorted(set.intersection(*sets)))

    def select(self, selection: Selection) -> tuple[Practice, ...]:
        """Practices that a selection finds and does not leave out."""
        filters = filters_of(selection)
        found = self.find(filters) if filters else ()
        return tuple(item for item in found if item.id not in selection.without)

    def ids(self, selection: Selection) -> set[str]:
        """Full ids of the practices that a selection finds and does not leave out."""
        return {practice.id for practice in self.select(selection)}

    def clash(self, filters: Mapping[str, str | bool]) -> tuple[str, ...]:
        """Name the smallest filters that find nothing: one alone, or two that never meet."""
        names = list(filters)
        for name in names:
            if not self.find({name: filters[name]}):
                return (name,)
        for number, one in enumerate(names):
            for other in names[number + 1 :]:
                if not self.find({one: filters[one], other: filters[other]}):
                    return (one, other)
        return tuple(names)


def filters_of(selection: Selection) -> Filters:
    """Give the filters that a selection sets, by key."""
    return {
        key_of(Selection, name): value
        for name, value in selection
        if name != "without" and value is not None
    }
