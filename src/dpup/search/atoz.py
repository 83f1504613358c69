"""Everything that has a name, from A to Z: what search gives where no script runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dpup.search import folding

if TYPE_CHECKING:
    from dpup.entries import Entry
    from dpup.library import Library

# Sources, events and questions are sentences rather than names; they have pages of their own.
_LEFT_OUT: Final = frozenset({"source", "event", "official", "faq", "sector", "agency"})
_ARTICLE: Final = re.compile(r"^(?:a|an|the) ")
_OTHER: Final = "#"


def letters(library: Library) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Give each first letter with its entries, in order; macrons and articles don't count."""
    named = [e for e in library.entries if e.kind.name not in _LEFT_OUT and not e.withdrawal]
    found: dict[str, list[Entry]] = {}
    for entry in sorted(named, key=lambda entry: (_key(entry), entry.kind.name, entry.id)):
        found.setdefault(_letter(_key(entry)), []).append(entry)
    return tuple((letter, tuple(entries)) for letter, entries in sorted(found.items()))


def _key(entry: Entry) -> str:
    return _ARTICLE.sub("", folding.plain(entry.title))


def _letter(key: str) -> str:
    first = key[:1].upper()
    return first if first.isascii() and first.isalpha() else _OTHER
