"""The policy as it was: at any revision that git knows, or in an edition.

Git is asked for names and bytes only. So no attribute, filter or hook of a repository, which may
hold somebody's proposal, has a say in what is compared.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final

from dpup import edition_rules, editions
from dpup.library import Library, load, of_blobs
from dpup.places import CONTENT, EDITIONS

if TYPE_CHECKING:
    from pathlib import Path

HERE: Final = "."
"""The name of the files as they lie in the folder."""
_REGULAR: Final = ("100644", "100755")
_KNOWN = {
    "not a git repository": "This folder is in no git repository, so it has no revisions.",
    "dubious ownership": "Git does not trust this folder, as it belongs to somebody else.",
}


_NO_GIT = "There is no git on this computer, which keeps the revisions. Install it."


class RevisionError(ValueError):
    """A revision that can't be read; says what to do."""


def at(root: Path, name: str) -> Library:
    """Read the policy: ``.`` for the folder, the version of an edition, or a revision of git.

    Raises ``RevisionError``.
    """
    if name == HERE:
        return load(root)
    if name in editions.versions(root):
        return _edition(root, name)
    blobs = _blobs(root, _commit(root, name), f"{CONTENT}/")
    if not blobs:
        msg = (
            f"At '{name}' there are no files in {CONTENT}/, so nothing can be compared with it. "
            "Use a revision that has the policy."
        )
        raise RevisionError(msg)
    return of_blobs(root, blobs)


def released(root: Path, name: str) -> dict[str, bytes] | None:
    """Give the files of all editions as they were; None for an edition, which holds no others.

    Raises ``RevisionError``.
    """
    if name == HERE:
        return editions.everything(root)
    if name in editions.versions(root):
        return None
    return _blobs(root, _commit(root, name), f"{EDITIONS}/")


def doubts(root: Path, name: str, library: Library) -> tuple[str, ...]:
    """Say which files of a state can't be read whole, or are not there: they tell too little."""
    said = "Not all of this can be read."
    if name == HERE:
        return tuple(f"{path}: {said} dpup check says why." for path in sorted(library.unread))
    if name not in editions.versions(root):
        return tuple(f"{path} at {name}: {said}" for path in sorted(library.unread))
    folder = f"{EDITIONS}/{name}"
    other = f"{folder}.yml: This edition is not as it was released. dpup check says why."
    shown = (path.replace(CONTENT, folder, 1) for path in sorted(library.unread))
    told = [f"{path}: {said}" for path in shown]
    return (*told,) if edition_rules.is_whole(root, name) else (other, *told)


def _edition(root: Path, name: str) -> Library:
    blobs = editions.blobs(root, name)
    if not blobs:
        msg = f"The files of edition {name} are gone. Put {EDITIONS}/{name}/ back as it was."
        raise RevisionError(msg)
    return of_blobs(root, blobs)


def _commit(root: Path, name: str) -> str:
    """Give the full name of a commit."""
    try:
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        return _git(root, *asked).decode().strip()
    except RevisionError as error:
        if str(error) in {*_KNOWN.values(), _NO_GIT}:
            raise
    raise RevisionError(_unknown(root, name))


def _unknown(root: Path, name: str) -> str:
    """Say why there may be no such revision."""
    if not _git(root, "rev-list", "--max-count=1", "--all"):
        return "This repository has no commits yet, so there is no older state to compare with."
    msg = f"Git knows no revision '{name}' here. Use a branch, a tag or a commit."
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        cure = "fetch the rest: git fetch --unshallow, or fetch-depth: 0."
        return f"{msg} Only part of the history is here; {cure}"
    return msg


def _blobs(root: Path, commit: str, *below: str) -> dict[str, bytes]:
    """Read all regular files below some folders of a commit."""
    names: list[tuple[str, str]] = []
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", *below)
    for line in listed.split(b"\0"):
        head, _, path = line.partition(b"\t")
        mode, _, rest = head.decode().partition(" ")
        if mode in _REGULAR:
            names.append((path.decode("utf-8", "surrogateescape"), rest.rpartition(" ")[2]))
    wanted = "".join(f"{hash_}\n" for _, hash_ in names)
    packed = _git(root, "cat-file", "--batch", given=wanted.encode())
    return dict(_unpacked(packed, [path for path, _ in names]))


def _unpacked(packed: bytes, paths: list[str]) -> list[tuple[str, bytes]]:
    """Take the answer of ``cat-file`` apart: a head with the size, the bytes, a line feed."""
    found = []
    start = 0
    for path in paths:
        end = packed.index(b"\n", start)
        size = int(packed[start:end].rpartition(b" ")[2])
        found.append((path, packed[end + 1 : end + 1 + size]))
        start = end + size + 2
    return found


def _git(root: Path, *args: str, given: bytes = b"") -> bytes:
    # No shell, and a name that somebody gives stands behind --end-of-options.
    command = ["git", "-C", str(root), "--no-optional-locks", *args]
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603
    except OSError as error:
        raise RevisionError(_NO_GIT) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise RevisionError(next((text for key, text in _KNOWN.items() if key in said), said))
    return done.stdout


def tracked(root: Path, name: str) -> dict[str, tuple[str, str]] | None:
    """Map each file that a revision keeps to its mode and the name of its bytes.

    ``.`` gives what git keeps of the folder; an edition keeps no other files: None.
    """
    if name == HERE:
        asked: tuple[str, ...] = ("-c", "core.fsmonitor=false", "ls-files", "--stage", "-z")
    elif name in editions.versions(root):
        return None
    else:
        asked = ("ls-tree", "-r", "-z", _commit(root, name))
    found = {}
    for line in filter(None, _git(root, *asked).split(b"\0")):
        head, _, path = line.partition(b"\t")
        mode, *rest = head.decode().split(" ")
        hash_ = rest[0] if name == HERE else rest[1]
        found[path.decode("utf-8", "surrogateescape")] = (mode, hash_)
    return found


def text(root: Path, hash_: str) -> str:
    """Read the bytes of that name as a text."""
    return _git(root, "cat-file", "blob", hash_).decode("utf-8", "replace")
