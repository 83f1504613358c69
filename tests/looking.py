"""Which page a browser looks at in which way.

Hundreds of pages come from the same few templates. So each page is looked at in one way, and one
page of each template in every way. ``DPUP_AUDIT=full`` looks at every page in every way.
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
PAPER = View("paper", 673, media="print")  # A4 less its margins, at 96 pixels to the inch
SMALLEST = View("smallest phone", 320)
"""Every page is seen on it, for what sticks out, and by axe on none."""
VIEWS = (
    COMPUTER,
    PHONE,
    View("computer in the dark", 1280, "dark"),
    View("phone in the dark", 390, "dark"),
    PAPER,
)


class Look(NamedTuple):
    """One page in one view."""

    page: str
    view: View
    axe: bool = True
    """False where the page is loaded, and only looked at for what sticks out."""
    colours: bool = True
    """False where axe leaves out the contrast of colours: its dearest rule by far, and what it
    finds comes from templates and style sheets, while labels, names and order come from texts."""


EVERY = 8
"""Of the pages of permanent addresses, which two templates make, axe looks at one in so many."""
COLOURS = 4
"""Of the pages that axe looks at once, it looks at the colours of one in so many."""

SAMPLES = (
    # A page of each kind of entry, or the page that entries of the kind share.
    "principles/he-tangata/",
    "guidelines/sharing-value/",
    "toolkit/quick-check-in/",
    "toolkit/what-service-users-need-to-know/",
    "toolkit/information-flow-map/",
    "toolkit/summary-frontline/",
    "toolkit/how-much-collaboration/",
    "toolkit/notice-food-and-housing-service/",
    "toolkit/case-referral-to-a-budgeting-service/",
    "toolkit/introductory-workshop/",
    "toolkit/check-your-understanding/",
    "roles/systems/",
    "stages/keep/",
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
    "principles/",
    "toolkit/",
    "toolkit/tasks/",
    "practices/",
    "matrices/practices-by-role-and-stage/",
    "matrices/findings-to-toolkit/",
    "stages/",
    "changes/",
    "search/",
    "awaiting-review/",
    "contribute/words/",
    "offline/",
    "privacy/",
)
STAND_INS = {
    "policy": "guidelines/sharing-value/",
    "practices": "id/purpose-matters.check-the-wording/",
    "fields": "contribute/words/",
}
"""Words whose pages have thousands of elements, and a small page that is made of the same parts."""


def names(site: Path) -> list[str]:
    """Give the address of every page below the site, in order."""
    pages = sorted(page.parent.relative_to(site).as_posix() for page in site.rglob("index.html"))
    return ["" if page == "." else f"{page}/" for page in pages]


def plan(pages: list[str], *, full: bool = FULL) -> list[Look]:
    """Say what is looked at in which view, sorted by the view."""
    everywhere = pages if full else SAMPLES
    looks = [Look(page, view) for page in everywhere for view in VIEWS]
    looks += _once([page for page in pages if page not in everywhere])
    if full:
        looks += [Look(page, SMALLEST, axe=False) for page in pages]
    return sorted(looks, key=lambda look: (look.view, look.page))


def _once(pages: list[str]) -> Iterator[Look]:
    """Look at each page once. A computer and a phone take turns: each shows half of the pages."""
    addresses = [page for page in pages if page.startswith("id/")]
    looked = [page for page in pages if not page.startswith("id/")] + addresses[::EVERY]
    for number, page in enumerate(looked):
        yield Look(page, (COMPUTER, PHONE)[number % 2], colours=number // 2 % COLOURS == 0)
    for page in sorted(set(addresses) - set(looked)):
        yield Look(page, SMALLEST, axe=False)
