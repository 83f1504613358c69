"""All files of the site that are made for programs: schemas, the API, feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpup import feeds, proposal_data, schemas
from dpup.export import api

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.library import Library


def files(library: Library, site_url: str) -> Iterator[tuple[str, str | bytes]]:
    """Yield the path and the content of each file; ``site_url`` may be empty."""
    for name, text in schemas.files().items():
        yield f"schema/{name}", text
    yield from api.files(library, site_url).items()
    yield proposal_data.URI, proposal_data.known(library)
    yield from feeds.files(library, site_url).items()
