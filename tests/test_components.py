"""Every example of every component: complete HTML, with unique ids and no script needed."""

from __future__ import annotations

import re
from collections import Counter

import html5lib
import pytest
from markupsafe import escape

from blocks import data_of
from dpup import showing
from dpup.components import ComponentError, Components, of_project
from dpup.vocabulary import for_page
from helpers import ROOT

COMPONENTS = of_project(ROOT)
EXAMPLES = [
    pytest.param(example, id=f"{name}: {example['name']}")
    for name in COMPONENTS.names
    for example in COMPONENTS.contract(name).examples
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_whole_html_and_runs_no_script(example: dict[str, object]) -> None:
    word = getattr(for_page(ROOT, "index.md"), str(example["word"]))
    text = word(**example["arguments"])
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(f"<!doctype html><title>x</title>{text}")
    elements = list(tree.iter())
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    assert [id_ for id_, count in ids.items() if count > 1] == []
    scripts = [element for element in elements if str(element.tag) == "script"]
    assert [script.attrib for script in scripts if data_of(script) is None] == []
    assert not any(str(name).startswith("on") for e in elements for name in e.attrib)


@pytest.mark.parametrize("name", COMPONENTS.names)
def test_every_component_says_what_it_is_and_what_it_takes(name: str) -> None:
    contract = COMPONENTS.contract(name)
    assert contract.description.endswith(".")
    for param in contract.params.values():
        assert {"name", "type", "description"} <= param.keys()


def test_a_component_refuses_what_its_contract_does_not_know() -> None:
    with pytest.raises(ComponentError, match=r"term: unknown \['x'\], missing \['term'\]"):
        COMPONENTS.render("term", {}, x=1)


def test_a_component_that_does_not_exist_is_named() -> None:
    with pytest.raises(ComponentError, match="no component 'nothing'"):
        Components(ROOT / "macros/components").contract("nothing")


PAGE = str(for_page(ROOT, "contribute/components.md").components())


@pytest.mark.parametrize("name", COMPONENTS.names)
def test_the_page_of_components_says_what_each_is_and_takes(name: str) -> None:
    contract = COMPONENTS.contract(name)
    section = PAGE.partition(f'id="component-{name}"')[2].partition("</section>")[0]
    for param in contract.params:
        assert f"<code>{param}</code>" in section
    for example in contract.examples:
        assert str(escape(showing.call(example["word"], example["arguments"]))) in section
    assert ("No word calls it by itself" in section) == (not contract.examples)


def test_small_examples_are_live_and_no_two_regions_have_one_name() -> None:
    live = PAGE.count("dpup-components__live")
    assert live >= 12
    names = re.findall(r'role="region" aria-label="([^"]*)"', PAGE)
    assert len(names) == len(set(names)) > 0
    assert "<script" not in PAGE
    assert len(PAGE) < 130_000, "keep the page light"


def test_what_is_not_live_leads_to_a_page_that_shows_it() -> None:
    docs = {f.relative_to(ROOT / "docs").as_posix(): f for f in (ROOT / "docs").rglob("*.md")}
    for word, uri in showing.PLACES.items():
        assert f"{{{{ {word}(" in docs[uri].read_text(encoding="utf-8")
    assert 'as on <a href="../../toolkit/before-you-collect/">' in PAGE
    assert 'as on <a href="../../id/purpose-matters.check-the-wording/">' in PAGE
