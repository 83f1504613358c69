"""A filled form that proposes an entry, to the file of that entry or the problems of its boxes.

What was typed is data: YAML's emitter writes it, and no call can stand in it. All else is judged
by the check, on the file as it would be, so that it says the same.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Final

from dpup import asks, box_words, drafting, naming, proposals, starting
from dpup.filling import Filling
from dpup.first_facts import derived
from dpup.kinds import KINDS
from dpup.problems import errors, visible
from dpup.proposal_forms import FORMS
from dpup.proposals import BODY
from dpup.scalars import BRACES, has_braces

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from dpup.answers import Sheet
    from dpup.kinds import Kind
    from dpup.library import Library
    from dpup.problems import Problem
    from dpup.proposals import Form
    from dpup.safeyaml import Path
    from dpup.source import Source
    from dpup.starting import Started

_SEVERAL: Final = "Several things are called this. Write one of these ids:"
_STEP: Final = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


class IntakeError(ValueError):
    """A file that is no form of ours; says why, and what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class Proposal:
    """What became of a form."""

    kind: Kind
    faults: tuple[str, ...]
    """What is wrong, box by box; with any of it, nothing can be written."""
    started: Started | None = None
    """The entry, where nothing is wrong."""
    notes: tuple[str, ...] = ()
    """What somebody should know who sent an older form."""
    checked: tuple[str, ...] = ()
    """What the check says of the same file, word for word."""


def proposal(library: Library, sheet: Sheet, today: dt.date, id_: str = "") -> Proposal:
    """Turn a filled form into an entry of a project."""
    form = FORMS.get(sheet.entry)
    if form is None:
        msg = (
            f"This is the form '{sheet.entry}', which proposes nothing. Take one that starts with "
            "'Propose' from the page Downloads."
        )
        raise IntakeError(msg)
    kind = KINDS[form.kind]
    filling = Filling(form, sheet, library)
    known = naming.known(library.root)
    title = filling.places["term" if form.kind == "term" else "title",]
    try:
        chosen = starting.choose_id(known, kind, filling.title, id_) if filling.title else form.id
    except starting.StartError as error:
        return Proposal(kind, (visible(f"{title}: {error}"),))
    number = known.number(kind)
    data = derived(kind, filling.title, chosen, today, number) | filling.data
    if kind.is_list:
        lines = drafting.item(kind.model, data).splitlines()
        started = starting.in_list(known, kind, lines)
    else:
        text = drafting.document(kind.model, data, filling.body)
        started = starting.in_file(known, kind, chosen, text)
    faults = tuple(dict.fromkeys(map(visible, _faults(library, kind, filling, started))))
    notes = tuple(map(visible, _notes(form, sheet, library)))
    if not faults:
        return Proposal(kind, (), started, notes)
    return Proposal(kind, faults, None, notes, tuple(map(str, errors(started.left))))


def _notes(form: Form, sheet: Sheet, library: Library) -> Iterator[str]:
    """Say what stands in boxes that the form of today does not have; nothing is lost unsaid."""
    yield from sheet.notes
    asked = asks.by_id(proposals.sections(form, library))
    for id_, answer in sheet.answers.items():
        if id_ not in asked and not answer.is_empty:
            said = f"'{answer.asked or id_}' is no box of this form any more."
            yield f"{said} This is not in the file: {' '.join(answer.text.split())}"


def _faults(library: Library, kind: Kind, filling: Filling, started: Started) -> Iterator[str]:
    source = started.read()
    table = box_words.rows(filling.form, library)
    if has_braces(filling.body):
        _, put = box_words.in_words(table, (), " ".join(BRACES))
        yield f"{_box(BODY, filling)}: {put}"
    for problem in errors(started.left):
        if not _is_call(problem, source, filling):
            path = _path(problem, source)
            in_body = not path and problem.line >= source.body_line and not kind.is_list
            where, put = box_words.in_words(table, path[kind.is_list :], problem.sentence)
            box = _box(BODY, filling) if in_body else filling.box(where)
            several = filling.unclear(where)
            said = f"{_SEVERAL} {', '.join(several)}." if several else put
            yield f"{box or problem.where}: {said}".removeprefix(": ")


def _is_call(problem: Problem, source: Source, filling: Filling) -> bool:
    """Tell whether a problem is about braces in the text, which is told already."""
    if problem.where or problem.line < source.body_line or not has_braces(filling.body):
        return False
    line = source.body.split("\n")[problem.line - source.body_line]
    return has_braces(line)


def _box(name: str, filling: Filling) -> str:
    return f"Box '{filling.form.boxes[name].label}'"


def _path(problem: Problem, source: Source) -> Path:
    """Give the path of the field of a problem; one that names only a line is in its last field."""
    if problem.where:
        steps = _STEP.findall(problem.where)
        return tuple(int(number) if number else name for number, name in steps)
    if source.body_line > 1 and problem.line >= source.body_line:
        return ()
    marks = source.front.marks.items()
    above = [(m.line, m.column, path) for path, m in marks if m.line <= problem.line]
    return max(above, key=lambda each: each[:2])[2] if above else ()
