"""Fingerprints of meaning: what changes them, what does not, and approvals tied to them."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner, Result

from dpup import meaning
from dpup.cli import main
from dpup.library import load
from helpers import edit, make_project, write

if TYPE_CHECKING:
    from pathlib import Path

HOME = "content/guidelines/purpose-matters.md"
LIST = "content/toolkit/before-you-start.md"


def prints(root: Path) -> dict[str, str]:
    """Give the fingerprints of a Guideline, its practice and a checklist's question."""
    library = load(root)
    assert library.problems == ()
    items = {item.id: meaning.of_item(item) for item in library.addresses}
    entries = {entry.id: meaning.of_entry(entry) for entry in library.entries}
    wanted = ("purpose-matters", "purpose-matters.write-it-down", "before-you-start.told")
    return {id_: (items | entries)[id_] for id_ in wanted}


EDITORIAL = [
    (HOME, "text: Write down why.", "text: Write down “why”!"),
    (HOME, "text: Write down why.", 'text: "write  down\\n  Why"'),
    (HOME, "stages: [plan, collect]", "stages:\n          - collect\n          - plan"),
    (HOME, "Start with why.", "Start\n**with**\nwhy…"),
    (HOME, "## Why it exists", "### Why it exists"),
    (HOME, "reviewed: 2026-11-24", "reviewed: 2026-12-24"),
    (HOME, "note: Our reading.}", "note: X.}"),
    (HOME, "note: First edition.}", "note: The first.}"),
    (LIST, "summary: Before", "minutes: 5\nsummary: Before"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new"), EDITORIAL)
def test_layout_and_bookkeeping_leave_a_fingerprint_as_it_is(
    tmp_path: Path, path: str, old: str, new: str
) -> None:
    root = make_project(tmp_path)
    before = prints(root)
    edit(root / path, old, new)
    assert prints(root) == before


SAID = [
    (HOME, "text: Write down why.", "text: Write down whys.", {"purpose-matters.write-it-down"}),
    (HOME, "text: Write down why.", "text: Write down 1.5.", {"purpose-matters.write-it-down"}),
    (HOME, "laws: [ipp-1]\n        roles", "roles", {"purpose-matters.write-it-down"}),
    (HOME, "question: Have we written down", "question: Did we write down",
     {"purpose-matters.write-it-down"}),
    (HOME, "Start with why.", "Begin with why.", set()),
    (HOME, "title: Be clear about why", "title: Be clear", set()),
    (HOME, "      - id: old-habit", "      - id: older-habit", set()),
    (HOME, "Start with why.", "Start with why. See <https://a.example/b.c>.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "items"), SAID)
def test_each_word_number_and_reference_changes_it(
    tmp_path: Path, path: str, old: str, new: str, items: set[str]
) -> None:
    root = make_project(tmp_path)
    before = prints(root)
    edit(root / path, old, new)
    after = prints(root)
    assert {id_ for id_ in before if before[id_] != after[id_]} == {"purpose-matters"} | items


def test_words_keep_what_is_read_and_addresses_whole() -> None:
    assert meaning.words("Don\u2019t *stop*: 5 % \u2013 or $3.50!") == "dont stop 5 % or $ 3.50"
    assert meaning.words("wha\u0304nau WHĀNAU") == "whānau whānau"
    assert meaning.words("(https://a.example/b_c.d)") == "https://a.example/b_c.d"
    assert meaning.words("https://a.b/c") != meaning.words("https://a/b.c")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("≤ 3 people", "≥ 3 people"),
        ("3 < 5", "3 > 5"),
        ("1.5 percent", "1-5 percent"),
        ("1,500", "1.500"),
        ("$3.50", "$3-50"),
        (".5 percent", "5 percent"),
        ("-5 degrees", "5 degrees"),
        ("-$5", "$5"),
        ("~5", "5"),
        ("10:30", "10.30"),
        ("3/4", "3-4"),
        ("5 %", "5 ‰"),
        ("✓ shared", "✗ shared"),
        ("☐ shared", "shared"),
        ("yet", "yet\u0338"),
        ("privacy.officer@example.nz", "privacy-officer@example.nz"),
        ("Officer@example.nz", "officer@example.nz"),
        ("https://example.nz/AbC", "https://example.nz/aBc"),
        ("www.example.nz/AbC", "www.example.nz/aBc"),
    ],
)
def test_signs_parts_of_numbers_and_addresses_are_read(one: str, other: str) -> None:
    assert meaning.words(one) != meaning.words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("from 5\u201310", "from 5 - 10"),
        ("5\u201410", "5-10"),
        ("\u22125 degrees", "-5 degrees"),
        ("why \u2013 and", "why - and"),
        ("\u201cwhy\u201d", "'why'"),
        ("**1.5**, then", "1.5 then"),
        ("See <https://example.nz/A>.", "see **https://example.nz/A**"),
        ("_a.b@example.nz_", "<a.b@example.nz>"),
        ("+ one\n+ two", "- one\n- two"),
        ("5\n- 10", "5\n* 10"),
        ("> so\n> it is", "so it is"),
        ("| one | two |", "one two"),
        ("~~5~~", "5"),
        ("❤\ufe0f", "❤"),
        ("ma\u0304ori", "Māori"),
    ],
)
def test_layout_and_the_style_of_quotes_and_dashes_are_not_read(one: str, other: str) -> None:
    assert meaning.words(one) == meaning.words(other)


@pytest.mark.parametrize(
    "part", ["a.", "a@", "a@a.", "5 - ", "[-", "> ", "~", "www.", "5  ", "https://...."]
)
def test_no_text_takes_long_to_read(part: str) -> None:
    start = time.process_time()
    meaning.words(part * 50_000)
    assert time.process_time() - start < 5


def test_a_fingerprint_is_the_same_in_each_version_of_the_tool(tmp_path: Path) -> None:
    (old,) = [p for p in load(make_project(tmp_path)).all_practices if p.facts.id == "old-habit"]
    assert meaning.of_item(old) == "838ea6ec044a"


def run(root: Path, *args: str) -> Result:
    return CliRunner().invoke(main, [args[0], "--root", str(root), *args[1:]])


def test_an_approved_entry_that_changes_by_a_word_has_to_be_approved_again(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    approve = ("approve", "purpose-matters", "--by", "Stewards: all of them", "--on", "2026-12-01")
    plain = (root / HOME).read_text(encoding="utf-8")
    assert run(root, *approve).exit_code == 0
    text = (root / HOME).read_text(encoding="utf-8")
    first = prints(root)["purpose-matters"]
    block = ["approved:", '  by: "Stewards: all of them"', "  on: 2026-12-01"]
    block += [f'  fingerprint: "{first}"', "changes:", ""]
    assert text == plain.replace("changes:\n", "\n".join(block))
    assert run(root, "check").exit_code == 0

    edit(root / HOME, "text: Write down why.", "text: write down, why")
    assert run(root, "check").exit_code == 0, "only the layout changed"

    edit(root / HOME, "text: write down, why", "text: Write down how.")
    (now,) = {meaning.of_entry(e) for e in load(root).entries if e.id == "purpose-matters"}
    assert run(root, "check").stdout == (
        f"{HOME}:43:16: approved.fingerprint: The words have changed since Stewards: all of them "
        f"approved them on 2026-12-01. Their fingerprint is {now}. Put the approved words back, "
        "or have the new ones approved: dpup approve purpose-matters.\n"
    )
    assert run(root, *approve[:-1], "2026-12-02").exit_code == 0
    assert run(root, "check").exit_code == 0
    assert (root / HOME).read_text(encoding="utf-8").count("approved:") == 1


def test_an_approval_says_what_a_resource_rested_on(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    done = run(root, "approve", "before-you-start", "--by", "Stewards", "--on", "2026-12-01")
    assert done.stderr == f"Approved: {LIST}\n"
    library = load(root)
    entry = library.find("before-you-start")
    assert entry.facts.approved.rests_on == meaning.of_all(library.uses(entry))
    assert run(root, "check").exit_code == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("purpose-maters", "--by", "X"), "no entry 'purpose-maters' that can be approved. Did"),
        (("ipp-1", "--by", "X"), "There is no entry 'ipp-1' that can be approved."),
        (("purpose-matters", "--by", "a\nb"), "Say who approved it, in one line"),
        (("purpose-matters", "--by", " "), "Say who approved it, in one line"),
    ],
)
def test_what_can_not_be_approved_changes_nothing(
    tmp_path: Path, args: tuple[str, ...], said: str
) -> None:
    root = make_project(tmp_path)
    before = (root / HOME).read_bytes()
    done = run(root, "approve", *args)
    assert done.exit_code != 0
    assert said in done.stderr
    assert (root / HOME).read_bytes() == before


def test_nothing_is_approved_while_something_is_wrong(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    write(root / "content/toolkit/broken.md", "nothing")
    done = run(root, "approve", "purpose-matters", "--by", "Stewards")
    assert done.exit_code == 1
    assert "content/toolkit/broken.md:1:1" in done.stdout
    assert "approved:" not in (root / HOME).read_text(encoding="utf-8")


def bodied(root: Path, line: str) -> Path:
    """Add a line to the text of the Guideline."""
    file = root / HOME
    write(file, file.read_text(encoding="utf-8") + f"\n{line}\n")
    return file


def test_an_approval_goes_above_the_history_and_never_into_the_text(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    line = "approved: by whom, you decide, but never by the writer alone."
    file = bodied(root, line)
    before = file.read_text(encoding="utf-8")
    for day in ("2026-12-01", "2026-12-02"):
        approve = ("approve", "purpose-matters", "--by", "Stewards", "--on", day)
        assert run(root, *approve).exit_code == 0
    now = prints(root)["purpose-matters"]
    block = f'approved:\n  by: "Stewards"\n  on: 2026-12-02\n  fingerprint: "{now}"\nchanges:\n'
    assert file.read_text(encoding="utf-8") == before.replace("\nchanges:\n", f"\n{block}", 1)
    assert run(root, "check").exit_code == 0


@pytest.mark.parametrize("key", ['"changes":', "'changes':", "changes :", "# A remark.\nchanges:"])
def test_a_key_is_found_however_it_is_written(tmp_path: Path, key: str) -> None:
    root = make_project(tmp_path)
    edit(root / HOME, "\nchanges:\n", f"\n{key}\n")
    before = (root / HOME).read_text(encoding="utf-8")
    for _ in range(2):
        done = run(root, "approve", "purpose-matters", "--by", "Stewards", "--on", "2026-12-01")
        assert done.stderr == f"Approved: {HOME}\n"
        assert done.exit_code == 0
    text = (root / HOME).read_text(encoding="utf-8")
    assert text.count("approved:") == 1
    kept = [line for line in text.split("\n") if line in before.split("\n")]
    assert "\n".join(kept) == before
    assert run(root, "check").exit_code == 0


def test_an_approval_above_a_remark_leaves_it(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    approve = ("approve", "purpose-matters", "--by", "Stewards", "--on", "2026-12-01")
    run(root, *approve)
    edit(root / HOME, "\nchanges:\n", "\n# Newest first.\n\nchanges:\n")
    before = (root / HOME).read_bytes()
    assert run(root, *approve).exit_code == 0
    assert (root / HOME).read_bytes() == before


def test_front_matter_without_lines_of_its_own_is_refused_and_left(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    front, body = (root / HOME).read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n")
    data = yaml.safe_load(front)
    said = "\n ".join(json.dumps(data, default=str, ensure_ascii=False, indent=1).split("\n"))
    for name in ("reviewed", "review_by", "date"):
        said = re.sub(rf'"{name}": "([0-9-]+)"', rf'"{name}": \1', said)
    write(root / HOME, f"---\n{said}\n---\n{body}")
    before = (root / HOME).read_bytes()
    assert run(root, "check").stdout == ""
    done = run(root, "approve", "purpose-matters", "--by", "Stewards")
    assert done.stderr == (
        f"Error: {HOME} has no place for an approval. Let each key of its front matter start a "
        "line of its own, and approve it again.\n"
    )
    assert (root / HOME).read_bytes() == before


UNFIT = [
    ("x" * 400, "by: This has 400 characters; the limit is 300. Shorten it."),
    (
        "{{ stewards }}",
        (
            "by: Template braces can't stand in a field. Say it in words; a call belongs in the "
            "text below the front matter."
        ),
    ),
    ("[fill in: who]", "by: A blank is left here. Say who approved it."),
]  # fmt: skip


@pytest.mark.parametrize(("by", "said"), UNFIT)
def test_who_approved_is_written_only_where_the_check_takes_it(
    tmp_path: Path, by: str, said: str
) -> None:
    root = make_project(tmp_path)
    before = (root / HOME).read_bytes(), (root / LIST).read_bytes()
    done = run(root, "approve", "before-you-start", "purpose-matters", "--by", by)
    assert done.stderr == f"Error: {said}\n"
    assert done.exit_code == 1
    assert ((root / HOME).read_bytes(), (root / LIST).read_bytes()) == before
