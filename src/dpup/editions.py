"""Editions: the policy as it stood on a day, kept whole below ``content/editions/``.

``content/editions/1.0.0.yml`` lists the ids, versions and fingerprints of an edition and the digest
of each of its files; ``content/editions/1.0.0/`` holds those files. ``dpup release`` writes both,
and nobody edits them: a link or an answer may name an edition, so it has to stay as it was.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - the model asks for it at run time
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field, StringConstraints, ValidationError

from dpup import model
from dpup.explain import explain
from dpup.library import Library, of_blobs
from dpup.places import CONTENT, EDITIONS, link_problem
from dpup.source import Source, read, read_yaml, whole_yaml

if TYPE_CHECKING:
    from dpup.problems import Problem

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
PAGES: Final = "editions"
"""The folder of their pages on the site."""
VERSION: Final = re.compile(model.VERSION_PATTERN)
"""What an edition can be called. No name of git may look like one and be another thing."""


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
    """Name the editions of a project, the oldest first.

    What has another name than X.Y.Z or is a link is none: the check reports it.
    """
    found = [file.stem for file in inside(root) if file.suffix == ".yml" and not file.is_symlink()]
    return tuple(sorted(filter(VERSION.fullmatch, found), key=numbers))


def numbers(version: str) -> tuple[int, ...]:
    """Sort by numbers and not by letters."""
    return tuple(int(part) for part in version.split("."))


def inside(root: Path) -> tuple[Path, ...]:
    """Give what lies in the folder of editions; nothing where the folder is a link."""
    folder = root / EDITIONS
    if not folder.is_dir() or folder.is_symlink() or folder.parent.is_symlink():
        return ()
    return tuple(sorted(folder.iterdir()))


def manifest(root: Path, version: str) -> Manifest | None:
    """Read what an edition consists of; None where that can't be read, which the check reports."""
    return listing(root, version)[0]


def listing(root: Path, version: str) -> tuple[Manifest | None, Source]:
    """Read a manifest, with what is wrong with it."""
    path = f"{EDITIONS}/{version}.yml"
    if version not in versions(root):
        return None, Source(path)
    return _validated(read_yaml(root / path, path))


def listing_of(raw: bytes, path: str) -> Manifest | None:
    """Read a manifest that lies in no folder."""
    return _validated(whole_yaml(raw, path))[0]


def _validated(source: Source) -> tuple[Manifest | None, Source]:
    if not source.sound:
        return None, source
    try:
        return Manifest.model_validate(source.front.data), source
    except ValidationError as error:
        source.problems += explain(error, source, Manifest)
        return None, source


def library(root: Path, version: str) -> Library:
    """Read the policy as it stood in an edition."""
    return of_blobs(root, blobs(root, version))


def blobs(root: Path, version: str) -> dict[str, bytes]:
    """Give the files of an edition, by the paths that they had in the project."""
    kept = files(root, version).items()
    return {path: raw for path, raw in kept if isinstance(raw, bytes)}


def files(root: Path, version: str) -> dict[str, bytes | Problem]:
    """Give each file of an edition, or what is wrong with it; no link is followed."""
    folder = f"{EDITIONS}/{version}"
    found = _below(root, root / folder).items()
    return {path.replace(folder, CONTENT, 1): raw for path, raw in found}


def everything(root: Path) -> dict[str, bytes]:
    """Give all that lies in the folder of editions, by its path in the project."""
    found: dict[str, bytes | Problem] = {}
    for place in inside(root):
        found |= _below(root, place)
    return {path: raw if isinstance(raw, bytes) else b"" for path, raw in found.items()}


def _below(root: Path, place: Path) -> dict[str, bytes | Problem]:
    """Read a file, or all files of a folder."""
    # A walk follows no link that it meets, but one at its start.
    walk = () if place.is_symlink() else os.walk(place)
    inner = [Path(at) / name for at, folders, names in walk for name in (*folders, *names)]
    return {
        path: _read(root, file, path)
        for file in sorted((place, *inner))
        if file.is_symlink() or file.is_file()
        for path in [file.relative_to(root).as_posix()]
    }


def _read(root: Path, file: Path, path: str) -> bytes | Problem:
    return link_problem(root, file, path) if file.is_symlink() else read(file, path)
