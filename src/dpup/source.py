"""A file to its parts: front matter as data with marks, body, and the body's first line.

This is the only module that opens content files. It never raises for what a file holds:
whatever is wrong becomes a Problem, and all that is sound is still returned.
"""

from __future__ import annotations

import dataclasses
import stat
from typing import TYPE_CHECKING, Final

from dpup import burdens, characters, merging, safeyaml
from dpup.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES: Final = 1_000_000
_FENCE = "---"


@dataclasses.dataclass(slots=True)
class Source:
    """One file, read."""

    path: str
    """Path relative to the project, with forward slashes."""
    front: safeyaml.Parsed = dataclasses.field(default_factory=safeyaml.Parsed)
    """The front matter (of a Markdown file) or the whole file (of a YAML file)."""
    body: str = ""
    """What follows the front matter."""
    body_line: int = 1
    """The line of the file at which the body starts."""
    problems: list[Problem] = dataclasses.field(default_factory=list)
    """All that is wrong with the file as text and as YAML."""
    sound: bool = False
    """True when ``front.data`` can be looked at."""
    text: str = ""
    """All of it, as it is read: LF at the ends of lines, no hidden characters."""


def read_markdown(file: Path, path: str) -> Source:
    """Read a Markdown file with YAML front matter."""
    raw = read(file, path)
    return markdown(raw, path) if isinstance(raw, bytes) else Source(path, problems=[raw])


def markdown(raw: bytes, path: str) -> Source:
    """Take the bytes of a Markdown file with YAML front matter to its parts."""
    source = Source(path)
    return _of(_text(raw, source), source)


def read_yaml(file: Path, path: str) -> Source:
    """Read a YAML file."""
    raw = read(file, path)
    return whole_yaml(raw, path) if isinstance(raw, bytes) else Source(path, problems=[raw])


def whole_yaml(raw: bytes, path: str) -> Source:
    """Take the bytes of a YAML file to its parts."""
    source = Source(path)
    return _of(_text(raw, source), source, is_list=True)


def of_text(text: str, path: str) -> Source:
    """Read what a file would hold that is not there yet; its ending says what it is."""
    source = Source(path)
    return _of(_honest(text, source), source, is_list=path.endswith(".yml"))


def _of(text: str | None, source: Source, *, is_list: bool = False) -> Source:
    if text is None:
        return source
    clean = merging.without(text)
    if is_list:
        _parse(text, 1, source, "The file holds nothing but comments.")
        return source
    lines = clean.split("\n")
    end = _closing(lines)
    if clean != text and (lines[0] != _FENCE or end is None):
        return source  # what is wrong was told with those lines
    if lines[0] != _FENCE or end is None:
        source.problems.append(_no_front_matter(source.path, lines, opened=lines[0] == _FENCE))
        return source
    source.body = "\n".join(lines[end + 1 :])
    source.body_line = end + 2
    _refuse_burdens(source)
    front = text.split("\n")[1:end]
    _parse("\n".join(front) + "\n", 2, source, "The front matter is empty.")
    return source


def _refuse_burdens(source: Source) -> None:
    """Leave out a body that would take minutes, and say so."""
    found = list(burdens.problems(source.body, source.path, source.body_line))
    source.problems += found
    source.body = "" if found else source.body


def _parse(text: str, first_line: int, source: Source, nothing: str) -> None:
    if merging.without(text) != text:
        return  # two versions of keys stand there; that is told already
    source.front = safeyaml.parse(text, source.path, first_line)
    source.problems += source.front.problems
    source.sound = source.front.sound and source.front.data is not None
    if source.front.sound and source.front.data is None:
        hint = "Write the keys that every such file needs, or copy a file that works."
        source.problems.append(Problem(source.path, first_line, 1, "", nothing, hint))


def _text(raw: bytes, source: Source) -> str | None:
    """Decode a file, or say why it can't be: it is not UTF-8."""
    raw = _without_bom(raw, source)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        source.problems.append(_not_utf8(source.path, raw, error.start))
        return None
    return _honest(text, source)


def _honest(text: str, source: Source) -> str:
    """Report the characters of a text that deceive, and give it without them."""
    if "\r" in text:
        source.problems.append(_carriage_return(source.path, text))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    source.problems += characters.hidden(text, source.path)
    source.text = characters.without_hidden(text)
    source.problems += merging.problems(source.text, source.path)
    return source.text


def read(file: Path, path: str) -> bytes | Problem:
    """Read the bytes of a file, or say why they can't be used: too many, or none."""
    try:
        is_there = file.stat()
        if not (stat.S_ISREG(is_there.st_mode) or stat.S_ISDIR(is_there.st_mode)):
            message = "This is no file of text but a pipe or a device."
            return Problem(path, 1, 1, "", message, "Put a real file here.")
        size = is_there.st_size
        raw = file.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        message = f"The file can't be read: {error.strerror}."
        return Problem(path, 1, 1, "", message, "Check its permissions.")
    if size > MAX_BYTES:
        message = f"The file has {size:,} bytes; the limit is {MAX_BYTES:,}."
        return Problem(path, 1, 1, "", message, "Split it, or move what is not text elsewhere.")
    if not raw.strip():
        hint = "Copy a file that works and change it, or delete this one."
        return Problem(path, 1, 1, "", "The file is empty.", hint)
    return raw


def _without_bom(raw: bytes, source: Source) -> bytes:
    bom = b"\xef\xbb\xbf"
    if not raw.startswith(bom):
        return raw
    message = "The file starts with a byte order mark (BOM)."
    hint = 'Save it as "UTF-8", not "UTF-8 with BOM".'
    source.problems.append(Problem(source.path, 1, 1, "", message, hint))
    return raw.removeprefix(bom)


def _not_utf8(path: str, raw: bytes, start: int) -> Problem:
    before = raw[:start]
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
    message = "The file is not UTF-8 text."
    hint = 'Save it again with the encoding "UTF-8".'
    return Problem(path, line, column, "", message, hint)


def _carriage_return(path: str, text: str) -> Problem:
    line, column = _place(text, text.index("\r"))
    message = "Lines end in the Windows way (CRLF)."
    hint = 'Save the file with line endings "LF" (Unix).'
    return Problem(path, line, column, "", message, hint)


def _place(text: str, index: int) -> tuple[int, int]:
    before = text[:index]
    return before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1


def _closing(lines: list[str]) -> int | None:
    """Index of the line that closes the front matter."""
    return next((n for n, line in enumerate(lines) if n and line.rstrip() == _FENCE), None)


def _no_front_matter(path: str, lines: list[str], *, opened: bool) -> Problem:
    if opened:
        message = "The front matter is never closed."
        hint = "Add a line --- after the last key, before the text."
        return Problem(path, 1, 1, "", message, hint)
    column = len(lines[0]) - len(lines[0].lstrip()) + 1
    message = "The file does not start with front matter."
    hint = "Make --- the first line, then the keys, then another --- before the text."
    return Problem(path, 1, column, "", message, hint)


def read_text(file: Path, path: str) -> Source:
    """Read any text file whole, as its body, with the problems of its characters."""
    raw = read(file, path)
    if not isinstance(raw, bytes):
        return Source(path, problems=[raw])
    source = Source(path)
    source.body = merging.without(_text(raw, source) or "")
    _refuse_burdens(source)
    return source
