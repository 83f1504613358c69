"""What can be downloaded: which formats each kind of document comes in, and how large they are.

Pages show it; ``dpup.export`` makes it.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from typing import TYPE_CHECKING, Any, Final

from dpup import matrices, proposal_forms
from dpup.addresses import DOWNLOADS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST: Final = ".cache/downloads.json"
"""Below the project: what the last build made."""
MATRIX: Final = "matrix"
COLLECTION: Final = "collection"
WITH_FILES: Final = "collection-with-files"
WHOLE_POLICY: Final = "whole-policy"
WHOLE_TOOLKIT: Final = "whole-toolkit"
ROLE_BUNDLE: Final = "role-bundle"
ZIP: Final = "zip"
PROPOSAL: Final = "proposal"


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """Something to download that is no entry."""

    id: str
    title: str
    kind: str
    uri: str
    """Its page on the site."""


COLLECTIONS: Final = {
    WHOLE_POLICY: Document(WHOLE_POLICY, "The whole policy", COLLECTION, "whole-policy.md"),
    WHOLE_TOOLKIT: Document(WHOLE_TOOLKIT, "The whole toolkit", WITH_FILES, "toolkit/index.md"),
}


FORMS: Final = {
    id_: Document(id_, form.title, PROPOSAL, "contribute/propose.md")
    for id_, form in proposal_forms.FORMS.items()
}


@dataclasses.dataclass(frozen=True, slots=True)
class Offer:
    """One format that documents can be downloaded in."""

    name: str
    """What ``dpup export --to`` calls it."""
    label: str
    """What readers see: ``Word``."""
    ending: str
    """What follows the id in the name of the file, for instance ``large-print.pdf``."""

    def file(self, id_: str) -> str:
        """Give the name of the file of a document; it never changes."""
        return f"{id_}.{self.ending}"

    def uri(self, id_: str) -> str:
        """Give the place of that file on the site."""
        return f"{DOWNLOADS}/{self.file(id_)}"


OFFERS: Final = {
    offer.name: offer
    for offer in (
        Offer("pdf", "PDF", "pdf"),
        Offer("large-print", "PDF in large print", "large-print.pdf"),
        Offer("docx", "Word", "docx"),
        Offer("xlsx", "Excel", "xlsx"),
        Offer("pptx", "PowerPoint", "pptx"),
        Offer("epub", "EPUB", "epub"),
        Offer("csv", "CSV", "csv"),
        Offer("md", "Markdown", "md"),
        Offer("json", "JSON", "json"),
        Offer(ZIP, "ZIP", "zip"),
    )
}
_TEXT: Final = ("pdf", "large-print", "docx", "md", "json")
_FORM: Final = ("pdf", "large-print", "docx", "xlsx", "csv", "md", "json")
_SLIDES: Final = ("pdf", "large-print", "docx", "pptx", "md", "json")
_BOOK: Final = ("pdf", "large-print", "docx", "epub", "md", "json")
_LOOKED_UP: Final = ("pdf", "json")
BY_KIND: Final[Mapping[str, tuple[str, ...]]] = {
    "checklist": _FORM,
    "template": _FORM,
    "workshop": _SLIDES,
    "summary": _SLIDES,
    "guide": _TEXT,
    "example": _TEXT,
    "case-study": _TEXT,
    "quiz": _TEXT,
    "decision": _TEXT,
    "principle": _TEXT,
    "guideline": _TEXT,
    "role": _LOOKED_UP,
    "stage": _LOOKED_UP,
    "law": _LOOKED_UP,
    "finding": _LOOKED_UP,
    MATRIX: ("pdf", "xlsx", "csv", "json"),
    ROLE_BUNDLE: (ZIP,),
    PROPOSAL: ("docx",),
    COLLECTION: _BOOK,
    WITH_FILES: (ZIP, *_BOOK),
}


def of(kind: str) -> tuple[Offer, ...]:
    """Give the formats of a kind of document, the most asked for first; none for other kinds."""
    return tuple(OFFERS[name] for name in BY_KIND.get(kind, ()))


def tables() -> tuple[Document, ...]:
    """Give the tables that cross two kinds."""
    return tuple(
        Document(id_, named.title, MATRIX, f"matrices/{id_}.md")
        for id_, named in matrices.NAMED.items()
    )


def document(id_: str) -> Document | None:
    """Find a document that is no entry."""
    return {d.id: d for d in (*COLLECTIONS.values(), *FORMS.values(), *tables())}.get(id_)


_without: set[Path] = set()


def switch(root: Path, *, on: bool) -> None:
    """Say whether this build of a project has downloads; without a word it has."""
    if on:
        _without.discard(root)
    else:
        _without.add(root)


def are_on(root: Path) -> bool:
    """Tell whether pages may link to downloads."""
    return root not in _without


def sizes(root: Path) -> Mapping[str, int]:
    """Map the name of each file that the last build made to its size in bytes."""
    file = root / MANIFEST
    try:
        return _sizes(file, file.stat().st_mtime_ns)
    except (OSError, ValueError, LookupError, TypeError):
        return {}


@functools.lru_cache(maxsize=4)
def _sizes(file: Path, _time: int) -> dict[str, int]:
    manifest: Any = json.loads(file.read_text(encoding="utf-8"))
    return {row["name"]: int(row["bytes"]) for row in manifest["files"]}


def in_words(size: int) -> str:
    """Say a size as people do.

    >>> in_words(38_400), in_words(1_260_000), in_words(300)
    ('38 KB', '1.3 MB', '1 KB')
    """
    if size < _MEGABYTE:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / _MEGABYTE:.1f} MB"


_MEGABYTE: Final = 1_000_000
