"""What somebody did to a Word form besides typing into its boxes: nothing is lost unsaid."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from dpup.export import form_part, read_word
from dpup.export.controls import tag
from proposing import PRACTICE
from test_intake import edited, filled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


def box(document: Any, name: str) -> Any:
    return next(
        control
        for control in document.element.body.iter(qn("w:sdt"))
        if control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == tag(name)
    )


def test_footnotes_headers_and_pictures_are_told_whole(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    long = "A long remark about where all of this comes from, and why it is so. " * 5

    def change(document: Any) -> None:
        xml = (
            f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'><w:p><w:r><w:t>{long}</w:t></w:r>"
            "</w:p></w:footnote></w:footnotes>"
        )
        package = document.part.package
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        for key, each in list(document.part.rels.items()):
            if each.reltype == FOOTNOTES:
                del document.part.rels[key]
        part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), package)
        document.part.relate_to(part, FOOTNOTES)
        document.add_picture(io.BytesIO(DOT))
        document.sections[0].header.paragraphs[0].text = "From my desk"

    result = edited(project(), tmp_path, "guide", change)
    assert result.exit_code == 0
    assert sorted(result.stderr.splitlines()) == [
        f"A footnote is not in the file: {long.strip()}",
        "A header is not in the file: From my desk",
        "A picture is not in the file. Say in words what it shows.",
    ]


def test_a_document_inside_of_the_form_is_told(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    def change(document: Any) -> None:
        chunk = parse_xml(f"<w:altChunk {nsdecls('w', 'r')} r:id='rId1'/>")
        document.element.body.insert(0, chunk)

    assert edited(project(), tmp_path, "guide", change).stderr == (
        "A document that was put into the form is not in the file. Copy its words into boxes.\n"
    )


def test_words_in_merged_cells_stay_in_the_column_where_they_start(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    def change(document: Any) -> None:
        table = document.tables[0]
        cells = table.add_row().cells
        cells[0].merge(cells[1]).text = "Last"
        cells[2].text = "Have we said thanks?"
        cells[3].merge(cells[4]).text = PRACTICE
        below = table.add_row().cells
        below[2].text = "Have we asked again?"
        below[3].text = PRACTICE
        below[4].text = "Kindly."
        table.rows[-3].cells[0].merge(table.rows[-4].cells[0])

    root = project()
    result = edited(root, tmp_path, "checklist", change)
    assert result.exit_code == 0, result.output
    text = (root / "content/toolkit/nga-patai-before-you-call.md").read_text(encoding="utf-8")
    assert (
        "    title: Last\n"
        "    items:\n"
        "      - id: have-we-said-thanks\n"
        "        question: Have we said thanks?\n"
        f"        supports: [{PRACTICE}]\n"
        "      - id: have-we-asked-again\n"
        "        question: Have we asked again?\n"
        f"        supports: [{PRACTICE}]\n"
        "        hint: Kindly.\n"
    ) in text
    assert result.stderr == ""


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


TEXT_BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent>"
    f"<w:p>{run('boxed')}</w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    f"<w:txbxContent><w:p>{run('boxed')}</w:p></w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
INSIDE = {
    "an insertion that is tracked": (f"<w:ins w:id='1'>{run('in')}</w:ins>", "in"),
    "a deletion that is tracked": (
        f"{run('in')}<w:del w:id='1'><w:r><w:delText>out</w:delText></w:r></w:del>",
        "in",
    ),
    "a move that is tracked": (
        f"<w:moveFrom w:id='1'>{run('old')}</w:moveFrom><w:moveTo w:id='2'>{run('new')}</w:moveTo>",
        "new",
    ),
    "a field": (f"<w:fldSimple w:instr=' PAGE '>{run('one')}</w:fldSimple>", "one"),
    "a field in parts": (
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
            "<w:r><w:instrText>DATE</w:instrText></w:r>"
            f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('today')}"
            "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        ),
        "today",
    ),
    "a link": (f"{run('see ')}<w:hyperlink w:anchor='x'>{run('here')}</w:hyperlink>", "see here"),
    "a smart tag": (f"<w:smartTag w:element='x'>{run('Te Aka')}</w:smartTag>", "Te Aka"),
    "tabs and breaks": (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:ptab/><w:t>d</w:t></w:r>",
        "a\tb\nc\td",
    ),
    "a hyphen that holds": ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>", "a\u2011b"),
    "a control in a control": (
        f"{run('a ')}<w:sdt><w:sdtPr/><w:sdtContent>{run('b')}</w:sdtContent></w:sdt>",
        "a b",
    ),
    "a text box": (f"{TEXT_BOX}{run('after')}", "boxed\nafter"),
    "a formula": ("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", "x+1"),
    "a letter in a font of symbols": (
        f"{run('a')}<w:r><w:sym w:font='Wingdings' w:char='F04A'/></w:r>",
        "a\ufffd",
    ),
}


@pytest.mark.parametrize("what", INSIDE)
def test_what_word_can_put_into_a_box_is_read(what: str, project: Callable[..., Path]) -> None:
    xml, expected = INSIDE[what]
    document = Document(io.BytesIO(filled(project(), "guide", {})))
    control = box(document, "propose-guide.body")
    hint = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
    hint.getparent().remove(hint)
    new = parse_xml(f"<w:sdtContent {nsdecls('w')} {MC} {MATH}>{xml}</w:sdtContent>")
    control.replace(control.find(qn("w:sdtContent")), new)
    out = io.BytesIO()
    document.save(out)
    sheet = read_word.read(out.getvalue(), "x.docx")
    assert sheet.answers["propose-guide.body"].answer == expected
    assert sheet.notes == ()


def test_a_text_box_beside_the_boxes_is_told_once(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    def change(document: Any) -> None:
        xml = f"<w:p {nsdecls('w')} {MC}>{TEXT_BOX}</w:p>"
        document.element.body.insert(0, parse_xml(xml))

    assert edited(project(), tmp_path, "guide", change).stderr == (
        "This stands in no box and is not in the file: boxed\n"
    )


def test_of_an_older_form_is_said_what_can_not_be_told(
    project: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(document: Any) -> None:
        document.add_paragraph("PS: call me")

    add = form_part.add
    monkeypatch.setattr(form_part, "add", lambda document, paper, _: add(document, paper))
    result = edited(project(), tmp_path, "guide", change)
    assert result.exit_code == 0
    assert result.stderr == (
        "This form is older, and what was written beside its boxes can't be told. Look at the form "
        "whether anything stands there, and take a fresh form next time.\n"
    )


def test_what_is_left_out_is_told_whole(project: Callable[..., Path], tmp_path: Path) -> None:
    long = f"Please also say this, {PRACTICE}: " + "it matters to people. " * 20

    def change(document: Any) -> None:
        document.add_paragraph(long)

    assert edited(project(), tmp_path, "guide", change).stderr == (
        f"This stands in no box and is not in the file: {long.strip()}\n"
    )
