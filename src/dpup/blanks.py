"""Blanks: marks in a new file that say what has still to be written in their place.

In a text a blank is ``[fill in: what belongs here]``. For a number, a date or a list it stands
without quotes, and YAML reads it as a list with one key. A field with a blank has this one
problem, and none that would follow from it.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import typing
from typing import TYPE_CHECKING, Final

from dpup import drafting, links
from dpup.explain import place
from dpup.kinds import KINDS
from dpup.problems import Problem
from dpup.safeyaml import dotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import BaseModel

    from dpup.safeyaml import Data, Path
    from dpup.source import Source

KEY: Final = "fill in"
OPENING: Final = f"[{KEY}:"
_MARK: Final = re.compile(rf"\[{KEY}:\s*([^\]\n]*)", re.IGNORECASE)
_MOST: Final = 30
_LEFT: Final = "This blank is still to be filled"
_WRITE: Final = "Write it in place of the square brackets."
_KEEP: Final = "Keep the square brackets, and write what belongs there between them, as in [{}]."


@dataclasses.dataclass(frozen=True, slots=True)
class Gap:
    """A blank in the facts of a file."""

    path: str
    """The file."""
    where: Path
    """The field."""
    words: str
    """What belongs there."""


def text(words: str) -> str:
    """Write a blank as a text: ``[fill in: one sentence]``."""
    return f"{OPENING} {plain(words)}]"


def plain(words: str) -> str:
    """Give words in one line, without what would end a blank or need a backslash in it."""
    return " ".join(words.translate(_PLAIN).split())


_PLAIN: Final = str.maketrans({"[": "(", "]": ")", '"': "'"})


def take(data: Data, path: str, where: Path = ()) -> tuple[Data, list[Gap]]:
    """Take the blanks out of data: nothing stands in their places."""
    said = _said(data)
    if said is not None:
        return None, [Gap(path, where, said.strip())]
    if isinstance(data, dict):
        parts = {key: take(value, path, (*where, key)) for key, value in data.items()}
        return {key: part for key, (part, _) in parts.items()}, _joined(parts.values())
    if isinstance(data, tuple):
        items = [take(value, path, (*where, n)) for n, value in enumerate(data)]
        return tuple(part for part, _ in items), _joined(items)
    return data, []


def _joined(parts: Iterable[tuple[Data, list[Gap]]]) -> list[Gap]:
    return [gap for _, gaps in parts for gap in gaps]


def _said(data: Data) -> str | None:
    """Give the words of a blank; None when this is none."""
    if isinstance(data, str):
        found = _MARK.search(data)
        return found.group(1) if found else None
    first = data[0] if isinstance(data, tuple) and data else None
    return str(first[KEY] or "") if isinstance(first, dict) and list(first) == [KEY] else None


def problems(
    gaps: Iterable[Gap], index: links.Index, sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """Report each blank in the facts, with the ids that could stand there."""
    for gap in gaps:
        line, column = place(sources[gap.path].front.marks, gap.where)
        where = dotted(gap.where)
        yield Problem(gap.path, line, column, where, message(gap.words), _hint(gap.where, index))


def in_body(body: str, path: str, first_line: int) -> Iterator[Problem]:
    """Report each blank in a text."""
    for number, line in enumerate(body.split("\n"), first_line):
        for found in _MARK.finditer(line):
            said = message(found.group(1).strip())
            yield Problem(path, number, found.start() + 1, "", said, _WRITE)


def message(words: str) -> str:
    """Say that a blank is left."""
    said = f": {words}" if words else ""
    return f"{_LEFT}{said}{'' if said.endswith(('?', '.', '!')) else '.'}"


def is_one(problem: Problem) -> bool:
    """Tell whether a problem is a blank that is left."""
    return problem.message.startswith(_LEFT)


def _hint(where: Path, index: links.Index) -> str:
    key = next((step for step in reversed(where) if isinstance(step, str)), "")
    kind = links.FIELDS.get(key)
    listed = where[-1:] == (key,) and key in _listed()
    known = [id_ for id_ in index.known(kind) if not index.withdrawn(kind, id_)] if kind else []
    if not known:
        return _KEEP.format("one, two") if listed else _WRITE
    keep = f" {_KEEP.format(known[0])}" if listed else ""
    if kind and len(known) > _MOST:
        return f"Use ids that there are, such as {known[0]}. They stand in {_home(kind)}.{keep}"
    return f"Ids that there are: {', '.join(known)}.{keep}"


@functools.cache
def _listed() -> frozenset[str]:
    """Give the keys that hold a list of texts in each model that has them."""
    lists: set[str] = set()
    others: set[str] = set()
    todo: list[type[BaseModel]] = [kind.model for kind in KINDS.values()]
    seen: set[type[BaseModel]] = set()
    while todo:
        shape = todo.pop()
        seen.add(shape)
        for key, field in drafting.keys(shape):
            inner = drafting.inner_model(field.annotation)
            if inner and inner not in seen:
                todo.append(inner)
            (lists if _holds_list(field.annotation) and not inner else others).add(key)
    return frozenset(lists - others)


def _holds_list(annotation: object) -> bool:
    inner = typing.get_args(annotation)
    return typing.get_origin(annotation) is tuple or any(map(_holds_list, inner))


def _home(kind: str) -> str:
    """Say in which files the ids of a kind stand."""
    if kind in KINDS:
        return f"content/{KINDS[kind].place}"
    return _HOMES.get(kind, "the files of content/")


_HOMES: Final = {
    "practice": "content/principles/ and content/guidelines/, as the name of the file, a full "
    "stop and the id of the practice"
}
