"""``dpup diff``: what changed between two states of the policy, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dpup.commands import shared
from dpup.evolve import compare, formats, revisions
from dpup.problems import visible

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@shared.ROOT
@click.argument("old")
@click.argument("new", default=".")
@click.option("--format", "form", type=click.Choice(list(formats.FORMATS)), default="text")
def diff(root: Path | None, old: str, new: str, form: str) -> None:
    """Tell what changed from OLD to NEW: revisions, editions, or "." for the files as they are."""
    project = shared.project(root)
    sides = [shared.revision(project, name) for name in (new, old)]
    comparison = compare.compare(sides[1], sides[0])
    doubts = [revisions.doubts(project, *side) for side in zip((new, old), sides, strict=True)]
    kept = shared.kept(project, old, new)
    for line in dict.fromkeys((*sum(doubts, ()), *map(str, (*kept.problems, *kept.news)))):
        click.echo(visible(line), err=True)
    click.echo(f"{formats.FORMATS[form](comparison)}\n".encode(), nl=False)
