"""One golden file per mistake: the files it changes, and every line that it must print.

``tests/problems/*.yml`` holds ``about`` (a sentence), what to do to the sample project
(``edits``: path, old, new; ``files``: path to text; ``bytes``: path to a Python bytes literal;
``repeat``: path to [text, times]; ``links``: path to target; ``delete``: paths) and
``problems``: the exact output of ``dpup check``, line by line.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from mkdocs.exceptions import Abort

from dpup.cli import main
from helpers import build_site, edit, make_project, write
from looking import FULL

GOLDENS = sorted((Path(__file__).parent / "problems").glob("*.yml"))


def broken(golden: Path, where: Path) -> tuple[Path, list[str]]:
    """Make the project of a golden file; give it with the lines it must print."""
    case: dict[str, Any] = yaml.safe_load(golden.read_text(encoding="utf-8"))
    root = make_project(where, case.get("files"))
    for change in case.get("edits", ()):
        edit(root / change["path"], change["old"], change["new"])
    for path, literal in case.get("bytes", {}).items():
        (root / path).write_bytes(ast.literal_eval(literal))
    for path, (text, times) in case.get("repeat", {}).items():
        write(root / path, text * times)
    for path, target in case.get("links", {}).items():
        (root / path).unlink(missing_ok=True)
        (root / path).symlink_to(target)
    for path in case.get("delete", ()):
        (root / path).unlink()
    return root, case["problems"].splitlines()


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.stem)
def test_check_prints_every_problem_and_its_cure(golden: Path, tmp_path: Path) -> None:
    root, expected = broken(golden, tmp_path / "project")
    result = CliRunner().invoke(main, ["check", "--root", str(root)])
    assert result.stdout.splitlines() == expected
    assert result.exit_code == 1
    assert "Traceback" not in result.output


def built(goldens: list[Path]) -> list[Path]:
    """Choose one golden file for each set of files that have problems.

    The problems are those of the check; builds and previews only show them. An audit builds all.
    """
    if FULL:
        return goldens
    chosen: dict[frozenset[str], Path] = {}
    for golden in goldens:
        lines = yaml.safe_load(golden.read_text(encoding="utf-8"))["problems"].splitlines()
        chosen.setdefault(frozenset(line.split(":")[0] for line in lines), golden)
    return list(chosen.values())


@pytest.mark.parametrize("golden", built(GOLDENS), ids=lambda golden: golden.stem)
def test_build_stops_with_one_error_and_leaves_the_old_site(
    golden: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root, expected = broken(golden, tmp_path / "project")
    write(root / "site/index.html", "the last good site")
    with pytest.raises(Abort):
        build_site(root)
    (error,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert error.getMessage().splitlines()[1:] == expected
    assert error.exc_info is None
    assert [file.name for file in (root / "site").rglob("*")] == ["index.html"]
    assert (root / "site/index.html").read_text(encoding="utf-8") == "the last good site"


@pytest.mark.parametrize("golden", built(GOLDENS), ids=lambda golden: golden.stem)
def test_preview_keeps_serving_and_shows_the_problem(golden: Path, tmp_path: Path) -> None:
    root, expected = broken(golden, tmp_path / "project")
    site = build_site(root, serving=True)
    pages = [page.read_text(encoding="utf-8") for page in site.rglob("*.html")]
    shown = [page for page in pages if "This page has problems" in page]
    for line in expected:
        place = line.split(": ")[0]
        assert any(place in page for page in shown), f"no page shows {place}"


def test_there_is_a_golden_file_for_each_kind_of_mistake() -> None:
    assert len(GOLDENS) >= 60
