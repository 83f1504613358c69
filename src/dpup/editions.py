"""Editions: the policy as it stood on a day, kept whole below ``content/editions/``.

``content/editions/1.0.0.yml`` lists the ids, versions and fingerprints of an edition and the digest
of each of its files; ``content/editions/1.0.0/`` holds those files. ``dpup release`` writes both,
and nobody edits them: a link or an answer may name an edition, so it has to stay as it was.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - the model asks for it at run time
import hashlib
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field, StringConstraints, ValidationError

from dpup import model
from dpup.explain import explain, place
from dpup.kinds import KINDS
from dpup.library import Library, of_blobs
from dpup.places import CONTENT, EDITIONS
from dpup.problems import Problem
from dpup.source import Source, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
PAGES: Final = "editions"
"""The folder of their pages on the site."""
_HINT: Final = "Put it back as it was released. Changes belong into the next edition."


class ListedEntry(model.Model):
    """One entry of an edition."""

    kind: model.Id
    """Its kind."""
    id: model.Id
    """Its id."""
    version: model.Version | None = None
    """Its version then; items of lists have none."""
    fingerprint: model.Fingerprint
    """The fingerprint of what it said."""


class ListedItem(model.Model):
    """One practice, question, field or outcome of an edition."""

    id: model.Ref
    """Its full id."""
    fingerprint: model.Fingerprint
    """The fingerprint of what it said."""


class ListedFile(model.Model):
    """One file of an edition."""

    path: model.Line
    """Its path below the folder of the edition."""
    sha256: Digest
    """Its digest."""


class Manifest(model.Model):
    """What an edition consists of."""

    version: model.Version
    """The version of the policy as a whole."""
    date: dt.date
    """The day of the release."""
    note: model.Text
    """What this edition is about, for the reader."""
    entries: Annotated[tuple[ListedEntry, ...], Field(min_length=1)]
    """All entries."""
    items: tuple[ListedItem, ...] = ()
    """All practices, questions, fields and outcomes."""
    files: Annotated[tuple[ListedFile, ...], Field(min_length=1)]
    """All files."""


def versions(root: Path) -> tuple[str, ...]:
    """Name the editions of a project, the oldest first."""
    folder = root / EDITIONS
    found = [file.stem for file in folder.glob("*.yml")] if folder.is_dir() else []
    return tuple(sorted(found, key=_numbers))


def _numbers(version: str) -> tuple[tuple[int, str], ...]:
    """Sort by numbers, and what is no version after them."""
    parts = version.split(".")
    return tuple((int(part), "") if part.isdecimal() else (1 << 30, part) for part in parts)


def manifest(root: Path, version: str) -> Manifest | None:
    """Read what an edition consists of; None where that can't be read, which the check reports."""
    return _read(root, version)[0]


def library(root: Path, version: str) -> Library:
    """Read the policy as it stood in an edition."""
    return of_blobs(root, blobs(root, version))


def blobs(root: Path, version: str) -> dict[str, bytes]:
    """Give the files of an edition, by the paths that they had in the project."""
    folder = root / EDITIONS / version
    files = [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
    return {f"{CONTENT}/{file.relative_to(folder).as_posix()}": file.read_bytes() for file in files}


def problems(current: Library) -> Iterator[Problem]:
    """Say where an edition is not as it was released, and which of its ids have gone since."""
    root = current.root
    last: Manifest | None = None
    for version in versions(root):
        found, source = _read(root, version)
        yield from source.problems
        if found:
            if last and found.date < last.date:
                message = f"Edition {last.version} is of {last.date}, and this is before that."
                line, column = place(source.front.marks, ("date",))
                yield Problem(source.path, line, column, "date", message, _HINT)
            last = found
            yield from _files(root, version, found)
            yield from _gone(current, version, found)
    named = set(versions(root))
    folder = root / EDITIONS
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if file.name not in named and file.suffix != ".yml" and not file.name.startswith("."):
            path = f"{EDITIONS}/{file.name}"
            hint = f"Add {path}.yml, which dpup release writes, or remove this."
            yield Problem(path, 1, 1, "", "This belongs to no edition.", hint)


def _read(root: Path, version: str) -> tuple[Manifest | None, Source]:
    path = f"{EDITIONS}/{version}.yml"
    source = read_yaml(root / path, path)
    if not source.sound:
        return None, source
    try:
        return Manifest.model_validate(source.front.data), source
    except ValidationError as error:
        source.problems += explain(error, source, Manifest)
        return None, source


def _files(root: Path, version: str, found: Manifest) -> Iterator[Problem]:
    """Compare each file with its digest."""
    folder = f"{EDITIONS}/{version}"
    if found.version != version:
        message = f"This names the edition {found.version}, not {version}."
        yield Problem(f"{folder}.yml", 1, 1, "version", message, "Rename the file.")
    listed = {f"{CONTENT}/{file.path}": file.sha256 for file in found.files}
    kept = blobs(root, version)
    for path in sorted(listed.keys() | kept.keys()):
        shown = f"{folder}/{path.removeprefix(f'{CONTENT}/')}"
        if path not in kept:
            yield Problem(shown, 1, 1, "", f"This file of edition {version} is gone.", _HINT)
        elif path not in listed:
            message = f"Edition {version} has no such file."
            yield Problem(shown, 1, 1, "", message, "Remove it.")
        elif hashlib.sha256(kept[path]).hexdigest() != listed[path]:
            message = f"This file is not as it was in edition {version}."
            yield Problem(shown, 1, 1, "", message, _HINT)


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
    return current.get(listed.kind, listed.id) is not None or not _is_paged(listed.kind)


def _is_paged(kind: str) -> bool:
    return kind in KINDS and KINDS[kind].has_page


def _kept(current: Library, id_: str) -> bool:
    index = current.index
    home = id_.partition(".")[0]
    # Where the whole entry is gone or broken, that is said once and not for each of its items.
    return id_ in index.practices or id_ in index.pieces or home not in index.paged
