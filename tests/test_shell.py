"""What stands around an article, and the files that it needs."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont

from dpup import fonts, shell, styles
from dpup.library import load
from helpers import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TE_REO = "āēīōūĀĒĪŌŪ"


def test_modules_are_named_once_and_in_order() -> None:
    html = (
        '<p data-module="dpup-quiz"></p><form data-module="dpup-narrow"><i data-module="dpup-quiz">'
    )
    assert shell.modules(html) == ("narrow", "quiz")


def test_words_that_only_look_like_a_module_load_nothing() -> None:
    assert shell.modules("data-module=&quot;dpup-quiz&quot;") == ()
    assert shell.modules('<p data-module="../../evil">') == ()


def test_only_sheets_that_are_there_are_linked() -> None:
    html = '<figure data-style="pictures"><p data-module="dpup-narrow">'
    assert shell.sheets(html, {"pictures", "quiz"}) == ("pictures",)


def test_an_entry_stands_between_its_neighbours_below_the_page_that_lists_it() -> None:
    found = shell.around(load(ROOT))
    assert found["principles/manaakitanga.md"] == shell.Around(
        "principles/index.md", "principles/he-tangata.md", "principles/mana-whakahaere.md"
    )
    assert found["principles/he-tangata.md"].previous == ""
    assert found["principles/mahitahitanga.md"].next == ""


def test_an_address_stands_below_its_entry() -> None:
    found = shell.around(load(ROOT))
    below = found["id/purpose-matters.write-it-down.md"]
    assert below == shell.Around(parent="guidelines/purpose-matters.md")


def test_sheets_are_joined_in_their_order(tmp_path: Path) -> None:
    for name, text in {
        "a.css": "a { color: red; } /* why */\n",
        "b.css": "b { top: 0; }\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    joined = styles.joined([tmp_path / "b.css", tmp_path / "a.css"])
    assert joined == "b{top:0}\na{color:red}\n"


@pytest.mark.parametrize("address", fonts.addresses())
def test_a_font_has_every_letter_of_te_reo_maori_and_is_small(address: str) -> None:
    data = fonts.files()[address]
    known = set(TTFont(io.BytesIO(data)).getBestCmap())
    assert known >= set(map(ord, TE_REO + "☐☑✓\u2013\u2019"))
    assert len(data) < 15_000


@pytest.mark.parametrize("address", fonts.addresses())
def test_a_font_has_a_name_of_its_own_and_says_its_licence(address: str) -> None:
    names = TTFont(io.BytesIO(fonts.files()[address]))["name"]
    assert all("Source" not in str(names.getDebugName(number)) for number in (1, 4, 6))
    assert "SIL Open Font License" in str(names.getDebugName(13))
    assert "Adobe" in str(names.getDebugName(0))


def test_every_letter_of_the_site_is_in_the_fonts_or_is_known_to_be_missing(site: Path) -> None:
    known = set(TTFont(io.BytesIO(fonts.files()[fonts.addresses()[0]])).getBestCmap())
    used: set[str] = set()
    for page in site.rglob("index.html"):
        used |= set(page.read_text(encoding="utf-8"))
    assert {char for char in used if ord(char) not in known and char.isprintable()} == set()


def test_the_policy_lets_nothing_inline_and_no_other_host_in() -> None:
    assert "unsafe-inline" not in shell.POLICY
    assert "unsafe-eval'" not in shell.POLICY.replace("'wasm-unsafe-eval'", "")
    sources = {word for rule in shell.POLICY.split("; ") for word in rule.split()[1:]}
    assert sources == {"'none'", "'self'", "'wasm-unsafe-eval'", "data:"}


def test_nothing_of_the_theme_is_published(site: Path) -> None:
    assert {path.name for path in (site / "assets").iterdir()} == {"css", "fonts", "images", "js"}
    assert (site / fonts.LICENCE).is_file()
