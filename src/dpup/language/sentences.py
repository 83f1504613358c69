"""Sentences and their words: those that are too long, and how old a reader has to be.

The age is the grade of Flesch and Kincaid (1975) and five more, as in the notice builder. syllapy
counts syllables: it has its dictionary with it, where others fetch theirs from the network.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

import syllapy

from dpup.language.passages import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dpup.language.passages import Passage
    from dpup.reo import Marker

LONG: Final = "long-sentence"
LIMIT: Final = 30
"""The most words of a sentence."""
FEWEST: Final = 100
"""Fewer words say nothing about how a text reads."""

# A stop after these ends no sentence.
_STOP: Final = r"[.!?…]{1,9}(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bNo\.)(?<!\bv\.)[\"”\u2019)]*(?=\s|$)"
# What stands between semicolons is an item of a list, and so is a line.
_PART: Final = re.compile(rf"{_STOP}|;\s|\n+")
_SENTENCE: Final = re.compile(rf"{_STOP}|\n+")
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*|\ufffc")
_ENDED: Final = re.compile(r"[.!?…][\"”\u2019)]*\s*$")
_ENGLISH: Final = re.compile(r"\b[A-Za-z]?[a-z]+(?:['\u2019-][A-Za-z]+)*\b")


def words(text: str) -> list[str]:
    """Give the words of a text; what is not looked at counts as one."""
    return _WORD.findall(text)


def parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a text with their places; items of lists come one by one."""
    start = 0
    for match in _PART.finditer(text):
        yield start, text[start : match.end()]
        start = match.end()
    if text[start:].strip():
        yield start, text[start:]


def too_long(passage: Passage) -> Iterator[Finding]:
    """Find the sentences that have more words than the limit."""
    if len(passage.words) <= LIMIT // 2:  # even where a gap follows each word
        return
    for start, text in parts(passage.text):
        count = len(words(text))
        if count > LIMIT:
            first = start + len(text) - len(text.lstrip())
            message = f"This sentence has {count} words; the limit is {LIMIT}."
            hint = "Make two of it, or a list."
            yield Finding(LONG, passage, first, text.strip(), message, hint)


def age(texts: Iterable[str], reo: Marker) -> float | None:
    """Give the age in years at which somebody can read some texts; None for few words.

    Words in te reo Māori, numbers and capitals count as words, and not by their syllables.
    """
    count = sentences = spoken = heard = 0
    for text in texts:
        sentences += len(_SENTENCE.findall(text))
        count += len(words(text))
        heard_here = [_syllables(word) for word in _english(text, reo)]
        spoken += len(heard_here)
        heard += sum(heard_here)
    if count < FEWEST or not spoken:
        return None
    return 0.39 * count / sentences + 11.8 * heard / spoken - 15.59 + 5


def is_whole(passage: Passage) -> bool:
    """Tell whether a passage is made of sentences, and is no label or cell."""
    return _ENDED.search(passage.text) is not None


def _english(text: str, reo: Marker) -> Iterator[str]:
    english = (piece for piece, is_reo in reo.parts(text) if not is_reo)
    return (word for piece in english for word in _ENGLISH.findall(piece))


@functools.lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    count: int = syllapy.count(word.replace("\u2019", "'"))
    return max(1, count)
