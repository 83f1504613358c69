"""What stands in the cells of a workbook, and how large they are: plain texts and numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import xlsxwriter

from dpup.export.paper import LICENCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dpup.answers import Answer
    from dpup.asks import Section
    from dpup.export.paper import Paper

COLUMNS: Final = {
    "Section": 18,
    "Question": 44,
    "What to write": 40,
    "Answer": 20,
    "Notes": 34,
    "Who": 16,
    "By when": 12,
    "Help": 40,
    "Law": 16,
    "Id": 0,
    "Kind": 0,
    "Fingerprint": 0,
    "Asked": 0,
}
"""The columns of a form and their widths in characters; those of width 0 are hidden."""
BESIDE: Final = {"note": "Notes", "owner": "Who", "due": "By when"}
"""The column of each part that stands beside an answer."""
STRANGERS: Final = "Not asked any more"
STRANGE: Final = ("Asked", "Answer", *BESIDE.values(), "Id", "Kind", "Fingerprint")
"""The columns of answers to what the form does not ask."""
ROW: Final = "row"
"""The kind of an answer that is a row of a table which the form has no more."""
LISTS: Final = "Lists"
"""The hidden sheet of the answers to choose from."""
# In points.
_LINE: Final = 15.0
_TALLEST: Final = 400.0


def height(texts: Iterable[str], widths: Iterable[int]) -> float:
    """Give the height in points that a row needs, so that no program cuts its words off."""
    cells = ((text, width) for text, width in zip(texts, widths, strict=False) if width)
    lines = (
        sum(max(1, math.ceil(len(line) * 1.1 / width)) for line in text.split("\n"))
        for text, width in cells
    )
    return min(_TALLEST, _LINE * max(lines, default=1))


def log_heads(section: Section, wordings: Mapping[str, tuple[str, str]]) -> Iterator[list[str]]:
    """Yield the hidden rows of a table to fill in: ids, kinds, fingerprints."""
    yield [ask.id for ask in section.asks]
    yield [ask.kind for ask in section.asks]
    yield [wordings[ask.id][0] for ask in section.asks]


def stranger(id_: str, answer: Answer) -> Iterator[tuple[str, ...]]:
    """Yield a row for each row of an answer; what it answers and what stands beside it once."""
    kind = ROW if answer.rows else ""
    for number, text in enumerate(answer.rows or (answer.answer,)):
        asked, *beside = ("" if number else getattr(answer, part) for part in ("asked", *BESIDE))
        yield (asked, text, *beside, id_, kind, answer.fingerprint)


def list_place(column: int, count: int) -> str:
    """Give the place of a list of answers on its sheet."""
    name = xlsxwriter.utility.xl_col_to_name(column)
    return f"{LISTS}!${name}$1:${name}${count}"


def footer(paper: Paper) -> str:
    """Give what stands at the foot of each page."""
    # An ampersand starts a command in a footer; no more than 255 characters fit in all.
    return f"{paper.title} · {paper.stamp} · {LICENCE}".replace("&", "&&")[:200]


def facts(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield what a file says of itself, and a name for each."""
    yield ("Title", paper.title)
    yield ("Id", paper.id)
    if paper.version:
        yield ("Version", paper.version)
    yield ("Changed", paper.date)
    if paper.address:
        yield ("Page", paper.address)
    yield ("Licence", f"{LICENCE}, with credit to the owners of the Data Protection and Use Policy")
    yield ("What this is", "An independent restatement in our own words, not the official policy.")
