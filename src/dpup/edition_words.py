"""The words that show editions: their list, one edition, and an entry as it was in it."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING

from markupsafe import Markup

from dpup import editions, meaning, model
from dpup.evolve import compare, formats
from dpup.toolkit_words import ToolkitWords

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from dpup.entries import Entry
    from dpup.library import Library


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
        """The documents that have a page of their own."""
        found = (e for e in self.library.entries if isinstance(e.facts, model.Document))
        paged = (entry for entry in found if entry.kind.has_page)
        return tuple(sorted(paged, key=lambda entry: entry.sort_key))


def of(root: Path) -> tuple[Edition, ...]:
    """Give the editions of a project, the newest first."""
    found = ((name, editions.manifest(root, name)) for name in editions.versions(root))
    return tuple(Edition(root, name, m.date, m.note) for name, m in reversed(list(found)) if m)


@functools.lru_cache(maxsize=8)  # an edition never changes, and each of its pages asks for it
def _library(root: Path, version: str) -> Library:
    return editions.library(root, version)


class EditionWords(ToolkitWords):
    """Words about what was released."""

    def editions(self) -> Markup:
        """List the editions, newest first."""
        return self.component("editions", editions=of(self.library.root))

    def edition(self, version: str = "", id: str = "") -> Markup:  # noqa: A002 - the word's argument
        """Show an edition, or an entry as it was in it."""
        found = next((it for it in of(self.library.root) if it.version == version), None)
        if found is None:
            return self.unknown("edition", version)
        if not id:
            return self._whole(found)
        entry = found.library.find(id)
        return self._page_of(found, entry) if entry else self.unknown("entry", id)

    def _whole(self, edition: Edition) -> Markup:
        rows = [(e, edition.uri_of(e), meaning.of_entry(e)) for e in edition.entries]
        changes = ""
        if edition.before:
            comparison = compare.compare(edition.before.library, edition.library)
            changes = formats.as_html(comparison, lambda text: str(self.reo(text)))
        return self.component(
            "edition",
            edition=edition,
            changes=Markup(changes),  # noqa: S704 - made and escaped by formats
            entries=rows,
        )

    def _page_of(self, edition: Edition, entry: Entry) -> Markup:
        own = {entry.uri for entry in edition.entries}

        def way(uri: str, here: str) -> str:
            """Stay in the edition where it has the page."""
            page = uri.partition("#")[0]
            return self.way(
                f"{editions.PAGES}/{edition.version}/{uri}" if page in own else uri, here
            )

        words = type(self)(edition.library, self.here, way)
        said = words.component("paper", entry=entry, prose=words.prose(entry), values={})
        return self.component(
            "edition-entry", edition=edition, entry=entry, said=said, today=entry.uri
        )
