"""What a browser keeps: the list of files, the mark in pages, and what the worker is told."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from dpup import offline
from helpers import build_site, edit, tree, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = dt.date(2026, 11, 24)
PAGE = '<!doctype html><html lang="en-NZ"><title>{}</title>'
FILES = {
    "index.html": PAGE.format("Home"),
    "offline/index.html": PAGE.format("Offline")
    + '<link rel="stylesheet" href="../assets/css/site.css"><script src="../assets/js/init.js">'
    '</script><div data-module="dpup-x"></div><a href="../assets/js/other.js">not a part</a>',
    "assets/css/site.css": "a {}",
    "assets/css/site.css.map": "{}",
    "assets/js/init.js": "import {a} from './deep.js'\nimport(`./${name}.js`)\n",
    "assets/js/deep.js": "import './deeper.js'\nimport 'https://elsewhere.example/x.js'\n",
    "assets/js/deeper.js": "import './init.js'\nconst a = () => import('./later.js')\n",
    "assets/js/later.js": "const NAME = './other.js'\nconst b = () => import(NAME)\n",
    "assets/js/x.js": "export {b} from './left.js'\n",
    "assets/js/other.js": "",
    "pagefind/pagefind.js": "",
    "downloads/a.pdf": "%PDF",
    "downloads/index.html": PAGE.format("Downloads"),
    "api/v1/index.html": "no page for readers",
    "schema/law.json": "{}",
    "404.html": PAGE.format("Not found"),
    "robots.txt": "",
    "sitemap.xml": "",
    ".git/config": "",
    "toolkit/.part.1.2": "",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a small site as a build would leave it."""
    for path, text in FILES.items():
        write(tmp_path / "site" / path, text)
    return tmp_path / "site"


def listing(site: Path) -> dict[str, Any]:
    offline.write(site, DAY)
    data: dict[str, Any] = json.loads((site / "offline.json").read_text(encoding="utf-8"))
    return data


def paths(rows: list[list[object]]) -> list[object]:
    return [row[0] for row in rows]


def told(site: Path) -> dict[str, Any]:
    first = (site / "sw.js").read_text(encoding="utf-8").partition("\n")[0]
    data: dict[str, Any] = json.loads(first.removeprefix("const SITE = "))
    return data


def test_each_file_stands_in_one_group_sorted(folder: Path) -> None:
    found = listing(folder)
    assert paths(found["pages"]) == ["downloads/index.html", "index.html", "offline/index.html"]
    assert paths(found["downloads"]) == ["downloads/a.pdf"]
    assert paths(found["api"]) == ["api/v1/index.html", "schema/law.json"]
    assert paths(found["rest"]) == ["pagefind/pagefind.js"]
    assert paths(found["assets"]) == sorted(paths(found["assets"]))
    assert "assets/css/site.css" in paths(found["assets"])


def test_what_no_reader_keeps_is_not_listed(folder: Path) -> None:
    listing(folder)
    text = json.dumps(listing(folder))
    for path in (".map", "404", "robots", "sitemap", ".git", ".part", "sw.js", "offline.json"):
        assert path not in text


def test_sizes_and_hashes_are_those_of_the_bytes_on_the_disk(folder: Path) -> None:
    found = listing(folder)
    for group in ("assets", "pages", "rest", "downloads", "api"):
        for path, hash_, size in found[group]:
            data = (folder / path).read_bytes()
            assert size == len(data)
            assert hash_ == hashlib.sha256(data).hexdigest()[:16]


def test_pages_are_stamped_with_the_mark_of_the_assets_and_once(folder: Path) -> None:
    mark = listing(folder)["mark"]
    assert f'<html data-site="{mark}" lang="en-NZ">' in (folder / "index.html").read_text("utf-8")
    write(folder / "assets/css/site.css", "a {b: c}")
    other = listing(folder)["mark"]
    assert other != mark
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert text.count("data-site") == 1
    assert other in text
    assert "data-site" not in (folder / "api/v1/index.html").read_text(encoding="utf-8")


def test_a_new_text_makes_a_new_version_with_the_same_mark(folder: Path) -> None:
    before = listing(folder)
    edit(folder / "index.html", "Home", "Kāinga")
    after = listing(folder)
    assert before["version"].startswith("2026-11-24-")
    assert before["version"] != after["version"]
    assert before["mark"] == after["mark"]
    assert told(folder)["version"] == after["version"]


def test_the_core_is_what_the_page_links_to_and_what_that_imports(folder: Path) -> None:
    listing(folder)
    assert told(folder)["core"] == [
        "assets/css/site.css",
        "assets/js/deep.js",
        "assets/js/deeper.js",
        "assets/js/init.js",
        "assets/js/later.js",
        "assets/js/x.js",
    ]


def test_the_worker_knows_what_each_script_needs_at_once_and_on_use(folder: Path) -> None:
    listing(folder)
    assert told(folder)["needs"] == {
        "assets/js/deep.js": ["assets/js/deeper.js"],
        "assets/js/deeper.js": ["assets/js/init.js", "assets/js/later.js"],
        "assets/js/init.js": ["assets/js/deep.js"],
    }


def test_the_same_site_gives_the_same_bytes(folder: Path) -> None:
    offline.write(folder, DAY)
    first = tree(folder)
    offline.write(folder, DAY)
    assert tree(folder) == first


def test_without_the_page_about_it_nothing_is_kept(folder: Path) -> None:
    (folder / "offline/index.html").unlink()
    before = tree(folder)
    offline.write(folder, DAY)
    assert tree(folder) == before


@pytest.mark.parametrize(
    "name",
    ["</script>.txt", 'a"b\\c.txt', "{{7*7}} %41 #1?.txt", "kōrero.txt", "a b'c.txt"],
)
def test_a_hostile_name_is_listed_as_data(folder: Path, name: str) -> None:
    name = name.replace("/", "\u2215")
    write(folder / name, "x")
    assert name in paths(listing(folder)["rest"])
    assert name.encode("ascii", "ignore") not in (folder / "sw.js").read_bytes()


@pytest.mark.parametrize("name", [b"not-\xff-unicode.txt", b"a\nb.txt", "\u202eb".encode()])
def test_a_name_that_no_address_can_have_is_left_out(folder: Path, name: bytes) -> None:
    (folder / os.fsdecode(name)).write_bytes(b"x")
    assert paths(listing(folder)["rest"]) == ["pagefind/pagefind.js"]


def test_our_site_lists_what_it_has(site: Path) -> None:
    found = json.loads((site / "offline.json").read_text(encoding="utf-8"))
    assert len(found["pages"]) == len(list(site.rglob("index.html")))
    listed = sum(len(found[group]) for group in ("assets", "pages", "rest", "downloads", "api"))
    assert listed > len(found["pages"]) + len(found["api"])
    assert all((site / path).is_file() for path in paths(found["rest"] + found["downloads"]))
    core = told(site)["core"]
    assert {"assets/js/init.js", "assets/js/kept.js", "assets/js/offline.js"} <= set(core)
    # What the first visit loads beside its own page; fonts come when they are used.
    assert (
        sum((site / path).stat().st_size for path in core if path.startswith("assets/js")) < 60_000
    )


def test_a_preview_is_kept_by_no_browser(project: Callable[..., Path]) -> None:
    root = project({"docs/offline.md": "---\ntitle: Offline\n---\n\n# Offline\n"})
    built = build_site(root)
    assert "data-site" in (built / "index.html").read_text(encoding="utf-8")
    assert (built / "sw.js").is_file()
    preview = build_site(root, serving=True, site_dir=root / "preview")
    assert "data-site" not in (preview / "index.html").read_text(encoding="utf-8")
    assert not (preview / "sw.js").exists()
