"""``dpup new``: files of every kind. The check names their blanks and finds nothing once filled."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from dpup import naming
from dpup.check import check
from dpup.cli import main
from dpup.kinds import KINDS
from dpup.library import load
from dpup.source import of_text
from helpers import edit, tree, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PRACTICE = "purpose-matters.write-it-down"
TEMPLATE = "what-service-users-need-to-know"
DAY = "2026-12-01"
BLANK = re.compile(r"\"?\[fill in: (\"[^\"]*\"|[^\]])*\]\"?")
# What somebody might write, by the last key of a field; a kind before it where it matters.
WRITTEN = {
    "sources": "[page]",
    "roles": "[frontline]",
    "stages": "[plan]",
    "supports": f"[{PRACTICE}]",
    "from": PRACTICE,
    "principles": "[he-tangata]",
    "main_guidelines": "[purpose-matters]",
    "question": "Have we asked what people think?",
    "section": "about-the-policy",
    "official": "true",
    "sector": "health",
    "about": "[he-tangata]",
    "of": "[he-tangata]",
    "show": "[summary, core-idea]",
    "pages": "1",
    "minutes": "20",
    "fields": "[a-field]",
    "clause": "We collect {a-field}.",
    "law kind": "act",
    "template kind": "line",
    "form": "card",
    "seen": "part",
    "sections.fields.id": "a-field",
    "id": "an-id",
}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def new(root: Path, kind: str, title: str, *words: str) -> Result:
    extra = ["--template", TEMPLATE] if kind == "example" and "--template" not in words else []
    return run("new", kind, "--root", root, "--today", DAY, *extra, *words, "--", title)


def place(kind: str, id_: str) -> str:
    home = KINDS[kind].place
    return f"content/{home}" if KINDS[kind].is_list else f"content/{home}/{id_}.md"


def blanks_in(text: str) -> list[tuple[int, int]]:
    """Line and column of each blank that is not commented out, seen as text alone."""
    return [
        (number, found.start() + 1)
        for number, line in enumerate(text.split("\n"), 1)
        for found in BLANK.finditer(line)
        if not line.lstrip().startswith("#")
    ]


def fill(root: Path, path: str, kind: str) -> None:
    """Write something in place of each blank that the check names, as its reader would."""
    lines = (root / path).read_text(encoding="utf-8").split("\n")
    used: set[str] = set()
    for problem in check(root)[1]:
        way = re.sub(r"^\.|\[\d+\]", "", problem.where)
        key = way.rpartition(".")[2]
        names = (name for name in (way, f"{kind} {key}", key) if name in WRITTEN)
        said = WRITTEN.get(next(names, ""), f"Some words: {problem.line}")
        said = f"{said}-{len(used)}" if said in used and key == "id" else said
        used.add(said)
        line = lines[problem.line - 1]
        quoted = line[problem.column - 1] == '"'
        there = BLANK.match(line, problem.column - 1)
        assert there
        shown = f'"{said}"' if quoted else said
        lines[problem.line - 1] = f"{line[: there.start()]}{shown}{line[there.end() :]}"
    write(root / path, "\n".join(lines))


@pytest.mark.parametrize("kind", KINDS)
def test_the_check_names_the_blanks_and_once_they_are_filled_nothing(
    kind: str, project: Callable[..., Path]
) -> None:
    root = project()
    before = tree(root / "content")
    result = new(root, kind, "Ngā mahi o te rā")
    assert result.exit_code == 0, result.output
    path = place(kind, "nga-mahi-o-te-ra")
    text = (root / path).read_text(encoding="utf-8")
    found = check(root)[1]
    assert [(problem.path, problem.line, problem.column) for problem in found] == [
        (path, *where) for where in blanks_in(text)
    ]
    assert all(each.message.startswith("This blank is still to be filled: ") for each in found)
    shown = "Added: " if KINDS[kind].is_list else f"Written: {path}\n"
    assert result.stdout.startswith(shown)
    assert (
        f"\nBlanks to fill: {len(found)}. `dpup check` names each that is left, with its line.\n"
        in result.stdout
    )
    for name, data in before.items():  # nothing that was there has changed
        now = (root / "content" / name).read_bytes()
        assert now.startswith(data) if f"content/{name}" == path else now == data
    fill(root, path, kind)
    assert [str(problem) for problem in check(root)[1]] == []
    entry = load(root).get(kind, "nga-mahi-o-te-ra")
    assert entry is not None
    assert entry.title == "Ngā mahi o te rā"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_commented_out_is_a_field_that_may_be_there(
    kind: str, project: Callable[..., Path]
) -> None:
    root = project()
    new(root, kind, "One")
    path = place(kind, "one")
    text = (root / path).read_text(encoding="utf-8")
    shape = KINDS[kind].model
    optional = [name for name, field in shape.model_fields.items() if not field.is_required()]
    for name in optional:
        said = re.search(rf"^ *(# )?{name}:", text, re.MULTILINE)
        assert bool(said) is (name != "withdrawn"), name
    opened = re.sub(r"^( *)# (\w+: \[fill in)", r"\1\2", text, flags=re.MULTILINE)
    assert of_text(opened, path).problems == []


def test_what_can_be_derived_is_not_asked_for(project: Callable[..., Path]) -> None:
    root = project()
    new(root, "principle", "Kotahitanga")
    entry = of_text((root / place("principle", "kotahitanga")).read_text("utf-8"), "x.md")
    data = entry.front.data
    assert isinstance(data, dict)
    assert [data[key] for key in ("title", "number", "version", "status")] == [
        *("Kotahitanga", 2, "1.0.0", "draft")
    ]
    assert data["reviewed"] == dt.date(2026, 12, 1)
    assert data["review_by"] == dt.date(2027, 12, 1)
    assert data["changes"] == (
        {
            "version": "1.0.0",
            "date": dt.date(2026, 12, 1),
            "kind": "added",
            "note": "First edition.",
        },
    )


def test_the_next_steps_stand_inside(project: Callable[..., Path]) -> None:
    root = project()
    new(root, "guide", "One")
    text = (root / place("guide", "one")).read_text(encoding="utf-8")
    assert text.startswith(
        "---\n"
        "# Next steps:\n"
        "# 1. Write something in place of each blank: square brackets that start with the\n"
        "# words fill in, and all between them. Leave the quotation marks. Where a list\n"
        "# belongs, keep the brackets, as in [frontline]; the check says where.\n"
        '# 2. A line that starts with "# " says nothing. Take out "# " where you need the\n'
        "# line, and delete the others. docs/contribute/fields.md lists every key, and\n"
        "# docs/contribute/toolkit.md shows how such a file works.\n"
        "# 3. Run make check: it names each blank that is left, with its line.\n"
        "# 4. Run make serve, and look at /toolkit/one/.\n"
        "# 5. Delete these lines, and propose the change: docs/contribute/index.md says\n"
        "# how.\n"
        "\n"
        "# The kind of toolkit resource.\n"
        "kind: guide\n"
    )


def test_a_leap_day_is_reviewed_by_the_end_of_february(project: Callable[..., Path]) -> None:
    root = project()
    run("new", "guide", "One", "--root", root, "--today", "2028-02-29")
    assert "review_by: 2029-02-28\n" in (root / place("guide", "one")).read_text("utf-8")


HOSTILE = {
    'He said "no": {it}': "he-said-no-it",
    "it's - a: #b [c]": "its-a-b-c",
    "<script>alert(1)</script>": "script-alert-1-script",
    "../../etc/passwd": "etc-passwd",
    "- dash": "dash",
    "no": "no",
    "2026-11-24": "2026-11-24",
    "1.10": "1-10",
    "Ā ē ī ō ū": "a-e-i-o-u",
    "😀 smile": "smile",
    "Te Mana Raraunga \u2014 tō tātou": "te-mana-raraunga-to-tatou",
    "&anchor *alias !tag %x @y `z`": "anchor-alias-tag-x-y-z",
    "x" * 300: "x" * 80,
    "word " * 59 + "end": ("word-" * 16)[:-1],
    "  ends  ": "ends",
    "--id": "id",
}


@pytest.mark.parametrize("kind", ["guide", "faq", "term", "role"])
@pytest.mark.parametrize("title", HOSTILE, ids=lambda title: title[:12])
def test_a_title_is_text_and_nothing_else(
    kind: str, title: str, project: Callable[..., Path]
) -> None:
    root = project()
    result = new(root, kind, title)
    assert result.exit_code == 0, result.output
    path = place(kind, HOSTILE[title])
    fill(root, path, kind)
    assert check(root)[1] == ()
    entry = load(root).get(kind, HOSTILE[title])
    assert entry is not None
    assert entry.title == title.strip()


REFUSED = {
    "{{ entry() }}": "Template braces can't stand in a field. Say it in words; a call belongs in "
    "the text below the front matter.",
    "x" * 301: "This has 301 characters; the limit is 300. Shorten it.",
    "a\u200bb": "A hidden character takes no room (U+200B ZERO WIDTH SPACE). Delete it.",
    "a\u202eb": "A hidden character changes the direction of text (U+202E RIGHT-TO-LEFT "
    "OVERRIDE). Delete it.",
    "nil\0": "A character that can't be seen stands here (U+0000). Remove its escape.",
}


@pytest.mark.parametrize("kind", ["guide", "term"])
@pytest.mark.parametrize("title", REFUSED, ids=lambda title: repr(title[:6]))
def test_a_title_that_the_check_refuses_is_refused_in_its_words(
    kind: str, title: str, project: Callable[..., Path]
) -> None:
    root = project()
    before = tree(root / "content")
    result = new(root, kind, title)
    assert result.exit_code == 1
    assert result.stderr == f"Error: This title can't be used. {REFUSED[title]}\n"
    assert tree(root / "content") == before


@pytest.mark.parametrize("title", ["😀", "../..", "", "«»", "漢字"])
def test_a_title_without_letters_asks_for_an_id(title: str, project: Callable[..., Path]) -> None:
    root = project()
    result = new(root, "guide", title)
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: This title has no letters or digits to make an id of. Say one with --id.\n"
    )
    if title.strip():
        assert new(root, "guide", title, "--id", "other").exit_code == 0


@pytest.mark.parametrize(
    ("kind", "title", "by", "free"),
    [
        ("guide", "First steps", " by content/toolkit/first-steps.md", "first-steps-guide"),
        ("checklist", "He Tangata", " by content/principles/he-tangata.md", "he-tangata-checklist"),
        ("guide", "Plan", " by content/reference/stages.yml, line 1", "plan-guide"),
        ("stage", "A quiz", " by content/toolkit/a-quiz.md", "a-quiz-stage"),
        ("term", "Whānau", " by content/reference/glossary.yml, line 1", "whanau-term"),
        ("faq", "Why this", " by content/reference/faqs/why-this.md", "why-this-faq"),
        ("guide", "Whole policy", ": a page or document of its own has it", "whole-policy-guide"),
        ("guide", "Index", ": a page or document of its own has it", "index-guide"),
        ("quiz", "A quiz", " by content/toolkit/a-quiz.md", "a-quiz-2"),
    ],
)
def test_a_taken_id_is_named_with_a_free_one(
    kind: str, title: str, by: str, free: str, project: Callable[..., Path]
) -> None:
    root = project()
    before = tree(root / "content")
    result = new(root, kind, title)
    assert result.exit_code == 1
    id_ = naming.id_of(title)
    assert result.stderr == (
        f"Error: The id '{id_}' is taken{by}. Say --id {free}, which is free, or another one.\n"
    )
    assert tree(root / "content") == before
    assert new(root, kind, title, "--id", free).exit_code == 0


def test_entries_without_a_page_may_share_an_id_with_those_that_have_one(
    project: Callable[..., Path],
) -> None:
    assert new(project(), "term", "First steps").exit_code == 0


def test_the_id_of_a_withdrawn_entry_stays_taken(project: Callable[..., Path]) -> None:
    root = project()
    guide = root / "content/toolkit/first-steps.md"
    edit(guide, "status: published", "status: withdrawn")
    edit(guide, "changes:", "withdrawn: {date: 2026-11-25, reason: Old.}\nchanges:")
    assert "which is withdrawn but keeps its id" in new(root, "guide", "First steps").stderr


def test_a_page_in_docs_keeps_its_name(project: Callable[..., Path]) -> None:
    root = project({"docs/toolkit/tasks.md": "---\ntitle: Tasks\n---\nTasks.\n"})
    assert "is taken by docs/toolkit/tasks.md" in new(root, "guide", "Tasks").stderr


@pytest.mark.parametrize("id_", ["Big", "a b", "../x", "a--b", "ā", "a" * 81, "x/y"])
def test_an_id_that_is_none_is_refused(id_: str, project: Callable[..., Path]) -> None:
    result = new(project(), "guide", "One", "--id", id_)
    assert result.exit_code == 1
    assert " is not an id. Use at most 80 of the letters a to z, digits and single" in result.stderr


def test_two_drafts_in_a_row_get_ids_and_numbers_of_their_own(
    project: Callable[..., Path],
) -> None:
    root = project()
    new(root, "principle", "One")
    new(root, "principle", "Two")
    new(root, "agency", "One")
    new(root, "agency", "Two")
    assert "number: 3\n" in (root / place("principle", "two")).read_text("utf-8")
    assert "number: 3\n" in (root / place("agency", "two")).read_text("utf-8")
    assert all("This blank is still" in str(problem) for problem in check(root)[1])
    assert "is taken by content/principles/one.md" in new(root, "guide", "One").stderr


def test_a_file_that_is_there_is_never_overwritten(project: Callable[..., Path]) -> None:
    root = project()
    secret = root / "secret.md"
    write(secret, "mine")
    (root / "content/toolkit/one.md").symlink_to(secret)
    result = new(root, "guide", "One")
    assert result.exit_code == 1
    assert result.stderr == "Error: content/toolkit/one.md is there already.\n"
    (root / "content/toolkit/two.md").symlink_to(root / "nowhere.md")
    assert "Two" not in new(root, "guide", "Two").stdout
    assert not (root / "nowhere.md").exists()
    assert secret.read_text(encoding="utf-8") == "mine"


def test_an_item_is_written_as_the_list_is(project: Callable[..., Path]) -> None:
    root = project()
    terms = root / "content/reference/glossary.yml"
    old = "# Words\n  - id: one\n    term: one\n    meaning: One.\n    sources: [page]\n\n"
    old += "  - id: two\n    term: two\n    meaning: Two.\n    sources: [page]  # at the end"
    write(terms, old)
    result = new(root, "term", "Three")
    assert result.stdout.startswith("Added: content/reference/glossary.yml, line 24\n")
    text = terms.read_text(encoding="utf-8")
    assert text.split("\n")[23] == "  - id: three"
    assert text.startswith(f"{old}\n\n  # Next steps:\n")
    assert "\n  - id: three\n    # The word.\n    term: Three\n" in text


@pytest.mark.parametrize("text", ["[]\n", "- id: [\n", "key: value\n", "- {id: x}\n...\n"])
def test_a_list_that_can_not_be_added_to_is_left_alone(
    text: str, project: Callable[..., Path]
) -> None:
    root = project()
    write(root / "content/reference/glossary.yml", text)
    result = new(root, "term", "Three")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: content/reference/glossary.yml can't be added to. "
        "Run dpup check, and mend it first.\n"
    )
    assert (root / "content/reference/glossary.yml").read_text(encoding="utf-8") == text


def test_a_list_that_is_not_there_is_begun(project: Callable[..., Path]) -> None:
    root = project()
    (root / "content/reference/timeline.yml").unlink()
    assert new(root, "event", "It began").exit_code == 0
    assert (root / "content/reference/timeline.yml").is_file()


def test_an_example_needs_its_template_and_asks_for_each_field(
    project: Callable[..., Path],
) -> None:
    root = project()
    result = new(root, "example", "One", "--template", "what-service-users-need-to-kno")
    assert result.stderr == (
        "Error: Say --template ID: the template that the example fills in. "
        f"Did you mean '{TEMPLATE}'?\n"
    )
    assert new(root, "example", "One").exit_code == 0
    text = (root / place("example", "one")).read_text(encoding="utf-8")
    assert re.findall(r"field: (\w+)", text) == ["what", "why", "day"]
    assert 'text: "[fill in: What we collect. Name it plainly.]"' in text
    assert new(root, "guide", "Two", "--template", TEMPLATE).stderr == (
        "Error: Only an example fills in a template, and this is a guide. Leave out --template.\n"
    )


def test_numbers_end_where_the_model_ends(project: Callable[..., Path]) -> None:
    root = project()
    agencies = root / "content/reference/agencies.yml"
    edit(agencies, "number: 1", "number: 99")
    new(root, "agency", "One")
    assert "number: 1\n" in agencies.read_text(encoding="utf-8")


def test_an_unknown_kind_is_wrong_use(project: Callable[..., Path]) -> None:
    result = run("new", "cheklist", "One", "--root", project())
    assert result.exit_code == 2
    assert "'cheklist' is not one of 'principle', 'guideline', 'checklist'" in result.stderr


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_that_is_too_far_away_is_refused(project: Callable[..., Path], day: str) -> None:
    root = project()
    before = tree(root / "content")
    result = run("new", "checklist", "--root", root, "--today", day, "A title")
    assert result.exit_code == 2
    assert f"'--today': {day} is too far away. Say a day from 1900 to 2999.\n" in result.stderr
    assert tree(root / "content") == before


def test_a_title_is_one_line(project: Callable[..., Path]) -> None:
    result = new(project(), "guide", "two\nlines")
    assert result.exit_code == 1
    assert result.stderr == "Error: This title has more than one line. Write it in one line.\n"


@pytest.mark.parametrize("title", ["con", "Nul", "COM1"])
def test_no_file_gets_a_name_that_windows_keeps_for_itself(
    title: str, project: Callable[..., Path]
) -> None:
    root = project()
    result = new(root, "guide", title)
    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: Windows can't keep a file with the name {title.lower()}.md. "
        "Say another id with --id.\n"
    )
    assert new(root, "guide", title, "--id", "other").exit_code == 0
    assert new(root, "term", title).exit_code == 0


def test_what_the_shell_makes_of_a_title_is_told_with_its_cure(
    project: Callable[..., Path],
) -> None:
    root = project()
    dashed = run("new", "guide", "-x", "--root", root)
    assert dashed.exit_code == 2
    assert dashed.stderr.endswith(
        "Error: No such option '-x'. If a title starts with a hyphen, put -- before it: "
        'dpup new checklist -- "-x".\n'
    )
    words = run("new", "guide", "Before", "you", "call", "--root", root)
    assert words.exit_code == 2
    assert words.stderr.endswith(
        "Error: Got unexpected extra arguments (you call). Put the whole title in quotes: "
        'dpup new checklist "Before you call".\n'
    )


def test_a_kind_may_have_a_capital(project: Callable[..., Path]) -> None:
    root = project()
    assert new(root, "Guide", "One").exit_code == 0
    assert (root / "content/toolkit/one.md").is_file()
