"""What is wrong with a filled form, in the words of that form.

The check speaks of files: of keys, ids and lines. Who fills in a form sees boxes with labels and
choices with names. One table says how to put it; the script of the page gets the same rows.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from dpup.links import FIELDS
from dpup.problems import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.library import Library
    from dpup.proposals import Form
    from dpup.safeyaml import Path


class Row(NamedTuple):
    """How to put one sort of problem."""

    of: str
    """Matches the names of the path, a colon, and what the check says; the whole of it."""
    said: str
    """What a person reads; $1 stands for the first group."""
    field: str = ""
    """The field inside the place of the problem whose box can mend it."""


NOTHING: Final = "Nothing stands here. Fill it in."
_ANY: Final = r"[a-z_.]*: "
EVERYWHERE: Final = (
    Row(_ANY + r"The text below the front matter is missing\. .*", NOTHING),
    Row(_ANY + r"This has to be one line .*", "This has to be one line. Join the lines."),
    Row(
        _ANY + r"Here stands a text; a whole number is expected\. .*",
        "This is not a whole number. Write digits only, as 10.",
    ),
    Row(
        _ANY + r"Template braces can't stand .*",
        "Two braces together, or a brace with % or #, can't stand in a form. Say it in words.",
    ),
    Row(
        _ANY + r"Raw HTML can't be used here: (.*)\. Use Markdown; .*",
        "HTML can't be used here: $1. Delete it; write &lt; for a less-than sign.",
    ),
    Row(
        _ANY + r"The link ('.*') leads to no file \(.*",
        "The link $1 leads to no page. Write a whole address, with https:// at its start.",
    ),
    Row(
        _ANY + r"A link may not start with ([^ ]*)\. .*",
        "A link may not start with $1. Start it with https:// or mailto:.",
    ),
    Row(
        _ANY + r"This gets the anchor ('.*'), which .*",
        "This heading makes the address $1, which a row of this form has. Word it differently.",
    ),
)
_CHECKLIST: Final = (
    Row(
        r"meanings\.[a-z_]+: Nothing stands here\. .*",
        "Nothing stands here. Fill in <meanings.if_yes> and <meanings.if_no>, or leave all "
        "meanings empty and choose <answers=tick>.",
    ),
    Row(
        r"answers: Nobody says what an answer means\. .*",
        "Nobody says what an answer means. Fill in <meanings.if_yes> and <meanings.if_no>, or "
        "choose <answers=tick>.",
    ),
    Row(
        r"meanings: Nobody says what 'not applicable' means\. .*",
        "Nobody says what “not applicable” means. Fill in <meanings.if_not_applicable>, or choose "
        "<answers=yes-no>.",
    ),
    Row(
        r"meanings: Items that are only ticked .*",
        "Things that are only ticked have no meanings. Empty <meanings.if_yes>, <meanings.if_no> "
        "and <meanings.if_not_applicable>, or choose another answer.",
    ),
    Row(
        _ANY + r"This item is several things\. .*",
        "This row asks two things. Fill in either <practice> or <question>.",
    ),
    Row(
        _ANY + r"This item is empty\. .*",
        "This row asks nothing. Fill in <practice> or <question>.",
    ),
    Row(
        _ANY + r"Only a question of its own supports\. .*",
        "The practice stands behind this row already. Empty <supports>, which is for a question "
        "of your own.",
    ),
    Row(
        _ANY + r"A question of its own needs 'supports'\. .*",
        "A question of your own needs a practice behind it. Write it into <supports>.",
        "supports",
    ),
    Row(
        _ANY + r".* is an item already, in line .*",
        "Another row asks this already. Remove one of the two.",
    ),
)
_TERM: Final = (
    Row(r"see: '.*' refers to itself\. .*", "A word is not related to itself. Remove it."),
)
OWN: Final = {"checklist": _CHECKLIST, "term": _TERM}
_HOW: Final = {
    "source": "Write its title or its web address, as on the page Sources.",
    "practice": "Write what a practice says, the question that it asks, or its address.",
    "term": "Write a word as it stands in the glossary.",
}
_THING: Final = {"source": "source", "practice": "practice", "term": "word"}
_REFERRING: Final = {"supports", "sources", "see", "from"}
_NAME: Final = re.compile(r"<([a-z_.]+)(?:=([a-z-]+))?>")


def rows(form: Form, library: Library) -> tuple[Row, ...]:
    """Give the table for one form, the first row that fits first, with labels for names."""
    found = (*_of_boxes(form, library), *OWN.get(form.kind, ()), *_referring(), *EVERYWHERE)
    return tuple(Row(row.of, _named(row.said, form), row.field) for row in found)


def in_words(table: tuple[Row, ...], where: Path, said: str) -> tuple[Path, str]:
    """Put what the check says of a path in the words of a form, and say what can mend it."""
    names = ".".join(step for step in where if isinstance(step, str))
    text = f"{names}: {visible(said)}"
    for row in table:
        if found := _pattern(row.of).fullmatch(text):
            return ((*where, row.field) if row.field else where), _put(row.said, found)
    return where, visible(said)


def _put(said: str, found: re.Match[str]) -> str:
    """Put what a pattern found in the place of its number."""
    return re.sub(r"\$(\d)", lambda number: str(found[int(number[1])]), said)


@functools.cache
def _pattern(of: str) -> re.Pattern[str]:
    return re.compile(of, re.DOTALL)


def _of_boxes(form: Form, library: Library) -> Iterator[Row]:
    """Say of what is chosen and ticked what there is to choose."""
    for part in form.parts:
        if part.ticks:
            yield Row(f"{part.id}: Nothing stands here\\. .*", "Nothing is ticked. Tick what fits.")
    for box in form.boxes.values():
        if box.kind == "choice":
            labels = [label for _, label in box.choices] or [e.title for e in library.of(box.of)]
            choose = f"Choose {_or(labels)}."
            yield Row(f"{box.name}: '' is not .*", f"Nothing is chosen. {choose}")
            yield Row(
                f"{box.name}: (?:No [a-z]+ )?('.*')(?: is not an id| is not one of the choices|)"
                r"\. .*",
                f"$1 is none of the choices. {choose}",
            )


def _referring() -> Iterator[Row]:
    """Say of a name that nothing has how to name a thing."""
    for field in sorted(_REFERRING):
        kind = FIELDS[field]
        start = rf"(?:[a-z_.]*\.)?{field}: "
        none = f"This site has no {_THING[kind]} $1."
        yield Row(f"{start}('.*') is not an id\\. .*", f"{none} {_HOW[kind]}")
        yield Row(rf"{start}No {kind} ('.*')\. (Did you mean '.*'\?)", f"{none} $2")
        yield Row(rf"{start}No {kind} ('.*')\. .*", f"{none} {_HOW[kind]}")


def _named(said: str, form: Form) -> str:
    """Put the label of a box, or of a choice, in the place of its name."""

    def label(found: re.Match[str]) -> str:
        box = form.boxes[found[1]]
        return f"'{dict(box.choices)[found[2]] if found[2] else box.label}'"

    return _NAME.sub(label, said)


def _or(labels: list[str]) -> str:
    *others, last = (f"'{label}'" for label in labels)
    return f"{', '.join(others)} or {last}" if others else last
