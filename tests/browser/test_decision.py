"""Decision helpers: a page of links without script, one question at a time with it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dpup import ways
from dpup.export import pandoc
from dpup.library import load
from dpup.vocabulary import for_page
from helpers import ROOT, edit, make_project
from walking import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

pytestmark = pytest.mark.browser

LIBRARY = load(ROOT)
HELPERS = [entry.id for entry in LIBRARY.of("decision")]
SHORT = "how-much-collaboration-does-this-need"
COLLECT = "toolkit/may-we-collect-this/"
KEY = "dpup:decision:may-we-collect-this"
HERE = "https://sample.example/"
SAMPLE = "content/toolkit/which-way.md"
SAMPLE_KEY = "dpup:decision:which-way"
NEWER = (
    ('version: "1.0.0"\nstatus', 'version: "1.1.0"\nstatus'),
    (
        "changes:\n",
        'changes:\n  - {version: "1.1.0", date: 2026-11-25, kind: clarified, note: So.}\n',
    ),
)
EVIL = "</script><img src=x onerror=window.ran=1>{7*7} \"'&"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page as a phone would; what goes wrong in a script fails the test."""
    wrong: list[str] = []
    with browser.new_context(viewport={"width": 390, "height": 900}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.set_default_timeout(10_000)
        opened = context.new_page()
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        opened.on("console", lambda said: wrong.append(said.text) if of_ours(said) else None)
        yield opened
    assert wrong == []


def of_ours(said: ConsoleMessage) -> bool:
    return said.type == "error" and "decision" in f"{said.text}{said.location['url']}"


def status(page: Page) -> Locator:
    return page.locator(".dpup-decision [role='status']")


def ready(page: Page, address: str) -> None:
    """Load a page, and wait until its script has started."""
    page.goto(address)
    page.wait_for_selector("html[data-ready]")


def stops(page: Page) -> Locator:
    return page.locator("[data-stop]:visible")


def title(page: Page) -> str:
    """Give the heading of the one question or outcome that is shown."""
    (stop,) = stops(page).all()
    return stop.locator("h3").inner_text()


def answer(page: Page, text: str) -> None:
    """Choose the answer that starts with some words."""
    words = page.locator("[data-text]", has_text=re.compile(f"^{re.escape(text)}"))
    page.locator("[data-stop]:visible [data-answer]").filter(has=words).click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def kept(page: Page) -> dict[str, Any]:
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}')"))


def test_without_javascript_every_answer_leads_to_its_place_on_the_page(
    browser: Browser, site_url: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for helper in HELPERS:
            page.goto(f"{site_url}toolkit/{helper}/")
            assert all(stop.is_visible() for stop in page.locator("[data-stop]").all())
            expect(page.get_by_text("This is not legal advice.").first).to_be_visible()
            for link in page.locator("[data-answer]").all():
                target = page.locator(link.get_attribute("href") or "none")
                expect(target).to_have_count(1)
                label = target.locator(".dpup-decision__label").inner_text().lower()
                assert link.inner_text().endswith(f"go to {label}")
            expect(page.get_by_role("button", name="Start again")).not_to_be_visible()
            expect(page.locator("[data-record]")).not_to_be_visible()


def test_without_javascript_a_way_can_be_gone_from_link_to_link(
    browser: Browser, site_url: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site_url + COLLECT)
        place = "purpose"
        for text in ("Yes, in one sentence", "Yes, and we know why", "No, we could do without"):
            page.locator(f"#{place} [data-answer]", has_text=text).click()
            place = page.url.partition("#")[2]
            expect(page.locator(f"#{place}")).to_be_in_viewport()
        end = page.locator("#do-not-collect")
        assert place == "do-not-collect"
        expect(end.get_by_text("What to do", exact=True)).to_be_visible()
        expect(end.get_by_role("link", name="IPP 1", exact=True)).to_be_visible()
        expect(end.get_by_role("link", name="Before you collect")).to_be_visible()
        expect(end.get_by_text("Practices to follow")).to_be_visible()


def test_one_question_is_shown_and_nothing_takes_the_focus_at_first(
    page: Page, site_url: str
) -> None:
    ready(page, site_url + COLLECT)
    assert title(page).startswith("Can you say in one sentence")
    assert page.evaluate("document.activeElement === document.body")
    expect(page.get_by_text("Nothing is sent anywhere.")).to_be_visible()
    expect(page.locator("[data-record]")).not_to_be_visible()


def test_every_way_of_a_helper_by_keyboard(page: Page, site_url: str) -> None:
    facts = LIBRARY.get("decision", SHORT).facts
    asked = {question.id: question for question in facts.questions}
    titles = {outcome.id: outcome.title for outcome in facts.outcomes}
    ready(page, f"{site_url}toolkit/{SHORT}/")
    # The first time, the reader comes to the heading by reading; later, the focus is put there.
    page.locator("[data-stop]:visible h3").evaluate("node => { node.tabIndex = -1; node.focus() }")
    for way, end in walk(facts):
        for question, chosen in way:
            expect(page.locator("[data-stop]").filter(has=page.locator(":focus"))).to_have_id(
                question
            )
            place = [option.id for option in asked[question].answers].index(chosen)
            for _ in range(place + 1):
                page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            expect(page.locator("h3:focus")).to_be_attached()
        expect(page.locator("[data-stop]").filter(has=page.locator(":focus"))).to_have_id(end)
        assert status(page).inner_text().startswith("This is the outcome.")
        texts = [next(a.text for a in asked[q].answers if a.id == c) for q, c in way]
        assert page.locator("[data-way] [data-said]").all_inner_texts() == texts
        assert page.locator("[data-outcome]").inner_text() == titles[end]
        page.get_by_role("button", name="Start again").press("Enter")
        page.get_by_role("button", name="Delete and start again").press("Enter")


def test_the_status_says_where_one_stands(page: Page, site_url: str) -> None:
    ready(page, site_url + COLLECT)
    answer(page, "Yes")
    assert status(page).inner_text() == "Question 2. At most 9 more after it."


def test_back_forward_and_reload_keep_the_way(page: Page, site_url: str) -> None:
    ready(page, site_url + COLLECT)
    answer(page, "Yes, in one sentence")
    answer(page, "No")
    assert title(page) == "Leave it out"
    assert page.url.endswith("#way=1.0.0/purpose.yes/our-work.no")
    page.go_back()
    assert title(page).startswith("Is that purpose lawful")
    expect(page.locator("h3:focus")).to_be_attached()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert title(page).startswith("Is that purpose lawful")
    page.go_forward()
    assert title(page) == "Leave it out"
    press(page, "Back")
    page.go_back()
    assert title(page).startswith("Can you say in one sentence")
    # What was answered before is still marked.
    before = page.locator("[data-stop]:visible .dpup-decision__answer--before")
    assert before.inner_text().startswith("Yes, in one sentence")


def test_answers_are_there_in_a_new_tab(page: Page, site_url: str) -> None:
    ready(page, site_url + COLLECT)
    answer(page, "Not yet")
    other = page.context.new_page()
    ready(other, site_url + COLLECT)
    assert title(other) == "Not yet: first find out what it is for"
    assert other.url.endswith("#way=1.0.0/purpose.not-yet")


def test_an_answer_can_be_changed_from_the_list(page: Page, site_url: str) -> None:
    ready(page, site_url + COLLECT)
    for text in ("Yes, in one sentence", "Yes, and we know why", "No, we could"):
        answer(page, text)
    page.get_by_role("button", name="Change the answer to: Is that purpose lawful").click()
    assert title(page).startswith("Is that purpose lawful")
    answer(page, "We are not sure")
    assert title(page) == "Wait, and ask somebody who knows the law"
    assert page.locator("[data-way] [data-said]").all_inner_texts() == [
        "Yes, in one sentence",
        "We are not sure",
    ]
    press(page, "Change the answer to: Is that")
    answer(page, "Yes, and we know why")
    marked = page.locator("[data-stop]:visible .dpup-decision__answer--before")
    assert marked.inner_text().startswith("No, we could do without"), "nothing answered is lost"


def finished(page: Page, site_url: str) -> None:
    """Go a way to its end, with two notes."""
    ready(page, site_url + COLLECT)
    answer(page, "Yes, in one sentence")
    answer(page, "No")
    page.locator("[data-way] summary").first.click()
    page.get_by_label("Note on: Can you say in one sentence").fill("For *housing*.\nAsk Mere.")
    page.get_by_label("Who took part").fill("Team lead <b>and</b> a privacy officer")


def test_the_record_is_saved_as_text_with_all_that_was_said(page: Page, site_url: str) -> None:
    finished(page, site_url)
    with page.expect_download() as waiting:
        press(page, "Save as a text file")
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    assert waiting.value.suggested_filename == f"may-we-collect-this-{today}.md"
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    for said in (
        "# May we collect this?",
        f"Version 1.0.0. Answered on {today}.",
        "1. Can you say in one sentence what you need it for, and whom that helps?",
        "**Yes, in one sentence**",
        "Note: For \\*housing\\*.\n   Ask Mere.",
        "## Outcome: Leave it out",
        "- Take the question off the form.",
        "Note: Team lead \\<b\\>and\\</b\\> a privacy officer",
        "This is not legal advice.",
        "#way=1.0.0/purpose.yes/our-work.no",
    ):
        assert said in text
    assert "is saved." in status(page).inner_text()
    press(page, "Copy as text")
    expect(status(page)).to_have_text("Your record is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == text


def test_the_record_is_saved_as_data(page: Page, site_url: str) -> None:
    finished(page, site_url)
    with page.expect_download() as waiting:
        press(page, "Save as data")
    data = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    assert data["format"] == "dpup-decision-record/1"
    assert data["helper"]["id"] == "may-we-collect-this"
    assert data["helper"]["version"] == "1.0.0"
    assert [(one["question"], one["answer"]) for one in data["answers"]] == [
        ("purpose", "yes"),
        ("our-work", "no"),
    ]
    facts = LIBRARY.get("decision", "may-we-collect-this").facts
    prints = {stop.facts.id: stop.fingerprint for stop in ways.questions(facts)}
    assert [one["fingerprint"] for one in data["answers"]] == [
        prints["purpose"],
        prints["our-work"],
    ]
    assert data["answers"][0]["note"] == "For *housing*.\nAsk Mere."
    assert data["outcome"]["id"] == "do-not-collect"
    assert data["outcome"]["note"].startswith("Team lead <b>")


def test_paper_shows_the_record_with_its_notes_and_no_buttons(page: Page, site_url: str) -> None:
    finished(page, site_url)
    page.emulate_media(media="print")
    record = page.locator("[data-record]")
    expect(record.locator("[data-asked]", has_text="Is that purpose lawful")).to_be_visible()
    expect(record.get_by_text("Ask Mere.").first).to_be_visible()
    expect(record.get_by_text("Team lead <b>and</b>").last).to_be_visible()
    expect(record.get_by_text("Version 1.0.0.")).to_be_visible()
    expect(page.locator("#do-not-collect")).to_be_visible()
    expect(page.get_by_text("This is not legal advice.").first).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator("#dpup_about")).not_to_be_visible()


@pytest.mark.parametrize("shown", ["one", "all"])
def test_paper_shows_every_question_when_nothing_is_answered(
    page: Page, site_url: str, shown: str
) -> None:
    ready(page, site_url + COLLECT)
    if shown == "all":
        press(page, "Show all questions")
    page.emulate_media(media="print")
    assert all(stop.is_visible() for stop in page.locator("[data-stop]").all())
    # Where an answer leads has to be read, where nothing can be pressed.
    expect(page.locator(".dpup-decision__leads").first).to_be_visible()
    heading = page.get_by_role("heading", name="Questions", exact=True).bounding_box()
    assert heading
    assert heading["width"] > 50


def test_to_start_again_is_asked_first_and_deletes_all(page: Page, site_url: str) -> None:
    finished(page, site_url)
    page.get_by_role("button", name="Start again").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Start again?")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(page.locator(":focus")).to_have_attribute("data-act", "again")
    assert kept(page)["notes"]["purpose"].startswith("For")
    page.keyboard.press("Enter")
    press(page, "Delete and start again")
    assert title(page).startswith("Can you say in one sentence")
    assert page.evaluate(f"localStorage.getItem('{KEY}')") is None
    assert "#" not in page.url


def test_notes_never_stand_in_the_address_and_nothing_is_sent(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    finished(page, site_url)
    assert "Mere" not in page.url
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.get_by_label("Note on: Can you say")).to_have_value("For *housing*.\nAsk Mere.")
    assert all(url.startswith(site_url) for url in asked)
    assert not any("way=" in url.partition("#")[0] for url in asked)


def test_an_address_from_somebody_does_not_take_the_place_of_what_is_kept(
    page: Page, site_url: str
) -> None:
    finished(page, site_url)
    mine = kept(page)
    page.goto("about:blank")
    ready(page, f"{site_url}{COLLECT}#way=1.0.0/purpose.not-yet")
    assert title(page) == "Not yet: first find out what it is for"
    expect(page.get_by_text("These are not the answers that this browser keeps.")).to_be_visible()
    press(page, "Change the answer to")
    answer(page, "Yes, in one sentence")
    answer(page, "We are not sure")
    assert kept(page) == mine
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert kept(page) == mine
    press(page, "Show the kept answers")
    assert title(page) == "Leave it out"
    assert kept(page)["steps"] == mine["steps"]
    page.goto("about:blank")
    ready(page, f"{site_url}{COLLECT}#way=1.0.0/purpose.not-yet")
    press(page, "Keep these instead")
    assert [step["answer"] for step in kept(page)["steps"]] == ["not-yet"]
    assert kept(page)["notes"] == mine["notes"]
    assert status(page).inner_text() == "These answers are kept now."


@pytest.mark.parametrize(
    ("hash_", "heading"),
    [
        ("#way=", "Can you say"),
        ("#way=1.0.0/purpose.yes/our-work.maybe/x", "Is that purpose lawful"),
        ("#way=1.0.0/__proto__.yes", "Can you say"),
        ("#way=<script>alert(1)</script>", "Can you say"),
        ("#%", "Can you say"),
        ("#nothing", "Can you say"),
    ],
)
def test_an_address_that_holds_nonsense_is_followed_as_far_as_it_fits(
    page: Page, site_url: str, hash_: str, heading: str
) -> None:
    ready(page, site_url + COLLECT + hash_)
    assert title(page).startswith(heading)
    lost = "no longer fit" in status(page).inner_text()
    assert lost is ("/" in hash_)


def test_an_address_of_another_version_says_so(page: Page, site_url: str) -> None:
    ready(page, f"{site_url}{COLLECT}#way=0.9.0/purpose.yes")
    said = status(page).inner_text()
    assert said.startswith("This address was made with version 0.9.0 of this helper.")


def test_the_address_of_one_question_shows_it_among_all(page: Page, site_url: str) -> None:
    ready(page, f"{site_url}{COLLECT}#sensitive")
    assert stops(page).count() == page.locator("[data-stop]").count()
    expect(page.locator("#sensitive")).to_be_in_viewport()
    page.locator("#sensitive [data-answer]").first.click()
    expect(page.locator("#other-eyes")).to_be_in_viewport()
    press(page, "One question at a time")
    assert title(page).startswith("Can you say")


def test_two_tabs_do_not_overwrite_each_other_without_a_word(page: Page, site_url: str) -> None:
    ready(page, site_url + COLLECT)
    answer(page, "Not yet")
    other = page.context.new_page()
    ready(other, site_url + COLLECT)
    other.get_by_role("button", name="Back").click()
    other.locator("[data-stop]:visible [data-answer]").first.click()
    notice = page.get_by_text("These are not the answers that this browser keeps.")
    expect(notice).to_be_visible()
    press(page, "Show the kept answers")
    assert title(page).startswith("Is that purpose lawful")
    expect(notice).not_to_be_visible()


def test_a_browser_that_keeps_nothing_says_so_and_goes_on(page: Page, site_url: str) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})"
    )
    ready(page, site_url + COLLECT)
    expect(page.get_by_text("This browser keeps nothing here.")).to_be_visible()
    expect(page.get_by_text("Your answers stay in this browser.")).not_to_be_visible()
    answer(page, "Not yet")
    assert title(page) == "Not yet: first find out what it is for"
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert title(page) == "Not yet: first find out what it is for", "the address holds the way"


def test_a_full_store_says_that_the_answer_was_not_kept(page: Page, site_url: str) -> None:
    page.add_init_script(
        "localStorage.setItem('x', '1'); Storage.prototype.setItem = () => "
        "{ throw new DOMException('full', 'QuotaExceededError') }"
    )
    ready(page, site_url + COLLECT)
    answer(page, "Not yet")
    expect(page.get_by_text("Your last answer was not kept.")).to_be_visible()


@pytest.mark.parametrize(
    "text", ["{broken", "[]", '{"version": 1}', '"x"', '{"steps": [null]}', "7"]
)
def test_what_cannot_be_read_stays_until_the_reader_lets_it_go(
    page: Page, site_url: str, text: str
) -> None:
    page.goto(site_url + COLLECT)
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    ready(page, site_url + COLLECT)
    expect(page.get_by_text("What this browser kept can't be read.")).to_be_visible()
    answer(page, "Not yet")
    assert page.evaluate(f"localStorage.getItem('{KEY}')") == text
    with page.expect_download() as waiting:
        press(page, "Save it as a file")
    assert Path(waiting.value.path()).read_text(encoding="utf-8") == text
    press(page, "Keep my new answers instead")
    assert [step["answer"] for step in kept(page)["steps"]] == ["not-yet"]


@pytest.fixture
def serve(page: Page, tmp_path: Path) -> Callable[..., Page]:
    """Show the helper of the sample project, after some changes to its file."""
    page.context.route(
        f"{HERE}**", lambda route: route.fulfill(**answer_to(route.request.url, shown))
    )
    shown: list[str] = []

    def served(*changes: tuple[str, str]) -> Page:
        root = make_project(tmp_path / f"project-{len(list(tmp_path.iterdir()))}")
        for old, new in changes:
            edit(root / SAMPLE, old, new)
        assert load(root).problems == ()
        words = for_page(root, "toolkit/which-way.md")
        shown[:] = [str(words.entry("which-way"))]
        ready(page, HERE)
        return page

    return served


def answer_to(url: str, shown: list[str]) -> dict[str, str]:
    """Answer a request with a script of ours, or with the page."""
    if url.endswith(".js"):
        name = url.rpartition("/")[2]
        text = (ROOT / "docs/assets/js" / name).read_text(encoding="utf-8")
        return {"body": text, "content_type": "text/javascript"}
    script = '<script type="module" src="/init.js"></script>'
    body = f'<!doctype html><html lang="en-NZ"><title>x</title>{shown[0]}{script}'
    return {"body": body, "content_type": "text/html; charset=utf-8"}


def test_hostile_words_are_only_words(serve: Callable[..., Page]) -> None:
    quoted = "'" + EVIL.replace("'", "''") + "'"
    page = serve(
        ("question: Do we know why we ask?", f"question: {quoted}"),
        ('{id: "yes", text: "Yes", next: helps}', f'{{id: "yes", text: {quoted}, next: helps}}'),
        ("title: Think first", f"title: {quoted}"),
        ("means: Nobody can explain it yet.", f"means: {quoted}"),
        ("title: Which way\n", f"title: {quoted}\n"),
    )
    assert title(page) == EVIL
    answer(page, EVIL)
    page.locator("[data-stop]:visible [data-answer]").last.click()
    page.get_by_label("Who took part").fill(EVIL)
    assert title(page) == EVIL
    assert page.locator("[data-way] [data-said]").first.inner_text() == EVIL
    with page.expect_download() as waiting:
        press(page, "Save as data")
    data = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    assert data["helper"]["title"] == data["outcome"]["title"] == data["outcome"]["note"] == EVIL
    with page.expect_download() as waiting:
        press(page, "Save as a text file")
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "<img" not in re.sub(r"\\<", "", text)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("window.ran") is None
    expect(page.locator("img")).to_have_count(0)


def test_a_question_that_was_reworded_is_asked_again(serve: Callable[..., Page]) -> None:
    page = serve()
    answer(page, "Yes")
    answer(page, "We are not sure")
    page.locator("[data-way] summary").last.click()
    page.get_by_label("Note on: Does it help people?").fill("Ask the team.")
    page = serve(
        ("question: Does it help people?", "question: Does it help people enough?"),
        ('version: "1.0.0"\nstatus', 'version: "1.1.0"\nstatus'),
        (
            "changes:\n",
            'changes:\n  - {version: "1.1.0", date: 2026-11-25, kind: clarified, note: So.}\n',
        ),
    )
    assert title(page) == "Does it help people enough?"
    notice = page.locator("[data-notice='changed']")
    said = " ".join(notice.inner_text().split())
    assert "You answered version 1.0.0; this is version 1.1.0. 1 carried over. 1 to look at" in said
    assert "Does it help people? · We are not sure · Ask the team." in said
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert notice.is_visible(), "it stays until somebody has seen it"
    answer(page, "Yes")
    with page.expect_download() as waiting:
        press(page, "Save as a text file")
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "## Answers to an older version" in text
    assert "Ask the team." in text
    press(page, "I have seen this")
    expect(notice).not_to_be_visible()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(notice).not_to_be_visible()
    assert title(page) == "Go on"


def test_a_change_that_touches_no_answer_carries_all_over(serve: Callable[..., Page]) -> None:
    page = serve()
    answer(page, "Yes")
    page = serve(
        ("hint: One sentence is enough.", "hint: Two sentences are fine."),
        ('version: "1.0.0"\nstatus', 'version: "1.0.1"\nstatus'),
        (
            "changes:\n",
            'changes:\n  - {version: "1.0.1", date: 2026-11-25, kind: editorial, note: So.}\n',
        ),
    )
    assert title(page) == "Does it help people?"
    said = " ".join(page.locator("[data-notice='changed']").inner_text().split())
    assert "this is version 1.0.1. 1 carried over." in said
    assert "to look at again" not in said


def otherwise(page: Page) -> str:
    """Keep what another tab might: a note of its own. This tab hears of it only when told."""
    other = """key => {
      const state = JSON.parse(localStorage.getItem(key))
      state.notes['know-why'] = 'From the other tab'
      localStorage.setItem(key, JSON.stringify(state))
      return localStorage.getItem(key)
    }"""
    text: str = page.evaluate(other, SAMPLE_KEY)
    return text


def in_store(page: Page) -> str:
    text: str = page.evaluate("key => localStorage.getItem(key)", SAMPLE_KEY)
    return text


def is_told_of_others(page: Page) -> bool:
    return page.get_by_text("These are not the answers that this browser keeps.").is_visible()


@pytest.mark.parametrize("deed", ["an answer", "a note", "Back", "Start again"])
def test_a_tab_that_heard_of_no_change_overwrites_nothing(
    serve: Callable[..., Page], deed: str
) -> None:
    page = serve()
    answer(page, "Yes")
    newer = otherwise(page)
    if deed == "an answer":
        answer(page, "We are not sure")
    elif deed == "a note":
        page.locator("[data-way] summary").click()
        page.locator("[data-way] [data-note]").fill("Mine")
    else:
        press(page, deed)
    if deed == "Start again":
        press(page, "Delete and start again")
    assert in_store(page) == newer
    expect(page.locator("[data-notice='other']")).to_be_visible()
    press(page, "Show the kept answers")
    page.locator("[data-way] summary").first.click()
    expect(page.get_by_label("Note on: Do we know")).to_have_value("From the other tab")


@pytest.mark.parametrize("event", ["pageshow", "visibilitychange"])
def test_a_page_that_slept_looks_again(serve: Callable[..., Page], event: str) -> None:
    page = serve()
    answer(page, "Yes")
    page.evaluate("name => dispatchEvent(new Event(name))", event)
    page.evaluate("name => document.dispatchEvent(new Event(name))", event)
    assert not is_told_of_others(page), "nothing has changed"
    otherwise(page)
    target = "window" if event == "pageshow" else "document"
    page.evaluate(f"name => {target}.dispatchEvent(new Event(name))", event)
    assert is_told_of_others(page)


def test_a_page_that_is_loaded_again_does_not_put_its_way_over_a_newer_one(
    serve: Callable[..., Page],
) -> None:
    page = serve()
    answer(page, "Yes")
    mine = page.url.partition("#")[2]
    other = page.context.new_page()
    ready(other, HERE)
    other.get_by_role("button", name="Back").click()
    answer(other, "Not yet")
    newer = in_store(other)
    other.close()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.url.endswith(mine)
    assert in_store(page) == newer
    assert is_told_of_others(page)
    press(page, "Show the kept answers")
    assert title(page) == "Think first"


def test_a_change_elsewhere_leaves_somebody_who_writes_alone(serve: Callable[..., Page]) -> None:
    page = serve()
    answer(page, "Yes")
    page.locator("[data-way] summary").click()
    note = page.get_by_label("Note on: Do we know")
    note.focus()
    page.keyboard.type("Half a")
    otherwise(page)
    page.evaluate("key => dispatchEvent(new StorageEvent('storage', {key}))", SAMPLE_KEY)
    assert is_told_of_others(page)
    page.keyboard.type(" word")
    expect(note).to_have_value("Half a word")


@pytest.mark.parametrize(
    "change",
    [
        ("question: Does it help people?", "question: Does it help people enough?"),
        ("title: Think first", "title: Think again"),
        (
            "text: We are not sure, next: think-first",
            "text: We are not sure, means: Soon., next: go-on",
        ),
    ],
)
def test_a_note_on_an_outcome_outlives_what_led_there(
    serve: Callable[..., Page], change: tuple[str, str]
) -> None:
    page = serve()
    answer(page, "Yes")
    answer(page, "We are not sure")
    page.get_by_label("Who took part").fill("Ask Mere.")
    page = serve(change, *NEWER)
    said = " ".join(page.locator("[data-notice='changed']").inner_text().split())
    assert "Outcome: Think first · Ask Mere." in said
    with page.expect_download() as waiting:
        press(page, "Save as a text file")
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "- Outcome: Think first\n\n  Note: Ask Mere." in text
    page.reload()
    page.wait_for_selector("html[data-ready]")
    again = " ".join(page.locator("[data-notice='changed']").inner_text().split())
    assert again == said, "it is told once"


def test_an_answer_to_other_words_off_the_way_is_told_and_no_longer_marked(
    serve: Callable[..., Page],
) -> None:
    page = serve()
    answer(page, "Yes")
    answer(page, "We are not sure")
    press(page, "Change the answer to: Do we know why")
    answer(page, "Not yet")
    page = serve(("question: Does it help people?", "question: Does it harm people?"), *NEWER)
    said = " ".join(page.locator("[data-notice='changed']").inner_text().split())
    assert "1 carried over. 1 to look at again: Does it help people? · We are not sure" in said
    press(page, "Change the answer to: Do we know why")
    marks = page.locator("[data-stop]:visible .dpup-decision__answer--before")
    assert marks.inner_text().startswith("Not yet"), "its words are those of today"
    answer(page, "Yes")
    assert title(page) == "Does it harm people?"
    expect(marks).to_have_count(0)


def test_marks_at_the_start_of_a_line_stay_words_in_the_record(serve: Callable[..., Page]) -> None:
    page = serve()
    answer(page, "Not yet")
    note = "- one\n+ two\n1. three\n2) four\n---\n===\n~~~\n&lt;\n10 - 4"
    page.get_by_label("Who took part").fill(note)
    with page.expect_download() as waiting:
        press(page, "Save as a text file")
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    said = text[text.index("Note: ") : text.rindex("\n\n")].encode()
    (block,) = json.loads(pandoc.run(["-f", "gfm", "-t", "json"], said))["blocks"]
    assert block["t"] == "Para"
    plain = pandoc.run(["-f", "gfm", "-t", "plain", "--wrap=preserve"], said).decode()
    assert plain.strip() == f"Note: {note}"


def test_focus_is_visible_and_targets_are_large_enough(page: Page, site_url: str) -> None:
    finished(page, site_url)
    for control in page.locator(".dpup-decision :is(a, button, summary, textarea):visible").all():
        box = control.bounding_box()
        assert box is not None
        inline = control.evaluate("node => getComputedStyle(node).display === 'inline'")
        assert inline or box["height"] >= 24, control.inner_text()


def faults(page: Page) -> list[str]:
    page.evaluate(Axe().axe_script)
    run = "async () => (await axe.run({resultTypes: ['violations']})).violations"
    found = page.evaluate(run)
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(page: Page, site_url: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    finished(page, site_url)
    assert faults(page) == []
    press(page, "Start again")
    assert faults(page) == []
    press(page, "Keep my answers")
    press(page, "Show all questions")
    assert faults(page) == []
    page.goto("about:blank")
    ready(page, f"{site_url}{COLLECT}#way=1.0.0/purpose.not-yet")
    assert faults(page) == []


def test_nothing_sticks_out_on_the_smallest_phone(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    finished(page, site_url)
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
