"""Editions as pages show them: where each lies on the site, and what was in it."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Final

from dpup import editions, model
from dpup.kinds import KINDS

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from dpup.entries import Entry
    from dpup.library import Library


INDEX: Final = f"{editions.PAGES}/index.md"
"""The page that lists them."""


@dataclasses.dataclass(frozen=True)
class Edition:
    """One edition, as pages show it."""

    root: Path
    version: str
    date: dt.date
    note: str

    @property
    def uri(self) -> str:
        """The page that says what changed in it."""
        return f"{editions.PAGES}/{self.version}/index.md"

    def uri_of(self, entry: Entry) -> str:
        """Give the page of an entry as it was."""
        return f"{editions.PAGES}/{self.version}/{entry.uri}"

    @property
    def is_newest(self) -> bool:
        """True when no edition is younger."""
        return of(self.root)[0].version == self.version

    @property
    def before(self) -> Edition | None:
        """The edition before this one."""
        every = of(self.root)
        place = [edition.version for edition in every].index(self.version)
        return every[place + 1] if place + 1 < len(every) else None

    @property
    def library(self) -> Library:
        """The policy as it stood."""
        return _library(self.root, self.version)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The documents that have a page of their own, the policy first."""
        found = (e for e in self.library.entries if isinstance(e.facts, model.Document))
        paged = (entry for entry in found if entry.kind.has_page)
        return tuple(sorted(paged, key=_place))


def _place(entry: Entry) -> tuple[int, tuple[str, str, int, str]]:
    return list(KINDS).index(entry.kind.name), entry.sort_key


def of(root: Path) -> tuple[Edition, ...]:
    """Give the editions of a project, the newest first."""
    found = ((name, editions.manifest(root, name)) for name in editions.versions(root))
    return tuple(Edition(root, name, m.date, m.note) for name, m in reversed(list(found)) if m)


@functools.lru_cache(maxsize=8)  # an edition never changes, and each of its pages asks for it
def _library(root: Path, version: str) -> Library:
    return editions.library(root, version)
