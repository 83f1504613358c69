"""``dpup intake``: a filled Word form becomes a sound file, or says what is wrong box by box."""

from __future__ import annotations

import copy
import dataclasses
import io
import random
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from docx import Document
from docx.oxml.ns import qn

from dpup import answers, proposal_forms
from dpup import intake as taking
from dpup.check import check
from dpup.cli import main
from dpup.commands.intake import CHECKED
from dpup.export import form_part, make
from dpup.export.controls import tag
from dpup.export.opened import TOO_MUCH
from dpup.export.paper import Press
from dpup.filling import paragraphs
from dpup.finding import Finder
from dpup.kinds import KINDS
from dpup.library import load
from helpers import ROOT, SAMPLE, tree, write
from proposing import FILLED, PRACTICE, TRAPS, WRONG

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

DAY = "2026-12-01"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def intake(root: Path, file: Path, *words: str | Path) -> Result:
    return run("intake", file, "--root", root, "--today", DAY, *words)


def filled(root: Path, kind: str, said: Mapping[str, Any]) -> bytes:
    """Make the Word form of a kind with these answers in it, as our own writer puts them."""
    press = Press(load(root), "https://dpup.example/")
    empty = press.of_proposal(f"propose-{kind}")
    found = {
        f"propose-{kind}.{name}": answers.Answer(rows=text)
        if isinstance(text, tuple)
        else answers.Answer(answer=text)
        for name, text in said.items()
    }
    sheet = answers.Sheet(entry=empty.id, answers=found)
    return make.one(dataclasses.replace(empty, sheet=sheet), "docx")


def form(tmp_path: Path, root: Path, kind: str, **changes: Any) -> Path:
    """Write a filled form to a file: what is said above, with changes; None takes an answer out."""
    said = {**FILLED[kind], **{name.replace("__", "."): text for name, text in changes.items()}}
    file = tmp_path / f"{kind}.docx"
    file.write_bytes(filled(root, kind, {n: text for n, text in said.items() if text is not None}))
    return file


@pytest.mark.parametrize("kind", FILLED)
def test_a_filled_form_becomes_a_file_that_the_check_finds_sound(
    kind: str, project: Callable[..., Path], tmp_path: Path
) -> None:
    root = project()
    before = tree(root / "content")
    result = intake(root, form(tmp_path, root, kind))
    assert result.exit_code == 0, result.output
    assert [str(problem) for problem in check(root)[1]] == []
    after = tree(root / "content")
    changed = [name for name in after if after[name] != before.get(name)]
    assert len(changed) == 1
    assert result.stdout.split(": ")[1] == f"content/{changed[0]}\n"
    if KINDS[kind].is_list:
        assert after[changed[0]].startswith(before[changed[0]])


def test_every_form_is_tried() -> None:
    assert {form.kind for form in proposal_forms.FORMS.values()} == FILLED.keys()


def test_names_become_ids_and_the_rest_is_derived(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    root = project()
    intake(root, form(tmp_path, root, "checklist"))
    text = (root / "content/toolkit/nga-patai-before-you-call.md").read_text(encoding="utf-8")
    assert text == (
        "---\n"
        "kind: checklist\n"
        "title: 'Ngā pātai: before you call'\n"
        "summary: Questions to settle before you call somebody.\n"
        'version: "1.0.0"\n'
        "status: draft\n"
        "reviewed: 2026-12-01\n"
        "review_by: 2027-12-01\n"
        "sources: [page]\n"
        "minutes: 10\n"
        "tasks:\n"
        "  - call a client\n"
        "  - call a client's whānau\n"
        "roles: [frontline]\n"
        "stages: [plan]\n"
        "answers: yes-no-na\n"
        "meanings:\n"
        "  if_yes: Go on.\n"
        "  if_no: 'Wait: it isn''t ready.'\n"
        "  if_not_applicable: It can't arise.\n"
        "sections:\n"
        "  - id: why\n"
        "    title: Why\n"
        "    items:\n"
        "      - from: purpose-matters.write-it-down\n"
        "        hint: 'Two sentences: no more.'\n"
        "      - id: have-we-told-the-team\n"
        "        question: Have we told the team?\n"
        "        supports: [purpose-matters.write-it-down, he-tangata.show-the-benefit]\n"
        "  - id: how\n"
        "    title: How\n"
        "    items:\n"
        "      - from: he-tangata.show-the-benefit\n"
        "changes:\n"
        '  - version: "1.0.0"\n'
        "    date: 2026-12-01\n"
        "    kind: added\n"
        "    note: First edition.\n"
        "---\n"
        "\n"
        "Do it together.\n"
        "\n"
        "Then:\n"
        "\n"
        "- one\n"
        "- two\n"
        "\n"
        "## After\n"
        "\n"
        "Say thanks.\n"
    )


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_box_by_box_in_the_words_of_the_check(
    case: str, project: Callable[..., Path], tmp_path: Path
) -> None:
    root = project()
    before = tree(root / "content")
    kind, changes, expected = WRONG[case]
    result = intake(root, form(tmp_path, root, kind, **changes))
    assert result.exit_code == 1
    assert result.stdout.partition("\n\n")[0].rstrip("\n") == expected
    assert tree(root / "content") == before


@pytest.mark.parametrize("trap", TRAPS)
def test_what_is_typed_stays_text(trap: str, project: Callable[..., Path], tmp_path: Path) -> None:
    root = project()
    hint = (f"x {trap}", trap, "", "")
    file = form(tmp_path, root, "checklist", summary=trap, hint=hint, tasks=trap)
    result = intake(root, file, "--id", "one")
    assert result.exit_code == 0, result.output
    assert check(root)[1] == ()
    entry = load(root).get("checklist", "one")
    assert entry is not None
    facts: Any = entry.facts
    assert (facts.summary, facts.tasks) == (trap, (trap,))
    items = facts.sections[0].items
    assert (items[0].hint, items[1].hint) == (f"x {trap}", trap)
    assert (facts.status, facts.kind) == ("draft", "checklist")


def test_a_blank_that_somebody_typed_is_told(project: Callable[..., Path], tmp_path: Path) -> None:
    root = project()
    result = intake(root, form(tmp_path, root, "guide", summary="[fill in: later]"))
    assert result.stdout == (
        "Box 'Summary': This blank is still to be filled: later. "
        "Write it in place of the square brackets.\n"
        "\n"
        "Of the file that this form makes, dpup check says the same in its own words:\n"
        "content/toolkit/how-to-call.md:4:10: summary: This blank is still to be filled: later. "
        "Write it in place of the square brackets.\n"
    )


@pytest.mark.parametrize("case", WRONG)
def test_the_words_of_the_check_are_those_that_the_check_prints(
    case: str, project: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project()
    kind, changes, _ = WRONG[case]
    file = form(tmp_path, root, kind, **changes)
    said = intake(root, file).stdout.partition(f"\n\n{CHECKED}\n")[2].splitlines()
    monkeypatch.setattr(taking, "_faults", lambda *_: ())  # write it although it is wrong
    written = intake(root, file)
    if case == "a taken title":
        assert said == []
    else:
        assert written.exit_code == 0, written.output
        path = written.stdout.split(": ")[1].strip()
        printed = run("check", "--root", root).stdout.splitlines()
        assert [line for line in printed if line.startswith(f"{path}:")] == said != []


def test_a_form_filled_in_by_another_program_is_read(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    """Write as Word does: into the controls, with a copied row and a form that was saved again."""
    root = project()
    document = Document(io.BytesIO(filled(root, "checklist", {})))
    said = FILLED["checklist"]
    table = next(t for t in document.element.body.iter(qn("w:tbl")))
    rows = table.findall(qn("w:tr"))
    for row in rows[3:]:
        table.remove(row)
    for _ in range(2):  # as somebody copies the last row
        rows[2].addnext(copy.deepcopy(rows[2]))
    for name, text in said.items():
        texts = text if isinstance(text, tuple) else (text,)
        id_ = tag(f"propose-checklist.{name}")
        boxes = [c for c in document.element.body.iter(qn("w:sdt")) if _tag(c) == id_]
        for box, words in zip(boxes, texts, strict=True):
            _type(box, words)
    file = tmp_path / "by-hand.docx"
    document.save(str(file))
    assert intake(root, file).stdout == "Written: content/toolkit/nga-patai-before-you-call.md\n"
    assert check(root)[1] == ()
    by_writer = form(tmp_path, root, "checklist")
    result = intake(root, by_writer, "--out", tmp_path / "same.md", "--id", "another")
    assert result.exit_code == 0
    there = root / "content/toolkit/nga-patai-before-you-call.md"
    assert (tmp_path / "same.md").read_bytes() == there.read_bytes()


def _tag(control: Any) -> str:
    return str(control.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")))


def _type(control: Any, words: str) -> None:
    properties = control.find(qn("w:sdtPr"))
    for hint in properties.findall(qn("w:showingPlcHdr")):
        properties.remove(hint)
    for checked in properties.iter("{http://schemas.microsoft.com/office/word/2010/wordml}checked"):
        checked.set("{http://schemas.microsoft.com/office/word/2010/wordml}val", "1")
        return
    labels = {
        item.get(qn("w:value")): item.get(qn("w:displayText"))
        for item in properties.iter(qn("w:listItem"))
    }
    run = control.find(qn("w:sdtContent")).find(qn("w:r"))
    for text in run.findall(qn("w:t")):
        run.remove(text)
    for number, line in enumerate(labels.get(words, words).split("\n")):
        if number:
            run.append(run.makeelement(qn("w:br")))
        text = run.makeelement(qn("w:t"))
        text.text = line
        run.append(text)


def test_nothing_is_overwritten(project: Callable[..., Path], tmp_path: Path) -> None:
    root = project()
    file = form(tmp_path, root, "guide")
    out = tmp_path / "mine.md"
    write(out, "mine")
    result = intake(root, file, "--out", out)
    assert result.exit_code == 1
    assert "This can't be written: File exists." in result.stderr
    assert out.read_text(encoding="utf-8") == "mine"
    assert intake(root, file).exit_code == 0
    assert "Box 'Title': The id 'how-to-call' is taken by" in intake(root, file).stdout
    assert intake(root, file, "--id", "how-to-call-2").exit_code == 0


def test_a_word_goes_into_a_file_of_its_own_with_out(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    root = project()
    before = tree(root / "content")
    out = tmp_path / "term.yml"
    result = intake(root, form(tmp_path, root, "term"), "--out", out)
    assert result.stdout == f"Written: {out}\n"
    assert out.read_text(encoding="utf-8").startswith("- id: tangata\n  term: tāngata\n")
    assert tree(root / "content") == before


def test_what_an_older_form_asked_is_said(project: Callable[..., Path], tmp_path: Path) -> None:
    root = project()
    file = form(tmp_path, root, "guide", gone="Some words")
    result = intake(root, file)
    assert result.exit_code == 0
    assert result.stderr == (
        "'propose-guide.gone' is no box of this form any more. "
        "This is not in the file: Some words\n"
    )


def damaged(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def told(root: Path, tmp_path: Path, data: bytes, name: str = "x.docx") -> str:
    file = tmp_path / name
    file.write_bytes(data)
    result = intake(root, file)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), result.exception
    return result.stderr + result.stdout


NO_WORD_FILE = "Error: x.docx: This is not a Word file that can be read. Save it again as .docx.\n"


def test_files_that_are_no_form_are_refused_in_words(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    root = project()
    good = filled(root, "guide", FILLED["guide"])
    assert told(root, tmp_path, b"") == NO_WORD_FILE
    assert told(root, tmp_path, b"PK\x03\x04" + b"x" * 100) == NO_WORD_FILE
    assert told(root, tmp_path, good[: len(good) // 2]) == NO_WORD_FILE
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 101_000_000)
    assert told(root, tmp_path, bomb.getvalue()) == f"Error: x.docx: {TOO_MUCH}\n"
    assert told(root, tmp_path, good, "x.pdf") == (
        "Error: x.pdf: Only .docx can be read. Save the form as that.\n"
    )
    plain = io.BytesIO()
    Document().save(plain)
    assert "This file does not say which form it is." in told(root, tmp_path, plain.getvalue())
    untagged = damaged(
        good, lambda _, data: data.replace(b"w:tag ", b"w:gat ").replace(b"w:alias ", b"w:saila ")
    )
    assert "The boxes and fields of this form are gone" in told(root, tmp_path, untagged)


def test_another_form_of_ours_is_named(project: Callable[..., Path], tmp_path: Path) -> None:
    root = project()
    paper = Press(load(root)).find("before-you-start")
    assert paper is not None
    assert told(root, tmp_path, make.one(paper, "docx")) == (
        "Error: This is the form 'before-you-start', which proposes nothing. Take one that starts "
        "with 'Propose' from the page Downloads.\n"
    )


def test_damage_of_any_kind_ends_in_words(project: Callable[..., Path], tmp_path: Path) -> None:
    root = project()
    good = filled(root, "checklist", FILLED["checklist"])
    chance = random.Random(7)

    def broken(name: str, data: bytes) -> bytes:
        if name not in {"word/document.xml", "customXml/item1.xml"} or chance.random() < 0.3:
            return data
        start = chance.randrange(len(data))
        return data[:start] + chance.choice((b"", b"<x/>", b"&", b">")) + data[start + 9 :]

    for _ in range(15):
        file = tmp_path / "x.docx"
        file.write_bytes(damaged(good, broken))
        result = intake(root, file, "--out", tmp_path / "never.md")
        assert result.exception is None or isinstance(result.exception, SystemExit)
        (tmp_path / "never.md").unlink(missing_ok=True)


def test_a_form_says_what_it_is_and_asks_for_no_id(project: Callable[..., Path]) -> None:
    root = project()
    for form_ in proposal_forms.FORMS.values():
        document = Document(io.BytesIO(filled(root, form_.kind, {})))
        said = form_part.read(document)
        assert said is not None
        assert said.entry == form_.id
        assert document.paragraphs[0].text == form_.title
        assert not {"id", "version", "status", "reviewed"} & {
            box.name for box in form_.boxes.values()
        }


@pytest.mark.parametrize("form_", proposal_forms.FORMS.values(), ids=lambda form_: form_.kind)
def test_every_field_that_has_to_be_there_has_a_box_or_is_derived(form_: Any) -> None:
    shape = KINDS[form_.kind].model
    derived = {"id", "kind", "version", "status", "reviewed", "review_by", "changes", "number"}
    derived |= {"asked", "history"}
    parts = {part.id for part in form_.parts if part.ticks or part.repeats}
    parts |= {"sections"} if "items" in parts else set()
    boxes = {name.partition(".")[0] for name in form_.boxes}
    needed = {name for name, field in shape.model_fields.items() if field.is_required()}
    assert needed - derived <= boxes | parts


def test_things_are_found_by_what_people_call_them() -> None:
    find = Finder(load(SAMPLE))
    assert find.ids("practice", ["Write down why", "HAVE we written down why?"]) == (PRACTICE,)
    assert find.ids("practice", [f"https://x.example/a/id/{PRACTICE}/"]) == (PRACTICE,)
    assert find.ids("source", ["the page; page", "Other, thing"]) == ("page", "Other, thing")
    assert find.ids("term", ["Whanau, PIA"]) == ("whanau", "pia")
    assert find.one("law", "IPP 1") == "ipp-1"
    assert find.ids("source", ["https://agency.example/page/"]) == ("page",)
    assert find.unclear == {}


def test_what_several_things_are_called_is_asked_back(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    root = project()
    sources = root / "content/reference/sources.yml"
    text = sources.read_text(encoding="utf-8")
    write(sources, text + text.replace("id: page", "id: other").replace("/page", "/other"))
    result = intake(root, form(tmp_path, root, "guide"))
    assert result.stdout.splitlines() == [
        "Box 'Sources': Several things are called this. Write one of these ids: page, other.",
        "",
        CHECKED,
        (
            "content/toolkit/how-to-call.md:10:5: sources[0]: 'The page' is not an id. "
            "Use the letters a to z, digits and single hyphens, as in purpose-matters."
        ),
    ]
    assert intake(root, form(tmp_path, root, "guide", sources="page")).exit_code == 0


def test_paragraphs_follow_lines() -> None:
    assert paragraphs("") == ""
    assert paragraphs("a\n\n\nb") == "a\n\nb"
    assert paragraphs("1. a\n2. b\nc") == "1. a\n2. b\n\nc"


def test_marks_of_items_that_word_puts_become_those_of_markdown() -> None:
    pasted = "Take:\n• one\n·\u00a0two\n\u2013 three\nThen:\n1) four\n2) five\n\u2013 and so on"
    assert paragraphs(pasted) == (
        "Take:\n\n- one\n- two\n- three\n\nThen:\n\n1. four\n2. five\n- and so on"
    )
    assert paragraphs("\u20139 or 1)a") == "\u20139 or 1)a"


def test_our_own_forms_offer_our_roles() -> None:
    paper = Press(load(ROOT)).of_proposal("propose-checklist")
    ticked = [id_ for id_ in paper.asks if id_.startswith("propose-checklist.roles.")]
    assert ticked == [f"propose-checklist.roles.{e.id}" for e in load(ROOT).of("role")]


def edited(
    root: Path, tmp_path: Path, kind: str, change: Callable[[Any], None], *words: str
) -> Result:
    """Take in a form that somebody changed beside its boxes."""
    document = Document(io.BytesIO(filled(root, kind, FILLED[kind])))
    change(document)
    file = tmp_path / "edited.docx"
    document.save(str(file))
    return intake(root, file, *words)


def _box(document: Any, name: str) -> Any:
    return next(c for c in document.element.body.iter(qn("w:sdt")) if _tag(c) == tag(name))


def test_a_row_without_boxes_is_read(project: Callable[..., Path], tmp_path: Path) -> None:
    root = project()

    def add(document: Any) -> None:
        cells = document.tables[0].add_row().cells
        cells[2].text = "Have we said thanks?"
        cells[3].text = PRACTICE

    result = edited(root, tmp_path, "checklist", add)
    assert (result.exit_code, result.stderr) == (0, "")
    text = (root / "content/toolkit/nga-patai-before-you-call.md").read_text(encoding="utf-8")
    assert (f"        question: Have we said thanks?\n        supports: [{PRACTICE}]\n") in text


def test_what_stands_outside_the_boxes_is_told(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    root = project()

    def change(document: Any) -> None:
        box = _box(document, "propose-guide.tasks")
        paragraph = box.getparent()
        paragraph.remove(box)
        paragraph.append(document.add_paragraph("write a letter").runs[0].element)
        document.add_paragraph("PS: call me")
        document.add_comment(document.paragraphs[0].runs, "Is this right?", "Somebody")

    result = edited(root, tmp_path, "guide", change)
    assert result.exit_code == 0
    assert result.stderr == (
        "The box 'Tasks' is gone. If you need it, take a fresh form.\n"
        "This stands in no box and is not in the file: write a letter\n"
        "This stands in no box and is not in the file: PS: call me\n"
        "A comment is not in the file: Is this right?\n"
    )


def test_what_was_moved_counts_once_and_a_mark_left_on_hides_nothing(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    root = project()

    def change(document: Any) -> None:
        content = _box(document, "propose-guide.body").find(qn("w:sdtContent"))
        run = content.find(qn("w:r"))
        moved = run.makeelement(qn("w:moveFrom"))
        run.addprevious(moved)
        moved.append(copy.deepcopy(run))
        properties = _box(document, "propose-guide.summary").find(qn("w:sdtPr"))
        properties.append(properties.makeelement(qn("w:showingPlcHdr")))

    out = tmp_path / "x.md"
    result = edited(root, tmp_path, "guide", change, "--out", str(out))
    assert (result.exit_code, result.stderr) == (0, "")
    text = out.read_text(encoding="utf-8")
    assert "summary: What helps on the phone." in text
    assert text.count("Say who you are.") == 1
