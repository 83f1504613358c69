"""Golden histories: each class of change, with what is asked for and what is told, word for word.

``tests/histories/*.yml`` holds what changed (see ``evolving.history``), ``check``: the lines of
``dpup check --against v1``, ``diff``: what ``dpup diff v1`` prints, ``review``: the packet of
``dpup review --against v1``, and ``feed``: what the feed of everything gains, line by line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evolving import HISTORIES, gained, history, run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("case", HISTORIES, ids=lambda case: case.stem)
def test_a_change_calls_for_what_its_class_needs_and_is_told_in_words(
    case: Path, tmp_path: Path
) -> None:
    root, told = history(case, tmp_path / "project")
    checked = run(root, "check", "--against", "v1")
    assert checked.stdout.splitlines() == told["check"].splitlines()
    wrong = [line for line in told["check"].splitlines() if ": warning: " not in line]
    assert checked.exit_code == (1 if wrong else 0)
    diff = run(root, "diff", "v1")
    assert diff.exit_code == 0
    assert diff.stdout.splitlines() == told["diff"].splitlines()
    assert gained(root) == told["feed"].splitlines()
    review = run(root, "review", "--against", "v1")
    assert review.exit_code == 0
    assert review.stdout.splitlines() == told["review"].splitlines()
