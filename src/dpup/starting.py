"""A new entry of any kind: what can be derived is derived, and the rest are blanks.

Reads the project, and writes nothing.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any, Final

from dpup import blanks, clauses, naming, skeleton, source
from dpup.check import draft
from dpup.explain import nearest
from dpup.first_facts import derived
from dpup.kinds import RESOURCES
from dpup.library import load
from dpup.places import CONTENT
from dpup.problems import visible
from dpup.skeleton import Skeleton, comment
from dpup.starters import BODIES, OTHER_BODY, STARTERS
from dpup.toolkit import Template

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dpup.kinds import Kind
    from dpup.problems import Problem
    from dpup.safeyaml import Data
    from dpup.source import Source

_HOW: Final = "docs/contribute/toolkit.md"
_RESERVED: Final = frozenset(
    {"aux", "con", "nul", "prn", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
_DASH: Final = re.compile(r"^( *)- ", re.MULTILINE)
_APART: Final = re.compile(r"\n\n+ *- ")
_STEPS: Final = """\
Next steps:
1. Write something in place of each blank: square brackets that start with the words fill in, and \
all between them. Leave the quotation marks. Where a list belongs, keep the brackets, as in \
[frontline]; the check says where.
2. A line that starts with "# " says nothing. Take out "# " where you need the line, and delete \
the others. docs/contribute/fields.md lists every key{also}.
3. Run make check: it names each blank that is left, with its line.
4. Run make serve, and look at {page}.
5. Delete these lines, and propose the change: docs/contribute/index.md says how."""


class StartError(ValueError):
    """A new entry that can't be made: what is wrong, and the cure."""


@dataclasses.dataclass(frozen=True, slots=True)
class Started:
    """A new entry, before it is written."""

    path: str
    """Its file, relative to the project."""
    added: str
    """What to write into that file, after what is there."""
    line: int
    """The line at which the entry starts."""
    left: tuple[Problem, ...]
    """What the check would say of it: its blanks, if nothing else is wrong."""
    before: str = ""
    """What stands in that file already."""

    def read(self) -> Source:
        """Read the file as it would be."""
        return source.of_text(self.before + self.added, self.path)


@dataclasses.dataclass(frozen=True, slots=True)
class Wish:
    """What somebody says of a new entry."""

    kind: Kind
    title: str
    today: dt.date
    id: str = ""
    template: str = ""
    """The id of the template that an example fills in."""


def start(root: Path, wish: Wish) -> Started:
    """Make a new entry, or say in a StartError why it can't be made."""
    known, kind, title = naming.known(root), wish.kind, wish.title.strip()
    if len(title.splitlines()) > 1:
        msg = "This title has more than one line. Write it in one line."
        raise StartError(msg)
    starter = _starter(root, wish)
    chosen = choose_id(known, kind, title, wish.id)
    facts = derived(kind, title, chosen, wish.today, known.number(kind))
    lines = [*_steps(kind, chosen), *Skeleton().of(kind.model, {**starter, **facts})]
    if kind.is_list:
        started = in_list(known, kind, skeleton.dashed([], lines))
    else:
        text = "\n".join(["---", *lines, "---", "", BODIES.get(kind.name, OTHER_BODY), ""])
        started = in_file(known, kind, chosen, text)
    errors = (problem for problem in started.left if problem.severity == "error")
    wrong = [problem for problem in errors if not blanks.is_one(problem)]
    if wrong:
        msg = visible(f"This title can't be used. {wrong[0].sentence}")
        raise StartError(msg)
    return started


def _starter(root: Path, wish: Wish) -> Mapping[str, Any]:
    """Give what a kind starts with; an example has an answer for each field of its template."""
    name = wish.kind.name
    if name != "example":
        if wish.template:
            msg = (
                f"Only an example fills in a template, and this is a {name}. Leave out --template."
            )
            raise StartError(msg)
        return STARTERS.get(name, {})
    templates = {entry.id: entry.facts for entry in load(root).of("template")}
    facts = templates.get(wish.template)
    if not isinstance(facts, Template):
        hint = nearest(wish.template, templates) or f"There are: {', '.join(templates)}."
        msg = f"Say --template ID: the template that the example fills in. {hint}"
        raise StartError(msg)
    asked = [field for field in clauses.fields(facts).values() if not field.withdrawn]
    filled = tuple(
        {"field": field.id, "text": blanks.text(f"{field.label}. {field.prompt}")}
        for field in asked
    )
    return {"template": wish.template, "filled": filled}


def _steps(kind: Kind, id_: str) -> Iterator[str]:
    also = f", and {_HOW} shows how such a file works" if kind in RESOURCES else ""
    page, hash_, anchor = kind.page.format(id=id_).partition("#")
    address = f"/{page.removesuffix('.md')}/{hash_}{anchor}"
    for step in _STEPS.splitlines():
        yield from comment(step.format(also=also, page=address))
    yield ""


def in_file(known: naming.Known, kind: Kind, id_: str, text: str) -> Started:
    """Give a file of its own with what is wrong in it."""
    path = f"{CONTENT}/{kind.place}/{id_}.md"
    if (known.root / path).exists():
        msg = f"{path} is there already."
        raise StartError(msg)
    return Started(path, text, 1, draft(known.root, path, text))


def in_list(known: naming.Known, kind: Kind, lines: list[str]) -> Started:
    """Give an item at the end of a list with what is wrong in it."""
    path = f"{CONTENT}/{kind.place}"
    before = known.sources.get(path)
    old = _text(known.root / path)
    indent = _DASH.search(old)
    apart = "\n" if _APART.search(old) else ""
    start = ("" if old.endswith("\n") or not old else "\n") + apart
    added = "".join(f"{indent.group(1) if indent else ''}{line}".rstrip() + "\n" for line in lines)
    after = source.of_text(old + start + added, path)
    count = _grown(before.front.data if before else (), after.front.data)
    if count is None:
        msg = f"{path} can't be added to. Run dpup check, and mend it first."
        raise StartError(msg)
    left = draft(known.root, path, old + start + added)
    return Started(path, start + added, after.front.marks[count,].line, left, old)


def _text(file: Path) -> str:
    """Give the text of a list as it is; empty where there is none that can be read."""
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _grown(before: Data, after: Data) -> int | None:
    """Give the place of the item that a list has more than before; None when it is not so."""
    if not isinstance(before, tuple) or not isinstance(after, tuple):
        return None
    return len(before) if len(after) == len(before) + 1 and after[:-1] == before else None


def choose_id(known: naming.Known, kind: Kind, title: str, id_: str) -> str:
    """Give the id that was asked for, or one made of the title, if it is free."""
    wanted = id_ or naming.id_of(title)
    if not wanted:
        msg = "This title has no letters or digits to make an id of. Say one with --id."
        raise StartError(msg)
    if fault := known.fault(kind, wanted):
        free = known.free(kind, naming.id_of(wanted) or kind.name)
        msg = visible(f"{fault} Say --id {free}, which is free, or another one.")
        raise StartError(msg)
    if wanted in _RESERVED and not kind.is_list:
        msg = f"Windows can't keep a file with the name {wanted}.md. Say another id with --id."
        raise StartError(msg)
    return wanted
