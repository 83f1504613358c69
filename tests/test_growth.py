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
    return int(getattr(pstats.Stats(profile), "total_calls"))  # noqa: B009 - the stubs leave it out


def test_each_part_of_a_large_tree_takes_no_more_calls_than_of_a_small_one(tmp_path: Path) -> None:
    calls(tmp_path / "first", 50, 50)  # fills what is computed once for all trees
    taken = {size: calls(tmp_path / str(size), size, size) for size in (50, 100, 400)}
    # What every tree takes, however small it is, falls out.
    first, then = (taken[100] - taken[50]) / 50, (taken[400] - taken[100]) / 300
    assert 0 < then < 1.005 * first
