"""What a browser needs to keep the site: a service worker, and a list of all files.

It reads a finished folder and knows nothing of what made it. ``offline.json`` lists every file
with its hash and size; ``sw.js`` is what a worker has to know of this site, followed by its code.
A page is stamped with the mark of the style sheets and scripts that it was made with, so that a
browser never shows it with those of another version.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from importlib import resources
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import TYPE_CHECKING, Final

from dpup import scripts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

PAGE: Final = "offline/index.html"
"""Shown for what is not kept; a site without it keeps nothing."""
WORKER: Final = "sw.js"
LISTING: Final = "offline.json"
_PARTS: Final = ("worker_store.js", "worker.js")
# What only a host or a search engine asks for, and what must always be the newest.
_NOT_FOUND: Final = "404.html"
_UNLISTED: Final = {WORKER, LISTING, _NOT_FOUND, "robots.txt", "sitemap.xml", "sitemap.xml.gz"}
_APART: Final = {"api": "api", "schema": "api", "downloads": "downloads"}
_ASSETS: Final = {".css", ".js", ".woff2", ".svg", ".png", ".ico"}
_START = re.compile(r'<html(?: data-site="[^"]*")?')
_LINK = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"#?]+)"')
_MODULE = re.compile(r'data-module="dpup-([a-z-]+)"')


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """One file of the site."""

    path: str
    """Below the site, as it is written on the disk, with slashes."""
    hash: str
    size: int


def digest(data: bytes) -> str:
    """Name some bytes. It finds what has changed; it guards against nobody.

    >>> digest(b"kia ora")
    'e72bb89c01161d89'
    """
    return hashlib.sha256(data).hexdigest()[:16]


def is_asset(path: str) -> bool:
    """Say whether pages are made of it: a style sheet, script, font or picture.

    >>> is_asset("assets/css/site.css"), is_asset("downloads/a.svg"), is_asset("assets/a.map")
    (True, False, False)
    """
    return path.startswith("assets/") and PurePosixPath(path).suffix in _ASSETS


def write(site: Path, day: dt.date) -> None:
    """Stamp the pages of a finished site, and write the list of its files and the worker."""
    if not (site / PAGE).is_file():
        return
    files = dict(sorted(_files(site)))
    assets = {path: digest(file.read_bytes()) for path, file in files.items() if is_asset(path)}
    mark = digest(json.dumps(assets).encode())
    pages = [file for path, file in files.items() if _group(path) == "pages"]
    for file in (*pages, *filter(Path.is_file, [site / _NOT_FOUND])):
        _put(file, stamped(file.read_text(encoding="utf-8"), mark))
    groups = _groups(files)
    whole = json.dumps([_rows(group) for group in groups.values()])
    about = {"version": f"{day}-{digest(whole.encode())[:8]}", "date": str(day), "mark": mark}
    _put(site / LISTING, json.dumps(about | {k: _rows(v) for k, v in groups.items()}) + "\n")
    needs = {path: named for path in assets if (named := _named(site, path, assets))}
    known = about | {"assets": assets, "needs": needs, "core": _core(site, assets, needs)}
    parts = (resources.files("dpup").joinpath(part).read_text(encoding="utf-8") for part in _PARTS)
    _put(site / WORKER, "\n".join((f"const SITE = {json.dumps(known)}", *parts)))


def stamped(page: str, mark: str) -> str:
    """Write the mark of its assets into a page, in place of one that it may have.

    >>> stamped('<!doctype html><html lang="en-NZ">', "0d49")
    '<!doctype html><html data-site="0d49" lang="en-NZ">'
    """
    return _START.sub(f'<html data-site="{mark}"', page, count=1)


def _put(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def _rows(files: list[Kept]) -> list[tuple[str, str, int]]:
    return [(file.path, file.hash, file.size) for file in files]


def _groups(files: Mapping[str, Path]) -> dict[str, list[Kept]]:
    """Give all files, group by group, in the order in which they come."""
    groups: dict[str, list[Kept]] = {
        name: [] for name in ("assets", "pages", "rest", "downloads", "api")
    }
    for path, file in files.items():
        data = file.read_bytes()
        groups[_group(path)].append(Kept(path, digest(data), len(data)))
    return groups


def _files(site: Path) -> Iterator[tuple[str, Path]]:
    for file in site.rglob("*"):
        path = file.relative_to(site).as_posix()
        hidden = any(part.startswith(".") for part in file.relative_to(site).parts)
        if file.is_file() and not hidden and path not in _UNLISTED and _has_address(path):
            yield path, file


def _has_address(path: str) -> bool:
    """No address leads to a name that is not Unicode, and no browser asks for a source map."""
    return path.isprintable() and not path.endswith(".map")


def _group(path: str) -> str:
    if is_asset(path):
        return "assets"
    apart = _APART.get(path.partition("/")[0])
    if path.endswith("index.html") and apart != "api":
        return "pages"
    return apart or "rest"


def _core(site: Path, assets: Mapping[str, str], needs: Mapping[str, list[str]]) -> list[str]:
    """Name what the page for readers without a network is made of; all pages share most of it."""
    page = (site / PAGE).read_text(encoding="utf-8")
    linked = [_resolved(PAGE, href) for href in _LINK.findall(page)]
    modules = [f"assets/js/{name}.js" for name in _MODULE.findall(page)]
    waiting, found = [*linked, *modules], set[str]()
    while waiting:
        path = waiting.pop()
        if path in assets and path not in found:
            found.add(path)
            waiting += needs.get(path, [])
    return sorted(found)


def _named(site: Path, path: str, assets: Mapping[str, str]) -> list[str]:
    """Give what a script imports, at once or on use: without a network it may need all of it."""
    if not path.endswith(".js"):
        return []
    text = (site / path).read_text(encoding="utf-8")
    named = (*scripts.at_once(text), *scripts.on_use(text))
    return sorted({found for href in named if (found := _resolved(path, href)) in assets})


def _resolved(home: str, href: str) -> str:
    return normpath(f"{home.rpartition('/')[0]}/{href}")
