"""EPUB 3, for reading the whole policy or the whole toolkit on a phone or an e-reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dpup.export import lists, pandoc, zips
from dpup.export.paper import AUTHOR, LICENCE

if TYPE_CHECKING:
    from dpup.export.pandoc import Block
    from dpup.export.paper import Paper


def make(paper: Paper, blocks: list[Block]) -> bytes:
    """Give a document as an e-book with a table of contents."""
    meta = {
        "title": paper.title,
        "author": AUTHOR,
        "lang": "en-NZ",
        "date": paper.date,
        # The same for every edition, so that a reader's library sees one book.
        "identifier": f"urn:dpup:{paper.id}",
        "rights": LICENCE,
        "source": paper.address,
    }
    said = {name: value for name, value in meta.items() if value}
    options = ("--toc", "--toc-depth=2", "--split-level=1")
    made = pandoc.write(lists.of(paper, blocks), said, "epub3", *options, epoch=paper.epoch)
    files = zips.unpack(made)
    files[_PACKAGE] = _MODIFIED.sub(rf"\g<1>{paper.date}T00:00:00Z".encode(), files[_PACKAGE])
    return zips.pack(files)


_PACKAGE: Final = "EPUB/content.opf"
# In its sandbox Pandoc does not see the date that it is told, and takes the first of all.
_MODIFIED: Final = re.compile(rb'(<meta property="dcterms:modified">)[^<]*')
