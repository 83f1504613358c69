"""The entities of ``content/reference/*.yml``: short things that live together in one file.

Each class is one item of a list. Like ``model`` it opens no file and resolves no reference.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from dpup.model import (
    Id,
    Line,
    Model,
    Number,
    PartialDate,
    Refs,
    Review,
    SomeRefs,
    Text,
    Texts,
    Url,
)

LawKind = Literal["act", "ipp", "code", "guidance"]


class Item(Model):
    """What every reference item says."""

    id: Id
    """Permanent, unique in its file, never reused."""
    title: Line
    """The name, as the reader sees it."""
    summary: Text
    """What it is, in plain words."""
    sources: SomeRefs
    """Ids of the sources."""
    review: tuple[Review, ...] = ()
    """What still awaits a reviewer."""


class News(Model):
    """Something that happened to a law or source, so that what rests on it has to be looked at."""

    date: dt.date
    """The day it happened, as 2026-11-24."""
    note: Text
    """What happened, and what to look at now."""


class Upholding(Model):
    """How a role upholds one Principle."""

    principle: Id
    """Id of the Principle."""
    points: Annotated[tuple[Text, ...], Field(min_length=1)]
    """What it looks like, each completing "you …"."""
    sources: SomeRefs
    """Ids of the sources."""
    review: tuple[Review, ...] = ()
    """What still awaits a reviewer."""


class Role(Item):
    """A kind of work; five have an official page."""

    number: Number
    """Its place in the list."""
    official: bool
    """True when the official site has a page for it."""
    duties: Texts
    """Your part, point by point."""
    upholds: tuple[Upholding, ...] = ()
    """How this role upholds the Principles."""


class Stage(Item):
    """A stage of the information life cycle."""

    number: Number
    """Its place in the cycle."""


class Law(Item):
    """An Act, an information privacy principle, a code or official guidance."""

    number: Number
    """Its place in its list."""
    kind: LawKind
    """What sort of rule it is."""
    short: Line
    """The short name, for instance IPP 3A."""
    part_of: Id | None = None
    """Id of the Act that it belongs to."""
    in_force: dt.date | None = None
    """The day from which it applies, where that matters."""
    changed: News | None = None
    """Its newest change that bears on what stands here."""
    points: Texts = ()
    """What it asks, point by point, in plain words."""
    url: Url | None = None
    """Where the text or the official page is."""


class Finding(Item):
    """One of the nine findings of the 2018 engagement."""

    number: Number
    """Its place in the published list."""


class Term(Model):
    """A word of the glossary."""

    id: Id
    """Permanent anchor in the glossary, without macrons."""
    term: Line
    """The word."""
    meaning: Text
    """What it means here."""
    short: Line | None = None
    """Its abbreviation, where there is one."""
    reo: bool = False
    """True when the word is te reo Māori."""
    see: Refs = ()
    """Ids of related terms."""
    sources: SomeRefs
    """Ids of the sources."""
    review: tuple[Review, ...] = ()
    """What still awaits a reviewer."""


class Source(Model):
    """A document that the policy restates or a fact rests on."""

    id: Id
    """Permanent key."""
    title: Line
    """Title of the page or document."""
    publisher: Line
    """Who published it."""
    url: Url | None = None
    """Its address, where it has one."""
    seen: Literal["whole", "part", "title"]
    """How much of it we have read."""
    official: bool
    """True when it belongs to the policy's owners."""
    note: Text | None = None
    """Anything a reader has to know about it."""
    changed: News | None = None
    """Its newest change that bears on what stands here."""
    gone: News | None = None
    """Set when it was taken down, withdrawn or superseded."""


class Event(Item):
    """A point on the timeline."""

    when: Line
    """The date as the reader sees it, for instance 29 January 2020."""
    start: PartialDate | None = None
    """The date to sort by: "2020", "2020-01" or "2020-01-29", in quotes."""


class Sector(Item):
    """A part of public life that the policy was written for."""

    number: Number
    """Its place in the list."""


class Agency(Item):
    """One of the five foundational agencies."""

    number: Number
    """Its place in the list."""


class Official(Item):
    """A resource of the official toolkit, and what answers it here."""

    number: Number
    """Its place in the inventory."""
    form: Line
    """What sort of thing it is."""
    audience: Line
    """Whom it is for."""
    formats: Line
    """The formats in which it was seen."""
    counterparts: Refs = ()
    """Ids of what answers it here."""
    reason: Text | None = None
    """Why nothing answers it here, or how what does differs."""
