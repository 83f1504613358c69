"""One word of a practice changes every download that shows it, and no other file."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from pdfminer.high_level import extract_text

from dpup.export import make
from dpup.export.paper import Press
from dpup.export.store import Store
from dpup.library import load
from dpup.offers import OFFERS, ZIP
from helpers import edit, make_project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dpup.export.download import Download

GUIDELINE = "content/guidelines/purpose-matters.md"
OLD, NEW = "down", "zyxwv"
WORDS = ("Write {} why", "Have we written {} why?")
Files = dict[str, "Download"]


def made(root: Path, kept: Path) -> Files:
    press = Press(load(root), "https://dpup.example/")
    return {download.name: download for download in make.all_(press, Store(kept))}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, Files]:
    """Make all downloads before and after the change of one word."""
    folder = tmp_path_factory.mktemp("word")
    root = make_project(folder / "project")
    before = made(root, folder / "before")
    edit(root / GUIDELINE, f"text: Write {OLD} why.", f"text: Write {NEW} why.")
    edit(root / GUIDELINE, f"Have we written {OLD} why?", f"Have we written {NEW} why?")
    return before, made(root, folder / "after")


def shown(download: Download) -> str:
    """Give all the words of a file, of every format, with plain spaces."""
    data = download.path.read_bytes()
    if OFFERS[download.offer].ending.endswith("pdf"):
        text = extract_text(io.BytesIO(data))
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            pages = [n for n in archive.namelist() if n.endswith(("xml", "xhtml"))]
            text = "\n".join(archive.read(name).decode() for name in pages)
        text = re.sub("<[^>]*>", "", text)
    else:
        text = data.decode()
    return " ".join(text.split())


def singles(files: Files) -> Mapping[str, str]:
    return {name: shown(file) for name, file in files.items() if file.offer != ZIP}


def showing(texts: Mapping[str, str], word: str) -> set[str]:
    said = [words.format(word) for words in WORDS]
    return {name for name, text in texts.items() if any(words in text for words in said)}


def test_exactly_the_files_that_show_a_practice_change(both: tuple[Files, Files]) -> None:
    before, after = both
    old, new = singles(before), singles(after)
    changed = {name for name in old if before[name].path.name != after[name].path.name}
    assert before.keys() == after.keys()
    assert showing(old, OLD) == showing(new, NEW) == changed
    assert showing(new, OLD) == showing(old, NEW) == set()
    # The same key is the same bytes, and another key is other bytes.
    same = {n for n in old if before[n].path.read_bytes() == after[n].path.read_bytes()}
    assert same == old.keys() - changed


def test_it_changes_in_every_format_of_every_kind_that_shows_it(both: tuple[Files, Files]) -> None:
    changed = showing(singles(both[1]), NEW)
    expected = {
        "purpose-matters": {"pdf", "large-print.pdf", "docx", "md", "json"},
        "before-you-start": {"pdf", "large-print.pdf", "docx", "xlsx", "csv", "md"},
        "guidelines-by-principles": {"xlsx", "csv"},
        "whole-policy": {"pdf", "large-print.pdf", "docx", "epub", "md"},
        "whole-toolkit": {"pdf", "large-print.pdf", "docx", "epub", "md"},
        "in-brief": {"pdf", "large-print.pdf", "docx", "pptx", "md"},
    }
    for id_, endings in expected.items():
        found = {name.partition(".")[2] for name in changed if name.partition(".")[0] == id_}
        assert endings <= found, id_


def test_the_bundles_that_hold_a_changed_file_change_too(both: tuple[Files, Files]) -> None:
    before, after = both
    changed = {name for name in before if before[name].path.name != after[name].path.name}
    bundles = {name for name in before if before[name].offer == ZIP}
    assert bundles == {"frontline.zip", "whole-toolkit.zip"}
    assert bundles <= changed
