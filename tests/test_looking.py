"""The browser sees every template, and every page, each time that the tests run."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from dpup.addresses import url_of
from dpup.kinds import KINDS
from dpup.library import load
from helpers import ROOT
from looking import COMPUTER, EVERY, PHONE, SAMPLES, VIEWS, names, plan

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
    seen = set().union(*(CALLS[page] for page in SAMPLES if page in CALLS))
    assert seen == set().union(*CALLS.values())
    assert any(CALLS.get(page) == set() for page in SAMPLES), "a page of prose alone"


def test_there_is_a_page_behind_each_sample(site: Path) -> None:
    assert set(SAMPLES) <= set(names(site))
    assert len(set(SAMPLES)) == len(SAMPLES)


def test_every_page_is_loaded_once_and_both_widths_take_turns(site: Path) -> None:
    pages = names(site)
    planned = [*plan(pages, full=False)]
    assert sorted(page for page, _, _ in planned) == sorted(pages)
    looked = Counter(view for _, view, axe in planned if axe)
    assert set(looked) == {COMPUTER, PHONE}
    assert abs(looked[COMPUTER] - looked[PHONE]) <= 2
    assert all(axe for page, _, axe in planned if not page.startswith("id/"))


def test_axe_sees_every_kind_of_permanent_address_at_both_widths(site: Path) -> None:
    planned = [item for item in plan(names(site), full=False) if item[0].startswith("id/")]
    seen = {(ADDRESSES[page], view) for page, view, axe in planned if axe}
    assert seen == {(kind, view) for kind in ADDRESSES.values() for view in (COMPUTER, PHONE)}
    assert sum(axe for _, _, axe in planned) == -(-len(planned) // EVERY)


def test_the_audit_sees_every_page_in_every_view(site: Path) -> None:
    pages = names(site)
    planned = {*plan(pages, full=True)}
    assert planned == {(page, view, True) for page in pages for view in VIEWS}
