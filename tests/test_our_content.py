"""Our own content: whole, sound, sourced and honest about what it does not know."""

from __future__ import annotations

import re

import pytest

from dpup import model
from dpup.check import check
from dpup.kinds import KINDS
from dpup.library import load
from dpup.reo import Marker
from dpup.reviews import awaiting
from helpers import ROOT

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
    assert [len(LIBRARY.of("faq", section=s)) for s in model.FaqSection.__args__] == [8, 5, 8]
    assert len(ids("term")) >= 50
    assert len(ids("sector")) == 7
    assert len(ids("agency")) == 5


@pytest.mark.parametrize("practice", LIBRARY.all_practices, ids=lambda practice: practice.id)
def test_a_practice_is_an_instruction_a_question_and_a_source(practice) -> None:  # noqa: ANN001
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
