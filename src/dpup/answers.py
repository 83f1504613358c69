"""The answers that somebody gave to a form, and how they stand to the form of today.

``Sheet`` is what ``dpup answers read`` prints. Nothing in it is ever dropped: an answer to
something that the form does not ask any more stays, and ``remarks`` says so.
"""

from __future__ import annotations

import collections
import dataclasses
import json
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, ValidationError

from dpup.characters import for_documents, one_kind_of_line
from dpup.days import iso_day
from dpup.problems import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dpup.asks import Ask

FORMAT: Final = "dpup-answers/1"
LONGEST: Final = 30_000
"""The most characters of an answer: a cell of a spreadsheet holds hardly more."""
MOST_ROWS: Final = 2_000
"""The most rows of a table."""
BESIDE: Final = ("note", "owner", "due")
"""The parts of an answer that stand beside it."""
_SAID: Final = 300
"""The most characters of an older wording in a remark."""


def _sound(text: object) -> object:
    return for_documents(one_kind_of_line(text)) if isinstance(text, str) else text


Words = Annotated[str, Field(max_length=LONGEST), BeforeValidator(_sound)]
"""Words that every document can hold: what it can't is U+FFFD from here on."""
Name = Annotated[str, Field(max_length=200), BeforeValidator(_sound)]
"""The same for versions, fingerprints and what a reader calls a set of answers."""
Key = Annotated[str, Field(max_length=200, pattern="^[^:]+$"), BeforeValidator(_sound)]
"""The same for ids: without the colon that marks a note in Word."""


Day = Annotated[Name, BeforeValidator(iso_day)]
"""A day as an ISO date; words that are no date stay as they were written."""


class _Strict(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        revalidate_instances="always",
    )


class Answer(_Strict):
    """What somebody ticked, chose or wrote."""

    answer: Words = ""
    """The value that was chosen, or the words that were written; empty for no answer."""
    rows: tuple[Words, ...] = Field(default=(), max_length=MOST_ROWS)
    """For a column of a table: the words of each row; ``answer`` stays empty."""
    note: Words = ""
    """What was written beside it."""
    owner: Words = ""
    """Who does it."""
    due: Day = ""
    """By when: an ISO date, or what was written in its place."""
    fingerprint: Name = ""
    """The fingerprint of the wording that was answered; empty when it is not known."""
    asked: Words = ""
    """That wording: what was asked when it was answered; empty when it is not known."""

    @property
    def text(self) -> str:
        """All that was answered, as one text."""
        return self.answer or "; ".join(filter(None, self.rows))

    @property
    def is_empty(self) -> bool:
        """True when nothing was ticked, chosen or written."""
        return not (self.answer or any(self.rows) or self.has_beside)

    @property
    def has_beside(self) -> bool:
        """True when a note, a name or a day stands beside it."""
        return any(getattr(self, part) for part in BESIDE)


class Sheet(_Strict):
    """All answers of one filled form."""

    format: Literal["dpup-answers/1"] = FORMAT
    """The shape of this file."""
    entry: Key
    """Id of the checklist or template."""
    version: Name = ""
    """The version of it that was filled in; empty when it is not known."""
    name: Name = ""
    """What its reader calls this set of answers; empty when it has no name."""
    answers: dict[Key, Answer]
    """By the full id of the item or field, in the order of the file."""

    _notes: tuple[str, ...] = PrivateAttr(default=())

    @property
    def notes(self) -> tuple[str, ...]:
        """What its file says that is no answer; it is told, and never kept."""
        return self._notes

    def with_notes(self, notes: Iterable[str]) -> Sheet:
        """Give the same answers with notes."""
        sheet = self.model_copy()
        sheet._notes = tuple(notes)  # noqa: SLF001 - pydantic's way to more than the format says
        return sheet

    def as_json(self) -> str:
        """Give the file that ``answers read`` prints and ``answers write`` takes."""
        return json.dumps(self.model_dump(exclude_defaults=False), ensure_ascii=False, indent=2)


def values(entry: str, sheet: Sheet | None) -> dict[str, str | tuple[str, ...]]:
    """Map the fields of a template, by their names in its clauses, to what was filled in."""
    start = f"{entry}."
    found = sheet.answers.items() if sheet else ()
    own = ((id_.removeprefix(start), answer) for id_, answer in found if id_.startswith(start))
    return {name: answer.answer or answer.rows for name, answer in own}


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
        return visible(f"{self.id}: {self.message}" if self.id else self.message)


class AnswersError(ValueError):
    """The file holds no answers that we can read; says why, and what to do."""


def parse(data: bytes, name: str) -> Sheet:
    """Read a file of answers; raise AnswersError with all that is wrong, where, and the cure."""
    text = _decoded(data, name)
    try:
        said = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}:{error.colno}"
        msg = f"{place}: This is not JSON: {error.msg}. {_CURE}"
        raise AnswersError(msg) from error
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else "It is nested too deeply."
        msg = f"{name}:1:1: This JSON can't be read. {reason} {_CURE}"
        raise AnswersError(msg) from error
    try:
        return Sheet.model_validate(said)
    except ValidationError as error:
        lines = (_line(text, name, dict(problem)) for problem in error.errors())
        raise AnswersError("\n".join(lines)) from error


_CURE: Final = "Compare it with what answers read prints."


def _decoded(data: bytes, name: str) -> str:
    """Give the text of a file in UTF-8, or in UTF-16 as PowerShell writes it."""
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = f"{name}:{before.count(10) + 1}:{error.start - before.rfind(10)}"
        msg = f"{place}: This is not UTF-8. Save the file as UTF-8."
        raise AnswersError(msg) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands twice: one of its answers would be lost."""
    counts = collections.Counter(key for key, _ in pairs)
    for key, count in counts.items():
        if count > 1:
            msg = f"'{visible(key)}' stands twice in one place."
            raise ValueError(msg)
    return dict(pairs)


def _line(text: str, name: str, problem: Mapping[str, Any]) -> str:
    """Say where in the file a problem is: at the last key of its path that the file has."""
    number = column = 1
    start = 0
    for part in filter(lambda part: isinstance(part, str), problem["loc"]):
        found = text.find(json.dumps(part, ensure_ascii=False), start)
        if found >= 0:
            start = found + 1
            number = text.count("\n", 0, found) + 1
            column = found - text.rfind("\n", 0, found)
    return f"{name}:{number}:{column}: {wrong(problem)} {_CURE}"


def wrong(problem: Mapping[str, Any]) -> str:
    """Say in one line what pydantic found wrong in answers, and in which."""
    where = ".".join(str(part) for part in problem["loc"])
    return visible(": ".join(filter(None, (where, f"{problem['msg']}."))))


def remarks(sheet: Sheet, version: str, asked: Mapping[str, Ask]) -> Iterator[Remark]:
    """Say how answers stand to the form of today: unknown, reworded and new questions."""
    if sheet.version and sheet.version != version:
        yield Remark("", f"Filled in on version {sheet.version}; the form is now at {version}.")
    for id_, answer in sheet.answers.items():
        ask = asked.get(id_)
        if ask is None:
            yield Remark(id_, f"The form does not ask this{_was(answer)}. The answer is kept.")
        elif not answer.fingerprint:
            yield Remark(id_, "It is not known which wording was answered. Compare it.")
        elif answer.fingerprint != ask.fingerprint:
            changed = f"The wording has changed since it was answered{_was(answer)}."
            yield Remark(id_, f"{changed} Look at it again.")
        elif answer.answer and ask.choices and answer.answer not in dict(ask.choices):
            yield Remark(id_, f"'{answer.answer}' is not one of its answers. It is kept as it is.")
    for id_ in asked:
        if id_ not in sheet.answers:
            yield Remark(id_, "This is new, or it is missing in the file. It has no answer.")


def label(id_: str, answer: Answer) -> str:
    """Say in one line what an answer is to: the words if they are known, and the id."""
    words = " ".join(answer.asked.split())
    return f"{words} ({id_})" if words else id_


def _was(answer: Answer) -> str:
    """Say the words that were answered, in one line of moderate length."""
    words = " ".join(answer.asked.split())
    short = words if len(words) <= _SAID else f"{words[:_SAID]}…"
    return f": it was '{short}'" if words else ""


def fitted(sheet: Sheet, asked: Mapping[str, Ask]) -> Sheet:
    """Give each answer the shape of what is asked: words for a field, rows for a column.

    A field may have moved into a table, or out of it, since the answer was given.
    """
    fits = {
        id_: _fitted(answer, in_table=asked[id_].in_table) if id_ in asked else answer
        for id_, answer in sheet.answers.items()
    }
    return sheet.model_copy(update={"answers": fits})


def _fitted(answer: Answer, *, in_table: bool) -> Answer:
    if in_table and answer.answer:
        return answer.model_copy(update={"answer": "", "rows": (answer.answer, *answer.rows)})
    if not in_table and answer.rows:
        words = "\n".join(filter(None, (answer.answer, *answer.rows)))
        return answer.model_copy(update={"answer": words, "rows": ()})
    return answer


def of_strangers(sheet: Sheet, asked: Mapping[str, Ask]) -> dict[str, Answer]:
    """Give what a filled document has to show all the same: what the form has no place for.

    That is answers to what it does not ask, and what stands beside fields that take no notes.
    """
    found: dict[str, Answer] = {}
    for id_, answer in sheet.answers.items():
        if id_ not in asked:
            found[id_] = answer
        elif answer.has_beside and not asked[id_].takes_note:
            found[id_] = answer.model_copy(update={"answer": "", "rows": ()})
    return found
