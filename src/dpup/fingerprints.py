"""Fingerprints of wording, so that an answer can be tied to the words that it answered."""

from __future__ import annotations

import functools
import hashlib
import unicodedata
from typing import Final

_LENGTH: Final = 12


@functools.lru_cache(maxsize=20_000)  # the same question stands in many forms
def of(*words: str) -> str:
    """Give 12 hexadecimal digits that change when any of the words changes.

    White space and the two ways to write a macron make no difference.
    """
    plain = (" ".join(unicodedata.normalize("NFC", word).split()) for word in words)
    return hashlib.sha256("\n".join(plain).encode()).hexdigest()[:_LENGTH]
