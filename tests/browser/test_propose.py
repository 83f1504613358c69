"""The page that makes new entries: the same words as the check, and files that it finds sound."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dpup import proposal_data
from dpup.check import check, draft
from dpup.finding import Finder
from dpup.kinds import KINDS
from dpup.library import load
from dpup.problems import errors, visible
from dpup.proposal_forms import FORMS
from dpup.source import of_text
from helpers import ROOT, copy_ours, write
from proposing import FILLED, TRAPS, Case, cases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page, Route

    from dpup.library import Library

pytestmark = pytest.mark.browser

PAGE = "contribute/propose/"
LIBRARY = load(ROOT)
DAY = dt.date(2026, 12, 1)
JUDGE = """async ([page, known, cases, day]) => {
  const {judge} = await import('/assets/js/propose-check.js')
  return cases.map(([kind, said]) => {
    const form = page.forms.find((each) => each.kind === kind)
    const {text, path, problems, checked} = judge(form, said, page, known, day)
    return {text, path, checked, said: problems.map((each) => `${each.label}: ${each.said}`)}
  })
}"""


# One rule, two languages -------------------------------------------------------------------

# What only the check can tell, and cures that name what only one of the two ways has.
APART = re.compile(r" Say --id .*| [a-z0-9-]+ is free\. .*")


def told(said: str) -> str:
    return APART.sub("", said)


@pytest.fixture(scope="module")
def scripts(browser: Browser, site_url: str) -> Iterator[Page]:
    """Open a page whose scripts can be asked."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site_url + "privacy/")
        yield page


def judged(scripts: Page, library: Library) -> Iterator[tuple[Case, dict[str, Any]]]:
    """Yield each case with what the page makes of it."""
    found = list(cases())
    data = proposal_data.of(library, "", {})
    known = json.loads(proposal_data.known(library))
    typed = [[case.kind, case.typed] for case in found]
    made = scripts.evaluate(JUDGE, [data, known, typed, DAY.isoformat()])
    yield from zip(found, made, strict=True)


def test_the_page_says_what_the_check_says_and_makes_what_the_word_form_makes(
    scripts: Page, project: Callable[..., Path]
) -> None:
    root = project()
    library = load(root)
    for case, made in judged(scripts, library):
        proposal = case.judged(library, DAY)
        faults = [fault for fault in proposal.faults if " leads to no page. " not in fault]
        assert sorted(map(told, made["said"])) == sorted(map(told, faults)), case
        if proposal.started:
            before = proposal.started.before
            assert made["path"] == proposal.started.path
            ours, theirs = of_text(before + made["text"], made["path"]), proposal.started.read()
            assert (ours.front.data, ours.body) == (theirs.front.data, theirs.body)
            assert draft(root, made["path"], before + made["text"]) == proposal.started.left


# Only the check can tell where a link leads, and judges a call for what it is.
BY_CHECK_ALONE = re.compile(r"leads to no file|^No component|^Template statements|^This call")


def in_check(root: Path, path: str, text: str) -> list[str]:
    """Give what the check says of a file, without places in it."""
    problems = errors(draft(root, path, text))
    said = {": ".join(filter(None, (each.where, each.sentence))) for each in problems}
    return sorted(each for each in map(visible, said) if not BY_CHECK_ALONE.search(each))


def test_the_page_shows_word_for_word_what_the_check_says_of_the_same_file(
    scripts: Page, project: Callable[..., Path]
) -> None:
    root = project()
    library = load(root)
    for case, made in judged(scripts, library):
        if not made["said"] or APART.search(made["said"][0]):
            continue
        proposal = case.judged(library, DAY)
        place = root / made["path"]
        before = place.read_text(encoding="utf-8") if place.suffix == ".yml" else ""
        expected = in_check(root, made["path"], before + made["text"])
        without_number = [re.sub(r"^\[\d+\]\.", "", said) for said in expected]
        assert sorted(made["checked"]) == without_number, case
        assert len(proposal.checked) >= len(expected)


# The page --------------------------------------------------------------------------------

PRACTICES = LIBRARY.practices()
SOURCE = LIBRARY.of("source")[0].title
OWN: dict[str, dict[str, Any]] = {
    "checklist": {
        "practice": (PRACTICES[0].facts.text, "", "", PRACTICES[1].id),
        "supports": ("", f"{PRACTICES[2].facts.question}\n{PRACTICES[3].id}", "", ""),
        "sources": SOURCE,
    },
    "guide": {"supports": PRACTICES[0].id, "sources": SOURCE, "body": "Say who you are."},
    "case-study": {
        "sources": SOURCE,
        "supports": (PRACTICES[0].id, PRACTICES[1].facts.text),
    },
    "faq": {"title": "Is this a new question?", "sources": SOURCE},
    "term": {"term": "tauhou", "see": "whānau", "sources": SOURCE},
    "source": {"title": "A page that is new here"},
}


def filling(kind: str) -> dict[str, Any]:
    """Give what somebody writes who knows our own content."""
    return {**FILLED[kind], **OWN[kind]}


@pytest.fixture
def page(browser: Browser, site_url: str) -> Iterator[Page]:
    """Open the page as a phone would, and hold it to no errors."""
    view = {"width": 390, "height": 844}
    # A worker would answer in the place of a test that answers for the host.
    with browser.new_context(viewport=view) as context:
        context.add_init_script("delete Navigator.prototype.serviceWorker")
        opened = context.new_page()
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        start(opened, site_url)
        yield opened
        assert errors == []


def start(page: Page, site_url: str) -> None:
    page.goto(site_url + PAGE)
    expect(page.locator("html")).to_have_attribute("data-ready", "")


def choose(page: Page, kind: str) -> None:
    page.get_by_label("What do you want to propose?").select_option(kind)
    expect(page.locator("[data-part=text]")).not_to_be_empty()


def fill(page: Page, said: dict[str, Any]) -> None:
    """Fill the boxes in any order."""
    for name, text in said.items():
        if isinstance(text, tuple):
            while page.locator("[data-row]").count() < len(text):
                page.get_by_role("button", name="Add a row").click()
            for number, cell in enumerate(text, 1):
                box = page.locator(f'[data-row="{number}"] [data-box="{name}"]')
                box.fill(cell)
        elif text == "done":
            page.locator(f'[data-tick="{name}"]').check()
        else:
            put(page.locator(f'[data-box="{name}"]'), text)


def put(box: Locator, text: str) -> None:
    is_choice = box.evaluate("(it) => it.localName") == "select"
    box.select_option(text) if is_choice else box.fill(text)


HERE = """() => {
  const $it = document.activeElement
  return {box: $it.dataset.box ?? '', tick: $it.dataset.tick ?? '', tag: $it.localName,
    row: Number($it.closest('[data-row]')?.dataset.row ?? 0), does: $it.dataset.do ?? '',
    words: $it.textContent, rows: document.querySelectorAll('[data-row]').length,
    values: [...($it.options ?? [])].map((each) => each.value)}
}"""


def by_keyboard(page: Page, said: dict[str, Any]) -> None:
    """Go from the choice of the kind to the button of the download, and write on the way."""
    longest = max((len(text) for text in said.values() if isinstance(text, tuple)), default=0)
    for _ in range(400):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here["does"] == "save":
            return
        if here["words"] == "Add a row" and here["rows"] < longest:
            page.keyboard.press("Enter")
            here = page.evaluate(HERE)  # the first box of the new row has the focus
        type_here(page, here, said)
    pytest.fail("the button is never reached")


def type_here(page: Page, here: dict[str, Any], said: dict[str, Any]) -> None:
    text = said.get(here["box"] or here["tick"], "")
    if isinstance(text, tuple):
        text = text[here["row"] - 1]
    if here["tick"]:
        page.keyboard.press("Space") if text else None
    elif here["tag"] == "select" and text:
        for _ in range(here["values"].index(text)):
            page.keyboard.press("ArrowDown")
    elif text:
        page.keyboard.type(text)


def saved(page: Page, press: Callable[[], None]) -> tuple[str, str]:
    with page.expect_download() as download:
        press()
    return download.value.suggested_filename, download.value.path().read_text(encoding="utf-8")


def taken_in(root: Path, kind: str, name: str, text: str) -> None:
    """Put a file into a project, as somebody does who gets it by e-mail."""
    place = root / "content" / KINDS[kind].place
    if KINDS[kind].is_list:
        write(place, place.read_text(encoding="utf-8") + text)
    else:
        write(place / name, text)


@pytest.mark.parametrize("kind", [form.kind for form in FORMS.values()])
def test_by_keyboard_on_a_phone_each_form_makes_a_file_that_the_check_finds_sound(
    page: Page, tmp_path: Path, kind: str
) -> None:
    page.get_by_label("What do you want to propose?").focus()
    for _ in range([form.kind for form in FORMS.values()].index(kind) + 1):
        page.keyboard.press("ArrowDown")
    expect(page.locator("[data-part=text]")).not_to_be_empty()
    by_keyboard(page, filling(kind))
    name, text = saved(page, lambda: page.keyboard.press("Enter"))
    root = copy_ours(tmp_path / "project")
    taken_in(root, kind, name, text)
    assert [str(it) for it in check(root)[1] if it.severity == "error"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390


HOSTILE = " ".join(trap for trap in TRAPS if "<" not in trap and "\\" not in trap)


@pytest.mark.parametrize("kind", [form.kind for form in FORMS.values()])
def test_hostile_text_stays_text(page: Page, tmp_path: Path, kind: str) -> None:
    said = filling(kind)
    free = {"summary", "hint", "note", "meaning", "story", "publisher", "meanings.if_yes"}
    for name in free & said.keys():
        text = said[name]
        bad = f"{HOSTILE} {{a}} </script> {{ %"
        said[name] = tuple(bad for _ in text) if isinstance(text, tuple) else bad
    if kind == "checklist":
        said["hint"] = (f": {HOSTILE}", HOSTILE, "", "")
    choose(page, kind)
    fill(page, said)
    name, text = saved(page, page.get_by_role("button", name="Download the file").click)
    root = copy_ours(tmp_path / "project")
    taken_in(root, kind, name, text)
    assert [str(it) for it in check(root)[1] if it.severity == "error"] == []


def test_te_reo_maori_is_marked_in_the_boxes(page: Page) -> None:
    choose(page, "term")
    marked = page.locator("[data-part=boxes] [lang=mi]")
    expect(marked).to_have_text(["whānau", "te reo Māori"])


def test_what_is_wrong_stands_by_its_box_once_it_was_left(page: Page) -> None:
    choose(page, "guide")
    minutes = page.get_by_label("Minutes")
    minutes.fill("ten")
    wrong = page.locator("#propose_minutes_wrong")
    assert wrong.inner_text() == ""
    minutes.blur()
    expect(wrong).to_have_text("This is not a whole number. Write digits only, as 10.")
    expect(minutes).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#propose_summary_wrong")).to_be_empty()
    minutes.fill("10")
    expect(wrong).to_be_empty()


def test_nothing_goes_out_while_something_is_wrong_and_the_list_leads_to_each_box(
    page: Page,
) -> None:
    choose(page, "guide")
    page.get_by_role("button", name="Download the file").click()
    errors = page.get_by_role("group", name="What has to be mended")
    expect(errors).to_be_focused()
    expect(errors.get_by_role("link")).to_have_text(
        [
            "Box 'Title': Nothing stands here. Fill it in.",
            "Box 'Summary': Nothing stands here. Fill it in.",
            "Box 'Whom it is for': Nothing is ticked. Tick what fits.",
            "Box 'When it helps': Nothing is ticked. Tick what fits.",
            "Box 'Sources': Nothing stands here. Fill it in.",
            "Box 'Text': Nothing stands here. Fill it in.",
        ]
    )
    checked = errors.locator("[data-part=checked]")
    expect(checked).to_be_hidden()
    errors.get_by_text("In the words of the check").press("Enter")
    expect(checked).to_be_visible()
    expect(checked.get_by_role("listitem").nth(1)).to_have_text(
        "summary: Nothing stands here. Fill it in."
    )
    errors.get_by_role("link", name="Box 'Summary'").press("Enter")
    expect(page.get_by_label("Summary")).to_be_focused()
    errors.get_by_role("link", name="Box 'Whom it is for'").click()
    assert page.evaluate(HERE)["tick"].startswith("roles.")


def test_rows_are_added_moved_and_removed_and_the_focus_follows(page: Page) -> None:
    choose(page, "checklist")
    status = page.get_by_role("status").and_(page.locator("[data-part=said]"))
    page.locator("[data-row='1'] [data-box=question]").fill("Have we one?")
    page.get_by_role("button", name="Add a row").press("Enter")
    expect(status).to_have_text("Row 2 is added.")
    expect(page.locator("[data-row='2'] [data-box=heading]")).to_be_focused()
    page.locator("[data-row='2'] [data-box=question]").fill("Have we two?")
    page.get_by_role("button", name="Move up row 2").press("Enter")
    expect(status).to_have_text("Row 2 is now row 1.")
    expect(page.get_by_role("button", name="Move down row 1")).to_be_focused()
    assert page.locator("[data-row='1'] [data-box=question]").input_value() == "Have we two?"
    page.get_by_role("button", name="Remove row 1").press("Enter")
    expect(status).to_have_text("Row 1 is removed.")
    expect(page.locator("[data-row='1'] [data-box=heading]")).to_be_focused()
    assert page.locator("[data-row='1'] [data-box=question]").input_value() == "Have we one?"
    expect(page.get_by_role("button", name="Remove row 1")).to_be_disabled()


def test_what_was_written_is_there_again_until_it_is_deleted(page: Page, site_url: str) -> None:
    choose(page, "checklist")
    fill(page, filling("checklist"))
    before = page.locator("[data-part=text]").inner_text()
    start(page, site_url)
    expect(page.locator("[data-part=text]")).to_have_text(before)
    page.get_by_role("button", name="Delete what I wrote").click()
    page.get_by_role("button", name="Delete it").click()
    assert page.get_by_label("Title").input_value() == ""
    assert page.evaluate("Object.keys(localStorage).filter((it) => it.includes('propose'))") == []
    start(page, site_url)
    expect(page.locator("[data-part=form]")).to_be_hidden()


def test_deleting_one_form_says_which_are_left_and_all_can_go_at_once(page: Page) -> None:
    for kind in ("checklist", "guide", "term"):
        choose(page, kind)
        page.locator("[data-part=boxes] input[type=text]").first.fill("Mine")
    delete = page.get_by_role("button", name="Delete what I wrote")
    delete.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(
        "This is about the form 'Term'. You also wrote into: 'Checklist', 'Guide'."
    )
    dialog.get_by_role("button", name="Delete it").click()
    said = page.locator("[data-part=said]")
    expect(said).to_have_text("It is deleted. Still kept in this browser: 'Checklist', 'Guide'.")
    choose(page, "guide")
    delete.click()
    dialog.get_by_role("button", name="Delete all forms").click()
    expect(said).to_have_text("It is deleted.")
    assert page.evaluate("Object.keys(localStorage).filter((it) => it.includes('propose'))") == []
    delete.click()
    expect(dialog.get_by_role("button")).to_have_text(["Delete it", "Keep it"])


def test_each_problem_of_the_answers_leads_to_their_box(page: Page) -> None:
    choose(page, "checklist")
    fill(page, filling("checklist") | {"answers": "tick"})
    page.get_by_role("button", name="Check what I wrote").click()
    links = page.get_by_role("group", name="What has to be mended").get_by_role("link")
    said = (
        "Things that are only ticked have no meanings. Empty 'Yes', 'No' and 'Not applicable', or "
        "choose another answer."
    )
    expect(links).to_have_text([f"Box 'Answer': {said}"])
    links.click()
    answer = page.get_by_label("Answer", exact=True)
    expect(answer).to_be_focused()
    expect(answer).to_have_attribute("aria-invalid", "true")
    expect(answer).to_have_accessible_description(f"How people answer each question. {said}")


def test_each_link_of_the_list_leads_to_a_box_that_says_the_same(page: Page) -> None:
    for kind in FILLED:
        choose(page, kind)
        page.get_by_role("button", name="Check what I wrote").click()
        links = page.get_by_role("group", name="What has to be mended").get_by_role("link")
        for number in range(links.count()):
            links.nth(number).click()
            words = links.nth(number).inner_text().partition(": ")[2]
            is_in_row = page.evaluate("document.activeElement.matches('[data-row] *')")
            if not is_in_row:  # what is wrong with a whole table stands above its first row
                focused = page.locator(":focus")
                expect(focused).to_have_attribute("aria-invalid", "true")
                expect(focused).to_have_accessible_description(re.compile(re.escape(words)))


def test_names_are_offered_and_added_by_keyboard_without_a_network(page: Page) -> None:
    choose(page, "guide")
    page.context.set_offline(True)
    assert page.locator("#propose_known_source option").count() >= len(LIBRARY.of("source"))
    sources = page.locator("[data-box=sources]")
    sources.fill("https://a.example/")
    find = page.get_by_label("Find a source")
    find.fill(SOURCE[:5])
    find.press("Enter")
    expect(find).to_have_value(SOURCE[:5])
    find.fill(SOURCE)
    find.press("Enter")
    expect(sources).to_have_value(f"https://a.example/\n{SOURCE}")
    expect(find).to_have_value("")
    expect(find).to_be_focused()
    expect(page.locator("[data-part=said]")).to_have_text(f"Added: {SOURCE}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Add to 'Sources'")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=said]")).to_have_text("Write or choose a name first.")
    all_sources = page.get_by_role("link", name="All sources (new tab)")
    assert all_sources.get_attribute("href") == "../../sources/"


def test_a_name_that_is_offered_is_one_that_is_found(page: Page) -> None:
    choose(page, "checklist")
    assert page.locator("[data-box=practice]").get_attribute("list") == "propose_known_practice"
    for kind, count in (("practice", len(PRACTICES)), ("source", len(LIBRARY.of("source")))):
        names = page.locator(f"#propose_known_{kind} option").evaluate_all(
            "(all) => all.map((it) => it.value)"
        )
        finder = Finder(LIBRARY)
        ids = {finder.one(kind, name) for name in names}
        assert len(ids) == count
        assert finder.unclear == {}


def test_what_was_written_is_on_the_paper(page: Page) -> None:
    choose(page, "checklist")
    said = filling("checklist") | {"id": "my-own-id", "body": "Long. " * 400 + "End"}
    fill(page, said)
    printed = page.locator("[data-part=printed]")
    expect(printed).to_be_hidden()
    page.emulate_media(media="print")
    expect(printed).to_be_visible()
    for words in (
        said["title"],
        said["summary"],
        said["body"],
        "my-own-id",
        "Yes, no or not applicable",
    ):
        expect(printed).to_contain_text(words)
    for cell in (*said["practice"], *said["question"], *said["heading"]):
        expect(printed).to_contain_text(cell)
    expect(page.get_by_label("Title", exact=True)).to_be_hidden()


def test_what_another_tab_changed_is_told_and_can_be_shown(page: Page, site_url: str) -> None:
    choose(page, "guide")
    page.get_by_label("Title", exact=True).fill("First")
    other = page.context.new_page()
    start(other, site_url)
    notice = page.get_by_text("Another tab has changed what you wrote in this form.")
    expect(other.get_by_label("Title", exact=True)).to_have_value("First")
    expect(notice).to_be_hidden()
    other.get_by_label("Title", exact=True).fill("Second")
    expect(notice).to_be_visible()
    page.get_by_role("button", name="Show what the other tab wrote").click()
    expect(notice).to_be_hidden()
    expect(page.get_by_label("Title", exact=True)).to_have_value("Second")
    page.get_by_label("Title", exact=True).fill("Third")
    expect(other.get_by_text("Another tab has changed")).to_be_visible()
    choose(other, "faq")
    expect(other.get_by_text("Another tab has changed")).to_be_hidden()
    page.get_by_label("Title", exact=True).fill("Fourth")
    expect(other.get_by_text("Another tab has changed")).to_be_hidden()


@pytest.mark.parametrize(
    "kept", ["{", "[]", '"x"', '{"texts": 7, "rows": [1, {"hint": 2}]}', "null"]
)
def test_what_somebody_else_wrote_into_the_browser_does_no_harm(
    page: Page, site_url: str, kept: str
) -> None:
    page.evaluate("(it) => localStorage.setItem('dpup:propose:checklist', it)", kept)
    page.evaluate("localStorage.setItem('dpup:propose:last', '\"checklist\"')")
    start(page, site_url)
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page.locator("[data-part=text]")).not_to_be_empty()


def test_what_cannot_be_kept_is_told(page: Page) -> None:
    choose(page, "guide")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('off') } }")
    page.get_by_label("Title").fill("Mine")
    expect(page.locator("[data-part=said]")).to_contain_text(
        "keep what you write. Download the file"
    )


def test_leaving_is_asked_about_only_where_nothing_is_kept(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    choose(page, "guide")
    page.get_by_label("Title").press_sequentially("Mine")
    page.reload()
    assert asked == []
    choose(page, "guide")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('off') } }")
    page.get_by_label("Title").press_sequentially("More")
    page.reload()
    assert asked == ["beforeunload"]


def test_the_text_for_an_email_names_the_file(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    choose(page, "guide")
    fill(page, filling("guide"))
    page.get_by_role("button", name="Copy it for an e-mail").click()
    expect(page.locator("[data-part=said]")).to_contain_text("It is copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("The file content/toolkit/how-to-call.md:\n\n---\nkind: guide\n")


def test_without_javascript_the_other_ways_are_there(browser: Browser, site_url: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site_url + PAGE)
        expect(page.get_by_text("The form needs JavaScript.")).to_be_visible()
        expect(page.get_by_label("What do you want to propose?")).to_be_hidden()
        expect(page.get_by_role("link", name="Write to those who look after")).to_be_visible()
        for form in FORMS.values():
            expect(page.get_by_role("link", name=f"{form.title}: Word")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_with_all_forms_wrong_and_right(
    page: Page, scheme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)
    page.evaluate(Axe().axe_script)
    for kind in ("checklist", "term"):
        choose(page, kind)
        page.get_by_role("button", name="Check what I wrote").click()
        found = page.evaluate("axe.run(document).then((it) => it.violations)")
        assert [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]] == []


# At the forge -----------------------------------------------------------------------------

FORGE = '{"home": "https://forge.example/some/thing", "branch": "main"}'


@pytest.fixture
def at_forge(page: Page, site_url: str) -> Page:
    """Open the page of a site that knows where its source is kept."""

    def known(route: Route) -> None:
        body = route.fetch().text()
        assert '"forge":null' in body
        route.fulfill(
            body=body.replace('"forge":null', f'"forge":{FORGE}'), content_type="text/html"
        )

    page.route(f"**/{PAGE}", known)
    start(page, site_url)
    return page


def ways(page: Page) -> Locator:
    page.get_by_role("button", name="Go on at the forge").click()
    expect(page.locator("[data-part=more]")).to_be_focused()
    return page.locator("[data-part=more]")


def test_the_forge_opens_a_new_file_with_everything_filled_in(at_forge: Page) -> None:
    choose(at_forge, "guide")
    fill(at_forge, filling("guide") | {"summary": "Both & more: #1 + 2 “ā” %20"})
    address = ways(at_forge).get_by_role("link").get_attribute("href") or ""
    where, _, query = address.partition("?")
    assert where == "https://forge.example/some/thing/new/main/content/toolkit"
    text = at_forge.evaluate("document.querySelector('[data-part=text]').textContent")
    assert parse_qs(query) == {"filename": ["how-to-call.md"], "value": [text]}


def test_a_long_text_is_told_to_be_dragged_onto_the_forge(at_forge: Page) -> None:
    choose(at_forge, "guide")
    fill(at_forge, filling("guide") | {"body": "Say who you are. " * 500})
    more = ways(at_forge)
    expect(more).to_contain_text("This text is too long for a link. Download the file")
    link = more.get_by_role("link").get_attribute("href")
    assert link == "https://forge.example/some/thing/upload/main/content/toolkit"


def test_an_item_of_a_list_is_pasted_at_the_end_of_its_file(at_forge: Page) -> None:
    choose(at_forge, "term")
    fill(at_forge, filling("term"))
    more = ways(at_forge)
    link = more.get_by_role("link").get_attribute("href")
    assert link == "https://forge.example/some/thing/edit/main/content/reference/glossary.yml"
    text = more.get_by_label("What to paste at the end").input_value()
    assert re.match(r" *- id: tauhou\n", text)


def test_where_no_forge_is_known_nothing_leads_there(page: Page) -> None:
    choose(page, "guide")
    expect(page.get_by_role("button", name="Go on at the forge")).to_be_hidden()
