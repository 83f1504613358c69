"""What a filled form says, as the data of an entry, and which box each part of it comes from."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any, Final

from dpup import drafting, links, naming
from dpup.finding import Finder
from dpup.kinds import KINDS
from dpup.proposals import BODY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from dpup.answers import Sheet
    from dpup.library import Library
    from dpup.proposals import Box, Form
    from dpup.safeyaml import Path

_LONGEST: Final = 50
_COUNT: Final = re.compile(r"[0-9]{1,9}")
_LIST: Final = re.compile(r"\s*([-*+]|\d+[.)])\s")
_SPACE: Final = r"[ \t\u00a0]"
_BULLET: Final = re.compile(rf"^({_SPACE}*)[•·‣▪◦●–]{_SPACE}+")  # noqa: RUF001 - what Word puts
_NUMBER: Final = re.compile(rf"^({_SPACE}*\d{{1,9}})\){_SPACE}+")


class Filling:
    """One filled form. ``data`` holds what was filled in; ``places`` names the box of each path."""

    def __init__(self, form: Form, sheet: Sheet, library: Library) -> None:
        self.form = form
        self._sheet = sheet
        self._find = Finder(library)
        self._ids: set[str] = set()
        self.shape = KINDS[form.kind].model
        self.data: dict[str, Any] = {}
        self.places: dict[Path, str] = {}
        self._fill()
        self.body = paragraphs(self._said(BODY))

    def box(self, where: Path) -> str:
        """Name the box that a problem of a field belongs to."""
        ways = (where[:end] for end in range(len(where), 0, -1))
        return next((self.places[way] for way in ways if way in self.places), "")

    def unclear(self, where: Path) -> tuple[str, ...]:
        """Give the ids of all that the words of a field name, where they name several things."""
        value: Any = self.data
        for step in where:
            try:
                value = value[step]
            except (LookupError, TypeError):
                return ()
        return self._find.unclear.get(value, ()) if isinstance(value, str) else ()

    @property
    def title(self) -> str:
        """What the entry is called."""
        return str(self.data.get("title", self.data.get("term", "")))

    def _fill(self) -> None:
        for part in self.form.parts:
            if part.ticks:
                self.data[part.id] = tuple(self._ticked(part.id))
                self.places[part.id,] = f"Box '{part.title}'"
            for box in () if part.repeats else part.boxes:
                if box.name != BODY:
                    self._put(box)
        self._drop_empty()
        if self.form.kind == "checklist":
            self.places["meanings",] = self.places["answers",]
            self._sections()
        elif self.form.kind == "case-study":
            self._moments()

    def _drop_empty(self) -> None:
        """Drop what need not be there and has nothing in it, such as meanings of no answers."""
        for name, inside in list(self.data.items()):
            if isinstance(inside, dict) and not any(inside.values()):
                del self.data[name]

    def _put(self, box: Box) -> None:
        path = tuple(box.name.split("."))
        home: dict[str, Any] = self.data
        shape: type[BaseModel] = self.shape
        for step in path[:-1]:
            home = home.setdefault(step, {})
            shape = drafting.inner_model(shape.model_fields[step].annotation) or shape
        value = self._value(box, path[-1])
        self.places[path] = f"Box '{box.label}'"
        is_said = value not in {"", ()} and value is not False
        if is_said or shape.model_fields[path[-1]].is_required():
            home[path[-1]] = value

    def _value(self, box: Box, name: str) -> Any:  # noqa: ANN401 - whatever the model takes
        said = self._said(box.name)
        if box.kind == "tick":
            return said == "done"
        if box.kind == "list":
            lines = _lines(said)
            return self._find.ids(links.FIELDS[name], lines) if name in links.FIELDS else lines
        return int(said) if name == "minutes" and _COUNT.fullmatch(said) else said

    def _said(self, name: str) -> str:
        answer = self._sheet.answers.get(f"{self.form.id}.{name}")
        return answer.answer.strip() if answer else ""

    def _ticked(self, field: str) -> Iterator[str]:
        start = f"{self.form.id}.{field}."
        for id_, answer in self._sheet.answers.items():
            if id_.startswith(start) and answer.answer == "done":
                yield id_.removeprefix(start)

    def _rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield each row of the table that has something in it, with its number from 1."""
        table = self.form.table
        names = [box.name for box in table.boxes] if table else []
        found = [self._sheet.answers.get(f"{self.form.id}.{name}") for name in names]
        columns = [answer.rows if answer else () for answer in found]
        for number, cells in enumerate(itertools.zip_longest(*columns, fillvalue=""), 1):
            if any(cell.strip() for cell in cells):
                yield number, dict(zip(names, (cell.strip() for cell in cells), strict=True))

    def _cells(self, base: Path, number: int, columns: Mapping[str, str]) -> None:
        """Say which column of a row each field comes from."""
        boxes = self.form.boxes
        title = self.form.table.title if self.form.table else ""
        self.places[base] = f"Row {number} of '{title}'"
        for field, column in columns.items():
            self.places[*base, field] = f"Box '{boxes[column].label}', row {number} of '{title}'"

    def _sections(self) -> None:
        sections: list[dict[str, Any]] = []
        self.places["sections",] = f"Box '{self.form.table.title if self.form.table else ''}'"
        for number, row in self._rows():
            if row["heading"] or not sections:
                base = ("sections", len(sections))
                self._cells(base, number, dict.fromkeys(("id", "title"), "heading"))
                title = row["heading"]
                sections.append({"id": self._id(title, "section"), "title": title, "items": []})
            items = sections[-1]["items"]
            item = self._item(row)
            if item:
                self._cells(("sections", len(sections) - 1, "items", len(items)), number, _ITEM)
                items.append(item)
        for number, section in enumerate(sections):
            base = ("sections", number)
            self.places[*base, "items"] = self.places[*base, "title"]
            section["items"] = tuple(section["items"])
        self.data["sections"] = tuple(sections)

    def _item(self, row: Mapping[str, str]) -> dict[str, Any]:
        item: dict[str, Any] = {}
        if row["practice"]:
            item["from"] = self._find.one("practice", row["practice"])
        if row["question"]:
            item["id"] = self._id(row["question"], "question")
            item["question"] = row["question"]
        if row["supports"]:
            item["supports"] = self._find.ids("practice", _lines(row["supports"]))
        return item | ({"hint": row["hint"]} if row["hint"] else {})

    def _moments(self) -> None:
        moments: list[dict[str, Any]] = []
        self.places["moments",] = f"Box '{self.form.table.title if self.form.table else ''}'"
        for number, row in self._rows():
            self._cells(("moments", len(moments)), number, _MOMENT)
            supports = self._find.ids("practice", _lines(row["supports"]))
            moments.append({"title": row["decision"], "text": row["story"], "supports": supports})
        self.data["moments"] = tuple(moments)

    def _id(self, text: str, word: str) -> str:
        """Make an id that nothing else in this entry has."""
        start = naming.id_of(text, _LONGEST) or word
        more = (f"{start}-{number}" for number in itertools.count(2))
        id_ = next(each for each in itertools.chain((start,), more) if each not in self._ids)
        self._ids.add(id_)
        return id_


_ITEM: Final = {
    "from": "practice",
    "id": "question",
    "question": "question",
    "supports": "supports",
    "hint": "hint",
}
_MOMENT: Final = {"title": "decision", "text": "story", "supports": "supports"}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def paragraphs(text: str) -> str:
    r"""Make a paragraph of each line, as people mean it who write in Word; lists stay together.

    >>> paragraphs("One.\nTwo:\n- a\n- b\nThree.")
    'One.\n\nTwo:\n\n- a\n- b\n\nThree.'
    >>> paragraphs("• one\n• two\n1) three")
    '- one\n- two\n1. three'
    """
    out: list[str] = []
    for line in map(_marked, filter(str.strip, text.split("\n"))):
        together = bool(out) and _LIST.match(line) and _LIST.match(out[-1])
        out += [line.rstrip()] if together or not out else ["", line.rstrip()]
    return "\n".join(out)


def _marked(line: str) -> str:
    """Write the mark of an item as Markdown knows it: people paste those of other programs."""
    return _NUMBER.sub(r"\1. ", _BULLET.sub(r"\1- ", line))
