"""What commands share: the project that they work on, and how they write and stop."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dpup import problems as listing
from dpup.evolve import revisions
from dpup.evolve.kept import Kept
from dpup.places import CONTENT
from dpup.publish import write_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpup.library import Library

ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project: a folder that holds content/. Default: the one you stand in.",
)

SITE_URL = click.option(
    "--site-url",
    envvar="DPUPSITE_URL",
    default="",
    help="Where the site lives, for links and QR codes. Default: DPUPSITE_URL.",
)


def _day(_context: click.Context, _param: click.Parameter, value: dt.datetime | None) -> dt.date:
    # A person starts a file today; nothing that is built depends on this clock.
    day = (value or dt.datetime.now(tz=dt.UTC).astimezone()).date()
    if not _FIRST <= day.year <= _LAST:  # other days are reckoned from it, and a typing slip is far
        msg = f"{day} is too far away. Say a day from {_FIRST} to {_LAST}."
        raise click.BadParameter(msg)
    return day


_FIRST, _LAST = 1900, 2999


TODAY = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_day,
    help="The day that stands in its dates, as 2026-11-24. Default: the day of your computer.",
)


def project(root: Path | None) -> Path:
    """Find the project: the given folder, or the nearest one above that holds content/."""
    if root:
        return root.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CONTENT).is_dir():
            return folder
    msg = "No content/ folder here or above. Say --root FOLDER."
    raise click.UsageError(msg)


def revision(root: Path, name: str) -> Library:
    """Read the policy at a revision, or end with what is wrong with its name."""
    try:
        return revisions.at(root, name)
    except revisions.RevisionError as error:
        raise click.ClickException(str(error)) from error


def kept(root: Path, old: str, new: str = revisions.HERE) -> Kept:
    """Say what became of the editions from one revision to another."""
    try:
        states = [revisions.released(root, name) for name in (old, new)]
    except revisions.RevisionError as error:
        raise click.ClickException(str(error)) from error
    return Kept(states[0], states[1], old)


def stop_on(found: Iterable[listing.Problem]) -> None:
    """Print problems and end, if there are any."""
    if problems := tuple(found):
        click.echo(listing.as_text(problems))
        raise SystemExit(1)


def write(file: Path, text: str) -> None:
    """Write a text with the folders that it needs."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def put(file: Path, data: bytes) -> None:
    """Write a file that somebody asked for by its place."""
    try:
        write_bytes(file, data)
    except OSError as error:
        msg = f"{file}: This can't be written: {error.strerror}. Say another --out."
        raise click.ClickException(msg) from error


def add(file: Path, text: str, *, is_new: bool) -> None:
    """Write a file that must not be there yet, or add to one and leave the rest as it is."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x" if is_new else "a", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except OSError as error:
        msg = f"{file}: This can't be written: {error.strerror}."
        raise click.ClickException(msg) from error


def url(site_url: str) -> str:
    """Give the address of the site with the slash that addresses are added to."""
    if site_url and not site_url.startswith(("https://", "http://")):
        msg = f"'{site_url}' is no web address. Say --site-url https://…"
        raise click.UsageError(msg)
    return f"{site_url.rstrip('/')}/" if site_url else ""
