"""Turn what pydantic says of a file's data into problems that a newcomer can mend.

Knows the models' patterns and the marks of the YAML; knows nothing of other files.
"""

from __future__ import annotations

import datetime as dt
import difflib
import typing
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from dpup import model
from dpup.characters import look_alike
from dpup.problems import Problem, visible
from dpup.safeyaml import Mark, Path, dotted
from dpup.source import of_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dpup.source import Source

_START = Mark(1, 1, 1, 1)


def explain(
    error: ValidationError, source: Source, shape: type[BaseModel], base: Path = ()
) -> list[Problem]:
    """Give one problem for each error, at the line and column of its cause.

    ``base`` is the path of the validated data inside the file, for items of a list.
    """
    found: list[dict[str, Any]] = [dict(details) for details in error.errors(include_url=False)]
    return [
        _one(details, source, shape, base)
        for details in found
        if (*base, *details["loc"]) not in source.front.refused
        and not _follows(details, found, shape)
    ]


def fault(text: str, shape: type[BaseModel]) -> str:
    """Say what is wrong first in a YAML text that is to be written; empty where nothing is."""
    source = of_text(text, "new.yml")
    found = source.problems
    if not found:
        try:
            shape.model_validate(source.front.data)
        except ValidationError as error:
            found = explain(error, source, shape)
    told = [": ".join(filter(None, (problem.where, problem.sentence))) for problem in found]
    return visible(told[0]) if told else ""


def _follows(details: dict[str, Any], found: list[dict[str, Any]], shape: type[BaseModel]) -> bool:
    """Tell whether an error only follows from another: mending that one mends both.

    A misspelt key leaves its right spelling missing; a list whose items are wrong counts as
    empty.
    """
    loc = details["loc"]
    if details["type"] == "too_short":
        return any(len(other["loc"]) > len(loc) and _under(other, loc) for other in found)
    if details["type"] != "missing":
        return False
    keys = _known_keys(shape, loc[:-1])
    near = [other for other in found if len(other["loc"]) == len(loc) and _under(other, loc[:-1])]
    unknown = [str(other["loc"][-1]) for other in near if other["type"] == "extra_forbidden"]
    return any(closest(word, keys) == loc[-1] for word in unknown)


def _under(details: dict[str, Any], loc: Path) -> bool:
    return bool(details["loc"][: len(loc)] == loc)


def nearest(word: str, known: Iterable[str]) -> str:
    """Give "Did you mean 'x'?" for the closest known word, or an empty string."""
    close = closest(word, known)
    return f"Did you mean '{close}'?" if close else ""


def closest(word: str, known: Iterable[str]) -> str:
    """Give the closest known word, or an empty string."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)), "")


def place(marks: Mapping[Path, Mark], where: Path, *, key: bool = False) -> tuple[int, int]:
    """Line and column of the closest known place on the way to ``where``.

    A value that starts below its key is found at the key, which is what people look for.
    """
    for end in range(len(where), 0, -1):
        if mark := marks.get(where[:end]):
            on_key = key or end < len(where) or mark.value_line > mark.line
            return (mark.line, mark.column) if on_key else (mark.value_line, mark.value_column)
    return (_START.line, _START.column)


def _one(details: dict[str, Any], source: Source, shape: type[BaseModel], base: Path) -> Problem:
    where: Path = (*base, *details["loc"])
    kind: str = details["type"]
    mark = source.front.marks.get(where)
    on_key = kind in {"extra_forbidden", "missing"}
    line, column = place(source.front.marks, where, key=on_key)
    message, hint = _say(kind, details, mark, _known_keys(shape, details["loc"][:-1]))
    return Problem(source.path, line, column, dotted(where), message, hint)


def _known_keys(shape: type[BaseModel], steps: Path) -> list[str]:
    """Follow a path through the models to the keys that are allowed at its end."""
    current = shape
    for step in steps:
        if isinstance(step, str) and step in current.model_fields:
            inner = _model_in(current.model_fields[step].annotation)
            current = inner or current
    return [model.key_of(current, name) for name in current.model_fields]


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in typing.get_args(annotation))
    return next((inner for inner in found if inner), None)


def _say(kind: str, details: dict[str, Any], mark: Mark | None, keys: list[str]) -> tuple[str, str]:
    """Choose the sentence and the cure for one kind of error."""
    name = str(details["loc"][-1]) if details["loc"] else ""
    if kind == "extra_forbidden":
        return _unknown_key(name, keys)
    if kind == "missing":
        return f"The key '{name}' is missing.", f"Add a line that starts with {name}:"
    if kind == "string_pattern_mismatch":
        return _pattern(str(details["input"]), details["ctx"]["pattern"])
    if kind == "literal_error":
        return _choice(details)
    if kind.startswith(("too_", "string_too_", "greater_", "less_")):
        return _size(kind, details)
    return _wrong_type(kind, name, details["input"], mark)


def _unknown_key(name: str, keys: list[str]) -> tuple[str, str]:
    hint = nearest(name, keys) or f"Known keys: {', '.join(keys)}."
    return f"Unknown key '{name}'.", hint


def _choice(details: dict[str, Any]) -> tuple[str, str]:
    allowed: str = details["ctx"]["expected"]
    words = allowed.replace("'", "").replace(" or ", ", ").split(", ")
    given = short(str(details["input"]))
    hint = nearest(given, words) or f"Choose one of: {', '.join(words)}."
    return f"'{given}' is not one of the choices.", hint


def one_of(label: str) -> str:
    """Ask for the id of something, with the right article."""
    article = "an" if label[0] in "aeiou" else "a"
    return f"Use the id of {article} {label} that exists."


def short(text: str) -> str:
    """Cut a long text, so that a message stays a line."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_SHOWN = 60


def _pattern(given: str, pattern: str) -> tuple[str, str]:
    given = short(given)
    if pattern in {model.ID_PATTERN, model.REF_PATTERN}:
        shown = look_alike(given)
        hint = "Use the letters a to z, digits and single hyphens, as in purpose-matters."
        return (f"'{given}' is not an id." + (f" {shown}" if shown else "")), hint
    for start, (message, hint) in _PATTERNS.items():
        if pattern.startswith(start):
            long = long_number(given) if start == _VERSION else ""
            return message.format(given=given), f"{long}{hint}"
    return "Only spaces stand here.", "Write something, or remove the key."


def long_number(version: str) -> str:
    """Say that a number of a version is too long, where that is what is wrong with it."""
    parts = version.rstrip("…").split(".")
    too_long = max(map(len, parts)) > _DIGITS and all(map(str.isdecimal, parts))
    return f"A number has at most {_DIGITS} digits. " if too_long else ""


_DIGITS = 4
_VERSION = r"^(0|[1-9]"
_VERSION_HINT = 'Write three numbers in quotes, as "1.2.0".'
_PATTERNS = {
    _VERSION: (
        "'{given}' is not a version.",
        _VERSION_HINT,
    ),
    r"^[0-9a-f]{12}": (
        "'{given}' is not a fingerprint.",
        'Write its 12 digits in quotes, as "0a1b2c3d4e5f".',
    ),
    r"^https?": (
        "'{given}' is not a web address.",
        "Start it with https:// and leave no spaces or quotation marks.",
    ),
    r"^\d{4}": (
        "'{given}' is not a date to sort by.",
        'Write "2026", "2026-11" or "2026-11-24".',
    ),
    r"^\S[^\n]": (
        "This has to be one line without spaces at its ends.",
        "Join the lines, or use a folded text (>-).",
    ),
}


def _size(kind: str, details: dict[str, Any]) -> tuple[str, str]:
    context = details["ctx"]
    if kind == "string_too_short" or (kind == "too_short" and context.get("actual_length") == 0):
        return "Nothing stands here.", "Fill it in."
    if kind == "string_too_long":
        size = f"{len(details['input'])} characters; the limit is {context['max_length']}"
        return f"This has {size}.", "Shorten it."
    if kind in {"too_short", "too_long"}:
        return _count(kind, context)
    low, high = context.get("ge"), context.get("le")
    limit = f"at least {low}" if low is not None else f"at most {high}"
    return f"{short(str(details['input']))} is out of range.", f"Write a number that is {limit}."


def _count(kind: str, context: dict[str, Any]) -> tuple[str, str]:
    """Say that a list has too few or too many items."""
    have = f"This list has {context['actual_length']}"
    if kind == "too_short":
        return f"{have}; at least {context['min_length']} are needed.", "Add what is missing."
    return f"{have}; the limit is {context['max_length']}.", "Keep the most important."


_NAMES: dict[type, str] = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a text",
    tuple: "a list",
    dict: "a set of keys",
    dt.date: "a date",
    type(None): "nothing",
}
_WANTED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "date_type": "a date, as 2026-11-24",
    "date_from_datetime_parsing": "a date, as 2026-11-24",
    "tuple_type": "a list",
    "model_type": "a set of keys",
    "model_attributes_type": "a set of keys",
}


def _wrong_type(kind: str, name: str, given: object, mark: Mark | None) -> tuple[str, str]:
    wanted = _WANTED.get(kind, "something else")
    found = _NAMES.get(type(given), "something else")
    raw = mark.raw if mark else ""
    if kind == "string_type" and raw:
        example = _VERSION_HINT if name == "version" else f'Write "{raw}" in quotes.'
        return f"{raw} without quotes is {found}, not a text.", example
    if kind == "date_type" and isinstance(given, str):
        return f"'{short(given)}' is not a date.", _WANTED_HINTS[kind]
    hint = "Fill it in, or remove it." if given is None else _WANTED_HINTS.get(kind, "")
    return f"Here stands {found}; {wanted} is expected.", hint


_WANTED_HINTS = {
    "string_type": "Write one text after the colon, without brackets or dashes.",
    "int_type": "Write a whole number without quotes.",
    "bool_type": "Write true or false without quotes.",
    "date_type": "Write year-month-day without quotes, as 2026-11-24.",
    "tuple_type": "Put each item on its own line after a dash, or write [a, b].",
    "model_type": "Write key: value lines, indented below this key.",
    "model_attributes_type": "Write key: value lines, indented below this key.",
}
