"""JSON Schema of every kind of content file, for editors and for other programs."""

from __future__ import annotations

import json
from typing import Any

from dpup.kinds import KINDS, Kind

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def files() -> dict[str, str]:
    """Map file names to schema texts: ``guideline.json``, ``roles.json`` and so on."""
    return {f"{_name(kind)}.json": _text(kind) for kind in KINDS.values()}


def schema(kind: Kind) -> dict[str, Any]:
    """Give the schema of a file: of its front matter, or of its whole list."""
    shape = kind.model.model_json_schema(mode="validation")
    head = {"$schema": _DRAFT, "title": f"DPUP content: {_name(kind)}"}
    if not kind.is_list:
        return {**shape, **head}
    definitions = shape.pop("$defs", {})
    return {**head, "type": "array", "items": shape, "$defs": definitions}


def _name(kind: Kind) -> str:
    return kind.place.rpartition("/")[2].removesuffix(".yml") if kind.is_list else kind.name


def _text(kind: Kind) -> str:
    return json.dumps(schema(kind), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
