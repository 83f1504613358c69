"""The same content with MkDocs and with Zensical: the articles have to be the same."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import unquote

import html5lib
import pytest

from dpup.library import load
from dpup.offers import MANIFEST
from dpup.stubs import stubs
from helpers import ROOT, copy_ours, edit, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from xml.etree.ElementTree import Element

PAGES = (
    "",
    "principles/he-tangata",
    "guidelines/purpose-matters",
    "toolkit/start-from-what-you-already-do",
    "roles/frontline",
    "stages/collect",
    "laws/ipp-3a",
    "findings/two-way-flow",
    "glossary",
    "faqs",
    "sources",
    "toolkit",
    "toolkit/tasks",
    "toolkit/coverage",
    "toolkit/before-you-collect",
    "toolkit/what-service-users-need-to-know",
    "toolkit/summary-frontline",
    "toolkit/notice-food-and-housing-service",
    "toolkit/case-referral-to-a-budgeting-service",
    "toolkit/introductory-workshop",
    "toolkit/check-your-understanding",
    "practices",
    "matrices/guidelines-by-principles",
    "matrices/findings-to-toolkit",
    "id/purpose-matters.check-the-wording",
    "id/check-your-understanding.caretaker",
    "whole-policy",
    "about/timeline",
    "awaiting-review",
    "due-for-review",
    "beyond-the-law",
)


def zensical(folder: Path) -> subprocess.CompletedProcess[str]:
    """Build a folder with Zensical, which has to succeed without an issue."""
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def other_site(once: Callable[..., Path], site: Path) -> Path:
    """Our own content, built with Zensical from written stubs, with the sizes of our downloads."""
    assert site
    return once("zensical", build_with_zensical) / "site"


def build_with_zensical(where: Path) -> None:
    """Build our own content in a folder, with a file for each virtual page."""
    copy_ours(where)
    # Our page around an article asks the plugin for much, and Zensical runs no plugin.
    edit(where / "mkdocs.yml", "  custom_dir: overrides\n", "")
    write(where / MANIFEST, (ROOT / MANIFEST).read_text(encoding="utf-8"))
    for stub in stubs(load(ROOT)):
        write(where / "docs" / stub.uri, stub.markdown)
    done = zensical(where)
    assert done.returncode == 0, done.stdout + done.stderr


def article(site: Path, page: str) -> list[tuple[str, dict[str, str], str, str]]:
    """Give the elements of a page's article: tag, attributes, text, and text after it."""
    text = (site / page / "index.html").read_text(encoding="utf-8")
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    found = tree.find(".//article")
    return [
        (element.tag, _attributes(element), _words(element.text), _words(element.tail))
        for element in found.iter()
        # The article itself has the classes of its theme. Each theme adds what it needs for itself:
        # a target to skip to, an edit button.
        if isinstance(element.tag, str) and element is not found and element.get("id") != "__skip"
    ]


def _attributes(element: Element) -> dict[str, str]:
    """Give attributes; an address may be written in several ways."""
    return {name: unquote(value) for name, value in element.attrib.items()}


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


@pytest.mark.zensical
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page or "home")
def test_both_engines_make_the_same_article(site: Path, other_site: Path, page: str) -> None:
    assert article(site, page) == article(other_site, page)
