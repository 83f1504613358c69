"""Everything that is wrong with a project: its content, its bodies and its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpup import blanks, offers, pages, render, words
from dpup.library import Library, load, load_with
from dpup.problems import Problem, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def check(root: Path) -> tuple[Library, tuple[Problem, ...]]:
    """Load a project and give all its problems, in order."""
    library = load(root)
    return library, in_order((*_of_content(library), *pages.problems(library)))


def draft(root: Path, path: str, text: str) -> tuple[Problem, ...]:
    """Give the problems that a file would bring into a project, if it held this text."""
    before = set(_of_content(load(root)))
    return in_order(set(_of_content(load_with(root, {path: text}))) - before)


def _of_content(library: Library) -> Iterator[Problem]:
    bodies = (
        problem
        for entry in (*library.entries, *library.drafts)
        if entry.body
        for problem in (
            *render.problems(library, entry),
            *blanks.in_body(entry.body, entry.path, entry.body_line),
        )
    )
    yield from (*library.problems, *bodies, *_taken(library))


def _taken(library: Library) -> Iterator[Problem]:
    """Files of two documents must not have the same name."""
    for entry in library.entries:
        if offers.of(entry.kind.name) and (entry.id in words.DOCUMENTS or entry.id == "index"):
            message = f"'{entry.id}' is the name of a page or document of its own."
            line = entry.line if entry.base else 1
            yield Problem(entry.path, line, 1, "", message, "Choose another id.")
