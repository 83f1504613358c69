"""Markdown without raw HTML, whose links all pass through a resolver.

Raw HTML becomes visible text and is remembered as a fault. What the finished HTML may hold
is in ``sanitise``. Knows Markdown; knows nothing of entries.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from markdown.extensions import Extension
from markdown.inlinepatterns import HTML_RE, InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

from dpup.explain import short
from dpup.sanitise import SCHEMES, Fault, scheme_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree import ElementTree as ET

    from markdown import Markdown

LinkFault = tuple[str, str]
# What Python-Markdown puts in place of a character that was escaped with a backslash.
_ESCAPED: Final = re.compile("\x02([0-9]+)\x03")


class _RawHtml(InlineProcessor):
    """Shows raw HTML as text, and remembers it as a fault."""

    def __init__(self, md: Markdown, mine: Hygiene) -> None:
        super().__init__(HTML_RE, md)
        self.mine = mine

    # The signature is Python-Markdown's.
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        del data
        raw = m.group(1)
        name = re.split(r"[\s>]", raw)[0]
        self.mine.opened.add(name.lower())
        closes = name.startswith("</") and name.lower().replace("</", "<") in self.mine.opened
        if not raw.startswith("<!--") and not closes:  # a comment is found as text
            hint = "Use Markdown; write &lt; for a less-than sign."
            self.mine.found.append(
                Fault(name, f"Raw HTML can't be used here: {short(' '.join(raw.split()))}.", hint)
            )
        return AtomicString(raw), m.start(0), m.end(0)


class _Links(Treeprocessor):
    """Hands every link to the resolver; keeps what it says is wrong."""

    def __init__(self, md: Markdown, mine: Hygiene) -> None:
        super().__init__(md)
        self.mine = mine

    def run(self, root: ET.Element) -> None:
        """Rewrite each href in place."""
        for element in root.iter("a"):
            href = (element.get("href") or "").replace(AMP_SUBSTITUTE, "&")
            plain = _ESCAPED.sub(lambda match: chr(int(match.group(1))), html.unescape(href))
            result = ("", "") if scheme_of(href) not in {"", *SCHEMES} else self.mine.resolve(plain)
            if isinstance(result, str):
                element.set("href", result)
            elif result[0]:
                self.mine.found.append(Fault(plain or "](", *result))


class _Prefix(Treeprocessor):
    """Puts a prefix before every id that has none, so that texts can share a page."""

    def __init__(self, md: Markdown, prefix: str) -> None:
        super().__init__(md)
        self.prefix = prefix

    def run(self, root: ET.Element) -> None:
        """Rewrite each id in place."""
        for element in root.iter():
            id_ = element.get("id")
            if id_ and not id_.startswith(self.prefix):
                element.set("id", self.prefix + id_)


class Hygiene(Extension):
    """The extension for one text after the other."""

    def __init__(self, prefix: str = "") -> None:
        super().__init__()
        self.prefix = prefix
        self.begin(lambda href: href)

    def begin(self, resolve: Callable[[str], str | LinkFault]) -> None:
        """Begin with a text; what it had before is forgotten."""
        self.resolve = resolve
        self.found: list[Fault] = []
        self.opened: set[str] = set()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """Turn raw HTML off and look at links once attributes (8) are in place."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.register(_RawHtml(md, self), "html", 90)
        md.treeprocessors.register(_Links(md, self), "dpup-links", 6)
        md.treeprocessors.register(_Prefix(md, self.prefix), "dpup-prefix", 3)
