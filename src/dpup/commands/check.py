"""``dpup check``: everything that is wrong, with its cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dpup import problems as listing
from dpup.check import check as check_project
from dpup.commands import shared
from dpup.evolve import compare, demands

if TYPE_CHECKING:
    from pathlib import Path

    from dpup.library import Library

_FORMATS = {"text": listing.as_text, "json": listing.as_json, "github": listing.as_github}


@click.command()
@shared.ROOT
@click.option("--format", "form", type=click.Choice(sorted(_FORMATS)), default="text")
@click.option("--against", metavar="REV", help="Say too what the changes since REV call for.")
def check(root: Path | None, form: str, against: str | None) -> None:
    """Say everything that is wrong with the content, with line and cure."""
    project = shared.project(root)
    library, found = check_project(project)
    if against:
        old = shared.revision(project, against)
        called_for = demands.problems(compare.compare(old, library), against)
        found = listing.in_order([*found, *called_for])
    if found or form == "json":
        click.echo(_FORMATS[form](found))
    click.echo(_verdict(library, len(found)), err=True)
    raise SystemExit(1 if found else 0)


def _verdict(library: Library, count: int) -> str:
    entries = sum(1 for _ in library.entries)
    practices = len(library.all_practices)
    found = "no problems" if count == 0 else f"{count} problem{'s' if count > 1 else ''}"
    return f"{entries} entries, {practices} practices: {found}."
