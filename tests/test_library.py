"""The Library: loading, derived links in both directions, filters, and caching."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from dpup.check import check
from dpup.library import load
from dpup.reviews import awaiting, history
from helpers import SAMPLE, edit, make_project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GUIDELINE = "content/guidelines/purpose-matters.md"


def test_links_are_derived_in_both_directions(project: Callable[..., Path]) -> None:
    library = load(project())
    law = library.get("law", "ipp-1")
    assert law is not None
    assert [entry.id for entry in library.referring(law, "guideline")] == ["purpose-matters"]
    act = library.get("law", "act")
    assert act is not None
    assert [entry.id for entry in library.referring(act, "law")] == ["ipp-1"]
    found = [practice.id for practice in library.practices(law="ipp-1")]
    assert found == ["he-tangata.show-the-benefit", "purpose-matters.write-it-down"]


def test_practices_are_narrowed_by_every_filter(project: Callable[..., Path]) -> None:
    library = load(project())
    assert [p.id for p in library.practices(beyond_law=True)] == ["purpose-matters.write-it-down"]
    assert library.practices(stage="collect", principle="he-tangata", role="frontline")
    assert library.practices(stage="collect", guideline="nothing") == ()
    assert len(library.practices(finding="wellbeing")) == 2


def test_withdrawn_practices_stay_in_their_place_but_are_not_in_force(
    project: Callable[..., Path],
) -> None:
    library = load(project())
    assert "purpose-matters.old-habit" in {practice.id for practice in library.all_practices}
    assert "purpose-matters.old-habit" not in {practice.id for practice in library.practices()}


def test_a_cell_of_a_matrix_is_what_its_filters_give(project: Callable[..., Path]) -> None:
    library = load(project())
    cells = library.crossed("law", "stage")
    assert cells[("ipp-1", "plan")] == library.practices(law="ipp-1", stage="plan")
    assert ("act", "plan") not in cells


def test_what_is_sound_is_loaded_beside_what_is_not(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / GUIDELINE, "number: 1", "number: one")
    library = load(root)
    assert library.get("guideline", "purpose-matters") is None
    assert library.get("principle", "he-tangata") is not None
    assert [problem.path for problem in library.problems] == [GUIDELINE]


def test_a_library_is_loaded_once_until_a_file_changes(project: Callable[..., Path]) -> None:
    root = project()
    first = load(root)
    assert load(root) is first
    edit(root / GUIDELINE, "Write down why.", "Write down the reason why.")
    assert load(root) is not first


def test_awaiting_and_history_cover_every_entry(project: Callable[..., Path]) -> None:
    library = load(project())
    assert [(item.needs, item.uri) for item in awaiting(library)] == [
        ("legal", "guidelines/purpose-matters.md#write-it-down")
    ]
    assert len(history(library)) == 12


FILES = sorted(path for path in (SAMPLE / "content").rglob("*.*"))
NASTY = (
    "\t",
    "{{",
    "]",
    "[",
    ": ",
    "'",
    '"',
    "\x00",
    "&a ",
    "*a ",
    "!!x ",
    "---\n",
    "\u202e",
    "-",
    "#",
)


@pytest.mark.parametrize("seed", range(120))
def test_no_damage_to_a_file_makes_the_loader_raise(seed: int, tmp_path: Path) -> None:
    """Cut, double or put something nasty into a random place of a random file."""
    chance = random.Random(seed)
    root = make_project(tmp_path / "project")
    file = root / chance.choice(FILES).relative_to(SAMPLE)
    text = file.read_text(encoding="utf-8")
    start = chance.randrange(len(text))
    end = min(len(text), start + chance.randrange(40))
    middle = chance.choice((*NASTY, "", text[start:end] * 2))
    file.write_text(text[:start] + middle + text[end:], encoding="utf-8", newline="")
    for problem in check(root)[1]:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.hint
