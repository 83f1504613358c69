"""A site depends on its content alone: not on the machine, the folder, the clock or the locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import ELSEWHERE, HERE, build_as_command, copy_ours, tree

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def differing(one: Path, other: Path) -> list[str]:
    """Name the files whose bytes differ, or that only one of two folders has."""
    left, right = tree(one), tree(other)
    return sorted(path for path in left | right if left.get(path) != right.get(path))


def test_our_site_has_the_same_bytes_wherever_it_is_built(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    assert all(here != there for here, there in zip(HERE, ELSEWHERE, strict=True))
    root = copy_ours(tmp_path / "a copy of another name")
    other = build_as_command(root, tmp_path / "elsewhere" / "public", ELSEWHERE)
    # Asked for only now: another worker may have built it meanwhile.
    site = request.getfixturevalue("site")
    assert len(tree(site)) > 700
    assert differing(site, other) == []


def test_files_that_differ_are_named(tmp_path: Path) -> None:
    for folder, extra in (("one", "left"), ("other", "right")):
        (tmp_path / folder / "deep").mkdir(parents=True)
        (tmp_path / folder / "deep/same.html").write_bytes(b"same")
        (tmp_path / folder / "deep/file.gz").write_bytes(extra.encode())
        (tmp_path / folder / extra).write_bytes(b"")
    found = differing(tmp_path / "one", tmp_path / "other")
    assert found == ["deep/file.gz", "left", "right"]
