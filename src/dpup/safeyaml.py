"""YAML text to plain data, with the place of every key and value; the safe subset only.

Refused, each with its place and cure: duplicate keys, anchors and aliases, tags, merge keys,
tabs, deep nesting, and the surprises of YAML 1.1 (``no`` is false, ``1.10`` is 1.1).
This module knows nothing of the policy: it only makes data that can be trusted to mean
what it looks like.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import TYPE_CHECKING, Final

import yaml

from dpup.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

Scalar = str | int | float | bool | dt.date | None
Data = Scalar | tuple["Data", ...] | dict[str, "Data"]
Path = tuple[str | int, ...]

MAX_DEPTH: Final = 20
_TAG = "tag:yaml.org,2002:"
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """Where a key and its value stand, and how the value was written."""

    line: int
    column: int
    value_line: int
    value_column: int
    raw: str = ""


@dataclasses.dataclass(slots=True)
class Parsed:
    """What one YAML text says."""

    data: Data = None
    marks: dict[Path, Mark] = dataclasses.field(default_factory=dict)
    problems: list[Problem] = dataclasses.field(default_factory=list)
    sound: bool = True
    """False when the text could not be read as YAML at all."""


def parse(text: str, path: str, first_line: int = 1) -> Parsed:
    """Read one YAML document whose first line is ``first_line`` of the file ``path``."""
    reader = _Reader(path, first_line)
    reader.tabs(text)
    try:
        reader.events(text)
        if reader.out.sound:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
            reader.out.data = None if node is None else reader.data(node, ())
    except yaml.MarkedYAMLError as error:
        reader.syntax(error)
    except yaml.YAMLError:
        reader.out.sound = False
        reader.add(0, 0, "", "This is not YAML text.", "Remove the characters that YAML refuses.")
    return reader.out


class _Reader:
    """Walks one document and gathers data, marks and problems."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first = first_line
        self.out = Parsed()

    def add(self, line: int, column: int, where: str, message: str, hint: str) -> None:
        """Add a problem; ``line`` and ``column`` count from 0, as YAML marks do."""
        place = (line + self.first, column + 1)
        self.out.problems.append(Problem(self.path, *place, where, message, hint))

    def at(self, mark: yaml.Mark, where: str, message: str, hint: str) -> None:
        """Add a problem at a YAML mark."""
        self.add(mark.line, mark.column, where, message, hint)

    def tabs(self, text: str) -> None:
        """Report each line that holds a tab: YAML forbids most and people see none."""
        for number, line in enumerate(text.split("\n")):
            if "\t" in line:
                self.add(number, line.index("\t"), "", "A tab stands here.", "Use spaces instead.")

    def syntax(self, error: yaml.MarkedYAMLError) -> None:
        """Report the error that stopped the parser, unless a tab already explains it."""
        self.out.sound = False
        mark = _best_mark(error)
        taken = {problem.line for problem in self.out.problems}
        if mark.line + self.first not in taken:
            self.at(mark, "", *_explain(error))

    def events(self, text: str) -> None:
        """Look at the raw events: compose() would hide anchors, aliases and tags."""
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            for message, hint in _forbidden(event):
                self.at(event.start_mark, "", message, hint)
                self.out.sound = False
            if depth > MAX_DEPTH:
                self.out.sound = False
                self.at(event.start_mark, "", "This is nested too deeply.", "Use fewer levels.")
                return

    def data(self, node: yaml.Node, where: Path) -> Data:
        """Turn a node into plain data; sequences become tuples, so that they stay frozen."""
        if isinstance(node, yaml.MappingNode):
            return {key: self.data(value, (*where, key)) for key, value in self.items(node, where)}
        if isinstance(node, yaml.SequenceNode):
            for index, child in enumerate(node.value):
                self.mark((*where, index), child, child)
            return tuple(self.data(child, (*where, i)) for i, child in enumerate(node.value))
        return self.scalar(node, where)

    def items(self, node: yaml.MappingNode, where: Path) -> Iterator[tuple[str, yaml.Node]]:
        """Yield the keys that may be used; report merge, complex and duplicate keys."""
        seen: dict[str, int] = {}
        for key, value in node.value:
            place = dotted((*where, str(key.value)))
            if key.tag != f"{_TAG}str":
                self.at(key.start_mark, "", *_bad_key(key))
            elif key.value in seen:
                first = seen[key.value] + self.first
                message = f"The key '{key.value}' stands here a second time (first in line {first})."
                self.at(key.start_mark, place, message, "Keep one of the two.")
            else:
                seen[key.value] = key.start_mark.line
                self.mark((*where, key.value), key, value)
                yield key.value, value

    def mark(self, where: Path, key: yaml.Node, value: yaml.Node) -> None:
        """Remember where a key and its value stand."""
        k, v = key.start_mark, value.start_mark
        raw = value.value if isinstance(value, yaml.ScalarNode) else ""
        places = (k.line + self.first, k.column + 1, v.line + self.first, v.column + 1)
        self.out.marks[where] = Mark(*places, raw)

    def scalar(self, node: yaml.ScalarNode, where: Path) -> Scalar:
        """Resolve a scalar, and report the ones that would not mean what they look like."""
        kind = node.tag.removeprefix(_TAG)
        try:
            return _SCALARS.get(kind, str)(node.value)
        except ValueError as error:
            self.at(node.start_mark, dotted(where), *_surprise(kind, node.value, str(error)))
            return None


def dotted(where: Path) -> str:
    """Write a path as people read it: ``items[2].from``."""
    text = ""
    for step in where:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.lstrip(".")


def _boolean(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError(text)
    return text == "true"


def _integer(text: str) -> int:
    if not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _date(text: str) -> dt.date:
    if not _DAY.fullmatch(text):
        msg = "give the day only, as 2026-11-24"
        raise ValueError(msg)
    return dt.date.fromisoformat(text)


def _number(text: str) -> float:
    return float(text.replace("_", ""))


_SCALARS = {
    "null": lambda _: None,
    "bool": _boolean,
    "int": _integer,
    "float": _number,
    "timestamp": _date,
}


def _surprise(kind: str, raw: str, detail: str) -> tuple[str, str]:
    if kind == "bool":
        value = "true" if raw.lower() in {"yes", "y", "on", "true"} else "false"
        message = f"YAML reads {raw} without quotes as {value}."
        return message, f'Write "{raw}" in quotes if you mean the word, or {value}.'
    if kind == "timestamp":
        return f"{raw} is not a date: {detail}.", "Write year-month-day, as 2026-11-24."
    return f"YAML reads {raw} as a different number.", f'Write "{raw}" in quotes.'


def _bad_key(key: yaml.Node) -> tuple[str, str]:
    if key.tag == f"{_TAG}merge":
        return "Merge keys (<<) are not used here.", "Write the keys out."
    if isinstance(key, yaml.ScalarNode):
        hint = f'Write "{key.value}" in quotes.'
        return f"The key {key.value} is not read as a word.", hint
    return "A list or mapping can't be a key.", "Use a plain word as the key."


def _forbidden(event: yaml.Event) -> Iterator[tuple[str, str]]:
    if isinstance(event, yaml.AliasEvent):
        yield f"The alias *{event.anchor} is not used here.", "Write the value out."
    elif isinstance(event, yaml.NodeEvent) and event.anchor:
        yield f"The anchor &{event.anchor} is not used here.", f"Remove &{event.anchor}."
    tag = getattr(event, "tag", None)
    if tag:
        name = tag.replace(_TAG, "!!")
        yield f"The tag {name} is not used here.", f"Remove {name}; plain values need no tag."


def _best_mark(error: yaml.MarkedYAMLError) -> yaml.Mark:
    """Choose the mark that shows the slip: where it was opened, not where reading gave up."""
    context = error.context or ""
    opened = "flow" in context or "quoted" in context
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    return mark or yaml.Mark("", 0, 0, 0, None, None)


_CURES = (
    ("flow sequence", "This [ is never closed.", "Add the missing ] or comma."),
    ("flow mapping", "This { is never closed.", "Add the missing } or comma."),
    ("quoted scalar", "This quotation mark is never closed.", "Add the missing quotation mark."),
    (
        "mapping values are not allowed",
        "A colon followed by a space stands inside this text.",
        "Put the whole text in double quotes.",
    ),
    (
        "cannot start any token",
        "A text can't start with this character.",
        "Put the whole text in double quotes.",
    ),
    (
        "could not find expected ':'",
        "This line is neither a key nor the rest of a text.",
        "Write key: value, or indent the line under its key.",
    ),
    (
        "block mapping",
        "The indentation or quoting goes wrong here.",
        "Line this up with the keys above it, or put the text above in double quotes.",
    ),
    (
        "block collection",
        "The indentation of this list goes wrong here.",
        "Line the dashes up with the ones above.",
    ),
    (
        "single document",
        "A second document starts here.",
        "Remove the line with the three dashes.",
    ),
)


def _explain(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    said = f"{error.context or ''} {error.problem or ''}"
    for needle, message, cure in _CURES:
        if needle in said:
            return message, cure
    return f"YAML can't be read here: {said.strip()}.", "Compare with a file that works."
