"""The documentation can't drift: what exists is documented, and what is documented exists."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
import yaml

from dpup import fields, schemas
from dpup.kinds import KINDS, RESOURCES, Kind
from dpup.library import load
from dpup.source import read_markdown, read_yaml
from dpup.vocabulary import for_page
from dpup.words import WORDS
from helpers import ROOT

CONTRIBUTE = ROOT / "docs/contribute"


@pytest.mark.parametrize("word", WORDS)
def test_every_word_is_on_the_page_of_words(word: str) -> None:
    assert f"<code>{word}</code>" in for_page(ROOT, "contribute/words.md").vocabulary()


def test_every_kind_has_its_fields_on_the_page_of_fields() -> None:
    page = (CONTRIBUTE / "fields.md").read_text(encoding="utf-8")
    shown = set(re.findall(r'fields\(kind="([a-z-]+)"\)', page))
    # A sector and an agency have the same keys.
    assert shown == {*KINDS, *fields.PARTS} - {"agency"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_described(kind: str) -> None:
    shown = for_page(ROOT, "contribute/fields.md").fields(kind=kind)
    for name, field in KINDS[kind].model.model_fields.items():
        assert f"<code>{field.alias or name}</code>" in shown
        assert field.description


def row(kind: str, shape: str, key: str) -> fields.Field:
    """Find the row of a key in the tables of a kind."""
    table = next(table for table in fields.shapes(kind) if table.name == shape)
    return next(field for field in table.fields if field.name == key)


@pytest.mark.parametrize(
    ("place", "takes"),
    [
        (("guideline", "Guideline", "title"), "one line of at most 300 characters"),
        (("guideline", "Guideline", "number"), "a whole number from 1 to 99"),
        (("guideline", "Guideline", "reviewed"), "a day"),
        (("guideline", "Guideline", "changes"), "a list of at least 1; each: the keys of Change"),
        (("guideline", "Guideline", "approved"), "the keys of Approval"),
        (("guideline", "Practice", "text"), "a text of at most 2000 characters"),
        (("guideline", "Practice", "laws"), "a list; each: an id"),
        (("guideline", "Loop", "heart"), "one line of at most 80 characters"),
        (("guideline", "Loop", "aims"), "a list of 3 to 6; each: the keys of Aim"),
        (("checklist", "Checklist", "kind"), "always checklist"),
        (("checklist", "ChecklistItem", "from"), "a full id"),
        (("quiz", "Option", "right"), "true or false"),
        (("shared", "Review", "needs"), "one of te-reo, legal, source"),
        (("shared", "Change", "version"), "a version in quotes"),
        (("shared", "Approval", "rests_on"), "a fingerprint"),
        (("language-ok", "Right", "in"), "one line of at most 300 characters"),
        (("source", "Source", "url"), "a web address of at most 400 characters"),
    ],
)
def test_what_may_stand_at_a_key_is_said_in_words(place: tuple[str, str, str], takes: str) -> None:
    assert row(*place).takes == takes


def test_what_holds_where_a_key_is_left_out_is_said() -> None:
    assert (row("quiz", "Option", "right").required, row("quiz", "Option", "right").default) == (
        False,
        "false",
    )
    assert row("guideline", "Guideline", "laws").default == ""
    assert row("guideline", "Guideline", "title").required


@pytest.mark.parametrize("kind", KINDS)
def test_every_part_of_a_kind_has_a_table_and_shared_parts_have_one_for_all(kind: str) -> None:
    tables = {table.name for table in (*fields.shapes(kind), *fields.shapes("shared"))}
    named = {
        field.takes.rpartition("the keys of ")[2]
        for table in fields.shapes(kind)
        for field in table.fields
        if "the keys of " in field.takes
    }
    assert named <= tables
    assert not {table.name for table in fields.shapes(kind)} & {
        shape.__name__ for shape in fields.SHARED
    }


def plain(value: object) -> object:
    """Turn loaded data into what JSON can hold, as an editor sees it."""
    return json.loads(json.dumps(value, default=str))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_our_content_fits_the_published_schema(kind: Kind) -> None:
    validator = jsonschema.Draft202012Validator(schemas.schema(kind))
    place = ROOT / "content" / kind.place
    files = [place] if kind.is_list else sorted({ROOT / e.path for e in load(ROOT).of(kind.name)})
    for file in files:
        source = read_yaml(file, "x") if kind.is_list else read_markdown(file, "x")
        assert list(validator.iter_errors(plain(source.front.data))) == [], file.name


def test_every_schema_is_a_schema_and_wired_to_the_editor() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    wired = {name.removeprefix(".schema/") for name in settings["yaml.schemas"]}
    resources = {f"{kind.name}.json" for kind in RESOURCES}  # all through toolkit.json
    assert wired == set(schemas.files()) - resources
    for text in schemas.files().values():
        jsonschema.Draft202012Validator.check_schema(json.loads(text))


def test_the_first_screen_of_the_readme_has_the_two_commands() -> None:
    first = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:20])
    assert "make site" in first
    assert "make test" in first


def test_every_dependency_is_pinned_and_no_host_is_named() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[\w.]+", line) for line in lines)


def test_every_page_of_the_docs_is_in_the_navigation_or_linked() -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = {file.relative_to(ROOT / "docs").as_posix() for file in (ROOT / "docs").rglob("*.md")}
    texts = "\n".join(file.read_text("utf-8") for file in (ROOT / "docs").rglob("*.md"))
    lost = [page for page in pages if page not in config and page.rpartition("/")[2] not in texts]
    assert lost == []


def test_the_front_matter_of_every_page_has_a_title_and_a_description() -> None:
    for file in (ROOT / "docs").rglob("*.md"):
        meta = yaml.safe_load(file.read_text(encoding="utf-8").split("---")[1])
        assert meta["title"], file
        assert meta["description"], file
