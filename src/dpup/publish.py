"""Files that are there as a whole or not at all: one file, and a whole site.

A build writes beside the site, into ``site.building``, and only what is finished takes the
place of the site. So a run can be killed at any moment and a whole site stays, the old one or
the new one; the next run removes what was left over. One folder takes one build at a time.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_HERE: Final = -100  # AT_FDCWD: a relative path starts in the current folder
_EXCHANGE: Final = 2  # RENAME_EXCHANGE


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file, and its folders, so that a reader sees the old bytes or the new, never a part.

    What a killed run leaves is named like the file, with a dot before it and a number after it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    own = f".{path.name}.{os.getpid()}.{threading.get_ident()}"
    part = path.with_name(own)
    try:
        part.write_bytes(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def begin(site: Path, *, keep: bool = False) -> Path:
    """Heal what a killed run left, and give the folder to build in.

    It is empty, or with ``keep`` a copy of the site. Raises OSError where it can't be made.
    """
    _put_back(site)
    if site.exists() and not site.is_dir():
        raise NotADirectoryError(0, "it is a file, not a folder", str(site))
    work = _work(site)
    if work.exists():
        shutil.rmtree(work)
    if keep and site.exists():
        shutil.copytree(site, work, symlinks=True)
    else:
        work.mkdir(parents=True)
    return work


def finish(site: Path) -> None:
    """Put the folder that was built in the place of the site; raise OSError where it can't be."""
    work = _work(site)
    if not site.exists():
        work.rename(site)
        return
    _keep_hidden(site, work)
    shutil.copymode(site, work)
    _exchange(site, work)
    shutil.rmtree(work)


def discard(site: Path) -> None:
    """Remove what was built and not finished, as far as it can be removed."""
    shutil.rmtree(_work(site), ignore_errors=True)


def _work(site: Path) -> Path:
    return site.with_name(f"{site.name}.building")


def _aside(site: Path) -> Path:
    return site.with_name(f"{site.name}.replaced")


def _put_back(site: Path) -> None:
    """Heal a run that was killed between the renames of :func:`_exchange`."""
    aside = _aside(site)
    if not aside.exists():
        return
    if site.exists():
        shutil.rmtree(aside)
    else:
        aside.rename(site)


def _keep_hidden(site: Path, work: Path) -> None:
    """Copy what MkDocs leaves alone when it cleans a site, such as ``.git`` of a worktree."""
    for old in site.glob(".*"):
        new = work / old.name
        if new.exists():
            continue
        if old.is_dir() and not old.is_symlink():
            shutil.copytree(old, new, symlinks=True)
        else:
            shutil.copy2(old, new, follow_symlinks=False)


def _exchange(site: Path, work: Path) -> None:
    """Exchange two folders, so that the old site lies where the new one was built."""
    if _exchanged_at_once(site, work):
        return
    # The old site lies aside for these renames only: what lies there is whole, so that the
    # next run can put it back.
    aside = _aside(site)
    site.rename(aside)
    try:
        work.rename(site)
    except OSError:
        aside.rename(site)
        raise
    aside.rename(work)


def _exchanged_at_once(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, and say whether that could be done.

    Python has no name for it, but Linux can on nearly every file system. It is worth a call by
    hand: with renames there is a moment without a site, for a reader and for a killed run.
    """
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(rename(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)
