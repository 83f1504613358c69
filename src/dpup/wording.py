"""How an answer is said inside a sentence: dates in words, the lines of a list in a row.

``docs/assets/js/notice-words.js`` follows the same rules. ``tests/notice-cases.json`` holds both
to them, so a change here is a change there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dpup.days import spoken_day

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPACE: Final = " \t\n\r\u00a0"
"""What is cut off at both ends. Python and JavaScript disagree on what else is white."""
_BULLET: Final = re.compile(r"[-*•] ?")
_YES_NO: Final = {"yes": "Yes", "no": "No"}


def tidy(text: str) -> str:
    """Cut off the white space around an answer; empty when nothing was answered."""
    return text.strip(_SPACE)


def said(kind: str, text: str, before: str = "") -> str:
    """Give a tidy answer to a field of a kind as it stands in a sentence, after some words.

    >>> said("date", "2026-11-05"), said("yes-no", "no")
    ('5 November 2026', 'No')
    """
    if kind == "yes-no":
        return _YES_NO.get(text, text)
    lines = [line for part in re.split(r"[\r\n]+", text) if (line := tidy(part))]
    return _list(lines, before) if kind == "list" else _day(kind, " ".join(lines))


def _day(kind: str, text: str) -> str:
    return spoken_day(text) if kind == "date" else text


def _list(lines: Sequence[str], before: str) -> str:
    r"""Join lines to one row of words.

    >>> said("list", "- your name;\n- your age")
    'your name and your age'
    >>> said("list", "name, age\naddress\nphone")
    'name, age; address; and phone'
    >>> said("list", "sell it\nlend it", "We will not ")
    'sell it or lend it'
    """
    if len(lines) < 2:  # noqa: PLR2004 - one line is no list
        return "".join(lines)
    items = [_item(line) for line in lines]
    mark = ";" if any("," in item for item in items) else ","
    joint = "or" if " not " in f" {before}" else "and"
    last = f"{mark} {joint} " if mark == ";" else f" {joint} "
    return f"{mark} ".join(items[:-1]) + last + items[-1]


def _item(line: str) -> str:
    bare = _BULLET.sub("", line, count=1) if _BULLET.match(line) else line
    return bare.rstrip(",;.") or line


def ends_itself(text: str) -> bool:
    """Tell whether an answer ends like a sentence, so that no full stop follows it."""
    return text.endswith((".", "!", "?", "…"))
