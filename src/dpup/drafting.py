"""Plain data of an entry to the text of its file, which reads back as the same data.

YAML's own emitter chooses the quotes, so that no text can become anything but text. Keys come in
the order of the model. Knows models and YAML; opens no file.
"""

from __future__ import annotations

import datetime as dt
import re
import typing
from typing import TYPE_CHECKING, Any, Final

import yaml
from pydantic import BaseModel

from dpup import model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

    from dpup.safeyaml import Data

WIDTH: Final = 100
_LAST: Final = "changes"
# Text that a folded block gives back as it was: words with one space between them.
_FOLDS: Final = re.compile(r"\S+(?: \S+)+")
_ID: Final = re.compile(model.REF_PATTERN)


class _Plain(yaml.SafeDumper):
    """Writes what ``safeyaml`` reads: no anchors, tags or surprises."""

    def ignore_aliases(self, data: object) -> bool:
        """Write the same thing out each time that it stands somewhere."""
        del data
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 - PyYAML's signature
        """Indent the items of a list below their key."""
        del indentless
        super().increase_indent(flow, False)  # noqa: FBT003 - PyYAML's signature


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    long = len(text) > WIDTH - 20 and _FOLDS.fullmatch(text) and text.isprintable()
    # A version would be a text without quotes too, but 1.0 would not: so all are written alike.
    style = '"' if text[:1].isdigit() else ">" if long else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _list(dumper: yaml.SafeDumper, items: tuple[object, ...] | list[object]) -> yaml.SequenceNode:
    """Write a list of ids in one line, and every other list with a line for each item."""
    short = all(isinstance(item, str) and _ID.fullmatch(item) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=short)


_Plain.add_representer(str, _text)
_Plain.add_representer(list, _list)
_Plain.add_representer(tuple, _list)


def document(shape: type[BaseModel], data: Mapping[str, Data], body: str = "") -> str:
    """Write a Markdown file: facts between two lines of dashes, and the text below."""
    text = body.strip("\n")
    return f"---\n{written(ordered(shape, data))}---\n" + (f"\n{text}\n" if text else "")


def item(shape: type[BaseModel], data: Mapping[str, Data]) -> str:
    """Write one item of a list of entries."""
    return written([ordered(shape, data)])


def written(data: object) -> str:
    """Write any data as YAML."""
    return yaml.dump(
        data,
        Dumper=_Plain,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=WIDTH,
    )


def in_line(data: object) -> str:
    """Write any data as YAML in one line."""
    shown = yaml.dump(
        data, Dumper=_Plain, allow_unicode=True, default_flow_style=True, width=_NO_END
    )
    return shown.removesuffix("\n")


def quoted(text: str) -> str:
    """Write a text in double quotes, in one line."""
    node = yaml.ScalarNode("tag:yaml.org,2002:str", text, style='"')
    shown = yaml.serialize(node, Dumper=_Plain, allow_unicode=True, width=_NO_END)
    return shown.removesuffix("\n")


_NO_END: Final = 1 << 30


def ordered(shape: type[BaseModel], data: Mapping[str, Data]) -> dict[str, Any]:
    """Put keys into the order of the model; keys that it does not have come last, as they are."""
    known = {key: field for key, field in keys(shape) if key in data}
    rest = {key: value for key, value in data.items() if key not in known}
    return {key: _inside(field.annotation, data[key]) for key, field in known.items()} | rest


def keys(shape: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """Yield the keys of a model with their fields: what chooses it first, its history last."""
    fields = {model.key_of(shape, name): field for name, field in shape.model_fields.items()}
    yield from sorted(fields.items(), key=lambda pair: _rank(*pair))


def _rank(key: str, field: FieldInfo) -> int:
    choices = typing.get_args(field.annotation)
    chooses = typing.get_origin(field.annotation) is typing.Literal and len(choices) == 1
    return -1 if chooses else int(key == _LAST)


def _inside(annotation: object, value: Data) -> object:
    inner = inner_model(annotation)
    if inner and isinstance(value, dict):
        return ordered(inner, value)
    if inner and isinstance(value, tuple | list):
        return [_inside(annotation, part) for part in value]
    return value


def inner_model(annotation: object) -> type[BaseModel] | None:
    """Find the model that a field holds, alone or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (inner_model(part) for part in typing.get_args(annotation))
    return next((inner for inner in found if inner), None)


def plain(facts: BaseModel) -> dict[str, Data]:
    """Give the data of a model, as it would be written, without what says nothing."""
    out: dict[str, Data] = {}
    for name, field in type(facts).model_fields.items():
        value = getattr(facts, name)
        if field.is_required() or value != field.default:
            out[model.key_of(type(facts), name)] = _plain(value)
    return out


def _plain(value: object) -> Data:
    if isinstance(value, BaseModel):
        return plain(value)
    if isinstance(value, tuple):
        return tuple(_plain(part) for part in value)
    assert isinstance(value, str | int | float | bool | dt.date | None)  # noqa: S101 - no other
    return value
