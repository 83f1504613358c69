"""What a build makes, keeps and leaves alone; and what pages and a preview show of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from wsgiref.util import setup_testing_defaults

import html5lib
import pytest
from mkdocs.exceptions import Abort

from dpup import offers
from dpup.export import make, shelf, store, zips
from dpup.export.paper import Press
from dpup.export.preview import Finder, with_downloads
from dpup.library import load
from dpup.vocabulary import Vocabulary
from helpers import ROOT, build_site, edit, make_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIEnvironment

    from dpup.export.download import Download

SITE = "https://dpup.example/"
LIST = "before-you-start"
LISTED = ".//section[@class='dpup-downloads']//a"


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the downloads of the sample project once; tests copy the folder to change it."""
    root = make_project(tmp_path_factory.mktemp("stocked") / "project")
    stock(root)
    return root


@pytest.fixture
def root(stocked: Path, tmp_path: Path) -> Path:
    """Give a project whose downloads are made."""
    found = make_project(tmp_path / "project")
    for name in (offers.MANIFEST, store.FOLDER):
        target = found / name
        target.parent.mkdir(parents=True, exist_ok=True)
        copy(stocked / name, target)
    return found


def copy(source: Path, target: Path) -> None:
    """Copy a file, or a folder with all that is in it."""
    for file in (source, *source.rglob("*")):
        if file.is_file():
            place = target / file.relative_to(source) if source.is_dir() else target
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.read_bytes())


def stock(root: Path, said: list[tuple[int, int]] | None = None) -> dict[str, Download]:
    """Stock the shelf of a project; give its downloads by name."""
    told = None if said is None else lambda done, count: said.append((done, count))
    return {download.name: download for download in shelf.stock(load(root), SITE, told)}


def test_every_kind_comes_in_the_formats_that_people_ask_for(stocked: Path) -> None:
    named: dict[str, set[str]] = {}
    for name in stock(stocked):
        id_, _, ending = name.partition(".")
        named.setdefault(id_, set()).add(ending)
    text = {"pdf", "large-print.pdf", "docx", "md", "json"}
    form = text | {"xlsx", "csv"}
    assert named[LIST] == named["what-service-users-need-to-know"] == form
    assert named["in-brief"] == named["a-session"] == text | {"pptx"}
    assert named["first-steps"] == named["filled-in"] == named["a-story"] == text
    assert named["he-tangata"] == named["purpose-matters"] == named["a-quiz"] == text
    assert named["which-way"] == text
    assert named["guidelines-by-principles"] == {"pdf", "xlsx", "csv", "json"}
    assert named["whole-policy"] == text | {"epub"}
    assert named["whole-toolkit"] == text | {"epub", "zip"}
    assert named["frontline"] == {"pdf", "json", "zip"}


def test_nothing_is_made_twice(root: Path) -> None:
    said: list[tuple[int, int]] = []
    stock(root, said)
    assert said == []  # nobody was even asked to count


def test_progress_is_told_from_none_to_all(tmp_path: Path) -> None:
    said: list[tuple[int, int]] = []
    root = make_project(tmp_path / "project")
    made = stock(root, said)
    count = sum(not name.endswith(".zip") for name in made)
    assert said[0] == (0, count)
    assert said[-1] == (count, count)
    assert [done for done, _ in said] == sorted(done for done, _ in said)


def test_a_file_that_was_lost_is_made_again(root: Path) -> None:
    lost = stock(root)[f"{LIST}.docx"].path
    before = lost.read_bytes()
    lost.unlink()
    said: list[tuple[int, int]] = []
    stock(root, said)
    assert said == [(0, 1), (1, 1)]
    assert lost.read_bytes() == before


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"inputs": 1}', '{"inputs": "x", "files": 3}'])
def test_a_broken_note_of_the_last_build_is_written_anew(root: Path, damage: str) -> None:
    note = root / offers.MANIFEST
    whole = note.read_text(encoding="utf-8")
    note.write_text(damage, encoding="utf-8")
    assert offers.sizes(root) == {}
    said: list[tuple[int, int]] = []
    stock(root, said)
    assert said == [(0, 0)]
    assert note.read_text(encoding="utf-8") == whole


def test_what_a_killed_run_or_an_older_build_left_is_cleared_away(root: Path) -> None:
    left = [root / store.FOLDER / "ab" / name for name in (".half.1.2", "f" * 64)]
    for file in left:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"half")
    edit(root / "content/toolkit/first-steps.md", "title: ", "title: Our ")
    stock(root)
    assert not any(file.exists() for file in left)


def test_a_change_of_one_guide_makes_only_what_shows_it(root: Path) -> None:
    before = stock(root)
    edit(root / "content/toolkit/first-steps.md", "title: ", "title: Our ")
    after = stock(root)
    changed = {name for name in after if after[name].path != before[name].path}
    shown = {name.partition(".")[0] for name in changed if not name.endswith((".json", ".zip"))}
    # A role, a stage, a finding and two tables list the guide by its title; the whole toolkit
    # holds it.
    tables = {"findings-to-toolkit", "resources-by-role-and-stage"}
    lists = {"frontline", "plan", "wellbeing", *tables}
    assert shown == {"first-steps", "whole-toolkit", *lists}
    assert {f"first-steps.{e}" for e in ("pdf", "large-print.pdf", "docx", "md")} <= changed
    # Data says where a thing is used, so more of it changes than what people read.
    assert {"purpose-matters.json", "first-steps.json"} <= changed


def test_the_bundle_of_a_role_holds_all_that_is_made_for_it(stocked: Path) -> None:
    bundle = stock(stocked)["frontline.zip"].path.read_bytes()
    inside = zips.unpack(bundle)
    assert f"Word/{LIST}.docx" in inside
    assert f"PDF in large print/{LIST}.large-print.pdf" in inside
    assert inside[f"Word/{LIST}.docx"] == stock(stocked)[f"{LIST}.docx"].path.read_bytes()
    assert b"- Word/before-you-start.docx\r\n" in inside["READ ME.txt"]


def test_the_site_holds_the_downloads_and_links_to_each_with_its_size(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DPUP_SAMPLE_DOWNLOADS", "true")
    site = build_site(root)
    page = (site / "toolkit" / LIST / "index.html").read_text(encoding="utf-8")
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    links = {a.get("href"): "".join(a.itertext()) for a in tree.iterfind(LISTED)}
    shown = {href: text for href, text in links.items() if "/downloads/" in (href or "")}
    assert len(shown) == 7
    for href, text in shown.items():
        file = site / "toolkit" / LIST / href
        assert offers.in_words(file.stat().st_size) in text, href
    assert shown[f"../../downloads/{LIST}.docx"].startswith("Word, ")


def test_the_foot_of_a_page_of_the_policy_offers_it_as_pdf(site: Path) -> None:
    for name in ("guidelines/purpose-matters", "roles/frontline", "toolkit/quick-check-in"):
        page = (site / name / "index.html").read_text(encoding="utf-8")
        foot = page.partition('<p class="dpup-export">')[2].partition("</p>")[0]
        assert f'href="../../downloads/{name.rpartition("/")[2]}.pdf"' in foot
        assert "Export PDF (" in foot


def test_every_file_is_on_the_page_of_downloads(site: Path) -> None:
    page = (site / "downloads/index.html").read_text(encoding="utf-8")
    hrefs = {a.get("href") for a in html5lib.parse(page, namespaceHTMLElements=False).iter("a")}
    looked_up = {
        offer.file(entry.id)
        for kind in ("role", "stage", "law", "finding")
        for entry in load(ROOT).of(kind)
        for offer in offers.of(kind)
    }
    files = {file.name for file in (site / "downloads").iterdir()} - {"index.html"} - looked_up
    assert files - hrefs == set()


def test_without_a_build_the_pages_name_no_sizes(tmp_path: Path) -> None:
    words = Vocabulary(load(make_project(tmp_path / "project")), "index.md")
    assert ">PDF</a>" in words.downloads("whole-policy")
    assert "KB" not in words.downloads()


def ask(root: Path, path: str) -> tuple[str, bytes]:
    """Ask a preview for a path; what it does not answer itself, the site answers."""
    said: list[str] = []
    environ: WSGIEnvironment = {"PATH_INFO": path}
    setup_testing_defaults(environ)

    def start(status: str, _headers: list[tuple[str, str]]) -> Callable[[bytes], object]:
        said.append(status)
        return lambda _data: None

    def page(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("404 Not Found", [])
        return [b"the site"]

    library = load(root)
    answer = with_downloads(page, Finder(lambda: library, SITE))
    data = b"".join(answer(environ, start))
    return said[0], data


def test_a_preview_makes_a_download_when_it_is_asked_for(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project")
    status, data = ask(root, f"/downloads/{LIST}.csv")
    assert status == "200 OK"
    paper = Press(load(root), SITE).find(LIST)
    assert paper is not None
    assert data == make.one(paper, "csv")
    # It is kept under the key that a build asks for.
    assert store.Store(root / store.FOLDER).has(make.key(paper, "csv"))


@pytest.mark.parametrize(
    "path",
    [
        "/downloads/",
        "/downloads/nothing.pdf",
        f"/downloads/{LIST}.exe",
        f"/downloads/{LIST}.pptx",
        "/downloads/../../etc/passwd",
        "/toolkit/",
    ],
)
def test_a_preview_leaves_everything_else_to_the_site(tmp_path: Path, path: str) -> None:
    root = make_project(tmp_path / "project")
    assert ask(root, path) == ("404 Not Found", b"the site")


def test_a_preview_says_where_bundles_come_from(tmp_path: Path) -> None:
    status, said = ask(make_project(tmp_path / "project"), "/downloads/frontline.zip")
    assert status == "404 Not Found"
    assert b"dpup export --all --out FOLDER" in said


def test_a_build_without_downloads_links_to_none(tmp_path: Path) -> None:
    site = build_site(make_project(tmp_path / "project"))
    for page in site.rglob("*.html"):
        assert "/downloads/" not in page.read_text(encoding="utf-8"), page
    assert not (site / "downloads").exists()


def test_a_build_that_cannot_keep_files_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DPUP_SAMPLE_DOWNLOADS", "true")
    root = make_project(tmp_path / "project", {".cache": "a file, not a folder"})
    with pytest.raises(Abort):
        build_site(root)
    assert "The downloads can't be kept: " in caplog.text


def test_the_note_of_a_build_names_every_file(stocked: Path) -> None:
    note = json.loads((stocked / offers.MANIFEST).read_text(encoding="utf-8"))
    assert {row["name"]: row["bytes"] for row in note["files"]} == {
        name: download.bytes for name, download in stock(stocked).items()
    }
