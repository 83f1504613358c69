"""Shared fixtures: a temporary project, and our own site built once."""

from __future__ import annotations

import contextlib
import gc
import os
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

import serving
from helpers import HERE, PROGRAMS, ROOT, build_as_command, make_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


# Checkers run for seconds only: to optimise them first costs more than it saves.
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


def pytest_collection_finish() -> None:
    """Leave what all tests share to itself: to look through it again and again takes time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Make a project: ``project({"content/x.md": "…"})`` gives its folder."""
    return lambda files=None: make_project(tmp_path / "project", files)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[..., Path]:
    """Make a folder once for all workers: ``once("site", make)``, with ``make(folder)``."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder = shared / f"once-{name}"
        with FileLock(f"{folder}.lock"):
            if not folder.exists():
                part = tmp_path_factory.mktemp(name)
                make(part)
                part.rename(folder)
        return folder

    return made


@pytest.fixture(scope="session")
def site(once: Callable[..., Path]) -> Path:
    """Our own content, built strictly with MkDocs."""
    return once("site", lambda folder: build_as_command(ROOT, folder, HERE))


@pytest.fixture(scope="session")
def site_url(site: Path) -> Iterator[str]:
    """Serve our own site on this machine; give the address."""
    with serving.served(site) as address:
        yield address


@pytest.fixture
def served() -> Iterator[Callable[[Path], str]]:
    """Serve folders on this machine until the test ends: ``served(folder)`` gives the address."""
    with contextlib.ExitStack() as stack:
        yield lambda folder: stack.enter_context(serving.served(folder))


LONG = ("test_same_bytes.py", "test_last_good_site.py", "test_pages.py")
"""Long tests: begun last, they would keep one worker busy while the others have nothing to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long tests, and skip those whose program is not there, by name."""
    rank = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path.name, len(LONG)))
    for program in PROGRAMS:
        if program.find() or program.required:
            continue
        reason = f"no {program.name} here; on Debian or Ubuntu: apt-get install {program.packages}"
        for item in items:
            if item.get_closest_marker(program.marker):
                item.add_marker(pytest.mark.skip(reason=reason))
