"""What has to be checked again, by owner: as data, as text and as the Markdown of an issue."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from dpup import reference, reviews, stale
from dpup.entries import Practice
from dpup.problems import visible

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from dpup.entries import Entry
    from dpup.library import Library
    from dpup.owners import Owners
    from dpup.stale import Due, Reason

ROOM: Final = 60_000
"""GitHub takes 65,536 characters in an issue."""
_SIGNS: Final = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")


@dataclasses.dataclass(frozen=True)
class Report:
    """What holds on one day."""

    today: dt.date
    due: tuple[tuple[str, tuple[Due, ...]], ...]
    """Owners with what they have to look at, the oldest first."""
    fresh: tuple[tuple[str, tuple[Due, ...]], ...]
    """Owners with what is not due and yet has something to know about it."""
    awaiting: tuple[tuple[str, int], ...]
    """How many points of all entries await each kind of reviewer."""

    @property
    def count(self) -> int:
        """How many entries are due."""
        return sum(len(items) for _, items in self.due)


def of(library: Library, owners: Owners, today: dt.date) -> Report:
    """Sort what holds on a day by owner."""
    found = stale.due(library, today)
    counts = Counter(item.needs for item in reviews.awaiting(library))
    return Report(
        today,
        _by_owner((item for item in found if item.calling), owners),
        _by_owner((item for item in found if not item.calling), owners),
        tuple(sorted(counts.items())),
    )


def _by_owner(found: Iterable[Due], owners: Owners) -> tuple[tuple[str, tuple[Due, ...]], ...]:
    groups: dict[str, list[Due]] = {}
    for item in found:
        groups.setdefault(owners.label(item.entry.path), []).append(item)
    return tuple((owner, tuple(items)) for owner, items in sorted(groups.items()))


def as_data(report: Report) -> dict[str, Any]:
    """Give all of it as plain data."""
    groups = [(True, *group) for group in report.due] + [(False, *group) for group in report.fresh]
    return {
        "today": report.today.isoformat(),
        "due": report.count,
        "awaiting": dict(report.awaiting),
        "entries": [
            {"owner": owner, "due": is_due, **_entry_data(item)}
            for is_due, owner, items in groups
            for item in items
        ],
    }


def _entry_data(item: Due) -> dict[str, Any]:
    return {
        "id": item.entry.id,
        "kind": item.entry.kind.name,
        "title": item.entry.title,
        "path": item.entry.path,
        "reviewed": item.facts.reviewed.isoformat(),
        "review_by": item.facts.review_by.isoformat(),
        "reasons": [_reason_data(reason) for reason in item.reasons],
    }


def _reason_data(reason: Reason) -> dict[str, Any]:
    return {
        "reason": reason.name,
        "since": reason.day.isoformat(),
        "text": reason.text,
        "calls": reason.calls,
        "against": [
            {"kind": kind_of(thing), "id": thing.id, "title": thing.title, "url": url_of(thing)}
            for thing in reason.against
        ],
    }


def kind_of(thing: Entry | Practice) -> str:
    """Say what a thing to look at is."""
    return "practice" if isinstance(thing, Practice) else thing.kind.name


def url_of(thing: Entry | Practice) -> str:
    """Give the address of a source or law on the web, where it has one."""
    return str(getattr(thing.facts, "url", None) or "")


def as_text(report: Report) -> str:
    """Write it for a terminal."""
    lines = [f"{_counted(report.count)} on {stale.said(report.today)}."]
    for owner, items in report.due:
        lines += ["", f"{owner}:"]
        for item in items:
            lines += ["", f"  {item.entry.path}: {item.entry.title}"]
            lines += (line for told in _told(item) for line in _reason_text(*told))
    for owner, items in report.fresh:
        lines += ["", f"Not due, {owner}:"]
        lines += (f"  {item.entry.path}: {_brief(item)}" for item in items)
    return "\n".join(visible(line) for line in [*lines, *_awaiting(report)])


def _counted(count: int) -> str:
    what = {0: "Nothing is", 1: "1 entry is"}.get(count, f"{count} entries are")
    return f"{what} due for review"


def _brief(item: Due) -> str:
    notes = " ".join(reason.text for reason in item.notes)
    return f"to be checked by {stale.said(item.facts.review_by)}. {notes}"


def _told(item: Due) -> Iterator[tuple[Reason, list[Entry | Practice]]]:
    """Yield what calls for a look by its day, then the rest; name each thing to look at once."""
    named: set[tuple[str, str]] = set()
    for reason in sorted(item.reasons, key=lambda it: (not it.calls, it.day)):
        things = [it for it in reason.against if (kind_of(it), it.id) not in named]
        named |= {(kind_of(it), it.id) for it in things}
        yield reason, things


def _reason_text(reason: Reason, things: list[Entry | Practice]) -> list[str]:
    told = (f"      {kind_of(thing)}: {_named(thing)}" for thing in things)
    return [f"    - {reason.name}: {reason.text}", *told]


def _named(thing: Entry | Practice) -> str:
    if isinstance(thing, Practice):
        return f"{thing.id}: {thing.title}"
    return f"{_title(thing)} {url_of(thing)}".strip()


def _title(thing: Entry) -> str:
    """Name a law by both its names, and a source without an address by who published it."""
    if isinstance(thing.facts, reference.Source) and not thing.facts.url:
        return f"{thing.title}, {thing.facts.publisher}"
    return thing.title if thing.label == thing.title else f"{thing.label}, {thing.title}"


def _awaiting(report: Report) -> list[str]:
    """Say how much awaits reviewers, and which command lists it."""
    if not report.awaiting:
        return []
    told = ", ".join(f"{count} {needs}" for needs, count in report.awaiting)
    return ["", f"Points that await a reviewer: {told}. `dpup report --review` lists them."]


def as_markdown(report: Report) -> str:
    """Write it for an issue, and no more than an issue can hold."""
    lines = [f"{_counted(report.count)} on {stale.said(report.today)}.", *_TASK]
    room = ROOM
    left = 0
    for owner, items in report.due:
        lines += ["", f"## {owner}", ""]
        for item in items:
            told = _item(item)
            room -= sum(len(line) + 1 for line in told)
            lines += told if room > 0 else []
            left += room <= 0
    if left:
        lines += ["", f"{left} more have no room here. `dpup report --stale` lists all."]
    return "\n".join([*lines, *_awaiting(report)])


_TASK: Final = (
    "",
    (
        "Hold each entry against what stands below it. Mend what no longer holds. Then set its "
        "`reviewed` to the day you did so and `review_by` to a later day. Say in the pull request "
        "what you compared it with. A new date alone is no review."
    ),
)


def _item(item: Due) -> list[str]:
    lines = [f"- **{plain(item.entry.title)}** (`{item.entry.path}`)"]
    for reason, things in _told(item):
        lines.append(f"  - {plain(reason.text)}")
        lines += (f"    - {_kind_and_name(thing)}" for thing in things)
    return lines


def _kind_and_name(thing: Entry | Practice) -> str:
    if isinstance(thing, Practice):
        return f"practice `{thing.id}`: {plain(thing.title)}"
    url = url_of(thing)
    return f"{kind_of(thing)}: {plain(_title(thing))}{f' <{url}>' if url else ''}"


def plain(text: str) -> str:
    """Write a text so that Markdown shows it as it is, and a forge calls nobody by it."""
    escaped = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    return re.sub(r"([@#])(?=\w)", "\\1\u200b", escaped)
