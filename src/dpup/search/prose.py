"""The words of the facts of an entry: whatever is typed as text, wherever it stands.

It goes by the types of the model, so that what a new field says can be found as well.
"""

from __future__ import annotations

import functools
import typing
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from dpup.model import Line, Text, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.safeyaml import Path

# The history of an entry, and what is uncertain in it, is not what people look for.
_LEFT_OUT: Final = frozenset({"approved", "changes", "review", "withdrawn"})


def of(facts: BaseModel, but: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield each text in some facts, in reading order.

    ``but`` names fields of the facts themselves to leave out. Parts that are withdrawn say
    nothing any more.
    """
    return (text for where, text in placed(facts, _LEFT_OUT) if where[0] not in but)


def placed(facts: BaseModel, left_out: frozenset[str]) -> Iterator[tuple[Path, str]]:
    """Yield each text with the path of its field, but for fields of some names."""
    names = _names(type(facts))
    for name, value in facts:
        if name in left_out:
            continue
        key = key_of(type(facts), name)
        for where, item in _items(key, value):
            if isinstance(item, BaseModel) and not getattr(item, "withdrawn", None):
                yield from ((where + inner, text) for inner, text in placed(item, left_out))
            elif isinstance(item, str) and name in names:
                yield where, item


def _items(key: str, value: object) -> Iterator[tuple[Path, object]]:
    if isinstance(value, tuple):
        yield from (((key, index), item) for index, item in enumerate(value))
    else:
        yield (key,), value


@functools.cache
def _names(shape: type[BaseModel]) -> frozenset[str]:
    """Name the fields of a model that hold text and not an id, a date or a choice."""
    hints = typing.get_type_hints(shape, include_extras=True)
    return frozenset(name for name, hint in hints.items() if _is_text(hint))


def _is_text(hint: object) -> bool:
    return hint in (Text, Line) or any(_is_text(part) for part in typing.get_args(hint))
