"""The tree of a document: what Pandoc read, without what only a web page needs.

What is left: headings from level 1, paragraphs, lists, tables, and divisions with one of the
classes in ``KEPT``. Facts are paragraphs, since Word has no definition lists; those of a
practice, the facets, share one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dpup.export import pandoc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dpup.export.pandoc import Block, Inline
    from dpup.export.paper import Paper

KEPT: Final = {
    "dpup-lead": "lead",
    "dpup-caution": "caution",
    "dpup-tombstone": "caution",
    "dpup-awaiting": "awaiting",
    "dpup-note": "note",
    "dpup-practice__beyond": "note",
    "dpup-practice__question": "question",
    "dpup-section-intro": "intro",
    "dpup-prompt": "prompt",
    "dpup-hint": "hint",
    "dpup-field__example": "hint",
    "dpup-refs": "refs",
    "dpup-entry__version": "refs",
    "dpup-moment__label": "label",
    "dpup-notice__heading": "label",
    "dpup-resource-facts": "lines",
    "dpup-facets": "facets",
    "dpup-notice": "notice",
    "dpup-boxes": "boxes",
    "dpup-slide": "slide",
    "dpup-slide__label": "slide-label",
    "dpup-asks": "asks",
    "dpup-log": "log",
    "dpup-ask": "ask",
    "dpup-core": "core",
    "dpup-excerpt--page": "new-page",
    "dpup-new-page": "new-page",
}
FACTS: Final = "facts"
_RUN_IN: Final = "facets"
_LINES: Final = "lines"
_BARE: Final[list[Any]] = ["", [], []]
"""The attributes of what has none."""
_DROPPED: Final = {"Image", "Note", "RawInline", "Cite", "Math"}


def of(paper: Paper, known: Mapping[str, list[Block]] | None = None) -> list[Block]:
    """Read a document into its tree; a collection holds its parts, each under its title.

    ``known`` holds the trees of parts that were read before, by their ids.
    """
    if not paper.parts:
        blocks = pandoc.read(paper.html)
        return list(_Cleaner(_anchors(blocks)).all(blocks))
    bound: list[Block] = []
    for part in paper.parts:
        bound += [
            header(1, marked(part.title_parts), f"{part.id}_"),
            *shifted(_part(part, known or {}), part.id),
        ]
    return bound


def _part(part: Paper, known: Mapping[str, list[Block]]) -> list[Block]:
    return known[part.id] if part.id in known else of(part)


def words(text: str) -> list[Inline]:
    """Give a plain text as inlines."""
    return [{"t": "Str", "c": text}]


def link(address: str) -> Inline:
    """Give a web address as a link to itself."""
    return {"t": "Link", "c": [["", [], []], words(address), [address, ""]]}


def marked(parts: Iterable[tuple[str, bool]]) -> list[Inline]:
    """Give a text in pieces as inlines, those in te reo Māori with their language."""
    mi = ["", [], [["lang", "mi"]]]
    return [
        {"t": "Span", "c": [mi, words(text)]} if reo else {"t": "Str", "c": text}
        for text, reo in parts
    ]


def header(level: int, text: list[Inline], anchor: str = "") -> Block:
    """Make a heading."""
    return {"t": "Header", "c": [level, [anchor, [], []], text]}


def div(name: str, blocks: list[Block], **attributes: str) -> Block:
    """Make a division of one class."""
    return {"t": "Div", "c": [["", [name], [list(pair) for pair in attributes.items()]], blocks]}


def class_of(block: Block) -> str:
    """Give the class of a division; nothing for other blocks."""
    if block["t"] != "Div" or not block["c"][0][1]:
        return ""
    return str(block["c"][0][1][0])


def item_of(block: Block) -> str:
    """Give the id of what a division asks."""
    return str(dict(block["c"][0][2]).get("item", ""))


def plain(inlines: Iterable[Inline]) -> str:
    """Give the words of some inlines."""
    return "".join(_plain(inline) for inline in inlines)


def _plain(inline: Inline) -> str:
    kind = inline["t"]
    inside: Any = inline.get("c")
    if kind in {"Space", "SoftBreak", "LineBreak"}:
        return " "
    if kind == "Str":
        return str(inside)
    if kind == "Code":
        return str(inside[1])
    if kind in {"Span", "Link", "Quoted"}:
        return plain(inside[1])
    return plain(inside) if isinstance(inside, list) else ""


def shifted(blocks: Iterable[Block], part: str = "") -> Iterator[Block]:
    """Move headings a level down; mark anchors and items with the part that they are in.

    So documents can be bound together without one of them catching the links of another.
    """
    for block in blocks:
        if block["t"] == "Header":
            level, (anchor, classes, pairs), inside = block["c"]
            yield {"t": "Header", "c": [level + 1, [_in(part, anchor), classes, pairs], inside]}
        elif block["t"] == "Div":
            (_, classes, pairs), inside = block["c"]
            items = [[key, f"{part}/{value}" if part else value] for key, value in pairs]
            yield {"t": "Div", "c": [["", classes, items], list(shifted(inside, part))]}
        else:
            yield _linked(block, part)


def _in(part: str, anchor: str) -> str:
    return f"{part}_{anchor}" if part and anchor else anchor


def _linked(node: Any, part: str) -> Any:  # noqa: ANN401 - a piece of Pandoc's tree
    """Let links inside a document lead to the anchors of its part."""
    if isinstance(node, list):
        return [_linked(item, part) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("t") == "Link" and node["c"][2][0].startswith("#"):
        attributes, text, (target, title) = node["c"]
        return {"t": "Link", "c": [attributes, text, ["#" + _in(part, target[1:]), title]]}
    return {key: _linked(value, part) for key, value in node.items()}


def _anchors(blocks: Iterable[Block]) -> frozenset[str]:
    """Ids of the headings, where a link inside the document can lead."""
    found: set[str] = set()
    for block in blocks:
        if block["t"] == "Header":
            found.add(block["c"][1][0])
        elif block["t"] == "Div":
            found |= _anchors(block["c"][1])
    return frozenset(found - {""})


class _Cleaner:
    """Takes out what a document has no use for; a method for each type of block."""

    def __init__(self, anchors: frozenset[str]) -> None:
        self._anchors = anchors
        self._level = 0

    def all(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            clean = getattr(self, f"_{block['t'].lower()}", None)
            if clean is None:
                yield block
            else:
                yield from clean(block.get("c"))

    def _para(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401 - the shapes are Pandoc's
        yield {"t": "Para", "c": list(_inlines(inside, self._anchors))}

    def _plain(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        yield {"t": "Plain", "c": list(_inlines(inside, self._anchors))}

    def _header(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        level, (anchor, classes, _), text = inside
        kept = [KEPT[name] for name in classes if name in KEPT]
        title = list(_inlines(text, frozenset()))
        # A level that was left out is closed up: PDF/UA-1 refuses a document with a gap.
        self._level = min(max(level - 1, 1), self._level + 1)
        yield {"t": "Header", "c": [self._level, [anchor, kept, []], title]}

    def _div(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        (_, classes, pairs), blocks = inside
        kept = [KEPT[name] for name in classes if name in KEPT]
        clean = list(self.all(blocks))
        if not kept:
            yield from clean
            return
        name = _LINES if _LINES in kept else kept[0]
        chosen = [pair for pair in pairs if pair[0] == "item"]
        yield {
            "t": "Div",
            "c": [["", [name], chosen], [_joined(clean)] if name == _RUN_IN else clean],
        }

    def _definitionlist(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        yield div(FACTS, [block for term, said in inside for block in self._fact(term, said)])

    def _fact(self, term: list[Inline], said: list[list[Block]]) -> Iterator[Block]:
        """Write a fact as a paragraph that starts with its name; lists follow it."""
        name = [*_inlines(term, self._anchors), *words(":")]
        parts: list[Inline] = [{"t": "Strong", "c": name}]
        blocks = [block for inside in said for block in inside]
        while blocks and blocks[0]["t"] in {"Para", "Plain"}:
            parts += [{"t": "Space"}, *_inlines(blocks.pop(0)["c"], self._anchors)]
        yield {"t": "Para", "c": parts}
        yield from self.all(blocks)

    def _bulletlist(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        yield {"t": "BulletList", "c": [list(self.all(item)) for item in inside]}

    def _orderedlist(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        yield {"t": "OrderedList", "c": [inside[0], [list(self.all(item)) for item in inside[1]]]}

    def _blockquote(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        yield {"t": "BlockQuote", "c": list(self.all(inside))}

    def _table(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        _, caption, columns, head, bodies, foot = inside
        short = [caption[0], list(self.all(caption[1]))]
        rows = [[a, n, self._rows(up), self._rows(down)] for a, n, up, down in bodies]
        top = [head[0], self._rows(head[1])]
        yield {"t": "Table", "c": [_BARE, short, columns, top, rows, foot]}

    def _rows(self, rows: Any) -> list[Any]:  # noqa: ANN401
        return [
            [_BARE, [[_BARE, *cell[1:4], list(self.all(cell[4]))] for cell in cells]]
            for _, cells in rows
        ]

    def _figure(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        # The drawing is on the site; its caption and tables say the same.
        yield from self.all(inside[1][1])

    def _rawblock(self, _inside: Any) -> Iterator[Block]:  # noqa: ANN401
        yield from ()


def _joined(blocks: list[Block]) -> Block:
    """Write facts one after the other in one paragraph."""
    inlines: list[Inline] = []
    facts = (fact for block in blocks for fact in block["c"][1])
    for fact in (fact for fact in facts if fact["t"] == "Para"):
        inlines += [*words(" · "), *fact["c"]] if inlines else fact["c"]
    return {"t": "Para", "c": inlines}


def _inlines(inlines: Iterable[Inline], anchors: frozenset[str]) -> Iterator[Inline]:
    for inline in inlines:
        yield from _inline(inline, anchors)


def _inline(inline: Inline, anchors: frozenset[str]) -> Iterator[Inline]:
    kind = inline["t"]
    inside: Any = inline.get("c")
    if kind == "Link":
        target = inside[2][0]
        text = list(_inlines(inside[1], anchors))
        dead = not target or (target.startswith("#") and target[1:] not in anchors)
        # Without the address of the site a link leads nowhere on paper.
        yield from text if dead else [{"t": "Link", "c": [["", [], []], text, [target, ""]]}]
    elif kind == "Span":
        lang = [pair for pair in inside[0][2] if pair[0] == "lang"]
        text = list(_inlines(inside[1], anchors))
        yield from [{"t": "Span", "c": [["", [], lang], text]}] if lang else text
    elif kind in {"Strong", "Emph", "Strikeout", "Superscript", "Subscript", "Underline"}:
        yield {"t": kind, "c": list(_inlines(inside, anchors))}
    elif kind == "Quoted":
        yield {"t": kind, "c": [inside[0], list(_inlines(inside[1], anchors))]}
    elif kind not in _DROPPED:
        yield inline
