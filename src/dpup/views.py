"""What templates ask for that is not written anywhere: items, notices, drawings, lists."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING

from dpup import (
    answers,
    asks,
    clauses,
    connections,
    figures,
    forms,
    resources,
    shapes,
    tombstones,
    toolkit,
    ways,
)
from dpup.kinds import KINDS, RESOURCES
from dpup.pictures import gallery

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markupsafe import Markup

    from dpup.entries import Entry, Practice
    from dpup.kinds import Kind
    from dpup.library import Library
    from dpup.pictures.ink import Picture


@dataclasses.dataclass(frozen=True, slots=True)
class Task:
    """What somebody is about to do, and the resource that helps."""

    words: str
    entry: Entry


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow a list."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    """Value and label of each option."""


def _choice(library: Library, kind: Kind) -> Choice:
    options = tuple((entry.id, entry.label) for entry in library.of(kind.name))
    return Choice(kind.name, kind.label, options)


@dataclasses.dataclass(frozen=True)
class Views:
    """Views over one Library."""

    library: Library

    def items(self, entry: Entry, section: int) -> tuple[resources.Item, ...]:
        """Give the items of a section of a checklist, by its place from 0."""
        return tuple(resources.items(entry, section, self.library.index))

    def asked(self, entry: Entry) -> tuple[asks.Section, ...]:
        """Give what a form asks, section by section."""
        return asks.of(entry, self.library.index)

    def fingerprints(self, entry: Entry) -> dict[str, str]:
        """Give the fingerprint of everything that a form asks, by its full id."""
        return {id_: ask.fingerprint for id_, ask in asks.by_id(self.asked(entry)).items()}

    def tombstones(self, entry: Entry) -> tuple[tombstones.Tombstone, ...]:
        """Say what became of what a checklist does not ask any more."""
        return tombstones.of(self.library, entry)

    def law(self, ask: asks.Ask) -> tuple[Entry, ...]:
        """Laws behind what a form asks: those it names, else those of its practices."""
        if ask.laws:
            return self.library.resolve("law", ask.laws)
        return tuple(tie.entry for tie in self.ties(ask.behind).law)

    def choosable(self, field: forms.TemplateField) -> tuple[tuple[str, str], ...]:
        """Give the value and the label of each answer that a field offers."""
        return asks.choices(field)

    @property
    def longest(self) -> int:
        """The most characters of an answer."""
        return answers.LONGEST

    def only(self, applies: str) -> str:
        """Give when a field is needed, to stand after the word "Only"."""
        first, _, rest = applies.partition(" ")
        return rest if first.lower() == "only" else applies[:1].lower() + applies[1:]

    def shown(self, excerpt: shapes.Excerpt) -> tuple[Practice, ...]:
        """Practices that an excerpt picks or selects."""
        picked = (self.library.index.practices.get(id_) for id_ in excerpt.picks)
        found = [practice for practice in picked if practice]
        if excerpt.select is not None:
            found += self.library.index.selector.select(excerpt.select)
        return tuple(dict.fromkeys(found))

    def notice(
        self, template: Entry, variant: forms.Variant, values: Mapping[str, clauses.Answer]
    ) -> tuple[clauses.Paragraph, ...]:
        """Lay out one variant of a template with some fields filled in."""
        facts = template.facts
        columns = clauses.tables(facts) if isinstance(facts, toolkit.Template) else {}
        return clauses.paragraphs(variant, self.fields(template), values, columns)

    def fields(self, template: Entry) -> dict[str, forms.TemplateField]:
        """Fields of a template by id, in order."""
        facts = template.facts
        return clauses.fields(facts) if isinstance(facts, toolkit.Template) else {}

    def examples(self, template: Entry) -> dict[str, str]:
        """Give the example of each field of a template."""
        return {name: field.example for name, field in self.fields(template).items()}

    def clause(self, template: Entry, clause: str) -> tuple[clauses.Said, ...]:
        """Lay out one clause with its blanks."""
        return tuple(clauses.said([clause], self.fields(template), {}))

    def answers(self, example: Entry) -> dict[str, str]:
        """Give the words with which an example fills in each field."""
        facts = example.facts
        filled = facts.filled if isinstance(facts, toolkit.Example) else ()
        return {answer.field: answer.text for answer in filled}

    def story(self, prose: Markup) -> tuple[Markup, Markup]:
        """Split a body before its first heading of the second level."""
        lead, heading, rest = prose.partition("<h2")
        return lead, heading + rest

    def agenda(self, workshop: Entry) -> tuple[tuple[int, shapes.Part], ...]:
        """Give the parts of a workshop, each with the minute at which it starts."""
        facts = workshop.facts
        parts = facts.parts if isinstance(facts, toolkit.Workshop) else ()
        starts = itertools.accumulate((part.minutes for part in parts), initial=0)
        return tuple(zip(starts, parts, strict=False))

    def questions(self, helper: Entry) -> tuple[ways.Stop, ...]:
        """Give the questions of a decision helper, with where each answer leads."""
        facts = helper.facts
        return ways.questions(facts) if isinstance(facts, toolkit.Decision) else ()

    def outcomes(self, helper: Entry) -> tuple[ways.Stop, ...]:
        """Give what a decision helper can come to."""
        facts = helper.facts
        return ways.outcomes(facts) if isinstance(facts, toolkit.Decision) else ()

    def gone(self, helper: Entry) -> tuple[ways.Piece, ...]:
        """Give what is withdrawn of a decision helper."""
        facts = helper.facts
        return ways.gone(facts) if isinstance(facts, toolkit.Decision) else ()

    def at_most(self, helper: Entry) -> int:
        """Count the questions on the longest way through a decision helper."""
        facts = helper.facts
        if not isinstance(facts, toolkit.Decision):
            return 0
        return ways.longest(ways.turns(facts), ways.start(facts))

    def pages(self, ids: Iterable[str]) -> tuple[Entry, ...]:
        """Turn ids into entries that have a page, whatever their kind."""
        return tuple(found for id_ in ids if (found := self.library.find(id_)))

    def party(self, entry: Entry, id_: str) -> str:
        """Give the name of a party of a resource's map."""
        facts = entry.facts
        map_ = facts.flow if isinstance(facts, toolkit.Resource) else None
        return next((p.name for p in map_.parties if p.id == id_), id_) if map_ else id_

    def flow(self, entry: Entry) -> figures.Figure | None:
        """Draw the map of a resource."""
        facts = entry.facts
        map_ = facts.flow if isinstance(facts, toolkit.Resource) else None
        return figures.flow(f"flow_{entry.id}", map_) if map_ else None

    def trace(self, finding: Entry) -> Picture | None:
        """Draw where a finding leads."""
        return gallery.trace_of(finding.id, self.library)

    def by_kind(self, entries: Iterable[Entry]) -> tuple[tuple[Kind, tuple[Entry, ...]], ...]:
        """Group resources by kind, in the order of the toolkit."""
        inside = tuple(entries)
        grouped = ((kind, tuple(e for e in inside if e.kind is kind)) for kind in RESOURCES)
        return tuple((kind, found) for kind, found in grouped if found)

    def tasks(self, role: str = "") -> tuple[Task, ...]:
        """Everything that people are about to do, in the order of its words."""
        found = (
            Task(words, entry)
            for entry in self.library.resources
            if not role or role in getattr(entry.facts, "roles", ())
            for words in getattr(entry.facts, "tasks", ())
        )
        return tuple(sorted(found, key=lambda task: task.words.lower()))

    def made_for(self, entry: Entry) -> tuple[Entry, ...]:
        """Give the resources that name a role or a stage."""
        field = f"{entry.kind.name}s"
        return tuple(e for e in self.library.resources if entry.id in getattr(e.facts, field, ()))

    def bundled(self) -> tuple[Entry, ...]:
        """Give the roles that something is made for."""
        return tuple(role for role in self.library.of("role") if self.made_for(role))

    def choices(self, kinds: Iterable[str], more: Iterable[Kind]) -> tuple[Choice, ...]:
        """Give what a list can be narrowed by: entries of some kinds, and kinds themselves."""
        found = [_choice(self.library, KINDS[name]) for name in kinds]
        names = tuple((kind.name, kind.plural) for kind in more)
        return (*found, Choice("kind", "Kind", names)) if names else tuple(found)

    def ties(self, practices: Iterable[Practice]) -> connections.Connections:
        """Give what some practices tie together."""
        return connections.of_practices(self.library, practices)

    def guidelines(self, entry: Entry) -> tuple[Entry, ...]:
        """Guidelines that a resource serves: those it names, else those of its practices."""
        named = self.library.resolve("guideline", getattr(entry.facts, "guidelines", ()))
        if named:
            return named
        ties = self.ties(self.library.uses(entry)).guidelines
        return tuple(tie.entry for tie in ties)
