"""The shapes of the files below ``api/v1/``.

Within v1, fields are only added. So nothing here forbids unknown keys: a program that was
written for an older file has to go on working.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from dpup.licence import CREDIT, NOTICE, OFFICIAL, URL

Of = Literal["practice", "resource", "answer"]


class Record(BaseModel):
    """What all shapes share; the strings below the fields describe them in the schema."""

    model_config = ConfigDict(frozen=True, strict=True, use_attribute_docstrings=True)


class Ref(Record):
    """An entry that is pointed at."""

    kind: str
    """Its kind, as in the index."""
    id: str
    """Its id."""
    title: str
    """Its name."""
    page: str
    """Its page, from the root of the site."""


class Tie(Ref):
    """An entry, and how many practices tie it to this one."""

    practices: int
    """How many practices; 0 where the entry is named directly."""


class Item(Record):
    """One item that a checklist comes to."""

    id: str
    """Full id of the practice or of the question."""
    section: str
    """Id of the section in the facts."""
    question: str
    """What it asks."""
    practices: tuple[str, ...]
    """Full ids of the practices behind it."""


class Links(Record):
    """What is derived: nobody types it."""

    practices: tuple[str, ...] = ()
    """Full ids of the practices in force that stand in it, bear on it or are used in it."""
    used_in: tuple[Tie, ...] = ()
    """Resources that use its practices, or that name it."""
    principles: tuple[Tie, ...] = ()
    """Principles that its practices uphold."""
    guidelines: tuple[Tie, ...] = ()
    """Guidelines of its practices."""
    laws: tuple[Tie, ...] = ()
    """Laws that bear on its practices."""
    findings: tuple[Tie, ...] = ()
    """Findings of 2018 that its practices grew from."""
    roles: tuple[Tie, ...] = ()
    """Roles that do its practices."""
    stages: tuple[Tie, ...] = ()
    """Stages at which its practices are done."""
    resources: tuple[Ref, ...] = ()
    """For a role or stage: the resources made for it."""
    answered_by: tuple[str, ...] = ()
    """For an official resource: ids of what answers it here."""
    referred_to_by: tuple[Ref, ...] = ()
    """Entries that name it themselves."""
    items: tuple[Item, ...] = ()
    """For a checklist: what its sections come to."""


class Opening(Record):
    """What every file says first."""

    format: Literal["1.0"] = "1.0"
    """Version of the shape of this file; the first number stays for all of v1."""
    notice: str = NOTICE
    """What this is, and what it is not."""
    licence: str = URL
    """The licence of the words."""
    credit: str = CREDIT
    """A line to credit them with."""


class EntryFile(Opening):
    """One entry of the policy or the toolkit."""

    kind: str
    """Its kind; ``schema/`` has the schema of the facts of each kind."""
    id: str
    """Its permanent id, unique in its kind."""
    title: str
    """Its name."""
    page: str
    """Its page, from the root of the site."""
    url: str | None = None
    """The whole address of the page, where the site knows its own."""
    source: str
    """The content file, from the root of the project."""
    based_on: str | None = None
    """Address of the official page that it restates first of all, where there is one."""
    facts: dict[str, Any]
    """What the content file says, as it is there; whatever is left out has its default."""
    body: str | None = None
    """The prose, as Markdown: links lead to content files, a line in double braces to a list."""
    links: Links
    """What is derived from all entries together."""


class PracticeRecord(Record):
    """One practice: one thing to do."""

    id: str
    """Full permanent id."""
    text: str
    """What to do."""
    question: str
    """The same as a question that yes or no can answer."""
    fingerprint: str
    """Changes when the text or the question changes: 12 digits of SHA-256 over both."""
    kind: str
    """Kind of the entry that it stands in."""
    entry: str
    """Id of that entry."""
    entry_version: str
    """Version of that entry."""
    group: str
    """Full id of its behaviour area or key activity."""
    group_title: str
    """The heading of it."""
    principles: tuple[str, ...]
    """Ids of the Principles that it upholds."""
    guidelines: tuple[str, ...]
    """Ids of the Guidelines that it belongs to or leads to."""
    laws: tuple[str, ...]
    """Ids of the laws that bear on it."""
    roles: tuple[str, ...]
    """Ids of the roles that do it."""
    stages: tuple[str, ...]
    """Ids of the stages at which it is done."""
    findings: tuple[str, ...]
    """Ids of the findings of 2018 that its entry answers."""
    sources: tuple[str, ...]
    """Ids of the sources that it restates."""
    used_in: tuple[str, ...]
    """Ids of the resources that use it."""
    awaits: tuple[Literal["te-reo", "legal", "source"], ...]
    """Which reviewers it still awaits."""
    beyond_law: str | None = None
    """Where it asks more than the law does."""
    withdrawn: dict[str, Any] | None = None
    """Set when it is withdrawn: date, reason and what replaces it."""
    page: str
    """Where it stands, from the root of the site."""
    address: str
    """The page that answers for its id for good, from the root of the site."""
    url: str | None = None
    """The whole address of that page, where the site knows its own."""


class PracticesFile(Opening):
    """Every practice, withdrawn ones included, in reading order."""

    count: int
    """How many there are."""
    practices: tuple[PracticeRecord, ...]
    """The practices."""


class Cell(Record):
    """What joins a row and a column; cells without anything are left out."""

    row: str
    """Id of the row."""
    column: str
    """Id of the column."""
    ids: tuple[str, ...]
    """Ids of what joins them, in reading order."""


class MatrixFile(Opening):
    """A table of how things connect, as on its page."""

    id: str
    """The name of its page."""
    title: str
    """What it shows."""
    page: str
    """Its page, from the root of the site."""
    url: str | None = None
    """The whole address of the page, where the site knows its own."""
    of: Of
    """What the ids in the cells are; answers are entries of the kind of their column."""
    rows: tuple[Ref, ...]
    """The rows, in order."""
    columns: tuple[Ref, ...]
    """The columns, in order."""
    cells: tuple[Cell, ...]
    """The cells, row by row."""


class Listed(Record):
    """An entry in the index."""

    id: str
    """Its id."""
    title: str
    """Its name."""
    file: str
    """Its file, from the root of the site."""
    page: str
    """Its page, from the root of the site."""
    version: str | None = None
    """Its version; the short items of lists have none."""


class KindListing(Record):
    """A kind of entries in the index."""

    kind: str
    """Its name."""
    label: str
    """As readers see it, singular."""
    plural: str
    """As readers see it, plural."""
    schema_file: str
    """Schema of its facts, from the root of the site; of the whole list where it is an array."""
    count: int
    """How many entries there are."""
    entries: tuple[Listed, ...]
    """The entries, in reading order."""


class FileListing(Record):
    """A file in the index that holds more than one entry."""

    file: str
    """The file, from the root of the site."""
    title: str
    """What is in it."""
    schema_file: str | None = None
    """Its schema, from the root of the site, where it is one of ours."""


class IndexFile(Opening):
    """What there is, and where."""

    official: str = OFFICIAL
    """Where the official policy is."""
    site: str | None = None
    """The address of the site, where it knows its own; all other addresses start from there."""
    changed: str
    """The day of the newest change of the content."""
    practices: int
    """How many practices there are, withdrawn ones included."""
    kinds: tuple[KindListing, ...]
    """Every kind of entries."""
    files: tuple[FileListing, ...]
    """Every other file."""
