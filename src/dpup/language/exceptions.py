"""What is right as it stands: ``language-ok.yml`` beside ``content/``, with a reason for each."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from dpup.allowed import Right
from dpup.explain import explain, place
from dpup.places import link_problem
from dpup.problems import Problem
from dpup.source import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dpup.language.passages import Finding
    from dpup.source import Source

FILE: Final = "language-ok.yml"


@dataclasses.dataclass
class Rights:
    """All that is right as it stands, and what was wrong with the list itself."""

    items: list[tuple[Right, int]] = dataclasses.field(default_factory=list)
    """Each with the line at which it starts."""
    problems: list[Problem] = dataclasses.field(default_factory=list)
    used: set[int] = dataclasses.field(default_factory=set)

    def allow(self, finding: Finding) -> bool:
        """Tell whether a finding is right as it stands, and remember what said so."""
        matching = {number for number, (item, _) in enumerate(self.items) if _fits(item, finding)}
        self.used |= matching
        return bool(matching)

    @property
    def unused(self) -> Iterator[Problem]:
        """Warn of what no text needs any more."""
        for number, (item, line) in enumerate(self.items):
            if number not in self.used:
                message = f"Nothing needs '{item.words}' any more."
                where = f"[{number}]"
                yield Problem(FILE, line, 1, where, message, "Remove this item.", "warning")


def read(root: Path) -> Rights:
    """Read the list of a project; a project need not have one."""
    file = root / FILE
    rights = Rights()
    if file.is_symlink():
        rights.problems.append(link_problem(root, file, FILE))
    elif file.exists():
        source = read_yaml(file, FILE)
        rights.problems += source.problems
        if source.sound:
            _read(source, rights)
    return rights


def _read(source: Source, rights: Rights) -> None:
    if not isinstance(source.front.data, tuple):
        hint = "Start each item with a dash: - rule: …"
        rights.problems.append(Problem(FILE, 1, 1, "", "This file has to be a list.", hint))
        return
    for index, data in enumerate(source.front.data):
        try:
            item = Right.model_validate(data)
        except ValidationError as error:
            rights.problems += explain(error, source, Right, (index,))
        else:
            rights.items.append((item, place(source.front.marks, (index,))[0]))


def _fits(item: Right, finding: Finding) -> bool:
    """Tell whether an item is about a finding: its words hold those of the finding, or begin it."""
    if item.rule != finding.rule or not _lies_in(finding.passage.path, item.in_):
        return False
    if item.rule == "reading-age":
        return item.words == finding.words
    words = re.compile(re.escape(item.words), re.IGNORECASE)
    if item.rule == "long-sentence":
        return words.match(finding.passage.text, finding.start) is not None
    first = max(0, finding.end - len(item.words))
    found = (words.match(finding.passage.text, at) for at in range(first, finding.start + 1))
    return any(found)


def _lies_in(path: str, place: str | None) -> bool:
    return place is None or path == place or path.startswith(f"{place.rstrip('/')}/")
