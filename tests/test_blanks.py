"""Blanks: each is one problem in words, with the ids that could stand there, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dpup import blanks
from dpup.check import check, draft
from helpers import edit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GUIDE = "content/toolkit/first-steps.md"
CHECKLIST = "content/toolkit/before-you-start.md"
WRITE = "Write it in place of the square brackets."


def told(root: Path) -> list[str]:
    return [str(problem) for problem in check(root)[1]]


def one(project: Callable[..., Path], file: str, old: str, new: str) -> list[str]:
    root = project()
    edit(root / file, old, new)
    return told(root)


def test_a_blank_in_a_text_is_told_with_what_belongs_there(project: Callable[..., Path]) -> None:
    new = 'summary: "[fill in: one sentence, no more]"'
    assert one(project, GUIDE, "summary: Where to start.", new) == [
        f"{GUIDE}:8:10: summary: This blank is still to be filled: one sentence, no more. {WRITE}"
    ]


def test_a_blank_for_ids_names_those_that_there_are(project: Callable[..., Path]) -> None:
    assert one(project, GUIDE, "stages: [plan]", "stages: [fill in: ids of the stages]") == [
        (
            f"{GUIDE}:11:9: stages: This blank is still to be filled: ids of the stages. "
            "Ids that there are: plan, collect. Keep the square brackets, and write what belongs "
            "there between them, as in [plan]."
        )
    ]


def test_a_blank_inside_a_list_of_ids_is_told_at_its_place(project: Callable[..., Path]) -> None:
    new = 'stages: [plan, "[fill in: another]"]'
    assert one(project, GUIDE, "stages: [plan]", new) == [
        (
            f"{GUIDE}:11:16: stages[1]: This blank is still to be filled: another. "
            "Ids that there are: plan, collect."
        )
    ]


def test_what_is_withdrawn_is_not_named(project: Callable[..., Path]) -> None:
    new = "supports: [fill in: ids]"
    assert one(project, GUIDE, "supports: [purpose-matters.write-it-down]", new) == [
        (
            f"{GUIDE}:12:11: supports: This blank is still to be filled: ids. "
            "Ids that there are: he-tangata.show-the-benefit, purpose-matters.write-it-down. "
            "Keep the square brackets, and write what belongs there between them, as in "
            "[he-tangata.show-the-benefit]."
        )
    ]


def test_where_there_are_many_ids_the_file_is_named(
    project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blanks, "_MOST", 1)
    assert one(project, GUIDE, "stages: [plan]", "stages: [fill in: ids]") == [
        (
            f"{GUIDE}:11:9: stages: This blank is still to be filled: ids. Use ids that there are, "
            "such as plan. They stand in content/reference/stages.yml. "
            "Keep the square brackets, and write what belongs there between them, as in [plan]."
        )
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("reviewed: 2026-11-24", "reviewed: [fill in: it]"),
        ("reviewed: 2026-11-24", 'reviewed: [fill in: "it", and more]'),
        ('version: "1.0.0"\nstatus', 'version: "[fill in: it]"\nstatus'),
        ("status: published", "status: '[fill in: it]'"),
        ("title: First steps", 'title: "A [Fill in: it] guide"'),
        ("title: First steps", 'title: "[fill in: it"'),
        ("roles: [frontline]", 'roles: "[fill in: it]"'),
    ],
)
def test_a_field_with_a_blank_has_no_other_problem(
    project: Callable[..., Path], old: str, new: str
) -> None:
    (found,) = one(project, GUIDE, old, new)
    assert ": This blank is still to be filled: it. " in found


def test_nothing_follows_from_a_blank_but_other_slips_are_told(
    project: Callable[..., Path],
) -> None:
    root = project()
    edit(root / CHECKLIST, "if_yes: Go on.", 'if_yes: "[fill in: what it means]"')
    edit(root / CHECKLIST, "  - id: why\n", "  - id: Why\n")
    edit(root / CHECKLIST, "principle: he-tangata", "principle: he-tangat")
    assert [line.split(": ", 2)[1:] for line in told(root)] == [
        ["meanings.if_yes", f"This blank is still to be filled: what it means. {WRITE}"],
        [
            "sections[0].id",
            (
                "'Why' is not an id. Use the letters a to z, digits and single hyphens, as in "
                "purpose-matters."
            ),
        ],
        [
            "sections[0].items[1].select.principle",
            "No principle 'he-tangat'. Did you mean 'he-tangata'?",
        ],
    ]


def test_an_optional_field_with_a_blank_is_told_once(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / CHECKLIST, "answers: yes-no", "answers: yes-no-na")
    meanings = 'meanings: {if_not_applicable: "[fill in: it]", if_yes'
    edit(root / CHECKLIST, "meanings: {if_yes", meanings)
    assert told(root) == [
        (
            f"{CHECKLIST}:15:31: meanings.if_not_applicable: "
            f"This blank is still to be filled: it. {WRITE}"
        )
    ]


def test_an_entry_with_blanks_may_be_referred_to(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / "content/reference/roles.yml", "title: Frontline", 'title: "[fill in: name]"')
    assert len(told(root)) == 1


def test_each_blank_of_a_body_is_told(project: Callable[..., Path]) -> None:
    root = project()
    edit(
        root / GUIDE, "Start small.", "Start [fill in: how] and [fill in: why].\n\n    [fill in: x]"
    )
    assert told(root) == [
        f"{GUIDE}:17:7: This blank is still to be filled: how. {WRITE}",
        f"{GUIDE}:17:26: This blank is still to be filled: why. {WRITE}",
        f"{GUIDE}:19:5: This blank is still to be filled: x. {WRITE}",
    ]


def test_a_link_that_starts_with_these_words_is_no_blank(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / GUIDE, "Start small.", "Now [fill in the form](filled-in.md).")
    assert told(root) == []


def test_a_draft_is_checked_as_if_it_were_there(project: Callable[..., Path]) -> None:
    root = project()
    text = (root / GUIDE).read_text(encoding="utf-8")
    assert draft(root, "content/toolkit/other.md", text) == ()
    found = draft(root, "content/toolkit/other.md", text.replace("[plan]", "[plam]"))
    assert [str(problem) for problem in found] == [
        "content/toolkit/other.md:11:10: stages[0]: No stage 'plam'. Did you mean 'plan'?"
    ]
    assert not (root / "content/toolkit/other.md").exists()
