"""Ids of things that somebody names in their own way: by id, by title or wording, by address."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from dpup.search.folding import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dpup.library import Library

_ADDRESS: Final = re.compile(r"https?://\S*/id/([a-z0-9.-]+)/?(?:#\S*)?")


class Finder:
    """Finds ids in one library; what it can't find it leaves as it is, for the check to judge."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.unclear: dict[str, tuple[str, ...]] = {}
        """The ids of what several things are called."""

    def ids(self, kind: str, lines: Iterable[str]) -> tuple[str, ...]:
        """Turn lines into ids of a kind: one in each line, or several with commas between them."""
        return tuple(dict.fromkeys(id_ for line in lines for id_ in self._line(kind, line)))

    def one(self, kind: str, text: str) -> str:
        """Give the id of what a text names, where it names one thing and no more."""
        found = self._known(kind).get(folded(text), ())
        if len(found) > 1:
            self.unclear[text] = found
        return found[0] if len(found) == 1 else text

    def _line(self, kind: str, line: str) -> Iterator[str]:
        known = self._known(kind)
        parts = [part.strip() for part in re.split(r"[,;]", line) if part.strip()]
        whole = folded(line) in known or not all(folded(part) in known for part in parts)
        yield from (self.one(kind, part) for part in ([line] if whole else parts))

    @functools.cache  # noqa: B019 - a finder lives as long as one form is read
    def _known(self, kind: str) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for name, id_ in self._names(kind):
            found.setdefault(folded(name), {})[id_] = None
        # An id is itself, even where it is the title of something else.
        own = {id_: (id_,) for _, id_ in self._names(kind)}
        return {name: tuple(ids) for name, ids in found.items()} | own

    def _names(self, kind: str) -> Iterator[tuple[str, str]]:
        if kind != "practice":
            for entry in self._library.of(kind):
                address = getattr(entry.facts, "url", None) or entry.id
                yield from ((name, entry.id) for name in (entry.title, entry.label, address))
            return
        for practice in self._library.practices():
            facts = practice.facts
            for name in (facts.text, facts.question, practice.title):
                yield name, practice.id


def folded(text: str) -> str:
    """Give what different ways to write the same have in common.

    >>> folded("Write down  why."), folded("https://dpup.example/id/purpose-matters.why/")
    ('write down why', 'purpose-matters.why')
    """
    one = " ".join(text.split())
    address = _ADDRESS.fullmatch(one)
    return address.group(1) if address else plain(one).rstrip(".?!/ ")
