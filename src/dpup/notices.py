"""Rules of templates and of the examples that fill them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpup import clauses, forms, toolkit
from dpup.explain import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpup.links import Index
    from dpup.pointing import Pointer
    from dpup.problems import Problem
    from dpup.safeyaml import Path

Fields = dict[str, forms.TemplateField]


def template_problems(facts: toolkit.Template, report: Pointer) -> Iterator[Problem]:
    """Everything that is wrong inside a template."""
    known = clauses.fields(facts)
    for i, section in enumerate(facts.sections):
        for n, field in enumerate(section.fields):
            yield from _field(field, ("sections", i, "fields", n), known, report)
    shown: set[str] = set()
    for i, variant in enumerate(facts.variants):
        shown |= clauses.used(variant, known)
        yield from _variant(variant, ("variants", i), known, report)
    yield from _orphans(facts, shown, report)


def _field(
    field: forms.TemplateField, where: Path, known: Fields, report: Pointer
) -> Iterator[Problem]:
    if field.kind == "choice" and not field.choices:
        hint = "Add choices:, or change its kind."
        yield report((*where, "kind"), "There is nothing to choose from.", hint)
    if field.kind != "choice" and field.choices:
        hint = "Set kind: choice, or remove them."
        yield report((*where, "choices"), f"A field of kind {field.kind} has no choices.", hint)
    if field.clause:
        yield from _clause(field.clause, (*where, "clause"), known, report)
        if not field.blank:
            hint = 'Add blank: with a few words, as "your agency".'
            yield report(where, "Nothing stands in the clause while the field is empty.", hint)


def _clause(
    text: str, where: Path, known: Mapping[str, object], report: Pointer
) -> Iterator[Problem]:
    for name in clauses.named(text):
        if name not in known:
            hint = nearest(name, known) or "Use the id of a field of this file."
            yield report(where, f"No field '{name}'.", hint)
    if clauses.stray(text):
        hint = "Write the id of a field between braces, as {what}, and no other braces."
        yield report(where, "A brace stands here that names no field.", hint)


def _variant(
    variant: forms.Variant, where: Path, known: Fields, report: Pointer
) -> Iterator[Problem]:
    for number, block in enumerate(variant.blocks):
        yield from _block(block, (*where, "blocks", number), known, report)
    examples = {name: field.example for name, field in known.items()}
    size = len(clauses.as_text(variant, known, examples))
    if variant.limit is not None and size > variant.limit:
        message = f"With the examples filled in this has {size} characters, not {variant.limit}."
        yield report((*where, "limit"), message, "Shorten it.")


def _block(block: forms.Block, where: Path, known: Fields, report: Pointer) -> Iterator[Problem]:
    if not block.text and not block.fields:
        yield report(where, "This part is empty.", "Give it text: or fields:.")
    if block.text:
        yield from _clause(block.text, (*where, "text"), known, report)
    for number, name in enumerate(block.fields):
        here = (*where, "fields", number)
        if name not in known:
            hint = nearest(name, known) or "Use the id of a field of this file."
            yield report(here, f"No field '{name}'.", hint)
        elif not known[name].clause:
            hint = "Give the field a clause, or name it in a text."
            yield report(here, f"The field '{name}' has no clause.", hint)


def _orphans(facts: toolkit.Template, shown: set[str], report: Pointer) -> Iterator[Problem]:
    """Find fields that turn up nowhere: nobody fills in a form for nothing."""
    if not facts.variants:
        return
    for i, section in enumerate(facts.sections):
        for n, field in enumerate(section.fields):
            if field.id not in shown and field.withdrawn is None:
                message = f"The field '{field.id}' is in no variant."
                hint = "Name it in a variant, or remove it."
                yield report(("sections", i, "fields", n), message, hint)


def example_problems(facts: toolkit.Example, index: Index, report: Pointer) -> Iterator[Problem]:
    """Everything that is wrong with a template that was filled in."""
    home = index.entries.get("template", {}).get(facts.template)
    if home is None or not isinstance(home.facts, toolkit.Template):
        return  # an unknown template is told as such
    known = clauses.fields(home.facts)
    seen: set[str] = set()
    for number, answer in enumerate(facts.filled):
        where = ("filled", number, "field")
        if answer.field not in known:
            hint = nearest(answer.field, known) or f"Use the id of a field of '{home.id}'."
            yield report(where, f"'{home.id}' has no field '{answer.field}'.", hint)
        elif answer.field in seen:
            yield report(where, f"'{answer.field}' is filled in twice.", "Keep one.")
        seen.add(answer.field)
    missing = [name for name, field in known.items() if not field.applies and name not in seen]
    if missing:
        message = f"These fields are not filled in: {', '.join(missing)}."
        yield report(("filled",), message, "Fill them in.")
    variants = {variant.id for variant in home.facts.variants}
    for number, name in enumerate(facts.variants):
        if name not in variants:
            hint = nearest(name, variants) or f"Use the id of a variant of '{home.id}'."
            yield report(("variants", number), f"'{home.id}' has no variant '{name}'.", hint)
