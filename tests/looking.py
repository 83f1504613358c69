"""Which page a browser looks at in which way.

Hundreds of pages come from the same few templates. So each page is looked at on the smallest phone,
and one page of each kind in every way. ``DPUP_AUDIT=full`` looks at every page in every way.
"""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

FULL = os.environ.get("DPUP_AUDIT") == "full"


class View(NamedTuple):
    """One way to look at a page."""

    script: bool
    """False where the page's own scripts do not run."""
    scheme: str
    width: int
    """In CSS pixels."""
    media: str = "screen"

    @property
    def name(self) -> str:
        """Say what it is in a few words."""
        runs = "with" if self.script else "without"
        return f"{self.width} px, {self.scheme}, {self.media}, {runs} script"


SMALLEST = View(script=True, scheme="light", width=320)
"""Every page is seen in it."""
PAPER = View(script=True, scheme="light", width=673, media="print")
"""A4 less its margins, at 96 pixels to the inch."""
FARTHEST = View(script=False, scheme="dark", width=1280)
"""What is least like the smallest phone."""
VIEWS = (
    *(
        View(script, scheme, width)
        for script, scheme, width in itertools.product(
            (True, False), ("light", "dark"), (320, 390, 1280)
        )
    ),
    PAPER,
)

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
    "toolkit/may-we-collect-this/",
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
    "id/may-we-use-or-share-it.danger/",
    "id/may-we-use-or-share-it.danger-now/",
    # Pages written by hand: with pictures, with a component, and of prose alone.
    "principles/",
    "stages/",
    "matrices/findings-to-toolkit/",
    "",
    "search/",
    "editions/",
    "offline/",
    "contribute/propose/",
    "privacy/",
)
LISTS = (
    # Pages written by hand: for each word that they call.
    "toolkit/",
    "toolkit/tasks/",
    "practices/",
    "matrices/guidelines-by-principles/",
    "changes/",
    "contribute/words/",
    "contribute/components/",
    "awaiting-review/",
    "due-for-review/",
    # The widest table to fill in.
    "toolkit/access-or-correction-log/",
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


def plan(pages: list[str], *, full: bool = FULL) -> dict[str, tuple[View, ...]]:
    """Say in which views each page is looked at."""
    views = dict.fromkeys(SAMPLES, VIEWS) | dict.fromkeys(LISTS, (SMALLEST, FARTHEST, PAPER))
    return {page: VIEWS if full else views.get(page, (SMALLEST,)) for page in pages}
