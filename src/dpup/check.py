"""Everything that is wrong with a project: its content, its bodies and its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from dpup import calls, render
from dpup.library import Library, load
from dpup.problems import Problem, in_order
from dpup.source import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def check(root: Path) -> tuple[Library, tuple[Problem, ...]]:
    """Load a project and give all its problems, in order."""
    library = load(root)
    bodies = (
        problem
        for entry in library.entries
        if entry.body
        for problem in render.problems(library, entry)
    )
    pages = (
        problem
        for file in sorted((library.root / "docs").rglob("*.md"))
        for problem in _page(library, file)
    )
    return library, in_order([*library.problems, *bodies, *pages])


def _page(library: Library, file: Path) -> Iterator[Problem]:
    """Hold a hand-written page to the same rules as a body.

    Pages come by pull request too. Calls run only on pages that say ``render_macros: true``.
    """
    path = file.relative_to(library.root).as_posix()
    source = read_text(file, path)
    yield from source.problems
    meta, body, line = _front(source.body)
    if meta.get("render_macros"):
        yield from calls.find(body, path, line, library.index, body=False).problems
    elif "{{" in _without_code(body):
        message = "This page has a call but does not say that calls run on it."
        hint = "Add render_macros: true to its front matter."
        yield Problem(path, line, 1, "", message, hint)
    text = render.Text(_without_title(body), path, line)
    yield from render.fault_problems(text, library, lambda href: href)


def _front(text: str) -> tuple[dict[str, object], str, int]:
    """Split a page's front matter off: its data, the rest, and the line where that starts."""
    lines = text.split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        return {}, text, 1
    end = lines.index("---", 1)
    try:
        meta = yaml.safe_load("\n".join(lines[1:end]))
    except yaml.YAMLError:
        meta = None
    return (meta if isinstance(meta, dict) else {}), "\n".join(lines[end + 1 :]), end + 2


def _without_code(text: str) -> str:
    """Drop fenced blocks and code spans, where braces are shown and not run."""
    outside = "".join(text.split("```")[::2])
    return "".join(outside.split("`")[::2])


def _without_title(text: str) -> str:
    """Blank the page's own ``# Title``, the one first-level heading that it may have."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if line.startswith("# "):
            lines[number] = ""
            break
    return "\n".join(lines)
