"""Every way through a decision helper, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpup import ways

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.toolkit import Decision

Way = tuple[tuple[str, str], ...]
"""Ids of questions with those of the answers given, in order."""


def walk(facts: Decision) -> Iterator[tuple[Way, str]]:
    """Yield every way through a sound helper with the id of the outcome that it ends in."""
    asked = {question.id: question for question in facts.questions}
    waiting: list[tuple[Way, str]] = [((), ways.start(facts))]
    while waiting:
        way, here = waiting.pop(0)
        if here not in asked:
            yield way, here
            continue
        waiting += [((*way, (here, answer.id)), answer.next) for answer in asked[here].answers]
