"""What contributed Markdown may not become, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dpup import render, sanitise
from dpup.library import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dpup.library import Library


@pytest.fixture
def library(project: Callable[..., Path]) -> Library:
    """Load the sample project."""
    return load(project())


def said(library: Library, text: str) -> list[str]:
    """Give what is said of a text."""
    found = render.fault_problems(render.Text(text, "f.md", 1), library, lambda href: href)
    return [str(problem) for problem in found]


@pytest.mark.parametrize(
    "text",
    [
        "Plain *text* with **force**, `code <b>` and [a link](https://x.example).",
        "1. a\n2. b\n\n- c\n\n> d\n\n| a | b |\n|---|--:|\n| 1 | 2 |",
        "!!! note\n    Mind.\n\n```yaml\na: 1\n```",
        'Word\n:   Meaning\n\n## Heading {: #own }\n\n[in Māori](a.md){: lang="mi" title="x" }',
        "a &lt; b &amp; c &nbsp; d &#8211; e, 1 < 2",
        "`<!-- code -->` and `&#x202E;`",
        "A line  \nthat breaks, and a rule:\n\n* * *\n\nbelow.",
    ],
)
def test_what_may_be_published_has_no_fault(library: Library, text: str) -> None:
    assert said(library, text) == []


RAW = "Use Markdown; write &lt; for a less-than sign."
LINK = "Link to https://, mailto: or a file of the project."
PLAIN = "Remove it; id, lang and title are allowed."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a <b>b</b>", f"1:3: Raw HTML can't be used here: <b>. {RAW}"),
        ("a </b>", f"1:3: Raw HTML can't be used here: </b>. {RAW}"),
        ("a\n\n<script>\nx\n</script>", f"3:1: Raw HTML can't be used here: <script>. {RAW}"),
        (
            "a <img src=x\nonerror=y>",
            f"1:3: Raw HTML can't be used here: <img src=x onerror=y>. {RAW}",
        ),
        ("```text\n<b>\n```\n\n<b>", f"5:1: Raw HTML can't be used here: <b>. {RAW}"),
        ("a <!-- b -->", "1:3: Comments can't be used here: readers would see them. Delete it."),
        ("<!-- a\n\nb -->", "1:1: Comments can't be used here: readers would see them. Delete it."),
        ("[a](javascript:b)", f"1:5: A link may not start with javascript:. {LINK}"),
        ("[a](JAVA&#115;CRIPT:b)", f"1:5: A link may not start with javascript:. {LINK}"),
        ("[a](<java\nscript:b>)", f"2:1: A link may not start with javascript:. {LINK}"),
        ("[a][b]\n\n[b]: data:x", f"3:6: A link may not start with data:. {LINK}"),
        ("[a](http://[)", "1:5: This link can't be read as an address. Write it again."),
        ('a\n{: onclick="b" }', f"2:4: The attribute onclick would run a script. {PLAIN}"),
        ('*a*{: style="b" }', f"1:7: The attribute style can't be used here. {PLAIN}"),
        ("a\n{: .b }", "2:5: The class 'b' can't be used here. Remove it."),
        (
            "!!! danger\n    a",
            (
                "1:5: The kind of box 'danger' can't be used here. Use one of: "
                "example, note, quote, tip, warning."
            ),
        ),
        (
            "```python\na\n```",
            (
                "1:4: The language 'python' can't be used here. Use one of: json, "
                "markdown, sh, text, yaml."
            ),
        ),
        ("![a](b.png)", "1:1: Pictures can't be placed in a text. Say it in words, or link to it."),
        ("# A", "1:1: The title of the page is its only first-level heading. Start with ##."),
        ("## A {: #b }\n\nc\n{: #b }", "4:4: The anchor 'b' is given twice. Give it once."),
        (
            "a &rlm;",
            (
                "1:3: A hidden character changes the direction of text (U+200F "
                "RIGHT-TO-LEFT MARK). Delete it."
            ),
        ),
    ],
)
def test_a_fault_is_told_once_and_in_its_line(library: Library, text: str, line: str) -> None:
    assert said(library, text) == [f"f.md:{line}"]


def test_what_stands_between_braces_is_left_to_the_calls(library: Library) -> None:
    assert said(library, "a\n{% endfor %}\n\n{{ self['_x']() }}") == []


def test_of_hundreds_of_faults_fifty_are_told(library: Library) -> None:
    lines = said(library, "<b>\n\n" * 153)
    assert len(lines) == 51
    assert lines[-1] == "f.md:99:1: This text has 103 more problems. Mend these first."


@pytest.mark.parametrize(
    ("href", "scheme"),
    [
        ("a.md", ""),
        ("HTTPS://x", "https"),
        (" java\tscript:x", "javascript"),
        ("java&#x73;cript&colon;x", "javascript"),
        ("\x01vbscript:x", "vbscript"),
        ("//[", "unreadable"),
        ("javascript%3Ax", ""),
    ],
)
def test_a_scheme_is_what_a_browser_would_see(href: str, scheme: str) -> None:
    assert sanitise.scheme_of(href) == scheme


@pytest.mark.parametrize(
    "markup",
    [
        "<script>x</script>",
        "<p onclick=x>a</p>",
        '<a href="javascript:x">a</a>',
        '<a href="data:x">a</a>',
        "<svg onload=x>",
        "<math><mi xlink:href='javascript:x'>",
        "<iframe srcdoc=x></iframe>",
        '<p style="x">a</p>',
        "<style>x</style>",
        "<p><!-- x -->",
        "<form action=x><input name=y>",
        "<base href=x>",
    ],
)
def test_the_sanitiser_removes_whatever_came_through(markup: str) -> None:
    clean = sanitise.clean(markup)
    assert not any(bad in clean for bad in ("script", "on", "data:", "style", "<!", "<f", "<base"))


def test_anchors_are_all_ids_in_a_text() -> None:
    assert sanitise.anchors('<h2 id="a">x</h2><p id="b">y</p>') == {"a", "b"}


@pytest.mark.parametrize(
    "text",
    [
        "> " * 3000 + "x",
        "\n".join("    " * depth + "- x" for depth in range(120)),
        "[" * 400 + "x" + "]" * 400,
        "<" * 3000,
        "<a " * 1000,
        "`" * 2000 + "x" + "`" * 1999,
        "&#xD800;&#0;&#x110000;&#99999999999;",
        "\x02wzxhzdk:0\x03 \x02 klzzwxh:0\x03",
        "*" * 3000,
        "|a" * 500 + "\n" + "|-" * 500,
        "[a]: <" + "x" * 5000,
        "\0",
        "",
    ],
)
def test_nothing_makes_the_inspection_raise(library: Library, text: str) -> None:
    for line in said(library, text):
        assert line.startswith("f.md:")
