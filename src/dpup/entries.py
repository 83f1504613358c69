"""Loaded things: an entry with its place, and a practice with the entry it stands in.

Pure values over the models; they open nothing and resolve nothing.
"""

from __future__ import annotations

import dataclasses
import functools
import typing
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from dpup import branching, forms, model, nesting, reference, shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.kinds import Facts, Kind
    from dpup.safeyaml import Path


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One loaded entry: its facts, its prose and where they stand."""

    kind: Kind
    id: str
    facts: Facts
    path: str
    """The file, relative to the project."""
    base: Path = ()
    """The path of its data inside the file: empty, or the index in a list."""
    line: int = 1
    """The line at which it starts."""
    body: str = ""
    body_line: int = 1

    @property
    def title(self) -> str:
        """The name as the reader sees it."""
        return self.facts.term if isinstance(self.facts, reference.Term) else self.facts.title

    @property
    def label(self) -> str:
        """The name where room is short: ``IPP 3`` for a law, the title for all else."""
        return self.facts.short if isinstance(self.facts, reference.Law) else self.title

    @property
    def summary(self) -> str:
        """What it is, in a sentence."""
        if isinstance(self.facts, reference.Term):
            return self.facts.meaning
        return "" if isinstance(self.facts, reference.Source) else self.facts.summary

    @property
    def uri(self) -> str:
        """The page, with an anchor where entries share one: ``laws/ipp-1.md``."""
        return self.kind.page.format(id=self.id)

    @property
    def groups(self) -> tuple[model.Group, ...]:
        """Behaviour areas or key activities; empty for kinds that have none."""
        if isinstance(self.facts, model.Principle):
            return self.facts.areas
        return self.facts.activities if isinstance(self.facts, model.Guideline) else ()

    @property
    def withdrawal(self) -> model.Withdrawal | None:
        """The tombstone, if there is one."""
        return self.facts.withdrawn if isinstance(self.facts, model.Document) else None

    @property
    def practices(self) -> Iterator[Practice]:
        """Its practices, in reading order."""
        for group in self.groups:
            for facts in group.practices:
                yield Practice(self, facts, group)

    @property
    def local_ids(self) -> Iterator[tuple[Path, str]]:
        """Yield each id that becomes an anchor of its page, with the path of its field."""
        yield from _ids(self.facts, ())

    @property
    def pieces(self) -> Iterator[Piece]:
        """Its questions, fields and outcomes that have a permanent address of their own."""
        for facts in _inside(self.facts):
            if isinstance(facts, PIECES) and facts.id:
                yield Piece(self, facts)

    @property
    def sort_key(self) -> tuple[str, str, int, str]:
        """Reading order inside a kind: FAQ sections and law kinds stay together."""
        section = str(getattr(self.facts, "section", getattr(self.facts, "kind", "")))
        number = int(getattr(self.facts, "number", self.base[0] if self.base else 0))
        return (self.kind.name, section, number, self.id)


def _inside(facts: BaseModel) -> Iterator[BaseModel]:
    """Yield every model inside a model, in reading order."""
    for _, item in nesting.models_in(facts):
        yield item
        yield from _inside(item)


def _ids(facts: BaseModel, where: Path) -> Iterator[tuple[Path, str]]:
    # The ids of a decision's answers are no anchors, nor are those of a drawing.
    names = () if isinstance(facts, branching.DecisionQuestion) else nesting.inner(type(facts))
    for name in names:
        value = getattr(facts, name, None)
        if isinstance(value, shapes.FlowMap):
            continue
        if isinstance(value, BaseModel):
            yield from _ids(value, (*where, name))
        for index, item in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(item, BaseModel):
                here = (*where, name, index)
                if isinstance(id_ := getattr(item, "id", None), str):
                    yield (*here, "id"), id_
                yield from _ids(item, here)


ADDRESS: Final = "id/{id}.md"
Inside = (
    shapes.ChecklistItem
    | forms.TemplateField
    | shapes.QuizQuestion
    | branching.DecisionQuestion
    | branching.Outcome
)
Inner = model.Practice | Inside
PIECES: Final = typing.get_args(Inside)


@dataclasses.dataclass(frozen=True)
class Addressed:
    """Something inside an entry that has an id, and so an address, of its own."""

    entry: Entry
    facts: Inner

    @functools.cached_property  # asked for again and again
    def id(self) -> str:
        """The full id: ``purpose-matters.write-it-down``."""
        return f"{self.entry.id}.{self.facts.id}"

    @property
    def uri(self) -> str:
        """The permanent anchor on the entry's page."""
        return f"{self.entry.uri}#{self.facts.id}"

    @property
    def address(self) -> str:
        """The page that answers for its id for good, wherever it moves."""
        return ADDRESS.format(id=self.id)


@dataclasses.dataclass(frozen=True)
class Piece(Addressed):
    """A question, field or outcome of a resource."""

    facts: Inside

    @property
    def title(self) -> str:
        """What it asks for, or what it comes to."""
        if isinstance(self.facts, forms.TemplateField):
            return self.facts.label
        if isinstance(self.facts, branching.Outcome):
            return self.facts.title
        return self.facts.question or ""


_BEARS_ON: Final = {
    "principle": "principles",
    "guideline": "guidelines",
    "law": "laws",
    "role": "roles",
    "stage": "stages",
    "source": "sources",
    "finding": "responds_to",
}
"""Kinds of what a practice bears on, and the fields that name them."""


@dataclasses.dataclass(frozen=True)
class Practice(Addressed):
    """A practice and where it stands."""

    facts: model.Practice
    group: model.Group

    @property
    def title(self) -> str:
        """What to do, without the sentences that say why."""
        first, stop, rest = self.facts.text.partition(". ")
        return f"{first}." if stop and rest else self.facts.text

    def related(self, kind: str) -> tuple[str, ...]:
        """Ids of the given kind that this practice bears on, its own entry first."""
        own = (self.entry.id,) if self.entry.kind.name == kind else ()
        return tuple(dict.fromkeys((*own, *self._declared(kind))))

    def _declared(self, kind: str) -> tuple[str, ...]:
        holder, name = (self.entry.facts if kind == "finding" else self.facts), _BEARS_ON.get(kind)
        found: tuple[str, ...] = getattr(holder, name, ()) if name else ()
        return found
