"""All that a library says, thing by thing: entries, and the practices and items inside them.

A thing is what a reader would call one thing, with an id that stays, so that two states of the
policy can be compared thing by thing and not line by line.
"""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from dpup import branching, forms, links, meaning, model, shapes
from dpup.entries import PIECES, Entry, Piece, Practice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Lines = tuple[str, ...]
Key = tuple[str, str]
"""The kind of an entry, or "item", and the id: ids are unique among entries with a page only."""

ITEM: Final = "item"
_SHOWN_ELSEWHERE: Final = frozenset({"version", "changes", "approved"})
_OWN: Final = frozenset({"id"})
_BESIDE: Final = frozenset({"supports"})
_LABELS: Final[Mapping[type[BaseModel], str]] = {
    shapes.ChecklistItem: "question",
    forms.TemplateField: "field",
    shapes.QuizQuestion: "quiz question",
    branching.DecisionQuestion: "question",
    branching.Outcome: "outcome",
    model.Practice: "practice",
}


@dataclasses.dataclass(frozen=True, eq=False)
class Thing:
    """An entry without its items, or one item."""

    key: Key
    label: str
    """What readers call its kind: ``Guideline``, ``practice``."""
    title: str
    entry: Entry
    place: str
    """Id of the area, activity or section in which it stands; empty for an entry."""
    place_title: str
    says: Mapping[str, Lines]
    """What it says, key by key: one line for a text, several for a list."""
    item: Practice | Piece | None = None

    @property
    def id(self) -> str:
        """The id as people cite it."""
        return self.key[1]

    @property
    def withdrawal(self) -> model.Withdrawal | None:
        """The tombstone, if there is one."""
        return self.item.facts.withdrawn if self.item else self.entry.withdrawal

    @functools.cached_property
    def meaning(self) -> Mapping[str, Lines]:
        """What it says, apart from its layout and from how things stand with it."""
        said = {
            key: _plain(key, lines) for key, lines in self.says.items() if not is_bookkeeping(key)
        }
        return {key: lines for key, lines in said.items() if any(lines)}

    @functools.cached_property
    def words(self) -> Mapping[str, Lines]:
        """What it says in words of its own, apart from the practices that it names beside them."""
        facts = self.item.facts if self.item else self.entry.facts
        said = {"text": self.meaning.get("text", ()), **dict(_says(facts, "", _BESIDE))}
        read = {key: _plain(key, lines) for key, lines in said.items() if not is_bookkeeping(key)}
        return {key: lines for key, lines in read.items() if any(lines)}

    @functools.cached_property
    def fingerprint(self) -> str:
        """The fingerprint that an approval or an edition keeps."""
        return meaning.of_item(self.item) if self.item else meaning.of_entry(self.entry)


def of(entries: Iterable[Entry]) -> dict[Key, Thing]:
    """Give every thing of some entries by its key, in reading order, entries before their items."""
    ordered = sorted(entries, key=lambda entry: entry.sort_key)
    return {thing.key: thing for entry in ordered for thing in inside(entry)}


def inside(entry: Entry) -> Iterator[Thing]:
    """Yield an entry and then its items."""
    key = (entry.kind.name, entry.id)
    said = dict(_says(entry.facts, ""))
    if entry.body.strip():
        said["text"] = tuple(_paragraphs(entry.body))
    yield Thing(key, entry.kind.label, entry.title, entry, "", "", said)
    for place, title, item in _items(entry, entry.facts, "", ""):
        says = dict(_says(item.facts, ""))
        label = _LABELS[type(item.facts)]
        yield Thing((ITEM, item.id), label, item.title, entry, place, title, says, item)


def _items(
    entry: Entry, facts: BaseModel, place: str, title: str
) -> Iterator[tuple[str, str, Practice | Piece]]:
    """Yield each item with the id and the title of what it stands in."""
    for _, value in facts:
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, model.Practice) and isinstance(facts, model.Group):
                yield facts.id, facts.title, Practice(entry, inner, facts)
            elif isinstance(inner, PIECES) and inner.id:
                yield place, title, Piece(entry, inner)
            elif isinstance(inner, BaseModel):
                here = (getattr(inner, "id", "") or place, getattr(inner, "title", "") or title)
                yield from _items(entry, inner, *here)


def _says(
    facts: BaseModel, prefix: str, apart_from: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Lines]]:
    """Yield the keys of a model with what they say; items with an id of their own are left out."""
    for name, field in type(facts).model_fields.items():
        value = getattr(facts, name)
        key = prefix + model.key_of(type(facts), name)
        if name in _SHOWN_ELSEWHERE | _OWN | apart_from or value == field.get_default():
            continue
        if isinstance(value, BaseModel):
            yield from _says(value, f"{key}.", apart_from)
        elif isinstance(value, tuple):
            yield from _list(key, value, apart_from)
        else:
            yield key, (str(value),)


def _list(
    key: str, values: tuple[object, ...], apart_from: frozenset[str]
) -> Iterator[tuple[str, Lines]]:
    lines: list[str] = []
    for value in values:
        id_ = getattr(value, "id", None)
        if not isinstance(value, BaseModel):
            lines.append(str(value))
        elif not id_:
            lines.append(in_short(value, apart_from))
        elif not isinstance(value, (*PIECES, model.Practice)):
            yield from _says(value, f"{key}.{id_}.", apart_from)
    if lines:
        yield key, tuple(lines)


def in_short(facts: BaseModel, apart_from: frozenset[str] = frozenset()) -> str:
    """Say in one line what something without an id says."""
    said = _says(facts, "", apart_from)
    return "; ".join(f"{key}: {', '.join(lines)}" for key, lines in said)


def _paragraphs(body: str) -> Iterator[str]:
    for block in body.strip().split("\n\n"):
        if block.strip():
            yield block.strip("\n")


def _plain(key: str, lines: Lines) -> Lines:
    read = tuple(meaning.words(line) for line in lines)
    return tuple(sorted(read)) if key.rpartition(".")[2] in links.FIELDS else read


def is_bookkeeping(key: str) -> bool:
    """Tell whether a key says how things stand, and not what somebody should know or do."""
    return key.partition(".")[0] in meaning.BOOKKEEPING
