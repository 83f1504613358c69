"""Rules of decision helpers: every way ends in an outcome, and nothing stands beside the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dpup import ways
from dpup.explain import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dpup.branching import DecisionQuestion
    from dpup.pointing import Pointer
    from dpup.problems import Problem
    from dpup.safeyaml import Path
    from dpup.toolkit import Decision


def decision_problems(facts: Decision, report: Pointer) -> Iterator[Problem]:
    """Everything that is wrong inside a decision helper."""
    pieces = {piece.id: piece for piece in ways.pieces(facts)}
    if not ways.start(facts):
        hint = "Keep one in force, or withdraw the helper as a whole."
        yield report(("questions",), "Every question is withdrawn.", hint)
        return
    for number, question in enumerate(facts.questions):
        yield from _answers(question, ("questions", number), report)
    wrong = list(_turns(facts, pieces, report)) or list(_circles(facts, report))
    # What is wrong with a turn leaves other things unreached: one slip gives one line.
    yield from wrong or _unreached(facts, report)


def _answers(question: DecisionQuestion, where: Path, report: Pointer) -> Iterator[Problem]:
    """Let each answer be another one, and at least one of them decide something."""
    for name, word, hint in (("id", "id", _OTHER_ID), ("text", "answer", "Say something else.")):
        seen: set[str] = set()
        for number, answer in enumerate(question.answers):
            said = " ".join(str(getattr(answer, name)).lower().split())
            if said in seen:
                message = f"The {word} '{getattr(answer, name)}' stands here twice."
                yield report((*where, "answers", number, name), message, hint)
            seen.add(said)
    ends = {answer.next for answer in question.answers}
    if len(ends) == 1 and not any(answer.means for answer in question.answers):
        message = f"Every answer here leads to '{ends.pop()}', so nothing is decided."
        hint = "Let one lead elsewhere, say with means: what each changes, or drop it."
        yield report((*where, "answers"), message, hint)


_OTHER_ID: Final = "Give this one another id."


def _turns(facts: Decision, pieces: Mapping[str, ways.Piece], report: Pointer) -> Iterator[Problem]:
    """Let every answer in force lead to something in force."""
    for i, question in enumerate(facts.questions):
        for n, answer in enumerate(() if question.withdrawn else question.answers):
            where = ("questions", i, "answers", n, "next")
            piece = pieces.get(answer.next)
            if piece is None:
                hint = nearest(answer.next, pieces) or _OF_THIS_FILE
                yield report(where, f"No question or outcome '{answer.next}'.", hint)
            elif piece.withdrawn:
                message = f"'{answer.next}' was withdrawn on {piece.withdrawn.date}."
                yield report(where, message, "Lead to something that is in force.")


_OF_THIS_FILE: Final = "Use the id of a question or outcome of this file."


def _circles(facts: Decision, report: Pointer) -> Iterator[Problem]:
    places = {question.id: number for number, question in enumerate(facts.questions)}
    for id_, number in ways.backward(ways.turns(facts)):
        back = facts.questions[places[id_]].answers[number].next
        message = f"This leads back to '{back}', so people go round in a circle."
        hint = "Lead to a question that has not been asked yet, or to an outcome."
        yield report(("questions", places[id_], "answers", number, "next"), message, hint)


def _unreached(facts: Decision, report: Pointer) -> Iterator[Problem]:
    found = ways.reached(ways.turns(facts), ways.start(facts))
    for field, word in (("questions", "question"), ("outcomes", "outcome")):
        for number, piece in enumerate(getattr(facts, field)):
            if piece.id not in found and not piece.withdrawn:
                message = f"No answer leads to the {word} '{piece.id}'."
                hint = "Let an answer lead to it, or remove it."
                yield report((field, number), message, hint)
