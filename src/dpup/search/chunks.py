"""Cut the chunks of a Pagefind index smaller, so that a query moves little.

Pagefind cuts its index into chunks of some 25 KB, and a query loads one for each of its words. A
chunk is a list in CBOR of words, each with the pages that have it; the file of metadata says
from which word to which word each chunk goes. So a chunk can be cut between any two words.

What Pagefind writes in another way is left as it is: the search still works, and moves more.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SIGNATURE: Final = b"pagefind_dcd"
SIZE: Final = 12_000
"""How many bytes of a chunk stand together before they are packed, unless one word has more."""
ENTRY: Final = "pagefind-entry.json"
_CHUNK: Final = "index/{}.pf_index"
_CHUNKS: Final = 2
"""The place of the list of chunks in the metadata."""
# CBOR (RFC 8949): the first three bits say what follows, the other five how long it is.
_NUMBER, _NEGATIVE, _TEXT, _LIST = 0, 1, 3, 4
_DIRECT: Final = 24
_WIDTHS: Final = {24: 1, 25: 2, 26: 4, 27: 8}


class NotCborError(Exception):
    """These bytes are not what Pagefind 1.5 writes."""


class _Item(NamedTuple):
    """One item: what it is, how long it says it is, and where its content starts."""

    kind: int
    size: int
    start: int


def cut(folder: Path) -> None:
    """Cut every chunk of an index in place; leave an index of another shape as it is."""
    try:
        files = dict(_cut(folder))
    except (NotCborError, IndexError, ValueError, KeyError):
        return
    for file in (*(folder / "index").iterdir(), *folder.glob("*.pf_meta")):
        file.unlink()
    for file, data in files.items():
        file.write_bytes(data)


def _cut(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield each file of the new index with its bytes."""
    entry = folder / ENTRY
    said = json.loads(entry.read_bytes())
    (language,) = said["languages"].values()
    data = read(folder / f"pagefind.{language['hash']}.pf_meta")
    start, end = list(spans(data, 0))[_CHUNKS]
    rows: list[bytes] = []
    for row, _ in spans(data, start):
        *_, name = _texts(data, row)
        for first, last, part in _parts(read(folder / _CHUNK.format(name))):
            name = _name(part)
            yield folder / _CHUNK.format(name), packed(part)
            rows.append(_list([_text(first), _text(last), _text(name)]))
    meta = data[:start] + _list(rows) + data[end:]
    language["hash"] = _name(meta)
    yield folder / f"pagefind.{language['hash']}.pf_meta", packed(meta)
    yield entry, json.dumps(said, separators=(",", ":")).encode()


def _name(data: bytes) -> str:
    """Name a file by what is in it, so that a browser may keep it for good."""
    return hashlib.sha256(data).hexdigest()[:10]


def read(file: Path) -> bytes:
    """Unpack a file of Pagefind; raise NotCborError for what is none."""
    try:
        data = gzip.decompress(file.read_bytes())
    except gzip.BadGzipFile as error:
        raise NotCborError from error
    if not data.startswith(_SIGNATURE):
        raise NotCborError
    return data.removeprefix(_SIGNATURE)


def packed(data: bytes) -> bytes:
    """Pack bytes as Pagefind does, without a date."""
    return gzip.compress(_SIGNATURE + data, 9, mtime=0)


def _parts(chunk: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Yield the first word, the last word and the bytes of each part of a chunk."""
    # A chunk is a list of one list.
    (outer, _), *_ = spans(chunk, 0)
    words: list[bytes] = []
    names: list[str] = []
    for start, end in (*spans(chunk, outer), (0, 0)):
        if words and (not end or sum(map(len, words)) + end - start > SIZE):
            yield names[0], names[-1], _list([_list(words)])
            words, names = [], []
        words.append(chunk[start:end])
        names.append(next(_texts(chunk, start), "") if end else "")


def _list(items: list[bytes]) -> bytes:
    return _head(_LIST, len(items)) + b"".join(items)


def _item(data: bytes, at: int) -> _Item:
    kind, size = data[at] >> 5, data[at] & 31
    if size < _DIRECT:
        return _Item(kind, size, at + 1)
    width = _WIDTHS.get(size)
    if width is None:
        raise NotCborError
    start = at + 1 + width
    return _Item(kind, int.from_bytes(data[at + 1 : start], "big"), start)


def _end(data: bytes, at: int) -> int:
    """Give the place after an item and all that is in it; most items are small numbers."""
    awaited = 1
    while awaited:
        awaited -= 1
        kind, size = data[at] >> 5, data[at] & 31
        at += 1
        if size >= _DIRECT:
            _, size, at = _item(data, at - 1)
        if kind == _LIST:
            awaited += size
        elif kind == _TEXT:
            at += size
        elif kind not in {_NUMBER, _NEGATIVE}:
            raise NotCborError
    return at


def spans(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield where each item of a list starts and ends."""
    item = _item(data, at)
    if item.kind != _LIST:
        raise NotCborError
    start = item.start
    for _ in range(item.size):
        end = _end(data, start)
        yield start, end
        start = end


def _texts(data: bytes, at: int) -> Iterator[str]:
    """Yield the texts of a list, which has to begin with them."""
    for start, end in spans(data, at):
        item = _item(data, start)
        if item.kind != _TEXT:
            return
        yield data[item.start : end].decode()


def _head(kind: int, size: int) -> bytes:
    if size < _DIRECT:
        return bytes([kind << 5 | size])
    more, width = next((n, w) for n, w in _WIDTHS.items() if size < 256**w)
    return bytes([kind << 5 | more]) + size.to_bytes(width, "big")


def _text(value: str) -> bytes:
    data = value.encode()
    return _head(_TEXT, len(data)) + data
