"""Hold the hand-written pages in ``docs/`` to the same rules as contributed bodies.

Pages come by pull request too, and the macros plugin runs what stands between braces on a
page that says ``render_macros: true``. So nothing may pass for a page here that MkDocs would
read otherwise: its front matter is found as MkDocs finds it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dpup import calls, render, safeyaml
from dpup.places import link_problem
from dpup.problems import Problem
from dpup.source import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dpup.library import Library

DOCS: Final = "docs"
# The endings that MkDocs takes for Markdown.
_ENDINGS: Final = {".md", ".markdown", ".mdown", ".mkdn", ".mkd"}
_OPEN = re.compile(r"-{3}[ \t]*")
_CLOSE = re.compile(r"(\.{3}|-{3})[ \t]*")
_BRACES = re.compile(r"\{\{|\{%|\{#")


def files(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield each page, and each link, with its path in the project."""
    for file in sorted((root / DOCS).rglob("*")):
        if file.is_symlink() or (file.suffix in _ENDINGS and file.is_file()):
            yield file, file.relative_to(root).as_posix()


def problems(library: Library) -> Iterator[Problem]:
    """Everything that is wrong with the pages of a project."""
    for file, path in files(library.root):
        if file.is_symlink():
            yield link_problem(library.root, file, path)
        else:
            yield from _page(library, file, path)


def _page(library: Library, file: Path, path: str) -> Iterator[Problem]:
    source = read_text(file, path)
    yield from source.problems
    lines = source.body.split("\n")
    end = front_end(lines)
    if end < 0:
        hint = "Add a line --- after the last key, before the text."
        yield Problem(path, 1, 1, "", "The front matter is never closed.", hint)
        return
    front = safeyaml.parse("\n".join(lines[1:end]) + "\n", path, 2)
    yield from front.problems
    if front.data is not None and not isinstance(front.data, dict):
        hint = "Write key: value lines between the two ---."
        yield Problem(path, 2, 1, "", "The front matter has no keys.", hint)
    runs = isinstance(front.data, dict) and bool(front.data.get("render_macros"))
    start = end + 1 if end else 0
    body = render.Text("\n".join(lines[start:]), path, start + 1)
    if front.sound:
        yield from _calls(library, body, runs=runs)
    yield from render.fault_problems(_without_title(body), library, lambda href: href)


def front_end(lines: list[str]) -> int:
    """Index of the line that closes the front matter: 0 without any, -1 if it is missing."""
    if not _OPEN.fullmatch(lines[0]):
        return 0
    return next((n for n, line in enumerate(lines) if n and _CLOSE.fullmatch(line)), -1)


def _calls(library: Library, body: render.Text, *, runs: bool) -> Iterator[Problem]:
    if runs:
        yield from calls.find(body.text, body.path, body.line, library.index, body=False).problems
        return
    for number, line in enumerate(_without_code(body.text).split("\n"), body.line):
        if found := _BRACES.search(line):
            said = _NOT_RUN if found.group() == "{{" else _STATEMENT
            yield Problem(body.path, number, found.start() + 1, "", *said)
            return


_NOT_RUN = (
    "This page has a call but does not say that calls run on it.",
    "Add render_macros: true to its front matter.",
)
_STATEMENT = (
    "Template statements and comments can't be used on a page.",
    "Remove it, or show it as code.",
)


def _without_code(text: str) -> str:
    """Blank fenced blocks and code spans, where braces are shown and not run."""
    lines = text.split("\n")
    for number in calls.in_code(lines):
        lines[number] = ""
    return re.sub(r"`[^`\n]*`", lambda span: " " * len(span.group()), "\n".join(lines))


def _without_title(body: render.Text) -> render.Text:
    """Blank the page's own ``# Title``, the one first-level heading that it may have."""
    lines = body.text.split("\n")
    for number, line in enumerate(lines):
        if line.startswith("# "):
            lines[number] = ""
            break
    return render.Text("\n".join(lines), body.path, body.line)
