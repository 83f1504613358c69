"""Find characters that deceive or vanish: controls, bidi, zero width, marks, look-alikes.

Source of the idea: Unicode Technical Standard 39 and the "Trojan Source" paper (2021).
This module sees plain text and gives places; it knows nothing of YAML or Markdown.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from dpup.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_BIDI = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)}
# Honest behind a symbol: they choose how it looks, or cross it out, as the one in U+2260 does.
_LOOKS = {"\ufe0e", "\ufe0f"}
_OVERLAYS = {
    chr(code) for code in (*range(0x0334, 0x0339), 0x0488, 0x0489, 0x1ABE, *range(0x20D0, 0x2100))
}
_SYMBOLS = {"So", "Sm"}
_SELECTORS = {
    chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x180B, 0x1810))
}
_ZERO_WIDTH = _SELECTORS | {
    chr(code) for code in (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x034F, 0x17B4, 0x17B5)
}
# These count as letters or symbols, yet nothing is seen: the fillers and the Braille blank.
BLANK = {chr(code) for code in (0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0)}
ON_SYMBOLS = _LOOKS | _OVERLAYS
"""What may stand behind a symbol, and nowhere else."""
DECEIVING = _ZERO_WIDTH | _OVERLAYS | BLANK
"""What deceives and has a name, apart from controls and what divides lines."""
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
# Line breaks and the tab are dealt with by whoever reads the lines.
_PLAIN = {"\n", "\r", "\t"}
_COMBINING_MACRON = "\u0304"
_MACRON = (
    "A macron stands here as a character of its own.",
    "Type the vowel with its macron as one character: ā ē ī ō ū.",
)


def hidden(text: str, path: str, first_line: int = 1) -> Iterator[Problem]:
    """Yield a problem for each hidden or deceptive character, with its place."""
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), first_line):
        if line.isascii() and line.isprintable():
            continue
        for index, char in enumerate(line):
            if (said := describe(char)) and not _is_fit(line, index):
                yield Problem(path, number, index + 1, "", *said)


def describe(char: str) -> tuple[str, str] | None:
    """Say what is wrong with a character and what to do; None for an honest one."""
    if char == _COMBINING_MACRON:
        return _MACRON
    if not _is_hidden(char):
        return None
    name = f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()
    if char in _BIDI:
        return f"A hidden character changes the direction of text ({name}).", "Delete it."
    if char in _ZERO_WIDTH:
        return f"A hidden character takes no room ({name}).", "Delete it."
    if char in _OVERLAYS:
        return f"A mark strikes out or surrounds what stands before it ({name}).", "Delete it."
    return f"A character that can't be seen stands here ({name}).", "Delete it."


def _is_hidden(char: str) -> bool:
    if char in _PLAIN:
        return False
    return char in DECEIVING or unicodedata.category(char) in _HIDDEN_CATEGORIES


def _is_fit(text: str, index: int) -> bool:
    """Tell whether a character belongs to the symbol before it."""
    before = text[index - 1] if index else " "
    return text[index] in ON_SYMBOLS and unicodedata.category(before) in _SYMBOLS


def without_hidden(text: str) -> str:
    """Take hidden characters out, so that one that was reported causes no second problem.

    Those that take room become spaces, which keeps the columns of the rest.
    """
    found = {char: _replacement(char) for char in set(text) if _is_hidden(char)}
    if not found:
        return text
    return "".join(
        found[char] if char in found and not _is_fit(text, index) else char
        for index, char in enumerate(text)
    )


def _replacement(char: str) -> str:
    return "" if char in _ZERO_WIDTH | _OVERLAYS or unicodedata.category(char) == "Cf" else " "


def look_alike(word: str) -> str:
    """Name the first letter that only looks like a-z, or give an empty string.

    >>> look_alike("purp\u043ese")
    "'\u043e' is CYRILLIC SMALL LETTER O, which only looks like a plain letter."
    """
    for char in word:
        if char.isalpha() and not char.isascii() and "LATIN" not in (name := _name(char)):
            return f"'{char}' is {name}, which only looks like a plain letter."
    return ""


def _name(char: str) -> str:
    return unicodedata.name(char, "an unnamed letter")


# XML 1.0, section 2.2: what no document can hold, not even escaped. The marks of direction can be
# held, but each would turn round the words of a document that follow it in its paragraph.
_NO_WORDS = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)


def for_documents(text: str) -> str:
    """Put U+FFFD in the place of what no document can hold, and of marks that turn text round."""
    return _NO_WORDS.sub("\ufffd", text)


def one_kind_of_line(text: str) -> str:
    """Let every line end as on Unix: a document can't hold more than one kind of ending."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
