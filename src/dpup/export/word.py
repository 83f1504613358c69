"""Word files that people can work in: real styles, and a control for everything to fill in.

Pandoc writes the file from the tree of the document; a pass over it adds what Pandoc lacks.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from dpup.export import form_part, pandoc, tree, word_styles, zips
from dpup.export.boxes import Boxes
from dpup.export.controls import W14
from dpup.export.paper import AUTHOR, LICENCE
from dpup.export.word_tree import WordTree, inlines
from dpup.proposal_forms import FORMS

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

    from dpup.export.pandoc import Block, Inline
    from dpup.export.paper import Paper


def make(paper: Paper, blocks: list[Block]) -> bytes:
    """Give the Word file of a document."""
    body = list(WordTree(paper).document(blocks))
    with tempfile.NamedTemporaryFile(suffix=".docx") as styles:
        Path(styles.name).write_bytes(word_styles.reference())
        title = inlines(tree.marked(paper.title_parts))
        meta: dict[str, str | list[Inline]] = {"title": title, "lang": word_styles.ENGLISH}
        option = f"--reference-doc={styles.name}"
        made = pandoc.write(body, meta, "docx", option, epoch=paper.epoch)
    document = Document(io.BytesIO(made))
    _properties(document, paper)
    _page(document, paper)
    _tables(document)
    _settings(document)
    own = Boxes(document.element.body).loose if paper.id in FORMS else []
    form_part.add(document, paper, (each.text for each in own))
    out = io.BytesIO()
    document.save(out)
    return zips.pack(_passable(zips.unpack(out.getvalue())))


def _passable(files: dict[str, bytes]) -> dict[str, bytes]:
    """Let programs that know no boxes to click pass over them (ISO 29500-3, 10.1)."""
    said = (
        '<w:document xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:w14="{W14}" mc:Ignorable="w14" '
    )
    name = "word/document.xml"
    return {**files, name: files[name].replace(b"<w:document ", said.encode(), 1)}


def _properties(document: WordDocument, paper: Paper) -> None:
    said = document.core_properties
    said.title, said.author, said.subject = paper.title[:_LONGEST], AUTHOR, paper.stamp[:_LONGEST]
    said.language, said.version, said.identifier = word_styles.ENGLISH, paper.version, paper.id
    said.comments = f"Licence: {LICENCE}. An independent restatement, not the official policy."
    said.last_modified_by, said.revision = AUTHOR, 1
    said.created = said.modified = paper.day.replace(tzinfo=None)


# Word takes no more characters in a property.
_LONGEST: Final = 255


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
