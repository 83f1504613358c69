"""``dpup answers``: filled forms, read and written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dpup import asks
from dpup.answers import AnswersError, parse, remarks
from dpup.check import check as check_project
from dpup.commands import shared
from dpup.explain import nearest
from dpup.export import filled, make
from dpup.export.paper import Press
from dpup.offers import OFFERS
from dpup.problems import visible

if TYPE_CHECKING:
    from dpup.answers import Sheet
    from dpup.entries import Entry
    from dpup.library import Library


@click.group()
def answers() -> None:
    """Read filled checklists and templates, and fill them in."""


@answers.command("read")
@shared.ROOT
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def answers_read(root: Path | None, file: Path) -> None:
    """Print the answers in a Word or Excel FILE as JSON, and say what has changed since."""
    try:
        sheet = filled.read(file)
    except AnswersError as error:
        raise click.ClickException(str(error)) from error
    library, _ = check_project(shared.project(root))
    for note in sheet.notes:
        click.echo(visible(note), err=True)
    _remark(library, sheet)
    # As bytes: a terminal or a file of Windows would else not take macrons.
    click.echo(f"{sheet.as_json()}\n".encode(), nl=False)


@answers.command("write")
@shared.ROOT
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "offer", type=click.Choice(filled.WRITTEN), required=True)
@click.option("--out", type=click.Path(path_type=Path), help="Default: the id of the form.")
@shared.SITE_URL
def answers_write(
    root: Path | None, file: Path, offer: str, out: Path | None, site_url: str
) -> None:
    """Fill a form with the answers in a JSON FILE."""
    try:
        sheet = parse(file.read_bytes(), file.name)
    except AnswersError as error:
        raise click.ClickException(str(error)) from error
    library, found = check_project(shared.project(root))
    shared.stop_on(found)
    form = _form(library, sheet)
    _remark(library, sheet)
    place = out or Path(OFFERS[offer].file(f"{form.id}.filled"))
    shared.put(place, make.one(Press(library, shared.url(site_url)).of_entry(form, sheet), offer))
    click.echo(f"Written: {place}", err=True)


def _form(library: Library, sheet: Sheet) -> Entry:
    entry = library.find(sheet.entry)
    if entry is None or not asks.of(entry, library.index):
        forms = [e.id for kind in ("checklist", "template") for e in library.of(kind)]
        msg = f"There is no checklist or template '{sheet.entry}'. {nearest(sheet.entry, forms)}"
        raise click.ClickException(msg.strip())
    return entry


def _remark(library: Library, sheet: Sheet) -> None:
    """Say on the side how answers stand to the form of today; they are printed all the same."""
    entry = library.find(sheet.entry)
    version = getattr(entry.facts, "version", "") if entry else ""
    asked = asks.by_id(asks.of(entry, library.index)) if entry else {}
    if entry is None:
        click.echo(f"This library has no '{sheet.entry}'. All answers are kept.", err=True)
    for remark in remarks(sheet, version, asked):
        click.echo(str(remark), err=True)
