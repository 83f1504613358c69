"""Small repositories in which the policy has changed, for tests of what that calls for."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner, Result
from lxml import etree

from dpup import feeds
from dpup.cli import main
from dpup.evolve import revisions
from helpers import edit, make_project, write

HISTORIES = sorted((Path(__file__).parent / "histories").glob("*.yml"))


def git(root: Path, *args: str) -> str:
    """Run git as nobody in particular, at no particular time, with no settings of its own."""
    environment = os.environ | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": "2026-11-24T00:00:00Z",
        "GIT_COMMITTER_DATE": "2026-11-24T00:00:00Z",
    }
    who = ["-c", "user.name=A steward", "-c", "user.email=steward@example.org"]
    command = ["git", "-C", str(root), *who, *args]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def commit(root: Path, tag: str = "") -> None:
    """Keep all files as they are."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "A state of the policy")
    if tag:
        git(root, "tag", tag)


def repository(where: Path) -> Path:
    """Make the sample project a repository."""
    root = make_project(where)
    write(root / ".gitignore", "macros\n")
    git(root, "init", "--quiet", "--initial-branch=main")
    return root


def history(case: Path, where: Path) -> tuple[Path, dict[str, Any]]:
    """Make the repository of a golden history: the state before is tagged, that after lies there.

    ``before`` and ``edits`` change the sample project (path, old, new); ``approve`` names entries
    to approve before; ``files`` are added, ``delete`` is removed and ``rename`` renamed after.
    """
    told: dict[str, Any] = yaml.safe_load(case.read_text(encoding="utf-8"))
    root = repository(where)
    for change in told.get("before", ()):
        edit(root / change["path"], change["old"], change["new"])
    for id_ in told.get("approve", ()):
        assert run(root, "approve", id_, "--by", "Stewards", "--on", "2026-11-30").exit_code == 0
    commit(root, "v1")
    for change in told.get("edits", ()):
        edit(root / change["path"], change["old"], change["new"])
    for path, text in told.get("files", {}).items():
        write(root / path, text)
    for path in told.get("delete", ()):
        (root / path).unlink()
    for path, other in told.get("rename", {}).items():
        (root / path).rename(root / other)
    return root, told


def run(root: Path, command: str, *args: str) -> Result:
    """Run a command of dpup on a project."""
    result = CliRunner().invoke(main, [command, "--root", str(root), *args])
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def gained(root: Path) -> list[str]:
    """List what the feed of everything has now and had not before: its title and its content."""
    before, after = (
        etree.fromstring(feeds.files(revisions.at(root, name), "")[feeds.ALL])
        for name in ("v1", revisions.HERE)
    )
    old = {entry.findtext("{*}id") for entry in before.findall("{*}entry")}
    entries = [it for it in after.findall("{*}entry") if it.findtext("{*}id") not in old]
    return [f"{it.findtext('{*}title')}: {it.findtext('{*}content')}" for it in entries]
