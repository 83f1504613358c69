"""What a change calls for: a step of the version, a line in the history, a tombstone.

``problems`` compares an older state with the files of today and says, at the line, what is missing.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from dpup import model
from dpup.evolve.compare import REWORDED, Comparison, Difference
from dpup.pointing import Pointer
from dpup.problems import Problem, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
    "reworded": REWORDED,
    "moved": ("moved", "added"),
    "split": ("split",),
    "merged": ("merged",),
    "withdrawn": ("withdrawn",),
    "restored": ("added",),
}
_PAST: Final[Mapping[Class, str]] = {
    "editorial": "changed in its style",
    "restored": "brought back",
}


def problems(comparison: Comparison, since: str) -> tuple[Problem, ...]:
    """Say what is missing in the newer state; ``since`` names the older one to the reader."""
    found: list[Problem] = [*_gone(comparison, since)]
    for key, differences in _concerned(comparison).items():
        old = comparison.old.get(*key)
        new = comparison.new.get(*key)
        if old and new and isinstance(old.facts, model.Document):
            case = _Case(old.facts, new, since, Pointer(new, comparison.new.sources))
            found += case.problems(differences)
    return in_order(found)


def edition(comparison: Comparison, newest: str) -> tuple[str, str]:
    """Give the lowest version that an edition with these changes may have, and why.

    Entries without a history, such as those of lists, call for a step of the last number.
    """
    judged = [pair for key in comparison.by_entry for pair in _judged(comparison, key, newest)]
    step = min((step for step, _ in judged), default=3)
    why = _what(difference for least, difference in judged if least == step)
    return ".".join(map(str, _raised(numbers(newest), step))), why or "Something changed"


def _judged(comparison: Comparison, key: Key, since: str) -> Iterator[tuple[int, Difference]]:
    """Yield what differs in a document, with the largest step that it calls for."""
    old, new = comparison.old.get(*key), comparison.new.get(*key)
    if new is None or not isinstance(new.facts, model.Document):
        return
    before = old.facts if old and isinstance(old.facts, model.Document) else None
    unborn = model.Document.model_construct(changes=())  # type: ignore[call-arg] # no history yet
    case = _Case(before or unborn, new, since, Pointer(new, {}))
    for difference in comparison.by_entry[key]:
        counted = tuple(name for name in difference.classes if name in _FITS)
        told = dataclasses.replace(difference, classes=counted)
        if counted:
            yield min(STEPS[kind] for kind in case.kinds(told)), case.judged(told)


def _concerned(comparison: Comparison) -> Mapping[Key, tuple[Difference, ...]]:
    """Map each entry to what differs in it; what moved away concerns its old home as well."""
    found = {key: list(inside) for key, inside in comparison.by_entry.items()}
    for difference in comparison.differences:
        home = difference.old.entry if difference.old else difference.thing.entry
        inside = found.setdefault((home.kind.name, home.id), [])
        if difference not in inside:
            inside.append(difference)
    for entry in comparison.new.entries:  # a history may be rewritten where nothing else changed
        key = (entry.kind.name, entry.id)
        if key not in found and comparison.old.get(*key) not in {None, entry}:
            found[key] = []
    return {key: tuple(inside) for key, inside in found.items()}


def _gone(comparison: Comparison, since: str) -> Iterator[Problem]:
    """Report ids that have vanished: they are printed, linked and kept in answers."""
    for difference in comparison.differences:
        thing = difference.old
        if "gone" not in difference.classes or thing is None:
            continue
        home = thing.entry
        kept = comparison.new.get(home.kind.name, home.id)
        known = home.kind.has_page or thing.item
        if not known or (thing.item and not kept):
            continue
        where = "It stands now as '{}'. ".format(*difference.successors) if difference.new else ""
        heirs = f"replaced_by: [{', '.join(difference.successors)}]" if difference.new else ""
        after = heirs or "what replaces it, if anything does"
        message = f"'{thing.id}' has gone since {since}. {where}An id is kept for good.".strip()
        hint = f"Put it back with withdrawn: and a date, a reason and {after}."
        if not isinstance(home.facts, model.Document):
            hint = "Put it back."
        path, line = (kept.path, kept.line) if kept else (home.path, 1)
        yield Problem(path, line, 1, "", message, hint)


class _Case:
    """One document on both sides, with what differs in it."""

    def __init__(self, old: model.Document, entry: Entry, since: str, report: Pointer) -> None:
        self.old, self.entry, self.since, self.report = old, entry, since, report
        self.new: model.Document = entry.facts  # type: ignore[assignment] # see problems
        before = [_mark(change) for change in old.changes]
        self.gained = {
            number: change
            for number, change in enumerate(self.new.changes)
            if _mark(change) not in before
        }

    def problems(self, differences: tuple[Difference, ...]) -> Iterator[Problem]:
        """Say what is missing in the newer side."""
        yield from self._history()
        yield from self._approval()
        if self.old.status != "draft":
            told = [it for it in map(self._seen_from_here, differences) if it.classes]
            yield from self._version(told)
            yield from self._notes(told)

    def _seen_from_here(self, difference: Difference) -> Difference:
        """Leave out what concerns only the new home of something that has moved away."""
        home = difference.old.entry.id if difference.old else ""
        leaves = home == self.entry.id != difference.thing.entry.id
        classes = [name for name in difference.classes if name in _FITS]
        if not leaves:
            return dataclasses.replace(difference, classes=tuple(classes))
        kept = tuple(name for name in classes if name not in {"reworded", "editorial"})
        return dataclasses.replace(difference, classes=kept, new=None)

    def _version(self, differences: list[Difference]) -> Iterator[Problem]:
        steps = [STEPS[kind] for it in differences for kind in self.kinds(it)]
        old, new = numbers(self.old.version), numbers(self.new.version)
        if steps and new < (wanted := _raised(old, min(steps))):
            last = ".".join(map(str, wanted))
            hint = f"Raise the version from {self.old.version} to {last} or higher."
            what = _what(map(self.judged, differences))
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
                yield "added" if name == "restored" else name

    def _about(self, difference: Difference) -> dict[int, model.Change]:
        """Give the new lines of this history that are about a difference."""
        sides = (difference.old, difference.new)
        here = [it.id for it in sides if it and it.item and it.entry.id == self.entry.id]
        own = {id_.rpartition(".")[2] for id_ in here}
        return {
            number: change
            for number, change in self.gained.items()
            if not change.items or own.intersection(change.items)
        }

    def _notes(self, differences: list[Difference]) -> Iterator[Problem]:
        missing: dict[Class, list[Difference]] = {}
        for difference in differences:
            about = self._about(difference)
            for name in difference.classes:
                wrong = list(self._not_only_editorial(name, difference, about))
                yield from wrong
                if not wrong and not any(it.kind in _FITS[name] for it in about.values()):
                    missing.setdefault(name, []).append(difference)
        for name, found in missing.items():
            yield self._no_note(name, found)

    def _no_note(self, name: Class, differences: list[Difference]) -> Problem:
        what = _what([dataclasses.replace(it, classes=(name,)) for it in differences])
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

    def _history(self) -> Iterator[Problem]:
        now = [_mark(change) for change in self.new.changes]
        for change in self.old.changes:
            if _mark(change) not in now:
                line = f"{change.version} of {change.date} ({change.kind})"
                message = f"The change {line} has gone from the history since {self.since}."
                yield self.report(("changes",), message, "Put it back as it was.")

    def _approval(self) -> Iterator[Problem]:
        old = self.old.approved
        if old and not self.new.approved and not self.new.withdrawn:
            message = f"The approval by {old.by} of {old.on} has been taken out."
            hint = f"Put it back, or have the words approved anew: dpup approve {self.entry.id}."
            yield self.report(("changes",), message, hint)


def _mark(change: model.Change) -> tuple[str, str, str]:
    """Tell a change from others; its note may be mended."""
    return change.version, change.date.isoformat(), change.kind


def numbers(version: str) -> tuple[int, ...]:
    """Take a version apart."""
    return tuple(int(number) for number in version.split("."))


def _raised(version: tuple[int, ...], step: int) -> tuple[int, ...]:
    """Raise one of the three numbers, counted from 1; those after it start at 0 again."""
    return (*version[: step - 1], version[step - 1] + 1, *(0,) * (3 - step))


def _what(differences: Iterable[Difference]) -> str:
    """Say what happened to which things, as the start of a sentence."""
    told: dict[str, list[str]] = {}
    for difference in differences:
        past = " and ".join(_past(name, difference) for name in difference.classes)
        told.setdefault(past, []).append(f"'{difference.thing.id}'")
    parts = [
        f"{_few(ids)} {'was' if len(ids) == 1 else 'were'} {past}" for past, ids in told.items()
    ]
    return "; ".join(parts)


def _past(name: Class, difference: Difference) -> str:
    entry = name == "reworded" and not difference.thing.item
    return "changed in what it says" if entry else _PAST.get(name, name)


def _few(ids: list[str]) -> str:
    """Name a few of many."""
    shown = ids if len(ids) <= _SHOWN else [*ids[: _SHOWN - 1], f"{len(ids) - _SHOWN + 1} more"]
    return " and ".join([*([", ".join(shown[:-1])] if shown[:-1] else []), shown[-1]])


_SHOWN: Final = 4
