"""Feeds stubs into MkDocs, and stops its build on problems.

Events, in order: ``on_config`` checks everything and turns a build away from the last good site;
``on_files`` adds the virtual pages; ``on_page_markdown`` and ``on_page_content`` lead what is HTML
past Markdown and list its headings; ``on_env`` escapes what the page prints as it is;
``on_page_context`` tells the page around an article what it needs; ``on_post_build`` puts the site
in place.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from markupsafe import Markup, escape
from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File
from mkdocs.structure.toc import get_toc
from mkdocs.utils import CountHandler

from dpup import contents, derived, offers, offline, problem_pages, publish
from dpup import problems as listing
from dpup.check import check
from dpup.export import preview, progress, shelf
from dpup.mkdocs_shell import Shell, drop_linked, put
from dpup.reo import Marker
from dpup.reviews import newest
from dpup.search import index
from dpup.stubs import stubs
from dpup.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from dpup.export.download import Download
    from dpup.library import Library

_log = get_plugin_logger("dpup")
_DATE: Final = "SOURCE_DATE_EPOCH"


class DpupConfig(base.Config):
    """Options of the plugin in ``mkdocs.yml``."""

    edit_url = options.Type(str, default="")
    """Where a page can be edited on the web, with {path}; no edit links when empty."""

    downloads = options.Type(bool, default=True)
    """Whether a build makes what can be downloaded; a preview makes a file when it is asked for."""


class DpupPlugin(BasePlugin[DpupConfig]):
    """``plugins: [dpup, macros]``; it has to come before ``macros``."""

    def __init__(self) -> None:
        self._serving = False
        self._dirty = False
        self._dates = False
        self._build: _Build | None = None
        self._library: Library
        self._shell: Shell
        self._problems: tuple[listing.Problem, ...] = ()
        self._marker = Marker()
        self._sources: dict[str, str] = {}
        self._ready: dict[str, str] = {}
        self._downloads: tuple[Download, ...] = ()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview, and whether a build keeps what is there."""
        self._serving, self._dirty = command == "serve", dirty

    def on_config(self, config: MkDocsConfig) -> None:
        """Check everything; stop a build at once, or let it work beside the last good site."""
        if not self._serving:
            self._build = _Build(config, keep=self._dirty)
        root = Path(config.config_file_path).parent
        self._library, self._problems = check(root)
        offers.switch(self._library.root, on=self.config.downloads)
        # MkDocs dates the sitemap by this: the content's own date, so that builds repeat.
        if self._dates or _DATE not in os.environ:
            self._dates = True
            os.environ[_DATE] = str(newest_change(self._library))
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
        drop_linked(files, Path(config.docs_dir).resolve())
        self._shell = Shell(self._library, config)
        self._shell.add(files)
        for stub in stubs(self._library):
            self._sources[stub.uri] = stub.source
            put(files, File.generated(config, stub.uri, content=stub.markdown))
        for path, content in derived.files(self._library, config.site_url or ""):
            put(files, File.generated(config, path, content=content))
        # Before the pages, which show how large each file is.
        wanted = self.config.downloads and not self._serving
        self._downloads = self._made(config) if wanted else ()
        for uri, found in problem_pages.of(self._problems).items():
            shown = Vocabulary(self._library, uri).component("problems", problems=found)
            page = f"---\ntitle: This page has problems\n---\n\n{shown}"
            put(files, File.generated(config, uri, content=page))
        return files

    def _made(self, config: MkDocsConfig) -> tuple[Download, ...]:
        if not config.site_url:
            _log.info("No site_url: the downloads carry no web address and no QR code.")
        try:
            with progress.shown("Making downloads") as said:
                return shelf.stock(self._library, config.site_url or "", said)
        except OSError as error:
            msg = f"The downloads can't be kept: {error.filename}: {error.strerror}."
            raise PluginError(msg) from error

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Let a preview make a download when somebody first asks for it."""
        del builder
        app = server.get_app()
        if self.config.downloads and app:
            # A preview gives itself an address of its own; paper has that of the site.
            given = (said["site_url"] for said in config.user_configs if "site_url" in said)
            find = preview.Finder(lambda: self._library, next(given, None) or "")
            server.set_app(preview.with_downloads(app, find))
        return server

    # After the macros, which have put the component in the place of its call.
    @event_priority(-100)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Set aside the page of a stub: it is HTML, which Markdown would read for nothing."""
        del config, files
        uri = page.file.src_uri
        if uri in self._sources and markdown.lstrip().startswith("<"):
            self._ready[uri] = markdown.strip()
            return ""
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Build the contents list from the finished page: components make headings too."""
        del config, files
        if ready := self._ready.pop(page.file.src_uri, ""):
            html = ready
            page.present_anchor_ids = contents.anchors(html)
        page.toc = get_toc(contents.headings(html, self._marker))
        page.edit_url = self._edit_url(page)
        return html

    def _edit_url(self, page: Page) -> str | None:
        path = self._sources.get(page.file.src_uri, f"docs/{page.file.src_uri}")
        given = self.config.edit_url
        return given.format(path=path) if given and path else None

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Tell our page what stands around this article."""
        del config, nav
        self._shell.tell(context, page)
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Tell the same to pages that are no documents, such as the one for wrong addresses."""
        del template_name, config
        self._shell.tell(context)
        return context

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Escape what the page prints as it is; mark the te reo Māori of titles."""
        del config
        env.filters["striptags"] = plain_and_escaped
        for file in files.documentation_pages():
            if file.page is not None:
                # The title of the front matter would win, without its te reo Māori marked.
                file.page.title = self._marker.html(str(file.page.title))
                file.page.meta.pop("title", None)
                description = str(file.page.meta.get("description", ""))
                file.page.meta["description"] = escape(description)
        return env

    # Last of all: what other plugins write now belongs to the site too.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the finished site in place, unless strict mode ends the build right after this."""
        for download in self._downloads:
            # Not by way of MkDocs' files: it would make pages of what ends in .md.
            publish.write_bytes(Path(config.site_dir) / download.uri, download.path.read_bytes())
        try:
            index.write(self._library, Path(config.site_dir))
        except index.SearchError as error:
            raise PluginError(str(error)) from error
        if not self._serving:
            # A preview changes all the time: no browser is to keep it.
            offline.write(Path(config.site_dir), newest(self._library))
        if self._build and not (config.strict and _warned()):
            self._build.finish()
        self._end()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it is."""
        del error
        self._end()

    def on_shutdown(self) -> None:
        """Leave the last good site as it is, when the build was stopped from the keyboard."""
        self._end()

    def _end(self) -> None:
        """Leave this process as it was: it may build another site."""
        if self._build:
            self._build.end()
        if self._dates:
            os.environ.pop(_DATE, None)
        self._build, self._dates = None, False


class _Build:
    """A build beside the site: MkDocs is given another folder, and its own back at the end."""

    def __init__(self, config: MkDocsConfig, *, keep: bool) -> None:
        self._config = config
        self._given = config.site_dir
        # Where the site is a link, the folder that it leads to is exchanged and the link stays.
        self._site = Path(self._given).resolve()
        with _said(self._given):
            config.site_dir = str(publish.begin(self._site, keep=keep))

    def finish(self) -> None:
        """Put the site in place."""
        with _said(self._given):
            publish.finish(self._site)
        _log.info("The finished site is in %s", self._given)

    def end(self) -> None:
        """Give MkDocs its folder back, for those who ask for it after the build."""
        publish.discard(self._site)
        self._config.site_dir = self._given


@contextmanager
def _said(site: str) -> Iterator[None]:
    """Say in a sentence that the folder of the site can't be written."""
    try:
        yield
    except OSError as error:
        msg = (
            f"The site can't be put into {site}: {error.filename}: {error.strerror}. A build needs "
            "to write beside that folder and to rename it; choose another one with --site-dir."
        )
        raise PluginError(msg) from error


def _warned() -> bool:
    """Ask the counters that strict mode sets up for a build whether they have counted."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(item, CountHandler) and item.get_counts() for item in handlers)


def newest_change(library: Library) -> int:
    """Give midnight of the newest change of the content, in seconds of UTC since 1970."""
    day = dt.datetime.combine(newest(library), dt.time(), dt.UTC)
    return int(day.timestamp())


def plain_and_escaped(text: object) -> Markup:
    """Strip tags as Jinja does, but escape the result: MkDocs' templates print it as it is.

    Jinja's own filter turns ``&lt;`` back into ``<``, and those templates escape nothing.
    """
    return escape(Markup(text).striptags())  # noqa: S704 - only to strip it
