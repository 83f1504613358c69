"""What awaits a reviewer, and what has changed: two views over all entries."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from dpup import model
from dpup.safeyaml import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.entries import Entry
    from dpup.library import Library
    from dpup.safeyaml import Path


NEEDS: Final = {
    "te-reo": "a te reo Māori reviewer",
    "legal": "a legal reviewer",
    "source": "someone who can see the source",
}
"""Each kind of reviewer in words."""


@dataclasses.dataclass(frozen=True, slots=True)
class Awaiting:
    """One claim that awaits a reviewer."""

    entry: Entry
    where: str
    """The field path of what is uncertain; empty when it is the whole entry."""
    anchor: str
    """The practice in which it stands, if any."""
    needs: str
    note: str

    @property
    def uri(self) -> str:
        """The page and, for a practice, the anchor."""
        return f"{self.entry.uri}#{self.anchor}" if self.anchor else self.entry.uri


def awaiting(library: Library) -> tuple[Awaiting, ...]:
    """Everything that awaits a reviewer, by kind of reviewer and then in reading order."""
    found = [
        item
        for entry in sorted(library.entries, key=lambda entry: entry.sort_key)
        for item in of_entry(entry)
    ]
    return tuple(sorted(found, key=lambda item: item.needs))


def of_entry(entry: Entry) -> Iterator[Awaiting]:
    """Yield what awaits a reviewer in one entry, in reading order."""
    yield from _inside(entry, entry.facts, (), "")


def _inside(entry: Entry, facts: BaseModel, where: Path, anchor: str) -> Iterator[Awaiting]:
    """Walk a model and the models inside it."""
    if isinstance(facts, model.Practice | model.Group):
        anchor = facts.id
    for name in type(facts).model_fields:
        value = getattr(facts, name)
        if isinstance(value, BaseModel):
            yield from _inside(entry, value, (*where, name), anchor)
        for index, item in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(item, model.Review):
                yield Awaiting(entry, dotted(where), anchor, item.needs, item.note)
            elif isinstance(item, BaseModel):
                yield from _inside(entry, item, (*where, name, index), anchor)


@dataclasses.dataclass(frozen=True, slots=True)
class Changed:
    """One change and the entry that it belongs to."""

    entry: Entry
    change: model.Change


def history(library: Library) -> tuple[Changed, ...]:
    """Give the changes of all entries, newest first, then in reading order.

    An entry that got another name has brought its history along: its tombstone tells those lines.
    """
    entries = sorted(library.entries, key=lambda entry: entry.sort_key)
    brought = _brought(library)
    found = [
        Changed(entry, change)
        for entry in entries
        if isinstance(entry.facts, model.Document)
        for change in entry.facts.changes
        if change not in brought.get(entry.id, ())
    ]
    return tuple(sorted(found, key=lambda item: item.change.date, reverse=True))


def _brought(library: Library) -> dict[str, tuple[model.Change, ...]]:
    """Map the id of each entry that has moved to the history that stands under its old id."""
    return {
        entry.withdrawal.replaced_by[0]: entry.facts.changes
        for entry in library.entries
        if isinstance(entry.facts, model.Document)
        and entry.withdrawal
        and len(entry.withdrawal.replaced_by) == 1
        and entry.facts.changes[0].kind == "moved"
    }


def newest(library: Library) -> dt.date:
    """Give the day of the newest change of the content; 1 January 1970 without any."""
    return max((item.change.date for item in history(library)), default=dt.date(1970, 1, 1))
