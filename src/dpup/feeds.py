"""Atom feeds: what changed in the whole policy, for each role and for each Guideline.

An entry of a feed is a notice of a change: made from its line of a history alone, it stays byte for
byte the same whatever is changed later, and keeps its id on whatever host the site lies. Whose feed
it stands in is read from the policy before the change and after it. Format: RFC 4287.
"""

from __future__ import annotations

import dataclasses
import html
import uuid
from typing import TYPE_CHECKING, Final

from lxml import etree

from dpup import editions, licence, released, reviews, views
from dpup.addresses import FEEDS, relative, url_of
from dpup.characters import for_documents
from dpup.kinds import RESOURCES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from dpup import model
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
    releases: tuple[released.Edition, ...] = ()
    """Editions, the newest first."""

    @property
    def news(self) -> tuple[Changed | released.Edition, ...]:
        """All that it tells, the newest first; an edition stands above what is in it."""
        return tuple(sorted((*self.releases, *self.changes), key=_day, reverse=True))


def feeds(library: Library) -> Iterator[Feed]:
    """Yield the feed of the whole policy, then one for each Guideline and role."""
    changes = reviews.history(library)
    yield Feed(ALL, "Changes of the DPUP toolkit", "changes.md", changes, released.of(library.root))
    past = _Past(library)
    touched = [(item, past.touched(item)) for item in changes]
    for entry in (*library.of("guideline"), *library.of("role")):
        found = tuple(item for item, all_ in touched if (entry.kind.name, entry.id) in all_)
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
    return {feed.path: _document(feed, base) for feed in feeds(library)}


class _Past:
    """The states of the policy that a project knows: its editions, and today's."""

    def __init__(self, library: Library) -> None:
        every = (*(it.library for it in reversed(released.of(library.root))), library)
        self._states = tuple(views.Views(state) for state in every)

    def touched(self, item: Changed) -> frozenset[tuple[str, str]]:
        """Give the Guidelines and roles that a change concerns, by kind and id.

        It concerns whom the entry was for before the change or after it. So who is taken off an
        entry is told, and keeps what was told before.
        """
        return frozenset(
            whom
            for seen in self._sides(item)
            if (entry := seen.library.get(item.entry.kind.name, item.entry.id))
            for whom in _concerned(seen, entry, item.change)
        )

    def _sides(self, item: Changed) -> tuple[views.Views, ...]:
        """Give the last state without the change, and the first with it."""
        known = (self._has(seen, item) for seen in self._states[:-1])
        first = next((n for n, has in enumerate(known) if has), len(self._states) - 1)
        return self._states[max(first - 1, 0) : first + 1]

    def _has(self, seen: views.Views, item: Changed) -> bool:
        entry = seen.library.get(item.entry.kind.name, item.entry.id)
        lines = getattr(entry.facts, "changes", ()) if entry else ()
        return _mark(item.change) in {_mark(line) for line in lines}


def _mark(change: model.Change) -> tuple[str, dt.date, str]:
    """Tell a line from others: marks and macrons of its note may be put right later."""
    return change.version, change.date, change.kind


def _concerned(seen: views.Views, entry: Entry, change: model.Change) -> Iterator[tuple[str, str]]:
    """Yield what an entry served, and the roles that did or used what changed in it."""
    if entry.kind in RESOURCES:
        yield from (("guideline", guideline.id) for guideline in seen.guidelines(entry))
        yield from (("role", role) for role in getattr(entry.facts, "roles", ()))
        return
    yield entry.kind.name, entry.id
    named = [it for it in entry.practices if it.facts.id in change.items]
    for practice in named or entry.practices:
        yield from (("role", role) for role in practice.facts.roles)


def _document(feed: Feed, base: str) -> bytes:
    newest = next((_day(it).isoformat() for it in feed.news), "1970-01-01")
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
    for item in feed.news[:NEWEST]:
        if isinstance(item, released.Edition):
            _put_edition(root, item, lambda uri: _way(uri, feed.path, base))
        else:
            _put_entry(root, item, lambda uri: _way(uri, feed.path, base))
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _put_entry(root: etree._Element, item: Changed, way: Callable[[str], str]) -> None:
    entry, change = item.entry, item.change
    page = f"{entry.uri}#dpup_history" if entry.kind.has_page else entry.uri
    moment = _moment(change.date.isoformat())
    shown = _put(root, "entry")
    _put(shown, "title", f"{entry.kind.label} {entry.id} {change.version}: {change.kind}")
    _put(shown, "id", _name(f"{entry.kind.name}/{entry.id}/{change.version}/{_number(item)}"))
    _put(shown, "published", moment)
    _put(shown, "updated", moment)
    _put(shown, "category", term=change.kind)
    _put(shown, "category", term=entry.kind.name, label=entry.kind.label)
    _put(shown, "link", rel="alternate", type="text/html", href=way(page))
    _put(shown, "content", _content(item), type="html")


def _put_edition(
    root: etree._Element, edition: released.Edition, way: Callable[[str], str]
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


def _content(item: Changed) -> str:
    """Say what changed and why, as HTML; all that comes from content is escaped.

    Things are named by their ids: their words and titles may be others later.
    """
    note = f"<p>{html.escape(item.change.note)}</p>"
    lines = "".join(f"<li>{html.escape(f'{item.entry.id}.{it}')}</li>" for it in item.change.items)
    return f"{note}<ul>{lines}</ul>" if lines else note


def _number(item: Changed) -> int:
    """Count a change among those of its version, from the oldest: its id must not move."""
    facts = item.entry.facts
    same = [it for it in getattr(facts, "changes", ()) if it.version == item.change.version]
    return len(same) - next(n for n, it in enumerate(same) if it is item.change)


def _name(path: str) -> str:
    return uuid.uuid5(_SPACE, path).urn


def _day(item: Changed | released.Edition) -> dt.date:
    return item.date if isinstance(item, released.Edition) else item.change.date


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _way(target: str, here: str, base: str) -> str:
    """Link to a page or feed: in full where the site knows its address."""
    return base + url_of(target) if base else relative(target, here)
