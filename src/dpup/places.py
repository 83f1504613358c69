"""Where content lives: which kind of entry each path of ``content/`` is for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dpup import model
from dpup.characters import look_alike
from dpup.explain import nearest
from dpup.kinds import KINDS, RESOURCES, TOOLKIT
from dpup.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

CONTENT: Final = "content"
EDITIONS: Final = f"{CONTENT}/editions"
"""The folder of what was released: copies, and no entries of today."""
ID = re.compile(model.ID_PATTERN)
_FILES = [kind for kind in KINDS.values() if not kind.is_list and kind not in RESOURCES]
FOLDERS = {kind.place: kind for kind in _FILES}
_PLACES = {*FOLDERS, TOOLKIT}
LISTS = {kind.place: kind for kind in KINDS.values() if kind.is_list}


def is_place(path: str) -> bool:
    """Tell whether an entry, or a list of entries, can live at a path."""
    inner = path.removeprefix(f"{CONTENT}/")
    folder, _, name = inner.rpartition("/")
    known = folder in _PLACES and name.endswith(".md")
    return inner in LISTS or (known and bool(ID.fullmatch(name.removesuffix(".md"))))


def unfit(root: Path, file: Path, path: str) -> Problem | None:
    """Say why a file can't be a content file at all."""
    if file.is_symlink():
        return link_problem(root, file, path)
    inner = path.removeprefix(f"{CONTENT}/")
    folder, _, name = inner.rpartition("/")
    if inner in LISTS:
        return None
    if folder not in _PLACES or not name.endswith(".md"):
        return Problem(path, 1, 1, "", "No kind of entry lives at this path.", _better_place(inner))
    stem = name.removesuffix(".md")
    if ID.fullmatch(stem):
        return None
    message = f"The file name '{stem}' is not an id. {look_alike(stem)}".strip()
    hint = "Use the letters a to z, digits and single hyphens, as in purpose-matters.md."
    return Problem(path, 1, 1, "", message, hint)


def link_problem(root: Path, file: Path, path: str) -> Problem:
    """Refuse a symbolic link, which could show any file of the computer."""
    target = "a place outside the project" if _outside(root, file) else "another file"
    message = f"This is a symbolic link to {target}."
    return Problem(path, 1, 1, "", message, "Put a real file here.")


def _better_place(inner: str) -> str:
    """Say where a file that lies at no known place may belong."""
    folder, _, name = inner.rpartition("/")
    if not name.endswith(".md"):
        ending = "End its name with .md, or move it out of content/."
        return nearest(inner, LISTS) or (ending if folder in _PLACES else _MOVE)
    known = nearest(folder, _PLACES)
    return known.replace("'?", f"/{name}'?") or _MOVE


_MOVE = f"Move it into one of these folders: {', '.join(sorted(_PLACES))}."


def _outside(root: Path, file: Path) -> bool:
    try:
        return not file.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a link that leads round in a circle
        return False
