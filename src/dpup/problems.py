"""A problem in the content is a value: a place, what is wrong there, and what to do about it.

This module knows nothing of files, YAML or the policy. It only describes and prints.
"""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning"]


@dataclasses.dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong, and its cure."""

    path: str
    """The file, relative to the project, with forward slashes."""
    line: int
    """The line, counted from 1."""
    column: int
    """The column, counted from 1 in characters."""
    where: str
    """The field path, for instance ``items[2].from``; empty outside of fields."""
    message: str
    """What is wrong, as a sentence."""
    hint: str = ""
    """What to do about it, as a sentence."""
    severity: Severity = "error"
    """An error stops a build; a warning does not."""

    def __str__(self) -> str:
        """Give the one clickable line that people read."""
        place = f"{self.path}:{self.line}:{self.column}"
        severity = "" if self.severity == "error" else self.severity
        return visible(": ".join(filter(None, (place, severity, self.where, self.sentence))))

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, without the place."""
        return f"{self.message} {self.hint}".strip()


def visible(text: str) -> str:
    """Write what can't be printed as an escape, so that a problem is always one line."""
    return "".join(char if char.isprintable() else _escape(char) for char in text)


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by place and drop exact repeats, so that every run prints the same."""
    return tuple(sorted(set(problems)))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Leave out the warnings."""
    return tuple(problem for problem in problems if problem.severity == "error")


def as_text(problems: Iterable[Problem]) -> str:
    """One line each."""
    return "\n".join(str(problem) for problem in problems)


def as_json(problems: Iterable[Problem]) -> str:
    """One array of objects: path, line, column, where, message, hint, severity."""
    rows = [dataclasses.asdict(problem) for problem in problems]
    return _writable(json.dumps(rows, ensure_ascii=False, indent=2))


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands that GitHub turns into annotations on the changed lines."""
    return _writable("\n".join(_annotation(problem) for problem in problems))


# A file name may hold bytes that are no text; Python keeps them as lone surrogates.
def _writable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _annotation(problem: Problem) -> str:
    place = f"file={_property(problem.path)},line={problem.line},col={problem.column}"
    text = ": ".join(filter(None, (problem.where, problem.sentence)))
    return f"::{problem.severity} {place}::{_data(text)}"


# GitHub's toolkit escapes the data of a workflow command like this, and a property's
# value further, so that no text from a file can start a command of its own.
def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
