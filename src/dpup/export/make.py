"""Make every file that can be downloaded, each once."""

from __future__ import annotations

import dataclasses
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from dpup import offers
from dpup.export import bundle, formats, store, tree
from dpup.export.download import Download

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dpup.export.pandoc import Block
    from dpup.export.paper import Paper, Press
    from dpup.export.store import Store


@dataclasses.dataclass(frozen=True, slots=True)
class _Order:
    """The files of one document that are to be made."""

    paper: Paper
    keys: dict[str, str]
    """The name of each format, with the key of its file."""


def one(paper: Paper, offer: str) -> bytes:
    """Make one file of a document, whatever is kept already."""
    blocks = [] if offer in formats.WITHOUT_TREE else tree.of(paper)
    return formats.MAKERS[offer](paper, blocks)


def all_(
    press: Press, kept: Store, progress: Callable[[int, int], None] | None = None
) -> tuple[Download, ...]:
    """Make what is not kept yet; tell ``progress`` how many files are made, of how many."""
    orders = [_Order(paper, dict(_keys(paper))) for paper in press.all()]
    due = [found for order in orders if (found := _missing(order, kept))]
    _make(due, kept, progress or _quiet)
    single = [
        Download(order.paper.id, offer, kept.path(key_))
        for order in orders
        for offer, key_ in order.keys.items()
    ]
    made = (*single, *bundle.all_(press.library, single, kept))
    kept.drop_others(download.path.name for download in made)
    return made


def _quiet(_done: int, _all: int) -> None:
    """Say nothing."""


def key(paper: Paper, offer: str) -> str:
    """Give the key of a file: all that it shows, or holds, and what makes it."""
    said = [paper.json] if offer == "json" else [paper.digest]
    if offer in formats.OF_TABLES:
        said.append(paper.tables_digest)
    return store.key(offer, *said, formats.digest())


def _keys(paper: Paper) -> Iterator[tuple[str, str]]:
    for offer in offers.of(paper.kind):
        if offer.name in formats.MAKERS:
            yield offer.name, key(paper, offer.name)


def _missing(order: _Order, kept: Store) -> _Order | None:
    keys = {offer: name for offer, name in order.keys.items() if not kept.has(name)}
    return dataclasses.replace(order, keys=keys) if keys else None


def _make(due: list[_Order], kept: Store, progress: Callable[[int, int], None]) -> None:
    """Make files in threads, which Pandoc's processes keep busy.

    Worker processes of our own would stay behind when the run is killed. Collections come
    last, since they are bound from what was read for their parts.
    """
    count, done = sum(len(order.keys) for order in due), 0
    read: dict[str, list[Block]] = {}

    def work(order: _Order) -> int:
        _make_one(order, kept, read)
        return len(order.keys)

    progress(0, count)
    for batch in ([o for o in due if not o.paper.parts], [o for o in due if o.paper.parts]):
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for made in pool.map(work, batch):
                done += made
                progress(done, count)


def _make_one(order: _Order, kept: Store, read: dict[str, list[Block]]) -> None:
    blocks: list[Block] = []
    if not formats.WITHOUT_TREE.issuperset(order.keys):
        blocks = read[order.paper.id] = tree.of(order.paper, read)
    for offer, key_ in order.keys.items():
        kept.put(key_, formats.MAKERS[offer](order.paper, blocks))
