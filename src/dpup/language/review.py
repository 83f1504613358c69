"""Every language warning of a project. Builds do not ask for them; ``dpup check`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dpup.language import (
    abbreviations,
    consent,
    exceptions,
    passages,
    passive,
    quotes,
    sentences,
    wordlists,
)
from dpup.language.kupu import Speller
from dpup.language.passages import Finding, Passage
from dpup.problems import Problem, in_order
from dpup.reo import Marker

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from dpup.language.passages import Writing
    from dpup.library import Library

_LISTS: Final = frozenset({wordlists.JARGON, wordlists.PEOPLE})
AGE: Final = "reading-age"
OLDEST: Final = 14
"""The highest reading age of an entry or a page, in years."""
_TOOLS: Final = "docs/contribute/"
"""Pages for those who work on the tool. Their words are those of the trade."""


def warnings(library: Library) -> tuple[Problem, ...]:
    """Everything that could be said better, in order, and what is wrong with the exceptions."""
    rights = exceptions.read(library.root)
    found = [finding.problem for finding in findings(library) if not rights.allow(finding)]
    # A file that can't be read may be the one that an exception is for.
    unused = () if library.problems else rights.unused
    return in_order((*found, *rights.problems, *unused))


def inside(library: Library, paths: Container[str]) -> tuple[Problem, ...]:
    """Everything that could be said better in some content files, in order."""
    rights = exceptions.read(library.root)
    found = findings(library, paths)
    return in_order(finding.problem for finding in found if not rights.allow(finding))


def findings(library: Library, only: Container[str] | None = None) -> Iterator[Finding]:
    """Everything that could be said better, exceptions included; or only in some files."""
    rules = _Rules(library)
    for writing in passages.of(library, only):
        yield from rules.of(writing)


class _Rules:
    """The rules, with what they know of one library."""

    def __init__(self, library: Library) -> None:
        reo = [term.title for term in library.of("term") if getattr(term.facts, "reo", False)]
        self._speller = Speller(reo)
        self._marker = Marker(reo)
        self._known = abbreviations.known(library)

    def of(self, writing: Writing) -> Iterator[Finding]:
        for passage in writing.passages:
            yield from self._speller.findings(passage)
        of_the_trade = writing.path.startswith(_TOOLS)
        lists = frozenset({wordlists.PEOPLE} if of_the_trade else _LISTS)
        for passage in writing.said:
            yield from wordlists.findings(passage, lists)
            yield from quotes.findings(passage)
        if not of_the_trade:
            yield from self._style(writing)

    def _style(self, writing: Writing) -> Iterator[Finding]:
        for passage in writing.said:
            if not passage.is_name:
                yield from sentences.too_long(passage)
                yield from passive.findings(passage)
                yield from consent.findings(passage)
        yield from abbreviations.findings(writing, self._known)
        yield from self._age(writing)

    def _age(self, writing: Writing) -> Iterator[Finding]:
        whole = (passage.text for passage in writing.said if sentences.is_whole(passage))
        age = sentences.age(whole, self._marker)
        if age is not None and age >= OLDEST + 0.5:
            message = f"The reading age of '{writing.title}' is {age:.0f}; the limit is {OLDEST}."
            hint = "Shorten sentences, and put shorter words in the place of long ones."
            yield Finding(AGE, _whole(writing), 0, writing.title, message, hint)


def _whole(writing: Writing) -> Passage:
    """Give a passage that stands for all of an entry, and starts where it does."""
    start = (writing.line, 1)
    return Passage(writing.path, writing.where, "", False, False, lambda _: start)  # noqa: FBT003
