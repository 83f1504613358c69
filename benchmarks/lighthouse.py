"""Ask Lighthouse how a phone finds the site, served packed as a real host would.

``python benchmarks/lighthouse.py SITE`` needs Node, and gets Lighthouse by ``npx``; nothing of it
becomes part of the project. Each page is loaded several times, and the median counts: the machine
that measures has other things to do. What keeps a page from 100 stands below its figures.
"""

from __future__ import annotations

import gzip
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from functools import cache
from pathlib import Path
from typing import Any, cast

LIGHTHOUSE = "lighthouse@13.5.0"
GROUPS = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3
PAGES = (
    "",
    "guidelines/purpose-matters/",
    "toolkit/before-you-use-again-or-share/",
    "toolkit/what-service-users-need-to-know/",
    "search/?q=whanau",
)
PACKED = {"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files packed, with the right types, and lets the browser keep them."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site = Path()
    extensions_map = {  # noqa: RUF012 - the base class has it as a plain dictionary
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".woff2": "font/woff2",
        ".wasm": "application/wasm",
    }

    def do_GET(self) -> None:
        """Send a file."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        kind = self.guess_type(str(file))
        body = packed(file) if kind in PACKED else file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if "text" in kind else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=2592000")
        if kind in PACKED:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def translate_path(self, path: str) -> str:
        """Look in the site."""
        self.directory = str(self.site)
        return super().translate_path(path)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@cache
def packed(file: Path) -> bytes:
    """Give the packed bytes of a file."""
    return gzip.compress(file.read_bytes(), 9)


def report(address: str) -> dict[str, Any]:
    """Give Lighthouse's report of a page."""
    flags = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json"]
    command += [f"--chrome-flags={flags}", f"--only-categories={','.join(GROUPS)}"]
    path = shutil.which("chromium") or shutil.which("google-chrome") or ""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        subprocess.run(  # noqa: S603 - what is asked for is written above
            [*command, f"--output-path={file}"], check=True, env=os.environ | {"CHROME_PATH": path}
        )
        return cast("dict[str, Any]", json.loads(file.read_text(encoding="utf-8")))


def score(told: dict[str, Any], group: str) -> int:
    """Give the points of a group, of 100."""
    return round((told["categories"][group]["score"] or 0) * 100)


def short(told: dict[str, Any]) -> list[str]:
    """Say what keeps a page from 100: every audit with weight that is not passed in full."""
    found = []
    for group in GROUPS:
        for part in told["categories"][group]["auditRefs"]:
            audit = told["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                value = audit.get("displayValue", "")
                found.append(f"{group}: {audit['title']} {value} ({audit['score']:.2f})")
    return found


def main() -> None:
    """Print the median points of each page, and what is missing in the last run."""
    Handler.site = Path(sys.argv[1]).resolve()
    pages = sys.argv[2:] or PAGES
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for page in pages:
            told = [report(f"http://127.0.0.1:{server.server_port}/{page}") for _ in range(RUNS)]
            points = [round(statistics.median(score(t, group) for t in told)) for group in GROUPS]
            named = ", ".join(map(" ".join, zip(GROUPS, map(str, points), strict=True)))
            sys.stdout.write(f"/{page}: {named}\n")
            sys.stdout.writelines(f"  {line}\n" for line in short(told[-1]))
            sys.stdout.flush()
        server.shutdown()


if __name__ == "__main__":
    main()
