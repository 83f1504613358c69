"""What has to be checked again, why, and against what.

Nothing here asks for the day of today: a reason has the day from which it holds, and who knows
the day leaves out what lies ahead. So a page can list everything and be built the same for ever.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections import Counter
from typing import TYPE_CHECKING, Final

from dpup import links, meaning, model, reference, reviews
from dpup.days import spoken_day
from dpup.entries import Entry, Practice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dpup.library import Library

    Finder = Callable[[Library, Entry, model.Document], Iterator["Reason"]]

OVERDUE: Final = "overdue"
PRACTICE: Final = "practice"
_ENDED: Final = {"withdrawn", "superseded"}
_AS_BEFORE: Final = {"editorial"}
"""Changes that leave the meaning as it was."""
_CHANGED: Final = "changed on"
_GONE: Final = "has been gone since"


@dataclasses.dataclass(frozen=True, slots=True)
class Reason:
    """Why an entry has to be looked at again."""

    name: str
    """One word: overdue, law, source, practice, never, review."""
    day: dt.date
    """The day from which it holds; for the date of the next check, the last day that is in time."""
    text: str
    """The reason as a sentence."""
    against: tuple[Entry | Practice, ...] = ()
    """The sources, laws and practices to hold the entry against."""
    calls: bool = True
    """False for what is only good to know: it makes nothing due."""

    @property
    def practices(self) -> tuple[Practice, ...]:
        """The practices to hold the entry against."""
        return tuple(thing for thing in self.against if isinstance(thing, Practice))

    @property
    def documents(self) -> tuple[Entry, ...]:
        """The sources and laws to hold the entry against."""
        return tuple(thing for thing in self.against if isinstance(thing, Entry))

    def holds(self, today: dt.date) -> bool:
        """Tell whether it holds on a day."""
        return self.day < today if self.name == OVERDUE else self.day <= today


@dataclasses.dataclass(frozen=True, slots=True)
class Due:
    """An entry with its reasons."""

    entry: Entry
    facts: model.Document
    reasons: tuple[Reason, ...]

    @property
    def calling(self) -> tuple[Reason, ...]:
        """The reasons that make it due, the oldest first."""
        return tuple(sorted((r for r in self.reasons if r.calls), key=lambda r: r.day))

    @property
    def notes(self) -> tuple[Reason, ...]:
        """What is only good to know."""
        return tuple(reason for reason in self.reasons if not reason.calls)

    @property
    def day(self) -> dt.date:
        """The day on which it is or was due."""
        return self.calling[0].day if self.calling else self.facts.review_by


def due(library: Library, today: dt.date | None = None) -> tuple[Due, ...]:
    """Give the entries that have a reason, by the day on which they are due.

    With a day only reasons count that hold on it.
    """
    found = [
        Due(entry, entry.facts, why)
        for entry in library.entries
        if isinstance(entry.facts, model.Document) and (why := reasons(library, entry, today))
    ]
    return tuple(sorted(found, key=lambda item: (item.day, item.entry.sort_key)))


def months(library: Library) -> tuple[tuple[str, tuple[Due, ...]], ...]:
    """Give every entry by the month in which it is due, whatever the day is."""
    groups: dict[str, list[Due]] = {}
    for item in due(library):
        groups.setdefault(said(item.day).partition(" ")[2], []).append(item)
    return tuple((month, tuple(items)) for month, items in groups.items())


def reasons(library: Library, entry: Entry, today: dt.date | None = None) -> tuple[Reason, ...]:
    """Say why an entry has to be looked at again: today, or ever when no day is given."""
    facts = entry.facts
    if not isinstance(facts, model.Document) or facts.status in _ENDED:
        return ()
    found = (reason for find in FINDERS for reason in find(library, entry, facts))
    return tuple(reason for reason in found if today is None or reason.holds(today))


def news(library: Library, entry: Entry) -> Iterator[Reason]:
    """Yield what calls for a look because something changed, and not because time has passed."""
    facts = entry.facts
    if isinstance(facts, model.Document) and facts.status not in _ENDED:
        for find in (_laws, _sources, _practices):
            yield from find(library, entry, facts)


def _date(library: Library, entry: Entry, facts: model.Document) -> Iterator[Reason]:
    """Yield the next check."""
    text = f"To be checked by {said(facts.review_by)}; last checked on {said(facts.reviewed)}."
    used = tuple(item for item in library.uses(entry) if item.entry is not entry)
    named = (*_named(library, entry, "source"), *_named(library, entry, "law"))
    against: tuple[Entry | Practice, ...] = (*named, *used)
    yield Reason(OVERDUE, facts.review_by, text, against)


def _laws(library: Library, entry: Entry, facts: model.Document) -> Iterator[Reason]:
    """Yield laws that changed or came into force after the last check."""
    if _newest_of_laws(library) <= facts.reviewed:
        return  # to find the laws behind an entry takes far longer
    for law in _laws_behind(library, entry):
        if not isinstance(law.facts, reference.Law):
            continue
        start = law.facts.in_force
        if start and start > facts.reviewed:
            text = f"{law.label} applies from {said(start)}, after the last check."
            yield Reason("law", start, text, (law,))
        yield from _news("law", law, law.facts.changed, _CHANGED, facts)


@functools.lru_cache(maxsize=4)
def _newest_of_laws(library: Library) -> dt.date:
    """Give the newest day on which a law changed or came into force."""
    laws = [law.facts for law in library.of("law") if isinstance(law.facts, reference.Law)]
    days = [day for law in laws for day in (law.in_force, law.changed and law.changed.date) if day]
    return max(days, default=dt.date.min)


def _sources(library: Library, entry: Entry, facts: model.Document) -> Iterator[Reason]:
    """Yield sources that changed or went after the last check."""
    for source in _named(library, entry, "source"):
        if isinstance(source.facts, reference.Source):
            yield from _news("source", source, source.facts.gone, _GONE, facts)
            yield from _news("source", source, source.facts.changed, _CHANGED, facts)


def _news(
    name: str, thing: Entry, news: reference.News | None, verb: str, facts: model.Document
) -> Iterator[Reason]:
    if news and news.date > facts.reviewed:
        text = f"{thing.label} {verb} {said(news.date)}: {news.note}"
        yield Reason(name, news.date, text, (thing,))


def _practices(library: Library, entry: Entry, facts: model.Document) -> Iterator[Reason]:
    """Yield changes of the practices that it uses, after the last check.

    A change that names no practice may be about any of its entry.
    """
    found = False
    for home, used in library.by_home(library.uses(entry), entry.id):
        for change in home.facts.changes if isinstance(home.facts, model.Document) else ():
            about = tuple(p for p in used if not change.items or p.facts.id in change.items)
            if about and change.date > facts.reviewed and change.kind not in _AS_BEFORE:
                found = True
                text = (
                    f"{home.title}, whose practices it uses, changed on {said(change.date)} "
                    f"({change.kind}): {change.note}"
                )
                yield Reason(PRACTICE, change.date, text, about)
    if not found:
        yield from _since_approval(library, entry, facts)


def _since_approval(library: Library, entry: Entry, facts: model.Document) -> Iterator[Reason]:
    """Say that the practices behind an approval have other words, whatever their histories say."""
    approved = facts.approved
    if not approved or not approved.rests_on or approved.on < facts.reviewed:
        return
    used = library.uses(entry)
    if meaning.of_all(used) != approved.rests_on:
        text = (
            "The practices that it uses have other words than when "
            f"{approved.by} approved it on {said(approved.on)}."
        )
        yield Reason(PRACTICE, approved.on, text, used)


def again(library: Library, entry: Entry) -> tuple[Practice, ...]:
    """Give the changed practices for whose sake an entry is to be looked at again."""
    found = (why for why in reasons(library, entry) if why.name == PRACTICE)
    return tuple(dict.fromkeys(practice for why in found for practice in why.practices))


def _never(library: Library, entry: Entry, facts: model.Document) -> Iterator[Reason]:
    """Say that nobody has looked since it was written."""
    del library, entry
    first = facts.changes[-1].date
    if facts.reviewed <= first:
        text = f"Not checked since it was written on {said(first)}."
        yield Reason("never", first, text, calls=False)


def _open(library: Library, entry: Entry, facts: model.Document) -> Iterator[Reason]:
    """Count the points that await a reviewer, by the kind of reviewer."""
    del library
    counts = Counter(item.needs for item in reviews.of_entry(entry))
    for needs, count in sorted(counts.items()):
        points = "1 point awaits" if count == 1 else f"{count} points await"
        text = f"{points} {reviews.NEEDS[needs]}."
        yield Reason("review", facts.changes[-1].date, text, calls=False)


FINDERS: Final[tuple[Finder, ...]] = (_date, _laws, _sources, _practices, _never, _open)
"""Each yields reasons of one sort; another reason is another function in this list."""


def said(day: dt.date) -> str:
    """Write a day as people do."""
    return spoken_day(day.isoformat())


def _named(library: Library, entry: Entry, kind: str) -> tuple[Entry, ...]:
    """Give the sources or laws that an entry names anywhere, but in what it has withdrawn."""
    ids = (
        found.id
        for found in library.index.references(entry)
        if found.kind == kind and not links.is_withdrawn_at(entry.facts, found.where)
    )
    return library.resolve(kind, dict.fromkeys(ids))


def _laws_behind(library: Library, entry: Entry) -> tuple[Entry, ...]:
    """Give the laws of an entry and of the practices that it uses, each with what it is part of."""
    of_practices = (id_ for item in library.uses(entry) for id_ in item.related("law"))
    found = [*_named(library, entry, "law"), *library.resolve("law", of_practices)]
    whole = [law.facts.part_of for law in found if isinstance(law.facts, reference.Law)]
    acts = library.resolve("law", (id_ for id_ in whole if id_))
    return tuple({law.id: law for law in (*found, *acts)}.values())
