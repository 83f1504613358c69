"""Decision helpers: the ways through them, their page without script, and what is withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib
import pytest

from dpup import ways
from dpup.contents import headings
from dpup.library import load
from dpup.reo import Marker
from dpup.views import Views
from dpup.vocabulary import for_page
from helpers import edit, make_project
from walking import walk

if TYPE_CHECKING:
    from pathlib import Path

    from dpup.entries import Entry
    from dpup.library import Library

FILE = "content/toolkit/which-way.md"
GONE = """  - id: old
    question: Do we have a form?
    answers:
      - {id: "yes", text: "Yes", next: go-on}
      - {id: "no", text: "No", next: think-first}
    supports: [purpose-matters.write-it-down]
    withdrawn: {date: 2026-11-24, reason: Nobody has forms., replaced_by: [which-way.helps]}
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Load the sample project."""
    return load(make_project(tmp_path))


def helper(library: Library) -> Entry:
    found = library.get("decision", "which-way")
    assert found is not None
    return found


def test_every_way_is_walked_to_its_outcome(library: Library) -> None:
    assert list(walk(helper(library).facts)) == [
        ((("know-why", "no"),), "think-first"),
        ((("know-why", "yes"), ("helps", "yes")), "go-on"),
        ((("know-why", "yes"), ("helps", "not-sure")), "think-first"),
    ]


def test_each_answer_says_where_it_leads(library: Library) -> None:
    first, second = Views(library).questions(helper(library))
    assert [answer.leads for answer in first.answers] == ["question 2", "outcome 2"]
    assert [answer.leads for answer in second.answers] == ["outcome 1", "outcome 2"]
    assert [stop.number for stop in Views(library).outcomes(helper(library))] == [1, 2]


def test_other_kinds_have_no_questions_to_decide(library: Library) -> None:
    views, other = Views(library), library.find("a-quiz")
    assert (views.questions(other), views.outcomes(other), views.gone(other)) == ((), (), ())
    assert views.at_most(other) == 0


@pytest.mark.parametrize(
    ("graph", "longest"),
    [
        ({"a": ("b", "x"), "b": ("x",), "x": ()}, 2),
        ({"a": ("c", "b"), "b": ("c",), "c": ("x",), "x": ()}, 3),
        ({"x": ()}, 0),
        ({}, 0),
    ],
)
def test_the_longest_way_is_counted(graph: dict[str, tuple[str, ...]], longest: int) -> None:
    assert ways.longest(graph, next(iter(graph), "")) == longest


@pytest.mark.parametrize(
    ("graph", "closing"),
    [
        ({"a": ("b", "a"), "b": ("x",), "x": ()}, [("a", 1)]),
        ({"a": ("b",), "b": ("c",), "c": ("x", "a"), "x": ()}, [("c", 1)]),
        ({"a": ("b", "c"), "b": ("d",), "c": ("d",), "d": ("x",), "x": ()}, []),
        ({"a": ("x",), "b": ("c",), "c": ("b",), "x": ()}, [("c", 0)]),
        ({"a": ("nothing",)}, []),
    ],
)
def test_every_circle_is_found_where_it_closes(
    graph: dict[str, tuple[str, ...]], closing: list[tuple[str, int]]
) -> None:
    assert list(ways.backward(graph)) == closing


def test_a_long_chain_of_questions_takes_neither_depth_nor_time() -> None:
    """Two answers to each of 5,000 questions: as many ways as nobody can count."""
    count = 5000
    graph = {str(n): (str(n + 1), str(n + 1)) for n in range(count)} | {str(count): ()}
    assert ways.longest(graph, "0") == count
    assert list(ways.backward(graph)) == []
    assert len(ways.reached(graph, "0")) == count + 1


def test_a_fingerprint_changes_with_what_is_asked_and_not_with_its_help(tmp_path: Path) -> None:
    prints = []
    for number, (old, new) in enumerate(
        [("x", "x"), ("One sentence is enough.", "Two will do."), ("text: Not yet", "text: Never")]
    ):
        root = make_project(tmp_path / str(number))
        file = root / FILE
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
        prints.append(Views(load(root)).questions(helper(load(root)))[0].fingerprint)
    same, help_, answer = prints
    assert same == help_ != answer


def test_what_is_withdrawn_is_on_no_way_and_keeps_its_place(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    edit(root / FILE, "questions:\n", f"questions:\n{GONE}")
    library = load(root)
    assert library.problems == ()
    facts = helper(library).facts
    assert ways.start(facts) == "know-why"
    assert [stop.facts.id for stop in ways.questions(facts)] == ["know-why", "helps"]
    page = for_page(root, "toolkit/which-way.md").entry("which-way")
    assert 'id="old"' in page
    assert "Nobody has forms." in page
    assert "Do we have a form?" not in page
    address = for_page(root, "id/which-way.old.md").address("which-way.old")
    assert "Withdrawn on 2026-11-24." in address
    assert "Do we have a form?" in address


def test_the_page_is_whole_html_whose_answers_lead_to_what_is_there(library: Library) -> None:
    page = for_page(library.root, "toolkit/which-way.md").entry("which-way")
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = list(parser.parse(f"<!doctype html><title>x</title>{page}").iter())
    ids = {element.get("id") for element in tree}
    links = [element.get("href") for element in tree if element.get("data-answer")]
    assert links == ["#helps", "#think-first", "#go-on", "#think-first"]
    assert {link[1:] for link in links} <= ids
    assert "2 questions at most." in page
    # What script needs is there and hidden: it makes nothing that a reader should have read.
    hidden = [element for element in tree if element.get("data-script") is not None]
    assert hidden
    assert all(element.get("hidden") is not None for element in hidden)


def test_the_contents_name_nothing_that_only_script_shows(library: Library) -> None:
    page = for_page(library.root, "toolkit/which-way.md").entry("which-way")
    names = [heading["name"] for heading in headings(page, Marker(()))]
    assert names[:3] == ["Questions", "Outcomes", "For whom, and when"]


def test_the_document_says_where_to_go_without_links(library: Library) -> None:
    words = for_page(library.root, "")
    paper = words.component("paper", entry=helper(library), prose="", values={})
    assert "go to <a" in paper
    assert "question 2</a>" in paper
    assert "Outcome 2: Think first" in paper
    assert "This is not legal advice." in paper
    assert "data-module" not in paper
