"""Reports over the library, as rows of plain data; the command prints them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dpup import coverage as gaps
from dpup.kinds import KINDS, RESOURCES
from dpup.reviews import awaiting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dpup.library import Library

Row = dict[str, str | int]
RUN: Final = 8
_APOSTROPHE = "\u2019"
_WORD = re.compile(rf"[\w'{_APOSTROPHE}-]+")
_TEXTS = {".md", ".yml", ".html"}


def review(library: Library) -> list[Row]:
    """List what awaits a reviewer: who is needed, where it is, and what is uncertain."""
    return [
        {"needs": item.needs, "at": item.uri, "field": item.where, "note": item.note}
        for item in awaiting(library)
    ]


def counts(library: Library) -> list[Row]:
    """Count the entries of each kind, the practices and the information privacy principles."""
    rows: list[Row] = [
        {"what": kind.plural, "count": len(library.of(name))} for name, kind in KINDS.items()
    ]
    rows.append({"what": "Practices", "count": len(library.all_practices)})
    rows.append({"what": "Official roles", "count": len(library.of("role", official=True))})
    rows.append({"what": "IPPs", "count": len(library.of("law", group="ipp"))})
    return rows


def coverage(library: Library) -> list[Row]:
    """Say what the toolkit covers and what it lacks; the totals come last."""
    found = gaps.of(library)
    rows = [_answer_row(answer) for answer in found.answers]
    rows += [_served_row(served) for served in found.served]
    rows += [{"about": "practice in no resource", "what": item.id} for item in found.unused]
    rows += [{"about": "resource with no practice", "what": item.id} for item in found.unwired]
    totals = {
        "official resources": len(found.answers),
        "official resources unanswered": len(found.unanswered),
        "practices in no resource": len(found.unused),
        "resources with no practice": len(found.unwired),
        "roles and stages thinly served": len(found.thin),
    }
    rows += [{"about": "total", "what": what, "count": n} for what, n in totals.items()]
    return rows


def _answer_row(answer: gaps.Answer) -> Row:
    ids = ", ".join(thing.id for thing in answer.counterparts)
    return {
        "about": "official resource",
        "what": answer.official.title,
        "counterparts": ids,
        "reason": answer.reason,
        "answered": "yes" if answer.answered else "no",
    }


def _served_row(served: gaps.Served) -> Row:
    kinds = zip(RESOURCES, served.counts, strict=True)
    made = ", ".join(f"{kind.plural.lower()} {count}" for kind, count in kinds if count)
    return {
        "about": served.entry.kind.name,
        "what": served.entry.id,
        "resources": served.total,
        "of which": made,
        "thin": "yes" if served.thin else "no",
    }


REPORTS: Final = {"review": review, "counts": counts, "coverage": coverage}


def overlap(root: Path, originals: Path) -> list[Row]:
    """Find runs of ``RUN`` words that content or pages share with the texts of a folder."""
    known: dict[tuple[str, ...], str] = {}
    for file in sorted(originals.glob("*.txt")):
        for _, run in _runs(file.read_text(encoding="utf-8")):
            known.setdefault(run, file.name)
    return [
        {"at": f"{file.relative_to(root).as_posix()}:{line}", "words": " ".join(run), "in": where}
        for folder in ("content", "docs", "macros")
        for file in sorted((root / folder).rglob("*.*"))
        if file.suffix in _TEXTS
        for line, run in _runs(file.read_text(encoding="utf-8"))
        if (where := known.get(run))
    ]


def _runs(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield every run of words with the line that it starts on."""
    words = [
        (number, word.lower().replace(_APOSTROPHE, "'"))
        for number, line in enumerate(text.split("\n"), 1)
        for word in _WORD.findall(line)
    ]
    for start in range(len(words) - RUN + 1):
        part = words[start : start + RUN]
        yield part[0][0], tuple(word for _, word in part)


def as_text(rows: Sequence[Row]) -> str:
    """One line a row, and how many there are."""
    lines = [" | ".join(str(value) for value in row.values() if value != "") for row in rows]
    return "\n".join([*lines, f"{len(rows)} rows"])
