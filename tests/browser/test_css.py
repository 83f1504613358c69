"""No style sheet has a rule that fits nothing on any page."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import pytest

from helpers import ROOT
from looking import LISTS, SAMPLES, names

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

AUTHORS = {"hr", "img", ".admonition", ".admonition-title", ".admonition > :last-child"}
"""What an author may write, and nobody has so far."""
STATES = {".dpup-tombstone", ".dpup-problem"}
"""What shows when something was withdrawn, or is wrong in a preview."""
EDITIONS = (".dpup-edition-banner", ".dpup-diff")
"""What shows once an edition was released."""
FILLED = {
    ".dpup-builder__told p",
    ".dpup-builder__why li",
    ".dpup-builder__why li p",
    ".dpup-checklist__old li",
    ".dpup-deck__notes h2",
    ".dpup-offline__pages > li",
}
"""What a script puts into a box that is empty until then."""
CONTROLS = {"b", "dialog", ".dpup-button"}
"""What every component can count on."""

# Gives the selectors of a sheet.
SELECTORS = r"""async (sheet) => {
  const split = (text) => {
    let depth = 0
    return [...text].reduce((parts, letter) => {
      depth += letter === '(' ? 1 : letter === ')' ? -1 : 0
      if (letter === ',' && depth === 0) {
        return [...parts, '']
      }
      return [...parts.slice(0, -1), parts.at(-1) + letter]
    }, ['']).map((part) => part.trim())
  }
  const rules = (list) => [...list].flatMap((rule) =>
    rule.selectorText ? split(rule.selectorText) : rules(rule.cssRules ?? []))
  const parsed = new CSSStyleSheet()
  parsed.replaceSync(await (await fetch(sheet)).text())
  return rules(parsed.cssRules)
}"""
# Gives those selectors that fit nothing on any page. A state that a page has only while somebody
# uses it, such as being open or hovered over, is left out of each selector.
UNUSED = r"""async ([selectors, pages]) => {
  const STATE = new RegExp([
    '::[a-z-]+(\\([^)]*\\))?',
    ':(empty|hover|focus|focus-visible|focus-within|active|checked|disabled|invalid|user-invalid|modal'
      + '|open|target|visited|link|placeholder-shown|indeterminate|fullscreen)(?![a-z-])',
    '\\[(open|hidden|aria-[a-z-]+|data-scheme|data-ready)([~|^$*]?=[^\\]]*)?\\]'
  ].join('|'), 'g')
  const plain = (selector) => selector.replace(STATE, '')
    .replace(/:(not|is|where|has)\(\s*(,\s*)*\)/g, '').trim()
    .replace(/^(?=[>+~]|$)/, '*').replace(/([>+~])$/, '$1 *')
  const left = new Map(selectors.map((selector) => [selector, plain(selector)]))
  const reader = new DOMParser()
  for (const page of pages) {
    if (!left.size) {
      break
    }
    const document = reader.parseFromString(await (await fetch(page)).text(), 'text/html')
    // What a script copies into the page stands in a template.
    for (const template of document.querySelectorAll('template')) {
      template.replaceWith(template.content)
    }
    for (const [selector, wanted] of left) {
      if (document.querySelector(wanted)) {
        left.delete(selector)
      }
    }
  }
  return [...left.keys()]
}"""


def made_by_script(selector: str) -> bool:
    """Tell whether a script names a class or mark of a selector: it makes what the rule is for."""
    marks = re.findall(r"\[data-([a-z]+)", selector)
    classes = re.findall(r"\.([a-z_-]+)", selector)
    said = scripts()
    return any(f"dataset.{mark}" in said for mark in marks) or any(map(is_made, classes))


def is_made(name: str) -> bool:
    """Tell whether a script has a class, whole or put together from its block and its part."""
    block, _, part = name.partition("__")
    together = f"{block}__$" in scripts() and f"'{part}'" in scripts()
    return name in scripts() or bool(part and together)


@functools.cache
def scripts() -> str:
    return "\n".join(
        file.read_text(encoding="utf-8") for file in sorted((ROOT / "docs/assets/js").glob("*.js"))
    )


def stands_ready(selector: str) -> bool:
    """Tell whether a rule is there for what may come."""
    controls = selector.partition(":")[0].removeprefix("button").removesuffix("--main")
    if selector.startswith(EDITIONS):
        return True
    return selector in AUTHORS | STATES | FILLED or controls in CONTROLS


def addresses(site: Path) -> list[str]:
    """Give the address of every page, first those that have nearly everything."""
    return list(dict.fromkeys([*SAMPLES, *LISTS, *names(site)]))


def test_every_rule_of_every_sheet_fits_something(page: Page, site: Path, site_url: str) -> None:
    page.goto(site_url)
    found = {
        selector: sheet.name
        for sheet in (site / "assets/css").glob("*.css")
        for selector in page.evaluate(SELECTORS, f"{site_url}assets/css/{sheet.name}")
    }
    assert len(found) > 500
    wanted = [one for one in found if not made_by_script(one) and not stands_ready(one)]
    made_up = ".dpup-nowhere:hover > b"
    pages = [site_url + name for name in addresses(site)]
    unused = page.evaluate(UNUSED, [wanted, pages])
    assert {one: found[one] for one in unused} == {}
    assert page.evaluate(UNUSED, [[made_up], pages[:2]]) == [made_up]
