"""Time the language warnings of our own content, beside reading and checking it.

``python benchmarks/language.py`` prints seconds of one run on one machine; compare them with each
other. Builds do not pay for the warnings: only ``dpup check`` asks for them.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dpup.check import check
from dpup.language import passages, review
from dpup.library import load

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
ROOT = Path(__file__).parent.parent


def main() -> None:
    """Print a line for each figure."""
    library = timed("read all content", lambda: load(ROOT))
    timed("check it", lambda: check(ROOT))
    written = timed("find all that people read", lambda: list(passages.of(library)))
    found = timed("find all language warnings, with that", lambda: review.warnings(library))
    words = sum(len(passage.words) for writing in written for passage in writing.passages)
    sys.stdout.write(f"{words:,} words, {len(found)} warnings\n")


def timed(what: str, work: Callable[[], T]) -> T:
    """Print how many seconds some work takes, and give what it makes."""
    start = time.perf_counter()
    made = work()
    sys.stdout.write(f"{what}: {time.perf_counter() - start:.2f} s\n")
    return made


if __name__ == "__main__":
    main()
