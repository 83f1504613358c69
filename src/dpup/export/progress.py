"""A progress bar, on a terminal only; a log of a build stays free of it."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextlib.contextmanager
def shown(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function that is told how many things are done, of how many; None off a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = click.progressbar(length=0, label=label, file=sys.stderr)

    def tell(done: int, count: int) -> None:
        bar.length = count
        bar.update(done - bar.pos)

    try:
        yield tell
    finally:
        if bar.length:
            bar.render_finish()
