"""References between entries: finding, judging and reversing them.

Nobody types a backlink: all are derived here from what entries refer to.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from dpup import model, nesting
from dpup.explain import nearest, one_of
from dpup.kinds import KINDS
from dpup.selections import Selector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from dpup.entries import Entry, Piece, Practice
    from dpup.safeyaml import Path

# Which key refers to what. "practice" and "group" take full ids, "page" the id of an entry
# that has a page, "any" one of these or the full id of a question or field.
FIELDS: Final = {
    "principles": "principle",
    "principle": "principle",
    "guidelines": "guideline",
    "main_guidelines": "guideline",
    "laws": "law",
    "part_of": "law",
    "roles": "role",
    "stages": "stage",
    "sources": "source",
    "responds_to": "finding",
    "see": "term",
    "supports": "practice",
    "from": "practice",
    "picks": "practice",
    "without": "practice",
    "guideline": "guideline",
    "role": "role",
    "stage": "stage",
    "law": "law",
    "finding": "finding",
    "group": "group",
    "sector": "sector",
    "template": "template",
    "of": "page",
    "about": "page",
    "go_to": "page",
    "counterparts": "any",
    "replaced_by": "any",
}
_REF = re.compile(model.REF_PATTERN)


@dataclasses.dataclass(frozen=True, slots=True)
class Reference:
    """One id that stands in a field, and the path of that field."""

    where: Path
    kind: str
    id: str


@functools.cache
def _holders(shape: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Give the fields of a model that can hold references, each with its key in YAML.

    Most fields are plain texts. To pass them over is what makes this quick.
    """
    keys = {name: model.key_of(shape, name) for name in shape.model_fields}
    fields = shape.model_fields.items()
    inner = {name for name, field in fields if nesting.holds_models(field.annotation)}
    return tuple((name, key) for name, key in keys.items() if key in FIELDS or name in inner)


def references(facts: BaseModel, base: Path = ()) -> Iterator[Reference]:
    """Yield every reference in a model and the models inside it."""
    for attribute, name in _holders(type(facts)):
        value = getattr(facts, attribute, None)  # a draft may lack it
        where = (*base, name)
        if name in FIELDS and isinstance(value, str):
            yield Reference(where, FIELDS[name], value)
        elif isinstance(value, BaseModel):
            yield from references(value, where)
        elif isinstance(value, tuple):
            yield from _in_list(value, name, where)


def _in_list(values: tuple[object, ...], name: str, where: Path) -> Iterator[Reference]:
    for index, value in enumerate(values):
        if isinstance(value, BaseModel):
            yield from references(value, (*where, index))
        elif name in FIELDS and isinstance(value, str):
            yield Reference((*where, index), FIELDS[name], value)


def is_withdrawn_at(facts: BaseModel, where: Path) -> bool:
    """Tell whether a path leads through something withdrawn: a tombstone keeps what it had."""
    current: object = facts
    for step in where:
        if isinstance(step, int) and isinstance(current, tuple):
            current = current[step]
        elif isinstance(step, str):
            current = getattr(current, step, None)
        if isinstance(current, model.Model) and getattr(current, "withdrawn", None):
            return True
    return False


def raw_references(data: object, base: Path = ()) -> Iterator[Reference]:
    """Yield what would be references in data that fits no model.

    So a file with one wrong key still has its references checked in the same run.
    """
    if isinstance(data, tuple):
        for index, value in enumerate(data):
            yield from raw_references(value, (*base, index))
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from _raw_field(name, value, (*base, name))


def _raw_field(name: str, value: object, where: Path) -> Iterator[Reference]:
    if name not in FIELDS or isinstance(value, dict):
        yield from raw_references(value, where)
        return
    ids = value if isinstance(value, tuple) else ()
    for index, id_ in enumerate(ids):
        if isinstance(id_, str) and _REF.fullmatch(id_):
            yield Reference((*where, index), FIELDS[name], id_)
    if isinstance(value, str) and _REF.fullmatch(value):
        yield Reference(where, FIELDS[name], value)


@dataclasses.dataclass(frozen=True)
class Index:
    """All ids that can be referred to, by kind."""

    entries: Mapping[str, Mapping[str, Entry]]
    practices: Mapping[str, Practice]
    """Practices by full id, in reading order."""
    broken: frozenset[str] = frozenset()
    """What could not be read, as ``law`` or ``law/ipp-1``: those ids may well be right."""
    pieces: Mapping[str, Piece] = dataclasses.field(default_factory=dict)
    """Questions and fields of resources by full id."""

    @functools.cached_property
    def selector(self) -> Selector:
        """Finds practices by filters."""
        return Selector(self.practices.values())

    def references(self, entry: Entry) -> tuple[Reference, ...]:
        """Give every reference of an entry, with paths from its own data."""
        known = self._named.get(id(entry))
        if known is None:
            # With the entry itself, so that it lives as long as its identity is asked for.
            known = self._named[id(entry)] = (entry, tuple(references(entry.facts)))
        return known[1]

    @functools.cached_property
    def _named(self) -> dict[int, tuple[Entry, tuple[Reference, ...]]]:
        return {}

    def touched(self, practices: Iterable[Practice], kind: str) -> set[str]:
        """Give the ids of the given kind that any of some practices bears on."""
        known = self._bearing.setdefault(kind, {})
        for practice in practices:
            if practice.id not in known:
                known[practice.id] = practice.related(kind)
        return {id_ for practice in practices for id_ in known[practice.id]}

    @functools.cached_property
    def _bearing(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return {}

    @functools.cached_property
    def used(self) -> dict[int, tuple[Entry, tuple[Practice, ...]]]:
        """What ``resources`` has found that an entry uses, by the identity of the entry."""
        return {}

    @functools.cached_property
    def order(self) -> Mapping[str, int]:
        """Place of each practice in the reading order."""
        return {id_: number for number, id_ in enumerate(self.practices)}

    @functools.cached_property
    def paged(self) -> Mapping[str, Entry]:
        """Entries that have a page of their own, whatever their kind."""
        kinds = (ids for name, ids in self.entries.items() if KINDS[name].has_page)
        return {id_: entry for ids in reversed(list(kinds)) for id_, entry in ids.items()}

    @functools.cached_property
    def _known(self) -> dict[str, AbstractSet[str]]:
        anything = {*self.practices, *self.pieces, *self.paged}
        groups = {f"{p.entry.id}.{p.group.id}" for p in self.practices.values()}
        templates = self.entries.get("template", {}).values()
        variants = {v.id for t in templates for v in getattr(t.facts, "variants", ())}
        special = {"practice": self.practices.keys(), "group": groups, "any": anything}
        addresses = {*self.practices, *self.pieces}
        return {**special, "page": self.paged.keys(), "address": addresses, "variant": variants}

    def known(self, kind: str) -> AbstractSet[str]:
        """Ids that a reference of this kind may use."""
        return self._known.get(kind) or self.entries.get(kind, {}).keys()

    def fault(self, reference: Reference, home: Entry | None) -> tuple[str, str] | None:
        """Say what is wrong with a reference, and the cure; None when it is sound."""
        if self._is_self(reference, home):
            return f"'{reference.id}' refers to itself.", "Remove it."
        if reference.id in self.known(reference.kind):
            return self._withdrawn(reference)
        if self.unsure(reference.kind, reference.id):
            return None
        label = _LABELS.get(reference.kind, reference.kind)
        known = self.known(reference.kind)
        hint = nearest(reference.id, known) or one_of(label)
        return f"No {label} '{reference.id}'.", hint

    def unsure(self, kind: str, id_: str) -> bool:
        """Tell whether an id may belong to something that could not be read."""
        homes = {"principle", "guideline"} if kind in {"practice", "group"} else {kind}
        homes = {"template"} if kind == "variant" else homes
        if kind in {"any", "page", "address"}:
            homes = {name for name, known in KINDS.items() if known.has_page}
        entry = id_.partition(".")[0]
        return any(not self.broken.isdisjoint({home, f"{home}/{entry}"}) for home in homes)

    def _is_self(self, reference: Reference, home: Entry | None) -> bool:
        if home is None:  # data that fits no model has no entry yet
            return False
        own = {home.kind.name, *(("any", "page") if home.kind.has_page else ())}
        if reference.kind in own and reference.id == home.id:
            return True
        practice = _practice_at(reference.where, home)
        return practice is not None and reference.id == f"{home.id}.{practice}"

    def _withdrawn(self, reference: Reference) -> tuple[str, str] | None:
        if reference.where and "replaced_by" in reference.where:
            return None
        stone = self._stone(reference)
        if stone is None:
            return None
        instead = " or ".join(f"'{id_}'" for id_ in stone.replaced_by)
        hint = f"Use {instead} instead." if instead else "Remove it."
        return f"'{reference.id}' was withdrawn on {stone.date}.", hint

    def withdrawn(self, kind: str, id_: str) -> bool:
        """Tell whether what an id of a kind names is withdrawn."""
        return self._stone(Reference((), kind, id_)) is not None

    def _stone(self, reference: Reference) -> model.Withdrawal | None:
        """Find the tombstone of what a reference names."""
        inner = self.practices.get(reference.id) or self.pieces.get(reference.id)
        if inner is not None:
            return inner.facts.withdrawn
        of_kind = self.entries.get(reference.kind, {}).get(reference.id)
        entry = of_kind or self.paged.get(reference.id)
        return entry.withdrawal if entry else None


_LABELS = {
    "any": "entry, practice or question",
    "page": "entry with a page",
    "group": "key activity or behaviour area",
}


def _practice_at(where: Path, home: Entry) -> str | None:
    """Id of the practice inside which a reference of ``home`` stands."""
    match where[len(home.base) :]:
        case ("areas" | "activities", int(group), "practices", int(number), *_):
            return home.groups[group].practices[number].id
    return None


def backlinks(entries: Iterable[Entry]) -> dict[tuple[str, str], tuple[Entry, ...]]:
    """Map (kind, id) to the entries that refer to it, once each, in reading order.

    References that stand inside a practice belong to the practice, not to its entry.
    """
    found: dict[tuple[str, str], dict[tuple[str, str], Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.sort_key):
        for reference in references(entry.facts, entry.base):
            if _practice_at(reference.where, entry) is None:
                target = found.setdefault((reference.kind, reference.id), {})
                target[(entry.kind.name, entry.id)] = entry
    return {key: tuple(value.values()) for key, value in found.items()}
