"""Files from anyone: what is no filled form is refused in a sentence, on the command line too."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from dpup.answers import AnswersError, Sheet
from dpup.cli import main
from dpup.export import filled, make, zips
from dpup.export.opened import TOO_MUCH
from dpup.export.paper import Press
from dpup.library import load
from helpers import make_project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

FORM = "before-you-start"
CELLS = "xl/worksheets/sheet1.xml"
BOMB = b'<!DOCTYPE x [<!ENTITY a "%s">%s]>' % (
    b"lol" * 100,
    b"".join(
        b'<!ENTITY %c "%s">' % (letter + 1, b"&%c;" % letter * 100) for letter in range(97, 105)
    ),
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
NO_WORD = "is not a Word file that can be read. Save it again as .docx."
NO_BOOK = "is not a workbook that can be read. Save it again as .xlsx."


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("answers") / "project")


@pytest.fixture(scope="module")
def forms(root: Path) -> dict[str, bytes]:
    """Make the sample's checklist as people get it, by ending."""
    library = load(root)
    paper = Press(library).of_entry(library.find(FORM))
    return {ending: make.one(paper, ending) for ending in ("docx", "xlsx")}


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Change one member of an archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        assert name in old.namelist()
        for member in old.namelist():
            inside = old.read(member)
            new.writestr(member, change(inside) if member == name else inside)
    return made.getvalue()


def with_dtd(dtd: bytes, entity: bytes, old: bytes) -> Callable[[bytes], bytes]:
    """Put a document type before the root, and its entity in the place of a text."""

    def change(inside: bytes) -> bytes:
        head, mark, body = inside.rpartition(b"?>")
        assert old in body
        return head + mark + dtd + body.replace(old, b"&" + entity + b";", 1)

    return change


def refused(where: Path, data: bytes, name: str) -> str:
    file = where / name
    file.write_bytes(data)
    with pytest.raises(AnswersError) as error:
        filled.read(file)
    return str(error.value)


def zip_bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 5_000_001)
    return made.getvalue()


def many_files() -> bytes:
    return zips.pack({f"word/part{number}.xml": b"<x/>" for number in range(201)})


def many_tags() -> bytes:
    return zips.pack({"word/document.xml": b"<x>" + b"<w:p/>" * 200_000 + b"</x>"})


NESTED = [
    (b"<w:tbl><w:tr><w:tc>", b"<w:p/></w:tc></w:tr></w:tbl>"),
    (
        b'<w:sdt><w:sdtPr><w:tag w:val="x"/></w:sdtPr><w:sdtContent>',
        b"</w:sdtContent></w:sdt>",
    ),
    (b'<w:sdt><w:sdtPr><w:tag w:val="x"/>', b"</w:sdtPr></w:sdt>"),
]


@pytest.mark.parametrize(("start", "end"), NESTED, ids=["tables", "controls", "properties"])
@pytest.mark.parametrize("depth", [18, 60])
def test_what_stands_inside_one_another_is_read_in_one_walk(
    tmp_path: Path, forms: dict[str, bytes], start: bytes, end: bytes, depth: int
) -> None:
    control = b'<w:sdt><w:sdtPr><w:tag w:val="y"/></w:sdtPr></w:sdt>'
    inside = start * depth + control * 20_000 + end * depth
    bomb = changed(
        forms["docx"],
        "word/document.xml",
        lambda document: document.replace(b"<w:sectPr", inside + b"<w:sectPr", 1),
    )
    (tmp_path / "a.docx").write_bytes(bomb)
    before = time.process_time()
    if depth < 20 or start.startswith(b"<w:tbl"):
        assert filled.read(tmp_path / "a.docx").entry == FORM
    else:
        assert refused(tmp_path, bomb, "a.docx") == f"a.docx: {TOO_MUCH}"
    assert time.process_time() - before < 5


def test_the_words_of_a_box_inside_a_box_are_in_both(
    tmp_path: Path, forms: dict[str, bytes]
) -> None:
    outer, inner = (f'<w:sdt><w:sdtPr><w:tag w:val="{it}"/></w:sdtPr><w:sdtContent>' for it in "xy")
    end, line = "</w:sdtContent></w:sdt>", "<w:p><w:r><w:t>{}</w:t><w:tab/></w:r></w:p>"
    said = "".join(map(line.format, "ab"))
    text = f"{outer}{said}{inner}{said}{end}{line.format('c')}{end}<w:sectPr"
    file = tmp_path / "a.docx"
    file.write_bytes(
        changed(
            forms["docx"],
            "word/document.xml",
            lambda document: document.replace(b"<w:sectPr", text.encode(), 1),
        )
    )
    found = filled.read(file).answers
    assert found["x"].answer == "a\t\nb\t\na\t\nb\t\nc\t"
    assert found["y"].answer == "a\t\nb\t"


def test_what_is_no_archive_or_too_large_a_one_is_refused(tmp_path: Path) -> None:
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    for data in (b"", b"not a zip", b"PK\x03\x04 cut", empty.getvalue()):
        assert refused(tmp_path, data, "a.docx") == f"a.docx: This {NO_WORD}"
        assert refused(tmp_path, data, "a.xlsx") == f"a.xlsx: This {NO_BOOK}"
    for name in ("a.docx", "a.xlsx"):
        for data in (zip_bomb(), many_files(), many_tags()):
            assert refused(tmp_path, data, name) == f"{name}: {TOO_MUCH}"
    ending = "Only .docx and .xlsx can be read. Save the form as one of those."
    assert refused(tmp_path, b"", "a.odt") == f"a.odt: {ending}"
    with (tmp_path / "huge.docx").open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(AnswersError, match=r"^huge.docx: This file is far larger than a filled"):
        filled.read(tmp_path / "huge.docx")


def test_a_file_that_is_damaged_in_any_part_is_refused_or_read(
    tmp_path: Path, forms: dict[str, bytes]
) -> None:
    """Never an error of another kind."""
    for ending, data in forms.items():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
        for name in names:
            for damage in (lambda _: b"", lambda inside: inside[: len(inside) // 2]):
                (tmp_path / f"x.{ending}").write_bytes(changed(data, name, damage))
                try:
                    assert filled.read(tmp_path / f"x.{ending}").entry == FORM
                except AnswersError as error:
                    assert re.match(rf"x\.{ending}: This ", str(error))  # noqa: PT017
        cut = data[: len(data) // 2]
        assert refused(tmp_path, cut, f"x.{ending}").endswith("Save it again as ." + ending + ".")


def test_a_file_that_is_no_form_of_ours_says_so(tmp_path: Path, root: Path) -> None:
    library = load(root)
    paper = Press(library).of_entry(library.find("first-steps"))
    assert refused(tmp_path, make.one(paper, "docx"), "a.docx") == (
        "a.docx: This file does not say which form it is. Take a fresh copy from the site, fill "
        "that in, and save it as .docx."
    )
    table = Press(library).of_matrix("laws-by-guidelines")
    assert refused(tmp_path, make.one(table, "xlsx"), "a.xlsx") == (
        "a.xlsx: This workbook holds no form. Take a fresh copy from the site, fill that in, and "
        "save it as .xlsx."
    )


def test_controls_that_lost_their_tags_are_no_empty_answers(
    tmp_path: Path, forms: dict[str, bytes]
) -> None:
    """A place to write that has no name either could be anything."""
    lost = changed(
        forms["docx"],
        "word/document.xml",
        lambda inside: re.sub(rb"<w:(tag|alias) [^>]*/>", b"", inside),
    )
    assert refused(tmp_path, lost, "a.docx") == (
        "a.docx: The boxes and fields of this form are gone; the program that saved it may not "
        "know them. Fill in a fresh copy with Word or a newer LibreOffice, or use the Excel file."
    )


@pytest.mark.parametrize(
    ("ending", "name", "old"),
    [
        ("docx", "word/document.xml", b"Write here"),
        ("docx", "customXml/item1.xml", b"1.0.0"),
        ("xlsx", "xl/sharedStrings.xml", b"Section"),
        ("xlsx", "docProps/custom.xml", b"1.0.0"),
    ],
)
def test_entities_neither_grow_nor_read_files(
    tmp_path: Path, forms: dict[str, bytes], ending: str, name: str, old: bytes
) -> None:
    file = tmp_path / f"a.{ending}"
    for dtd, entity in ((BOMB, b"i"), (OUTSIDE, b"i")):
        file.write_bytes(changed(forms[ending], name, with_dtd(dtd, entity, old)))
        try:
            said = filled.read(file).as_json()
        except AnswersError as error:
            said = str(error)
        assert "lol" not in said
        assert "root:" not in said
        assert len(said) < 5_000


def test_answers_that_are_too_long_are_refused_by_their_id(
    tmp_path: Path, forms: dict[str, bytes]
) -> None:
    long = changed(
        forms["docx"],
        "word/document.xml",
        lambda inside: inside.replace(b"<w:showingPlcHdr/>", b"").replace(
            b"Write here", b"x" * 30_001
        ),
    )
    said = refused(tmp_path, long, "a.docx").splitlines()
    assert said == [
        f"a.docx: answers.{id_}.note: String should have at most 30000 characters. "
        "Shorten it in the file, or take a fresh copy of the form."
        for id_ in (
            "purpose-matters.write-it-down",
            "he-tangata.show-the-benefit",
            "before-you-start.told",
        )
    ]
    named = changed(
        forms["docx"],
        "customXml/item1.xml",
        lambda inside: inside.replace(f'entry="{FORM}"'.encode(), b'entry="%s"' % (b"x" * 300)),
    )
    assert refused(tmp_path, named, "a.docx") == (
        "a.docx: entry: String should have at most 200 characters. "
        "Shorten it in the file, or take a fresh copy of the form."
    )


def test_a_workbook_that_claims_a_million_rows_is_read_to_a_sensible_end(
    tmp_path: Path, forms: dict[str, bytes]
) -> None:
    cell = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    far = changed(
        forms["xlsx"],
        CELLS,
        lambda inside: inside.replace(b"</sheetData>", cell + b"</sheetData>"),
    )
    (tmp_path / "a.xlsx").write_bytes(far)
    assert filled.read(tmp_path / "a.xlsx").entry == FORM


# ---- the command line ------------------------------------------------------------------------


def run(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments, "--root", str(root)])
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_answers_are_read_and_written_on_the_command_line(
    tmp_path: Path, root: Path, forms: dict[str, bytes]
) -> None:
    (tmp_path / "a.docx").write_bytes(forms["docx"])
    read = run(root, "answers", "read", str(tmp_path / "a.docx"))
    assert (read.exit_code, read.stderr) == (0, "")
    sheet = Sheet.model_validate_json(read.stdout)
    assert read.stdout == sheet.as_json() + "\n"
    answers = tmp_path / "a.json"
    said = json.loads(read.stdout)
    said["answers"]["before-you-start.told"]["answer"] = "no"
    said["answers"]["gone.\u202e"] = {"answer": "x"}
    answers.write_text(json.dumps(said), encoding="utf-8")
    for to in filled.WRITTEN:
        out = tmp_path / f"new/b.{to}"
        wrote = run(root, "answers", "write", str(answers), "--to", to, "--out", str(out))
        assert (wrote.exit_code, wrote.stdout) == (0, "")
        assert wrote.stderr == (
            "gone.\ufffd: The form does not ask this. The answer is kept.\n" + f"Written: {out}\n"
        )
        assert out.stat().st_size > 5_000
    again = run(root, "answers", "read", str(tmp_path / "new/b.docx"))
    assert json.loads(again.stdout)["answers"]["before-you-start.told"]["answer"] == "no"


def test_wrong_use_is_a_sentence_and_an_exit_code(
    tmp_path: Path, root: Path, forms: dict[str, bytes]
) -> None:
    good = {"format": "dpup-answers/1", "entry": FORM, "answers": {}}
    files = {
        "good.json": json.dumps(good).encode(),
        "other.json": json.dumps({**good, "entry": "before-you-stat"}).encode(),
        "guide.json": json.dumps({**good, "entry": "first-steps"}).encode(),
        "latin.json": "{\n caf\u00e9".encode("latin-1"),
        "broken.json": b"{",
        "broken.docx": b"x",
        "form.docx": forms["docx"],
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    at = str(tmp_path)
    write = ("answers", "write")
    cases = {
        ("answers", "read", f"{at}/none.docx"): (2, f"File '{at}/none.docx' does not exist."),
        ("answers", "read", at): (2, f"File '{at}' is a directory."),
        ("answers", "read", f"{at}/broken.docx"): (1, f"broken.docx: This {NO_WORD}"),
        ("answers", "read", f"{at}/good.json"): (1, "good.json: Only .docx and .xlsx can be read."),
        (*write, f"{at}/none.json", "--to", "docx"): (2, f"File '{at}/none.json' does not exist."),
        (*write, f"{at}/good.json", "--to", "odt"): (
            2,
            "'odt' is not one of 'docx', 'pdf', 'xlsx'",
        ),
        (*write, f"{at}/broken.json", "--to", "docx"): (1, "broken.json:1:2: This is not JSON:"),
        (*write, f"{at}/latin.json", "--to", "docx"): (1, "latin.json:2:5: This is not UTF-8."),
        (*write, f"{at}/other.json", "--to", "docx"): (
            1,
            "There is no checklist or template 'before-you-stat'. Did you mean 'before-you-start'?",
        ),
        (*write, f"{at}/guide.json", "--to", "docx"): (1, "no checklist or template 'first-steps'"),
        (*write, f"{at}/good.json", "--to", "docx", "--out", at): (
            1,
            f"{at}: This can't be written: Is a directory. Say another --out.",
        ),
        (*write, f"{at}/good.json", "--to", "docx", "--out", f"{at}/good.json/x.docx"): (
            1,
            f"{at}/good.json/x.docx: This can't be written:",
        ),
        ("export", FORM, "--to", "csv", "--out", at): (1, f"{at}: This can't be written:"),
        ("export", FORM, "--to", "pptx", "--out", f"{at}/x"): (1, "does not come as pptx."),
        ("export", "none", "--to", "pdf", "--out", f"{at}/x"): (1, "There is no document 'none'."),
        ("export", "--all", "--out", f"{at}/good.json"): (1, "This can't be written:"),
    }
    for arguments, (code, message) in cases.items():
        result = run(root, *arguments)
        assert (result.exit_code, result.stdout) == (code, ""), (arguments, result.output)
        said = " ".join(result.stderr.split())
        assert message in said, said


def test_a_workbook_that_merges_or_claims_all_cells_is_read(
    tmp_path: Path, forms: dict[str, bytes]
) -> None:
    merged = b'</sheetData><mergeCells><mergeCell ref="A1:CZ20000"/></mergeCells>'
    bomb = changed(forms["xlsx"], CELLS, lambda cells: cells.replace(b"</sheetData>", merged, 1))
    assert bomb != forms["xlsx"]
    (tmp_path / "a.xlsx").write_bytes(bomb)
    before = time.process_time()
    assert filled.read(tmp_path / "a.xlsx").entry == FORM
    assert time.process_time() - before < 5
