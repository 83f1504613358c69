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
    """Yield a stub for each entry that has a page, and for each permanent address."""
    for entry in sorted(library.entries, key=lambda entry: entry.sort_key):
        if entry.kind.has_page:
            call = f'{{{{ entry("{entry.id}") }}}}'
            yield Stub(entry.uri, _markdown(entry.title, _description(entry), call), entry.path)
    for thing in library.addresses:
        call = f'{{{{ address("{thing.id}") }}}}'
        title = f"{thing.title} ({thing.id})"
        said = f"Permanent address of {thing.id} in {thing.entry.title}: {thing.title}"
        yield Stub(thing.address, _markdown(title, said, call), thing.entry.path)


def _markdown(title: str, description: str, call: str) -> str:
    front = (
        f"title: {_quoted(title)}",
        f"description: {_quoted(description)}",
        "render_macros: true",
    )
    return "\n".join(("---", *front, "---", "", call, ""))


def _description(entry: Entry) -> str:
    """Say what kind of thing it is, so that no two pages share a description."""
    return f"{entry.kind.label} of the DPUP toolkit, {entry.title}: {entry.summary}"


def _quoted(text: str) -> str:
    """Write a YAML string; JSON's quoting is YAML's. Braces can't open a template there."""
    return json.dumps(text.translate(_BRACES), ensure_ascii=False)
