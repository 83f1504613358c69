"""Editions stay as they were, whatever a proposal does to their files, names and lists."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from dpup import edition_rules, editions, meaning
from dpup.evolve import revisions
from dpup.evolve.kept import Kept
from evolving import commit, git, repository, run
from helpers import edit, write

if TYPE_CHECKING:
    from pathlib import Path

QUIZ = "content/editions/1.0.0/toolkit/a-quiz.md"
LIST = "content/editions/1.0.0.yml"
BACK = "An edition stays as it was released: git restore --source main -- "
STAYS = "Put it back as it was released. Changes belong into the next edition."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a repository that has released the sample as edition 1.0.0."""
    made = repository(tmp_path / "project")
    release(made, "1.0.0")
    commit(made)
    return made


def release(root: Path, version: str) -> None:
    words = ("--note", "The first.", "--date", "2026-12-03")
    assert run(root, "release", version, *words).exit_code == 0


def another(root: Path, version: str) -> None:
    """Add an edition that says what the first one says."""
    shutil.copytree(root / "content/editions/1.0.0", root / f"content/editions/{version}")
    listed(root, version)


def listed(root: Path, version: str) -> None:
    text = (root / LIST).read_text(encoding="utf-8")
    write(root / f"content/editions/{version}.yml", text.replace("1.0.0", version, 1))


def forge(root: Path) -> None:
    """Change a released file, and its digest to match."""
    raw = (root / QUIZ).read_bytes()
    edit(root / QUIZ, "title: A quiz", "title: A  quiz")
    digests = [hashlib.sha256(it).hexdigest() for it in (raw, (root / QUIZ).read_bytes())]
    edit(root / LIST, *digests)


def told(root: Path, against: str = "main") -> list[str]:
    """Give what the check says; the packet and the diff have to say the same."""
    done = run(root, "check", "--against", against)
    said = done.stdout.splitlines()
    wrong = [line for line in said if ": warning: " not in line]
    assert done.exit_code == (1 if wrong else 0)
    review = run(root, "review", "--against", against).stdout.replace("\u2060", "")
    checks = review.partition("## Is it sound?")[2].partition("\n\n")[2].partition("\n\n##")[0]
    assert checks.startswith(f"`dpup check --against` finds {len(wrong) or 'no'} problem"), checks
    diff = run(root, "diff", against).stderr.splitlines()
    assert set(said) >= {line for line in diff if "can be read" not in line}
    return said


def test_an_edition_that_has_not_changed_is_not_mentioned(root: Path) -> None:
    assert told(root) == []
    assert run(root, "diff", "main").stderr == ""


def test_a_released_file_that_changed_with_its_digest_is_told(root: Path) -> None:
    forge(root)
    assert run(root, "check").stdout == "", "nothing but the history knows better"
    assert told(root) == [
        f"{LIST}:1:1: This file of edition 1.0.0 has changed since main. {BACK}{LIST}",
        f"{QUIZ}:1:1: This file of edition 1.0.0 has changed since main. {BACK}{QUIZ}",
    ]
    diff = run(root, "diff", "main")
    assert diff.stdout == "Nothing differs.\n"
    assert diff.stderr.splitlines() == told(root)
    commit(root)
    assert told(root, "HEAD~1") == [line.replace("main", "HEAD~1") for line in told(root, "HEAD~1")]
    assert run(root, "diff", "HEAD~1", "HEAD").stderr == run(root, "diff", "HEAD~1").stderr


def test_a_released_file_that_has_gone_from_the_list_too_is_told(root: Path) -> None:
    folder = root / "content/editions"
    digest = hashlib.sha256((root / QUIZ).read_bytes()).hexdigest()
    (root / QUIZ).unlink()
    edit(folder / "1.0.0.yml", f'  - {{path: "toolkit/a-quiz.md", sha256: "{digest}"}}\n', "")
    assert f"{QUIZ}:1:1: This file of edition 1.0.0 is gone since main. {BACK}{QUIZ}" in told(root)


def test_editions_that_are_gone_and_a_forged_one_are_told(root: Path) -> None:
    git(root, "rm", "-r", "--quiet", "content/editions")
    release(root, "9.9.9")
    said = [
        (f"{LIST}:1:1: Edition 1.0.0 is gone since main. {BACK}{LIST} content/editions/1.0.0"),
        (
            "content/editions/9.9.9.yml:1:1: warning: Edition 9.9.9 is new. Take it in only if "
            "those who release editions have made it. dpup diff 9.9.9 says what today's files say "
            "otherwise."
        ),
    ]
    assert told(root) == said
    packet = run(root, "review", "--against", "main").stdout.replace("\u2060", "")
    assert packet.startswith(
        "# Review packet: changes since main\n\n**Edition 9.9.9 is new.** Take it in only if those "
        "who release editions have made it. dpup diff 9.9.9 says what today's files say "
        "otherwise.\n\n"
    )


def test_a_new_edition_is_no_problem_and_has_a_name(root: Path) -> None:
    for version in ("1.10.0", "1.9.0"):
        another(root, version)
    states = [revisions.released(root, name) for name in ("main", ".")]
    assert Kept(states[0], states[1], "main").new == ("1.9.0", "1.10.0")
    assert Kept(states[0], None, "main").new == ()
    assert Kept(states[1], states[0], "x").new == ()
    assert run(root, "diff", "1.0.0", "1.9.0").stderr == ""


def test_what_an_edition_never_listed_may_go(root: Path) -> None:
    write(root / "content/editions/1.0.0/slipped-in.md", "x")
    write(root / "content/editions/main.yml", "x")
    commit(root)
    git(root, "rm", "--quiet", "content/editions/1.0.0/slipped-in.md", "content/editions/main.yml")
    assert told(root) == []


LISTED = [
    (
        'kind: quiz, id: a-quiz, version: "1.0.0"',
        'kind: quiz, id: a-quiz, version: "1.0.1"',
        "quiz 'a-quiz' with this version and fingerprint.",
    ),
    (
        "kind: quiz, id: a-quiz",
        "kind: quiz, id: b-quiz",
        "quiz 'b-quiz' with this version and fingerprint.",
    ),
    (
        "{id: purpose-matters.write-it-down,",
        "{id: purpose-matters.write-it-up,",
        "'purpose-matters.write-it-up' with this fingerprint.",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), LISTED)
def test_what_a_manifest_says_is_what_its_files_say(
    root: Path, old: str, new: str, said: str
) -> None:
    edit(root / LIST, old, new)
    lines = (root / LIST).read_text(encoding="utf-8").splitlines()
    (number,) = (number for number, line in enumerate(lines, 1) if new in line)
    found = run(root, "check").stdout.splitlines()
    place, _, rest = found[-1].partition(": ")
    assert place.startswith(f"{LIST}:{number}:")
    assert rest.partition(": ")[2] == f"The files of this edition have no {said} {STAYS}"


def test_an_entry_that_a_manifest_leaves_out_is_told(root: Path) -> None:
    lines = (root / LIST).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [ln for ln in lines if "id: a-quiz," not in ln and "id: he-tangata.show-the" not in ln]
    write(root / LIST, "".join(kept))
    assert run(root, "check").stdout.splitlines() == [
        f"{LIST}:1:1: The files of this edition have {it}, and this list has not. {STAYS}"
        for it in ("'he-tangata.show-the-benefit'", "quiz 'a-quiz'")
    ]


def test_files_that_editions_share_are_read_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(root, "check").stdout == ""
    asked: list[object] = []
    monkeypatch.setattr(meaning, "of_entry", asked.append)
    another(root, "1.0.1")
    assert edition_rules.is_whole(root, "1.0.1")
    assert asked == []


@pytest.mark.parametrize("name", ["main", "HEAD", "v1"])
def test_an_edition_can_not_take_the_name_of_a_revision(root: Path, name: str) -> None:
    git(root, "tag", "v1")
    sha = git(root, "rev-parse", "HEAD").strip()
    edit(root / "content/toolkit/a-quiz.md", "title: A quiz", "title: Another")
    before = run(root, "diff", name).stdout
    for other in (name, sha):
        shutil.copytree(root / "content/toolkit", root / f"content/editions/{other}/toolkit")
        write(root / f"content/editions/{other}.yml", "version: x\n")
        assert run(root, "diff", other).stdout == before
    said = f"'{name}' is no version, so this is no edition. Remove it. dpup release makes editions."
    found = run(root, "check").stdout.splitlines()
    assert f"content/editions/{name}:1:1: {said}" in found
    assert f"content/editions/{name}.yml:1:1: {said}" in found


def test_a_linked_edition_is_refused_and_not_followed(root: Path, tmp_path: Path) -> None:
    folder = root / "content/editions"
    (folder / "2.0.0").symlink_to("1.0.0")
    listed(root, "2.0.0")
    (folder / "3.0.0").symlink_to("/etc")
    listed(root, "3.0.0")
    (folder / "4.0.0.yml").symlink_to("1.0.0.yml")
    write(tmp_path / "other/secret.md", "x")
    (folder / "1.0.0/toolkit/more").symlink_to(tmp_path / "other")
    link, far = (
        "1:1: This is a symbolic link to",
        "a place outside the project. Put a real file here.",
    )
    assert run(root, "check").stdout.splitlines() == [
        f"content/editions/1.0.0/toolkit/more:{link} {far}",
        f"content/editions/2.0.0:{link} another file. Put a real file here.",
        f"content/editions/3.0.0:{link} {far}",
        f"content/editions/4.0.0.yml:{link} another file. Put a real file here.",
    ]
    assert editions.blobs(root, "2.0.0") == editions.blobs(root, "3.0.0") == {}
    assert not any("secret" in path for path in editions.everything(root))


def test_a_linked_folder_of_editions_or_of_all_content_is_refused(root: Path) -> None:
    (root / "content/editions").rename(root / "kept")
    (root / "content/editions").symlink_to("../kept")
    link = "1:1: This is a symbolic link to another file. Put a real file here."
    assert told(root) == [
        f"content/editions:{link}",
        f"{LIST}:1:1: Edition 1.0.0 is gone since main. {BACK}{LIST} content/editions/1.0.0",
    ]
    (root / "content/editions").unlink()
    (root / "kept").rename(root / "content/editions")
    (root / "content").rename(root / "stuff")
    (root / "content").symlink_to("stuff")
    commit(root)
    assert f"content:{link}" in run(root, "check").stdout.splitlines()
    done = run(root, "check", "--against", "HEAD~1")
    back = BACK.replace("main", "'HEAD~1'")
    gone = f"{LIST}:1:1: Edition 1.0.0 is gone since HEAD~1. {back}{LIST}"
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [f"content:{link}", f"{gone} content/editions/1.0.0"]
    assert run(root, "diff", "HEAD~1").stderr.splitlines()[0] == (
        "content: Not all of this can be read. dpup check says why."
    )


@pytest.mark.parametrize("command", ["check", "review", "diff"])
def test_a_state_without_the_policy_is_none_to_compare_with(root: Path, command: str) -> None:
    git(root, "rm", "-r", "--quiet", "--cached", "content")
    git(root, "commit", "--quiet", "--message", "Nothing")
    for against, said in {
        "HEAD": (
            "At 'HEAD' there are no files in content/, so nothing can be compared with it. Use a "
            "revision that has the policy."
        ),
        "": "Git knows no revision '' here. Use a branch, a tag or a commit.",
    }.items():
        done = run(root, command, *(("--against",) if command != "diff" else ()), against)
        assert done.exit_code == 1
        assert done.stderr.splitlines()[-1] == f"Error: {said}"


def test_an_edition_without_its_files_is_none_to_compare_with(root: Path) -> None:
    (root / QUIZ).unlink()
    assert run(root, "diff", "1.0.0").stderr == (
        f"{LIST}: This edition is not as it was released. dpup check says why.\n"
    )
    shutil.rmtree(root / "content/editions/1.0.0")
    done = run(root, "diff", "1.0.0")
    assert done.exit_code == 1
    assert done.stderr == (
        "Error: The files of edition 1.0.0 are gone. Put content/editions/1.0.0/ back as it was.\n"
    )
    assert run(root, "check").stdout == (
        f"{LIST}:1:1: The files of edition 1.0.0 are gone. {STAYS}\n"
    )


def test_only_what_can_not_be_read_is_said_to_be_so(root: Path) -> None:
    home = "content/guidelines/purpose-matters.md"
    assert run(root, "approve", "purpose-matters", "--by", "Stewards").exit_code == 0
    edit(root / home, "text: Write down why.", f"text: {json.dumps('Write down how.')}")
    assert "approved.fingerprint: The words have changed" in run(root, "check").stdout
    assert run(root, "diff", "main").stderr == ""
    write(root / QUIZ, "---\nkind: quiz\n")
    assert run(root, "diff", "1.0.0").stderr.splitlines() == [
        f"{LIST}: This edition is not as it was released. dpup check says why.",
        f"{QUIZ}: Not all of this can be read.",
    ]
    write(root / "content/toolkit/a-quiz.md", "---\nkind: quiz\n")
    commit(root, "broken")
    git(root, "checkout", "--quiet", "HEAD~1", "--", "content")
    assert run(root, "diff", "broken").stderr.splitlines()[0] == (
        "content/toolkit/a-quiz.md at broken: Not all of this can be read."
    )


def test_a_repository_says_why_it_has_no_such_revision(tmp_path: Path, root: Path) -> None:
    fresh = repository(tmp_path / "fresh")
    assert run(fresh, "diff", "main").stderr == (
        "Error: This repository has no commits yet, so there is no older state to compare with.\n"
    )
    known = "Error: Git knows no revision 'nope' here. Use a branch, a tag or a commit."
    assert run(root, "diff", "nope").stderr == f"{known}\n"
    commit(root)
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{root}", "shallow")
    assert run(tmp_path / "shallow", "diff", "nope").stderr == (
        f"{known} Only part of the history is here; fetch the rest: git fetch --unshallow, or "
        "fetch-depth: 0.\n"
    )
