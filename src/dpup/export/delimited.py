"""Comma-separated values (RFC 4180), for whatever reads tables."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from dpup.characters import for_documents

if TYPE_CHECKING:
    from dpup.export.rows import Table

# A spreadsheet that opens the file would take a cell with one of these for a formula.
_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r")


def make(table: Table) -> bytes:
    """Give a table as UTF-8 with a byte order mark, by which Excel knows the macrons."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(map(inert, table.header))
    writer.writerows(map(inert, row) for row in table.rows)
    return made.getvalue().encode("utf-8-sig")


def inert(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run.

    >>> inert("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    clean = for_documents(text)
    return f"'{clean}" if clean.startswith(_ACTIVE) else clean
