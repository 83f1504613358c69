"""Which page shows which problems, in a preview: the page that the broken file would make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpup.kinds import KINDS

if TYPE_CHECKING:
    from dpup.problems import Problem


def of(found: tuple[Problem, ...]) -> dict[str, list[Problem]]:
    """Map the page of each broken file to its problems."""
    pages: dict[str, list[Problem]] = {}
    for problem in found:
        pages.setdefault(_page_of(problem.path), []).append(problem)
    return pages


def _page_of(path: str) -> str:
    """Give the page that a file makes: its own, or the index of its list."""
    if path.startswith("docs/"):
        page = path.removeprefix("docs/")
        # A link to a folder is no page; its problem goes to the home page.
        return page if page.endswith(".md") else "index.md"
    inner = path.removeprefix("content/")
    folder, _, name = inner.rpartition("/")
    for kind in KINDS.values():
        if inner == kind.place:
            return kind.index
        if folder == kind.place and name.endswith(".md"):
            return kind.page.format(id=name.removesuffix(".md")).partition("#")[0]
    return "index.md"
