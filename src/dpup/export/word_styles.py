"""The styles of every Word file: Pandoc's own reference document, made ours when it is needed.

Real styles, so that an agency can give all its copies another look by changing them once.
"""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from dpup.export import pandoc

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle

FONT: Final = "Calibri"
INK: Final = RGBColor(0x1A, 0x1A, 0x1A)
SOFT: Final = RGBColor(0x45, 0x45, 0x45)
ENGLISH: Final = "en-NZ"
MAORI: Final = "mi-NZ"
TE_REO: Final = "Te reo Māori"
PLACEHOLDER: Final = "Placeholder Text"
STYLES: Final = {
    "lead": "Lead",
    "caution": "Caution",
    "awaiting": "Awaiting review",
    "note": "Note",
    "beside": "Beside",
    "core": "Note",
    "question": "Hint",
    "intro": "Section intro",
    "prompt": "Prompt",
    "hint": "Hint",
    "refs": "References",
    "facts": "Facts",
    "facets": "References",
    "lines": "References",
    "label": "Label",
    "slide-label": "Label",
    "notice": "Notice",
    "field": "Field",
    "field-prompt": "Field prompt",
    "field-hint": "Field hint",
    "field-refs": "Field references",
}
"""What each class of the tree is called in Word."""
_PARAGRAPHS: Final[dict[str, dict[str, Any]]] = {
    "Lead": {"size": 13, "after": 10},
    "Caution": {"bold": True, "bar": True},
    "Awaiting review": {"size": 9.5, "bar": True, "after": 6},
    "Note": {"bar": True},
    "Section intro": {"keep": True},
    "Prompt": {"after": 3},
    "Hint": {"soft": True, "after": 3},
    "References": {"size": 8.5, "soft": True, "after": 4},
    "Facts": {"after": 3},
    "Beside": {"size": 9.5, "before": 2, "after": 2},
    "Label": {"bold": True, "before": 8, "after": 3, "keep": True},
    "Notice": {"bar": True},
    "Field prompt": {"after": 3, "keep": True},
    "Field hint": {"soft": True, "after": 3, "keep": True},
    "Field references": {"size": 8.5, "soft": True, "after": 4, "keep": True},
    "Field": {"box": True, "before": 4, "after": 10},
}
_HEADINGS: Final = ((16, 18), (13, 14), (11.5, 10), (11, 8))


@functools.cache
def reference() -> bytes:
    """Give the reference document that Pandoc takes styles and page from."""
    document = Document(io.BytesIO(pandoc.default_file("reference.docx")))
    _defaults(document)
    for name in ("Title", "Normal", "Body Text", "First Paragraph", "Compact", "Table Caption"):
        _plain(document.styles[name])
    _text(document)
    _headings(document)
    for name, look in _PARAGRAPHS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Body Text"]
        _look(style, **look)
    _characters(document)
    _table(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _defaults(document: WordDocument) -> None:
    run = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for lang in run.findall(qn("w:lang")):
        lang.set(qn("w:val"), ENGLISH)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(17), Mm(20)
    section.header_distance = section.footer_distance = Mm(9)
    section.gutter = Mm(0)


def _plain(style: Any) -> None:  # noqa: ANN401 - python-docx types a style by its kind
    style.font.name = FONT
    # The default theme would win over the name of a font.
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    fonts.set(qn("w:cs"), FONT)


def _text(document: WordDocument) -> None:
    for name, after in (("Normal", 6), ("Body Text", 6), ("First Paragraph", 6), ("Compact", 2)):
        style = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(11), INK
        style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.widow_control = True
    title = document.styles["Title"]
    title.font.size, title.font.bold, title.font.color.rgb = Pt(22), True, INK
    title.paragraph_format.alignment = 0
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(0), Pt(8)
    caption = document.styles["Table Caption"]
    caption.font.italic, caption.font.bold, caption.font.color.rgb = False, True, INK
    caption.paragraph_format.keep_with_next = True


def _headings(document: WordDocument) -> None:
    for level, (size, before) in enumerate(_HEADINGS, 1):
        style = document.styles[f"Heading {level}"]
        _plain(style)
        style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
        style.font.color.rgb = INK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
        style.paragraph_format.keep_with_next = True


def _look(  # noqa: PLR0913 - one keyword for each thing a style can say
    style: ParagraphStyle,
    *,
    size: float = 0,
    before: float = 0,
    after: float = 6,
    bold: bool = False,
    soft: bool = False,
    bar: bool = False,
    box: bool = False,
    keep: bool = False,
) -> None:
    if size:
        style.font.size = Pt(size)
    if bold:
        style.font.bold = True
    style.font.color.rgb = SOFT if soft else INK
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.keep_with_next = keep
    style.quick_style = True
    if bar:
        _border(style, '<w:left w:val="single" w:sz="18" w:space="8" w:color="1A1A1A"/>')
        style.paragraph_format.left_indent = Mm(4)
    if box:
        line = 'w:val="single" w:sz="6" w:space="4" w:color="595959"'
        _border(style, "".join(f"<w:{side} {line}/>" for side in _SIDES))
        style.paragraph_format.left_indent = style.paragraph_format.right_indent = Mm(1.5)


_SIDES: Final = ("top", "left", "bottom", "right")


def _border(style: ParagraphStyle, lines: str) -> None:
    border = parse_xml(f"<w:pBdr {nsdecls('w')}>{lines}</w:pBdr>")
    style.element.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _characters(document: WordDocument) -> None:
    reo = document.styles.add_style(TE_REO, WD_STYLE_TYPE.CHARACTER)
    lang = parse_xml(f'<w:lang {nsdecls("w")} w:val="{MAORI}"/>')
    reo.element.get_or_add_rPr().append(lang)
    placeholder = document.styles.add_style(PLACEHOLDER, WD_STYLE_TYPE.CHARACTER)
    placeholder.font.color.rgb = SOFT
    link = document.styles["Hyperlink"]
    link.font.color.rgb, link.font.underline = RGBColor(0x0B, 0x4F, 0x82), True
    code = document.styles["Verbatim Char"]
    _plain(code)
    code.font.size = None


def _table(document: WordDocument) -> None:
    """Give tables fine lines between rows, and room in their cells."""
    properties = document.styles["Table"].element.find(qn("w:tblPr"))
    line = 'w:val="single" w:sz="4" w:space="0" w:color="8C8C8C"'
    sides = "".join(f"<w:{side} {line}/>" for side in ("top", "bottom", "insideH"))
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")
    margin = properties.find(qn("w:tblCellMar"))
    margin.addprevious(borders)
    for side in ("top", "bottom"):
        margin.find(qn(f"w:{side}")).set(qn("w:w"), "60")
