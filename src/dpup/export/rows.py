"""Documents as plain tables, for spreadsheets and for files of comma-separated values."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING, Final

from dpup import matrices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.asks import Ask, Section
    from dpup.entries import Entry, Practice
    from dpup.library import Library

FORM: Final = (
    *("Section", "Question", "What to write", "Answers", "Help", "Practices", "Law"),
    *("Id", "Fingerprint"),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """A named table of texts."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def of_form(sections: tuple[Section, ...]) -> Table:
    """List everything that a form asks, one thing in a row."""
    rows = ((section.title, *_ask(ask)) for section in sections for ask in section.asks)
    return Table("Form", FORM, tuple(rows))


def _ask(ask: Ask) -> tuple[str, ...]:
    return (
        ask.text,
        " ".join(filter(None, (ask.prompt, ask.applies and f"Only if: {ask.applies}"))),
        "; ".join(label for _, label in ask.choices),
        ask.hint,
        "; ".join(practice.id for practice in ask.behind),
        "; ".join(laws(ask)),
        ask.id,
        ask.fingerprint,
    )


def laws(ask: Ask) -> tuple[str, ...]:
    """Ids of the laws behind what a form asks."""
    behind = (law for practice in ask.behind for law in practice.facts.laws)
    return tuple(dict.fromkeys((*ask.laws, *behind)))


def of_matrix(library: Library, name: str) -> tuple[Table, ...]:
    """Give a table of counts, and one of all that it counts."""
    named = matrices.NAMED[name]
    if not named.rows:
        return (_chain(library),)
    found = matrices.crossed(library, named.rows, named.columns, named.of)
    header = ("", *(column.label for column in found.columns))
    counts = tuple(
        (row.label, *(str(len(found.cell(row, column))) for column in found.columns))
        for row in found.rows
    )
    joined = tuple(
        (row.label, column.label, thing.id, _words(thing))
        for row, column in itertools.product(found.rows, found.columns)
        for thing in found.cell(row, column)
    )
    kinds = tuple(kind.label for kind in found.kinds)
    return (
        Table("Counts", header, counts),
        Table("What they count", (*kinds, "Id", "Text"), joined),
    )


def _words(thing: Entry | Practice) -> str:
    text: str = getattr(thing.facts, "text", "")
    return text or thing.title


def _chain(library: Library) -> Table:
    header = ("Finding", "Kind", "Id", "Title")
    return Table("From findings", header, tuple(_links(library)))


def _links(library: Library) -> Iterator[tuple[str, ...]]:
    for link in matrices.chain(library):
        for thing in (*link.principles, *link.guidelines, *link.resources):
            yield (link.finding.title, thing.kind.label, thing.id, thing.title)
