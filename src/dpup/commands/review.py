"""``dpup review``: what those who decide on a proposal have to know."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import click

from dpup.check import check as check_project
from dpup.commands import shared
from dpup.evolve import compare, demands, outside, packet, revisions
from dpup.language.review import inside
from dpup.problems import in_order

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@shared.ROOT
@click.option("--against", metavar="REV", required=True, help="What the proposal starts from.")
def review(root: Path | None, against: str) -> None:
    """Write the review packet of all changes since REV, as Markdown."""
    project = shared.project(root)
    new, found = check_project(project)
    comparison = compare.compare(shared.revision(project, against), new)
    kept = shared.kept(project, against)
    problems = in_order([*found, *demands.problems(comparison, against), *kept.problems])
    better = functools.partial(inside, new)
    then = revisions.tracked(project, against)
    others, owners = outside.of(comparison, then), outside.owners_then(project, then)
    told = packet.Packet(comparison, against, problems, better, owners.of, others, kept.new)
    click.echo(told.markdown().encode(), nl=False)
