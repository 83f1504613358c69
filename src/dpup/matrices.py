"""Two kinds crossed, and the chain from a finding to the toolkit: plain data for tables."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from dpup import connections
from dpup.entries import Practice
from dpup.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpup.entries import Entry
    from dpup.kinds import Kind
    from dpup.library import Library


@dataclasses.dataclass(frozen=True, slots=True)
class Named:
    """A table that has a page of its own."""

    title: str
    rows: str = ""
    columns: str = ""
    """The kinds of rows and columns; empty for the chain from findings."""
    of: str = "practice"


NAMED: Final = {
    "guidelines-by-principles": Named("Guidelines and Principles", "guideline", "principle"),
    "practices-by-role-and-stage": Named("Practices by role and stage", "role", "stage"),
    "laws-by-guidelines": Named("Laws and Guidelines", "law", "guideline"),
    "findings-to-toolkit": Named("From findings to the toolkit"),
    "resources-by-role-and-stage": Named(
        "Resources by role and stage", "role", "stage", "resource"
    ),
}
"""The tables by the names of their pages below ``docs/matrices/``."""


@dataclasses.dataclass(frozen=True)
class Matrix:
    """A table; a cell holds the practices or resources that join its row and column."""

    of: str
    """What the cells hold: ``practice`` or ``resource``."""
    kinds: tuple[Kind, Kind]
    """Kind of the rows and of the columns."""
    rows: tuple[Entry, ...]
    columns: tuple[Entry, ...]
    cells: Mapping[tuple[str, str], tuple[Entry | Practice, ...]]
    """(row id, column id) to what joins them, in reading order."""

    @property
    def name(self) -> str:
        """What the anchors of this table start with."""
        return f"{self.of}_{self.kinds[0].name}_{self.kinds[1].name}"

    def cell(self, row: Entry, column: Entry) -> tuple[Entry | Practice, ...]:
        """Give what joins a row and a column."""
        return self.cells.get((row.id, column.id), ())

    @property
    def elsewhere(self) -> bool:
        """True when the page of a row lists what is behind its cells, under each column."""
        names = (self.kinds[0].name, self.kinds[1].name)
        return self.of == "practice" and names == ("role", "stage")

    def anchor(self, row: Entry, column: Entry) -> str:
        """Where the list behind a cell is: on this page, or on the page of the row."""
        if self.elsewhere:
            return f"{row.uri}#dpup_at_{column.id}"
        return f"#{self.name}_{row.id}_{column.id}"


def crossed(library: Library, rows: str, columns: str, of: str = "practice") -> Matrix:
    """Cross two kinds by the practices or by the resources that bear on both."""
    cells: dict[tuple[str, str], list[Entry | Practice]] = {}
    for thing in library.practices() if of == "practice" else library.resources:
        for row in related(library, thing, rows):
            for column in related(library, thing, columns):
                cells.setdefault((row, column), []).append(thing)
    sides = (library.of(rows), library.of(columns))
    found = {key: tuple(things) for key, things in cells.items()}
    return Matrix(of, (KINDS[rows], KINDS[columns]), *sides, found)


def related(library: Library, thing: Entry | Practice, kind: str) -> tuple[str, ...]:
    """Give ids of a kind that a practice bears on, or that a resource names or touches."""
    if isinstance(thing, Practice):
        return thing.related(kind)
    declared: tuple[str, ...] = getattr(thing.facts, f"{kind}s", ())
    touched = (id_ for practice in library.uses(thing) for id_ in practice.related(kind))
    return declared or tuple(dict.fromkeys(touched))


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """A finding with what answers it."""

    finding: Entry
    principles: tuple[Entry, ...]
    guidelines: tuple[Entry, ...]
    resources: tuple[Entry, ...]
    """Resources that use the practices of those, most practices first."""


def chain(library: Library) -> Iterator[Link]:
    """Follow each finding to Principles, Guidelines and resources."""
    for finding in library.of("finding"):
        ties = connections.of_practices(library, library.practices(finding=finding.id))
        answering = [library.referring(finding, kind) for kind in ("principle", "guideline")]
        used_in = tuple(tie.entry for tie in ties.used_in[:MOST])
        yield Link(finding, answering[0], answering[1], used_in)


# Practices of a Guideline are in use nearly everywhere; the closest resources say most.
MOST = 8
