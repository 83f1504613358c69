"""Walk ``content/``, read each file and validate it against the model of its kind.

Knows folders and models; leaves everything that concerns two entries to ``rules``.
"""

from __future__ import annotations

import dataclasses
import functools
import os
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from pydantic import ConfigDict, ValidationError

from dpup import blanks, model, toolkit
from dpup.entries import Entry
from dpup.explain import explain, place
from dpup.kinds import ALL_TEXT, KINDS, RESOURCES, TOOLKIT, Facts, Kind
from dpup.places import CONTENT, EDITIONS, FOLDERS, ID, LISTS, is_place, link_problem, unfit
from dpup.problems import Problem
from dpup.source import MAX_BYTES, Source, markdown, of_text, read, whole_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dpup.safeyaml import Data

Fingerprint = tuple[tuple[str, int, int], ...]
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclasses.dataclass(slots=True)
class Found:
    """What reading the tree has given so far."""

    entries: dict[str, dict[str, Entry]] = dataclasses.field(
        default_factory=lambda: {name: {} for name in KINDS}
    )
    sources: dict[str, Source] = dataclasses.field(default_factory=dict)
    problems: list[Problem] = dataclasses.field(default_factory=list)
    broken: set[str] = dataclasses.field(default_factory=set)
    unfit: list[tuple[str, tuple[int, ...], object]] = dataclasses.field(default_factory=list)
    """Path, base and data of what fits no model."""
    drafts: list[Entry] = dataclasses.field(default_factory=list)
    """Entries whose facts fit no model; only their bodies can be looked at."""
    gaps: list[blanks.Gap] = dataclasses.field(default_factory=list)
    """What is still to be filled in."""
    unread: set[str] = dataclasses.field(default_factory=set)
    """Files that hold more than what could be read."""


def fingerprint(root: Path) -> Fingerprint:
    """Name, time and size of every content file: changes when any of them does.

    Each page of a build asks for it, so this has to be quick.
    """
    stats = ((path, file.stat(follow_symlinks=False)) for file, path in _files(root))
    return tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in stats)


def read_all(root: Path, drafts: Mapping[str, str] = _NONE) -> Found:
    """Read every file below ``content/``.

    ``drafts`` are texts of files that are not there yet, or take the place of what is there.
    """
    found = Found()
    if (root / CONTENT).is_symlink():
        found.problems.append(link_problem(root, root / CONTENT, CONTENT))
        found.broken |= set(KINDS)  # nobody can tell what it would hold
        found.unread.add(CONTENT)
        return found
    if not (root / CONTENT).is_dir():
        hint = "Run dpup in the project's folder, or say --root FOLDER."
        found.problems.append(Problem(CONTENT, 1, 1, "", "There is no such folder.", hint))
    for path, text in drafts.items():
        _take(_part(of_text(text, path)), found)
    for _, path in _files(root):
        if path in drafts:
            continue
        file = root / path
        fault = unfit(root, file, path)
        if fault:
            found.problems.append(fault)
            _mark_broken(path, found)
            found.unread.add(path)
        else:
            _read(file, path, found)
    return found


def read_blobs(blobs: Mapping[str, bytes]) -> Found:
    """Read files that lie in no folder: paths from ``content/`` on, and their bytes.

    What could not be a content file is passed over.
    """
    found = Found()
    for path in sorted(filter(is_place, blobs)):
        if blobs[path].strip() and len(blobs[path]) <= MAX_BYTES:
            _take(_parsed(path, blobs[path]), found)
        else:
            found.unread.add(path)
    return found


def _files(root: Path) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Yield each file and link in a fixed order; links to folders are not followed.

    Editions are no content of today.
    """
    if not (root / CONTENT).is_symlink():
        yield from _inside(str(root / CONTENT), CONTENT)


def _inside(folder: str, path: str) -> Iterator[tuple[os.DirEntry[str], str]]:
    folders: list[os.DirEntry[str]] = []
    for item in _sorted(folder):
        if item.is_dir(follow_symlinks=False):
            folders.append(item)
        elif not item.name.startswith("."):
            yield item, f"{path}/{item.name}"
    for item in folders:
        inner = f"{path}/{item.name}"
        if inner != EDITIONS:
            yield from _inside(item.path, inner)


def _sorted(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda item: item.name)
    except OSError:  # it is gone, or may not be read
        return []


def _mark_broken(path: str, found: Found) -> None:
    """Remember a file that could not be read: nobody can tell which ids it would have."""
    inner = path.removeprefix(f"{CONTENT}/")
    folder = inner.rpartition("/")[0]
    kind = LISTS.get(inner) or FOLDERS.get(folder)
    kinds = RESOURCES if folder == TOOLKIT else (kind,) if kind else ()
    found.broken |= {kind.name for kind in kinds}


def _mark_unsure(kind: Kind, id_: object, found: Found) -> None:
    """Remember an entry that is wrong: its own id, where it has one, is not wrong as well.

    A resource whose kind can't be read may be of any kind of the toolkit.
    """
    sound = isinstance(id_, str) and ID.fullmatch(id_)
    kinds = RESOURCES if kind is UNKNOWN else (kind,)
    found.broken |= {f"{one.name}/{id_}" if sound else one.name for one in kinds}


def _read(file: Path, path: str, found: Found) -> None:
    """Add what one file gives."""
    raw = read(file, path)
    part = _parsed(path, raw) if isinstance(raw, bytes) else _part(Source(path, problems=[raw]))
    _take(part, found)


def _take(part: Found, found: Found) -> None:
    for name, ids in part.entries.items():
        found.entries[name].update(ids)
    found.sources |= part.sources
    found.problems += part.problems
    found.broken |= part.broken
    found.unfit += part.unfit
    found.drafts += part.drafts
    found.gaps += part.gaps
    found.unread |= part.unread


@functools.lru_cache(maxsize=20_000)
def _parsed(path: str, raw: bytes) -> Found:
    """Parse a file, once for each of its states.

    A preview then reads only what was saved, and two revisions share what they have in common.
    """
    inner = path.removeprefix(f"{CONTENT}/")
    return _part((whole_yaml if inner in LISTS else markdown)(raw, path))


def _part(source: Source) -> Found:
    """Give what a single file holds."""
    found = Found()
    folder, _, name = source.path.removeprefix(f"{CONTENT}/").rpartition("/")
    if kind := LISTS.get(f"{folder}/{name}"):
        _add_list(source, kind, found)
    else:
        kind = FOLDERS.get(folder) or _resource_kind(source)
        _add(source, kind, name.removesuffix(".md"), source.front.data, found)
    found.sources[source.path] = source
    found.problems += source.problems
    if found.broken or len(found.problems) > len(source.problems):
        found.unread.add(source.path)
    return found


def _resource_kind(source: Source) -> Kind:
    """Choose the kind of a toolkit resource by what its front matter says."""
    data = source.front.data
    said = data.get("kind") if isinstance(data, dict) else None
    return next((kind for kind in RESOURCES if kind.name == said), UNKNOWN)


class _OfSomeKind(toolkit.Resource):
    """The shape against which a resource of unknown kind is held: it never fits."""

    model_config = ConfigDict(extra="ignore")  # other keys belong to the kind it is meant to be
    kind: Literal[tuple(kind.name for kind in RESOURCES)]  # type: ignore[valid-type] # from the table


UNKNOWN: Final = Kind("resource", "Resource", "Resources", _OfSomeKind, TOOLKIT, "", "")


def _add_list(source: Source, kind: Kind, found: Found) -> None:
    items = source.front.data
    if not source.sound:
        found.broken.add(kind.name)
        return
    if not isinstance(items, tuple):
        hint = "Start each item with a dash: - id: …"
        found.problems.append(Problem(source.path, 1, 1, "", "This file has to be a list.", hint))
        found.broken.add(kind.name)
        return
    for index, item in enumerate(items):
        id_ = item.get("id") if isinstance(item, dict) else None
        _add(source, kind, id_, item, found, (index,))


def _add(  # noqa: PLR0913, PLR0917 - the six things that make an entry
    source: Source,
    kind: Kind,
    id_: object,
    data: Data,
    found: Found,
    base: tuple[int, ...] = (),
) -> None:
    """Validate one entry's data and keep it, or keep what is wrong with it."""
    if not source.sound:
        _mark_unsure(kind, id_, found)
        return
    facts = _facts(source, kind, data, found, base)
    if facts is None:
        _mark_unsure(kind, id_, found)
        if source.body or kind.name in ALL_TEXT:
            found.drafts.append(_draft(source, kind, str(id_)))
        return
    line = place(source.front.marks, base)[0]
    entry = Entry(kind, str(id_), facts, source.path, base, line, source.body, source.body_line)
    taken = found.entries[kind.name].setdefault(entry.id, entry)
    if taken is not entry:
        line, column = place(source.front.marks, (*base, "id"))
        message = f"The id '{id_}' is taken by the item in line {taken.line}."
        where = f"[{base[0]}].id"
        found.problems.append(Problem(source.path, line, column, where, message, NEW_ID))


def _facts(
    source: Source, kind: Kind, data: Data, found: Found, base: tuple[int, ...]
) -> Facts | None:
    """Validate data; where it fits no model, or has blanks, keep what is wrong with it."""
    rest, gaps = blanks.take(data, source.path, base)
    found.gaps += gaps
    source.front.refused.update(gap.where for gap in gaps)
    facts = None
    try:
        facts = kind.model.model_validate(rest)
    except ValidationError as error:
        found.problems += explain(error, source, kind.model, base)
    if facts is None or gaps:
        found.unfit.append((source.path, base, rest))
    return None if gaps else facts


NEW_ID: Final = "Give this one another id; ids are never reused."


def _draft(source: Source, kind: Kind, id_: str) -> Entry:
    """Make an entry without facts, so that the text below wrong facts is checked as well."""
    nothing = model.Document.model_construct()  # type: ignore[call-arg] # empty on purpose
    body, line = source.body, source.body_line
    return Entry(kind, id_, nothing, source.path, body=body, body_line=line)
