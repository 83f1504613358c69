"""What the history of an entry has gained, and which of its older lines are not as they were."""

from __future__ import annotations

import dataclasses
import unicodedata
from typing import TYPE_CHECKING, Final

from dpup import meaning, model

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from pydantic import BaseModel

Changes = tuple[model.Change, ...]
_MACRON: Final = "\N{COMBINING MACRON}"


@dataclasses.dataclass(frozen=True, slots=True)
class History:
    """Two states of one history, line by line."""

    gained: Mapping[int, model.Change]
    """New lines by their number, newest first."""
    altered: tuple[tuple[model.Change, int], ...]
    """Older lines that are not quite the same, each with its number in the newer state."""
    lost: Changes
    """Older lines that are not there any more."""


def of(facts: BaseModel) -> Changes:
    """Give the lines of a history; lists keep none."""
    return facts.changes if isinstance(facts, model.Document) else ()


def compared(old: Changes, new: Changes) -> History:
    """Pair the lines of two states: first those that are the same, then those of one mark.

    Each line counts once, and what is new stands above what is old.
    """
    rest = dict(enumerate(new))
    left, _ = _paired([(line, line) for line in old], dict(rest), rest)
    marked = [(mark(line), line) for line in left]
    lost, altered = _paired(marked, {n: mark(line) for n, line in rest.items()}, rest)
    return History(rest, altered, lost)


def _paired(
    old: Sequence[tuple[Hashable, model.Change]],
    new: Mapping[int, Hashable],
    rest: dict[int, model.Change],
) -> tuple[Changes, tuple[tuple[model.Change, int], ...]]:
    """Take lines of the same key out of ``rest``, the lowest first; give what found no pair."""
    left, pairs = [], []
    for key, line in reversed(old):
        found = next((n for n in sorted(rest, reverse=True) if new[n] == key), None)
        if found is None:
            left.append(line)
        else:
            del rest[found]
            pairs.append((line, found))
    return tuple(reversed(left)), tuple(reversed(pairs))


def mark(change: model.Change) -> tuple[str, str, str]:
    """Tell a line from others, whatever its note says."""
    return change.version, change.date.isoformat(), change.kind


def is_mended(old: model.Change, new: model.Change) -> bool:
    """Tell whether only marks or macrons of a note were put right."""
    return (_plain(old.note), sorted(old.items)) == (_plain(new.note), sorted(new.items))


def _plain(note: str) -> str:
    split = unicodedata.normalize("NFD", note).replace(_MACRON, "")
    return meaning.words(unicodedata.normalize("NFC", split))


def in_words(change: model.Change) -> str:
    """Write a line of a history as one line of text."""
    about = f" [{', '.join(change.items)}]" if change.items else ""
    return f"{change.version}, {change.date}, {change.kind}: {change.note}{about}"
