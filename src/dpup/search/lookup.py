"""What the script knows of each thing before it loads it: its kind, and what it bears on.

Filters and their counts come from here and not from Pagefind: a query may be asked in several
spellings, and the counts are those of all answers together. Ids become bits of a number.
"""

from __future__ import annotations

import json
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from dpup.search import folding
from dpup.search.records import AXES, CONTRIBUTE, PAGE, PIECE, PRACTICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dpup.search.records import Record

# What people come for stands before what is there for completeness. Tried with the queries
# of ``tests/search-queries.yml``.
_USUAL: Final = 1.2
_FACTORS: Final = MappingProxyType(
    {
        "principle": 1.6,
        "guideline": 1.6,
        "term": 1.4,
        "faq": 1,
        PRACTICE: 0.9,
        PAGE: 1.2,
        "sector": 0.8,
        "agency": 0.8,
        PIECE: 0.5,
        "event": 0.6,
        "source": 0.5,
        "official": 0.5,
        CONTRIBUTE: 0.3,
    }
)

_MEANT: Final = re.compile(r"(?!(?:a|an|and|for|in|of|on|or|the|to)\b)\b\w+")
"""The words of a title that mean something."""


def text(records: Iterable[Record], reo: Sequence[str], names: Mapping[str, str]) -> str:
    """Write the lookup of some records; ``names`` maps their addresses to Pagefind's names.

    ``reo`` are the words that a result marks as te reo Māori.
    """
    inside = tuple(records)
    kinds = list(dict.fromkeys(record.kind for record in inside))
    axes = {axis: _ids(inside, axis) for axis in AXES}
    data: dict[str, Any] = {
        "kinds": [[kind, _FACTORS.get(kind, _USUAL)] for kind in kinds],
        "axes": axes,
        "things": {
            names[record.url]: [
                kinds.index(record.kind),
                len(_MEANT.findall(record.title.lower())),
                *(_bits(record.filters.get(axis, ()), ids) for axis, ids in axes.items()),
            ]
            for record in inside
        },
        "reo": reo,
        "words": folding.packed(_words(inside)),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _words(records: Iterable[Record]) -> list[str]:
    """Give every word that is said.

    Pages for contributors quote misspelt words; there, another spelling of a word is left out.
    """
    said: dict[bool, list[str]] = {False: [], True: []}
    for record in records:
        texts = (record.title, record.also, record.lead, record.text)
        said[record.kind == CONTRIBUTE] += texts
    words = folding.words(said[False])
    known = {folding.fold(word) for word in words}
    more = [word for word in folding.words(said[True]) if folding.fold(word) not in known]
    return folding.in_order({*words, *more})


def _ids(records: Iterable[Record], axis: str) -> list[str]:
    return sorted({id_ for record in records for id_ in record.filters.get(axis, ())})


def _bits(ids: Iterable[str], known: Sequence[str]) -> int:
    return sum(1 << known.index(id_) for id_ in set(ids))
