"""Forms in which somebody proposes an entry: what each asks, in the shape of every other form.

They are for people who work in Word and have never used git, so they ask nothing that the tool can
find out, and for no id where a name will do. Data only; ``intake`` turns answers into an entry.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from dpup.asks import DONE, Ask, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpup.library import Library

START: Final = "propose-"
BODY: Final = "body"


@dataclasses.dataclass(frozen=True, slots=True)
class Box:
    """One thing that a form asks."""

    name: str
    """The field that it becomes; of a part of a field, for instance ``meanings.if_yes``."""
    label: str
    prompt: str
    example: str = ""
    kind: str = "line"
    """How it is answered, as in an ask."""
    choices: tuple[tuple[str, str], ...] = ()
    """Value and label of each answer that can be chosen."""
    of: str = ""
    """The kind whose entries can be chosen, in place of choices."""


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """Boxes under one heading."""

    id: str
    title: str
    intro: str
    boxes: tuple[Box, ...] = ()
    repeats: bool = False
    """True when each box is a column of a table."""
    ticks: str = ""
    """The kind whose entries are the boxes to tick; the id of the part is the field."""


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """A form for one kind of entry."""

    kind: str
    title: str
    intro: str
    parts: tuple[Part, ...]

    @property
    def id(self) -> str:
        """The name of its file."""
        return START + self.kind

    @property
    def boxes(self) -> Mapping[str, Box]:
        """Every box by its name."""
        return {box.name: box for part in self.parts for box in part.boxes}

    @property
    def table(self) -> Part | None:
        """The part that is a table, if there is one."""
        return next((part for part in self.parts if part.repeats), None)


def sections(form: Form, library: Library) -> tuple[Section, ...]:
    """Give what a form asks; what can be ticked or chosen is in the library."""
    found = ((part, tuple(_asks(form, part, library))) for part in form.parts)
    return tuple(Section(p.id, p.title, p.intro, asks, p.repeats) for p, asks in found)


def _asks(form: Form, part: Part, library: Library) -> Iterator[Ask]:
    for entry in library.of(part.ticks):
        id_ = f"{form.id}.{part.id}.{entry.id}"
        yield Ask(id=id_, kind="tick", text=entry.title, choices=(DONE,))
    for box in part.boxes:
        yield Ask(
            id=f"{form.id}.{box.name}",
            kind=box.kind,
            text=box.label,
            prompt=box.prompt,
            hint=box.example,
            choices=box.choices or tuple((e.id, e.title) for e in library.of(box.of)),
            in_table=part.repeats,
        )
