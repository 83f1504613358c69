"""What has to be checked again: the reasons, the day, the owner, and what to hold it against."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from dpup import owners, stale, stale_report
from dpup.cli import main
from dpup.library import load
from dpup.stale_report import ROOM, plain
from dpup.vocabulary import for_page
from helpers import ROOT, edit, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dpup.library import Library

GUIDE = "content/toolkit/first-steps.md"
GUIDELINE = "content/guidelines/purpose-matters.md"
LAWS = "content/reference/laws.yml"
SOURCES = "content/reference/sources.yml"
DAY = dt.date(2027, 6, 1)
ALWAYS = [
    ("never", "Not checked since it was written on 24 November 2026."),
]


def told(library: Library, id_: str, today: dt.date | None = DAY) -> list[tuple[str, str]]:
    """Give the names and sentences of the reasons of an entry."""
    entry = library.find(id_)
    assert entry is not None
    return [(reason.name, reason.text) for reason in stale.reasons(library, entry, today)]


def against(library: Library, id_: str, name: str, today: dt.date = DAY) -> list[str]:
    """Give the ids of what to hold an entry against for one reason."""
    entry = library.find(id_)
    assert entry is not None
    found = stale.reasons(library, entry, today)
    return [thing.id for reason in found if reason.name == name for thing in reason.against]


def test_nothing_calls_before_its_day(project: Callable[..., Path]) -> None:
    library = load(project())
    assert told(library, "first-steps") == ALWAYS
    assert told(library, "purpose-matters") == [
        *ALWAYS,
        ("review", "1 point awaits a legal reviewer."),
    ]


@pytest.mark.parametrize(("today", "is_due"), [("2027-11-24", False), ("2027-11-25", True)])
def test_an_entry_is_overdue_on_the_day_after_its_date(
    today: str, *, is_due: bool, project: Callable[..., Path]
) -> None:
    day = dt.date.fromisoformat(today)
    library = load(project())
    text = "To be checked by 24 November 2027; last checked on 24 November 2026."
    assert (("overdue", text) in told(library, "first-steps", day)) is is_due
    expected = ["page", "purpose-matters.write-it-down"] if is_due else []
    assert against(library, "first-steps", "overdue", day) == expected


def test_the_last_day_of_all_dates_is_no_crash(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / GUIDE, "review_by: 2027-11-24", "review_by: 9999-12-31")
    assert told(load(root), "first-steps", dt.date.max) == ALWAYS


def test_a_law_that_changed_calls_what_names_it_and_what_uses_its_practices(
    project: Callable[..., Path],
) -> None:
    root = project()
    news = "  changed: {date: 2027-03-01, note: The Act was amended.}\n"
    edit(root / LAWS, "  short: IPP 1\n", f"  short: IPP 1\n{news}")
    reason = ("law", "IPP 1 changed on 1 March 2027: The Act was amended.")
    library = load(root)
    for id_ in ("purpose-matters", "first-steps", "he-tangata"):
        assert reason in told(library, id_)
        assert reason not in told(library, id_, dt.date(2027, 2, 28))
        assert against(library, id_, "law") == ["ipp-1"]


def test_an_act_that_changed_calls_what_rests_on_a_part_of_it(project: Callable[..., Path]) -> None:
    root = project()
    news = "  changed: {date: 2027-03-01, note: A new Act.}\n"
    edit(root / LAWS, "  short: Act\n", f"  short: Act\n{news}")
    assert ("law", "Act changed on 1 March 2027: A new Act.") in told(load(root), "first-steps")


def test_a_law_that_comes_into_force_calls_from_that_day(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / LAWS, "  short: IPP 1\n", "  short: IPP 1\n  in_force: 2027-05-01\n")
    library = load(root)
    reason = ("law", "IPP 1 applies from 1 May 2027, after the last check.")
    assert reason in told(library, "purpose-matters")
    assert reason not in told(library, "purpose-matters", dt.date(2027, 4, 30))


def test_what_happened_before_the_last_check_calls_nobody(project: Callable[..., Path]) -> None:
    root = project()
    before = "{date: 2026-11-24, note: Earlier.}"
    edit(
        root / LAWS,
        "  short: IPP 1\n",
        f"  short: IPP 1\n  changed: {before}\n  in_force: 2026-11-24\n",
    )
    edit(
        root / SOURCES, "  seen: whole\n", f"  seen: whole\n  gone: {before}\n  changed: {before}\n"
    )
    assert told(load(root), "purpose-matters") == told(load(root), "purpose-matters")[-2:]
    assert told(load(root), "first-steps") == ALWAYS


def test_a_source_that_went_or_changed_is_told(project: Callable[..., Path]) -> None:
    root = project()
    news = (
        "  gone: {date: 2027-04-01, note: Superseded by another page.}\n"
        "  changed: {date: 2027-03-01, note: It grew.}\n"
    )
    edit(root / SOURCES, "  seen: whole\n", f"  seen: whole\n{news}")
    library = load(root)
    assert told(library, "first-steps") == [
        ("source", "The page has been gone since 1 April 2027: Superseded by another page."),
        ("source", "The page changed on 1 March 2027: It grew."),
        *ALWAYS,
    ]
    (item,) = (due for due in stale.due(library, DAY) if due.entry.id == "first-steps")
    assert item.day == dt.date(2027, 3, 1), "the oldest reason says since when"


def test_pages_say_what_became_of_a_law_and_of_a_source(project: Callable[..., Path]) -> None:
    root = project()
    news = "{date: 2027-03-01, note: It grew <b>.}"
    edit(root / LAWS, "  short: IPP 1\n", f"  short: IPP 1\n  changed: {news}\n")
    edit(root / SOURCES, "  seen: whole\n", f"  seen: whole\n  gone: {news}\n  changed: {news}\n")
    words = for_page(root, "sources.md")
    assert "<dt>Changed on</dt><dd>2027-03-01: It grew &lt;b&gt;.</dd>" in words.entry(id="ipp-1")
    shown = words.sources()
    assert "<strong>Gone since 2027-03-01.</strong> It grew &lt;b&gt;.</p>" in shown
    assert "<p>Changed on 2027-03-01: It grew &lt;b&gt;.</p>" in shown


def change(root: Path, kind: str) -> Library:
    old = "changes:\n"
    line = f'  - {{version: "1.1.0", date: 2027-02-01, kind: {kind}, note: Asks for a date.}}\n'
    edit(root / GUIDELINE, old, f"{old}{line}")
    edit(root / GUIDELINE, 'version: "1.0.0"\nstatus', 'version: "1.1.0"\nstatus')
    return load(root)


def test_a_practice_that_changed_calls_what_rests_on_it(project: Callable[..., Path]) -> None:
    library = change(project(), "strengthened")
    text = (
        "Purpose Matters, whose practices it uses, changed on 1 February 2027 (strengthened): "
        "Asks for a date."
    )
    assert told(library, "first-steps") == [("practice", text), *ALWAYS]
    assert against(library, "first-steps", "practice") == ["purpose-matters.write-it-down"]
    assert "practice" not in dict(told(library, "purpose-matters")), "its own change is no reason"


def test_a_change_that_names_a_practice_calls_only_what_rests_on_that(
    project: Callable[..., Path],
) -> None:
    root = project()
    change(root, "strengthened")
    edit(root / GUIDELINE, "note: Asks for a date.}", "note: Asks for a date., items: [old-habit]}")
    assert told(load(root), "first-steps") == ALWAYS
    edit(root / GUIDELINE, "items: [old-habit]", "items: [old-habit, write-it-down]")
    assert against(load(root), "first-steps", "practice") == ["purpose-matters.write-it-down"]


def test_a_page_says_that_it_is_to_be_looked_at_again_until_it_is_checked(
    project: Callable[..., Path],
) -> None:
    root = project()
    said = "To be looked at again."
    assert said not in for_page(root, "toolkit/first-steps.md").entry("first-steps")
    change(root, "strengthened")
    shown = for_page(root, "toolkit/first-steps.md").entry("first-steps")
    mark = shown.partition(said)[2].partition("</div>")[0]
    assert 'href="../../guidelines/purpose-matters/#write-it-down">Write down why.' in mark
    assert said not in for_page(root, "guidelines/purpose-matters.md").entry("purpose-matters")
    edit(root / GUIDE, "reviewed: 2026-11-24", "reviewed: 2027-02-01")
    assert said not in for_page(root, "toolkit/first-steps.md").entry("first-steps")


def test_an_approval_is_held_against_the_practices_that_it_rested_on(
    project: Callable[..., Path],
) -> None:
    root = project()
    approve = ["approve", "first-steps", "--root", str(root), "--by", "Stewards"]
    assert CliRunner().invoke(main, [*approve, "--on", "2026-12-01"]).exit_code == 0
    assert told(load(root), "first-steps") == ALWAYS
    edit(root / GUIDELINE, "text: Write down why.", "text: Write down how.")
    text = (
        "The practices that it uses have other words than when Stewards approved it on "
        "1 December 2026."
    )
    assert told(load(root), "first-steps") == [("practice", text), *ALWAYS]
    assert against(load(root), "first-steps", "practice") == ["purpose-matters.write-it-down"]
    assert CliRunner().invoke(main, [*approve, "--on", "2026-12-02"]).exit_code == 0
    assert told(load(root), "first-steps") == ALWAYS


def test_an_editorial_change_calls_nobody(project: Callable[..., Path]) -> None:
    assert told(change(project(), "editorial"), "first-steps") == ALWAYS


def test_once_checked_an_entry_is_quiet(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / GUIDE, "reviewed: 2026-11-24", "reviewed: 2027-02-01")
    assert told(change(root, "weakened"), "first-steps") == []


@pytest.mark.parametrize("status", ["superseded", "withdrawn"])
def test_what_is_not_in_force_is_not_due(status: str, project: Callable[..., Path]) -> None:
    root = project()
    stone = "withdrawn: {date: 2027-01-01, reason: Old.}\n" if status == "withdrawn" else ""
    edit(root / GUIDE, "status: published\n", f"status: {status}\n{stone}")
    assert told(load(root), "first-steps", dt.date.max) == []


def test_what_an_entry_withdrew_is_not_held_against_it(project: Callable[..., Path]) -> None:
    root = project()
    edit(
        root / SOURCES,
        "- id: page\n",
        "- {id: old, title: Old, publisher: P, seen: title, official: false}\n- id: page\n",
    )
    text = (root / GUIDELINE).read_text(encoding="utf-8")
    head, mark, tail = text.partition("      - id: old-habit\n")
    write(root / GUIDELINE, head + mark + tail.replace("sources: [page]", "sources: [old]", 1))
    assert against(load(root), "purpose-matters", "overdue", dt.date.max) == ["page", "ipp-1"]


def test_without_a_day_every_reason_is_told_and_the_order_is_by_day(
    project: Callable[..., Path],
) -> None:
    root = project()
    edit(root / GUIDE, "review_by: 2027-11-24", "review_by: 2027-01-15")
    found = stale.due(load(root))
    assert found[0].entry.id == "first-steps"
    assert [item.day for item in found] == sorted(item.day for item in found)
    documents = [entry for entry in load(root).entries if hasattr(entry.facts, "review_by")]
    assert len(found) == len(documents)


def test_the_page_lists_everything_by_month_and_asks_for_no_day(
    project: Callable[..., Path],
) -> None:
    root = project()
    edit(root / GUIDE, "review_by: 2027-11-24", "review_by: 2027-01-31")
    edit(root / GUIDE, "title: First steps", "title: First <b> steps")
    library = change(root, "strengthened")
    shown = for_page(root, "due-for-review.md").due()
    headings = re.findall(r'<h2 id="(\S+)">(.+)</h2>', shown)
    count = len(stale.due(library))
    assert headings == [
        ("dpup_due_january-2027", "January 2027 (1)"),
        # What uses its practices is due when the Guideline changed.
        ("dpup_due_february-2027", "February 2027 (8)"),
        ("dpup_due_november-2027", f"November 2027 ({count - 9})"),
    ]
    first = shown.partition("</section>")[0]
    assert '<a href="../toolkit/first-steps/">First &lt;b&gt; steps</a>, guide</p>' in first
    assert (
        'Hold it against: <a href="../sources/#page">The page</a>. '
        "Then look at the 1 practice that it uses.</li>"
    ) in first
    assert 'Look at: <a href="../guidelines/purpose-matters/#write-it-down">' in first


def test_a_page_of_nothing_says_so(tmp_path: Path) -> None:
    write(tmp_path / "content/reference/laws.yml", "")
    (tmp_path / "macros").symlink_to(ROOT / "macros")
    assert "Nothing has to be checked again." in for_page(tmp_path, "due-for-review.md").due()


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["report", "--stale", *(str(word) for word in words)])


def late(project: Callable[..., Path]) -> Path:
    """Make a project in which one entry is due on 1 June 2027, and somebody owns it."""
    root = project()
    edit(root / GUIDE, "review_by: 2027-11-24", "review_by: 2027-05-31")
    edit(root / GUIDE, "supports: [purpose-matters.write-it-down]\n", "supports: []\n")
    write(root / ".github/CODEOWNERS", "/content/toolkit/first-* @OWNER/guides\n")
    return root


def test_the_command_says_what_is_due_by_owner(project: Callable[..., Path]) -> None:
    result = run("--root", late(project), "--today", "2027-06-01")
    assert result.exit_code == 0
    head, _, rest = result.stdout.partition("\nNot due, ")
    assert head == (
        "1 entry is due for review on 1 June 2027.\n"
        "\n"
        "@OWNER/guides:\n"
        "\n"
        "  content/toolkit/first-steps.md: First steps\n"
        "    - overdue: To be checked by 31 May 2027; last checked on 24 November 2026.\n"
        "      source: The page https://agency.example/page\n"
        "    - never: Not checked since it was written on 24 November 2026.\n"
    )
    assert rest.startswith("nobody in particular:\n")
    assert (
        "  content/guidelines/purpose-matters.md: to be checked by 24 November 2027. Not checked "
        "since it was written on 24 November 2026. 1 point awaits a legal reviewer.\n"
    ) in rest
    assert rest.endswith(
        "\nPoints that await a reviewer: 1 legal. `dpup report --review` lists them.\n"
    )


def test_reasons_stand_by_their_day_and_name_a_practice_once(project: Callable[..., Path]) -> None:
    root = project()
    change(root, "strengthened")
    line = '  - {version: "1.1.0", date: 2027-02-01, kind: clarified, note: Says how.}\n'
    edit(root / GUIDELINE, "changes:\n", f"changes:\n{line}")
    edit(root / GUIDE, "review_by: 2027-11-24", "review_by: 2027-03-01")
    for words in (("--format", "text"), ("--format", "md")):
        told = run("--root", root, "--today", "2027-06-01", *words).stdout
        item = told.partition("content/toolkit/first-steps.md")[2].partition("content/")[0]
        assert item.count("purpose-matters.write-it-down") == 1
        assert item.index("Says how") < item.index("Asks for a date") < item.index("To be checked")


def test_the_command_gives_the_same_as_json(project: Callable[..., Path]) -> None:
    result = run("--root", late(project), "--today", "2027-06-01", "--format", "json")
    data = json.loads(result.stdout)
    assert (data["today"], data["due"], data["awaiting"]) == ("2027-06-01", 1, {"legal": 1})
    assert data["entries"][0] == {
        "owner": "@OWNER/guides",
        "due": True,
        "id": "first-steps",
        "kind": "guide",
        "title": "First steps",
        "path": "content/toolkit/first-steps.md",
        "reviewed": "2026-11-24",
        "review_by": "2027-05-31",
        "reasons": [
            {
                "reason": "overdue",
                "since": "2027-05-31",
                "text": "To be checked by 31 May 2027; last checked on 24 November 2026.",
                "calls": True,
                "against": [
                    {
                        "kind": "source",
                        "id": "page",
                        "title": "The page",
                        "url": "https://agency.example/page",
                    }
                ],
            },
            {
                "reason": "never",
                "since": "2026-11-24",
                "text": "Not checked since it was written on 24 November 2026.",
                "calls": False,
                "against": [],
            },
        ],
    }
    assert [entry["due"] for entry in data["entries"][1:]] == [False] * (len(data["entries"]) - 1)


def test_the_command_writes_the_text_of_an_issue(project: Callable[..., Path]) -> None:
    result = run("--root", late(project), "--today", "2027-06-01", "--format", "md")
    assert result.stdout == (
        "1 entry is due for review on 1 June 2027.\n"
        "\n"
        "Hold each entry against what stands below it. Mend what no longer holds. Then set its "
        "`reviewed` to the day you did so and `review_by` to a later day. Say in the pull request "
        "what you compared it with. A new date alone is no review.\n"
        "\n"
        "## @OWNER/guides\n"
        "\n"
        "- **First steps** (`content/toolkit/first-steps.md`)\n"
        "  - To be checked by 31 May 2027; last checked on 24 November 2026.\n"
        "    - source: The page <https://agency.example/page>\n"
        "  - Not checked since it was written on 24 November 2026.\n"
        "\n"
        "Points that await a reviewer: 1 legal. `dpup report --review` lists them.\n"
    )


def test_with_nothing_due_each_form_says_so(project: Callable[..., Path]) -> None:
    root = project()
    words = ("--root", root, "--today", "2026-12-01")
    assert run(*words).stdout.startswith("Nothing is due for review on 1 December 2026.\n\nNot due")
    assert run(*words, "--format", "md").stdout.startswith("Nothing is due for review on 1 Dec")
    assert json.loads(run(*words, "--format", "json").stdout)["due"] == 0


def test_without_a_day_the_command_reckons_from_today(project: Callable[..., Path]) -> None:
    data = json.loads(run("--root", project(), "--format", "json").stdout)
    assert data["today"] == dt.datetime.now().astimezone().date().isoformat()


def test_a_line_of_owners_that_cannot_be_read_is_told_on_the_side(
    project: Callable[..., Path],
) -> None:
    root = project({".github/CODEOWNERS": "/b[ @a\n"})
    result = run("--root", root, "--format", "json")
    assert result.stderr.startswith(".github/CODEOWNERS:1:1: The pattern '/b[' can't be read.")
    assert json.loads(result.stdout)["entries"]


@pytest.mark.parametrize(
    "words", [["--counts", "--format", "md"], ["--counts", "--today", "2027-01-01"]]
)
def test_a_day_and_markdown_go_with_what_is_due_only(
    words: list[str], project: Callable[..., Path]
) -> None:
    result = CliRunner().invoke(main, ["report", *words, "--root", str(project())])
    assert result.exit_code == 2
    assert "--today and --format md go with --stale only." in result.stderr


def test_a_day_that_is_none_is_wrong_use(project: Callable[..., Path]) -> None:
    assert run("--root", project(), "--today", "2027-02-30").exit_code == 2


def test_hostile_words_stay_words_in_an_issue(project: Callable[..., Path]) -> None:
    root = late(project)
    hostile = "'![x](https://evil.example/p) <b>@everyone</b> #1 `a` ## no'"
    edit(root / GUIDE, "title: First steps", f"title: {hostile}")
    said = run("--root", root, "--today", "2027-06-01", "--format", "md").stdout
    assert (
        "- **\\!\\[x\\]\\(https://evil.example/p\\) \\<b\\>@\u200beveryone\\</b\\> "
        "\\#\u200b1 \\`a\\` \\#\\# no** (`content/toolkit/first-steps.md`)\n"
    ) in said


def test_a_text_of_several_lines_stays_one_item() -> None:
    assert plain("one\n## two\n- three") == "one \\#\\# two \\- three"


def test_an_issue_holds_no_more_than_it_can(project: Callable[..., Path]) -> None:
    root = project()
    text = (root / GUIDE).read_text(encoding="utf-8")
    for number in range(400):
        title = f"title: {'Long name ' * 20}{number}"
        write(root / f"content/toolkit/more-{number}.md", text.replace("title: First steps", title))
    found = stale_report.of(load(root), owners.of(root), dt.date(2028, 1, 1))
    said = stale_report.as_markdown(found)
    shown = said.count("\n- **")
    assert 0 < shown < found.count
    assert (
        f"\n{found.count - shown} more have no room here. `dpup report --stale` lists all.\n"
        in said
    )
    assert len(said) < ROOM + 2_000
