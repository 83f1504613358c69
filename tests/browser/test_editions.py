"""Pages of editions in Chromium: what axe finds, and the way to the words of today."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from editions import make_edition
from evolving import run
from helpers import ROOT, build_site, edit, write
from looking import FULL, SMALLEST, VIEWS, names
from serving import served
from watching import watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HOME = "content/guidelines/purpose-matters.md"
PAGE = (ROOT / "docs/editions/index.md").read_text(encoding="utf-8").partition("## How to read")[0]
SECOND = (
    'changes:\n  - {version: "2.0.0", date: 2026-12-02, kind: strengthened, note: Asks how., '
    "items: [write-it-down]}\n"
)


def release_twice(folder: Path) -> None:
    """Release the sample, change a practice, release it again, and build the site."""
    root = make_edition("first", folder / "project")
    write(root / "docs/editions/index.md", PAGE)
    for version in ("1.0.0", "2.0.0"):
        if version == "2.0.0":
            edit(root / HOME, "text: Write down why.", "text: Write down how.")
            edit(root / HOME, 'version: "1.0.0"\nstatus', 'version: "2.0.0"\nstatus')
            edit(root / HOME, "changes:\n", SECOND)
        day = ("--date", "2026-12-03", "--note", f"Edition {version}, with <b> & whānau.")
        assert run(root, "release", version, *day).exit_code == 0
    build_site(root, site_dir=folder / "site")


@pytest.fixture(scope="session")
def released(once: Callable[..., Path]) -> Path:
    """Build a site with two editions."""
    return once("released", release_twice) / "site"


@pytest.fixture
def released_url(released: Path) -> Iterator[str]:
    with served(released) as address:
        yield address


EVERY_WAY = (
    "editions/",
    "editions/2.0.0/",
    "editions/1.0.0/guidelines/purpose-matters/",
    "editions/2.0.0/toolkit/before-you-start/",
)


def test_axe_finds_nothing_on_pages_of_editions(
    browser: Browser, released: Path, released_url: str
) -> None:
    pages = [name for name in names(released) if name.startswith("editions/")]
    assert {*EVERY_WAY} < {*pages}
    ways = {name: VIEWS if FULL or name in EVERY_WAY else (SMALLEST,) for name in pages}
    bad, said = watch(browser, released_url, ways)
    assert bad == {}
    assert said == []


def test_an_old_page_says_so_and_leads_to_today_by_keyboard(page: Page, released_url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{released_url}editions/1.0.0/guidelines/purpose-matters/#write-it-down")
    main = page.locator("main")
    expect(main.locator("#write-it-down")).to_contain_text("Write down why.")
    link = main.get_by_role("link", name="What this page says today").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(released_url) + "guidelines/purpose-matters/"))
    expect(page.locator("#write-it-down")).to_contain_text("Write down how.")
