"""ZIP files: everything for one role, and the whole toolkit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dpup.export import store, zips
from dpup.export.download import Download
from dpup.export.paper import LICENCE
from dpup.offers import OFFERS, WHOLE_TOOLKIT, ZIP
from dpup.views import Views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dpup.export.store import Store
    from dpup.library import Library

# For people, in a folder for each; data formats are for programs, and on the site.
_FORMATS: Final = ("pdf", "large-print", "docx", "xlsx", "pptx")


def all_(library: Library, single: Iterable[Download], kept: Store) -> Iterator[Download]:
    """Bundle files by the role that they are made for, and all of them."""
    files = [download for download in single if download.offer in _FORMATS]
    views = Views(library)
    for role in library.of("role"):
        made_for = {entry.id for entry in views.made_for(role)}
        inside = [file for file in files if file.paper in made_for]
        if inside:
            yield _bundle(role.id, f"Everything for: {role.title}", inside, kept)
    resources = {entry.id for entry in library.resources}
    inside = [file for file in files if file.paper in resources]
    if inside:
        yield _bundle(WHOLE_TOOLKIT, "The whole toolkit", inside, kept)


def _bundle(id_: str, title: str, files: list[Download], kept: Store) -> Download:
    note = _note(title, files)
    key = store.key(ZIP, note, *(file.path.name for file in files))
    if not kept.has(key):
        packed = {
            f"{OFFERS[file.offer].label}/{file.name}": file.path.read_bytes() for file in files
        }
        kept.put(key, zips.pack({"READ ME.txt": note.encode(), **packed}))
    return Download(id_, ZIP, kept.path(key))


def _place(file: Download) -> str:
    return f"{OFFERS[file.offer].label}/{file.name}"


def _note(title: str, files: list[Download]) -> str:
    names = "\r\n".join(f"- {_place(file)}" for file in files)
    return (
        f"{title}\r\n\r\n"
        "From the DPUP toolkit: an independent restatement of the Data Protection and Use Policy "
        "in our own words. It is not the official policy.\r\n"
        f"Licence: {LICENCE}, with credit to the owners of the policy.\r\n\r\n"
        f"Inside:\r\n{names}\r\n"
    )
