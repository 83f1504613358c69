"""The ``dpup`` command. The only module that prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dpup import problems as listing
from dpup import reports, schemas
from dpup.check import check as check_project
from dpup.discover import CONTENT
from dpup.stubs import stubs as stubs_of

if TYPE_CHECKING:
    from dpup.library import Library

_FORMATS = {"text": listing.as_text, "json": listing.as_json, "github": listing.as_github}
_ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project: a folder that holds content/. Default: the one you stand in.",
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


def _verdict(library: Library, count: int) -> str:
    entries = sum(1 for _ in library.entries)
    practices = len(library.all_practices)
    found = "no problems" if count == 0 else f"{count} problem{'s' if count > 1 else ''}"
    return f"{entries} entries, {practices} practices: {found}."
