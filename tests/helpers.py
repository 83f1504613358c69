"""What several tests need: a project to break, and ways to build it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs.commands.build import build
from mkdocs.config import load_config

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


def copy_ours(where: Path) -> Path:
    """Copy what our own site is made of to a new folder, with new dates of the files."""
    for name in ("docs", "macros", "content", "overrides"):
        shutil.copytree(ROOT / name, where / name, copy_function=shutil.copy)
    shutil.copy(ROOT / "mkdocs.yml", where)
    return where


class Surroundings(NamedTuple):
    """What a machine gives to a build, and no byte of a site may depend on."""

    zone: str
    locale: str
    utf8: str
    """0 where Python follows the locale, which knows ASCII only when it is ``C``."""
    seed: str
    """Of the order of sets."""
    umask: int


HERE = Surroundings("UTC", "C.UTF-8", "1", "1", 0o022)
ELSEWHERE = Surroundings("NZDT-13", "C", "0", "4711", 0o077)


def build_as_command(root: Path, site_dir: Path, around: Surroundings) -> Path:
    """Run ``mkdocs build --strict`` with the given surroundings; give the site.

    Not ``--quiet``: MkDocs counts no warning that it does not print.
    """
    environment = os.environ | {
        "TZ": around.zone,
        "LC_ALL": around.locale,
        "LANG": around.locale,
        "PYTHONUTF8": around.utf8,
        "PYTHONCOERCECLOCALE": around.utf8,
        "PYTHONHASHSEED": around.seed,
    }
    environment.pop("SOURCE_DATE_EPOCH", None)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(site_dir)],
        cwd=root,
        env=environment,
        umask=around.umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return site_dir


def tree(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every file of a folder by its path."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


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


def program(name: str, *words: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a program that is installed with the tests, or one of the system."""
    ours = Path(sys.executable).parent / name
    command = [str(ours) if ours.exists() else name, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def chromium() -> str | None:
    """Find the browser that the system has; the one without windows takes half the time."""
    return _first("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def soffice() -> str | None:
    """Find the LibreOffice that the system has."""
    return _first("soffice", "libreoffice")


def java() -> str | None:
    """Find the Java runtime that the system has."""
    return _first("java")


def _first(*names: str) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


class Program(NamedTuple):
    """A program that some tests need and a machine may lack; their marker is its name here."""

    marker: str
    find: Callable[[], str | None]
    name: str
    packages: str
    """What to install on Debian and Ubuntu."""

    @property
    def required(self) -> bool:
        """True where its tests have to run, and fail without it."""
        return os.environ.get(f"DPUP_{self.marker.upper()}") == "required"


PROGRAMS = (
    Program("browser", chromium, "Chromium", "chromium"),
    Program("office", soffice, "LibreOffice", "libreoffice-writer-nogui libreoffice-calc-nogui"),
    Program("java", java, "Java", "default-jre-headless"),
)
