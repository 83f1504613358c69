"""One rule, two languages: the cases that Python and JavaScript share, in both their shapes."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

from dpup import clauses, notice_data
from dpup.forms import Block, TemplateField, Variant
from dpup.reo import Marker
from dpup.toolkit import Template
from helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.entries import Entry
    from dpup.library import Library

SHARED = json.loads((ROOT / "tests/notice-cases.json").read_text(encoding="utf-8"))
CASES = SHARED["cases"]
COLUMNS = {name: field["table"] for name, field in SHARED["fields"].items() if field["table"]}

PIECES = (
    "names", "whānau", "a, b", "one\ntwo\n", "- x;\n- y.", "2026-02-29", "2026-11-05", "yes", "no",
    "{what}", "{{7*7}}", "</script><script>", "\u202e", "🙂", " ",
    "\t\u00a0", "\x85", "\ufeff", "\u2028",
    ".", "…", "?", "!", "", "\r\n", "\\", "\"'", "[gap]", "* **bold**", "x" * 500,
)  # fmt: skip


def said(paragraphs: tuple[clauses.Paragraph, ...]) -> list[list[Any]]:
    """Give paragraphs as the cases write them."""
    return [[p.heading, *([w.text] if w.is_blank else w.text for w in p.words)] for p in paragraphs]


def known() -> dict[str, TemplateField]:
    """Give the fields of the cases."""
    return {name: _field(name, field) for name, field in SHARED["fields"].items()}


def _field(name: str, field: dict[str, Any]) -> TemplateField:
    more = {"choices": ("a", "b")} if field["kind"] == "choice" else {}
    return TemplateField.model_validate(
        {
            "id": name,
            "label": name,
            "prompt": "Say it.",
            "kind": field["kind"],
            "blank": field["blank"],
            "example": "an example",
            "clause": field["clause"] or None,
            "applies": "it is so" if field["applies"] else None,
            "supports": ("a.b",),
            **more,
        }
    )


def variant_of(case: dict[str, Any]) -> Variant:
    """Give the notice of a case."""
    blocks = tuple(
        Block.model_validate({**block, "fields": tuple(block.get("fields", ()))})
        for block in case["blocks"]
    )
    return Variant(id="v", title="V", form="handout", use="Use it.", blocks=blocks)


def for_script(case: dict[str, Any]) -> dict[str, Any]:
    """Give a case in the shape of the script."""
    blank = {"heading": "", "text": "", "fields": []}
    return {
        "template": {"fields": SHARED["fields"]},
        "variant": {"blocks": [{**blank, **block} for block in case["blocks"]]},
        "values": case["values"],
    }


def _answer(dice: random.Random) -> str:
    return "".join(dice.choices(PIECES, k=dice.randint(0, 3)))


def answers(entry: Entry, dice: random.Random) -> dict[str, clauses.Answer]:
    """Fill in some fields of a template with anything."""
    facts = entry.facts
    assert isinstance(facts, Template)
    columns = clauses.tables(facts)
    out: dict[str, clauses.Answer] = {}
    share = dice.random()
    for name in clauses.fields(facts):
        if dice.random() < share:
            rows = tuple(_answer(dice) for _ in range(dice.randint(0, 4)))
            out[name] = rows if name in columns else _answer(dice)
    return out


def random_cases(library: Library, seed: int, times: int) -> Iterator[tuple[dict[str, Any], Any]]:
    """Yield what the script is given, and what Python makes of the same."""
    dice = random.Random(seed)
    for entry in library.of("template"):
        assert isinstance(entry.facts, Template)
        data = notice_data.of(entry, library.index, Marker().parts)
        fields, columns = clauses.fields(entry.facts), clauses.tables(entry.facts)
        for variant, given in zip(entry.facts.variants, data["variants"], strict=True):
            for _ in range(times):
                values = answers(entry, dice)
                shown = clauses.paragraphs(variant, fields, values, columns)
                yield {"template": data, "variant": given, "values": values}, said(shown)
