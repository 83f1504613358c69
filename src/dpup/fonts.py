"""The fonts of the site: Source Sans 3 in two weights, cut down to what the site's words need.

They are made from the packaged font, so that no page asks another host for one, and the same
package gives the same bytes. Source: Adobe, Source Sans 3, SIL Open Font License 1.1, which
reserves the name "Source" for the font as Adobe made it. So ours has a name of its own.
"""

from __future__ import annotations

import functools
import io
from typing import Final

import fontpkg_source_sans_3 as source_sans
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

WEIGHTS: Final = {"regular": 400, "semibold": 620}
"""By the name of the file; bold words and headings share one weight."""
FOLDER: Final = "assets/fonts"
NAME: Final = "DPUP Sans"
"""The family, in style sheets too."""
LICENCE: Final = f"{FOLDER}/LICENSE.txt"

_FILE: Final = source_sans.ROOT / "files" / "SourceSans3[wght].ttf"
# ASCII, Latin-1, the macrons of te reo Māori, dashes, quotation marks, bullets, arrows and boxes.
_LETTERS: Final = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, "ĀāĒēĪīŌōŪū–—‘’“”•…‑→←↑↓≤≥×−☐☑✓"),  # noqa: RUF001 - letters, not code
)


def addresses() -> tuple[str, ...]:
    """Give the address of each font on the site."""
    return tuple(f"{FOLDER}/dpup-sans-{name}.woff2" for name in WEIGHTS)


@functools.cache
def files() -> dict[str, bytes]:
    """Give each font by its address, as WOFF2, and the licence that goes with them."""
    cut = dict(zip(addresses(), map(_cut, WEIGHTS.values()), strict=True))
    return cut | {LICENCE: (source_sans.ROOT / "LICENSE").read_bytes()}


def _cut(weight: int) -> bytes:
    # Without this the file would carry the time at which it was made.
    font = TTFont(_FILE, recalcTimestamp=False)
    subsetter = Subsetter(_options())
    subsetter.populate(unicodes=_LETTERS)
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
    _rename(font, weight)
    font.flavor = "woff2"
    kept = io.BytesIO()
    font.save(kept)
    return kept.getvalue()


def _rename(font: TTFont, weight: int) -> None:
    names = font["name"]
    whole = f"{NAME} {weight}"
    for number, text in {1: whole, 2: "Regular", 4: whole, 6: whole.replace(" ", "")}.items():
        names.setName(text, number, 3, 1, 0x409)


def _options() -> Options:
    options = Options()
    options.layout_features = ["kern", "liga", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]  # who made it and under which licence stays in it
    options.notdef_outline = True
    return options
