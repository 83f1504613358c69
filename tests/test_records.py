"""Ways round the demands of ``check --against``, and honest changes that look like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evolving import commit, git, repository, run
from helpers import edit, write

if TYPE_CHECKING:
    from pathlib import Path

HOME = "content/guidelines/purpose-matters.md"
PRINCIPLE = "content/principles/he-tangata.md"
LIST = "content/toolkit/before-you-start.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a repository with one state."""
    made = repository(tmp_path / "project")
    commit(made, "v1")
    return made


def note(root: Path, path: str, version: str, kind: str, more: str = "") -> None:
    """Raise a version and add a line on top of the history."""
    text = (root / path).read_text("utf-8")
    head, _, rest = text.partition("version: ")
    line = f'  - {{version: "{version}", date: 2026-12-01, kind: {kind}, note: So.{more}}}\n'
    rest = rest.partition("\n")[2].replace("changes:\n", f"changes:\n{line}", 1)
    write(root / path, f'{head}version: "{version}"\n{rest}')


def said(root: Path, since: str = "v1") -> list[str]:
    """List what the check says, without the files."""
    lines = run(root, "check", "--against", since).stdout.splitlines()
    return [line.partition(": ")[2] for line in lines]


def asked(root: Path) -> str:
    """Give the part of the packet that names who has to look."""
    packet = run(root, "review", "--against", "v1").stdout
    return packet.partition("## Who has to look\n\n")[2].partition("\n## ")[0]


def test_two_steps_through_a_draft_do_not_lead_round_a_note(root: Path) -> None:
    edit(root / LIST, "status: published", "status: draft")
    (why,) = said(root)
    assert why.startswith("status: This was published at v1 and is a draft now, and nothing says ")
    note(root, LIST, "1.0.1", "editorial")
    assert said(root) == []
    commit(root, "v2")
    edit(root / LIST, "status: draft", "status: published")
    edit(root / LIST, "If people object, have we told them why?", "Have we told nobody?")
    version, history = said(root, "v2")
    assert version.startswith("version: 'before-you-start.told' was reworded since v2. Raise the ")
    assert history.startswith("changes: 'before-you-start.told' was reworded since v2, and the ")


def test_a_draft_that_was_never_published_is_free_in_its_only_note_too(root: Path) -> None:
    edit(root / LIST, "status: published", "status: draft")
    commit(root, "v2")
    edit(root / LIST, "note: First edition.", "note: The first that is whole.")
    edit(root / LIST, "If people object, have we told them why?", "Have we told them all?")
    assert said(root, "v2") == []


def test_a_line_of_the_history_may_tell_what_changed_in_a_practice_used(root: Path) -> None:
    edit(root / HOME, "text: Write down why.", "text: Write down why, for each thing.")
    note(root, HOME, "2.0.0", "strengthened", ", items: [write-it-down]")
    note(root, LIST, "1.0.1", "clarified")
    assert said(root) == []


def test_two_lines_may_undo_each_other(root: Path) -> None:
    note(root, HOME, "2.0.0", "strengthened")
    (alone,) = said(root)
    assert alone == (
        "changes[0].kind: The history says 'strengthened', and no words changed since v1. "
        "Say editorial if only what is noted changed, or take this line out."
    )
    note(root, HOME, "3.0.0", "weakened")
    assert said(root) == []
    assert "3.0.0, 2026-12-01, weakened: So.\n" in run(root, "diff", "v1").stdout


def test_two_lines_about_different_things_do_not_undo_each_other(root: Path) -> None:
    note(root, HOME, "2.0.0", "strengthened", ", items: [write-it-down]")
    note(root, HOME, "3.0.0", "weakened", ", items: [old-habit]")
    assert [line.partition(",")[0] for line in said(root)] == [
        "changes[0].kind: The history says 'weakened'",
        "changes[1].kind: The history says 'strengthened'",
    ]


def test_only_marks_and_macrons_of_an_old_note_may_be_mended(root: Path) -> None:
    edit(root / HOME, "note: First edition.", "note: First edition!")
    assert said(root) == []
    edit(root / HOME, "note: First edition!", 'note: "First edition!", items: [old-habit]')
    (other,) = said(root)
    assert other == (
        "changes[0].items: The change 1.0.0 of 2026-11-24 (added) says something else than at v1. "
        "Put it back as it was; what has to be put right is a new change on top."
    )


def test_what_goes_asks_those_whom_its_words_and_laws_concern(root: Path) -> None:
    stone = '        withdrawn: {date: 2026-12-01, reason: "No."}\n      - id: old-habit\n'
    edit(root / HOME, "      - id: old-habit\n", stone)
    people = asked(root)
    assert (
        "- [ ] **a legal reviewer**\n  - `purpose-matters.write-it-down`: the keys laws" in people
    )
    assert "  - `purpose-matters.write-it-down`: withdrawn\n" in people


def test_lists_that_the_policy_rests_on_ask_a_steward_and_the_source(root: Path) -> None:
    edit(root / "content/reference/roles.yml", "official: true", "official: false")
    edit(root / "content/reference/sources.yml", "official: true", "official: false")
    assert asked(root) == (
        "- [ ] **a steward**\n  - `frontline`: reworded\n  - `page`: reworded\n"
        "- [ ] **someone who can see the source**\n"
        "  - `frontline`: reworded: does the source say so\n"
        "  - `page`: says something else of it: official\n"
    )


def test_a_tombstone_of_an_entry_keeps_its_text(root: Path) -> None:
    edit(root / LIST, "status: published", "status: withdrawn")
    edit(root / LIST, "Use it as you like.", "Use it never.")
    edit(root / LIST, "changes:\n", 'withdrawn: {date: 2026-12-01, reason: "No."}\nchanges:\n')
    note(root, LIST, "2.0.0", "withdrawn")
    (stone,) = [line for line in said(root) if "tombstone" in line]
    assert stone == (
        "withdrawn: 'before-you-start' was withdrawn since v1, and it says something else than "
        "before: text. A tombstone keeps its words. Put them back. What replaces it can say it in "
        "other words."
    )
    told = run(root, "diff", "v1").stdout
    assert "    - Use it as you like.\n    + Use it never.\n" in told


def test_what_merges_may_not_get_other_words_either(root: Path) -> None:
    heir = "replaced_by: [he-tangata.show-the-benefit]"
    stone = f'        withdrawn: {{date: 2026-12-01, reason: "No.", {heir}}}\n'
    edit(root / HOME, "      - id: old-habit\n", f"{stone}      - id: old-habit\n")
    edit(root / HOME, "text: Write down why.", "text: Write down nothing.")
    assert any("A tombstone keeps its words." in line for line in said(root))
    told = run(root, "diff", "v1").stdout
    assert "    - Write down why.\n    + Write down nothing.\n" in told


def test_a_release_sees_an_edited_tombstone(root: Path) -> None:
    assert run(root, "release", "1.0.0", "--note", "First.").exit_code == 0
    edit(root / HOME, "reason: Nobody needs the paper.", "reason: Nobody wants the paper.")
    told = run(root, "release", "1.0.1", "--note", "Second.").stderr
    assert "The histories do not tell all that changed since edition 1.0.0:\n" in told


def test_the_packet_names_who_approves_in_place_of_whom(root: Path) -> None:
    def approve(by: str) -> None:
        done = run(root, "approve", "purpose-matters", "--by", by, "--on", "2026-12-01")
        assert done.exit_code == 0

    approve("Stewards")
    commit(root)
    git(root, "tag", "--force", "v1")
    approve("Everybody")
    assert asked(root) == (
        "- [ ] **a steward**\n  - `purpose-matters`: a new approval in the name of Everybody, of "
        "2026-12-01, in place of that by Stewards of 2026-12-01\n"
    )


def test_a_move_into_a_draft_does_not_lead_round_a_note(root: Path) -> None:
    edit(root / PRINCIPLE, "status: published", "status: draft")
    commit(root, "v2")
    text = (root / HOME).read_text("utf-8")
    start, end = text.index("      - id: write-it-down"), text.index("      - id: old-habit")
    heir = '{date: 2026-12-01, reason: "No.", replaced_by: [he-tangata.write-it-down]}'
    edit(
        root / HOME,
        "      - id: old-habit\n",
        f"        withdrawn: {heir}\n      - id: old-habit\n",
    )
    moved = text[start:end].replace("Write down why.", "Think of why.")
    moved = moved.replace("        principles: [he-tangata]\n", "")
    edit(root / PRINCIPLE, "changes:\n", f"{moved}changes:\n")
    note(root, HOME, "1.1.0", "moved")
    lines = [line for line in said(root, "v2") if "since v2" in line]
    assert [line.partition(",")[0] for line in lines] == [
        "changes: 'purpose-matters.write-it-down' was reworded since v2"
    ]
