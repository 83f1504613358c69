"""Rules that concern more than one field or more than one entry.

Works on the index of all ids and on the marks of the sources; opens nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpup import approvals, drawn, links, model, wiring
from dpup.discover import NEW_ID
from dpup.explain import place
from dpup.kinds import KINDS
from dpup.pointing import Pointer
from dpup.problems import Problem
from dpup.safeyaml import dotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dpup.entries import Entry
    from dpup.safeyaml import Path
    from dpup.source import Source


def problems(index: links.Index, sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Check every entry on its own, then all of them against each other."""
    entries = [entry for ids in index.entries.values() for entry in ids.values()]
    for entry in entries:
        report = Pointer(entry, sources)
        yield from _references(entry, index, report)
        yield from _local_ids(entry, report)
        if isinstance(entry.facts, model.Document):
            yield from _life(entry.facts, report)
        yield from wiring.problems(entry, index, report)
        yield from approvals.problems(entry, report)
    yield from _shared(entries, sources)
    yield from drawn.problems(entries, sources)


def unfit(
    index: links.Index,
    sources: Mapping[str, Source],
    found: Iterable[tuple[str, tuple[int, ...], object]],
) -> Iterator[Problem]:
    """Check the references of data that fits no model, so that one run says everything."""
    for path, base, data in found:
        for reference in links.raw_references(data, base):
            fault = index.fault(reference, None)
            if fault:
                line, column = place(sources[path].front.marks, reference.where)
                yield Problem(path, line, column, dotted(reference.where), *fault)


def _references(entry: Entry, index: links.Index, report: Pointer) -> Iterator[Problem]:
    seen: set[tuple[Path, str]] = set()
    base = entry.base
    for reference in links.references(entry.facts, base) if base else index.references(entry):
        in_list = (reference.where[:-1], reference.id)
        fault = index.fault(reference, entry)
        if fault and not _of_a_tombstone(entry, reference, index):
            yield report(reference.where, *fault)
        elif in_list in seen:
            yield report(reference.where, f"'{reference.id}' stands here twice.", "Keep one.")
        seen.add(in_list)


def _of_a_tombstone(entry: Entry, reference: links.Reference, index: links.Index) -> bool:
    """Let what is withdrawn refer to what is withdrawn too."""
    known = reference.id in index.known(reference.kind) and "replaced_by" not in reference.where
    inner = reference.where[len(entry.base) :]
    return known and links.is_withdrawn_at(entry.facts, inner)


def _local_ids(entry: Entry, report: Pointer) -> Iterator[Problem]:
    """Ids inside an entry are anchors of its page, so they share one name space."""
    seen: set[str] = set()
    for where, id_ in entry.local_ids:
        if id_ in seen:
            yield report(where, f"The id '{id_}' is used twice in this file.", NEW_ID)
        seen.add(id_)


def _life(facts: model.Document, report: Pointer) -> Iterator[Problem]:
    """Dates, versions and the tombstone have to agree with each other."""
    if facts.review_by <= facts.reviewed:
        message = f"The next review ({facts.review_by}) is not after the last ({facts.reviewed})."
        yield report(("review_by",), message, "Set a later day.")
    newest = facts.changes[0]
    if newest.version != facts.version:
        message = f"The newest change is for version {newest.version}, not {facts.version}."
        yield report(("changes", 0, "version"), message, "Add a change for this version on top.")
    for number, (newer, older) in enumerate(zip(facts.changes, facts.changes[1:], strict=False), 1):
        if older.date > newer.date:
            message = "This change is younger than the one above it."
            yield report(("changes", number, "date"), message, "List the newest change first.")
    if facts.status == "withdrawn" and facts.withdrawn is None:
        hint = "Add withdrawn: with a date, a reason and what replaces it."
        yield report(("status",), "A withdrawn entry has to say why.", hint)
    if facts.withdrawn is not None and facts.status != "withdrawn":
        hint = "Set status: withdrawn, or remove this key."
        yield report(("withdrawn",), f"The status is {facts.status}, not withdrawn.", hint)


def _shared(entries: list[Entry], sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Ids are unique among entries with a page; numbers are unique inside a kind."""
    ids: dict[str, Entry] = {}
    numbers: dict[tuple[str, str, int], Entry] = {}
    for entry in sorted(entries, key=lambda entry: (entry.path, entry.line)):
        report = Pointer(entry, sources)
        if entry.kind.has_page and (taken := ids.setdefault(entry.id, entry)) is not entry:
            where = (*entry.base, "id") if entry.base else ()
            message = f"The id '{entry.id}' is taken by {taken.path}."
            yield report(where, message, NEW_ID)
        number = getattr(entry.facts, "number", None)
        if number is None:
            continue
        first = numbers.setdefault((*entry.sort_key[:2], number), entry)
        if first is not entry:
            message = f"The number {number} is taken by '{first.id}'."
            label = KINDS[entry.kind.name].plural.lower()
            hint = f"Number the {label} without repeats."
            yield report((*entry.base, "number"), message, hint)
