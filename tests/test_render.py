"""Rendering of bodies, marking of te reo Māori, sanitising, relative links, figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import markdown
import pytest

from dpup import render, sanitise
from dpup.addresses import between_files, relative, url_of
from dpup.calls import find
from dpup.characters import hidden, look_alike
from dpup.library import load
from dpup.problems import Problem, as_github, in_order
from dpup.reo import Marker, TeReoExtension
from dpup.vocabulary import for_page
from helpers import ROOT, edit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def reo(text: str) -> str:
    return markdown.markdown(text, extensions=[TeReoExtension(), "attr_list", "toc"])


def test_known_words_and_words_with_macrons_are_marked() -> None:
    assert reo("the mana of whānau") == (
        '<p>the <span lang="mi">mana</span> of <span lang="mi">whānau</span></p>'
    )


def test_neighbours_are_marked_as_one() -> None:
    assert reo("te reo Māori") == '<p><span lang="mi">te reo Māori</span></p>'


def test_link_text_is_marked_once() -> None:
    assert reo("[mana](x)") == '<p><a href="x"><span lang="mi">mana</span></a></p>'


def test_code_and_marked_phrases_are_left_alone() -> None:
    assert reo("`mana`") == "<p><code>mana</code></p>"
    assert reo('*he tāngata*{: lang="mi" }') == '<p><em lang="mi">he tāngata</em></p>'


def test_a_heading_keeps_its_plain_anchor() -> None:
    assert reo("## Whānau first") == (
        '<h2 id="whanau-first"><span lang="mi">Whānau</span> first</h2>'
    )


def test_a_table_stands_in_a_box_that_the_keyboard_reaches() -> None:
    html = markdown.markdown(
        "| a | b |\n|---|---|\n| 1 | 2 |", extensions=["tables", "dpup.tables"]
    )
    assert html.startswith(
        '<div aria-label="Table: a, b" class="dpup-scroll" role="region" tabindex="0">'
        '<table class="dpup-table">'
    )
    assert sanitise.faults(html) == []


def test_parts_of_words_are_not_marked() -> None:
    assert Marker().html("manager, humane, whuis") == "manager, humane, whuis"


def test_text_is_escaped_and_marked() -> None:
    assert Marker().html('"mana" <b>') == ('&#34;<span lang="mi">mana</span>&#34; &lt;b&gt;')


@pytest.mark.parametrize(
    ("target", "here", "url", "file"),
    [
        ("laws/ipp-1.md", "index.md", "laws/ipp-1/", "laws/ipp-1.md"),
        ("index.md", "laws/ipp-1.md", "../../", "../index.md"),
        ("laws/index.md", "laws/ipp-1.md", "../", "index.md"),
        ("laws/ipp-1.md#x", "laws/ipp-1.md", "#x", "#x"),
        ("faqs.md#x", "laws/index.md", "../faqs/#x", "../faqs.md#x"),
        ("laws/ipp-1.md", "laws/ipp-1.md", "./", "ipp-1.md"),
    ],
)
def test_links_between_pages(target: str, here: str, url: str, file: str) -> None:
    assert relative(target, here) == url
    assert between_files(target, here) == file


def test_the_home_page_is_the_root() -> None:
    assert url_of("index.md") == ""
    assert url_of("a/index.md#x") == "a/#x"


def test_a_call_in_a_body_is_replaced_by_its_component(project: Callable[..., Path]) -> None:
    words = for_page(project(), "guidelines/purpose-matters.md")
    entry = words.library.get("guideline", "purpose-matters")
    assert entry is not None
    html = words.prose(entry)
    assert '<ul class="dpup-practices">' in html
    assert "\ue000" not in html
    assert html.index("Start with why") < html.index("dpup-practices") < html.index("The end")


def test_bodies_can_share_a_page(project: Callable[..., Path]) -> None:
    words = for_page(project(), "whole.md")
    entry = words.library.get("guideline", "purpose-matters")
    assert entry is not None
    assert '<h4 id="purpose-matters.why-it-exists">' in words.prose(entry, 4, "purpose-matters.")


def test_ids_of_an_authors_own_get_the_prefix_too(project: Callable[..., Path]) -> None:
    root = project()
    path = root / "content/reference/faqs/why-this.md"
    edit(path, "Because people asked for [one]", "[Here](#mine).\n\nText.\n{: #mine }\n\nThe [one]")
    words = for_page(root, "faqs.md")
    html = words.faqs(section="about-the-policy")
    assert '<p id="why-this.mine">' in html
    assert 'href="#why-this.mine"' in html


def test_a_page_that_is_not_in_force_says_so(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / "content/toolkit/first-steps.md", "status: published", "status: in-review")
    page = for_page(root, "toolkit/first-steps.md").entry("first-steps")
    assert "This is in review. It may still change." in page
    assert "may still change" not in for_page(root, "x.md").entry("purpose-matters")


def test_links_to_files_become_links_to_pages(project: Callable[..., Path]) -> None:
    words = for_page(project(), "principles/he-tangata.md")
    entry = words.library.get("principle", "he-tangata")
    assert entry is not None
    assert 'href="../../guidelines/purpose-matters/#write-it-down"' in words.prose(entry)


def test_what_the_sanitiser_lets_through_has_no_fault() -> None:
    good = '<h2 id="a">A</h2><p lang="mi"><a href="https://x.example/?a=1&amp;b=2">b</a><br></p>'
    assert sanitise.faults(good) == []
    assert sanitise.clean(good) == good


@pytest.mark.parametrize(
    "bad",
    [
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" java\nscript:alert(1)">x</a>',
        '<a href="&#106;avascript:alert(1)">x</a>',
        '<p onclick="alert(1)">x</p>',
        "<script>alert(1)</script>",
        '<svg onload="alert(1)">',
        '<iframe src="https://x.example"></iframe>',
        '<p style="position:fixed">x</p>',
        '<img src="https://x.example/x.png">',
        "<math><mtext></mtext></math>",
    ],
)
def test_what_is_not_allowed_is_a_fault_and_is_removed(bad: str) -> None:
    assert sanitise.faults(bad) != []
    assert sanitise.faults(sanitise.clean(bad)) == []


def test_a_body_is_safe_even_if_its_faults_are_ignored(project: Callable[..., Path]) -> None:
    root = project()
    attack = "<script>alert(1)</script> [x](javascript:alert(1))"
    edit(root / "content/guidelines/purpose-matters.md", "Start with why.", attack)
    words = for_page(root, "guidelines/purpose-matters.md")
    entry = words.library.get("guideline", "purpose-matters")
    assert entry is not None
    html = words.prose(entry)
    assert "<script" not in html
    assert 'href="javascript' not in html


def test_every_word_that_is_told_nonsense_says_so_and_does_not_raise(
    project: Callable[..., Path],
) -> None:
    words = for_page(project(), "index.md")
    assert "There is no entry “x”" in words.entry("x")
    assert "There is no term “x”" in words.term("x")
    assert "There is no kind “x”" in words.entries(kind="x")
    assert "There is no kind “x”" in words.matrix(rows="x", columns="law")
    assert "There is no picture “x”" in words.picture("x")
    assert "There is no picture “value-loop”" in words.picture("value-loop")
    assert "There is no finding “x”" in words.trace("x")
    assert "There is no kind “x”" in words.fields("x")


def test_calls_are_found_with_their_arguments(project: Callable[..., Path]) -> None:
    index = load(project()).index
    found = find('x\n\n{{ practices(law="ipp-1", beyond_law=true) }}\n', "p", 1, index, body=True)
    assert found.problems == []
    assert [(c.word, c.arguments, c.line) for c in found.found] == [
        ("practices", {"law": "ipp-1", "beyond_law": True}, 2)
    ]


def test_hidden_characters_have_a_line_and_a_column() -> None:
    (problem,) = hidden("a\nb\u200bc", "p")
    assert str(problem) == (
        "p:2:2: A hidden character takes no room (U+200B ZERO WIDTH SPACE). Delete it."
    )


def test_letters_that_only_look_alike_are_named() -> None:
    assert look_alike("whānau") == ""
    assert look_alike("p\u0430ge") == (
        "'\u0430' is CYRILLIC SMALL LETTER A, which only looks like a plain letter."
    )


def test_an_annotation_cannot_start_a_command_of_its_own() -> None:
    problem = Problem("a,b:c.md", 1, 2, "", "100%\n::error::x", "y")
    assert as_github([problem]) == ("::error file=a%2Cb%3Ac.md,line=1,col=2::100%25%0A::error::x y")


def test_problems_come_in_order_and_once() -> None:
    a, b = Problem("a", 2, 1, "", "m"), Problem("a", 10, 1, "", "m")
    assert in_order([b, a, b]) == (a, b)


def test_headings_of_a_text_are_its_anchors() -> None:
    assert render.headings("## Kia ora whānau\n", load(ROOT)) == {"kia-ora-whanau"}


LEFTOVERS = (
    "A [link][one] and <b>raw.\n\n[one]: https://example.org/\n",
    "Closed</b> here, and [a link][one] that nobody defined.\n",
    "## Twice\n\n## Twice\n",
    "## Twice\n",
    "!!! note\n    In a box.\n\n    Still.\n",
    "    four spaces\n",
    "1. one\n2. two\n",
    "7. seven\n",
    "| a |\n|---|\n| 1 |\n",
    "*[HTML]: a language\n\nHTML\n",
)


def test_a_text_comes_out_the_same_whatever_came_before_it() -> None:
    library = load(ROOT)
    texts = [*LEFTOVERS, *(entry.body for entry in library.entries if entry.body)]

    def rendered(text: str) -> render.Rendered:
        return render.convert(text, library, lambda href: href)

    alone = []
    for text in texts:
        render.idle.cache_clear()
        alone.append(rendered(text))
    assert [rendered(text) for text in texts] == alone
    assert [rendered(text) for text in reversed(texts)] == alone[::-1]


def test_a_link_may_make_it_look_into_another_text_meanwhile() -> None:
    library = load(ROOT)

    def look(href: str) -> str:
        return href + "".join(sorted(render.convert("## Inside\n", library, str).anchors))

    outer = render.convert("## Outside\n\n[x](#a) <i>\n\n[y](#b)\n", library, look)
    assert 'href="#ainside"' in outer.html
    assert 'href="#binside"' in outer.html
    assert outer.anchors == {"outside"}
    assert [fault.token for fault in outer.faults] == ["<i"]
