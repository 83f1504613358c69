"""The search in Chromium: complete without script; with it, forty queries find what they should."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import serving
from dpup import shell
from dpup.library import load
from dpup.search import index
from dpup.vocabulary import for_page
from helpers import ROOT, edit, write
from looking import FULL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request

pytestmark = pytest.mark.browser

QUERIES = yaml.safe_load((ROOT / "tests/search-queries.yml").read_text(encoding="utf-8"))
FOLDING = json.loads((ROOT / "tests/folding-cases.json").read_text(encoding="utf-8"))
BUDGET = 60_000
"""Bytes that a query may move when the engine is there, without compression."""
FOUND = ".dpup-search__results > li"
ANSWERED = "() => /result/.test(document.querySelector('.dpup-search__status').textContent)"
IN_BOX = ".dpup-search-box__list > li"
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """Open a page without script."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


def ready(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("html[data-ready]")


def ask(page: Page, query: str) -> str:
    """Type a query on the page of the search; give what is announced."""
    page.locator("#dpup_search_q").fill(query)
    page.wait_for_function(
        "(query) => document.querySelector('.dpup-search__status').textContent.includes(query)",
        arg=f"“{query.strip()}”",
    )
    return page.locator(".dpup-search__status").inner_text()


def addresses(page: Page, site_url: str, count: int = 3) -> list[str]:
    links = page.locator(f"{FOUND} a").all()[:count]
    return [str(link.evaluate("link => link.href")).removeprefix(site_url) for link in links]


def test_without_javascript_the_page_leads_to_everything(plain: Page, site_url: str) -> None:
    plain.goto(site_url + "search/?q=whanau")
    said = plain.locator(".dpup-search__off")
    expect(said).to_be_visible()
    assert "Results need script" in said.inner_text()
    expect(said.get_by_role("link", name="the whole policy on one page")).to_be_visible()
    assert not plain.locator(".dpup-search [data-script]:visible").count()
    expect(plain.locator(".dpup-search__none")).not_to_be_visible()
    entries = plain.locator(".dpup-atoz__entries a")
    assert entries.count() > 200
    expect(plain.get_by_role("link", name="kaitiaki", exact=True)).to_be_visible()
    plain.locator(".dpup-atoz__letters").get_by_text("W", exact=True).click()
    assert "#dpup_atoz_" in plain.url


def test_without_javascript_the_box_is_a_form_that_leads_to_the_page(
    plain: Page, site_url: str
) -> None:
    plain.goto(site_url + "guidelines/sharing-value/")
    plain.locator("#dpup_q").fill("whānau")
    plain.locator("#dpup_q").press("Enter")
    assert plain.url == site_url + "search/?q=wh%C4%81nau"


def test_nothing_of_the_engine_is_loaded_before_it_is_used(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(site_url)))
    ready(page, site_url + "guidelines/sharing-value/")
    page.locator("#dpup_q").focus()
    ready(page, site_url + "search/")
    page.locator("#dpup_search_q").focus()
    page.wait_for_timeout(300)
    early = [name for name in asked if "search/index" in name or "search-engine" in name]
    assert early == []
    ask(page, "consent")
    assert "search/index/wasm.en.pagefind" in asked


SHIFTED = """() => {
  window.shifted = 0
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    window.shifted += entry.hadRecentInput ? 0 : entry.value
  })).observe({type: 'layout-shift', buffered: true})
}"""


@pytest.mark.parametrize("asked", ["", "?q=whanau", "#q=whanau", "#q=xyzzyqwv"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps_while_the_page_gets_ready(
    page: Page, site_url: str, asked: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    ready(page, f"{site_url}search/{asked}")
    if asked:
        page.wait_for_function(ANSWERED)
    page.evaluate(SHIFTED)
    page.wait_for_timeout(500)
    assert page.evaluate("window.shifted") < 0.05


def test_forty_queries_find_what_they_should_in_the_first_three(page: Page, site_url: str) -> None:
    assert len(QUERIES) >= 40
    ready(page, site_url + "search/")
    missed = []
    for case in QUERIES:
        ask(page, case["query"])
        found = addresses(page, site_url)
        if case["find"] not in found:
            missed.append((case["query"], case["find"], found))
    assert missed == []


def test_a_query_moves_little_when_the_engine_is_there(page: Page, site_url: str) -> None:
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    # What a worker hands over has no size.
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    moved: dict[str, int] = {}
    seen: list[Request] = []
    page.on("requestfinished", lambda request: seen.append(request))  # noqa: PLW0108 - Playwright marks what it is given
    # The page is loaded anew for each, so that the engine has no other part of the index.
    for case in QUERIES if FULL else QUERIES[::3]:
        ready(page, site_url + "search/")
        # Quotes take a query as it stands: this loads the engine, and of the index one part.
        ask(page, '"zzzz"')
        seen.clear()
        ask(page, case["query"])
        moved[case["query"]] = sum(item.sizes()["responseBodySize"] for item in seen)
    assert {query: size for query, size in moved.items() if size >= BUDGET} == {}
    assert max(moved.values()) > 5000  # it was measured


@pytest.mark.parametrize(
    "spellings", [words for words in FOLDING["same"] if words[0] != "kōrero"], ids=lambda w: w[0]
)
def test_all_spellings_find_the_same(page: Page, site_url: str, spellings: list[str]) -> None:
    ready(page, site_url + "search/")
    found = []
    for word in spellings:
        ask(page, word)
        found.append(addresses(page, site_url, 8))
    assert found[0]
    assert all(others == found[0] for others in found)


def test_script_folds_as_the_index_does(page: Page, site_url: str) -> None:
    page.goto(site_url)
    fold = "async (words) => { const {fold} = await import('/assets/js/search-words.js');\n"
    fold += "return words.map(fold) }"
    for words in FOLDING["same"]:
        assert len(set(page.evaluate(fold, words))) == 1
    for words in FOLDING["other"]:
        assert len(set(page.evaluate(fold, words))) == 2


def test_the_same_query_finds_the_same_whatever_was_asked_before(page: Page, site_url: str) -> None:
    found = []
    for before in ((), ("pri", "privacy officer", "zz"), ("collect", "consent", "co")):
        ready(page, site_url + "search/")
        for query in (*before, "col"):
            said = ask(page, query)
        found.append((said, addresses(page, site_url, 8)))
    assert found[0] == found[1] == found[2]


def test_another_spelling_is_told(page: Page, site_url: str) -> None:
    ready(page, site_url + "search/")
    assert "“whaanau” is found as whānau." in ask(page, "whaanau")
    assert "found as" not in ask(page, "whanau")
    assert "Nothing here has “principels”. These are results for principles." in ask(
        page, "principels"
    )
    assert "Nothing here has “qqqq”." in ask(page, "consent qqqq")
    assert "Nothing has all of these words." in ask(page, "photo overseas")
    assert "What has all of these words comes first (3)," in ask(page, "frontline worker")
    assert "roles/frontline/" in addresses(page, site_url, 5)


def test_an_excerpt_shows_the_word_and_where_it_was_cut(page: Page, site_url: str) -> None:
    ready(page, site_url + "search/")
    ask(page, "retention")
    texts = page.locator(".dpup-found__text").all_inner_texts()
    assert any(text.startswith("… ") and text.endswith(" …") for text in texts)
    assert {text.lower() for text in page.locator(f"{FOUND} mark").all_inner_texts()} >= {
        "retention"
    }
    ask(page, "whanau")
    assert page.locator(".dpup-found__text").first.inner_text() == "Extended family."


def test_no_results_tells_what_to_try_next(page: Page, site_url: str) -> None:
    ready(page, site_url + "search/")
    assert ask(page, "qqqqqq") == "No results for “qqqqqq”. Nothing here has “qqqqqq”."
    tips = page.locator(".dpup-search__none")
    expect(tips).to_be_visible()
    assert "fewer words" in tips.inner_text()
    tips.get_by_role("link", name="Tell us what you missed").click()
    assert page.url == site_url + "contact/"


def test_filters_narrow_say_their_counts_and_stay_in_the_address(page: Page, site_url: str) -> None:
    ready(page, site_url + "search/?q=consent")
    page.wait_for_function(ANSWERED)
    page.get_by_text("Narrow the results").click()
    kind = page.get_by_label("Kind", exact=True)
    label = kind.locator("option[value='template']").inner_text()
    count = int(label.partition("(")[2].rstrip(")"))
    kind.select_option("template")
    page.wait_for_function(
        "() => / of /.test(document.querySelector('[role=status].dpup-search__status').textContent)"
    )
    said = page.locator(".dpup-search__status").inner_text()
    assert said.startswith(f"{count} result")
    assert set(page.locator(".dpup-found__about").all_inner_texts()) == {"Template"}
    assert page.url == site_url + "search/#q=consent&kind=template"
    page.reload()
    page.wait_for_function(ANSWERED)
    assert page.locator(".dpup-search__status").inner_text() == said
    assert page.locator(".dpup-search__chosen").inner_text() == ": Templates"
    page.get_by_text("Narrow the results").click()
    page.get_by_role("button", name="Show all kinds of results").click()
    page.wait_for_function("() => !document.querySelector('.dpup-search__chosen').textContent")
    assert page.url == site_url + "search/#q=consent"


def test_each_choice_leaves_as_many_results_as_it_says(page: Page, site_url: str) -> None:
    for axis in ("role", "stage", "guideline", "principle", "law"):
        ready(page, site_url + "search/?q=tell")
        page.wait_for_function(ANSWERED)
        option = page.locator(f"[name='{axis}'] option").nth(1)
        count = str(option.text_content()).rpartition("(")[2].rstrip(")")
        value = option.get_attribute("value")
        page.goto("about:blank")
        page.goto(f"{site_url}search/#q=tell&{axis}={value}")
        page.wait_for_function(ANSWERED)
        assert page.locator(".dpup-search__status").inner_text().startswith(f"{count} result")


def test_choices_without_words_list_what_fits(page: Page, site_url: str) -> None:
    page.goto(site_url + "search/?kind=principle")
    page.wait_for_function(ANSWERED)
    expect(page.locator(FOUND)).to_have_count(5)
    # Only what can be chosen is taken from an address.
    ready(page, site_url + 'search/?kind="><script>alert(1)</script>&role=nobody')
    expect(page.get_by_label("Kind", exact=True)).to_have_value("")
    expect(page.locator(FOUND)).to_have_count(0)
    assert page.locator(".dpup-search__status").inner_text() == ""


def test_more_results_are_shown_and_the_first_of_them_has_the_focus(
    page: Page, site_url: str
) -> None:
    page.goto(site_url + "search/#q=privacy")
    page.wait_for_function(ANSWERED)
    expect(page.locator(FOUND)).to_have_count(8)
    page.get_by_role("button", name="Show more results").press("Enter")
    page.locator(FOUND).nth(8).wait_for()
    expect(page.locator(FOUND)).to_have_count(16)
    assert page.locator(FOUND).nth(8).locator("a").evaluate("a => a === document.activeElement")


def test_words_in_quotes_are_taken_as_they_stand(page: Page, site_url: str) -> None:
    ready(page, site_url + "search/")
    whole = int(ask(page, "access to information").split()[0])
    quoted = int(ask(page, '"access to information"').split()[0])
    assert 0 < quoted < whole


def test_the_keyboard_alone_goes_through_the_box(page: Page, site_url: str) -> None:
    ready(page, site_url + "guidelines/sharing-value/")
    page.locator("#dpup_q").focus()
    page.keyboard.type("kaitiaki")
    page.locator(IN_BOX).first.wait_for()
    status = page.locator(".dpup-search-box [role='status']")
    assert "results. The down arrow leads to them." in status.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{IN_BOX} a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#dpup_q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".dpup-search-box__panel")).not_to_be_visible()
    expect(page.locator("#dpup_q")).to_have_value("kaitiaki")
    page.keyboard.press("Enter")
    page.wait_for_url(site_url + "search/#q=kaitiaki")
    page.wait_for_function(ANSWERED)


def test_who_is_in_the_list_keeps_it_when_an_answer_comes_late(page: Page, site_url: str) -> None:
    ready(page, site_url + "guidelines/sharing-value/")
    page.locator("#dpup_q").fill("kaitiaki")
    shown = page.locator(".dpup-search-box__all")
    expect(shown).to_have_attribute("href", re.compile("q=kaitiaki$"))
    page.locator("#dpup_q").press("ArrowDown")
    # As if the last letters had been typed just before the key.
    page.locator("#dpup_q").evaluate(
        "field => { field.value = 'whānau'; field.dispatchEvent(new Event('input')) }"
    )
    page.wait_for_timeout(1000)
    expect(page.locator(f"{IN_BOX} a").first).to_be_focused()
    expect(shown).to_have_attribute("href", re.compile("q=kaitiaki$"))
    page.keyboard.press("ArrowUp")
    expect(shown).to_have_attribute("href", re.compile("q=wh%C4%81nau$"))


def test_the_box_tells_those_who_see_it_what_it_tells_those_who_listen(
    page: Page, site_url: str
) -> None:
    ready(page, site_url)
    note = page.locator(".dpup-search-box__note")
    for query, said in (
        ("whaanau", "“whaanau” is found as whānau."),
        ("qqqqqq", "Nothing here has “qqqqqq”."),
    ):
        page.locator("#dpup_q").fill(query)
        note.filter(has_text=said).wait_for()
        assert said in page.locator(".dpup-search-box [role='status']").inner_text()
    expect(page.locator(IN_BOX)).to_have_count(0)
    page.locator(".dpup-search-box__all").click()
    page.wait_for_url(site_url + "search/#q=qqqqqq")
    page.locator(".dpup-search__none").wait_for()


def test_escape_in_the_list_returns_to_the_field_and_tab_leaves_it(
    page: Page, site_url: str
) -> None:
    ready(page, site_url)
    page.locator("#dpup_q").fill("consent form")
    page.locator(IN_BOX).first.wait_for()
    page.locator("#dpup_q").press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.locator("#dpup_q").evaluate("field => field === document.activeElement")
    expect(page.locator(".dpup-search-box__panel")).not_to_be_visible()
    page.locator("#dpup_q").fill("consent forms")
    page.locator(IN_BOX).first.wait_for()
    page.locator(".dpup-search-box__all").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".dpup-search-box__panel")).not_to_be_visible()


def test_a_result_of_the_box_opens_its_page_from_anywhere(page: Page, site_url: str) -> None:
    for start in ("", "id/purpose-matters.check-the-wording/", "matrices/laws-by-guidelines/"):
        ready(page, site_url + start)
        page.locator("#dpup_q").fill("value loop")
        page.locator(IN_BOX).first.wait_for()
        page.locator("#dpup_q").press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(site_url + "glossary/#value-loop")


def test_axe_finds_nothing_in_results_choices_and_box(page: Page, site_url: str) -> None:
    for width in (320, 1280):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.goto("about:blank")
            page.goto(site_url + "search/#q=whaanau&role=frontline")
            page.wait_for_function(ANSWERED)
            page.get_by_text("Narrow the results").click()
            page.locator("#dpup_q").fill("privacy")
            page.locator(IN_BOX).first.wait_for()
            found: list[Any] = Axe().run(page, options=WCAG).response["violations"]
            assert [(item["id"], item["nodes"][0]["html"]) for item in found] == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_session_asks_no_other_host_and_breaks_no_policy(page: Page, site_url: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    ready(page, site_url)
    policy = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
    assert policy == shell.POLICY
    page.locator("#dpup_q").fill("whanau")
    page.locator(IN_BOX).first.wait_for()
    ready(page, site_url + "search/")
    ask(page, "consent form")
    assert {url for url in asked if not url.startswith((site_url, "data:"))} == set()
    # Neither words nor choices leave the browser: they are in no address but that of the page.
    words = [url for url in asked if "whanau" in url or "consent" in url.rpartition("/")[2]]
    assert words == []
    assert [text for text in said if "Content Security Policy" in text] == []
    assert page.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage)") == []


def test_no_word_reaches_the_host_once_script_runs(page: Page, site: Path) -> None:
    log: list[str] = []
    with serving.served(site, log=log) as address:
        ready(page, address)
        page.locator("#dpup_q").press_sequentially("family violence")
        page.keyboard.press("Enter")
        page.wait_for_url(address + "search/#q=family+violence")
        page.wait_for_function(ANSWERED)
        page.get_by_text("Narrow the results").click()
        page.get_by_label("Kind", exact=True).select_option("principle")
        page.wait_for_url("**&kind=principle")
        page.reload()
        page.wait_for_function(ANSWERED)
        ready(page, address)
        page.go_back()
        page.wait_for_function(ANSWERED)
        ready(page, address)
        ready(page, address + "search/#q=family")
        page.wait_for_function(ANSWERED)
        page.locator(f"{FOUND} a").first.click()
        page.wait_for_load_state()
    assert any(" /search/ " in line for line in log)
    # The address of a result has words of its own.
    words = re.compile(r"[?#&](q|kind)=|=family|family( |\+|%20)violence")
    assert [line for line in log if words.search(line)] == []


def test_words_of_the_plain_form_are_taken_behind_the_hash(page: Page, site_url: str) -> None:
    ready(page, site_url + "search/?q=wh%C4%81nau+100%25&kind=term")
    page.wait_for_function(ANSWERED)
    expect(page.locator("#dpup_search_q")).to_have_value("whānau 100%")
    assert page.url == site_url + "search/#q=wh%C4%81nau+100%25&kind=term"
    page.reload()
    page.wait_for_function(ANSWERED)
    expect(page.locator("#dpup_search_q")).to_have_value("whānau 100%")
    expect(page.get_by_label("Kind", exact=True)).to_have_value("term")


def test_the_box_asks_the_page_that_is_open_and_the_way_back_asks_again(
    page: Page, site_url: str
) -> None:
    ready(page, site_url + "search/#q=consent")
    page.wait_for_function(ANSWERED)
    page.locator("#dpup_q").fill("purpose")
    page.locator(IN_BOX).first.wait_for()
    page.locator("#dpup_q").press("Enter")
    status = page.locator(".dpup-search__status")
    expect(status).to_contain_text("for “purpose”")
    expect(page.locator(".dpup-search-box__panel")).to_be_hidden()
    page.go_back()
    expect(status).to_contain_text("for “consent”")
    expect(page.locator("#dpup_search_q")).to_have_value("consent")
    # A place on the page is no question: what was found stays.
    page.locator(".dpup-atoz__letters a").first.click()
    page.wait_for_url("**#dpup_atoz_*")
    page.wait_for_timeout(300)
    expect(status).to_contain_text("for “consent”")
    page.goto(page.url)
    page.reload()
    page.wait_for_timeout(300)
    assert "#dpup_atoz_" in page.url


def test_an_index_that_can_not_be_loaded_is_said(page: Page, site_url: str) -> None:
    page.route("**/search/index/**", lambda route: route.abort())
    ready(page, site_url + "search/?q=consent")
    page.get_by_text("be loaded just now").wait_for()
    # When the line is back, the next try works.
    page.unroute("**/search/index/**")
    page.locator("#dpup_search_q").press("Enter")
    page.wait_for_function(ANSWERED)
    expect(page.locator(FOUND)).to_have_count(8)


HOSTILE = (
    "</mark><img src=x onerror=alert(1)> <script>alert(2)</script> &lt;b&gt; "
    """'q' "w" zebra"""
)


@pytest.fixture
def hostile(project: Callable[..., Path], tmp_path: Path) -> Path:
    """Make a page of the search over hostile content, with the policy of our pages."""
    root = project({"docs/search.md": "---\ntitle: Search\ndescription: Look.\n---\n# Search\n"})
    line = json.dumps(HOSTILE)
    glossary = root / "content/reference/glossary.yml"
    edit(glossary, "meaning: A check.", f"meaning: {line}")
    edit(glossary, "term: privacy impact assessment", f"term: {line}")
    site = tmp_path / "site"
    index.write(load(root), site)
    shutil.copytree(ROOT / "docs/assets", site / "assets")
    form = for_page(root, "search.md").search()
    head = f'<meta http-equiv="Content-Security-Policy" content="{shell.POLICY}">'
    script = '<script type="module" src="../assets/js/init.js"></script>'
    page = f'<!doctype html><html lang="en" data-base="../"><head>{head}{script}</head><body>{form}'
    write(site / "search/index.html", page)
    return site


def test_hostile_content_stays_text(
    page: Page, hostile: Path, served: Callable[[Path], str]
) -> None:
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    ready(page, served(hostile) + "search/")
    ask(page, "zebra")
    first = page.locator(FOUND).first
    title = first.locator("a").inner_text()
    assert title == HOSTILE.replace("  ", " ")
    assert "<script>alert(2)</script>" in first.locator(".dpup-found__text").inner_text()
    assert first.locator("mark").all_inner_texts() == ["zebra"]
    expect(first.locator("img, script, b")).to_have_count(0)
    for query in (HOSTILE, "<img src=x onerror=alert(1)>", "\u202egnp {{7*7}}", "'\"><b>"):
        page.locator("#dpup_search_q").fill(query)
        page.wait_for_timeout(400)
    expect(page.locator(".dpup-search__status b, .dpup-search__status img")).to_have_count(0)
    assert alerts == []
