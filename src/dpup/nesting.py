"""Models inside models: which fields can hold them, and what they hold.

Most fields are plain texts; to pass over those is what makes a walk through a large tree quick.
"""

from __future__ import annotations

import functools
import typing
from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator


def holds_models(annotation: object) -> bool:
    """Tell whether a field of that type can hold another model, itself or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return any(holds_models(part) for part in typing.get_args(annotation))


def models_in(facts: BaseModel) -> Iterator[tuple[str, BaseModel]]:
    """Yield the models inside a model, one level down, with the names of their fields."""
    for name in inner(type(facts)):
        value = getattr(facts, name, None)  # a draft may lack it
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, BaseModel):
                yield name, item


@functools.cache
def inner(shape: type[BaseModel]) -> tuple[str, ...]:
    """Name the fields that can hold other models."""
    fields = shape.model_fields.items()
    return tuple(name for name, field in fields if holds_models(field.annotation))
