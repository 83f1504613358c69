"""All pictures by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dpup.pictures import cycle, fit, history, listing, loop, proposal, scale, trace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dpup.entries import Entry
    from dpup.library import Library
    from dpup.pictures.ink import Picture

MAKERS: Final[dict[str, Callable[[Library], Picture | None]]] = {
    fit.NAME: fit.draw,
    loop.NAME: loop.draw,
    scale.NAME: scale.draw,
    history.NAME: history.draw,
    cycle.NAME: cycle.draw,
    trace.NAME: trace.draw,
    proposal.NAME: proposal.draw,
    listing.FILE: listing.of_file,
    listing.PROBLEM: listing.of_problem,
}
_FIELDS: Final = {loop.NAME: ("loop", "Guideline"), scale.NAME: ("scale", "resource")}
"""Pictures of something that an entry has to say first: its key, and what sort of entry."""


def draw(name: str, library: Library) -> Picture | None:
    """Draw a picture; None for a name that does not exist, and where there is nothing to draw."""
    maker = MAKERS.get(name)
    return maker(library) if maker else None


def trace_of(finding: str, library: Library) -> Picture | None:
    """Draw where a finding leads; None for one that does not exist."""
    return trace.of_finding(library, finding)


def lacks(name: str, entries: Mapping[str, Mapping[str, Entry]]) -> str:
    """Say what has to be written before there is something to draw; empty when it is there."""
    if name not in _FIELDS:
        return ""
    key, label = _FIELDS[name]
    inside = (entry.facts for ids in entries.values() for entry in ids.values())
    if any(getattr(facts, key, None) for facts in inside):
        return ""
    return f"Give a {label} a key '{key}'."
