"""What a change reaches: documents to download, answers that readers have saved, notices."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from dpup import asks, offers
from dpup.evolve import story

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpup.entries import Entry
    from dpup.evolve.compare import Comparison
    from dpup.library import Library

_FORMS: Final = ("checklist", "template")
_POLICY: Final = ("principle", "guideline")


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


def shown(comparison: Comparison) -> dict[str, Entry]:
    """Map the id of each entry whose words, or words that it shows, differ to the entry."""
    found: dict[str, Entry] = {}
    for difference in comparison.differences:
        if difference.classes == ("kept",):
            continue
        entries = (difference.thing.entry, *story.touched(difference, comparison)[0])
        found |= {entry.id: entry for entry in entries}
    return found


def resting(comparison: Comparison) -> dict[str, Entry]:
    """Map the id of each resource that rests on a changed practice to the resource."""
    pairs = (story.touched(it, comparison) for it in comparison.differences)
    return {entry.id: entry for pair in pairs for entry in pair[1]}


def documents(comparison: Comparison) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the id of each document that is made anew, with its formats."""
    entries = shown(comparison)
    for id_, entry in entries.items():
        if formats := offers.of(entry.kind.name):
            yield id_, tuple(offer.label for offer in formats)
    kinds = {entry.kind.name for entry in entries.values()}
    for id_, needs in ((offers.WHOLE_POLICY, {*_POLICY}), (offers.WHOLE_TOOLKIT, None)):
        inside = kinds & needs if needs else {e.kind.name for e in comparison.new.resources} & kinds
        if inside:
            formats = offers.of(offers.COLLECTIONS[id_].kind)
            yield id_, tuple(offer.label for offer in formats)


def notices(comparison: Comparison) -> tuple[Entry, ...]:
    """Give the templates whose fields or notices say something else."""
    return tuple(e for e in shown(comparison).values() if e.kind.name == "template")


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
