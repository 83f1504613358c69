"""The entities of the policy: what a file in ``content/`` may say, and nothing about files.

Every class is frozen and strict and refuses unknown keys. The attribute strings are the
contributor's reference: they become the descriptions in the published JSON Schema.
This module must not open a file, resolve a reference or know of HTML.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

ID_PATTERN: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
REF_PATTERN: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)?$"
VERSION_PATTERN: Final = r"^(0|[1-9][0-9]{0,3})(\.(0|[1-9][0-9]{0,3})){2}$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Ref = Annotated[str, StringConstraints(pattern=REF_PATTERN, max_length=161)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"\S")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^\S[^\n]*\S$|^\S$")]
Short = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^\S[^\n]*\S$|^\S$")]
Version = Annotated[str, StringConstraints(pattern=VERSION_PATTERN)]
PartialDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"']+$", max_length=400)]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
Number = Annotated[int, Field(ge=1, le=99)]

Status = Literal["draft", "in-review", "published", "superseded", "withdrawn"]
ReviewKind = Literal["te-reo", "legal", "source"]
ChangeKind = Literal[
    "added",
    "editorial",
    "clarified",
    "strengthened",
    "weakened",
    "moved",
    "split",
    "merged",
    "withdrawn",
]
FaqSection = Literal["about-the-policy", "what-happens-with-information", "how-it-was-made"]

Refs = tuple[Id, ...]
PracticeRefs = tuple[Ref, ...]
SomeRefs = Annotated[tuple[Id, ...], Field(min_length=1)]
Texts = tuple[Text, ...]


def key_of(shape: type[BaseModel], name: str) -> str:
    """Give the key of a field in YAML: ``from`` can't be the name of a Python attribute."""
    return shape.model_fields[name].alias or name


class Model(BaseModel):
    """What all entities share: strict types, no unknown keys, never changed after loading."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", use_attribute_docstrings=True
    )


class Review(Model):
    """A claim that still awaits a reviewer."""

    needs: ReviewKind
    """Who has to look: a te reo Māori reviewer, a legal reviewer, or someone with the source."""
    note: Text
    """What exactly is not yet certain."""


class Change(Model):
    """One line of an entry's history."""

    version: Version
    """The version that this change made, in quotes: "1.0.0"."""
    date: dt.date
    """The day of the change, as 2026-11-24."""
    kind: ChangeKind
    """The class of the change."""
    note: Text
    """What changed and why, for the reader."""
    items: Refs = ()
    """Ids inside this file that the change is about, where it is not about the whole."""


class Approval(Model):
    """Says that somebody approved the words as they stood."""

    by: Line
    """Who approved it: a role or a group, and not a person's name."""
    on: dt.date
    """The day of the approval."""
    fingerprint: Fingerprint
    """Fingerprint of what was approved; "dpup approve" writes it."""
    rests_on: Fingerprint | None = None
    """Fingerprint of the practices that it rested on then."""


class Withdrawal(Model):
    """A tombstone: the id stays, and says what took its place."""

    date: dt.date
    """The day it was withdrawn."""
    reason: Text
    """Why it was withdrawn."""
    replaced_by: PracticeRefs = ()
    """Full ids of what replaces it."""


class Practice(Model):
    """The atom of the policy: one thing to do, with one permanent id."""

    id: Id
    """Permanent, unique in its file, never reused. The full id is <file name>.<this id>."""
    text: Text
    """What to do, as an instruction in plain words."""
    question: Text
    """The same as a question that a team can answer with yes or no."""
    principles: Refs = ()
    """Ids of the Principles that it upholds (a Principle's own practice needs none)."""
    guidelines: Refs = ()
    """Ids of the Guidelines that take it further (a Guideline's own practice needs none)."""
    laws: Refs = ()
    """Ids of the laws that bear on it."""
    roles: SomeRefs
    """Ids of the roles that do it."""
    stages: SomeRefs
    """Ids of the stages of the information life cycle at which it is done."""
    beyond_law: Text | None = None
    """Where it asks more than the law does: a sentence that says how."""
    sources: SomeRefs
    """Ids of the sources that it restates."""
    review: tuple[Review, ...] = ()
    """What still awaits a reviewer."""
    withdrawn: Withdrawal | None = None
    """Set when the practice is withdrawn; it keeps its id."""


class Group(Model):
    """A behaviour area of a Principle, or a key activity of a Guideline."""

    id: Id
    """Permanent, unique in its file."""
    title: Line
    """The heading."""
    intro: Text | None = None
    """A sentence or two before the practices."""
    practices: Annotated[tuple[Practice, ...], Field(min_length=1)]
    """The practices, in reading order."""


class Kupu(Model):
    """What the te reo Māori name of a Principle means here."""

    meaning: Text
    """The sense that the policy gives to the word, in our own words."""
    sources: SomeRefs
    """Ids of the sources."""
    review: tuple[Review, ...] = ()
    """What still awaits a reviewer."""


class Document(Model):
    """What the front matter of every Markdown file in ``content/`` says."""

    title: Line
    """The title, as the reader sees it."""
    summary: Line
    """One sentence that says what this is; also the page's description."""
    version: Version
    """Semantic version, in quotes: "1.0.0"."""
    status: Status
    """Where it stands."""
    reviewed: dt.date
    """The day somebody last checked it against its sources."""
    review_by: dt.date
    """The day by which it has to be checked again."""
    sources: SomeRefs
    """Ids of the sources that it restates."""
    review: tuple[Review, ...] = ()
    """What still awaits a reviewer."""
    changes: Annotated[tuple[Change, ...], Field(min_length=1)]
    """Its history, newest first."""
    approved: Approval | None = None
    """Who approved it last, when, and in which words."""
    withdrawn: Withdrawal | None = None
    """Set when the status is withdrawn."""


class Principle(Document):
    """One of the five Principles."""

    number: Number
    """Its place in the usual order."""
    core_idea: Text
    """The heart of it in one or two sentences."""
    kupu: Kupu
    """The meaning of its name."""
    main_guidelines: SomeRefs
    """Ids of the Guidelines in which it is strongest."""
    laws: Refs = ()
    """Ids of the laws that it sits nearest to."""
    responds_to: Refs = ()
    """Ids of the engagement findings that it answers."""
    areas: Annotated[tuple[Group, ...], Field(min_length=1)]
    """Its behaviour areas."""
    questions: Texts = ()
    """Questions to ask yourself, about the Principle as a whole."""


class Aim(Model):
    """One aim of a loop."""

    title: Line
    """Its name."""
    text: Text
    """What it means."""
    supports: PracticeRefs = ()
    """Full ids of the practices to start with."""


class Loop(Model):
    """Aims that lead round to the first again; the site draws it."""

    title: Line
    """Its name."""
    heart: Short
    """What all of the aims turn round, in a few words."""
    begins: Line
    """What it begins with."""
    ends: Line
    """What it ends with."""
    aims: Annotated[tuple[Aim, ...], Field(min_length=3, max_length=6)]
    """The aims, in order."""


class Guideline(Document):
    """One of the four Guidelines."""

    number: Number
    """Its place in the usual order."""
    use_when: Text
    """When to reach for it."""
    covers: Text
    """What it covers."""
    principles: SomeRefs
    """Ids of the Principles that it puts to work."""
    laws: Refs = ()
    """Ids of the laws that it names."""
    responds_to: Refs = ()
    """Ids of the engagement findings that it answers."""
    activities: Annotated[tuple[Group, ...], Field(min_length=1)]
    """Its key activities."""
    do: Texts = ()
    """What to do, in brief."""
    avoid: Texts = ()
    """What not to do, in brief."""
    exceptions: Texts = ()
    """When the Guideline gives way, and with what care."""
    beyond_law: Texts = ()
    """Where the Guideline as a whole asks more than the law does."""
    loop: Loop | None = None
    """Aims that lead round to the first again."""


class Faq(Document):
    """A question that people ask, with its answer in the body."""

    section: FaqSection
    """The section that it is listed in."""
    number: Number
    """Its place in the section."""
    asked: Line
    """When the question was asked, for instance 2018."""
    history: bool
    """True when the answer tells of plans and events of that time."""
