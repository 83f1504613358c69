"""What tests rest on: one that cannot run says so, or fails where it has to run."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from helpers import PROGRAMS, ROOT, Program, write

if TYPE_CHECKING:
    from pathlib import Path

MARKED = """
import pytest

@pytest.mark.browser
def test_page(): assert False, "no browser"

@pytest.mark.office
def test_letter(): assert False, "no office"

@pytest.mark.java
def test_book(): assert False, "no java"
"""


def outcome(tmp_path: Path, **required: str) -> str:
    """Run three marked tests on a machine that has none of the programs."""
    write(tmp_path / "test_marked.py", MARKED)
    shared = ["--confcutdir", str(ROOT / "tests"), "-c", str(ROOT / "pyproject.toml")]
    command = [sys.executable, "-m", "pytest", "-p", "conftest", *shared, str(tmp_path)]
    environment = {key: os.environ[key] for key in ("PYTHONPATH",) if key in os.environ}
    environment |= {"PATH": str(tmp_path), **required}
    environment["PYTHONPATH"] = f"{ROOT}/tests:{environment.get('PYTHONPATH', '')}"
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.stdout


def test_a_test_whose_program_is_missing_is_skipped_by_name(tmp_path: Path) -> None:
    told = outcome(tmp_path)
    assert "3 skipped" in told.splitlines()[-1]
    for program in PROGRAMS:
        reason = f"no {program.name} here; on Debian or Ubuntu: apt-get install {program.packages}"
        assert reason in told


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.marker)
def test_a_test_whose_program_is_required_runs_without_it(tmp_path: Path, program: Program) -> None:
    told = outcome(tmp_path, **{f"DPUP_{program.marker.upper()}": "required"})
    assert "1 failed, 2 skipped" in told.splitlines()[-1]
    assert f"no {program.marker}" in told
