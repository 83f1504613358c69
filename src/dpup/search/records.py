"""What can be found: a record for each thing of the library and for each page written by hand.

A thing is found once, at the best place to read it: an entry on its page, a word of the glossary
on its line, a practice at its permanent address. What was withdrawn is not found.
"""

from __future__ import annotations

import dataclasses
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from dpup import calls, linked_data, render, resources, toolkit
from dpup.addresses import url_of
from dpup.kinds import KINDS, RESOURCES
from dpup.reference import Law, Term
from dpup.reo import KUPU
from dpup.search import prose
from dpup.source import read_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from dpup.entries import Entry, Piece, Practice
    from dpup.library import Library

DOCS: Final = "docs"
"""The folder of the pages written by hand."""
AXES: Final = ("role", "stage", "guideline", "principle", "law")
PRACTICE: Final = "practice"
PIECE: Final = "piece"
PAGE: Final = "page"
CONTRIBUTE: Final = "contribute"
"""The folder of the pages for contributors, and their kind."""
MORE_KINDS: Final = MappingProxyType(
    {
        PRACTICE: "Practices",
        PIECE: "Questions and fields",
        PAGE: "Pages about this site",
        CONTRIBUTE: "Pages for contributors",
    }
)
"""What can be found and is no entry, with its name in plural."""
SEARCH: Final = "search.md"
"""The page of the search itself, which nobody looks for."""


@dataclasses.dataclass(frozen=True, slots=True)
class Record:
    """One thing that can be found."""

    url: str
    """Its address below the site: ``glossary/#consent``."""
    title: str
    kind: str
    """What it is, as the address of a search says it."""
    label: str
    """What it is, as the reader sees it."""
    lead: str = ""
    """What it says first."""
    text: str = ""
    """All else that it says."""
    also: str = ""
    """Another name that it goes by."""
    home: str = ""
    """The title of the entry that it stands in."""
    filters: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    """Ids that it bears on, by axis."""


def records(library: Library) -> Iterator[Record]:
    """Yield all that can be found: entries, practices, questions and fields, pages."""
    kinds = list(KINDS)
    for entry in sorted(library.entries, key=lambda e: (kinds.index(e.kind.name), e.sort_key)):
        if not entry.withdrawal:
            yield _entry(library, entry)
    for practice in library.practices():
        yield _practice(practice)
    for piece in library.index.pieces.values():
        if not (piece.facts.withdrawn or piece.entry.withdrawal):
            yield _piece(library, piece)
    folder = library.root / DOCS
    for file in sorted(folder.rglob("*.md")):
        uri = file.relative_to(folder).as_posix()
        if uri != SEARCH and not file.is_symlink():
            yield _page(library, file, uri)


def _entry(library: Library, entry: Entry) -> Record:
    facts = entry.facts
    said = {entry.title, entry.summary}
    texts = [text for text in prose.of(facts, frozenset({"title", "summary"})) if text not in said]
    return Record(
        url_of(entry.uri),
        entry.title,
        entry.kind.name,
        entry.kind.label,
        entry.summary,
        "\n".join((*texts, *_questions(library, entry), _body(library, entry))),
        facts.short or "" if isinstance(facts, Law | Term) else "",
        filters=_of_entry(library, entry),
    )


def _questions(library: Library, entry: Entry) -> Iterator[str]:
    """Yield what a checklist asks with the words of practices."""
    facts = entry.facts
    for number in range(len(facts.sections) if isinstance(facts, toolkit.Checklist) else 0):
        for item in resources.items(entry, number, library.index):
            if not item.piece:
                yield item.question


def _body(library: Library, entry: Entry) -> str:
    """Give the words of a body, without what its calls would show: that is found by itself."""
    html = render.body(library, entry, str, lambda _: Markup(), render.AS_WRITTEN)
    return linked_data.plain(html)


def _practice(practice: Practice) -> Record:
    filters = {axis: practice.related(axis) for axis in AXES}
    texts = [text for text in prose.of(practice.facts) if text != practice.title]
    return Record(
        url_of(practice.address),
        practice.title,
        PRACTICE,
        "Practice",
        text="\n".join(texts),
        home=practice.entry.title,
        filters=filters,
    )


def _piece(library: Library, piece: Piece) -> Record:
    filters = _of_practices(library.behind(piece.facts.supports), ("guideline", "principle", "law"))
    laws = getattr(piece.facts, "laws", ())
    texts = [text for text in prose.of(piece.facts) if text != piece.title]
    return Record(
        url_of(piece.address),
        piece.title,
        PIECE,
        f"Part of a {piece.entry.kind.label.lower()}",
        text="\n".join(texts),
        home=piece.entry.title,
        filters={**filters, **({"law": laws} if laws else {}), **_own(piece.entry)},
    )


def _of_entry(library: Library, entry: Entry) -> dict[str, tuple[str, ...]]:
    """Give what an entry names itself; where it names nothing, what its practices bear on."""
    found = _of_practices(library.uses(entry), AXES) | _own(entry)
    name = entry.kind.name
    if name in AXES:
        found[name] = (entry.id,)
    return found


def _own(entry: Entry) -> dict[str, tuple[str, ...]]:
    named = {axis: getattr(entry.facts, f"{axis}s", ()) for axis in AXES}
    return {axis: ids for axis, ids in named.items() if ids}


def _of_practices(practices: Iterable[Practice], axes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    inside = tuple(practices)
    return {axis: _once(id_ for p in inside for id_ in p.related(axis)) for axis in axes}


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _page(library: Library, file: Path, uri: str) -> Record:
    source = read_markdown(file, f"{DOCS}/{uri}")
    front = source.front.data if isinstance(source.front.data, dict) else {}
    text = calls.without(source.body)
    html = render.convert(text, library, lambda href: href).html
    words = linked_data.plain(Markup(html))  # noqa: S704 - only to strip it
    title = str(front.get("title") or uri)
    return Record(
        url_of(uri),
        title,
        CONTRIBUTE if uri.startswith(f"{CONTRIBUTE}/") else PAGE,
        "Page",
        str(front.get("description") or ""),
        words.removeprefix(title).lstrip(),
    )


def kinds() -> tuple[tuple[str, str], ...]:
    """Give each kind of thing that can be found, with its name in plural."""
    policy = [(name, KINDS[name].plural) for name in ("principle", "guideline")]
    practice = (PRACTICE, MORE_KINDS[PRACTICE])
    others = [(kind.name, kind.plural) for kind in KINDS.values() if kind not in RESOURCES]
    tools = [(kind.name, kind.plural) for kind in RESOURCES]
    more = [(name, plural) for name, plural in MORE_KINDS.items() if name != PRACTICE]
    return tuple(dict.fromkeys((*policy, practice, *tools, *others, *more)))


def is_there(library: Library, kind: str) -> bool:
    """Tell whether there is anything of a kind; there are always pages and practices."""
    return kind in MORE_KINDS or bool(library.of(kind))


def reo(library: Library) -> tuple[str, ...]:
    """Give the words and names that are te reo Māori even where no macron says so."""
    terms = (term.title for term in library.of("term") if getattr(term.facts, "reo", False))
    return tuple(sorted({*KUPU, *terms}))
