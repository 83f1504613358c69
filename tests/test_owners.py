"""Who looks after which file, as forges read ``CODEOWNERS``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dpup import owners
from dpup.owners import NOBODY
from helpers import write

if TYPE_CHECKING:
    from pathlib import Path

RULES = """\
# The rule that stands last counts.
*                        @OWNER/stewards
/content/                @OWNER/content
/content/reference/laws.yml  @OWNER/legal  law@agency.example  # ask @OWNER/nobody
/content/toolkit/draft*  # nobody owns drafts
*.css                    @designer
/docs/with\\ space.md    @OWNER/spaces
"""


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("README.md", ("@OWNER/stewards",)),
        ("content/guidelines/purpose-matters.md", ("@OWNER/content",)),
        ("content/reference/laws.yml", ("@OWNER/legal", "law@agency.example")),
        ("content/toolkit/draft-one.md", ()),
        ("docs/assets/css/base.css", ("@designer",)),
        ("docs/with space.md", ("@OWNER/spaces",)),
    ],
)
def test_the_last_line_that_fits_says_who_owns_a_file(path: str, names: tuple[str, ...]) -> None:
    assert owners.read(RULES, "CODEOWNERS").of(path) == names


def test_a_label_names_all_owners_or_nobody() -> None:
    found = owners.read(RULES, "CODEOWNERS")
    assert found.label("content/reference/laws.yml") == "@OWNER/legal, law@agency.example"
    assert found.label("content/toolkit/draft-one.md") == NOBODY == "nobody in particular"


def test_without_a_file_nobody_owns_anything(tmp_path: Path) -> None:
    found = owners.of(tmp_path)
    assert (found.label("README.md"), found.problems) == (NOBODY, ())


@pytest.mark.parametrize("place", owners.PLACES)
def test_the_file_is_found_where_forges_keep_it(place: str, tmp_path: Path) -> None:
    write(tmp_path / place, "* @somebody\n")
    assert owners.of(tmp_path).of("x.md") == ("@somebody",)


def test_the_first_place_counts_alone(tmp_path: Path) -> None:
    write(tmp_path / "CODEOWNERS", "* @later\n")
    write(tmp_path / ".github/CODEOWNERS", "/x @first\n")
    assert owners.of(tmp_path).of("y") == ()


def test_a_line_that_cannot_be_read_is_told_and_passed_over() -> None:
    found = owners.read("* @all\n!x @a\n/x[] @a\n/b[ @a\n/c stewards @a\n", "CODEOWNERS")
    assert [str(problem) for problem in found.problems] == [
        f"CODEOWNERS:{line}:1: {fault} Write a pattern and then the owners, such as: "
        "/content/ @OWNER/TEAM"
        for line, fault in (
            (2, "A pattern can't start with '!'."),
            (3, "The pattern '/x[]' can't be read."),
            (4, "The pattern '/b[' can't be read."),
            (5, "'stewards' is no owner: it has no '@'."),
        )
    ]
    assert {found.of(path) for path in ("x", "z/1", "b", "c")} == {("@all",)}


def test_bytes_that_are_no_text_break_nothing(tmp_path: Path) -> None:
    (tmp_path / "CODEOWNERS").write_bytes(b"\xff\xfe @a\n* @b\n")
    assert owners.of(tmp_path).of("x") == ("@b",)
