"""Every PDF of our own site, opened again: tagged, titled, in order, with every word."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTChar, LTContainer

from dpup.answers import Answer, Sheet
from dpup.export import make
from dpup.export.paper import Press
from dpup.library import load
from helpers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pdfminer.layout import LTItem

    from dpup.export.paper import Paper

SITE = "https://dpup.example/"
PRESS = Press(load(ROOT), SITE)
FORMS = [entry.id for kind in ("checklist", "template") for entry in PRESS.library.of(kind)]
HEADINGS = {f"/H{level}": level for level in range(1, 7)}
PARTS = 8
UA = "{http://www.aiim.org/pdfua/ns/id/}part"


def paper(id_: str) -> Paper:
    found = PRESS.find(id_)
    assert found is not None
    return found


def squeezed(text: str) -> str:
    """Take white space out: lines break anywhere, even after a hyphen."""
    return "".join(text.split())


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Yield the elements of a structure tree in reading order."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Array):
            waiting += reversed(list(found))
        elif isinstance(found, pikepdf.Dictionary):
            if "/S" in found:
                yield found
            if "/K" in found and found.get("/Type") != "/MCR":
                waiting.append(found.K)


def faults(file: Path) -> list[str]:
    """Say what a screen reader would miss in a file."""
    with pikepdf.open(file) as document:
        root, about = document.Root, document.open_metadata()
        tags = [str(element.S) for element in elements(root.StructTreeRoot)]
        levels = [HEADINGS[tag] for tag in tags if tag in HEADINGS]
        jumps = [b for a, b in zip([0, *levels], levels, strict=False) if b > a + 1]
        checks = {
            "not tagged": bool(root.MarkInfo.Marked),
            "not PDF/UA-1": about.get(UA) == "1",
            "no title": bool(about.get("dc:title"))
            and bool(root.ViewerPreferences.DisplayDocTitle),
            "language": str(root.Lang) == "en-NZ",
            "headings jump": not jumps,
            "no bookmarks": not levels or "/Outlines" in root,
            "tables without heads": tags.count("/TH") > 0 or tags.count("/Table") == 0,
            "runs something": not {"/OpenAction", "/AA", "/AcroForm"} & set(root.keys()),
            "holds files": "/EmbeddedFiles" not in root.get("/Names", {}),
        }
        return [fault for fault, sound in checks.items() if not sound]


@pytest.mark.parametrize("part", range(PARTS))
def test_every_pdf_can_be_read_by_a_screen_reader(site: Path, part: int) -> None:
    files = sorted((site / "downloads").glob("*.pdf"))
    assert len(files) > 150
    bad = {file.name: found for file in files[part::PARTS] if (found := faults(file))}
    assert bad == {}


def test_the_check_finds_a_pdf_that_is_not_tagged(tmp_path: Path) -> None:
    file = tmp_path / "plain.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.Root.MarkInfo = pikepdf.Dictionary(Marked=False)
        document.Root.StructTreeRoot = pikepdf.Dictionary()
        document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=False)
        document.Root.Lang = pikepdf.String("en")
        document.save(file)
    assert faults(file) == ["not tagged", "not PDF/UA-1", "no title", "language"]


@pytest.mark.parametrize("ending", ["pdf", "large-print.pdf"])
@pytest.mark.parametrize("id_", FORMS)
def test_every_item_stands_in_its_pdf_with_its_macrons(site: Path, id_: str, ending: str) -> None:
    text = squeezed(extract_text(site / "downloads" / f"{id_}.{ending}"))
    asked = [ask.text for ask in paper(id_).asks.values()]
    assert [words for words in asked if squeezed(words) not in text] == []


def test_te_reo_maori_is_marked_as_such(site: Path) -> None:
    with pikepdf.open(site / "downloads/he-tangata.pdf") as document:
        said = {str(e.Lang) for e in elements(document.Root.StructTreeRoot) if "/Lang" in e}
    assert said == {"mi-NZ"}


def test_a_page_says_what_it_is_and_where_it_is_from() -> None:
    data = make.one(paper("quick-check-in"), "pdf")
    text = " ".join(extract_text(io.BytesIO(data), page_numbers=[0]).split())
    assert "Quick check in · quick-check-in · version 1.0.0 · 2026-11-24 · CC BY 4.0" in text
    assert "page 1 of " in text
    assert "dpup.example/toolkit/quick-check-in/" in text
    with pikepdf.open(io.BytesIO(data)) as document:
        alt = [str(e.Alt) for e in elements(document.Root.StructTreeRoot) if "/Alt" in e]
    assert alt[0] == "QR code of https://dpup.example/toolkit/quick-check-in/"


@pytest.mark.parametrize("offer", ["pdf", "large-print"])
def test_a_checklist_has_places_for_an_owner_and_a_day(offer: str) -> None:
    found = paper("purpose-statement-checklist")
    blank = squeezed(extract_text(io.BytesIO(make.one(found, offer))))
    assert blank.count("Bywhen") == len(found.asks)
    first, second, *_ = found.asks
    answers = {first: Answer(owner="Mere Tāmihana", due="2027-05-03"), second: Answer(due="soon")}
    sheet = Sheet(entry=found.id, answers=answers | {"gone.x": Answer(owner="Hemi")})
    made = make.one(PRESS.of_entry(PRESS.library.find(found.id), sheet), offer)
    text = squeezed(extract_text(io.BytesIO(made)))
    assert "WhoMereTāmihana·Bywhen3May2027" in text
    assert "Bywhensoon" in text
    assert "Hemi" in text


def test_without_the_address_of_the_site_no_link_is_made_up() -> None:
    found = Press(PRESS.library).find("quick-check-in")
    assert found is not None
    with pikepdf.open(io.BytesIO(make.one(found, "pdf"))) as document:
        links = [a.A.URI for page in document.pages for a in page.get("/Annots", [])]
    assert {str(link).split("/")[2] for link in links} == {"www.digital.govt.nz"}


def sizes(item: LTItem) -> Iterator[float]:
    if isinstance(item, LTChar):
        yield round(item.size, 1)
    elif isinstance(item, LTContainer):
        for inside in item:
            yield from sizes(inside)


@pytest.mark.parametrize(
    "id_", ["quick-check-in", "what-service-users-need-to-know", "who-holds-what", "ipp-1"]
)
def test_no_letter_of_large_print_is_smaller_than_18_points(id_: str) -> None:
    made = io.BytesIO(make.one(paper(id_), "large-print"))
    assert min(size for page in extract_pages(made) for size in sizes(page)) >= 18


def test_pages_are_a4_and_those_of_tables_lie_on_their_side(site: Path) -> None:
    boxes = {}
    for name in ("quick-check-in", "who-holds-what", "guidelines-by-principles"):
        with pikepdf.open(site / "downloads" / f"{name}.pdf") as document:
            boxes[name] = [round(float(side)) for side in document.pages[0].mediabox[2:]]
    assert boxes == {
        "quick-check-in": [595, 842],
        "who-holds-what": [842, 595],
        "guidelines-by-principles": [842, 595],
    }


def test_only_the_packaged_font_is_used(site: Path) -> None:
    with pikepdf.open(site / "downloads/whole-policy.pdf") as document:
        fonts = {
            str(font.BaseFont).partition("+")[2]
            for page in document.pages
            for font in page.Resources.get("/Font", {}).values()
        }
    assert {name.partition("-")[0] for name in fonts} == {"SourceSans3"}
