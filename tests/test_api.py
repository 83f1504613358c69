"""The files below ``api/v1/``: whole, true to the content, stable, and fit for their schemas."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import referencing
from referencing.jsonschema import DRAFT202012

from dpup import fingerprints, licence, matrices, schemas
from dpup.addresses import url_of
from dpup.export import api, api_schemas, records
from dpup.kinds import KINDS
from dpup.library import load
from helpers import ROOT, build_site, edit, make_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pydantic import BaseModel

    from dpup.entries import Entry

LIBRARY = load(ROOT)
FILES = api.files(LIBRARY, "")
DATA = {path: json.loads(text) for path, text in FILES.items()}
ENTRIES = sorted(LIBRARY.entries, key=lambda entry: (entry.kind.name, entry.id))
SITE = "https://site.example/dpup/"
SHAPES = {
    "index.json": "schema/api-index.json",
    "practices.json": "schema/api-practices.json",
    "entries": "schema/api-entry.json",
    "matrices": "schema/api-matrix.json",
}


def registry() -> referencing.Registry:
    """Every published schema at its address."""
    texts = {f"schema/{name}": text for name, text in schemas.files().items()}
    texts |= api_schemas.published()
    found = ((f"https://x.example/{path}", json.loads(text)) for path, text in texts.items())
    return referencing.Registry().with_resources(
        (uri, DRAFT202012.create_resource(schema)) for uri, schema in found
    )


REGISTRY = registry()


def errors(schema: str, data: object) -> list[str]:
    """Say where data does not fit a published schema."""
    of = {"$ref": f"https://x.example/{schema}"}
    validator = jsonschema.Draft202012Validator(of, registry=REGISTRY)
    return [error.message for error in validator.iter_errors(data)]


def file_of(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = DATA[api.entry_path(entry.kind.name, entry.id)]
    return found


def test_every_file_fits_its_published_schema() -> None:
    ours = {path: data for path, data in DATA.items() if path.startswith("api/v1/")}
    del ours[api.OSCAL]  # it has a schema of NIST
    for path, data in ours.items():
        assert errors(SHAPES[path.split("/")[2]], data) == [], path


@pytest.mark.parametrize("kind", KINDS)
def test_the_facts_of_every_entry_fit_the_published_schema_of_their_kind(kind: str) -> None:
    file = f"schema/{schemas.name(KINDS[kind])}.json"
    for entry in LIBRARY.of(kind):
        facts = file_of(entry)["facts"]
        assert errors(file, [facts] if KINDS[kind].is_list else facts) == [], entry.id


def test_the_schema_of_an_entry_judges_its_facts() -> None:
    good = file_of(LIBRARY.get("law", "ipp-3a"))
    wrong = {**good, "facts": {**good["facts"], "number": "three"}}
    assert errors("schema/api-entry.json", wrong) == ["'three' is not of type 'integer'"]
    unknown = {**file_of(LIBRARY.find("he-tangata")), "facts": {"title": "x"}}
    assert "'summary' is a required property" in errors("schema/api-entry.json", unknown)


def test_facts_are_what_the_content_file_says() -> None:
    """Read back, they are equal; and no key says no more than its default."""
    for entry in ENTRIES:
        facts = file_of(entry)["facts"]
        assert entry.kind.model.model_validate_json(json.dumps(facts)) == entry.facts
        assert file_of(entry).get("body", "") == entry.body
    facts = file_of(LIBRARY.get("term", "aboutme"))["facts"]
    assert list(facts) == ["id", "term", "meaning", "see", "sources"]
    item = file_of(LIBRARY.find("quick-check-in"))["facts"]["sections"][0]["items"][0]
    assert item == {"from": "he-tangata.show-the-benefit"}


def test_the_index_lists_every_file_and_nothing_else() -> None:
    index = DATA[api.INDEX]
    listed = [item["file"] for item in index["files"]]
    listed += [item["file"] for kind in index["kinds"] for item in kind["entries"]]
    named = {item.get("schema_file") for item in [*index["files"], *index["kinds"]]} - {None}
    published = {*FILES, *(f"schema/{name}" for name in schemas.files())}
    assert sorted(listed) == sorted(
        path for path in FILES if path.startswith("api/") and path != api.INDEX
    )
    assert named <= published
    assert [kind["kind"] for kind in index["kinds"]] == list(KINDS)
    assert {kind["kind"]: kind["count"] for kind in index["kinds"]} == {
        name: len(LIBRARY.of(name)) for name in KINDS
    }
    assert all(kind["count"] == len(kind["entries"]) for kind in index["kinds"])
    assert index["practices"] == len(LIBRARY.all_practices)


def test_every_file_says_what_it_is_whose_it_is_and_under_which_licence() -> None:
    for path, data in DATA.items():
        if path.startswith("api/v1/") and path != api.OSCAL:
            assert data["format"] == "1.0"
            assert data["licence"] == licence.URL
            assert data["notice"] == licence.NOTICE
            assert data["credit"] == licence.CREDIT
    page = (ROOT / "docs/copyright.md").read_text(encoding="utf-8")
    assert f"> {licence.CREDIT}\n" in page
    assert licence.URL in page


def test_practices_are_all_there_with_their_ties() -> None:
    data = DATA[api.PRACTICES]
    assert data["count"] == len(data["practices"])
    assert [item["id"] for item in data["practices"]] == [p.id for p in LIBRARY.all_practices]
    for item, practice in zip(data["practices"], LIBRARY.all_practices, strict=True):
        assert item["fingerprint"] == fingerprints.of(item["text"], item["question"])
        assert item["entry_version"] == practice.entry.facts.version
        assert item["laws"] == list(practice.related("law"))
        assert item["used_in"] == [entry.id for entry in LIBRARY.users(practice)]


def test_a_practice_of_the_sample_is_exactly_this(tmp_path: Path) -> None:
    files = api.files(load(make_project(tmp_path)), SITE)
    found = {item["id"]: item for item in json.loads(files[api.PRACTICES])["practices"]}
    assert found["purpose-matters.write-it-down"] == {
        "id": "purpose-matters.write-it-down",
        "text": "Write down why.",
        "question": "Have we written down why?",
        "fingerprint": "9796f3a8c053",
        "kind": "guideline",
        "entry": "purpose-matters",
        "entry_version": "1.0.0",
        "group": "purpose-matters.be-clear",
        "group_title": "Be clear about why",
        "principles": ["he-tangata"],
        "guidelines": ["purpose-matters"],
        "laws": ["ipp-1"],
        "roles": ["frontline"],
        "stages": ["plan", "collect"],
        "findings": ["wellbeing"],
        "sources": ["page"],
        "used_in": [
            "before-you-start",
            "which-way",
            "what-service-users-need-to-know",
            "in-brief",
            "first-steps",
            "filled-in",
            "a-story",
            "a-session",
            "a-quiz",
        ],
        "awaits": ["legal"],
        "beyond_law": "The Act does not ask for it in writing.",
        "page": "guidelines/purpose-matters/#write-it-down",
        "address": "id/purpose-matters.write-it-down/",
        "url": f"{SITE}id/purpose-matters.write-it-down/",
    }
    assert found["purpose-matters.old-habit"]["withdrawn"] == {
        "date": "2026-11-24",
        "reason": "Nobody needs the paper.",
        "replaced_by": ["purpose-matters.write-it-down"],
    }


def test_an_entry_of_the_sample_is_exactly_this(tmp_path: Path) -> None:
    files = api.files(load(make_project(tmp_path)), "")
    show = "he-tangata.show-the-benefit"
    data = json.loads(files["api/v1/entries/checklist/before-you-start.json"])
    links = data.pop("links")
    facts = data.pop("facts")
    assert data == {
        "format": "1.0",
        "notice": licence.NOTICE,
        "licence": licence.URL,
        "credit": licence.CREDIT,
        "kind": "checklist",
        "id": "before-you-start",
        "title": "Before you start",
        "page": "toolkit/before-you-start/",
        "source": "content/toolkit/before-you-start.md",
        "based_on": "https://agency.example/page",
        "body": "Use it as you like.\n",
    }
    assert facts["answers"] == "yes-no"
    assert links["practices"] == [show, "purpose-matters.write-it-down"]
    assert links["laws"] == [
        {
            "kind": "law",
            "id": "ipp-1",
            "title": "Purpose of collection",
            "page": "laws/ipp-1/",
            "practices": 2,
        }
    ]
    assert [item["id"] for item in links["items"]] == [
        "purpose-matters.write-it-down",
        show,
        "before-you-start.told",
    ]
    assert links["items"][2] == {
        "id": "before-you-start.told",
        "section": "why",
        "question": "If people object, have we told them why?",
        "practices": [show],
    }
    # A decision helper leads to it.
    assert [tie["id"] for tie in links["used_in"]] == ["which-way"]
    role = json.loads(files["api/v1/entries/role/frontline.json"])["links"]
    assert "before-you-start" in [ref["id"] for ref in role["resources"]]
    assert "before-you-start" in [ref["id"] for ref in role["referred_to_by"]]
    assert [ref["id"] for ref in role["roles"]] == []


def test_ids_in_files_lead_to_what_is_there() -> None:
    practices = {item["id"] for item in DATA[api.PRACTICES]["practices"]}
    pages = {(entry.kind.name, entry.id): url_of(entry.uri) for entry in ENTRIES}
    for entry in ENTRIES:
        links = file_of(entry)["links"]
        assert set(links["practices"]) <= practices
        refs = [ref for found in links.values() for ref in found if isinstance(ref, dict)]
        for ref in refs:
            if "page" in ref:
                assert pages[ref["kind"], ref["id"]] == ref["page"]
    official = [file_of(entry)["links"]["answered_by"] for entry in LIBRARY.of("official")]
    assert all(LIBRARY.lookup(id_) for ids in official for id_ in ids)
    assert any(official)


def test_the_named_matrices_are_those_of_the_pages() -> None:
    found = {}
    for file in (ROOT / "docs/matrices").glob("*.md"):
        text = file.read_text(encoding="utf-8")
        title = re.search(r"^# (.+)$", text, re.MULTILINE)[1]
        for word, said in re.findall(r"^\{\{ (matrix|chain)\((.*)\) \}\}$", text, re.MULTILINE):
            sides = dict(re.findall(r'(\w+)="([\w-]+)"', said))
            assert (word == "chain") == (not sides)
            found[file.stem] = matrices.Named(title, **sides)
    assert found == matrices.NAMED


@pytest.mark.parametrize("name", matrices.NAMED)
def test_a_matrix_has_what_its_page_shows(name: str) -> None:
    named, data = matrices.NAMED[name], DATA[api.matrix_path(name)]
    cells = {(cell["row"], cell["column"]): tuple(cell["ids"]) for cell in data["cells"]}
    assert len(cells) == len(data["cells"])
    assert all(cells.values())
    if named.rows:
        table = matrices.crossed(LIBRARY, named.rows, named.columns, named.of)
        assert cells == {key: tuple(t.id for t in things) for key, things in table.cells.items()}
        assert [row["id"] for row in data["rows"]] == [row.id for row in table.rows]
        assert data["of"] == named.of
        return
    for link in matrices.chain(LIBRARY):
        shown = {"principle": link.principles, "guideline": link.guidelines}
        for column, things in {**shown, "resource": link.resources}.items():
            found = cells.get((link.finding.id, column), ())
            assert found == tuple(thing.id for thing in things)


def test_addresses_are_whole_only_where_the_site_knows_its_own() -> None:
    assert not any("url" in data or "site" in data for data in DATA.values())
    for site in (SITE, SITE.rstrip("/")):
        files = {path: json.loads(text) for path, text in api.files(LIBRARY, site).items()}
        assert files[api.INDEX]["site"] == SITE
        assert files["api/v1/entries/law/ipp-3a.json"]["url"] == f"{SITE}laws/ipp-3a/"
        assert files["api/v1/entries/term/acc.json"]["url"] == f"{SITE}glossary/#acc"
        matrix = files[api.matrix_path("laws-by-guidelines")]
        assert matrix["url"] == f"{SITE}matrices/laws-by-guidelines/"


def test_files_are_text_that_people_can_read_and_compare() -> None:
    for path, text in FILES.items():
        assert text.endswith("}\n"), path
        assert "\\u" not in text, path
        assert str(ROOT) not in text, path
    assert "Tāngata" in FILES["api/v1/entries/principle/he-tangata.json"]


def test_the_same_content_gives_the_same_bytes_in_any_run() -> None:
    code = (
        "import hashlib, pathlib, sys; from dpup.library import load; from dpup.export import api;"
        "files = api.files(load(pathlib.Path(sys.argv[1])), '');"
        "print(hashlib.sha256(repr(list(files.items())).encode()).hexdigest())"
    )
    here = hashlib.sha256(repr(list(FILES.items())).encode()).hexdigest()
    path = str(ROOT / "src")
    for seed in ("1", "2"):
        command = [sys.executable, "-c", code, str(ROOT)]
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": path}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == here


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    said = '</script><b>" \\ =cmd() whānau'
    guideline = root / "content/guidelines/purpose-matters.md"
    edit(guideline, "text: Write down why.", f"text: {json.dumps(said)}")
    files = api.files(load(root), "")
    practices = json.loads(files[api.PRACTICES])["practices"]
    assert said in [item["text"] for item in practices]


def test_a_library_with_problems_still_has_its_files(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    edit(root / "content/principles/he-tangata.md", "number: 1", "number: one")
    library = load(root)
    assert library.problems
    files = api.files(library, "")
    assert "api/v1/entries/principle/he-tangata.json" not in files
    assert "api/v1/entries/guideline/purpose-matters.json" in files


def test_the_site_has_every_file_as_it_was_made(project: Callable[..., Path]) -> None:
    root = project()
    name = "site_name: Sample"
    edit(root / "mkdocs.yml", name, f"{name}\nsite_url: {SITE}")
    site = build_site(root)
    for path, text in api.files(load(root), SITE).items():
        assert (site / path).read_bytes() == text.encode(), path


def test_the_example_on_the_page_about_data_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs/data.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```text\n(.+?)^```$", page, re.DOTALL | re.MULTILINE)
    (tmp_path / "practices.json").write_text(FILES[api.PRACTICES], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "docs/data.md", "exec"), {})  # noqa: S102 - our own example
    with (tmp_path / "analysis.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["id", "what to do", "question", "laws"]
    assert [row[0] for row in rows] == [p.id for p in LIBRARY.practices(role="analysis")]


def test_every_path_on_the_page_about_data_exists() -> None:
    page = (ROOT / "docs/data.md").read_text(encoding="utf-8")
    for path in re.findall(r"^\| `(api/[^`]+)`", page, re.MULTILINE):
        pattern = re.sub(r"KIND|ID|NAME", "[a-z0-9-]+", re.escape(path))
        assert any(re.fullmatch(pattern, made) for made in FILES), path


def described(shape: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the properties of a schema and of its definitions."""
    for part in (shape, *shape.get("$defs", {}).values()):
        yield from part.get("properties", {}).items()


@pytest.mark.parametrize("path", api_schemas.FILES)
def test_each_schema_is_a_schema_and_explains_every_field(path: str) -> None:
    schema = json.loads(api_schemas.published()[path])
    jsonschema.Draft202012Validator.check_schema(schema)
    silent = [name for name, field in described(schema) if not field.get("description")]
    assert silent == []


# What v1 has promised. Add to it; a name that leaves it breaks somebody's program.
PROMISED = {
    records.Opening: {"format", "notice", "licence", "credit"},
    records.Ref: {"kind", "id", "title", "page"},
    records.Tie: {"kind", "id", "title", "page", "practices"},
    records.Item: {"id", "section", "question", "practices"},
    records.Cell: {"row", "column", "ids"},
    records.Listed: {"id", "title", "file", "page", "version"},
    records.FileListing: {"file", "title", "schema_file"},
    records.KindListing: {"kind", "label", "plural", "schema_file", "count", "entries"},
    records.IndexFile: {"official", "site", "changed", "practices", "kinds", "files"},
    records.PracticesFile: {"count", "practices"},
    records.MatrixFile: {"id", "title", "page", "url", "of", "rows", "columns", "cells"},
    records.EntryFile: {
        *("kind", "id", "title", "page", "url", "source", "based_on", "facts", "body", "links"),
    },
    records.Links: {
        *("practices", "used_in", "principles", "guidelines", "laws", "findings", "roles"),
        *("stages", "resources", "answered_by", "referred_to_by", "items"),
    },
    records.PracticeRecord: {
        *("id", "text", "question", "fingerprint", "kind", "entry", "entry_version", "group"),
        *("group_title", "principles", "guidelines", "laws", "roles", "stages", "findings"),
        *("sources", "used_in", "awaits", "beyond_law", "withdrawn", "page", "address", "url"),
    },
}


@pytest.mark.parametrize("shape", PROMISED, ids=lambda shape: shape.__name__)
def test_what_v1_promised_is_still_there(shape: type[BaseModel]) -> None:
    assert set(shape.model_fields) >= PROMISED[shape]
    assert shape.model_json_schema().get("additionalProperties", True) is True
