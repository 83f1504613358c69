"""What each word renders: the Library seen through the components, for one page.

Words never raise for content. A word that is told something unknown renders a visible note,
and ``dpup check`` has reported it with its line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dpup import (
    components,
    feeds,
    fields,
    linked_data,
    offers,
    proposal_data,
    reviews,
    settings,
    showing,
    stale,
    views,
)
from dpup.addresses import between_files, relative
from dpup.edition_words import EditionWords
from dpup.kinds import KINDS
from dpup.library import load
from dpup.pictures import gallery
from dpup.search import atoz, records
from dpup.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from markupsafe import Markup

_NEWEST: Final = 6
"""How many changes are the newest few."""


class Vocabulary(EditionWords):
    """The words for one page of the site."""

    def words(self) -> Mapping[str, Callable[..., Markup]]:
        """Every word with its function."""
        return {name: getattr(self, name) for name in WORDS}

    def entry(self, id: str = "") -> Markup:  # noqa: A002 - the word's argument
        """Render a whole entry."""
        found = self.library.find(id)
        if found is None:
            return self.unknown("entry", id)
        shown = self.component("entry", entry=found, prose=self.prose(found))
        return shown + self._linked(linked_data.of_entry(self.library, found))

    def linked_data(self, of: str = "") -> Markup:
        """Say to programs what stands on a page of many entries."""
        if of == "glossary":
            return self._linked(linked_data.glossary(self.library))
        if of != "faqs":
            return self.unknown("kind", of)
        found = self.library.of("faq")
        answers = {faq.id: linked_data.plain(self.prose(faq)) for faq in found}
        return self._linked(linked_data.faqs(self.library, answers))

    def _linked(self, data: dict[str, Any]) -> Markup:
        return self.component("linked-data", json=linked_data.text(data))

    def policy(self) -> Markup:
        """Render every Principle and Guideline."""
        kinds = ("principle", "guideline")
        homes = [entry for kind in kinds for entry in self.library.of(kind)]
        bodies = {entry.id: self.prose(entry, 4, f"{entry.id}.") for entry in homes}
        return self.component("policy", entries=homes, bodies=bodies)

    def entries(self, kind: str = "", **filters: Any) -> Markup:  # noqa: ANN401 - checked in calls
        """List the entries of a kind."""
        if kind not in KINDS:
            return self.unknown("kind", kind)
        found = self.library.of(kind, **filters)
        return self.component("entries", kind=KINDS[kind], entries=found)

    def practices(self, **filters: Any) -> Markup:  # noqa: ANN401 - checked in calls
        """List the practices that bear on all the given ids."""
        found = self.library.practices(**filters)
        return self.component("practices", practices=found, with_home=True)

    def term(self, id: str = "") -> Markup:  # noqa: A002 - the word's argument
        """Show one word of the glossary."""
        found = self.library.get("term", id)
        return self.component("term", term=found) if found else self.unknown("term", id)

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

    def offline(self) -> Markup:
        """Place the controls of what this browser keeps."""
        return self.component("offline")

    def propose(self) -> Markup:
        """Place the form that makes a new entry, and the other ways to propose one."""
        # A script asks for it where the page is served, whatever engine made the page.
        lists = {kind: self.href(uri) for kind, uri in proposal_data.LISTS.items()}
        data = proposal_data.text(self.library, relative(proposal_data.URI, self.here), lists)
        forge = settings.forge(self.library.root)
        return self.component("propose", data=data, forms=tuple(offers.FORMS.values()), forge=forge)

    def sources(self) -> Markup:
        """Show every source with the entries that rest on it."""
        return self.component("sources", sources=self.library.of("source"))

    def awaiting(self) -> Markup:
        """Show everything that awaits a reviewer."""
        return self.component("awaiting", items=reviews.awaiting(self.library))

    def due(self) -> Markup:
        """Show what has to be checked again, month by month."""
        return self.component("due", months=stale.months(self.library))

    def changes(self, *, newest: bool = False) -> Markup:
        """Show the changes of all entries, newest first, or only the newest few."""
        found = reviews.history(self.library)
        return self.component("changes", changes=found[:_NEWEST] if newest else found)

    def feeds(self) -> Markup:
        """List the feeds."""
        return self.component("feeds", feeds=tuple(feeds.feeds(self.library)))

    def fields(self, kind: str = "") -> Markup:
        """Show the keys that a file of a kind may have."""
        label = fields.label(kind)
        if not label:
            return self.unknown("kind", kind)
        return self.component("fields", label=label, shapes=fields.shapes(kind))

    def vocabulary(self) -> Markup:
        """Show the words, with what each may be told."""
        return self.component("vocabulary", words=tuple(WORDS.values()))

    def components(self) -> Markup:
        """Show every component, with its examples."""
        known = components.of_project(self.library.root)
        words = self.words()
        shown = (
            showing.show(known.contract(name), self.library, lambda w, a: words[w](**a))
            for name in known.names
        )
        return self.component("components", all=tuple(shown))

    def downloads(self, id: str = "") -> Markup:  # noqa: A002 - the word's argument
        """List the formats of a document that is no entry, or all that can be downloaded."""
        if not id:
            return self._all_downloads()
        found = offers.document(id)
        if found is None:
            return self.unknown("document", id)
        return self.component("downloads", id=found.id, kind=found.kind, prefix=f"{found.id}_")

    def _all_downloads(self) -> Markup:
        seen = views.Views(self.library)
        kinds = (KINDS[name] for name in ("principle", "guideline"))
        policy = tuple((kind, self.library.of(kind.name)) for kind in kinds)
        return self.component(
            "downloads-all",
            collections=tuple(offers.COLLECTIONS.values()),
            roles=seen.bundled(),
            kinds_of_entries=(*policy, *seen.by_kind(self.library.resources)),
            matrices=offers.tables(),
            forms=tuple(offers.FORMS.values()),
        )

    def picture(self, name: str = "") -> Markup:
        """Draw a picture from the data, with a table that says the same."""
        drawn = gallery.draw(name, self.library)
        return self.component("picture", picture=drawn) if drawn else self.unknown("picture", name)

    def trace(self, finding: str = "") -> Markup:
        """Draw where a finding leads."""
        drawn = gallery.trace_of(finding, self.library)
        if drawn is None:
            return self.unknown("finding", finding)
        return self.component("picture", picture=drawn)

    def search(self) -> Markup:
        """Search the whole site; script makes it work."""
        seen = views.Views(self.library)
        there = tuple(pair for pair in records.kinds() if records.is_there(self.library, pair[0]))
        kind = views.Choice("kind", "Kind", there)
        return self.component(
            "search",
            choices=(kind, *seen.choices(records.AXES, ())),
            all_at_once="whole-policy.md",
            contact="contact.md",
        )

    def atoz(self) -> Markup:
        """List everything that has a name, from A to Z."""
        return self.component("atoz", letters=atoz.letters(self.library))


def for_page(root: Path, here: str, *, as_files: bool = False) -> Vocabulary:
    """Make the words for one page of a project.

    ``as_files`` links to source files, for an engine that turns those into addresses itself.
    """
    return Vocabulary(load(root), here, between_files if as_files else relative)
