"""What pages say to programs: exact, in words of schema.org, and unable to break out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from markupsafe import Markup

from blocks import data_of
from dpup import licence, linked_data
from dpup.library import load
from dpup.vocabulary import for_page
from helpers import ROOT, edit, make_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "</SCRIPT\t>",
    "a\u2028b\u2029c",
    "&lt;/script&gt; & \\u003c",
    "]]> \"' \\ {{ 7 * 7 }}",
    "\x00\x1b\x7f",
]
# Every word that we use stands at its type in schema.org, or is a word of JSON-LD.
WORK = {
    "@context",
    "@type",
    "inLanguage",
    "license",
    "creditText",
    "name",
    "description",
    "identifier",
    "version",
    "creativeWorkStatus",
    "datePublished",
    "dateModified",
    "isBasedOn",
    "timeRequired",
    "publisher",
    "url",
}
KNOWN = {
    "CreativeWork": WORK,
    "HowTo": WORK - {"timeRequired"} | {"totalTime", "step"},
    "HowToSection": {"@type", "name", "itemListElement"},
    "HowToStep": {"@type", "text"},
    "Organization": {"@type", "name"},
    "DefinedTermSet": WORK | {"hasDefinedTerm"},
    "DefinedTerm": {"@type", "name", "alternateName", "description", "termCode"},
    "FAQPage": WORK | {"mainEntity"},
    "Question": {"@type", "name", "identifier", "acceptedAnswer"},
    "Answer": {"@type", "text"},
}


def head(type_: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": type_,
        "inLanguage": "en-NZ",
        "license": licence.URL,
        "creditText": licence.CREDIT,
    }


BASED_ON = {
    "@type": "CreativeWork",
    "name": "The page",
    "url": "https://agency.example/page",
    "publisher": {"@type": "Organization", "name": "An agency"},
}
HISTORY = {
    "version": "1.0.0",
    "creativeWorkStatus": "published",
    "datePublished": "2026-11-24",
    "dateModified": "2026-11-24",
}


@pytest.mark.parametrize("said", HOSTILE)
def test_nothing_can_end_the_block_or_open_another(said: str) -> None:
    written = linked_data.text({"@context": "https://schema.org", "name": said, said: 1})
    page = f'<p>a</p><script type="application/ld+json">{written}</script><p>z</p>'
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    (script,) = tree.iter("script")
    assert data_of(script) == {"@context": "https://schema.org", "name": said, said: 1}
    assert [p.text for p in tree.iter("p")] == ["a", "z"]


def test_macrons_stay_letters() -> None:
    assert linked_data.text({"name": "whānau"}) == '{"name":"whānau"}'


def test_a_guide_is_a_work(tmp_path: Path) -> None:
    library = load(make_project(tmp_path))
    assert linked_data.of_entry(library, library.find("first-steps")) == {
        **head("CreativeWork"),
        "name": "First steps",
        "description": "Where to start.",
        "identifier": "first-steps",
        **HISTORY,
        "isBasedOn": BASED_ON,
    }


def test_a_checklist_is_steps_as_its_items_come_out(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    edit(
        root / "content/toolkit/before-you-start.md",
        "        supports: [he-tangata.show-the-benefit]\n",
        "        supports: [he-tangata.show-the-benefit]\n"
        "      - id: gone\n        question: Is it gone?\n"
        "        supports: [he-tangata.show-the-benefit]\n"
        "        withdrawn: {date: 2026-11-25, reason: Nobody asks.}\n",
    )
    edit(root / "content/toolkit/before-you-start.md", "tasks:", "minutes: 5\ntasks:")
    edit(
        root / "content/toolkit/before-you-start.md",
        "changes:\n",
        'changes:\n  - {version: "1.1.0", date: 2026-11-25, kind: withdrawn, note: Less.}\n',
    )
    edit(root / "content/toolkit/before-you-start.md", 'version: "1.0.0"\n', 'version: "1.1.0"\n')
    library = load(root)
    assert library.problems == ()
    data = linked_data.of_entry(library, library.find("before-you-start"))
    asked = [practice.facts.question for practice in library.practices(principle="he-tangata")]
    written = library.lookup("purpose-matters.write-it-down").facts.question
    assert data == {
        **head("HowTo"),
        "name": "Before you start",
        "description": "Before you start, a sample.",
        "identifier": "before-you-start",
        **HISTORY,
        "version": "1.1.0",
        "dateModified": "2026-11-25",
        "totalTime": "PT5M",
        "isBasedOn": BASED_ON,
        "step": [
            {
                "@type": "HowToSection",
                "name": "Why",
                "itemListElement": [
                    {"@type": "HowToStep", "text": question}
                    for question in (
                        written,
                        *(question for question in asked if question != written),
                        "If people object, have we told them why?",
                    )
                ],
            }
        ],
    }


def test_the_glossary_says_which_words_are_te_reo_maori(tmp_path: Path) -> None:
    data = linked_data.glossary(load(make_project(tmp_path)))
    assert data == {
        **head("DefinedTermSet"),
        "name": "Glossary of the DPUP toolkit",
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "name": "privacy impact assessment",
                "alternateName": "PIA",
                "description": "A check.",
                "termCode": "pia",
            },
            {
                "@type": "DefinedTerm",
                "name": {"@value": "whānau", "@language": "mi"},
                "description": "Wider family.",
                "termCode": "whanau",
            },
        ],
    }


def test_questions_have_their_answers_as_plain_text(tmp_path: Path) -> None:
    shown = for_page(make_project(tmp_path), "index.md").linked_data(of="faqs")
    data = json.loads(shown.partition(">")[2].partition("</script>")[0])
    assert data["mainEntity"] == [
        {
            "@type": "Question",
            "name": "Why is there a policy?",
            "identifier": "why-this",
            "acceptedAnswer": {"@type": "Answer", "text": "Because people asked for one."},
        }
    ]


def test_plain_text_keeps_paragraphs_and_items_apart() -> None:
    html = Markup("<p>Two <b>things</b>:</p>\n<ul><li>a &lt;b&gt;</li><li>c</li></ul><p></p>")
    assert linked_data.plain(html) == "Two things:\na <b>\nc"


def test_a_list_of_something_unknown_is_a_visible_note(tmp_path: Path) -> None:
    shown = for_page(make_project(tmp_path), "index.md").linked_data(of="nothing")
    assert "<script" not in shown
    assert "nothing" in shown


def objects(data: object) -> Iterator[dict[str, Any]]:
    """Yield every object in some data."""
    if isinstance(data, dict):
        yield data
        yield from objects(list(data.values()))
    if isinstance(data, list):
        for value in data:
            yield from objects(value)


def test_our_own_data_uses_words_of_schema_org_and_is_whole() -> None:
    library = load(ROOT)
    entries = [entry for entry in library.entries if entry.kind.has_page]
    answers = {faq.id: "Because." for faq in library.of("faq")}
    data = [linked_data.of_entry(library, entry) for entry in entries]
    data += [linked_data.glossary(library), linked_data.faqs(library, answers)]
    for found in objects(data):
        if "@type" in found:
            assert set(found) <= KNOWN[found["@type"]]
            assert all(value not in ("", None, []) for value in found.values())
        else:
            assert set(found) == {"@value", "@language"}
