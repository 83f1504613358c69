"""Files to text: encodings, sizes, front matter, and a storm of random damage."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from dpup.source import MAX_BYTES, read_markdown, read_text, read_yaml
from helpers import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path

    from dpup.source import Source

FILES = sorted(path for path in (SAMPLE / "content").rglob("*.*"))


def said(source: Source) -> list[str]:
    """Give the problems of a file as they are printed."""
    return [str(problem) for problem in source.problems]


def markdown(folder: Path, raw: bytes) -> Source:
    """Read bytes as a Markdown file."""
    file = folder / "f.md"
    file.write_bytes(raw)
    return read_markdown(file, "f.md")


def test_front_matter_and_body_are_parted_with_their_lines(tmp_path: Path) -> None:
    source = markdown(tmp_path, b"---\na: 1\n---\n\nText.\n")
    assert source.front.data == {"a": 1}
    assert (source.body, source.body_line) == ("\nText.\n", 4)
    assert source.front.marks[("a",)].line == 2
    assert source.sound
    assert source.problems == []


def test_a_later_rule_belongs_to_the_body(tmp_path: Path) -> None:
    assert markdown(tmp_path, b"---\na: 1\n---\nx\n\n---\n").body == "x\n\n---\n"


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"", "f.md:1:1: The file is empty. Copy a file that works and change it, or delete this "),
        (b" \n\n", "f.md:1:1: The file is empty. Copy a file that works and change it, or delete "),
        (b"# Hi\n", "f.md:1:1: The file does not start with front matter. Make --- the first "),
        (b"\n---\na: 1\n---\n", "f.md:1:1: The file does not start with front matter. Make --- "),
        (b"  ---\na: 1\n---\n", "f.md:1:3: The file does not start with front matter. Make --- "),
        (b"---\na: 1\n", "f.md:1:1: The front matter is never closed. Add a line --- after the "),
        (b"---\n---\n", "f.md:2:1: The front matter is empty. Write the keys that every such "),
        (b"---\n# a\n---\n", "f.md:2:1: The front matter is empty. Write the keys that every "),
        (b"---\na: M\xe4\n", "f.md:2:5: The file is not UTF-8 text. Save it again with the enc"),
        (b"\xff\xfea\0", "f.md:1:1: The file is not UTF-8 text. Save it again with the enc"),
        (b"\xed\xa0\x80", "f.md:1:1: The file is not UTF-8 text. Save it again with the enc"),
    ],
)
def test_what_is_no_content_file_is_told_in_one_line(raw: bytes, line: str, tmp_path: Path) -> None:
    source = markdown(tmp_path, raw)
    assert len(source.problems) == 1
    assert said(source)[0].startswith(line)
    assert not source.sound


def test_a_byte_order_mark_and_windows_lines_are_told_and_read(tmp_path: Path) -> None:
    source = markdown(tmp_path, b"\xef\xbb\xbf---\r\na: 1\r\n---\r\nx\r\n")
    assert said(source) == [
        (
            'f.md:1:1: The file starts with a byte order mark (BOM). Save it as "UTF-8", '
            'not "UTF-8 with BOM".'
        ),
        (
            "f.md:1:4: Lines end in the Windows way (CRLF). Save the file with line endings "
            '"LF" (Unix).'
        ),
    ]
    assert source.front.data == {"a": 1}
    assert source.body == "x\n"


def test_a_hidden_character_is_told_once_and_causes_nothing_else(tmp_path: Path) -> None:
    text = "---\na: x\0y\nb: he\u200balth\nc: 1\u20282\n---\n"
    source = markdown(tmp_path, text.encode())
    assert [(problem.line, problem.column) for problem in source.problems] == [
        (2, 5),
        (3, 6),
        (4, 5),
    ]
    assert source.front.data == {"a": "x y", "b": "health", "c": "1 2"}


def test_words_that_only_look_like_others_are_told_in_facts_and_text(tmp_path: Path) -> None:
    source = markdown(tmp_path, "---\na: ye\u0338t\n---\nDo no\ufe01t share\U000e0100.\n".encode())
    assert said(source) == [
        (
            "f.md:2:6: A mark strikes out or surrounds what stands before it (U+0338 COMBINING "
            "LONG SOLIDUS OVERLAY). Delete it."
        ),
        ("f.md:4:6: A hidden character takes no room (U+FE01 VARIATION SELECTOR-2). Delete it."),
        ("f.md:4:14: A hidden character takes no room (U+E0100 VARIATION SELECTOR-17). Delete it."),
    ]
    assert (source.front.data, source.body) == ({"a": "yet"}, "Do not share.\n")


def test_a_file_is_read_up_to_a_limit_and_not_beyond(tmp_path: Path) -> None:
    file = tmp_path / "f.yml"
    file.write_bytes(b"#" * MAX_BYTES)
    message = "f.yml:1:1: The file holds nothing but comments."
    assert said(read_yaml(file, "f.yml"))[0].startswith(message)
    file.write_bytes(b"#" * (MAX_BYTES + 1))
    assert said(read_yaml(file, "f.yml")) == [
        (
            "f.yml:1:1: The file has 1,000,001 bytes; the limit is 1,000,000. "
            "Split it, or move what is not text elsewhere."
        )
    ]


def test_a_file_that_is_gone_or_a_folder_is_told(tmp_path: Path) -> None:
    assert said(read_yaml(tmp_path / "gone.yml", "gone.yml")) == [
        "gone.yml:1:1: The file can't be read: No such file or directory. Check its permissions."
    ]
    assert said(read_text(tmp_path, "folder")) == [
        "folder:1:1: The file can't be read: Is a directory. Check its permissions."
    ]


def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert said(read_markdown(tmp_path / "pipe.md", "pipe.md")) == [
        "pipe.md:1:1: This is no file of text but a pipe or a device. Put a real file here."
    ]


TWO = "<<<<<<< Updated upstream\n{}\n=======\n{}\n>>>>>>> Stashed changes\n"
KEEP = "Keep the lines that are right, and delete the others"
SIGNS = "and the ones that start with <<<<<<<, ======= and >>>>>>>."


def test_two_versions_of_a_text_are_told_at_their_first_line(tmp_path: Path) -> None:
    source = markdown(tmp_path, f"---\na: 1\n---\nHi.\n\n{TWO.format('One.', 'Two.')}".encode())
    message = "Two versions of the same lines stand here, down to line 10."
    assert said(source) == [f"f.md:6:1: {message} {KEEP}, {SIGNS}"]
    assert source.sound
    assert source.body == "Hi.\n\n\nOne.\n\nTwo.\n\n"


def test_two_versions_of_keys_are_told_once(tmp_path: Path) -> None:
    source = markdown(tmp_path, f"---\n{TWO.format('a: 1', 'a: 2')}---\nHi.\n".encode())
    message = "Two versions of the same lines stand here, down to line 6."
    assert said(source) == [f"f.md:2:1: {message} {KEEP}, {SIGNS}"]
    assert not source.sound
    whole = TWO.format("---\na: 1\n---", "---\na: 2\n---")
    message = "Two versions of the same lines stand here, down to line 9."
    assert said(markdown(tmp_path, whole.encode())) == [f"f.md:1:1: {message} {KEEP}, {SIGNS}"]


@pytest.mark.parametrize("sign", ["<<<<<<< HEAD", ">>>>>>> 1a2b3c", "<<<<<<<"])
def test_one_sign_of_two_versions_is_told(tmp_path: Path, sign: str) -> None:
    message = f"The line with {sign[:7]} was left here by git: two versions of a text stood there."
    source = markdown(tmp_path, f"---\na: 1\n---\nHi.\n{sign}\n".encode())
    assert said(source) == [f"f.md:5:1: {message} {KEEP}, and this one."]
    assert said(read_text(tmp_path / "f.md", "f.md")) == said(source)


@pytest.mark.parametrize("body", ["Hi\n=======\n", "<<<<<<<<\n", ">>>>>>>a\n", " <<<<<<< a\n"])
def test_what_git_does_not_write_is_no_sign(tmp_path: Path, body: str) -> None:
    source = markdown(tmp_path, f"---\na: 1\n---\n{body}".encode())
    assert (said(source), source.body) == ([], body)


@pytest.mark.parametrize("seed", range(200))
def test_no_damage_to_the_bytes_of_a_file_makes_the_reader_raise(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    original = chance.choice(FILES)
    raw = bytearray(original.read_bytes())
    for _ in range(chance.randrange(1, 9)):
        start = chance.randrange(len(raw) + 1)
        end = start + chance.choice((0, 0, 1, 7, 60))
        new = (chance.randbytes(2), b"\t", b"{{", b": ", b'"', b"- ", b"&a *a ", b"\0", raw[:40])
        raw[start:end] = chance.choice(new)
    file = tmp_path / original.name
    file.write_bytes(raw)
    read = read_yaml if original.suffix == ".yml" else read_markdown
    source = read(file, original.name)
    lines = raw.count(b"\n") + raw.count(b"\r") + 1
    assert all(1 <= problem.line <= lines and problem.column >= 1 for problem in source.problems)
    assert source.sound or source.problems
