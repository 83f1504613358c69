"""The parts that the toolkit's resources are made of: selections, items, fields, excerpts.

Like ``model`` it opens no file and resolves no reference.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dpup.model import Id, Line, Model, PracticeRefs, Ref, Refs, Text, Texts, Withdrawal

Minutes = Annotated[int, Field(ge=1, le=480)]
SomePractices = Annotated[tuple[Ref, ...], Field(min_length=1)]
SomeTexts = Annotated[tuple[Text, ...], Field(min_length=1)]

Facet = Literal[
    "summary",
    "core-idea",
    "meaning",
    "use-when",
    "covers",
    "do",
    "avoid",
    "exceptions",
    "beyond-law",
    "questions",
    "duties",
    "upholds",
    "activities",
    "practices",
    "practice-questions",
]


class Selection(Model):
    """Filters over the practices: a practice is selected when all of them fit."""

    guideline: Id | None = None
    """Id of a Guideline that the practice belongs to or leads to."""
    principle: Id | None = None
    """Id of a Principle that the practice upholds."""
    group: Ref | None = None
    """Full id of a key activity or behaviour area, as purpose-matters.writing-the-statement."""
    role: Id | None = None
    """Id of a role that does it."""
    stage: Id | None = None
    """Id of a stage at which it is done."""
    law: Id | None = None
    """Id of a law that bears on it."""
    finding: Id | None = None
    """Id of a finding of 2018 that its Principle or Guideline answers."""
    beyond_law: bool | None = None
    """True for practices that ask more than the law, false for the others."""
    without: PracticeRefs = ()
    """Full ids of practices to leave out of what the filters find."""


class Party(Model):
    """Somebody who passes information on or receives it."""

    id: Id
    """Unique in this map."""
    name: Line
    """Who it is, as a role and not a real name."""


class Passing(Model):
    """One passing of information from one party to another."""

    sender: Id
    """Id of the party that passes it on."""
    receiver: Id
    """Id of the party that gets it."""
    what: Line
    """What information."""
    why: Line
    """What for."""


class FlowMap(Model):
    """Who passes what to whom, and why; the site draws it."""

    title: Line
    """What the map shows."""
    parties: Annotated[tuple[Party, ...], Field(min_length=2, max_length=8)]
    """Who takes part."""
    passings: Annotated[tuple[Passing, ...], Field(min_length=1, max_length=20)]
    """Each passing of information, in order."""


class End(Model):
    """One end of a scale."""

    title: Line
    """Its name."""
    example: Line
    """A piece of work that belongs there."""


class Step(Model):
    """One step of a scale."""

    title: Line
    """Its name."""
    text: Text
    """What you do there."""
    supports: PracticeRefs = ()
    """Full ids of the practices at work."""


class Scale(Model):
    """Steps from less to more, each of which takes in those before it; the site draws it."""

    title: Line
    """What it measures."""
    least: End
    """The end where least is needed."""
    most: End
    """The end where most is needed."""
    steps: Annotated[tuple[Step, ...], Field(min_length=2, max_length=5)]
    """The steps, from least to most."""


class ChecklistItem(Model):
    """One item: a practice (from), several (select), or a question of its own (id, question)."""

    from_: Ref | None = Field(default=None, alias="from")
    """Full id of the practice whose question this item asks."""
    select: Selection | None = None
    """Filters: every practice that they find becomes an item."""
    id: Id | None = None
    """For a question of its own: permanent, unique in this file, never reused."""
    question: Text | None = None
    """The question of its own; yes or no has to answer it."""
    supports: PracticeRefs = ()
    """For a question of its own: full ids of the practices that it supports."""
    hint: Text | None = None
    """A sentence of help below the question."""
    withdrawn: Withdrawal | None = None
    """Set when a question of its own is withdrawn; it keeps its id."""


class ChecklistSection(Model):
    """Items under one heading."""

    id: Id
    """Permanent, unique in this file."""
    title: Line
    """The heading."""
    intro: Text | None = None
    """A sentence or two before the items."""
    items: Annotated[tuple[ChecklistItem, ...], Field(min_length=1)]
    """The items, in order."""


class Meanings(Model):
    """What each answer of this checklist means, and what to do next."""

    if_yes: Text
    """What a yes means."""
    if_no: Text
    """What a no means, and what to do."""
    if_not_applicable: Text | None = None
    """What "not applicable" means; needed where that answer exists."""


class Excerpt(Model):
    """A part of a summary, taken from the policy."""

    title: Line
    """The heading above it."""
    of: Refs = ()
    """Ids of the Principles, Guidelines and roles that it shows."""
    show: tuple[Facet, ...] = ()
    """Which of their facts it shows."""
    picks: PracticeRefs = ()
    """Full ids of practices that it shows."""
    select: Selection | None = None
    """Filters over the practices that it shows."""
    new_page: bool = False
    """True when it starts a new page in print."""


class Moment(Model):
    """A point in a story at which somebody has to decide."""

    title: Line
    """What has to be decided."""
    text: Text
    """What the people did, and why."""
    supports: SomePractices
    """Full ids of the practices at work."""


class Slide(Model):
    """One slide: points of its own, or facts taken from the policy."""

    title: Line
    """The heading."""
    points: Texts = ()
    """Short points."""
    of: Refs = ()
    """Ids of entries whose facts it shows."""
    show: tuple[Facet, ...] = ()
    """Which of their facts it shows."""


class Part(Model):
    """One part of a workshop's agenda."""

    id: Id
    """Permanent, unique in this file."""
    title: Line
    """Its name."""
    minutes: Minutes
    """How long it takes."""
    aim: Text
    """What people take away from it."""
    notes: SomeTexts
    """What the facilitator does and says."""
    slides: tuple[Slide, ...] = ()
    """What people see."""
    supports: PracticeRefs = ()
    """Full ids of the practices that it is about."""


class Asked(Model):
    """A question that people ask in a workshop."""

    question: Line
    """The question."""
    answer: Text
    """The answer."""
    supports: PracticeRefs = ()
    """Full ids of the practices behind it."""


class Option(Model):
    """One answer to choose."""

    text: Line
    """The answer."""
    right: bool = False
    """True when it is a right answer."""
    why: Text | None = None
    """What to say to somebody who chose it."""


class QuizQuestion(Model):
    """A question with answers to choose from."""

    id: Id
    """Permanent, unique in this file, never reused."""
    question: Text
    """The question."""
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=6)]
    """The answers to choose from."""
    why: Text
    """Why the right answer is right."""
    supports: SomePractices
    """Full ids of the practices behind the answer."""
    withdrawn: Withdrawal | None = None
    """Set when the question is withdrawn; it keeps its id."""
