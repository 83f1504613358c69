"""``dpup export``: downloads without a site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dpup import offers
from dpup.check import check as check_project
from dpup.commands import shared
from dpup.explain import nearest
from dpup.export import formats, make, progress, shelf
from dpup.export.paper import Press

if TYPE_CHECKING:
    from dpup.export.paper import Paper


@click.command()
@shared.ROOT
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--to", "offer", type=click.Choice(list(formats.MAKERS)), help="The format.")
@click.option("--all", "everything", is_flag=True, help="Every file, without a site.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="File, or folder.")
@shared.SITE_URL
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
    library, found = check_project(shared.project(root))
    shared.stop_on(found)
    if everything and (id_ or offer):
        msg = "Say either ID with --to, or --all."
        raise click.UsageError(msg)
    if everything:
        try:
            with progress.shown("Making downloads") as said:
                made = shelf.stock(library, shared.url(site_url), said)
        except OSError as error:
            msg = f"The downloads can't be kept: {error.filename}: {error.strerror}."
            raise click.ClickException(msg) from error
        for download in made:
            shared.put(out / download.name, download.path.read_bytes())
        click.echo(f"{len(made)} files in {out}", err=True)
        return
    if not id_ or not offer:
        msg = "Say what and how: dpup export ID --to FORMAT --out FILE, or --all --out FOLDER."
        raise click.UsageError(msg)
    paper = _paper(Press(library, shared.url(site_url)), id_, offer)
    shared.put(out, make.one(paper, offer))


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
