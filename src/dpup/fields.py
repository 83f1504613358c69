"""The models as tables for contributors: every field, what it says, and whether it is needed."""

from __future__ import annotations

import dataclasses
import typing
from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.kinds import Kind


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """One key of a file."""

    name: str
    required: bool
    description: str


@dataclasses.dataclass(frozen=True, slots=True)
class Shape:
    """A model as a table."""

    name: str
    meaning: str
    fields: tuple[Field, ...]


def shapes(kind: Kind) -> tuple[Shape, ...]:
    """Give the model of a kind and the models inside it, each once, outermost first."""
    found: dict[str, Shape] = {}
    for model in _reach(kind.model):
        found.setdefault(model.__name__, _shape(model))
    return tuple(found.values())


def _shape(model: type[BaseModel]) -> Shape:
    meaning = (model.__doc__ or "").partition("\n")[0]
    fields = (
        Field(field.alias or name, field.is_required(), field.description or "")
        for name, field in model.model_fields.items()
    )
    return Shape(model.__name__, meaning, tuple(fields))


def _reach(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for inner in _models_in(field.annotation):
            yield from _reach(inner)


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _models_in(part)
