"""Zip files that are the same bytes for the same content, as every Office file is one."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# The earliest time that a zip file can hold; the clock must not get in.
_TIME: Final = (1980, 1, 1, 0, 0, 0)
# These are packed already; packing them again takes time and no less room.
_PACKED: Final = (".pdf", ".docx", ".xlsx", ".pptx")
_FIRST: Final = ("mimetype", "[Content_Types].xml", "_rels/.rels")


def pack(files: Mapping[str, bytes]) -> bytes:
    """Pack files by name in a fixed order with fixed times.

    A file named ``mimetype`` comes first and as it is: EPUB asks for that.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files, key=lambda name: (_rank(name), name)):
            info = zipfile.ZipInfo(name, _TIME)
            info.create_system = 3  # the same on every system
            info.external_attr = 0o644 << 16
            stored = name == _FIRST[0] or name.endswith(_PACKED)
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name], compresslevel=9)
    return made.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Give the files of an archive that we made ourselves, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def is_moderate(data: bytes) -> bool:
    """Tell whether this is an archive that unpacks to no more than a document can hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(info.file_size for info in archive.infolist()) <= _MOST
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


# In bytes. A form is some 20 KB; what unpacks to more than this is none.
_MOST: Final = 100_000_000


def _rank(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)
