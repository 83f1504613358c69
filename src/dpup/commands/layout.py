"""``dpup stubs`` and ``dpup schema``: what other programs read."""

from __future__ import annotations

from pathlib import Path

import click

from dpup import schemas
from dpup.check import check as check_project
from dpup.commands import shared
from dpup.stubs import stubs as stubs_of


@click.command()
@shared.ROOT
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
def stubs(root: Path | None, out: Path) -> None:
    """Write the virtual pages as files, for site generators that know no plugin."""
    library, found = check_project(shared.project(root))
    shared.stop_on(found)
    for stub in stubs_of(library):
        shared.write(out / stub.uri, stub.markdown)


@click.command()
@shared.ROOT
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
def schema(root: Path | None, out: Path) -> None:
    """Write the JSON Schema of every kind of content file."""
    del root  # taken as by every command; the schemas are the same for every project
    for name, text in schemas.files().items():
        shared.write(out / name, text)
