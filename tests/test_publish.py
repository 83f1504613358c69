"""Publishing: a site and a file change in one step, whatever stops the run."""

from __future__ import annotations

import os
import shutil
import threading
from typing import TYPE_CHECKING

import pytest

from dpup import publish
from helpers import tree, write

if TYPE_CHECKING:
    from pathlib import Path


class Killed(BaseException):
    """Stops a run where nothing catches it, as a signal would."""


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


OLD = {"index.html": b"old", "only/old.html": b"old"}
NEW = {"index.html": b"new", "only/new.html": b"new"}


def make(folder: Path, files: dict[str, bytes]) -> Path:
    for path, data in files.items():
        publish.write_bytes(folder / path, data)
    return folder


def test_a_file_is_written_with_its_folders_and_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a/b.bin"
    publish.write_bytes(file, b"one")
    publish.write_bytes(file, b"two")
    assert file.read_bytes() == b"two"
    assert names(tmp_path / "a") == ["b.bin"]


def test_a_file_that_cannot_be_put_in_place_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        publish.write_bytes(tmp_path / "taken", b"data")
    assert names(tmp_path) == ["taken"]


def test_readers_and_many_writers_of_one_file_see_whole_bytes_only(tmp_path: Path) -> None:
    file = tmp_path / "file"
    whole = [bytes([number]) * 100_000 for number in range(4)]
    publish.write_bytes(file, whole[0])

    def rewrite(data: bytes) -> None:
        for _ in range(30):
            publish.write_bytes(file, data)

    writers = [threading.Thread(target=rewrite, args=(data,)) for data in whole]
    for writer in writers:
        writer.start()
    seen = [file.read_bytes()]
    while any(writer.is_alive() for writer in writers):
        seen.append(file.read_bytes())
    assert set(seen) <= set(whole)
    assert names(tmp_path) == ["file"]


def test_the_first_site_is_put_in_place_with_its_folders(tmp_path: Path) -> None:
    site = tmp_path / "public/site"
    make(publish.begin(site), NEW)
    assert not site.exists()
    publish.finish(site)
    assert tree(site) == NEW
    assert names(tmp_path / "public") == ["site"]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_new_site_takes_the_place_of_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, at_once: bool
) -> None:
    if not at_once:
        monkeypatch.setattr(publish, "_exchanged_at_once", lambda *_: False)
    site = make(tmp_path / "site", OLD)
    site.chmod(0o750)
    make(publish.begin(site), NEW)
    assert tree(site) == OLD
    publish.finish(site)
    assert tree(site) == NEW
    assert site.stat().st_mode & 0o777 == 0o750
    assert names(tmp_path) == ["site"]


def test_folders_are_exchanged_at_once_where_the_system_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make(tmp_path / "site", OLD)
    work = make(publish.begin(site), NEW)
    if not publish._exchanged_at_once(site, work):  # noqa: SLF001 - asks what this system can
        pytest.skip("this system can't exchange two folders in one step")
    monkeypatch.setattr(os, "rename", None)
    publish._exchange(work, site)  # noqa: SLF001 - and back
    publish.finish(site)
    assert tree(site) == NEW


@pytest.mark.parametrize(("step", "left"), [*enumerate((OLD, OLD, NEW, NEW))])
def test_a_run_killed_before_any_rename_is_healed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, left: dict[str, bytes]
) -> None:
    """Where folders can't be exchanged there are three renames, and then the deletion."""
    site = make(tmp_path / "site", OLD)
    make(publish.begin(site), NEW)
    steps = [os.rename] * step + [killed]

    def rename(old: Path, new: Path) -> None:
        steps.pop(0)(old, new)

    with monkeypatch.context() as patch:
        patch.setattr(publish, "_exchanged_at_once", lambda *_: False)
        patch.setattr(os, "rename", rename)
        patch.setattr(shutil, "rmtree", killed)
        with pytest.raises(Killed):
            publish.finish(site)
    assert names(publish.begin(site)) == []
    assert tree(site) == left
    publish.discard(site)
    assert names(tmp_path) == ["site"]


def killed(*_: object) -> None:
    raise Killed


def test_a_site_that_cannot_be_replaced_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make(tmp_path / "site", OLD)
    work = make(publish.begin(site), NEW)
    rename = os.rename

    def refused(old: Path, new: Path) -> None:
        if old == work:
            raise OSError(16, "busy", str(old))
        rename(old, new)

    monkeypatch.setattr(publish, "_exchanged_at_once", lambda *_: False)
    monkeypatch.setattr(os, "rename", refused)
    with pytest.raises(OSError, match="busy"):
        publish.finish(site)
    assert tree(site) == OLD


def test_what_was_left_over_is_no_part_of_the_next_site(tmp_path: Path) -> None:
    site = make(tmp_path / "site", OLD)
    make(publish.begin(site), {"half.html": b"ha"})
    make(publish.begin(site), NEW)
    publish.finish(site)
    assert tree(site) == NEW


def test_a_kept_site_is_a_copy_with_its_dates(tmp_path: Path) -> None:
    site = make(tmp_path / "site", OLD)
    os.utime(site / "index.html", (1_000, 1_000))
    work = publish.begin(site, keep=True)
    assert tree(work) == OLD
    assert (work / "index.html").stat().st_mtime == 1_000
    write(work / "index.html", "new")
    assert tree(site) == OLD


def test_hidden_files_of_the_site_folder_stay(tmp_path: Path) -> None:
    """MkDocs leaves them alone, so that a site folder can be a worktree of git."""
    kept = {".git/HEAD": b"ref", ".nojekyll": b""}
    site = make(tmp_path / "site", OLD | kept | {".own": b"old"})
    (site / ".link").symlink_to("index.html")
    make(publish.begin(site), NEW | {".own": b"new"})
    publish.finish(site)
    assert (site / ".link").readlink().name == "index.html"
    (site / ".link").unlink()
    assert tree(site) == NEW | kept | {".own": b"new"}


def test_a_file_in_the_place_of_the_site_is_said_and_kept(tmp_path: Path) -> None:
    write(tmp_path / "site", "a file")
    with pytest.raises(NotADirectoryError, match="it is a file, not a folder"):
        publish.begin(tmp_path / "site")
    assert names(tmp_path) == ["site"]
