"""References between entries: found, judged, reversed, and the way from page to page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dpup.addresses import relative, url_of
from dpup.library import load
from dpup.links import Index, Reference, references
from dpup.targets import Targets
from helpers import edit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dpup.entries import Entry
    from dpup.library import Library

GUIDELINE = "content/guidelines/purpose-matters.md"
GUIDE = "content/toolkit/first-steps.md"


@pytest.fixture
def library(project: Callable[..., Path]) -> Library:
    """Load the sample project."""
    return load(project())


def entry(library: Library, kind: str, id_: str) -> Entry:
    """Get an entry that is there."""
    found = library.get(kind, id_)
    assert found is not None
    return found


def fault(library: Library, kind: str, id_: str, where: tuple[str | int, ...] = ()) -> str:
    """Say what is wrong with a reference in the sample guide."""
    home = entry(library, "guide", "first-steps")
    said = library.index.fault(Reference(where, kind, id_), home)
    return " ".join(said) if said else ""


def test_every_reference_is_found_with_its_path(library: Library) -> None:
    found = list(references(entry(library, "guide", "first-steps").facts))
    assert Reference(("supports", 0), "practice", "purpose-matters.write-it-down") in found
    assert Reference(("guidelines", 0), "guideline", "purpose-matters") in found
    inner = list(references(entry(library, "guideline", "purpose-matters").facts))
    where = ("activities", 0, "practices", 1, "withdrawn", "replaced_by", 0)
    assert Reference(where, "any", "purpose-matters.write-it-down") in inner
    (part_of,) = [
        item
        for item in references(entry(library, "law", "ipp-1").facts, (1,))
        if item.where == (1, "part_of")
    ]
    assert part_of == Reference((1, "part_of"), "law", "act")


def test_a_sound_reference_has_no_fault(library: Library) -> None:
    assert fault(library, "law", "ipp-1") == ""
    assert fault(library, "practice", "he-tangata.show-the-benefit") == ""
    assert fault(library, "any", "he-tangata") == ""


@pytest.mark.parametrize(
    ("kind", "id_", "said"),
    [
        ("law", "ipp-2", "No law 'ipp-2'. Did you mean 'ipp-1'?"),
        ("role", "zoo", "No role 'zoo'. Use the id of a role that exists."),
        (
            "any",
            "zzz",
            (
                "No entry, practice or question 'zzz'. "
                "Use the id of an entry, practice or question that exists."
            ),
        ),
        ("guide", "first-steps", "'first-steps' refers to itself. Remove it."),
        (
            "practice",
            "purpose-matters.old-habit",
            (
                "'purpose-matters.old-habit' was withdrawn on 2026-11-24. "
                "Use 'purpose-matters.write-it-down' instead."
            ),
        ),
    ],
)
def test_a_fault_names_the_cure(library: Library, kind: str, id_: str, said: str) -> None:
    assert fault(library, kind, id_) == said


def test_a_replacement_may_itself_be_withdrawn(library: Library) -> None:
    where = ("withdrawn", "replaced_by", 0)
    assert fault(library, "any", "purpose-matters.old-habit", where) == ""


def test_what_could_not_be_read_is_not_called_unknown() -> None:
    index = Index({}, {}, frozenset({"law", "principle/he-tangata"}))
    assert index.unsure("law", "anything")
    assert index.unsure("principle", "he-tangata")
    assert not index.unsure("principle", "mana")
    assert index.unsure("practice", "he-tangata.any-practice")
    assert not index.unsure("practice", "mana.any-practice")
    assert index.unsure("any", "he-tangata")
    assert not index.unsure("term", "pia")


def test_a_broken_entry_hides_only_its_own_ids(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / "content/reference/laws.yml", "kind: ipp", "kind: ip")
    edit(root / GUIDELINE, "laws: [ipp-1]\nresponds_to", "laws: [ipp-1, ipp-9]\nresponds_to")
    said = [str(problem) for problem in load(root).problems]
    assert said == [
        f"{GUIDELINE}:12:15: laws[1]: No law 'ipp-9'. Use the id of a law that exists.",
        (
            "content/reference/laws.yml:11:9: [1].kind: 'ip' is not one of the choices. "
            "Did you mean 'ipp'?"
        ),
    ]


@pytest.mark.parametrize(
    ("uri", "url"),
    [
        ("index.md", ""),
        ("laws/index.md", "laws/"),
        ("laws/ipp-1.md", "laws/ipp-1/"),
        ("faqs.md#why", "faqs/#why"),
        ("reindex.md", "reindex/"),
    ],
)
def test_a_page_has_its_address(uri: str, url: str) -> None:
    assert url_of(uri) == url


@pytest.mark.parametrize(
    ("target", "here", "href"),
    [
        ("laws/ipp-1.md", "laws/ipp-1.md", "./"),
        ("laws/ipp-1.md#x", "laws/ipp-1.md", "#x"),
        ("laws/act.md", "laws/ipp-1.md", "../act/"),
        ("index.md", "laws/ipp-1.md", "../../"),
        ("laws/act.md#x", "index.md", "laws/act/#x"),
        ("faqs.md#x", "faqs.md#y", "#x"),
    ],
)
def test_a_link_leads_from_page_to_page(target: str, here: str, href: str) -> None:
    assert relative(target, here) == href


def resolve(library: Library, href: str) -> str | tuple[str, str]:
    """Resolve a link of the sample principle."""
    home = entry(library, "principle", "he-tangata")

    def anchors(_text: str, _library: Library) -> frozenset[str]:
        return frozenset({"why"})

    return Targets(library, home, str, anchors).resolve(href)


@pytest.mark.parametrize(
    ("href", "page"),
    [
        ("https://x.example/a", "https://x.example/a"),
        ("mailto:a@x.example", "mailto:a@x.example"),
        ("#why", "principles/he-tangata.md#why"),
        ("#show-the-benefit", "principles/he-tangata.md#show-the-benefit"),
        ("../guidelines/purpose-matters.md", "guidelines/purpose-matters.md"),
        ("../guidelines/./purpose-matters.md", "guidelines/purpose-matters.md"),
        ("../guidelines/purpose%2Dmatters.md", "guidelines/purpose-matters.md"),
        ("../reference/laws.yml", "laws/index.md"),
        ("../reference/laws.yml#act", "laws/act.md"),
        ("../../docs/index.md", "index.md"),
    ],
)
def test_a_link_in_a_text_leads_to_a_page(library: Library, href: str, page: str) -> None:
    assert resolve(library, href) == page


@pytest.mark.parametrize(
    ("href", "message"),
    [
        ("", "This link leads nowhere."),
        ("/", "The link '/' starts at the root of a server."),
        ("//x.example", "The link '//x.example' starts at the root of a server."),
        ("\\\\x.example", "The link '\\\\x.example' starts at the root of a server."),
        ("https:", "The link 'https:' has no host."),
        ("https:///x", "The link 'https:///x' has no host."),
        ("../../../x", "The link '../../../x' leads out of the project."),
        ("..%2f..%2f..%2fx", "The link '..%2f..%2f..%2fx' leads out of the project."),
        ("../../docs/../../x", "The link '../../docs/../../x' leads out of the project."),
        ("#nothing", "'content/principles/he-tangata.md' has no anchor 'nothing'."),
        ("../reference/laws.yml#x", "No law 'x'."),
        ("../../docs/x.md", "There is no page 'docs/x.md'."),
        ("../../docs/%00.md", "There is no page 'docs/\0.md'."),
        ("../../mkdocs.yml", "The link '../../mkdocs.yml' leads to no file ('mkdocs.yml')."),
        ("%", "The link '%' leads to no file ('content/principles/%')."),
    ],
)
def test_a_link_that_leads_nowhere_says_so(library: Library, href: str, message: str) -> None:
    said = resolve(library, href)
    assert isinstance(said, tuple)
    assert said[0] == message
    assert said[1]


def test_a_link_to_a_file_that_could_not_be_read_is_not_called_wrong(
    project: Callable[..., Path],
) -> None:
    root = project({GUIDELINE: "---\ntitle: 'x\n---\n"})
    said = resolve(load(root), "../guidelines/purpose-matters.md#anything")
    assert said == "guidelines/purpose-matters.md"
    assert isinstance(resolve(load(root), "../guidelines/other.md"), tuple)


def test_an_id_twice_in_a_list_is_told(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / GUIDE, "stages: [plan]", "stages: [plan, plan]")
    assert [str(problem) for problem in load(root).problems] == [
        f"{GUIDE}:11:16: stages[1]: 'plan' stands here twice. Keep one."
    ]
