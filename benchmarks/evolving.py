"""Ask what changed in a repository of 1,000 entries and 50 commits: how long does it take.

Run it as ``.venv/bin/python benchmarks/evolving.py``. It prints the seconds of each command, from
the start of its process to the end, against the first of the commits and against the last but one.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ENTRIES, PRACTICES, COMMITS = 1_000, 1_000, 50
COMMANDS = (
    ("check", "--against", "{}"),
    ("diff", "{}"),
    ("review", "--against", "{}"),
)
SPEC = importlib.util.spec_from_file_location("library", Path(__file__).with_name("library.py"))


def git(root: Path, *args: str) -> None:
    """Run git as nobody in particular."""
    who = ("-c", "user.name=A steward", "-c", "user.email=steward@example.org")
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-C", str(root), *who, *args]
    subprocess.run(command, env=environment, check=True)  # noqa: S603 - asks for what stands here


def commit(root: Path, number: int) -> None:
    """Keep a state, under a tag."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", f"State {number}")
    git(root, "tag", f"v{number}")


def change(root: Path, number: int) -> None:
    """Reword a practice, with its version and note, and a checklist's own question."""
    file = root / f"content/guidelines/guideline-{number % 20 + 1}.md"
    text = file.read_text("utf-8")
    version = f"2.{number}.0"
    head, _, rest = text.partition("version: ")
    text = f'{head}version: "{version}"\n{rest.partition(chr(10))[2]}'
    line = (
        f'{{version: "{version}", date: 2026-12-{number // 2 + 1:02}, kind: clarified, note: N.}}'
    )
    text = text.replace("changes:\n", f"changes:\n  - {line}\n", 1)
    file.write_text(text.replace(f"Do thing {number} of", f"Do the thing {number} of"), "utf-8")
    other = root / f"content/toolkit/checklist-{number}.md"
    other.write_text(other.read_text("utf-8").replace("thought of", "thought about"), "utf-8")


def main() -> None:
    """Make the repository, and time each command twice."""
    library = importlib.util.module_from_spec(SPEC)  # type: ignore[arg-type]
    SPEC.loader.exec_module(library)  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        library.make(root, ENTRIES, PRACTICES)
        git(root, "init", "--quiet")
        commit(root, 1)
        for number in range(2, COMMITS + 1):
            change(root, number)
            commit(root, number)
        for name in ("v1", f"v{COMMITS - 1}"):
            for command in COMMANDS:
                args = [part.format(name) for part in command]
                start = time.perf_counter()
                done = subprocess.run(  # noqa: S603 - our own command
                    [sys.executable, "-c", "from dpup.cli import main; main()", *args],
                    cwd=root,
                    capture_output=True,
                    text=True,
                    check=False,
                )
                seconds = time.perf_counter() - start
                lines = len(done.stdout.splitlines())
                sys.stdout.write(f"dpup {' '.join(args)}: {seconds:.2f} s, {lines} lines\n")
                if done.stderr.startswith(("Error", "Traceback")):
                    raise SystemExit(done.stderr)


if __name__ == "__main__":
    main()
