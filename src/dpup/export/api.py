"""The files below ``api/v1/``: the Library as data, for other programs.

Everything is made from the same Library as the pages. Paths start from the root of the site.
"""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any, Final

from dpup import connections, coverage, fingerprints, matrices, model, resources, reviews
from dpup import schemas as content_schemas
from dpup.addresses import url_of
from dpup.export import api_schemas, oscal
from dpup.export import records as shape
from dpup.kinds import KINDS, TOOLKIT
from dpup.toolkit import Checklist
from dpup.views import Views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dpup.entries import Entry, Practice
    from dpup.library import Library

ROOT: Final = "api/v1"
INDEX: Final = f"{ROOT}/index.json"
PRACTICES: Final = f"{ROOT}/practices.json"
OSCAL: Final = f"{ROOT}/oscal/catalog.json"
_ANSWERS: Final = ("principle", "guideline")
_Sides = tuple[shape.Ref, ...]
_Table = tuple[shape.Of, _Sides, _Sides, "Iterable[shape.Cell]"]


def files(library: Library, site_url: str) -> Mapping[str, str]:
    """Map the path of every file of the API, schemas included, to its text.

    ``site_url`` is the address of the site, or empty where the site does not know its own.
    """
    maker = _Maker(library, f"{site_url.rstrip('/')}/" if site_url else "")
    made = {path: api_schemas.text(record) for path, record in maker.records()}
    catalog = api_schemas.text(oscal.catalog(library, maker.base))
    return {**made, OSCAL: catalog, **api_schemas.published()}


def entry_path(kind: str, id_: str) -> str:
    """Give the path of the file of an entry."""
    return f"{ROOT}/entries/{kind}/{id_}.json"


def matrix_path(name: str) -> str:
    """Give the path of the file of a matrix."""
    return f"{ROOT}/matrices/{name}.json"


@dataclasses.dataclass(frozen=True)
class _Maker:
    """Makes the records of one Library for one site."""

    library: Library
    base: str
    """The address of the site with a slash at the end, or empty."""

    def records(self) -> Iterator[tuple[str, shape.Record]]:
        """Yield every file with its path."""
        yield INDEX, self.index()
        yield PRACTICES, self.practices()
        for name, named in matrices.NAMED.items():
            yield matrix_path(name), self.matrix(name, named)
        for kind in KINDS:
            for entry in self.library.of(kind):
                yield entry_path(kind, entry.id), self.entry(entry)

    def url(self, page: str) -> str | None:
        """Give the whole address of a page, where the site knows its own."""
        return self.base + page if self.base else None

    def entry(self, entry: Entry) -> shape.EntryFile:
        """Describe an entry."""
        official = self.library.official_source(entry)
        return shape.EntryFile(
            kind=entry.kind.name,
            id=entry.id,
            title=entry.title,
            page=url_of(entry.uri),
            url=self.url(url_of(entry.uri)),
            source=entry.path,
            based_on=getattr(official.facts, "url", None) if official else None,
            facts=_plain(entry.facts),
            body=entry.body or None,
            links=self.links(entry),
        )

    def links(self, entry: Entry) -> shape.Links:
        """Derive what an entry is tied to."""
        library = self.library
        practices = library.uses(entry)
        ties = connections.of_entry(library, entry)
        return shape.Links(
            practices=tuple(practice.id for practice in practices),
            used_in=_ties(ties.used_in),
            principles=_ties(ties.upholds),
            guidelines=_ties(ties.guidelines),
            laws=_ties(ties.law),
            findings=_ties(ties.grew_from),
            roles=_ties(connections.by_kind(library, practices, "role"), entry),
            stages=_ties(connections.by_kind(library, practices, "stage"), entry),
            resources=self._made_for(entry),
            answered_by=self._answers.get((entry.kind.name, entry.id), ()),
            referred_to_by=_refs(e for kind in KINDS for e in library.referring(entry, kind)),
            items=tuple(self._items(entry)),
        )

    @functools.cached_property
    def _answers(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Map an official resource to the ids of what answers it."""
        return {
            (answer.official.kind.name, answer.official.id): tuple(
                thing.id for thing in answer.counterparts
            )
            for answer in coverage.of(self.library).answers
        }

    def _made_for(self, entry: Entry) -> tuple[shape.Ref, ...]:
        if entry.kind.name not in ("role", "stage"):
            return ()
        return _refs(Views(self.library).made_for(entry))

    def _items(self, entry: Entry) -> Iterator[shape.Item]:
        sections = entry.facts.sections if isinstance(entry.facts, Checklist) else ()
        for number, section in enumerate(sections):
            for item in resources.items(entry, number, self.library.index):
                behind = tuple(practice.id for practice in item.behind)
                yield shape.Item(
                    id=item.id, section=section.id, question=item.question, practices=behind
                )

    def practices(self) -> shape.PracticesFile:
        """Describe every practice."""
        found = tuple(self.practice(practice) for practice in self.library.all_practices)
        return shape.PracticesFile(count=len(found), practices=found)

    def practice(self, practice: Practice) -> shape.PracticeRecord:
        """Describe a practice."""
        facts, entry = practice.facts, practice.entry
        return shape.PracticeRecord(
            id=practice.id,
            text=facts.text,
            question=facts.question,
            fingerprint=fingerprints.of(facts.text, facts.question),
            kind=entry.kind.name,
            entry=entry.id,
            entry_version=_version(entry) or "",
            group=f"{entry.id}.{practice.group.id}",
            group_title=practice.group.title,
            principles=practice.related("principle"),
            guidelines=practice.related("guideline"),
            laws=practice.related("law"),
            roles=practice.related("role"),
            stages=practice.related("stage"),
            findings=practice.related("finding"),
            sources=practice.related("source"),
            used_in=tuple(user.id for user in self.library.users(practice)),
            awaits=tuple(dict.fromkeys(review.needs for review in facts.review)),
            beyond_law=facts.beyond_law,
            withdrawn=_plain(facts.withdrawn) if facts.withdrawn else None,
            page=url_of(practice.uri),
            address=url_of(practice.address),
            url=self.url(url_of(practice.address)),
        )

    def matrix(self, name: str, named: matrices.Named) -> shape.MatrixFile:
        """Describe a table."""
        page = url_of(f"matrices/{name}.md")
        of, rows, columns, cells = self._crossed(named) if named.rows else self._chain()
        return shape.MatrixFile(
            id=name,
            title=named.title,
            page=page,
            url=self.url(page),
            of=of,
            rows=rows,
            columns=columns,
            cells=tuple(cells),
        )

    def _crossed(self, named: matrices.Named) -> _Table:
        table = matrices.crossed(self.library, named.rows, named.columns, named.of)
        cells = (
            _cell(row.id, column.id, table.cell(row, column))
            for row in table.rows
            for column in table.columns
        )
        of: shape.Of = "practice" if named.of == "practice" else "resource"
        return of, _refs(table.rows), _refs(table.columns), filter(_filled, cells)

    def _chain(self) -> _Table:
        links = tuple(matrices.chain(self.library))
        cells = (
            _cell(link.finding.id, name, found)
            for link in links
            for name, found in zip(
                (*_ANSWERS, "resource"),
                (link.principles, link.guidelines, link.resources),
                strict=True,
            )
        )
        kinds = (KINDS[name] for name in _ANSWERS)
        columns = (
            *(_column(kind.name, kind.plural, kind.index) for kind in kinds),
            _column("resource", "Resources", f"{TOOLKIT}/index.md"),
        )
        return "answer", _refs(link.finding for link in links), columns, filter(_filled, cells)

    def index(self) -> shape.IndexFile:
        """List what there is."""
        return shape.IndexFile(
            site=self.base or None,
            changed=reviews.newest(self.library).isoformat(),
            practices=len(self.library.all_practices),
            kinds=tuple(self._kind(name) for name in KINDS),
            files=tuple(_others()),
        )

    def _kind(self, name: str) -> shape.KindListing:
        kind, entries = KINDS[name], self.library.of(name)
        return shape.KindListing(
            kind=name,
            label=kind.label,
            plural=kind.plural,
            schema_file=f"schema/{content_schemas.name(kind)}.json",
            count=len(entries),
            entries=tuple(_listed(entry) for entry in entries),
        )


def _listed(entry: Entry) -> shape.Listed:
    return shape.Listed(
        id=entry.id,
        title=entry.title,
        file=entry_path(entry.kind.name, entry.id),
        page=url_of(entry.uri),
        version=_version(entry),
    )


def _others() -> Iterator[shape.FileListing]:
    yield shape.FileListing(
        file=PRACTICES, title="Every practice", schema_file="schema/api-practices.json"
    )
    for name, named in matrices.NAMED.items():
        yield shape.FileListing(
            file=matrix_path(name), title=named.title, schema_file="schema/api-matrix.json"
        )
    yield shape.FileListing(file=OSCAL, title="Every practice as an OSCAL catalog")


def _version(entry: Entry) -> str | None:
    return entry.facts.version if isinstance(entry.facts, model.Document) else None


def _plain(facts: model.Model) -> dict[str, Any]:
    """Give facts as the content file has them: by its keys, without defaults."""
    plain: dict[str, Any] = facts.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return plain


def _ref(entry: Entry) -> shape.Ref:
    page = url_of(entry.uri)
    return shape.Ref(kind=entry.kind.name, id=entry.id, title=entry.title, page=page)


def _refs(entries: Iterable[Entry]) -> tuple[shape.Ref, ...]:
    return tuple(_ref(entry) for entry in entries)


def _ties(ties: Iterable[connections.Tie], but: Entry | None = None) -> tuple[shape.Tie, ...]:
    kept = (tie for tie in ties if tie.entry is not but)
    return tuple(shape.Tie(**dict(_ref(tie.entry)), practices=tie.count) for tie in kept)


def _column(id_: str, title: str, index: str) -> shape.Ref:
    return shape.Ref(kind="kind", id=id_, title=title, page=url_of(index))


def _cell(row: str, column: str, things: Iterable[Entry | Practice]) -> shape.Cell:
    return shape.Cell(row=row, column=column, ids=tuple(thing.id for thing in things))


def _filled(cell: shape.Cell) -> bool:
    return bool(cell.ids)
