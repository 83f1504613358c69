"""YAML text to nodes, and what stands in it that is not used here: anchors, aliases, tags, depth.

The composer of PyYAML hides them. To look for them and to compose in one walk over the events
takes half the time of doing one after the other.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any, Final

import yaml
from yaml.composer import ComposerError
from yaml.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from yaml._yaml import Mark as CMark

    Fault = tuple[yaml.Mark | CMark | None, str, str]

MAX_DEPTH: Final = 20
TAG: Final = "tag:yaml.org,2002:"
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def compose(text: str) -> tuple[yaml.Node | None, list[Fault]]:
    """Give the one document of a text, and what is not used here: its place, what, and the cure.

    With such a fault there is no node to trust, and None in its place.

    Raises:
        yaml.YAMLError: the text is not one YAML document.
    """
    composer = _Composer()
    for event in _events(text):
        composer.faults += ((event.start_mark, *said) for said in _forbidden(event))
        composer.take(event)
        if len(composer.open) > MAX_DEPTH:
            deep = (event.start_mark, "This is nested too deeply.", "Use fewer levels.")
            composer.faults.append(deep)
            break
    return (None if composer.faults else composer.document()), composer.faults


class _Composer:
    """Makes nodes of events as they come."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.open: list[tuple[yaml.CollectionNode, list[yaml.Node]]] = []
        """Collections that have not ended, the innermost last, with what they hold so far."""
        self._roots: list[yaml.Node] = []
        self._starts: list[yaml.Event] = []
        self._resolve: Callable[..., str] = Resolver().resolve

    def take(self, event: yaml.Event) -> None:
        """Take the next event; an alias leaves a gap, and a fault says so."""
        if isinstance(event, yaml.ScalarEvent):
            tag = self._resolve(yaml.ScalarNode, event.value, event.implicit)
            # Marks of the parser in C serve as well; the types of the package know but its own.
            start: Any = event.start_mark
            end: Any = event.end_mark
            self._add(yaml.ScalarNode(tag, event.value, start, end, style=event.style))
        elif isinstance(event, yaml.CollectionStartEvent):
            made, tag = _COLLECTIONS[type(event)]
            start = event.start_mark
            node = made(tag, [], start, None, flow_style=event.flow_style)
            self._add(node)
            self.open.append((node, []))
        elif isinstance(event, yaml.CollectionEndEvent):
            node, inside = self.open.pop()
            is_map = isinstance(node, yaml.MappingNode)
            node.value = list(zip(inside[::2], inside[1::2], strict=True)) if is_map else inside
            node.end_mark = event.end_mark
        elif isinstance(event, yaml.AliasEvent):
            self._add(yaml.ScalarNode(f"{TAG}null", ""))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._starts.append(event)

    def _add(self, node: yaml.Node) -> None:
        (self.open[-1][1] if self.open else self._roots).append(node)

    def document(self) -> yaml.Node | None:
        """Give the document; raise a ComposerError where there are several."""
        if len(self._starts) > 1:
            first: Any = self._roots[0].start_mark
            second: Any = self._starts[1].start_mark
            said = ("expected a single document in the stream", "but found another document")
            raise ComposerError(said[0], first, said[1], second)
        return self._roots[0] if self._roots else None


_COLLECTIONS: Final = {
    yaml.SequenceStartEvent: (yaml.SequenceNode, f"{TAG}seq"),
    yaml.MappingStartEvent: (yaml.MappingNode, f"{TAG}map"),
}


def _forbidden(event: yaml.Event) -> Iterator[tuple[str, str]]:
    if isinstance(event, yaml.AliasEvent):
        message = f"The alias *{event.anchor} is not used here."
        yield message, "Write the value out, or put the whole text in double quotes."
    elif isinstance(event, yaml.NodeEvent) and event.anchor:
        message = f"The anchor &{event.anchor} is not used here."
        yield message, f"Remove &{event.anchor}, or put the whole text in double quotes."
    tag = getattr(event, "tag", None)
    if tag:
        name = tag.replace(TAG, "!!")
        message = f"The tag {name} is not used here."
        yield message, f"Remove {name}, or put the whole text in double quotes."


def _events(text: str) -> Iterable[yaml.Event]:
    """Give the events of a text: by the parser in C where it is there, which takes a tenth.

    Errors are left to the parser in Python, whose words and places are known, and so is a question
    mark between brackets, which the one in C takes for text.
    """
    if yaml.__with_libyaml__ and not any(map(_asks_in_brackets, text.split("\n"))):
        with contextlib.suppress(yaml.YAMLError, UnicodeError):
            return list(_to_depth(yaml.parse(text, Loader=yaml.CSafeLoader)))
    return yaml.parse(text, Loader=yaml.SafeLoader)


def _to_depth(events: Iterable[yaml.Event]) -> Iterator[yaml.Event]:
    """Give events as far as they may be nested: the deeper a text, the longer each takes."""
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        yield event
        if depth > MAX_DEPTH:
            return


def _asks_in_brackets(line: str) -> bool:
    """Tell whether a line has a bracket and a question mark that no quotes hold."""
    if "?" not in line or ("[" not in line and "{" not in line):
        return False
    bare = _QUOTED.sub("", line)
    return "?" in bare and ("[" in bare or "{" in bare)
