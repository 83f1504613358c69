"""Clauses: words and fields, blanks, what drops out, and text that stays text."""

from __future__ import annotations

from typing import Any

import pytest

from dpup import clauses
from dpup.forms import Block, TemplateField, Variant
from notice_cases import CASES, COLUMNS, known, said, variant_of


def field(name: str, clause: str = "", applies: str = "") -> TemplateField:
    """Make a field with as little as it needs."""
    return TemplateField.model_validate(
        {
            "id": name,
            "label": name,
            "prompt": "Say it.",
            "kind": "line",
            "blank": f"the {name}",
            "example": f"an {name}",
            "clause": clause or None,
            "applies": applies or None,
            "supports": ("a.b",),
        }
    )


def variant(*blocks: Block) -> Variant:
    """Make a variant of some blocks."""
    return Variant(id="v", title="V", form="handout", use="Use it.", blocks=blocks)


KNOWN = {
    "what": field("what", "We collect {what}."),
    "why": field("why", "We do it for {why}.", "if there is a reason"),
}


def test_a_clause_is_words_and_fields() -> None:
    assert [(s.text, s.is_field) for s in clauses.spans("We {what} for {why-not}.")] == [
        ("We ", False),
        ("what", True),
        (" for ", False),
        ("why-not", True),
        (".", False),
    ]


@pytest.mark.parametrize(
    "text",
    ["{a.b}", "{a b}", "{__class__}", "{What}", "{}", "{a", "a}", "{'x'}", "{a!r}"],
)
def test_only_the_name_of_a_field_stands_between_braces(text: str) -> None:
    assert clauses.stray(text)
    assert clauses.named(text) == ()
    assert "".join(span.text for span in clauses.spans(text)) == text


def test_an_empty_notice_shows_every_blank() -> None:
    shown = clauses.as_text(variant(Block(fields=("what", "why"))), KNOWN, {})
    assert shown == "We collect [the what]. We do it for [the why]."


def test_a_filled_notice_drops_what_does_not_apply_and_keeps_other_gaps_visible() -> None:
    blocks = variant(Block(heading="Why", fields=("why",)), Block(fields=("what",)))
    assert clauses.as_text(blocks, KNOWN, {"other": "x"}) == "We collect [the what]."
    both = {"what": "names", "why": "help"}
    assert clauses.as_text(blocks, KNOWN, both) == "Why\nWe do it for help.\n\nWe collect names."


def test_an_answer_that_looks_like_a_field_is_only_text() -> None:
    shown = clauses.as_text(variant(Block(fields=("what",))), KNOWN, {"what": "{why} {{ 1 }}"})
    assert shown == "We collect {why} {{ 1 }}."


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_cases_that_are_shared_with_the_script(case: dict[str, Any]) -> None:
    shown = clauses.paragraphs(variant_of(case), known(), case["values"], COLUMNS)
    assert said(shown) == case["expected"]


def test_no_two_shared_cases_have_the_same_name() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES)
