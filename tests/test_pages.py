"""Hand-written pages: nothing may pass for harmless here that MkDocs would read otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dpup.check import check

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STATEMENT = "Template statements ({% … %}) can't be used here."


def said(root: Path) -> list[str]:
    """Give what is said of a project."""
    return [str(problem) for problem in check(root)[1]]


@pytest.mark.parametrize("opening", ["---", "--- ", "---\t"])
@pytest.mark.parametrize("closing", ["---", "--- ", "..."])
def test_front_matter_is_found_as_mkdocs_finds_it(
    project: Callable[..., Path], opening: str, closing: str
) -> None:
    page = f"{opening}\nrender_macros: true\n{closing}\n# A\n\n{{% set x = 1 %}}\n"
    (line,) = said(project({"docs/a.md": page}))
    assert line.startswith(f"docs/a.md:6:1: {STATEMENT}")


@pytest.mark.parametrize("ending", ["md", "markdown", "mdown", "mkdn", "mkd"])
def test_every_ending_that_mkdocs_reads_is_looked_at(
    project: Callable[..., Path], ending: str
) -> None:
    (line,) = said(project({f"docs/a.{ending}": "# A\n\n<script>\n"}))
    assert line.startswith(f"docs/a.{ending}:3:1: Raw HTML can't be used here: <script>.")


def test_braces_may_be_shown_as_code_where_nothing_runs(project: Callable[..., Path]) -> None:
    page = "# A\n\n`{{ x }}`\n\n```text\n{% x %}\n```\n\n~~~\n{# x #}\n~~~\n"
    assert said(project({"docs/a.md": page})) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ glossary() }}", "This page has a call but does not say that calls run on it. Add "),
        ("{% x %}", "Template statements and comments can't be used on a page. Remove it, or "),
        ("{# x #}", "Template statements and comments can't be used on a page. Remove it, or "),
    ],
)
def test_braces_outside_of_code_are_told(
    project: Callable[..., Path], text: str, message: str
) -> None:
    (line,) = said(project({"docs/a.md": f"# A\n\nb {text}\n"}))
    assert line.startswith(f"docs/a.md:3:3: {message}")


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("---\na: 1\n# A\n", "1:1: The front matter is never closed. Add a line --- after the "),
        ("---\na: b: c\n---\n# A\n", "2:5: A colon followed by a space stands inside this text. "),
        ("---\n- a\n---\n# A\n", "2:1: The front matter has no keys. Write key: value lines "),
        ("---\na: '{{ x }}'\n---\n# A\n", "2:4: a: Template braces can't stand in a field. Say "),
        ("---\na: no\n---\n# A\n", "2:4: a: YAML reads no without quotes as false. Write "),
        ("# A\n\n# B\n", "3:1: The title of the page is its only first-level heading. Start with "),
    ],
)
def test_what_is_wrong_with_a_page_has_its_line(
    project: Callable[..., Path], page: str, line: str
) -> None:
    (only,) = said(project({"docs/a.md": page}))
    assert only.startswith(f"docs/a.md:{line}")


def test_links_to_files_and_folders_are_refused_unread(project: Callable[..., Path]) -> None:
    root = project()
    (root / "docs/host.md").symlink_to("/etc/hostname")
    (root / "docs/all").symlink_to("../content")
    assert said(root) == [
        "docs/all:1:1: This is a symbolic link to another file. Put a real file here.",
        (
            "docs/host.md:1:1: This is a symbolic link to a place outside the project. "
            "Put a real file here."
        ),
    ]
