"""Data blocks: the one kind of script element that may stand in an article, as nothing runs it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def data_of(script: Element) -> dict[str, Any] | None:
    """Give what a data block says; None for any script that is not exactly one of ours."""
    text = script.text or ""
    if any(char in text for char in "<>&\u2028\u2029\n") or len(script):
        return None
    if dict(script.attrib) == {"type": "application/json"}:
        data = json.loads(text)  # for a component of the page that it stands in
        return data if isinstance(data, dict) else None
    if dict(script.attrib) != {"type": "application/ld+json"}:
        return None
    data = json.loads(text)
    return data if data.get("@context") == "https://schema.org" else None


def blocks(tree: Element) -> list[dict[str, Any]]:
    """Give every block of schema.org data of a page."""
    found = (data_of(script) for script in tree.iter("script"))
    return [data for data in found if data is not None and "@context" in data]
