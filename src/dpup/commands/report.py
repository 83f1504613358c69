"""``dpup report``: what is in the library."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Final

import click

from dpup import owners, reports, stale_report
from dpup.check import check as check_project
from dpup.commands import shared

_STALE: Final = "stale"


@click.command()
@shared.ROOT
@click.option("--review", "which", flag_value="review", help="What awaits which reviewer.")
@click.option("--counts", "which", flag_value="counts", help="How many entries of each kind.")
@click.option(
    "--coverage", "which", flag_value="coverage", help="What the toolkit covers and what it lacks."
)
@click.option("--stale", "which", flag_value=_STALE, help="What has to be checked again, and why.")
@click.option("--format", "form", type=click.Choice(["json", "md", "text"]), default="text")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to reckon from, with --stale. Default: the day it is.",
)
@click.option(
    "--overlap",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Runs of words shared with the texts in a folder: is our wording our own?",
)
def report(
    root: Path | None,
    which: str | None,
    form: str,
    today: dt.datetime | None,
    overlap: Path | None,
) -> None:
    """List what is in the library."""
    project = shared.project(root)
    if which != _STALE and (form == "md" or today):
        msg = "--today and --format md go with --stale only."
        raise click.UsageError(msg)
    if which == _STALE and not overlap:
        _stale(project, form, (today or dt.datetime.now()).date())  # noqa: DTZ005 - a reader's own day
        return
    if overlap:
        rows = reports.overlap(project, overlap)
    elif which:
        rows = reports.REPORTS[which](check_project(project)[0])
    else:
        msg = "Say which report: --review, --counts, --coverage, --stale or --overlap FOLDER."
        raise click.UsageError(msg)
    dump = json.dumps(rows, ensure_ascii=False, indent=2)
    click.echo(dump if form == "json" else reports.as_text(rows))


def _stale(project: Path, form: str, today: dt.date) -> None:
    """Print what is due; lines of CODEOWNERS that can't be read are told on the side."""
    owned = owners.of(project)
    for problem in owned.problems:
        click.echo(str(problem), err=True)
    found = stale_report.of(check_project(project)[0], owned, today)
    if form == "json":
        click.echo(json.dumps(stale_report.as_data(found), ensure_ascii=False, indent=2))
    else:
        click.echo({"text": stale_report.as_text, "md": stale_report.as_markdown}[form](found))
