"""What a change reaches: what is due for a look, answers that readers have saved, notices."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import TYPE_CHECKING, Final

from dpup import asks, stale
from dpup.evolve import story

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpup.entries import Entry
    from dpup.evolve.compare import Comparison
    from dpup.library import Library

_FORMS: Final = ("checklist", "template")
_KEPT: Final = frozenset({"kept"})
_NO_WORDS: Final = frozenset({"kept", "refers"})


@dataclasses.dataclass(frozen=True, slots=True)
class Answers:
    """What becomes of the saved answers to one form."""

    form: Entry
    again: tuple[str, ...]
    """Ids of what is asked in other words: an answer asks to be looked at again."""
    ended: tuple[str, ...]
    """Ids of what is not asked any more: an answer is kept in a list of its own."""
    new: tuple[str, ...]
    """Ids of what was not asked before."""
    kept: int
    """How many answers stay as they are."""


def shown(comparison: Comparison, silent: frozenset[str] = _KEPT) -> dict[str, Entry]:
    """Map the id of each entry whose words, or words that it shows, differ to the entry.

    What is only of ``silent`` classes does not count.
    """
    found: dict[str, Entry] = {}
    for difference in comparison.differences:
        if not silent.issuperset(difference.classes):
            entries = (difference.thing.entry, *story.touched(difference, comparison)[0])
            found |= {entry.id: entry for entry in entries}
    homes = (comparison.new.get(*key) for key in comparison.left)
    return found | {entry.id: entry for entry in homes if entry}


def again(comparison: Comparison) -> tuple[str, ...]:
    """Give the ids of what is to be looked at again, for a reason that did not hold before.

    The same function tells the stale report, so that the two can't disagree.
    """
    old, new = comparison.old, comparison.new
    found = []
    for entry in new.entries:
        if why := _why(new, entry):
            before = old.get(entry.kind.name, entry.id)
            if why - (_why(old, before) if before else Counter()):
                found.append(entry.id)
    return tuple(found)


def _why(library: Library, entry: Entry) -> Counter[tuple[object, ...]]:
    """Count what calls for a look; by its day and its things, as a note may be put right."""
    return Counter(
        (why.name, why.day, *(thing.id for thing in why.against))
        for why in stale.news(library, entry)
    )


def notices(comparison: Comparison) -> tuple[Entry, ...]:
    """Give the templates whose fields or notices say something else."""
    found = shown(comparison, _NO_WORDS).values()
    return tuple(e for e in found if comparison.new.get("template", e.id) == e)


def answers(comparison: Comparison) -> Iterator[Answers]:
    """Yield what becomes of saved answers, for each form that asks something else than before."""
    reached = shown(comparison)
    for kind in _FORMS:
        for form in comparison.new.of(kind):
            old = comparison.old.get(kind, form.id)
            if old is None or form.id not in reached:
                continue
            before, after = _asked(old, comparison.old), _asked(form, comparison.new)
            again = tuple(id_ for id_ in after if before.get(id_, after[id_]) != after[id_])
            ended = tuple(id_ for id_ in before if id_ not in after)
            new = tuple(id_ for id_ in after if id_ not in before)
            if again or ended or new:
                yield Answers(form, again, ended, new, len(after) - len(again) - len(new))


def _asked(form: Entry, library: Library) -> Mapping[str, str]:
    sections = asks.of(form, library.index)
    return {id_: ask.fingerprint for id_, ask in asks.by_id(sections).items()}
