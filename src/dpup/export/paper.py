"""One document to download, before it has a format: what it says, and who answers for it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from dpup import answers, asks, licence, matrices, offers, proposal_forms, proposals
from dpup.addresses import url_of
from dpup.characters import for_documents
from dpup.export import api, rows
from dpup.offers import COLLECTION, MATRIX, WHOLE_POLICY, WHOLE_TOOLKIT, WITH_FILES
from dpup.reviews import history
from dpup.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markupsafe import Markup

    from dpup.entries import Entry
    from dpup.library import Library

LICENCE: Final = licence.NAME
_STANDING: Final = {"draft": "draft, not part of the policy"}
AUTHOR: Final = "DPUP toolkit"
_POLICY: Final = ("principle", "guideline")
_SINGLE: Final = (*_POLICY, "role", "stage", "law", "finding")


@dataclasses.dataclass(frozen=True, slots=True)
class Paper:
    """One document: complete HTML, and what stands on its title and in its footer."""

    id: str
    """What its files are named: the id of the entry, matrix or collection."""
    title: str
    title_parts: tuple[tuple[str, bool], ...]
    """The title in pieces, each with whether it is te reo Māori."""
    kind: str
    """The kind of its entry, ``matrix`` or ``collection``."""
    status: str
    """Where it stands: ``published``, ``draft`` and so on; empty for what has no status."""
    version: str
    """The version of the entry; empty for what is made of several."""
    date: str
    """The day of its newest change, as 2026-11-24."""
    uri: str
    """Its page on the site."""
    address: str
    """The full web address of that page; empty while nobody has said where the site lives."""
    html: str
    """What it says, without its title; empty for a collection."""
    parts: tuple[Paper, ...] = ()
    """The documents that a collection is made of."""
    sections: tuple[asks.Section, ...] = ()
    """What it asks, for a form."""
    tables: tuple[rows.Table, ...] = ()
    """What it says as tables: what a form asks, or the counts and the list of a matrix."""
    json: str = ""
    """What it is as data."""
    sheet: answers.Sheet | None = None
    """The answers to put in, for a form that is filled in."""

    @property
    def asks(self) -> dict[str, asks.Ask]:
        """Map the id of all that it asks to the ask; in a collection, part/id."""
        own = {ask.id: ask for section in self.sections for ask in section.asks}
        parts = ((part.id, part.asks.items()) for part in self.parts)
        return own | {f"{name}/{id_}": ask for name, inside in parts for id_, ask in inside}

    @property
    def strangers(self) -> dict[str, answers.Answer]:
        """Answers to what it does not ask."""
        return answers.of_strangers(self.sheet, self.asks) if self.sheet else {}

    @property
    def wordings(self) -> dict[str, tuple[str, str]]:
        """Map all that it asks, or was asked, to the fingerprint and the words of the wording.

        An answer to older words keeps theirs: filling in must not hide a change.
        """
        found = self.sheet.answers.items() if self.sheet else ()
        given = {id_: (a.fingerprint, a.asked) for id_, a in found if not a.is_empty}
        asked = self.asks.items()
        today = {id_: (ask.fingerprint, for_documents(ask.wording)) for id_, ask in asked}
        return today | given

    @property
    def columns(self) -> frozenset[str]:
        """Ids of what has an answer in each row of a table."""
        tables = (section for section in self.sections if section.repeats)
        strange = (id_ for id_, answer in self.strangers.items() if answer.rows)
        return frozenset((*(ask.id for section in tables for ask in section.asks), *strange))

    @property
    def is_wide(self) -> bool:
        """True when it needs a page on its side."""
        return self.kind == MATRIX or any(section.repeats for section in self.sections)

    @property
    def is_collection(self) -> bool:
        """True when it is long enough to need a table of contents."""
        return self.kind in {COLLECTION, WITH_FILES}

    @property
    def is_crossed(self) -> bool:
        """True for a table of counts."""
        return self.kind == MATRIX and bool(matrices.NAMED[self.id].rows)

    @property
    def day(self) -> dt.datetime:
        """Midnight of its day in UTC: files are dated by it, never by the clock."""
        day = dt.date.fromisoformat(self.date or "1970-01-01")
        return dt.datetime.combine(day, dt.time(), dt.UTC)

    @property
    def epoch(self) -> int:
        """The same in seconds since 1970."""
        return int(self.day.timestamp())

    @property
    def stamp(self) -> str:
        """What tells this document from others and from its other versions."""
        version = f"version {self.version}" if self.version else ""
        if self.status not in {"", "published"}:
            version = f"{version} ({_STANDING.get(self.status, self.status)})"
        return " · ".join(filter(None, (self.id, version, self.date)))

    @property
    def digest(self) -> str:
        """SHA-256 over all that a format can show of it, but its tables and its data as JSON."""
        said = [
            *self.title_parts,
            *(self.id, self.title, self.kind, self.stamp, self.date, self.address, self.html),
            *(ask.fingerprint for ask in self.asks.values()),
            *(part.digest for part in self.parts),
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @property
    def tables_digest(self) -> str:
        """SHA-256 over its tables."""
        said = [dataclasses.astuple(table) for table in self.tables]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclasses.dataclass(frozen=True)
class Press:
    """Lays out the documents of one Library."""

    library: Library
    site_url: str = ""
    """Where the site lives, with a slash at its end; links need it, paper can't be relative."""

    def of_entry(self, entry: Entry, sheet: answers.Sheet | None = None) -> Paper:
        """Lay out one entry; a form can be given answers."""
        index = self.library.index
        sections = asks.of(entry, index)
        if sheet is not None:
            sheet = answers.fitted(sheet, asks.by_id(sections))
        values = answers.values(entry.id, sheet)
        words = self._words()
        html = words.component("paper", entry=entry, prose=words.prose(entry), values=values)
        facts, title = entry.facts, for_documents(entry.title)
        return Paper(
            id=entry.id,
            title=title,
            title_parts=words.parts(title),
            status=getattr(facts, "status", ""),
            kind=entry.kind.name,
            version=getattr(facts, "version", ""),
            date=_newest(self.library, entry),
            uri=entry.uri,
            address=self.address(entry.uri),
            html=str(html),
            sections=sections,
            tables=(rows.of_form(sections),) if sections else (),
            json=self._data[api.entry_path(entry.kind.name, entry.id)],
            sheet=sheet,
        )

    def of_matrix(self, name: str) -> Paper:
        """Lay out one of the tables that cross two kinds."""
        named = matrices.NAMED[name]
        words = self._words()
        html = self._table(words, named)
        table = offers.Document(name, named.title, MATRIX, f"matrices/{name}.md")
        tables, json = rows.of_matrix(self.library, name), self._data[api.matrix_path(name)]
        return self._made_of_all(table, str(html), tables=tables, json=json)

    def _table(self, words: Vocabulary, named: matrices.Named) -> Markup:
        if not named.rows:
            return words.chain()
        table = matrices.crossed(self.library, named.rows, named.columns, named.of)
        return words.component("matrix", matrix=table, lists=False)

    def of_proposal(self, id_: str) -> Paper:
        """Lay out a form in which somebody proposes an entry."""
        form = proposal_forms.FORMS[id_]
        sections = proposals.sections(form, self.library)
        html = self._words().component("paper-proposal", intro=form.intro, sections=sections)
        return self._made_of_all(offers.FORMS[id_], str(html), sections=sections)

    def whole_policy(self) -> Paper:
        """Lay out every Principle and Guideline."""
        html = str(self._words().policy())
        entries = (entry for kind in _POLICY for entry in self.library.of(kind))
        json, document = self._json_of(entries), offers.COLLECTIONS[WHOLE_POLICY]
        return self._made_of_all(document, html, json=json)

    def whole_toolkit(self, parts: tuple[Paper, ...]) -> Paper:
        """Bind the documents of all resources into one."""
        json, document = self._json_of(self.library.resources), offers.COLLECTIONS[WHOLE_TOOLKIT]
        return self._made_of_all(document, "", parts=parts, json=json)

    def all(self) -> Iterator[Paper]:
        """Lay out every document that the site offers."""
        single = [e for kind in _SINGLE for e in self.library.of(kind)]
        yield from (self.of_entry(entry) for entry in single)
        resources = tuple(self.of_entry(entry) for entry in self.library.resources)
        yield from resources
        yield from (self.of_matrix(name) for name in matrices.NAMED)
        yield from map(self.of_proposal, offers.FORMS)
        if any(self.library.of(kind) for kind in _POLICY):
            yield self.whole_policy()
        if resources:
            yield self.whole_toolkit(resources)

    def find(self, id_: str) -> Paper | None:
        """Lay out the document of that id, or give None."""
        entry = self.library.find(id_)
        if entry is not None and offers.of(entry.kind.name):
            return self.of_entry(entry)
        if id_ in matrices.NAMED:
            return self.of_matrix(id_)
        if id_ in offers.FORMS:
            return self.of_proposal(id_)
        return next((paper for paper in self._collections(id_)), None)

    def _collections(self, id_: str) -> Iterator[Paper]:
        if id_ == WHOLE_POLICY:
            yield self.whole_policy()
        elif id_ == WHOLE_TOOLKIT:
            yield self.whole_toolkit(tuple(map(self.of_entry, self.library.resources)))

    @functools.cached_property
    def _data(self) -> Mapping[str, str]:
        return api.files(self.library, self.site_url)

    def _json_of(self, entries: Iterable[Entry]) -> str:
        """Give the records of several entries as one list."""
        texts = (self._data[api.entry_path(entry.kind.name, entry.id)] for entry in entries)
        return "[\n" + ",\n".join(text.rstrip("\n") for text in texts) + "\n]\n"

    def address(self, uri: str) -> str:
        """Give the full web address of a page, or nothing while it is not known."""
        return self.site_url + url_of(uri) if self.site_url else ""

    def _words(self) -> Vocabulary:
        return Vocabulary(self.library, "", lambda uri, _here: self.address(uri))

    def _made_of_all(self, document: offers.Document, html: str, **more: Any) -> Paper:  # noqa: ANN401 - fields
        """Lay out what is made of many entries: it has no version of its own, only a day."""
        return Paper(
            id=document.id,
            title=document.title,
            title_parts=((document.title, False),),
            status="",
            kind=document.kind,
            version="",
            date=_newest_of_all(self.library),
            uri=document.uri,
            address=self.address(document.uri),
            html=html,
            **more,
        )


def _newest(library: Library, entry: Entry) -> str:
    changes = getattr(entry.facts, "changes", ())
    if not changes:
        return _newest_of_all(library)
    return max((change.date.isoformat() for change in changes), default="")


def _newest_of_all(library: Library) -> str:
    return max((item.change.date.isoformat() for item in history(library)), default="")
