"""Markdown to the texts that people read in it, each letter with its place.

Code, calls, the targets of links and the signs of Markdown are left out.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Final

from dpup.calls import in_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

HELD: Final = "\ufffc"
"""Stands for code, an address or a gap: a word that nobody looks at."""

_MARKER: Final = re.compile(r"\s*(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+|:\s+)?(?:\[[ xX]\]\s+)?")
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+")
_ADMONITION: Final = re.compile(r'\s*(?:!!!|\?\?\?\+?)\s+[\w -]*"?')
_STARTS_ITEM: Final = re.compile(r"\s*(?:>\s*)*(?:[-*+]|\d+[.)]|:)\s+")
# A call, attributes, the target of a reference, a fence, a rule, the line below a table's head.
_SKIPPED: Final = re.compile(
    r"\s*(?:\{\{.*|\{:.*|\[[^\]]+\]:\s.*|(?:`{3}|~{3}).*|[*_=]{3,}|(?=.*-)[\s:|-]+)\s*"
)
_CELL: Final = re.compile(r"(?:\\\||[^|])+")
_HIDDEN: Final = re.compile(
    r"""(?P<held>(?P<ticks>`+)(?!`).{1,1000}?(?<!`)(?P=ticks)(?!`)  # code
        |<[a-z][\w+.-]{0,20}:[^\s>]{0,500}>                    # an address between angles
        |https?://[^\s<>)\]]+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+   # a bare address
        |(?:[\w-]{1,80}/){1,12}[\w-]{1,80}\.\w+              # the path of a file
        |\b(?:[\w-]{1,63}\.){1,9}(?:md|yml|js|nz|org|com)\b  # a file or a host
        |\{[\w-]+\})                                         # a gap to fill in
    |<[!/a-zA-Z][^<>]*>                                      # what looks like HTML
    |\]\([^()\s]*(?:\([^()]*\)[^()]*)?(?:\s+"[^"]*")?\)      # the target of a link
    |\]\[[^\]]*\]|!?\[|\]
    |\{[:#.][^}]{0,300}\}                                    # attributes
    |\*+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)                     # emphasis
    |\\(?=[^\w\s])                                           # an escape
    """,
    re.VERBOSE,
)
_ADDRESS: Final = re.compile(
    r"https?://[^\s<>)\]]+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+"
    r"|\b(?:[\w-]{1,63}\.){1,9}(?:nz|org|com)\b[\w/.-]*|\{[\w-]+\}"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item or cell."""

    text: str
    offsets: Sequence[int]
    """The index of each letter in the file."""


Span = tuple[int, int]


def plain(text: str) -> tuple[str, list[int]]:
    """Put a sign for each address and gap in a text without Markdown."""
    return _without(text, range(len(text)), _ADDRESS, lambda _: HELD)


def blocks(text: str, start: int) -> Iterator[Block]:
    """Yield what is read in the Markdown that begins at an index of a file, in order."""
    for spans in _gathered(text, start):
        joined = " ".join(text[first:last] for first, last in spans)
        offsets = [at for first, last in spans for at in range(first, last + 1)]
        block = Block(*_without(joined, offsets, _HIDDEN, _sign))
        if block.text.strip():
            yield block


def _sign(match: re.Match[str]) -> str:
    return HELD if match["held"] else ""


def _without(
    text: str,
    offsets: Sequence[int],
    pattern: re.Pattern[str],
    sign: Callable[[re.Match[str]], str],
) -> tuple[str, list[int]]:
    out, kept, end = "", [], 0
    for match in pattern.finditer(text):
        first, last = match.span()
        out += text[end:first] + (here := sign(match))
        kept += [*offsets[end:first], *offsets[first : first + len(here)]]
        end = last
    return out + text[end:], [*kept, *offsets[end : len(text)]]


def _gathered(text: str, start: int) -> Iterator[list[Span]]:
    """Yield the lines of each block, without the signs before them."""
    lines = text[start:].split("\n")
    code = in_code(lines)
    spans: list[Span] = []
    for number, line in enumerate(lines):
        end = start + len(line)
        if number in code or not line.strip() or _SKIPPED.fullmatch(line):
            yield spans
            spans = []
        elif alone := _alone(line):
            yield from (spans, *([(start + a, start + b)] for a, b in alone))
            spans = []
        else:
            if _STARTS_ITEM.match(line):
                yield spans
                spans = []
            spans.append((start + _MARKER.match(line).end(), end))  # type: ignore[union-attr]
        start = end + 1
    yield spans


def _alone(line: str) -> list[Span]:
    """Give the parts of a line that is no part of a paragraph: a heading, cells, a title."""
    if line.lstrip().startswith("|"):
        return [match.span() for match in _CELL.finditer(line) if match.group().strip()]
    match = _HEADING.match(line) or _ADMONITION.match(line)
    return [(match.end(), len(line.rstrip().rstrip('"')))] if match else []
