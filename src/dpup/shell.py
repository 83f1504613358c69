"""What stands around an article: the way to it, its neighbours, and the files that it needs.

Knows addresses and the HTML of an article, and nothing of the generator that makes pages.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from typing import TYPE_CHECKING, Final

from dpup import released

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from dpup.library import Library

POLICY: Final = (
    "default-src 'none'; "
    # WebAssembly is compiled by the search engine. It allows no script of a page.
    "script-src 'self' 'wasm-unsafe-eval'; "
    "style-src 'self'; "
    "img-src 'self' data:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "worker-src 'self'; "
    "manifest-src 'self'; "
    "base-uri 'none'; "
    "form-action 'self'"
)
"""The Content-Security-Policy that each page carries: nothing from elsewhere, nothing inline.

Source: W3C, Content Security Policy Level 3.
"""

_MODULE = re.compile(r'\sdata-module="dpup-([a-z-]+)"')
_STYLE = re.compile(r'\sdata-style="([a-z-]+)"')


@dataclasses.dataclass(frozen=True, slots=True)
class Around:
    """Where a page stands among the others, by their files below ``docs/``."""

    parent: str = ""
    """The page that lists it."""
    previous: str = ""
    next: str = ""


def modules(html: str) -> tuple[str, ...]:
    """Name the components with a script in a piece of HTML.

    >>> modules('<p data-module="dpup-quiz"></p><p data-module="dpup-quiz">')
    ('quiz',)
    """
    return tuple(sorted(set(_MODULE.findall(html))))


def sheets(html: str, there: Collection[str]) -> tuple[str, ...]:
    """Name the style sheets of the components in a piece of HTML, of those that are there."""
    named = {*_MODULE.findall(html), *_STYLE.findall(html)}
    return tuple(name for name in sorted(named) if name in there)


def around(library: Library) -> dict[str, Around]:
    """Say for each page of an entry or address where it stands, by its file below ``docs/``."""
    found = {thing.address: Around(parent=thing.entry.uri) for thing in library.addresses}
    entries = sorted(library.entries, key=lambda entry: entry.sort_key)
    for _, kin in itertools.groupby(entries, key=lambda entry: entry.kind.name):
        found |= _of_one_kind([(entry.uri, entry.kind.index) for entry in kin])
    for edition in released.of(library.root):
        found[edition.uri] = Around(parent=released.INDEX)
        found |= {edition.uri_of(entry): Around(parent=edition.uri) for entry in edition.entries}
    return found


def _of_one_kind(pages: list[tuple[str, str]]) -> Iterator[tuple[str, Around]]:
    # Entries of some kinds share a page, which has no neighbours of this sort.
    own = [(uri, index) for uri, index in pages if "#" not in uri]
    uris = ["", *(uri for uri, _ in own), ""]
    for (uri, index), before, after in zip(own, uris, uris[2:], strict=False):
        yield uri, Around(index.partition("#")[0], before, after)
