"""Mends in the files themselves: only what is certain, and not a byte besides.

Certain are macrons of known words, quotes around a version, spaces at the ends of lines, and the
line break at the end of a file. A mend is put into the bytes as they are: byte order marks and
Windows' line ends stay, for the check to report.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Final

from dpup import characters, pages
from dpup.calls import in_code
from dpup.language import exceptions, review
from dpup.library import load
from dpup.publish import write_bytes
from dpup.source import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dpup.language.passages import Finding
    from dpup.library import Library
    from dpup.source import Source

_VERSION: Final = re.compile(r"\d+(?:\.\d+)+")
# Spaces in a literal text stand as they are; what ends in a backslash may be an escape.
_LITERAL: Final = re.compile(r"(?:^|[:-]\s+)\|[-+0-9]*\s*(?:#.*)?$")
_INDENTED_CODE: Final = ("    ", "\t")
_HARD_BREAK: Final = "  "
_SPACE: Final = " \t"
_SPACED: Final = "The space at the line's end is gone."
_FENCE: Final = re.compile(r"---[ \t]+(?=\r?\n)")
_ROUNDS: Final = 5
_NO_WORDS: Final = "No word is mended: this list has problems; the check says which."
_UNREADABLE: Final = "Not mended: this file can't be read; the check says why."


@dataclasses.dataclass(frozen=True, order=True)
class Mend:
    """What was mended in a file, or why nothing was."""

    path: str
    line: int
    column: int
    message: str
    done: bool = True
    """False where nothing was mended."""

    def __str__(self) -> str:
        """Give the one clickable line that people read."""
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


@dataclasses.dataclass(frozen=True)
class _Edit:
    line: int
    column: int
    old: str
    new: str


def mend(root: Path) -> Iterator[Mend]:
    """Mend what is certain in a project; yield each mend, and each file that was left alone.

    What fits its model only after a mend may have more to mend, so it is looked at once more.
    """
    for _ in range(_ROUNDS):
        found = list(_round(root.resolve()))
        done = [one for one in found if one.done]
        yield from done or found
        if not done:
            return


def _round(root: Path) -> Iterator[Mend]:
    library = load(root)
    rights = exceptions.read(root)
    words: dict[str, list[_Edit]] = {}
    if rights.problems:  # nobody can tell which words are right as they stand
        yield Mend(exceptions.FILE, 1, 1, _NO_WORDS, done=False)
    for finding in () if rights.problems else review.findings(library):
        if finding.certain and not rights.allow(finding):
            words.setdefault(finding.passage.path, []).extend(_spelling(finding))
    for path, source, first in _files(library):
        edits = [*words.get(path, ()), *_versions(source)]
        yield from _file(root, path, edits, source, first)


def _files(library: Library) -> Iterator[tuple[str, Source, int]]:
    """Yield each file with the index of the line where its Markdown begins."""
    for path, source in library.sources.items():
        first = source.body_line - 1 if path.endswith(".md") else source.text.count("\n") + 1
        yield path, source, first
    for file, path in pages.files(library.root):
        if not file.is_symlink():
            source = read_text(file, path)
            end = pages.front_end(source.text.split("\n"))
            source.sound = end >= 0
            yield path, source, end + 1 if end else 0


def _file(root: Path, path: str, edits: list[_Edit], source: Source, first: int) -> Iterator[Mend]:
    """Mend one file, if it can be read and is what it seems to be."""
    file = root / path
    if file.resolve() != file:
        yield Mend(path, 1, 1, "Not mended: a symbolic link leads to this file.", done=False)
        return
    try:
        text = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        yield Mend(path, 1, 1, _UNREADABLE, done=False)
        return
    if source.sound and "\r" not in text.replace("\r\n", ""):
        mended, done = _mended(text, path, edits, first)
    else:
        mended, done = _fenced(text, path)
        if not done:
            yield Mend(path, 1, 1, _UNREADABLE, done=False)
    if done:
        yield from _written(file, mended, done)


def _written(file: Path, text: str, done: list[Mend]) -> Iterator[Mend]:
    mode = file.stat().st_mode
    try:
        write_bytes(file, text.encode("utf-8"))
        file.chmod(mode)
    except OSError as error:
        message = f"Not mended: this can't be written: {error.strerror}."
        yield Mend(done[0].path, 1, 1, message, done=False)
    else:
        yield from sorted(done)


def _mended(text: str, path: str, edits: Iterable[_Edit], first: int) -> tuple[str, list[Mend]]:
    """Put mends into a text, from the end of each line to its start."""
    lines, done = text.split("\n"), []
    for edit in sorted(set(edits), key=lambda edit: (edit.line, -edit.column)):
        line = lines[edit.line - 1]
        start = _behind_hidden(line, edit.column - 1)
        if line.startswith(edit.old, start):  # not where hidden characters stand inside of it
            lines[edit.line - 1] = line[:start] + edit.new + line[start + len(edit.old) :]
            done.append(Mend(path, edit.line, edit.column, f"'{edit.old}' is now '{edit.new}'."))
    for number in _spaced(lines, first):
        bare = lines[number].removesuffix("\r").rstrip(_SPACE)
        lines[number] = bare + ("\r" if lines[number].endswith("\r") else "")
        done.append(Mend(path, number + 1, len(bare) + 1, _SPACED))
    if lines[-1]:
        done.append(Mend(path, len(lines), len(lines[-1]) + 1, "The last line ends now."))
        lines[-1] += "\r" if "\r\n" in text else ""
        lines.append("")
    return "\n".join(lines), done


def _behind_hidden(line: str, start: int) -> int:
    """Give the place in a line of a letter that has its place in the line as it is read."""
    for at, char in enumerate(line):
        if start == 0 and characters.without_hidden(char):
            return at
        start -= len(characters.without_hidden(char))
    return len(line)


def _fenced(text: str, path: str) -> tuple[str, list[Mend]]:
    """Take away spaces behind the first line of dashes, which hide all that follows it."""
    match = _FENCE.match(text)
    if not match or not path.startswith("content/"):
        return text, []
    return f"---{text[match.end() :]}", [Mend(path, 1, 4, _SPACED)]


def _spelling(finding: Finding) -> Iterator[_Edit]:
    """Give the edits of a finding word by word, since a line may end between two words."""
    at = finding.start
    for old, new in zip(finding.words.split(" "), finding.certain.split(" "), strict=True):
        if old != new:
            yield _Edit(*finding.passage.place(at), old, new)
        at += len(old) + 1


def _versions(source: Source) -> Iterator[_Edit]:
    lines = source.text.split("\n")
    for where, mark in source.front.marks.items():
        if where[-1] == "version" and _VERSION.fullmatch(mark.raw):
            line, column = mark.value_line, mark.value_column
            if lines[line - 1].startswith(mark.raw, column - 1):  # no quotes before it
                yield _Edit(line, column, mark.raw, f'"{mark.raw}"')


def _spaced(lines: list[str], first: int) -> Iterator[int]:
    """Yield the index of each line whose spaces at the end mean nothing."""
    lines = [line.removesuffix("\r") for line in lines]
    kept = _literal(lines[:first]) | {first + number for number in in_code(lines[first:])}
    for number, text in enumerate(lines):
        bare = text.rstrip(_SPACE)
        if text == bare or number in kept or bare.endswith("\\"):
            continue
        if number < first or not _means_something(lines, number, text):
            yield number


def _means_something(lines: list[str], number: int, text: str) -> bool:
    """Tell whether the spaces at the end of a line of Markdown break it, or may be code."""
    if not text.strip():
        return False
    followed = number + 1 < len(lines) and bool(lines[number + 1].strip())
    return text.startswith(_INDENTED_CODE) or (followed and text.endswith(_HARD_BREAK))


def _literal(lines: list[str]) -> set[int]:
    """Give the lines of literal texts in YAML, which start with an upright stroke."""
    inside: set[int] = set()
    depth = -1
    for number, line in enumerate(lines):
        bare = line.strip()
        indent = len(line) - len(line.lstrip())
        if depth >= 0 and (not bare or indent > depth):
            inside.add(number)
            continue
        depth = indent if _LITERAL.search(line.rstrip()) else -1
    return inside
