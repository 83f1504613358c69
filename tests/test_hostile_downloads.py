r"""Hostile words in fields and answers: every format shows them as text and obeys none.

U+202E and its kin, which turn the words after them round, become U+FFFD in every document, as do
characters that XML can't hold. `dpup check` refuses them in content; answers may come with them.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import itertools
import json
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pikepdf
import pytest
import yaml
from lxml import etree
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTTextContainer, LTTextLine
from pptx import Presentation

from dpup import asks
from dpup.answers import Answer, Sheet
from dpup.export import filled, make, pandoc, rows
from dpup.export.paper import Paper, Press
from dpup.library import load
from helpers import edit, make_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pdfminer.layout import LTPage

HOSTILE = {
    "link": '=HYPERLINK("http://x.example","y")',
    "sum": "@SUM(1)",
    "plus": "+1",
    "minus": "-1",
    "cdata": "]]>",
    "read": '#read("/etc/passwd")',
    "let": "#let x = 1",
    "maths": "$x$",
    "word": "<w:p>",
    "script": "<script>alert(1)</script>",
    "entity": "&amp;",
    "tex": r"\input{/etc/passwd}",
    "pdf": "%PDF",
    "markdown": "[a](http://x.example) ![b](http://x.example) `c` *d* # e",
    "field": '{ HYPERLINK "http://x.example" }',
    "front": "--- title: x ---",
}
STRANGE = {
    "emoji": ("😀", "[grinning face]"),
    "arabic": (
        "سلام",
        "[arabic letter seen, arabic letter lam, arabic letter alef, arabic letter meem]",
    ),
    "hebrew": (
        "שלום",
        "[hebrew letter shin, hebrew letter lamed, hebrew letter vav, hebrew letter final mem]",
    ),
    "macron": ("x\u0304", "x\u0304"),
    "control": ("a\x07b\x00c", "a[replacement character]b[replacement character]c"),
    "turned": ("a\u202eb\u2066c", "a[replacement character]b[replacement character]c"),
}
GUIDELINE = "content/guidelines/purpose-matters.md"
CHECKLIST = "content/toolkit/before-you-start.md"
TEMPLATE = "content/toolkit/what-service-users-need-to-know.md"
SESSION = "content/toolkit/a-session.md"
ALL = " ¶ ".join(HOSTILE.values())
PLACES = (
    (GUIDELINE, "Know why before you collect."),
    (GUIDELINE, "Write down why."),
    (GUIDELINE, "title: Purpose Matters"),
    (CHECKLIST, "title: Before you start"),
    (CHECKLIST, "A sentence will do."),
    (CHECKLIST, "summary: Before you start, a sample."),
    (TEMPLATE, "label: What we collect"),
    (TEMPLATE, "prompt: Name it plainly."),
    (TEMPLATE, "example: your name"),
    (TEMPLATE, "title: Log"),
    (SESSION, "[Say hello.]"),
    (SESSION, "title: Hello"),
    (SESSION, "[Welcome]"),
)


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    root = make_project(tmp_path_factory.mktemp("hostile") / "project")
    text = json.dumps(ALL, ensure_ascii=False)
    for path, old in PLACES:
        key, colon, _ = old.partition(": ")
        new = f"[{text}]" if old.startswith("[") else f"{key}{colon}{text}" if colon else text
        edit(root / path, old, new)
    edit(root / TEMPLATE, "limit: 200", "limit: 2000")
    library = load(root)
    assert library.problems == ()
    return Press(library, "https://dpup.example/")


def plain(text: str) -> str:
    """Leave only what is neither white space nor a chance to break a line."""
    return re.sub(r"[\s\u200b\u00ad]", "", text)


def pdf_text(data: bytes) -> str:
    # Lines of a page run on over its footer, so each is looked for on its own.
    return extract_text(io.BytesIO(data))


def links_of(data: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(data)) as document:
        notes = [note for page in document.pages for note in page.get("/Annots", [])]
        return {str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A}


def members(data: bytes) -> Iterator[tuple[str, etree._Element]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels", ".xhtml", ".opf", ".ncx")):
                yield name, etree.fromstring(archive.read(name))


def names(data: bytes) -> set[str]:
    return {str(e.tag) for _, root in members(data) for e in root.iter(etree.Element)}


def words_of(data: bytes, part: str) -> str:
    return " ".join(
        text for name, root in members(data) if part in name for text in root.itertext()
    )


def targets(data: bytes) -> set[str]:
    """Give every place outside that a file links to."""
    return {
        value
        for _, root in members(data)
        for element in root.iter(etree.Element)
        for name, value in element.attrib.items()
        if etree.QName(name).localname in {"Target", "href", "src"} and "x.example" in value
    }


PAPERS = ("purpose-matters", "before-you-start", "what-service-users-need-to-know", "a-session")


@pytest.mark.parametrize("id_", [*PAPERS, "whole-toolkit", "whole-policy"])
@pytest.mark.parametrize("offer", ["pdf", "large-print"])
def test_a_pdf_shows_hostile_words_and_leads_nowhere(press: Press, id_: str, offer: str) -> None:
    data = make.one(press.find(id_), offer)
    text = plain(pdf_text(data))
    missing = [name for name, words in HOSTILE.items() if plain(words) not in text]
    assert missing == []
    assert "root:" not in text
    assert {link for link in links_of(data) if "x.example" in link} == set()
    with pikepdf.open(io.BytesIO(data)) as document:
        assert "/OpenAction" not in document.Root
        assert "/AcroForm" not in document.Root


@pytest.mark.parametrize("id_", PAPERS)
def test_a_word_file_shows_hostile_words_and_leads_nowhere(press: Press, id_: str) -> None:
    data = make.one(press.find(id_), "docx")
    text = plain(words_of(data, "word/document.xml"))
    assert [name for name, words in HOSTILE.items() if plain(words) not in text] == []
    assert targets(data) == set()
    fields = {
        e.get(next(iter(e.attrib))) for _, root in members(data) for e in root.iter("{*}fldSimple")
    }
    assert fields == {" PAGE ", " NUMPAGES "}
    assert not any(name.endswith(("}instrText", "}script", "}fldChar")) for name in names(data))


@pytest.mark.parametrize("id_", PAPERS[1:3])
def test_a_workbook_shows_hostile_words_and_computes_nothing(press: Press, id_: str) -> None:
    data = make.one(press.find(id_), "xlsx")
    cells = [c for page in openpyxl.load_workbook(io.BytesIO(data)) for row in page for c in row]
    assert ALL in {cell.value for cell in cells}
    assert not any(name.endswith(("}f", "}hyperlink")) for name in names(data))
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert targets(data) == set()
    # Those that people may edit stay words when they do; Excel asks for a sign before them.
    started = [c for c in cells if str(c.value).startswith(tuple("=+-@")) and not c.font.bold]
    assert started
    assert [cell.coordinate for cell in started if not cell.quotePrefix] == []


def test_a_csv_starts_no_cell_with_a_sign_that_computes(press: Press) -> None:
    for id_ in PAPERS[1:3]:
        text = make.one(press.find(id_), "csv").decode("utf-8-sig")
        found = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert any(ALL in cell for cell in found)
        assert [cell for cell in found if cell.startswith(("=", "+", "-", "@", "\t"))] == []
        assert f"'{ALL}" in found


def test_json_holds_hostile_words_as_they_are(press: Press) -> None:
    for id_ in PAPERS:
        assert ALL in json.dumps(
            json.loads(make.one(press.find(id_), "json")), ensure_ascii=False
        ).replace('\\"', '"').replace("\\\\", "\\")


@pytest.mark.parametrize("id_", PAPERS)
def test_markdown_reads_back_as_the_same_plain_words(press: Press, id_: str) -> None:
    paper = press.find(id_)
    _, front, text = make.one(paper, "md").decode().split("---\n", 2)
    assert yaml.safe_load(front)["title"] == paper.title
    back = pandoc.run(["-f", "gfm", "-t", "json"], text.encode())
    blocks = json.loads(back)["blocks"]
    kinds = [node["t"] for node in nodes(blocks) if "t" in node]
    assert {"RawInline", "RawBlock", "Image", "Math"} & set(kinds) == set()
    # GFM makes a link of any address that it sees; it leads where it says, and nowhere else.
    links = [node["c"] for node in nodes(blocks) if node.get("t") == "Link"]
    found = {(text[0]["c"], to) for _, text, (to, _) in links if "x.example" in to}
    assert {words for words, _ in found} <= {to for _, to in found}
    assert all(words == to for words, to in found)
    said = plain(pandoc.run(["-f", "json", "-t", "plain", "--wrap=none"], back).decode())
    missing = [name for name, words in HOSTILE.items() if plain(words) not in said]
    assert missing == []


def nodes(node: object) -> Iterator[dict]:
    if isinstance(node, dict):
        yield node
        yield from nodes(list(node.values()))
    elif isinstance(node, list):
        for part in node:
            yield from nodes(part)


def test_slides_and_their_notes_show_hostile_words(press: Press) -> None:
    data = make.one(press.find("a-session"), "pptx")
    deck = Presentation(io.BytesIO(data))
    shapes = [shape for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    on_slides = plain(" ".join(shape.text_frame.text for shape in shapes))
    noted = [slide.notes_slide for slide in deck.slides if slide.has_notes_slide]
    in_notes = plain(" ".join(notes.notes_text_frame.text for notes in noted))
    for text in (on_slides, in_notes):
        assert [name for name, words in HOSTILE.items() if plain(words) not in text] == []
    assert targets(data) == set()
    assert not any(name.endswith("}hlinkClick") for name in names(data))


@pytest.mark.parametrize("id_", ["whole-policy", "whole-toolkit"])
def test_a_book_shows_hostile_words_and_runs_nothing(press: Press, id_: str) -> None:
    data = make.one(press.find(id_), "epub")
    text = plain(words_of(data, "xhtml"))
    assert [name for name, words in HOSTILE.items() if plain(words) not in text] == []
    assert targets(data) == set()
    assert not any(name.endswith(("}script", "}img")) for name in names(data))


# ---- answers ---------------------------------------------------------------------------------

# Content may not hold this one at all.
JINJA = {"jinja": "{{ 7*7 }}"}
STARTS = {name: HOSTILE[name] for name in ("sum", "plus", "minus")}
ANSWERS = (
    STARTS
    | {"all": " ".join((ALL, *JINJA.values()))}
    | {name: said for name, (said, _) in STRANGE.items()}
)
LONG = "kupu " * 1_999 + "x" * 10_000


def filled_paper(press: Press, id_: str, said: str) -> Paper:
    entry = press.library.find(id_)
    asked = asks.by_id(asks.of(entry, press.library.index))
    repeated = {a.id for s in asks.of(entry, press.library.index) if s.repeats for a in s.asks}
    whole = Answer(answer=said, note=said, owner=said, due=said[:200])
    answers = {ask: Answer(rows=(said, said)) if ask in repeated else whole for ask in asked}
    answers[f"gone.{said[:9]}"] = whole
    return press.of_entry(entry, Sheet(entry=id_, answers=answers))


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("id_", PAPERS[1:3])
def test_a_hostile_answer_is_text_in_every_document(
    press: Press, tmp_path: Path, id_: str, name: str
) -> None:
    said = ANSWERS[name]
    paper = filled_paper(press, id_, said)
    kept = Answer(answer=said).answer
    for ending in ("docx", "xlsx"):
        data = make.one(paper, ending)
        (tmp_path / f"a.{ending}").write_bytes(data)
        sheet = filled.read(tmp_path / f"a.{ending}")
        assert {answer.text for answer in sheet.answers.values()} <= {kept, f"{kept}; {kept}"}
        assert targets(data) == set()
        assert not any(tag.endswith(("}f", "}instrText", "}script")) for tag in names(data))
    data = make.one(paper, "pdf")
    shown = dict(STRANGE).get(name, (said, said))[1]
    assert plain(shown) in plain(re.sub("\f.*?", "", pdf_text(data)))
    assert {link for link in links_of(data) if "x.example" in link} == set()
    assert "root:" not in pdf_text(data)


def beyond_its_page(data: bytes) -> list[str]:
    """List the words of a PDF that no printer would print."""
    return [
        box.get_text()
        for page in extract_pages(io.BytesIO(data))
        for box in page
        if isinstance(box, LTTextContainer) and (box.x1 > page.width or box.y0 < 0)
    ]


@pytest.mark.parametrize("offer", ["pdf", "large-print"])
def test_long_rows_and_notes_stay_on_the_page_and_apart(tmp_path: Path, offer: str) -> None:
    press = Press(load(make_project(tmp_path / "project")))
    said = "kupu " * 120 + "x" * 300
    for id_ in PAPERS[1:3]:
        data = make.one(filled_paper(press, id_, said), offer)
        assert beyond_its_page(data) == []
        lines = [line for page in extract_pages(io.BytesIO(data)) for line in lines_of(page)]
        assert [pair for pair in itertools.combinations(lines, 2) if overlap(*pair)] == []


def lines_of(page: LTPage) -> Iterator[tuple[int, LTTextLine]]:
    for box in page:
        if isinstance(box, LTTextContainer):
            yield from ((page.pageid, line) for line in box if line.get_text().strip())


def overlap(one: tuple[int, LTTextLine], other: tuple[int, LTTextLine]) -> bool:
    """Tell whether two lines of a page are printed over each other, by more than a hair."""
    (page, a), (other_page, b) = one, other
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    down = min(a.y1, b.y1) - max(a.y0, b.y0)
    return page == other_page and across > 1 and down > 4


def test_a_long_answer_is_whole_in_every_document(press: Press, tmp_path: Path) -> None:
    form = press.library.find(PAPERS[2])
    id_ = f"{form.id}.what"
    sheet = Sheet(entry=form.id, answers={id_: Answer(answer=LONG)})
    paper = press.of_entry(form, sheet)
    data = make.one(paper, "pdf")
    assert beyond_its_page(data) == []
    text = pdf_text(data)
    # The form says it, and the notice that is made of it.
    assert text.count("kupu") == 2 * 1_999
    assert text.count("x") >= 2 * 10_000
    for ending in ("docx", "xlsx"):
        (tmp_path / f"a.{ending}").write_bytes(make.one(paper, ending))
        assert filled.read(tmp_path / f"a.{ending}").answers[id_].answer == LONG


def test_what_no_check_has_seen_is_still_only_text(press: Press) -> None:
    """Words that `dpup check` refuses, put past it into each format."""
    said = "a\u202eb\x07c" + ALL
    clean = "a\ufffdb\ufffdc"
    form = press.find(PAPERS[1])
    sections = tuple(
        dataclasses.replace(
            section,
            title=said,
            asks=tuple(dataclasses.replace(ask, text=said, hint=said) for ask in section.asks),
        )
        for section in form.sections
    )
    html = f'<h2 id="x">{said[:5]}</h2><p>{said[:5]} more</p>'
    paper = dataclasses.replace(
        form, html=html, sections=sections, tables=(rows.of_form(sections),)
    )
    for offer in ("docx", "xlsx"):
        shown = " ".join(
            text for _, root in members(make.one(paper, offer)) for text in root.itertext()
        )
        assert clean in shown
    assert clean in make.one(paper, "csv").decode()
    assert clean in make.one(paper, "md").decode()
    assert plain("a[replacement character]b") in plain(pdf_text(make.one(paper, "pdf")))
