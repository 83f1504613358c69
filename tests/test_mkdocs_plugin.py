"""The plugin: edit links, contents list, schemas, and a preview that heals."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import html5lib
import pytest
from mkdocs.exceptions import Abort
from mkdocs.structure.pages import Page

from dpup.contents import headings
from dpup.mkdocs_plugin import plain_and_escaped
from dpup.reo import Marker
from helpers import HERE, ROOT, build_as_command, build_site, edit, make_project, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PRINCIPLE = "content/principles/he-tangata.md"


def material(root: Path) -> Path:
    """Use the theme that we ship, with edit links."""
    config = root / "mkdocs.yml"
    theme = "{name: material, font: false, features: [content.action.edit]}"
    edit(config, "{name: null, custom_dir: theme}", theme)
    return root


def links(file: Path) -> list[str]:
    tree = html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    return [a.get("href") or "" for a in tree.iter("a")]


def test_edit_links_lead_to_the_content_file_and_not_to_the_stub(
    project: Callable[..., Path],
) -> None:
    site = build_site(material(project()))
    forge = "https://forge.example/edit/"
    assert forge + PRINCIPLE in links(site / "principles/he-tangata/index.html")
    assert f"{forge}content/reference/laws.yml" in links(site / "laws/ipp-1/index.html")
    assert f"{forge}docs/index.md" in links(site / "index.html")


def test_without_an_address_there_is_no_edit_link(project: Callable[..., Path]) -> None:
    root = material(project())
    edit(root / "mkdocs.yml", "https://forge.example/edit/{path}", "")
    site = build_site(root)
    assert not any("edit" in link for link in links(site / "principles/he-tangata/index.html"))


def test_the_contents_list_has_the_headings_of_components(project: Callable[..., Path]) -> None:
    site = build_site(material(project()))
    found = links(site / "guidelines/purpose-matters/index.html")
    assert {"#be-clear", "#why-it-exists"} <= set(found)


def test_a_page_that_is_html_is_not_read_as_markdown(
    project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes a fifth of a build, and changes nothing."""
    read: dict[str, str] = {}
    render = Page.render

    def noted(page: Page, *args: Any) -> None:
        read[page.file.src_uri] = str(page.markdown)
        render(page, *args)

    monkeypatch.setattr(Page, "render", noted)
    site = build_site(project())
    assert read["principles/he-tangata.md"] == ""
    assert "Show how it helps people." in (site / "principles/he-tangata/index.html").read_text()
    assert read["index.md"] != ""


def test_a_link_to_a_place_on_a_page_of_html_is_checked(project: Callable[..., Path]) -> None:
    root = project({"docs/more.md": "# More\n\n[it](principles/he-tangata.md#show-the-benefit)\n"})
    config = root / "mkdocs.yml"
    write(config, f"{config.read_text('utf-8')}\nvalidation: {{anchors: warn}}\n")
    build_as_command(root, root / "site", HERE)
    write(root / "docs/more.md", "# More\n\n[it](principles/he-tangata.md#nowhere)\n")
    with pytest.raises(AssertionError, match="does not contain an anchor '#nowhere'"):
        build_as_command(root, root / "site", HERE)


def test_headings_are_nested_escaped_and_marked() -> None:
    html = '<h2 id="a">One &lt;b&gt;</h2><h3 id="b">whānau</h3><h2 id="c">Two</h2><h4 id="d">x</h4>'
    first, second = headings(html, Marker())
    assert first["name"] == "One &lt;b&gt;"
    assert first["children"][0]["name"] == '<span lang="mi">whānau</span>'
    assert (second["id"], second["children"]) == ("c", [])


def test_stripped_titles_stay_escaped() -> None:
    assert plain_and_escaped("<b>a</b> &lt;i&gt;") == "a &lt;i&gt;"


def test_building_twice_gives_the_same_bytes(project: Callable[..., Path], tmp_path: Path) -> None:
    root = project()
    first = build_site(root, site_dir=tmp_path / "first")
    second = build_site(root, site_dir=tmp_path / "second")
    files = {file.relative_to(first) for file in first.rglob("*") if file.is_file()}
    assert files == {file.relative_to(second) for file in second.rglob("*") if file.is_file()}
    for file in files:
        assert (first / file).read_bytes() == (second / file).read_bytes(), file


def test_the_sitemap_is_dated_by_the_content_and_not_by_the_clock(
    project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    root = project()
    edit(
        root / "mkdocs.yml", "site_name: Sample", "site_name: Sample\nsite_url: https://x.example/"
    )
    write(root / "theme/mkdocs_theme.yml", "static_templates: [sitemap.xml]\n")
    page = "{% for file in pages %}{{ file.page.update_date }}\n{% endfor %}"
    write(root / "theme/sitemap.xml", page)
    edit(root / "content/toolkit/first-steps.md", "date: 2026-11-24", "date: 2031-01-02")
    sitemap = (build_site(root) / "sitemap.xml").read_text(encoding="utf-8")
    assert set(sitemap.split()) == {"2031-01-02"}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(root: Path, log: Path) -> Iterator[str]:
    """Run a real ``mkdocs serve``; give the address."""
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", address]
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=root, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield f"http://{address}/"
        finally:
            process.terminate()
            process.wait(timeout=10)


def wait_for(url: str, text: str, seconds: float = 30) -> str:
    """Ask until a page shows a text."""
    end = time.monotonic() + seconds
    page = ""
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                page = answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            page = ""
        if text in page:
            return page
        time.sleep(0.2)
    msg = f"{url} never showed {text!r}; at last it was: {page[:400]}"
    raise AssertionError(msg)


def test_preview_shows_the_problem_on_its_page_and_heals_on_save(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    root = project()
    good = (root / PRINCIPLE).read_text(encoding="utf-8")
    write(root / PRINCIPLE, good.replace("number: 1", "number: one"))
    log = tmp_path / "log"
    with serving(root, log) as base:
        page = f"{base}principles/he-tangata/"
        assert "a whole number is expected" in wait_for(page, "This page has problems")
        assert "Purpose Matters" in wait_for(f"{base}guidelines/purpose-matters/", "Key activities")
        write(root / PRINCIPLE, good)
        wait_for(page, "The heart of it")
        write(root / PRINCIPLE, good.replace("People come first.", "{{ 7 * 7 }}"))
        wait_for(page, "Template braces")
        write(root / PRINCIPLE, good.replace("People come first.", "People first, always."))
        wait_for(page, "People first, always.")
    assert "Traceback" not in log.read_text(encoding="utf-8")


def test_preview_makes_a_download_of_the_text_as_it_is_now(
    project: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DPUP_SAMPLE_DOWNLOADS", "true")
    root = project()
    log = tmp_path / "log"
    with serving(root, log) as base:
        file = f"{base}downloads/he-tangata.md"
        wait_for(file, "# He Tāngata")
        edit(root / PRINCIPLE, "People come first.", "People first, always.")
        wait_for(f"{base}principles/he-tangata/", "People first, always.")
        wait_for(file, "People first, always.")
    assert "Traceback" not in log.read_text(encoding="utf-8")


def test_a_style_sheet_that_is_not_there_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = make_project(tmp_path / "project")
    shutil.copytree(ROOT / "overrides", root / "overrides")
    named = "custom_dir: overrides}\nextra_css: [assets/css/missing.css]\n"
    edit(root / "mkdocs.yml", "custom_dir: theme}\n", named)
    with pytest.raises(Abort):
        build_site(root)
    said = "extra_css of mkdocs.yml names assets/css/missing.css, which is not in docs/. Mend it."
    assert said in caplog.text
