"""What stays as it was: ids, the older lines of a history, approvals, the words of tombstones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpup import model
from dpup.evolve import histories, sides
from dpup.evolve.compare import has_new_words_on_stone
from dpup.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dpup.entries import Entry
    from dpup.evolve.compare import Comparison, Difference
    from dpup.evolve.things import Thing
    from dpup.pointing import Pointer
    from dpup.safeyaml import Path


def gone(comparison: Comparison, since: str) -> Iterator[Problem]:
    """Report ids that have vanished: they are printed, linked and kept in answers."""
    for difference in comparison.differences:
        thing = difference.old
        if "gone" not in difference.classes or thing is None:
            continue
        kept = comparison.new.get(thing.entry.kind.name, thing.entry.id)
        if not thing.item or kept:
            yield _gone(thing, kept, difference.successors, since)


def _gone(thing: Thing, kept: Entry | None, heirs: tuple[str, ...], since: str) -> Problem:
    home = thing.entry
    path, line = (kept.path, kept.line) if kept else (home.path, 1)
    where = "It stands now as '{}'. ".format(*heirs) if heirs else ""
    message = f"'{thing.id}' has gone since {since}. {where}An id is kept for good.".strip()
    after = f"replaced_by: [{', '.join(heirs)}]" if heirs else "what replaces it, if anything does"
    hint = f"Put it back with withdrawn: and a date, a reason and {after}."
    if isinstance(home.facts, model.Document):
        return Problem(path, line, 1, "", message, hint)
    if home.kind.has_page:
        return Problem(path, line, 1, "", message, "Put it back.")
    # A word or source is a line on a page of many, which may go when nothing needs it any more.
    message = f"The {home.kind.label.lower()} '{thing.id}' has gone since {since}. {where}".strip()
    hint = "Put it back, unless nothing outside of this site links to it either."
    return Problem(path, line, 1, "", message, hint, "warning")


class Record:
    """What is noted about one document on both sides."""

    def __init__(self, old: model.Document, entry: Entry, since: str, report: Pointer) -> None:
        self.old, self.entry, self.since, self.report = old, entry, since, report
        self.new: model.Document = entry.facts  # type: ignore[assignment] # see demands
        self.history = histories.compared(old.changes, self.new.changes)

    @property
    def was_free(self) -> bool:
        """Whether it was a draft that has never been anything else: nobody relied on it.

        Whoever makes a draft of something published has to note it, so that it has two lines.
        """
        return self.old.status == "draft" and len(self.old.changes) <= 1

    def problems(self, differences: Iterable[Difference]) -> Iterator[Problem]:
        """Say what is not as it was, and has to be."""
        yield from self._history()
        yield from self._approval()
        yield from self._status()
        if not self.was_free:
            for difference in differences:
                yield from self._tombstone(difference)

    def _history(self) -> Iterator[Problem]:
        for change in self.history.lost:
            message = f"The change {_line(change)} has gone from the history since {self.since}."
            yield self.report(("changes",), message, "Put it back as it was.")
        for change, number in () if self.was_free else self.history.altered:
            now = self.new.changes[number]
            if histories.is_mended(change, now):
                continue
            other = now.items and sorted(now.items) != sorted(change.items)
            where = ("changes", number, "items" if other else "note")
            message = f"The change {_line(change)} says something else than at {self.since}."
            hint = "Put it back as it was; what has to be put right is a new change on top."
            yield self.report(where, message, hint)

    def _approval(self) -> Iterator[Problem]:
        old = self.old.approved
        if old and not self.new.approved and not self.new.withdrawn:
            message = f"The approval by {old.by} of {old.on} has been taken out."
            hint = f"Put it back, or have the words approved anew: dpup approve {self.entry.id}."
            yield self.report(("changes",), message, hint)

    def _status(self) -> Iterator[Problem]:
        """Ask why something is a draft again: a draft may change freely."""
        old = self.old.status
        if old != "draft" and self.new.status == "draft" and not self.history.gained:
            message = f"This was {old} at {self.since} and is a draft now, and nothing says why."
            hint = (
                f"Leave it {old} and note each change, or withdraw it. If it has to be a draft "
                "again, add a change of the kind editorial on top that says why."
            )
            yield self.report(("status",), message, hint)

    def _tombstone(self, difference: Difference) -> Iterator[Problem]:
        if has_new_words_on_stone(difference):
            keys = [it.name for it in difference.fields if sides.is_said(it)]
            message = (
                f"'{difference.thing.id}' was withdrawn since {self.since}, and it says something "
                f"else than before: {', '.join(keys)}. A tombstone keeps its words."
            )
            hint = "Put them back. What replaces it can say it in other words."
            yield self.report((*self._spot(difference.thing), "withdrawn"), message, hint)

    def _spot(self, thing: Thing) -> Path:
        if not thing.item:
            return ()
        own = thing.id.rpartition(".")[2]
        return next((where[:-1] for where, id_ in self.entry.local_ids if id_ == own), ())


def _line(change: model.Change) -> str:
    return f"{change.version} of {change.date} ({change.kind})"
