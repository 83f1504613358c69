"""A YAML scalar to a value that means what it looks like, or a surprise with its cure.

YAML 1.1 reads ``no`` as false, ``010`` as 8 and ``12:30`` as 750. None of that passes here,
and neither do template braces: a field is data, and data is never run. Nor may a comment eat the
end of a text: in ``issue #6`` YAML sees ``issue``.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

import yaml

Scalar = str | int | float | bool | dt.date | None

_TAG: Final = "tag:yaml.org,2002:"
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BRACES = re.compile(r"\{\{|\{%|\{#")
BRACES: Final = (
    "Template braces can't stand in a field.",
    "Say it in words; a call belongs in the text below the front matter.",
)

# Behind a value, in its line or in one that goes on with it. A comment has a space after its sign.
_CUT = re.compile(r"(?: +|\n+( +))(#\w\S{0,30})")
_KEY_AT = re.compile(r" *(?:- +)*")


class SurpriseError(ValueError):
    """A scalar that YAML would read as something else than people do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def has_braces(text: str) -> bool:
    """Tell whether Jinja could see the start of a template in a text."""
    return _BRACES.search(text) is not None


def resolve(node: yaml.ScalarNode) -> Scalar:
    """Give the value of a scalar, or raise a SurpriseError."""
    raw: str = node.value
    if has_braces(raw):
        raise SurpriseError(*BRACES)
    match node.tag.removeprefix(_TAG):
        case "null":
            return None
        case "bool":
            return _boolean(raw)
        case "int" | "float" as kind:
            return _number(raw, node, kind)
        case "timestamp":
            return _date(raw)
    return raw


def cut_off(node: yaml.ScalarNode, text: str) -> re.Match[str] | None:
    """Find what YAML takes for a comment although it goes on with a value, such as ``#6``."""
    if node.style in {"|", ">"} or (found := _CUT.match(text, node.end_mark.index)) is None:
        return None
    if found[1] is None:
        return found
    first = text.rfind("\n", 0, node.start_mark.index) + 1
    key = _KEY_AT.match(text, first, node.start_mark.index)
    column = key.end() - first if key else 0
    starts = column == node.start_mark.column  # no key in this line: an item, or a text below it
    goes_on = not node.style and node.value and len(found[1]) > column - 2 * starts
    return found if goes_on else None


def _boolean(raw: str) -> bool:
    if raw in {"true", "false"}:
        return raw == "true"
    value = "true" if raw.lower() in {"yes", "on", "true"} else "false"
    message = f"YAML reads {raw} without quotes as {value}."
    raise SurpriseError(message, f'Write "{raw}" in quotes if you mean the word, or {value}.')


def _number(raw: str, node: yaml.ScalarNode, kind: str) -> float:
    if kind == "int" and _DECIMAL.fullmatch(raw):
        return int(raw)
    if kind == "float" and raw.replace(".", "", 1).isdecimal():
        return float(raw)
    shown = raw if len(raw) <= _SHOWN else f"{raw[:_SHOWN]}…"
    message = f"YAML reads {shown} as {_as_yaml_does(node, kind)}."
    raise SurpriseError(message, f'Write "{shown}" in quotes, or a plain number such as 10.')


_SHOWN: Final = 20


def _as_yaml_does(node: yaml.ScalarNode, kind: str) -> str:
    constructor = yaml.constructor.SafeConstructor()
    try:
        value = str(getattr(constructor, f"construct_yaml_{kind}")(node))
    except (ValueError, OverflowError):  # such as a number of thousands of digits
        return "a number"
    return f"the number {value}" if len(value) <= _SHOWN else "a number"


def _date(raw: str) -> dt.date:
    message, cure = f"{raw} holds a time of day.", "Write the day only, as 2026-11-24."
    if not _DAY.fullmatch(raw):
        raise SurpriseError(message, cure)
    try:
        return dt.date.fromisoformat(raw)
    except ValueError:
        message, cure = f"{raw} is not a day of the calendar.", "Correct the month or the day."
        raise SurpriseError(message, cure) from None
