"""The words that show editions: their list, one edition, and an entry as it was in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from dpup import editions, meaning, released
from dpup.evolve import compare, formats
from dpup.toolkit_words import ToolkitWords

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpup.entries import Entry
    from dpup.released import Edition


class EditionWords(ToolkitWords):
    """Words about what was released."""

    def editions(self) -> Markup:
        """List the editions, newest first."""
        return self.component("editions", editions=released.of(self.library.root))

    def edition(self, version: str = "", id: str = "") -> Markup:  # noqa: A002 - the word's argument
        """Show an edition, or an entry as it was in it."""
        found = next((it for it in released.of(self.library.root) if it.version == version), None)
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
            page = formats.Page(
                lambda text: str(self.reo(text)), self._way_in(edition), is_kept=True
            )
            changes = formats.as_html(comparison, page)
        return self.component(
            "edition",
            edition=edition,
            changes=Markup(changes),  # noqa: S704 - made and escaped by formats
            entries=rows,
        )

    def _way_in(self, edition: Edition) -> Callable[[str], str]:
        """Lead from an id to its page in an edition, where it has one."""
        own = {entry.uri for entry in edition.entries}

        def way(id_: str) -> str:
            found = edition.library.lookup(id_) or edition.library.find(id_)
            if found is None or found.uri.partition("#")[0] not in own:
                return ""
            return self.href(f"{editions.PAGES}/{edition.version}/{found.uri}")

        return way

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
