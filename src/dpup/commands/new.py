"""``dpup new``: a file to start from, of any kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dpup import starting
from dpup.commands import shared
from dpup.kinds import KINDS

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from dpup.starting import Started


@click.command()
@shared.ROOT
@click.argument("kind", metavar="KIND", type=click.Choice(list(KINDS)))
@click.argument("title")
@click.option("--id", "id_", default="", help="Its id. Default: made of the title.")
@shared.TODAY
@click.option("--template", default="", help="For an example: the template that it fills in.")
def new(  # noqa: PLR0913, PLR0917 - one for each option
    root: Path | None, kind: str, title: str, id_: str, today: dt.date, template: str
) -> None:
    """Start a new entry: write its file, with blanks and the next steps inside."""
    project = shared.project(root)
    try:
        started = starting.start(project, starting.Wish(KINDS[kind], title, today, id_, template))
    except starting.StartError as error:
        raise click.ClickException(str(error)) from error
    shared.add(project / started.path, started.added, is_new=not KINDS[kind].is_list)
    click.echo(_said(started, is_new=not KINDS[kind].is_list))


def _said(started: Started, *, is_new: bool) -> str:
    place = f"Written: {started.path}" if is_new else f"Added: {started.path}, line {started.line}"
    check = "`dpup check` names each that is left, with its line."
    return f"{place}\nBlanks to fill: {len(started.left)}. {check}"
