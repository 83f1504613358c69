"""Components as their own page shows them: what each is, what it takes, and its examples.

An example is shown live where it is small and stands well beside others: without ids and headings
of its own, without script and without anything to fill in. All others are linked to.
"""

from __future__ import annotations

import dataclasses
import json
import re
from typing import TYPE_CHECKING, Final

from dpup.words import ADDRESS, PAGE, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from markupsafe import Markup

    from dpup.components import Contract
    from dpup.library import Library

    Arguments = Mapping[str, str | bool]

MOST: Final = 8_000
"""How many letters of HTML an example may have to be shown live."""
_CROWDED: Final = re.compile(
    r' id="|data-module=|<(?:h\d|script|form|input|select|textarea|button)\b'
)
PLACES: Final = {
    "atoz": "search.md",
    "awaiting": "awaiting-review.md",
    "chain": "matrices/findings-to-toolkit.md",
    "changes": "changes.md",
    "coverage": "toolkit/coverage.md",
    "downloads": "downloads/index.md",
    "due": "due-for-review.md",
    "editions": "editions/index.md",
    "faqs": "faqs.md",
    "fields": "contribute/fields.md",
    "finder": "practices.md",
    "glossary": "glossary.md",
    "matrix": "matrices/guidelines-by-principles.md",
    "offline": "offline.md",
    "policy": "whole-policy.md",
    "practices": "beyond-the-law.md",
    "propose": "contribute/propose.md",
    "search": "search.md",
    "sources": "sources.md",
    "tasks": "toolkit/tasks.md",
    "timeline": "about/timeline.md",
    "toolkit": "toolkit/index.md",
    "vocabulary": "contribute/words.md",
}
"""A page that calls the word, where its arguments name none."""


@dataclasses.dataclass(frozen=True, slots=True)
class Example:
    """One example of a component."""

    name: str
    call: str
    """How an author writes it."""
    html: Markup | None
    """What it gives; None where it is not shown live."""
    uri: str
    """A page that shows it or its like; empty where there is none."""


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """One component, as its page shows it."""

    contract: Contract
    examples: tuple[Example, ...]


def show(contract: Contract, library: Library, run: Callable[[str, Arguments], Markup]) -> Shown:
    """Say what a component is; ``run`` renders a call of a word."""
    return Shown(contract, tuple(_examples(contract, library, run)))


def _examples(
    contract: Contract, library: Library, run: Callable[[str, Arguments], Markup]
) -> Iterator[Example]:
    for example in contract.examples:
        word, arguments = example["word"], example["arguments"]
        # What shows whole entries is as large as a page, and this page would show itself.
        html = run(word, arguments) if WORDS[word].in_bodies else None
        if html is not None and (len(html) > MOST or _CROWDED.search(html)):
            html = None
        yield Example(example["name"], call(word, arguments), html, _uri(word, arguments, library))


def call(word: str, arguments: Arguments) -> str:
    """Write a call as an author does.

    >>> call("practices", {"law": "ipp-3", "beyond_law": True})
    '{{ practices(law="ipp-3", beyond_law=true) }}'
    """
    given = (f"{name}={json.dumps(value)}" for name, value in arguments.items())
    return f"{{{{ {word}({', '.join(given)}) }}}}"


def _uri(word: str, arguments: Arguments, library: Library) -> str:
    """Find a page that shows an example."""
    for name, value in arguments.items():
        param = WORDS[word].param(name)
        if param and param.takes in {PAGE, "checklist", "template", "finding"}:
            kind = "" if param.takes == PAGE else param.takes
            entry = library.get(kind, str(value)) if kind else library.find(str(value))
            return entry.uri if entry else ""
        if param and param.takes == ADDRESS:
            places = (thing.address for thing in library.addresses if thing.id == value)
            return next(places, "")
    return PLACES.get(word, "")
