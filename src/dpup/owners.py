"""Who looks after which file: ``CODEOWNERS``, read as forges read it.

The last line that fits a path says who owns it. A line that can't be read is passed over, as
forges do, and is a problem with its cure.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Final

from codeowners import CodeOwners

from dpup.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLACES: Final = (
    ".github/CODEOWNERS",
    "CODEOWNERS",
    "docs/CODEOWNERS",
    ".gitlab/CODEOWNERS",
    ".forgejo/CODEOWNERS",
)
"""Where forges look; the first that is there counts."""
NOBODY: Final = "nobody in particular"
_REMARK: Final = re.compile(r"\s#.*$")
_HINT: Final = "Write a pattern and then the owners, such as: /content/ @OWNER/TEAM"


@dataclasses.dataclass(frozen=True)
class Owners:
    """What one file says."""

    rules: CodeOwners
    problems: tuple[Problem, ...] = ()

    def of(self, path: str) -> tuple[str, ...]:
        """Name the owners of a file of the project, in the order in which they stand."""
        return tuple(dict.fromkeys(name for _, name in self.rules.of(path)))

    def label(self, path: str) -> str:
        """Name the owners of a file in one line."""
        return ", ".join(self.of(path)) or NOBODY


def of(root: Path) -> Owners:
    """Read the owners of a project; without a file nobody owns anything."""
    place = next((place for place in PLACES if (root / place).is_file()), "")
    text = (root / place).read_text(encoding="utf-8", errors="replace") if place else ""
    return read(text, place)


def read(text: str, place: str) -> Owners:
    """Read the owners that a text names."""
    # An owner that only a remark names owns nothing.
    lines = [_REMARK.sub("", line) for line in text.splitlines()]
    problems = tuple(_problems(lines, place))
    bad = {problem.line for problem in problems}
    sound = ("" if number in bad else line for number, line in enumerate(lines, 1))
    return Owners(CodeOwners("\n".join(sound)), problems)


def _problems(lines: list[str], place: str) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        fault = _fault(line)
        if fault:
            yield Problem(place, number, 1, "", fault, _HINT)


def _fault(line: str) -> str:
    """Say what is wrong with a line."""
    pattern, *names = line.replace("\\ ", "?").split() or [""]
    if pattern.startswith(("#", "[", "^[")):
        return ""
    if pattern.startswith("!"):
        return "A pattern can't start with '!'."
    try:
        CodeOwners(line)
    except (ValueError, re.error):
        return f"The pattern '{pattern}' can't be read."
    unknown = next((name for name in names if "@" not in name), None)
    return f"'{unknown}' is no owner: it has no '@'." if unknown else ""
