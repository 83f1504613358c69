"""What pydantic says, in words and at the right place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from dpup import model, reference
from dpup.explain import closest, explain, nearest, place, short
from dpup.safeyaml import Mark, parse
from dpup.source import Source

if TYPE_CHECKING:
    from pydantic import BaseModel


def said(text: str, shape: type[BaseModel]) -> list[str]:
    """Validate a YAML text and give what is said of it."""
    source = Source("f.yml", front=parse(text, "f.yml"))
    try:
        shape.model_validate(source.front.data)
    except ValidationError as error:
        return [str(problem) for problem in explain(error, source, shape)]
    return []


STAGE = "id: plan\ntitle: Plan\nsummary: Think first.\nnumber: 1\nsources: [page]\n"


def test_a_sound_entry_has_nothing_said_of_it() -> None:
    assert said(STAGE, reference.Stage) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "number: 1",
            "number: one",
            (
                "4:9: number: Here stands a text; a whole number is expected. "
                "Write a whole number without quotes."
            ),
        ),
        (
            "number: 1",
            "number: true",
            (
                "4:9: number: Here stands true or false; a whole number is "
                "expected. Write a whole number without quotes."
            ),
        ),
        (
            "number: 1",
            "number: 100",
            "4:9: number: 100 is out of range. Write a number that is at most 99.",
        ),
        (
            "title: Plan",
            "title: 2018",
            '2:8: title: 2018 without quotes is a number, not a text. Write "2018" in quotes.',
        ),
        (
            "title: Plan",
            "title: []",
            (
                "2:8: title: Here stands a list; a text is expected. Write "
                "one text after the colon, without brackets or dashes."
            ),
        ),
        (
            "title: Plan",
            "title:",
            "2:7: title: Here stands nothing; a text is expected. Fill it in, or remove it.",
        ),
        ("title: Plan", "title: ''", "2:8: title: Nothing stands here. Fill it in."),
        (
            "title: Plan",
            "title: |\n  a\n  b",
            (
                "2:8: title: This has to be one line without spaces "
                "at its ends. Join the lines, or use a folded text (>-)."
            ),
        ),
        (
            "Think first.",
            "'  '",
            "3:10: summary: Only spaces stand here. Write something, or remove the key.",
        ),
        (
            "[page]",
            "page",
            (
                "5:10: sources: Here stands a text; a list is expected. Put each item "
                "on its own line after a dash, or write [a, b]."
            ),
        ),
        ("[page]", "[]", "5:10: sources: Nothing stands here. Fill it in."),
        (
            "[page]",
            "[A b]",
            (
                "5:11: sources[0]: 'A b' is not an id. Use the letters a to z, digits "
                "and single hyphens, as in purpose-matters."
            ),
        ),
        (
            "[page]",
            "\n  id: page",
            (
                "5:1: sources: Here stands a set of keys; a list is expected. "
                "Put each item on its own line after a dash, or write [a, b]."
            ),
        ),
        (
            "title: Plan\n",
            "",
            "1:1: title: The key 'title' is missing. Add a line that starts with title:",
        ),
        ("title: Plan", "titel: Plan", "2:1: titel: Unknown key 'titel'. Did you mean 'title'?"),
        (
            "title: Plan",
            "title: Plan\nx: 1",
            "3:1: x: Unknown key 'x'. Known keys: id, title, summary, sources, review, number.",
        ),
    ],
)
def test_one_mistake_has_one_line(old: str, new: str, line: str) -> None:
    assert said(STAGE.replace(old, new), reference.Stage) == [f"f.yml:{line}"]


def test_what_the_reader_refused_is_not_told_again() -> None:
    assert said(STAGE.replace("Plan", "no"), reference.Stage) == []


def test_a_misspelt_key_does_not_hide_another_that_is_missing() -> None:
    text = STAGE.replace("title:", "titel:").replace("summary: Think first.\n", "")
    assert sorted(said(text, reference.Stage)) == [
        "f.yml:1:1: summary: The key 'summary' is missing. Add a line that starts with summary:",
        "f.yml:2:1: titel: Unknown key 'titel'. Did you mean 'title'?",
    ]


def test_a_wrong_item_does_not_make_its_list_empty() -> None:
    text = "id: a\ntitle: A\npractices:\n  - id: b\n"
    assert not any("Nothing stands here" in line for line in said(text, model.Group))


@pytest.mark.parametrize("data", ["[]", "word", "1", "true", "2026-11-24"])
def test_what_is_no_entry_at_all_is_told(data: str) -> None:
    (line,) = said(data, reference.Stage)
    assert line.endswith(
        "a set of keys is expected. Write key: value lines, indented below this key."
    )


def test_a_long_text_is_cut_in_a_message() -> None:
    (line,) = said(STAGE.replace("[page]", f"[{'A' * 5000}]"), reference.Stage)
    assert len(line) < 250
    assert short("a" * 61) == "a" * 60 + "…"
    assert short("a" * 60) == "a" * 60


def test_the_nearest_word_is_offered_and_a_far_one_is_not() -> None:
    assert nearest("princple", ["principle", "law"]) == "Did you mean 'principle'?"
    assert nearest("zebra", ["principle", "law"]) == ""
    assert closest("lwa", ["law"]) == "law"


def test_a_place_is_the_value_or_the_key_when_the_value_stands_below() -> None:
    marks = {("a",): Mark(1, 1, 1, 4), ("b",): Mark(2, 1, 3, 3)}
    assert place(marks, ("a",)) == (1, 4)
    assert place(marks, ("a",), key=True) == (1, 1)
    assert place(marks, ("b",)) == (2, 1)
    assert place(marks, ("b", 0, "c")) == (2, 1)
    assert place(marks, ("z",)) == (1, 1)
