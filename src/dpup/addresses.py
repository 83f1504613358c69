"""Addresses of pages and files, and the way to them from a page.

A page is named by its Markdown file below ``docs/``, with an anchor where one is meant.
Anything else is a file that stays as it is, such as a download.
"""

from __future__ import annotations

import posixpath


def is_file(uri: str) -> bool:
    """Tell a file from a page."""
    return "." in posixpath.basename(uri) and not uri.endswith(".md")


def url_of(uri: str) -> str:
    """Give the site path of a page: ``laws/ipp-1.md#x`` becomes ``laws/ipp-1/#x``."""
    page, hash_, anchor = uri.partition("#")
    if is_file(page):
        return uri
    stem = page.removesuffix(".md")
    stem = stem.removesuffix("index") if stem.rpartition("/")[2] == "index" else f"{stem}/"
    return stem + hash_ + anchor


def relative(target: str, here: str) -> str:
    """Give the link from the page ``here`` to the page or anchor ``target``."""
    path, hash_, anchor = url_of(target).partition("#")
    start = url_of(here.partition("#")[0])
    if path == start:
        return f"#{anchor}" if anchor else "./"
    way = posixpath.relpath(path or ".", start or ".")
    if is_file(path):
        return way
    return f"{way}/{hash_}{anchor}"


def between_files(target: str, here: str) -> str:
    """Give the same link between source files, for engines that rewrite links in HTML.

    Zensical turns every relative link of the finished HTML into an address, as MkDocs does
    with Markdown links only.
    """
    page, hash_, anchor = target.partition("#")
    start = here.partition("#")[0]
    if page == start and anchor:
        return f"#{anchor}"
    return posixpath.relpath(page, posixpath.dirname(start) or ".") + hash_ + anchor
