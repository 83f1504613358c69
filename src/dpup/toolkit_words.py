"""The words of the toolkit: its index, its checklists and notices, and what joins what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpup import coverage as gaps
from dpup import matrices, toolkit
from dpup.entries import Practice
from dpup.kinds import KINDS
from dpup.page import Page
from dpup.words import NEED_TO_KNOW

if TYPE_CHECKING:
    from markupsafe import Markup


class ToolkitWords(Page):
    """Words that show resources and what they are wired to."""

    def toolkit(self) -> Markup:
        """List every resource, kind by kind, in a list that can be narrowed."""
        return self.component("toolkit", resources=self.library.resources)

    def tasks(self, role: str = "") -> Markup:
        """List what people are about to do, each with the resource that helps."""
        return self.component("tasks", role=role)

    def checklist(self, id: str = "") -> Markup:  # noqa: A002 - the word's argument
        """Place the items of a checklist."""
        found = self.library.get("checklist", id)
        if found is None:
            return self.unknown("checklist", id)
        return self.component("checklist", entry=found, prefix=f"{id}_")

    def need_to_know(self, variant: str = "", template: str = NEED_TO_KNOW) -> Markup:
        """Place what service users need to know: the list, or one variant of it."""
        found = self.library.get("template", template)
        if found is None or not isinstance(found.facts, toolkit.Template):
            return self.unknown("template", template)
        if not variant:
            return self.component("need-to-know", entry=found)
        chosen = next((item for item in found.facts.variants if item.id == variant), None)
        if chosen is None:
            return self.unknown("variant", variant)
        return self.component("notice", entry=found, variant=chosen, prefix=f"{template}_")

    def finder(self) -> Markup:
        """List every practice in force, in a list that can be narrowed."""
        return self.component("finder", practices=self.library.practices())

    def address(self, id: str = "") -> Markup:  # noqa: A002 - the word's argument
        """Show what has a permanent address: a practice, a question or a field."""
        found = self.library.lookup(id)
        if found is None:
            return self.unknown("practice or question", id)
        name = "address" if isinstance(found, Practice) else "address-piece"
        return self.component(name, thing=found)

    def matrix(self, rows: str = "", columns: str = "", of: str = "practice") -> Markup:
        """Cross two kinds: each cell counts what joins them and leads to it."""
        if rows not in KINDS or columns not in KINDS:
            return self.unknown("kind", rows if rows not in KINDS else columns)
        table = matrices.crossed(self.library, rows, columns, of)
        return self.component("matrix", matrix=table)

    def chain(self) -> Markup:
        """Follow each finding to the Principles, Guidelines and resources that answer it."""
        return self.component("chain", links=matrices.chain(self.library))

    def coverage(self) -> Markup:
        """Show what the toolkit covers and what it lacks."""
        return self.component("coverage", coverage=gaps.of(self.library))
