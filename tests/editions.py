"""A checklist in two editions: the second has reworded, split, merged and withdrawn items.

Both are built from the sample project and served in turn from one address, as a site that was
updated while its readers' answers stayed in their browsers.
"""

from __future__ import annotations

import http.server
import shutil
import threading
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from helpers import ROOT, SAMPLE, build_site, make_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ENTRY = "before-you-start"
PAGE = f"toolkit/{ENTRY}/"
GUIDELINE = "content/guidelines/purpose-matters.md"
CHECKLIST = f"content/toolkit/{ENTRY}.md"
HOSTILE = "Is <script>alert(1)</script> & \"{braces}\" 'text' in Te Reo Māori?"


class Practice(NamedTuple):
    """A practice of the sample's Guideline."""

    id: str
    question: str
    instead: tuple[str, ...] | None = None
    """Set when it is withdrawn: full ids of what replaces it."""

    def as_yaml(self) -> str:
        """Write it as the Guideline's file does."""
        question = self.question.replace("'", "''")
        lines = [
            f"      - id: {self.id}",
            f"        text: Do as {self.id} says.",
            f"        question: '{question}'",
            "        roles: [frontline]",
            "        stages: [collect]",
            "        sources: [page]",
        ]
        if self.instead is not None:
            instead = ", ".join(self.instead)
            said = f"date: 2026-11-25, reason: Said better., replaced_by: [{instead}]"
            lines.append(f"        withdrawn: {{{said}}}")
        return "\n".join(lines)


HOME = "purpose-matters"
FIRST = (
    Practice("same", "Is this the same in both editions?"),
    Practice("also-same", "Is this one the same, too?"),
    Practice("reworded", "Do we look at it?"),
    Practice("split", "Do we ask and do we tell?"),
    Practice("one", "Do we keep it short?"),
    Practice("other", "Do we keep it clear?"),
    Practice("hostile", HOSTILE),
)
SECOND = (
    *FIRST[:2],
    Practice("reworded", "Do we look at it every year?"),
    Practice("split", FIRST[3].question, (f"{HOME}.asking", f"{HOME}.telling")),
    Practice("asking", "Do we ask?"),
    Practice("telling", "Do we tell?"),
    Practice("one", FIRST[4].question, (f"{HOME}.both",)),
    Practice("other", FIRST[5].question, (f"{HOME}.both",)),
    Practice("both", "Do we keep it short and clear?"),
    FIRST[6],
)
OWN = """      - id: told
        question: Have we told the person?
        supports: [purpose-matters.same]
"""
GONE = "        withdrawn: {date: 2026-11-25, reason: Nobody needs it.}\n"


def files(practices: tuple[Practice, ...], version: str, own: str, kind: str) -> dict[str, str]:
    """Give the files of one edition."""
    text = (SAMPLE / GUIDELINE).read_text(encoding="utf-8")
    group = "\n".join(
        [
            "  - id: more",
            "    title: More to do",
            "    practices:",
            *(p.as_yaml() for p in practices),
        ]
    )
    items = "".join(f"      - from: {HOME}.{p.id}\n" for p in practices if p.instead is None)
    listed = (SAMPLE / CHECKLIST).read_text(encoding="utf-8")
    head, _, tail = listed.partition("    items:\n")
    history = tail[tail.index("changes:") :]
    head = head.replace('version: "1.0.0"', f'version: "{version}"')
    head = head.replace("answers: yes-no\n", f"answers: {kind}\n")
    if kind == "yes-no-na":
        head = head.replace("Stop and think.}", "Stop and think., if_not_applicable: Say why.}")
    if kind == "tick":
        head = head.replace("meanings: {if_yes: Go on., if_no: Stop and think.}\n", "")
    if version != "1.0.0":
        line = f'  - {{version: "{version}", date: 2026-11-25, kind: clarified, note: Reworded.}}\n'
        history = history.replace("changes:\n", f"changes:\n{line}")
    return {
        GUIDELINE: text.replace("changes:\n", f"{group}\nchanges:\n"),
        CHECKLIST: f"{head}    items:\n{items}{own}{history}",
    }


EDITIONS: Mapping[str, dict[str, str]] = {
    "first": files(FIRST, "1.0.0", OWN, "yes-no-na"),
    "second": files(SECOND, "1.1.0", OWN + GONE, "yes-no-na"),
    "ticks": files(FIRST, "1.0.0", OWN, "tick"),
    "downloads": files(FIRST, "1.0.0", OWN, "yes-no-na"),
}


def make_edition(name: str, where: Path) -> Path:
    """Make the project of an edition, inside the page that our own site has."""
    root = make_project(where, EDITIONS[name])
    shutil.copytree(ROOT / "docs/assets", root / "docs/assets")
    shutil.copytree(ROOT / "overrides", root / "overrides")
    ours = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    sheets = ours[ours.index("extra_css:") : ours.index("extra_javascript:")]
    config = root / "mkdocs.yml"
    theme = "theme: {name: material, custom_dir: overrides, font: false}\n"
    text = config.read_text("utf-8")
    if name == "downloads":
        text = text.replace("!ENV [DPUP_SAMPLE_DOWNLOADS, false]", "true")
    text = text.replace("theme: {name: null, custom_dir: theme}\n", theme)
    config.write_text(f"{text}{sheets}", encoding="utf-8")
    return root


def build_edition(name: str, where: Path) -> None:
    """Build an edition into a folder."""
    root = make_edition(name, where / "project")
    build_site(root, site_dir=where / "site")


class Host:
    """One address, and the edition that is served there now."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self.folders = folders
        self.url = ""
        self.edition = "first"

    def page(self, edition: str = "first") -> str:
        """Publish an edition; give the address of its checklist."""
        self.edition = edition
        return self.url + PAGE

    def serve(self) -> Iterator[Host]:
        """Serve until the caller is done."""
        handler = partial(_Handler, host=self)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            self.url = f"http://127.0.0.1:{server.server_port}/"
            yield self
            server.shutdown()


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, *args: object, host: Host) -> None:
        self.host = host
        super().__init__(*args)

    def translate_path(self, path: str) -> str:
        """Find the file in the edition that is served now: a connection outlives an edition."""
        self.directory = str(self.host.folders[self.host.edition] / "site")
        return super().translate_path(path)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_args: object) -> None:
        """Keep the test's output clean."""
