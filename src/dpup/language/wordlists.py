"""Words that have a better one: jargon, and words that name people by what they lack."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from dpup.language.data import read
from dpup.language.passages import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.language.passages import Passage

JARGON: Final = "jargon"
PEOPLE: Final = "people"
_LISTS: Final = {JARGON: "plain-words", PEOPLE: "people"}
_SAY: Final = {
    JARGON: "'{}' is harder to read than it has to be.",
    PEOPLE: "'{}' names people by what they lack, or by what others find hard.",
}
# "The poor" are people before one of these or a full stop, and not in "the poor light".
_NO_NOUN: Final = re.compile(
    r"\s*(?:$|[^\w\s]|(?:and|or|are|is|were|was|who|whom|in|of|to|with|without|can|cannot|may|might"
    r"|must|have|has|had|need|needs|from|at|by|for|as|will|would|should|do|does|did|on|often|also"
    r"|when|if|than|that|get|live)\b)"
)


def findings(passage: Passage, rules: frozenset[str]) -> Iterator[Finding]:
    """Find the words of some lists that are meant, and not quoted."""
    words = passage.words
    for number, (start, word) in enumerate(words):
        following = words[number + 1][1] if number + 1 < len(words) else ""
        for rule, phrase, better in (*_known(word, ""), *_known(word, following)):
            last = number + len(phrase) - 1
            if rule in rules and phrase == tuple(w for _, w in words[number : last + 1]):
                end = words[last][0] + len(words[last][1])
                if _is_meant(passage, start, end, phrase):
                    yield _finding(rule, passage, start, end, better)


def _is_meant(passage: Passage, start: int, end: int, phrase: tuple[str, ...]) -> bool:
    text = passage.text
    if text[start:end].lower().split() != list(phrase):  # a comma stands between
        return False
    if phrase[0] == "the" and not _NO_NOUN.match(text, end):
        return False
    return not passage.quotes(start) and not passage.names_act(start)


def _finding(rule: str, passage: Passage, start: int, end: int, better: str) -> Finding:
    words = passage.text[start:end]
    hint = "Leave it out." if better.startswith("(") else f"Better: {better}."
    return Finding(rule, passage, start, words, _SAY[rule].format(words), hint)


Phrase = tuple[str, tuple[str, ...], str]


def _known(first: str, second: str) -> list[Phrase]:
    return _starting().get((first, second), [])


@functools.cache
def _starting() -> dict[tuple[str, str], list[Phrase]]:
    """Index the phrases of all lists by their first two words."""
    index: dict[tuple[str, str], list[Phrase]] = {}
    for rule, name in _LISTS.items():
        for key, better in read(name).items():
            phrase = tuple(key.split())
            start = phrase[0], phrase[1] if len(phrase) > 1 else ""
            index.setdefault(start, []).append((rule, phrase, better))
    return index
