"""Calls between braces: one closed shape passes, and everything else is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dpup import calls
from dpup.library import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dpup.links import Index

SHAPE = 'Write one call, as {{ practices(law="ipp-3") }}, on a line of its own.'
TWO = {"law": "ipp-1", "beyond_law": True}


@pytest.fixture
def index(project: Callable[..., Path]) -> Index:
    """Index the sample project."""
    return load(project()).index


def said(index: Index, text: str, *, body: bool = True) -> list[str]:
    """Give what is said of a text."""
    return [str(problem) for problem in calls.find(text, "f.md", 1, index, body=body).problems]


@pytest.mark.parametrize(
    ("line", "word", "arguments"),
    [
        ("{{ glossary() }}", "glossary", {}),
        ('{{ practices(law="ipp-1") }}', "practices", {"law": "ipp-1"}),
        ("{{practices(law='ipp-1',beyond_law=true)}}  ", "practices", TWO),
        ('{{ term("pia") }}', "term", {"id": "pia"}),
        ('{{ entries("law", group="ipp") }}', "entries", {"kind": "law", "group": "ipp"}),
    ],
)
def test_a_closed_call_is_read(
    index: Index, line: str, word: str, arguments: dict[str, str | bool]
) -> None:
    found = calls.find(f"Text.\n{line}\n", "f.md", 1, index, body=True)
    assert found.problems == []
    (call,) = found.found
    assert (call.word, call.line) == (word, 1)
    assert call.arguments == arguments


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{% for x in y %}", f"1:1: Template statements ({{% … %}}) can't be used here. {SHAPE}"),
        ("{# x #}", "1:1: Template comments ({# … #}) can't be used here. Remove the comment."),
        (
            "a {{ glossary() }}",
            (f"1:3: A call has to stand on a line of its own, without spaces before it. {SHAPE}"),
        ),
        ("{{ glossary(", f"1:1: These braces are not closed in the same line. {SHAPE}"),
        ("{{ }}", f"1:1: This call can't be read. {SHAPE}"),
        ("{{ 7 * 7 }}", f"1:1: Only one call of a known word can stand between braces. {SHAPE}"),
        (
            "{{ a() }}{{ b() }}",
            (f"1:1: Only one call of a known word can stand between braces. {SHAPE}"),
        ),
        ("{{ a.b() }}", f"1:1: Attributes can't be reached from here. {SHAPE}"),
        ("{{ a['b']() }}", f"1:1: Attributes can't be reached from here. {SHAPE}"),
        ("{{ glossary()() }}", f"1:1: The result of a call can't be called. {SHAPE}"),
        ("{{ glossary() | safe }}", f"1:1: Filters can't be used here. {SHAPE}"),
        ("{{ glosary() }}", "1:1: Unknown word 'glosary'. Did you mean 'glossary'?"),
        (
            '{{ entry("x") }}',
            ("1:1: 'entry' can't be used inside an entry. Use it on a page in docs/ instead."),
        ),
        ("{{ term() }}", "1:1: 'term' needs the argument 'id'. It takes: id."),
        ("{{ term(1) }}", "1:1: The argument 'id' has the wrong type. Give the id of a term."),
        (
            "{{ term(pia) }}",
            ("1:1: The argument 'id' is not a plain value. Write it in quotes, as id=\"…\"."),
        ),
        (
            "{{ term(glossary()) }}",
            ("1:1: The argument 'id' is a call. Write it in quotes, as id=\"…\"."),
        ),
        ('{{ term("pia", id="pia") }}', "1:1: The argument 'id' is given twice. Give it once."),
        ('{{ term("pia", "x") }}', "1:1: 'term' is given too many arguments. It takes: id."),
        ("{{ term(*x) }}", "1:1: Arguments can't be spread with * or **. It takes: id."),
        ("{{ term(**x) }}", "1:1: Arguments can't be spread with * or **. It takes: id."),
        ('{{ term("pai") }}', "1:1: No term 'pai'. Did you mean 'pia'?"),
        (
            "{{ glossary(1) }}",
            ("1:1: 'glossary' is given too many arguments. Write {{ glossary() }}."),
        ),
        (
            "```\n{{ glossary() }}\n```",
            (
                "2:1: A call can't stand in a code block. Move it out of "
                "the block; to show braces, write about them in words."
            ),
        ),
    ],
)
def test_anything_else_is_told_with_its_cure(index: Index, text: str, line: str) -> None:
    assert said(index, text) == [f"f.md:{line}"]


def test_a_page_may_show_whole_entries(index: Index) -> None:
    assert said(index, '{{ entry("he-tangata") }}', body=False) == []
    assert said(index, '{{ entry("he-tanagta") }}', body=False) == [
        "f.md:1:1: No entry 'he-tanagta'. Did you mean 'he-tangata'?"
    ]


def test_an_id_that_could_not_be_read_is_not_called_unknown(project: Callable[..., Path]) -> None:
    index = load(project({"content/reference/laws.yml": "- id: 'x\n"})).index
    assert said(index, '{{ practices(law="ipp-7") }}') == []
    assert said(index, '{{ term("pai") }}') != []


@pytest.mark.parametrize(
    "payload",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ self._TemplateReference__context }}",
        "{{ config.items() }}",
        "{{ lipsum() }}",
        "{{ range(9) }}",
        "{{ glossary if true else glossary }}",
        '{{ term("pia" ~ "x") }}',
        '{{ term("pia" "x") }}',
        '{{ term(id="pia", **{}) }}',
        "{{ (glossary)() | attr('x') }}",
        "{{ " + "(" * 5000 + "x" + ")" * 5000 + " }}",
        "{{ " + "-" * 5000 + "1 }}",
        "{{ {{ glossary() }} }}",
        "{{ glossary() }} {% raw %}",
        "{{ glossary() # }}",
        "{%- set x = 1 -%}",
        "{{\u2028glossary()\u2028}}x",
        "{{ glоssary() }}",  # noqa: RUF001 - the o is Cyrillic
    ],
)
def test_no_payload_passes_or_raises(index: Index, payload: str) -> None:
    found = calls.find(payload, "f.md", 1, index, body=True)
    assert found.found == []
    assert found.problems


def test_code_blocks_are_known_by_their_fences() -> None:
    lines = ["a", "```x", "b", "~~~", "```", "c", "~~~~", "~~~", "~~~~", "d", "```", "e"]
    assert calls.in_code(lines) == {2, 3, 4, 7, 8, 11}


def test_what_stands_between_braces_is_blanked_in_its_place() -> None:
    assert (
        calls.without("a {{ b }} c {% d %}{# e #} {{ f") == "a" + " " * 9 + "c" + " " * 16 + "{{ f"
    )
