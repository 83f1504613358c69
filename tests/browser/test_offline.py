"""Reading without a network, in Chromium: a small site in a sub-folder of a host that can fail."""

from __future__ import annotations

import datetime as dt
import http.server
import json
import re
import shutil
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Error, expect

from dpup import offers, offline
from helpers import ROOT, build_site, edit, make_project, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

FOLDER = "sub/folder/"
VISITED = "toolkit/before-you-start/"
UNSEEN = "toolkit/what-service-users-need-to-know/"
KEPT = """async () => {
  const pages = []
  for (const name of await caches.keys()) {
    for (const {url} of await (await caches.open(name)).keys()) {
      pages.push([name.split(':').at(-1), new URL(url).pathname + new URL(url).search])
    }
  }
  return pages
}"""


class Host:
    """A host of one site that can be cut off, and change its site."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.down = False
        self.fault = ""
        self.asked: list[str] = []
        self.foreign: list[str] = []
        self.url = ""


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site of a host below a folder, and nothing else."""

    host: Host
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self.host.asked.append(self.path)
        if self.host.down:
            self.close_connection = True
            return
        if self.host.fault == "slow":
            time.sleep(4)
        elif self.host.fault == "broken":
            self.send_error(503)
            return
        self.directory = str(self.host.site)
        if not self.path.startswith(f"/{FOLDER}"):
            self.send_error(404)
            return
        self.path = self.path.removeprefix(f"/{FOLDER}".rstrip("/"))
        file = self.host.site / self.path.strip("/").partition("?")[0] / "index.html"
        if file.is_file() and self.host.fault in {"trickles", "adds"} and self.path.endswith("/"):
            self.send_page(file.read_bytes())
        elif file.is_file() and not self.path.partition("?")[0].endswith("/"):
            self.send_response(301)
            self.send_header("Location", f"/{FOLDER}{self.path.strip('/')}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.host.fault == "gone":
            # Its links start at the root of the address that the site was built for.
            text = (self.host.site / "404.html").read_text(encoding="utf-8")
            self.send_page(text.replace('="/', f'="/{FOLDER}').encode(), 404)
        else:
            super().do_GET()

    def send_page(self, data: bytes, status: int = 200) -> None:
        """Send a page with something added, or the second half of it after two seconds."""
        data += b"<!-- from the host -->" if self.host.fault == "adds" else b""
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        half = len(data) // 2
        self.wfile.write(data[:half])
        if self.host.fault == "trickles":
            time.sleep(2)
        self.wfile.write(data[half:])

    def end_headers(self) -> None:
        """Let the browser ask each time, so that nothing but the worker can answer for us."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_args: object) -> None:
        pass


def small_site(root: Path, *, newer: bool = False) -> Path:
    """Build the sample content with our own pages around it."""
    make_project(root)
    shutil.rmtree(root / "theme")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.partition("\nnav:\n")[0]
    write(
        root / "mkdocs.yml",
        re.sub(r"^validation:\n(  .*\n)*", "", config, flags=re.MULTILINE) + "\n",
    )
    for name in ("docs/assets", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "docs/offline.md", root / "docs")
    edit(root / "docs/offline.md", "[a file to download](downloads/index.md)", "a file")
    file = "---\ntitle: Downloads\nrender_macros: true\n---\n\n# Downloads\n"
    write(root / "docs/downloads/index.md", file)
    write(root / "docs/a [b] {c} 'd'.md", "---\ntitle: Odd <b>&amp;\n---\n\n# Odd\n")
    if newer:
        for entry in ("before-you-start", "a-session"):
            edit(root / f"content/toolkit/{entry}.md", ", a sample.", ", a newer sample.")
        with (root / "docs/assets/css/tokens.css").open("a", encoding="utf-8") as style:
            style.write("\nh1 {\n  letter-spacing: 7px !important;\n}\n")
    built = build_site(root)
    (built / "downloads/big.pdf").write_bytes(b"%PDF" * 5000)
    offline.write(built, dt.date(2026, 11, 24))
    return built


@pytest.fixture(scope="session")
def versions(once: Callable[..., Path]) -> tuple[Path, Path]:
    """Build an older and a newer site."""

    def make(folder: Path) -> None:
        for name, newer in (("old", False), ("new", True)):
            built = small_site(folder / f"{name}-project", newer=newer)
            shutil.copytree(built, folder / name)

    made = once("offline", make)
    return made / "old", made / "new"


@pytest.fixture
def host(versions: tuple[Path, Path]) -> Iterator[Host]:
    """Serve the older site."""
    made = Host(versions[0])
    handler = type("Handler", (_Handler,), {"host": made})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        made.url = f"http://127.0.0.1:{server.server_port}/{FOLDER}"
        yield made
        server.shutdown()


@pytest.fixture
def page(context: BrowserContext, host: Host) -> Iterator[Page]:
    """Open a tab, and hold it to the host."""
    context.on("request", lambda it: host.foreign.append(it.url))
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert errors == []
    assert [it for it in host.foreign if not it.startswith((host.url, "data:", "blob:"))] == []


def kept(page: Page, cache: str) -> list[str]:
    """List what is kept, without hashes."""
    found = page.evaluate(KEPT)
    return sorted(path.partition("?")[0] for name, path in found if name == cache)


def visit(page: Page, host: Host, path: str) -> None:
    """Open a page with a network and wait until it is kept."""
    page.goto(host.url + path)
    wait_kept(page, f"/{FOLDER}{path}")


def wait_kept(page: Page, pathname: str) -> None:
    until(page, lambda: pathname in kept(page, "pages"))


def wait_started(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("data-ready", "")


def until(page: Page, fits: Callable[[], object]) -> None:
    """Wait for what only a question with a promise can tell; Playwright awaits none."""
    for _ in range(400):
        with suppress(Error):  # the page may be on its way to another
            if fits():
                return
        page.wait_for_timeout(50)
    pytest.fail("it did not come to that")


REGISTERED = """async () => {
  const all = await navigator.serviceWorker.getRegistrations()
  return all.map((it) => (it.waiting ? 'waiting' : it.active ? it.active.state : 'installing'))
}"""


def wait_settled(page: Page) -> None:
    """Wait until one worker is at work and none waits."""
    until(page, lambda: page.evaluate(REGISTERED) == ["activated"])


def said(page: Page) -> Any:
    return page.locator(".dpup-offline-status")


def test_without_javascript_the_page_about_it_is_complete(browser: Browser, host: Host) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(host.url + "offline/")
        article = page.locator("main")
        expect(article.get_by_role("heading", name="Keep the whole site")).to_be_visible()
        expect(article.get_by_text("This takes JavaScript and a secure address")).to_be_visible()
        expect(article.get_by_role("button").filter(visible=True)).to_have_count(0)
        link = article.get_by_role("link", name="all formats of every document")
        link.click()
        assert page.url == host.url + "downloads/"
        expect(said(page)).to_be_empty()


def test_after_one_visit_the_page_its_style_and_its_scripts_go_on_working(
    page: Page, host: Host
) -> None:
    visit(page, host, VISITED)
    ink = "getComputedStyle(document.documentElement).getPropertyValue('--dpup-ink')"
    with_network = page.evaluate(ink)
    host.down = True
    page.goto(host.url + VISITED)
    wait_started(page)
    assert page.evaluate(ink) == with_network != ""
    expect(page.locator("h1")).to_have_text("Before you start")
    first = page.locator(".dpup-item input").first
    first.check()
    expect(first).to_be_checked()
    expect(said(page)).to_contain_text("This site can't be reached just now.")
    expect(said(page)).to_contain_text(re.compile(r"version 2026-11-24-[0-9a-f]{8} of 24 November"))
    expect(said(page)).to_contain_text("1 page is kept on this device")


def test_the_notice_template_works_without_a_network(page: Page, host: Host) -> None:
    visit(page, host, UNSEEN)
    host.down = True
    page.goto(host.url + UNSEEN + "?from=somewhere#x")
    box = page.locator("textarea, input[type=text]").first
    box.fill("To help people find a home")
    expect(box).to_have_value("To help people find a home")


DEAF = "Object.defineProperty(MessagePort.prototype, 'onmessage', {set() {}})"


def test_a_page_is_kept_though_the_worker_is_slow_to_answer(page: Page, host: Host) -> None:
    page.add_init_script(DEAF)
    visit(page, host, VISITED)


LOADED = "performance.getEntriesByType('resource').map(({name}) => name.split('/').at(-1))"
NOTICE_FILES = {
    "Download for Word": b"PK",
    "Download as text": b"We collect find homes.",
    "Download as Markdown": b"find homes",
    "Save answers to a file": b'"dpup-answers/1"',
}


def downloaded(page: Page, button: str) -> bytes:
    """Press a button and read the file that it makes."""
    with page.expect_download() as saved:
        page.get_by_role("button", name=button, exact=True).click()
    data: bytes = saved.value.path().read_bytes()
    return data


def visit_unused(page: Page, host: Host, path: str, modules: set[str]) -> None:
    """Visit a page once, use nothing, and lose the network when all of it is kept."""
    visit(page, host, path)
    wait_started(page)
    assert not modules & set(page.evaluate(LOADED))
    until(page, lambda: modules <= {it.rpartition("/")[2] for it in kept(page, "assets")})
    host.down = True
    page.goto(host.url + path)
    wait_started(page)


def test_after_one_visit_a_notice_is_written_and_saved_without_a_network(
    page: Page, host: Host
) -> None:
    modules = {"notice-live.js", "notice-actions.js", "notice-word.js", "zip.js", "answers-file.js"}
    visit_unused(page, host, UNSEEN, modules)
    page.locator(".dpup-fill input[type=text], .dpup-fill textarea").first.fill("find homes")
    expect(page.locator("[data-notice]")).to_contain_text("find homes")
    for button, has in NOTICE_FILES.items():
        assert has in downloaded(page, button)


def test_after_one_visit_a_checklist_is_saved_without_a_network(page: Page, host: Host) -> None:
    visit_unused(page, host, VISITED, {"work-deeds.js", "answers-file.js", "json-text.js"})
    page.locator(".dpup-item input").first.check()
    answers = json.loads(downloaded(page, "Save to a file"))
    assert answers["format"] == "dpup-answers/1"
    assert len(answers["answers"]) == 1


def test_a_page_that_is_not_kept_leads_to_the_page_that_says_so(page: Page, host: Host) -> None:
    visit(page, host, VISITED)
    host.down = True
    page.goto(host.url + UNSEEN)
    assert page.url.startswith(f"{host.url}offline/?from=")
    expect(page.locator("main")).to_contain_text("That page is not kept on this device")
    again = page.locator("main").get_by_role("link", name=f"/{FOLDER}{UNSEEN}")
    assert again.get_attribute("href") == host.url + UNSEEN
    page.get_by_text("The pages, from A to Z").click()
    expect(page.get_by_role("link", name="Before you start").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("you need a network now")
    host.down = False
    again.click()
    assert page.url == host.url + UNSEEN


@pytest.mark.parametrize(
    "given",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "javascript:alert(1)",
        "../../x",
        "\ud800",
    ],
)
def test_an_address_that_somebody_made_leads_nowhere_else(
    page: Page, host: Host, given: str
) -> None:
    page.goto(host.url + "offline/")
    page.evaluate("(it) => location.assign('?' + new URLSearchParams({from: it}))", given)
    wait_started(page)
    for link in page.locator("[data-part=missing] a").all():
        assert (link.get_attribute("href") or "").startswith(host.url)


def test_no_network_is_said_at_once_and_so_is_its_return(
    page: Page, host: Host, context: BrowserContext
) -> None:
    visit(page, host, VISITED)
    page.reload()
    wait_started(page)
    page.wait_for_timeout(300)
    context.set_offline(True)
    expect(said(page)).to_contain_text("You're offline. This is version 2026-11-24-")
    said(page).get_by_role("link", name="See what is kept").click()
    expect(page.locator("h1")).to_have_text("Read offline")
    expect(said(page)).to_contain_text("You're offline.")
    context.set_offline(False)
    expect(said(page)).to_contain_text("You're online again.")


def test_the_line_goes_without_losing_the_focus_and_reads_out_its_sentence_alone(
    page: Page, host: Host, context: BrowserContext
) -> None:
    visit(page, host, VISITED)
    page.reload()
    wait_started(page)
    page.wait_for_timeout(300)
    context.set_offline(True)
    status = said(page).get_by_role("status")
    expect(status).to_contain_text("You're offline.")
    expect(status.locator("a, button")).to_have_count(0)
    hide = said(page).get_by_role("button", name="Hide")
    hide.focus()
    context.set_offline(False)
    expect(status).to_have_text("You're online again.")
    expect(hide).to_be_focused()
    hide.press("Enter")
    expect(said(page)).to_be_empty()
    expect(page.locator("main")).to_be_focused()
    assert said(page).evaluate("(it) => it.offsetHeight") == 0


def test_an_address_that_is_no_text_stops_nothing(page: Page, host: Host) -> None:
    page.add_init_script("fetch('%E0%A4').catch(() => {})")
    visit(page, host, VISITED)


def test_a_page_that_the_site_no_longer_has_is_forgotten(page: Page, host: Host) -> None:
    visit(page, host, VISITED)
    host.fault = "gone"
    page.goto(host.url + VISITED)
    expect(page.locator("h1")).to_have_text("There is no page at this address")
    until(page, lambda: f"/{FOLDER}{VISITED}" not in kept(page, "pages"))


def test_what_others_say_of_a_page_is_not_believed(page: Page, host: Host) -> None:
    visit(page, host, VISITED)
    page.reload()
    whole = host.site
    # A site that is half copied, or the log-in page of a network.
    host.site = whole / "nothing"
    page.goto(host.url + VISITED)
    expect(page.locator("body")).to_contain_text("404")
    page.wait_for_timeout(500)
    host.site, host.down = whole, True
    page.goto(host.url + VISITED)
    expect(page.locator("h1")).to_have_text("Before you start")


@pytest.mark.parametrize("end", ["", "?from=somewhere", "#x"])
def test_an_address_without_its_last_slash_leads_to_the_kept_page(
    page: Page, host: Host, end: str
) -> None:
    visit(page, host, VISITED)
    host.down = True
    page.goto(host.url + VISITED.rstrip("/") + end)
    assert page.url == host.url + VISITED + end
    expect(page.locator("h1")).to_have_text("Before you start")
    page.goto(host.url + UNSEEN.rstrip("/"))
    assert page.url.startswith(f"{host.url}offline/?from=")
    again = page.locator("main").get_by_role("link", name=f"/{FOLDER}{UNSEEN}".rstrip("/"))
    host.down = False
    again.click()
    assert page.url == host.url + UNSEEN


def test_style_does_not_wait_for_the_end_of_a_page(page: Page, host: Host) -> None:
    visit(page, host, VISITED)
    page.reload()
    wait_kept(page, f"/{FOLDER}{VISITED}")
    host.fault = "trickles"
    page.goto(host.url + VISITED)
    ends = """(name) => performance.getEntriesByType(name)
      .filter((it) => name === 'navigation' || it.name.endsWith('.css'))
      .map((it) => it.responseEnd)"""
    assert page.evaluate(ends, "navigation")[0] > 1900
    styles = page.evaluate(ends, "resource")
    assert styles
    assert max(styles) < 1500


@pytest.mark.parametrize("fault", ["slow", "broken"])
def test_a_slow_or_broken_host_gives_way_to_the_kept_page(
    page: Page, host: Host, fault: str
) -> None:
    visit(page, host, VISITED)
    host.fault = fault
    page.goto(host.url + VISITED)
    expect(page.locator("h1")).to_have_text("Before you start")
    expect(said(page)).to_contain_text("This site can't be reached just now.")
    host.fault = ""
    said(page).get_by_role("button", name="Try again").click()
    expect(said(page)).to_be_empty()


def test_the_whole_site_is_kept_on_request_with_its_size_told_before(
    page: Page, host: Host
) -> None:
    visit(page, host, "offline/")
    listed = json.loads((host.site / "offline.json").read_text(encoding="utf-8"))
    count = len(host.asked)
    keep = page.get_by_role("button", name=re.compile(r"Keep the (whole site|rest) \(\d+"))
    expect(keep).to_be_enabled()
    assert not any(UNSEEN in it for it in host.asked[:count]), "nothing is loaded before"
    total = sum(row[2] for group in ("assets", "pages", "rest") for row in listed[group])
    state = page.locator("[data-part=state]")
    expect(state).to_contain_text(f"takes up {offers.in_words(total)} on this device")
    keep.press("Enter")
    status = page.locator("[data-part=said]")
    expect(status).to_have_text("Done. The whole site is kept on this device.")
    expect(state).to_contain_text("is kept as a whole")
    assert len(kept(page, "pages")) == len(listed["pages"])
    assert not any("big.pdf" in it for it in host.asked)
    host.down = True
    page.goto(host.url + UNSEEN)
    expect(page.locator("h1")).to_have_text("What people need to know")
    page.goto(host.url + "a%20[b]%20%7Bc%7D%20'd'/")
    expect(page.locator("h1")).to_have_text("Odd")


def test_what_a_host_adds_to_pages_makes_nothing_load_twice(page: Page, host: Host) -> None:
    host.fault = "adds"
    visit(page, host, "offline/")
    keep = page.locator("[data-part=keep]")
    expect(keep).to_be_enabled()
    keep.click()
    status, state = page.locator("[data-part=said]"), page.locator("[data-part=state]")
    expect(status).to_have_text("Done. The whole site is kept on this device.")
    all_pages = set(kept(page, "pages"))
    visit(page, host, VISITED)
    named = json.loads((host.site / "offline.json").read_text(encoding="utf-8"))["pages"]
    listed = [row[1] for row in named if row[0] == f"{VISITED}index.html"]
    until(page, lambda: not any(f"dpup={listed[0]}" in path for _, path in page.evaluate(KEPT)))
    page.goto(host.url + "offline/")
    expect(state).to_contain_text("is kept as a whole")
    assert set(kept(page, "pages")) == all_pages
    # Old copies go when all is loaded, and these are not old.
    forget = f"import('/{FOLDER}assets/js/whole-site.js').then(async (it) => "
    page.evaluate(forget + "it.removeOld(it.wanted(await it.readListing(), true)))")
    assert set(kept(page, "pages")) == all_pages


def test_the_whole_site_is_kept_by_an_older_browser(page: Page, host: Host) -> None:
    page.add_init_script("delete AbortSignal.any")
    visit(page, host, "offline/")
    keep = page.locator("[data-part=keep]")
    expect(keep).to_be_enabled()
    keep.press("Enter")
    status = page.locator("[data-part=said]")
    expect(status).to_have_text("Done. The whole site is kept on this device.")
    # The button that was pressed has nothing to do any more, so the focus is on what was said.
    expect(keep).to_be_disabled()
    expect(status).to_be_focused()


def test_what_a_tab_loads_of_a_third_version_outlives_a_change_of_workers(
    page: Page, host: Host, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    third = tmp_path / "third"
    shutil.copytree(versions[1], third)
    with (third / "assets/js/quiz.js").open("a", encoding="utf-8") as script:
        script.write("// third\n")
    offline.write(third, dt.date(2026, 11, 26))
    visit(page, host, VISITED)
    host.site = versions[1]
    page.goto(host.url + VISITED)
    newer = said(page).get_by_role("button", name="Show the newer version")
    expect(newer).to_be_visible()
    host.site = third
    page.evaluate(
        """async (module) => {
          const {load, readListing, wanted} = await import(module)
          const listing = await readListing()
          const files = wanted(listing, false).filter(({path}) => path === 'assets/js/quiz.js')
          await load(listing, files, new AbortController().signal, () => {})
        }""",
        f"/{FOLDER}assets/js/whole-site.js",
    )
    loaded = f"assets/js/quiz.js?dpup={offline.digest((third / 'assets/js/quiz.js').read_bytes())}"
    host.site = versions[1]
    newer.click()
    expect(said(page)).to_be_empty()
    wait_settled(page)
    page.wait_for_timeout(500)
    assert any(path.endswith(loaded) for _, path in page.evaluate(KEPT))


def test_downloads_are_a_second_choice(page: Page, host: Host) -> None:
    visit(page, host, "offline/")
    expect(page.locator("[data-part=keep]")).to_be_enabled()
    # Both in one breath: it may not load what was counted before the box was ticked.
    page.evaluate(
        "['downloads', 'keep'].forEach((it) => document.querySelector(`[data-part=${it}]`).click())"
    )
    expect(page.locator("[data-part=said]")).to_contain_text("Done.")
    assert f"/{FOLDER}downloads/big.pdf" in kept(page, "files")
    host.down = True
    size = (
        "fetch('../downloads/big.pdf').then((it) => it.arrayBuffer()).then((it) => it.byteLength)"
    )
    page.goto(host.url + VISITED)
    assert page.evaluate(size.replace("../", "../../")) == 20_000


def test_loading_stops_goes_on_and_is_removed_again(page: Page, host: Host) -> None:
    visit(page, host, "offline/")
    keep = page.get_by_role("button", name=re.compile("Keep the"))
    expect(keep).to_be_enabled()
    gate = threading.Event()
    plain = _Handler.do_GET

    def slow(self: _Handler) -> None:
        if "/id/" in self.path:
            gate.wait(10)
        plain(self)

    _Handler.do_GET = slow
    try:
        keep.click()
        stop = page.get_by_role("button", name="Stop")
        expect(stop).to_be_focused()
        until(page, lambda: page.locator("progress").evaluate("(it) => it.value") > 0)
        stop.press("Enter")
        status = page.locator("[data-part=said]")
        expect(status).to_contain_text("Stopped. What was loaded is kept")
    finally:
        gate.set()
        _Handler.do_GET = plain
    rest = page.get_by_role("button", name=re.compile("Keep the rest"))
    expect(rest).to_be_focused()
    rest.press("Enter")
    expect(status).to_have_text("Done. The whole site is kept on this device.")
    page.get_by_role("button", name="Remove what is kept").press("Enter")
    expect(status).to_contain_text("Removed.")
    expect(page.locator("[data-part=kept]")).to_have_text("No page is kept yet.")
    assert kept(page, "files") == []


def test_a_full_disk_is_told(page: Page, host: Host, context: BrowserContext) -> None:
    visit(page, host, "offline/")
    before = set(kept(page, "pages"))
    session = context.new_cdp_session(page)
    origin = host.url.removesuffix(f"/{FOLDER}")
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 400_000})
    page.evaluate("localStorage.setItem('dpup:answers', 'mine')")
    keep = page.get_by_role("button", name=re.compile("Keep the"))
    expect(keep).to_be_enabled()
    keep.click()
    expect(page.locator("[data-part=said]")).to_contain_text(
        "There is no room left", timeout=20_000
    )
    assert before <= set(kept(page, "pages"))
    assert page.evaluate("localStorage.getItem('dpup:answers')") == "mine"


def test_a_new_version_waits_until_the_reader_asks_and_answers_stay(
    page: Page, host: Host, versions: tuple[Path, Path]
) -> None:
    visit(page, host, VISITED)
    page.evaluate("localStorage.setItem('dpup:answers', '{\"a\": 1}')")
    spacing = "getComputedStyle(document.querySelector('h1')).letterSpacing"
    host.site = versions[1]
    page.goto(host.url + VISITED)
    # The page is new, and so is its style.
    expect(page.locator("main")).to_contain_text("a newer sample")
    assert page.evaluate(spacing) == "7px"
    expect(said(page)).to_contain_text("A newer version of this site is ready.")
    said(page).get_by_role("button", name="Show the newer version").press("Enter")
    wait_settled(page)
    expect(said(page)).to_be_empty()
    wait_kept(page, f"/{FOLDER}{VISITED}")
    assert page.evaluate("localStorage.getItem('dpup:answers')") == '{"a": 1}'
    host.down = True
    page.wait_for_timeout(500)
    page.goto(host.url + VISITED)
    expect(page.locator("main")).to_contain_text("a newer sample")
    assert page.evaluate(spacing) == "7px"


def test_a_kept_page_keeps_its_own_style_when_the_site_has_moved_on(
    page: Page, host: Host, versions: tuple[Path, Path]
) -> None:
    visit(page, host, VISITED)
    host.site = versions[1]
    page.goto(host.url + "offline/")
    said(page).get_by_role("button", name="Show the newer version").click()
    expect(said(page)).to_be_empty()
    wait_settled(page)
    host.down = True
    page.goto(host.url + VISITED)
    expect(page.locator("main")).not_to_contain_text("a newer sample")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).letterSpacing") != "7px"
    assert page.evaluate("document.styleSheets.length") > 0
    wait_started(page)


def test_nothing_is_kept_for_who_wants_nothing_kept(page: Page, host: Host) -> None:
    visit(page, host, VISITED)
    page.evaluate("localStorage.setItem('dpup:answers', 'mine')")
    page.goto(host.url + "offline/")
    page.get_by_role("button", name="Keep nothing on this device").press("Enter")
    again = page.get_by_role("button", name="Keep pages again")
    expect(again).to_be_focused()
    expect(page.locator("[data-part=said]")).to_contain_text(
        "This device keeps no pages from now on"
    )
    page.goto(host.url + VISITED)
    wait_started(page)
    page.wait_for_timeout(500)
    assert page.evaluate(KEPT) == []
    assert page.evaluate(REGISTERED) == []
    assert page.evaluate("localStorage.getItem('dpup:answers')") == "mine"
    page.goto(host.url + "offline/")
    page.get_by_role("button", name="Keep pages again").press("Enter")
    visit(page, host, VISITED)


def test_a_preview_removes_what_an_earlier_site_left(
    page: Page, host: Host, tmp_path: Path
) -> None:
    visit(page, host, VISITED)
    preview = tmp_path / "preview"
    shutil.copytree(host.site, preview)
    (preview / "sw.js").unlink()
    for file in preview.rglob("index.html"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r' data-site="\w+"', "", text), encoding="utf-8")
    host.site = preview
    page.goto(host.url + VISITED)
    until(page, lambda: page.evaluate(REGISTERED) == [])
    until(page, lambda: page.evaluate(KEPT) == [])


def test_only_whole_answers_of_this_site_are_kept(page: Page, host: Host) -> None:
    visit(page, host, VISITED)
    page.reload()
    page.goto(host.url + "nowhere/")
    part = "fetch('../downloads/big.pdf', {headers: {range: 'bytes=0-3'}}).then((it) => it.status)"
    assert page.evaluate(part) == 200, "this host knows no ranges; the worker stays out of it"
    assert all("nowhere" not in path and "big.pdf" not in path for _, path in page.evaluate(KEPT))
    assert all(path.startswith(f"/{FOLDER}") for _, path in page.evaluate(KEPT))


def test_the_first_visit_loads_little_more_than_its_own_page(page: Page, host: Host) -> None:
    visit(page, host, VISITED)
    page.wait_for_timeout(500)
    pages = [it for it in host.asked if it.endswith("/")]
    assert set(pages) == {f"/{FOLDER}{VISITED}", f"/{FOLDER}offline/"}
    assert not any("offline.json" in it for it in host.asked)
