"""Everything that is wrong with a project: its content, its bodies and its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpup import pages, render
from dpup.library import Library, load
from dpup.problems import Problem, in_order

if TYPE_CHECKING:
    from pathlib import Path


def check(root: Path) -> tuple[Library, tuple[Problem, ...]]:
    """Load a project and give all its problems, in order."""
    library = load(root)
    bodies = (
        problem
        for entry in (*library.entries, *library.drafts)
        if entry.body
        for problem in render.problems(library, entry)
    )
    return library, in_order([*library.problems, *bodies, *pages.problems(library)])
