"""Ids and numbers for new entries: made from a title, held against all that is taken.

Looks at the data of every file, sound or not, so that a draft keeps its id too.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Final

from dpup import discover, model, offers, words
from dpup.explain import short
from dpup.kinds import KINDS
from dpup.places import CONTENT
from dpup.search.folding import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dpup.kinds import Kind
    from dpup.safeyaml import Data
    from dpup.source import Source

_LONGEST: Final = 80
_HIGHEST: Final = 99
_SHAPE: Final = (
    f"Use at most {_LONGEST} of the letters a to z, digits and single hyphens, as in "
    "purpose-matters."
)
_ID: Final = re.compile(model.ID_PATTERN)
_BY_PLACE: Final = {kind.place: kind for kind in KINDS.values()}


def id_of(title: str, longest: int = _LONGEST) -> str:
    """Make an id of a title: small letters without macrons, digits and hyphens; empty for none.

    >>> id_of("Mō ngā whānau: what's “fair”?")
    'mo-nga-whanau-whats-fair'
    """
    letters = plain(re.sub("['\u2019]", "", title))
    return _cut("-".join(re.findall(r"[a-z0-9]+", letters)), longest)


def _cut(id_: str, size: int) -> str:
    """Shorten an id, between two words where there are some."""
    if len(id_) <= size:
        return id_
    whole = id_[: size + 1].rpartition("-")[0]
    return (whole or id_[:size]).strip("-")


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """The ids and numbers of a project."""

    root: Path
    sources: dict[str, Source]
    ids: dict[tuple[str, str], str]
    """Where each id stands, by its space: entries with a page share one."""
    numbers: dict[str, set[int]]
    """The numbers that entries of a kind have."""

    def fault(self, kind: Kind, id_: str) -> str:
        """Say why a new entry can't have an id; nothing when it can."""
        if not _ID.fullmatch(id_) or len(id_) > _LONGEST:
            return f"'{short(id_)}' is not an id. {_SHAPE}"
        taken = self._taken(kind, id_)
        return f"The id '{id_}' is taken{taken}." if taken else ""

    def _taken(self, kind: Kind, id_: str) -> str:
        if place := self.ids.get((_space(kind), id_)):
            return f" by {place}"
        if offers.of(kind.name) and (id_ in words.DOCUMENTS or id_ == "index"):
            return ": a page or document of its own has it"
        page = kind.page.format(id=id_)
        if kind.has_page and (self.root / "docs" / page).exists():
            return f" by docs/{page}"
        return ""

    def free(self, kind: Kind, id_: str) -> str:
        """Give an id like this one that nothing has."""
        return next(each for each in _like(id_, kind.name) if not self.fault(kind, each))

    def number(self, kind: Kind) -> int | None:
        """Give the number after the last one, or else the first that is free."""
        have = self.numbers.get(kind.name, set())
        following = max(have, default=0) + 1
        rest = (number for number in range(1, _HIGHEST + 1) if number not in have)
        return following if following <= _HIGHEST else next(rest, None)


def known(root: Path) -> Known:
    """Look at every file of a project."""
    found = discover.read_all(root)
    out = Known(root, found.sources, {}, {})
    for path, source in found.sources.items():
        for kind, id_, data, place in _entries(path, source):
            out.ids.setdefault((_space(kind), id_), place)
            number = data.get("number") if isinstance(data, dict) else None
            if isinstance(number, int):
                out.numbers.setdefault(kind.name, set()).add(number)
    return out


def _space(kind: Kind) -> str:
    return "" if kind.has_page else kind.name


def _entries(path: str, source: Source) -> Iterator[tuple[Kind, str, Data, str]]:
    """Yield each entry of a file: its kind, its id, its data, and where it stands."""
    inner = path.removeprefix(f"{CONTENT}/")
    data = source.front.data
    if kind := _BY_PLACE.get(inner):
        for number, item in enumerate(data if isinstance(data, tuple) else ()):
            id_ = item.get("id") if isinstance(item, dict) else None
            mark = source.front.marks.get((number,))
            if isinstance(id_, str) and mark:
                yield kind, id_, item, f"{path}, line {mark.line}"
        return
    folder, _, name = inner.rpartition("/")
    if kind := _BY_PLACE.get(folder):
        yield kind, name.removesuffix(".md"), data, f"{path}{_stone(data)}"


def _stone(data: Data) -> str:
    withdrawn = isinstance(data, dict) and data.get("withdrawn")
    return ", which is withdrawn but keeps its id" if withdrawn else ""


def _like(id_: str, kind: str) -> Iterator[str]:
    """Yield the id with the name of its kind behind it, and then with numbers."""
    if not id_.endswith(kind):
        yield f"{_cut(id_, _LONGEST - len(kind) - 1)}-{kind}"
    number = 2
    while True:
        yield f"{_cut(id_, _LONGEST - len(str(number)) - 1)}-{number}"
        number += 1
