"""Hostile contributions: nothing in ``content/`` is ever run, in either engine."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import html5lib
import pytest
from click.testing import CliRunner
from mkdocs.exceptions import Abort

from blocks import blocks, data_of
from dpup.cli import main
from dpup.library import load
from dpup.stubs import stubs
from helpers import build_site, edit, make_project, write

if TYPE_CHECKING:
    from pathlib import Path

RUN = "import os; os.mkdir('PWNED')"
PAYLOADS = {
    "popen": "{{ cycler.__init__.__globals__.os.popen('mkdir PWNED').read() }}",
    "lipsum": "{{ lipsum.__globals__['os'].mkdir('PWNED') }}",
    "loop": "{% for x in [cycler.__init__.__globals__.os.mkdir('PWNED')] %}{{ x }}{% endfor %}",
    "set": "{% set x = cycler.__init__.__globals__.os.mkdir('PWNED') %}",
    "argument": "{{ entry(cycler.__init__.__globals__.os.mkdir('PWNED')) }}",
    "keyword": "{{ practices(law=cycler.__init__.__globals__.os.mkdir('PWNED')) }}",
    "filter": '{{ "x" | map(attribute="__class__") | list }}',
    "include": '{% include "../../../etc/passwd" %}',
    "config": "{{ config.__class__.__init__.__globals__ }}",
}
GUIDELINE = "content/guidelines/purpose-matters.md"
ROLES = "content/reference/roles.yml"
# Every place of every kind of file in which a text can stand.
PLACES = {
    "body": (GUIDELINE, "Start with why.", "PAYLOAD"),
    "body, inside a sentence": (GUIDELINE, "Start with why.", "Start PAYLOAD now."),
    "title": (GUIDELINE, "title: Purpose Matters", "title: 'PAYLOAD'"),
    "summary": (GUIDELINE, "Know why before you collect.", "'PAYLOAD'"),
    "practice": (GUIDELINE, "text: Write down why.", "text: 'PAYLOAD'"),
    "change note": (GUIDELINE, "note: First edition.", "note: 'PAYLOAD'"),
    "role": (ROLES, "Works with people.", "'PAYLOAD'"),
    "id": (ROLES, "id: frontline", "id: 'PAYLOAD'"),
    "unknown key": (ROLES, "number: 1", "number: 1\n  'PAYLOAD': 1"),
}


def quoted(payload: str, place: str) -> str:
    """Write a payload so that the file stays readable where it stands inside single quotes."""
    return payload.replace("'", "''") if "'PAYLOAD'" in place else payload


def attacked(where: Path, payload: str, place: str) -> Path:
    """Make a project with a payload at a place."""
    root = make_project(where)
    path, old, new = PLACES[place]
    edit(root / path, old, new.replace("PAYLOAD", quoted(payload, new)))
    return root


@pytest.fixture(autouse=True)
def _stand_in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")


def assert_nothing_ran(tmp_path: Path) -> None:
    assert list(tmp_path.rglob("PWNED")) == []


def test_the_payload_would_run_if_jinja_saw_it(tmp_path: Path) -> None:
    """The attack is real: without our rules the macro engine runs it."""
    page = "---\ntitle: x\nrender_macros: true\n---\n\n# x\n\n" + PAYLOADS["lipsum"]
    root = make_project(tmp_path / "project", {"docs/index.md": page})
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    write(root / "mkdocs.yml", re.sub(r"  - dpup:\n(?: {6}.*\n)+", "", config))
    build_site(root)
    assert list(tmp_path.rglob("PWNED")) != []


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("place", PLACES)
def test_an_attack_is_a_problem_and_nothing_runs(tmp_path: Path, payload: str, place: str) -> None:
    root = attacked(tmp_path / "project", payload, place)
    result = CliRunner().invoke(main, ["check", "--root", str(root)])
    assert result.exit_code == 1
    assert PLACES[place][0] in result.stdout
    assert "Traceback" not in result.output
    with pytest.raises(Abort):
        build_site(root)
    assert_nothing_ran(tmp_path)


@pytest.mark.parametrize("place", PLACES)
def test_preview_runs_nothing_either(tmp_path: Path, place: str) -> None:
    root = attacked(tmp_path / "project", PAYLOADS["popen"], place)
    build_site(root, serving=True)
    assert_nothing_ran(tmp_path)


@pytest.mark.parametrize("place", PLACES)
def test_nothing_runs_even_if_the_check_had_missed_it(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = attacked(tmp_path / "project", PAYLOADS["popen"], place)
    monkeypatch.setattr("dpup.mkdocs_plugin.check", lambda root: (load(root), ()))
    build_site(root, serving=True)
    assert_nothing_ran(tmp_path)


def test_a_file_name_is_data_too(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project")
    name = "{{ cycler.__init__.__globals__.os.popen('mkdir PWNED').read() }}.md"
    (root / GUIDELINE).rename((root / GUIDELINE).with_name(name))
    build_site(root, serving=True)
    assert_nothing_ran(tmp_path)
    with pytest.raises(Abort):
        build_site(root)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_page_of_the_docs_obeys_the_same_rules(tmp_path: Path, payload: str) -> None:
    page = f"---\ntitle: x\ndescription: x\nrender_macros: true\n---\n\n# x\n\n{payload}\n"
    root = make_project(tmp_path / "project", {"docs/index.md": page})
    with pytest.raises(Abort):
        build_site(root)
    assert_nothing_ran(tmp_path)


def test_a_docs_page_that_is_broken_is_not_run_in_preview(tmp_path: Path) -> None:
    page = f"---\ntitle: x\nrender_macros: true\n---\n\n# x\n\n{PAYLOADS['popen']}\n"
    root = make_project(tmp_path / "project", {"docs/index.md": page})
    site = build_site(root, serving=True)
    assert_nothing_ran(tmp_path)
    assert "This page has problems" in (site / "index.html").read_text(encoding="utf-8")


@pytest.mark.zensical
@pytest.mark.parametrize("place", PLACES)
def test_zensical_gets_no_stub_and_runs_nothing(tmp_path: Path, place: str) -> None:
    root = attacked(tmp_path / "project", PAYLOADS["lipsum"], place)
    edit(root / "mkdocs.yml", "theme: {name: null, custom_dir: theme}\n", "")
    refused = CliRunner().invoke(main, ["stubs", "--root", str(root), "--out", str(root / "docs")])
    assert refused.exit_code == 1
    for stub in stubs(load(root)):
        write(root / "docs" / stub.uri, stub.markdown)
    command = [sys.executable, "-m", "zensical", "build"]
    subprocess.run(command, cwd=root, capture_output=True, check=False)
    assert (root / "site/index.html").is_file()
    assert_nothing_ran(tmp_path)


HOSTILE = '</title></script><script>alert(1)</script><img src=x onerror=alert(1)>"\' onload="x'
CHECKLIST = "content/toolkit/before-you-start.md"
TEMPLATE = "content/toolkit/what-service-users-need-to-know.md"
FIELDS = {
    "title": (GUIDELINE, "title: Purpose Matters"),
    "summary": (GUIDELINE, "summary: Know why before you collect."),
    "text": (GUIDELINE, "text: Write down why."),
    "question": (GUIDELINE, "question: Have we written down why?"),
    "beyond_law": (GUIDELINE, "beyond_law: The Act does not ask for it in writing."),
    "meaning": ("content/reference/glossary.yml", "meaning: A check."),
    "when": ("content/reference/timeline.yml", "when: May 2018"),
    "publisher": ("content/reference/sources.yml", "publisher: An agency"),
    "task": (CHECKLIST, "tasks: [ask for information]"),
    "hint": (CHECKLIST, "hint: A sentence will do."),
    "prompt": (TEMPLATE, "prompt: Name it plainly."),
    "blank": (TEMPLATE, "blank: the information"),
    "example": (TEMPLATE, "example: your name"),
    "heading": (TEMPLATE, "heading: Your information"),
    "use": (TEMPLATE, "use: Give it to people."),
    "aim": ("content/toolkit/a-session.md", "aim: People know why."),
    "formats": ("content/reference/official.yml", "formats: named only"),
}
DOCS = {
    "docs/lists.md": "---\ntitle: Lists\ndescription: x\nrender_macros: true\n---\n\n# Lists\n\n"
    "{{ glossary() }}\n\n{{ timeline() }}\n\n{{ sources() }}\n\n{{ policy() }}\n\n"
    "{{ toolkit() }}\n\n{{ tasks() }}\n\n{{ finder() }}\n\n{{ chain() }}\n\n{{ coverage() }}\n\n"
    '{{ need_to_know(variant="handout") }}\n\n'
    '{{ matrix(rows="guideline", columns="principle") }}\n\n{{ awaiting() }}\n\n{{ changes() }}\n\n'
    '{{ picture("principles-and-guidelines") }}\n\n{{ picture("timeline") }}\n\n'
    '{{ picture("life-cycle") }}\n\n{{ picture("trace") }}\n\n{{ trace("wellbeing") }}\n\n'
    '{{ linked_data(of="glossary") }}\n\n{{ linked_data(of="faqs") }}\n'
}


@pytest.mark.parametrize("field", FIELDS)
def test_markup_in_a_field_is_only_text_on_every_page(tmp_path: Path, field: str) -> None:
    root = make_project(tmp_path / "project", DOCS)
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    # With the theme that we ship: it prints titles and descriptions as they are.
    write(
        root / "mkdocs.yml",
        config.replace("{name: null, custom_dir: theme}", "{name: material, font: false}"),
    )
    path, old = FIELDS[field]
    end = ", see" if field == "meaning" else ""
    hostile = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    # A question has to be one, or nothing is built at all.
    said = f"Have we {hostile}?" if field == "question" else hostile
    value = f'["{said}"]' if field == "task" else f'"{said}"'
    edit(root / path, old + end, f"{old.partition(':')[0]}: {value}{end}")
    site = build_site(root)
    seen = False
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        seen = seen or "alert(1)" in text
        assert scripts_of(text) == []
    assert seen, "the hostile text has to be shown somewhere, as text"


@pytest.mark.parametrize("field", ["title", "summary", "question", "meaning", "publisher"])
def test_markup_in_a_data_block_is_only_text_and_stays_whole(tmp_path: Path, field: str) -> None:
    root = make_project(tmp_path / "project", DOCS)
    path, old = FIELDS[field]
    end = ", see" if field == "meaning" else ""
    said = f"Have we {HOSTILE}?" if field == "question" else f"{HOSTILE} <!-- ]]> &lt;"
    quoted = said.replace('"', '\\"')
    edit(root / path, old + end, f'{old.partition(":")[0]}: "{quoted}"{end}')
    site = build_site(root)
    found = []
    for file in sorted(site.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        assert scripts_of(text) == []
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        # As many as the words that make them: none was cut in two or swallowed the next.
        assert len(blocks(tree)) == text.count("application/ld+json")
        found += [json.dumps(block, ensure_ascii=False) for block in blocks(tree)]
    assert any(json.dumps(said, ensure_ascii=False)[1:-1] in block for block in found)


def test_only_our_own_data_blocks_pass_for_data() -> None:
    ours = '{"@context":"https://schema.org","name":"alert(1)"}'
    assert scripts_of(f'<script type="application/ld+json">{ours}</script>') == []
    for attributes in ("", 'type="module"', 'type="application/ld+json" src="x"'):
        assert scripts_of(f"<script {attributes}>{ours}</script>") == ["script"]
    raw = ours.replace("alert(1)", "<!--<script>alert(1)")
    assert scripts_of(f'<script type="application/ld+json">{raw}</script>') == ["script"]


def scripts_of(text: str) -> list[str]:
    """Whatever in a page, parsed as a browser would, comes from the hostile text."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    found = []
    for element in tree.iter():
        runs = element.tag == "script" and data_of(element) is None
        own = "".join(element.itertext()) if runs else ""
        if "alert(1)" in own or element.tag == "img":
            found.append(str(element.tag))
        found += [name for name in element.attrib if str(name).startswith("on")]
    return found
