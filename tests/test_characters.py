"""Characters that deceive: every sort is found, and honest ones are left alone."""

from __future__ import annotations

import pytest

from dpup.characters import describe, hidden, look_alike, without_hidden


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "He Tāngata, whānau",
        "“quotes” \u2013 dashes…",
        "✓ 👍 ❤️",
        "日本語",
        "☐\ufe0e ↔\ufe0f \u2265\u0338 ✓\u20dd",
        "line\n\tline\r\n",
    ],
)
def test_honest_text_has_nothing_hidden(text: str) -> None:
    assert list(hidden(text, "f.md")) == []
    assert without_hidden(text) == text


@pytest.mark.parametrize("code", [0x202A, 0x202E, 0x2066, 0x2069, 0x200E, 0x200F])
def test_every_control_of_direction_is_found(code: int) -> None:
    (problem,) = hidden(f"a{chr(code)}b", "f.md")
    assert problem.message.startswith("A hidden character changes the direction of text (U+20")
    assert (problem.line, problem.column, problem.hint) == (1, 2, "Delete it.")


@pytest.mark.parametrize(
    "code",
    [
        *(0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x034F, 0xFE00, 0xFE01, 0xFE0E, 0xFE0F),
        *(0xE0100, 0xE01EF, 0x180B, 0x180C, 0x180D, 0x180E, 0x180F, 0x17B4, 0x17B5),
    ],
)
def test_every_character_without_width_is_found_and_taken_out(code: int) -> None:
    (problem,) = hidden(f"a{chr(code)}b", "f.md")
    assert problem.message.startswith("A hidden character takes no room (U+")
    assert without_hidden(f"a{chr(code)}b") == "ab"


@pytest.mark.parametrize(
    "code",
    [
        *(0x00, 0x02, 0x0B, 0x1B, 0x7F, 0x85, 0x2028, 0x2029, 0x3164, 0x2800, 0xE000, 0xFFFE),
        *(0x115F, 0x1160, 0xFFA0),
    ],
)
def test_every_other_unseen_character_is_found_and_made_a_space(code: int) -> None:
    (problem,) = hidden(f"a{chr(code)}b", "f.md")
    assert problem.message.startswith(f"A character that can't be seen stands here (U+{code:04X}")
    assert without_hidden(f"a{chr(code)}b") == "a b"


@pytest.mark.parametrize("code", [0x0334, 0x0335, 0x0336, 0x0337, 0x0338, 0x20D2, 0x20DD, 0x20E5])
def test_a_mark_that_strikes_out_a_letter_is_found_and_taken_out(code: int) -> None:
    text = f"not ye{chr(code)}t"
    (problem,) = hidden(text, "f.md")
    assert problem.message.startswith(
        f"A mark strikes out or surrounds what stands before it (U+{code:04X} COMBINING "
    )
    assert (problem.line, problem.column, problem.hint) == (1, 7, "Delete it.")
    assert without_hidden(text) == "not yet"


def test_what_belongs_to_a_symbol_is_told_only_elsewhere() -> None:
    text = "\ufe0f❤\ufe0f\ufe0f a\u0338\u2265\u0338"
    assert [problem.column for problem in hidden(text, "f.md")] == [1, 4, 7]
    assert without_hidden(text) == "❤\ufe0f a\u2265\u0338"


def test_tags_and_surrogates_are_found() -> None:
    assert len(list(hidden("\U000e0041\ud800", "f.md"))) == 2


def test_a_macron_of_its_own_is_told_and_kept() -> None:
    (problem,) = hidden("whānau\nwha\u0304nau", "f.md", first_line=5)
    assert str(problem) == (
        "f.md:6:4: A macron stands here as a character of its own. "
        "Type the vowel with its macron as one character: ā ē ī ō ū."
    )
    assert without_hidden("a\u0304") == "a\u0304"


def test_lines_are_counted_however_they_end() -> None:
    found = list(hidden("a\r\nb\rc\n\u200bd", "f.md"))
    assert [(problem.line, problem.column) for problem in found] == [(4, 1)]


def test_an_honest_character_has_nothing_said_of_it() -> None:
    assert describe("ā") is None
    assert describe("\n") is None


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("he\u0430lth", "CYRILLIC SMALL LETTER A"),
        ("\u03bfpen", "GREEK SMALL LETTER OMICRON"),
        ("\u0501ata", "CYRILLIC SMALL LETTER KOMI DE"),
    ],
)
def test_a_letter_that_only_looks_plain_is_named(word: str, name: str) -> None:
    char = next(char for char in word if not char.isascii())
    assert look_alike(word) == f"'{char}' is {name}, which only looks like a plain letter."


@pytest.mark.parametrize("word", ["", "health", "whānau", "naïve", "a-1"])
def test_latin_letters_look_like_nothing_else(word: str) -> None:
    assert look_alike(word) == ""
