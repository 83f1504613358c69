"""Markdown (CommonMark with tables and task lists), for tools and for other sites."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from dpup.export import lists, pandoc, tree
from dpup.export.paper import LICENCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpup.export.pandoc import Block
    from dpup.export.paper import Paper

_FORMAT: Final = "gfm-raw_html"


def make(paper: Paper, blocks: list[Block]) -> bytes:
    """Give a document as Markdown, with what it is in its front matter."""
    meta = {
        "title": paper.title,
        "id": paper.id,
        "version": paper.version,
        "date": paper.date,
        "source": paper.address,
        "licence": LICENCE,
        "lang": "en-NZ",
    }
    said = {name: value for name, value in meta.items() if value}
    below = tree.shifted(lists.of(paper, blocks))
    body = [tree.header(1, tree.words(paper.title)), *map(_unmarked, below)]
    # Pandoc would escape a title as Markdown; what reads front matter takes it as it is.
    front = yaml.safe_dump(said, allow_unicode=True, width=math.inf)
    text = pandoc.write(body, {}, _FORMAT, "--wrap=none", epoch=paper.epoch)
    return f"---\n{front}---\n\n".encode() + text


def _unmarked(node: Any) -> Any:  # noqa: ANN401 - a piece of Pandoc's tree
    """Take languages out, for which Markdown has no sign, and leave words that are only words."""
    if isinstance(node, list):
        return [_unmarked(item) for item in _flat(node)]
    if isinstance(node, dict):
        return {key: _unmarked(value) for key, value in node.items()}
    return node


def _flat(nodes: Iterable[Any]) -> Iterable[Any]:
    for node in nodes:
        kind = node.get("t") if isinstance(node, dict) else ""
        if kind == "Span":
            yield from _flat(node["c"][1])
        elif kind == "Str":
            yield from _escaped(node["c"])
        else:
            yield node


def _escaped(text: str) -> Iterable[Any]:
    """Escape what looks like a character of HTML, which Pandoc forgets."""
    for number, part in enumerate(_ENTITY.split(text)):
        if number % 2:
            yield {"t": "RawInline", "c": ["markdown", f"\\{part}"]}
        elif part:
            yield {"t": "Str", "c": part}


_ENTITY: Final = re.compile("(&#?[0-9A-Za-z]+;)")
