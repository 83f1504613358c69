"""A small server for a built site."""

from __future__ import annotations

import http.server
import threading
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# Lets the browser keep what all pages share, as on a real host.
KEPT = {"Cache-Control": "max-age=600"}


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    protocol_version = "HTTP/1.1"  # one connection for many files
    disable_nagle_algorithm = True  # a page would wait for the browser to acknowledge its headers
    headers_of_all: Mapping[str, str] = KEPT
    log: list[str]

    def end_headers(self) -> None:
        """Send what every file has."""
        for name, value in self.headers_of_all.items():
            self.send_header(name, value)
        super().end_headers()

    def log_request(self, *_args: object) -> None:
        """Write down all that a host learns of a request."""
        self.log.append(f"{self.requestline}\n{self.headers}")

    def log_message(self, *_args: object) -> None:
        """Keep the test's output clean."""


@contextmanager
def served(
    folder: Path, headers: Mapping[str, str] = KEPT, log: list[str] | None = None
) -> Iterator[str]:
    """Serve a folder on this machine with these headers; give the address, and fill the log."""
    log = [] if log is None else log
    kind = type("Handler", (Quiet,), {"headers_of_all": headers, "log": log})
    handler = partial(kind, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
