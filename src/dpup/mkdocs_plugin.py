"""The only module that knows MkDocs: it feeds stubs in, and stops the build on problems.

Events, in order: ``on_config`` checks everything before MkDocs cleans the old site;
``on_files`` adds the virtual pages; ``on_page_content`` lists the headings that components
made; ``on_env`` escapes what the theme prints as it is.
"""

from __future__ import annotations

import datetime as dt
import os
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from markupsafe import Markup, escape
from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File
from mkdocs.structure.toc import get_toc

from dpup import problems as listing
from dpup import schemas
from dpup.check import check
from dpup.export import api
from dpup.kinds import KINDS
from dpup.reo import Marker
from dpup.reviews import history
from dpup.stubs import stubs
from dpup.vocabulary import Vocabulary

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import _TocToken

    from dpup.library import Library

_log = get_plugin_logger("dpup")
_LEVELS: Final = {"h2": 2, "h3": 3}


class DpupConfig(base.Config):
    """Options of the plugin in ``mkdocs.yml``."""

    edit_url = options.Type(str, default="")
    """Where a page can be edited on the web, with {path}; no edit links when empty."""


class DpupPlugin(BasePlugin[DpupConfig]):
    """``plugins: [dpup, macros]``; it has to come before ``macros``."""

    def __init__(self) -> None:
        self._serving = False
        self._library: Library
        self._problems: tuple[listing.Problem, ...] = ()
        self._marker = Marker()
        self._sources: dict[str, str] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview."""
        del dirty
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> None:
        """Check everything; stop a build at once, before the old site is cleaned away."""
        root = Path(config.config_file_path).parent
        self._library, self._problems = check(root)
        # MkDocs dates the sitemap by this: the content's own date, so that builds repeat.
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(newest_change(self._library)))
        if not self._problems:
            return
        text = listing.as_text(self._problems)
        if not self._serving:
            count = len(self._problems)
            msg = f"The content has problems, so nothing was built ({count}):\n{text}"
            raise PluginError(msg)
        _log.error("The content has problems; their pages show them:\n%s", text)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the virtual pages, the data and, in preview, the pages of problems."""
        _drop_linked(files, Path(config.docs_dir).resolve())
        for stub in stubs(self._library):
            self._sources[stub.uri] = stub.source
            _add(files, File.generated(config, stub.uri, content=stub.markdown))
        for name, text in schemas.files().items():
            _add(files, File.generated(config, f"schema/{name}", content=text))
        for path, text in api.files(self._library, config.site_url or "").items():
            _add(files, File.generated(config, path, content=text))
        for uri, found in problem_pages(self._problems).items():
            shown = Vocabulary(self._library, uri).component("problems", problems=found)
            page = f"---\ntitle: This page has problems\n---\n\n{shown}"
            _add(files, File.generated(config, uri, content=page))
        return files

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Build the contents list from the finished page: components make headings too."""
        del config, files
        page.toc = get_toc(headings(html, self._marker))
        page.edit_url = self._edit_url(page)
        return html

    def _edit_url(self, page: Page) -> str | None:
        path = self._sources.get(page.file.src_uri, f"docs/{page.file.src_uri}")
        return self.config.edit_url.format(path=path) if self.config.edit_url else None

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Escape what the theme prints as it is; mark the te reo Māori of titles."""
        del config
        env.filters["striptags"] = plain_and_escaped
        for file in files.documentation_pages():
            if file.page is not None:
                # The theme prefers the title of the front matter, and prints it unescaped.
                file.page.title = self._marker.html(str(file.page.title))
                file.page.meta.pop("title", None)
                description = str(file.page.meta.get("description", ""))
                file.page.meta["description"] = escape(description)
        return env


def newest_change(library: Library) -> int:
    """Give midnight of the newest change of the content, in seconds of UTC since 1970."""
    dates = [item.change.date for item in history(library)]
    newest = max(dates, default=dt.date(1970, 1, 1))
    return int(dt.datetime.combine(newest, dt.time(), dt.UTC).timestamp())


def plain_and_escaped(text: object) -> Markup:
    """Strip tags as Jinja does, but escape the result: the theme prints it as it is.

    Jinja's own filter turns ``&lt;`` back into ``<``, and the theme escapes nothing.
    """
    return escape(Markup(text).striptags())  # noqa: S704 - only to strip it


def _add(files: Files, file: File) -> None:
    """Add a file, in place of one with the same address."""
    present = files.get_file_from_path(file.src_uri)
    if present is not None:
        files.remove(present)
    files.append(file)


def _drop_linked(files: Files, docs: Path) -> None:
    """Drop what symbolic links would bring in: MkDocs follows them anywhere.

    The check has reported them; a preview must not show the machine's files all the same.
    """
    for file in list(files):
        if file.abs_src_path and file.src_dir == str(docs):
            path = docs / file.src_uri
            if path.resolve() != path:
                files.remove(file)


def problem_pages(found: tuple[listing.Problem, ...]) -> dict[str, list[listing.Problem]]:
    """Map the page of each broken file to its problems."""
    pages: dict[str, list[listing.Problem]] = {}
    for problem in found:
        pages.setdefault(_page_of(problem.path), []).append(problem)
    return pages


def _page_of(path: str) -> str:
    """Give the page that a file makes: its own, or the index of its list."""
    if path.startswith("docs/"):
        page = path.removeprefix("docs/")
        # A link to a folder is no page; its problem goes to the home page.
        return page if page.endswith(".md") else "index.md"
    inner = path.removeprefix("content/")
    folder, _, name = inner.rpartition("/")
    for kind in KINDS.values():
        if inner == kind.place:
            return kind.index
        if folder == kind.place and name.endswith(".md"):
            return kind.page.format(id=name.removesuffix(".md")).partition("#")[0]
    return "index.md"


def headings(html: str, marker: Marker) -> list[_TocToken]:
    """Give the second and third level headings of a page as MkDocs' table of contents."""
    parser = _Headings()
    parser.feed(html)
    tokens: list[_TocToken] = []
    for level, id_, text in parser.found:
        token: _TocToken = {"level": level, "id": id_, "name": marker.html(text), "children": []}
        into = tokens[-1]["children"] if level > _LEVELS["h2"] and tokens else tokens
        into.append(token)
    return tokens


class _Headings(HTMLParser):
    """Collects headings that have an id."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str, str]] = []
        self._open: tuple[int, str] | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        id_ = dict(attrs).get("id")
        if tag in _LEVELS and id_:
            self._open, self._text = (_LEVELS[tag], id_), ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEVELS and self._open:
            self.found.append((*self._open, " ".join(self._text.split())))
            self._open = None
