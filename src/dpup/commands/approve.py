"""``dpup approve``: say who approved the words of an entry."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from dpup import approving, model
from dpup.check import check as check_project
from dpup.commands import shared
from dpup.explain import nearest

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@shared.ROOT
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
@click.option("--by", required=True, help="Who approved it: a role or a group, no person's name.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the approval. Default: today."
)
def approve(root: Path | None, ids: tuple[str, ...], by: str, on: dt.datetime | None) -> None:
    """Write into each entry who approved its words of today, and their fingerprint."""
    library, found = check_project(shared.project(root))
    shared.stop_on(problem for problem in found if ".fingerprint" not in problem.where)
    if not by.strip() or not by.isprintable():
        msg = "Say who approved it, in one line: --by 'Stewards of the policy'."
        raise click.UsageError(msg)
    day = on.date() if on else dt.datetime.now().astimezone().date()
    known = {e.id: e for e in library.entries if isinstance(e.facts, model.Document)}
    for id_ in ids:
        if id_ not in known:
            msg = f"There is no entry '{id_}' that can be approved. {nearest(id_, known)}"
            raise click.ClickException(msg.strip())
    try:  # all of them before one is written
        texts = {
            known[id_].path: approving.approved(library, known[id_], by.strip(), day) for id_ in ids
        }
    except approving.ApprovingError as error:
        raise click.ClickException(str(error)) from error
    for path, text in texts.items():
        shared.put(library.root / path, text.encode())
        click.echo(f"Approved: {path}", err=True)
