"""The allow-list for finished HTML: what of it may be published, and what is wrong with the rest.

``faults`` says what the sanitiser would remove; ``clean`` is the sanitiser, which has the last
word. Knows HTML; knows nothing of Markdown or of entries.
"""

from __future__ import annotations

import dataclasses
import html
import re
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

import nh3

from dpup import characters

_TEXT_TAGS = "p br hr h2 h3 h4 h5 h6 em strong del sub sup code pre blockquote span div abbr"
_LIST_TAGS = "ul ol li dl dt dd table thead tbody tr th td a"
TAGS: Final = frozenset(f"{_TEXT_TAGS} {_LIST_TAGS}".split())
ATTRIBUTES: Final = {
    "*": {"id", "lang", "title"},
    "a": {"href"},
    # The box that the tables extension makes; no author can put attributes on a div.
    "div": {"role", "tabindex", "aria-label"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}
CLASSES: Final = {
    "div": {"admonition", "note", "tip", "warning", "example", "quote", "dpup-scroll"},
    "table": {"dpup-table"},
    "p": {"admonition-title"},
    "code": {f"language-{name}" for name in ("json", "markdown", "sh", "text", "yaml")},
}
SCHEMES: Final = frozenset({"http", "https", "mailto"})
_UNREADABLE: Final = "unreadable"
_TIDY = re.compile(r"[\x00-\x20\x7f]+")


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """Something that may not be published: what, why, and what to do."""

    token: str
    """What to look for in the source to find the place."""
    message: str
    hint: str


def scheme_of(href: str) -> str:
    """Give the scheme that a browser would see: it decodes entities and drops white space."""
    seen = _TIDY.sub("", html.unescape(href)).lower()
    try:
        return urlsplit(seen).scheme
    except ValueError:
        return _UNREADABLE


def clean(text: str) -> str:
    """Sanitise finished HTML by the allow-list."""
    return nh3.clean(
        text,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        allowed_classes={tag: set(names) for tag, names in CLASSES.items()},
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


def anchors(text: str) -> frozenset[str]:
    """Every id in finished HTML, whether of a heading or given by an attribute list."""
    return frozenset(_inspect(text).ids)


def _inspect(text: str) -> _Inspector:
    inspector = _Inspector()
    inspector.feed(text)
    inspector.close()
    return inspector


def faults(text: str) -> list[Fault]:
    """Say what the sanitiser would remove from finished HTML, in document order.

    Raw HTML has become text by now, so a comment is found in the text: readers would see it.
    """
    inspector = _inspect(text)
    inspector.faults += [_COMMENT] * inspector.text.count("<!--")
    if not inspector.faults and (cleaned := clean(text)) != text and _differ(cleaned, text):
        hint = "Write it more plainly."
        inspector.faults.append(Fault("", "The sanitiser would change this text.", hint))
    return inspector.faults


def _differ(one: str, other: str) -> bool:
    return _stream(one) != _stream(other)


class _Inspector(HTMLParser):
    """Compares each tag, attribute and link with the allow-list."""

    def __init__(self) -> None:
        # Character references come on their own: one may stand for a hidden character.
        super().__init__(convert_charrefs=False)
        self.faults: list[Fault] = []
        self.ids: set[str] = set()
        self.text = ""
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code += tag == "code"
        if tag not in TAGS:
            self.faults.append(_tag_fault(tag))
            return
        for name, value in attrs:
            given = value or ""
            if fault := _attribute_fault(tag, name, given) or self._id_fault(name, given):
                self.faults.append(fault)

    def _id_fault(self, name: str, value: str) -> Fault | None:
        if name != "id" or value not in self.ids:
            self.ids |= {value} if name == "id" else set()
            return None
        return Fault(f"#{value}", f"The anchor '{value}' is given twice.", "Give it once.")

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag == "code"

    def handle_entityref(self, name: str) -> None:
        self._refer(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._refer(f"&#{name};")

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.text += data

    def _refer(self, written: str) -> None:
        meant = html.unescape(written)
        self.handle_data(meant)
        for char in meant:
            if said := characters.describe(char):
                self.faults.append(Fault(written, *said))


_COMMENT = Fault("<!--", "Comments can't be used here: readers would see them.", "Delete it.")


def _tag_fault(tag: str) -> Fault:
    if tag == "h1":
        message = "The title of the page is its only first-level heading."
        return Fault("#", message, "Start with ##.")
    if tag == "img":
        return Fault("![", "Pictures can't be placed in a text.", "Say it in words, or link to it.")
    return Fault(f"<{tag}", f"The element <{tag}> can't be used here.", "Use plain Markdown.")


def _attribute_fault(tag: str, name: str, value: str) -> Fault | None:
    if name == "class":
        return _class_fault(tag, value)
    if name in ATTRIBUTES["*"] or name in ATTRIBUTES.get(tag, ()):
        return _href_fault(value) if name == "href" else None
    if name.startswith("on"):
        message = f"The attribute {name} would run a script."
    else:
        message = f"The attribute {name} can't be used here."
    return Fault(name, message, "Remove it; id, lang and title are allowed.")


# Classes that extensions and the site set themselves; no author has to know them.
_OWN: Final = {"admonition", "dpup-scroll"}


def _class_fault(tag: str, value: str) -> Fault | None:
    allowed = CLASSES.get(tag, set())
    unknown = [name for name in value.split() if name not in allowed]
    if not unknown:
        return None
    name = unknown[0].removeprefix("language-") if tag == "code" else unknown[0]
    known = sorted(each.removeprefix("language-") for each in allowed - _OWN)
    thing = {"code": "language", "div": "kind of box"}.get(tag, "class")
    hint = f"Use one of: {', '.join(known)}." if tag in {"code", "div"} else "Remove it."
    return Fault(name, f"The {thing} '{name}' can't be used here.", hint)


def _href_fault(href: str) -> Fault | None:
    scheme = scheme_of(href)
    if not scheme or scheme in SCHEMES:
        return None
    if scheme == _UNREADABLE:
        return Fault(href, "This link can't be read as an address.", "Write it again.")
    message = f"A link may not start with {scheme}:."
    return Fault(scheme, message, "Link to https://, mailto: or a file of the project.")


class _Stream(HTMLParser):
    """The tags, attributes and text of HTML, without the accidents of how it is written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tokens.append(f"<{tag} {sorted((k, v or '') for k, v in attrs)}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # The sanitiser writes <hr> where Markdown writes <hr />.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.tokens.append(" ".join(data.split()))


def _stream(text: str) -> list[str]:
    parser = _Stream()
    parser.feed(text)
    parser.close()
    return parser.tokens
