"""Mark te reo Māori with ``lang="mi"``, in Markdown and in plain text.

WCAG 2.2, success criterion 3.1.2 (Language of Parts). A word counts as te reo Māori when it
has a macron, stands in ``KUPU`` or is a glossary word marked ``reo: true``. The Markdown
extension works the same in MkDocs and in Zensical.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown import Markdown

KUPU: Final = (
    "Aotearoa",
    "He Tāngata",
    "hui",
    "iwi",
    "kaitiaki",
    "kaitiakitanga",
    "kaupapa",
    "kaupapa Māori",
    "kupu",
    "mahi tahi",
    "mahitahitanga",
    "mana",
    "mana whakahaere",
    "manaakitanga",
    "Ngā Tikanga Paihere",
    "Oranga Tamariki",
    "tamariki",
    "taonga",
    "te ao Māori",
    "te reo",
    "te reo Māori",
    "Te Tiriti o Waitangi",
    "tiaki",
    "tikanga",
    "tikanga Māori",
    "tohutō",
    "whakahaere",
)
# Elements whose text is code, or that say their own language.
_OPAQUE = {"code", "pre", "kbd", "samp", "script", "style", "textarea"}


class Marker:
    """Wraps the te reo Māori of a text; built once for a set of words."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        known = sorted({*KUPU, *words}, key=lambda word: (-len(word), word))
        unit = "|".join([*(re.escape(word) for word in known), r"\w*[āēīōū]\w*"])
        self._run = re.compile(rf"(?<!\w)(?:{unit})(?!\w)(?: (?:{unit})(?!\w))*", re.IGNORECASE)

    def parts(self, text: str) -> Iterator[tuple[str, bool]]:
        """Yield the text in pieces, each with whether it is te reo Māori."""
        end = 0
        for match in self._run.finditer(text):
            if match.start() > end:
                yield text[end : match.start()], False
            yield match.group(), True
            end = match.end()
        if end < len(text):
            yield text[end:], False

    def html(self, text: str) -> Markup:
        """Escape a plain text and mark its te reo Māori.

        >>> str(Marker().html("mana & <b>"))
        '<span lang="mi">mana</span> &amp; &lt;b&gt;'
        """
        pieces = (
            Markup('<span lang="mi">{}</span>').format(piece) if reo else escape(piece)
            for piece, reo in self.parts(text)
        )
        return Markup("").join(pieces)


class _MarkTree(Treeprocessor):
    """Marks text nodes after inline parsing, where link text is parsed only once.

    An inline pattern would run twice inside link text and nest its spans.
    """

    def __init__(self, md: Markdown, marker: Marker) -> None:
        super().__init__(md)
        self.marker = marker

    def run(self, root: ET.Element) -> None:
        """Mark the whole tree in place."""
        self._inside(root)

    def _inside(self, element: ET.Element) -> None:
        if element.tag in _OPAQUE or element.get("lang"):
            return
        for child in list(element):
            self._inside(child)
            tail, child.tail = child.tail, None
            at = list(element).index(child) + 1
            child.tail = self._place(element, at, tail)
        element.text = self._place(element, 0, element.text)

    def _place(self, parent: ET.Element, at: int, text: str | None) -> str | None:
        """Insert spans for ``text`` at an index of ``parent``; give the text before them."""
        if not text:
            return text
        before, last = "", None
        for piece, reo in self.marker.parts(text):
            if reo:
                last = ET.Element("span", {"lang": "mi"})
                last.text = AtomicString(piece)
                parent.insert(at, last)
                at += 1
            elif last is None:
                before = piece
            else:
                last.tail = piece
        return before


class TeReoExtension(Extension):
    """``markdown_extensions: [dpup.reo]``."""

    def __init__(self, **options: object) -> None:
        self.config = {"words": [[], "More words to mark"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """Run after inline parsing (20) and attribute lists (8), before headings' ids (5)."""
        marker = Marker(self.getConfig("words"))
        md.treeprocessors.register(_MarkTree(md, marker), "dpup-reo", 7)


def makeExtension(**options: object) -> TeReoExtension:  # noqa: N802 - the name Markdown calls
    """Make the extension for Python-Markdown."""
    return TeReoExtension(**options)
