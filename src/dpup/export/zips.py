"""Zip files that are the same bytes for the same content, as every Office file is one."""

from __future__ import annotations

import enum
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


class Weight(enum.Enum):
    """How much an archive holds."""

    NONE = "not all of it can be read"
    FIT = "as much as a filled form may hold"
    TOO_MUCH = "more than that"


def weight(data: bytes) -> Weight:
    """Tell whether an archive that comes from anyone holds no more than a filled form can."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = archive.infolist()
            if len(inside) > _FILES or sum(info.file_size for info in inside) > _BYTES:
                return Weight.TOO_MUCH
            tags = sum(archive.read(info).count(b"<") for info in inside)
            return Weight.TOO_MUCH if tags > _TAGS else Weight.FIT
    # What is broken in an archive can raise nearly anything.
    except Exception:  # noqa: BLE001
        return Weight.NONE


# The largest form of ours has 18 files, 230,000 bytes and 12,000 tags when it is unpacked.
_FILES: Final = 200
_BYTES: Final = 5_000_000
_TAGS: Final = 200_000


def _rank(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)
