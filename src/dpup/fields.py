"""The models as tables for contributors: every field, what may stand there, and what it says.

Read from the same JSON Schema that editors use, so that the tables know each limit.
"""

from __future__ import annotations

import dataclasses
import typing
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, TypeAdapter

from dpup import model
from dpup.allowed import Right
from dpup.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Node = Mapping[str, Any]

SHARED: Final = (model.Review, model.Change, model.Approval, model.Withdrawal)
"""Parts of nearly every file, shown once and not with each kind."""
PARTS: Final = {"shared": "Shared parts", "language-ok": "language-ok.yml"}
"""What has tables and is no kind, with its label."""
_NAMED: Final = (
    (model.Id, "an id"),
    (model.Ref, "a full id"),
    (model.Version, "a version in quotes"),
    (model.PartialDate, "a year, a month or a day"),
    (model.Url, "a web address"),
    (model.Fingerprint, "a fingerprint"),
    (model.Line, "one line"),
    (model.Text, "a text"),
)
_PATTERNS: Final = {TypeAdapter(shape).json_schema()["pattern"]: said for shape, said in _NAMED}
_IDS: Final = frozenset({model.ID_PATTERN, model.REF_PATTERN})
"""Their lengths are told once on the page, and not with each."""


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """One key of a file."""

    name: str
    required: bool
    takes: str
    """What may stand there, in words."""
    description: str
    default: str = ""
    """What holds where the key is left out; empty where that goes without saying."""


@dataclasses.dataclass(frozen=True, slots=True)
class Shape:
    """A model as a table."""

    name: str
    meaning: str
    fields: tuple[Field, ...]


def label(name: str) -> str:
    """Give what readers call a kind, or another thing that has tables; empty for neither."""
    return KINDS[name].label if name in KINDS else PARTS.get(name, "")


def shapes(name: str) -> tuple[Shape, ...]:
    """Give the model of a kind and those inside it, outermost first, or what else has tables."""
    if name == "shared":
        return tuple(_shape(shape) for shape in SHARED)
    outermost = Right if name == "language-ok" else KINDS[name].model
    found = dict.fromkeys(_reach(outermost))
    return tuple(_shape(shape) for shape in found if shape not in SHARED)


def _shape(shape: type[BaseModel]) -> Shape:
    schema = shape.model_json_schema(mode="validation")
    needed = schema.get("required", ())
    fields = (
        Field(key, key in needed, takes(node), _plain(node), _default(node))
        for key, node in schema["properties"].items()
    )
    return Shape(shape.__name__, (shape.__doc__ or "").partition("\n")[0], tuple(fields))


def takes(node: Node) -> str:
    """Say in words what a node of a schema takes.

    >>> takes({"type": "integer", "minimum": 1, "maximum": 99})
    'a whole number from 1 to 99'
    """
    if "anyOf" in node:  # with null, which YAML writers get by leaving the key out
        return " or ".join(takes(one) for one in node["anyOf"] if one.get("type") != "null")
    if "$ref" in node:
        return f"the keys of {node['$ref'].rpartition('/')[2]}"
    if "const" in node:
        return f"always {node['const']}"
    if "enum" in node:
        return f"one of {', '.join(node['enum'])}"
    if node["type"] == "array":
        return f"a list{_count(node)}; each: {takes(node['items'])}"
    return _single(node)


def _count(node: Node) -> str:
    least, most = node.get("minItems", 0), node.get("maxItems")
    if most:
        return f" of {least} to {most}"
    return f" of at least {least}" if least else ""


def _single(node: Node) -> str:
    if node["type"] == "integer":
        return f"a whole number from {node['minimum']} to {node['maximum']}"
    return "true or false" if node["type"] == "boolean" else _text(node)


def _text(node: Node) -> str:
    if node.get("format") == "date":
        return "a day"
    pattern = node["pattern"]
    most = "" if pattern in _IDS else node.get("maxLength", "")
    return _PATTERNS[pattern] + (f" of at most {most} characters" if most else "")


def _plain(node: Node) -> str:
    """Give the description in one line."""
    return " ".join(node.get("description", "").split())


def _default(node: Node) -> str:
    value = node.get("default")
    return str(value).lower() if isinstance(value, bool | int | str) else ""


def _reach(shape: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield shape
    for field in shape.model_fields.values():
        for inner in _models_in(field.annotation):
            yield from _reach(inner)


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _models_in(part)
