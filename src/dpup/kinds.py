"""The kinds of entries: which file holds them, which model they fit, which page they get.

One table, so that no other module needs to know a folder or a page path.
"""

from __future__ import annotations

import dataclasses
import typing
from typing import Final

from dpup import model, reference, toolkit

Facts = model.Document | reference.Item | reference.Term | reference.Source


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry."""

    name: str
    """Singular, as authors write it: ``principle``."""
    label: str
    """As readers see it, singular."""
    plural: str
    """As readers see it, plural."""
    model: type[Facts]
    """The shape of its facts."""
    place: str
    """Its folder, or its YAML list, below ``content/``."""
    page: str
    """The page of one entry, with ``{id}``; an anchor where entries share a page."""
    index: str
    """The page that lists the kind."""

    @property
    def is_list(self) -> bool:
        """True when the entries are items of one YAML file."""
        return self.place.endswith(".yml")

    @property
    def has_page(self) -> bool:
        """True when each entry has a page of its own."""
        return "#" not in self.page


def _folder(name: str, label: str, plural: str, shape: type[Facts], place: str) -> Kind:
    folder = place.rpartition("/")[2]
    return Kind(name, label, plural, shape, place, f"{folder}/{{id}}.md", f"{folder}/index.md")


def _list(name: str, label: str, plural: str, shape: type[Facts], page: str = "") -> Kind:
    stem = page or f"{plural.lower()}/{{id}}.md"
    index = stem.partition("#")[0].replace("{id}", "index")
    place = f"reference/{_FILES.get(name, plural.lower())}.yml"
    return Kind(name, label, plural, shape, place, stem, index)


def _resource(shape: type[toolkit.Resource]) -> Kind:
    """Make the kind of a toolkit resource from its model, which names it."""
    name = str(typing.get_args(shape.model_fields["kind"].annotation)[0])
    label = _LABELS.get(name, name.replace("-", " ").capitalize())
    plural = _PLURALS.get(name, f"{label}s")
    return Kind(name, label, plural, shape, TOOLKIT, "toolkit/{id}.md", "toolkit/index.md")


TOOLKIT: Final = "toolkit"
_LABELS = {"decision": "Decision helper"}
_PLURALS = {"summary": "Summaries", "case-study": "Case studies", "quiz": "Quizzes"}
_COVERAGE = "toolkit/coverage.md#{id}"
_FILES = {"term": "glossary", "event": "timeline", "official": "official"}

_FAQ = Kind("faq", "Question", "Questions", model.Faq, "reference/faqs", "faqs.md#{id}", "faqs.md")

KINDS: Final = {
    kind.name: kind
    for kind in (
        _folder("principle", "Principle", "Principles", model.Principle, "principles"),
        _folder("guideline", "Guideline", "Guidelines", model.Guideline, "guidelines"),
        *(_resource(shape) for shape in toolkit.RESOURCES),
        _FAQ,
        _list("role", "Role", "Roles", reference.Role),
        _list("stage", "Stage", "Stages", reference.Stage),
        _list("law", "Law", "Laws", reference.Law),
        _list("finding", "Finding", "Findings", reference.Finding),
        _list("term", "Term", "Terms", reference.Term, "glossary.md#{id}"),
        _list("source", "Source", "Sources", reference.Source, "sources.md#{id}"),
        _list("event", "Event", "Events", reference.Event, "about/timeline.md#{id}"),
        _list("sector", "Sector", "Sectors", reference.Sector, "about/implementation.md#{id}"),
        _list("official", "Official resource", "Official resources", reference.Official, _COVERAGE),
        _list("agency", "Agency", "Agencies", reference.Agency, "about/implementation.md#{id}"),
    )
}

RESOURCES: Final = tuple(kind for kind in KINDS.values() if kind.place == TOOLKIT)
ALL_TEXT: Final = frozenset({"guide", "case-study", "faq"})
"""Kinds that say nothing without the text below their facts."""
