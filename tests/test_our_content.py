"""Our own content: whole, sound, sourced and honest about what it does not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import pytest

from dpup import coverage, model, resources
from dpup.check import check
from dpup.kinds import KINDS
from dpup.library import load
from dpup.reo import Marker
from dpup.reviews import awaiting
from dpup.views import Views
from dpup.vocabulary import for_page
from dpup.words import NEED_TO_KNOW
from helpers import ROOT
from walking import walk

if TYPE_CHECKING:
    from dpup.entries import Entry, Practice

LIBRARY = load(ROOT)
IPPS = ["ipp-1", "ipp-2", "ipp-3", "ipp-3a", *(f"ipp-{number}" for number in range(4, 14))]
PRINCIPLES = ["he-tangata", "manaakitanga", "mana-whakahaere", "kaitiakitanga", "mahitahitanga"]
GUIDELINES = [
    "purpose-matters",
    "transparency-and-choice",
    "access-to-information",
    "sharing-value",
]
OFFICIAL_ROLES = {"frontline", "leading-frontline", "funding", "policy-design", "analysis"}
# Abbreviations that are words of their own, marks, or parts of proper names and code.
NOT_ABBREVIATIONS = {"OK", "ID", "A4", "HTML", "CSS", "YAML", "JSON", "URL", "II", "PDF", "UTF"}


def ids(kind: str, **filters: str | bool) -> list[str]:
    return [entry.id for entry in LIBRARY.of(kind, **filters)]


def test_our_content_has_no_problem() -> None:
    assert check(ROOT)[1] == ()


def test_the_policy_is_whole() -> None:
    assert ids("principle") == PRINCIPLES
    assert ids("guideline") == GUIDELINES
    assert sorted(ids("law", group="ipp")) == sorted(IPPS)
    assert len(ids("finding")) == 9
    assert set(ids("role", official=True)) == OFFICIAL_ROLES
    assert len(ids("faq")) == 21
    assert [len(LIBRARY.of("faq", section=s)) for s in get_args(model.FaqSection)] == [8, 5, 8]
    assert len(ids("term")) >= 50
    assert len(ids("sector")) == 7
    assert len(ids("agency")) == 5


@pytest.mark.parametrize("practice", LIBRARY.all_practices, ids=lambda practice: practice.id)
def test_a_practice_is_an_instruction_a_question_and_a_source(practice: Practice) -> None:
    facts = practice.facts
    assert facts.text[-1] in ".?"
    assert facts.question.endswith("?")
    assert facts.sources
    assert facts.roles
    assert facts.stages


@pytest.mark.parametrize("kind", ["role", "stage", "finding", "principle", "guideline"])
def test_everything_is_used_by_some_practice(kind: str) -> None:
    unused = [id_ for id_ in ids(kind) if not LIBRARY.practices(**{kind: id_})]
    assert unused == []


def test_what_goes_beyond_the_law_says_how_and_awaits_a_legal_reviewer() -> None:
    beyond = LIBRARY.practices(beyond_law=True)
    assert beyond
    unsure = [p.id for p in beyond if "legal" not in {review.needs for review in p.facts.review}]
    assert unsure == []


def test_each_kind_of_reviewer_has_something_to_look_at() -> None:
    assert {item.needs for item in awaiting(LIBRARY)} == {"te-reo", "legal", "source"}


def texts() -> dict[str, str]:
    """Every content file and every page, by path."""
    files = [*(ROOT / "content").rglob("*.*"), *(ROOT / "docs").rglob("*.md")]
    return {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files}


def test_every_abbreviation_that_the_site_uses_is_in_the_glossary() -> None:
    terms = LIBRARY.of("term")
    known = {word for term in terms for word in re.findall(r"[A-Z]{2,}", term.title)}
    known |= {word for term in terms for word in re.findall(r"[A-Z]{2,}", term.facts.short or "")}
    reader = {path: text for path, text in texts().items() if "contribute" not in path}
    prose = re.compile(r"https?://\S+|`[^`]*`|\b[a-z-]+: ?\S+\.(?:md|yml)")
    used = {
        word
        for text in reader.values()
        for word in re.findall(r"\b[A-Z]{2,}\b", prose.sub("", text))
    }
    assert used - known - NOT_ABBREVIATIONS == set()


MACRONS = {
    "Maori": "Māori",
    "whanau": "whānau",
    "Tangata": "Tāngata",
    "hapu": "hapū",
    "whakatauki": "whakataukī",
    "tohuto": "tohutō",
    "korero": "kōrero",
}


@pytest.mark.parametrize(("plain", "right"), MACRONS.items(), ids=lambda word: word)
def test_known_words_have_their_macrons(plain: str, right: str) -> None:
    # Ids, file names and addresses have none, on purpose; the glossary may explain that.
    outside = re.compile(rf"(?<![\w/#.-]){plain}(?![\w/.-])")
    found = [
        (path, line)
        for path, text in texts().items()
        for line in text.splitlines()
        if outside.search(line)
        and not re.match(r"\s*(- )?\{?(id|see|url):", line)
        and "[" not in line
    ]
    assert found == [], right


def test_every_te_reo_word_of_the_glossary_is_marked() -> None:
    marker = Marker(term.title for term in LIBRARY.of("term") if term.facts.reo)
    for term in LIBRARY.of("term"):
        if term.facts.reo:
            assert 'lang="mi"' in marker.html(f"the word {term.title} here")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_entries_with_sources(kind: str) -> None:
    found = LIBRARY.of(kind)
    assert found
    for entry in found:
        for id_ in getattr(entry.facts, "sources", ()):
            assert LIBRARY.get("source", id_) is not None


def test_the_toolkit_is_whole() -> None:
    least = {
        "checklist": 10,
        "template": 8,
        "summary": 11,
        "guide": 8,
        "example": 3,
        "case-study": 6,
        "workshop": 1,
        "quiz": 1,
        "decision": 3,
    }
    assert {kind: len(ids(kind)) >= count for kind, count in least.items()} == dict.fromkeys(
        least, True
    )
    (quiz,) = LIBRARY.of("quiz")
    assert len(quiz.facts.questions) >= 20
    about = {id_ for summary in LIBRARY.of("summary") for id_ in summary.facts.about}
    assert about >= {*OFFICIAL_ROLES, *GUIDELINES, *PRINCIPLES}
    assert {entry.facts.sector for entry in LIBRARY.of("case-study")} == set(ids("sector"))


def test_every_official_resource_is_answered_and_no_practice_is_unused() -> None:
    found = coverage.of(LIBRARY)
    assert len(found.answers) == 32  # the rows of the inventory that the project began from
    assert found.unanswered == ()
    assert found.unused == ()
    assert found.unwired == ()
    assert found.thin == ()


@pytest.mark.parametrize("resource", LIBRARY.resources, ids=lambda resource: resource.id)
def test_a_resource_and_each_of_its_items_stands_on_practices(resource: Entry) -> None:
    assert LIBRARY.uses(resource)
    for number in range(len(getattr(resource.facts, "sections", ()))):
        items = list(resources.items(resource, number, LIBRARY.index))
        assert all(item.behind for item in items)
    for piece in resource.pieces:
        assert LIBRARY.behind(piece.facts.supports), piece.id


def test_what_service_users_need_to_know_has_every_variant() -> None:
    template = LIBRARY.get("template", NEED_TO_KNOW)
    forms = {variant.form for variant in template.facts.variants}
    assert forms == {"card", "handout", "poster", "form", "web", "text-message"}
    laws = {law for section in template.facts.sections for f in section.fields for law in f.laws}
    assert {"ipp-3", "ipp-3a"} <= laws


@pytest.mark.parametrize("kind", ["example", "case-study"])
def test_what_is_made_up_says_so(kind: str) -> None:
    for resource in LIBRARY.of(kind):
        assert "fictitious" in for_page(ROOT, "index.md").entry(resource.id)


@pytest.mark.parametrize("helper", LIBRARY.of("decision"), ids=lambda helper: helper.id)
def test_every_way_through_a_decision_helper_ends_in_an_outcome(helper: Entry) -> None:
    outcomes = {outcome.id: outcome for outcome in helper.facts.outcomes}
    ends = [(len(way), end) for way, end in walk(helper.facts)]
    assert {end for _, end in ends} == set(outcomes)
    longest = max(length for length, _ in ends)
    assert longest == Views(LIBRARY).at_most(helper) <= 12, "nobody answers more questions"
    for outcome in outcomes.values():
        assert LIBRARY.behind(outcome.supports), outcome.id
        assert Views(LIBRARY).pages(outcome.go_to), f"{outcome.id} leads to no checklist"


@pytest.mark.parametrize("helper", LIBRARY.of("decision"), ids=lambda helper: helper.id)
def test_a_decision_helper_is_no_legal_advice_and_says_so(helper: Entry) -> None:
    page = for_page(ROOT, "index.md").entry(helper.id)
    assert "This is not legal advice." in page
    assert {"legal", "source"} <= {review.needs for review in helper.facts.review}
    titles = " ".join(outcome.title.lower() for outcome in helper.facts.outcomes)
    assert not re.search(r"\b(lawful|legal|allowed)\b", titles)


def test_the_collaboration_helper_comes_to_the_steps_of_its_guide() -> None:
    """The rules of thumb of the guide: what each set of answers comes to."""
    helper = LIBRARY.get("decision", "how-much-collaboration-does-this-need")
    steps = ["check", "ask", "work-together", "co-design"]
    for way, end in walk(helper.facts):
        given = {question: answer == "yes" for question, answer in way}
        much = given["hangs-on-it"]
        close = given.get("close-and-much", given.get("close-and-little"))
        vulnerable = given.get("vulnerable-and-deep", given.get("vulnerable-and-some"))
        if not any(given.values()):
            assert end == "check"
        if much or close or given.get("anything-else"):
            assert steps.index(end) >= 1
        if much and close:
            assert steps.index(end) == (3 if vulnerable else 2)


def test_every_task_is_a_thing_to_do_and_leads_somewhere() -> None:
    tasks = Views(LIBRARY).tasks()
    assert len(tasks) > 100
    assert [task.words for task in tasks if not re.match(r"[a-z]+ ", task.words)] == []
