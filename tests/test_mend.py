"""``dpup check --fix``: what it mends, word for word, and all that it leaves as it is."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from dpup.cli import main
from dpup.language.mend import mend
from helpers import ROOT, copy_ours, edit, tree, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE = "content/principles/he-tangata.md"
TERMS = "content/reference/glossary.yml"
PAGE = "docs/about-it.md"
SPACE = "The space at the line's end is gone."


def fix(root: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["check", "--fix", "--root", str(root), *options])


def mends(root: Path) -> list[str]:
    return [str(one) for one in mend(root)]


def swap(root: Path, path: str, old: bytes, new: bytes) -> bytes:
    """Replace bytes that stand in a file exactly once; give all of them."""
    raw = (root / path).read_bytes()
    assert raw.count(old) == 1
    raw = raw.replace(old, new)
    (root / path).write_bytes(raw)
    return raw


def test_each_mend_is_said_with_its_place_and_the_rest_is_checked(
    project: Callable[..., Path],
) -> None:
    root = project()
    edit(root / FILE, "People come first.", "The whanau come first, says XYZ. ")
    edit(root / FILE, 'version: "1.0.0"\nstatus', "version: 1.0.0\nstatus")
    edit(root / FILE, "write-it-down).\n", "write-it-down).")
    result = fix(root)
    assert result.stderr.splitlines() == [
        f"{FILE}:4:10: '1.0.0' is now '\"1.0.0\"'.",
        f"{FILE}:8:14: 'whanau' is now 'whānau'.",
        f"{FILE}:8:42: {SPACE}",
        f"{FILE}:33:91: The last line ends now.",
        "25 entries, 3 practices: no problems, 1 warning.",
    ]
    assert result.stdout.startswith(f"{FILE}:8:38: warning: summary: 'XYZ' is explained neither")
    assert result.exit_code == 0
    assert mends(root) == []


def test_not_a_byte_besides_changes(project: Callable[..., Path]) -> None:
    root = project()
    before = tree(root / "content")
    edit(
        root / FILE,
        "It is about whānau.",
        "# not a comment\n\n*  Whanau :  x\n\n\n1) hapu\t\n<!-- -->",
    )
    edit(root / TERMS, "meaning: Wider family.", "meaning:   'Wider  whanau''s'")
    swap(root, TERMS, b"}\n- {id: pia", b"}  # whanau\n- {id: pia")
    after = tree(root / "content")
    fix(root)
    changed = {path for path, raw in tree(root / "content").items() if raw != after[path]}
    assert {f"content/{path}" for path in changed} == {FILE, TERMS}
    assert tree(root / "content").keys() == before.keys()
    text = (root / FILE).read_text(encoding="utf-8")
    assert "# not a comment\n\n*  Whānau :  x\n\n\n1) hapū\n<!-- --> See [writing" in text
    terms = (root / TERMS).read_text(encoding="utf-8")
    assert "meaning:   'Wider  whānau''s', reo: true, sources: [page]}  # whanau\n" in terms


def test_a_sound_project_is_not_touched(project: Callable[..., Path]) -> None:
    root = project()
    times = {file: file.stat().st_mtime_ns for file in root.rglob("*") if file.is_file()}
    assert fix(root).stderr == "25 entries, 3 practices: no problems.\n"
    assert {file: file.stat().st_mtime_ns for file in times} == times


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("a name: Maori Television", None),
        ('a "whanau" in quotes', None),
        ("`whanau` in code and https://example.org/whanau", None),
        ("two spaces  \nbreak a line", None),
        ("a backslash\\  \nbreaks a line too", None),
        ("```text\nspaces in code   \nwhanau\n```", None),
        ("~~~\nspaces in code   \n~~~", None),
        ("text\n\n    indented code \n\ntext", None),
        ("one space \nbreaks nothing", "one space\nbreaks nothing"),
        ("two at the end  \n\nof a paragraph", "two at the end\n\nof a paragraph"),
        ("an empty line\n   \nof spaces", "an empty line\n\nof spaces"),
        ("a tab\t\nat the end", "a tab\nat the end"),
        ("a hard space\u00a0", None),
        ("te reo\nMaori on two lines", "te reo\nMāori on two lines"),
        ("te  reo  Maori  and whaanau", "te  reo  Māori  and whānau"),
        ("te reo maori and maori people", None),
        ("Ask Nga about it at Nga's desk, by the NGA standard.", None),
        ("Nga whanau and nga hapu", "Ngā whānau and ngā hapū"),
        ("The Ngai Tahu (Pounamu Vesting) Act 1997", None),
        ("The Ngai Tahu Maori Law Centre", None),
        ("> Our whanau\n> and hapu.", None),
        (f'They said "{"word " * 80}whanau".', None),
        ("They said “whanau come first.", None),
        ("text\n\n    indented whanau code\n\n    and hapu", None),
        (
            "- item\n\n    with whanau\n\n        and hapu code",
            "- item\n\n    with whānau\n\n        and hapu code",
        ),
        ("!!! note\n\n    whanau", "!!! note\n\n    whānau"),
        ("the id whanau-data", None),
        ("the whanau-led way", "the whānau-led way"),
        ("Maori/Pakeha and whanau/hapu", None),
        ("Maoris, iwis and whanaus", None),
        ("See [maori] and [whanau data][].\n\n[maori]: a.md\n[whanau data]: b.md", None),
        ("About [whanau] and [whanau](a.md).", "About [whānau] and [whānau](a.md)."),
        ("a name: Ngati Maniapoto and NGA HAPU", None),
    ],
)
def test_only_what_is_certain_is_mended(
    given: str, left: str | None, project: Callable[..., Path]
) -> None:
    root = project({PAGE: f"# About\n\n{given}\n"})
    list(mend(root))
    assert (root / PAGE).read_text(encoding="utf-8") == f"# About\n\n{left or given}\n"
    assert mends(root) == []


@pytest.mark.parametrize(
    ("given", "left"),
    [
        (
            "core_idea: |\n  Keep  \n  this. \nnumber: 1 ",
            "core_idea: |\n  Keep  \n  this. \nnumber: 1",
        ),
        ("core_idea: >- \n  Not \n  this.\nnumber: 1", "core_idea: >-\n  Not\n  this.\nnumber: 1"),
        ('core_idea: "A \\ \n  b."\nnumber: 1', None),
        ("core_idea: x # version: 1.0.0\nnumber: 1", None),
        ("core_idea: 'version: 1.0.0'\nnumber: 1", None),
    ],
)
def test_facts_are_mended_outside_of_literal_texts(
    given: str, left: str | None, project: Callable[..., Path]
) -> None:
    root = project()
    edit(root / FILE, "number: 1\n", "")
    edit(root / FILE, "core_idea: Data work is there to make lives better.", given)
    list(mend(root))
    assert f"{left or given}\nkupu:" in (root / FILE).read_text(encoding="utf-8")
    assert mends(root) == []


@pytest.mark.parametrize("version", ["1.0.0", "1.0", "12.10"])
def test_versions_get_quotes_wherever_they_stand(
    version: str, project: Callable[..., Path]
) -> None:
    root = project()
    edit(root / FILE, '{version: "1.0.0", date', f"{{version: {version}, date")
    edit(root / FILE, 'version: "1.0.0"\nstatus', f"version:  {version}  # so\nstatus")
    assert len(mends(root)) == 2
    text = (root / FILE).read_text(encoding="utf-8")
    assert f'{{version: "{version}", date' in text
    assert f'version:  "{version}"  # so\nstatus' in text
    assert mends(root) == []


def test_a_version_of_two_numbers_stays_a_problem(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / FILE, 'version: "1.0.0"\nstatus', "version: 1.10\nstatus")
    result = fix(root)
    assert result.exit_code == 1
    assert "version: '1.10' is not a version. Write three numbers in quotes" in result.stdout


def test_windows_line_ends_and_a_byte_order_mark_stay(project: Callable[..., Path]) -> None:
    root = project()
    raw = (
        (root / FILE)
        .read_text(encoding="utf-8")
        .rstrip("\n")
        .replace("People come", "Whanau come ")
    )
    raw = raw.replace("first.\ncore", "first. \ncore").replace(
        "## Why\n", "## Why \n\n```\nx \n```\n \n"
    )
    (root / FILE).write_bytes(b"\xef\xbb\xbf" + raw.replace("\n", "\r\n").encode())
    result = fix(root)
    assert result.exit_code == 1
    assert "byte order mark" in result.stdout
    assert "Windows way" in result.stdout
    mended = raw.replace("Whanau", "Whānau").replace("first. ", "first.").replace("Why ", "Why")
    mended = mended.replace("```\n \n", "```\n\n") + "\n"
    assert (root / FILE).read_bytes() == b"\xef\xbb\xbf" + mended.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"title: He", b"title: [He \nwhanau: 1.0.0 \n"),
        (b"first.\n", b"first. whanau \xff\n"),
        (b"first.\n", b"first. whanau\r"),
        (b"---\n## Why", b"## Why "),
    ],
    ids=["broken YAML", "not UTF-8", "line ends of old", "never closed"],
)
def test_a_file_that_cannot_be_read_is_left_alone_and_told(
    old: bytes, new: bytes, project: Callable[..., Path]
) -> None:
    root = project()
    raw = swap(root, FILE, old, new)
    result = fix(root)
    assert (
        f"{FILE}:1:1: Not mended: this file can't be read; the check says why.\n" in result.stderr
    )
    assert result.exit_code == 1
    assert (root / FILE).read_bytes() == raw


def test_hidden_characters_never_move_a_mend(project: Callable[..., Path]) -> None:
    root = project()
    raw = swap(root, FILE, b"People come", "\u200b\u202ewhanau wha\u200bnau whanau".encode())
    fix(root)
    mended = raw.replace("\u202ewhanau".encode(), "\u202ewhānau".encode())
    assert (root / FILE).read_bytes() == mended.replace(b" whanau first", " whānau first".encode())


def test_what_fits_only_after_a_mend_is_looked_at_again(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / FILE, "summary: People come first.", "summary: >-\n  The whanau comes first. ")
    assert mends(root) == [f"{FILE}:9:26: {SPACE}", f"{FILE}:9:7: 'whanau' is now 'whānau'."]
    assert mends(root) == []


@pytest.mark.parametrize("end", ["", "\r"])
def test_a_space_behind_the_first_fence_is_a_space_as_well(
    end: str, project: Callable[..., Path]
) -> None:
    root = project()
    swap(root, FILE, b"---\ntitle", f"--- {end}\ntitle".encode())
    swap(root, FILE, b"People come", b"Whanau come")
    assert mends(root) == [f"{FILE}:1:4: {SPACE}", f"{FILE}:8:10: 'Whanau' is now 'Whānau'."]
    assert (root / FILE).read_bytes().startswith(f"---{end}\ntitle".encode())


def test_other_mistakes_of_a_file_do_not_stop_the_mends(project: Callable[..., Path]) -> None:
    root = project()
    swap(root, FILE, b"status: published\n", b"status: publised \n")
    assert mends(root) == [f"{FILE}:5:17: {SPACE}"]


@pytest.mark.parametrize("place", [FILE, TERMS, PAGE])
def test_nothing_is_written_through_a_link_to_a_file(
    place: str, project: Callable[..., Path], tmp_path: Path
) -> None:
    root = project({PAGE: "# About\n\nThe whanau. \n"})
    outside = tmp_path / "outside"
    (root / place).rename(outside)
    (root / place).symlink_to(outside)
    outside.write_bytes(outside.read_bytes() + b"whanau \n")
    before = outside.read_bytes()
    result = fix(root)
    assert f"{place}:1:1: This is a symbolic link to a place outside the project." in result.stdout
    assert outside.read_bytes() == before
    assert (root / place).is_symlink()


@pytest.mark.parametrize("folder", ["content", "docs", "content/principles", "docs/sub"])
def test_nothing_is_written_through_a_link_to_a_folder(
    folder: str, project: Callable[..., Path], tmp_path: Path
) -> None:
    root = project({"docs/sub/x.md": "# X\n\nThe whanau. \n"})
    edit(root / FILE, "It is about whānau.", "It is about whanau. ")
    (root / folder).rename(tmp_path / "outside")
    (root / folder).symlink_to(tmp_path / "outside")
    before = tree(tmp_path / "outside")
    result = fix(root)
    assert tree(tmp_path / "outside") == before
    assert "symbolic link" in result.output


def test_a_project_may_itself_stand_behind_a_link(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    root = project({PAGE: "# About\n\nThe whanau.\n"})
    (tmp_path / "link").symlink_to(root)
    assert mends(tmp_path / "link") == [f"{PAGE}:3:5: 'whanau' is now 'whānau'."]


def test_who_may_read_a_file_stays(project: Callable[..., Path]) -> None:
    root = project({PAGE: "# About\n\nThe whanau.\n"})
    (root / PAGE).chmod(0o640)
    fix(root)
    assert stat.S_IMODE((root / PAGE).stat().st_mode) == 0o640


def test_a_file_that_cannot_be_written_is_told(
    project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project({PAGE: "# About\n\nThe whanau.\n"})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    result = fix(root)
    assert (
        f"{PAGE}:1:1: Not mended: this can't be written: No space left on device." in result.stderr
    )
    assert (root / PAGE).read_text(encoding="utf-8") == "# About\n\nThe whanau.\n"


def test_what_is_right_as_it_stands_is_not_mended(project: Callable[..., Path]) -> None:
    right = "- {rule: macron, words: The whanau, reason: An old spelling is shown.}\n"
    root = project({PAGE: "# About\n\nThe whanau.\n", "language-ok.yml": right})
    assert mends(root) == []


def test_without_a_sound_list_of_what_is_right_no_word_is_mended(
    project: Callable[..., Path],
) -> None:
    root = project({PAGE: "# About\n\nThe whanau. \n", "language-ok.yml": "- {rule: macron}\n"})
    result = fix(root)
    assert (root / PAGE).read_text(encoding="utf-8") == "# About\n\nThe whanau.\n"
    assert result.exit_code == 1
    assert result.stderr.startswith(
        f"{PAGE}:3:12: {SPACE}\n"
        "language-ok.yml:1:1: No word is mended: this list has problems; the check says which.\n"
    )


def test_json_on_the_output_stays_json(project: Callable[..., Path]) -> None:
    root = project({PAGE: "# About\n\nThe whanau.\n"})
    assert fix(root, "--format", "json").stdout == "[]\n"


def test_our_own_files_need_no_mend(tmp_path: Path) -> None:
    root = copy_ours(tmp_path / "ours")
    (root / "language-ok.yml").write_bytes((ROOT / "language-ok.yml").read_bytes())
    before = tree(root)
    assert mends(root) == []
    assert tree(root) == before


def test_without_macrons_our_own_files_get_them_back(tmp_path: Path) -> None:
    root = copy_ours(tmp_path / "ours")
    file = root / "content/toolkit/information-flow-map.md"
    whole = file.read_text(encoding="utf-8")
    assert whole.count("whānau") > 5
    write(file, whole.replace("whānau", "whanau").replace("Whānau", "Whanau"))
    assert len(mends(root)) >= whole.count("whānau")
    assert file.read_text(encoding="utf-8") == whole
