"""The answers that somebody gave to a form, and how they stand to the form of today.

``Sheet`` is what ``dpup answers read`` prints. Nothing in it is ever dropped: an answer to
something that the form does not ask any more stays, and ``remarks`` says so.
"""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dpup.asks import Ask

FORMAT: Final = "dpup-answers/1"
LONGEST: Final = 30_000
"""The most characters of an answer: a cell of a spreadsheet holds hardly more."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Answer(_Strict):
    """What somebody ticked, chose or wrote."""

    answer: str = Field(default="", max_length=LONGEST)
    """The value that was chosen, or the words that were written; empty for no answer."""
    rows: tuple[str, ...] = Field(default=(), max_length=2_000)
    """For a column of a table: the words of each row; ``answer`` stays empty."""
    note: str = Field(default="", max_length=LONGEST)
    """What was written beside it."""
    fingerprint: str = Field(default="", max_length=64)
    """The fingerprint of the wording that was answered; empty when it is not known."""

    @property
    def text(self) -> str:
        """All that was answered, as one text."""
        return self.answer or "; ".join(filter(None, self.rows))

    @property
    def is_empty(self) -> bool:
        """True when nothing was ticked, chosen or written."""
        return not (self.answer or self.note or any(self.rows))


class Sheet(_Strict):
    """All answers of one filled form."""

    format: Literal["dpup-answers/1"] = FORMAT
    """The shape of this file."""
    entry: str = Field(max_length=80)
    """Id of the checklist or template."""
    version: str = Field(default="", max_length=40)
    """The version of it that was filled in; empty when it is not known."""
    answers: dict[str, Answer]
    """By the full id of the item or field, in the order of the form."""

    def as_json(self) -> str:
        """Give the file that ``answers read`` prints and ``answers write`` takes."""
        return json.dumps(self.model_dump(exclude_defaults=False), ensure_ascii=False, indent=2)


def without_end(rows: Iterable[str]) -> tuple[str, ...]:
    """Drop the empty rows at the end of a table, and no others.

    >>> without_end(["a", "", "b", "", ""])
    ('a', '', 'b')
    """
    kept = tuple(rows)
    last = max((number for number, row in enumerate(kept, 1) if row), default=0)
    return kept[:last]


@dataclasses.dataclass(frozen=True, slots=True)
class Remark:
    """Something that a reader of the answers has to know."""

    id: str
    message: str

    def __str__(self) -> str:
        """Give the line that people read."""
        return f"{self.id}: {self.message}" if self.id else self.message


class AnswersError(ValueError):
    """The file holds no answers that we can read; says why, and what to do."""


def parse(text: str, name: str) -> Sheet:
    """Read a file of answers; raise AnswersError with all that is wrong and where."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        msg = f"{name}:{error.lineno}:{error.colno}: This is not JSON: {error.msg}."
        raise AnswersError(msg) from error
    except RecursionError as error:
        msg = f"{name}: This JSON is nested too deeply."
        raise AnswersError(msg) from error
    try:
        return Sheet.model_validate(data)
    except ValidationError as error:
        lines = (_line(text, name, dict(problem)) for problem in error.errors())
        raise AnswersError("\n".join(lines)) from error


def _line(text: str, name: str, problem: Mapping[str, Any]) -> str:
    """Say where in the file a problem is: at the last key of its path that the file has."""
    keys = [str(part) for part in problem["loc"]]
    number = column = 1
    start = 0
    for key in keys:
        found = text.find(json.dumps(key, ensure_ascii=False), start)
        if found >= 0:
            start = found + 1
            number = text.count("\n", 0, found) + 1
            column = found - text.rfind("\n", 0, found)
    where = ".".join(keys)
    cure = "Compare it with what answers read prints."
    return f"{name}:{number}:{column}: {where}: {problem['msg']}. {cure}"


def remarks(sheet: Sheet, version: str, asked: Mapping[str, Ask]) -> Iterator[Remark]:
    """Say how answers stand to the form of today: unknown, reworded and new questions."""
    if sheet.version and sheet.version != version:
        yield Remark("", f"Filled in on version {sheet.version}; the form is now at {version}.")
    for id_, answer in sheet.answers.items():
        ask = asked.get(id_)
        if ask is None:
            yield Remark(id_, "The form does not ask this. The answer is kept.")
        elif not answer.fingerprint:
            yield Remark(id_, "It is not known which wording was answered. Compare it.")
        elif answer.fingerprint != ask.fingerprint:
            yield Remark(id_, "The wording has changed since it was answered. Look at it again.")
        elif answer.answer and ask.choices and answer.answer not in dict(ask.choices):
            yield Remark(id_, f"'{answer.answer}' is not one of its answers. It is kept as it is.")
    for id_ in asked:
        if id_ not in sheet.answers:
            yield Remark(id_, "This is new, or it is missing in the file. It has no answer.")


def of_strangers(sheet: Sheet, asked: Mapping[str, Ask]) -> dict[str, Answer]:
    """Answers to what the form does not ask, which a filled document has to show all the same."""
    return {id_: answer for id_, answer in sheet.answers.items() if id_ not in asked}
