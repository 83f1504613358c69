"""What our own page around an article needs from MkDocs: files, and the context of its template.

Only this module and ``mkdocs_plugin`` know MkDocs.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import TYPE_CHECKING, Any, Final, cast

from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files

from dpup import feeds, fonts, reviews, scripts, shell, styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from dpup.library import Library

_log = get_plugin_logger("dpup")

SHEET: Final = "assets/css/dpup.css"
_SHEETS: Final = PurePosixPath("assets/css")
_SCRIPTS: Final = PurePosixPath("assets/js")
_THEME: Final = "assets/"
_PAGES: Final = {"main.html", "404.html"}


class Shell:
    """The parts of one build that stand around its articles."""

    def __init__(self, library: Library, config: MkDocsConfig) -> None:
        self._around = shell.around(library)
        self._edition = str(reviews.newest(library))
        self._all_feeds = tuple(feeds.feeds(library))
        self._config = config
        self._sheets: frozenset[str] = frozenset()
        self._files = Files([])
        self._imports: dict[str, list[str]] = {}
        """Of each script, the scripts that it can't start without."""

    def add(self, files: Files) -> None:
        """Add style sheets and fonts, and drop what the theme brings: no page of ours uses it."""
        self._files = files
        if not self._is_ours():
            return
        for file in [file for file in files if _is_of_theme(file, self._config)]:
            files.remove(file)
        self._sheets = frozenset(self._style(files))
        self._script(files)
        for address, data in fonts.files().items():
            files.append(File.generated(self._config, address, content=data))

    def _is_ours(self) -> bool:
        """Tell whether the theme was given our page; a project may have one of its own."""
        given = self._config.theme.custom_dir
        return given is not None and all((Path(given) / name).is_file() for name in _PAGES)

    def _style(self, files: Files) -> Iterator[str]:
        """Join the sheets of all pages, pack those of single components, and name these."""
        joined = [name for name in self._config.extra_css if self._is_there(name, files)]
        sources = [Path(self._config.docs_dir) / name for name in joined]
        for file in list(files.css_files()):
            path = PurePosixPath(file.src_uri)
            if path.parent != _SHEETS:
                continue
            files.remove(file)
            if file.src_uri not in joined:
                text = styles.joined([Path(str(file.abs_src_path))])
                files.append(File.generated(self._config, file.src_uri, content=text))
                yield path.stem
        files.append(File.generated(self._config, SHEET, content=styles.joined(sources)))

    def _is_there(self, sheet: str, files: Files) -> bool:
        found = files.get_file_from_path(sheet) is not None
        if not found:
            _log.warning("extra_css of mkdocs.yml names %s, which is not in docs/. Mend it.", sheet)
        return found

    def _script(self, files: Files) -> None:
        """Take out of scripts what only their authors read: it is a third of their bytes."""
        for file in list(files.javascript_files()):
            if PurePosixPath(file.src_uri).parent != _SCRIPTS:
                continue
            text = Path(str(file.abs_src_path)).read_text(encoding="utf-8")
            files.remove(file)
            files.append(File.generated(self._config, file.src_uri, content=styles.script(text)))
            self._imports[file.src_uri] = [
                normpath(f"{_SCRIPTS}/{name}") for name in scripts.at_once(text)
            ]

    def tell(self, context: TemplateContext, page: Page | None = None) -> None:
        """Put what the template asks for beyond what MkDocs gives into its context."""
        html = page.content or "" if page else ""
        names = shell.sheets(html, self._sheets)
        if page and page.is_homepage:
            names = ("home", *names)
        told: dict[str, Any] = {
            "policy": shell.POLICY,
            "edition": self._edition,
            "fonts": fonts.addresses(),
            "sheets": [SHEET, *(f"{_SHEETS}/{name}.css" for name in names)],
            "scripts": ["assets/js/init.js"],
            "modules": self._modules(html),
            "around": self._beside(page) if page else {},
            "feeds": self._feeds(page) if page else (),
        }
        cast("dict[str, Any]", context).update(told)

    def _feeds(self, page: Page) -> tuple[feeds.Feed, ...]:
        """Give the feed of everything, and that of this page."""
        uri = page.file.src_uri
        return tuple(it for it in self._all_feeds if it.path == feeds.ALL or it.about == uri)

    def _modules(self, html: str) -> list[str]:
        """Give what a page's components are made of, so that a browser asks for all at once.

        Without this, it would learn of each import only from the module before.
        """
        asked = [f"assets/js/{name}.js" for name in ("component", *shell.modules(html))]
        found: dict[str, None] = {}
        while asked:
            path = asked.pop(0)
            if path not in found and path in self._imports:
                found[path] = None
                asked += self._imports[path]
        return list(found)

    def _beside(self, page: Page) -> dict[str, Page | None]:
        """Give the pages beside a page: of its kind, or of its section of the navigation."""
        found = self._around.get(page.file.src_uri)
        if found is None:
            kin = [page.previous_page, page.next_page]
            before, after = (other if _are_kin(page, other) else None for other in kin)
            return {"parent": None, "above": None, "previous": before, "next": after}
        above = self._around.get(found.parent, shell.Around()).parent
        return {
            "parent": self._page(found.parent),
            "above": self._page(above),
            "previous": self._page(found.previous),
            "next": self._page(found.next),
        }

    def _page(self, uri: str) -> Page | None:
        file = self._files.get_file_from_path(uri) if uri else None
        return file.page if file else None


def _is_of_theme(file: File, config: MkDocsConfig) -> bool:
    return file.src_uri.startswith(_THEME) and file.src_dir in config.theme.dirs


def _are_kin(page: Page, other: Page | None) -> bool:
    return other is not None and page.parent is not None and other.parent == page.parent


def put(files: Files, file: File) -> None:
    """Add a file, in place of one with the same address."""
    present = files.get_file_from_path(file.src_uri)
    if present is not None:
        files.remove(present)
    files.append(file)


def drop_linked(files: Files, docs: Path) -> None:
    """Drop what symbolic links would bring in: MkDocs follows them anywhere.

    The check has reported them; a preview must not show the machine's files all the same.
    """
    for file in list(files):
        if file.abs_src_path and file.src_dir == str(docs):
            path = docs / file.src_uri
            if path.resolve() != path:
                files.remove(file)
