"""Changing one word of a practice changes it wherever it is used, and nowhere by hand."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from dpup.library import load
from dpup.stubs import stubs
from dpup.vocabulary import for_page
from helpers import ROOT, edit

if TYPE_CHECKING:
    from pathlib import Path

WORD = "zyxwv"
PRACTICE = "purpose-matters.collect-only-for-need"
TABLES = (
    ("policy", {}),
    ("finder", {}),
    ("practices", {"guideline": "purpose-matters"}),
    ("matrix", {"rows": "guideline", "columns": "principle"}),
    ("matrix", {"rows": "law", "columns": "guideline"}),
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy our content with one word of one practice changed, in its text and its question."""
    root = tmp_path_factory.mktemp("changed")
    for name in ("content", "docs", "macros"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    facts = load(ROOT).index.practices[PRACTICE].facts
    file = root / "content/guidelines/purpose-matters.md"
    for text in (facts.text, facts.question):
        edit(file, text, changed(text))
    return root


def changed(text: str) -> str:
    """Put another word in the place of the second."""
    first, _, *rest = text.split(" ")
    return " ".join((first, WORD, *rest))


def shown(root: Path) -> dict[str, str]:
    """Render every page that the content makes, and the tables over it, by name."""
    pages: dict[str, str] = {}
    for stub in stubs(load(root)):
        words = for_page(root, stub.uri)
        id_ = stub.uri.rpartition("/")[2].removesuffix(".md")
        word = words.address if stub.uri.startswith("id/") else words.entry
        pages[stub.uri] = str(word(id_))
    for number, (name, arguments) in enumerate(TABLES):
        pages[f"table {number}"] = str(getattr(for_page(root, "x.md"), name)(**arguments))
    return pages


def test_one_word_of_a_practice_changes_everywhere(copy: Path) -> None:
    library = load(copy)
    assert library.problems == ()
    facts = load(ROOT).index.practices[PRACTICE].facts
    before, after = shown(ROOT), shown(copy)
    pairs = [(facts.text, changed(facts.text)), (facts.question, changed(facts.question))]
    for old, new in pairs:
        # Templates escape; these texts hold nothing that would look different escaped.
        had = {uri for uri, page in before.items() if old in page}
        assert had == {uri for uri, page in after.items() if new in page}
        assert [uri for uri, page in after.items() if old in page] == []
        assert len(had) > 2
    # The pages that use it in any other way are the only ones that differ.
    differing = {uri for uri in after if before[uri] != after[uri]}
    users = {user.uri for user in library.users(library.index.practices[PRACTICE])}
    assert users <= differing
    kinds = {library.find(uri.rpartition("/")[2].removesuffix(".md")) for uri in users}
    assert {"checklist", "summary", "template"} <= {e.kind.name for e in kinds if e}
    assert {f"table {number}" for number in range(len(TABLES))} <= differing
