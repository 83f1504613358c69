"""The toolkit: what resources come to, where practices are used, and what joins what."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from dpup import connections, coverage, figures, matrices, resources, yesno
from dpup.cli import main
from dpup.library import load
from dpup.shapes import FlowMap, Selection
from dpup.stubs import stubs
from dpup.views import Views
from dpup.vocabulary import for_page
from helpers import ROOT, build_site, edit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dpup.entries import Entry
    from dpup.library import Library

CHECKLIST = "content/toolkit/before-you-start.md"
OWN = "        supports: [he-tangata.show-the-benefit]\n"
GONE = (
    OWN + "        withdrawn: {date: 2026-11-24, reason: Said elsewhere., "
    "replaced_by: [purpose-matters.write-it-down]}\n"
)


@pytest.fixture
def library(project: Callable[..., Path]) -> Library:
    """Load the sample project."""
    return load(project())


def entry(library: Library, id_: str) -> Entry:
    """Get an entry that is there."""
    found = library.find(id_)
    assert found is not None
    return found


def test_a_checklist_comes_to_practices_and_questions_of_its_own(library: Library) -> None:
    found = list(resources.items(entry(library, "before-you-start"), 0, library.index))
    assert [(item.id, item.question, item.hint) for item in found] == [
        ("purpose-matters.write-it-down", "Have we written down why?", "A sentence will do."),
        ("he-tangata.show-the-benefit", "Can we show how it helps people?", ""),
        ("before-you-start.told", "If people object, have we told them why?", ""),
    ]
    assert [[p.id for p in item.behind] for item in found][2] == ["he-tangata.show-the-benefit"]


def test_every_kind_of_resource_uses_practices(library: Library) -> None:
    both = {"purpose-matters.write-it-down", "he-tangata.show-the-benefit"}
    expected = {
        "before-you-start": both,
        "what-service-users-need-to-know": {"purpose-matters.write-it-down"},
        "in-brief": both,
        "filled-in": {"purpose-matters.write-it-down"},
        "a-story": both,
        "a-session": {"purpose-matters.write-it-down"},
        "a-quiz": {"purpose-matters.write-it-down"},
        "which-way": both,
    }
    for id_, ids in expected.items():
        assert {practice.id for practice in library.uses(entry(library, id_))} == ids


def test_a_practice_knows_the_resources_that_use_it(library: Library) -> None:
    practice = library.index.practices["he-tangata.show-the-benefit"]
    assert [user.id for user in library.users(practice)] == [
        "before-you-start",
        "which-way",
        "in-brief",
        "a-story",
    ]


def test_a_withdrawn_question_no_longer_uses_its_practices(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / CHECKLIST, OWN, GONE)
    edit(
        root / CHECKLIST,
        "      - select: {principle: he-tangata, without: [purpose-matters.write-it-down]}\n",
        "",
    )
    library = load(root)
    assert library.problems == ()
    assert [p.id for p in library.uses(entry(library, "before-you-start"))] == [
        "purpose-matters.write-it-down"
    ]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"stage": "collect"}, ["purpose-matters.write-it-down"]),
        ({"principle": "he-tangata", "beyond_law": False}, ["he-tangata.show-the-benefit"]),
        ({"finding": "wellbeing", "law": "ipp-1", "role": "frontline"}, 2),
        ({"group": "purpose-matters.be-clear"}, ["purpose-matters.write-it-down"]),
        ({}, []),
        ({"stage": "collect", "without": ("purpose-matters.write-it-down",)}, []),
    ],
)
def test_a_selection_finds_practices_in_force(
    library: Library, filters: dict[str, object], found: list[str] | int
) -> None:
    ids = [p.id for p in library.index.selector.select(Selection.model_validate(filters))]
    assert (len(ids) if isinstance(found, int) else ids) == found


@pytest.mark.parametrize(
    "question",
    [
        "Have we written it down?",
        "If we can't be exact, is that fine?",
        "When people ask, then do we answer?",
        "Before we email a record, do we check the address?",
    ],
)
def test_yes_or_no_answers_a_question_that_starts_with_a_verb(question: str) -> None:
    assert yesno.fault(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "Why do we ask?",
        "How, if at all, do we ask?",
        "If so, what then?",
        "We ask?",
        "?",
        "Is it so",
    ],
)
def test_yes_or_no_answers_no_other_question(question: str) -> None:
    assert yesno.fault(question) is not None


def test_the_ties_of_a_thing_are_counted(library: Library) -> None:
    ties = connections.of_entry(library, entry(library, "before-you-start"))
    assert [(t.entry.id, t.count) for t in ties.upholds] == [("he-tangata", 2)]
    assert [(t.entry.id, t.count) for t in ties.law] == [("ipp-1", 2)]
    assert [(t.entry.id, t.count) for t in ties.grew_from] == [("wellbeing", 2)]
    # A decision helper leads to it, and no practice ties the two.
    assert [(t.entry.id, t.count) for t in ties.used_in] == [("which-way", 0)]
    home = connections.of_entry(library, entry(library, "purpose-matters"))
    assert "first-steps" in {tie.entry.id for tie in home.used_in}
    assert "purpose-matters" not in {tie.entry.id for tie in home.guidelines}
    official = connections.of_entry(library, entry(library, "what-service-users-need-to-know"))
    assert [tie.entry.id for tie in official.used_in] == ["filled-in"]


def test_a_matrix_holds_what_joins_a_row_and_a_column(library: Library) -> None:
    table = matrices.crossed(library, "role", "stage", "resource")
    (row,), (column, *_) = table.rows, table.columns
    assert {thing.id for thing in table.cell(row, column)} == {e.id for e in library.resources}
    assert table.anchor(row, column) == "#resource_role_stage_frontline_plan"
    practices = matrices.crossed(library, "role", "stage")
    assert practices.anchor(row, column) == "roles/frontline.md#dpup_at_plan"


def test_a_cell_of_a_matrix_says_how_many_it_leads_to() -> None:
    words = for_page(ROOT, "matrices/laws-by-guidelines.md")
    said = re.findall(r'aria-label="(\d+ \w+):', words.matrix("law", "guideline"))
    counts = [int(it.split()[0]) for it in said]
    expected = [f"{n} {'practice' if n == 1 else 'practices'}" for n in counts]
    assert said == expected
    assert "1 practice" in said


def test_a_finding_leads_to_the_toolkit(library: Library) -> None:
    (link,) = matrices.chain(library)
    assert [e.id for e in link.principles] == ["he-tangata"]
    assert [e.id for e in link.guidelines] == ["purpose-matters"]
    assert "before-you-start" in {e.id for e in link.resources}


def test_coverage_finds_every_gap(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / "content/reference/official.yml", "  counterparts: [a-quiz]\n", "")
    edit(root / CHECKLIST, OWN, GONE)
    for name in ("in-brief", "a-story", "which-way"):
        (root / f"content/toolkit/{name}.md").unlink()
    edit(
        root / CHECKLIST,
        "      - select: {principle: he-tangata, without: [purpose-matters.write-it-down]}\n",
        "",
    )
    edit(root / "content/toolkit/first-steps.md", "guidelines: [purpose-matters]\n", "")
    edit(root / "content/toolkit/first-steps.md", "supports: [purpose-matters.write-it-down]\n", "")
    found = coverage.of(load(root))
    assert [practice.id for practice in found.unused] == ["he-tangata.show-the-benefit"]
    assert [resource.id for resource in found.unwired] == ["first-steps"]
    assert [answer.official.id for answer in found.unanswered] == ["official-quiz"]
    assert [served.entry.id for served in found.thin] == ["collect"]


def test_the_report_of_coverage_ends_with_the_totals(project: Callable[..., Path]) -> None:
    root = project()
    command = ["report", "--coverage", "--root", str(root)]
    text = CliRunner().invoke(main, command).stdout
    assert "official resource | A quiz | a-quiz | yes" in text
    assert "total | official resources unanswered | 0" in text
    rows = json.loads(CliRunner().invoke(main, [*command, "--format", "json"]).stdout)
    assert rows[-1] == {"about": "total", "what": "roles and stages thinly served", "count": 1}


def test_a_map_is_drawn_with_an_arrow_for_each_passing() -> None:
    flow = FlowMap.model_validate(
        {
            "title": "Who",
            "parties": ({"id": "a", "name": "A"}, {"id": "b", "name": "B & <c>"}),
            "passings": (
                {"sender": "a", "receiver": "b", "what": "A name that is long enough", "why": "x"},
                {"sender": "b", "receiver": "a", "what": "An answer", "why": "y"},
            ),
        }
    )
    drawing = figures.flow("x", flow)
    there, back = drawing.arrows
    assert there.x1 < there.x2
    assert back.x1 > back.x2
    assert there.y < back.y < drawing.height
    assert [word.words for word in there.texts] == ["1. A name that is", "long enough"]
    assert there.head.split()[0] == f"{there.x2},{there.y}"


def test_every_practice_and_question_has_an_address(library: Library) -> None:
    uris = {stub.uri for stub in stubs(library)}
    assert {
        "id/purpose-matters.write-it-down.md",
        "id/purpose-matters.old-habit.md",
        "id/before-you-start.told.md",
        "id/what-service-users-need-to-know.what.md",
        "id/a-quiz.why.md",
        "id/which-way.know-why.md",
        "id/which-way.think-first.md",
    } <= uris


def test_an_address_answers_after_withdrawal_and_says_what_replaced_it(
    project: Callable[..., Path],
) -> None:
    root = project()
    edit(root / CHECKLIST, OWN, GONE)
    site = build_site(root)
    for page in ("purpose-matters.old-habit", "before-you-start.told"):
        text = (site / "id" / page / "index.html").read_text(encoding="utf-8")
        assert "Withdrawn on 2026-11-24." in text
        assert "Use this instead:" in text
    checklist = (site / "toolkit/before-you-start/index.html").read_text(encoding="utf-8")
    assert "Withdrawn on 2026-11-24." in checklist
    assert "before-you-start.told" in checklist


def test_an_address_answers_after_a_move(project: Callable[..., Path]) -> None:
    """A practice that moves leaves a tombstone; the old address leads to the new one."""
    root = project()
    principle = root / "content/principles/he-tangata.md"
    moved = (
        "        sources: [page]\n        withdrawn: {date: 2026-11-24, reason: It moved., "
        "replaced_by: [purpose-matters.show-the-benefit]}\nchanges"
    )
    text = principle.read_text("utf-8")
    edit(principle, "        sources: [page]\nchanges", moved)
    practice = text[text.index("      - id: show-the-benefit") : text.index("changes:")]
    practice = practice.replace("guidelines: [purpose-matters]", "principles: [he-tangata]")
    edit(
        root / "content/guidelines/purpose-matters.md",
        "      - id: old-habit",
        practice + "      - id: old-habit",
    )
    for file in (root / "content/toolkit").glob("*.md"):
        body = file.read_text("utf-8")
        file.write_text(
            body.replace("he-tangata.show-the-benefit", "purpose-matters.show-the-benefit"), "utf-8"
        )
    assert load(root).problems == ()
    site = build_site(root)
    old = (site / "id/he-tangata.show-the-benefit/index.html").read_text(encoding="utf-8")
    assert "It moved." in old
    assert "purpose-matters/#show-the-benefit" in old
    assert (site / "id/purpose-matters.show-the-benefit/index.html").is_file()


def test_tasks_lead_to_their_resource(library: Library) -> None:
    (task,) = Views(library).tasks()
    assert (task.words, task.entry.id) == ("ask for information", "before-you-start")
    assert Views(library).tasks("nobody") == ()


def test_words_that_are_told_something_unknown_say_so(project: Callable[..., Path]) -> None:
    words = for_page(project(), "index.md")
    for shown in (
        words.checklist("nothing"),
        words.need_to_know("nothing"),
        words.need_to_know(template="nothing"),
        words.address("nothing"),
        words.matrix("nothing", "role"),
    ):
        assert "There is no" in shown
