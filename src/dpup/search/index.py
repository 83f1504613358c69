"""The index that the browser searches, made by Pagefind.

Pagefind is given a small page for each record, one after the other, so that the same records give
the same bytes. The folder holds what our own script reads and nothing else of Pagefind's.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, Final, cast

from markupsafe import Markup
from pagefind.service import get_executable

from dpup.search import chunks, lookup, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import BufferedReader
    from pathlib import Path

    from dpup.library import Library
    from dpup.search.records import Record

FOLDER: Final = "search/index"
"""Where the index stands, below the site."""
LOOKUP: Final = "lookup.json"
# One language, whatever the page says of itself: stems are those of English.
_LANGUAGE: Final = "en"
_KEPT: Final = ("pagefind.js", chunks.ENTRY, f"wasm.{_LANGUAGE}.pagefind")
_KEPT_ENDINGS: Final = frozenset({".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment"})
_PAGE: Final = (
    '<!doctype html><html lang="{}"><body data-pagefind-body><div data-pagefind-ignore>{}</div>'
    '<p data-pagefind-weight="{}">{}</p>{}</body></html>'
)
_META: Final = '<p data-pagefind-meta="{}">{}</p>'
_PARAGRAPH: Final = "<p>{}</p>"
_LEAD: Final = 2
"""How much more the first words of a record count than those after them."""


class SearchError(Exception):
    """Pagefind did not do its work."""


def write(library: Library, site: Path) -> None:
    """Put the index of a library into a finished site, in place of what was there.

    A project without a page to search on gets none. Raises SearchError, with a sentence, when
    Pagefind fails or the folder can't be written.
    """
    if not (library.root / records.DOCS / records.SEARCH).is_file():
        return
    try:
        _write(library, site / FOLDER)
    except OSError as error:
        msg = f"The search can't be made: {error.filename or 'Pagefind'}: {error.strerror}."
        raise SearchError(msg) from error
    except chunks.NotCborError as error:
        msg = "The search can't be made: Pagefind writes in another way here. Install pagefind 1.5."
        raise SearchError(msg) from error


def _write(library: Library, folder: Path) -> None:
    inside = tuple(records.records(library))
    pages = [(record.url, str(page_of(record))) for record in inside]
    shutil.rmtree(folder, ignore_errors=True)
    with _service() as ask:
        index = ask({"type": "NewIndex", "config": {"force_language": _LANGUAGE}})["index_id"]
        for url, html in pages:
            page = {"url": url, "file_contents": html, "file_path": None}
            ask({"type": "AddFile", "index_id": index, **page})
        # It answers a request to write files before they are written. So we write them.
        files = ask({"type": "GetFiles", "index_id": index})["files"]
    for file in (file for file in files if _is_loaded(file["path"])):
        path = folder / file["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(file["content"]))
    chunks.cut(folder)
    found = lookup.text(inside, records.reo(library), _names(folder))
    (folder / LOOKUP).write_text(found, encoding="utf-8", newline="")


def _names(folder: Path) -> dict[str, str]:
    """Map the address of each thing to the name that Pagefind gave it."""
    files = (folder / "fragment").iterdir()
    return {json.loads(chunks.read(file))["url"]: file.stem for file in files}


def page_of(record: Record) -> Markup:
    """Give the page that Pagefind reads: what it is called, then what it says."""
    # The name of a practice is a whole sentence: it is compared as what it says is.
    title = "name" if record.home else "title"
    facts = {title: record.title, "label": record.label, "home": record.home, "also": record.also}
    about = _joined(_element(_META, name, text) for name, text in facts.items() if text)
    # Pagefind leaves out a page without words.
    lines = record.text.split("\n") if record.text or record.lead else [record.title]
    text = _joined(_element(_PARAGRAPH, line) for line in lines if line)
    return _element(_PAGE, _LANGUAGE, about, _LEAD, record.lead, text)


def _element(pattern: str, *values: object) -> Markup:
    """Fill in some HTML; what is not Markup is escaped."""
    return Markup(pattern).format(*values)  # noqa: S704 - patterns of this module


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


@contextmanager
def _service() -> Iterator[Any]:
    """Start Pagefind; give what asks it one thing after the other."""
    program = get_executable()
    if program is None:
        msg = "Pagefind is not there, so there is no search: pip install pagefind-bin."
        raise SearchError(msg)
    with subprocess.Popen(  # noqa: S603 - the program of the package, without a shell
        [str(program), "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        if process.stdin is None or process.stdout is None:  # pragma: no cover - both are pipes
            msg = "Pagefind can't be talked to."
            raise SearchError(msg)
        into, out = process.stdin, cast("BufferedReader", process.stdout)
        try:
            yield lambda payload: _ask(into, out, payload)
        finally:
            process.terminate()


def _ask(into: IO[bytes], out: BufferedReader, payload: dict[str, Any]) -> dict[str, Any]:
    """Send one message, and wait for its answer: each is JSON in Base64 that a comma ends."""
    message = json.dumps({"message_id": 1, "payload": payload}).encode()
    with suppress(BrokenPipeError):  # it has ended, which the answer says
        into.write(base64.b64encode(message) + b",")
        into.flush()
    read = bytearray()
    # Nothing else was asked, so nothing comes after the comma.
    while not read.endswith(b",") and (part := out.read1()):
        read += part
    answer: dict[str, Any] = json.loads(base64.b64decode(read[:-1]) or "{}").get("payload", {})
    if answer.get("type") in {None, "Error"}:
        said = answer.get("message", "it ended without a word")
        msg = f"Pagefind can't make the search ({payload['type']}): {said}."
        raise SearchError(msg)
    return answer


def _is_loaded(path: str) -> bool:
    """Tell what our pages load from ready-made user interfaces, workers and other languages."""
    file = PurePosixPath(path)
    return file.name in _KEPT or file.suffix in _KEPT_ENDINGS
