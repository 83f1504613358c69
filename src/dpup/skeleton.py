"""A new file of any kind: what is known stands in it, and a blank where somebody has to write.

The models write it. A field that has to be there comes with its value or a blank, one that may be
there as a line that is commented out. So no field can be forgotten. Opens no file.
"""

from __future__ import annotations

import datetime as dt
import textwrap
import typing
from typing import TYPE_CHECKING, Final

from dpup import blanks, drafting, model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

ASK: Final = ...
"""In a starter: the blank of this field, also where the field need not be there."""
Given = typing.Any
_LATER: Final = frozenset({"withdrawn"})
"""Fields that nothing new has."""
_STEP: Final = "  "


class Skeleton:
    """Writes one file; what was explained once in it is not explained again."""

    def __init__(self) -> None:
        self._explained: set[type[BaseModel]] = set()

    def of(self, shape: type[BaseModel], given: Mapping[str, Given]) -> list[str]:
        """Give the lines of a model: ``given`` are values, or ``ASK`` for a blank."""
        first = shape not in self._explained
        self._explained.add(shape)
        out: list[str] = []
        later: list[str] = []
        for key, field in drafting.keys(shape):
            if key in given or field.is_required():
                out += self._field(key, field, given.get(key, ...), first=first)
            elif first and key not in _LATER:
                later.append(f"# {key}: {_bare(_words(field))}")
        return [*out, *later]

    def _field(self, key: str, field: FieldInfo, value: Given, *, first: bool) -> Iterator[str]:
        inner = drafting.inner_model(field.annotation)
        fixed = _fixed(field)
        if inner and not _is_list(field.annotation):
            yield from self._explain(field.description or "", first=first)
            yield f"{key}:"
            yield from _indented(self.of(inner, {} if value is ... else value))
        elif inner:
            yield from self._explain(field.description or "", first=first)
            yield f"{key}:"
            for item in _items(field, value):
                yield from _indented(dashed(self._about(inner), self.of(inner, item)))
        elif value is ... and fixed is None:
            yield from _blank(key, field)
        else:
            yield from self._explain(field.description or "", first=first)
            yield from _value(key, fixed if value is ... else value)

    def _about(self, inner: type[BaseModel]) -> list[str]:
        """Say once what an item of a list is."""
        about = (inner.__doc__ or "").partition("\n")[0]
        return list(self._explain(about, first=inner not in self._explained))

    @staticmethod
    def _explain(words: str, *, first: bool) -> Iterator[str]:
        return comment(words) if first else iter(())


def comment(words: str) -> Iterator[str]:
    """Write words as a comment."""
    for line in textwrap.wrap(words, drafting.WIDTH - 20):
        yield f"# {line}"


def _value(key: str, value: Given) -> Iterator[str]:
    """Write what is known, or what a starter says of a blank in words of its own."""
    if isinstance(value, str) and value.startswith(blanks.OPENING):
        yield f"{key}: {drafting.quoted(value)}"
    else:
        yield from drafting.written({key: value}).splitlines()


def _items(field: FieldInfo, value: Given) -> tuple[Mapping[str, Given], ...]:
    """Give the items of a list of models: those of the starter, or as few as there may be."""
    if value is not ...:
        return tuple(value)
    least = (getattr(rule, "min_length", 1) for rule in field.metadata)
    return tuple({} for _ in range(max(least, default=1)))


def dashed(about: list[str], lines: list[str]) -> list[str]:
    """Make an item of a list: its first key stands behind the dash."""
    start = next(n for n, line in enumerate(lines) if line and not line.startswith("#"))
    head, rest = lines[start], lines[start + 1 :]
    return [*about, *lines[:start], f"- {head}", *_indented(rest)]


def _indented(lines: list[str]) -> list[str]:
    return [f"{_STEP}{line}" if line else "" for line in lines]


def _blank(key: str, field: FieldInfo) -> Iterator[str]:
    """Write the blank of a field: in quotes for a text, or else in YAML's own brackets."""
    words, kind = _words(field), field.annotation
    if _is_list(kind) and not _is_ids(kind):
        yield f"{key}:"
        yield f"{_STEP}- {drafting.quoted(blanks.text(words))}"
    elif _is_list(kind) or not (str in _leaves(kind) or _choices(kind)):
        yield f"{key}: {_bare(words)}"
    else:
        yield f"{key}: {drafting.quoted(blanks.text(words))}"


def _bare(words: str) -> str:
    """Write a blank without quotes; its words are quoted where YAML needs it.

    >>> _bare("ids of roles"), _bare("what for, and why")
    ('[fill in: ids of roles]', '[fill in: "what for, and why"]')
    """
    is_plain = drafting.in_line({blanks.KEY: words}) == f"{{{blanks.KEY}: {words}}}"
    return f"{blanks.OPENING} {words if is_plain else drafting.quoted(words)}]"


def _words(field: FieldInfo) -> str:
    """Say what belongs into a field, in the words of its model."""
    said = blanks.plain(field.description or "").removesuffix(".")
    choices, leaves = _choices(field.annotation), _leaves(field.annotation)
    kind = next((word for leaf, word in _KINDS.items() if leaf in leaves), "")
    if choices:
        of = "one or more of" if _is_list(field.annotation) else "one of"
        return f"{of} {', '.join(choices)}. {said}"
    if kind:
        return f"{kind}. {said}"
    return said[:1].lower() + said[1:] + _keys(field)


def _keys(field: FieldInfo) -> str:
    """Name the keys of a model that need not be there."""
    inner = drafting.inner_model(field.annotation)
    return f" (keys: {', '.join(key for key, _ in drafting.keys(inner))})" if inner else ""


_KINDS: Final[Mapping[type, str]] = {
    bool: "true or false",
    int: "a whole number",
    dt.date: "a day, as 2026-11-24",
}


def _leaves(annotation: object) -> set[object]:
    """Give the plain types that a field may hold."""
    if isinstance(annotation, type):
        return {annotation}
    return {leaf for part in typing.get_args(annotation) for leaf in _leaves(part)}


def _choices(annotation: object) -> tuple[str, ...]:
    if typing.get_origin(annotation) is typing.Literal:
        return tuple(map(str, typing.get_args(annotation)))
    found = (_choices(part) for part in typing.get_args(annotation))
    return next((choices for choices in found if choices), ())


def _fixed(field: FieldInfo) -> str | None:
    """Give the one value that a field can have."""
    choices = _choices(field.annotation)
    return choices[0] if len(choices) == 1 else None


def _is_list(annotation: object) -> bool:
    return typing.get_origin(annotation) is tuple


def _is_ids(annotation: object) -> bool:
    """Tell whether a list holds ids or choices, which stand in one line."""
    return bool(
        _choices(annotation) or {model.ID_PATTERN, model.REF_PATTERN} & _patterns(annotation)
    )


def _patterns(annotation: object) -> set[object]:
    rules = {getattr(rule, "pattern", None) for rule in getattr(annotation, "__metadata__", ())}
    return rules.union(*map(_patterns, typing.get_args(annotation)))
