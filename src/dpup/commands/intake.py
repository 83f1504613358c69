"""``dpup intake``: a filled Word form that proposes something, to its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from dpup import intake as taking
from dpup.answers import AnswersError
from dpup.commands import shared
from dpup.export import filled
from dpup.library import load
from dpup.starting import StartError

if TYPE_CHECKING:
    import datetime as dt

CHECKED: Final = "Of the file that this form makes, dpup check says the same in its own words:"


@click.command()
@shared.ROOT
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Default: its place in content/.")
@click.option("--id", "id_", default="", help="Its id. Default: made of the title.")
@shared.TODAY
def intake(root: Path | None, file: Path, out: Path | None, id_: str, today: dt.date) -> None:
    """Turn a filled Word form, FILE, into an entry, or say what is wrong box by box."""
    project = shared.project(root)
    try:
        found = taking.proposal(load(project), filled.read(file, (".docx",)), today, id_)
    except (AnswersError, taking.IntakeError, StartError) as error:
        raise click.ClickException(str(error)) from error
    for note in found.notes:
        click.echo(note, err=True)
    if found.started is None:
        click.echo("\n".join(found.faults))
        if found.checked:
            click.echo("\n".join(("", CHECKED, *found.checked)))
        raise SystemExit(1)
    place = out or project / found.started.path
    shared.add(place, found.started.added, is_new=bool(out) or not found.kind.is_list)
    verb = "Written" if out or not found.kind.is_list else "Added"
    click.echo(f"{verb}: {out or found.started.path}")
