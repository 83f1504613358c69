"""What the notice builder in the browser needs of a template, as a data block of its page.

The text of a notice is made there by the rule of ``clauses``; this holds what the rule reads.
``docs/assets/js/notice-text.js`` says the same shape in its types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpup import asks, clauses, linked_data, toolkit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from markupsafe import Markup

    from dpup.entries import Entry
    from dpup.forms import Variant
    from dpup.links import Index

    Parts = Callable[[str], Iterable[tuple[str, bool]]]


def text(entry: Entry, index: Index, parts: Parts) -> Markup:
    """Write the data of a template so that it can't break out of its script element."""
    return linked_data.text(of(entry, index, parts))


def of(entry: Entry, index: Index, parts: Parts) -> dict[str, Any]:
    """Give the data of a template; ``parts`` finds the te reo Māori of a text."""
    facts = entry.facts
    if not isinstance(facts, toolkit.Template):
        msg = f"'{entry.id}' is no template."
        raise TypeError(msg)
    columns = clauses.tables(facts)
    asked = {ask.name: ask for ask in asks.by_id(asks.of(entry, index)).values()}
    fields = {
        name: {
            "id": asked[name].id if name in asked else "",
            "fingerprint": asked[name].fingerprint if name in asked else "",
            "kind": field.kind,
            "blank": field.blank or "",
            "clause": field.clause or "",
            "applies": bool(field.applies),
            "table": columns.get(name, ""),
            "example": field.example,
        }
        for name, field in clauses.fields(facts).items()
    }
    return {
        "entry": entry.id,
        "title": entry.title,
        "version": facts.version,
        "fields": fields,
        "variants": [_variant(variant) for variant in facts.variants],
        "reo": sorted({word for said in _texts(facts) for word, is_reo in parts(said) if is_reo}),
    }


def _variant(variant: Variant) -> dict[str, Any]:
    blocks = [
        {"heading": block.heading or "", "text": block.text or "", "fields": list(block.fields)}
        for block in variant.blocks
    ]
    return {
        "id": variant.id,
        "title": variant.title,
        "form": variant.form,
        "limit": variant.limit or 0,
        "blocks": blocks,
    }


def _texts(facts: toolkit.Template) -> Iterator[str]:
    """Yield every text of a template that can stand in a notice."""
    for field in clauses.fields(facts).values():
        yield from (field.clause or "", field.blank or "", field.example)
    for variant in facts.variants:
        for block in variant.blocks:
            yield from (block.heading or "", block.text or "")
