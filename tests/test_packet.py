"""The review packet: what it reaches, whom it asks, and that it agrees with other commands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dpup import reviews
from dpup.library import load
from evolving import commit, repository, run
from helpers import ROOT, edit, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOME = "content/guidelines/purpose-matters.md"
LAWS = "content/reference/laws.yml"
TEMPLATE = "content/toolkit/what-service-users-need-to-know.md"
QUIZ = "content/toolkit/a-quiz.md"
DAY = "2027-06-01"
NEWS = "  summary: The law.\n  changed: {date: 2027-01-10, note: A new part.}\n"
NOTED = """version: "1.0.1"
status: published"""
CLARIFIED = """changes:
  - {version: "1.0.1", date: 2026-12-01, kind: clarified, note: Plainer., items: [write-it-down]}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a repository with one state."""
    made = repository(tmp_path / "project")
    commit(made, "v1")
    return made


def packet(root: Path) -> str:
    """Write the packet of what differs from the state before."""
    return run(root, "review", "--against", "v1").stdout


def due(root: Path) -> set[str]:
    """Ask the other command what is due."""
    told = run(root, "report", "--stale", "--format", "json", "--today", DAY).stdout
    return {row["id"] for row in json.loads(told)["entries"] if row["due"]}


def again(said: str) -> set[str]:
    """Read what a packet says is to be looked at again."""
    start = "- **To be looked at again**, until `reviewed` has a later day: "
    lines = [line for line in said.splitlines() if line.startswith(start)]
    return {id_.strip("`") for line in lines for id_ in line.removeprefix(start).split(", ")}


def change_law(root: Path) -> None:
    """Say that a law has changed."""
    edit(root / LAWS, "  summary: The law.\n", NEWS)


def clarify(root: Path) -> None:
    """Reword a practice, and note it."""
    edit(root / HOME, "text: Write down why.", "text: Write down why, and for whom.")
    edit(root / HOME, 'version: "1.0.0"\nstatus: published', NOTED)
    edit(root / HOME, "changes:\n", CLARIFIED)


@pytest.mark.parametrize("change", [change_law, clarify])
def test_what_becomes_due_is_what_the_stale_report_says(
    root: Path, change: Callable[[Path], None]
) -> None:
    before = due(root)
    change(root)
    fresh = due(root) - before
    assert len(fresh) > 1
    assert again(packet(root)) == fresh


def test_what_was_due_before_is_not_told_again(root: Path) -> None:
    clarify(root)
    commit(root, "v1b")
    edit(root / HOME, "covers: Information", "covers: All information")
    said = run(root, "review", "--against", "v1b").stdout
    assert "`purpose-matters`: reworded" in said
    assert not again(said)


def test_notices_are_reached_by_words_and_not_by_other_practices(root: Path) -> None:
    old = "supports: [purpose-matters.write-it-down]\n        laws: [ipp-1]"
    edit(
        root / TEMPLATE,
        old,
        old.replace("write-it-down", "write-it-down, he-tangata.show-the-benefit"),
    )
    said = packet(root)
    assert "names other practices; its own words are the same" in said
    assert "**Notices**" not in said
    edit(root / TEMPLATE, 'clause: "We do it {why}."', 'clause: "We need it {why}."')
    assert "- **Notices** of `what-service-users-need-to-know`\n" in packet(root)


def test_the_file_that_something_left_has_its_owners_asked(root: Path) -> None:
    owners = "/content/toolkit/a-quiz.md @org/old\n/content/toolkit/a-small-quiz.md @org/new\n"
    write(root / ".github/CODEOWNERS", owners)
    commit(root, "v1c")
    (root / QUIZ).rename(root / "content/toolkit/a-small-quiz.md")
    said = run(root, "review", "--against", "v1c").stdout.replace("\u2060", "")
    assert "- [ ] **@org/old**, who looks after `content/toolkit/a-quiz.md`\n" in said
    assert "- [ ] **@org/new**, who looks after `content/toolkit/a-small-quiz.md`\n" in said


def test_a_replacement_keeps_its_own_history_in_the_list_of_changes(root: Path) -> None:
    write(root / "content/toolkit/b-quiz.md", (root / QUIZ).read_text("utf-8"))
    stone = "status: withdrawn\nwithdrawn: {date: 2026-12-01, reason: Two., replaced_by: [b-quiz]}"
    edit(root / QUIZ, "status: published", stone)
    line = '  - {version: "2.0.0", date: 2026-12-01, kind: merged, note: Into the other.}\n'
    edit(root / QUIZ, "changes:\n", f"changes:\n{line}")
    told = [(it.entry.id, it.change.version) for it in reviews.history(load(root))]
    assert ("b-quiz", "1.0.0") in told
    edit(root / QUIZ, "kind: merged", "kind: moved")
    told = [(it.entry.id, it.change.version) for it in reviews.history(load(root))]
    assert ("b-quiz", "1.0.0") not in told
    assert ("a-quiz", "1.0.0") in told


def test_the_packet_in_the_guide_for_stewards_is_a_packet(root: Path) -> None:
    guide = (ROOT / "docs/contribute/steward.md").read_text("utf-8")
    sample = guide.partition("```text\n# Review packet")[2].partition("```")[0].splitlines()
    write(root / ".github/CODEOWNERS", f"/{HOME} @OWNER/stewards\n")
    commit(root)
    edit(root / HOME, "text: Write down why.", "text: Write down why and for whom.")
    edit(root / HOME, 'version: "1.0.0"\nstatus', 'version: "2.0.0"\nstatus')
    note = "note: Asks for whom as well., items: [write-it-down]"
    line = f'  - {{version: "2.0.0", date: 2026-11-28, kind: strengthened, {note}}}\n'
    edit(root / HOME, "changes:\n", f"changes:\n{line}")
    said = ("--by", "Stewards of the policy", "--on", "2026-11-28")
    assert run(root, "approve", "purpose-matters", *said).exit_code == 0
    packet = run(root, "review", "--against", "main").stdout.replace("\u2060", "").splitlines()
    assert [_frame(line) for line in sample] == [_frame(line) for line in packet[: len(sample)]]


def _frame(line: str) -> str:
    """Cut off what depends on the words of a policy."""
    if "…" in line or line.startswith(("  - text: ", "  - shown in ", "  - to be looked at, ")):
        return line.partition(": ")[0].partition(" in ")[0]
    return line.partition(", for the words ")[0].removeprefix("# Review packet")
