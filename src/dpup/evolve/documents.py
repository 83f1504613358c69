"""Which documents to download say something else than before.

A document shows more than its own entry: the words of practices that it rests on, the titles of
what it refers to, and, in those of a role, stage, law or finding, all that bears on it.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from dpup import links, matrices, offers
from dpup.entries import Practice
from dpup.evolve import effects
from dpup.kinds import KINDS, RESOURCES
from dpup.views import Views

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.entries import Entry
    from dpup.evolve.compare import Comparison, Difference
    from dpup.evolve.things import Thing
    from dpup.library import Library

_POLICY: Final = ("principle", "guideline")
_TOOLKIT: Final = tuple(kind.name for kind in RESOURCES)
_BESIDE: Final = ("principle", "guideline", "law", "finding", "role", "stage")
"""Kinds whose documents list the practices that bear on them."""
_NO_TEXT: Final = frozenset({"checklist", "template"})
"""Kinds whose documents ask their own questions, and leave the practices behind them out."""
_ALL_BUT_SUMMARIES: Final = frozenset(_TOOLKIT) - {"summary"}
"""Kinds whose documents are the same whatever the order of practices is."""
_NAMES: Final = frozenset(
    {"title", "summary", "term", "short", "url", "publisher", "status", *links.FIELDS}
)
_UNSEEN: Final = frozenset({"approved"})
"""What documents do not show of their entry."""
_TOLD: Final = frozenset({"reworded", "editorial", "refers", "kept"})
"""Classes of what stays where it is."""


def made_anew(comparison: Comparison) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the id of each document that shows something of what differs, with its formats."""
    entries = _entries(comparison)
    bundles = frozenset(_bundles(comparison.new, entries))
    for entry in entries.values():
        kinds = (entry.kind.name, *((offers.ROLE_BUNDLE,) if entry.id in bundles else ()))
        if formats := [offer for kind in kinds for offer in offers.of(kind)]:
            yield entry.id, tuple(offer.label for offer in formats)
    known = {entry.id for entry in entries.values()}
    bundle = tuple(offer.label for offer in offers.of(offers.ROLE_BUNDLE))
    yield from ((id_, bundle) for id_ in sorted(bundles - known))
    yield from _of_several(comparison, entries)


def _bundles(library: Library, entries: dict[tuple[str, str], Entry]) -> Iterator[str]:
    """Yield the ids of roles for which one of some entries is made: its files are in their ZIP."""
    views = Views(library)
    for role in library.of("role"):
        if any((it.kind.name, it.id) in entries for it in views.made_for(role)):
            yield role.id


def _of_several(
    comparison: Comparison, entries: dict[tuple[str, str], Entry]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the documents that are made of several entries."""
    gone = (difference.thing.entry for difference in comparison.differences)
    kinds = {e.kind.name for e in gone if not comparison.new.get(e.kind.name, e.id)}
    kinds |= {entry.kind.name for entry in entries.values()}
    for id_, inside in ((offers.WHOLE_POLICY, _POLICY), (offers.WHOLE_TOOLKIT, _TOOLKIT)):
        if not kinds.isdisjoint(inside):
            formats = offers.of(offers.COLLECTIONS[id_].kind)
            yield id_, tuple(offer.label for offer in formats)
    formats = offers.of(offers.MATRIX)
    tables = {name for difference in comparison.differences for name in _tables(difference)}
    yield from (
        (name, tuple(offer.label for offer in formats)) for name in matrices.NAMED if name in tables
    )


def _entries(comparison: Comparison) -> dict[tuple[str, str], Entry]:
    """Map the keys of all entries whose documents differ to the entries, in reading order."""
    keys = {(e.kind.name, e.id): None for e in effects.shown(comparison).values()}
    for difference in comparison.differences:
        if {field.name for field in difference.fields} - _UNSEEN or difference.classes != ("kept",):
            keys |= dict.fromkeys(_keys(difference, comparison))
    found = {key: entry for key in keys if (entry := comparison.new.get(*key))}
    kinds = list(KINDS)
    return dict(sorted(found.items(), key=lambda it: (kinds.index(it[0][0]), it[1].sort_key)))


def _keys(difference: Difference, comparison: Comparison) -> Iterator[tuple[str, str]]:
    for thing, library in ((difference.old, comparison.old), (difference.new, comparison.new)):
        if thing is not None:
            yield thing.entry.kind.name, thing.entry.id
            if difference.classes == ("reordered",):
                yield from _of_practices(thing.entry, library)
            elif _is_named(difference, thing):
                yield from _beside(thing, library)


def _changed(difference: Difference) -> frozenset[str]:
    """Give the keys that differ, without what stands inside of them."""
    return frozenset(field.name.partition(".")[0] for field in difference.fields)


def _is_named(difference: Difference, thing: Thing) -> bool:
    """Tell whether what differs is shown where others name the thing."""
    names = _NAMES | {"text"} if thing.item else _NAMES
    return not _TOLD.issuperset(difference.classes) or not names.isdisjoint(_changed(difference))


def _beside(thing: Thing, library: Library) -> Iterator[tuple[str, str]]:
    """Yield the keys of what names a thing, and of what it bears on."""
    entry = thing.entry
    if isinstance(thing.item, Practice):
        yield from _of_practice(thing.item, library, _NO_TEXT)
        yield from _naming(entry, library, ("summary",))
        return
    if thing.item or thing.key != (entry.kind.name, entry.id):
        yield from _naming(entry, library, ("example",))
    else:
        yield from _naming(entry, library)
        kinds = ("role", "stage") if entry.kind in RESOURCES else _BESIDE
        found = library.index.references(entry)
        yield from ((it.kind, it.id) for it in found if it.kind in kinds)
    if entry.kind in RESOURCES:
        yield from (("finding", id_) for id_ in matrices.related(library, entry, "finding"))
    yield from _of_practices(entry, library)


def _of_practices(entry: Entry, library: Library) -> Iterator[tuple[str, str]]:
    """Yield the keys of what the practices of an entry bear on, and of summaries that have them."""
    for practice in entry.practices:
        yield from _of_practice(practice, library, _ALL_BUT_SUMMARIES)


def _naming(
    entry: Entry, library: Library, kinds: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Yield the keys of entries that refer to an entry; of some kinds, or of all."""
    for name in (entry.kind.name, "page", "any"):
        found = _referrers(library).get((name, entry.id), ())
        yield from (key for key in found if not kinds or key[0] in kinds)


@functools.lru_cache(maxsize=2)
def _referrers(library: Library) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Map what is referred to, in an entry or an item of it, to the keys of those entries."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for entry in library.entries:
        for reference in library.index.references(entry):
            key = (reference.kind, reference.id)
            found.setdefault(key, []).append((entry.kind.name, entry.id))
    return found


def _of_practice(
    practice: Practice, library: Library, but: frozenset[str]
) -> Iterator[tuple[str, str]]:
    users = (user for user in library.users(practice) if user.kind.name not in but)
    yield from ((user.kind.name, user.id) for user in users)
    yield from ((kind, id_) for kind in _BESIDE for id_ in practice.related(kind))


def _tables(difference: Difference) -> Iterator[str]:
    """Yield the names of the tables in which something that differs has its place."""
    for thing in (difference.old, difference.new):
        if thing is None or not _is_named(difference, thing):
            continue
        inside = [thing.item] if isinstance(thing.item, Practice) else thing.entry.practices
        kind, is_entry = thing.entry.kind, thing.item is None
        for name, table in matrices.NAMED.items():
            if not table.rows and _stays(difference):
                continue
            sides = (table.rows, table.columns) if table.rows else ("finding",)
            is_resource = table.of == "resource" or not table.rows
            if (is_entry and (kind.name in sides or (is_resource and kind in RESOURCES))) or (
                table.of == "practice" and any(all(map(p.related, sides)) for p in inside)
            ):
                yield name


def _stays(difference: Difference) -> bool:
    """Tell whether something still bears on the same as before."""
    same = links.FIELDS.keys().isdisjoint(_changed(difference))
    return same and _TOLD.issuperset(difference.classes)
