"""A real Chromium, and the addresses of every page of our own site."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from editions import EDITIONS, Host, build_edition
from helpers import chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# Chromium would otherwise ask hosts of its maker at each start.
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
# No page lives long enough to repay what optimising its scripts costs: a third of all time.
BRIEF = "--js-flags=--no-turbofan --no-maglev"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium of the system; fail when it is required and not there."""
    path = chromium()
    assert path, "DPUP_BROWSER=required, but there is no Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        # CI runs as root in a container, where Chromium's own sandbox can't start.
        started = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", BRIEF, *QUIET]
        )
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a fresh profile."""
    opened = browser.new_context()
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Open an empty tab."""
    return context.new_page()


@pytest.fixture(scope="session")
def host(once: Callable[..., Path]) -> Iterator[Host]:
    """Serve a checklist in several editions from one address."""
    folders = {name: once(f"edition-{name}", partial(build_edition, name)) for name in EDITIONS}
    yield from Host(folders).serve()
