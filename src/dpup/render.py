"""Contributed text to HTML: with the site's Markdown, its calls run, its links resolved.

What comes out has passed the sanitiser. What is wrong comes back as problems with lines.
Components are not known here: the caller hands in what runs a call.
"""

from __future__ import annotations

import copy
import dataclasses
import functools
import re
from typing import TYPE_CHECKING, Any, Final

import markdown
from markdown.extensions.toc import slugify
from markupsafe import Markup

from dpup import calls, hygiene, settings
from dpup.problems import Problem
from dpup.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dpup.entries import Entry
    from dpup.library import Library

# Private-use characters are refused in content, so no text can imitate a placeholder.
_HOLD: Final = "\ue000{}\ue001"
_HELD = re.compile("<p>\ue000(\\d+)\ue001</p>")


@dataclasses.dataclass(frozen=True, slots=True)
class Text:
    """A text to render, and where it comes from."""

    text: str
    path: str
    """The file, relative to the project."""
    line: int
    """The line of the file at which the text starts."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rendered:
    """What a text became."""

    html: str
    headings: tuple[str, ...]
    """The ids of its headings."""
    faults: tuple[hygiene.Fault, ...]


def body(
    library: Library,
    entry: Entry,
    here: str,
    run: Callable[[calls.Call], Markup],
    *,
    level: int = 2,
    prefix: str = "",
) -> Markup:
    """Render the body of an entry for the page ``here``.

    ``level`` is the level of its largest headings and ``prefix`` goes before their ids, so
    that several bodies can share a page.
    """
    text = Text(entry.body, entry.path, entry.body_line)
    found = calls.find(text.text, text.path, text.line, library.index, body=True).found
    held, lines = dict(enumerate(found)), text.text.split("\n")
    for number, call in held.items():
        lines[call.line] = f"\n{_HOLD.format(number)}\n"
    targets = Targets(library, entry, here, headings)
    rendered = convert("\n".join(lines), library, targets.resolve, level=level, prefix=prefix)
    safe = hygiene.clean(rendered.html)
    return Markup(_HELD.sub(lambda match: run(held[int(match.group(1))]), safe))  # noqa: S704 - sanitised just above


def convert(
    text: str,
    library: Library,
    resolve: Callable[[str], str | hygiene.LinkFault],
    *,
    level: int = 1,
    prefix: str = "",
) -> Rendered:
    """Run the site's Markdown over one text.

    A ``level`` of 2 and more moves the headings down so that ``##`` becomes that level.
    """
    found: list[hygiene.Fault] = []
    site = settings.read(library.root)
    options: dict[str, Any] = copy.deepcopy(site.options)
    toc = options.setdefault("toc", {})
    toc.update(permalink=False, baselevel=max(1, level - 1))
    toc["slugify"] = lambda value, separator: prefix + slugify(value, separator)
    extensions = [*site.extensions, hygiene.Hygiene(resolve, found)]
    options.setdefault("tables", {})["use_align_attribute"] = True
    md = markdown.Markdown(extensions=extensions, extension_configs=options)
    out = md.convert(text)
    headings = tuple(_ids(getattr(md, "toc_tokens", [])))
    return Rendered(out, headings, (*found, *hygiene.faults(out)))


def _ids(tokens: list[dict[str, Any]]) -> Iterator[str]:
    for token in tokens:
        yield token["id"]
        yield from _ids(token["children"])


@functools.lru_cache(maxsize=512)
def headings(text: str, library: Library) -> frozenset[str]:
    """Anchors that the headings of a text make."""
    return frozenset(convert(text, library, lambda href: href).headings)


def problems(library: Library, entry: Entry) -> Iterator[Problem]:
    """Everything that is wrong with the body of an entry."""
    text = Text(entry.body, entry.path, entry.body_line)
    found = calls.find(text.text, text.path, text.line, library.index, body=True)
    yield from found.problems
    targets = Targets(library, entry, entry.uri, headings)
    yield from fault_problems(text, library, targets.resolve)
    own = {anchor for group in entry.groups for anchor in _anchors(group)}
    for anchor in sorted(own & headings(text.text, library)):
        line = _heading_line(text, library, anchor)
        message = f"This heading gets the anchor '{anchor}', which a practice or group has."
        yield Problem(text.path, line, 1, "", message, "Word the heading differently.")


def _anchors(group: Any) -> Iterator[str]:  # noqa: ANN401 - model.Group; only its ids are used
    yield group.id
    yield from (practice.id for practice in group.practices)


def fault_problems(
    text: Text, library: Library, resolve: Callable[[str], str | hygiene.LinkFault]
) -> Iterator[Problem]:
    """Turn the faults of a text into problems, each at its line."""
    seen: dict[hygiene.Fault, int] = {}
    for fault in convert(text.text, library, resolve).faults:
        nth = seen[fault] = seen.get(fault, 0) + 1
        index = _line_of(text.text, fault, nth, library, resolve)
        line = text.text.split("\n")[index]
        column = max(line.lower().find(fault.token.lower()), 0) + 1
        yield Problem(text.path, text.line + index, column, "", fault.message, fault.hint)


def _line_of(
    text: str,
    fault: hygiene.Fault,
    nth: int,
    library: Library,
    resolve: Callable[[str], str | hygiene.LinkFault],
) -> int:
    """Index of the line with which the nth such fault appears.

    Rendered HTML has no lines. But a fault is there once the text up to its line is, so the
    shortest beginning of the text that has it, found by halving, ends with its line.
    """
    lines = text.split("\n")
    low, high = 0, len(lines) - 1
    while low < high:
        middle = (low + high) // 2
        start = "\n".join(lines[: middle + 1])
        there = convert(start, library, resolve).faults.count(fault) >= nth
        low, high = (low, middle) if there else (middle + 1, high)
    return low


def _heading_line(text: Text, library: Library, anchor: str) -> int:
    lines = text.text.split("\n")
    for number in range(len(lines)):
        if anchor in headings("\n".join(lines[: number + 1]), library):
            return text.line + number
    return text.line


