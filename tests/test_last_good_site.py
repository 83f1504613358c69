"""A build that fails, warns or is killed leaves the last good site whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from dpup.export.store import FOLDER
from helpers import build_site, edit, tree, write
from looking import FULL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PRINCIPLE = "content/principles/he-tangata.md"
PAGE = "principles/he-tangata/index.html"
LAST = {"index.html": b"the last good site"}
WARN = """
import logging

def on_post_build(config):
    logging.getLogger("mkdocs.hooks.late").warning("something is odd")
"""
STOP = """
def on_post_page(output, page, config):
    if page.file.src_uri == "principles/he-tangata.md":
        raise {error}
    return output
"""


def hooked(root: Path, hook: str) -> Path:
    """Give a project that has a last good site, and a hook of MkDocs."""
    write(root / "hook.py", hook)
    edit(root / "mkdocs.yml", "site_name: Sample", "site_name: Sample\nhooks: [hook.py]")
    write(root / "site/index.html", "the last good site")
    return root


def built(root: Path, *, strict: bool = False, dirty: bool = False, site: str = "site") -> None:
    """Build as ``mkdocs build`` with these options would."""
    where = str(root / site)
    config = load_config(str(root / "mkdocs.yml"), strict=strict, site_dir=where)
    config.plugins.on_startup(command="build", dirty=dirty)
    try:
        build(config, dirty=dirty)
    finally:
        config.plugins.on_shutdown()
        assert config.site_dir == where, "who deploys the site asks for it after the build"


def left_over(root: Path) -> list[str]:
    return sorted(folder.name for folder in root.glob("site.*"))


def test_a_build_that_ends_with_warnings_is_not_put_in_place_where_they_are_errors(
    project: Callable[..., Path],
) -> None:
    root = hooked(project(), WARN)
    with pytest.raises(Abort, match="1 warnings in strict mode"):
        built(root, strict=True)
    assert tree(root / "site") == LAST
    assert left_over(root) == []


def test_a_build_that_ends_with_warnings_is_put_in_place_where_they_are_none(
    project: Callable[..., Path],
) -> None:
    root = hooked(project(), WARN)
    built(root)
    assert "He Tāngata" in (root / "site" / PAGE).read_text(encoding="utf-8")
    assert left_over(root) == []


@pytest.mark.parametrize("error", ["ValueError", "SystemExit", "KeyboardInterrupt"])
def test_a_build_that_breaks_or_is_stopped_among_its_pages_changes_nothing(
    project: Callable[..., Path], error: str
) -> None:
    root = hooked(project(), STOP.format(error=error))
    with pytest.raises((ValueError, SystemExit, KeyboardInterrupt)):
        built(root)
    assert tree(root / "site") == LAST
    assert left_over(root) == []


def test_content_with_problems_still_heals_what_a_killed_run_left(
    project: Callable[..., Path],
) -> None:
    root = hooked(project({PRINCIPLE: "no front matter"}), "")
    (root / "site").rename(root / "site.replaced")
    write(root / "site.building/index.html", "half a si")
    with pytest.raises(Abort):
        built(root)
    assert tree(root / "site") == LAST
    assert left_over(root) == []


def test_a_dirty_build_keeps_what_it_does_not_build_again(project: Callable[..., Path]) -> None:
    root = hooked(project(), "")
    write(root / "site/kept.html", "kept")
    write(root / "docs/kept.txt", "old")
    built(root, dirty=True)
    assert (root / "site/kept.html").read_text(encoding="utf-8") == "kept"
    assert "He Tāngata" in (root / "site" / PAGE).read_text(encoding="utf-8")
    # The copy has the dates of the site, so what is newer than its source is not built again.
    write(root / "site/kept.txt", "not built again")
    built(root, dirty=True)
    assert (root / "site/kept.txt").read_text(encoding="utf-8") == "not built again"
    built(root)
    assert not (root / "site/kept.html").exists()
    assert (root / "site/kept.txt").read_text(encoding="utf-8") == "old"


def test_a_site_folder_that_is_a_link_stays_one(project: Callable[..., Path]) -> None:
    root = hooked(project(), "")
    (root / "site").rename(root / "public")
    (root / "site").symlink_to("public")
    built(root)
    assert (root / "site").readlink().name == "public"
    assert "He Tāngata" in (root / "public" / PAGE).read_text(encoding="utf-8")


def test_a_site_folder_can_be_new_and_deep(project: Callable[..., Path]) -> None:
    root = hooked(project(), "")
    built(root, site="out/of/the/way")
    assert (root / "out/of/the/way" / PAGE).is_file()
    assert tree(root / "site") == LAST


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(
    project: Callable[..., Path], caplog: pytest.LogCaptureFixture
) -> None:
    root = hooked(project(), "")
    write(root / "taken", "a file")
    with pytest.raises(Abort):
        built(root, site="taken")
    assert caplog.messages[-1] == (
        f"The site can't be put into {root}/taken: {root}/taken: it is a file, not a folder. A "
        "build needs to write beside that folder and to rename it; choose another one with "
        "--site-dir."
    )


KILLS = 40 if FULL else 8


class Victim:
    """A real ``mkdocs build`` of a project, in a process group of its own."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
        self._work = root / "site.building"
        self._began = time.monotonic()
        self._process = subprocess.Popen(command, cwd=root, start_new_session=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def _alive(self) -> bool:
        return self._process.poll() is None

    def until_it_writes(self) -> float:
        """Wait for its work folder; give the seconds since the start."""
        while self._alive() and not self._work.exists():
            time.sleep(0.001)
        return time.monotonic() - self._began

    def until_it_ends(self) -> float:
        self._process.wait()
        return time.monotonic() - self._began

    def kill(self) -> int:
        """Kill it, if it still runs, and give what it ended with."""
        if self._alive():
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        return self._process.wait()


def moments(start: float, end: float) -> Iterator[tuple[bool, float]]:
    """Spread the kills: whether to wait for the first writing, and how many seconds then.

    A quarter hits the time before, when Python starts and the content is checked.
    """
    chance = random.Random(4)
    early = KILLS // 4
    for part in range(early):
        yield False, start * (part + chance.random()) / early
    late = KILLS - early
    for part in range(late):
        yield True, (end - start) * (part + chance.random()) / late


def kept(root: Path) -> dict[str, bytes]:
    """Give the files in the cache of downloads; what starts with a dot is nobody's file yet."""
    files = tree(root / FOLDER).items()
    return {path: data for path, data in files if not path.rpartition("/")[2].startswith(".")}


def test_a_build_killed_at_any_moment_leaves_a_whole_site_and_cache(
    project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DPUP_SAMPLE_DOWNLOADS", "true")
    root = project()
    with Victim(root) as first:
        start, end = first.until_it_writes(), first.until_it_ends()
        assert first.kill() == 0
    text = (root / PRINCIPLE).read_text(encoding="utf-8")
    phases = []
    for number, (writing, pause) in enumerate(moments(start, end)):
        old, made = tree(root / "site"), kept(root)
        write(root / PRINCIPLE, text.replace("People come first.", f"People come first, {number}."))
        with Victim(root) as victim:
            if writing:
                victim.until_it_writes()
            time.sleep(pause)
            ended = victim.kill()
        found, unfinished, half = tree(root / "site"), left_over(root), kept(root)
        new = tree(build_site(root))
        assert half.items() <= (made | kept(root)).items(), "a part of a file is in the cache"
        assert found in (old, new), f"after a kill {pause:.3f} s into the build"
        assert old[PAGE] != new[PAGE]
        assert left_over(root) == []
        phases.append((ended == -signal.SIGKILL, bool(unfinished), found == new))
    print(*phases, sep="\n")  # noqa: T201 - shown when the counts below are not as expected
    killed = [phase for phase in phases if phase[0]]
    assert sum(not unfinished for _, unfinished, _ in killed) >= 2, "before the first writing"
    assert sum(unfinished for _, unfinished, _ in killed) >= KILLS // 4, "with the site half built"
