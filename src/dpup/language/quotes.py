"""A value between curly quotation marks: YAML takes them for letters, and readers see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dpup.explain import short
from dpup.language.passages import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.language.passages import Passage

RULE: Final = "quotes"
_WRAPPED: Final = re.compile(r"\s*“[^“”]*”\s*|\s*\u2018[^\u2018\u2019]*\u2019\s*")
_HINT: Final = 'For quotation marks of YAML, write straight ones ("); else remove them.'


def findings(passage: Passage) -> Iterator[Finding]:
    """Find a field whose whole text stands between curly quotation marks."""
    if passage.where and _WRAPPED.fullmatch(passage.text):
        words = passage.text.strip()
        start = passage.text.index(words[0])
        message = f"Readers see the curly quotation marks around '{short(words[1:-1])}'."
        yield Finding(RULE, passage, start, words, message, _HINT)
