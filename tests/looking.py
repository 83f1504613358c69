"""Which page a browser looks at in which way.

Hundreds of pages come from the same few templates. So each page is loaded and looked at once, and
one page of each template in every way. ``DPUP_AUDIT=full`` looks at every page in every way.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FULL = os.environ.get("DPUP_AUDIT") == "full"


class View(NamedTuple):
    """One way to look at a page."""

    name: str
    width: int
    """In CSS pixels."""
    scheme: str = "light"
    media: str = "screen"


COMPUTER = View("computer", 1280)
PHONE = View("phone", 390)
SMALLEST = 320
"""The width of the smallest phone, in CSS pixels; on it we look for what sticks out."""
VIEWS = (
    COMPUTER,
    PHONE,
    View("computer in the dark", 1280, "dark"),
    View("phone in the dark", 390, "dark"),
    View("paper", 794, media="print"),  # A4 at 96 pixels to the inch
)
EVERY = 8
"""Of the pages of permanent addresses, which two templates make, axe looks at one in so many."""

SAMPLES = (
    # A page of each kind of entry, or the page that entries of the kind share.
    "principles/he-tangata/",
    "guidelines/purpose-matters/",
    "toolkit/before-you-collect/",
    "toolkit/what-service-users-need-to-know/",
    "toolkit/access-or-correction-log/",
    "toolkit/summary-frontline/",
    "toolkit/how-much-collaboration/",
    "toolkit/information-flow-map/",
    "toolkit/notice-food-and-housing-service/",
    "toolkit/case-referral-to-a-budgeting-service/",
    "toolkit/introductory-workshop/",
    "toolkit/check-your-understanding/",
    "roles/frontline/",
    "stages/collect/",
    "laws/ipp-3a/",
    "findings/two-way-flow/",
    "faqs/",
    "glossary/",
    "sources/",
    "about/timeline/",
    "about/implementation/",
    "toolkit/coverage/",
    # A permanent address of each kind.
    "id/purpose-matters.check-the-wording/",
    "id/before-you-use-again-or-share.they-had-a-say/",
    "id/access-or-correction-log.keeper/",
    "id/check-your-understanding.child-in-danger/",
    # Pages written by hand: for each word that they call, and one without a call.
    "",
    "whole-policy/",
    "toolkit/",
    "toolkit/tasks/",
    "beyond-the-law/",
    "practices/",
    "laws/",
    "matrices/guidelines-by-principles/",
    "matrices/findings-to-toolkit/",
    "stages/",
    "changes/",
    "awaiting-review/",
    "contribute/fields/",
    "contribute/words/",
    "privacy/",
)


def names(site: Path) -> list[str]:
    """Give the address of every page below the site, in order."""
    pages = sorted(page.parent.relative_to(site).as_posix() for page in site.rglob("index.html"))
    return ["" if page == "." else f"{page}/" for page in pages]


def plan(pages: list[str], *, full: bool = FULL) -> Iterator[tuple[str, View, bool]]:
    """Say for each page in which view it is looked at, and whether axe looks too.

    A computer and a phone take turns, so that each shows half of the pages.
    """
    if full:
        yield from ((page, view, True) for page in pages for view in VIEWS)
        return
    addresses = [page for page in pages if page.startswith("id/")]
    for number, page in enumerate(page for page in pages if not page.startswith("id/")):
        yield page, (COMPUTER, PHONE)[number % 2], True
    for number, page in enumerate(addresses):
        yield page, (COMPUTER, PHONE)[number // EVERY % 2], number % EVERY == 0
