"""Walk ``content/``, read each file and validate it against the model of its kind.

Knows folders and models; leaves everything that concerns two entries to ``rules``.
"""

from __future__ import annotations

import dataclasses
import os
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from pydantic import ConfigDict, ValidationError

from dpup import blanks, model, toolkit
from dpup.characters import look_alike
from dpup.entries import Entry
from dpup.explain import explain, nearest, place
from dpup.kinds import KINDS, RESOURCES, TOOLKIT, Facts, Kind
from dpup.problems import Problem
from dpup.source import Source, of_text, read_markdown, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dpup.safeyaml import Data

Fingerprint = tuple[tuple[str, int, int], ...]
CONTENT: Final = "content"
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_ID = re.compile(model.ID_PATTERN)
_FILES = [kind for kind in KINDS.values() if not kind.is_list and kind not in RESOURCES]
_FOLDERS = {kind.place: kind for kind in _FILES}
_PLACES = {*_FOLDERS, TOOLKIT}
_LISTS = {kind.place: kind for kind in KINDS.values() if kind.is_list}


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


def fingerprint(root: Path) -> Fingerprint:
    """Name, time and size of every content file: changes when any of them does."""
    stats = ((path, file.lstat()) for file, path in _files(root))
    return tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in stats)


def read_all(root: Path, drafts: Mapping[str, str] = _NONE) -> Found:
    """Read every file below ``content/``.

    ``drafts`` are texts of files that are not there yet, or take the place of what is there.
    """
    found = Found()
    if not (root / CONTENT).is_dir():
        hint = "Run dpup in the project's folder, or say --root FOLDER."
        found.problems.append(Problem(CONTENT, 1, 1, "", "There is no such folder.", hint))
    for path, text in drafts.items():
        _add_source(of_text(text, path), found)
    for file, path in _files(root):
        if path in drafts:
            continue
        fault = _unfit(root, file, path)
        if fault:
            found.problems.append(fault)
            _mark_broken(path, found)
        else:
            _read(file, path, found)
    return found


def _files(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file and link in a fixed order; links to folders are not followed."""
    for folder, names, files in os.walk(root / CONTENT):
        names.sort()
        here = root.joinpath(folder)
        linked = [name for name in names if (here / name).is_symlink()]
        for name in sorted([*files, *linked]):
            if not name.startswith("."):
                yield here / name, (here / name).relative_to(root).as_posix()


def _unfit(root: Path, file: Path, path: str) -> Problem | None:
    """Say why a file can't be a content file at all."""
    if file.is_symlink():
        return link_problem(root, file, path)
    inner = path.removeprefix(f"{CONTENT}/")
    folder, _, name = inner.rpartition("/")
    if inner in _LISTS:
        return None
    if folder not in _PLACES or not name.endswith(".md"):
        return Problem(path, 1, 1, "", "No kind of entry lives at this path.", _better_place(inner))
    stem = name.removesuffix(".md")
    if _ID.fullmatch(stem):
        return None
    message = f"The file name '{stem}' is not an id. {look_alike(stem)}".strip()
    hint = "Use the letters a to z, digits and single hyphens, as in purpose-matters.md."
    return Problem(path, 1, 1, "", message, hint)


def link_problem(root: Path, file: Path, path: str) -> Problem:
    """Refuse a symbolic link, which could show any file of the computer."""
    target = "a place outside the project" if _outside(root, file) else "another file"
    message = f"This is a symbolic link to {target}."
    return Problem(path, 1, 1, "", message, "Put a real file here.")


def _better_place(inner: str) -> str:
    """Say where a file that lies at no known place may belong."""
    folder, _, name = inner.rpartition("/")
    if not name.endswith(".md"):
        ending = "End its name with .md, or move it out of content/."
        return nearest(inner, _LISTS) or (ending if folder in _PLACES else _MOVE)
    known = nearest(folder, _PLACES)
    return known.replace("'?", f"/{name}'?") or _MOVE


_MOVE = f"Move it into one of these folders: {', '.join(sorted(_PLACES))}."


def _outside(root: Path, file: Path) -> bool:
    try:
        return not file.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a link that leads round in a circle
        return False


def _mark_broken(path: str, found: Found) -> None:
    """Remember a file that could not be read: nobody can tell which ids it would have."""
    inner = path.removeprefix(f"{CONTENT}/")
    folder = inner.rpartition("/")[0]
    kind = _LISTS.get(inner) or _FOLDERS.get(folder)
    kinds = RESOURCES if folder == TOOLKIT else (kind,) if kind else ()
    found.broken |= {kind.name for kind in kinds}


def _mark_unsure(kind: Kind, id_: object, found: Found) -> None:
    """Remember an entry that is wrong: its own id, where it has one, is not wrong as well.

    A resource whose kind can't be read may be of any kind of the toolkit.
    """
    sound = isinstance(id_, str) and _ID.fullmatch(id_)
    kinds = RESOURCES if kind is UNKNOWN else (kind,)
    found.broken |= {f"{one.name}/{id_}" if sound else one.name for one in kinds}


def _read(file: Path, path: str, found: Found) -> None:
    is_list = path.removeprefix(f"{CONTENT}/") in _LISTS
    _add_source(read_yaml(file, path) if is_list else read_markdown(file, path), found)


def _add_source(source: Source, found: Found) -> None:
    inner = source.path.removeprefix(f"{CONTENT}/")
    kind = _LISTS.get(inner)
    if kind:
        _add_list(source, kind, found)
    else:
        folder, _, name = inner.rpartition("/")
        kind = _FOLDERS.get(folder) or _resource_kind(source)
        _add(source, kind, name.removesuffix(".md"), source.front.data, found)
    found.sources[source.path] = source
    found.problems += source.problems


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
        if source.body:
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
