"""What the packet says of downloads, held against what documents say before and after a change."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from dpup.evolve import documents
from dpup.evolve.compare import compare
from dpup.export.paper import Press
from dpup.library import Library, load
from dpup.offers import COLLECTIONS
from dpup.views import Views
from evolving import HISTORIES, git, history

if TYPE_CHECKING:
    from pathlib import Path

    from dpup.entries import Entry

TELLING = (
    "added",
    "draft-again",
    "duty-and-place-reworded",
    "entry-withdrawn-with-an-heir",
    "history-rewritten",
    "merged",
    "moved-inside",
    "moved-into-a-new-file-and-reworded",
    "not-a-practice",
    "practices-reordered",
    "question-of-a-practice-added",
    "renamed-with-a-tombstone",
    "split",
    "strengthened",
    "text-clarified",
    "withdrawn",
)
FALSE_ALARMS = 6
"""So many documents of a change may be named for nothing."""


def laid_out(library: Library) -> dict[str, str]:
    papers = Press(library, "https://dpup.example/").all()
    return {paper.id: paper.html + paper.tables_digest for paper in papers}


@pytest.mark.parametrize("name", TELLING)
def test_the_documents_that_a_change_reaches_are_named(name: str, tmp_path: Path) -> None:
    (case,) = (case for case in HISTORIES if case.stem == name)
    root, _ = history(case, tmp_path / "project")
    before = tmp_path / "before"
    shutil.copytree(root, before)
    git(before, "checkout", "--quiet", "--force", "v1")
    old, new = load(before), load(root)
    pages = laid_out(old), laid_out(new)
    differ = {id_ for id_, page in pages[1].items() if pages[0].get(id_) != page}
    told = dict(documents.made_anew(compare(old, new)))
    named = {id_ for id_, labels in told.items() if labels != ("ZIP",)}
    assert differ - named == set()
    # The whole toolkit is made of parts and lays out nothing itself.
    assert len(named - differ - COLLECTIONS.keys()) <= FALSE_ALARMS, named - differ
    assert len(named) < len(pages[1])
    bundles = {role.id for role in new.of("role") if differ & {e.id for e in made_for(new, role)}}
    assert bundles <= {id_ for id_, labels in told.items() if "ZIP" in labels}


def made_for(library: Library, role: Entry) -> tuple[Entry, ...]:
    return Views(library).made_for(role)
