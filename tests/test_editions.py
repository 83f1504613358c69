"""Editions: what a release writes and refuses, what the check holds, and pages that stay."""

from __future__ import annotations

import hashlib
import re
import shutil
from typing import TYPE_CHECKING

import pytest
import yaml
from lxml import etree, html

from dpup import editions, feeds, meaning
from dpup.library import load
from evolving import run
from helpers import ROOT, build_site, edit, make_project, tree, write
from test_feeds import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

HOME = "content/guidelines/purpose-matters.md"
BY_HAND = re.compile(r"(sources|changes|glossary|about/implementation)/(#.*)?$")
FIRST = 'changes:\n  - {version: "1.0.0", date'
SECOND = (
    'changes:\n  - {version: "2.0.0", date: 2026-12-02, kind: strengthened, note: Asks how, '
    'items: [write-it-down]}\n  - {version: "1.0.0", date'
)
PAGE = (ROOT / "docs/editions/index.md").read_text(encoding="utf-8")


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """Release the sample as edition 1.0.0, change a practice, and release 2.0.0."""
    root = make_project(tmp_path, {"docs/editions/index.md": PAGE.partition("## How to read")[0]})
    assert release(root, "1.0.0", "The first.") == 0
    strengthen(root)
    assert release(root, "2.0.0", "Asks whānau <b>first</b>.") == 0
    return root


def strengthen(root: Path) -> None:
    edit(root / HOME, "text: Write down why.", "text: Write down how.")
    edit(root / HOME, 'version: "1.0.0"\nstatus', 'version: "2.0.0"\nstatus')
    edit(root / HOME, FIRST, SECOND)


def release(root: Path, version: str, note: str) -> int:
    return run(root, "release", version, "--note", note, "--date", "2026-12-03").exit_code


def test_an_edition_is_a_manifest_and_a_copy_of_each_file(released: Path) -> None:
    text = (released / "content/editions/2.0.0.yml").read_text(encoding="utf-8")
    told = yaml.safe_load(text)
    assert told["version"] == "2.0.0"
    assert told["date"].isoformat() == "2026-12-03"
    assert told["note"] == "Asks whānau <b>first</b>."
    library = load(released)
    prints = {(e["kind"], e["id"]): e["fingerprint"] for e in told["entries"]}
    assert prints == {(e.kind.name, e.id): meaning.of_entry(e) for e in library.entries}
    items = {item["id"]: item["fingerprint"] for item in told["items"]}
    assert items == {item.id: meaning.of_item(item) for item in library.addresses}
    for file in told["files"]:
        copy = (released / "content/editions/2.0.0" / file["path"]).read_bytes()
        assert copy == (released / "content" / file["path"]).read_bytes()
        assert hashlib.sha256(copy).hexdigest() == file["sha256"]
    assert len(told["files"]) == sum(1 for path in tree(released / "content/editions/2.0.0"))
    assert run(released, "check").exit_code == 0


def test_the_same_release_writes_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        root = make_project(tmp_path / name)
        assert release(root, "1.0.0", "The first.") == 0
        made.append(tree(root / "content/editions"))
    assert made[0] == made[1]


REFUSED = [
    ("1.0.0", "Edition 1.0.0 is there already and stays as it is. Say another version."),
    (
        "1.9.9",
        (
            "'purpose-matters.write-it-down' was strengthened since edition 1.0.0, so this is "
            "edition 2.0.0 or higher."
        ),
    ),
    ("2.0", "'2.0' is not a version. Write three numbers, as 1.2.0."),
    ("02.0.0", "'02.0.0' is not a version. Write three numbers, as 1.2.0."),
    ("../../2.0.0", "'../../2.0.0' is not a version. Write three numbers, as 1.2.0."),
    (
        f"2.0.{'9' * 5000}",
        (
            f"'2.0.{'9' * 56}…' is not a version. A number has at most 4 digits. "
            "Write three numbers, as 1.2.0."
        ),
    ),
    ("2.0.12345", "A number has at most 4 digits. Write three numbers, as 1.2.0."),
]


@pytest.mark.parametrize(("version", "said"), REFUSED)
def test_what_can_not_be_released_writes_nothing(tmp_path: Path, version: str, said: str) -> None:
    root = make_project(tmp_path)
    release(root, "1.0.0", "The first.")
    strengthen(root)
    before = tree(root)
    done = run(root, "release", version, "--note", "Second.")
    assert done.exit_code != 0
    assert said in done.stderr
    assert tree(root) == before


NOTES = [
    ("{{ x }}", "note: Template braces can't stand in a field. Say it in words; a call belongs"),
    ("x" * 3000, "note: This has 3000 characters; the limit is 2000. Shorten it."),
    ("Yes\ufe01", "A hidden character takes no room (U+FE01 VARIATION SELECTOR-2). Delete it."),
]


@pytest.mark.parametrize(("note", "said"), NOTES)
def test_a_note_that_the_check_would_refuse_is_not_written(
    tmp_path: Path, note: str, said: str
) -> None:
    root = make_project(tmp_path)
    done = run(root, "release", "1.0.0", "--note", note)
    assert done.stderr.startswith(f"Error: {said}")
    assert done.exit_code == 1
    assert not (root / "content/editions").exists()


def test_a_release_needs_a_change_a_note_and_sound_content(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    assert "Say in one line" in run(root, "release", "1.0.0", "--note", "a\nb").stderr
    release(root, "1.0.0", "The first.")
    done = run(root, "release", "1.0.1", "--note", "Again.")
    assert "Nothing has changed since edition 1.0.0, so there is nothing to release." in done.stderr
    edit(root / HOME, "text: Write down why.", "text: Write down how.")
    done = run(root, "release", "2.0.0", "--note", "Again.")
    assert "The histories do not tell all that changed since edition 1.0.0:" in done.stderr
    assert f"{HOME}:4:10: version: 'purpose-matters.write-it-down' was reworded" in done.stderr
    edit(root / HOME, "laws: [ipp-1]\nresponds_to", "laws: [ipp-9]\nresponds_to")
    done = run(root, "release", "2.0.0", "--note", "Again.")
    assert "No law 'ipp-9'" in done.stdout
    assert not (root / "content/editions/2.0.0.yml").exists()


def test_editions_are_in_the_order_of_their_days(released: Path) -> None:
    edit(released / HOME, "text: Write down how.", "text: Write down how, in full.")
    edit(released / HOME, 'version: "2.0.0"\nstatus', 'version: "2.0.1"\nstatus')
    line = '{version: "2.0.1", date: 2026-12-02, kind: clarified, note: Says how much.}'
    edit(released / HOME, "changes:\n", f"changes:\n  - {line}\n")
    early = ("release", "2.0.1", "--note", "Late.", "--date", "2026-12-02")
    done = run(released, *early)
    assert done.stderr == (
        "Error: Edition 2.0.0 is of 2026-12-03, and 2026-12-02 is before that. "
        "Say the day of this release: --date YYYY-MM-DD.\n"
    )
    assert not (released / "content/editions/2.0.1.yml").exists()
    assert run(released, *early[:-1], "2026-12-03").exit_code == 0
    edit(released / "content/editions/2.0.0.yml", "date: 2026-12-03", "date: 2026-11-30")
    assert run(released, "check").stdout == (
        "content/editions/2.0.0.yml:3:7: date: Edition 1.0.0 is of 2026-12-03, and this is before "
        "that. Put it back as it was released. Changes belong into the next edition.\n"
    )


def test_a_broken_edition_is_a_problem_with_its_file(released: Path) -> None:
    folder = released / "content/editions"
    edit(folder / "1.0.0/toolkit/a-quiz.md", "title: A quiz", "title: Another quiz")
    (folder / "1.0.0/toolkit/a-story.md").unlink()
    write(folder / "1.0.0/toolkit/slipped-in.md", "<script>alert(1)</script>")
    edit(folder / "2.0.0.yml", "date: 2026-12-03", "date: 3 December")
    write(folder / "notes.txt", "x")
    write(folder / "1.0.0/link.md", "x")
    (folder / "1.0.0/link.md").unlink()
    (folder / "1.0.0/link.md").symlink_to("/etc/hostname")
    assert run(released, "check").stdout.splitlines() == [
        (
            "content/editions/1.0.0/link.md:1:1: This is a symbolic link to a place outside the "
            "project. Put a real file here."
        ),
        (
            "content/editions/1.0.0/toolkit/a-quiz.md:1:1: This file is not as it was in edition "
            "1.0.0. Put it back as it was released. Changes belong into the next edition."
        ),
        (
            "content/editions/1.0.0/toolkit/a-story.md:1:1: This file of edition 1.0.0 is gone. "
            "Put it back as it was released. Changes belong into the next edition."
        ),
        (
            "content/editions/1.0.0/toolkit/slipped-in.md:1:1: Edition 1.0.0 has no such file. "
            "Remove it."
        ),
        (
            "content/editions/2.0.0.yml:3:7: date: '3 December' is not a date. Write "
            "year-month-day without quotes, as 2026-11-24."
        ),
        (
            "content/editions/notes.txt:1:1: 'notes.txt' is no version, so this is no edition. "
            "Remove it. dpup release makes editions."
        ),
    ]


def test_an_answer_of_an_edition_is_kept_for_good_and_a_word_is_not(released: Path) -> None:
    (released / "content/reference/faqs/why-this.md").unlink()
    edit(released / "content/reference/timeline.yml", "- id: start", "- id: beginning")
    assert run(released, "check").stdout.splitlines() == [
        f"content/editions/{version}.yml:1:1: Edition {version} has 'why-this', and today's files "
        "have not. Put it back with withdrawn: and a date, a reason and what replaces it."
        for version in ("1.0.0", "2.0.0")
    ]


def test_an_id_of_an_edition_is_kept_for_good(released: Path) -> None:
    edit(
        released / "content/toolkit/before-you-start.md",
        "      - id: told\n        question: If people object, have we told them why?\n"
        "        supports: [he-tangata.show-the-benefit]\n",
        "",
    )
    edit(released / "content/reference/official.yml", "a-quiz", "a-story")
    (released / "content/toolkit/a-quiz.md").unlink()
    said = (
        "and today's files have not. Put it back with withdrawn: and a date, a reason and what "
        "replaces it."
    )
    assert run(released, "check").stdout.splitlines() == [
        f"content/editions/{version}.yml:1:1: Edition {version} has '{id_}', {said}"
        for version in ("1.0.0", "2.0.0")
        for id_ in ("a-quiz", "before-you-start.told")
    ]


def test_editions_can_be_compared_with_each_other_and_with_today(released: Path) -> None:
    between = run(released, "diff", "1.0.0", "2.0.0").stdout
    assert "- Write down why.\n    + Write down how." in between
    assert run(released, "diff", "2.0.0").stdout == "Nothing differs.\n"
    assert run(released, "diff", "1.0.0").stdout == between


def test_versions_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("1.10.0", "1.9.0", "10.0.0", "2.0.0"):
        write(tmp_path / f"content/editions/{name}.yml", "x")
    for name in ("main", "1.0", "01.0.0", "v1.0.0", "1.0.0-rc1", "\u0661.0.0"):
        write(tmp_path / f"content/editions/{name}.yml", "x")
    assert editions.versions(tmp_path) == ("1.9.0", "1.10.0", "2.0.0", "10.0.0")


def test_an_edition_stays_readable_with_a_note_at_the_top(released: Path) -> None:
    site = build_site(released)

    def text(page: str) -> str:
        tree = html.fromstring((site / page / "index.html").read_text("utf-8"))
        return "".join(str(part) for part in tree.itertext())

    old, new = text("editions/1.0.0/guidelines/purpose-matters"), text("guidelines/purpose-matters")
    assert "You are reading edition 1.0.0 of 3 December 2026." in old
    assert "Write down why." in old
    assert "Write down how." not in old
    assert "Write down how." in new
    assert "This is the first edition" in text("editions/1.0.0")
    assert "There is a newer edition." in text("editions/1.0.0")
    changed = text("editions/2.0.0")
    assert "Released on 3 December 2026." in changed
    assert "2.0.0, 2 December 2026, strengthened: Asks how" in new
    assert "What changed in 2.0.0" in changed
    assert "Write down why. how." in changed
    assert "Asks whānau <b>first</b>." in changed
    assert "Edition 2.0.0, 3 December 2026: Asks whānau <b>first</b>." in text("editions")


def in_our_page(root: Path) -> Path:
    """Build a project inside the page that our own site has."""
    for folder in ("docs/assets", "overrides"):
        shutil.copytree(ROOT / folder, root / folder)
    theme = "theme: {name: material, custom_dir: overrides, font: false}\n"
    home = HOME.removeprefix("content/")
    more = f"site_url: https://x.example/\nnav: [index.md, {{About: [{home}, editions/index.md]}}]"
    edit(root / "mkdocs.yml", "theme: {name: null, custom_dir: theme}", theme + more)
    return build_site(root)


def test_nobody_is_led_to_edit_an_edition_nor_search_engines_to_index_it(released: Path) -> None:
    site = in_our_page(released)

    def seen(page: str, path: str) -> list[str]:
        tree = html.parse(str(site / page / "index.html"))
        return [str(it) for it in tree.xpath(path)]

    today, whole = "guidelines/purpose-matters", "editions/1.0.0"
    old = f"{whole}/{today}"
    suggest = "//p[@class='dpup-suggest']/a/@href"
    assert seen(today, suggest) == [f"https://forge.example/edit/{HOME}"]
    assert seen(whole, suggest) == ["../../contribute/"]
    assert seen(old, suggest) == ["../../../../contribute/"]
    assert seen(whole, "//p[@class='dpup-suggest']//text()")[0].startswith(
        "An edition stays as it was."
    )
    robots, canonical = "//meta[@name='robots']/@content", "//link[@rel='canonical']/@href"
    assert (seen(old, robots), seen(old, canonical)) == (["noindex"], [])
    for page in (today, whole):
        assert (seen(page, robots), seen(page, canonical)) == ([], [f"https://x.example/{page}/"])
    crumbs = "//nav[@class='dpup-crumbs']//a/text()"
    assert seen(whole, crumbs) == ["Home", "About", "Editions"]
    assert seen(old, crumbs) == ["Home", "About", "Editions", "What changed in 1.0.0"]
    sitemap = etree.parse(str(site / "sitemap.xml"))
    listed = {str(it.text) for it in sitemap.iterfind(".//{*}loc")}
    assert {f"https://x.example/{page}/" for page in (today, whole)} < listed
    assert [it for it in listed if it.count("/") > 5 and "/editions/" in it] == []
    assert {str(it.text) for it in sitemap.iterfind(".//{*}lastmod")} == {"2026-12-02"}


def shown(element: html.HtmlElement) -> str:
    return str(element.text_content())


def test_a_change_names_the_practices_that_it_is_about(released: Path) -> None:
    write(
        released / "docs/changes.md",
        "---\nrender_macros: true\n---\n# Changes\n\n{{ changes() }}\n",
    )
    site = build_site(released)
    for page, way in (("changes", "../"), ("guidelines/purpose-matters", "../../")):
        tree = html.fromstring((site / page / "index.html").read_text("utf-8"))
        (line,) = [it for it in tree.iter("li") if "strengthened" in shown(it)]
        assert "Asks how (about Write down how.)" in shown(line)
        (link,) = [it for it in line.iter("a") if it.text == "Write down how."]
        assert link.get("href") == f"{way}id/purpose-matters.write-it-down/"


def test_what_changed_leads_to_the_pages_of_the_edition(released: Path) -> None:
    site = build_site(released)
    page = html.fromstring((site / "editions/2.0.0/index.html").read_text("utf-8"))
    (changes,) = [it for it in page.iter("div") if it.get("class") == "dpup-diff"]
    assert [(link.get("href"), link.text) for link in changes.iter("a")][:2] == [
        (
            "guidelines/purpose-matters/",
            "Guideline “Purpose Matters” (purpose-matters), 1.0.0 → 2.0.0",
        ),
        ("guidelines/purpose-matters/#write-it-down", "Write down how."),
    ]
    assert "practice Write down how. (purpose-matters.write-it-down): reworded" in shown(changes)
    assert "To be looked at" not in shown(changes)
    assert [it.text for it in changes.iter("dt")] == ["Text", "Shown in"]
    kinds = [str(row[1].text) for row in page.iter("tr")][1:]
    assert list(dict.fromkeys(kinds))[:2] == ["Principle", "Guideline"]


def test_a_release_stands_in_the_feed_of_everything(released: Path) -> None:
    found = etree.fromstring(feeds.files(load(released), "https://x.example/")[feeds.ALL])
    newest, oldest = found.findall("{*}entry")[:2]
    assert [entry.findtext("{*}title") for entry in (newest, oldest)] == [
        "Edition 2.0.0",
        "Edition 1.0.0",
    ]
    assert newest.findtext("{*}content") == "<p>Asks whānau &lt;b&gt;first&lt;/b&gt;.</p>"
    assert newest.find("{*}link").get("href") == "https://x.example/editions/2.0.0/"
    assert found.findtext("{*}updated") == "2026-12-03T00:00:00Z"
    assert SCHEMA.validate(found)


def test_every_link_of_an_edition_leads_to_a_page(released: Path) -> None:
    site = build_site(released)
    pages = sorted((site / "editions").rglob("index.html"))
    assert len(pages) > 2 * 10
    for page in pages:
        for link in html.parse(str(page)).xpath("//article//a/@href | //main//a/@href"):
            # The sample has no pages written by hand but the list of editions.
            if "://" in link or link.startswith("#") or BY_HAND.search(link):
                continue
            target = (page.parent / link.partition("#")[0]).resolve()
            found = target / "index.html" if target.is_dir() else target
            assert found.is_file(), f"{page}: {link}"


def test_a_practice_keeps_its_anchor_in_an_edition(released: Path) -> None:
    site = build_site(released)
    page = html.parse(str(site / "editions/1.0.0/guidelines/purpose-matters/index.html"))
    assert len(page.xpath("//*[@id='write-it-down']")) == 1
