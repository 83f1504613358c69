"""How words are folded, and the list of words that mends what a reader types.

Te reo Māori writes a long vowel with a macron, or doubled, or (by those whose keyboard has no
macron) not at all: whānau, whaanau, whanau. Folded, all three are the same. The script folds by
the same rule; ``tests/folding-cases.json`` holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_DOUBLE: Final = re.compile(r"([aeiou])\1")
_MARK: Final = "Mn"
_MOST: Final = 9
"""What one figure can say of shared letters."""


def plain(word: str) -> str:
    """Give a word in small letters without macrons and accents, as Pagefind compares it.

    >>> plain("Māori")
    'maori'
    """
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(char for char in parts if unicodedata.category(char) != _MARK)


def fold(word: str) -> str:
    """Give what all spellings of a word have in common.

    >>> {fold("whānau"), fold("Whaanau"), fold("whanau")}
    {'whanau'}
    """
    return _DOUBLE.sub(r"\1", plain(word))


def words(texts: Iterable[str]) -> list[str]:
    """Give every word of some texts once, as it is spelled, in order.

    Words of two letters say little, and are left out.
    """
    found = {unicodedata.normalize("NFC", text).lower() for text in texts}
    return in_order({word for text in found for word in _WORD.findall(text)})


def in_order(spelled: Iterable[str]) -> list[str]:
    """Sort words by their plain form, as the script needs them."""
    return sorted(spelled, key=lambda word: (plain(word), word))


def packed(found: Iterable[str]) -> str:
    """Write sorted words in a line, each without what it shares with the one before it.

    >>> packed(["collect", "collected", "consent"])
    '0collect 7ed 2nsent'
    """
    out: list[str] = []
    last = ""
    for word in found:
        shared = 0
        while shared < min(_MOST, len(last), len(word)) and last[shared] == word[shared]:
            shared += 1
        out.append(f"{shared}{word[shared:]}")
        last = word
    return " ".join(out)
