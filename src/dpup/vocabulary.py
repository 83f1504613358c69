"""What each word renders: the Library seen through the components, for one page.

Words never raise for content. A word that is told something unknown renders a visible note,
and ``dpup check`` has reported it with its line.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dpup import components, fields, figures, render, reviews
from dpup.entries import Practice
from dpup.kinds import KINDS
from dpup.library import Library, load
from dpup.links import between_files, relative
from dpup.reference import Term
from dpup.reo import Marker
from dpup.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from dpup.calls import Call
    from dpup.entries import Entry

NEEDS = {
    "te-reo": "a te reo Māori reviewer",
    "legal": "a legal reviewer",
    "source": "someone who can see the source",
}


class Vocabulary:
    """The words for one page of the site."""

    def __init__(
        self, library: Library, here: str, way: Callable[[str, str], str] = relative
    ) -> None:
        self.library = library
        self.here = here
        self._way = way
        self._components = components.of_project(library.root)
        reo = [entry.title for entry in library.of("term") if _is_reo(entry)]
        self._marker = _marker(tuple(reo))

    def run(self, call: Call) -> Markup:
        """Run a checked call."""
        return self.words()[call.word](**call.arguments)

    def words(self) -> Mapping[str, Callable[..., Markup]]:
        """Every word with its function."""
        return {name: getattr(self, name) for name in WORDS}

    def href(self, uri: str) -> str:
        """Give the link from this page to another."""
        return self._way(uri, self.here)

    def link(self, thing: Entry | Practice, text: str = "") -> Markup:
        """Link to an entry or practice by its title."""
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
            "reo": self._marker.html,
            "parts": self._marker.parts,
            "kinds": KINDS,
            "needs": NEEDS,
        }
        return self._components.render(name, context, **params)

    def prose(self, entry: Entry, level: int = 2, prefix: str = "") -> Markup:
        """Render the body of an entry."""
        placing = render.Placing(level, prefix)
        return render.body(self.library, entry, self.href, self.run, placing)

    # The words ---------------------------------------------------------------

    def entry(self, id: str = "") -> Markup:  # noqa: A002 - the word's argument
        """Render a whole entry."""
        found = self.library.find(id)
        if found is None:
            return self._unknown("entry", id)
        return self.component("entry", entry=found, prose=self.prose(found))

    def policy(self) -> Markup:
        """Render every Principle and Guideline."""
        kinds = ("principle", "guideline")
        homes = [entry for kind in kinds for entry in self.library.of(kind)]
        bodies = {entry.id: self.prose(entry, 4, f"{entry.id}.") for entry in homes}
        return self.component("policy", entries=homes, bodies=bodies)

    def entries(self, kind: str = "", **filters: Any) -> Markup:  # noqa: ANN401 - checked in calls
        """List the entries of a kind."""
        if kind not in KINDS:
            return self._unknown("kind", kind)
        found = self.library.of(kind, **filters)
        return self.component("entries", kind=KINDS[kind], entries=found)

    def practices(self, **filters: Any) -> Markup:  # noqa: ANN401 - checked in calls
        """List the practices that bear on all the given ids."""
        found = self.library.practices(**filters)
        return self.component("practices", practices=found, with_home=True)

    def matrix(self, rows: str = "", columns: str = "") -> Markup:
        """Cross two kinds: each cell counts the practices that join them."""
        if rows not in KINDS or columns not in KINDS:
            return self._unknown("kind", rows if rows not in KINDS else columns)
        sides = (self.library.of(rows), self.library.of(columns))
        cells = self.library.crossed(rows, columns)
        kinds = (KINDS[rows], KINDS[columns])
        return self.component("matrix", kinds=kinds, rows=sides[0], columns=sides[1], cells=cells)

    def term(self, id: str = "") -> Markup:  # noqa: A002 - the word's argument
        """Show one word of the glossary."""
        found = self.library.get("term", id)
        return self.component("term", term=found) if found else self._unknown("term", id)

    def glossary(self) -> Markup:
        """Show the whole glossary."""
        terms = sorted(self.library.of("term"), key=lambda term: term.id)
        return self.component("glossary", terms=terms)

    def timeline(self) -> Markup:
        """Show the history in order; events without a date to sort by come last."""
        events = self.library.of("event")
        ordered = sorted(events, key=lambda event: getattr(event.facts, "start", None) or "9999")
        return self.component("timeline", events=ordered)

    def faqs(self, section: str = "") -> Markup:
        """Show the questions and answers of a section."""
        found = self.library.of("faq", section=section)
        bodies = {faq.id: self.prose(faq, 4, f"{faq.id}.") for faq in found}
        return self.component("faqs", faqs=found, bodies=bodies)

    def sources(self) -> Markup:
        """Show every source with the entries that rest on it."""
        return self.component("sources", sources=self.library.of("source"))

    def awaiting(self) -> Markup:
        """Show everything that awaits a reviewer."""
        return self.component("awaiting", items=reviews.awaiting(self.library))

    def changes(self) -> Markup:
        """Show the changes of all entries, newest first."""
        return self.component("changes", changes=reviews.history(self.library))

    def fields(self, kind: str = "") -> Markup:
        """Show the keys that a file of a kind may have."""
        if kind not in KINDS:
            return self._unknown("kind", kind)
        return self.component("fields", kind=KINDS[kind], shapes=fields.shapes(KINDS[kind]))

    def vocabulary(self) -> Markup:
        """Show the words, with what each may be told."""
        return self.component("vocabulary", words=tuple(WORDS.values()))

    def figure(self, name: str = "") -> Markup:
        """Draw a figure from the data."""
        drawing = figures.draw(name, self.library)
        if drawing is None:
            return self._unknown("figure", name)
        return self.component("figure", figure=drawing)

    def _unknown(self, kind: str, id_: str) -> Markup:
        return self.component("unknown", kind=kind, id=id_)


def _is_reo(entry: Entry) -> bool:
    return isinstance(entry.facts, Term) and entry.facts.reo


@functools.lru_cache(maxsize=4)
def _marker(words: tuple[str, ...]) -> Marker:
    return Marker(words)


def for_page(root: Path, here: str, *, as_files: bool = False) -> Vocabulary:
    """Make the words for one page of a project.

    ``as_files`` links to source files, for an engine that turns those into addresses itself.
    """
    return Vocabulary(load(root), here, between_files if as_files else relative)
