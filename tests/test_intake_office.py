"""Word forms that LibreOffice saved: older ones drop tags of controls and run lines together."""

from __future__ import annotations

import copy
import io
import subprocess
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from dpup import answers
from dpup.cli import main
from dpup.export import make, read_word
from dpup.export.controls import W14
from dpup.export.opened import TOO_MUCH
from dpup.export.paper import Press
from dpup.library import load
from helpers import soffice
from proposing import FILLED
from test_intake import filled, form, intake

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TOLD = (
    "The program that saved this form dropped the marks of its boxes. They were told by their "
    "names and their order. Line breaks may be gone: read what was written in each box.\n"
)
GONE = (
    "x.docx: The boxes and fields of this form are gone; the program that saved it may not know "
    "them. Fill in a fresh copy with Word or a newer LibreOffice{}."
)
TOGETHER = (
    "x.docx: The program that saved this form has run the lines of these boxes together: {}. Use "
    "the file from before it was saved so, or write these boxes anew in Word or a newer "
    "LibreOffice, in a fresh copy."
)


def controls(document: Any) -> list[Any]:
    return list(document.element.body.iter(qn("w:sdt")))


def without_tags(data: bytes) -> Any:
    """Do what LibreOffice 7.4 does to controls: no tags, few names, no hints, one control more."""
    document = Document(io.BytesIO(data))
    for control in controls(document):
        properties = control.find(qn("w:sdtPr"))
        is_words = properties.find(qn("w:text")) is not None
        drop = ["w:tag", "w:showingPlcHdr"] if is_words else ["w:tag", "w:alias", "w:id"]
        for name in drop:
            for each in properties.findall(qn(name)):
                properties.remove(each)
    first = document.element.body.find(qn("w:p"))
    around = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:id w:val='1'/><w:alias w:val='Frontline'/></w:sdtPr>"
        "<w:sdtContent/></w:sdt>"
    )
    first.addprevious(around)
    around.find(qn("w:sdtContent")).append(first)
    return document


def named(document: Any, name: str) -> list[Any]:
    return [
        control
        for control in controls(document)
        if any(e.get(qn("w:val")) == name for e in control.iter(qn("w:alias")))
        and control.find(f"{qn('w:sdtPr')}/{qn('w:text')}") is not None
    ]


def read(document: Any) -> answers.Sheet:
    out = io.BytesIO()
    document.save(out)
    return read_word.read(out.getvalue(), "x.docx")


def refused(document: Any) -> str:
    with pytest.raises(answers.AnswersError) as error:
        read(document)
    return str(error.value)


def said(sheet: answers.Sheet) -> dict[str, Any]:
    return {id_: a.rows or a.answer for id_, a in sheet.answers.items() if not a.is_empty}


@pytest.mark.parametrize("kind", FILLED)
def test_boxes_without_tags_are_told_by_name_and_order(
    kind: str, project: Callable[..., Path]
) -> None:
    data = filled(project(), kind, FILLED[kind])
    sheet = read(without_tags(data))
    whole = read_word.read(data, "x.docx")
    assert said(sheet) == said(whole) != {}
    assert sheet.notes == (TOLD.strip(),)


@pytest.mark.parametrize(
    ("id_", "name", "key"),
    [
        ("before-you-start", "Notes", "before-you-start.told"),
        (
            "what-service-users-need-to-know",
            "What we collect",
            "what-service-users-need-to-know.what",
        ),
    ],
)
def test_a_checklist_and_a_notice_are_told_too(
    id_: str, name: str, key: str, project: Callable[..., Path]
) -> None:
    paper = Press(load(project())).find(id_)
    assert paper is not None
    document = without_tags(make.one(paper, "docx"))
    next(named(document, name)[-1].iter(qn("w:t"))).text = "Some words"
    [(found, answer)] = ((i, a) for i, a in read(document).answers.items() if not a.is_empty)
    assert (found, answer.answer or answer.note) == (key, "Some words")


def test_answers_read_says_how_boxes_were_told(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    root = project()
    paper = Press(load(root)).find("before-you-start")
    assert paper is not None
    file = tmp_path / "x.docx"
    without_tags(make.one(paper, "docx")).save(str(file))
    result = CliRunner().invoke(main, ["answers", "read", str(file), "--root", str(root)])
    assert result.exit_code == 0
    assert result.stderr == TOLD


def test_lines_that_somebody_started_in_a_box_come_back(project: Callable[..., Path]) -> None:
    """A new paragraph ends the control and begins another; a break is written as nothing."""
    document = without_tags(filled(project(), "guide", {}))
    [tasks], [title] = named(document, "Tasks"), named(document, "Title")
    next(tasks.iter(qn("w:t"))).text = "call a client"
    paragraph = tasks.getparent()
    last = copy.deepcopy(paragraph)
    rest = last.find(qn("w:sdt"))
    rest.find(qn("w:sdtContent")).find(qn("w:r")).remove(next(rest.iter(qn("w:t"))))
    second = parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>ring a bell</w:t></w:r></w:p>")
    rest.addprevious(parse_xml(f"<w:r {nsdecls('w')}><w:t>write</w:t></w:r>"))
    paragraph.addnext(second)
    second.addnext(last)
    text = next(title.iter(qn("w:t")))
    text.text = "How to"
    text.addnext(parse_xml(f"<w:t {nsdecls('w')}>call</w:t>"))
    assert said(read(document)) == {
        "propose-guide.title": "How to\ncall",
        "propose-guide.tasks": "call a client\nring a bell\nwrite",
    }


def test_lines_that_ran_together_are_told(project: Callable[..., Path]) -> None:
    document = without_tags(filled(project(), "guide", FILLED["guide"]))
    for name in ("Title", "Text"):
        [box] = named(document, name)
        box.addprevious(parse_xml(f"<w:r {nsdecls('w')}><w:br/></w:r>"))
    assert refused(document) == TOGETHER.format("Title, Text")


def drop_box(document: Any) -> None:
    [box] = named(document, "Minutes")
    box.getparent().remove(box)


def rename(document: Any) -> None:
    [box] = named(document, "Minutes")
    box.find(f"{qn('w:sdtPr')}/{qn('w:alias')}").set(qn("w:val"), "Hours")


def double(document: Any) -> None:
    [box] = named(document, "Minutes")
    box.addnext(copy.deepcopy(box))


def swap(document: Any) -> None:
    [one], [other] = named(document, "Minutes"), named(document, "Tasks")
    one.getparent().addnext(other.getparent())


def more_ticks(document: Any) -> None:
    box = next(document.element.body.iter(f"{{{W14}}}checkbox")).getparent().getparent()
    box.addnext(copy.deepcopy(box))


def in_a_row(document: Any) -> None:
    box = named(document, "Hint")[3]
    box.getparent().remove(box)


def table_between(document: Any) -> None:
    [box] = named(document, "Minutes")
    paragraph = box.getparent()
    paragraph.addnext(copy.deepcopy(paragraph))
    paragraph.addnext(copy.deepcopy(next(document.element.body.iter(qn("w:tbl")))))


UNSURE = (drop_box, rename, double, swap, more_ticks, in_a_row, table_between)


@pytest.mark.parametrize("change", UNSURE, ids=lambda change: change.__name__)
def test_what_is_not_certain_is_refused(
    change: Callable[[Any], None], project: Callable[..., Path]
) -> None:
    document = without_tags(filled(project(), "checklist", FILLED["checklist"]))
    change(document)
    assert refused(document) == GONE.format("")


def test_a_form_that_holds_far_too_much_is_still_refused(project: Callable[..., Path]) -> None:
    data = filled(project(), "guide", {})
    document = without_tags(data)
    [box] = named(document, "Title")
    inner, [other] = box, named(document, "Minutes")
    for _ in range(25):
        content = inner.find(qn("w:sdtContent"))
        inner = copy.deepcopy(other)
        content.append(inner)
    assert refused(document) == f"x.docx: {TOO_MUCH}"
    document = without_tags(data)
    [box] = named(document, "Title")
    for _ in range(20_000):
        box.addnext(copy.deepcopy(box))
    assert refused(document) == f"x.docx: {TOO_MUCH}"


MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{}</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
<library:element library:name="Module1"/></library:library>
"""
TYPE = """
Sub Main(src As String, dst As String)
  Dim p(0) As New com.sun.star.beans.PropertyValue
  p(0).Name = "Hidden" : p(0).Value = True
  doc = StarDesktop.loadComponentFromURL(src, "_blank", 0, p())
  s = doc.createSearchDescriptor()
  s.SearchString = "Write here"
  f = doc.findFirst(s)
  n = 0
  Do While Not IsNull(f)
    c = f.Text.createTextCursorByRange(f)
    n = n + 1
    c.String = "one " & n
    c.collapseToEnd()
    f.Text.insertControlCharacter(c, n Mod 2, False)
    f.Text.insertString(c, "two", False)
    c.collapseToEnd()
    f.Text.insertControlCharacter(c, n Mod 2, False)
    f.Text.insertString(c, "three", False)
    f = doc.findNext(c.End, s)
  Loop
  Dim q(0) As New com.sun.star.beans.PropertyValue
  q(0).Name = "FilterName" : q(0).Value = "MS Word 2007 XML"
  doc.storeToURL(dst, q())
  doc.close(True)
End Sub
"""


def office(tmp_path: Path, *words: str) -> None:
    program = soffice()
    assert program is not None
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    subprocess.run(
        [program, home, "--headless", *words],
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )


@pytest.mark.office
def test_a_form_that_libreoffice_saved_is_read_or_refused_with_a_cure(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    """It runs lines together where another program filled in the form: those it names."""
    root = project()
    files = [form(tmp_path, root, kind) for kind in FILLED]
    saved = tmp_path / "saved"
    office(tmp_path, "--convert-to", "docx", "--outdir", str(saved), *map(str, files))
    for file in files:
        out, again = (tmp_path / f"{file.stem}.{name}" for name in ("out", "again"))
        assert intake(root, file, "--out", out).exit_code == 0
        result = intake(root, saved / file.name, "--out", again)
        if result.exit_code:
            assert "has run the lines of these boxes together: " in result.stderr
            assert file.stem in {"checklist", "case-study", "term"}
        else:
            assert again.read_bytes() == out.read_bytes()
            assert result.stderr in {"", TOLD}


@pytest.mark.office
@pytest.mark.parametrize("kind", ["guide", "checklist"])
def test_what_somebody_typed_in_libreoffice_is_read_line_by_line(
    kind: str, project: Callable[..., Path], tmp_path: Path
) -> None:
    office(tmp_path, "--terminate_after_init")
    basic = tmp_path / "home/user/basic/Standard"
    basic.mkdir(parents=True, exist_ok=True)
    (basic / "Module1.xba").write_text(MACRO.format(escape(TYPE)), encoding="utf-8")
    (basic / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    (tmp_path / "empty.docx").write_bytes(filled(project(), kind, {}))
    addresses = f'"file://{tmp_path}/empty.docx","file://{tmp_path}/typed.docx"'
    office(tmp_path, f"macro:///Standard.Module1.Main({addresses})")
    found = said(read_word.read((tmp_path / "typed.docx").read_bytes(), "typed.docx"))
    texts = [t for v in found.values() for t in (v if isinstance(v, tuple) else (v,))]
    places = {"guide": 7, "checklist": 49}[kind]
    assert sorted(texts) == sorted(f"one {n + 1}\ntwo\nthree" for n in range(places))
