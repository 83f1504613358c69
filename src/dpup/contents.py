"""The contents of a finished page: its headings of the second and third level."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, TypedDict

if TYPE_CHECKING:
    from dpup.reo import Marker

_LEVELS: Final = {"h2": 2, "h3": 3}
# Reading all of a page for its few headings takes as long as making it. No heading lies in another.
_HEADING: Final = re.compile(r"<(h[23])\b.*?</\1>", re.DOTALL)
_ID: Final = re.compile(r'\sid="([^"]*)"')


class Heading(TypedDict):
    """One heading, as MkDocs takes it for its table of contents."""

    level: int
    id: str
    name: str
    children: list[Heading]


def headings(html: str, marker: Marker) -> list[Heading]:
    """Give the second and third level headings of a page in order."""
    parser = _Headings()
    for heading in _HEADING.finditer(html):
        parser.feed(heading.group())
    tokens: list[Heading] = []
    for level, id_, text in parser.found:
        token: Heading = {"level": level, "id": id_, "name": marker.html(text), "children": []}
        into = tokens[-1]["children"] if level > _LEVELS["h2"] and tokens else tokens
        into.append(token)
    return tokens


def anchors(html: str) -> set[str]:
    """Give every id of a page that we made: what a link to it may lead to."""
    return {unescape(id_) for id_ in _ID.findall(html)}


class _Headings(HTMLParser):
    """Collects headings that have an id."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str, str]] = []
        self._open: tuple[int, str] | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        id_ = dict(attrs).get("id")
        if tag in _LEVELS and id_:
            self._open, self._text = (_LEVELS[tag], id_), ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEVELS and self._open:
            self.found.append((*self._open, " ".join(self._text.split())))
            self._open = None
