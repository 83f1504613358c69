"""Addresses of pages and files, and the way to them from a page.

A page is named by its Markdown file below ``docs/``, with an anchor where one is meant.
A download is named by itself.
"""

from __future__ import annotations

import posixpath
from typing import Final

DOWNLOADS: Final = "downloads"
"""The folder of the site that holds files and one page, which lists them."""


FEEDS: Final = "feeds"
"""The folder of the site that holds feeds."""


def is_file(uri: str) -> bool:
    """Tell a download, a feed or data from a page: Markdown is one format of downloads."""
    if uri.endswith(".json"):
        return True
    folder, _, name = uri.partition("/")
    return folder in {DOWNLOADS, FEEDS} and posixpath.basename(name) != "index.md"


def url_of(uri: str) -> str:
    """Give the site path of a page: ``laws/ipp-1.md#x`` becomes ``laws/ipp-1/#x``."""
    page, hash_, anchor = uri.partition("#")
    if is_file(page):
        return uri
    stem = page.removesuffix(".md")
    stem = stem.removesuffix("index") if stem.rpartition("/")[2] == "index" else f"{stem}/"
    return stem + hash_ + anchor


def relative(target: str, here: str) -> str:
    """Give the link from the page or file ``here`` to the page, anchor or file ``target``.

    >>> relative("downloads/index.md", "faqs.md"), relative("downloads/a.pdf", "faqs.md")
    ('../downloads/', '../downloads/a.pdf')
    >>> relative("laws/ipp-1.md#x", "feeds/all.xml"), relative("feeds/all.xml", "feeds/all.xml")
    ('../laws/ipp-1/#x', 'all.xml')
    """
    path, hash_, anchor = url_of(target).partition("#")
    start = posixpath.dirname(here) if is_file(here) else url_of(here.partition("#")[0])
    if path == start:
        return f"#{anchor}" if anchor else "./"
    way = posixpath.relpath(path or ".", start or ".")
    if is_file(target):
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
    if is_file(page):
        # Written otherwise, a download in Markdown would pass for a page and lose its ending.
        page = page.removesuffix(".md") + "%2Emd" if page.endswith(".md") else page
    return posixpath.relpath(page, posixpath.dirname(start) or ".") + hash_ + anchor
