"""One page of the site being made: links from it, components on it, prose of entries."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from dpup import (
    components,
    connections,
    notice_data,
    offers,
    render,
    reviews,
    settings,
    stale,
    views,
)
from dpup.addresses import relative
from dpup.entries import Practice
from dpup.kinds import KINDS, RESOURCES
from dpup.reference import Term
from dpup.reo import Marker

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpup.calls import Call
    from dpup.entries import Entry, Piece
    from dpup.library import Library


@dataclasses.dataclass(frozen=True, slots=True)
class Offered:
    """One format of a document, as a page shows it."""

    label: str
    href: str
    size: str
    """Its size in words; empty when no build has made it yet."""


class Page:
    """What the words of the vocabulary stand on."""

    def __init__(
        self, library: Library, here: str, way: Callable[[str, str], str] = relative
    ) -> None:
        self.library = library
        self.here = here
        self.way = way
        self._components = components.of_project(library.root)
        reo = [entry.title for entry in library.of("term") if _is_reo(entry)]
        self._marker = _marker(tuple(reo))

    def run(self, call: Call) -> Markup:
        """Run a checked call."""
        shown: Markup = getattr(self, call.word)(**call.arguments)
        return shown

    def href(self, uri: str) -> str:
        """Give the link from this page to another."""
        return self.way(uri, self.here)

    def link(self, thing: Entry | Practice | Piece, text: str = "") -> Markup:
        """Link to an entry, practice or question by its title."""
        title = text or (thing.facts.text if isinstance(thing, Practice) else thing.title)
        shown = self._marker.html(title)
        return Markup('<a href="{}">{}</a>').format(self.href(thing.uri), shown)

    def component(self, name: str, **params: object) -> Markup:
        """Render a component; templates use it to place one inside another."""
        context = {
            "library": self.library,
            "href": self.href,
            "link": self.link,
            "component": self.component,
            "reo": self.reo,
            "day": stale.said,
            "parts": self.parts,
            "kinds": KINDS,
            "resource_kinds": RESOURCES,
            "needs": reviews.NEEDS,
            "connections": functools.partial(connections.of_entry, self.library),
            "views": views.Views(self.library),
            "offered": self.offered,
            "again": functools.partial(stale.again, self.library),
            "notice_data": self.notice_data,
            "suggest": self.suggest,
        }
        return self._components.render(name, context, **params)

    def suggest(self, id_: str) -> str:
        """Give where somebody can suggest a change of what has this id; empty for nowhere."""
        if forge := settings.forge(self.library.root):
            return forge.suggest(id_)
        there = (self.library.root / "docs" / _HOW).is_file()
        return self.href(_HOW) if there else ""

    def notice_data(self, template: Entry) -> Markup:
        """Write what the notice builder needs of a template, as data for its script element."""
        return notice_data.text(template, self.library.index, self.parts)

    def offered(self, id_: str, kind: str) -> tuple[Offered, ...]:
        """Give the formats that a document of a kind can be downloaded in."""
        if not offers.are_on(self.library.root):
            return ()
        made = offers.sizes(self.library.root)
        return tuple(
            Offered(offer.label, self.href(offer.uri(id_)), _size(made.get(offer.file(id_))))
            for offer in offers.of(kind)
        )

    def prose(self, entry: Entry, level: int = 2, prefix: str = "") -> Markup:
        """Render the body of an entry."""
        placing = render.Placing(level, prefix)
        return render.body(self.library, entry, self.href, self.run, placing)

    def reo(self, text: str) -> Markup:
        """Escape a text, and mark its te reo Māori."""
        return self._marker.html(text)

    def parts(self, text: str) -> tuple[tuple[str, bool], ...]:
        """Give a text in pieces, each with whether it is te reo Māori."""
        return tuple(self._marker.parts(text))

    def unknown(self, kind: str, id_: str) -> Markup:
        """Show a note in the place of something that does not exist."""
        return self.component("unknown", kind=kind, id=id_)


_HOW: Final = "contribute/index.md"


def _size(size: int | None) -> str:
    return "" if size is None else offers.in_words(size)


def _is_reo(entry: Entry) -> bool:
    return isinstance(entry.facts, Term) and entry.facts.reo


@functools.lru_cache(maxsize=4)
def _marker(words: tuple[str, ...]) -> Marker:
    return Marker(words)
