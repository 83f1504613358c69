"""Everything to download, made when something that goes into it has changed.

A build with nothing changed looks at the files of the project and at what it noted last time,
and lays out no document at all.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from dpup import offers
from dpup.export import formats, make
from dpup.export.download import Download
from dpup.export.paper import Press
from dpup.export.store import FOLDER, Store
from dpup.publish import write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dpup.library import Library

# What documents are made of, below the project, and how the package lays them out.
_INPUTS: Final = ("content", "macros", "mkdocs.yml")


def stock(
    library: Library, site_url: str, progress: Callable[[int, int], None] | None = None
) -> tuple[Download, ...]:
    """Give everything that can be downloaded; make what is missing."""
    root = library.root
    kept = Store(root / FOLDER)
    inputs = _inputs(root, site_url)
    with kept.lock():
        found = _noted(root, kept, inputs)
        if found is None:
            found = make.all_(Press(library, site_url), kept, progress)
            write_bytes(root / offers.MANIFEST, _manifest(inputs, found).encode())
    return found


def _inputs(root: Path, site_url: str) -> str:
    """Hash every file that a document can depend on."""
    found = hashlib.sha256(f"{site_url}\0{formats.digest()}".encode())
    for file in sorted(_files(root)):
        found.update(f"\0{file.relative_to(root).as_posix()}\0".encode("utf-8", "surrogateescape"))
        found.update(file.read_bytes())
    return found.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for name in _INPUTS:
        place = root / name
        yield from (f for f in (place, *place.rglob("*")) if f.is_file() and f.suffix != ".pyc")


def _noted(root: Path, kept: Store, inputs: str) -> tuple[Download, ...] | None:
    """Give what the last build made, when it still holds."""
    try:
        manifest: Any = json.loads((root / offers.MANIFEST).read_text(encoding="utf-8"))
        if manifest["inputs"] != inputs:
            return None
        rows = manifest["files"]
        found = tuple(Download(r["paper"], r["offer"], kept.path(r["key"])) for r in rows)
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return found if all(download.path.is_file() for download in found) else None


def _manifest(inputs: str, found: tuple[Download, ...]) -> str:
    files = [
        {
            "paper": download.paper,
            "offer": download.offer,
            "name": download.name,
            "key": download.path.name,
            "bytes": download.bytes,
        }
        for download in found
    ]
    return json.dumps({"inputs": inputs, "files": files}, indent=1) + "\n"
