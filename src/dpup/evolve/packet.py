"""The review packet: all that those who decide on a proposal have to know, in Markdown."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from dpup import coverage
from dpup.evolve import approvers, effects, formats, kept, story
from dpup.evolve.formats import escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dpup.evolve.compare import Comparison
    from dpup.library import Library
    from dpup.problems import Problem

_MOST: Final = 50
"""How many lines of problems a packet shows: more nobody reads."""


@dataclasses.dataclass(frozen=True)
class Packet:
    """A comparison with what the checks and the owners say of it."""

    comparison: Comparison
    since: str
    """What the reader calls the older side."""
    problems: tuple[Problem, ...] = ()
    warnings: Callable[[frozenset[str]], tuple[Problem, ...]] = lambda _: ()
    """Says what could be said better in some files."""
    owners: Callable[[str], tuple[str, ...]] = lambda _: ()
    """Names the owners of a file."""
    released: tuple[str, ...] = ()
    """Names the editions that are new."""

    def markdown(self) -> str:
        """Write the packet."""
        return "\n".join(self._lines()).rstrip("\n") + "\n"

    def _lines(self) -> Iterator[str]:
        chapters = story.of(self.comparison)
        yield f"# Review packet: changes since {escaped(self.since)}\n"
        for version in self.released:
            yield f"**Edition {escaped(version)} is new.** {escaped(kept.ask(version))}\n"
        if not chapters:
            yield f"{formats.NOTHING}\n"
            yield from self._checks()
            return
        entries = f"{len(chapters)} {'entry differs' if len(chapters) == 1 else 'entries differ'}"
        yield f"**{entries}.** In them:\n"
        for label, name, number in story.counts(chapters):
            yield f"- {label}: {number} {_CLASSES.get(name, name)}"
        yield ""
        yield from self._checks()
        yield from self._people()
        yield "## What changed\n"
        yield formats.as_markdown(self.comparison)
        yield from self._effects()
        yield from self._language()
        yield from self._coverage()

    def _checks(self) -> Iterator[str]:
        yield "## Is it sound?\n"
        if not self.problems:
            yield "`dpup check --against` finds no problem.\n"
            return
        count = len(self.problems)
        yield f"`dpup check --against` finds {count} problem{'s' if count > 1 else ''}:\n"
        yield from (f"- {_place(problem)}" for problem in self.problems[:_MOST])
        if count > _MOST:
            yield f"- … and {count - _MOST} more"
        yield ""

    def _people(self) -> Iterator[str]:
        yield "## Who has to look\n"
        needed = approvers.needed(self.comparison)
        for who, reasons in needed.items():
            yield f"- [ ] **{who}**"
            yield from (f"  - {_code_kept(reason)}" for reason in reasons)
        if not needed:
            yield "- [ ] anyone who knows the subject: nothing here needs a certain reviewer"
        files: dict[str, list[str]] = {}
        for path in sorted(self.paths):
            for owner in self.owners(path):
                files.setdefault(owner, []).append(f"`{path}`")
        for owner, paths in sorted(files.items()):
            yield f"- [ ] **{escaped(owner)}**, who looks after {', '.join(paths)}"
        yield ""

    @property
    def paths(self) -> frozenset[str]:
        """The files in which something differs."""
        return frozenset(it.thing.entry.path for it in self.comparison.differences)

    def _effects(self) -> Iterator[str]:
        yield "## What it reaches\n"
        again = ", ".join(f"`{id_}`" for id_ in effects.resting(self.comparison))
        if again:
            yield f"- **To be looked at again**, until `reviewed` has a later day: {again}"
        for answers in effects.answers(self.comparison):
            yield f"- **Saved answers** to `{answers.form.id}`: {_said(answers)}"
        if notices := effects.notices(self.comparison):
            yield f"- **Notices** of {', '.join(f'`{entry.id}`' for entry in notices)}"
        for id_, labels in effects.documents(self.comparison):
            yield f"- **Downloads** of `{id_}`: {', '.join(labels)}"
        yield ""

    def _language(self) -> Iterator[str]:
        found = self.warnings(self.paths)
        yield "## Language\n"
        if not found:
            yield "The language help finds nothing in the files that changed.\n"
            return
        yield from (f"- {_place(warning)}" for warning in found[:_MOST])
        yield ""

    def _coverage(self) -> Iterator[str]:
        yield "## Coverage\n"
        yield "| | Before | After |\n|---|---|---|"
        before, after = _counts(self.comparison.old), _counts(self.comparison.new)
        for name, number in after.items():
            yield f"| {name} | {before[name]} | {number} |"


_CLASSES: Final = {
    "editorial": "changed in style",
    "kept": "with only dates, sources or reviews changed",
    "gone": "gone without a tombstone",
    "restored": "brought back",
}


def _place(problem: Problem) -> str:
    where = f"{problem.where}: " if problem.where else ""
    return f"`{problem.path}:{problem.line}` {escaped(where + problem.sentence)}"


def _code_kept(reason: str) -> str:
    """Escape a reason, but for the id before it."""
    id_, colon, rest = reason.partition(": ")
    return f"{id_}{colon}{escaped(rest)}"


def _said(answers: effects.Answers) -> str:
    parts = [f"kept as they are: {answers.kept}"]
    for ids, what in (
        (answers.again, "to be looked at again"),
        (answers.ended, "no longer asked"),
        (answers.new, "new to answer"),
    ):
        if ids:
            parts.append(f"{what}: {', '.join(f'`{id_}`' for id_ in ids)}")
    return "; ".join(parts)


def _counts(library: Library) -> dict[str, int]:
    covered = coverage.of(library)
    return {
        "Practices in force": len(library.practices()),
        "Practices in no resource": len(covered.unused),
        "Resources": len(library.resources),
        "Resources without a practice": len(covered.unwired),
        "Roles and stages thinly served": len(covered.thin),
        "Official resources without an answer": len(covered.unanswered),
    }
