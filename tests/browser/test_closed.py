"""Nothing leaves the site, whatever a reader does on it; and nothing else could."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from hosting import listed
from serving import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

CHECKLIST = "toolkit/before-you-use-again-or-share/"


def look_around(page: Page) -> None:
    """Change the colours, and go where the list of contents leads."""
    page.locator(".dpup-scheme").click()
    contents = page.locator(".dpup-contents")
    if contents.count():
        contents.locator("summary").click()
        contents.get_by_role("link").first.click()


def narrow(page: Page) -> None:
    """Choose in a form that narrows a list."""
    page.get_by_label("Kind", exact=True).select_option("checklist")


def answer(page: Page) -> None:
    """Tick the first answer of each of some questions, and write where one can."""
    for item in page.locator(".dpup-item").all()[:3]:
        item.get_by_label("Yes", exact=True).check()
    for box in page.locator(".dpup-article textarea:visible").all()[:2]:
        box.fill("Somebody's name")


def open_all(page: Page) -> None:
    """Open what is folded."""
    for summary in page.locator(".dpup-article summary:visible").all()[:5]:
        summary.click()


def search(page: Page) -> None:
    """Ask for a word from the box of a page, as the keyboard does."""
    page.locator("#dpup_q").fill("whanau")
    page.locator("#dpup_q").press("Enter")
    page.wait_for_load_state()


def look_up(page: Page) -> None:
    """Search as one types, and go to the first result."""
    page.locator("#dpup_search_q").fill("whanau")
    page.locator(".dpup-search__results a").first.click()
    page.wait_for_load_state()


def propose(page: Page) -> None:
    """Write into the form that makes a new entry, and ask what is wrong."""
    page.get_by_label("What do you want to propose?").select_option("guide")
    page.get_by_label("Title").fill("Somebody's words")
    page.get_by_role("button", name="Check what I wrote").click()
    page.get_by_role("group", name="What has to be mended").wait_for()


class Step(NamedTuple):
    """One page, and what a reader does there."""

    page: str
    do: Callable[[Page], None] = look_around


SESSION = (
    Step(""),
    Step("guidelines/purpose-matters/"),
    Step("principles/he-tangata/", open_all),
    Step("id/purpose-matters.write-it-down/"),
    Step("toolkit/", narrow),
    Step(CHECKLIST, answer),
    Step("toolkit/purpose-statement/", answer),
    Step("toolkit/what-service-users-need-to-know/", answer),
    Step("toolkit/check-your-understanding/", open_all),
    Step("toolkit/introductory-workshop/"),
    Step("matrices/practices-by-role-and-stage/"),
    Step("whole-policy/"),
    Step("downloads/"),
    Step("contribute/propose/", propose),
    Step("glossary/", search),
    Step("search/", look_up),
)
"""A reader's way through all that the site can do. Add a step for each new component."""


class Said(NamedTuple):
    """What a browser noticed in a session."""

    asked: list[str]
    complaints: list[str]


def listen(context: BrowserContext) -> Said:
    """Gather every request, of pages and of workers, and every complaint on the console."""
    said = Said([], [])
    context.on("request", lambda request: said.asked.append(request.url))
    context.on("console", lambda message: said.complaints.append(message.text))
    context.on("weberror", lambda error: said.complaints.append(str(error.error)))
    return said


def use(page: Page, address: str) -> None:
    """Go the whole way."""
    for step in SESSION:
        page.goto(address + step.page)
        page.wait_for_selector("html[data-ready]", state="attached")
        step.do(page)


@pytest.fixture(scope="module")
def guarded_url(site: Path) -> Iterator[str]:
    """Serve the site with the headers that the page for hosts names."""
    with served(site, listed()) as address:
        yield address


@pytest.mark.parametrize("host", ["site_url", "guarded_url"])
def test_a_whole_session_asks_the_site_alone_and_leaves_no_cookie(
    browser: Browser, request: pytest.FixtureRequest, host: str
) -> None:
    address = request.getfixturevalue(host)
    # On a phone more of the page is folded, and has to be opened.
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        said = listen(context)
        use(context.new_page(), address)
        assert len(said.asked) > len(SESSION), "nothing was listened to"
        assert [url for url in said.asked if not url.startswith((address, "blob:", "data:"))] == []
        assert said.complaints == []
        assert context.cookies() == []


NEW = "const $new = document.createElement('{}'); document.body.append($new);"
ELSEWHERE = "location.origin.replace('127.0.0.1', 'localhost') + '/'"
"""The same server under another name: it would answer, and is another origin."""
ATTEMPTS = {
    "an inline script": (f"{NEW.format('script')} $new.textContent = '1'", "script-src-elem"),
    "an inline handler": (
        f"{NEW.format('button')} $new.setAttribute('onclick', '1'); $new.click()",
        "script-src-attr",
    ),
    "text run as script": (
        "setTimeout(() => { try { eval('1') } catch { /* blocked */ } })",
        "script-src",
    ),
    "a script from elsewhere": (
        f"{NEW.format('script')} $new.src = {ELSEWHERE} + 'assets/js/init.js'",
        "script-src-elem",
    ),
    "a style attribute": (
        f"{NEW.format('p')} $new.setAttribute('style', 'color: red')",
        "style-src-attr",
    ),
    "an inline style sheet": (
        f"{NEW.format('style')} $new.textContent = 'p {{ color: red }}'",
        "style-src-elem",
    ),
    "a picture from elsewhere": (f"new Image().src = {ELSEWHERE}", "img-src"),
    "a request elsewhere": (f"fetch({ELSEWHERE}).catch(() => 0)", "connect-src"),
    "a beacon elsewhere": (f"navigator.sendBeacon({ELSEWHERE}, '1')", "connect-src"),
    "a form sent elsewhere": (
        f"{NEW.format('form')} $new.action = {ELSEWHERE}; $new.submit()",
        "form-action",
    ),
    "a frame": (f"{NEW.format('iframe')} $new.src = {ELSEWHERE}", "frame-src"),
    "another base": (f"{NEW.format('base')} $new.href = {ELSEWHERE}", "base-uri"),
}
CAUGHT = """() => new Promise((done) => {{
  addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective))
  setTimeout(() => done('nothing was blocked'), 5000)
  {attempt}
}})"""


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_policy_blocks(page: Page, site_url: str, attempt: str) -> None:
    code, directive = ATTEMPTS[attempt]
    page.goto(f"{site_url}principles/he-tangata/")
    assert page.evaluate(CAUGHT.format(attempt=code)) == directive


def test_a_blocked_script_has_not_run(page: Page, site_url: str) -> None:
    page.goto(site_url)
    code = ATTEMPTS["an inline script"][0].replace("'1'", "'window.hacked = true'")
    page.evaluate(CAUGHT.format(attempt=code))
    assert page.evaluate("window.hacked") is None


def test_a_host_that_follows_our_page_keeps_pages_out_of_frames(
    page: Page, site_url: str, guarded_url: str
) -> None:
    """Other sites may frame a page of a host that sends no headers, as its documentation says."""
    for address, shown in ((guarded_url, False), (site_url, True)):
        page.set_content(f'<iframe src="{address}privacy/" width="600" height="600"></iframe>')
        frame = page.frames[1]
        frame.wait_for_load_state()
        assert frame.url.startswith(address) is shown
