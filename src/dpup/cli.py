"""The ``dpup`` command. The only module that prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dpup import asks, offers, reports, schemas
from dpup import problems as listing
from dpup.answers import AnswersError, parse, remarks
from dpup.check import check as check_project
from dpup.discover import CONTENT
from dpup.explain import nearest
from dpup.export import filled, formats, make, progress, shelf
from dpup.export.paper import Press
from dpup.offers import OFFERS
from dpup.publish import write_bytes
from dpup.stubs import stubs as stubs_of

if TYPE_CHECKING:
    from dpup.answers import Sheet
    from dpup.entries import Entry
    from dpup.export.paper import Paper
    from dpup.library import Library

_FORMATS = {"text": listing.as_text, "json": listing.as_json, "github": listing.as_github}
_ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project: a folder that holds content/. Default: the one you stand in.",
)


_SITE_URL = click.option(
    "--site-url",
    envvar="DPUP_SITE_URL",
    default="",
    help="Where the site lives, for links and QR codes. Default: DPUP_SITE_URL.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dpup")
def main() -> None:
    """Check, list and lay out the Data Protection and Use Policy."""


@main.command()
@_ROOT
@click.option("--format", "form", type=click.Choice(sorted(_FORMATS)), default="text")
def check(root: Path | None, form: str) -> None:
    """Say everything that is wrong with the content, with line and cure."""
    library, found = check_project(_project(root))
    if found or form == "json":
        click.echo(_FORMATS[form](found))
    click.echo(_verdict(library, len(found)), err=True)
    raise SystemExit(1 if found else 0)


@main.command()
@_ROOT
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
    project = _project(root)
    if overlap:
        rows = reports.overlap(project, overlap)
    elif which:
        rows = reports.REPORTS[which](check_project(project)[0])
    else:
        msg = "Say which report: --review, --counts, --coverage or --overlap FOLDER."
        raise click.UsageError(msg)
    dump = json.dumps(rows, ensure_ascii=False, indent=2)
    click.echo(dump if form == "json" else reports.as_text(rows))


@main.command()
@_ROOT
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
def stubs(root: Path | None, out: Path) -> None:
    """Write the virtual pages as files, for site generators that know no plugin."""
    library, found = check_project(_project(root))
    _stop_on(found)
    for stub in stubs_of(library):
        _write(out / stub.uri, stub.markdown)


@main.command()
@_ROOT
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
def schema(root: Path | None, out: Path) -> None:
    """Write the JSON Schema of every kind of content file."""
    del root  # taken as by every command; the schemas are the same for every project
    for name, text in schemas.files().items():
        _write(out / name, text)


@main.command()
@_ROOT
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--to", "offer", type=click.Choice(list(formats.MAKERS)), help="The format.")
@click.option("--all", "everything", is_flag=True, help="Every file, without a site.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="File, or folder.")
@_SITE_URL
def export(  # noqa: PLR0913 - one for each option
    root: Path | None,
    id_: str | None,
    offer: str | None,
    out: Path,
    site_url: str,
    *,
    everything: bool,
) -> None:
    """Make one download, or all of them."""
    library, found = check_project(_project(root))
    _stop_on(found)
    if everything and (id_ or offer):
        msg = "Say either ID with --to, or --all."
        raise click.UsageError(msg)
    if everything:
        try:
            with progress.shown("Making downloads") as said:
                made = shelf.stock(library, _url(site_url), said)
        except OSError as error:
            msg = f"The downloads can't be kept: {error.filename}: {error.strerror}."
            raise click.ClickException(msg) from error
        for download in made:
            _put(out / download.name, download.path.read_bytes())
        click.echo(f"{len(made)} files in {out}", err=True)
        return
    if not id_ or not offer:
        msg = "Say what and how: dpup export ID --to FORMAT --out FILE, or --all --out FOLDER."
        raise click.UsageError(msg)
    paper = _paper(Press(library, _url(site_url)), id_, offer)
    _put(out, make.one(paper, offer))


@main.group()
def answers() -> None:
    """Read filled checklists and templates, and fill them in."""


@answers.command("read")
@_ROOT
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def answers_read(root: Path | None, file: Path) -> None:
    """Print the answers in a Word or Excel FILE as JSON, and say what has changed since."""
    try:
        sheet = filled.read(file)
    except AnswersError as error:
        raise click.ClickException(str(error)) from error
    library, _ = check_project(_project(root))
    _remark(library, sheet)
    # As bytes: a terminal or a file of Windows would else not take macrons.
    click.echo(f"{sheet.as_json()}\n".encode(), nl=False)


@answers.command("write")
@_ROOT
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "offer", type=click.Choice(filled.WRITTEN), required=True)
@click.option("--out", type=click.Path(path_type=Path), help="Default: the id of the form.")
@_SITE_URL
def answers_write(
    root: Path | None, file: Path, offer: str, out: Path | None, site_url: str
) -> None:
    """Fill a form with the answers in a JSON FILE."""
    try:
        sheet = parse(file.read_bytes(), file.name)
    except AnswersError as error:
        raise click.ClickException(str(error)) from error
    library, found = check_project(_project(root))
    _stop_on(found)
    form = _form(library, sheet)
    _remark(library, sheet)
    place = out or Path(OFFERS[offer].file(f"{form.id}.filled"))
    _put(place, make.one(Press(library, _url(site_url)).of_entry(form, sheet), offer))
    click.echo(f"Written: {place}", err=True)


def _url(site_url: str) -> str:
    """Give the address of the site with the slash that addresses are added to."""
    if site_url and not site_url.startswith(("https://", "http://")):
        msg = f"'{site_url}' is no web address. Say --site-url https://…"
        raise click.UsageError(msg)
    return f"{site_url.rstrip('/')}/" if site_url else ""


def _paper(press: Press, id_: str, offer: str) -> Paper:
    paper = press.find(id_)
    if paper is None:
        known = [paper.id for paper in press.all()]
        msg = f"There is no document '{id_}'. {nearest(id_, known)}"
        raise click.ClickException(msg.strip())
    names = [found.name for found in offers.of(paper.kind) if found.name in formats.MAKERS]
    if offer not in names:
        msg = f"'{id_}' does not come as {offer}. It comes as {', '.join(names)}."
        raise click.ClickException(msg)
    return paper


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


def _project(root: Path | None) -> Path:
    """Find the project: the given folder, or the nearest one above that holds content/."""
    if root:
        return root.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CONTENT).is_dir():
            return folder
    msg = "No content/ folder here or above. Say --root FOLDER."
    raise click.UsageError(msg)


def _stop_on(found: tuple[listing.Problem, ...]) -> None:
    if found:
        click.echo(listing.as_text(found))
        raise SystemExit(1)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _put(file: Path, data: bytes) -> None:
    """Write a file that somebody asked for by its place."""
    try:
        write_bytes(file, data)
    except OSError as error:
        msg = f"{file}: This can't be written: {error.strerror}. Say another --out."
        raise click.ClickException(msg) from error


def _verdict(library: Library, count: int) -> str:
    entries = sum(1 for _ in library.entries)
    practices = len(library.all_practices)
    found = "no problems" if count == 0 else f"{count} problem{'s' if count > 1 else ''}"
    return f"{entries} entries, {practices} practices: {found}."
