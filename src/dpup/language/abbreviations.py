"""Abbreviations that nobody explains: neither the text itself, nor the glossary or the laws."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dpup.language.data import read
from dpup.language.passages import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.language.passages import Passage, Writing
    from dpup.library import Library

RULE: Final = "abbreviation"
_FORM: Final = re.compile(r"(?<![\w-])(?=\w*[A-Z]{2})[A-Z][A-Z0-9]+(?=s?(?![\w-]))")
_IN_BRACKETS: Final = re.compile(
    r"\(([A-Z][A-Z0-9]+)s?(?:[;,] [^)]{0,100})?\)|\b([A-Z][A-Z0-9]+)s? \([a-zA-Z]"
)


def known(library: Library) -> frozenset[str]:
    """Give the abbreviations that the glossary, the laws or agencies have, and those of all."""
    names = [
        name
        for kind in ("term", "law", "agency")
        for entry in library.of(kind)
        for name in (entry.title, getattr(entry.facts, "short", None) or "")
    ]
    given = read("abbreviations")
    inside = (short for name in names for short in _FORM.findall(name))
    return frozenset({*given["known"], *given["stressed"], *inside})


def findings(writing: Writing, known_ones: frozenset[str]) -> Iterator[Finding]:
    """Find the first use of each abbreviation that an entry or page leaves unexplained."""
    seen = set(known_ones)
    for passage in writing.said:
        for groups in _IN_BRACKETS.findall(passage.text):
            seen.update(groups)
    for passage in writing.said:
        if _is_shouted(passage.text.strip()):
            continue
        for match in _FORM.finditer(passage.text):
            if match.group() not in seen:
                seen.add(match.group())
                yield _finding(passage, match)


def _is_shouted(text: str) -> bool:
    """Tell whether a text of several words is in capitals throughout."""
    return text == text.upper() and " " in text


def _finding(passage: Passage, match: re.Match[str]) -> Finding:
    short = match.group()
    message = f"'{short}' is explained neither here nor in the glossary."
    hint = f"Write it out at its first use, with '({short})' behind it, or add it to the glossary."
    return Finding(RULE, passage, match.start(), short, message, hint)
