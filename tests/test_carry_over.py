"""Answers to an older checklist: the shared cases in Python, and tombstones of items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from dpup import answers, tombstones
from dpup.asks import NO, NOT_APPLICABLE, YES, Ask
from dpup.library import load
from editions import ENTRY, HOME, make_edition
from helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SHARED = yaml.safe_load((ROOT / "tests/carry-over-cases.yml").read_text(encoding="utf-8"))
CASES = [pytest.param(case, id=case["name"]) for case in SHARED["cases"]]


class Printed(Ask):
    """An item whose fingerprint is given."""

    @property
    def fingerprint(self) -> str:
        return self.text


@pytest.mark.parametrize("case", CASES)
def test_the_commands_remark_on_what_the_browser_shows_again(case: dict[str, Any]) -> None:
    choices = (YES, NO, NOT_APPLICABLE)
    asked = {
        id_: Printed(id=id_, kind="yes-no-na", text=print_, choices=choices)
        for id_, print_ in SHARED["form"]["items"].items()
    }
    said = {
        id_: {key: value for key, value in answer.items() if key != "settled"}
        for id_, answer in case["answers"].items()
    }
    sheet = answers.Sheet(entry="a", answers=said)
    remarked = [remark.id for remark in answers.remarks(sheet, "", asked) if remark.id in said]
    expected = {*case.get("again", {}), *case.get("withdrawn", []), *case.get("unknown", [])}
    assert set(remarked) == expected


def test_tombstones_say_what_is_in_force_instead(tmp_path: Path) -> None:
    library = load(make_edition("second", tmp_path / "project"))
    assert library.problems == ()
    entry = library.find(ENTRY)
    assert entry is not None
    assert {stone.id: stone.instead for stone in tombstones.of(library, entry)} == {
        f"{HOME}.old-habit": (f"{HOME}.write-it-down",),
        f"{HOME}.split": (f"{HOME}.asking", f"{HOME}.telling"),
        f"{HOME}.one": (f"{HOME}.both",),
        f"{HOME}.other": (f"{HOME}.both",),
        f"{ENTRY}.told": (),
    }


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("[purpose-matters.same, purpose-matters.also-same]", ("same", "also-same")),
        ("[purpose-matters.split]", ()),
        ("[]", ()),
    ],
)
def test_replacements_that_were_replaced_are_followed(
    tmp_path: Path, second: str, expected: tuple[str, ...]
) -> None:
    root = make_edition("second", tmp_path / "project")
    file = root / "content/guidelines/purpose-matters.md"
    text = file.read_text(encoding="utf-8")
    stone = f"        withdrawn: {{date: 2026-11-26, reason: Again., replaced_by: {second}}}\n"
    at = text.index("      - id: telling")
    text = text[:at].replace("purpose-matters.asking, ", "") + text[at:]
    text = text.replace("      - id: one\n", f"{stone}      - id: one\n")
    file.write_text(text, encoding="utf-8")
    library = load(root)
    entry = library.find(ENTRY)
    assert entry is not None
    found = {stone.id: stone.instead for stone in tombstones.of(library, entry)}
    assert found[f"{HOME}.split"] == tuple(f"{HOME}.{id_}" for id_ in expected)
