"""What a form asks: the items of a checklist and the fields of a template, in one shape.

Every format that can be filled in is made from this, and read back against it.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from dpup import fingerprints, resources, toolkit
from dpup.entries import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpup.entries import Entry, Practice
    from dpup.forms import TemplateField, TemplateSection
    from dpup.links import Index

YES: Final = ("yes", "Yes")
NO: Final = ("no", "No")
NOT_APPLICABLE: Final = ("not-applicable", "Not applicable")
DONE: Final = ("done", "Done")
_CHOICES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "yes-no-na": (YES, NO, NOT_APPLICABLE),
    "yes-no": (YES, NO),
    "tick": (DONE,),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Ask:
    """One thing to answer, tick or write."""

    id: str
    """Full id of the practice, question or field: the key of its answer."""
    kind: str
    """How it is answered: ``tick``, ``yes-no``, ``yes-no-na``, or the kind of a field."""
    text: str
    """The question, or the name of the field."""
    prompt: str = ""
    """What to write in a field."""
    applies: str = ""
    """When a field is needed, if not always."""
    hint: str = ""
    """Help with an item, or the example of a field."""
    choices: tuple[tuple[str, str], ...] = ()
    """Value and label of each answer that can be chosen; empty where people write."""
    behind: tuple[Practice, ...] = ()
    """The practices that stand behind it."""
    laws: tuple[str, ...] = ()
    """Ids of the laws that a field names itself."""
    takes_note: bool = False
    """True where an answer can be explained in a note, and given an owner and a day."""
    in_table: bool = False
    """True for a column of a table: it has an answer in each row."""

    @property
    def fingerprint(self) -> str:
        """Changes when what is asked changes, and not when only its help does."""
        kind = f"{self.kind} in a table" if self.in_table else self.kind
        return fingerprints.of(kind, self.text, self.prompt, *(label for _, label in self.choices))

    @property
    def wording(self) -> str:
        """What is asked, in one text: an answer keeps it."""
        return ": ".join(filter(None, (self.text, self.prompt)))

    @property
    def name(self) -> str:
        """Its id without the entry."""
        return self.id.partition(".")[2]


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """Asks under one heading."""

    id: str
    title: str
    intro: str
    asks: tuple[Ask, ...]
    repeats: bool = False
    """True when it is a table with a row for each case: each ask is a column."""


def of(entry: Entry, index: Index) -> tuple[Section, ...]:
    """Give the sections of a checklist or template; nothing for other kinds.

    What is withdrawn is not asked any more.
    """
    facts = entry.facts
    if isinstance(facts, toolkit.Checklist):
        sections = enumerate(facts.sections)
        return tuple(
            Section(s.id, s.title, s.intro or "", tuple(_items(entry, n, index)))
            for n, s in sections
        )
    if isinstance(facts, toolkit.Template):
        return tuple(_fields(entry, section, index) for section in facts.sections)
    return ()


def by_id(sections: tuple[Section, ...]) -> dict[str, Ask]:
    """Map the id of everything that a form asks to the ask, in order."""
    return {ask.id: ask for section in sections for ask in section.asks}


def choices(field: TemplateField) -> tuple[tuple[str, str], ...]:
    """Give the value and the label of each answer that a field offers; none where people write."""
    named = tuple((choice, choice) for choice in field.choices)
    return named or _CHOICES.get(field.kind, ())


def _items(entry: Entry, section: int, index: Index) -> Iterator[Ask]:
    facts = entry.facts
    kind = facts.answers if isinstance(facts, toolkit.Checklist) else ""
    for item in resources.items(entry, section, index):
        if item.piece is not None and item.piece.facts.withdrawn:
            continue
        yield Ask(
            id=item.id,
            kind=kind,
            text=item.question,
            hint=item.hint,
            choices=_CHOICES[kind],
            behind=item.behind,
            takes_note=True,
        )


def _fields(entry: Entry, section: TemplateSection, index: Index) -> Section:
    fields = (field for field in section.fields if not field.withdrawn)
    found = (_field(entry, field, index) for field in fields)
    asks = tuple(dataclasses.replace(ask, in_table=section.repeats) for ask in found)
    return Section(section.id, section.title, section.intro or "", asks, section.repeats)


def _field(entry: Entry, field: TemplateField, index: Index) -> Ask:
    return Ask(
        id=Piece(entry, field).id,
        kind=field.kind,
        text=field.label,
        prompt=field.prompt,
        applies=field.applies or "",
        hint=field.example,
        choices=choices(field),
        behind=tuple(p for id_ in field.supports if (p := index.practices.get(id_))),
        laws=field.laws,
    )
