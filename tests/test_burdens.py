"""Texts that would keep Markdown busy: each is refused at once, and what people write is not."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from dpup import burdens
from evolving import run
from helpers import make_project, write

if TYPE_CHECKING:
    from pathlib import Path

HOME = "content/guidelines/purpose-matters.md"
PAGE = "docs/about/heavy.md"
DEEP = "A list or quotation is nested more than 12 levels deep here. Use fewer levels."
OPEN = "More than 20 [ are open here at once. Close them, or take them out."


def levels(count: int, sign: str = "- a", apart: str = "\n") -> str:
    return apart.join("    " * level + sign for level in range(count))


TOO_MUCH = [
    ("[" * 20_000, (3, 21), OPEN),
    ("[a " * 5_000, (3, 61), OPEN),
    ("![" * 2_500, (3, 42), OPEN),
    ("Why\n" + "[\n" * 30, (24, 1), OPEN),
    ("[a](" * 5_000, (3, 84), OPEN.replace("[", "(")),
    (levels(300), (15, 49), DEEP),
    (levels(300, "1. a"), (15, 49), DEEP),
    (levels(300, "!!! note", "\n\n"), (27, 49), DEEP),
    ("> " * 900 + "a", (3, 1), DEEP),
    (">" * 900 + "a", (3, 1), DEEP),
    ("- " * 900 + "a", (3, 1), DEEP),
    (
        "[a]:\n" * 9_000,
        (103, 1),
        (
            "More than 100 lines follow each other here that start with [. "
            "Put empty lines between them."
        ),
    ),
    (
        "**a*b " * 20_000,
        (3, 1),
        "A paragraph has more than 20,000 characters here. Put empty lines between its parts.",
    ),
]


@pytest.mark.parametrize(("text", "place", "said"), TOO_MUCH)
def test_what_is_too_much_is_told_once_where_it_begins(
    text: str, place: tuple[int, int], said: str
) -> None:
    (problem,) = burdens.problems(text, "f.md", 3)
    assert (problem.line, problem.column) == place
    assert problem.sentence == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        levels(12),
        "> " * 12 + "a",
        "- " * 40,
        "* " * 40,
        "-" * 80,
        "| a | b |\n|" + "-" * 60 + "|---|",
        "(a) [b](c) " * 900,
        "[x](y (z))\n" * 90,
        ("[ " * 20 + "\n\n") * 90,
        "[a]: https://a.example\n" * 100,
        ("word " * 3_999 + "\n\n") * 9,
        "    " * 20 + "a",
    ],
)
def test_what_people_may_write_is_no_burden(text: str) -> None:
    assert list(burdens.problems(text, "f.md", 1)) == []


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [("[" * 20_000, 0, 21, OPEN), (levels(300), 12, 49, DEEP)],
)
def test_the_check_tells_it_at_once_in_entries_and_pages(
    tmp_path: Path, text: str, line: int, column: int, said: str
) -> None:
    root = make_project(tmp_path)
    file = root / HOME
    before = file.read_text(encoding="utf-8")
    write(file, f"{before}\n{text}\n")
    write(root / PAGE, f"# A page\n\n{text}\n")
    start = time.process_time()
    done = run(root, "check")
    assert time.process_time() - start < 20
    first = before.count("\n") + 2
    assert done.stdout.splitlines() == [
        f"{HOME}:{first + line}:{column}: {said}",
        f"{PAGE}:{3 + line}:{column}: {said}",
    ]
