"""Lines and words that differ, run by run, and the words of Markdown without its marks."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.evolve.sides import Field
    from dpup.evolve.things import Lines

_LINK: Final = re.compile(r"(?<![!\\])\[([^\[\]]+)\]\(([^()\s]+)\)")
_HEADING: Final = re.compile(r"(#{1,6})\s+(?=\S)")


def differing(field: Field) -> tuple[Lines, Lines]:
    """Give the lines that only one side has; all of them where only their order differs."""
    gone = tuple(line for line in field.before if line not in field.after)
    new = tuple(line for line in field.after if line not in field.before)
    return (gone, new) if gone or new else (field.before, field.after)


def pairs(gone: Lines, new: Lines) -> Iterator[tuple[str, str]]:
    """Pair each line that went with the line in its place; empty where there is none.

    One line for one line are a pair. Otherwise only what is alike is.
    """
    if len(gone) == len(new) == 1:
        yield gone[0], new[0]
        return
    if set(gone) == set(new):  # in another order
        yield from (*((line, "") for line in gone), *(("", line) for line in new))
        return
    start = 0
    for line in gone:
        like = max(range(start, len(new)), key=lambda n: _likeness(line, new[n]), default=-1)
        if like < 0 or _likeness(line, new[like]) < _ALIKE:
            yield line, ""
            continue
        yield from (("", other) for other in new[start:like])
        yield line, new[like]
        start = like + 1
    yield from (("", other) for other in new[start:])


_ALIKE: Final = 0.5


def _likeness(one: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def words(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield runs of words that are "same", "gone" or "new"."""
    left, right = before.split(), after.split()
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        gone, new = " ".join(left[a:b]), " ".join(right[c:d])
        if gone == new:
            yield "same", gone
            continue
        yield from ((name, text) for name, text in (("gone", gone), ("new", new)) if text)


def read(gone: str, new: str) -> tuple[str, str]:
    """Take out the marks of Markdown that both sides have, or the only one.

    The address of a link stands behind its words where the other side has not the same link.

    >>> read("## Ask [them](a.md)", "## Ask [them](a.md) first")
    ('Ask them', 'Ask them first')
    >>> read("Ask [them](a.md).", "Ask [them](b.md).")
    ('Ask them (a.md).', 'Ask them (b.md).')
    >>> read("", "# Ask [them](a.md).")
    ('', 'Ask them (a.md).')
    """
    levels = [found[1] if (found := _HEADING.match(text)) else "" for text in (gone, new)]
    is_one = not gone or not new or levels[0] == levels[1]
    sides = [text[len(level) :].lstrip() for text, level in zip((gone, new), levels, strict=True)]
    one, other = _linked(sides if is_one else [gone, new])
    return (gone, new) if one == other else (one, other)


def _linked(sides: list[str]) -> tuple[str, str]:
    links = [_LINK.findall(text) for text in sides]
    both = {*links[0]}.intersection(links[1]) if links[0] != links[1] else {*links[0]}

    def said(link: re.Match[str]) -> str:
        return link[1] if link.groups() in both else f"{link[1]} ({link[2]})"

    # Marks inside of code are words: such a line stays as it is.
    one, other = (text if "`" in text else _LINK.sub(said, text) for text in sides)
    return one, other
