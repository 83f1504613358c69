"""Fingerprints of what an entry, a practice or an item says, apart from how it is laid out.

A fingerprint ties an approval to what was approved. It stays the same when white space,
punctuation, capitals, marks of Markdown or the order of ids change, and when the tool learns a key
that is not used. It changes with each word, number, sign, address and reference.
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

_KEPT: Final = frozenset("%‰=&@")  # marks that are read as words
_SIGNS: Final = frozenset({"Sm", "Sc", "So", "Mn", "Mc", "Me"})
"""Categories of signs that say something, and of marks on letters, which may strike them out."""
_LAYOUT: Final = frozenset("|~\ufe0e\ufe0f")
"""Signs that only lay out: of tables, of what is struck out, and of how an emoji looks."""
_APOSTROPHES = re.compile(r"(?<=\w)['’](?=\w)")  # noqa: RUF001 - both are in use
_BLOCKS = re.compile(r"^[ \t]*+(?:[>+][ \t]*+)++(?!\d)", re.MULTILINE)  # quotations, lists
# The parts of an address have limits, so that no text takes long.
_TOKENS = re.compile(
    r"""
    <?(?P<address>
        (?:(?i:https?)://|(?i:www)\.)[^\s<>()"'“”‘’«»|`]*[^\s<>()"'“”‘’«»|`.,;:!?…*_~\]]
        | [^\W_](?:[\w.+%-]{0,62}[^\W_])?@[^\W_][\w-]{0,62}(?:\.[^\W_][\w-]{0,62}){1,8}(?<!_)
    )>?
    | (?P<minus>(?<![^\s(\[“‘"'*_])[-−](?=[$£€]?\.?\d))
    | (?P<about>(?<!~)~(?=[ ]?\d))
    | (?:(?<![^\s(\[“‘"'*_$£€−-])\.(?=\d))?  # as in .5
      [^\W_]+(?:(?<=\d)(?:[.,:]|[ \t]?[/⁄][ \t]?|[ \t]?-\s?|\s?[‐‑‒–—−]\s?)(?=\d)[^\W_]+)*
    | [^\w\s]
    """,  # noqa: RUF001 - dashes, quotation marks and minus signs of all sorts
    re.VERBOSE,
)
_DASH = re.compile(r"\s*[-‐‑‒–—−]\s*")  # noqa: RUF001
_SLASH = re.compile(r"\s*[/⁄]\s*")  # noqa: RUF001


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
    """Reduce a text to what is read: words, numbers, addresses, and signs that say something."""
    plain = _BLOCKS.sub("", _APOSTROPHES.sub("", unicodedata.normalize("NFC", text)))
    return " ".join(filter(None, map(_read, _TOKENS.finditer(plain))))


def _read(found: re.Match[str]) -> str:
    """Give what is read of one token; empty where it is punctuation or layout."""
    token = found.group()
    if found["address"]:  # capitals may lead elsewhere
        return found["address"]
    if found["minus"]:
        return "-"
    if found["about"]:
        return token
    if len(token) > 1 or token.isalnum():
        return _SLASH.sub("/", _DASH.sub("-", token)).casefold()
    return token if _is_read(token) else ""


def _is_read(sign: str) -> bool:
    return sign in _KEPT or (unicodedata.category(sign) in _SIGNS and sign not in _LAYOUT)


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
