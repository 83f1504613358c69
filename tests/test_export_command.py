"""``dpup export``: one file, all files, and a sentence for whatever can't be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest
from click.testing import CliRunner

from dpup.cli import main
from dpup.export import make
from dpup.export.paper import Press
from dpup.library import load
from helpers import edit, make_project

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

LIST = "before-you-start"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("export") / "project")


def run(root: Path, *words: object) -> Result:
    return CliRunner().invoke(main, ["export", "--root", str(root), *map(str, words)])


def test_one_file_is_the_one_that_a_build_makes(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep/list.docx"
    done = run(root, LIST, "--to", "docx", "--out", out)
    assert (done.exit_code, done.output) == (0, "")
    paper = Press(load(root)).find(LIST)
    assert paper is not None
    assert out.read_bytes() == make.one(paper, "docx")


@pytest.mark.parametrize("url", ["https://x.example/dpup", "https://x.example/dpup/"])
def test_the_address_of_the_site_stands_on_paper(root: Path, tmp_path: Path, url: str) -> None:
    out = tmp_path / "list.pdf"
    assert run(root, LIST, "--to", "pdf", "--out", out, "--site-url", url).exit_code == 0
    with pikepdf.open(out) as document:
        links = {str(a.A.URI) for a in document.pages[0].Annots}
    assert f"https://x.example/dpup/toolkit/{LIST}/" in links


def test_all_files_are_written_with_the_names_of_the_site(root: Path, tmp_path: Path) -> None:
    done = run(root, "--all", "--out", tmp_path)
    names = {file.name for file in tmp_path.iterdir()}
    assert done.exit_code == 0
    assert done.output == f"{len(names)} files in {tmp_path}\n"
    assert {f"{LIST}.pdf", "whole-policy.epub", "frontline.zip"} <= names


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ("before-you-strat", "--to", "pdf"),
            1,
            "Error: There is no document 'before-you-strat'. Did you mean 'before-you-start'?\n",
        ),
        (
            (LIST, "--to", "epub"),
            1,
            (
                "Error: 'before-you-start' does not come as epub. It comes as pdf, large-print, "
                "docx, xlsx, csv, md, json.\n"
            ),
        ),
        (
            (LIST,),
            2,
            (
                "Error: Say what and how: dpup export ID --to FORMAT --out FILE, or --all --out "
                "FOLDER.\n"
            ),
        ),
    ],
)
def test_what_cannot_be_made_is_said_with_a_cure(
    root: Path, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    done = run(root, *words, "--out", tmp_path / "file")
    assert done.exit_code == code
    assert done.output.endswith(said)
    assert not (tmp_path / "file").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((LIST, "--all"), "Say either ID with --to, or --all."),
        ((LIST, "--to", "pdf", "--site-url", "x.example"), "'x.example' is no web address."),
    ],
)
def test_wrong_use_is_said(root: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = run(root, *words, "--out", tmp_path / "file")
    assert done.exit_code == 2
    assert said in done.output


def test_a_project_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", {".cache": "a file, not a folder"})
    done = run(root, "--all", "--out", tmp_path / "files")
    assert done.exit_code == 1
    assert done.output.startswith("Error: The downloads can't be kept: ")


def test_nothing_is_made_while_the_content_has_problems(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project")
    edit(root / "content/toolkit/first-steps.md", "kind: guide", "kind: giude")
    done = run(root, LIST, "--to", "pdf", "--out", tmp_path / "file.pdf")
    assert done.exit_code == 1
    assert "content/toolkit/first-steps.md:" in done.output
    assert not (tmp_path / "file.pdf").exists()


def test_a_place_that_cannot_be_written_is_said(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file, not a folder")
    done = run(root, LIST, "--to", "csv", "--out", tmp_path / "file/list.csv")
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert "can't be written" in done.output
