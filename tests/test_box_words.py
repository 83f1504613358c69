"""What is wrong with a form is told in the words of that form, never in those of a file."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from dpup import box_words
from dpup.library import load
from dpup.proposal_forms import FORMS
from helpers import SAMPLE
from proposing import cases

if TYPE_CHECKING:
    import pytest

    from dpup.safeyaml import Path

DAY = dt.date(2026, 12, 1)
LIBRARY = load(SAMPLE)
OF_FILES = re.compile(
    r" is not an id|without quotes|in quotes|folded text|front matter|The key|Add a line|"
    r"either from, or|without:|in line |Choose one of|meanings:|if_[a-z]|a file of the project"
)


def test_no_problem_of_a_form_speaks_of_its_file() -> None:
    said = [fault for case in cases() for fault in case.judged(LIBRARY, DAY).faults]
    assert len(said) > len(FORMS)
    assert [fault for fault in said if OF_FILES.search(fault)] == []


def test_each_row_of_the_table_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    used: set[str] = set()
    put = box_words.in_words

    def noted(table: tuple[box_words.Row, ...], where: Path, said: str) -> tuple[Path, str]:
        for row in table:
            if put((row,), where, said) != put((), where, said):
                used.add(row.of)
                break
        return put(table, where, said)

    monkeypatch.setattr(box_words, "in_words", noted)
    for case in cases():
        case.judged(LIBRARY, DAY)
    fixed = (*box_words.EVERYWHERE, *(row for rows in box_words.OWN.values() for row in rows))
    assert [row.of for row in fixed if row.of not in used] == []


def test_what_can_mend_a_problem_is_said_beside_its_words() -> None:
    table = (box_words.Row("a.b: No '(.*)' in (.*)", "$2 has no $1.", "c"),)
    assert box_words.in_words(table, ("a", 0, "b"), "No 'x\ny' in $1") == (
        ("a", 0, "b", "c"),
        "$1 has no x\\ny.",
    )
    assert box_words.in_words(table, ("b",), "No 'x' in y") == (("b",), "No 'x' in y")


def test_no_name_is_left_in_the_table() -> None:
    for form in FORMS.values():
        said = [row.said for row in box_words.rows(form, LIBRARY)]
        assert [each for each in said if re.search(r"<[a-z]", each)] == []
