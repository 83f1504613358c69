"""What became of the editions between two states: each stays as it was, and new ones are named.

The manifest of an edition can't vouch for it: whoever changes a file can change its digest too.
Only an older state can.
"""

from __future__ import annotations

import dataclasses
import functools
import shlex
from typing import TYPE_CHECKING

from dpup import editions
from dpup.places import EDITIONS
from dpup.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclasses.dataclass(frozen=True, eq=False)
class Kept:
    """All files of editions, of two states; None for a state that knows of no editions."""

    old: Mapping[str, bytes] | None
    now: Mapping[str, bytes] | None
    since: str
    """What the reader calls the older state."""

    @functools.cached_property
    def new(self) -> tuple[str, ...]:
        """Name the editions that the older state does not have, the oldest first."""
        if self.old is None or self.now is None:
            return ()
        return tuple(sorted(_versions(self.now) - _versions(self.old), key=editions.numbers))

    @property
    def news(self) -> tuple[Problem, ...]:
        """Name them as warnings."""
        return tuple(
            Problem(_manifest(it), 1, 1, "", f"Edition {it} is new.", ask(it), "warning")
            for it in self.new
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Say what of an edition is not as the older state has it."""
        if self.old is None or self.now is None:
            return ()
        lost = sorted(_versions(self.old) - _versions(self.now), key=editions.numbers)
        gone = [
            self._problem(_manifest(it), f"Edition {it} is gone", _manifest(it), _folder(it))
            for it in lost
        ]
        return (*gone, *self._changed(set(lost)))

    def _changed(self, lost: set[str]) -> Iterator[Problem]:
        for path, raw in _released(self.old or {}):
            now = (self.now or {}).get(path)
            version = _version(path)
            is_told = now is None and version in lost
            if now != raw and not is_told:
                what = "is gone" if now is None else "has changed"
                yield self._problem(path, f"This file of edition {version} {what}", path)

    def _problem(self, path: str, what: str, *paths: str) -> Problem:
        command = shlex.join(["git", "restore", "--source", self.since, "--", *paths])
        hint = f"An edition stays as it was released: {command}"
        return Problem(path, 1, 1, "", f"{what} since {self.since}.", hint)


def ask(version: str) -> str:
    """Say what has to be asked of a new edition."""
    compared = f"dpup diff {version} says what today's files say otherwise."
    return f"Take it in only if those who release editions have made it. {compared}"


def _released(state: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the manifest of each edition and what it lists; what it does not list was no part."""
    for version in sorted(_versions(state), key=editions.numbers):
        path = _manifest(version)
        yield path, state[path]
        found = editions.listing_of(state[path], path)
        listed = {f"{_folder(version)}/{file.path}" for file in found.files} if found else None
        for other, raw in sorted(state.items()):
            inside = other.startswith(f"{_folder(version)}/")
            if inside and (listed is None or other in listed):
                yield other, raw


def _versions(state: Mapping[str, bytes]) -> set[str]:
    """Name the editions of a state."""
    found = {_version(path) for path in state}
    return {it for it in found if _manifest(it) in state and editions.VERSION.fullmatch(it)}


def _version(path: str) -> str:
    return path.removeprefix(f"{EDITIONS}/").partition("/")[0].removesuffix(".yml")


def _manifest(version: str) -> str:
    return f"{EDITIONS}/{version}.yml"


def _folder(version: str) -> str:
    return f"{EDITIONS}/{version}"
