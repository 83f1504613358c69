"""``dpup check``: everything that is wrong, with its cure, and what could be said better."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dpup import problems as listing
from dpup.check import check as check_project
from dpup.commands import shared
from dpup.evolve import compare, demands
from dpup.language import mend, review

if TYPE_CHECKING:
    from pathlib import Path

    from dpup.library import Library

_FORMATS = {"text": listing.as_text, "json": listing.as_json, "github": listing.as_github}


@click.command()
@shared.ROOT
@click.option("--format", "form", type=click.Choice(sorted(_FORMATS)), default="text")
@click.option("--against", metavar="REV", help="Say too what the changes since REV call for.")
@click.option("--fix", is_flag=True, help="First mend what is certain, and say what was mended.")
def check(root: Path | None, form: str, against: str | None, *, fix: bool) -> None:
    """Say everything that is wrong with the content, and what could be said better."""
    project = shared.project(root)
    for done in mend.mend(project) if fix else ():
        click.echo(listing.visible(str(done)), err=True)
    library, errors = check_project(project)
    # An empty name is a slip, such as a variable that is not set, and no wish to compare nothing.
    called_for = () if against is None else _called_for(library, against)
    found = listing.in_order((*errors, *called_for, *review.warnings(library)))
    if found or form == "json":
        click.echo(_FORMATS[form](found))
    click.echo(_verdict(library, found), err=True)
    raise SystemExit(1 if listing.errors(found) else 0)


def _called_for(library: Library, against: str) -> tuple[listing.Problem, ...]:
    old = shared.revision(library.root, against)
    asked = demands.problems(compare.compare(old, library), against)
    kept = shared.kept(library.root, against)
    return (*asked, *kept.problems, *kept.news)


def _verdict(library: Library, found: tuple[listing.Problem, ...]) -> str:
    entries = sum(1 for _ in library.entries)
    practices = len(library.all_practices)
    wrong = len(listing.errors(found))
    better = len(found) - wrong
    said = [_count(wrong, "problem") or "no problems", _count(better, "warning")]
    return f"{entries} entries, {practices} practices: {', '.join(filter(None, said))}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number > 1 else ''}" if number else ""
