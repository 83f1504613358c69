"""Data to the text of a file: whatever it says, it reads back as the same."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

import pytest

from dpup import drafting, model, safeyaml
from dpup.kinds import KINDS
from dpup.library import load
from dpup.source import read_markdown
from dpup.toolkit import Checklist
from helpers import ROOT, write

if TYPE_CHECKING:
    from pathlib import Path

    from dpup.entries import Entry

TRAPS = (
    *("yes", "no", "on", "off", "y", "true", "False", "null", "~", "", "Null", "=", "<<"),
    *("1", "010", "1.10", "0x1f", "1_000", "12:30", "1e3", "1.5e+3", ".5", "+1", "-1", ".inf"),
    *("2026-11-24", "2026-11-24T10:00:00Z", "1.0.0", "0o7", "190:20:30", "0b11"),
    *("a: b", "a:", ": b", "a #b", "#b", "- a", "-a", "-", "? a", "?", "a?", "! a", "!!str a"),
    *("&a b", "*a", "[a]", "[a", "]", "{a}", "{a: b}", "a, b", "|", "> a", ">-", "%a", "@a", "`a`"),
    *('"a"', '"a', "'a'", "'a", "it's", 'say "no"', "\\", "\\n", "a\\", "---", "...", "--- a"),
    *(" a", "a ", " a ", "a\nb", "a\n\nb", "\na", "a\n", "a\n b", "a \nb", "a\tb", "\ta", "\n"),
    *("ā ē ī ō ū", "Te Tiriti o Waitangi", "😀", "a\u00a0b", "a\u2014b", "<script>", "<!-- -->"),
    *("a: b\nc: d", "- a\n- b", "---\ntitle: x\n---", "key: |\n  x", "#" * 200, "a" * 300),
    *("word " * 60 + "end", "word: " * 60 + "end", "a - b " * 60 + "end", "a #b " * 40 + "end"),
    *("two  spaces " * 30, "'quote' \"quote\" " * 20 + "x", "?, " * 90 + "x", "word\n" * 60),
)


def read(text: str) -> object:
    parsed = safeyaml.parse(text, "x.yml")
    assert parsed.problems == []
    return parsed.data


@pytest.mark.parametrize("trap", TRAPS)
def test_a_text_reads_back_as_the_same_text_wherever_it_stands(trap: str) -> None:
    data = {"a": trap, "b": (trap, trap), "c": ({"d": trap, "e": (trap,)},), "f": {"g": trap}}
    assert read(drafting.written(data)) == data
    assert read(f"a: {drafting.quoted(trap)}\n") == {"a": trap}
    assert drafting.quoted(trap).count("\n") == 0


def test_any_mixture_of_what_means_something_in_yaml_reads_back() -> None:
    chance = random.Random(6)
    parts = [*" \n\t:#-?,[]{}&*!|>'\"%@`=~\\<.0123", "a", "ā", "no", "word ", ": ", " #", "\n- "]
    for _ in range(3000):
        text = "".join(chance.choices(parts, k=chance.randrange(1, 40)))
        if "{{" in text or "{%" in text or "{#" in text:
            continue
        data = {"a": (text, {"b": text})}
        assert read(drafting.written(data)) == data, repr(text)


def test_what_is_no_text_stays_what_it_is() -> None:
    data = {"a": True, "b": 3, "c": dt.date(2026, 11, 24), "d": (), "e": None, "f": ("x", "y.z")}
    text = drafting.written(data)
    assert read(text) == data
    assert text == "a: true\nb: 3\nc: 2026-11-24\nd: []\ne: null\nf: [x, y.z]\n"


def test_a_version_stands_in_quotes_and_long_text_is_folded() -> None:
    text = drafting.written({"version": "1.0.0", "note": "word " * 24 + "end"})
    assert text == (
        f'version: "1.0.0"\nnote: >-\n  {"word " * 20}'.rstrip() + "\n  word word word word end\n"
    )


def test_template_braces_are_refused_by_the_check_with_its_own_words() -> None:
    parsed = safeyaml.parse(drafting.written({"a": "{{ entry() }}"}), "x.yml")
    assert [problem.message for problem in parsed.problems] == [
        "Template braces can't stand in a field."
    ]


def test_keys_come_in_the_order_of_the_model() -> None:
    data = {"stages": ("plan",), "changes": (), "title": "x", "kind": "checklist", "extra": "y"}
    assert list(drafting.ordered(Checklist, data)) == [
        *("kind", "title", "stages", "changes", "extra")
    ]
    change = {"note": "x", "kind": "added", "version": "1.0.0"}
    assert list(drafting.ordered(model.Change, change)) == ["version", "kind", "note"]


def entries() -> list[Entry]:
    library = load(ROOT)
    return [found[0] for kind in KINDS if (found := library.of(kind))]


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.kind.name)
def test_an_entry_of_each_kind_survives_being_written(entry: Entry, tmp_path: Path) -> None:
    shape = entry.kind.model
    data = drafting.plain(entry.facts)
    if entry.kind.is_list:
        parsed = safeyaml.parse(drafting.item(shape, data), "x.yml")
        assert isinstance(parsed.data, tuple)
        assert shape.model_validate(parsed.data[0]) == entry.facts
        return
    write(tmp_path / "x.md", drafting.document(shape, data, entry.body))
    source = read_markdown(tmp_path / "x.md", "x.md")
    assert source.problems == []
    assert shape.model_validate(source.front.data) == entry.facts
    assert source.body.strip("\n") == entry.body.strip("\n")


def test_a_body_can_not_reach_the_facts(tmp_path: Path) -> None:
    body = '---\nstatus: published\n---\n"""\n{{ entry("x") }}'
    write(tmp_path / "x.md", drafting.document(Checklist, {"title": "x"}, body))
    source = read_markdown(tmp_path / "x.md", "x.md")
    assert source.front.data == {"title": "x"}
    assert source.body == f"\n{body}\n"
