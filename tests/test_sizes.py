"""A first visit is light: what an entry page loads on its own, as a server would pack it."""

from __future__ import annotations

import gzip
import posixpath
import re
from typing import TYPE_CHECKING

import html5lib
import pytest

from dpup import fonts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

KB = 1024
PLAIN, WITH_FONTS = 40 * KB, 70 * KB
ENTRIES = (
    "",
    "principles/he-tangata/",
    "guidelines/purpose-matters/",
    "guidelines/transparency-and-choice/",
    "roles/policy-design/",
    "stages/collect/",
    "laws/ipp-3a/",
    "findings/common-agreement/",
    "faqs/",
    "glossary/",
    "search/",
    "contribute/propose/",
    "toolkit/",
    # Each kind of the toolkit, the largest of its kind.
    "toolkit/transparency-and-choice-checklist/",
    "toolkit/before-you-use-again-or-share/",
    "toolkit/quick-check-in/",
    "toolkit/what-service-users-need-to-know/",
    "toolkit/partnering-purposes/",
    "toolkit/access-or-correction-log/",
    "toolkit/may-we-use-or-share-it/",
    "toolkit/check-your-understanding/",
    "toolkit/introductory-workshop/",
    "toolkit/case-old-records-and-a-correction/",
    "toolkit/notice-food-and-housing-service/",
    "toolkit/summary-policy-design/",
    "toolkit/how-to-use-the-toolkit/",
    "id/transparency-and-choice.say-what-and-why/",
)
LOADING = {"stylesheet", "preload", "modulepreload", "icon"}


def named(element: Element) -> str:
    """Give the address that an element loads; empty when it loads nothing."""
    if element.tag == "link" and element.get("rel") in LOADING:
        return element.get("href", "")
    return element.get("src", "") if element.tag in {"script", "img"} else ""


def loaded(site: Path, page: str) -> Iterator[Path]:
    """Give each file of a first visit: what the page names, and what its components import."""
    file = site / page / "index.html"
    tree = html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    paths = {
        posixpath.normpath(posixpath.join(page, name)) for name in map(named, tree.iter()) if name
    }
    modules = {element.get("data-module", "") for element in tree.iter()}
    paths |= {f"assets/js/{name.removeprefix('dpup-')}.js" for name in modules if name}
    yield file
    yield from imported({site / path for path in paths if (site / path).is_file()})


def imported(files: set[Path]) -> set[Path]:
    """Add what modules import, and what that imports."""
    more = set(files)
    for file in files:
        if file.suffix == ".js":
            text = file.read_text(encoding="utf-8")
            more |= {file.parent / name for name in re.findall(r"\bfrom\s*'\./([^']+)'", text)}
    return files if more == files else imported(more)


def sizes(site: Path, page: str) -> tuple[int, int]:
    """Give the bytes of a first visit without fonts, and with them."""
    plain = letters = 0
    for file in loaded(site, page):
        if file.suffix == ".woff2":  # packed already
            letters += file.stat().st_size
        else:
            plain += len(gzip.compress(file.read_bytes(), 9))
    return plain, plain + letters


@pytest.mark.parametrize("page", ENTRIES)
def test_a_first_visit_is_light(site: Path, page: str) -> None:
    plain, with_fonts = sizes(site, page)
    assert plain <= PLAIN
    assert with_fonts <= WITH_FONTS


def test_everything_is_counted(site: Path) -> None:
    names = {
        file.relative_to(site).as_posix() for file in loaded(site, "guidelines/purpose-matters/")
    }
    assert names >= {
        *fonts.addresses(),
        "assets/css/dpup.css",
        "assets/js/init.js",
        "assets/js/scheme.js",
        "assets/js/storage.js",  # named by no page; a component imports it
        "guidelines/purpose-matters/index.html",
    }
