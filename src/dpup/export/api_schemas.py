"""How the shapes of the API are written down: as text, and as JSON Schemas made from them."""

from __future__ import annotations

import json
from typing import Any, Final

from dpup import schemas
from dpup.export import records
from dpup.kinds import KINDS

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
FILES: Final[dict[str, type[records.Opening]]] = {
    "schema/api-index.json": records.IndexFile,
    "schema/api-entry.json": records.EntryFile,
    "schema/api-practices.json": records.PracticesFile,
    "schema/api-matrix.json": records.MatrixFile,
}
"""Where the schema of each shape is published."""


def text(data: records.Record | dict[str, Any]) -> str:
    """Write a file: UTF-8, in the order of the shape, without what is not there."""
    plain = (
        data.model_dump(mode="json", exclude_none=True)
        if isinstance(data, records.Record)
        else data
    )
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def published() -> dict[str, str]:
    """Map the path of each schema, from the root of the site, to its text."""
    return {path: text(schema(shape)) for path, shape in FILES.items()}


def schema(shape: type[records.Opening]) -> dict[str, Any]:
    """Give the JSON Schema of a shape; the facts of an entry fit the schema of its kind."""
    found = {"$schema": _DRAFT, **shape.model_json_schema()}
    if shape is records.EntryFile:
        found["allOf"] = [_facts_of(name) for name in KINDS]
    return found


def _facts_of(kind: str) -> dict[str, Any]:
    of = schemas.name(KINDS[kind]) + (".json#/items" if KINDS[kind].is_list else ".json")
    return {
        "if": {"properties": {"kind": {"const": kind}}},
        "then": {"properties": {"facts": {"$ref": of}}},
    }
