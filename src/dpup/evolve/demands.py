"""What a change calls for: a step of the version, a line in the history, a tombstone.

``problems`` compares an older state with the files of today and says, at the line, what is missing.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from dpup import model
from dpup.entries import Practice
from dpup.evolve import records
from dpup.evolve.compare import Comparison, Difference, has_new_words_on_stone
from dpup.evolve.fates import REWORDED
from dpup.evolve.happened import what_happened
from dpup.pointing import Pointer
from dpup.problems import Problem, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpup.entries import Entry
    from dpup.evolve.compare import Class
    from dpup.evolve.things import Key

STEPS: Final[Mapping[str, int]] = {
    "editorial": 3,
    "clarified": 3,
    "added": 2,
    "moved": 2,
    "strengthened": 1,
    "weakened": 1,
    "split": 1,
    "merged": 1,
    "withdrawn": 1,
}
"""Which of the three numbers of a version has to rise, at least, for each kind of change."""

_FITS: Final[Mapping[Class, tuple[str, ...]]] = {
    "added": ("added", "split", "merged", "moved"),
    "editorial": ("editorial", *STEPS),
    "reordered": ("editorial", *STEPS),
    "reworded": REWORDED,
    "refers": ("editorial", *STEPS),
    "moved": ("moved", "added"),
    "split": ("split",),
    "merged": ("merged",),
    "withdrawn": ("withdrawn",),
    "restored": ("added", "split", "merged", "moved"),
}
_AS_KIND: Final[Mapping[Class, str]] = {
    "restored": "added",
    "refers": "editorial",
    "reordered": "editorial",
}


def problems(comparison: Comparison, since: str) -> tuple[Problem, ...]:
    """Say what is missing in the newer state; ``since`` names the older one to the reader."""
    found: list[Problem] = [*records.gone(comparison, since)]
    for key, differences in _concerned(comparison).items():
        old, new = comparison.old.get(*key), comparison.new.get(*key)
        if old and new and isinstance(old.facts, model.Document):
            report = Pointer(new, comparison.new.sources)
            record = records.Record(old.facts, new, since, report)
            found += record.problems(differences)
            if not record.was_free:
                found += _Case(record, comparison).problems(differences)
    return in_order(found)


def edition(comparison: Comparison, newest: str) -> tuple[str, str]:
    """Give the lowest version that an edition with these changes may have, and why.

    Entries without a history, such as those of lists, call for a step of the last number.
    """
    judged = [pair for key in comparison.by_entry for pair in _judged(comparison, key, newest)]
    step = min((step for step, _ in judged), default=3)
    why = what_happened(difference for least, difference in judged if least == step)
    return ".".join(map(str, _raised(numbers(newest), step))), why or "Something changed"


def _judged(comparison: Comparison, key: Key, since: str) -> Iterator[tuple[int, Difference]]:
    """Yield what differs in a document, with the largest step that it calls for."""
    old, new = comparison.old.get(*key), comparison.new.get(*key)
    if new is None or not isinstance(new.facts, model.Document):
        return
    before = old.facts if old and isinstance(old.facts, model.Document) else None
    unborn = model.Document.model_construct(changes=())  # type: ignore[call-arg] # no history yet
    record = records.Record(before or unborn, new, since, Pointer(new, {}))
    case = _Case(record, comparison)
    for difference in comparison.by_entry[key]:
        counted = tuple(name for name in difference.classes if name in _FITS)
        told = dataclasses.replace(difference, classes=counted)
        if counted:
            yield min(STEPS[kind] for kind in case.kinds(told)), case.judged(told)


def _concerned(comparison: Comparison) -> Mapping[Key, tuple[Difference, ...]]:
    """Map each entry to what differs in it; what moved away concerns its old home as well."""
    found = {key: list(inside) for key, inside in comparison.by_entry.items()}
    for key, gone in comparison.left.items():
        found.setdefault(key, []).extend(gone)
    for entry in comparison.new.entries:  # a history may be rewritten where nothing else changed
        key = (entry.kind.name, entry.id)
        if key not in found and comparison.old.get(*key) not in {None, entry}:
            found[key] = []
    return {key: tuple(inside) for key, inside in found.items()}


class _Case:
    """One document on both sides, with what differs in it."""

    def __init__(self, record: records.Record, comparison: Comparison) -> None:
        self.old, self.new, self.entry = record.old, record.new, record.entry
        self.since, self.report, self.comparison = record.since, record.report, comparison
        self.history = record.history

    def problems(self, differences: tuple[Difference, ...]) -> Iterator[Problem]:
        """Say what is missing in the newer side."""
        told = [it for it in map(self._seen_from_here, differences) if it.classes]
        yield from self._version(told)
        yield from self._notes(told)
        yield from self._claims(differences)

    def _seen_from_here(self, difference: Difference) -> Difference:
        """Leave out what concerns only the new home of something that has moved away."""
        home = difference.old.entry.id if difference.old else ""
        leaves = home == self.entry.id != difference.thing.entry.id
        classes = [name for name in difference.classes if name in _FITS]
        if has_new_words_on_stone(difference):  # no note can make up for that
            classes = [name for name in classes if name not in {"reworded", "editorial"}]
        if self._is_told_elsewhere(difference):
            classes = [name for name in classes if name != "reworded"]
        if not leaves:
            return dataclasses.replace(difference, classes=tuple(classes))
        if self._is_free(difference.thing.entry):  # so that nobody else asks for a note
            return dataclasses.replace(difference, classes=tuple(classes), new=None)
        kept = tuple(name for name in classes if name not in {"reworded", "editorial"})
        return dataclasses.replace(difference, classes=kept, new=None)

    def _is_told_elsewhere(self, difference: Difference) -> bool:
        """Tell whether the other home of something that moved says that it got other words."""
        sides = (difference.old, difference.new)
        own = {it.entry.id: it.id.rpartition(".")[2] for it in sides if it and it.item}
        here = self._about(difference).values()
        told = any(
            line.kind in REWORDED and not {*own.values()}.isdisjoint(line.items)
            for line in difference.declared
        )
        return len(own) > 1 and told and not any(line.kind in REWORDED for line in here)

    def _is_free(self, home: Entry) -> bool:
        """Tell whether a new home has no history yet that could tell what came into it."""
        old = self.comparison.old.get(home.kind.name, home.id)
        if old is None or not isinstance(old.facts, model.Document):
            return True
        return records.Record(old.facts, home, self.since, self.report).was_free

    def _version(self, differences: list[Difference]) -> Iterator[Problem]:
        steps = [STEPS[kind] for it in differences for kind in self.kinds(it)]
        old, new = numbers(self.old.version), numbers(self.new.version)
        if steps and new < (wanted := _raised(old, min(steps))):
            last = ".".join(map(str, wanted))
            hint = f"Raise the version from {self.old.version} to {last} or higher."
            what = what_happened(map(self.judged, differences))
            yield self.report(("version",), f"{what} since {self.since}.", hint)
        elif new < old:
            message = f"The version was {self.old.version} at {self.since}. It can't go down."
            yield self.report(("version",), message, "Raise it, or put the old one back.")

    def judged(self, difference: Difference) -> Difference:
        """Name what is reworded as its history does."""
        said = [it.kind for it in self._about(difference).values() if it.kind in REWORDED]
        kinds = [said[0] if name == "reworded" and said else name for name in difference.classes]
        return dataclasses.replace(difference, classes=tuple(kinds))  # type: ignore[arg-type]

    def kinds(self, difference: Difference) -> Iterator[str]:
        """Yield the kinds of change that a difference comes to, as people have judged it."""
        said = [change.kind for change in self._about(difference).values()]
        for name in difference.classes:
            if name == "reworded":
                yield from [kind for kind in said if kind in REWORDED] or ["clarified"]
            else:
                yield _AS_KIND.get(name, name)

    def _about(self, difference: Difference) -> dict[int, model.Change]:
        """Give the new lines of this history that are about a difference."""
        sides = (difference.old, difference.new)
        here = [it.id for it in sides if it and it.item and it.entry.id == self.entry.id]
        own = {id_.rpartition(".")[2] for id_ in here}
        return {
            number: change
            for number, change in self.history.gained.items()
            if not change.items or own.intersection(change.items)
        }

    def _notes(self, differences: list[Difference]) -> Iterator[Problem]:
        missing: dict[Class, list[Difference]] = {}
        for difference in differences:
            about = self._about(difference)
            for name in difference.classes:
                wrong = list(self._not_only_editorial(name, difference, about))
                yield from wrong
                if not wrong and not any(
                    it.kind in _fits(name, difference) for it in about.values()
                ):
                    missing.setdefault(name, []).append(difference)
        for name, found in missing.items():
            yield self._no_note(name, found)

    def _no_note(self, name: Class, differences: list[Difference]) -> Problem:
        what = what_happened([dataclasses.replace(it, classes=(name,)) for it in differences])
        message = f"{what} since {self.since}, and the history does not say so."
        kind = "clarified" if name == "reworded" else _FITS[name][0]
        raised = _raised(numbers(self.old.version), STEPS[kind])
        version = ".".join(map(str, max(raised, numbers(self.new.version))))
        own = [it.thing.id.rpartition(".")[2] for it in differences if it.thing.item]
        items = f", items: [{', '.join(own)}]" if own else ""
        head = f'version: "{version}", date: YYYY-MM-DD, kind: {kind}'
        hint = f"Add this on top, with the day and why: - {{{head}, note: …{items}}}"
        other = ", or strengthened or weakened for clarified" if name == "reworded" else ""
        return self.report(("changes",), message, f"{hint}{other}.")

    def _not_only_editorial(
        self, name: Class, difference: Difference, about: Mapping[int, model.Change]
    ) -> Iterator[Problem]:
        """Report a change that says editorial although the fingerprint is another."""
        if name != "reworded" or any(it.kind in REWORDED for it in about.values()):
            return
        for number, change in about.items():
            if change.kind == "editorial":
                message = f"This is not only editorial: '{difference.thing.id}' has other words."
                hint = "Say whether it is clarified, strengthened or weakened."
                yield self.report(("changes", number, "kind"), message, hint)

    def _claims(self, differences: tuple[Difference, ...]) -> Iterator[Problem]:
        """Report a new line that says the meaning changed, and nothing has.

        Two lines about one thing may undo each other, and then nothing differs in the end.
        """
        lines = {n: it for n, it in self.history.gained.items() if it.kind != "editorial"}
        for number, change in lines.items():
            alone = not any(_overlap(change, it) for n, it in lines.items() if n != number)
            if alone and not self.history.lost and not self._is_behind(number, differences):
                message = f"The history says '{change.kind}', and no words changed since "
                hint = "Say editorial if only what is noted changed, or take this line out."
                yield self.report(("changes", number, "kind"), f"{message}{self.since}.", hint)

    def _is_behind(self, number: int, differences: tuple[Difference, ...]) -> bool:
        """Tell whether something changed that a line of the history can be about."""
        if self.old.status != self.new.status:
            return True
        if any(it.classes != ("kept",) and number in self._about(it) for it in differences):
            return True
        return any(self._is_reached(it) for it in self.comparison.differences)

    def _is_reached(self, difference: Difference) -> bool:
        """Tell whether something elsewhere came here, or is used here."""
        if any(id_.partition(".")[0] == self.entry.id for id_ in difference.successors):
            return True
        sides = (difference.old, self.comparison.old), (difference.new, self.comparison.new)
        used = (
            library.users(thing.item)
            for thing, library in sides
            if thing and isinstance(thing.item, Practice) and difference.classes != ("kept",)
        )
        return any(entry.id == self.entry.id for users in used for entry in users)


def _fits(name: Class, difference: Difference) -> tuple[str, ...]:
    """Give the kinds that tell a change; one more question may also be told of the whole form."""
    asked = name == "added" and difference.thing.place and not difference.thing.item
    return (*_FITS[name], *REWORDED) if asked else _FITS[name]


def _overlap(one: model.Change, other: model.Change) -> bool:
    return not one.items or not other.items or not {*one.items}.isdisjoint(other.items)


def numbers(version: str) -> tuple[int, ...]:
    """Take a version apart."""
    return tuple(int(number) for number in version.split("."))


def _raised(version: tuple[int, ...], step: int) -> tuple[int, ...]:
    """Raise one of the three numbers, counted from 1; those after it start at 0 again."""
    return (*version[: step - 1], version[step - 1] + 1, *(0,) * (3 - step))
