"""The built site: every link and anchor resolves, every page says what and in which language."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import html5lib
import pytest

from blocks import blocks, data_of
from dpup.addresses import url_of
from dpup.library import load
from dpup.reo import Marker
from dpup.shell import POLICY
from helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element


class Page:
    """One page of the built site, parsed as a browser would."""

    def __init__(self, site: Path, file: Path) -> None:
        self.path = file.relative_to(site).as_posix()
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.tree = parser.parse(file.read_text(encoding="utf-8"))
        self.errors = [(place, word) for place, word, _ in parser.errors]

    def all(self, tag: str) -> list[Element]:
        return list(self.tree.iter(tag))

    def ids(self) -> list[str]:
        return [id_ for element in self.tree.iter() if (id_ := element.get("id"))]

    def text_of(self, tag: str) -> str:
        return " ".join(" ".join(self.all(tag)[0].itertext()).split())


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    """Every page by its path."""
    found = [Page(site, file) for file in sorted(site.rglob("*.html"))]
    return {page.path: page for page in found}


def target_of(page: Page, href: str) -> tuple[str, str] | None:
    """Path and anchor that an internal link leads to; None for other hosts."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    folder = posixpath.dirname(page.path)
    path = (
        posixpath.normpath(posixpath.join(folder, unquote(parts.path))) if parts.path else page.path
    )
    if parts.path.endswith(("/", "..", ".")):
        path = posixpath.normpath(posixpath.join(path, "index.html"))
    return path, unquote(parts.fragment)


def test_every_page_is_html_without_a_slip(pages: dict[str, Page]) -> None:
    assert {page.path: page.errors for page in pages.values() if page.errors} == {}


def test_every_internal_link_and_anchor_resolves(site: Path, pages: dict[str, Page]) -> None:
    anchors = {path: set(page.ids()) for path, page in pages.items()}
    broken = []
    for page in pages.values():
        if page.path == "404.html":  # its links start at the root, wherever it is shown
            continue
        for element in page.tree.iter():
            for name in ("href", "src"):
                target = target_of(page, element.get(name)) if element.get(name) else None
                if target is None:
                    continue
                path, anchor = target
                if not (site / path).is_file() or (anchor and anchor not in anchors.get(path, ())):
                    broken.append((page.path, element.get(name)))
    assert broken == []


def test_every_page_has_one_h1_and_headings_in_order(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert len(page.all("h1")) == 1, page.path
        levels = [
            int(element.tag[1])
            for element in page.tree.iter()
            if re.fullmatch("h[1-6]", str(element.tag))
        ]
        jumps = [b for a, b in itertools.pairwise(levels) if b > a + 1]
        assert jumps == [], page.path


def test_titles_and_descriptions_are_there_and_unique(pages: dict[str, Page]) -> None:
    readable = [page for page in pages.values() if page.path != "404.html"]
    titles = Counter(page.text_of("title") for page in readable)
    metas = {
        page.path: [m for m in page.all("meta") if m.get("name") == "description"]
        for page in readable
    }
    assert [title for title, count in titles.items() if count > 1 or not title] == []
    assert [path for path, found in metas.items() if len(found) != 1] == []
    descriptions = Counter(found[0].get("content") for found in metas.values())
    assert [text for text, count in descriptions.items() if count > 1 or not text] == []


def test_ids_are_unique_on_each_page(pages: dict[str, Page]) -> None:
    for page in pages.values():
        repeated = [id_ for id_, count in Counter(page.ids()).items() if count > 1]
        assert repeated == [], page.path


def test_every_page_is_in_new_zealand_english(pages: dict[str, Page]) -> None:
    assert {page.all("html")[0].get("lang") for page in pages.values()} == {"en-NZ"}


def test_te_reo_maori_is_marked_wherever_it_is_read(pages: dict[str, Page]) -> None:
    """No text of a page's body has a known word outside of an element in that language."""
    marker = Marker()
    unmarked = [
        (page.path, piece)
        for page in pages.values()
        for body in page.all("body")
        for text in _english(body)
        for piece, reo in marker.parts(text)
        if reo
    ]
    assert unmarked == []


def _english(element: Element) -> list[str]:
    """Every text below an element that is not in te reo Māori, code or script."""
    # Nothing inside an option can be marked but the whole of it.
    silent = {"code", "pre", "script", "style", "option", "textarea"}
    if element.get("lang") == "mi" or element.tag in silent:
        return []
    own = [element.text or ""]
    for child in element:
        own += [*_english(child), child.tail or ""]
    return own


def test_nothing_is_loaded_from_another_host(pages: dict[str, Page]) -> None:
    loading = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
    foreign = [
        (page.path, element.get(name))
        for page in pages.values()
        for tag, name in loading.items()
        for element in page.all(tag)
        if urlsplit(element.get(name) or "").netloc and element.get("rel") != "canonical"
    ]
    assert foreign == []


def test_every_page_says_that_it_is_independent_and_links_to_the_official_one(
    pages: dict[str, Page],
) -> None:
    for page in pages.values():
        text = " ".join(" ".join(page.all("body")[0].itertext()).split())
        assert "independent restatement" in text, page.path
        assert any("digital.govt.nz" in (a.get("href") or "") for a in page.all("a")), page.path


def test_each_entry_the_glossary_and_the_questions_have_one_data_block(
    pages: dict[str, Page],
) -> None:
    many = {"glossary/index.html": ["DefinedTermSet"], "faqs/index.html": ["FAQPage"]}
    entries = {f"{url_of(e.uri)}index.html": e for e in load(ROOT).entries if e.kind.has_page}
    for page in pages.values():
        types = [block["@type"] for block in blocks(page.tree)]
        entry = entries.get(page.path)
        one = ["HowTo" if entry.kind.name == "checklist" else "CreativeWork"] if entry else []
        assert types == many.get(page.path, one), page.path
        article = page.tree.find(".//article")
        scripts = list(article.iter("script")) if article is not None else []
        assert [script.attrib for script in scripts if data_of(script) is None] == [], page.path


def test_the_schemas_are_published(site: Path) -> None:
    assert {file.name for file in (site / "schema").iterdir()} >= {"principle.json", "laws.json"}


def test_every_page_carries_the_policy_before_anything_that_it_rules(
    pages: dict[str, Page],
) -> None:
    for page in pages.values():
        head = list(page.all("head")[0])
        first = [element.get("charset") or element.get("http-equiv") for element in head[:2]]
        assert first == ["utf-8", "Content-Security-Policy"], page.path
        assert head[1].get("content") == POLICY, page.path
        assert sum(element.get("http-equiv") is not None for element in head) == 1, page.path


def test_nothing_of_a_page_is_inline(pages: dict[str, Page]) -> None:
    """The policy would stop it without a word to the reader."""
    inline = [
        (page.path, element.tag, name)
        for page in pages.values()
        for element in page.tree.iter()
        for name in element.attrib
        if name == "style" or name.startswith("on")
    ]
    assert inline == []
    for page in pages.values():
        assert page.all("style") == [], page.path
        assert [
            s.attrib for s in page.all("script") if not s.get("src") and data_of(s) is None
        ] == []
