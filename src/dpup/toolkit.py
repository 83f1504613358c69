"""The kinds of the toolkit's resources: what a file in ``content/toolkit/`` may say.

Like ``model`` it opens no file and resolves no reference. Whatever can be taken from the
policy is referred to here and never typed again.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dpup.branching import DecisionQuestion, Outcome
from dpup.forms import Filled, TemplateSection, Variant
from dpup.model import Document, Id, Line, Number, PracticeRefs, Refs, SomeRefs
from dpup.shapes import (
    Asked,
    ChecklistSection,
    Excerpt,
    FlowMap,
    Meanings,
    Minutes,
    Moment,
    Part,
    QuizQuestion,
    Scale,
    SomePractices,
)

Tasks = tuple[Line, ...]
Answers = Literal["yes-no-na", "yes-no", "tick"]


class Resource(Document):
    """What every resource of the toolkit says."""

    minutes: Minutes | None = None
    """About how many minutes it takes to use or read."""
    tasks: Tasks = ()
    """What somebody is about to do when they need it, each completing "I am about to …"."""
    principles: Refs = ()
    """Ids of the Principles that it is mainly about; its practices have to touch each of them."""
    guidelines: Refs = ()
    """Ids of the Guidelines that it mainly serves; its practices have to touch each of them."""
    roles: SomeRefs
    """Ids of the roles that it is for."""
    stages: SomeRefs
    """Ids of the stages at which it helps."""
    supports: PracticeRefs = ()
    """Full ids of practices that its text helps with."""
    flow: FlowMap | None = None
    """A map of who passes what to whom, and why."""
    scale: Scale | None = None
    """Steps from less to more."""


class Guide(Resource):
    """A resource in prose."""

    kind: Literal["guide"]
    """The kind of toolkit resource."""


class Checklist(Resource):
    """Questions to answer or steps to tick off."""

    kind: Literal["checklist"]
    """The kind of toolkit resource."""
    answers: Answers
    """How an item is answered."""
    meanings: Meanings | None = None
    """What each answer means; needed unless items are only ticked."""
    sections: Annotated[tuple[ChecklistSection, ...], Field(min_length=1)]
    """The sections, in order."""


class Template(Resource):
    """A form to fill in, and the notices that it turns into."""

    kind: Literal["template"]
    """The kind of toolkit resource."""
    sections: Annotated[tuple[TemplateSection, ...], Field(min_length=1)]
    """The sections, in order."""
    variants: tuple[Variant, ...] = ()
    """The notices that the fields turn into; each field has to be in one of them."""


class Summary(Resource):
    """A short view composed from the policy; nothing in it is typed twice."""

    kind: Literal["summary"]
    """The kind of toolkit resource."""
    about: SomeRefs
    """Ids of the entries that it sums up."""
    pages: Number
    """How many printed pages it is meant to fill."""
    excerpts: Annotated[tuple[Excerpt, ...], Field(min_length=1)]
    """Its parts, in order."""


class Example(Resource):
    """A template filled in for a fictitious case."""

    kind: Literal["example"]
    """The kind of toolkit resource."""
    template: Id
    """Id of the template."""
    variants: Refs = ()
    """Ids of the template's variants to show with these answers."""
    supports: SomePractices
    """Full ids of the practices that it shows at work."""
    filled: Annotated[tuple[Filled, ...], Field(min_length=1)]
    """The answers."""


class CaseStudy(Resource):
    """A fictitious story that shows practices at work."""

    kind: Literal["case-study"]
    """The kind of toolkit resource."""
    sector: Id
    """Id of the sector in which it plays."""
    moments: Annotated[tuple[Moment, ...], Field(min_length=2)]
    """The decisions, in order."""


class Workshop(Resource):
    """A session to run: agenda, facilitator's notes, slides and questions."""

    kind: Literal["workshop"]
    """The kind of toolkit resource."""
    minutes: Minutes
    """How long it takes in all; the parts have to add up to it."""
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    """The agenda."""
    questions: tuple[Asked, ...] = ()
    """Questions that people ask."""


class Quiz(Resource):
    """Questions to test yourself with."""

    kind: Literal["quiz"]
    """The kind of toolkit resource."""
    questions: Annotated[tuple[QuizQuestion, ...], Field(min_length=1)]
    """The questions, in order."""


class Decision(Resource):
    """Questions that lead, answer by answer, to what to do."""

    kind: Literal["decision"]
    """The kind of toolkit resource."""
    questions: Annotated[tuple[DecisionQuestion, ...], Field(min_length=1)]
    """The questions; the first one is asked first."""
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=2)]
    """What it can come to."""


RESOURCES = (Checklist, Decision, Template, Summary, Guide, Example, CaseStudy, Workshop, Quiz)
