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
_NEAR: Final = 150
"""How far to look around a word for a name or an address that it is part of."""
_SHORTEST: Final = 4
"""Shorter words of a glossary, such as pā, look like too many others without their macrons."""
# A token with one of these is an address, the name of a file or an id.
_NO_WORD: Final = re.compile(r"[/@#_=\\]|\w\.\w|\b[a-z]+-[a-z]+-[a-z]")
_NAMED: Final = r"[A-ZĀĒĪŌŪ][\w\u2019'-]{0,30}"
_ACT: Final = rf"\b(?:{_NAMED} ){{1,9}}(?:Act|Bill|Regulations)\b"
_PLAIN: Final = (
    r"A|All|An|And|Are|As|Ask|At|Both|But|By|Do|Each|Every|For|From|How|If|In|Is|It|Many|Most|No|Not"
    r"|Of|On|Or|Other|Our|Some|That|The|Their|Then|These|They|This|Those|To|We|What|When|Where|Who"
    r"|With|You|Your"
)
# A word with a large letter that may be a part of the same name.
_NAME_BEFORE: Final = re.compile(rf"(?<!\w)(?!(?:{_PLAIN})\b){_NAMED}\s$")
_NAME_AFTER: Final = re.compile(rf"\s{_NAMED}")


class Speller:
    """Knows words with macrons and finds them without; built once for a set of words."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        known = {*(w for w in words if len(w) >= _SHORTEST), *KUPU, *read("kupu")["words"]}
        long = {word for word in known if not _LONG.isdisjoint(word.lower())}
        self._known = sorted(long, key=lambda word: (-len(word), word))
        self._firsts = frozenset(_parts(word)[0] for word in long)
        either = "|".join(f"({_spellings(word)})" for word in self._known)
        self._pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
        names = "|".join(map(re.escape, read("kupu")["names"]))
        self._names = re.compile(rf"\b(?:{names})\b|{_ACT}")
        self._also_right = frozenset(read("kupu")["also_right"])

    def findings(self, passage: Passage) -> Iterator[Finding]:
        """Find what lacks its macrons in a passage."""
        if all(self._firsts.isdisjoint(_parts(word)) for _, word in passage.words):
            return
        for match in self._pattern.finditer(passage.text):
            known = self._known[(match.lastindex or 1) - 1]
            right = respelt(match.group(), known)
            if right != match.group() and not self._stands_aside(match, known, right):
                yield _finding(passage, match, right)

    def _stands_aside(self, match: re.Match[str], known: str, right: str) -> bool:
        """Tell whether it is another word, a name that has no macron, or part of an address."""
        small = any(k.isupper() and r.islower() for k, r in zip(known, right, strict=True))
        if match.group().lower() in self._also_right or (" " in known and small):
            return True
        around, at = _around(match), min(match.start(), _NEAR)
        if any(name.start() <= at < name.end() for name in self._names.finditer(around)):
            return True
        token = around[around.rfind(" ", 0, at) + 1 :].partition(" ")[0]
        return _NO_WORD.search(token.rstrip(".,;:!?")) is not None


def _around(match: re.Match[str]) -> str:
    """Give what stands near a match: a text may be long, and have many."""
    return match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]


@functools.lru_cache(maxsize=50_000)
def _parts(word: str) -> tuple[str, ...]:
    """Fold the parts of a word such as non-Māori one by one."""
    return tuple(map(fold, re.split(r"\W", word)))


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
    lacks = "has a doubled vowel and no macron" if len(given) > len(right) else "has no macron here"
    doubt = _doubt(passage, match)
    hint = f"Write '{right}'{doubt or '; dpup check --fix does it'}."
    message = f"'{given}' {lacks}."
    return Finding(RULE, passage, match.start(), given, message, hint, "" if doubt else right)


def _doubt(passage: Passage, match: re.Match[str]) -> str:
    """Say when the spelling may be meant; an empty string where there is no doubt."""
    given, text = match.group(), match.string
    if passage.quotes(match.start()):
        return ", unless you show how others spell it"
    start, end = (
        _NAME_BEFORE.search(text[max(0, match.start() - _NEAR) : match.start()]),
        _NAME_AFTER.match(text, match.end()),
    )
    beside = given[0].isupper() and " " not in given and (start or end)
    named = beside or not set(given.lower().split()).isdisjoint(read("kupu")["also_right"])
    return ", unless it is an official name" if named else ""
