"""What a change touches beside the entries: code, pages, settings, and who is asked.

Nothing of a repository has a say in it: git names files and their bytes, and we compare.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
from typing import TYPE_CHECKING, Final

from dpup import owners
from dpup.evolve import revisions
from dpup.places import CONTENT, EDITIONS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dpup.evolve.compare import Comparison
    from dpup.library import Library
    from dpup.owners import Owners

Kept = tuple[str, str]
"""The mode of a file and the name of its bytes."""
Tree = dict[str, Kept]

WHO: Final = "who is asked"
CONTENT_ELSE: Final = "other files among the content"
LAYOUT: Final = "content in which only layout, remarks or the order of a list differ"
PAGES: Final = "pages written by hand"
LANGUAGE: Final = "what the language help passes over"
TEXTS: Final = "texts about the project"
RELEASED: Final = "released editions, which stay as they were"
_FOLDERS: Final = (
    (f"{EDITIONS}/", RELEASED),
    (f"{EDITIONS}.", RELEASED),
    (f"{CONTENT}/", CONTENT_ELSE),
    ("docs/assets/", "scripts, styles and pictures of the site"),
    ("docs/", "other files of the site"),
    ("src/", "code that builds the site"),
    ("macros/", "code that builds the site"),
    ("overrides/", "code that builds the site"),
    (".github/", "what runs on the forge"),
    (".ci/", "what runs on the forge"),
    ("tests/", "tests"),
    ("benchmarks/", "tests"),
)
_ELSE: Final = "settings, and what is installed"
_NO_CODE: Final = frozenset({CONTENT_ELSE, LAYOUT, PAGES, LANGUAGE, TEXTS, RELEASED})


@dataclasses.dataclass(frozen=True, slots=True)
class File:
    """A file that is not as it was."""

    path: str
    group: str
    """What it is, in plain words."""
    fate: str = ""
    """What became of it: new, gone, or nothing for other bytes."""

    @property
    def has_a_say(self) -> bool:
        """Whether it can change what is checked, and who is asked."""
        return self.group not in _NO_CODE


@dataclasses.dataclass(frozen=True, slots=True)
class Others:
    """All that differs beside the entries."""

    files: tuple[File, ...] = ()
    is_known: bool = True
    """False where the older side keeps entries only."""

    @property
    def judges_itself(self) -> bool:
        """Whether what judges the proposal is part of it."""
        return any(file.has_a_say for file in self.files)


NONE: Final = Others()


def of(comparison: Comparison, old: Tree | None) -> Others:
    """List the files beside the entries that git keeps, and that are not as they were then.

    ``old`` is what ``revisions.tracked`` says of the older side.
    """
    root = comparison.new.root
    if old is None:
        return Others(is_known=False)
    new = revisions.tracked(root, revisions.HERE) or {}
    told = {side.entry.path for it in comparison.differences for side in (it.old, it.new) if side}
    before, after = _by_path(comparison.old), _by_path(comparison.new)
    same = {path for path, entries in after.items() if before.get(path) == entries}
    files = []
    for path in sorted({*old, *new} - told - same):
        fate = _fate(root, path, old.get(path), new.get(path))
        if fate is not None:
            both = path in before and path in after
            files.append(File(path, LAYOUT if both else _group(path), fate))
    return Others(tuple(files))


def owners_then(root: Path, old: Tree | None) -> Owners:
    """Read who was asked at a revision, as forges do: a proposal can't choose who reads it."""
    kept = old or {}
    place = next((place for place in owners.PLACES if place in kept), None)
    return owners.read(revisions.text(root, kept[place][1]), place) if place else owners.of(root)


def _by_path(library: Library) -> dict[str, set[int]]:
    """Map each file to its entries, which are the same objects where its bytes are the same."""
    found: dict[str, set[int]] = {}
    for entry in library.entries:
        found.setdefault(entry.path, set()).add(id(entry))
    return found


def _fate(root: Path, path: str, old: Kept | None, new: Kept | None) -> str | None:
    """Tell what became of a file; None where it is as it was."""
    here = os.path.lexists(root / path)
    if old is None:
        return "new" if here else None
    if new is None or not here:
        return "gone"
    if old[0] == _MODULE:  # a repository inside: git keeps the name of its commit
        return None if old == new else ""
    return None if old[0] == new[0] and _is(root / path, *old) else ""


def _is(file: Path, mode: str, hash_: str) -> bool:
    """Tell whether a file has the bytes of that name."""
    try:
        if file.is_symlink() != (mode == _LINK):
            return False
        raw = os.fsencode(file.readlink()) if mode == _LINK else file.read_bytes()
    except OSError:
        return False
    digest = hashlib.sha1 if len(hash_) == _SHA1 else hashlib.sha256
    return digest(b"blob %d\0" % len(raw) + raw).hexdigest() == hash_


_SHA1: Final = 40
_LINK: Final = "120000"
_MODULE: Final = "160000"


def _group(path: str) -> str:
    if path in owners.PLACES:
        return WHO
    if path == "language-ok.yml":
        return LANGUAGE
    if path.startswith("docs/") and path.endswith(".md"):
        return PAGES
    if "/" not in path and (path.endswith(".md") or path.startswith("LICENSE")):
        return TEXTS
    return next((words for start, words in _FOLDERS if path.startswith(start)), _ELSE)


def grouped(files: tuple[File, ...]) -> Mapping[str, list[File]]:
    """Put files of one sort together, first those that have a say."""
    found: dict[str, list[File]] = {}
    for file in sorted(files, key=lambda file: (not file.has_a_say, file.group, file.path)):
        found.setdefault(file.group, []).append(file)
    return found
