"""What a packet says of files beside the entries, whom it names for them, and odd names."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from evolving import commit, git, repository, run
from helpers import edit, make_project, write

if TYPE_CHECKING:
    from pathlib import Path

HOME = "content/guidelines/purpose-matters.md"
JUDGE = (
    "**The proposal has judged itself.** It changes code, settings or who is asked, and all that "
    "this packet says was found with them. Read these files before you rely on it.\n"
)
READ = "  - the files that have a say in what is checked, and in who is asked\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a repository with one state, which says who owns what."""
    made = repository(tmp_path / "project")
    write(made / ".github/CODEOWNERS", "* @org/stewards\n/src/ @org/maintainers\n")
    write(made / "src/dpup/check.py", "print('sound')\n")
    write(made / "docs/assets/js/a.js", "// a\n")
    write(made / "language-ok.yml", "[]\n")
    commit(made, "v1")
    return made


def packet(root: Path) -> str:
    """Write the packet, with what keeps a forge from calling somebody taken out."""
    git(root, "add", "--all")
    done = run(root, "review", "--against", "v1")
    assert done.exit_code == 0
    return done.stdout.replace("\u2060", "")


def part(root: Path, heading: str) -> str:
    """Give one part of the packet."""
    return packet(root).partition(f"## {heading}\n\n")[2].partition("\n## ")[0]


def test_each_other_file_is_named_in_plain_words_with_its_owners(root: Path) -> None:
    write(root / "src/dpup/check.py", "print('always sound')\n")
    write(root / "src/dpup/new.py", "")
    (root / "docs/assets/js/a.js").unlink()
    write(root / "docs/index.md", "# Other\n")
    write(root / "language-ok.yml", "# nothing\n[]\n")
    write(root / "mkdocs.yml", (root / "mkdocs.yml").read_text("utf-8") + "# more\n")
    write(root / "content/editions/1.0.0.yml", "version: x\n")
    write(root / "content/notes.txt", "x\n")
    write(root / HOME, (root / HOME).read_text("utf-8").replace("number: 1\n", "number:  1\n"))
    write(root / "README.md", "# Read me\n")
    write(root / "tests/test_a.py", "")
    write(root / ".github/workflows/a.yml", "on: push\n")
    assert part(root, "Other files") == (
        f"{JUDGE}\n"
        "- code that builds the site: 2\n"
        "  - `src/dpup/check.py`, for **@org/maintainers**\n"
        "  - `src/dpup/new.py` (new), for **@org/maintainers**\n"
        "- scripts, styles and pictures of the site: 1\n"
        "  - `docs/assets/js/a.js` (gone), for **@org/stewards**\n"
        "- settings, and what is installed: 1\n"
        "  - `mkdocs.yml`, for **@org/stewards**\n"
        "- tests: 1\n"
        "  - `tests/test_a.py` (new), for **@org/stewards**\n"
        "- what runs on the forge: 1\n"
        "  - `.github/workflows/a.yml` (new), for **@org/stewards**\n"
        "- content in which only layout, remarks or the order of a list differ: 1\n"
        f"  - `{HOME}`, for **@org/stewards**\n"
        "- other files among the content: 1\n"
        "  - `content/notes.txt` (new), for **@org/stewards**\n"
        "- pages written by hand: 1\n"
        "  - `docs/index.md`, for **@org/stewards**\n"
        "- released editions, which stay as they were: 1\n"
        "  - `content/editions/1.0.0.yml` (new), for **@org/stewards**\n"
        "- texts about the project: 1\n"
        "  - `README.md` (new), for **@org/stewards**\n"
        "- what the language help passes over: 1\n"
        "  - `language-ok.yml`, for **@org/stewards**\n"
    )


def test_code_that_changes_has_to_be_read_even_where_no_entry_differs(root: Path) -> None:
    write(root / "src/dpup/check.py", "print('always sound')\n")
    said = packet(root)
    assert said.startswith("# Review packet: changes since v1\n\nNo entry differs.\n\n")
    assert JUDGE in said
    assert f"- [ ] **a steward**\n{READ}- [ ] **@org/maintainers**, who looks after" in said


def test_a_proposal_can_not_choose_who_reads_it(root: Path) -> None:
    write(root / ".github/CODEOWNERS", "* @somebody/else\n")
    edit(root / HOME, "text: Write down why.", "text: Write down nothing.")
    said = packet(root)
    assert "- who is asked: 1\n  - `.github/CODEOWNERS`, for **@org/stewards**\n" in said
    assert f"**@org/stewards**, who looks after `.github/CODEOWNERS`, `{HOME}`\n" in said
    assert JUDGE in said
    assert "somebody/else" not in said


def test_pages_alone_are_no_judge_of_themselves(root: Path) -> None:
    write(root / "docs/other.md", "# Other\n")
    said = packet(root)
    assert "- pages written by hand: 1\n  - `docs/other.md` (new), for **@org/stewards**\n" in said
    assert JUDGE not in said
    assert READ not in said


def test_nothing_is_said_where_nothing_differs(root: Path) -> None:
    os.utime(root / "src/dpup/check.py", (1, 1))
    write(root / "src/notes.txt", "not kept by git, so no part of a proposal\n")
    said = run(root, "review", "--against", "v1").stdout
    assert "Nothing differs.\n\n## Other files\n\nNo other file differs that git keeps.\n" in said


def test_the_right_to_run_and_a_link_are_changes_too(root: Path) -> None:
    (root / "src/dpup/check.py").chmod(0o755)
    (root / "docs/assets/js/a.js").unlink()
    (root / "docs/assets/js/a.js").symlink_to("/etc/hostname")
    said = part(root, "Other files")
    assert "`src/dpup/check.py`, for" in said
    assert "`docs/assets/js/a.js`, for" in said


def test_no_filter_of_a_repository_runs(root: Path) -> None:
    for key in ("filter.evil.clean", "filter.evil.smudge", "diff.evil.textconv", "diff.external"):
        git(root, "config", key, f"touch {root}/ran")
    git(root, "config", "core.fsmonitor", f"touch {root}/ran")
    write(root / ".gitattributes", "* filter=evil diff=evil\n")
    write(root / "src/dpup/check.py", "print('always sound')\n")
    (root / "ran").unlink(missing_ok=True)
    assert "`src/dpup/check.py`, for" in run(root, "review", "--against", "v1").stdout
    assert not (root / "ran").exists()


def test_many_files_are_counted(root: Path) -> None:
    for number in range(60):
        write(root / f"src/a{number:02}.py", "")
    said = packet(root)
    assert "- code that builds the site: 60\n" in said
    assert "  - … and 10 more; your forge lists all\n" in said
    assert "`src/a18.py`, `src/a19.py` and 40 more\n" in said


def test_an_edition_knows_no_other_files(tmp_path: Path) -> None:
    made = make_project(tmp_path / "project")
    assert run(made, "release", "1.0.0", "--note", "First.").exit_code == 0
    said = run(made, "review", "--against", "1.0.0").stdout
    assert "An edition keeps entries only, so nothing can be said of other files.\n" in said


def test_a_project_in_a_folder_of_a_repository_tells_its_own_files(tmp_path: Path) -> None:
    made = make_project(tmp_path / "deep/project")
    git(tmp_path, "init", "--quiet")
    commit(tmp_path, "v1")
    write(made / "docs/index.md", "# Other\n")
    assert "  - `docs/index.md`, for nobody in particular\n" in packet(made)


HOSTILE = (
    "a`b.md",
    "a\n::error::injected.md",
    "<img src=x>.md",
    "a\x1b[31m.md",
    "@steward [x](y).md",
    "\udcff.md",
    "``",
)


@pytest.mark.parametrize("folder", ["content/toolkit", "docs", "src"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_only_a_name(root: Path, folder: str, name: str) -> None:
    file = root / os.fsencode(f"{folder}/{name}").decode("utf-8", "surrogateescape")
    file.write_bytes(b"---\nkind: quiz\n---\n")
    said = packet(root)
    assert "\x1b" not in said
    assert "\n::error::" not in said
    diff = run(root, "diff", "v1")
    assert diff.exit_code == 0
    assert "\n::error::" not in f"\n{diff.stdout}\n{diff.stderr}"
    lines = [line for line in said.splitlines() if folder in line and "for **" in line]
    shown = name.replace("\n", "\\n").replace("\x1b", "\\x1b").replace("\udcff", "\\udcff")
    ticks = {"a`b.md": "``", "``": "```"}.get(name, "`")
    pad = " " if len(ticks) > 1 else ""
    span = f"{ticks}{pad}{folder}/{shown}{pad}{ticks}"
    assert [line for line in lines if line.startswith(f"  - {span} (new), for ")] == lines != []
    commit(root, "v2")
    told = run(root, "diff", "v1", "v2")
    assert told.exit_code == 0
    assert "\n::error::" not in f"\n{told.stdout}\n{told.stderr}"
