"""The review packet: all that those who decide on a proposal have to know, in Markdown."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from dpup import coverage
from dpup.evolve import approvers, documents, effects, formats, kept, outside, story
from dpup.evolve.formats import code, escaped
from dpup.owners import NOBODY
from dpup.problems import Problem, errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dpup.evolve.compare import Comparison
    from dpup.library import Library

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
    others: outside.Others = outside.NONE
    """What differs beside the entries."""
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
            yield f"{formats.NOTHING if self._is_all else _NO_ENTRY}\n"
            yield from self._others()
            yield from self._checks()
            yield from () if self._is_all else self._people()
            return
        entries = f"{len(chapters)} {'entry differs' if len(chapters) == 1 else 'entries differ'}"
        yield f"**{entries}.** In them:\n"
        for label, name, number in story.counts(chapters):
            yield f"- {label}: {number} {_CLASSES.get(name, name)}"
        yield ""
        yield from self._others()
        yield from self._checks()
        yield from self._people()
        yield "## What changed\n"
        yield formats.as_markdown(self.comparison)
        yield from self._effects()
        yield from self._language()
        yield from self._coverage()

    @property
    def _is_all(self) -> bool:
        """Whether nothing else differs than what the entries tell."""
        return self.others.is_known and not self.others.files

    def _others(self) -> Iterator[str]:
        yield "## Other files\n"
        if self._is_all:
            yield "No other file differs that git keeps.\n"
        if not self.others.is_known:
            yield "An edition keeps entries only, so nothing can be said of other files.\n"
        if self.others.judges_itself:
            yield f"{_ITS_OWN_JUDGE}\n"
        for group, files in outside.grouped(self.others.files).items():
            yield f"- {group}: {len(files)}"
            for file in files[:_MOST]:
                fate = f" ({file.fate})" if file.fate else ""
                asked = " and ".join(f"**{escaped(name)}**" for name in self.owners(file.path))
                yield f"  - {code(file.path)}{fate}, for {asked or NOBODY}"
            if len(files) > _MOST:
                yield f"  - … and {len(files) - _MOST} more; your forge lists all"
        if self.others.files:
            yield ""

    def _checks(self) -> Iterator[str]:
        yield "## Is it sound?\n"
        count, better = len(errors(self.problems)), len(self.problems) - len(errors(self.problems))
        said = f"{count or 'no'} problem{'s' if count > 1 else ''}"
        more = f" and {better} warning{'s' if better > 1 else ''}" if better else ""
        end = ":" if self.problems else "."
        yield f"`dpup check --against` finds {said}{more}{end}\n"
        yield from (f"- {_place(problem)}" for problem in self.problems[:_MOST])
        if len(self.problems) > _MOST:
            yield f"- … and {len(self.problems) - _MOST} more"
        if self.problems:
            yield ""

    def _people(self) -> Iterator[str]:
        yield "## Who has to look\n"
        needed = approvers.needed(self.comparison)
        if self.others.judges_itself:
            first = needed.get(approvers.STEWARD, ())
            rest = {who: reasons for who, reasons in needed.items() if who != approvers.STEWARD}
            needed = {approvers.STEWARD: (*first, _READ_FIRST), **rest}
        for who, reasons in needed.items():
            yield f"- [ ] **{who}**"
            yield from (f"  - {_code_kept(reason)}" for reason in reasons)
        if not needed:
            yield "- [ ] anyone who knows the subject: nothing here needs a certain reviewer"
        yield from self._owners()
        yield ""

    def _owners(self) -> Iterator[str]:
        """Name whom the forge asks, with some of the files that they look after."""
        files: dict[str, list[str]] = {}
        for path in sorted({*self.paths, *(file.path for file in self.others.files)}):
            for owner in self.owners(path):
                files.setdefault(owner, []).append(code(path))
        for owner, paths in sorted(files.items()):
            more = f" and {len(paths) - _SOME} more" if len(paths) > _SOME else ""
            yield f"- [ ] **{escaped(owner)}**, who looks after {', '.join(paths[:_SOME])}{more}"

    @property
    def paths(self) -> frozenset[str]:
        """The files in which something differs, or did until it left them."""
        sides = (side for it in self.comparison.differences for side in (it.old, it.new) if side)
        return frozenset(side.entry.path for side in sides)

    def _effects(self) -> Iterator[str]:
        yield "## What it reaches\n"
        yield from list(self._reached()) or ["It reaches nothing else."]
        yield ""

    def _reached(self) -> Iterator[str]:
        again = ", ".join(f"`{id_}`" for id_ in effects.again(self.comparison))
        if again:
            yield f"- **To be looked at again**, until `reviewed` has a later day: {again}"
        for answers in effects.answers(self.comparison):
            yield f"- **Saved answers** to `{answers.form.id}`: {_said(answers)}"
        if notices := effects.notices(self.comparison):
            yield f"- **Notices** of {', '.join(f'`{entry.id}`' for entry in notices)}"
        alike: dict[tuple[str, ...], list[str]] = {}
        for id_, labels in documents.made_anew(self.comparison):
            alike.setdefault(labels, []).append(f"`{id_}`")
        for labels, ids in alike.items():
            yield f"- **Downloads** of {', '.join(ids)}: {', '.join(labels)}"

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


_SOME: Final = 20
_NO_ENTRY: Final = "No entry differs."
_ITS_OWN_JUDGE: Final = (
    "**The proposal has judged itself.** It changes code, settings or who is asked, and all that "
    "this packet says was found with them. Read these files before you rely on it."
)
_READ_FIRST: Final = "the files that have a say in what is checked, and in who is asked"
_CLASSES: Final = {
    "editorial": "changed in style",
    "kept": "with only what is noted about it changed",
    "reordered": "in another order",
    "refers": "with other practices named",
    "gone": "gone without a tombstone",
    "restored": "brought back",
}


def _place(problem: Problem) -> str:
    where = f"{problem.where}: " if problem.where else ""
    return f"{code(f'{problem.path}:{problem.line}')} {escaped(where + problem.sentence)}"


def _code_kept(reason: str) -> str:
    """Escape a reason, but for the id before it."""
    id_, colon, rest = reason.partition(": ")
    return f"{id_}{colon}{escaped(rest)}" if colon else escaped(reason)


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
