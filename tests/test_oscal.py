"""The OSCAL catalog: it fits the models of OSCAL, and says what the practices say."""

from __future__ import annotations

import copy
import json
import re
import uuid
from typing import TYPE_CHECKING, Any

import pydantic
import pytest
from trestle.oscal.catalog import Model

from dpup.export import oscal
from dpup.library import load
from helpers import ROOT, edit, make_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LIBRARY = load(ROOT)
CATALOG = oscal.catalog(LIBRARY, "")["catalog"]
GUIDELINE = "content/guidelines/purpose-matters.md"
TOKEN = re.compile(r"[a-z_][a-z0-9._-]*")


def controls(group: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the controls of a group or catalog, in order."""
    yield from group.get("controls", ())
    for inner in group.get("groups", ()):
        yield from controls(inner)


def with_id(found: object) -> Iterator[dict[str, Any]]:
    """Yield everything that has an id."""
    if isinstance(found, dict):
        if "id" in found:
            yield found
        for value in found.values():
            yield from with_id(value)
    for value in found if isinstance(found, list) else ():
        yield from with_id(value)


def fits(catalog: dict[str, Any]) -> bool:
    """Tell whether a catalog fits the models that are made from NIST's own schema."""
    try:
        Model.model_validate_json(json.dumps({"catalog": catalog}))
    except pydantic.ValidationError:
        return False
    return True


def test_our_catalog_fits_the_models_of_oscal() -> None:
    Model.model_validate_json(json.dumps({"catalog": CATALOG}))


def control_of(catalog: dict[str, Any]) -> dict[str, Any]:
    return next(controls(catalog))


@pytest.mark.parametrize(
    "damage",
    [
        lambda catalog: catalog.pop("uuid"),
        lambda catalog: catalog["metadata"].pop("oscal-version"),
        lambda catalog: catalog["metadata"].update({"last-modified": "2026-11-24"}),
        lambda catalog: catalog["groups"][0].pop("title"),
        lambda catalog: control_of(catalog).update(id="1.starts-with-a-digit"),
        lambda catalog: control_of(catalog).update(title="two\nlines"),
        lambda catalog: control_of(catalog).update(question="Is it a key of OSCAL?"),
        lambda catalog: control_of(catalog)["props"][0].update(value=" "),
        lambda catalog: control_of(catalog)["parts"][0].pop("name"),
        lambda catalog: control_of(catalog).update(links=[]),
        lambda catalog: catalog["back-matter"]["resources"][0].update(uuid="x"),
    ],
)
def test_the_models_of_oscal_would_find_a_slip(damage: Callable[[dict[str, Any]], object]) -> None:
    broken = copy.deepcopy(CATALOG)
    damage(broken)
    assert not fits(broken)


def test_every_practice_is_a_control_in_reading_order() -> None:
    assert [item["id"] for item in controls(CATALOG)] == [p.id for p in LIBRARY.all_practices]
    homes = [*LIBRARY.of("principle"), *LIBRARY.of("guideline")]
    assert [group["id"] for group in CATALOG["groups"]] == [entry.id for entry in homes]
    for group, entry in zip(CATALOG["groups"], homes, strict=True):
        inner = [item["title"] for item in group["groups"]]
        assert inner == [part.title for part in entry.groups]


def test_a_control_says_what_the_practice_says(tmp_path: Path) -> None:
    catalog = oscal.catalog(load(make_project(tmp_path)), "")["catalog"]
    found = {item["id"]: item for item in controls(catalog)}
    control = found["purpose-matters.write-it-down"]
    links = control.pop("links")
    assert control == {
        "id": "purpose-matters.write-it-down",
        "class": "practice",
        "title": "Write down why.",
        "props": [
            {"name": "label", "value": "purpose-matters.write-it-down"},
            {"name": "principle", "ns": oscal.NAMES, "value": "he-tangata"},
            {"name": "guideline", "ns": oscal.NAMES, "value": "purpose-matters"},
            {"name": "law", "ns": oscal.NAMES, "value": "ipp-1"},
            {"name": "role", "ns": oscal.NAMES, "value": "frontline"},
            {"name": "stage", "ns": oscal.NAMES, "value": "plan"},
            {"name": "stage", "ns": oscal.NAMES, "value": "collect"},
            {"name": "finding", "ns": oscal.NAMES, "value": "wellbeing"},
        ],
        "parts": [
            {
                "id": "purpose-matters.write-it-down_smt",
                "name": "statement",
                "prose": "Write down why.",
            },
            {
                "id": "purpose-matters.write-it-down_obj",
                "name": "assessment-objective",
                "prose": "Have we written down why?",
            },
            {
                "id": "purpose-matters.write-it-down_gdn",
                "name": "guidance",
                "prose": "The Act does not ask for it in writing.",
                "title": "Beyond the law",
            },
        ],
    }
    assert links[0] == {
        "href": "../../../id/purpose-matters.write-it-down/",
        "rel": "alternate",
        "media-type": "text/html",
    }
    resources = {f"#{item['uuid']}": item for item in catalog["back-matter"]["resources"]}
    cited = [resources[link["href"]] for link in links[1:]]
    assert [item["title"] for item in cited] == ["The page", "Purpose of collection"]
    assert cited[0]["rlinks"] == [{"href": "https://agency.example/page"}]


def test_a_withdrawn_practice_is_a_withdrawn_control(tmp_path: Path) -> None:
    catalog = oscal.catalog(load(make_project(tmp_path)), "")["catalog"]
    assert fits(catalog)
    found = {item["id"]: item for item in controls(catalog)}
    control = found["purpose-matters.old-habit"]
    assert "parts" not in control
    assert {
        "name": "status",
        "value": "withdrawn",
        "remarks": "Withdrawn on 2026-11-24. Nobody needs the paper.",
    } in control["props"]
    instead = {"href": "#purpose-matters.write-it-down", "rel": "incorporated-into"}
    assert instead in control["links"]


def test_ids_are_tokens_and_unique_and_links_inside_lead_somewhere() -> None:
    ids = [item["id"] for item in with_id(CATALOG)]
    assert [id_ for id_ in ids if not TOKEN.fullmatch(id_)] == []
    assert len(set(ids)) == len(ids)
    uuids = [item["uuid"] for item in CATALOG["back-matter"]["resources"]]
    assert len(set(uuids)) == len(uuids)
    text = json.dumps(CATALOG)
    assert set(re.findall(r'"href": "#([^"]+)"', text)) <= {*ids, *uuids}


def test_an_id_that_starts_with_a_digit_becomes_a_token() -> None:
    assert oscal.token("3-steps.write") == "_3-steps.write"
    assert oscal.token("steps.3") == "steps.3"


def test_the_catalog_is_the_same_whenever_it_is_made() -> None:
    assert CATALOG["uuid"] == "e83c7623-a681-519f-88aa-2921e932b4dc"
    assert uuid.UUID(CATALOG["uuid"]).version == 5
    days = {c.date for e in LIBRARY.entries for c in getattr(e.facts, "changes", ())}
    newest = max(days).isoformat()
    metadata = CATALOG["metadata"]
    assert (metadata["last-modified"], metadata["version"]) == (f"{newest}T00:00:00Z", newest)
    assert metadata["oscal-version"] == "1.1.3"


def test_links_are_whole_where_the_site_knows_its_address() -> None:
    catalog = oscal.catalog(LIBRARY, "https://site.example/")["catalog"]
    href = control_of(catalog)["links"][0]["href"]
    assert href == "https://site.example/id/he-tangata.reasonable-purpose/"
    assert "../" not in json.dumps(catalog)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Use *stars* and _lines_.", r"Use \*stars\* and \_lines\_."),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("# No heading, `code` ~or~ ^up^", r"\# No heading, \`code\` \~or\~ \^up\^"),
        ("1. No list", r"1\. No list"),
        ("- No list", r"\- No list"),
        ("One\n\ntwo | three", r"One two \| three"),
    ],
)
def test_what_is_text_does_not_become_markup(tmp_path: Path, said: str, written: str) -> None:
    root = make_project(tmp_path)
    edit(root / GUIDELINE, "text: Write down why.", f"text: {json.dumps(said)}")
    catalog = oscal.catalog(load(root), "")["catalog"]
    assert fits(catalog)
    found = {item["id"]: item for item in controls(catalog)}
    control = found["purpose-matters.write-it-down"]
    assert control["parts"][0]["prose"] == written


def test_an_empty_library_still_gives_a_catalog(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert fits(oscal.catalog(load(tmp_path), "")["catalog"])
