"""The browser sees every template, and every page, each time that the tests run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dpup.addresses import url_of
from dpup.kinds import KINDS
from dpup.library import load
from helpers import ROOT
from looking import FARTHEST, LISTS, PAPER, SAMPLES, SMALLEST, STAND_INS, VIEWS, names, plan

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY = load(ROOT)
DOCS = {file.relative_to(ROOT / "docs").as_posix(): file for file in (ROOT / "docs").rglob("*.md")}
CALLS = {
    url_of(uri): set(re.findall(r"^\{\{ (\w+)\(", file.read_text(encoding="utf-8"), re.MULTILINE))
    for uri, file in DOCS.items()
}
# What a permanent address leads to: a practice, or a question or field of a kind of resource.
ADDRESSES = {url_of(thing.address): type(thing.facts).__name__ for thing in LIBRARY.addresses}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_of_entry_is_seen_in_every_view(kind: str) -> None:
    pages = {url_of(entry.uri.partition("#")[0]) for entry in LIBRARY.of(kind)}
    assert pages & set(SAMPLES)


def test_a_permanent_address_of_each_kind_is_seen_in_every_view() -> None:
    seen = {ADDRESSES[page] for page in SAMPLES if page in ADDRESSES}
    assert seen == set(ADDRESSES.values())


def test_each_word_of_a_page_written_by_hand_is_seen_in_every_view() -> None:
    seen = set().union(*(CALLS[page] for page in (*SAMPLES, *LISTS) if page in CALLS))
    assert seen | set(STAND_INS) == set().union(*CALLS.values())
    assert seen & set(STAND_INS) == set(), "what is seen needs no other page in its place"
    assert set(STAND_INS.values()) <= {*SAMPLES, *LISTS}
    assert any(CALLS.get(page) == set() for page in SAMPLES), "a page of prose alone"


def test_there_is_a_page_behind_each_sample(site: Path) -> None:
    seen = [*SAMPLES, *LISTS]
    assert set(seen) <= set(names(site))
    assert len(set(seen)) == len(seen)


def test_the_views_are_all_combinations_of_width_colours_and_script_and_paper() -> None:
    screens = [view for view in VIEWS if view.media == "screen"]
    assert {(view.width, view.scheme, view.script) for view in screens} == {
        (width, scheme, script)
        for width in (320, 390, 1280)
        for scheme in ("light", "dark")
        for script in (True, False)
    }
    assert set(VIEWS) == {*screens, PAPER}
    assert len({view.name for view in VIEWS}) == len(VIEWS)


def test_every_page_is_seen_on_the_smallest_phone(site: Path) -> None:
    pages = names(site)
    found = plan(pages, full=False)
    assert list(found) == pages
    assert all(SMALLEST in views for views in found.values())


def test_a_page_of_each_template_is_seen_in_every_view(site: Path) -> None:
    found = plan(names(site), full=False)
    assert {page for page, views in found.items() if views == VIEWS} == set(SAMPLES)


def test_a_page_for_each_word_is_seen_with_each_width_scheme_and_script_on_an_edge() -> None:
    found = plan(list(LISTS), full=False)
    assert set(found.values()) == {(SMALLEST, FARTHEST, PAPER)}
    differing = [one != other for one, other in zip(SMALLEST, FARTHEST, strict=True)]
    assert differing == [True, True, True, False], "script, scheme and width; both on screen"


def test_the_audit_sees_every_page_in_every_view(site: Path) -> None:
    pages = names(site)
    assert plan(pages, full=True) == dict.fromkeys(pages, VIEWS)
