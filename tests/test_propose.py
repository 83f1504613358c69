"""The page that makes new entries, without a browser: its data, its other ways, and the forge."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dpup import proposal_data, settings
from dpup.kinds import KINDS
from dpup.library import load
from dpup.proposal_forms import FORMS
from dpup.vocabulary import for_page
from helpers import ROOT, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EDIT = "https://github.com/some/thing/edit/trunk/{path}"
PLUGIN = "plugins:\n  - dpup:\n      edit_url: "


def project_with(project: Callable[..., Path], text: str) -> Path:
    root = project()
    write(root / "mkdocs.yml", text)
    return root


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PLUGIN + f'"{EDIT}"\n', ("https://github.com/some/thing", "trunk")),
        ("repo_url: https://github.com/a/b.git\n", ("https://github.com/a/b", "main")),
        ("repo_url: https://github.com/a/b/\n", ("https://github.com/a/b", "main")),
        (
            f'repo_url: https://github.com/a/b\n{PLUGIN}"{EDIT}"\n',
            ("https://github.com/some/thing", "trunk"),
        ),
        (PLUGIN + f'!ENV [DPUP_NOT_SET, "{EDIT}"]\n', ("https://github.com/some/thing", "trunk")),
        (PLUGIN + "!ENV DPUP_NOT_SET\n", None),
        (PLUGIN + "'https://gitlab.example/a/b/-/edit/main/{path}'\n", None),
        ("repo_url: https://gitlab.example/a/b\n", None),
        ("repo_url: javascript:alert(1)\n", None),
        ("repo_url: 'https://github.com/a/b\"onclick=\"x c'\n", None),
        ("plugins: [dpup]\n", None),
        ("", None),
        ("a: [\n", None),
    ],
)
def test_the_forge_is_read_from_the_settings(
    project: Callable[..., Path], text: str, expected: tuple[str, str] | None
) -> None:
    found = settings.forge(project_with(project, text))
    assert (found and (found.home, found.branch)) == expected


def test_the_environment_names_the_forge(
    project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project_with(project, PLUGIN + '!ENV [DPUP_EDIT_URL, ""]\n')
    assert settings.forge(root) is None
    monkeypatch.setenv("DPUP_EDIT_URL", EDIT)
    assert settings.forge(root) == settings.Forge("https://github.com/some/thing", "trunk")


def test_a_practice_leads_to_the_form_that_suggests_a_change_with_its_id_filled_in(
    project: Callable[..., Path],
) -> None:
    root = project_with(project, f'{PLUGIN}"{EDIT}"\n')
    here = for_page(root, "id/purpose-matters.write-it-down.md")
    form = "https://github.com/some/thing/issues/new?template=suggest-a-change.yml&amp;practice="
    shown = here.address("purpose-matters.write-it-down")
    link = f'<a href="{form}purpose-matters.write-it-down">Suggest a change to this practice</a>'
    assert link in shown
    assert f'<a href="{form}purpose-matters">Suggest a change to ' in shown


def test_where_no_forge_is_known_it_leads_to_how_to_contribute(
    project: Callable[..., Path],
) -> None:
    id_ = "purpose-matters.write-it-down"
    root = project()
    assert "Suggest a change" not in for_page(root, f"id/{id_}.md").address(id_)
    write(root / "docs/contribute/index.md", "# How\n")
    shown = for_page(root, f"id/{id_}.md").address(id_)
    assert '<a href="../../contribute/">Suggest a change to this practice</a>' in shown


def test_the_page_offers_the_other_ways_in_any_case(project: Callable[..., Path]) -> None:
    shown = for_page(ROOT, "contribute/propose.md").propose()
    for form in FORMS.values():
        assert f'<a href="../../downloads/{form.id}.docx" download>{form.title}: Word' in shown
    assert 'href="../../contact/"' in shown
    assert "issues/new" not in shown
    root = project_with(project, f'{PLUGIN}"{EDIT}"\n')
    forge = for_page(root, "contribute/propose.md").propose()
    assert 'some/thing/issues/new?template=propose-a-resource.yml"' in forge


def keys_of(rule: dict[str, Any]) -> set[str]:
    return {name for name, _, _ in rule["keys"]}


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.kind)
def test_each_form_knows_the_rules_of_all_that_it_makes(form: Any) -> None:
    library = load(ROOT)
    shown = next(it for it in proposal_data.of(library, "", {})["forms"] if it["kind"] == form.kind)
    fields = KINDS[form.kind].model.model_fields
    needed = {field.alias or name for name, field in fields.items() if field.is_required()}
    assert needed <= keys_of(shown["shape"])
    assert [part["id"] for part in shown["parts"]] == [part.id for part in form.parts]


def test_the_data_cannot_end_its_script(project: Callable[..., Path]) -> None:
    root = project()
    roles = root / "content/reference/roles.yml"
    text = roles.read_text(encoding="utf-8")
    title = load(root).of("role")[0].title
    write(roles, text.replace(f"title: {title}", 'title: "</script><b>"'))
    shown = for_page(root, "contribute/propose.md").propose()
    assert shown.count("</script>") == 1
    assert "\\u003c/script\\u003e" in shown


def test_the_names_of_the_site_are_those_that_the_word_form_finds(
    project: Callable[..., Path],
) -> None:
    root = project()
    library = load(root)
    known = json.loads(proposal_data.known(library))
    practice = library.practices()[0]
    assert [practice.facts.text, practice.id] in known["names"]["practice"]
    assert known["taken"]["guide"]["first-steps"] == (
        "The id 'first-steps' is taken by content/toolkit/first-steps.md."
    )
    assert known["characters"]["200B"] == [
        "A hidden character takes no room (U+200B ZERO WIDTH SPACE).",
        "Delete it.",
    ]
    assert proposal_data.known(library) == proposal_data.known(load(root))
