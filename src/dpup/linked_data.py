"""What a page says to programs: schema.org's words, as one JSON-LD block that nothing runs.

The site's own address is not always known, so no block names one: a block is about the page
that it stands on.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from dpup import licence, reference, toolkit
from dpup.model import Document
from dpup.resources import items

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpup.entries import Entry
    from dpup.library import Library

Data = dict[str, Any]
# None of these may stand in a script as it is: they could end it, or open a comment in it.
_ESCAPES: Final = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}

_ENDS: Final = re.compile(r"</(?:p|li|h[1-6]|t[hdr]|d[td])>")


def text(data: Data) -> Markup:
    """Write data as JSON that can't break out of the script element that it stands in."""
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(plain.translate(_ESCAPES))  # noqa: S704 - no markup is left in it


def of_entry(library: Library, entry: Entry) -> Data:
    """Describe an entry that has a page: a checklist as steps, all else as a work."""
    steps = list(_sections(library, entry))
    work: Data = {
        **_head("HowTo" if steps else "CreativeWork"),
        "name": entry.title,
        "description": entry.summary,
        "identifier": entry.id,
        **_history(entry),
        **_minutes(entry, "totalTime" if steps else "timeRequired"),
        **_based_on(library, entry),
    }
    return {**work, "step": steps} if steps else work


def glossary(library: Library) -> Data:
    """Describe the glossary as a set of defined terms."""
    terms = sorted(library.of("term"), key=lambda term: term.id)
    return {
        **_head("DefinedTermSet"),
        "name": "Glossary of the DPUP toolkit",
        "hasDefinedTerm": [_term(term) for term in terms],
    }


def faqs(library: Library, answers: Mapping[str, str]) -> Data:
    """Describe all questions; ``answers`` maps the id of each to its answer as plain text."""
    questions = [
        {
            "@type": "Question",
            "name": faq.title,
            "identifier": faq.id,
            "acceptedAnswer": {"@type": "Answer", "text": answers[faq.id]},
        }
        for faq in library.of("faq")
    ]
    name = "Questions about the Data Protection and Use Policy"
    return {**_head("FAQPage"), "name": name, "mainEntity": questions}


def plain(html: Markup) -> str:
    """Give the words of some HTML, a line for each paragraph and item."""
    lines = (Markup(piece).striptags() for piece in _ENDS.split(html))  # noqa: S704 - only to strip it
    return "\n".join(line for line in lines if line)


def _head(type_: str) -> Data:
    return {
        "@context": "https://schema.org",
        "@type": type_,
        "inLanguage": licence.LANGUAGE,
        "license": licence.URL,
        "creditText": licence.CREDIT,
    }


def _history(entry: Entry) -> Data:
    facts = entry.facts
    if not isinstance(facts, Document):
        return {}
    days = [change.date for change in facts.changes]
    return {
        "version": facts.version,
        "creativeWorkStatus": facts.status,
        "datePublished": min(days).isoformat(),
        "dateModified": max(days).isoformat(),
    }


def _minutes(entry: Entry, key: str) -> Data:
    facts = entry.facts
    minutes = facts.minutes if isinstance(facts, toolkit.Resource) else None
    return {key: f"PT{minutes}M"} if minutes else {}


def _based_on(library: Library, entry: Entry) -> Data:
    official = library.official_source(entry)
    facts = official.facts if official else None
    if not isinstance(facts, reference.Source):
        return {}
    based_on = {"@type": "CreativeWork", "name": facts.title, "url": facts.url}
    return {"isBasedOn": {**based_on, "publisher": _organisation(facts.publisher)}}


def _organisation(name: str) -> Data:
    return {"@type": "Organization", "name": name}


def _sections(library: Library, entry: Entry) -> Iterator[Data]:
    facts = entry.facts
    for number, section in enumerate(
        facts.sections if isinstance(facts, toolkit.Checklist) else ()
    ):
        found = [
            {"@type": "HowToStep", "text": item.question}
            for item in items(entry, number, library.index)
            if not (item.piece and item.piece.facts.withdrawn)
        ]
        yield {"@type": "HowToSection", "name": section.title, "itemListElement": found}


def _term(term: Entry) -> Data:
    facts = term.facts
    if not isinstance(facts, reference.Term):
        return {}
    name = {"@value": facts.term, "@language": "mi"} if facts.reo else facts.term
    other = {"alternateName": facts.short} if facts.short else {}
    said = {"description": facts.meaning, "termCode": facts.id}
    return {"@type": "DefinedTerm", "name": name, **other, **said}
