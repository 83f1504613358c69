"""Te reo Māori without its macrons, or with doubled vowels in their place."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from dpup.language.data import read
from dpup.language.passages import Finding
from dpup.reo import KUPU
from dpup.search.folding import fold, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dpup.language.passages import Passage

RULE: Final = "macron"
_LONG: Final = frozenset("āēīōū")
# A token with one of these is an address, the name of a file or an id.
_NO_WORD: Final = re.compile(r"[/@#_=\\]|\w\.\w|\b[a-z]+-[a-z]+-[a-z]")
_NAMED: Final = r"[A-ZĀĒĪŌŪ][\w\u2019'-]*"
_ACT: Final = rf"\b(?:{_NAMED} )+(?:Act|Bill|Regulations)\b"
_NAME_AROUND: Final = re.compile(rf"{_NAMED}\s$"), re.compile(rf"\s{_NAMED}")


class Speller:
    """Knows words with macrons and finds them without; built once for a set of words."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        known = {*words, *KUPU, *read("kupu")["words"]}
        long = {word for word in known if not _LONG.isdisjoint(word.lower())}
        self._known = sorted(long, key=lambda word: (-len(word), word))
        self._firsts = frozenset(_folded(re.split(r"\W", word)[0]) for word in long)
        either = "|".join(f"({_spellings(word)})" for word in self._known)
        self._pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
        names = "|".join(map(re.escape, read("kupu")["names"]))
        self._names = re.compile(rf"\b(?:{names})\b|{_ACT}")
        self._also_right = frozenset(read("kupu")["also_right"])

    def findings(self, passage: Passage) -> Iterator[Finding]:
        """Find what lacks its macrons in a passage."""
        if self._firsts.isdisjoint(_folded(word) for _, word in passage.words):
            return
        for match in self._pattern.finditer(passage.text):
            known = self._known[(match.lastindex or 1) - 1]
            given, right = match.group(), respelt(match.group(), known)
            if right != given and not self._stands_aside(match, known):
                yield _finding(passage, match, right)

    def _stands_aside(self, match: re.Match[str], known: str) -> bool:
        """Tell whether it is another word, a name that has no macron, or part of an address."""
        given, text = match.group(), match.string
        small = any(k.isupper() and g.islower() for k, g in zip(known, given, strict=False))
        if given.lower() in self._also_right or (" " in known and small):
            return True
        token = text[text.rfind(" ", 0, match.start()) + 1 :].partition(" ")[0]
        names = self._names.finditer(text)
        inside = any(name.start() <= match.start() < name.end() for name in names)
        return inside or _NO_WORD.search(token.rstrip(".,;:!?")) is not None


@functools.lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return fold(word.partition("-")[0])


def _spellings(word: str) -> str:
    """Give a pattern of a word with its macrons, with doubled vowels, and with neither."""
    parts = (rf"(?:{c}|{plain(c)}{{1,2}})" if c in _LONG else re.escape(c) for c in word.lower())
    return "".join(parts)


def respelt(given: str, known: str) -> str:
    """Spell a word with its macrons, each letter as large or small as it was.

    >>> respelt("Whaanau", "whānau"), respelt("MAORI", "Māori")
    ('Whānau', 'MĀORI')
    """
    out, at = "", 0
    for letter in known.lower():
        first, next_ = given[at], given[at + 1 : at + 2]
        doubled = letter in _LONG and plain(letter) == first.lower() == next_.lower()
        at += 2 if doubled else 1
        out += letter.upper() if first.isupper() else letter
    return out


def _finding(passage: Passage, match: re.Match[str], right: str) -> Finding:
    given = match.group()
    before, after = passage.text[: match.start()], passage.text[match.end() :]
    in_name = given[0].isupper() and " " not in given and _beside_a_name(before, after)
    hint = f"Write '{right}', unless it is an official name." if in_name else _sure(right)
    message = f"'{given}' has no macron here."
    if len(given) > len(right):
        message = f"'{given}' has a doubled vowel and no macron."
    certain = "" if in_name else right
    return Finding(RULE, passage, match.start(), given, message, hint, certain)


def _sure(right: str) -> str:
    return f"Write '{right}'; dpup check --fix does it."


def _beside_a_name(before: str, after: str) -> bool:
    """Tell whether a word with a large letter stands next to another one in the same sentence."""
    start, end = _NAME_AROUND
    return start.search(before) is not None or end.match(after) is not None
