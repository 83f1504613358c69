"""What has to hold for editions: each is as its manifest says, and its ids are there for good."""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING, Final

from dpup import discover, editions, meaning
from dpup.editions import VERSION, Manifest
from dpup.explain import place
from dpup.kinds import KINDS
from dpup.model import Document
from dpup.places import CONTENT, EDITIONS, link_problem
from dpup.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dpup.editions import ListedEntry
    from dpup.library import Library
    from dpup.source import Source

AS_RELEASED: Final = "Put it back as it was released. Changes belong into the next edition."
Key = tuple[str, str]
"""The kind and the id of an entry."""
Said = tuple[str, str]
"""Its version, or nothing, and its fingerprint."""


def problems(current: Library) -> Iterator[Problem]:
    """Say where an edition is not as it was released, and which of its ids have gone since."""
    root = current.root
    yield from _strangers(root)
    last: Manifest | None = None
    for version in editions.versions(root):
        found, source = editions.listing(root, version)
        yield from source.problems
        if found:
            if last and found.date < last.date:
                yield _too_early(last, source)
            last = found
            broken = list(_files(root, version, found))
            yield from broken or _listed(editions.blobs(root, version), found, source)
            yield from _gone(current, version, found)


def _too_early(last: Manifest, source: Source) -> Problem:
    message = f"Edition {last.version} is of {last.date}, and this is before that."
    line, column = place(source.front.marks, ("date",))
    return Problem(source.path, line, column, "date", message, AS_RELEASED)


def is_whole(root: Path, version: str) -> bool:
    """Tell whether an edition can be read and holds what it lists."""
    found, source = editions.listing(root, version)
    if found is None or any(_files(root, version, found)):
        return False
    return not any(_listed(editions.blobs(root, version), found, source))


def _strangers(root: Path) -> Iterator[Problem]:
    """Report what lies among the editions and is none."""
    known = editions.versions(root)
    for file in editions.inside(root):
        path = f"{EDITIONS}/{file.name}"
        name = file.name.removesuffix(".yml")
        if file.is_symlink():
            yield link_problem(root, file, path)
        elif file.name.startswith(".") or name in known:
            continue
        elif VERSION.fullmatch(name):
            hint = f"Add {path}.yml, which dpup release writes, or remove this."
            yield Problem(path, 1, 1, "", "This belongs to no edition.", hint)
        else:
            message = f"'{name}' is no version, so this is no edition."
            yield Problem(path, 1, 1, "", message, "Remove it. dpup release makes editions.")


def _files(root: Path, version: str, found: Manifest) -> Iterator[Problem]:
    """Compare each file with its digest."""
    folder = f"{EDITIONS}/{version}"
    if found.version != version:
        message = f"This names the edition {found.version}, not {version}."
        yield Problem(f"{folder}.yml", 1, 1, "version", message, "Rename the file.")
    if (root / folder).is_symlink():
        yield link_problem(root, root / folder, folder)
        return
    listed = {f"{CONTENT}/{file.path}": file.sha256 for file in found.files}
    kept = editions.files(root, version)
    if not kept:
        message = f"The files of edition {version} are gone."
        yield Problem(f"{folder}.yml", 1, 1, "", message, AS_RELEASED)
        return
    for path in sorted(listed.keys() | kept.keys()):
        shown = f"{folder}/{path.removeprefix(f'{CONTENT}/')}"
        raw = kept.get(path)
        if raw is None:
            yield Problem(shown, 1, 1, "", f"This file of edition {version} is gone.", AS_RELEASED)
        elif isinstance(raw, Problem):
            yield raw
        elif path not in listed:
            yield Problem(shown, 1, 1, "", f"Edition {version} has no such file.", "Remove it.")
        elif hashlib.sha256(raw).hexdigest() != listed[path]:
            message = f"This file is not as it was in edition {version}."
            yield Problem(shown, 1, 1, "", message, AS_RELEASED)


def _listed(kept: Mapping[str, bytes], found: Manifest, source: Source) -> Iterator[Problem]:
    """Compare what the manifest says of entries and items with what the files say."""
    entries: dict[Key, Said] = {}
    items: dict[str, str] = {}
    for path, raw in kept.items():
        inside = _said(path, raw)
        entries |= inside[0]
        items |= inside[1]
    for number, entry in enumerate(found.entries):
        said = entries.pop((entry.kind, entry.id), None)
        if said != (entry.version or "", entry.fingerprint):
            yield _unlike(source, "entries", number, f"{entry.kind} '{entry.id}'")
    for number, item in enumerate(found.items):
        if items.pop(item.id, None) != item.fingerprint:
            yield _unlike(source, "items", number, f"'{item.id}'")
    left = (*(f"{kind} '{id_}'" for kind, id_ in entries), *(f"'{id_}'" for id_ in items))
    for name in sorted(left):
        message = f"The files of this edition have {name}, and this list has not."
        yield Problem(source.path, 1, 1, "", message, AS_RELEASED)


def _unlike(source: Source, part: str, number: int, name: str) -> Problem:
    line, column = place(source.front.marks, (part, number))
    message = f"The files of this edition have no {name} with this version and fingerprint."
    message = message if part == "entries" else message.replace("version and ", "")
    return Problem(source.path, line, column, f"{part}[{number}]", message, AS_RELEASED)


@functools.lru_cache(maxsize=20_000)  # most files are the same in many editions
def _said(path: str, raw: bytes) -> tuple[dict[Key, Said], dict[str, str]]:
    """Give the versions and fingerprints of what a file of an edition says."""
    entries: dict[Key, Said] = {}
    items: dict[str, str] = {}
    for kind, ids in discover.read_blobs({path: raw}).entries.items():
        for id_, entry in ids.items():
            version = getattr(entry.facts, "version", "")
            entries[kind, id_] = (version, meaning.of_entry(entry))
            items |= {item.id: meaning.of_item(item) for item in entry.practices}
            items |= {item.id: meaning.of_item(item) for item in entry.pieces}
    return entries, items


def _gone(current: Library, version: str, found: Manifest) -> Iterator[Problem]:
    """Report ids that an edition has and today's files have not: they may be in print."""
    index = current.index
    hint = "Put it back with withdrawn: and a date, a reason and what replaces it."
    missing = [
        *(e.id for e in found.entries if not _known(current, e) and not index.unsure(e.kind, e.id)),
        *(item.id for item in found.items if not _kept(current, item.id)),
    ]
    for id_ in missing:
        message = f"Edition {version} has '{id_}', and today's files have not."
        yield Problem(f"{EDITIONS}/{version}.yml", 1, 1, "", message, hint)


def _known(current: Library, listed: ListedEntry) -> bool:
    return current.get(listed.kind, listed.id) is not None or not _is_kept(listed.kind)


def _is_kept(kind: str) -> bool:
    """Tell whether ids of a kind stay: not those of lines on a page of many, without a history."""
    found = KINDS.get(kind)
    return found is not None and (found.has_page or issubclass(found.model, Document))


def _kept(current: Library, id_: str) -> bool:
    index = current.index
    home = id_.partition(".")[0]
    # Where the whole entry is gone or broken, that is said once and not for each of its items.
    return id_ in index.practices or id_ in index.pieces or home not in index.paged
