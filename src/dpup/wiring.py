"""Rules of the toolkit: what is wired to the policy has to hold, and each slip has its cure.

Like ``rules`` it works on the index and the marks of the sources, and opens nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dpup import model, shapes, toolkit, yesno
from dpup.decisions import decision_problems
from dpup.explain import nearest
from dpup.notices import example_problems, template_problems
from dpup.resources import items, used
from dpup.selections import filters_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.entries import Entry
    from dpup.links import Index
    from dpup.pointing import Pointer
    from dpup.problems import Problem
    from dpup.safeyaml import Path


def problems(entry: Entry, index: Index, report: Pointer) -> Iterator[Problem]:
    """Everything that is wrong with how an entry is wired."""
    yield from _questions(entry, report)
    if not isinstance(entry.facts, toolkit.Resource):
        return
    yield from _selections(entry.facts, (), index, report)
    yield from _declared(entry, entry.facts, index, report)
    yield from _flow(entry.facts, report)
    match entry.facts:
        case toolkit.Checklist():
            yield from _checklist(entry, entry.facts, index, report)
        case toolkit.Template():
            yield from template_problems(entry.facts, report)
        case toolkit.Example():
            yield from example_problems(entry.facts, index, report)
        case toolkit.Summary() | toolkit.Workshop():
            yield from _excerpts(entry.facts, (), index, report)
        case toolkit.Quiz():
            yield from _quiz(entry.facts, report)
        case toolkit.Decision():
            yield from decision_problems(entry.facts, report)
    if isinstance(entry.facts, toolkit.Workshop):
        yield from _agenda(entry.facts, report)


def _questions(entry: Entry, report: Pointer) -> Iterator[Problem]:
    """Practices become items of checklists, so their questions obey the same rule."""
    field = "areas" if entry.kind.name == "principle" else "activities"
    for i, group in enumerate(entry.groups):
        for n, practice in enumerate(group.practices):
            if fault := yesno.fault(practice.question):
                yield report((field, i, "practices", n, "question"), *fault)


def _selections(
    facts: model.Model, where: Path, index: Index, report: Pointer
) -> Iterator[Problem]:
    """Look at every selection inside a resource."""
    for name, value in facts:
        for number, item in enumerate(value if isinstance(value, tuple) else (value,)):
            here = (*where, name, number) if isinstance(value, tuple) else (*where, name)
            if isinstance(item, shapes.Selection):
                yield from _selection(item, here, index, report)
            elif isinstance(item, model.Model):
                yield from _selections(item, here, index, report)


def _selection(
    selection: shapes.Selection, where: Path, index: Index, report: Pointer
) -> Iterator[Problem]:
    filters = filters_of(selection)
    if not filters:
        yield report(where, "This selects every practice.", _FILTER)
        return
    if any(_unknown(name, value, index) for name, value in filters.items()):
        return  # an unknown id is told as such, and can't find anything
    if not index.selector.find(filters):
        yield report(where, *_nothing(index.selector.clash(filters), filters))
        return
    found = {practice.id for practice in index.selector.find(filters)}
    for number, id_ in enumerate(selection.without):
        if id_ in index.practices and id_ not in found:
            message = f"'{id_}' is left out here, but the filters don't find it."
            yield report((*where, "without", number), message, "Remove it.")
    if found <= set(selection.without):
        yield report(where, "All that the filters find is left out.", "Leave out less.")


_FILTER: Final = "Name at least one of guideline, principle, group, role, stage, law, finding."


def _unknown(name: str, value: str | bool, index: Index) -> bool:  # noqa: FBT001 - a filter's value
    return isinstance(value, str) and value not in index.known(name)


def _nothing(clash: tuple[str, ...], filters: dict[str, str | bool]) -> tuple[str, str]:
    shown = [f"{name} {filters[name]}".lower() for name in clash]
    if len(shown) == 1:
        return f"Nothing is selected: no practice has {shown[0]}.", "Choose another filter."
    said = " and ".join([", ".join(shown[:-1]), shown[-1]])
    return f"These filters contradict each other: no practice has {said}.", "Drop one of them."


def _declared(
    entry: Entry, facts: toolkit.Resource, index: Index, report: Pointer
) -> Iterator[Problem]:
    """Hold a resource to the Guidelines and Principles that it says it serves."""
    if not _all_known(entry, index):
        return
    practices = used(entry, index)
    for field, kind in (("guidelines", "guideline"), ("principles", "principle")):
        touched = index.touched(practices, kind)
        for number, id_ in enumerate(getattr(facts, field)):
            if id_ in index.known(kind) and id_ not in touched:
                message = f"No practice of '{id_}' is used here."
                yield report((field, number), message, "Use one, or remove this id.")


def _all_known(entry: Entry, index: Index) -> bool:
    """Tell whether every practice that a resource names exists: one slip gives one line."""
    named = (ref for ref in index.references(entry) if ref.kind in {"practice", "page"})
    return not index.broken and all(ref.id in index.known(ref.kind) for ref in named)


def _checklist(
    entry: Entry, facts: toolkit.Checklist, index: Index, report: Pointer
) -> Iterator[Problem]:
    yield from _meanings(facts, report)
    for i, section in enumerate(facts.sections):
        for n, item in enumerate(section.items):
            yield from _item(item, ("sections", i, "items", n), report)
    yield from _repeats(entry, facts, index, report)


def _meanings(facts: toolkit.Checklist, report: Pointer) -> Iterator[Problem]:
    said = facts.meanings
    if facts.answers != "tick" and said is None:
        hint = "Add meanings: with if_yes: and if_no:, or set answers: tick."
        yield report(("answers",), "Nobody says what an answer means.", hint)
    if facts.answers == "yes-no-na" and said is not None and said.if_not_applicable is None:
        hint = "Add if_not_applicable: below meanings:, or set answers: yes-no."
        yield report(("meanings",), "Nobody says what 'not applicable' means.", hint)
    if facts.answers == "tick" and said is not None:
        yield report(("meanings",), "Items that are only ticked have no answers.", "Remove it.")


def _item(item: shapes.ChecklistItem, where: Path, report: Pointer) -> Iterator[Problem]:
    """Let an item be a practice, a selection or a question of its own, and only one."""
    own = item.question is not None or item.id is not None
    given = [item.from_ is not None, item.select is not None, own]
    if given.count(True) != 1:
        message = "This item is empty." if not any(given) else "This item is several things."
        yield report(where, message, "Give it either from, or select, or id and question.")
        return
    if not own:
        if item.supports:
            hint = "Remove it; the practice stands behind the item already."
            yield report((*where, "supports"), "Only a question of its own supports.", hint)
        return
    for name in ("id", "question", "supports"):
        if not getattr(item, name):
            message = f"A question of its own needs '{name}'."
            yield report(where, message, f"Add a line that starts with {name}:")
    if item.question and (fault := yesno.fault(item.question)):
        yield report((*where, "question"), *fault)


def _repeats(
    entry: Entry, facts: toolkit.Checklist, index: Index, report: Pointer
) -> Iterator[Problem]:
    """Nobody answers the same thing twice."""
    seen: dict[str, Path] = {}
    for number in range(len(facts.sections)):
        for item in items(entry, number, index):
            key = " ".join(item.question.lower().split()) if item.piece else item.id
            first = seen.setdefault(key, item.where)
            if first != item.where:
                line = report.place(first)[0]
                shown = "This question" if item.piece else f"'{item.id}'"
                message = f"{shown} is an item already, in line {line}."
                hint = "Remove one." if item.piece else _LEAVE_OUT
                yield report(item.where, message, hint)


_LEAVE_OUT: Final = "Remove one, or leave it out of the selection with without: [id]."


def _flow(facts: toolkit.Resource, report: Pointer) -> Iterator[Problem]:
    flow = facts.flow
    if flow is None:
        return
    known: set[str] = set()
    for number, party in enumerate(flow.parties):
        if party.id in known:
            message = f"The id '{party.id}' is used twice in this map."
            yield report(("flow", "parties", number, "id"), message, "Give this one another id.")
        known.add(party.id)
    wrong = list(_passings(flow, known, report))
    yield from wrong or _idle(flow, report)


def _passings(flow: shapes.FlowMap, known: set[str], report: Pointer) -> Iterator[Problem]:
    for number, passing in enumerate(flow.passings):
        here = ("flow", "passings", number)
        for name in ("sender", "receiver"):
            id_ = getattr(passing, name)
            if id_ not in known:
                hint = nearest(id_, known) or "Use the id of a party of this map."
                yield report((*here, name), f"No party '{id_}'.", hint)
        if passing.sender == passing.receiver:
            yield report((*here, "receiver"), "This passes to itself.", "Name another receiver.")


def _idle(flow: shapes.FlowMap, report: Pointer) -> Iterator[Problem]:
    busy = {id_ for passing in flow.passings for id_ in (passing.sender, passing.receiver)}
    for number, party in enumerate(flow.parties):
        if party.id not in busy:
            message = f"The party '{party.id}' passes nothing and gets nothing."
            yield report(("flow", "parties", number), message, "Remove it, or add a passing.")


OF_KIND: Final[dict[str, frozenset[str]]] = {
    "principle": frozenset({"core-idea", "meaning", "questions"}),
    "guideline": frozenset({"use-when", "covers", "do", "avoid", "exceptions", "beyond-law"}),
    "role": frozenset({"duties", "upholds"}),
}
_BOTH: Final = frozenset({"activities", "practices", "practice-questions"})


def facets_of(kind: str) -> frozenset[str]:
    """Name the facts that a summary can show of an entry of a kind."""
    own = OF_KIND.get(kind, frozenset())
    return own | {"summary"} | (_BOTH if kind in {"principle", "guideline"} else frozenset())


def _excerpts(facts: Any, where: Path, index: Index, report: Pointer) -> Iterator[Problem]:  # noqa: ANN401 - any model
    for name, value in facts:
        for number, item in enumerate(value if isinstance(value, tuple) else ()):
            here = (*where, name, number)
            if isinstance(item, shapes.Excerpt | shapes.Slide):
                yield from _excerpt(item, here, index, report)
            elif isinstance(item, shapes.Part):
                yield from _excerpts(item, here, index, report)


def _excerpt(
    item: shapes.Excerpt | shapes.Slide, where: Path, index: Index, report: Pointer
) -> Iterator[Problem]:
    if bool(item.of) != bool(item.show):
        missing = "show" if item.of else "of"
        hint = f"Add a line that starts with {missing}:"
        yield report(where, f"'of' and 'show' go together; '{missing}' is missing.", hint)
    if isinstance(item, shapes.Excerpt):
        full = bool(item.of or item.show or item.picks or item.select)
    else:
        full = bool(item.of or item.show or item.points)
    if not full:
        yield report(where, "This shows nothing.", "Say of: and show:, or give it content.")
    homes = [home for id_ in item.of if (home := index.paged.get(id_))]
    for number, facet in enumerate(item.show):
        lacking = [home.id for home in homes if facet not in facets_of(home.kind.name)]
        if lacking:
            message = f"'{lacking[0]}' has no '{facet}'."
            kind = next(home.kind.name for home in homes if home.id == lacking[0])
            hint = f"Show one of: {', '.join(sorted(facets_of(kind)))}."
            yield report((*where, "show", number), message, hint)


def _agenda(facts: toolkit.Workshop, report: Pointer) -> Iterator[Problem]:
    total = sum(part.minutes for part in facts.parts)
    if total != facts.minutes:
        message = f"The parts take {total} minutes, not {facts.minutes}."
        yield report(("minutes",), message, f"Write minutes: {total}, or change the parts.")


def _quiz(facts: toolkit.Quiz, report: Pointer) -> Iterator[Problem]:
    asked: dict[str, int] = {}
    for number, question in enumerate(facts.questions):
        here = ("questions", number)
        first = asked.setdefault(" ".join(question.question.lower().split()), number)
        if first != number:
            line = report.place(("questions", first))[0]
            message = f"This question is asked already, in line {line}."
            yield report((*here, "question"), message, "Ask something else.")
        rights = [option.right for option in question.options]
        if len(set(rights)) == 1:
            message = f"{'Every' if rights[0] else 'No'} answer here is right."
            yield report((*here, "options"), message, "Mark the right ones with right: true.")
