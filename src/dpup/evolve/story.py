"""A comparison in words, before it has a format: entry by entry, and thing by thing inside."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Final

from dpup import model
from dpup.entries import Practice
from dpup.evolve import histories, sides, things
from dpup.evolve.fates import REWORDED
from dpup.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.entries import Entry
    from dpup.evolve.compare import Comparison, Difference
    from dpup.evolve.sides import Field
    from dpup.evolve.things import Lines, Thing


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """One thing that differs, in words."""

    label: str
    """What readers call its kind: ``practice``."""
    id: str
    title: str
    classes: tuple[str, ...]
    sentence: str
    """What became of it."""
    fields: tuple[Field, ...]
    shown_in: tuple[Entry, ...] = ()
    """Resources that show its words, kind by kind."""
    resting: tuple[Entry, ...] = ()
    """Resources that rest on it without showing its words."""
    is_elsewhere: bool = False
    """Whether it has left this entry, so that its words are told where it stands now."""


@dataclasses.dataclass(frozen=True, slots=True)
class Chapter:
    """What differs in one entry."""

    entry: Entry
    before: str
    """The version of the older side; empty where there is none."""
    after: str
    changes: tuple[model.Change, ...]
    """What its history has gained, newest first."""
    told: tuple[Told, ...]


def of(comparison: Comparison) -> tuple[Chapter, ...]:
    """Tell a comparison: the policy first, then the toolkit, each in its reading order."""
    keys = {**comparison.by_entry, **comparison.left}
    kinds = list(KINDS)
    chapters = (_chapter(comparison, key) for key in keys)
    return tuple(
        sorted(chapters, key=lambda it: (kinds.index(it.entry.kind.name), it.entry.sort_key))
    )


def _chapter(comparison: Comparison, key: tuple[str, str]) -> Chapter:
    old, new = comparison.old.get(*key), comparison.new.get(*key)
    differences = comparison.by_entry.get(key, ())
    if old is None:
        old = _under_another_id(differences)
    before, after = (histories.of(entry.facts) if entry else () for entry in (old, new))
    told = [_told(difference, comparison) for difference in differences]
    told += [_told_elsewhere(difference) for difference in comparison.left.get(key, ())]
    return Chapter(
        entry=new or differences[0].thing.entry,
        before=_version(old),
        after=_version(new),
        changes=tuple(histories.compared(before, after).gained.values()),
        told=tuple(told),
    )


def _under_another_id(differences: tuple[Difference, ...]) -> Entry | None:
    """Find what an entry was before it got another id: its history goes on."""
    moved = (it.old for it in differences if it.old and not it.thing.item)
    return next((it.entry for it in moved), None)


def _version(entry: Entry | None) -> str:
    return str(getattr(entry.facts, "version", "")) if entry else ""


def _told(difference: Difference, comparison: Comparison) -> Told:
    thing = difference.thing
    shown, resting = touched(difference, comparison)
    label = thing.label if thing.item else thing.label.lower()
    return Told(
        label=label,
        id=difference.old.id if difference.old else thing.id,
        title=thing.title,
        classes=difference.classes,
        sentence=sentence(difference),
        fields=_fields(difference),
        shown_in=shown,
        resting=resting,
    )


def _fields(difference: Difference) -> tuple[Field, ...]:
    """Give what differs; what came or went is given with all that it says."""
    came = difference.new if _CAME.intersection(difference.classes) else None
    went = difference.old if _WENT.intersection(difference.classes) else None
    if "moved" in difference.classes:  # its words stand elsewhere now
        went = None
    known = {field.name for field in difference.fields}
    whole = (
        *(sides.Field(key, (), lines) for key, lines in _said(came)),
        *(sides.Field(key, lines, ()) for key, lines in _said(went)),
    )
    return (*(field for field in whole if field.name not in known), *difference.fields)


_CAME: Final = frozenset({"added", "restored"})
_WENT: Final = frozenset({"withdrawn", "split", "merged", "gone"})


def _said(thing: Thing | None) -> Iterator[tuple[str, Lines]]:
    for key, lines in thing.says.items() if thing else ():
        if key.partition(".")[0] != sides.STONE and not things.is_bookkeeping(key):
            yield key, lines


def _told_elsewhere(difference: Difference) -> Told:
    """Tell an entry's own readers that something has left it."""
    old = difference.old or difference.thing
    label = old.label if old.item else old.label.lower()
    said = sentence(difference)
    return Told(label, old.id, old.title, difference.classes, said, (), is_elsewhere=True)


@functools.lru_cache(maxsize=10_000)  # a packet asks again for each of its parts
def touched(
    difference: Difference, comparison: Comparison
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Give the resources that show a changed practice, then or now, and those that rest on it.

    What only rests on it is to be looked at where its meaning is not the same any more.
    """
    shown: dict[str, Entry] = {}
    users: dict[str, Entry] = {}
    sides = ((difference.old, comparison.old), (difference.new, comparison.new))
    for thing, library in sides if difference.classes != ("kept",) else ():
        if thing is None or not isinstance(thing.item, Practice):
            continue
        for entry in library.users(thing.item):
            users[entry.id] = entry
            if thing.item.id in library.shows(entry) and _meets(entry, difference):
                shown[entry.id] = entry
    means = not _MEANT.isdisjoint(difference.classes)
    resting = [entry for id_, entry in users.items() if means and id_ not in shown]
    return tuple(shown.values()), tuple(resting)


def _meets(entry: Entry, difference: Difference) -> bool:
    """Tell whether what differs is shown: a checklist asks the question of a practice only."""
    if entry.kind.name != "checklist" or not _WORDS.issuperset(difference.classes):
        return True
    return any(field.name in _ASKED for field in difference.fields)


_WORDS: Final = frozenset({"reworded", "editorial", "refers"})
_ASKED: Final = frozenset({"question", "laws"})
_MEANT: Final = frozenset({"reworded", "split", "merged", "withdrawn", "gone"})


def sentence(difference: Difference) -> str:
    """Say what became of a thing, without naming it: it starts in lower case."""
    return "; ".join(filter(None, (_clause(name, difference) for name in difference.classes)))


def _clause(name: str, difference: Difference) -> str:
    if name in _CLAUSES:
        return _CLAUSES[name](difference)
    if name in {"split", "merged"}:
        return f"{name} into {listed(difference.successors)}"
    if name in {"withdrawn", "restored"}:
        return _stone(name, difference)
    return "its old id is gone" if name == "gone" and difference.new else _PLAIN[name]


_PLAIN = {
    "editorial": "changed in its style; its meaning stays",
    "gone": "gone, and nothing says what became of it",
    "reordered": "in another order",
    "refers": "names other practices; its own words are the same",
}


def _added(difference: Difference) -> str:
    thing = difference.thing
    under = f" under “{thing.place_title}”" if thing.place_title else ""
    origin = f", out of {listed(difference.predecessors)}" if difference.predecessors else ""
    return f"added{under}{origin}"


def _reworded(difference: Difference) -> str:
    kinds = {change.kind for change in difference.declared}
    said = [kind for kind in REWORDED if kind in kinds]
    name = "reworded" if difference.thing.item else "changed in what it says"
    if all(field.name.startswith("withdrawn.") for field in difference.fields):
        name = "its tombstone changed"
    if not isinstance(difference.thing.entry.facts, model.Document):
        return name  # lists keep no history
    if said:
        return f"{name}, {' and '.join(said)} as its history says"
    return f"{name}; its history does not say whether that clarifies, strengthens or weakens it"


def _moved(difference: Difference) -> str:
    old, new = difference.old, difference.new
    if difference.successors or old is None or new is None:
        return f"moved to {listed(difference.successors)}"
    return f"moved from “{old.place_title}” to “{new.place_title}”"


def _kept(difference: Difference) -> str:
    names = [field.name for field in difference.fields]
    known = [said for name, said in _NOTED.items() if name in names]
    rest = [] if names and set(names) <= _NOTED.keys() else ["what is noted about it"]
    return f"the same in words; {listed((*known, *rest))} changed"


_NOTED: Final = {"version": "its version", "changes": "its history", "approved": "its approval"}
_CLAUSES = {"added": _added, "reworded": _reworded, "moved": _moved, "kept": _kept}


def _stone(name: str, difference: Difference) -> str:
    side = difference.new if name == "withdrawn" else difference.old
    stone = side.withdrawal if side else None
    if stone is None:
        return name
    if name == "restored":
        return f"brought back; it was withdrawn on {stone.date}"
    heirs = f"; in its place: {listed(difference.successors)}" if difference.successors else ""
    return f"withdrawn on {stone.date}: {stone.reason.rstrip('.')}{heirs}"


def listed(names: tuple[str, ...]) -> str:
    """Join names as in a sentence."""
    return " and ".join([*([", ".join(names[:-1])] if names[:-1] else []), *names[-1:]])


def counts(chapters: tuple[Chapter, ...]) -> Iterator[tuple[str, str, int]]:
    """Yield label, class and number of what differs, each label's classes together."""
    found: dict[tuple[str, str], int] = {}
    for told in (it for chapter in chapters for it in chapter.told if not it.is_elsewhere):
        # What stands under another id without a tombstone is one thing: it has moved.
        once = {"gone"} if "moved" in told.classes else set()
        for name in (it for it in told.classes if it not in once):
            found[told.label, name] = found.get((told.label, name), 0) + 1
    for (label, name), number in sorted(found.items()):
        yield label, name, number
