"""Pandoc, which reads the HTML of a document and writes it in most other formats.

It runs in its sandbox: nothing that a document says can make it open a file or a connection.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pypandoc

from dpup.characters import for_documents

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Block = dict[str, Any]
"""One block of Pandoc's document tree: ``{"t": "Para", "c": [...]}``."""
Inline = dict[str, Any]
"""One piece of a paragraph: ``{"t": "Str", "c": "word"}``."""

API: Final = [1, 23, 1, 1]
"""The version of Pandoc's document tree that we write."""
# Pandoc forgets the class of a paragraph and of a list of facts, not that of a division.
_CLASSED: Final = re.compile(r'<(p|dl) (class="[^"]+")>(.*?)</\1>', re.DOTALL)
# A drawing, and the words that open a folded part, are for screens only.
_SCREEN: Final = re.compile(
    r'<svg\b.*?</svg>|<summary class="dpup-(?:picture__open|more__opener)">.*?</summary>', re.DOTALL
)
_READER: Final = "html-auto_identifiers-raw_html"


def read(html: str) -> list[Block]:
    """Read HTML into blocks."""
    kept = _SCREEN.sub("", for_documents(html))
    text = _CLASSED.sub(r"<div \2><\1>\3</\1></div>", kept)
    found = json.loads(run(["-f", _READER, "-t", "json"], text.encode()))
    blocks: list[Block] = found["blocks"]
    return blocks


def write(
    blocks: Sequence[Block],
    meta: Mapping[str, str | list[Inline]],
    to: str,
    *options: str,
    epoch: int = 0,
) -> bytes:
    """Write blocks in a format of Pandoc; ``epoch`` dates the file, in seconds since 1970."""
    said = {name: _meta(value) for name, value in meta.items()}
    document = {"pandoc-api-version": API, "meta": said, "blocks": blocks}
    given = ["-f", "json", "-t", to, "--standalone", *options, "-o", "-"]
    return run(given, json.dumps(document).encode(), epoch)


def _meta(value: str | list[Inline]) -> dict[str, Any]:
    kind = "MetaString" if isinstance(value, str) else "MetaInlines"
    return {"t": kind, "c": value}


def default_file(name: str) -> bytes:
    """Give one of the files that Pandoc brings, for instance ``reference.docx``."""
    return run(["--print-default-data-file", name, "-o", "-"], b"", sandbox=False)


def run(options: Sequence[str], data: bytes, epoch: int = 0, *, sandbox: bool = True) -> bytes:
    """Run Pandoc on some data; raise RuntimeError with what it says where it stops."""
    # Pandoc takes times from here, and would else ask the clock and the locale.
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    command = [pypandoc.get_pandoc_path(), "--quiet", *options]
    if sandbox:
        command.insert(1, "--sandbox")
    done = subprocess.run(command, input=data, env=env, capture_output=True, check=False)  # noqa: S603 - fixed options; the document is data
    if done.returncode:
        msg = f"Pandoc stopped with {done.returncode}: {done.stderr.decode(errors='replace')}"
        raise RuntimeError(msg)
    return done.stdout
