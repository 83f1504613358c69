"""``dpup report``: what is in the library."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dpup import reports
from dpup.check import check as check_project
from dpup.commands import shared


@click.command()
@shared.ROOT
@click.option("--review", "which", flag_value="review", help="What awaits which reviewer.")
@click.option("--counts", "which", flag_value="counts", help="How many entries of each kind.")
@click.option(
    "--coverage", "which", flag_value="coverage", help="What the toolkit covers and what it lacks."
)
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text")
@click.option(
    "--overlap",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Runs of words shared with the texts in a folder: is our wording our own?",
)
def report(root: Path | None, which: str | None, form: str, overlap: Path | None) -> None:
    """List what is in the library."""
    project = shared.project(root)
    if overlap:
        rows = reports.overlap(project, overlap)
    elif which:
        rows = reports.REPORTS[which](check_project(project)[0])
    else:
        msg = "Say which report: --review, --counts, --coverage or --overlap FOLDER."
        raise click.UsageError(msg)
    dump = json.dumps(rows, ensure_ascii=False, indent=2)
    click.echo(dump if form == "json" else reports.as_text(rows))
