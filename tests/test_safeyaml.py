"""The YAML reader: what it refuses, where it says so, and that nothing makes it raise."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import yaml

from dpup.safeyaml import Mark, dotted, parse
from helpers import ROOT, SAMPLE

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = sorted(
    file
    for root in (ROOT, SAMPLE)
    for ending in ("md", "yml")
    for file in (root / "content").rglob(f"*.{ending}")
)


def said(text: str) -> list[str]:
    """Give the problems of a text as they are printed."""
    return [str(problem) for problem in parse(text, "f.yml").problems]


def test_plain_data_means_what_it_looks_like() -> None:
    text = "a: word\nb: 10\nc: true\nd: 2026-11-24\ne: [x, y]\nf:\ng: 1.5\n"
    parsed = parse(text, "f.yml")
    assert parsed.problems == []
    assert parsed.data == {
        "a": "word",
        "b": 10,
        "c": True,
        "d": dt.date(2026, 11, 24),
        "e": ("x", "y"),
        "f": None,
        "g": 1.5,
    }


def test_every_value_has_its_place() -> None:
    marks = parse("a:\n  - b: c\n", "f.yml", first_line=10).marks
    assert marks[("a",)] == Mark(10, 1, 11, 3)
    assert marks[("a", 0)] == Mark(11, 5, 11, 5)
    assert marks[("a", 0, "b")] == Mark(11, 5, 11, 8, "c")


def test_a_path_is_written_as_people_read_it() -> None:
    assert dotted(("items", 2, "from")) == "items[2].from"
    assert dotted((0, "id")) == "[0].id"
    assert dotted(()) == ""


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("010", "the number 8"),
        ("0x1F", "the number 31"),
        ("1_000", "the number 1000"),
        ("+5", "the number 5"),
        ("12:30", "the number 750"),
        (".inf", "the number inf"),
    ],
)
def test_a_number_that_reads_as_another_is_refused(raw: str, value: str) -> None:
    cure = f'Write "{raw}" in quotes, or a plain number such as 10.'
    assert said(f"a: {raw}") == [f"f.yml:1:4: a: YAML reads {raw} as {value}. {cure}"]


@pytest.mark.parametrize(("raw", "value"), [("no", "false"), ("On", "true"), ("TRUE", "true")])
def test_a_word_that_reads_as_true_or_false_is_refused(raw: str, value: str) -> None:
    message = f"YAML reads {raw} without quotes as {value}."
    cure = f'Write "{raw}" in quotes if you mean the word, or {value}.'
    assert said(f"a: {raw}") == [f"f.yml:1:4: a: {message} {cure}"]


def test_a_refused_value_leaves_nothing_in_its_place() -> None:
    parsed = parse("a: no\nb: 1\n", "f.yml")
    assert parsed.data == {"a": None, "b": 1}
    assert parsed.refused == {("a",)}
    assert parsed.sound


@pytest.mark.parametrize("text", ['a: "{{ x }}"', 'a: "{% x %}"', 'a: "{# x #}"', "a: {{ x }}"])
def test_template_braces_are_refused_in_a_value(text: str) -> None:
    cure = "Say it in words; a call belongs in the text below the front matter."
    assert said(text) == [f"f.yml:1:4: a: Template braces can't stand in a field. {cure}"]


def test_template_braces_are_refused_in_a_key() -> None:
    cure = "Say it in words; a call belongs in the text below the front matter."
    assert said('"{{ x }}": 1') == [f"f.yml:1:1: Template braces can't stand in a field. {cure}"]


@pytest.mark.parametrize("escape", ["\\0", "\\u202E", "\\u200b", "\\x1b", "\\U000E0041"])
def test_an_escape_cannot_make_a_hidden_character(escape: str) -> None:
    (line,) = said(f'a: "x{escape}y"')
    assert line.startswith("f.yml:1:4: a: ")
    assert line.endswith("Remove its escape.")


def test_a_hidden_character_that_yaml_refuses_is_told_with_its_place() -> None:
    expected = "A character that can't be seen stands here (U+0000). Delete it."
    assert said("a: b\nc: x\0y") == [f"f.yml:2:5: {expected}"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x 1", "1:4: The anchor &x is not used here. Remove &x, or put the whole text in "),
        ("a: *x", "1:4: The alias *x is not used here. Write the value out, or put the whole "),
        ("a: !x 1", "1:4: The tag !x is not used here. Remove !x, or put the whole text in "),
        ("<<: {b: 1}", "1:1: Merge keys (<<) are not used here. Write the keys out."),
        ("? [a]\n: b", "1:3: A list or mapping can't be a key. Use a plain word as the key."),
        ("off: 1", '1:1: The key off is not read as a word. Write "off" in quotes.'),
        ("a: 1\na: 2", "2:1: a: The key 'a' stands here a second time (first in line 1). Keep "),
        ("a:\n\tb: 1", "2:1: A tab stands here. Use spaces instead."),
        ("- [a\n- b", "1:3: This [ is never closed. Add the missing ] or comma."),
        ("a: 'x\nb: y\nc: 'z", "1:4: This quotation mark is never closed. Add the missing "),
        ('a: "x" y', "1:8: Text stands after the closing quotation mark. Put single quotes "),
        ("-a: b\n c: d", "1:1: A dash needs a space after it. Write - and a space."),
        ("a: b\n  c: d", "2:3: This looks like a key, but it is indented as part of the text "),
        ("a: b: c", "1:5: A colon followed by a space stands inside this text. Put the whole "),
        ('a: "C:\\p"', "1:8: A backslash in double quotes starts an escape. Use single quotes, "),
        ("a: b\n---\nc: d", "2:1: A second document starts here. Remove the line with the three "),
        ("a: @b", "1:4: A text can't start with this character. Put the whole text in "),
        ("a: *b* c", "1:4: A text can't start with this character. Put the whole text in "),
    ],
)
def test_a_slip_is_told_once_and_where_it_was_made(text: str, line: str) -> None:
    (only,) = said(text)
    assert only.startswith(f"f.yml:{line}")


@pytest.mark.parametrize(
    ("text", "place", "sign"),
    [
        ("a: Wait #1 first, and call issue #6", "1:9: a", "#1"),
        ("a: #hashtag words", "1:4: a", "#hashtag"),
        ("a:\n- See item #3 of the list.", "2:12: a[0]", "#3"),
        ("a: ā #ō", "1:6: a", "#ō"),
        ("a: 'x' #1", "1:8: a", "#1"),
        ("a: See\n  the\n  #3 more\nb: 1", "3:3: a", "#3"),
        ("a:\n  See\n  #3 more\nb: 1", "3:3: a", "#3"),
    ],
)
def test_no_comment_eats_the_end_of_a_text(
    text: str, place: str, sign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = (
        f"f.yml:{place}: YAML takes '{sign}' and what follows it in this line for a comment. "
        "Put the whole text in double quotes; if it is a comment, write a space after the #."
    )
    assert said(text) == [expected]
    assert parse(text, "f.yml").sound
    monkeypatch.setattr(yaml, "__with_libyaml__", 0)
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "a: x # comment\n# b\nb: C#1",
        "a: x #\nb: x ## 1",
        "a: x\n#b: c\n  # d",
        "- id: x\n  #text: y\n  t: z",
        "a:\n  #b: 1\n  c: 1\n  #d",
        "a:\n  - b\n  #- c\n  - d",
        "a: 'x #1'\nb: \"#1\"",
        "a: |\n  x #1\n  #2\nb: >-\n  #3",
        "a: [x, y] #1",
    ],
)
def test_a_comment_that_eats_nothing_stays_a_comment(text: str) -> None:
    assert said(text) == []


QUOTES = [
    ('a: "We say "x" now."', "1:13", "Put single quotes around the whole text, or write “ and ”"),
    ("a: 'We say 'x' now.'", "1:13", "Put double quotes around the whole text, or write “ and ”"),
    ('- "We say "x" now."', "1:12", "Put single quotes around the whole text, or write “ and ”"),
    ('a: ["We say "x" now."]', "1:14", "Put single quotes around the whole text, or write “ and ”"),
    ('a: "x" now', "1:8", "Put single quotes around the whole text, or remove the quotation"),
    ("a: 'x' now", "1:8", "Put double quotes around the whole text, or remove the quotation"),
]


@pytest.mark.parametrize("end", ["", '\nb: "c"\n'])
@pytest.mark.parametrize(("text", "place", "cure"), QUOTES)
def test_quotes_inside_quotes_name_the_other_quotes(
    text: str, place: str, cure: str, end: str
) -> None:
    said_so = f"f.yml:{place}: Text stands after the closing quotation mark. {cure}"
    assert said(text + end)[0].startswith(said_so)


def billion_laughs() -> str:
    """Nine levels of ten aliases each."""
    first = "l0: &l0 [lol]\n"
    return first + "".join(
        f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 10)
    )


def test_a_billion_laughs_are_never_multiplied() -> None:
    parsed = parse(billion_laughs(), "f.yml")
    assert not parsed.sound
    assert parsed.data is None
    assert len(parsed.problems) == 100


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "{a: " * 50_000,
        "\n".join("  " * depth + "- " for depth in range(500)),
        "[" * 30 + "x" + "]" * 30,
    ],
)
def test_deep_nesting_is_refused_before_it_is_built(text: str) -> None:
    parsed = parse(text, "f.yml")
    assert not parsed.sound
    assert "This is nested too deeply." in parsed.problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "\ud800",
        "\ufeff",
        "k" * 100_000 + ": 1",
        '"' + "k" * 100_000 + '": 1',
        "a: " + "9" * 10_000,
        "a: " + "9" * 10_000 + ".5",
        "a: " + "1:" * 5_000 + "1",
        "a: 0b",
        "a: 99999-99-99",
        "a: 0000-00-00",
        "%YAML 9.9\n---\na: 1",
        "%X\n",
        "? ? ?",
        "- - -",
        "{{{{",
        "}}",
        "!!binary x",
        "!<x> y",
        "a: !!timestamp 2026",
        "💥: 💥",
        "\u2028\u2029\u0085",
        "...\n---\n...",
    ],
)
def test_nothing_makes_the_reader_raise(text: str) -> None:
    parsed = parse(text, "f.yml")
    assert all(problem.line >= 1 and problem.column >= 1 for problem in parsed.problems)
    assert parsed.sound or parsed.problems


@pytest.mark.parametrize("file", CONTENT, ids=lambda file: file.name)
def test_both_parsers_of_yaml_see_the_same(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = file.read_text(encoding="utf-8")
    text = text.split("\n---\n", maxsplit=1)[0].removeprefix("---\n")
    quick = parse(text, "x.yml")
    monkeypatch.setattr(yaml, "__with_libyaml__", 0)
    assert parse(text, "x.yml") == quick
