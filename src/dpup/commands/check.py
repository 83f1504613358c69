"""``dpup check``: everything that is wrong, with its cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dpup import problems as listing
from dpup.check import check as check_project
from dpup.commands import shared

if TYPE_CHECKING:
    from pathlib import Path

    from dpup.library import Library

_FORMATS = {"text": listing.as_text, "json": listing.as_json, "github": listing.as_github}


@click.command()
@shared.ROOT
@click.option("--format", "form", type=click.Choice(sorted(_FORMATS)), default="text")
def check(root: Path | None, form: str) -> None:
    """Say everything that is wrong with the content, with line and cure."""
    library, found = check_project(shared.project(root))
    if found or form == "json":
        click.echo(_FORMATS[form](found))
    click.echo(_verdict(library, len(found)), err=True)
    raise SystemExit(1 if found else 0)


def _verdict(library: Library, count: int) -> str:
    entries = sum(1 for _ in library.entries)
    practices = len(library.all_practices)
    found = "no problems" if count == 0 else f"{count} problem{'s' if count > 1 else ''}"
    return f"{entries} entries, {practices} practices: {found}."
