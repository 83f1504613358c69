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
from looking import (
    COLOURS,
    COMPUTER,
    EVERY,
    PHONE,
    SAMPLES,
    SMALLEST,
    STAND_INS,
    VIEWS,
    Look,
    names,
    plan,
)

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
    assert seen | set(STAND_INS) == set().union(*CALLS.values())
    assert seen & set(STAND_INS) == set(), "what is seen needs no other page in its place"
    assert set(STAND_INS.values()) <= set(SAMPLES)
    assert any(CALLS.get(page) == set() for page in SAMPLES), "a page of prose alone"


def test_there_is_a_page_behind_each_sample(site: Path) -> None:
    assert set(SAMPLES) <= set(names(site))
    assert len(set(SAMPLES)) == len(SAMPLES)


def test_a_page_of_each_template_is_looked_at_in_every_view_by_every_rule(site: Path) -> None:
    looks = {look for look in plan(names(site), full=False) if look.page in SAMPLES}
    assert looks == {Look(page, view) for page in SAMPLES for view in VIEWS}


def others(site: Path) -> list[Look]:
    """Give the looks at pages that are looked at once."""
    return [look for look in plan(names(site), full=False) if look.page not in SAMPLES]


def test_every_other_page_is_loaded_once(site: Path) -> None:
    assert sorted(look.page for look in others(site)) == sorted(set(names(site)) - set(SAMPLES))


def test_axe_sees_every_page_but_permanent_addresses_and_half_of_them_on_a_phone(
    site: Path,
) -> None:
    looks = [look for look in others(site) if look.page not in ADDRESSES]
    assert all(look.axe for look in looks)
    seen = Counter(look.view for look in looks)
    assert set(seen) == {COMPUTER, PHONE}
    assert abs(seen[COMPUTER] - seen[PHONE]) <= 1


def test_axe_sees_one_permanent_address_in_eight_and_every_kind_among_them(site: Path) -> None:
    looks = [look for look in others(site) if look.page in ADDRESSES]
    seen = [look for look in looks if look.axe]
    assert len(seen) == -(-len(looks) // EVERY)
    assert {ADDRESSES[look.page] for look in seen} == set(ADDRESSES.values())
    assert {look.view for look in looks if not look.axe} == {SMALLEST}


def test_colours_are_seen_on_one_page_in_four_at_both_widths(site: Path) -> None:
    for view in (COMPUTER, PHONE):
        looks = [look for look in others(site) if look.view == view]
        coloured = sum(look.colours for look in looks)
        assert coloured == -(-len(looks) // COLOURS)


def test_the_audit_sees_every_page_in_every_view_by_every_rule(site: Path) -> None:
    pages = names(site)
    looks = set(plan(pages, full=True))
    assert looks == {Look(page, view) for page in pages for view in VIEWS} | {
        Look(page, SMALLEST, axe=False) for page in pages
    }
