"""Words that the font of a PDF can set: PDF/UA-1 refuses a document with a letter it can't show.

What the font lacks, an emoji for instance, is written by its Unicode name in brackets, so that
nothing is lost. It can come from answers only; what we write ourselves is in the font.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from pathlib import Path

# Not words: what the layout looks things up by, addresses, and the drawing of the QR code.
_NO_WORDS: Final = {"t", "to", "id", "class", "kind", "address", "code"}
# Longer than any word of ours; a line breaks after hyphens and slashes anyway.
_LONG: Final = re.compile(r"[^\s/-]{25,}")
_PIECE: Final = re.compile(r".{8}(?=.)")
_BREAK: Final = "\u200b"


def in_font(shape: Any, font: Path) -> Any:  # noqa: ANN401 - a piece of the JSON for Typst
    """Give a copy of a document's JSON whose words the font can set, and a page can break."""
    if isinstance(shape, dict):
        return {k: v if k in _NO_WORDS else in_font(v, font) for k, v in shape.items()}
    if isinstance(shape, list):
        return [in_font(part, font) for part in shape]
    return words(shape, font) if isinstance(shape, str) else shape


def words(text: str, font: Path) -> str:
    """Name what the font lacks, and let long words break, which would run off the page."""
    if text.isascii() and text.isprintable() and not _LONG.search(text):
        return text
    spaced = text.replace("\t", "    ")
    lacks = "".join(sorted(c for c in set(spaced) - {"\n"} if ord(c) not in _known(font)))
    named = re.sub(f"[{re.escape(lacks)}]+", _named, spaced) if lacks else spaced
    return _LONG.sub(lambda found: _PIECE.sub(rf"\g<0>{_BREAK}", found[0]), named)


def _named(found: re.Match[str]) -> str:
    names = [unicodedata.name(char, f"U+{ord(char):04X}") for char in found[0] if _is_seen(char)]
    return f"[{', '.join(names).lower()}]" if names else ""


def _is_seen(char: str) -> bool:
    is_joiner = unicodedata.category(char) == "Cf"
    return not (is_joiner or unicodedata.name(char, "").startswith("VARIATION SELECTOR"))


@functools.cache
def _known(font: Path) -> frozenset[int]:
    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())
