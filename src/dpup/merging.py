"""Lines that git leaves in a file where two people changed the same lines, to be chosen from.

Knows text only. Some such lines are good Markdown, so nothing else would tell of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dpup.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGN: Final = re.compile(r"(<{7}|>{7}|\|{7})(?: .*)?|={7}")
_KEEP: Final = "Keep the lines that are right, and delete the others"


def problems(text: str, path: str) -> Iterator[Problem]:
    """Report each place where two versions stand, or where a sign of such a place was left."""
    start = 0
    for number, sign in _signs(text):
        if sign == "<":
            if start:
                yield _left(path, start, "<")
            start = number
        elif sign == ">" and start:
            message = f"Two versions of the same lines stand here, down to line {number}."
            signs = "and the ones that start with <<<<<<<, ======= and >>>>>>>"
            yield Problem(path, start, 1, "", message, f"{_KEEP}, {signs}.")
            start = 0
        elif sign == ">":
            yield _left(path, number, ">")
    if start:
        yield _left(path, start, "<")


def _signs(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line[:1] in {"<", ">", "|", "="} and _SIGN.fullmatch(line.rstrip()):
            yield number, line[0]


def _left(path: str, number: int, sign: str) -> Problem:
    message = f"The line with {sign * 7} was left here by git: two versions of a text stood there."
    return Problem(path, number, 1, "", message, f"{_KEEP}, and this one.")


def without(text: str) -> str:
    """Blank the signs, so that what was reported causes no second problem."""
    signs = list(_signs(text))
    if not any(sign in {"<", ">"} for _, sign in signs):
        return text
    lines = text.split("\n")
    for number, _ in signs:
        lines[number - 1] = ""
    return "\n".join(lines)
