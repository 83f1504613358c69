"""References between entries: finding, resolving and reversing them, and relative URLs.

Nobody types a backlink: all are derived here from what entries refer to.
"""

from __future__ import annotations

import dataclasses
import posixpath
import re
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from dpup import model
from dpup.explain import nearest, one_of
from dpup.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dpup.entries import Entry, Practice
    from dpup.safeyaml import Path

# Which field of a model refers to what. "practice" takes full ids; "any" takes either.
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
    "replaced_by": "any",
}
_REF = re.compile(model.REF_PATTERN)


@dataclasses.dataclass(frozen=True, slots=True)
class Reference:
    """One id that stands in a field, and the path of that field."""

    where: Path
    kind: str
    id: str


def references(facts: BaseModel, base: Path = ()) -> Iterator[Reference]:
    """Yield every reference in a model and the models inside it."""
    for name in type(facts).model_fields:
        value = getattr(facts, name)
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


@dataclasses.dataclass(frozen=True, slots=True)
class Index:
    """All ids that can be referred to, by kind."""

    entries: Mapping[str, Mapping[str, Entry]]
    practices: Mapping[str, Practice]
    broken: frozenset[str] = frozenset()
    """What could not be read, as ``law`` or ``law/ipp-1``: those ids may well be right."""

    def known(self, kind: str) -> Iterable[str]:
        """Ids that a reference of this kind may use."""
        if kind == "practice":
            return self.practices.keys()
        if kind == "any":
            paged = (ids for name, ids in self.entries.items() if KINDS[name].has_page)
            return {*self.practices, *(id_ for ids in paged for id_ in ids)}
        return self.entries.get(kind, {}).keys()

    def fault(self, reference: Reference, home: Entry | None) -> tuple[str, str] | None:
        """Say what is wrong with a reference, and the cure; None when it is sound."""
        if self._is_self(reference, home):
            return f"'{reference.id}' refers to itself.", "Remove it."
        if reference.id in self.known(reference.kind):
            return self._withdrawn(reference)
        if self.unsure(reference.kind, reference.id):
            return None
        label = "entry or practice" if reference.kind == "any" else reference.kind
        known = self.known(reference.kind)
        hint = nearest(reference.id, known) or one_of(label)
        return f"No {label} '{reference.id}'.", hint

    def unsure(self, kind: str, id_: str) -> bool:
        """Tell whether an id may belong to something that could not be read."""
        homes = {"practice": {"principle", "guideline"}}.get(kind, {kind})
        if kind == "any":
            homes = {name for name, known in KINDS.items() if known.has_page}
        entry = id_.partition(".")[0]
        return any(not self.broken.isdisjoint({home, f"{home}/{entry}"}) for home in homes)

    def _is_self(self, reference: Reference, home: Entry | None) -> bool:
        if home is None:  # data that fits no model has no entry yet
            return False
        if reference.kind in {home.kind.name, "any"} and reference.id == home.id:
            return True
        practice = _practice_at(reference.where, home)
        return practice is not None and reference.id == f"{home.id}.{practice}"

    def _withdrawn(self, reference: Reference) -> tuple[str, str] | None:
        if reference.where and "replaced_by" in reference.where:
            return None
        practice = self.practices.get(reference.id)
        entry = self.entries.get(reference.kind, {}).get(reference.id)
        stone = practice.facts.withdrawn if practice else entry.withdrawal if entry else None
        if stone is None:
            return None
        instead = " or ".join(f"'{id_}'" for id_ in stone.replaced_by)
        hint = f"Use {instead} instead." if instead else "Remove it."
        return f"'{reference.id}' was withdrawn on {stone.date}.", hint


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


def url_of(uri: str) -> str:
    """Give the site path of a page: ``laws/ipp-1.md#x`` becomes ``laws/ipp-1/#x``."""
    page, hash_, anchor = uri.partition("#")
    stem = page.removesuffix(".md")
    stem = stem.removesuffix("index") if stem.rpartition("/")[2] == "index" else f"{stem}/"
    return stem + hash_ + anchor


def relative(target: str, here: str) -> str:
    """Give the link from the page ``here`` to the page or anchor ``target``."""
    path, hash_, anchor = url_of(target).partition("#")
    start = url_of(here.partition("#")[0])
    if path == start:
        return f"#{anchor}" if anchor else "./"
    way = posixpath.relpath(path or ".", start or ".")
    return f"{way}/{hash_}{anchor}"


def between_files(target: str, here: str) -> str:
    """Give the same link between source files, for engines that rewrite links in HTML.

    Zensical turns every relative link of the finished HTML into an address, as MkDocs does
    with Markdown links only.
    """
    page, hash_, anchor = target.partition("#")
    start = here.partition("#")[0]
    if page == start and anchor:
        return f"#{anchor}"
    return posixpath.relpath(page, posixpath.dirname(start) or ".") + hash_ + anchor
