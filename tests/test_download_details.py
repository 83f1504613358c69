"""What readers of the downloads stumbled over, each held by a test."""

from __future__ import annotations

import copy
import dataclasses
import io
import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pikepdf
import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml.ns import qn
from pptx import Presentation

from dpup import asks, reviews
from dpup.answers import Answer, AnswersError, Sheet, parse
from dpup.cli import main
from dpup.export import make, read_spreadsheet, read_word
from dpup.export.paper import Press
from dpup.library import load
from helpers import ROOT, edit, make_project, write
from test_pdf import elements

if TYPE_CHECKING:
    from pathlib import Path

    from dpup.export.paper import Paper

PRESS = Press(load(ROOT), "https://dpup.example/")
LOG = "access-or-correction-log"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
GUIDE = "content/toolkit/first-steps.md"


def paper(id_: str) -> Paper:
    found = PRESS.find(id_)
    assert found is not None
    return found


def filled(entry: str, answers: dict[str, Answer]) -> Paper:
    found = PRESS.library.find(entry)
    assert found is not None
    return PRESS.of_entry(found, Sheet(entry=entry, answers=answers))


def sample(tmp_path: Path, body: str) -> Paper:
    """Lay out the guide of the sample project with another body."""
    root = make_project(tmp_path / "project")
    file = root / GUIDE
    front = file.read_text(encoding="utf-8").split("---\n")[1]
    write(file, f"---\n{front}---\n{body}\n")
    found = Press(load(root)).find("first-steps")
    assert found is not None
    return found


def test_an_answer_follows_a_field_into_a_table_and_out_of_it() -> None:
    given = {
        f"{LOG}.keeper": Answer(rows=("ONE", "TWO")),
        f"{LOG}.number": Answer(answer="THREE", rows=("FOUR",)),
    }
    made = filled(LOG, given)
    for back in (
        read_word.read(make.one(made, "docx"), "x"),
        read_spreadsheet.read(make.one(made, "xlsx"), "x"),
    ):
        assert back.answers[f"{LOG}.keeper"].answer == "ONE\nTWO"
        assert back.answers[f"{LOG}.number"].rows == ("THREE", "FOUR")


def test_a_field_that_moves_into_a_table_has_another_fingerprint() -> None:
    one = asks.Ask("a.b", "line", "Name")
    assert one.fingerprint != asks.Ask("a.b", "line", "Name", in_table=True).fingerprint


@pytest.mark.parametrize(
    "body", ["## One\n\n#### Four", "### Three first", "> #### Quoted\n\n## One\n\n##### Five"]
)
def test_a_heading_that_leaves_out_levels_is_closed_up(tmp_path: Path, body: str) -> None:
    assert make.one(sample(tmp_path, body), "pdf").startswith(b"%PDF")


@pytest.mark.parametrize("offer", ["pdf", "docx", "md"])
def test_a_fact_can_hold_a_list(tmp_path: Path, offer: str) -> None:
    made = make.one(sample(tmp_path, "Term\n:   First words.\n\n    - in a list"), offer)
    if offer == "md":
        assert "**Term:** First words." in made.decode()
        assert "- in a list" in made.decode()


def test_a_table_that_somebody_split_is_read_to_its_end() -> None:
    rows = tuple(f"r{number}" for number in range(1, 5))
    data = make.one(filled(LOG, {f"{LOG}.number": Answer(rows=rows)}), "docx")
    document = Document(io.BytesIO(data))
    tables = document.element.body.iter(qn("w:tbl"))
    table = next(table for table in tables if "r1" in table.xml)
    other = copy.deepcopy(table)
    table.addnext(other)
    for row in table.findall(qn("w:tr"))[3:]:
        table.remove(row)
    for row in other.findall(qn("w:tr"))[1:3]:
        other.remove(row)
    out = io.BytesIO()
    document.save(out)
    assert read_word.read(out.getvalue(), "x").answers[f"{LOG}.number"].rows[:4] == rows


def test_no_list_of_a_word_file_holds_the_same_twice(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project")
    template = "content/toolkit/what-service-users-need-to-know.md"
    text = (root / template).read_text(encoding="utf-8")
    field = text.index("kind: line")
    choices = 'choices: ["Choose an answer", see, see]'
    write(root / template, f"{text[:field]}kind: choice\n        {choices}{text[field + 10 :]}")
    found = Press(load(root)).find("what-service-users-need-to-know")
    assert found is not None
    document = Document(io.BytesIO(make.one(found, "docx")))
    lists = list(document.element.body.iter(qn("w:dropDownList")))
    assert lists
    for items in lists:
        names = [item.get(qn("w:displayText")) for item in items]
        assert len(names) == len(set(names))


def test_answers_are_printed_where_the_terminal_knows_no_macrons(tmp_path: Path) -> None:
    id_ = "purpose-matters.state-the-data"
    file = tmp_path / "filled.docx"
    made = filled("purpose-statement-checklist", {id_: Answer(answer="yes", note="whānau")})
    file.write_bytes(make.one(made, "docx"))
    command = [sys.executable, "-m", "dpup.cli", "answers", "read", "--root", str(ROOT), str(file)]
    code = "import sys; from dpup.cli import main; sys.argv = sys.argv[1:]; main()"
    command = [sys.executable, "-c", code, "dpup", *command[3:]]
    around = os.environ | {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, env=around, capture_output=True, check=True)
    assert parse(done.stdout, "x").answers[id_].note == "whānau"


@pytest.mark.parametrize("id_", ["whole-policy", "guidelines-by-principles", "index"])
def test_an_entry_must_not_take_the_name_of_a_document(tmp_path: Path, id_: str) -> None:
    root = make_project(tmp_path / "project")
    (root / GUIDE).rename(root / f"content/toolkit/{id_}.md")
    done = CliRunner().invoke(main, ["check", "--root", str(root)])
    assert done.exit_code == 1
    place = f"content/toolkit/{id_}.md:1:1: "
    said = f"'{id_}' is the name of a page or document of its own. Choose another id."
    assert place + said in done.output


def test_the_title_is_in_its_language() -> None:
    found = paper("manaakitanga")
    with pikepdf.open(io.BytesIO(make.one(found, "pdf"))) as document:
        first = next(e for e in elements(document.Root.StructTreeRoot) if "/Lang" in e)
        assert str(first.Lang) == "mi-NZ"
        before = [str(e.S) for e in elements(document.Root.StructTreeRoot)][:6]
    assert "/H1" not in before[:2]
    word = Document(io.BytesIO(make.one(found, "docx")))
    title = next(p for p in word.paragraphs if p.style.name == "Title")
    assert [(run.text, run.style.name) for run in title.runs] == [("Manaakitanga", "Te reo Māori")]


def test_slides_are_in_their_languages() -> None:
    deck = Presentation(io.BytesIO(make.one(paper("introductory-workshop"), "pptx")))
    runs = [
        (run.find(f"{DRAWING}t").text, run.find(f"{DRAWING}rPr").get("lang"))
        for slide in deck.slides
        for run in slide.element.iter(f"{DRAWING}r")
    ]
    assert {lang for _, lang in runs} == {"en-NZ", "mi-NZ"}
    assert ("Manaakitanga", "mi-NZ") in runs
    assert not any(sign in text for text, _ in runs for sign in "\ue010\ue011")
    assert " ".join(text for text, lang in runs if lang == "en-NZ").count("Purpose Matters") > 0


def test_each_box_on_paper_says_what_it_stands_for() -> None:
    id_ = "purpose-statement-checklist"
    made = filled(id_, {"purpose-matters.state-the-data": Answer(answer="no")})
    with pikepdf.open(io.BytesIO(make.one(made, "pdf"))) as document:
        alt = [str(e.Alt) for e in elements(document.Root.StructTreeRoot) if "/Alt" in e]
    assert alt[1:4] == ["Yes: not ticked", "No: ticked", "Not applicable: not ticked"]
    assert alt.count("Yes: not ticked") == 24


def test_a_draft_says_so_in_every_format(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project")
    edit(root / "content/toolkit/before-you-start.md", "status: published", "status: draft")
    found = Press(load(root)).find("before-you-start")
    assert found is not None
    assert "(draft, not part of the policy)" in found.stamp
    book = openpyxl.load_workbook(io.BytesIO(make.one(found, "xlsx")))
    assert "draft" in book.worksheets[0].oddFooter.left.text


def test_a_book_is_dated_by_its_text_and_stays_the_same_book() -> None:
    data = make.one(paper("whole-policy"), "epub")
    package = zipfile.ZipFile(io.BytesIO(data)).read("EPUB/content.opf").decode()
    newest = reviews.newest(load(ROOT))
    assert f'<meta property="dcterms:modified">{newest}T00:00:00Z</meta>' in package
    assert ">urn:dpup:whole-policy</dc:identifier>" in package


@pytest.mark.parametrize("id_", ["", "note:a.b"])
def test_an_id_that_no_file_can_carry_is_refused(id_: str) -> None:
    text = f'{{"entry": "x", "answers": {{"{id_}": {{"answer": "yes"}}}}}}'
    with pytest.raises(AnswersError, match=r"x\.json:1:"):
        parse(text.encode(), "x.json")


def test_a_file_is_made_again_when_a_word_of_its_title_becomes_te_reo() -> None:
    found = paper("quick-check-in")
    other = dataclasses.replace(found, title_parts=((found.title, True),))
    assert make.key(found, "pdf") != make.key(other, "pdf")


def test_what_is_in_review_is_not_called_a_draft() -> None:
    other = dataclasses.replace(paper("quick-check-in"), status="in-review")
    assert "version 1.0.0 (in-review) · " in other.stamp
