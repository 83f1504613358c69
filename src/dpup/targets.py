"""Where a link in a contributed text leads: a content file, a page in ``docs/``, or the web.

Authors link to files, so that links work in the repository's own view as well.
"""

from __future__ import annotations

import dataclasses
import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from dpup.explain import closest, nearest, one_of
from dpup.kinds import KINDS
from dpup.sanitise import SCHEMES, scheme_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from dpup.entries import Entry
    from dpup.kinds import Kind
    from dpup.library import Library

Fault = tuple[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Targets:
    """Resolves the links of one entry for the page on which it is shown."""

    library: Library
    entry: Entry
    href: Callable[[str], str]
    """Gives the link to a page of the site from the page that is being made."""
    headings: Callable[[str, Library], frozenset[str]]
    """Gives the anchors that the headings of a text make."""

    def resolve(self, href: str) -> str | Fault:
        """Give the final address, or what is wrong with the link and its cure."""
        if scheme_of(href) in SCHEMES:
            return self._web(href)
        if not href:
            return "This link leads nowhere.", "Write an address between the parentheses."
        parts = urlsplit(href)
        if href.startswith(("/", "\\")) or parts.netloc:
            hint = "Link to a file, as ../guidelines/purpose-matters.md, or to https://…"
            return f"The link '{href}' starts at the root of a server.", hint
        if not parts.path:
            return self._own_anchor(parts.fragment)
        folder = posixpath.dirname(self.entry.path)
        target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
        if target.startswith(".."):
            return f"The link '{href}' leads out of the project.", "Link to a file inside it."
        return self._file(href, target, parts.fragment)

    def _web(self, href: str) -> str | Fault:
        parts = urlsplit(href)
        if parts.scheme in {"http", "https"} and not parts.netloc:
            return f"The link '{href}' has no host.", "Write it as https://host/page."
        return href

    def _own_anchor(self, anchor: str) -> str | Fault:
        # Nobody knows the practices of an entry whose facts are wrong.
        draft = any(entry is self.entry for entry in self.library.drafts)
        if draft or anchor in self._anchors(self.entry):
            return self.href(_anchored(self.entry, anchor))
        return self._no_anchor(anchor, self.entry)

    def _file(self, href: str, target: str, anchor: str) -> str | Fault:
        kind = self._list_kind(target)
        if kind:
            return self._item(kind, anchor)
        entry = self.library.by_path.get(target)
        if entry:
            return self._entry(entry, anchor)
        if target.startswith("docs/") and target.endswith(".md"):
            return self._page(target, anchor)
        broken = self._broken(target)
        if broken:
            return self.href(broken)
        hint = self._near(target) or "Link to a file of content/ or docs/ that exists."
        return f"The link '{href}' leads to no file ('{target}').", hint

    def _broken(self, target: str) -> str:
        """Page of an entry that could not be read; its own problem is told elsewhere."""
        folder, _, name = target.rpartition("/")
        stem = name.removesuffix(".md")
        kind = next((kind for kind in KINDS.values() if folder == f"content/{kind.place}"), None)
        if kind is None or not self.library.index.unsure(kind.name, stem):
            return ""
        return kind.page.format(id=stem) if _is_file(self.library.root / target) else ""

    def _near(self, target: str) -> str:
        """Name the file with the most similar name, first in the same folder."""
        folder, _, name = target.rpartition("/")
        paths = [entry.path for entry in self.library.entries]
        same = {path.rpartition("/")[2]: path for path in paths if path.startswith(f"{folder}/")}
        rest = {path.rpartition("/")[2]: path for path in paths}
        for names in (same, rest):
            if guess := closest(name, names):
                return f"Did you mean '{names[guess]}'?"
        return ""

    def _list_kind(self, target: str) -> Kind | None:
        lists = (kind for kind in KINDS.values() if kind.is_list)
        return next((kind for kind in lists if target == f"content/{kind.place}"), None)

    def _item(self, kind: Kind, anchor: str) -> str | Fault:
        if not anchor:
            return self.href(kind.index)
        entry = self.library.get(kind.name, anchor)
        if entry or self.library.index.unsure(kind.name, anchor):
            return self.href(kind.page.format(id=anchor))
        known = (entry.id for entry in self.library.of(kind.name))
        hint = nearest(anchor, known) or one_of(kind.label.lower())
        return f"No {kind.label.lower()} '{anchor}'.", hint

    def _entry(self, entry: Entry, anchor: str) -> str | Fault:
        if anchor and anchor not in self._anchors(entry):
            return self._no_anchor(anchor, entry)
        return self.href(_anchored(entry, anchor) if anchor else entry.uri)

    def _page(self, target: str, anchor: str) -> str | Fault:
        file = self.library.root / target
        if not _is_file(file) or not file.resolve().is_relative_to(self.library.root / "docs"):
            return f"There is no page '{target}'.", "Link to a page that exists."
        # Anchors of hand-written pages are checked where those pages are built.
        page = target.removeprefix("docs/")
        return self.href(f"{page}#{anchor}" if anchor else page)

    def _anchors(self, entry: Entry) -> AbstractSet[str]:
        return self.library.ids_inside(entry) | self.headings(entry.body, self.library)

    def _no_anchor(self, anchor: str, entry: Entry) -> Fault:
        hint = nearest(anchor, self._anchors(entry)) or "Use the id of a practice or heading."
        return f"'{entry.path}' has no anchor '{anchor}'.", hint


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):  # a name too long, or one with a null in it
        return False


def _anchored(entry: Entry, anchor: str) -> str:
    """Give the address of an anchor; entries that share a page prefix theirs with their id."""
    page = entry.uri.partition("#")[0]
    return f"{page}#{anchor}" if entry.kind.has_page else f"{page}#{entry.id}.{anchor}"
