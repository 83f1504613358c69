"""JSON Schema of every kind of content file, for editors and for other programs."""

from __future__ import annotations

import functools
import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dpup.kinds import KINDS, RESOURCES, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


@functools.cache  # a preview asks at each save, and they follow from the models alone
def files() -> Mapping[str, str]:
    """Map file names to schema texts: ``guideline.json``, ``roles.json`` and so on."""
    each = {f"{name(kind)}.json": _text(schema(kind)) for kind in KINDS.values()}
    return MappingProxyType({**each, "toolkit.json": _text(toolkit_schema())})


def toolkit_schema() -> dict[str, Any]:
    """Give the schema of any resource: an editor chooses by what its kind says."""
    choices = [
        {
            "if": {"properties": {"kind": {"const": kind.name}}, "required": ["kind"]},
            "then": {"$ref": f"{kind.name}.json"},
        }
        for kind in RESOURCES
    ]
    names = [kind.name for kind in RESOURCES]
    head = {"$schema": _DRAFT, "title": "DPUP content: toolkit", "required": ["kind"]}
    return {**head, "properties": {"kind": {"enum": names}}, "allOf": choices}


def schema(kind: Kind) -> dict[str, Any]:
    """Give the schema of a file: of its front matter, or of its whole list."""
    shape = kind.model.model_json_schema(mode="validation")
    head = {"$schema": _DRAFT, "title": f"DPUP content: {name(kind)}"}
    if not kind.is_list:
        return {**shape, **head}
    definitions = shape.pop("$defs", {})
    return {**head, "type": "array", "items": shape, "$defs": definitions}


def name(kind: Kind) -> str:
    """Name the schema of a kind: ``guideline``, or ``roles`` for a list."""
    return kind.place.rpartition("/")[2].removesuffix(".yml") if kind.is_list else kind.name


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
