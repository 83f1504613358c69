"""``dpup release``: make an edition."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from dpup.check import check as check_project
from dpup.commands import shared
from dpup.editions import VERSION
from dpup.evolve.release import Release, ReleaseError
from dpup.explain import long_number, short

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@shared.ROOT
@click.argument("version", metavar="X.Y.Z")
@click.option("--note", required=True, help="What this edition is about, for the reader.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The day. Default: today.")
def release(root: Path | None, version: str, note: str, date: dt.datetime | None) -> None:
    """Keep the policy as it stands as edition X.Y.Z."""
    library, found = check_project(shared.project(root))
    shared.stop_on(found)
    if not VERSION.fullmatch(version):
        why = long_number(version)
        msg = f"'{short(version)}' is not a version. {why}Write three numbers, as 1.2.0."
        raise click.UsageError(msg)
    if not note.strip() or not note.isprintable():
        msg = "Say in one line what this edition is about: --note '…'."
        raise click.UsageError(msg)
    day = date.date() if date else dt.datetime.now().astimezone().date()
    try:
        files = Release(library, version, day, note.strip()).files()
    except ReleaseError as error:
        raise click.ClickException(str(error)) from error
    # The manifest comes last: without it, an edition is none.
    for path, raw in reversed(files.items()):
        shared.put(library.root / path, raw)
    click.echo(
        f"Edition {version}: {len(files) - 1} files, listed in {next(iter(files))}", err=True
    )
