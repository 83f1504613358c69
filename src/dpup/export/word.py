"""Word files that people can work in: real styles, and a control for everything to fill in.

Pandoc writes the file from the tree of the document; a pass over it adds what Pandoc lacks.
"""

from __future__ import annotations

import io
import itertools
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from dpup.export import form_part, pandoc, tree, word_styles, zips
from dpup.export.controls import NOTE, UNCHECKED, Controls
from dpup.export.paper import AUTHOR, LICENCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

    from dpup.answers import Answer
    from dpup.asks import Ask
    from dpup.export.pandoc import Block, Inline
    from dpup.export.paper import Paper

ROWS: Final = 8
"""Empty rows of a table to fill in; people copy a row when they need more."""


def make(paper: Paper, blocks: list[Block]) -> bytes:
    """Give the Word file of a document."""
    body = list(_Writer(paper).document(blocks))
    with tempfile.NamedTemporaryFile(suffix=".docx") as styles:
        Path(styles.name).write_bytes(word_styles.reference())
        meta = {"title": paper.title, "lang": word_styles.ENGLISH}
        option = f"--reference-doc={styles.name}"
        made = pandoc.write(body, meta, "docx", option, epoch=paper.epoch)
    document = Document(io.BytesIO(made))
    _properties(document, paper)
    _page(document, paper)
    _tables(document)
    _settings(document)
    form_part.add(document, paper)
    out = io.BytesIO()
    document.save(out)
    return zips.pack(zips.unpack(out.getvalue()))


class _Writer:
    """Turns the tree of a document into one whose classes are styles of Word."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._asks = paper.asks
        self._controls = Controls()

    def document(self, blocks: list[Block]) -> Iterator[Block]:
        if self._paper.address:
            link = {
                "t": "Link",
                "c": [["", [], []], tree.words(self._paper.address), [self._paper.address, ""]],
            }
            yield _styled("refs", [{"t": "Para", "c": [link]}])
        yield from self._blocks(blocks)
        strangers = self._paper.strangers
        if strangers:
            yield tree.header(1, "Answers to what this version does not ask")
            yield from itertools.chain.from_iterable(
                self._stranger(id_, answer) for id_, answer in strangers.items()
            )

    def _stranger(self, id_: str, answer: Answer) -> Iterator[Block]:
        yield _styled("label", [{"t": "Para", "c": tree.words(id_)}])
        texts = answer.rows or (answer.answer,)
        parts = [self._controls.words(id_, id_, text) for text in texts]
        parts.append(self._controls.words(NOTE + id_, "Note", answer.note))
        yield from (_raw_paragraph(part) for part in parts)

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            write = getattr(self, f"_{block['t'].lower()}", None)
            if write is None:
                yield block
            else:
                yield from write(block.get("c"))

    def _para(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401 - the shapes are Pandoc's
        yield {"t": "Para", "c": _inlines(inside)}

    def _plain(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        yield {"t": "Plain", "c": _inlines(inside)}

    def _header(self, inside: Any) -> Iterator[Block]:  # noqa: ANN401
        level, (anchor, classes, _), text = inside
        if classes:
            yield _NEW_PAGE
        yield {"t": "Header", "c": [level, [anchor, [], []], _inlines(text)]}

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
            words, *helps = self._blocks(block["c"][1])
            yield _styled("label", [words])
            yield from helps
            given = self._answer(tree.item_of(block))
            control = self._controls.answer(ask.id, ask, given.text if given else "")
            yield _styled("field", [_raw_paragraph(control)])

    def _checklist(self, asks: list[tuple[Block, Ask]]) -> Block:
        rows = []
        for block, ask in asks:
            given = self._answer(tree.item_of(block))
            answer = self._controls.answer(ask.id, ask, given.answer if given else "")
            note = self._controls.words(NOTE + ask.id, "Notes", given.note if given else "")
            question = list(self._blocks(block["c"][1]))
            rows.append([question, [_raw_paragraph(answer)], [_raw_paragraph(note)]])
        is_tick = all(ask.kind == "tick" for _, ask in asks)
        names = ("Question", "Done" if is_tick else "Answer", "Notes")
        widths = (0.6, 0.1, 0.3) if is_tick else (0.52, 0.18, 0.3)
        return table(names, widths, rows)

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
        yield table([ask.text for ask in asks], [1 / len(asks)] * len(asks), rows)

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


def _row(answer: Answer | None, number: int) -> str:
    if answer is None:
        return ""
    rows = answer.rows or (answer.answer,)
    return rows[number] if number < len(rows) else ""


def table(
    names: Iterable[str], widths: Iterable[float], rows: Iterable[Iterable[list[Block]]]
) -> Block:
    """Make a table; ``widths`` are parts of the line and add up to 1."""
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": width}] for width in widths]
    strong = ([{"t": "Plain", "c": [{"t": "Strong", "c": tree.words(name)}]}] for name in names)
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
    return {"t": "Plain", "c": [{"t": "RawInline", "c": ["openxml", xml]}]}


def _inlines(inlines: Iterable[Inline]) -> list[Inline]:
    return [_inline(inline) for inline in inlines]


def _inline(inline: Inline) -> Inline:
    """Give te reo Māori the character style that carries its language."""
    kind = inline["t"]
    inside: Any = inline.get("c")
    if kind == "Span":
        style = [["custom-style", word_styles.TE_REO]] if inside[0][2] else []
        return {"t": kind, "c": [["", [], style], _inlines(inside[1])]}
    if kind == "Link":
        return {"t": kind, "c": [inside[0], _inlines(inside[1]), inside[2]]}
    if kind in {"Strong", "Emph", "Strikeout", "Superscript", "Subscript", "Underline"}:
        return {"t": kind, "c": _inlines(inside)}
    return inline


def _properties(document: WordDocument, paper: Paper) -> None:
    said = document.core_properties
    said.title, said.author, said.subject = paper.title, AUTHOR, paper.stamp
    said.language, said.version, said.identifier = word_styles.ENGLISH, paper.version, paper.id
    said.comments = f"Licence: {LICENCE}. An independent restatement, not the official policy."
    said.last_modified_by, said.revision = AUTHOR, 1
    said.created = said.modified = paper.day.replace(tzinfo=None)


def _page(document: WordDocument, paper: Paper) -> None:
    section = document.sections[0]
    if paper.is_wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        width, height = section.page_width, section.page_height
        section.page_width, section.page_height = height, width
    foot = section.footer.paragraphs[0]
    foot.style = document.styles["References"]
    foot.add_run(f"{paper.title} · {paper.stamp} · {LICENCE} · page ")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    """Add a field that Word computes, with 1 to show until it does."""
    text = f'<w:fldSimple {nsdecls("w")} w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(text))  # noqa: SLF001 - python-docx has no fields


def _tables(document: WordDocument) -> None:
    """Repeat the head of each table on every page, and keep its rows whole."""
    for found in document.element.body.iter(qn("w:tbl")):
        rows = found.findall(qn("w:tr"))
        for row in rows:
            _mark(row, "w:cantSplit")
        if rows and found.find(f".//{qn('w:tblHeader')}") is None:
            _mark(rows[0], "w:tblHeader")


def _mark(row: Any, name: str) -> None:  # noqa: ANN401 - an element of lxml
    row.get_or_add_trPr().append(parse_xml(f"<{name} {nsdecls('w')}/>"))


def _settings(document: WordDocument) -> None:
    settings = document.settings.element
    for lang in settings.iter(qn("w:themeFontLang")):
        lang.set(qn("w:val"), word_styles.ENGLISH)
    for state in list(settings.iter(qn("w:proofState"))):
        settings.remove(state)
    # Without it Word shows the file in its compatibility mode.
    uri = "http://schemas.microsoft.com/office/word"
    mode = f'<w:compatSetting w:name="compatibilityMode" w:uri="{uri}" w:val="15"/>'
    if settings.find(qn("w:compat")) is None:
        compat = parse_xml(f"<w:compat {nsdecls('w')}>{mode}</w:compat>")
        settings.find(qn("w:rsids")).addprevious(compat)
