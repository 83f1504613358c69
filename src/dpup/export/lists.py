"""A document with its boxes as plain lists, for formats that know no controls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dpup.export import tree
from dpup.export.controls import UNCHECKED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dpup.export.pandoc import Block
    from dpup.export.paper import Paper

# Pandoc writes an item that starts like this as one to tick, where a format has such items.
_BOX: Final = [{"t": "Str", "c": UNCHECKED}, {"t": "Space"}]


def of(paper: Paper, blocks: list[Block]) -> list[Block]:
    """Turn what is asked into lists of boxes, and divisions into what stands in them."""
    return list(_Plain(paper).all(blocks))


class _Plain:
    def __init__(self, paper: Paper) -> None:
        self._asks = paper.asks

    def all(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            write = getattr(self, f"_{block['t'].lower()}", None)
            if write is None:
                yield block
            else:
                yield from write(block["c"])

    def _div(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401 - the shapes are Pandoc's
        (_, (name, *_), _), blocks = inside
        if name in {"asks", "log"}:
            items = [list(self._ask(dict(block["c"][0][2])["item"], block)) for block in blocks]
            yield numbered(items)
        elif name == "boxes":
            yield from (_boxed(block, self) for block in blocks)
        else:
            yield from self.all(blocks)

    def _ask(self, item: str, block: Block) -> Iterator[Block]:
        words, *helps = block["c"][1]
        yield {"t": "Para", "c": [{"t": "Strong", "c": words["c"]}]}
        yield from self.all(helps)
        labels = [label for _, label in self._asks[item].choices]
        if labels:
            yield bullets([[{"t": "Plain", "c": [*_BOX, *tree.words(label)]}] for label in labels])

    def _header(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        level, (anchor, _, _), text = inside
        yield {"t": "Header", "c": [level, [anchor, [], []], text]}

    def _bulletlist(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        yield bullets([list(self.all(item)) for item in inside])

    def _orderedlist(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        yield {"t": "OrderedList", "c": [inside[0], [list(self.all(item)) for item in inside[1]]]}


def bullets(items: list[list[Block]]) -> Block:
    """Make a list."""
    return {"t": "BulletList", "c": items}


def numbered(items: list[list[Block]]) -> Block:
    """Make a list with numbers."""
    return {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]}


def _boxed(block: Block, plain: _Plain) -> Block:
    items = []
    for item in block["c"]:
        first, *rest = plain.all(item)
        items.append([{"t": "Plain", "c": [*_BOX, *first["c"]]}, *rest])
    return bullets(items)
