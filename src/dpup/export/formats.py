"""What makes each format, and how a change of the makers is noticed."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dpup.export import book, commonmark, delimited, pdf, slides, spreadsheet, word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dpup.export.pandoc import Block
    from dpup.export.paper import Paper

OF_TABLES: Final = frozenset({"xlsx", "csv"})
"""The formats that show the tables of a document."""
WITHOUT_TREE: Final = OF_TABLES | {"json"}
"""The formats that need only the data of a document."""


def _large_print(paper: Paper, blocks: list[Block]) -> bytes:
    return pdf.make(paper, blocks, large=True)


def _xlsx(paper: Paper, _blocks: list[Block]) -> bytes:
    return spreadsheet.make(paper)


def _csv(paper: Paper, _blocks: list[Block]) -> bytes:
    return delimited.make(paper.tables[-1])


def _json(paper: Paper, _blocks: list[Block]) -> bytes:
    return paper.json.encode()


MAKERS: Final[Mapping[str, Callable[[Paper, list[Block]], bytes]]] = {
    "pdf": pdf.make,
    "large-print": _large_print,
    "docx": word.make,
    "xlsx": _xlsx,
    "pptx": slides.make,
    "epub": book.make,
    "csv": _csv,
    "md": commonmark.make,
    "json": _json,
}


@functools.cache
def digest() -> str:
    """Hash what makes the files, so that none is kept when its maker has changed.

    Any module of the package may bear on what a document says.
    """
    versions = (f"{name}={importlib.metadata.version(name)}" for name in _LIBRARIES)
    found = hashlib.sha256("\n".join(versions).encode())
    folder = Path(__file__).parent.parent
    for file in sorted((*folder.rglob("*.py"), *folder.rglob("*.typ"))):
        found.update(file.relative_to(folder).as_posix().encode() + file.read_bytes())
    return found.hexdigest()


_LIBRARIES: Final = (
    *("typst", "pypandoc-binary", "fontpkg-source-sans-3", "segno", "pikepdf", "fonttools"),
    *("fonttools", "python-docx", "python-pptx", "xlsxwriter", "lxml"),
)
