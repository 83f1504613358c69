"""Clauses: sentences of a template that name its fields in braces, as "We collect {what}.".

Words are put in as they are, as text; nothing here knows of HTML. A sentence never becomes a
template of an engine: only the name of a field can stand between braces.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from typing import TYPE_CHECKING

from dpup import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dpup.forms import Block, TemplateField, Variant
    from dpup.toolkit import Template

Answer = str | tuple[str, ...]
"""What was filled in: the words of a field, or those of each row for a column of a table."""
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


def tables(template: Template) -> dict[str, str]:
    """Map the fields that are columns of a table to the section that is the table."""
    repeating = (section for section in template.sections if section.repeats)
    return {field.id: section.id for section in repeating for field in section.fields}


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


def as_text(
    variant: Variant,
    known: Mapping[str, TemplateField],
    values: Mapping[str, Answer],
    columns: Mapping[str, str] | None = None,
) -> str:
    """Give the whole notice as plain text: a paragraph a block, headings on lines of their own."""
    shown = paragraphs(variant, known, values, columns)
    blocks = ((p.heading, "".join(_plain(word) for word in p.words)) for p in shown)
    return "\n\n".join("\n".join(filter(None, block)) for block in blocks)


def _plain(word: Said) -> str:
    return f"[{word.text}]" if word.is_blank else word.text


def paragraphs(
    variant: Variant,
    known: Mapping[str, TemplateField],
    values: Mapping[str, Answer],
    columns: Mapping[str, str] | None = None,
) -> tuple[Paragraph, ...]:
    """Lay out a notice with what is known; what is not stays a visible blank.

    ``columns`` maps the columns of tables to their table. Blocks that stand together and name
    columns of the same table come once for each of its rows.
    """
    tables_of = columns or {}
    single = _single(values, tables_of)
    filled = bool(single) or any(_rows(values, tables_of, name) for name in tables_of.values())
    out: list[Paragraph] = []
    for table, blocks in itertools.groupby(variant.blocks, lambda b: _table(b, known, tables_of)):
        together = tuple(blocks)
        for row in _rows(values, tables_of, table) or ({},):
            out += _laid_out(together, known, {**single, **row}, filled=filled)
    return tuple(out)


def _laid_out(
    blocks: Sequence[Block],
    known: Mapping[str, TemplateField],
    values: Mapping[str, str],
    *,
    filled: bool,
) -> Iterator[Paragraph]:
    for block in blocks:
        due = _due(block, known, values, filled=filled)
        if words := tuple(said(due, known, values)):
            yield Paragraph(block.heading or "", words)


def _table(block: Block, known: Mapping[str, TemplateField], columns: Mapping[str, str]) -> str:
    """Give the table whose columns a block names; empty for none."""
    names = (name for clause in block_clauses(block, known) for name in named(clause))
    return next((columns[name] for name in names if name in columns), "")


def _single(values: Mapping[str, Answer], columns: Mapping[str, str]) -> dict[str, str]:
    """Give the answers that are no columns and not empty."""
    whole = {
        name: wording.tidy(value if isinstance(value, str) else "\n".join(value))
        for name, value in values.items()
        if name not in columns
    }
    return {name: text for name, text in whole.items() if text}


def _rows(
    values: Mapping[str, Answer], columns: Mapping[str, str], table: str
) -> tuple[dict[str, str], ...]:
    """Give the rows of a table that are not empty, each with its cells that are not."""
    cells = {
        name: (value,) if isinstance(value, str) else value
        for name, value in values.items()
        if table and columns.get(name) == table
    }
    length = max(map(len, cells.values()), default=0)
    rows = (
        {n: text for n, cell in cells.items() if i < len(cell) and (text := wording.tidy(cell[i]))}
        for i in range(length)
    )
    return tuple(row for row in rows if row)


def _due(
    block: Block,
    known: Mapping[str, TemplateField],
    values: Mapping[str, str],
    *,
    filled: bool,
) -> Iterator[str]:
    """Yield the sentences of a block that have to be said.

    In a notice that is filled in, a sentence drops out when it names a field that is needed
    in some cases only and was left empty. In an empty one all of them stand.
    """
    for clause in block_clauses(block, known):
        empty = (known[name] for name in named(clause) if name in known and name not in values)
        if not filled or not any(field.applies for field in empty):
            yield clause


def said(
    sentences: Iterable[str], known: Mapping[str, TemplateField], values: Mapping[str, str]
) -> Iterator[Said]:
    """Lay out sentences one after the other; ``values`` are tidy and not empty."""
    for number, clause in enumerate(sentences):
        if number:
            yield Said(" ")
        ended, before = False, ""
        for span in spans(clause):
            if not span.is_field:
                before = span.text
                words = before[1:] if ended and before.startswith(".") else before
                if words:
                    yield Said(words)
                ended = False
                continue
            word = _word(span.text, known, values, before)
            ended = not word.is_blank and wording.ends_itself(word.text)
            yield word


def _word(
    name: str, known: Mapping[str, TemplateField], values: Mapping[str, str], before: str
) -> Said:
    """Give what stands in the place of a field, after some words."""
    field = known.get(name)
    if name in values:
        return Said(wording.said(field.kind if field else "line", values[name], before))
    return Said((field.blank if field else None) or name, is_blank=True)
