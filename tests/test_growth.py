"""The work of loading, linking and checking grows with the tree, and no faster.

Counted in calls of functions, which is the same on every machine; seconds are measured by
``benchmarks/library.py``.
"""

from __future__ import annotations

import cProfile
import importlib.util
import pstats
from typing import TYPE_CHECKING

from dpup import coverage
from dpup.check import check
from helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SPEC = importlib.util.spec_from_file_location("benchmark", ROOT / "benchmarks/library.py")
BENCHMARK = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(BENCHMARK)


def calls(root: Path, resources: int, practices: int) -> int:
    """Count the calls that loading, checking and linking a tree of that size takes."""
    BENCHMARK.make(root, resources, practices)
    profile = cProfile.Profile()
    profile.enable()
    library, problems = check(root)
    coverage.of(library)
    profile.disable()
    assert problems == ()
    return pstats.Stats(profile).total_calls


def test_eight_times_the_tree_takes_no_more_than_eight_times_the_calls(tmp_path: Path) -> None:
    small = calls(tmp_path / "small", 50, 50)
    large = calls(tmp_path / "large", 400, 400)
    assert large < 7.8 * small  # the parts that every tree has make it less than 8
