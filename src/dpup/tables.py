"""Put each Markdown table into a box that scrolls, and that the keyboard reaches.

A wide table on a narrow screen has to scroll inside its own box (WCAG 2.2, 1.4.10), and a box
that scrolls has to take the focus (2.1.1). The box that a theme's script makes does not.
"""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from markdown import Markdown


class _Wrap(Treeprocessor):
    """Wraps every table of the tree."""

    def run(self, root: ET.Element) -> None:
        """Wrap in place; a class on the table keeps the theme's script away from it."""
        named: collections.Counter[str] = collections.Counter()
        for parent in list(root.iter()):
            for at, table in enumerate(list(parent)):
                if table.tag == "table" and not table.get("class"):
                    heads = _heads(table)
                    named[heads] += 1
                    parent[at] = _box(table, _label(heads, named[heads]))


def _heads(table: ET.Element) -> str:
    heads = (" ".join("".join(head.itertext()).split()) for head in table.iter("th"))
    return ", ".join(filter(None, heads))


def _label(heads: str, number: int) -> str:
    """Name a table by the heads of its columns; others of the same heads are numbered."""
    return f"Table: {heads}" if number == 1 else f"Table {number}: {heads}"


def _box(table: ET.Element, label: str) -> ET.Element:
    attributes = {"class": "dpup-scroll", "role": "region", "aria-label": label, "tabindex": "0"}
    box = ET.Element("div", attributes)
    box.tail, table.tail = table.tail, None
    table.set("class", "dpup-table")
    box.append(table)
    return box


class TablesExtension(Extension):
    """``markdown_extensions: [dpup.tables]``."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """Run last, when the cells hold their finished text."""
        md.treeprocessors.register(_Wrap(md), "dpup-tables", 4)


def makeExtension(**options: object) -> TablesExtension:  # noqa: N802 - the name Markdown calls
    """Make the extension for Python-Markdown."""
    return TablesExtension(**options)
