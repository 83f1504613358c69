"""Clauses: sentences of a template that name its fields in braces, as "We collect {what}.".

Words are put in as they are, as text; nothing here knows of HTML. A sentence never becomes a
template of an engine: only the name of a field can stand between braces.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dpup.forms import Block, TemplateField, Variant
    from dpup.toolkit import Template

_SLOT = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a sentence: plain words, or the place of a field."""

    text: str
    """The words; for a field, its name."""
    is_field: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """A stretch of a notice."""

    text: str
    is_blank: bool = False
    """True where somebody has still to write something."""


@dataclasses.dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a notice, ready to be shown."""

    heading: str
    words: tuple[Said, ...]


def spans(clause: str) -> tuple[Span, ...]:
    """Split a clause into words and fields; braces that hold no name stay words."""
    out: list[Span] = []
    for number, part in enumerate(_SLOT.split(clause)):
        named = number % 2 == 1
        if named and not _NAME.fullmatch(part):
            out.append(Span(f"{{{part}}}"))
        elif part:
            out.append(Span(part, named))
    return tuple(out)


def named(clause: str) -> tuple[str, ...]:
    """Names of the fields in a clause, in order."""
    return tuple(span.text for span in spans(clause) if span.is_field)


def stray(clause: str) -> bool:
    """Tell whether a brace stands in a clause that is not the name of a field."""
    return any(not span.is_field and re.search(r"[{}]", span.text) for span in spans(clause))


def fields(template: Template) -> dict[str, TemplateField]:
    """Fields of a template by id, in order."""
    return {field.id: field for section in template.sections for field in section.fields}


def block_clauses(block: Block, known: Mapping[str, TemplateField]) -> Iterator[str]:
    """Yield the sentences of a block."""
    if block.text:
        yield block.text
    for name in block.fields:
        field = known.get(name)
        if field is not None and field.clause:
            yield field.clause


def used(variant: Variant, known: Mapping[str, TemplateField]) -> set[str]:
    """Names of the fields that a variant lists or names."""
    clauses = [clause for block in variant.blocks for clause in block_clauses(block, known)]
    listed = {name for block in variant.blocks for name in block.fields}
    return listed | {name for clause in clauses for name in named(clause)}


def as_text(variant: Variant, known: Mapping[str, TemplateField], values: Mapping[str, str]) -> str:
    """Give the whole notice as plain text: a paragraph a block, headings on lines of their own."""
    shown = paragraphs(variant, known, values)
    blocks = ((p.heading, "".join(_plain(word) for word in p.words)) for p in shown)
    return "\n\n".join("\n".join(filter(None, block)) for block in blocks)


def _plain(word: Said) -> str:
    return f"[{word.text}]" if word.is_blank else word.text


def paragraphs(
    variant: Variant, known: Mapping[str, TemplateField], values: Mapping[str, str]
) -> tuple[Paragraph, ...]:
    """Lay out a notice with what is known; what is not stays a visible blank."""
    return tuple(
        Paragraph(block.heading or "", words)
        for block in variant.blocks
        if (words := tuple(said(_due(block, known, values), known, values)))
    )


def _due(
    block: Block, known: Mapping[str, TemplateField], values: Mapping[str, str]
) -> Iterator[str]:
    """Yield the sentences of a block that have to be said.

    In a notice that is filled in, a sentence drops out when it names a field that is needed
    in some cases only and was left empty. In an empty one all of them stand.
    """
    for clause in block_clauses(block, known):
        empty = (known[name] for name in named(clause) if name in known and name not in values)
        if not values or not any(field.applies for field in empty):
            yield clause


def said(
    sentences: Iterable[str], known: Mapping[str, TemplateField], values: Mapping[str, str]
) -> Iterator[Said]:
    """Lay out sentences one after the other."""
    for number, clause in enumerate(sentences):
        if number:
            yield Said(" ")
        for span in spans(clause):
            field = known.get(span.text)
            if not span.is_field:
                yield Said(span.text)
            elif span.text in values:
                yield Said(values[span.text])
            else:
                yield Said((field.blank if field else None) or span.text, is_blank=True)
