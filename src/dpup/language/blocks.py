"""Markdown to the texts that people read in it, each letter with its place.

Code, calls, the targets of links and the signs of Markdown are left out.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Final

from dpup.calls import in_code

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

QUOTED: Final = ", unless you show how others spell it"
LABEL: Final = ", and in the line that says where this link leads"
HELD: Final = "\ufffc"
"""Stands for code, an address or a gap: a word that nobody looks at."""

_MARKER: Final = re.compile(r"\s*(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+|:\s+)?(?:\[[ xX]\]\s+)?")
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+")
_ADMONITION: Final = re.compile(r'\s*(?:!!!|\?\?\?\+?)\s+[\w -]*"?')
_HOLDS: Final = re.compile(r"\s*(?:!!!|\?\?\?\+?|===|\[\^[^\]]+\]:)\s")
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
# The label of a link that says elsewhere where it leads, and where it says so.
_LABEL: Final = re.compile(r"(?<!\])\[([^\[\]]{1,300})\](?:\[\])?(?![\[(:])")
_TARGET: Final = re.compile(r"^ {0,3}\[([^\[\]]{1,300})\]:", re.MULTILINE)
_QUOTE: Final = re.compile(r"\s{0,3}>")
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
    doubts: Mapping[int, str] = dataclasses.field(default_factory=dict)
    """Letters in the file where a spelling may be meant, each with what to say of it."""


Span = tuple[int, int]


def plain(text: str) -> tuple[str, list[int]]:
    """Put a sign for each address and gap in a text without Markdown."""
    return _without(text, range(len(text)), _ADDRESS, lambda _: HELD)


def blocks(text: str, start: int) -> Iterator[Block]:
    """Yield what is read in the Markdown that begins at an index of a file, in order."""
    labels = {_same(label) for label in _TARGET.findall(text, start)}
    for spans in _gathered(text, start):
        joined = " ".join(text[first:last] for first, last in spans)
        offsets = [at for first, last in spans for at in range(first, last + 1)]
        doubts = dict(_doubts(joined, offsets, labels))
        if spans and _QUOTE.match(text, text.rfind("\n", 0, spans[0][0]) + 1):
            doubts = dict.fromkeys(offsets, QUOTED)
        block = Block(*_without(joined, offsets, _HIDDEN, _sign), doubts)
        if block.text.strip():
            yield block


def _doubts(
    joined: str, offsets: Sequence[int], labels: Container[str]
) -> Iterator[tuple[int, str]]:
    for match in _LABEL.finditer(joined) if labels else ():
        if _same(match[1]) in labels:
            yield from ((offsets[at], LABEL) for at in range(*match.span(1)))


def _same(label: str) -> str:
    """Give what two labels have in common when they mean the same target."""
    return " ".join(label.lower().split())


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
    code |= _indented_code(lines, code)
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


def _indented_code(lines: list[str], fenced: Container[int]) -> set[int]:
    """Give the lines that are code since they stand four spaces further in than text could."""
    code: set[int] = set()
    holders: list[int] = []  # how far in the items and boxes stand that a line may be part of
    after_gap = True
    for number, line in enumerate(lines):
        if number in fenced or not line.strip():
            after_gap = True
            continue
        wide = line.expandtabs(4)
        indent = len(wide) - len(wide.lstrip())
        if after_gap:
            holders = [holder for holder in holders if holder < indent]
        if (after_gap or number - 1 in code) and indent >= (holders[-1] + 8 if holders else 4):
            code.add(number)
        else:
            if _STARTS_ITEM.match(line) or _HOLDS.match(line):
                holders.append(indent)
            after_gap = False
    return code


def _alone(line: str) -> list[Span]:
    """Give the parts of a line that is no part of a paragraph: a heading, cells, a title."""
    if line.lstrip().startswith("|"):
        return [match.span() for match in _CELL.finditer(line) if match.group().strip()]
    match = _HEADING.match(line) or _ADMONITION.match(line)
    return [(match.end(), len(line.rstrip().rstrip('"')))] if match else []
