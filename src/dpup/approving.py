"""Write an approval into the front matter of a file, and leave every other line as it is."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

from dpup import meaning
from dpup.kinds import RESOURCES
from dpup.source import read_text

if TYPE_CHECKING:
    import datetime as dt

    from dpup.entries import Entry
    from dpup.library import Library


def approved(library: Library, entry: Entry, by: str, on: dt.date) -> str:
    """Give the text of an entry's file with an approval of its words of today."""
    block = [
        "approved:",
        f"  by: {json.dumps(by, ensure_ascii=False)}",
        f"  on: {on.isoformat()}",
        f'  fingerprint: "{meaning.of_entry(entry)}"',
    ]
    if uses := library.uses(entry) if entry.kind in RESOURCES else ():
        block.append(f'  rests_on: "{meaning.of_all(uses)}"')
    lines = read_text(library.root / entry.path, entry.path).body.split("\n")
    start, end = _place(lines)
    return "\n".join([*lines[:start], *block, *lines[end:]])


def _place(lines: list[str]) -> tuple[int, int]:
    """Find the lines of the old approval, or the place before the history.

    A key of the front matter starts its line; what belongs to it is indented. A sound file of a
    document has the key ``changes``.
    """
    keys = [n for n, line in enumerate(lines) if line[:1].isalpha() or (n and line == "---")]
    for at, after in itertools.pairwise(keys):
        if lines[at].startswith("approved:"):
            return at, after
    at = next(n for n in keys if lines[n].startswith("changes:"))
    return at, at
