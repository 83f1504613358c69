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


class _New(click.Command):
    """Says what to do with a title that the shell or the command takes for something else."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the words of the command line."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            said = f"{error.format_message()} {_DASHED}"
            raise click.UsageError(said, ctx) from error
        except click.UsageError as error:
            if "unexpected extra argument" not in error.message:
                raise
            said = f"{error.message.rstrip('.')}. {_UNQUOTED}"
            raise click.UsageError(said, ctx) from error


_DASHED = 'If a title starts with a hyphen, put -- before it: dpup new checklist -- "-x".'
_UNQUOTED = 'Put the whole title in quotes: dpup new checklist "Before you call".'


@click.command(cls=_New)
@shared.ROOT
@click.argument("kind", metavar="KIND", type=click.Choice(list(KINDS), case_sensitive=False))
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
