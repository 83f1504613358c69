"""Time the downloads of our own content: all of them, none of them, one change, one PDF.

``python benchmarks/downloads.py`` copies the project to a temporary folder, so that nothing is
kept from before. Times are seconds of one run on one machine; compare them with each other.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dpup.export import make, pdf, shelf, tree
from dpup.export.paper import Press
from dpup.library import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpup.export.download import Download

T = TypeVar("T")
ROOT = Path(__file__).parent.parent
SITE = "https://dpup.example/"
CHECKLIST = "purpose-statement-checklist"
CHANGED = "content/guidelines/purpose-matters.md"
OLD, NEW = "Write down what you plan to collect", "Put down what you plan to collect"


def main() -> None:
    """Print a line for each figure."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("content", "macros"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copy(ROOT / "mkdocs.yml", root)
        cold, first = timed(lambda: stock(root))
        say(f"all {len(first)} downloads from cold: {cold:.1f} s")
        warm, _ = timed(lambda: stock(root))
        say(f"again with nothing changed: {warm:.2f} s, no file made")
        text = (root / CHANGED).read_text(encoding="utf-8")
        (root / CHANGED).write_text(text.replace(OLD, NEW, 1), encoding="utf-8")
        changed, second = timed(lambda: stock(root))
        made = {d.path for d in second} - {d.path for d in first}
        say(f"one practice changed: {changed:.1f} s, {len(made)} files made")
        one_by_one(root)


def stock(root: Path) -> tuple[Download, ...]:
    """Make all downloads of a project, or find them made."""
    return shelf.stock(load(root), SITE)


def one_by_one(root: Path) -> None:
    """Time each PDF, then one checklist beside Chromium."""
    papers = [paper for paper in Press(load(root), SITE).all() if not paper.is_collection]
    trees = [(paper, tree.of(paper)) for paper in papers]
    times = [timed(lambda p=p, b=b: pdf.make(p, b))[0] for p, b in trees]
    say(f"median of {len(times)} PDFs: {statistics.median(times) * 1000:.0f} ms")
    checklist = next(paper for paper in papers if paper.id == CHECKLIST)
    ours, _ = timed(lambda: make.one(checklist, "pdf"))
    say(f"{CHECKLIST}, read by Pandoc and set by Typst: {ours * 1000:.0f} ms")
    theirs = chromium(checklist.html)
    if theirs is not None:
        say(f"the same HTML printed by a new Chromium: {theirs * 1000:.0f} ms")


def chromium(html: str) -> float | None:
    """Time the same document printed by Chromium, where it is installed."""
    path = next((p for n in ("chromium", "google-chrome") if (p := shutil.which(n))), None)
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only for the tests
    except ImportError:
        path = None
    if path is None:
        return None

    def printed() -> bytes:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            page = browser.new_page()
            page.set_content(html)
            made = page.pdf(format="A4", tagged=True)
            browser.close()
            return made

    return timed(printed)[0]


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Give the seconds that some work took, and what it gave."""
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def say(line: str) -> None:
    """Print a figure as soon as it is known."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
