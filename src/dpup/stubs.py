"""The virtual pages: Library to stubs that hold front matter and one call each.

A stub never holds contributed text but its title and summary, as YAML data.
"""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Final

from dpup import released

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.entries import Entry
    from dpup.library import Library

_FROZEN: Final = "frozen: true"
"""Front matter of a page that nobody may edit."""
_UNLISTED: Final = "robots: noindex"
"""Front matter of a page that search engines are asked to leave out."""
_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})


@dataclasses.dataclass(frozen=True, slots=True)
class Stub:
    """One page that exists only for the site generator."""

    uri: str
    """The page below ``docs/``: ``principles/he-tangata.md``."""
    markdown: str
    source: str = ""
    """The content file that it shows; empty where nobody may edit it."""


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

    for edition in released.of(library.root):
        yield from _of_edition(edition)


def _of_edition(edition: released.Edition) -> Iterator[Stub]:
    """Yield the page that says what changed in an edition, and its entries as they were."""
    title = f"What changed in {edition.version}"
    said = f"Edition {edition.version} of the DPUP toolkit, {edition.date}: {edition.note}"
    call = f'{{{{ edition("{edition.version}") }}}}'
    yield Stub(edition.uri, _markdown(title, said, call, _FROZEN))
    for entry in edition.entries:
        call = f'{{{{ edition("{edition.version}", "{entry.id}") }}}}'
        title = f"{entry.title} in edition {edition.version}"
        said = f"As it was in edition {edition.version}. {_description(entry)}"
        # Each release would add a near copy of today's pages to what search engines find.
        yield Stub(edition.uri_of(entry), _markdown(title, said, call, _FROZEN, _UNLISTED))


def _markdown(title: str, description: str, call: str, *more: str) -> str:
    front = (
        f"title: {_quoted(title)}",
        f"description: {_quoted(description)}",
        "render_macros: true",
        *more,
    )
    return "\n".join(("---", *front, "---", "", call, ""))


def _description(entry: Entry) -> str:
    """Say what kind of thing it is, so that no two pages share a description."""
    return f"{entry.kind.label} of the DPUP toolkit, {entry.title}: {entry.summary}"


def _quoted(text: str) -> str:
    """Write a YAML string; JSON's quoting is YAML's. Braces can't open a template there."""
    return json.dumps(text.translate(_BRACES), ensure_ascii=False)
