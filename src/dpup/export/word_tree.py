"""The tree of a document as Word needs it: classes are styles, and what is asked is a control."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final

from dpup.answers import Answer, label
from dpup.export import tree, word_styles
from dpup.export.controls import BY_WHEN, DUE, NOTE, OWNER, UNCHECKED, WHO, Controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dpup.asks import Ask
    from dpup.export.pandoc import Block, Inline
    from dpup.export.paper import Paper

ROWS: Final = 8
"""Empty rows of a table to fill in; people copy a row when they need more."""


class WordTree:
    """Turns the tree of a document into one whose classes are styles of Word."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._asks = paper.asks
        self._controls = Controls()

    def document(self, blocks: list[Block]) -> Iterator[Block]:
        """Yield what Pandoc is to write, with all controls in it."""
        if self._paper.address:
            link = {
                "t": "Link",
                "c": [["", [], []], tree.words(self._paper.address), [self._paper.address, ""]],
            }
            yield _styled("refs", [{"t": "Para", "c": [link]}])
        yield from self._blocks(blocks)
        strangers = self._paper.strangers
        if strangers:
            yield tree.header(1, tree.words("Answers to what this version does not ask"))
            yield from itertools.chain.from_iterable(
                self._stranger(id_, answer) for id_, answer in strangers.items()
            )

    def _stranger(self, id_: str, answer: Answer) -> Iterator[Block]:
        yield _styled("label", [{"t": "Para", "c": tree.words(label(id_, answer))}])
        texts = answer.rows or filter(None, (answer.answer,))
        parts = [self._controls.words(id_, id_, text) for text in texts]
        yield from (_raw_paragraph(part) for part in parts)
        yield from self._beside(id_, answer)

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            write = getattr(self, f"_{block['t'].lower()}", None)
            if write is None:
                yield block
            else:
                yield from write(block.get("c"))

    def _para(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401 - the shapes are Pandoc's
        yield {"t": "Para", "c": inlines(inside)}

    def _plain(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        yield {"t": "Plain", "c": inlines(inside)}

    def _header(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        level, (anchor, classes, _), text = inside
        if classes:
            yield _NEW_PAGE
        yield {"t": "Header", "c": [level, [anchor, [], []], inlines(text)]}

    def _bulletlist(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        yield {"t": "BulletList", "c": [list(self._blocks(item)) for item in inside]}

    def _orderedlist(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        items = [list(self._blocks(item)) for item in inside[1]]
        yield {"t": "OrderedList", "c": [inside[0], items]}

    def _div(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        (_, (name, *_), _), blocks = inside
        if name in word_styles.STYLES:
            yield _styled(name, list(self._blocks(blocks)))
        elif name == "asks":
            yield from self._asked(blocks)
        elif name == "log":
            yield from self._log(blocks)
        elif name == "boxes":
            yield from (box for lists in blocks for box in self._boxes(lists))
        else:
            yield from [_NEW_PAGE] if name == "new-page" else []
            yield from self._blocks(blocks)

    def _boxes(self, block: Block) -> Iterator[Block]:
        for item in block["c"]:
            first, *rest = self._blocks(item)
            yield {"t": "Para", "c": [*tree.words(f"{UNCHECKED} "), *first["c"]]}
            yield from rest

    def _asked(self, blocks: list[Block]) -> Iterator[Block]:
        """Lay a checklist out as a table, and the fields of a template one below the other."""
        asks = [(block, self._asks[tree.item_of(block)]) for block in blocks]
        if all(ask.takes_note for _, ask in asks):
            yield self._checklist(asks)
            return
        for block, ask in asks:
            words, *helps = block["c"][1]
            if ask.kind == "tick" and not helps:
                yield self._ticked(ask, words)
                continue
            yield _styled("label", list(self._blocks([words])))
            yield from self._blocks(map(_of_field, helps))
            given = self._answer(tree.item_of(block))
            control = self._controls.answer(ask.id, ask, given.text if given else "")
            yield _styled("field", [_raw_paragraph(control)])

    def _ticked(self, ask: Ask, words: Block) -> Block:
        """Lay one box of many out in a line of its own."""
        given = self._answer(ask.id)
        box = self._controls.answer(ask.id, ask, given.text if given else "")
        line = [_raw(box), *tree.words(" "), *inlines(words["c"])]
        return _styled("facts", [{"t": "Para", "c": line}])

    def _checklist(self, asks: list[tuple[Block, Ask]]) -> Block:
        rows = []
        for block, ask in asks:
            given = self._answer(tree.item_of(block))
            answer = self._controls.answer(ask.id, ask, given.text if given else "")
            question = list(self._blocks(block["c"][1]))
            beside = list(self._beside(ask.id, given or Answer()))
            rows.append([question, [_raw_paragraph(answer)], beside])
        is_tick = all(ask.kind == "tick" for _, ask in asks)
        names = ("Question", "Done" if is_tick else "Answer", "Notes")
        widths = (0.6, 0.1, 0.3) if is_tick else (0.52, 0.18, 0.3)
        return table(map(tree.words, names), widths, rows)

    def _beside(self, id_: str, answer: Answer) -> Iterator[Block]:
        """Yield the places for a note and, in one short line, for a name and a day."""
        yield _raw_paragraph(self._controls.words(NOTE + id_, "Notes", answer.note))
        owner = self._controls.words(OWNER + id_, WHO, answer.owner, "Name")
        due = self._controls.day(DUE + id_, BY_WHEN, answer.due, "Date")
        name, when = tree.words(f"{WHO}: "), tree.words(f" · {BY_WHEN}:\u00a0")
        line = [*name, _raw(owner), *when, _raw(due)]
        yield _styled("beside", [{"t": "Para", "c": line}])

    def _log(self, blocks: list[Block]) -> Iterator[Block]:
        """Lay a table out: what goes into each column, then rows to write in."""
        asks = [self._asks[tree.item_of(block)] for block in blocks]
        for block in blocks:
            words, *helps = self._blocks(block["c"][1])
            yield _styled("label", [words])
            yield from helps
        given = [self._answer(tree.item_of(block)) for block in blocks]
        count = max(ROWS, *(len(answer.rows) + 1 for answer in given if answer), 0)
        rows = [
            [
                [_raw_paragraph(self._controls.answer(ask.id, ask, _row(answer, number)))]
                for ask, answer in zip(asks, given, strict=True)
            ]
            for number in range(count)
        ]
        names = [inlines(block["c"][1][0]["c"]) for block in blocks]
        yield table(names, [1 / len(asks)] * len(asks), rows)

    def _answer(self, id_: str) -> Answer | None:
        sheet = self._paper.sheet
        return sheet.answers.get(id_) if sheet else None

    def _table(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        attributes, (short, caption), columns, head, bodies, foot = inside
        top = [head[0], self._rows(head[1])]
        rows = [[a, n, self._rows(up), self._rows(down)] for a, n, up, down in bodies]
        said = [short, list(self._blocks(caption))]
        yield {"t": "Table", "c": [attributes, said, columns, top, rows, foot]}

    def _rows(self, rows: list[Any]) -> list[Any]:
        return [
            [attributes, [[*cell[:4], list(self._blocks(cell[4]))] for cell in cells]]
            for attributes, cells in rows
        ]


def _of_field(block: Block) -> Block:
    """Keep what helps with a field on the page of the field."""
    return tree.div(f"field-{tree.class_of(block)}", block["c"][1])


def _row(answer: Answer | None, number: int) -> str:
    if answer is None:
        return ""
    rows = answer.rows or (answer.answer,)
    return rows[number] if number < len(rows) else ""


def table(
    names: Iterable[list[Inline]], widths: Iterable[float], rows: Iterable[Iterable[list[Block]]]
) -> Block:
    """Make a table; ``widths`` are parts of the line and add up to 1."""
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": width}] for width in widths]
    strong = ([{"t": "Plain", "c": [{"t": "Strong", "c": name}]}] for name in names)
    empty = ["", [], []]
    body = [empty, 0, [], [_table_row(row) for row in rows]]
    return {
        "t": "Table",
        "c": [empty, [None, []], columns, [empty, [_table_row(strong)]], [body], [empty, []]],
    }


def _table_row(cells: Iterable[list[Block]]) -> list[Any]:
    empty = ["", [], []]
    return [empty, [[empty, {"t": "AlignDefault"}, 1, 1, blocks] for blocks in cells]]


_NEW_PAGE: Final = {
    "t": "RawBlock",
    "c": ["openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'],
}


def _styled(name: str, blocks: list[Block]) -> Block:
    style = [["custom-style", word_styles.STYLES[name]]]
    return {"t": "Div", "c": [["", [], style], blocks]}


def _raw_paragraph(xml: str) -> Block:
    return {"t": "Plain", "c": [_raw(xml)]}


def _raw(xml: str) -> Inline:
    return {"t": "RawInline", "c": ["openxml", xml]}


def inlines(given: Iterable[Inline]) -> list[Inline]:
    """Give te reo Māori the character style that carries its language."""
    return [_inline(inline) for inline in given]


def _inline(inline: Inline) -> Inline:
    kind = inline["t"]
    inside: Any = inline.get("c")
    if kind == "Span":
        style = [["custom-style", word_styles.TE_REO]] if inside[0][2] else []
        return {"t": kind, "c": [["", [], style], inlines(inside[1])]}
    if kind == "Link":
        return {"t": kind, "c": [inside[0], inlines(inside[1]), inside[2]]}
    if kind in {"Strong", "Emph", "Strikeout", "Superscript", "Subscript", "Underline"}:
        return {"t": kind, "c": inlines(inside)}
    return inline
