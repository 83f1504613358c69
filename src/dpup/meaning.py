"""Fingerprints of what an entry, a practice or an item says, apart from how it is laid out.

A fingerprint ties an approval to what was approved. It stays the same when white space,
punctuation, capitals, marks of Markdown or the order of ids change, and when the tool learns a key
that is not used. It changes with each word, number and reference.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from dpup import fingerprints, links, model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.entries import Addressed, Entry

BOOKKEEPING: Final = frozenset(
    {
        "approved",
        "changes",
        "minutes",
        "number",
        "review",
        "review_by",
        "reviewed",
        "sources",
        "status",
        "version",
    }
)
"""Keys that say how things stand with an entry, and not what it says."""

_KEPT: Final = frozenset("%=&@")  # marks that are read as words
_APOSTROPHES = re.compile(r"(?<=\w)['’](?=\w)")  # noqa: RUF001 - both are in use
_TOKENS = re.compile(r"""https?://[^\s<>()"']+|[^\W_]+|[^\w\s]""")  # an address is one word


def of_entry(entry: Entry) -> str:
    """Give the fingerprint of all that an entry says: its facts, with all items, and its body."""
    said = {"kind": entry.kind.name, "facts": _facts(entry.facts), "body": words(entry.body)}
    return _hash(said)


def of_item(item: Addressed) -> str:
    """Give the fingerprint of a practice, question, field or outcome, wherever it stands."""
    return _hash({key: value for key, value in _facts(item.facts).items() if key != "id"})


def of_all(things: tuple[Addressed, ...]) -> str:
    """Give one fingerprint of several items, in whatever order they come."""
    return _hash(sorted([thing.id, of_item(thing)] for thing in things))


def words(text: str) -> str:
    """Reduce a text to what is read: words, numbers and the few marks that are spoken."""
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFC", text).casefold())
    return " ".join(token for token in _TOKENS.findall(plain) if _is_read(token))


def _is_read(token: str) -> bool:
    return token[0].isalnum() or token in _KEPT or unicodedata.category(token) == "Sc"


def _facts(facts: BaseModel) -> dict[str, object]:
    return dict(_said(facts))


def _said(facts: BaseModel) -> Iterator[tuple[str, object]]:
    """Yield the keys that say something, with values that can be written as JSON."""
    for name, field in type(facts).model_fields.items():
        value = getattr(facts, name)
        if name in BOOKKEEPING or value == field.get_default():
            continue
        yield model.key_of(type(facts), name), _value(name, value)


def _value(name: str, value: object) -> object:
    if isinstance(value, BaseModel):
        return _facts(value)
    if isinstance(value, tuple):
        found = [_value(name, item) for item in value]
        return sorted(map(str, found)) if name in links.FIELDS else found
    if name == "id" or name in links.FIELDS or not isinstance(value, str):
        return str(value)
    return words(value)


def _hash(said: object) -> str:
    return fingerprints.of(json.dumps(said, ensure_ascii=False, sort_keys=True))
