"""Approvals, and what a change says it is about: both have to agree with the words of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpup import meaning, model
from dpup.explain import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.entries import Entry
    from dpup.pointing import Pointer
    from dpup.problems import Problem


def problems(entry: Entry, report: Pointer) -> Iterator[Problem]:
    """Say where words have changed since their approval, and which changes name nothing."""
    facts = entry.facts
    if not isinstance(facts, model.Document):
        return
    if facts.approved and facts.approved.fingerprint != (now := meaning.of_entry(entry)):
        approved = facts.approved
        message = f"The words have changed since {approved.by} approved them on {approved.on}."
        hint = (
            f"Put the approved words back, or have the new ones approved: dpup approve {entry.id}."
        )
        yield report(("approved", "fingerprint"), f"{message} Their fingerprint is {now}.", hint)
    known = [id_ for _, id_ in entry.local_ids]
    for number, change in enumerate(facts.changes):
        for place, id_ in enumerate(change.items):
            if id_ not in known:
                hint = nearest(id_, known) or "Name an id of this file, or leave the key out."
                where = ("changes", number, "items", place)
                yield report(where, f"Nothing in this file has the id '{id_}'.", hint)
