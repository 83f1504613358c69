"""A file to download: what it is called, and where it is kept until the site is built."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from dpup.offers import OFFERS

if TYPE_CHECKING:
    from pathlib import Path


@dataclasses.dataclass(frozen=True, slots=True)
class Download:
    """One file to download."""

    paper: str
    """Id of its document."""
    offer: str
    """Name of its format."""
    path: Path
    """Where the file is kept."""

    @property
    def name(self) -> str:
        """Name of the file: ``purpose-statement-checklist.docx``."""
        return OFFERS[self.offer].file(self.paper)

    @property
    def uri(self) -> str:
        """Its place on the site."""
        return OFFERS[self.offer].uri(self.paper)

    @property
    def bytes(self) -> int:
        """Its size."""
        return self.path.stat().st_size
