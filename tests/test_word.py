"""Word files: real styles, named controls, and XML in the order that Word insists on."""

from __future__ import annotations

import io
import itertools
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from dpup import asks, offers
from dpup.export import make
from dpup.export.controls import BESIDE, W14, tag
from dpup.export.paper import Press
from dpup.library import load
from helpers import ROOT, SAMPLE, make_project, soffice

if TYPE_CHECKING:
    from pathlib import Path

    from dpup.export.paper import Paper

OURS = ("purpose-statement-checklist", "access-or-correction-log", "manaakitanga")
SAMPLES = tuple(
    sorted(
        file.stem
        for folder in ("toolkit", "principles", "guidelines")
        for file in (SAMPLE / "content" / folder).glob("*.md")
    )
)
REO = "TereoMāori"
# ISO 29500-1, annex A: the order of what stands in each of these, as far as our files use it.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap spacing ind contextualSpacing jc textAlignment "
    "outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike color spacing w kern position "
    "sz szCs highlight u effect bdr shd vertAlign rtl cs lang",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "tblPr": "tblStyle tblpPr tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "sdtPr": "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding text date "
    "dropDownList checkbox",
    "date": "dateFormat lid storeMappedDataAs calendar",
    "sdt": "sdtPr sdtEndPr sdtContent",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
    "unhideWhenUsed qFormat locked personal rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left start bottom right end insideH insideV",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols docGrid",
    "settings": "writeProtection view zoom removePersonalInformation embedTrueTypeFonts "
    "embedSystemFonts saveSubsetFonts mirrorMargins proofState attachedTemplate "
    "stylePaneFormatFilter trackRevisions doNotTrackMoves documentProtection defaultTabStop "
    "autoHyphenation evenAndOddHeaders drawingGridHorizontalSpacing drawingGridVerticalSpacing "
    "displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery characterSpacingControl "
    "savePreviewPicture footnotePr endnotePr compat docVars rsids mathPr themeFontLang "
    "clrSchemeMapping shapeDefaults decimalSymbol listSeparator",
}


class Files:
    """The Word files of some documents, made once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.library = load(root)
        self._press = Press(self.library, "https://dpup.example/")
        self._made: dict[str, tuple[Paper, bytes]] = {}

    def paper(self, id_: str) -> Paper:
        return self._get(id_)[0]

    def data(self, id_: str) -> bytes:
        return self._get(id_)[1]

    def document(self, id_: str) -> Any:
        return Document(io.BytesIO(self.data(id_)))

    def parts(self, id_: str) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.data(id_))) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def _get(self, id_: str) -> tuple[Paper, bytes]:
        if id_ not in self._made:
            paper = self._press.find(id_)
            assert paper is not None
            self._made[id_] = paper, make.one(paper, "docx")
        return self._made[id_]


@pytest.fixture(scope="module")
def ours() -> Files:
    return Files(ROOT)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(make_project(tmp_path_factory.mktemp("word") / "project"))


@pytest.fixture(params=[*SAMPLES, *OURS])
def found(request: pytest.FixtureRequest, ours: Files, sample: Files) -> tuple[Files, str]:
    return (ours if request.param in OURS else sample), request.param


@pytest.fixture(params=[*SAMPLES, *OURS, *offers.FORMS])
def each(request: pytest.FixtureRequest, ours: Files, sample: Files) -> tuple[Files, str]:
    """Give a document or a form to propose something."""
    return (ours if request.param in OURS else sample), request.param


def words(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def test_a_file_says_what_it_is(found: tuple[Files, str]) -> None:
    files, id_ = found
    document, entry = files.document(id_), files.library.find(id_)
    said = document.core_properties
    assert (said.title, said.identifier, said.language) == (entry.title, id_, "en-NZ")
    assert (said.version, said.author) == (entry.facts.version, "DPUP toolkit")
    assert said.modified.date() == max(change.date for change in entry.facts.changes)
    first = document.paragraphs[0]
    assert (first.style.name, first.text) == ("Title", entry.title)
    foot = words(document.sections[0].footer.paragraphs[0]._p)  # noqa: SLF001
    assert foot == f"{entry.title} · {files.paper(id_).stamp} · CC BY 4.0 · page 1 of 1"
    assert files.paper(id_).stamp == f"{id_} · version {entry.facts.version} · 2026-11-24"


def test_headings_go_down_one_level_at_a_time(each: tuple[Files, str]) -> None:
    files, id_ = each
    styles = [p.style.name for p in files.document(id_).paragraphs]
    levels = [int(name[-1]) for name in styles if name.startswith("Heading ")]
    assert levels[0] == 1
    assert all(new <= old + 1 for old, new in itertools.pairwise(levels))


def test_the_language_is_english_and_te_reo_is_marked(ours: Files) -> None:
    document = ours.document("manaakitanga")
    run = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert run.get(qn("w:val")) == "en-NZ"
    style = next(s for s in document.styles if s.style_id == REO)
    assert style.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "mi-NZ"
    marked = {r.text for p in document.paragraphs for r in p.runs if r.style.style_id == REO}
    assert {"whānau", "Manaakitanga"} & marked


def test_lists_are_real_lists_and_tables_repeat_their_heads(each: tuple[Files, str]) -> None:
    files, id_ = each
    document = files.document(id_)
    numbered = {number.get(qn("w:numId")) for number in document.part.numbering_part.element}
    for paragraph in document.paragraphs:
        assert paragraph.text[:2] not in {"• ", "- ", "* "}
        number = paragraph._p.find(f".//{qn('w:numPr')}/{qn('w:numId')}")  # noqa: SLF001
        assert number is None or number.get(qn("w:val")) in numbered
    for table in document.tables:
        rows = table._tbl.findall(qn("w:tr"))  # noqa: SLF001
        heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        assert heads == [True, *[False] * (len(rows) - 1)]
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_the_sample_has_real_lists(sample: Files) -> None:
    numbers = list(sample.document("a-quiz").element.body.iter(qn("w:numPr")))
    assert len(numbers) >= 2


def test_what_is_asked_is_a_control_with_its_id(each: tuple[Files, str]) -> None:
    files, id_ = each
    document = files.document(id_)
    controls = list(document.element.body.iter(qn("w:sdtPr")))
    numbers = [control.find(qn("w:id")).get(qn("w:val")) for control in controls]
    assert len(numbers) == len(set(numbers))
    sections = files.paper(id_).sections
    wanted = {tag(ask.id) for section in sections for ask in section.asks}
    noted = [ask.id for section in sections for ask in section.asks if ask.takes_note]
    wanted |= {tag(start + id_) for id_ in noted for start in BESIDE.values()}
    assert {control.find(qn("w:tag")).get(qn("w:val")) for control in controls} == wanted
    assert bool(sections) == ("customXml/item1.xml" in files.parts(id_))
    for ask in (ask for section in sections for ask in section.asks):
        assert ask.text in words(document.element.body).replace("\u00a0", " ")


def test_no_file_holds_macros_or_more_than_it_should(each: tuple[Files, str]) -> None:
    files, id_ = each
    names = files.parts(id_)
    assert len(files.data(id_)) < 60_000
    assert [name for name in names if not name.endswith((".xml", ".rels"))] == []
    assert not any(b"macroEnabled" in part or b"vbaProject" in part for part in names.values())


def test_every_part_is_named_in_the_content_types(each: tuple[Files, str]) -> None:
    files, id_ = each
    parts = files.parts(id_)
    types = etree.fromstring(parts["[Content_Types].xml"])
    defaults = {e.get("Extension") for e in types if e.tag.endswith("Default")}
    named = {e.get("PartName") for e in types if e.tag.endswith("Override")}
    assert defaults == {"rels", "xml"}
    plain = {f"/{name}" for name in parts if name.endswith(".xml")} - named
    assert plain <= {"/[Content_Types].xml", "/customXml/item1.xml"}
    assert named <= {f"/{name}" for name in parts}


def local(element: Any) -> str:
    return etree.QName(element).localname


def disorder(root: Any) -> list[str]:
    """List the elements that do not stand where the standard wants them."""
    found = []
    for element in root.iter(etree.Element):
        order = ORDER.get(local(element), "").split()
        inside = [local(child) for child in element if local(child) != "bookmarkStart"]
        if not order or (local(element) == "style" and not inside):
            continue
        unknown = [name for name in inside if name not in order]
        places = [order.index(name) for name in inside if name in order]
        if unknown or places != sorted(places):
            found.append(f"{local(element)}: {inside}")
    return found


def test_elements_stand_in_the_order_of_the_standard(each: tuple[Files, str]) -> None:
    files, id_ = each
    for name, data in files.parts(id_).items():
        root = etree.fromstring(data)
        if name.startswith("word/") and name.endswith(".xml") and "theme" not in name:
            assert disorder(root) == [], name


def test_the_check_of_order_sees_disorder() -> None:
    space = f'xmlns:w="{qn("w:p")[1:].partition("}")[0]}"'
    for xml in (
        f"<w:pPr {space}><w:jc/><w:pStyle/></w:pPr>",
        f"<w:sdtPr {space}><w:text/><w:tag/></w:sdtPr>",
        f"<w:rPr {space}><w:invented/></w:rPr>",
    ):
        assert len(disorder(etree.fromstring(xml))) == 1


def test_attributes_that_the_standard_asks_for_are_there(each: tuple[Files, str]) -> None:
    files, id_ = each
    body = files.document(id_).element.body
    margin = body.find(f".//{qn('w:pgMar')}")
    wanted = {"top", "right", "bottom", "left", "header", "footer", "gutter"}
    assert {etree.QName(name).localname for name in margin.attrib} == wanted
    for shown in (qn("w:alias"), qn("w:tag")):
        assert all(len(e.get(qn("w:val"))) <= 64 for e in body.iter(shown))


def test_a_word_that_does_not_know_our_boxes_may_pass_over_them(sample: Files) -> None:
    """ISO 29500-3: a program refuses a file with a space of names that it does not know."""
    root = etree.fromstring(sample.parts("before-you-start")["word/document.xml"])
    known = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    assert root.get(f"{{{known}}}Ignorable") == "w14"
    assert root.nsmap["w14"] == W14


@pytest.mark.office
def test_libreoffice_reads_every_file_with_all_that_it_asks(
    sample: Files, ours: Files, tmp_path: Path
) -> None:
    program = soffice()
    assert program is not None
    ids = dict.fromkeys(SAMPLES, sample) | {OURS[0]: ours}
    for id_, files in ids.items():
        (tmp_path / f"{id_}.docx").write_bytes(files.data(id_))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    names = [str(tmp_path / f"{id_}.docx") for id_ in ids]
    command = [program, home, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run([*command, "--outdir", str(tmp_path), *names], check=True, capture_output=True)
    for id_, files in ids.items():
        text = " ".join((tmp_path / f"{id_}.txt").read_text(encoding="utf-8-sig").split())
        entry = files.library.find(id_)
        assert entry.title in text
        for section in asks.of(entry, files.library.index):
            assert section.title in text
            assert [ask.id for ask in section.asks if " ".join(ask.text.split()) not in text] == []


def test_a_form_to_propose_something_says_what_it_is(sample: Files) -> None:
    said = sample.document("propose-guide").core_properties
    assert (said.title, said.identifier) == ("Propose a guide", "propose-guide")


def test_every_kind_that_has_a_word_file_is_looked_at(sample: Files) -> None:
    kinds = {kind for kind, names in offers.BY_KIND.items() if "docx" in names}
    seen = {sample.library.find(id_).kind.name for id_ in SAMPLES}
    assert kinds - seen == {offers.COLLECTION, offers.WITH_FILES, offers.PROPOSAL}
