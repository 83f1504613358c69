"""The parts of templates: fields, the clauses they become, and the notices made of those.

Like ``model`` it opens no file and resolves no reference.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dpup.model import Id, Line, Model, Refs, Text, Texts, Withdrawal
from dpup.shapes import SomePractices

Limit = Annotated[int, Field(ge=20, le=2000)]
FieldKind = Literal["line", "paragraph", "list", "choice", "date", "yes-no"]
VariantForm = Literal["card", "handout", "poster", "form", "web", "text-message", "document"]


class TemplateField(Model):
    """One thing to fill in."""

    id: Id
    """Permanent, unique in this file, never reused."""
    label: Line
    """Its name."""
    prompt: Text
    """What to write here, and how."""
    kind: FieldKind
    """What sort of answer it takes."""
    choices: Texts = ()
    """The answers to choose from, for kind choice."""
    blank: Line | None = None
    """What stands in a clause while the field is empty, for instance "your agency"."""
    example: Text
    """A fictitious example of a good answer."""
    clause: Text | None = None
    """The sentence it becomes in a notice, naming fields in braces: "We collect {what}."."""
    applies: Line | None = None
    """When it is needed, if not always, completing "Only if …"."""
    supports: SomePractices
    """Full ids of the practices behind it."""
    laws: Refs = ()
    """Ids of the laws behind it."""
    withdrawn: Withdrawal | None = None
    """Set when the field is withdrawn; it keeps its id."""


class TemplateSection(Model):
    """Fields under one heading."""

    id: Id
    """Permanent, unique in this file."""
    title: Line
    """The heading."""
    intro: Text | None = None
    """A sentence or two before the fields."""
    repeats: bool = False
    """True when it is a table with a row for each case, as in a log."""
    fields: Annotated[tuple[TemplateField, ...], Field(min_length=1)]
    """The fields, in order."""


class Block(Model):
    """A part of a variant: the clauses of some fields, or a text that names fields."""

    heading: Line | None = None
    """A heading above it."""
    text: Text | None = None
    """A sentence of its own, naming fields in braces."""
    fields: Refs = ()
    """Ids of fields of this file whose clauses stand here, in order."""


class Variant(Model):
    """One notice made of the fields: a card, a handout, a poster, a text message …."""

    id: Id
    """Permanent, unique in this file."""
    title: Line
    """Its name."""
    form: VariantForm
    """What it is going to be."""
    use: Text
    """When and how to use it."""
    limit: Limit | None = None
    """The most characters that it may have when the examples are filled in."""
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]
    """Its parts, in order."""


class Filled(Model):
    """One field of a template, filled in."""

    field: Id
    """Id of the field of the template."""
    text: Text
    """The fictitious answer."""
    why: Text | None = None
    """What makes it a good answer, or what to notice."""
