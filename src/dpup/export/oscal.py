"""The practices as an OSCAL catalog: the language of NIST for controls, in JSON.

https://pages.nist.gov/OSCAL/ has the model. Principles and Guidelines are groups, their areas
and activities are groups inside, and a practice is a control.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any, Final

from dpup import licence, reference, reviews
from dpup.addresses import url_of
from dpup.model import Guideline, Principle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.entries import Entry, Practice
    from dpup.library import Library
    from dpup.model import Group, Withdrawal

VERSION: Final = "1.1.3"
"""The version of OSCAL."""
_SPACE: Final = uuid.UUID("5b1f7a52-6f0c-4d0e-9a8e-3c1d2f9b7e44")
# Names of our own need a name space; nobody owns an address that is sure to stay.
NAMES: Final = f"urn:uuid:{uuid.uuid5(_SPACE, 'names')}"
_HOME: Final = "../../../"
_KINDS: Final = ("principle", "guideline")
_FACETS: Final = ("principle", "guideline", "law", "role", "stage", "finding")
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>~^|#])")

Part = dict[str, Any]


def catalog(library: Library, base: str) -> Part:
    """Give the catalog as plain data; ``base`` is the address of the site, or empty."""
    maker = _Maker(library, base or _HOME)
    entries = [entry for kind in _KINDS for entry in library.of(kind)]
    resources = [_source(e) for e in library.of("source")] + [_law(e) for e in library.of("law")]
    found = {
        "uuid": _uuid("catalog"),
        "metadata": _metadata(library),
        "groups": [maker.group(entry) for entry in entries],
        "back-matter": {"resources": resources},
    }
    return {"catalog": {key: value for key, value in found.items() if _is_there(value)}}


class _Maker:
    """Makes groups and controls of one Library for one site."""

    def __init__(self, library: Library, base: str) -> None:
        self._library = library
        self._base = base

    def group(self, entry: Entry) -> Part:
        """Make the group of a Principle or Guideline."""
        return {
            "id": token(entry.id),
            "class": entry.kind.name,
            "title": _line(entry.title),
            "props": [{"name": "label", "value": entry.id}, *_version(entry)],
            "links": [self._page(entry.uri), *self._rests_on(entry)],
            "parts": [_part(f"{token(entry.id)}_ovw", "overview", _idea(entry))],
            "groups": [self._inner(entry, group) for group in entry.groups],
        }

    def _inner(self, entry: Entry, group: Group) -> Part:
        id_ = token(f"{entry.id}.{group.id}")
        practices = self._library.in_group(entry, group)
        found = {
            "id": id_,
            "class": "area" if entry.kind.name == "principle" else "activity",
            "title": _line(group.title),
            "parts": [_part(f"{id_}_ovw", "overview", group.intro)] if group.intro else [],
            "controls": [self.control(practice) for practice in practices],
        }
        return {key: value for key, value in found.items() if value}

    def control(self, practice: Practice) -> Part:
        """Make the control of a practice."""
        withdrawn = practice.facts.withdrawn
        props = [{"name": "label", "value": practice.id}, *_withdrawn(withdrawn), *_ties(practice)]
        links = [self._page(practice.address), *self._instead(withdrawn), *self._cited(practice)]
        return {
            "id": token(practice.id),
            "class": "practice",
            "title": _line(practice.title),
            "props": props,
            "links": links,
            # A withdrawn control says nothing any more, as in NIST's own catalogs.
            **({} if withdrawn else {"parts": list(_parts(practice))}),
        }

    def _page(self, uri: str) -> Part:
        return {"href": self._base + url_of(uri), "rel": "alternate", "media-type": "text/html"}

    def _rests_on(self, entry: Entry) -> Iterator[Part]:
        ids: tuple[str, ...] = getattr(entry.facts, "sources", ())
        for source in self._library.resolve("source", ids):
            yield _reference("source", source)

    def _cited(self, practice: Practice) -> Iterator[Part]:
        for kind in ("source", "law"):
            for entry in self._library.resolve(kind, practice.related(kind)):
                yield _reference(kind, entry)

    def _instead(self, withdrawn: Withdrawal | None) -> Iterator[Part]:
        """Yield what replaces a practice: a control of this catalog, or a page."""
        for id_ in withdrawn.replaced_by if withdrawn else ():
            thing = self._library.lookup(id_)
            if id_ in self._library.index.practices:
                yield {"href": f"#{token(id_)}", "rel": "incorporated-into"}
            elif thing is not None:
                yield {"href": self._base + url_of(thing.uri), "rel": "incorporated-into"}


def token(id_: str) -> str:
    """Make an id a token of OSCAL: it may not start with a digit."""
    return f"_{id_}" if id_[:1].isdigit() else id_


def _metadata(library: Library) -> Part:
    day = reviews.newest(library).isoformat()
    return {
        "title": "Practices of the Data Protection and Use Policy, restated",
        "last-modified": f"{day}T00:00:00Z",
        "version": day,
        "oscal-version": VERSION,
        "links": [
            {"href": licence.URL, "rel": "license"},
            {"href": licence.OFFICIAL, "rel": "reference", "text": "The official policy"},
        ],
        "remarks": f"{licence.NOTICE}\n\n{licence.CREDIT}",
    }


def _version(entry: Entry) -> Iterator[Part]:
    if isinstance(entry.facts, Principle | Guideline):
        yield {"name": "version", "ns": NAMES, "value": entry.facts.version}
        yield {"name": "status", "ns": NAMES, "value": entry.facts.status}


def _idea(entry: Entry) -> str:
    facts = entry.facts
    return facts.core_idea if isinstance(facts, Principle) else entry.summary


def _withdrawn(withdrawn: Withdrawal | None) -> Iterator[Part]:
    if withdrawn:
        said = f"Withdrawn on {withdrawn.date}. {withdrawn.reason}"
        yield {"name": "status", "value": "withdrawn", "remarks": _prose(said)}


def _ties(practice: Practice) -> Iterator[Part]:
    for kind in _FACETS:
        for id_ in practice.related(kind):
            yield {"name": kind, "ns": NAMES, "value": id_}


def _parts(practice: Practice) -> Iterator[Part]:
    facts, id_ = practice.facts, token(practice.id)
    yield _part(f"{id_}_smt", "statement", facts.text)
    yield _part(f"{id_}_obj", "assessment-objective", facts.question)
    if facts.beyond_law:
        yield {**_part(f"{id_}_gdn", "guidance", facts.beyond_law), "title": "Beyond the law"}


def _part(id_: str, name: str, text: str) -> Part:
    return {"id": id_, "name": name, "prose": _prose(text)}


def _reference(kind: str, entry: Entry) -> Part:
    return {"href": f"#{_uuid(f'{kind}/{entry.id}')}", "rel": "reference"}


def _source(entry: Entry) -> Part:
    facts = entry.facts
    said = facts.publisher if isinstance(facts, reference.Source) else ""
    return _resource("source", entry, said)


def _law(entry: Entry) -> Part:
    return _resource("law", entry, entry.summary)


def _resource(kind: str, entry: Entry, said: str) -> Part:
    url = getattr(entry.facts, "url", None)
    return {
        "uuid": _uuid(f"{kind}/{entry.id}"),
        "title": _line(entry.title),
        "description": _prose(said),
        "props": [{"name": kind, "ns": NAMES, "value": entry.id}],
        **({"rlinks": [{"href": url}]} if url else {}),
    }


def _uuid(name: str) -> str:
    return str(uuid.uuid5(_SPACE, name))


def _line(text: str) -> str:
    """Write plain text where OSCAL reads a line of Markdown."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _prose(text: str) -> str:
    """Write plain text where OSCAL reads Markdown: no line may start a list or a heading."""
    return re.sub(r"^(\d+)([.)])|^([-+=])", r"\1\\\2\3", _line(text))


def _is_there(value: object) -> bool:
    return bool(value) and value != {"resources": []}
