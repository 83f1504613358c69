"""Say what broke a YAML text: the slip that a person made, not where the parser gave up.

Knows PyYAML's errors and the text; knows nothing of the policy.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOP = yaml.Mark("", 0, 0, 0, "", 0)
_TIGHT_DASH = re.compile(r"(\s*)-[^\s-]")
_KEY = re.compile(r"(\s+)[\w-]+:")
_NO_QUOTE_END = ("This quotation mark is never closed.", "Add the missing quotation mark.")


@dataclasses.dataclass(frozen=True, slots=True)
class Slip:
    """A place, counted from 0, with what is wrong there and the cure."""

    line: int
    column: int
    message: str
    hint: str


def slip(error: yaml.MarkedYAMLError, text: str) -> Slip:
    """Find the slip behind an error: first by the text around it, then by what was said."""
    mark = error.problem_mark or error.context_mark or _TOP
    said = f"{error.context or ''} {error.problem or ''}"
    found = _quote(text, mark, said)
    if found is None and "mapping values" in said:
        found = _dash(text, mark) or _indented_key(text, mark)
    return found or _by_message(error, mark, said)


def _quote(text: str, mark: yaml.Mark, said: str) -> Slip | None:
    """See whether the last quoted text explains it: it ran on, or more text follows it."""
    last = None
    for token in _quoted(text):
        if token.start_mark.index < mark.index:  # the scanner may go on where the parser gave up
            last = token
    if last is None or last.end_mark.line != mark.line or mark.index < last.end_mark.index:
        return None
    if last.start_mark.line < last.end_mark.line:
        return Slip(last.start_mark.line, last.start_mark.column, *_NO_QUOTE_END)
    at_once = mark.index == last.end_mark.index and "flow" in said
    if not at_once and "block mapping" not in said and "block collection" not in said:
        return None
    other = "double" if last.style == "'" else "single"
    hint = f"Put {other} quotes around the whole text, or remove the quotation marks."
    if last.end_mark.column == mark.column:
        hint = f"Put {other} quotes around the whole text, or write “ and ” inside it."
    return Slip(mark.line, mark.column, "Text stands after the closing quotation mark.", hint)


def _quoted(text: str) -> Iterator[yaml.ScalarToken]:
    """Yield the quoted texts up to where the scanner stops."""
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.style in {"'", '"'}:
                yield token
    except yaml.YAMLError:
        return


def _dash(text: str, mark: yaml.Mark) -> Slip | None:
    """See a list item without a space after its dash, here or in the line above."""
    lines = text.split("\n")
    for number in (mark.line, mark.line - 1):
        tight = _TIGHT_DASH.match(lines[number]) if 0 <= number < len(lines) else None
        if tight:
            column = len(tight.group(1))
            return Slip(number, column, "A dash needs a space after it.", "Write - and a space.")
    return None


def _indented_key(text: str, mark: yaml.Mark) -> Slip | None:
    key = _KEY.match(text.split("\n")[mark.line])
    if key is None or key.end() - 1 != mark.column:
        return None
    message = "This looks like a key, but it is indented as part of the text above."
    hint = "Line it up with the other keys, or put the whole text above in double quotes."
    return Slip(mark.line, len(key.group(1)), message, hint)


def _by_message(error: yaml.MarkedYAMLError, mark: yaml.Mark, said: str) -> Slip:
    for needle, at_context, message, cure in _CURES:
        if needle in said:
            place = (error.context_mark if at_context else None) or mark
            return Slip(place.line, place.column, message, cure)
    message = f"YAML can't be read here: {said.strip()}."
    return Slip(mark.line, mark.column, message, "Compare with a file that works.")


_START = "A text can't start with this character."
_QUOTE_IT = "Put the whole text in double quotes."
# What PyYAML says, whether its context mark is the better place, the sentence and the cure.
_CURES = (
    (
        "escape",
        False,
        "A backslash in double quotes starts an escape.",
        "Use single quotes, or write two backslashes.",
    ),
    (
        "but got '?'",
        False,
        "A question mark can't end a text between brackets or braces.",
        "Put the text in double quotes, or write each key on a line of its own.",
    ),
    ("flow sequence", True, "This [ is never closed.", "Add the missing ] or comma."),
    ("flow mapping", True, "This { is never closed.", "Add the missing } or comma."),
    ("quoted scalar", True, *_NO_QUOTE_END),
    (
        "mapping values are not allowed",
        False,
        "A colon followed by a space stands inside this text.",
        _QUOTE_IT,
    ),
    ("cannot start any token", False, _START, _QUOTE_IT),
    ("scanning an alias", True, _START, _QUOTE_IT),
    ("scanning an anchor", True, _START, _QUOTE_IT),
    ("scanning a tag", True, _START, _QUOTE_IT),
    ("tag handle", False, _START, _QUOTE_IT),
    (
        "could not find expected ':'",
        True,
        "This line is neither a key nor the rest of a text.",
        "Write key: value with a space after the colon, or indent the line under its key.",
    ),
    (
        "block mapping",
        False,
        "The indentation or quoting goes wrong here.",
        "Line this up with the keys above it, or put the text above in double quotes.",
    ),
    (
        "block collection",
        False,
        "The indentation of this list goes wrong here.",
        "Line the dashes up with the ones above.",
    ),
    (
        "node content",
        False,
        "A value is expected here.",
        "Close what was opened, or put the whole text in double quotes.",
    ),
    (
        "document start",
        False,
        "This line does not belong to what stands above it.",
        "Write key: value, or start the line with a dash.",
    ),
    (
        "single document",
        False,
        "A second document starts here.",
        "Remove the line with the three dashes.",
    ),
)
