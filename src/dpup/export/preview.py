"""Downloads in a preview: each is made when somebody first asks for it."""

from __future__ import annotations

import dataclasses
import mimetypes
from typing import TYPE_CHECKING, Final

from dpup import offers
from dpup.addresses import DOWNLOADS
from dpup.export import make, store
from dpup.export.paper import Press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from dpup.library import Library


@dataclasses.dataclass(frozen=True, slots=True)
class Finder:
    """Makes files of the Library of the moment, and keeps them as a build does."""

    library: Callable[[], Library]
    site_url: str

    def file(self, name: str) -> bytes | None:
        """Give a file by its name; None when there is no such document or format."""
        id_, _, ending = name.partition(".")
        offer = next((o for o in offers.OFFERS.values() if o.ending == ending), None)
        library = self.library()
        paper = Press(library, self.site_url).find(id_)
        if offer is None or paper is None or offer not in offers.of(paper.kind):
            return None
        kept = store.Store(library.root / store.FOLDER)
        key = make.key(paper, offer.name)
        with kept.lock():
            if not kept.has(key):
                kept.put(key, make.one(paper, offer.name))
            return kept.path(key).read_bytes()


def with_downloads(app: WSGIApplication, find: Finder) -> WSGIApplication:
    """Answer what is asked of the folder of downloads, and let ``app`` answer the rest."""

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        _, found, name = environ.get("PATH_INFO", "").rpartition(f"/{DOWNLOADS}/")
        if found and name.endswith(".zip"):
            start("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
            return [_NO_BUNDLES]
        data = find.file(name) if found and "." in name else None
        if data is None:
            return app(environ, start)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(data)))])
        return [data]

    return answer


# It would have to make hundreds of files first.
_NO_BUNDLES: Final = (
    b"A preview makes no bundles. A build makes them, and so does: dpup export --all --out FOLDER\n"
)
