"""All of ``content/`` in one frozen Library, with every problem found on the way.

``load()`` never raises for content. What is sound is in the Library; what is not is in
``Library.problems``, each with its place and its cure.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import gc
from types import MappingProxyType
from typing import TYPE_CHECKING

from dpup import blanks, discover, links, reference, resources, rules
from dpup.kinds import KINDS, RESOURCES
from dpup.problems import Problem, in_order
from dpup.selections import FACETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from dpup import model
    from dpup.entries import Entry, Piece, Practice
    from dpup.source import Source


@dataclasses.dataclass(frozen=True, eq=False)
class Library:
    """The whole policy, read and cross-linked."""

    root: Path
    index: links.Index
    problems: tuple[Problem, ...]
    drafts: tuple[Entry, ...] = ()
    """Entries that are not in the Library because of their problems, for their bodies' sake."""
    sources: Mapping[str, Source] = dataclasses.field(default_factory=dict)
    """What each file says, by its path."""
    unread: frozenset[str] = frozenset()
    """Files that hold more than what could be read."""

    def of(self, kind: str, **filters: str | bool | None) -> tuple[Entry, ...]:
        """Entries of a kind in reading order, narrowed by what their facts say."""
        found = self.index.entries.get(kind, {}).values()
        wanted = {key: value for key, value in filters.items() if value is not None}
        keep = (entry for entry in found if _matches(entry, wanted))
        return tuple(sorted(keep, key=lambda entry: entry.sort_key))

    def get(self, kind: str, id_: str) -> Entry | None:
        """One entry, or None."""
        return self.index.entries.get(kind, {}).get(id_)

    def find(self, id_: str) -> Entry | None:
        """Find an entry that has a page of its own, whatever its kind."""
        return self.index.paged.get(id_)

    def lookup(self, id_: str) -> Entry | Practice | Piece | None:
        """Find a practice, question or field by its full id, or an entry that has a page."""
        index = self.index
        return index.practices.get(id_) or index.pieces.get(id_) or index.paged.get(id_)

    @property
    def addresses(self) -> tuple[Practice | Piece, ...]:
        """Everything that has a permanent address: practices, questions and fields."""
        return (*self.index.practices.values(), *self.index.pieces.values())

    @functools.cached_property
    def all_practices(self) -> tuple[Practice, ...]:
        """Every practice, Principles first, in reading order."""
        return tuple(self.index.practices.values())

    def practices(self, *, beyond_law: bool | None = None, **filters: str) -> tuple[Practice, ...]:
        """Practices in force that bear on all the given ids: ``practices(law="ipp-3")``."""
        wanted: dict[str, str | bool] = {**filters}
        if beyond_law is not None:
            wanted["beyond_law"] = beyond_law
        return self.index.selector.find(wanted)

    def crossed(self, rows: str, columns: str) -> dict[tuple[str, str], tuple[Practice, ...]]:
        """Map (row id, column id) to the practices in force that bear on both."""
        cells: dict[tuple[str, str], list[Practice]] = {}
        for practice in self.practices():
            for row in practice.related(rows):
                for column in practice.related(columns):
                    cells.setdefault((row, column), []).append(practice)
        return {key: tuple(found) for key, found in cells.items()}

    @functools.cached_property
    def _backlinks(self) -> dict[tuple[str, str], tuple[Entry, ...]]:
        return links.backlinks(self.entries)

    @property
    def entries(self) -> Iterable[Entry]:
        """Every entry of every kind."""
        return (entry for ids in self.index.entries.values() for entry in ids.values())

    @functools.cached_property
    def by_path(self) -> dict[str, Entry]:
        """Map each Markdown file to its entry; the items of a list share theirs."""
        return {entry.path: entry for entry in self.entries if not entry.base}

    @functools.cached_property
    def _ids_inside(self) -> dict[str, frozenset[str]]:
        return {}

    def ids_inside(self, entry: Entry) -> frozenset[str]:
        """Give the ids in the facts of an entry, each an anchor of its page."""
        key = f"{entry.path}#{entry.id}"
        if key not in self._ids_inside:
            self._ids_inside[key] = frozenset(id_ for _, id_ in entry.local_ids)
        return self._ids_inside[key]

    def referring(self, entry: Entry, kind: str) -> tuple[Entry, ...]:
        """Entries of ``kind`` that refer to ``entry`` themselves, not through a practice."""
        names = (entry.kind.name, "page", "any") if entry.kind.has_page else (entry.kind.name,)
        found = (other for name in names for other in self._backlinks.get((name, entry.id), ()))
        return tuple(dict.fromkeys(other for other in found if other.kind.name == kind))

    def in_group(self, entry: Entry, group: model.Group) -> tuple[Practice, ...]:
        """Practices of one behaviour area or key activity, withdrawn ones included."""
        return tuple(item for item in entry.practices if item.group is group)

    def by_home(
        self, practices: Iterable[Practice], except_home: str = ""
    ) -> tuple[tuple[Entry, tuple[Practice, ...]], ...]:
        """Group practices by the entry that they stand in, leaving out one entry."""
        homes: dict[str, list[Practice]] = {}
        for practice in practices:
            if practice.entry.id != except_home:
                homes.setdefault(practice.entry.id, []).append(practice)
        return tuple((inside[0].entry, tuple(inside)) for inside in homes.values())

    @functools.cached_property
    def resources(self) -> tuple[Entry, ...]:
        """Every resource of the toolkit in force, kind by kind and then by title."""
        found = (entry for kind in RESOURCES for entry in self.of(kind.name))
        return tuple(sorted((e for e in found if not e.withdrawal), key=_by_kind_and_title))

    def uses(self, entry: Entry) -> tuple[Practice, ...]:
        """Practices that a resource uses, or that stand in an entry or bear on it."""
        if entry.kind in RESOURCES:
            return self._uses[entry.id]
        if entry.groups:
            return tuple(item for item in entry.practices if item.facts.withdrawn is None)
        name = entry.kind.name
        return self.index.selector.find({name: entry.id}) if name in FACETS else ()

    @functools.cached_property
    def _uses(self) -> dict[str, tuple[Practice, ...]]:
        entries = (entry for kind in RESOURCES for entry in self.index.entries[kind.name].values())
        return {entry.id: resources.used(entry, self.index) for entry in entries}

    @functools.cached_property
    def _users(self) -> dict[str, tuple[Entry, ...]]:
        users: dict[str, list[Entry]] = {}
        for entry in self.resources:
            for practice in self._uses[entry.id]:
                users.setdefault(practice.id, []).append(entry)
        return {id_: tuple(found) for id_, found in users.items()}

    def users(self, practice: Practice) -> tuple[Entry, ...]:
        """Resources that use a practice, kind by kind."""
        return self._users.get(practice.id, ())

    @functools.cached_property
    def _shown(self) -> dict[str, frozenset[str]]:
        return {}

    def shows(self, entry: Entry) -> frozenset[str]:
        """Give the full ids of the practices whose words a resource shows."""
        if entry.id not in self._shown:
            self._shown[entry.id] = resources.showing(entry, self.index)
        return self._shown[entry.id]

    def behind(self, ids: Iterable[str]) -> tuple[Practice, ...]:
        """Turn full ids into practices; ids that do not exist have been reported already."""
        return tuple(found for id_ in ids if (found := self.index.practices.get(id_)))

    def resting_on(self, source: Entry) -> tuple[Entry, ...]:
        """Entries with a page that name a source, themselves or in a practice."""
        inside = {item.entry.id for item in self.all_practices if source.id in item.facts.sources}
        direct = {entry.id for entry in self._backlinks.get(("source", source.id), ())}
        paged = [entry for entry in self.entries if entry.kind.has_page]
        found = [entry for entry in paged if entry.id in inside | direct]
        return tuple(sorted(found, key=lambda entry: entry.sort_key))

    def official_source(self, entry: Entry) -> Entry | None:
        """Find the first source of an entry that is an official page on the web."""
        sources = self.resolve("source", getattr(entry.facts, "sources", ()))
        return next((source for source in sources if _is_official_page(source)), None)

    def resolve(self, kind: str, ids: Iterable[str]) -> tuple[Entry, ...]:
        """Turn ids into entries; ids that do not exist have been reported already."""
        return tuple(entry for id_ in ids if (entry := self.get(kind, id_)))


def _by_kind_and_title(entry: Entry) -> tuple[int, str, str]:
    return (RESOURCES.index(entry.kind), entry.title.lower(), entry.id)


def _is_official_page(source: Entry) -> bool:
    facts = source.facts
    return isinstance(facts, reference.Source) and facts.official and facts.url is not None


def _matches(entry: Entry, wanted: Mapping[str, str | bool]) -> bool:
    return all(_matches_one(entry, key, value) for key, value in wanted.items())


def _matches_one(entry: Entry, key: str, value: str | bool) -> bool:  # noqa: FBT001 - a filter's value
    """Compare a field of that name, or look in the list of ids of that name in plural."""
    names = {"finding": "responds_to", "group": "kind"}
    for name in (names.get(key, key), f"{key}s"):
        have = getattr(entry.facts, name, None)
        if have is not None:
            return value in have if isinstance(have, tuple) else have == value
    return False


def load(root: Path) -> Library:
    """Read and check all of ``root/content``; the result is cached until a file changes."""
    with _collector_off():
        root = root.resolve()
        return _load(root, discover.fingerprint(root))


def of_blobs(root: Path, blobs: Mapping[str, bytes]) -> Library:
    """Make a library of files that lie in no folder, without the rules that compare entries.

    For an older state of the tree: what was wrong with it then helps nobody now.
    """
    with _collector_off():
        found = discover.read_blobs(blobs)
        problems, drafts, unread = in_order(found.problems), found.drafts, found.unread
        return Library(root, _index(found), problems, tuple(drafts), unread=frozenset(unread))


@contextlib.contextmanager
def _collector_off() -> Iterator[None]:
    """Read without the garbage collector.

    It would look through all that was read so far again and again, and find nothing: this is
    what made large trees take more than their share of time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def load_with(root: Path, drafts: Mapping[str, str]) -> Library:
    """Read and check a project as it would be with these files: texts by their paths."""
    with _collector_off():
        return _made(root.resolve(), discover.read_all(root, drafts))


@functools.lru_cache(maxsize=4)
def _load(root: Path, _fingerprint: discover.Fingerprint) -> Library:
    return _made(root, discover.read_all(root))


def _made(root: Path, found: discover.Found) -> Library:
    index = _index(found)
    problems = [
        *found.problems,
        *rules.problems(index, found.sources),
        *rules.unfit(index, found.sources, found.unfit),
        *blanks.problems(found.gaps, index, found.sources),
    ]
    sources, unread = MappingProxyType(found.sources), frozenset(found.unread)
    return Library(root, index, in_order(problems), tuple(found.drafts), sources, unread)


def _index(found: discover.Found) -> links.Index:
    entries = [entry for ids in found.entries.values() for entry in ids.values()]
    return links.Index(
        MappingProxyType({kind: MappingProxyType(ids) for kind, ids in found.entries.items()}),
        MappingProxyType(_by_full_id(entries)),
        frozenset(found.broken),
        MappingProxyType({piece.id: piece for entry in entries for piece in entry.pieces}),
    )


def _by_full_id(entries: Iterable[Entry]) -> dict[str, Practice]:
    """Index the practices, Principles first; the first keeps an id that is used twice."""
    practices: dict[str, Practice] = {}
    kinds = list(KINDS)
    for entry in sorted(entries, key=lambda e: (kinds.index(e.kind.name), e.sort_key)):
        for practice in entry.practices:
            practices.setdefault(practice.id, practice)
    return practices
