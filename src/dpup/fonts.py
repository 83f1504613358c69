"""The fonts of the site: Source Sans 3 in two weights, cut down to what the site's words need.

They are made from the packaged font, so that no page asks another host for one, and the same
package gives the same bytes. Source: Adobe, Source Sans 3, SIL Open Font License 1.1.
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

_FILE: Final = next((source_sans.ROOT / "files").rglob("SourceSans3[[]wght].ttf"))
# ASCII, Latin-1, the macrons of te reo Māori, dashes, quotation marks, bullets, arrows and boxes.
_LETTERS: Final = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, "ĀāĒēĪīŌōŪū–—‘’“”•…‑→←↑↓≤≥×−☐☑✓"),  # noqa: RUF001 - letters, not code
)


def addresses() -> tuple[str, ...]:
    """Give the address of each font on the site."""
    return tuple(f"{FOLDER}/source-sans-{name}.woff2" for name in WEIGHTS)


@functools.cache
def files() -> dict[str, bytes]:
    """Give each font by its address, as WOFF2."""
    return dict(zip(addresses(), map(_cut, WEIGHTS.values()), strict=True))


def _cut(weight: int) -> bytes:
    # Without this the file would carry the time at which it was made.
    font = TTFont(_FILE, recalcTimestamp=False)
    subsetter = Subsetter(_options())
    subsetter.populate(unicodes=_LETTERS)
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
    font.flavor = "woff2"
    kept = io.BytesIO()
    font.save(kept)
    return kept.getvalue()


def _options() -> Options:
    options = Options()
    options.layout_features = ["kern", "liga", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]  # who made it and under which licence stays in it
    options.notdef_outline = True
    return options
