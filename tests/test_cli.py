"""The command: what it prints, and how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner, Result

from dpup.cli import main
from helpers import ROOT, edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_check_of_a_sound_project_ends_with_0_and_says_so(project: Callable[..., Path]) -> None:
    result = run("check", "--root", project())
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "25 entries, 3 practices: no problems.\n"


def broken(project: Callable[..., Path]) -> Path:
    root = project()
    edit(root / "content/reference/laws.yml", "short: IPP 1\n", "short: IPP 1\n  shrot: x\n")
    return root


def test_check_prints_one_clickable_line(project: Callable[..., Path]) -> None:
    result = run("check", "--root", broken(project))
    assert result.exit_code == 1
    assert result.stdout == (
        "content/reference/laws.yml:11:3: [1].shrot: Unknown key 'shrot'. Did you mean 'short'?\n"
    )
    assert result.stderr.endswith(": 1 problem.\n")


def test_check_as_json_gives_one_array_of_objects(project: Callable[..., Path]) -> None:
    result = run("check", "--root", broken(project), "--format", "json")
    assert json.loads(result.stdout) == [
        {
            "path": "content/reference/laws.yml",
            "line": 11,
            "column": 3,
            "where": "[1].shrot",
            "message": "Unknown key 'shrot'.",
            "hint": "Did you mean 'short'?",
            "severity": "error",
        }
    ]


def test_check_as_json_of_a_sound_project_is_an_empty_array(project: Callable[..., Path]) -> None:
    assert json.loads(run("check", "--root", project(), "--format", "json").stdout) == []


def test_check_for_github_prints_an_annotation(project: Callable[..., Path]) -> None:
    result = run("check", "--root", broken(project), "--format", "github")
    assert result.stdout == (
        "::error file=content/reference/laws.yml,line=11,col=3"
        "::[1].shrot: Unknown key 'shrot'. Did you mean 'short'?\n"
    )


def test_the_project_is_found_from_a_folder_inside_it(
    project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project() / "content/reference")
    assert run("check").exit_code == 0


def test_outside_of_a_project_the_command_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("check")
    assert result.exit_code == 2
    assert "No content/ folder here or above. Say --root FOLDER." in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--format", "xml"],
        ["check", "--root", "/no/such/folder"],
        ["nonsense"],
        ["report"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2(words: list[str], project: Callable[..., Path]) -> None:
    extra = ["--root", str(project())] if words == ["report"] else []
    assert run(*words, *extra).exit_code == 2


def test_a_tree_without_content_is_a_problem_and_not_a_crash(tmp_path: Path) -> None:
    result = run("check", "--root", tmp_path)
    assert result.exit_code == 1
    assert result.stdout.startswith("content:1:1: There is no such folder.")


def test_report_review_lists_who_has_to_look(project: Callable[..., Path]) -> None:
    result = run("report", "--review", "--root", project())
    assert result.exit_code == 0
    assert result.stdout == (
        "legal | guidelines/purpose-matters.md#write-it-down"
        " | activities[0].practices[0] | Our reading.\n1 rows\n"
    )


def test_report_counts_by_the_library_itself(project: Callable[..., Path]) -> None:
    rows = json.loads(run("report", "--counts", "--format", "json", "--root", project()).stdout)
    assert {row["what"]: row["count"] for row in rows}["Practices"] == 3


def test_report_overlap_finds_borrowed_wording(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    originals = tmp_path / "originals"
    originals.mkdir()
    borrowed = "one two three four five six seven eight nine"
    (originals / "old.txt").write_text(borrowed, encoding="utf-8")
    root = project()
    edit(root / "content/principles/he-tangata.md", "People come first.", borrowed)
    result = run("report", "--overlap", originals, "--root", root)
    assert (
        "content/principles/he-tangata.md:8 | one two three four five six seven eight"
        in result.stdout
    )


def test_stubs_are_written_for_engines_without_plugins(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    assert run("stubs", "--root", project(), "--out", tmp_path / "out").exit_code == 0
    stub = (tmp_path / "out/principles/he-tangata.md").read_text(encoding="utf-8")
    assert stub.endswith('---\n\n{{ entry("he-tangata") }}\n')


def test_stubs_of_a_broken_project_are_not_written(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    assert run("stubs", "--root", broken(project), "--out", tmp_path / "out").exit_code == 1
    assert not (tmp_path / "out").exists()


def test_schema_writes_a_file_for_each_kind(tmp_path: Path) -> None:
    assert run("schema", "--out", tmp_path).exit_code == 0
    assert len(list(tmp_path.glob("*.json"))) == 23


def commands(group: click.Group, start: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its full name, those of groups too."""
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        if isinstance(command, click.Group):
            yield from commands(command, f"{start}{name} ")
        else:
            yield f"{start}{name}", command


def test_every_command_has_help_and_stands_in_the_docs() -> None:
    page = (ROOT / "docs/contribute/commands.md").read_text(encoding="utf-8")
    for name, command in commands(main):
        assert command.help
        assert f"dpup {name}" in page
        assert "--root" in {option for param in command.params for option in param.opts}
        for param in command.params:
            names = param.opts if isinstance(param, click.Option) else [param.human_readable_name]
            assert all(option.strip("[]") in page for option in names), f"{name} {names}"
