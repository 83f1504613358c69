"""EPUB 3, for reading the whole policy or the whole toolkit on a phone or an e-reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
        "identifier": f"urn:dpup:{paper.id}:{paper.date}",
        "rights": LICENCE,
        "source": paper.address,
    }
    said = {name: value for name, value in meta.items() if value}
    options = ("--toc", "--toc-depth=2", "--split-level=1")
    made = pandoc.write(lists.of(paper, blocks), said, "epub3", *options, epoch=paper.epoch)
    return zips.pack(zips.unpack(made))
