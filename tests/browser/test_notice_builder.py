"""Templates without script, and with it: notices that grow from answers, which survive."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from builders import (
    HOST,
    NEED_TO_KNOW,
    PURPOSE,
    Stage,
    answers_in,
    box,
    kept,
    make,
    notice,
    open_template,
    press,
    ready,
    until,
)
from dpup import asks, clauses, toolkit
from dpup.answers import parse
from dpup.export import filled
from dpup.export import make as make_file
from dpup.export.paper import Press
from dpup.library import load
from helpers import ROOT, edit, make_project

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Download, Page

pytestmark = pytest.mark.browser

HOSTILE = "</script><script>alert(1)</script> {{7*7}} {why} \"'&amp; \u202eabc **b** [x](y) <b>"
BLOCK = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('blocked', 'SecurityError') }
})"""
FULL = """Storage.prototype.setItem = () => {
  throw new DOMException('full', 'QuotaExceededError')
}
Object.defineProperty(Storage.prototype, 'length', {get: () => 1})"""
LIBRARY = load(ROOT)


def template(entry: str) -> toolkit.Template:
    facts = LIBRARY.get("template", entry).facts
    assert isinstance(facts, toolkit.Template)
    return facts


@pytest.fixture
def stage(context: BrowserContext) -> Stage:
    """Serve our own templates."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return Stage(context)


@pytest.fixture
def plain(browser: Browser) -> Page:
    """Open a page without script."""
    with browser.new_context(java_script_enabled=False) as context:
        Stage(context)
        yield context.new_page()


def words_of(download: Download) -> bytes:
    return download.path().read_bytes()


# Without script ---------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", [NEED_TO_KNOW, PURPOSE])
def test_without_javascript_every_field_can_be_filled_in(plain: Page, entry: str) -> None:
    plain.goto(f"{HOST}toolkit/{entry}/")
    asked = clauses.fields(template(entry))
    for name, field in asked.items():
        part = plain.locator(f".dpup-field[id='{name}']")
        assert field.prompt in part.inner_text()
        if field.kind == "choice":
            part.get_by_label(field.choices[-1]).check()
        else:
            box(plain, name).fill("An answer")
            expect(box(plain, name)).to_have_value("An answer")


@pytest.mark.parametrize("entry", [NEED_TO_KNOW, PURPOSE])
def test_without_javascript_every_notice_stands_in_full_with_its_gaps(
    plain: Page, entry: str
) -> None:
    plain.goto(f"{HOST}toolkit/{entry}/")
    facts = template(entry)
    for variant in facts.variants:
        shown = plain.locator(f"[data-of='{variant.id}'] .dpup-notice__text").first
        expect(shown).to_be_visible()
        for paragraph in clauses.paragraphs(variant, clauses.fields(facts), {}):
            gaps = (f"[{word.text}]" for word in paragraph.words if word.is_blank)
            assert all(gap in shown.inner_text() for gap in gaps)


def test_without_javascript_nothing_shows_that_needs_it(plain: Page) -> None:
    plain.goto(f"{HOST}toolkit/{NEED_TO_KNOW}/")
    expect(plain.get_by_role("button")).to_have_count(0)
    expect(plain.get_by_text("See the notice")).not_to_be_visible()
    expect(plain.get_by_text("Your notice")).not_to_be_visible()
    expect(plain.locator("[aria-live], [aria-pressed]")).to_have_count(0)


def test_without_javascript_a_log_has_rows_to_fill_in(plain: Page) -> None:
    plain.goto(f"{HOST}toolkit/access-or-correction-log/")
    row = plain.locator("tr[data-row]").first
    row.locator("textarea").first.fill("A case")
    row.locator("input[type=date]").first.fill("2026-11-05")
    row.locator("select").first.select_option(index=1)
    assert plain.locator("tr[data-row]").count() >= 4


# Before somebody begins -------------------------------------------------------------------------


def test_until_somebody_begins_the_notice_stands_as_below_and_little_is_loaded(
    page: Page, stage: Stage
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(stage.address(NEED_TO_KNOW))
    page.wait_for_selector("html[data-ready]")
    page.wait_for_timeout(500)
    side = page.locator("[data-notice] .dpup-notice__text").inner_text()
    assert "[kinds of information]" in side
    first = page.locator("[data-of] .dpup-notice__text").first
    assert " ".join(side.split()) == " ".join(first.inner_text().split())
    assert not {"notice-live.js", "notice-actions.js", "answers-file.js", "zip.js"} & set(asked)
    page.locator(".dpup-builder").get_by_text("What you collect", exact=True).hover()
    page.wait_for_selector(".dpup-builder[data-live]")
    assert "notice-live.js" in asked
    assert page.locator("[data-notice] a.dpup-blank").count()


def test_what_is_needed_and_can_not_be_loaded_is_told(page: Page, stage: Stage) -> None:
    page.route("**/notice-live.js", lambda route: route.abort())
    page.goto(stage.address(NEED_TO_KNOW))
    page.wait_for_selector("html[data-ready]")
    box(page, "what").fill("your name")
    until(page, "document.querySelector('[data-kept]').textContent.includes('could not be loaded')")
    assert answers_in(page)["what"]["answer"] == "your name"


# The notice grows -------------------------------------------------------------------------------


def test_the_notice_grows_as_it_is_written(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    make(page, "poster")
    assert "We collect information about you: [kinds of information]." in notice(page)
    box(page, "what").press_sequentially("your name")
    assert "We collect information about you: your name." in notice(page)
    becomes = page.locator(".dpup-field[id='what'] [data-becomes]")
    assert becomes.inner_text() == "We collect information about you: your name."
    below = page.locator("[data-of='poster'] .dpup-notice__text").first
    assert "We collect information about you: your name." in below.inner_text()


@pytest.mark.parametrize("entry", [NEED_TO_KNOW, PURPOSE])
def test_every_notice_says_what_python_says(page: Page, stage: Stage, entry: str) -> None:
    open_template(page, stage, entry)
    facts = template(entry)
    known = clauses.fields(facts)
    given = {name: field.example for name, field in list(known.items())[::2]}
    for name, text in given.items():
        if known[name].kind == "choice":
            page.locator(f".dpup-field[id='{name}']").get_by_label(text, exact=True).check()
        else:
            box(page, name).fill(text)
    for variant in facts.variants:
        make(page, variant.id)
        form = page.locator("[data-notice]").get_attribute("class")
        assert form == f"dpup-notice dpup-notice--{variant.form}"
        shown = page.locator(".dpup-builder__side .dpup-notice__text > div > p")
        expected = clauses.as_text(variant, known, given).replace("\n\n", "\n").split("\n")
        assert [" ".join(text.split()) for text in shown.all_inner_texts()] == expected


def test_gaps_are_counted_and_lead_to_their_question(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    make(page, "text-message")
    status = page.locator("[data-gaps]")
    until(page, "document.querySelector('[data-gaps]').textContent.startsWith('3 gaps')")
    page.locator("[data-notice] a.dpup-blank").first.click()
    expect(page.locator(":focus")).to_have_id("fill_agency")
    box(page, "agency").fill("Example Bay")
    until(page, "document.querySelector('[data-gaps]').textContent.startsWith('2 gaps')")
    box(page, "why").fill("help")
    box(page, "more").fill("example.nz")
    until(page, "document.querySelector('[data-gaps]').textContent.startsWith('No')")
    assert status.inner_text() == "No gaps left."
    assert status.get_attribute("role") == "status"


def test_the_count_is_announced_once_and_not_at_each_key(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    until(page, "document.querySelector('[data-gaps]').textContent")
    page.evaluate(
        "window.said = [];"
        "new MutationObserver(() => said.push(document.querySelector('[data-gaps]').textContent))"
        ".observe(document.querySelector('[data-gaps]'), {childList: true})"
    )
    box(page, "what").press_sequentially("your name and where you live", delay=10)
    until(page, "said.length === 1")
    page.wait_for_timeout(1_200)
    assert len(page.evaluate("said")) == 1


def test_behind_each_sentence_stand_its_practices_and_laws(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    make(page, "handout")
    page.locator("[data-notice]").get_by_text("Why this is here").first.click()
    first = page.locator("[data-notice] details[open] li").first
    assert first.locator("q").inner_text().startswith("We collect information about you: ")
    field = page.locator(".dpup-field[id='what']")
    for selector in (".dpup-behind a", ".dpup-item__behind .dpup-facets a"):
        for link in field.locator(selector).all():
            same = first.get_by_role("link", name=link.inner_text(), exact=True)
            assert same.get_attribute("href") == link.get_attribute("href")
    # It follows what is written, and stays open.
    box(page, "what").fill("your name")
    assert first.locator("q").inner_text() == "We collect information about you: your name."
    first.get_by_role("link", name="What you collect", exact=True).click()
    expect(page.locator(":focus")).to_have_id("fill_what")


def test_a_sentence_of_the_template_itself_says_so(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    make(page, "poster")
    page.locator("[data-notice]").get_by_text("Why this is here").last.click()
    said = page.locator("[data-notice] details[open] li").first
    assert "belongs to the template itself" in said.inner_text()


def test_every_sentence_with_a_field_has_something_behind_it(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    for variant in template(NEED_TO_KNOW).variants:
        make(page, variant.id)
        for summary in page.locator("[data-notice] summary").all():
            summary.click()
        items = page.locator("[data-notice] details li")
        until(page, "!document.querySelector('[data-notice] details:not(:has(li))')")
        for item in items.all():
            told = item.locator("[data-none]").is_visible()
            assert told != item.locator("[data-practices] a").first.is_visible()


def test_length_and_limit(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    make(page, "text-message")
    for name in ("agency", "why", "more"):
        box(page, name).fill("x")
    variant = next(v for v in template(NEED_TO_KNOW).variants if v.id == "text-message")
    known = clauses.fields(template(NEED_TO_KNOW))
    size = len(clauses.as_text(variant, known, {"agency": "x", "why": "x", "more": "x"}))
    length = page.locator("[data-length]")
    assert f", {size} characters of at most 320" in length.inner_text()
    box(page, "why").fill("🙂" * 320)
    assert length.inner_text().endswith(
        f"{size + 319} characters of at most 320: {size - 1} too many"
    )


def test_a_reading_age_is_given_where_there_is_enough_to_read(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    make(page, "web-notice")
    age = page.locator("[data-age]")
    plan = "plan services together with families who need support with housing and income. "
    box(page, "why").fill(plan * 20)
    assert re.fullmatch(r"about \d+", age.inner_text())
    box(page, "why").fill("We see it. It is so. " * 60)
    assert age.inner_text() == "8 or younger"
    box(page, "why").fill("administrative responsibilities notwithstanding " * 60)
    assert age.inner_text() == "18 or older"
    assert "rough" in page.locator(".dpup-builder__side").inner_text()


# In steps ---------------------------------------------------------------------------------------


def test_in_steps_by_keyboard(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    make(page, "text-message")
    page.get_by_label("Only what the chosen notice needs").focus()
    page.keyboard.press("Space")
    page.get_by_label("All at once").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text("Question 1 of 3", exact=True)).to_be_visible()
    shown = page.locator(".dpup-field:visible")
    expect(shown).to_have_count(1)
    assert shown.get_attribute("id") == "why"
    box(page, "why").focus()
    page.keyboard.type("help you")
    page.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")
    assert shown.get_attribute("id") == "agency"
    # The heading has the focus: a screen reader reads the question, and Tab leads to its box.
    expect(page.locator(":focus")).to_have_text("Your name")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_id("fill_agency")
    page.keyboard.type("Example Bay")
    press(page, "Next")
    expect(page.get_by_text("Question 3 of 3", exact=True)).to_be_visible()
    press(page, "Back")
    assert shown.get_attribute("id") == "agency"
    press(page, "Next")
    press(page, "Finish")
    expect(page.locator(":focus")).to_have_id("dpup_builder_notice")
    assert (
        "Hello from Example Bay. We hold information about you so that we can help you."
        in notice(page)
    )


def test_a_gap_and_an_address_lead_to_a_step_that_is_hidden(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    page.get_by_label("In steps, one question at a time").check()
    page.locator("[data-notice] a.dpup-blank[data-go='see']").click()
    assert page.locator(".dpup-field:visible").get_attribute("id") == "see"
    page.evaluate("location.hash = '#agency'")
    page.wait_for_selector(".dpup-field[id='agency']:visible")
    expect(page.locator(".dpup-field:visible")).to_have_count(1)


def test_the_way_to_answer_is_remembered(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    make(page, "handout")
    page.get_by_label("In steps, one question at a time").check()
    press(page, "Next")
    page.reload()
    ready(page)
    expect(page.get_by_label("In steps, one question at a time")).to_be_checked()
    expect(page.get_by_text("Question 2 of ")).to_be_visible()
    expect(page.get_by_label("What to make")).to_have_value("handout")


def test_paper_shows_every_question_also_in_steps(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    page.get_by_label("In steps, one question at a time").check()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".dpup-field[hidden]")).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".dpup-field:not([hidden])")).to_have_count(1)


def test_the_notice_is_one_press_away_on_a_phone(page: Page, stage: Stage) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    open_template(page, stage)
    box(page, "what").scroll_into_view_if_needed()
    page.get_by_role("link", name="See the notice").click()
    expect(page.locator(":focus")).to_have_id("dpup_builder_notice")
    page.get_by_role("link", name="Back to your answers").click()
    expect(page.locator(":focus")).to_have_text("What you collect")


def test_what_has_the_focus_is_not_hidden_on_a_phone(page: Page, stage: Stage) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    open_template(page, stage)
    page.locator(".dpup-field[id='what'] a").first.focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            "(() => { const at = document.activeElement.getBoundingClientRect();"
            " const jump = document.querySelector('.dpup-builder__jump');"
            " const bar = jump.getBoundingClientRect();"
            " return getComputedStyle(jump).visibility === 'visible'"
            " && !jump.contains(document.activeElement)"
            " && at.top >= bar.top && at.bottom <= bar.bottom })()"
        )
        assert not hidden, page.evaluate("document.activeElement.outerHTML")


# Out of the browser -----------------------------------------------------------------------------


def test_copy_as_text_and_as_markdown(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    make(page, "poster")
    box(page, "what").fill("*names* & [more]")
    press(page, "Copy as text")
    until(page, "document.querySelector('[data-done]').textContent === 'Copied.'")
    text = page.evaluate("navigator.clipboard.readText()")
    facts = template(NEED_TO_KNOW)
    poster = next(variant for variant in facts.variants if variant.id == "poster")
    given = {"what": "*names* & [more]"}
    assert text == clauses.as_text(poster, clauses.fields(facts), given)
    press(page, "Copy as Markdown")
    until(page, "navigator.clipboard.readText().then((text) => text.startsWith('## '))")
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[0] == "## What we collect, and why"
    assert lines[2].startswith(
        "We collect information about you: \\*names\\* \\& \\[more\\]. "
        "We need it so that we can **\\["
    )


def test_where_copying_is_not_allowed_it_says_so(page: Page, stage: Stage) -> None:
    page.add_init_script("delete Navigator.prototype.clipboard")
    open_template(page, stage)
    press(page, "Copy as text")
    until(page, "document.querySelector('[data-done]').textContent.includes('Select')")


def test_download_as_text_and_as_markdown(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    make(page, "text-message")
    for button, ending in (("text", "txt"), ("Markdown", "md")):
        with page.expect_download() as waiting:
            press(page, f"Download as {button}")
        assert waiting.value.suggested_filename == f"{NEED_TO_KNOW}-text-message.{ending}"
        said = words_of(waiting.value).decode()
        assert said.startswith("Hello from ")
        assert said.endswith("\n")


@pytest.mark.parametrize("variant", ["poster", "web-notice"])
def test_download_for_word(page: Page, stage: Stage, variant: str) -> None:
    open_template(page, stage)
    make(page, variant)
    box(page, "what").fill(f"whānau & <names> {HOSTILE}")
    with page.expect_download() as waiting:
        press(page, "Download for Word")
    assert waiting.value.suggested_filename == f"{NEED_TO_KNOW}-{variant}.docx"
    document = docx.Document(io.BytesIO(words_of(waiting.value)))
    facts = template(NEED_TO_KNOW)
    made = next(one for one in facts.variants if one.id == variant)
    given = {"what": f"whānau & <names> {HOSTILE}".replace("\u202e", "\ufffd")}
    expected = clauses.as_text(made, clauses.fields(facts), given).replace("\n\n", "\n").split("\n")
    assert [paragraph.text for paragraph in document.paragraphs] == expected
    assert document.core_properties.title == made.title
    marked = [run for p in document.paragraphs for run in p.runs if run.font.highlight_color]
    assert len(marked) > 0


def test_print_only_the_notice(page: Page, stage: Stage) -> None:
    page.add_init_script("window.print = () => { window.printed = true }")
    open_template(page, stage)
    make(page, "poster")
    box(page, "what").fill("your name")
    press(page, "Print this notice")
    until(page, "window.printed")
    page.emulate_media(media="print")
    expect(page.locator("main")).not_to_be_visible()
    sheet = page.locator(".dpup-printout")
    expect(sheet).to_be_visible()
    assert "We collect information about you: your name." in sheet.inner_text()
    assert "Why this is here" not in sheet.inner_text()
    assert "[how to reach us]" in sheet.inner_text()
    # A poster is read from afar: 24 points.
    size = sheet.locator("p").last.evaluate("(line) => getComputedStyle(line).fontSize")
    assert size == "32px"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("main")).to_be_visible()
    expect(sheet).to_have_count(0)


def test_without_downloads_there_is_no_word_form(page: Page, stage: Stage) -> None:
    stage.has_downloads = False
    open_template(page, stage)
    expect(page.get_by_role("button", name="Download the filled form for Word")).not_to_be_visible()


@pytest.mark.parametrize("entry", [NEED_TO_KNOW, "access-or-correction-log"])
def test_the_filled_word_form_reads_back(
    page: Page, stage: Stage, tmp_path: Path, entry: str
) -> None:
    form = LIBRARY.get("template", entry)
    blank = make_file.one(Press(LIBRARY, "https://dpup.example/").of_entry(form), "docx")
    stage.files[f"downloads/{entry}.docx"] = blank
    open_template(page, stage, entry)
    first = page.locator("[data-field]:is(input[type=text], textarea)").first
    first.fill("whānau & <names>")
    for day in page.locator("[data-field][type=date]").all()[:1]:
        day.fill("2026-11-05")
    with page.expect_download() as waiting:
        press(page, "Download the filled form for Word")
    file = tmp_path / waiting.value.suggested_filename
    assert file.name == f"{entry}-filled.docx"
    file.write_bytes(words_of(waiting.value))
    read = filled.read(file)
    said = {id_: answer for id_, answer in read.answers.items() if not answer.is_empty}
    kept_here = answers_in(page, entry)
    assert {id_.partition(".")[2] for id_ in said} == set(kept_here)
    for id_, answer in said.items():
        here = kept_here[id_.partition(".")[2]]
        assert (answer.answer, list(answer.rows)) == (here["answer"], here["rows"])
        assert answer.fingerprint == here["fingerprint"]


def test_a_word_form_that_can_not_be_had_is_told(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    box(page, "what").fill("your name")
    press(page, "Download the filled form for Word")
    until(page, "document.querySelector('[data-kept]').textContent.includes('could not be made')")


# Answers survive --------------------------------------------------------------------------------


def test_answers_survive_a_reload_and_say_where_they_are(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    assert kept(page) == ""
    box(page, "what").fill("your name")
    page.get_by_label("Yes, the law says so").check()
    assert kept(page) == "Saved in this browser only."
    page.reload()
    ready(page)
    expect(box(page, "what")).to_have_value("your name")
    expect(page.get_by_label("Yes, the law says so")).to_be_checked()
    assert kept(page) == "Saved in this browser only."
    press(page, "Take my answer back")
    expect(page.get_by_label("Yes, the law says so")).not_to_be_checked()
    assert set(answers_in(page)) == {"what"}


def test_two_tabs_do_not_undo_one_another(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    other = page.context.new_page()
    open_template(other, stage)
    box(page, "what").fill("your name")
    until(other, "document.querySelector('#fill_what').value === 'your name'")
    box(other, "why").fill("help")
    until(page, "document.querySelector('#fill_why').value === 'help'")
    assert set(answers_in(page)) == {"what", "why"}
    assert "your name" in notice(other)


def test_a_saved_file_opens_on_another_device(
    page: Page, stage: Stage, browser: Browser, tmp_path: Path
) -> None:
    open_template(page, stage)
    box(page, "what").fill("your name")
    box(page, "no-choice").fill("two\nlines")
    with page.expect_download() as waiting:
        press(page, "Save answers to a file")
    file = tmp_path / waiting.value.suggested_filename
    assert file.name == f"{NEED_TO_KNOW}-answers.json"
    file.write_bytes(words_of(waiting.value))
    sheet = parse(file.read_bytes(), file.name)
    assert sheet.entry == NEED_TO_KNOW
    assert sheet.answers[f"{NEED_TO_KNOW}.no-choice"].answer == "two\nlines"
    with browser.new_context() as device:
        Stage(device)
        there = device.new_page()
        open_template(there, stage)
        there.locator("[data-file]").set_input_files(file)
        until(there, "document.querySelector('#fill_what').value === 'your name'")
        expect(box(there, "no-choice")).to_have_value("two\nlines")
        there.reload()
        ready(there)
        expect(box(there, "what")).to_have_value("your name")
        expect(there.locator(".dpup-builder__changed")).to_have_count(0)


def test_opening_a_file_asks_before_it_replaces(page: Page, stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    sheet = {
        "format": "dpup-answers/1",
        "entry": NEED_TO_KNOW,
        "version": "0.9.0",
        "answers": {f"{NEED_TO_KNOW}.what": {"answer": "from the file"}},
    }
    file.write_text(json.dumps(sheet))
    open_template(page, stage)
    box(page, "why").fill("mine")
    page.locator("[data-file]").set_input_files(file)
    press(page, "Keep mine")
    expect(box(page, "why")).to_have_value("mine")
    expect(box(page, "what")).to_have_value("")
    page.locator("[data-file]").set_input_files(file)
    press(page, "Replace them")
    expect(box(page, "why")).to_have_value("")
    expect(box(page, "what")).to_have_value("from the file")
    # Nobody knows which wording was answered.
    assert "may have changed" in page.locator(".dpup-field[id='what']").inner_text()
    press(page, "My answer still fits")
    expect(page.locator(".dpup-builder__changed")).to_have_count(0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not json <b>", "This is not a file of answers."),
        ('{"format": "dpup-answers/1", "entry": "other", "answers": {}}', "not to this template"),
    ],
)
def test_a_file_that_can_not_be_opened_changes_nothing_and_says_why(
    page: Page, stage: Stage, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "a.json"
    file.write_text(text)
    open_template(page, stage)
    box(page, "why").fill("mine")
    page.locator("[data-file]").set_input_files(file)
    page.locator("[data-problems] p").wait_for()
    assert said in page.locator("[data-problems]").inner_text()
    expect(box(page, "why")).to_have_value("mine")


def test_clearing_asks_first_and_gives_the_focus_back(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    box(page, "what").fill("your name")
    page.get_by_role("button", name="Clear my answers").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_text("Clear all your answers?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(box(page, "what")).to_have_value("your name")
    expect(page.locator(":focus")).to_have_text("Clear my answers")
    page.keyboard.press("Enter")
    press(page, "Clear them")
    expect(box(page, "what")).to_have_value("")
    assert kept(page) == "Your answers are cleared."
    assert page.evaluate("Object.keys(localStorage)") == []
    page.reload()
    ready(page)
    expect(box(page, "what")).to_have_value("")


def test_blocked_storage_is_said_and_the_builder_works(page: Page, stage: Stage) -> None:
    page.add_init_script(BLOCK)
    open_template(page, stage)
    assert "keeps nothing" in kept(page)
    box(page, "what").fill("your name")
    box(page, "why").fill("help")
    assert "We collect information about you: your name. We need it so that we can help." in notice(
        page
    )
    with page.expect_download() as waiting:
        press(page, "Save answers to a file")
    assert len(json.loads(words_of(waiting.value))["answers"]) == 2


def test_full_storage_is_said_and_nothing_is_lost_on_the_page(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    box(page, "what").fill("your name")
    page.evaluate(FULL)
    box(page, "why").fill("help")
    box(page, "how-used").fill("plan")
    assert "no room left" in kept(page)
    assert "We need it so that we can help." in notice(page)
    with page.expect_download() as waiting:
        press(page, "Save answers to a file")
    assert len(json.loads(words_of(waiting.value))["answers"]) == 3


@pytest.mark.parametrize("text", ["{broken", '{"entry": 1}', '"words"'])
def test_a_corrupted_store_is_told_and_can_be_saved(page: Page, stage: Stage, text: str) -> None:
    open_template(page, stage)
    page.evaluate(
        f"(text) => localStorage.setItem('dpup:notice:{NEED_TO_KNOW}', text)",
        text,
    )
    page.reload()
    ready(page)
    expect(page.get_by_text("Nothing of it is lost.")).to_be_visible()
    box(page, "what").fill("your name")
    with page.expect_download() as waiting:
        press(page, "Save it as a file")
    assert words_of(waiting.value).decode() == text
    page.reload()
    ready(page)
    expect(box(page, "what")).to_have_value("your name")


def test_hostile_words_stay_words(page: Page, stage: Stage) -> None:
    alerts: list[str] = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    open_template(page, stage)
    make(page, "poster")
    box(page, "what").fill(HOSTILE)
    assert HOSTILE in notice(page)
    page.reload()
    ready(page)
    page.get_by_text("Why this is here").first.click()
    expect(page.locator("[data-notice] :is(script, b)")).to_have_count(0)
    assert alerts == []


def test_long_input_fits_a_phone(page: Page, stage: Stage) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    open_template(page, stage)
    box(page, "what").fill("x" * 3_000)
    box(page, "no-choice").fill("y\n" * 100)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert "x" * 3_000 in notice(page)


# After an update of the site --------------------------------------------------------------------


def test_what_an_update_changed_is_told_and_nothing_is_dropped(
    page: Page, context: BrowserContext, tmp_path: Path
) -> None:
    root = make_project(tmp_path / "project")
    file = root / "content/toolkit/what-service-users-need-to-know.md"
    stage = Stage(context, root)
    open_template(page, stage)
    box(page, "what").fill("your name")
    page.get_by_label("to plan").check()
    edit(file, "prompt: Name it plainly.", "prompt: Name it in plain words.")
    edit(file, "choices: [to help, to plan]", "choices: [to help, to learn]")
    page.reload()
    ready(page)
    first = page.locator(".dpup-field[id='what']")
    assert "may have changed" in first.inner_text()
    assert "When you answered, it asked: “What we collect: Name it plainly.”" in first.inner_text()
    assert (
        "You answered “to plan”, which does not fit here."
        in page.locator(".dpup-field[id='why']").inner_text()
    )
    assert "We collect your name. We do it to plan." in notice(page)
    first.get_by_role("button", name="My answer still fits").click()
    expect(first.locator(".dpup-builder__changed")).to_have_count(0)
    # The field is gone altogether.
    edit(file, "      - id: what\n", "      - id: information\n")
    for old in ('clause: "We collect {what}."', "fields: [what, why]"):
        edit(file, old, old.replace("what", "information"))
    page.reload()
    ready(page)
    kept = page.locator("[data-strangers]").inner_text()
    assert f"What we collect: Name it in plain words. ({NEED_TO_KNOW}.what): your name" in kept
    with page.expect_download() as waiting:
        press(page, "Save answers to a file")
    saved = json.loads(words_of(waiting.value))["answers"]
    assert saved[f"{NEED_TO_KNOW}.what"]["answer"] == "your name"


def test_hostile_words_of_a_template_stay_words(
    page: Page, context: BrowserContext, tmp_path: Path
) -> None:
    root = make_project(tmp_path / "project")
    file = root / "content/toolkit/what-service-users-need-to-know.md"
    edit(file, "blank: the information", "blank: '</script><script>alert(1)</script>'")
    edit(file, "title: Handout", "title: '</option><b>{7*7}'")
    edit(file, "heading: Your information", "heading: '<img src=x>'")
    assert load(root).problems == ()
    alerts: list[str] = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    open_template(page, Stage(context, root))
    assert "[</script><script>alert(1)</script>]" in notice(page)
    expect(page.locator("[data-notice] :is(img, script)")).to_have_count(0)
    assert page.locator("[data-variant] option").inner_text() == "</option><b>{7*7}"
    assert alerts == []


# For everybody ----------------------------------------------------------------------------------


def faults(page: Page) -> list[str]:
    page.evaluate(Axe().axe_script)
    found = page.evaluate("axe.run(document).then(({violations}) => violations)")
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("entry", [NEED_TO_KNOW, "who-holds-what"])
def test_axe_finds_nothing_while_it_is_used(
    page: Page, stage: Stage, entry: str, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_template(page, stage, entry)
    page.locator("[data-field]").first.fill("some words")
    page.locator("[data-notice] summary").first.click()
    until(page, "document.querySelector('[data-notice] details[open] li')")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("In steps, one question at a time").check()
    press(page, "Next")
    assert faults(page) == []
    press(page, "Clear my answers")
    assert faults(page) == []


def test_gaps_show_in_forced_colours(page: Page, stage: Stage) -> None:
    page.emulate_media(forced_colors="active")
    open_template(page, stage)
    gap = page.locator("[data-notice] .dpup-blank").first
    assert gap.evaluate("(gap) => getComputedStyle(gap).outlineStyle") == "dashed"


def test_larger_text_still_fits(page: Page, stage: Stage) -> None:
    page.set_viewport_size({"width": 640, "height": 900})
    open_template(page, stage)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_nothing_leaves_the_site(page: Page, stage: Stage) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_template(page, stage)
    box(page, "what").fill("your name")
    press(page, "Copy as text")
    with page.expect_download():
        press(page, "Download for Word")
    assert all(url.startswith((HOST, f"blob:{HOST}")) for url in asked)
    assert not any("your" in url for url in asked)


# Tables -----------------------------------------------------------------------------------------


def test_a_log_keeps_its_rows_and_grows(page: Page, stage: Stage) -> None:
    entry = "access-or-correction-log"
    open_template(page, stage, entry)
    table = page.locator("section", has=page.locator(".dpup-log")).first
    rows = table.locator("tr[data-row]")
    before = rows.count()
    table.get_by_role("button", name="Add a row").click()
    assert rows.count() == before + 1
    # The focus is in the new row.
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").endswith(
        f", row {before + 1}"
    )
    page.keyboard.type("Case five")
    name = page.evaluate("document.activeElement.dataset.field")
    rows.nth(1).locator("input[type=date]").first.fill("2026-11-05")
    page.reload()
    ready(page)
    assert rows.count() == before + 1
    expect(rows.nth(before).locator(f"[data-field='{name}']")).to_have_value("Case five")
    expect(rows.nth(1).locator("input[type=date]").first).to_have_value("2026-11-05")
    names = page.locator("tr[data-row] [data-field]").evaluate_all(
        "all => all.map((x) => x.closest('table').caption.textContent + x.ariaLabel)"
    )
    assert len(names) == len(set(names))
    assert answers_in(page, entry)[name]["rows"] == ["", "", "", "", "Case five"]


def test_a_notice_repeats_its_part_for_each_row(page: Page, stage: Stage) -> None:
    open_template(page, stage, "who-holds-what")
    for number, name in enumerate(("Riverside Clinic", "Example Bay Trust")):
        page.locator("[data-field='holder']").nth(number).fill(name)
    shown = notice(page)
    assert shown.count("An agency that has your information") == 2
    assert "Riverside Clinic holds information about you. It holds [the kinds" in shown
    assert "Example Bay Trust holds information about you." in shown
    page.get_by_label("In steps, one question at a time").check()
    for _ in range(20):
        if page.locator("tr[data-row]").first.is_visible():
            break
        press(page, "Next")
    expect(page.locator(".dpup-field:visible")).to_have_count(7)


def test_an_answer_keeps_the_words_that_were_asked(page: Page, stage: Stage) -> None:
    open_template(page, stage)
    entry = LIBRARY.get("template", NEED_TO_KNOW)
    asked = {ask.name: ask for ask in asks.by_id(asks.of(entry, LIBRARY.index)).values()}
    box(page, "what").fill("A name")
    until(page, "localStorage.getItem('dpup:notice:what-service-users-need-to-know')")
    assert answers_in(page)["what"]["asked"] == asked["what"].wording
