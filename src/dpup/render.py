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

from dpup import calls, hygiene, sanitise, settings
from dpup.problems import Problem
from dpup.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown import Extension

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
    found: tuple[sanitise.Fault, ...]
    """Faults that its HTML shows no more."""

    @property
    def anchors(self) -> frozenset[str]:
        """The ids of its headings, and those that it gives itself."""
        return sanitise.anchors(self.html)

    @property
    def faults(self) -> tuple[sanitise.Fault, ...]:
        """Everything that can't be used here."""
        return (*self.found, *sanitise.faults(self.html))


@dataclasses.dataclass(frozen=True, slots=True)
class Placing:
    """Where a body goes on a page, so that several bodies can share one."""

    level: int = 2
    """The level of its largest headings, which are written ``##``."""
    prefix: str = ""
    """What goes before the ids of its headings."""


AS_WRITTEN: Final = Placing()


def body(
    library: Library,
    entry: Entry,
    href: Callable[[str], str],
    run: Callable[[calls.Call], Markup],
    placing: Placing,
) -> Markup:
    """Render the body of an entry; ``href`` gives the link to a page of the site."""
    text = Text(entry.body, entry.path, entry.body_line)
    found = calls.find(text.text, text.path, text.line, library.index, body=True).found
    held, lines = dict(enumerate(found)), text.text.split("\n")
    for number, call in held.items():
        lines[call.line] = f"\n{_HOLD.format(number)}\n"
    targets = Targets(library, entry, href, headings)
    rendered = convert("\n".join(lines), library, targets.resolve, placing)
    safe = sanitise.clean(rendered.html)
    return Markup(_HELD.sub(lambda match: run(held[int(match.group(1))]), safe))  # noqa: S704 - sanitised just above


def convert(
    text: str,
    library: Library,
    resolve: Callable[[str], str | hygiene.LinkFault],
    placing: Placing = AS_WRITTEN,
) -> Rendered:
    """Run the site's Markdown over one text."""
    site = settings.read(library.root)
    ready = idle(site, placing)
    # Where a link makes this look into another text, or another thread does, a second one is made.
    try:
        renderer = ready.pop()
    except IndexError:
        renderer = _Renderer(site, placing)
    try:
        rendered = renderer.run(text, resolve)
    except RecursionError:
        return Rendered("", (_TOO_DEEP,))
    ready.append(renderer)
    return rendered


@functools.lru_cache(maxsize=16)
def idle(_site: settings.Settings, _placing: Placing) -> list[_Renderer]:
    """Keep what is ready for the next text: to make it takes as long as a short text does."""
    return []


class _Renderer:
    """Python-Markdown with the settings of a site, for one text after the other."""

    def __init__(self, site: settings.Settings, placing: Placing) -> None:
        options: dict[str, Any] = copy.deepcopy(site.options)
        toc = options.setdefault("toc", {})
        toc.update(permalink=False, baselevel=placing.level - 1)
        toc["slugify"] = lambda value, separator: placing.prefix + slugify(value, separator)
        options.setdefault("tables", {})["use_align_attribute"] = True
        self._hygiene = hygiene.Hygiene(placing.prefix)
        extensions: list[str | Extension] = [*site.extensions, self._hygiene]
        self._markdown = markdown.Markdown(extensions=extensions, extension_configs=options)

    def run(self, text: str, resolve: Callable[[str], str | hygiene.LinkFault]) -> Rendered:
        """Render a text as if it were the first."""
        self._hygiene.begin(resolve)
        self._markdown.reset()
        return Rendered(self._markdown.convert(text), tuple(self._hygiene.found))


_TOO_DEEP = sanitise.Fault("", "This text is nested too deeply.", "Use fewer levels.")


@functools.lru_cache(maxsize=512)
def headings(text: str, library: Library) -> frozenset[str]:
    """Anchors that a text makes: those of its headings, and those it gives itself."""
    return convert(text, library, lambda href: href).anchors


def problems(library: Library, entry: Entry) -> Iterator[Problem]:
    """Everything that is wrong with the body of an entry."""
    text = Text(entry.body, entry.path, entry.body_line)
    found = calls.find(text.text, text.path, text.line, library.index, body=True)
    yield from found.problems
    targets = Targets(library, entry, str, headings)
    yield from fault_problems(text, library, targets.resolve)
    own = library.ids_inside(entry)
    for anchor in sorted(own & headings(text.text, library)):
        line = _heading_line(text, library, anchor)
        message = f"This gets the anchor '{anchor}', which an id in the front matter has."
        hint = "Word the heading differently, or give another anchor."
        yield Problem(text.path, line, 1, "", message, hint)


def fault_problems(
    text: Text, library: Library, resolve: Callable[[str], str | hygiene.LinkFault]
) -> Iterator[Problem]:
    """Turn the faults of a text into problems, each at its line."""
    text = dataclasses.replace(text, text=calls.without(text.text))
    finder = _Finder(text.text, lambda part: convert(part, library, resolve).faults)
    faults = finder.before(len(finder.lines) - 1)
    seen: dict[sanitise.Fault, int] = {}
    index = column = 0
    for fault in faults[:_MOST]:
        nth = seen[fault] = seen.get(fault, 0) + 1
        index, column = _place(finder.lines, finder.line_of(fault, nth), fault.token.lower())
        yield Problem(text.path, text.line + index, column, "", fault.message, fault.hint)
    if len(faults) > _MOST:
        message = f"This text has {len(faults) - _MOST} more problems."
        yield Problem(text.path, text.line + index, column, "", message, "Mend these first.")


# Finding lines takes time, and nobody mends hundreds of faults from a list.
_MOST: Final = 50


def _place(lines: list[str], last: int, token: str) -> tuple[int, int]:
    """Find the line at or above ``last``, and the column, where a fault's token stands.

    What takes several lines is complete only at its last; people look for its first.
    """
    near = range(last, -1, -1) if token not in {"", "#"} else (last,)
    for index in near:
        column = lines[index].lower().find(token)
        if column >= 0:
            return index, column + 1
    link = lines[last].find("](")
    return last, link + len("](") + 1 if link >= 0 else 1


class _Finder:
    """Finds the lines of a text that make its faults.

    Rendered HTML has no lines. But a fault is there once the text up to its line is, so the
    shortest beginning of the text that has it, found by halving, ends with its line.
    """

    def __init__(self, text: str, inspect: Callable[[str], tuple[sanitise.Fault, ...]]) -> None:
        self.lines = text.split("\n")
        self._code = calls.in_code(self.lines)
        self._inspect = inspect
        self._known: dict[int, tuple[sanitise.Fault, ...]] = {}

    def line_of(self, fault: sanitise.Fault, nth: int) -> int:
        """Index of the line with which the nth such fault appears."""
        low, high = 0, len(self.lines) - 1
        while low < high:
            middle = (low + high) // 2
            there = self.before(middle).count(fault) >= nth
            low, high = (low, middle) if there else (middle + 1, high)
        return low

    def before(self, index: int) -> tuple[sanitise.Fault, ...]:
        """Faults of the text up to a line, or to the end of the code block around it.

        Half a code block would not be code yet, and would have faults that are none.
        """
        while index + 1 in self._code and index + 1 < len(self.lines):
            index += 1
        if index not in self._known:
            self._known[index] = self._inspect("\n".join(self.lines[: index + 1]))
        return self._known[index]


def _heading_line(text: Text, library: Library, anchor: str) -> int:
    lines = text.text.split("\n")
    for number in range(len(lines)):
        if anchor in headings("\n".join(lines[: number + 1]), library):
            return text.line + number
    return text.line
