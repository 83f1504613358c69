"""The virtual pages: Library to stubs that hold front matter and one call each.

A stub never holds contributed text but its title and summary, as YAML data.
"""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.entries import Entry
    from dpup.library import Library

_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})


@dataclasses.dataclass(frozen=True, slots=True)
class Stub:
    """One page that exists only for the site generator."""

    uri: str
    """The page below ``docs/``: ``principles/he-tangata.md``."""
    markdown: str
    source: str
    """The content file that it shows."""


def stubs(library: Library) -> Iterator[Stub]:
    """Yield a stub for each entry that has a page of its own."""
    for entry in sorted(library.entries, key=lambda entry: entry.sort_key):
        if entry.kind.has_page:
            yield Stub(entry.uri, _markdown(entry), entry.path)


def _markdown(entry: Entry) -> str:
    front = (
        f"title: {_quoted(entry.title)}",
        f"description: {_quoted(_description(entry))}",
        "render_macros: true",
    )
    call = f'{{{{ entry("{entry.id}") }}}}'
    return "\n".join(("---", *front, "---", "", call, ""))


def _description(entry: Entry) -> str:
    """Say what kind of thing it is, so that no two pages share a description."""
    return f"{entry.kind.label} of the DPUP toolkit, {entry.title}: {entry.summary}"


def _quoted(text: str) -> str:
    """Write a YAML string; JSON's quoting is YAML's. Braces can't open a template there."""
    return json.dumps(text.translate(_BRACES), ensure_ascii=False)
