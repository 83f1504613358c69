"""Say what a first visit of a page moves, beside stock Material serving the same article.

``python benchmarks/first_visit.py SITE`` takes a built site. It asks Chromium what it loads for a
page, packs each file as a server would, and does so again for the same article on a page of the
theme as it comes. Bytes are of the bodies: headers depend on the server. The theme's own fonts come
from another host, which is not asked, and its search index has these three pages only.
"""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext

PAGES = (
    "guidelines/purpose-matters/",
    "toolkit/transparency-and-choice-checklist/",
    "toolkit/what-service-users-need-to-know/",
    "toolkit/partnering-purposes/",
    "toolkit/may-we-use-or-share-it/",
    "toolkit/check-your-understanding/",
    "toolkit/introductory-workshop/",
    "toolkit/access-or-correction-log/",
)
PACKED = {".woff2", ".png", ".jpg", ".webp"}
"""Packed already, so that a server sends them as they are."""
FONTS = {".woff2", ".woff", ".ttf"}
THEME = """site_name: The same article in Material as it comes
theme:
  name: material
"""


class Moved(NamedTuple):
    """One file of a visit, and its bytes."""

    path: str
    gzip: int
    brotli: int

    @property
    def is_font(self) -> bool:
        """True for what only makes letters look as they should."""
        return Path(self.path).suffix in FONTS


def packed(path: str, body: bytes) -> Moved:
    """Give the size of a file as a server would send it."""
    if Path(path).suffix in PACKED:
        return Moved(path, len(body), len(body))
    return Moved(path, len(gzip.compress(body, 9, mtime=0)), len(brotli.compress(body)))


def visit(context: BrowserContext, site: Path, address: str, page: str) -> list[Moved]:
    """Open a page with nothing kept from before; give what it loaded, in order."""
    asked: list[str] = []
    # What the worker asks for, afterwards and in the background, is no part of the page.
    context.on("request", lambda it: it.service_worker or asked.append(it.url))
    tab = context.new_page()
    tab.goto(address + page, wait_until="networkidle")
    own = [urlsplit(url).path.lstrip("/") for url in asked if url.startswith(address)]
    files = [site / path / "index.html" if path.endswith("/") else site / path for path in own]
    there = {path: file for path, file in zip(own, files, strict=True) if file.is_file()}
    return [packed(path, file.read_bytes()) for path, file in there.items()]


@contextmanager
def contexts() -> Iterator[Iterator[BrowserContext]]:
    """Give fresh profiles of one Chromium, which asks nobody but us for anything."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", rules])
        yield iter(browser.new_context, None)
        browser.close()


def stock(site: Path, folder: Path) -> Path:
    """Build the articles of the pages with the theme as it comes; give that site."""
    (folder / "mkdocs.yml").write_text(THEME, encoding="utf-8")
    for page in PAGES:
        html = (site / page / "index.html").read_text(encoding="utf-8")
        article = html.partition("<article")[2].partition(">")[2].partition("</article>")[0]
        file = folder / "docs" / f"{page.rstrip('/')}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        # Blank lines would end the block of HTML.
        file.write_text(re.sub(r"\n\s*\n", "\n", article.strip()) + "\n", encoding="utf-8")
    (folder / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, check=True)
    return folder / "site"


def total(moved: list[Moved]) -> str:
    """Sum up a visit."""
    plain = [file for file in moved if not file.is_font]
    return (
        f"without fonts {sum(f.gzip for f in plain) / 1024:6.1f} KB gzip"
        f" {sum(f.brotli for f in plain) / 1024:6.1f} KB brotli,"
        f" with fonts {sum(f.gzip for f in moved) / 1024:6.1f} KB"
        f" {sum(f.brotli for f in moved) / 1024:6.1f} KB, {len(moved)} files"
    )


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


def main() -> None:
    """Print each file of each visit, and the sums."""
    ours = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder, contexts() as fresh:
        for name, site in (("ours", ours), ("Material", stock(ours, Path(folder)))):
            with served(site) as address:
                for page in PAGES:
                    moved = visit(next(fresh), site, address, page)
                    say(f"{name}, {page}: {total(moved)}")
                    for file in moved:
                        say(f"  {file.gzip:7} {file.brotli:7}  {file.path}")


if __name__ == "__main__":
    main()
