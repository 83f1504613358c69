"""Find the closed calls in a contributed text, and refuse everything else between braces.

A closed call is exactly ``{{ word("literal", key="literal") }}`` on a line of its own.
Jinja's own parser reads it, so nothing that Jinja would see differently can pass; but
nothing here is ever rendered by Jinja.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import jinja2
from jinja2 import nodes

from dpup.explain import nearest
from dpup.pictures import gallery
from dpup.problems import Problem
from dpup.words import ADDRESS, FLAG, PAGE, WORDS, Param, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.links import Index

_JINJA = jinja2.Environment(autoescape=True)
_OPENING = re.compile(r"\{\{|\{%|\{#")
_WHOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_SHAPE = 'Write one call, as {{ practices(law="ipp-3") }}, on a line of its own.'


@dataclasses.dataclass(frozen=True, slots=True)
class Call:
    """A word with its arguments, and the line of the text that it stands on."""

    word: str
    arguments: dict[str, str | bool]
    line: int
    """Index of the line in the text, from 0."""


@dataclasses.dataclass(slots=True)
class Calls:
    """What was found in one text."""

    found: list[Call] = dataclasses.field(default_factory=list)
    problems: list[Problem] = dataclasses.field(default_factory=list)


def find(text: str, path: str, first_line: int, index: Index, *, body: bool) -> Calls:
    """Look at every brace in a text. ``body`` is true for contributed bodies."""
    out = Calls()
    lines = text.split("\n")
    code = in_code(lines)
    for number, line in enumerate(lines):
        opening = _OPENING.search(line)
        if not opening:
            continue
        fault = _CODE if number in code else _whole_line(line, opening)
        call = None
        if not fault:
            call, fault = _read(line, number, index, body=body)
        if fault:
            where = (path, number + first_line, opening.start() + 1, "")
            out.problems.append(Problem(*where, *fault))
        elif call:
            out.found.append(call)
    return out


def without(text: str) -> str:
    """Blank all that stands between braces: what is wrong there is told by ``find``."""
    return _WHOLE.sub(lambda match: " " * len(match.group()), text)


def in_code(lines: list[str]) -> set[int]:
    """Numbers of the lines inside fenced code, where a call would still be run."""
    inside: set[int] = set()
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            inside.add(number)
            closes = mark and mark.group(1).startswith(fence) and not line.strip(" `~")
            fence = "" if closes else fence
        elif mark:
            fence = mark.group(1)
    return inside


_CODE = (
    "A call can't stand in a code block.",
    "Move it out of the block; to show braces, write about them in words.",
)


def _whole_line(line: str, opening: re.Match[str]) -> tuple[str, str] | None:
    if opening.group() == "{%":
        return "Template statements ({% … %}) can't be used here.", _SHAPE
    if opening.group() == "{#":
        return "Template comments ({# … #}) can't be used here.", "Remove the comment."
    if "}}" not in line[opening.end() :]:
        return "These braces are not closed in the same line.", _SHAPE
    if not (line.startswith("{{") and line.rstrip().endswith("}}")):
        return "A call has to stand on a line of its own, without spaces before it.", _SHAPE
    return None


def _read(
    line: str, number: int, index: Index, *, body: bool
) -> tuple[Call | None, tuple[str, str] | None]:
    """Parse one line into a call, or say what is wrong with it."""
    try:
        tree = _JINJA.parse(line.strip())
    except (jinja2.TemplateSyntaxError, RecursionError):
        return None, ("This call can't be read.", _SHAPE)
    node = _only_output(tree)
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return None, (_refusal(node), _SHAPE)
    word = WORDS.get(node.node.name)
    if word is None or (body and not word.in_bodies):
        return None, _no_word(node.node.name, body=body)
    arguments, fault = _arguments(node, word, index)
    return (None, fault) if fault else (Call(word.name, arguments, number), None)


def _only_output(tree: nodes.Template) -> nodes.Node | None:
    match tree.body:
        case [nodes.Output(nodes=[single])]:
            return single
    return None


def _refusal(node: nodes.Node | None) -> str:
    inner = node.node if isinstance(node, nodes.Call) else node
    if isinstance(inner, nodes.Getattr | nodes.Getitem):
        return "Attributes can't be reached from here."
    if isinstance(inner, nodes.Filter):
        return "Filters can't be used here."
    if isinstance(inner, nodes.Call):
        return "The result of a call can't be called."
    return "Only one call of a known word can stand between braces."


def _no_word(name: str, *, body: bool) -> tuple[str, str]:
    allowed = [word.name for word in WORDS.values() if word.in_bodies or not body]
    if name in WORDS:
        return f"'{name}' can't be used inside an entry.", "Use it on a page in docs/ instead."
    hint = nearest(name, allowed) or f"Known words: {', '.join(allowed)}."
    return f"Unknown word '{name}'.", hint


def _arguments(
    node: nodes.Call, word: Word, index: Index
) -> tuple[dict[str, str | bool], tuple[str, str] | None]:
    given: dict[str, str | bool] = {}
    if node.dyn_args or node.dyn_kwargs:
        return given, ("Arguments can't be spread with * or **.", _usage(word))
    if len(node.args) > len(word.params):
        return given, (f"'{word.name}' is given too many arguments.", _usage(word))
    for name, value in _pairs(node, word):
        fault = _argument(name, value, word, given, index)
        if fault:
            return given, fault
        given[name] = value.value  # type: ignore[attr-defined]
    missing = [param.name for param in word.params if param.required and param.name not in given]
    if missing:
        return given, (f"'{word.name}' needs the argument '{missing[0]}'.", _usage(word))
    return given, None


def _pairs(node: nodes.Call, word: Word) -> Iterator[tuple[str, nodes.Node]]:
    """Name the positional arguments in the order of the word's parameters."""
    for param, value in zip(word.params, node.args, strict=False):
        yield param.name, value
    for keyword in node.kwargs:
        yield keyword.key, keyword.value


def _argument(
    name: str, value: nodes.Node, word: Word, given: dict[str, str | bool], index: Index
) -> tuple[str, str] | None:
    param = word.param(name)
    if param is None:
        known = [param.name for param in word.params]
        return f"'{word.name}' has no argument '{name}'.", nearest(name, known) or _usage(word)
    if name in given:
        return f"The argument '{name}' is given twice.", "Give it once."
    if not isinstance(value, nodes.Const):
        inner = "a call" if isinstance(value, nodes.Call) else "not a plain value"
        return f"The argument '{name}' is {inner}.", f'Write it in quotes, as {name}="…".'
    return _value(param, value.value, index)


def _value(param: Param, value: object, index: Index) -> tuple[str, str] | None:
    wanted = bool if param.takes == FLAG else str
    if not isinstance(value, wanted):
        return f"The argument '{param.name}' has the wrong type.", f"Give {param.description}."
    if param.choices and value not in param.choices:
        hint = nearest(str(value), param.choices) or f"Give {param.description}."
        return f"'{value}' is not a choice for '{param.name}'.", hint
    if param.drawn and not index.broken and (lack := gallery.lacks(str(value), index.entries)):
        return f"There is nothing to draw for '{value}' yet.", lack
    if not param.takes or param.takes == FLAG:
        return None
    known = index.known(param.takes)
    if value in known or index.unsure(param.takes, str(value)):
        return None
    label = {PAGE: "entry", ADDRESS: "practice or question"}.get(param.takes, param.takes)
    return f"No {label} '{value}'.", nearest(str(value), known) or f"Give {param.description}."


def _usage(word: Word) -> str:
    if not word.params:
        return f"Write {{{{ {word.name}() }}}}."
    shown = ", ".join(param.name for param in word.params)
    return f"It takes: {shown}."
