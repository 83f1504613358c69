"""Everything that is wrong with a project: its content, its bodies and its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpup import blanks, edition_rules, offers, pages, render, words
from dpup.kinds import ALL_TEXT
from dpup.library import Library, load, load_with
from dpup.problems import Problem, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def check(root: Path) -> tuple[Library, tuple[Problem, ...]]:
    """Load a project and give all its problems, in order."""
    library = load(root)
    others = (*_taken(library), *pages.problems(library), *edition_rules.problems(library))
    found = (*library.problems, *_bodies(library), *others)
    return library, in_order(found)


def draft(root: Path, path: str, text: str) -> tuple[Problem, ...]:
    """Give the problems that a file would bring into a project, if it held this text."""
    before, after = load(root), load_with(root, {path: text})
    known = {*before.problems, *_taken(before)}
    found = {*after.problems, *_taken(after)} - known
    return in_order((*found, *_bodies(after, path)))


def _bodies(library: Library, path: str = "") -> Iterator[Problem]:
    """Everything that is wrong with the texts below the facts, or with the one of a file."""
    for entry in (*library.entries, *library.drafts):
        if path not in {"", entry.path}:
            continue
        if entry.body.strip():
            yield from render.problems(library, entry)
            yield from blanks.in_body(entry.body, entry.path, entry.body_line)
        elif entry.kind.name in ALL_TEXT and not library.sources[entry.path].problems:
            message = "The text below the front matter is missing."
            hint = "Write it below the second line of three hyphens."
            yield Problem(entry.path, entry.body_line, 1, "", message, hint)


def _taken(library: Library) -> Iterator[Problem]:
    """Files of two documents must not have the same name."""
    for entry in library.entries:
        if offers.of(entry.kind.name) and (entry.id in words.DOCUMENTS or entry.id == "index"):
            message = f"'{entry.id}' is the name of a page or document of its own."
            line = entry.line if entry.base else 1
            yield Problem(entry.path, line, 1, "", message, "Choose another id.")
