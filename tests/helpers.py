"""What several tests need: a project to break, and ways to build it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.commands.build import build
from mkdocs.config import load_config

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parent.parent
SAMPLE = Path(__file__).parent / "sample"


def make_project(where: Path, files: Mapping[str, str] | None = None) -> Path:
    """Copy the sample project to a folder and write ``files`` over it."""
    shutil.copytree(SAMPLE, where, dirs_exist_ok=True)
    (where / "macros").symlink_to(ROOT / "macros")
    for path, text in (files or {}).items():
        write(where / path, text)
    return where


def write(file: Path, text: str) -> None:
    """Write a text file as it is, with its folders."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file exactly once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    write(file, text.replace(old, new))


def build_site(root: Path, *, serving: bool = False, site_dir: Path | None = None) -> Path:
    """Build a project in this process, as ``mkdocs build --strict`` or ``mkdocs serve`` would."""
    where = {"site_dir": str(site_dir)} if site_dir else {}
    config = load_config(str(root / "mkdocs.yml"), strict=not serving, **where)
    config.plugins.on_startup(command="serve" if serving else "build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
    return Path(config.site_dir)


def chromium() -> str | None:
    """Find the browser that the system has."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)
