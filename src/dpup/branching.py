"""The parts of a decision helper: questions, answers that lead on, and outcomes.

Like ``shapes`` it opens no file and resolves no reference.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dpup.model import Id, Line, Model, Refs, Text, Withdrawal
from dpup.shapes import SomePractices, SomeTexts


class DecisionAnswer(Model):
    """One answer to choose, and where it leads."""

    id: Id
    """Permanent, unique in this question, never reused; put yes and no in quotes."""
    text: Line
    """The answer, as people would say it; put Yes and No in quotes."""
    means: Text | None = None
    """What this answer means already, whatever comes after it."""
    next: Id
    """Id of the question or outcome of this file that it leads to."""


class DecisionQuestion(Model):
    """A question whose answer decides where to go on."""

    id: Id
    """Permanent, unique in this file, never reused."""
    question: Line
    """The question; its answers have to answer it."""
    hint: Text | None = None
    """A sentence or two of help below the question."""
    answers: Annotated[tuple[DecisionAnswer, ...], Field(min_length=2, max_length=6)]
    """The answers to choose from."""
    supports: SomePractices
    """Full ids of the practices behind the question."""
    withdrawn: Withdrawal | None = None
    """Set when the question is withdrawn; it keeps its id."""


class Outcome(Model):
    """Where the questions lead: what to do now."""

    id: Id
    """Permanent, unique in this file, never reused."""
    title: Line
    """What it comes to, in a few words."""
    steps: SomeTexts
    """What to do, in order."""
    supports: SomePractices
    """Full ids of the practices to follow now."""
    laws: Refs = ()
    """Ids of the laws to look at."""
    go_to: Refs = ()
    """Ids of the checklists, templates and other pages to go on to."""
    withdrawn: Withdrawal | None = None
    """Set when the outcome is withdrawn; it keeps its id."""
