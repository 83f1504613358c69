"""Content controls of Word (ISO 29500-1, 17.5.2): boxes to click, lists, places to write.

Each carries the id of what it answers in its tag, so that a filled file can be read back.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from markupsafe import escape

from dpup import days
from dpup.characters import for_documents
from dpup.export import word_styles

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from dpup.asks import Ask

W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
NOTE: Final = "note:"
OWNER: Final = "owner:"
DUE: Final = "due:"
BESIDE: Final = {"note": NOTE, "owner": OWNER, "due": DUE}
"""How the tag of each part that stands beside an answer starts."""
WHO: Final = "Who"
BY_WHEN: Final = "By\u00a0when"
CHECKED: Final = "☒"
UNCHECKED: Final = "☐"
CHOOSE: Final = "Choose an answer"
PICK: Final = "Pick a date"
HINTS: Final = frozenset(
    (
        *(CHOOSE, PICK, "Write here", "Name", "Date", ""),
        # What Word puts into a control that somebody emptied.
        *("Click or tap here to enter text.", "Choose an item.", "Click or tap to enter a date."),
    )
)
"""What stands in a control that nobody filled in."""
_SIGNS: Final = "MS Gothic"
# Word takes no more characters in a tag.
_LONGEST: Final = 64


def tag(id_: str) -> str:
    """Give the tag for an id: the id, or where it is too long for Word its start and a hash."""
    if len(id_) <= _LONGEST:
        return id_
    mark = hashlib.sha256(id_.encode()).hexdigest()[:12]
    return f"{id_[: _LONGEST - 13]}~{mark}"


class Controls:
    """Makes the controls of one file, each with a number of its own."""

    def __init__(self) -> None:
        self._count = 0

    def answer(self, id_: str, ask: Ask, value: str) -> str:
        """Make the control that answers an ask."""
        known = dict(ask.choices)
        if ask.kind == "tick" and value in {"", *known}:
            return self._box(id_, ask, on=bool(value))
        if known:
            # Word refuses a file in which two items of a list are the same.
            labels = {label: v for v, label in reversed(ask.choices)} | {CHOOSE: ""}
            items = "".join(_item(label, v) for label, v in reversed(labels.items()))
            inside = f"<w:dropDownList>{items}</w:dropDownList>"
            return self._control(id_, ask.text, inside, known.get(value, value), CHOOSE)
        if ask.kind == "date":
            return self._control(id_, ask.text, _date(), value, PICK)
        return self.words(id_, ask.text, value)

    def words(self, id_: str, name: str, value: str, hint: str = "Write here") -> str:
        """Make a place to write, in as many lines as it takes."""
        return self._control(id_, name, '<w:text w:multiLine="1"/>', value, hint)

    def day(self, id_: str, name: str, value: str, hint: str = PICK) -> str:
        """Make a place for a day, shown as people write it."""
        day = days.day_of(value)
        return self._control(id_, name, _date(day), days.spoken_day(value), hint)

    def _box(self, id_: str, ask: Ask, *, on: bool) -> str:
        state = (
            f'<w14:checkbox xmlns:w14="{W14}"><w14:checked w14:val="{int(on)}"/>'
            f'<w14:checkedState w14:val="2612" w14:font="{_SIGNS}"/>'
            f'<w14:uncheckedState w14:val="2610" w14:font="{_SIGNS}"/></w14:checkbox>'
        )
        fonts = f'<w:rFonts w:ascii="{_SIGNS}" w:eastAsia="{_SIGNS}" w:hAnsi="{_SIGNS}"/>'
        look = f'<w:rPr>{fonts}<w:sz w:val="28"/></w:rPr>'
        run = f"<w:r>{look}<w:t>{CHECKED if on else UNCHECKED}</w:t></w:r>"
        return self._wrap(id_, ask.text, state, run)

    def _control(self, id_: str, name: str, inside: str, value: str, hint: str) -> str:
        if value:
            return self._wrap(id_, name, inside, "".join(_lines(value)))
        style = word_styles.PLACEHOLDER.replace(" ", "")
        run = f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr><w:t>{escape(hint)}</w:t></w:r>'
        return self._wrap(id_, name, f"<w:showingPlcHdr/>{inside}", run)

    def _wrap(self, id_: str, name: str, inside: str, run: str) -> str:
        self._count += 1
        alias = escape(for_documents(name)[:_LONGEST])
        said = (
            f'<w:alias w:val="{alias}"/><w:tag w:val="{escape(tag(id_))}"/>'
            f'<w:id w:val="{self._count}"/>'
        )
        content = f"<w:sdtContent>{run}</w:sdtContent>"
        return f"<w:sdt><w:sdtPr>{said}{inside}</w:sdtPr>{content}</w:sdt>"


def _date(day: dt.date | None = None) -> str:
    known = f' w:fullDate="{day.isoformat()}T00:00:00Z"' if day else ""
    return (
        f'<w:date{known}><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-NZ"/>'
        '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    )


def _item(label: str, value: str) -> str:
    return f'<w:listItem w:displayText="{escape(label)}" w:value="{escape(value)}"/>'


def _lines(value: str) -> Iterator[str]:
    """Write words as runs; breaks and tabs are elements of their own in Word."""
    for number, line in enumerate(for_documents(value).split("\n")):
        brake = "<w:br/>" if number else ""
        parts = (f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t"))
        yield f"<w:r>{brake}{'<w:tab/>'.join(parts)}</w:r>"
