"""Te reo Māori without its macrons, or with doubled vowels in their place."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from dpup.language.blocks import QUOTED
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
_PAIR: Final = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+){1,2}")
# Behind a hyphen, one of these makes a word of English; with anything else it may be an id.
_JOINED: Final = re.compile(
    r"[^\W\d_]+-(?:based|centred|focused|friendly|led|owned|run|specific|wide)", re.IGNORECASE
)
_NAMED: Final = r"[A-ZĀĒĪŌŪ][\w\u2019'-]{0,30}"
_PLAIN: Final = (
    r"A|All|An|And|Are|As|Ask|At|Both|But|By|Do|Each|Every|For|From|How|If|In|Is|It|Many|Most|No|Not"
    r"|Of|On|Or|Other|Our|Some|That|The|Their|Then|These|They|This|Those|To|We|What|When|Where|Who"
    r"|With|You|Your"
)
# A word with a large letter that may be a part of the same name.
_NAME_BEFORE: Final = re.compile(rf"(?<!\w)(?!(?:{_PLAIN})\b){_NAMED}\s$")
_NAME_AFTER: Final = re.compile(rf"\s{_NAMED}")
_NEXT: Final = re.compile(r" ([^\W\d_A-ZĀĒĪŌŪ]+)")
_LONGEST_SHORT: Final = 4
"""So many capitals may be an abbreviation."""
_NAME: Final = ", unless it is an official name"


class Speller:
    """Knows words with macrons and finds them without; built once for a set of words."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        given = read("kupu")
        known = {*(w for w in words if len(w) >= _SHORTEST), *KUPU, *given["words"]}
        long = {word for word in known if not _LONG.isdisjoint(word.lower())}
        singles = {word for word in known if " " not in word}
        self._known = _ordered(long | singles)
        self._inner = _ordered(long & singles)
        self._firsts = frozenset(_parts(word)[0] for word in long)
        self._plurals = frozenset(f"{fold(word)}s" for word in singles)
        self._pattern, self._inside = _pattern(self._known), _pattern(self._inner)
        self._names = re.compile(rf"\b(?:{'|'.join(map(re.escape, given['names']))})\b")
        self._also_right = frozenset(given["also_right"])
        self._proper = frozenset(given["words"])
        self._small = frozenset(fold(word) for word in (*singles, *KUPU) if word[0].islower())

    def findings(self, passage: Passage) -> Iterator[Finding]:
        """Find what lacks its macrons in a passage, or has an English plural."""
        starts = self._firsts | self._plurals
        if all(starts.isdisjoint(_parts(word)) for _, word in passage.words):
            return
        for match in self._pattern.finditer(passage.text):
            known = self._known[(match.lastindex or 1) - 1]
            if not self._is_small(match, known) or known in self._proper:
                yield from self._of(passage, match, known)
                continue
            for inner in self._inside.finditer(passage.text, *match.span()):
                yield from self._of(passage, inner, self._inner[(inner.lastindex or 1) - 1])

    def _of(self, passage: Passage, match: re.Match[str], known: str) -> Iterator[Finding]:
        given = match[match.lastindex or 0]
        right = respelt(given, known)
        is_plural = match.group() != given
        if (right == given and not is_plural) or self._stands_aside(passage, match):
            return
        if is_plural:
            yield _plural(passage, match, right)
        elif known[0].isupper() and given[0].islower():  # a name, or else another word
            yield _small(passage, match, known)
        else:
            yield _finding(passage, match, right, self._doubt(passage, match))

    @staticmethod
    def _is_small(match: re.Match[str], known: str) -> bool:
        """Tell whether several words have a small letter where a name has a large one."""
        right = respelt(match[match.lastindex or 0], known)
        return " " in known and any(
            k.isupper() and r.islower() for k, r in zip(known, right, strict=True)
        )

    def _stands_aside(self, passage: Passage, match: re.Match[str]) -> bool:
        """Tell whether it is another word, a name that has no macron, or part of an address."""
        if match.group().lower() in self._also_right or passage.names_act(match.start()):
            return True
        around, at = _around(match), min(match.start(), _NEAR)
        if any(name.start() <= at < name.end() for name in self._names.finditer(around)):
            return True
        token = _token(match)
        return _NO_WORD.search(token) is not None and not self._is_pair(token)

    def _is_pair(self, token: str) -> bool:
        """Tell whether words or names stand on both sides of a stroke, as in Maori/Pakeha."""
        if not _PAIR.fullmatch(token):
            return False
        return all(part[0].isupper() or fold(part) in self._small for part in token.split("/"))

    def _doubt(self, passage: Passage, match: re.Match[str]) -> str:
        """Say when the spelling may be meant; an empty string where there is no doubt."""
        token = _token(match)
        if passage.quotes(match.start()):
            return QUOTED
        if doubt := passage.doubts.get(match.start()):
            return doubt
        if "/" in token or ("-" in token and token.islower() and not _JOINED.fullmatch(token)):
            return ", unless it is an id or part of an address"
        return _NAME if self._may_be_name(match) else ""

    def _may_be_name(self, match: re.Match[str]) -> bool:
        given, text = match.group(), match.string
        words = given.split()
        if not set(given.lower().split()).isdisjoint(self._also_right):
            return True
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if given[0].isupper() and _NAME_BEFORE.search(before):
            return True
        if words[-1][0].isupper() and _NAME_AFTER.match(text, match.end()):
            return True
        if given.isupper() and len(given) <= _LONGEST_SHORT:
            return True
        if given[0].islower() or plain(given) not in read("kupu")["also_names"]:
            return False
        following = _NEXT.match(text, match.end())
        return following is None or fold(following[1]) not in self._small


def _ordered(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Find words however they are spelled, and with an s, which no word of te reo has."""
    either = "|".join(f"({_spellings(word)})" for word in words)
    return re.compile(rf"(?<!\w)(?:{either})s?(?!\w)", re.IGNORECASE)


def _token(match: re.Match[str]) -> str:
    """Give all that stands around a match up to the next spaces, without signs around it."""
    around, at = _around(match), min(match.start(), _NEAR)
    token = around[around.rfind(" ", 0, at) + 1 :]
    end = token.find(" ", len(match.group()))
    return (token if end < 0 else token[:end]).strip(_SIGNS)


_SIGNS: Final = ".,;:!?()[]\"'“”\u2018\u2019"


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


def _finding(passage: Passage, match: re.Match[str], right: str, doubt: str) -> Finding:
    given = match.group()
    lacks = "has a doubled vowel and no macron" if len(given) > len(right) else "has no macron here"
    hint = f"Write '{right}'{doubt or '; dpup check --fix does it'}."
    message = f"'{given}' {lacks}."
    return Finding(RULE, passage, match.start(), given, message, hint, "" if doubt else right)


def _small(passage: Passage, match: re.Match[str], known: str) -> Finding:
    given = match.group()
    message = f"'{given}' has neither its macron nor its large letter here."
    hint = f"Write '{known}', unless another word is meant."
    return Finding(RULE, passage, match.start(), given, message, hint)


def _plural(passage: Passage, match: re.Match[str], right: str) -> Finding:
    given = match.group()
    message = f"'{given}' has the s of an English plural."
    hint = f"Write '{right}': words in te reo Māori take no s."
    return Finding(RULE, passage, match.start(), given, message, hint)
