"""YAML text to plain data, with the place of every key and value; the safe subset only.

Refused, each with its place and cure: duplicate keys, anchors and aliases, tags, merge keys,
tabs, deep nesting, and the surprises of YAML 1.1 (``no`` is false, ``1.10`` is 1.1).
This module knows nothing of the policy: it only makes data that can be trusted to mean
what it looks like.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import yaml

from dpup import characters, composing
from dpup.composing import TAG
from dpup.problems import Problem
from dpup.scalars import BRACES, Scalar, SurpriseError, cut_off, has_braces, resolve
from dpup.syntax import slip

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from yaml._yaml import Mark as CMark

Data = Scalar | tuple["Data", ...] | dict[str, "Data"]
Path = tuple[str | int, ...]


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
    refused: set[Path] = dataclasses.field(default_factory=set)
    """Where a value was refused and None put in its place: its problem is already told."""
    sound: bool = True
    """False when the text could not be read as YAML at all."""


def parse(text: str, path: str, first_line: int = 1) -> Parsed:
    """Read one YAML document whose first line is ``first_line`` of the file ``path``."""
    reader = _Reader(path, first_line, text)
    reader.tabs(text)
    try:
        reader.read(text)
    except yaml.MarkedYAMLError as error:
        reader.syntax(error)
    except yaml.YAMLError:  # the reader refuses a character, and all such are hidden ones
        reader.out.sound = False
        reader.out.problems += characters.hidden(text, path, first_line)
    return reader.out


class _Reader:
    """Walks one document and gathers data, marks and problems."""

    def __init__(self, path: str, first_line: int, text: str) -> None:
        self.path = path
        self.first = first_line
        self.text = text
        self.out = Parsed()

    def add(self, line: int, column: int, where: str, message: str, hint: str) -> None:
        """Add a problem; ``line`` and ``column`` count from 0, as YAML marks do."""
        place = (line + self.first, column + 1)
        self.out.problems.append(Problem(self.path, *place, where, message, hint))

    def at(self, mark: yaml.Mark | CMark | None, where: str, message: str, hint: str) -> None:
        """Add a problem at a YAML mark."""
        line, column = (mark.line, mark.column) if mark else (0, 0)
        self.add(line, column, where, message, hint)

    def tabs(self, text: str) -> None:
        """Report each line that holds a tab: YAML forbids most and people see none."""
        for number, line in enumerate(text.split("\n")):
            if "\t" in line:
                self.add(number, line.index("\t"), "", "A tab stands here.", "Use spaces instead.")

    def syntax(self, error: yaml.MarkedYAMLError) -> None:
        """Report the error that stopped the parser, unless a tab already explains it."""
        self.out.sound = False
        found = slip(error, self.text)
        tabbed = {problem.line - self.first for problem in self.out.problems}
        if not tabbed & {found.line, found.line - 1}:
            self.add(found.line, found.column, "", found.message, found.hint)

    def read(self, text: str) -> None:
        """Read the text, unless something stands in it that is not used here."""
        node, faults = composing.compose(text)
        self.out.sound = not faults
        for mark, message, hint in faults:
            self.at(mark, "", message, hint)
        self.out.data = None if node is None else self.data(node, ())

    def data(self, node: yaml.Node, where: Path) -> Data:
        """Turn a node into plain data; sequences become tuples, so that they stay frozen."""
        if _is_call(node):
            self.refuse(node, where, *BRACES)
            return None
        if isinstance(node, yaml.MappingNode):
            return {key: self.data(value, (*where, key)) for key, value in self.items(node, where)}
        if isinstance(node, yaml.SequenceNode):
            for index, child in enumerate(node.value):
                self.mark((*where, index), child, child)
            return tuple(self.data(child, (*where, i)) for i, child in enumerate(node.value))
        assert isinstance(node, yaml.ScalarNode)  # noqa: S101 - there are but these three
        return self.scalar(node, where)

    def refuse(self, node: yaml.Node, where: Path, message: str, hint: str) -> None:
        """Report a value and remember that nothing stands in its place."""
        self.out.refused.add(where)
        self.at(node.start_mark, dotted(where), message, hint)

    def items(self, node: yaml.MappingNode, where: Path) -> Iterator[tuple[str, yaml.Node]]:
        """Yield the keys that may be used; report merge, complex and duplicate keys."""
        seen: dict[str, int] = {}
        for key, value in node.value:
            if not _is_word(key) or has_braces(key.value):
                self.at(key.start_mark, "", *_bad_key(key))
            elif key.value in seen:
                place = dotted((*where, key.value))
                message = f"The key '{key.value}' stands here a second time"
                message += f" (first in line {seen[key.value] + self.first})."
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
        written = self.text[node.start_mark.index : node.end_mark.index]
        for char in sorted(set(node.value) - set(written)):  # what escapes such as \0 made
            if said := characters.describe(char):
                self.refuse(node, where, said[0], "Remove its escape.")
                return None
        if found := cut_off(node, self.text):
            self.cut(found, where)
            return None
        try:
            return resolve(node)
        except SurpriseError as surprise:
            self.refuse(node, where, surprise.message, surprise.hint)
            return None

    def cut(self, found: re.Match[str], where: Path) -> None:
        """Report a text whose end YAML takes for a comment."""
        self.out.refused.add(where)
        at = found.start(2)
        line, column = self.text.count("\n", 0, at), at - self.text.rfind("\n", 0, at) - 1
        message = f"YAML takes '{found[2]}' and what follows it in this line for a comment."
        self.add(line, column, dotted(where), message, _NO_COMMENT)


_NO_COMMENT = "Put the whole text in double quotes; if it is a comment, write a space after the #."


def _is_call(node: yaml.Node) -> bool:
    """Tell whether this is a call without quotes, which YAML reads as a mapping in a mapping."""
    if not isinstance(node, yaml.MappingNode) or not node.value:
        return False
    inner = node.value[0][0]
    return isinstance(inner, yaml.MappingNode) and bool(inner.flow_style and node.flow_style)


def dotted(where: Path) -> str:
    """Write a path as people read it: ``items[2].from``."""
    text = ""
    for step in where:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.lstrip(".")


def _is_word(key: yaml.Node) -> bool:
    """Tell whether a key is a word; "on" is one here, which YAML 1.1 reads as true."""
    return key.tag == f"{TAG}str" or (key.tag == f"{TAG}bool" and key.value == "on")


def _bad_key(key: yaml.Node) -> tuple[str, str]:
    if isinstance(key, yaml.ScalarNode) and has_braces(key.value):
        return BRACES
    if key.tag == f"{TAG}merge":
        return "Merge keys (<<) are not used here.", "Write the keys out."
    if isinstance(key, yaml.ScalarNode):
        hint = f'Write "{key.value}" in quotes.'
        return f"The key {key.value} is not read as a word.", hint
    return "A list or mapping can't be a key.", "Use a plain word as the key."
