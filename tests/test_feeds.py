"""Feeds: valid Atom, the right changes in each, the same bytes while nothing changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import feedparser
from click.testing import CliRunner
from lxml import etree, html

from dpup import feeds
from dpup.addresses import url_of
from dpup.cli import main
from dpup.library import load
from helpers import ROOT, edit, make_project

if TYPE_CHECKING:
    import pytest

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).parent / "atom.rng")))
HOME = "content/guidelines/purpose-matters.md"
FIRST = '  - {version: "1.0.0", date: 2026-11-24, kind: added, note: First edition.}\n'


def made(root: Path, site_url: str = "") -> dict[str, bytes]:
    return feeds.files(load(root), site_url)


def texts(feed: bytes, path: str) -> list[str]:
    return [str(text) for text in etree.fromstring(feed).xpath(path, namespaces=ATOM)]


def titles(feed: bytes) -> list[str]:
    return texts(feed, "a:entry/a:title/text()")


def test_all_our_feeds_are_valid_and_lead_to_pages() -> None:
    library = load(ROOT)
    pages = {entry.uri.partition("#")[0] for entry in library.entries} | {"changes.md"}
    addresses = {url_of(page) for page in pages}
    for path, feed in made(ROOT, "https://dpup.example/sub/").items():
        assert SCHEMA.validate(etree.fromstring(feed)), f"{path}: {SCHEMA.error_log}"
        base = "https://dpup.example/sub/"
        assert texts(feed, "a:link[@rel='self']/@href") == [base + path]
        for link in texts(feed, "//a:link[@rel='alternate']/@href"):
            assert link.removeprefix(base).partition("#")[0] in addresses


def test_a_reader_of_feeds_reads_all_of_them_back() -> None:
    base = "https://dpup.example/sub/"
    for path, feed in made(ROOT, base).items():
        headers = {"content-location": base + path, "content-type": "application/atom+xml"}
        read = feedparser.parse(feed, response_headers=headers)
        assert not read.bozo, f"{path}: {read.get('bozo_exception')}"
        assert read.version == "atom10"
        assert [entry.title for entry in read.entries] == titles(feed)
        days = [entry.updated_parsed[:3] for entry in read.entries]
        assert days == sorted(days, reverse=True)
        assert read.feed.updated_parsed[:3] == days[0]
        for entry in read.entries:
            assert entry.id.startswith("urn:uuid:")
            assert entry.link.startswith(base)
            assert entry.content[0].type == "text/html"
    assert feedparser.parse(b"<feed xmlns='http://www.w3.org/2005/Atom'><title></feed>").bozo


def test_the_schema_finds_mistakes() -> None:
    good = made(ROOT)[feeds.ALL].decode()
    for old, new in (
        ("<updated>2026", "<updated>26"),
        ("urn:uuid:", "urn:x:"),
        ("rights>", "wrongs>"),
        ('rel="self"', 'rel="other"'),
        ("<title>", "<title/><title>"),
    ):
        assert old in good
        assert not SCHEMA.validate(etree.fromstring(good.replace(old, new).encode()))


def test_without_an_address_of_the_site_links_start_from_the_feed(tmp_path: Path) -> None:
    feed = made(make_project(tmp_path))["feeds/guideline-purpose-matters.xml"]
    found = texts(feed, "//a:link/@href")
    assert found[:2] == ["guideline-purpose-matters.xml", "../guidelines/purpose-matters/"]
    whole = [urljoin("https://x.example/feeds/y.xml", link) for link in found]
    assert "https://x.example/toolkit/before-you-start/#dpup_history" in whole


def test_each_feed_has_what_concerns_it(tmp_path: Path) -> None:
    found = made(make_project(tmp_path))
    guideline = titles(found["feeds/guideline-purpose-matters.xml"])
    assert "Guideline purpose-matters 1.0.0: added" in guideline
    assert "Checklist before-you-start 1.0.0: added" in guideline
    assert "Principle he-tangata 1.0.0: added" not in guideline
    assert set(guideline) < set(titles(found[feeds.ALL]))
    assert "Principle he-tangata 1.0.0: added" in titles(found["feeds/role-frontline.xml"])


def test_a_change_of_one_practice_concerns_the_roles_that_do_it(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    role = (root / "content/reference/roles.yml").read_text("utf-8")
    other = role.replace("id: frontline", "id: analysis").replace("number: 1", "number: 2")
    (root / "content/reference/roles.yml").write_text(role + other, "utf-8")
    lines = (
        '  - {version: "1.2.0", date: 2026-12-03, kind: clarified, note: All.}\n'
        '  - {version: "1.1.0", date: 2026-12-02, kind: moved, note: Old., items: [old-habit]}\n'
    )
    edit(root / HOME, FIRST, lines + FIRST)
    edit(root / HOME, "roles: [frontline]\n        stages: [collect]",
         "roles: [analysis]\n        stages: [collect]")  # fmt: skip
    found = made(root)
    frontline, analysis = (
        [t for t in titles(found[f"feeds/role-{role}.xml"]) if "purpose-matters" in t]
        for role in ("frontline", "analysis")
    )
    assert frontline == [
        "Guideline purpose-matters 1.2.0: clarified",
        "Guideline purpose-matters 1.0.0: added",
    ]
    assert analysis == [
        "Guideline purpose-matters 1.2.0: clarified",
        "Guideline purpose-matters 1.1.0: moved",
        "Guideline purpose-matters 1.0.0: added",
    ]


def test_the_same_content_makes_the_same_bytes_and_a_change_adds_one_entry(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    before = made(root)
    edit(root / HOME, "Start with why.", "Begin with why.")
    assert made(root) == before, "a feed tells histories, not words"
    line = '  - {version: "1.0.1", date: 2026-12-02, kind: clarified, note: Plainer.}\n'
    edit(root / HOME, FIRST, line + FIRST)
    after = made(root)[feeds.ALL]
    ids = [texts(feed, "a:entry/a:id/text()") for feed in (before[feeds.ALL], after)]
    assert ids[1][1:] == ids[0]
    assert len(set(ids[1])) == len(ids[1])
    assert titles(after)[0] == "Guideline purpose-matters 1.0.1: clarified"
    assert texts(after, "a:updated/text()") == ["2026-12-02T00:00:00Z"]
    # A second change of that version, on top, leaves the id of the first as it was.
    edit(root / HOME, line, line.replace("clarified, note: Plainer", "moved, note: Up") + line)
    assert texts(made(root)[feeds.ALL], "a:entry/a:id/text()")[1:] == ids[1]


def notices(feed: bytes) -> dict[str, bytes]:
    """Give each entry of a feed by its id."""
    found = etree.fromstring(feed).iterfind("a:entry", ATOM)
    return {str(it.findtext("a:id", namespaces=ATOM)): etree.tostring(it) for it in found}


def release(root: Path, version: str, date: str) -> None:
    words = ["release", version, "--note", "News.", "--date", date, "--root", str(root)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output


def test_a_notice_of_a_change_never_changes(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    line = '{version: "2.0.0", date: 2026-12-02, kind: weakened, note: Less., items: [old-habit]}'
    edit(root / HOME, FIRST, f"  - {line}\n{FIRST}")
    before = made(root)
    edit(root / HOME, "text: Keep a paper copy.", "text: Keep a copy.")
    edit(root / HOME, "title: Purpose Matters", "title: Purpose first")
    edit(root / HOME, "\nsummary: ", "\nsummary: Now ")
    after = made(root)
    for path in before:
        assert notices(after[path]) == notices(before[path])
    said = texts(after[feeds.ALL], "a:entry/a:content/text()")
    assert said[0] == "<p>Less.</p><ul><li>purpose-matters.old-habit</li></ul>"


def test_who_is_taken_off_an_entry_is_told_and_keeps_what_was_told(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    guide = root / "content/toolkit/first-steps.md"
    role = "feeds/role-frontline.xml"
    served = "feeds/guideline-purpose-matters.xml"
    text = (root / "content/reference/roles.yml").read_text("utf-8")
    other = text.replace("id: frontline", "id: analysis").replace("number: 1", "number: 2")
    (root / "content/reference/roles.yml").write_text(text + other, "utf-8")
    release(root, "1.0.0", "2026-12-01")
    before = made(root)
    edit(guide, "roles: [frontline]", "roles: [analysis]")
    edit(guide, "supports: [purpose-matters.write-it-down]\n", "supports: []\n")
    edit(guide, "changes:\n", 'changes:\n  - {version: "1.1.0", date: 2026-12-02, '
         "kind: weakened, note: For others.}\n")  # fmt: skip
    after = made(root)
    for path in (role, served):
        assert "Guide first-steps 1.0.0: added" in titles(before[path])
        assert titles(after[path]) == ["Guide first-steps 1.1.0: weakened", *titles(before[path])]
        assert notices(after[path]).items() >= notices(before[path]).items()
    new = titles(after["feeds/role-analysis.xml"])
    assert [it for it in new if "first-steps" in it] == ["Guide first-steps 1.1.0: weakened"]


def test_editions_stand_among_the_changes_by_their_day(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    release(root, "1.0.0", "2026-12-01")
    line = '  - {version: "1.0.1", date: 2026-12-02, kind: clarified, note: Plainer.}\n'
    edit(root / HOME, FIRST, line + FIRST)
    feed = made(root)[feeds.ALL]
    assert titles(feed)[:2] == ["Guideline purpose-matters 1.0.1: clarified", "Edition 1.0.0"]
    days = texts(feed, "a:entry/a:updated/text()")
    assert days == sorted(days, reverse=True)
    assert texts(feed, "a:updated/text()") == days[:1]


def test_a_feed_keeps_the_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "NEWEST", 3)
    root = make_project(tmp_path)
    line = '  - {version: "1.0.1", date: 2026-12-02, kind: clarified, note: Plainer.}\n'
    edit(root / HOME, FIRST, line + FIRST)
    found = titles(made(root)[feeds.ALL])
    assert len(found) == 3
    assert found[0] == "Guideline purpose-matters 1.0.1: clarified"


HOSTILE = "</content><script>alert(1)</script> & {7*7} ]]> \"'"


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    note = HOSTILE.replace('"', '\\"')
    said = f'date: 2026-12-02, kind: clarified, note: "{note}", items: [old-habit]'
    line = f'  - {{version: "1.0.1", {said}}}\n'
    edit(root / HOME, FIRST, line + FIRST)
    assert load(root).find("purpose-matters")
    feed = made(root)[feeds.ALL]
    assert SCHEMA.validate(etree.fromstring(feed))
    (content, *_) = texts(feed, "a:entry/a:content/text()")
    shown = html.fragment_fromstring(content, create_parent="div")
    assert {node.tag for node in shown.iter()} == {"div", "p", "ul", "li"}
    assert shown.findtext("p") == HOSTILE
    assert shown.findtext("ul/li") == "purpose-matters.old-habit"


def test_pages_name_their_feeds(site: Path) -> None:
    def named(page: str) -> list[str]:
        tree = html.parse(str(site / page / "index.html"))
        return [str(x) for x in tree.xpath("//link[@type='application/atom+xml']/@href")]

    assert named("changes") == ["../feeds/all.xml"]
    assert named("guidelines/purpose-matters") == [
        "../../feeds/all.xml",
        "../../feeds/guideline-purpose-matters.xml",
    ]
    assert named("laws/ipp-1") == ["../../feeds/all.xml"]
    assert (site / "feeds/all.xml").read_bytes() == made(ROOT)[feeds.ALL]
