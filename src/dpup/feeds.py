"""Atom feeds: what changed in the whole policy, for each role and for each Guideline.

A feed is made from the histories of entries alone. So it stays byte for byte the same while none
of them changes, and each change keeps its id on whatever host the site lies. Format: RFC 4287.
"""

from __future__ import annotations

import dataclasses
import html
import uuid
from typing import TYPE_CHECKING, Final

from lxml import etree

from dpup import editions, licence, reviews, views
from dpup.addresses import FEEDS, relative, url_of
from dpup.characters import for_documents
from dpup.entries import Piece, Practice
from dpup.kinds import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dpup.entries import Entry
    from dpup.library import Library
    from dpup.reviews import Changed

ALL: Final = f"{FEEDS}/all.xml"
NEWEST: Final = 100
"""A feed holds this many changes at most: the newest."""
AUTHOR: Final = "DPUP toolkit"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_EMPTY: Final = f'<feed xmlns="{_ATOM}" xml:lang="{licence.LANGUAGE}"/>'
_SPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, licence.OFFICIAL)


@dataclasses.dataclass(frozen=True, slots=True)
class Feed:
    """One feed: where it lies, what it is called, and what it holds."""

    path: str
    title: str
    about: str
    """The page that it belongs to."""
    changes: tuple[Changed, ...]
    released: tuple[editions.Manifest, ...] = ()
    """Editions, the newest first."""


def feeds(library: Library) -> Iterator[Feed]:
    """Yield the feed of the whole policy, then one for each Guideline and role."""
    changes = reviews.history(library)
    known = (editions.manifest(library.root, it) for it in editions.versions(library.root))
    released = tuple(found for found in known if found)[::-1]
    yield Feed(ALL, "Changes of the DPUP toolkit", "changes.md", changes, released)
    seen = views.Views(library)
    for entry in (*library.of("guideline"), *library.of("role")):
        touches = _serves if entry.kind.name == "guideline" else _is_for
        found = tuple(item for item in changes if touches(seen, entry, item))
        title = f"{entry.title}: changes of the DPUP toolkit"
        yield Feed(path_of(entry), title, entry.uri, found)


def path_of(entry: Entry) -> str:
    """Give the place of the feed of a role or a Guideline."""
    return f"{FEEDS}/{entry.kind.name}-{entry.id}.xml"


def files(library: Library, site_url: str) -> dict[str, bytes]:
    """Map the path of every feed to its bytes.

    ``site_url`` is the address of the site; without it, links start from the feed.
    """
    base = f"{site_url.rstrip('/')}/" if site_url else ""
    return {feed.path: _document(feed, library, base) for feed in feeds(library)}


def _serves(seen: views.Views, guideline: Entry, item: Changed) -> bool:
    """Tell whether a change is about a Guideline, or about a resource that serves it."""
    if item.entry.kind in RESOURCES:
        return guideline in seen.guidelines(item.entry)
    return item.entry is guideline


def _is_for(seen: views.Views, role: Entry, item: Changed) -> bool:
    """Tell whether a change is about something that a role does or uses."""
    if item.entry.kind in RESOURCES:
        return role.id in getattr(item.entry.facts, "roles", ())
    named = _items(seen.library, item)
    practices = [p for p in named if isinstance(p, Practice)] or item.entry.practices
    return any(role.id in practice.facts.roles for practice in practices)


def _items(library: Library, item: Changed) -> tuple[Practice | Piece, ...]:
    """Give the practices and questions that a change names."""
    index = library.index
    ids = [f"{item.entry.id}.{id_}" for id_ in item.change.items]
    found = (index.practices.get(id_) or index.pieces.get(id_) for id_ in ids)
    return tuple(thing for thing in found if thing)


def _document(feed: Feed, library: Library, base: str) -> bytes:
    days = (*(it.change.date for it in feed.changes), *(it.date for it in feed.released))
    newest = max((day.isoformat() for day in days), default="1970-01-01")
    root = etree.fromstring(_EMPTY)
    _put(root, "title", feed.title)
    _put(root, "subtitle", licence.NOTICE)
    _put(root, "id", _name(feed.path))
    _put(root, "updated", _moment(newest))
    _put(_put(root, "author"), "name", AUTHOR)
    _put(root, "rights", f"{licence.NAME}, {licence.URL}")
    here = _way(feed.path, feed.path, base)
    _put(root, "link", rel="self", type="application/atom+xml", href=here)
    page = _way(feed.about, feed.path, base)
    _put(root, "link", rel="alternate", type="text/html", href=page)
    for edition in feed.released:
        _put_edition(root, edition, lambda uri: _way(uri, feed.path, base))
    for item in feed.changes[:NEWEST]:
        _put_entry(root, item, library, lambda uri: _way(uri, feed.path, base))
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _put_entry(
    root: etree._Element, item: Changed, library: Library, way: Callable[[str], str]
) -> None:
    entry, change = item.entry, item.change
    page = f"{entry.uri}#dpup_history" if entry.kind.has_page else entry.uri
    moment = _moment(change.date.isoformat())
    shown = _put(root, "entry")
    _put(shown, "title", f"{entry.title} {change.version}: {change.kind}")
    _put(shown, "id", _name(f"{entry.kind.name}/{entry.id}/{change.version}/{_number(item)}"))
    _put(shown, "published", moment)
    _put(shown, "updated", moment)
    _put(shown, "category", term=change.kind)
    _put(shown, "category", term=entry.kind.name, label=entry.kind.label)
    _put(shown, "link", rel="alternate", type="text/html", href=way(page))
    _put(shown, "content", _content(item, library), type="html")


def _put_edition(
    root: etree._Element, edition: editions.Manifest, way: Callable[[str], str]
) -> None:
    moment = _moment(edition.date.isoformat())
    shown = _put(root, "entry")
    _put(shown, "title", f"Edition {edition.version}")
    _put(shown, "id", _name(f"{editions.PAGES}/{edition.version}"))
    _put(shown, "published", moment)
    _put(shown, "updated", moment)
    _put(shown, "category", term="edition")
    page = way(f"{editions.PAGES}/{edition.version}/index.md")
    _put(shown, "link", rel="alternate", type="text/html", href=page)
    _put(shown, "content", f"<p>{html.escape(edition.note)}</p>", type="html")


def _put(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """Add an element; lxml escapes its text and attributes."""
    added = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    added.text = for_documents(text) or None
    return added


def _content(item: Changed, library: Library) -> str:
    """Say what changed and why, as HTML; all that comes from content is escaped."""
    note = f"<p>{html.escape(item.change.note)}</p>"
    named = (_named(thing) for thing in _items(library, item))
    lines = "".join(f"<li>{html.escape(line)}</li>" for line in named)
    return f"{note}<ul>{lines}</ul>" if lines else note


def _named(thing: Practice | Piece) -> str:
    """Say what an item is, and what took its place if it is withdrawn."""
    stone = thing.facts.withdrawn
    after = f" In its place: {', '.join(stone.replaced_by)}." if stone and stone.replaced_by else ""
    return f"{thing.id}: {thing.title}{' Withdrawn.' if stone else ''}{after}"


def _number(item: Changed) -> int:
    """Count a change among those of its version, from the oldest: its id must not move."""
    facts = item.entry.facts
    same = [it for it in getattr(facts, "changes", ()) if it.version == item.change.version]
    return len(same) - next(n for n, it in enumerate(same) if it is item.change)


def _name(path: str) -> str:
    return uuid.uuid5(_SPACE, path).urn


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _way(target: str, here: str, base: str) -> str:
    """Link to a page or feed: in full where the site knows its address."""
    return base + url_of(target) if base else relative(target, here)
