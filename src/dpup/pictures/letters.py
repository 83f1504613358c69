"""How wide words are in the font of the site, and where their lines break.

Advance widths come from the packaged font, at the weight that is drawn; what is not in it counts
as wide. Knows nothing of pictures.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

import fontpkg_source_sans_3 as source_sans
from fontTools.ttLib import TTFont

from dpup import reo

if TYPE_CHECKING:
    from collections.abc import Iterator

_FONT: Final = source_sans.ROOT / "files" / "SourceSans3[wght].ttf"
# Some readers see another font: most system fonts are a little wider than ours.
ROOM: Final = 1.07
_WIDE: Final = 1.0
"""Width of a letter that the font lacks, in ems."""
_STEP: Final = 4.0
_TIED: Final = "\u00a0"
_NAMES: Final = re.compile(
    "|".join(re.escape(name) for name in sorted(reo.KUPU, key=len, reverse=True) if " " in name),
    re.IGNORECASE,
)


def width(words: str, size: int, weight: int = 400) -> float:
    """Give the width of one line in pixels, with room for a wider font."""
    ems = _ems(weight)
    return sum(ems.get(ord(letter), _WIDE) for letter in words) * size * ROOM


def lines(words: str, room: float, size: int, weight: int = 400) -> tuple[str, ...]:
    """Break words into lines no wider than ``room`` pixels; names in te reo stay together."""
    found: list[str] = []
    for word in _pieces(_NAMES.sub(_tie, words), room, size, weight):
        longer = f"{found[-1]} {word}" if found else word
        if found and width(longer, size, weight) <= room:
            found[-1] = longer
        else:
            found.append(word)
    return tuple(line.replace(_TIED, " ") for line in found)


def balanced(words: str, room: float, size: int, weight: int = 400) -> tuple[str, ...]:
    """Break words into as few lines as ``lines`` does, but of about the same width."""
    best = lines(words, room, size, weight)
    narrower = room
    while narrower > _STEP and len(best) > 1:
        narrower -= _STEP
        tried = lines(words, narrower, size, weight)
        if len(tried) > len(best) or " ".join(tried) != " ".join(best):
            break
        best = tried
    return best


def _tie(name: re.Match[str]) -> str:
    return name[0].replace(" ", _TIED)


def _pieces(words: str, room: float, size: int, weight: int) -> Iterator[str]:
    """Yield the words; a name that is too wide for a line comes apart, and so does a word."""
    for word in re.split(r"[ \n\t]+", words.strip()):
        if width(word, size, weight) <= room:
            yield word
            continue
        for part in word.split(_TIED):
            yield from _cut(part, room, size, weight)


def _cut(word: str, room: float, size: int, weight: int) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and width(piece + letter, size, weight) > room:
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


@functools.cache
def _ems(weight: int) -> dict[int, float]:
    """Map each letter of the font to its width in ems, at one weight."""
    with TTFont(_FONT, lazy=True) as font:
        glyphs = font.getGlyphSet(location={"wght": weight})
        units = font["head"].unitsPerEm
        return {code: glyphs[name].width / units for code, name in font.getBestCmap().items()}
