"""Comparing states: hostile words in each format, odd names of revisions, who has to look."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pypandoc
import pytest
from lxml import html

from dpup.evolve import compare, formats, revisions
from dpup.evolve.runs import pairs, words
from evolving import commit, git, repository, run
from helpers import edit, make_project, write

if TYPE_CHECKING:
    from pathlib import Path

HOME = "content/guidelines/purpose-matters.md"
HOSTILE = (
    "</li><script>alert(1)</script> [x](javascript:alert(1)) **bold** `code` | $1$ ~~s~~ @steward "
    "<!-- & -->"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a repository with one state, and change a practice into something hostile."""
    made = repository(tmp_path / "project")
    commit(made, "v1")
    edit(made / HOME, "text: Write down why.", f"text: {json.dumps(HOSTILE)}")
    edit(made / HOME, "title: Purpose Matters", f"title: {json.dumps('Why ' + HOSTILE)}")
    return made


def test_hostile_words_are_words_in_markdown(root: Path) -> None:
    for args in (("diff", "v1", "--format", "md"), ("review", "--against", "v1")):
        shown = pypandoc.convert_text(run(root, *args).stdout, "html", format="gfm")
        tree = html.fragment_fromstring(shown, create_parent="div")
        tags = {str(node.tag) for node in tree.iter()}
        assert not tags & {"script", "a", "img"}
        text = str(tree.text_content()).replace("\u2060", "")
        assert " ".join(HOSTILE.split()) in " ".join(text.split())
        assert "@steward" not in tree.text_content(), "a forge would call somebody of that name"


def test_hostile_words_are_words_in_html_json_and_text(root: Path) -> None:
    tree = html.fragment_fromstring(run(root, "diff", "v1", "--format", "html").stdout, "div")
    tags = {str(node.tag) for node in tree.iter()}
    assert tags == {"div", "section", "h3", "ul", "li", "dl", "dt", "dd", "del", "ins"}
    assert HOSTILE in str(tree.text_content())
    (entry,) = json.loads(run(root, "diff", "v1", "--format", "json").stdout)
    assert entry["title"] == f"Why {HOSTILE}"
    fields = [field for thing in entry["things"] for field in thing["fields"]]
    assert {"key": "text", "before": ["Write down why."], "after": [HOSTILE]} in fields
    assert f"    + {HOSTILE}\n" in run(root, "diff", "v1").stdout


def test_what_can_not_be_printed_is_written_as_an_escape(root: Path) -> None:
    edit(root / HOME, json.dumps(HOSTILE), '"Write\u00a0down why"')
    assert "+ Write\\xa0down why" in run(root, "diff", "v1").stdout


@pytest.mark.parametrize(
    "name",
    [
        "nope",
        "--output=x",
        "-h",
        "v1:content",
        "HEAD^{tree}",
        "",
        " ",
        "v1;id",
        "../v1",
        "v1..HEAD",
    ],
)
def test_a_name_that_is_no_revision_is_told_so(root: Path, name: str) -> None:
    before = sorted(path.name for path in root.iterdir())
    done = run(root, "diff", "--", name)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"Error: Git knows no revision '{name}' here. Use a branch, ")
    assert sorted(path.name for path in root.iterdir()) == before


def test_without_a_repository_or_git_the_reason_is_told(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = make_project(tmp_path / "plain")
    done = run(plain, "check", "--against", "v1")
    assert done.stderr == "Error: This folder is in no git repository, so it has no revisions.\n"
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run(root, "check", "--against", "v1")
    assert done.stderr.startswith("Error: There is no git on this computer")


def test_nothing_in_a_repository_has_a_say_in_what_is_compared(root: Path) -> None:
    """A proposal can bring attributes, filters and links; all of them are passed over."""
    write(root / ".gitattributes", "* export-ignore filter=evil diff=evil\n")
    git(root, "config", "filter.evil.smudge", f"touch {root}/ran")
    git(root, "config", "diff.evil.textconv", f"touch {root}/ran")
    git(root, "config", "core.fsmonitor", f"touch {root}/ran")
    (root / "content/toolkit/link.md").symlink_to("/etc/hostname")
    git(root, "add", "--force", "content/toolkit/link.md", ".gitattributes")
    (root / "ran").unlink(missing_ok=True)
    git(root, "-c", "core.fsmonitor=", "commit", "--quiet", "--message", "Evil")
    (root / "ran").unlink(missing_ok=True)
    old = revisions.at(root, "HEAD")
    assert old.find("purpose-matters") is not None
    assert old.find("link") is None
    assert not (root / "ran").exists()


def test_a_file_that_can_not_be_read_is_not_taken_for_gone(root: Path) -> None:
    write(root / "content/toolkit/a-quiz.md", "---\nkind: quiz\n")
    said = run(root, "check", "--against", "v1").stdout
    assert "content/toolkit/a-quiz.md:1:1: The front matter is never closed." in said
    assert "gone" not in said
    diff = run(root, "diff", "v1")
    said = "content/toolkit/a-quiz.md: Not all of this can be read. dpup check says why.\n"
    assert diff.stderr == said
    assert "a-quiz:" not in diff.stdout


def test_the_folder_of_a_project_may_be_one_of_many_in_a_repository(tmp_path: Path) -> None:
    make_project(tmp_path / "deep/project")
    git(tmp_path, "init", "--quiet")
    commit(tmp_path, "v1")
    edit(tmp_path / "deep/project" / HOME, "text: Write down why.", "text: Write down how.")
    said = run(tmp_path / "deep/project", "diff", "v1").stdout
    assert "    - Write down why.\n    + Write down how.\n" in said


def test_a_packet_names_the_owners_and_the_reviewers(root: Path) -> None:
    write(
        root / ".github/CODEOWNERS", "* @org/all\n/content/guidelines/ @org/stewards @org/legal\n"
    )
    edit(root / HOME, "laws: [ipp-1]\nresponds_to", "laws: [ipp-1, act]\nresponds_to")
    edit(root / HOME, "Start with why.", "Start with the mana of whānau, as the Act says.")
    people = run(root, "review", "--against", "v1").stdout.partition("## Who has to look")[2]
    people = people.partition("## What changed")[0].replace("\u2060", "")
    assert (
        "- [ ] **a te reo Māori reviewer**\n  - `purpose-matters`: the words “mana” and" in people
    )
    assert "- [ ] **a legal reviewer**\n  - `purpose-matters`: the key laws" in people
    assert "- [ ] **@org/legal**, who looks after `content/guidelines/purpose-matters.md`" in people
    assert "@org/all" not in people


def test_a_packet_says_what_the_language_help_finds_in_changed_files_only(root: Path) -> None:
    edit(root / HOME, "Start with why.", "Ask the whanau why.")
    language = run(root, "review", "--against", "v1").stdout.partition("## Language")[2]
    language = language.partition("## Coverage")[0]
    assert "`content/guidelines/purpose-matters.md:" in language
    assert "whānau" in language


def test_saved_answers_are_told_apart(root: Path) -> None:
    edit(root / HOME, json.dumps(HOSTILE), "Write down why.")
    edit(root / HOME, "question: Have we written down why?", "question: Have we said why?")
    said = run(root, "review", "--against", "v1").stdout
    assert (
        "- **Saved answers** to `before-you-start`: kept as they are: 2; to be looked at again: "
        "`purpose-matters.write-it-down`\n"
    ) in said


def test_words_that_differ_are_found_one_by_one() -> None:
    assert list(words("Write down why it is", "Write it down why")) == [
        ("same", "Write"),
        ("new", "it"),
        ("same", "down why"),
        ("gone", "it is"),
    ]


def test_two_states_that_are_the_same_differ_in_nothing(root: Path) -> None:
    state = revisions.at(root, "v1")
    for form, said in formats.FORMATS.items():
        shown = said(compare.compare(state, state))
        assert shown.strip() in {formats.NOTHING, f"<p>{formats.NOTHING}</p>", "[]"}, form


NEW_PRACTICE = """\
      - id: say-who
        text: Say who sees it.
        question: Have we said who sees it?
        principles: [he-tangata]
        roles: [frontline]
        stages: [plan]
        sources: [page]
      - id: old-habit
"""


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    """Make a repository in which a practice was added and then withdrawn."""
    made = repository(tmp_path / "project")
    commit(made, "without")
    edit(made / HOME, "      - id: old-habit\n", NEW_PRACTICE)
    commit(made, "with")
    stone = "        withdrawn: {date: 2026-12-01, reason: Nobody needs it.}\n"
    old = "        sources: [page]\n      - id: old-habit"
    edit(made / HOME, old, old.replace("      - id", f"{stone}      - id"))
    commit(made, "withdrawn")
    return made


def shown(root: Path, old: str, new: str, form: str) -> str:
    return run(root, "diff", old, new, "--format", form).stdout


@pytest.mark.parametrize(
    ("old", "new", "mark"),
    [("without", "with", "+"), ("with", "without", "-"), ("with", "withdrawn", "-")],
)
def test_what_came_or_went_can_be_read(steps: Path, old: str, new: str, mark: str) -> None:
    assert f"    {mark} Say who sees it.\n" in shown(steps, old, new, "text")
    markdown, element = ("**", "ins") if mark == "+" else ("~~", "del")
    assert f"{markdown}Say who sees it.{markdown}" in shown(steps, old, new, "md")
    assert f"<{element}>Say who sees it.</{element}>" in shown(steps, old, new, "html")
    (entry,) = json.loads(shown(steps, old, new, "json"))
    (thing,) = entry["things"]
    assert thing["title"] == "Say who sees it."
    before, after = ([], ["Say who sees it."]) if mark == "+" else (["Say who sees it."], [])
    assert {"key": "text", "before": before, "after": after} in thing["fields"]
    assert "Nobody needs it." not in [w for f in thing["fields"] for w in f["after"]]


def test_a_line_of_a_history_says_which_practice_it_is_about(steps: Path) -> None:
    line = (
        '  - {version: "1.1.0", date: 2026-12-01, kind: added, note: One more., items: [say-who]}\n'
    )
    edit(steps / HOME, "changes:\n", f"changes:\n{line}")
    commit(steps, "told")
    said = "- 1.1.0, 2026-12-01, **added:** One more. (about `purpose-matters.say-who`)\n"
    assert said in shown(steps, "without", "told", "md")
    said = "<li>1.1.0, 2026-12-01, added: One more. [say-who]</li>"
    assert said in shown(steps, "without", "told", "html")


def test_each_of_two_reworded_paragraphs_shows_its_words(root: Path) -> None:
    home = root / "content/toolkit/before-you-start.md"
    text = home.read_text("utf-8").rstrip()
    write(home, f"{text}\n\nAsk people first, and say why.\n\nKeep it\nshort.\n")
    commit(root, "short")
    edit(home, "and say why.\n\nKeep it\nshort.", "and tell them why.\n\nKeep it\nvery short.")
    commit(root, "long")
    said = "Ask people first, and ~~say~~ **tell them** why.; Keep it **very** short.\n"
    assert said in shown(root, "short", "long", "md")
    said = "and <del>say</del> <ins>tell them</ins> why.; Keep it <ins>very</ins> short."
    assert said in shown(root, "short", "long", "html")
    assert (
        "    - Ask people first, and say why.\n"
        "    + Ask people first, and tell them why.\n"
        "    - Keep it\n    - short.\n"
        "    + Keep it\n    + very short.\n"
    ) in shown(root, "short", "long", "text")


def test_lines_are_paired_with_what_is_like_them_only() -> None:
    before, after = ("Ask first.", "Keep it short."), ("Something else.", "Keep it very short.")
    assert list(pairs(before, after)) == [
        ("Ask first.", ""),
        ("", "Something else."),
        ("Keep it short.", "Keep it very short."),
    ]


def test_a_word_in_te_reo_that_means_something_else_asks_for_a_te_reo_reviewer(root: Path) -> None:
    commit(root, "v2")
    edit(root / "content/reference/glossary.yml", "Wider family.", "Close friends.")
    people = run(root, "review", "--against", "v2").stdout.partition("## Who has to look")[2]
    said = "- [ ] **a te reo Māori reviewer**\n  - `whanau`: what the word means\n"
    assert said in people.replace("\u2060", "")


def test_an_id_is_no_te_reo(root: Path) -> None:
    words = root / "content/reference/glossary.yml"
    text = words.read_text(encoding="utf-8")
    write(
        words, f"{text}- {{id: mana, term: mana, meaning: Standing., reo: true, sources: [page]}}\n"
    )
    commit(root, "v2")
    edit(words, "see: [whanau]", "see: [mana]")
    people = run(root, "review", "--against", "v2").stdout.partition("## Who has to look")[2]
    assert "te reo Māori reviewer" not in people.partition("## What changed")[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Ask [them](a.md).", "Ask [them](a.md) all.", "Ask <del>them.</del> <ins>them all.</ins>"),
        (
            "Ask [them](a.md).",
            "Ask [them](b.md).",
            "Ask them <del>(a.md).</del> <ins>(b.md).</ins>",
        ),
        ("## Ask them", "## Ask us", "Ask <del>them</del> <ins>us</ins>"),
        ("## Ask them", "### Ask them", "<del>##</del> <ins>###</ins> Ask them"),
        ("[Ask](a.md) us", "Ask [us](a.md)", "Ask <ins>us</ins> (a.md) <del>us</del>"),
        ("Ask `[x](y)`", "Say `[x](y)`", "<del>Ask</del> <ins>Say</ins> `[x](y)`"),
    ],
)
def test_the_text_of_an_entry_is_read_without_marks_on_a_page(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    root = repository(tmp_path / "project")
    edit(root / HOME, "Start with why.", old)
    commit(root, "v1")
    edit(root / HOME, old, new)
    told = run(root, "diff", "v1", "--format", "html").stdout
    assert f"<dt>Text</dt><dd>{said}</dd>" in told
