"""The ways through a decision helper: where answers lead, what is reached, how long it takes.

Pure functions over the facts of one helper. What is withdrawn is on no way.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from dpup import fingerprints
from dpup.branching import DecisionQuestion, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpup.branching import DecisionAnswer
    from dpup.toolkit import Decision

Piece = DecisionQuestion | Outcome
Turns = dict[str, tuple[str, ...]]
"""The id of each piece in force, and the ids that its answers lead to."""


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """An answer with what stands at its other end."""

    facts: DecisionAnswer
    leads: str
    """Where it leads, in words: ``question 3``."""


@dataclasses.dataclass(frozen=True, slots=True)
class Stop:
    """A question or an outcome, in its place among the others in force."""

    facts: Piece
    number: int
    """From 1; questions and outcomes are counted apart."""
    answers: tuple[Answer, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Changes when what is asked changes, and not when only its help does."""
        if isinstance(self.facts, Outcome):
            return fingerprints.of(self.facts.title, *self.facts.steps)
        return fingerprints.of(self.facts.question, *(a.text for a in self.facts.answers))


def questions(facts: Decision) -> tuple[Stop, ...]:
    """Give the questions in force, numbered, each answer with where it leads."""
    names = dict(_names(facts))
    asked = (question for question in facts.questions if not question.withdrawn)
    return tuple(
        Stop(q, number, tuple(Answer(a, names.get(a.next, "")) for a in q.answers))
        for number, q in enumerate(asked, 1)
    )


def outcomes(facts: Decision) -> tuple[Stop, ...]:
    """Give the outcomes in force, numbered."""
    ends = (outcome for outcome in facts.outcomes if not outcome.withdrawn)
    return tuple(Stop(outcome, number) for number, outcome in enumerate(ends, 1))


def gone(facts: Decision) -> tuple[Piece, ...]:
    """Give what is withdrawn, which keeps its place on the page."""
    return tuple(piece for piece in pieces(facts) if piece.withdrawn)


def pieces(facts: Decision) -> tuple[Piece, ...]:
    """Give all questions and outcomes, in order."""
    return (*facts.questions, *facts.outcomes)


def _names(facts: Decision) -> Iterator[tuple[str, str]]:
    """Say for each id how a reader finds it: by its number."""
    for word, pieces in (("question", facts.questions), ("outcome", facts.outcomes)):
        inside = (piece for piece in pieces if not piece.withdrawn)
        for number, piece in enumerate(inside, 1):
            yield piece.id, f"{word} {number}"


def turns(facts: Decision) -> Turns:
    """Map each piece in force to where it leads; an outcome leads nowhere."""
    asked = {q.id: tuple(a.next for a in q.answers) for q in facts.questions if not q.withdrawn}
    return asked | {outcome.id: () for outcome in facts.outcomes if not outcome.withdrawn}


def start(facts: Decision) -> str:
    """Give the id of the first question in force; nothing when all are withdrawn."""
    return next((question.id for question in facts.questions if not question.withdrawn), "")


def reached(graph: Mapping[str, tuple[str, ...]], first: str) -> frozenset[str]:
    """Give every id that some way from the first one leads to."""
    found: set[str] = set()
    waiting = [first] if first in graph else []
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += [there for there in graph[here] if there in graph]
    return frozenset(found)


def longest(graph: Mapping[str, tuple[str, ...]], first: str) -> int:
    """Count the questions on the longest way from the first one. There must be no circle."""
    known: dict[str, int] = {}
    waiting = [first] if first in graph else []
    while waiting:
        here = waiting[-1]
        ends = [there for there in graph[here] if there in graph]
        unknown = [there for there in ends if there not in known]
        if unknown:
            waiting += unknown
            continue
        waiting.pop()
        known[here] = 1 + max(known[there] for there in ends) if ends else 0
    return known.get(first, 0)


def backward(graph: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, int]]:
    """Yield each answer that closes a circle: the id of its question and its place from 0."""
    state: dict[str, str] = {}
    for first in graph:
        waiting: list[tuple[str, int]] = [] if first in state else [(first, 0)]
        while waiting:
            here, number = waiting.pop()
            state[here] = _OPEN
            if number == len(graph[here]):
                state[here] = _DONE
                continue
            waiting.append((here, number + 1))
            there = graph[here][number]
            if state.get(there) == _OPEN:
                yield here, number
            elif there in graph and there not in state:
                waiting.append((there, 0))


_OPEN: Final = "open"
_DONE: Final = "done"
