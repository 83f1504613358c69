"""Where made files are kept between builds, each under the hash of all that went into it."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import TYPE_CHECKING, Final

import filelock

from dpup.publish import write_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FOLDER: Final = ".cache/downloads"
"""Below the project; it can be deleted at any time."""


@dataclasses.dataclass(frozen=True, slots=True)
class Store:
    """A folder of files by the hash of their inputs."""

    folder: Path

    def lock(self) -> filelock.BaseFileLock:
        """Keep others away: two builds of one project would clear away each other's files.

        Raises OSError where the folder can't be made.
        """
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        return filelock.FileLock(self.folder.with_suffix(".lock"))

    def path(self, key: str) -> Path:
        """Where the file of a key is, or will be."""
        return self.folder / key[:2] / key

    def has(self, key: str) -> bool:
        """Tell whether the file of a key is there; what is there is whole."""
        return self.path(key).is_file()

    def put(self, key: str, data: bytes) -> None:
        """Keep a file; a run that is killed leaves all of it or none."""
        write_bytes(self.path(key), data)

    def drop_others(self, keys: Iterable[str]) -> None:
        """Delete what no key asks for, and what a killed run left."""
        kept = {self.path(key) for key in keys}
        for file in self.folder.rglob("*"):
            if file.is_file() and file not in kept:
                file.unlink(missing_ok=True)


def key(*inputs: str) -> str:
    """Hash inputs into a key."""
    text = "\0".join(inputs)
    return hashlib.sha256(text.encode()).hexdigest()
