"""Everything that people read in a project, entry by entry and page by page, with its place."""

from __future__ import annotations

import bisect
import dataclasses
import functools
import re
from typing import TYPE_CHECKING, Final

from dpup import pages
from dpup.language import blocks
from dpup.language.places import Lines, aligned
from dpup.problems import Problem
from dpup.reference import Source as SourceFacts
from dpup.safeyaml import dotted
from dpup.search import prose
from dpup.source import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from dpup.entries import Entry
    from dpup.library import Library
    from dpup.safeyaml import Mark, Path

_ASIDES: Final = {"approved", "review", "changes", "withdrawn"}
"""What is said about an entry and not by it. Only its spelling is looked at."""
_NAMES: Final = {"title", "term", "short", "publisher", "form", "formats", "audience", "name"}
"""Fields that hold a name, which is no sentence."""
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_OPENS: Final = re.compile(r"[\"“\u2018]|(?<!\w)'")
_CLOSES: Final = {
    '"': re.compile('"'),
    "“": re.compile("”"),
    "\u2018": re.compile("\u2019"),
    "'": re.compile(r"'(?!\w)"),
}
_ACT: Final = re.compile(
    r"\b[A-ZĀĒĪŌŪ][\w\u2019'-]{0,30} (?:(?:[A-ZĀĒĪŌŪ][\w\u2019'-]{0,30}|\([^()]{1,80}\)) ){0,12}"
    r"(?:Act|Bill|Regulations)\b"
)
_NEAR: Final = 150
"""How far to look around a word for the name that it is part of: a text may be long."""


@dataclasses.dataclass(frozen=True, eq=False)
class Passage:
    """A text without line breaks of the file, and where each letter of it stands."""

    path: str
    where: str
    text: str
    aside: bool
    is_name: bool
    place: Callable[[int], tuple[int, int]]
    """Gives the line and column of a letter of the text."""
    doubts: Mapping[int, str] = dataclasses.field(default_factory=dict)
    """Letters where a spelling may be meant, each with what to say of it."""

    @functools.cached_property
    def words(self) -> list[tuple[int, str]]:
        """Each word in small letters, with where it starts."""
        return [(match.start(), match.group().lower()) for match in _WORD.finditer(self.text)]

    @functools.cached_property
    def _quotes(self) -> list[tuple[int, int]]:
        return list(_quoted(self.text))

    def quotes(self, index: int) -> bool:
        """Tell whether a place is inside of quotation marks: nobody means what is only quoted."""
        before = bisect.bisect(self._quotes, (index, len(self.text))) - 1
        return before >= 0 and index < self._quotes[before][1]

    def names_act(self, index: int) -> bool:
        """Tell whether a place is inside of the name of an Act."""
        around = self.text[max(0, index - _NEAR) : index + _NEAR]
        return any(act.start() <= min(index, _NEAR) < act.end() for act in _ACT.finditer(around))


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """Yield what stands in quotation marks; what is never closed is looked for once."""
    unclosed: set[str] = set()
    at = 0
    while opens := _OPENS.search(text, at):
        at = opens.end()
        if (mark := opens.group()) in unclosed:
            continue
        if closes := _CLOSES[mark].search(text, at):
            at = closes.end()
            yield opens.start(), at
        elif mark == "“":  # a quotation of several paragraphs closes in the last one
            yield opens.start(), len(text)
            return
        else:
            unclosed.add(mark)


@dataclasses.dataclass(frozen=True, eq=False)
class Writing:
    """An entry or a page."""

    path: str
    where: str
    """The item in a list; empty for a file of its own."""
    line: int
    title: str
    passages: tuple[Passage, ...]

    @property
    def said(self) -> Iterator[Passage]:
        """What it says itself."""
        return (passage for passage in self.passages if not passage.aside)


def of(library: Library, only: Container[str] | None = None) -> Iterator[Writing]:
    """Yield all that is written in a project, sound entries only; or what is in some files."""
    sources = library.sources.items()
    lines = {path: Lines(it.text) for path, it in sources if only is None or path in only}
    for entry in library.entries:
        if entry.path not in lines:
            continue
        passages = (*_facts(library, entry, lines[entry.path]), *_body(entry, lines[entry.path]))
        where = dotted(entry.base)
        yield Writing(entry.path, where, entry.line, entry.title, passages)
    if only is None:
        yield from _pages(library)


def _facts(library: Library, entry: Entry, lines: Lines) -> Iterator[Passage]:
    marks = library.sources[entry.path].front.marks
    for inner, value in prose.placed(entry.facts, frozenset()):
        if isinstance(entry.facts, SourceFacts) and inner[0] in _NAMES:
            continue  # the words of others
        where: Path = (*entry.base, *inner)
        text, kept = blocks.plain(value)
        place = functools.partial(_in_field, lines, marks[where], value, kept)
        aside, is_name = not _ASIDES.isdisjoint(inner), inner[-1] in _NAMES
        yield Passage(entry.path, dotted(where), text, aside, is_name, place)


def _in_field(
    lines: Lines, mark: Mark, value: str, kept: Sequence[int], index: int
) -> tuple[int, int]:
    start = lines.index(mark.value_line, mark.value_column)
    return lines.place(aligned(lines.text, start, value[: kept[index] + 1])[-1])


def _body(entry: Entry, lines: Lines) -> Iterator[Passage]:
    return _markdown(entry.path, lines, entry.body_line) if entry.body.strip() else iter(())


def _markdown(path: str, lines: Lines, first: int) -> Iterator[Passage]:
    for block in blocks.blocks(lines.text, lines.index(first, 1)):
        place = functools.partial(_in_block, lines, block.offsets)
        doubts = {at: block.doubts[it] for at, it in enumerate(block.offsets) if it in block.doubts}
        yield Passage(path, "", block.text, False, False, place, doubts)  # noqa: FBT003 - by the page


def _in_block(lines: Lines, offsets: Sequence[int], index: int) -> tuple[int, int]:
    return lines.place(offsets[index])


def _pages(library: Library) -> Iterator[Writing]:
    for file, path in pages.files(library.root):
        if file.is_symlink():
            continue
        source = read_text(file, path)
        text = source.text if source.body else ""
        end = pages.front_end(text.split("\n"))
        if end >= 0:
            passages = tuple(_markdown(path, Lines(text), end + 2 if end else 1))
            yield Writing(path, "", 1, path, passages)


@dataclasses.dataclass(frozen=True)
class Finding:
    """Something that could be said better."""

    rule: str
    passage: Passage
    start: int
    """Where it starts in the passage."""
    words: str
    """What stands there."""
    message: str
    hint: str
    certain: str = ""
    """What takes its place without any doubt."""

    @property
    def end(self) -> int:
        """Where it ends in the passage."""
        return self.start + len(self.words)

    @property
    def problem(self) -> Problem:
        """Say it as a warning, with the name of its rule."""
        line, column = self.passage.place(self.start)
        hint = f"{self.hint} ({self.rule})"
        where = self.passage.where
        return Problem(self.passage.path, line, column, where, self.message, hint, "warning")
