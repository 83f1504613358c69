"""The words that authors can call, and what each may be told.

``{{ practices(law="ipp-3") }}``: one table, read by the check of calls, by the macros and
by the documentation. What a word renders is in ``vocabulary``.
"""

from __future__ import annotations

import dataclasses
import typing
from typing import Final

from dpup import fields, matrices, model, offers, reference
from dpup.kinds import KINDS
from dpup.pictures import gallery

FLAG: Final = "flag"
PAGE: Final = "page"
ADDRESS: Final = "address"
NEED_TO_KNOW: Final = "what-service-users-need-to-know"
AXES: Final = ("guideline", "principle", "role", "stage", "law", "finding")
DOCUMENTS: Final = (*offers.COLLECTIONS, *matrices.NAMED, *offers.FORMS)
PICTURES: Final = tuple(gallery.MAKERS)
SECTIONS: Final = typing.get_args(model.FaqSection)
LAW_KINDS: Final = typing.get_args(reference.LawKind)


@dataclasses.dataclass(frozen=True, slots=True)
class Param:
    """One argument of a word."""

    name: str
    takes: str = ""
    """A kind whose id it is, ``page`` (any entry with a page), ``address``, ``flag``, or empty."""
    choices: tuple[str, ...] = ()
    """The values it may have, where they are few."""
    required: bool = False
    drawn: bool = False
    """True when a choice may name a picture for which an entry has to say something first."""

    @property
    def description(self) -> str:
        """What it takes, in words."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if not self.takes:
            return "a text"
        if self.takes == FLAG:
            return "true or false"
        whole = {PAGE: "the id of an entry", ADDRESS: "the full id of a practice or question"}
        return whole.get(self.takes, f"the id of a {self.takes}")


@dataclasses.dataclass(frozen=True, slots=True)
class Word:
    """One word of the vocabulary."""

    name: str
    meaning: str
    params: tuple[Param, ...] = ()
    in_bodies: bool = True
    """False for words that show whole entries: inside an entry they would never end."""

    def param(self, name: str) -> Param | None:
        """Find the parameter of that name."""
        return next((param for param in self.params if param.name == name), None)


_FILTERS = tuple(Param(axis, axis) for axis in AXES)

WORDS: Final = {
    word.name: word
    for word in (
        Word(
            "entry",
            "A whole entry: a Principle, Guideline, resource, role, stage, law or finding.",
            (Param("id", PAGE, required=True),),
            in_bodies=False,
        ),
        Word("policy", "Every Principle and Guideline on one page.", in_bodies=False),
        Word(
            "entries",
            "A list of the entries of a kind, with their summaries.",
            (
                Param("kind", choices=tuple(KINDS), required=True),
                Param("official", FLAG),
                Param("group", choices=LAW_KINDS),
                *_FILTERS,
            ),
        ),
        Word(
            "practices",
            "The practices that bear on all the given ids.",
            (Param("beyond_law", FLAG), *_FILTERS),
        ),
        Word(
            "matrix",
            "A table of what joins each row with each column, and where to find it.",
            (
                Param("rows", choices=AXES, required=True),
                Param("columns", choices=AXES, required=True),
                Param("of", choices=("practice", "resource")),
            ),
        ),
        Word("chain", "From each finding to the Principles, Guidelines and resources."),
        Word("toolkit", "Every resource of the toolkit, in a list that can be narrowed."),
        Word(
            "tasks", "What people are about to do, with what helps them.", (Param("role", "role"),)
        ),
        Word(
            "checklist",
            "The items of a checklist.",
            (Param("id", "checklist", required=True),),
        ),
        Word(
            "need_to_know",
            "What service users need to know: the whole list, or one notice made of it.",
            (Param("variant", "variant"), Param("template", "template")),
        ),
        Word(
            "picture",
            "A picture drawn from the data, with a table that says the same.",
            (Param("name", choices=PICTURES, required=True, drawn=True),),
        ),
        Word(
            "trace",
            "A picture of where one finding leads.",
            (Param("finding", "finding", required=True),),
        ),
        Word("finder", "Every practice, in a list that can be narrowed."),
        Word(
            "address",
            "A practice, question or field at its permanent address.",
            (Param("id", ADDRESS, required=True),),
            in_bodies=False,
        ),
        Word("search", "The search of the whole site.", in_bodies=False),
        Word("atoz", "Everything that has a name, from A to Z.", in_bodies=False),
        Word("coverage", "What the toolkit covers, and what it lacks."),
        Word("term", "One word of the glossary.", (Param("id", "term", required=True),)),
        Word("glossary", "The whole glossary."),
        Word("timeline", "The history, in order."),
        Word(
            "faqs",
            "The questions and answers of a section.",
            (Param("section", choices=SECTIONS, required=True),),
            in_bodies=False,
        ),
        Word(
            "linked_data",
            "What the page says to programs, as data of schema.org; readers see nothing of it.",
            (Param("of", choices=("glossary", "faqs"), required=True),),
            in_bodies=False,
        ),
        Word(
            "offline",
            "What this browser keeps for reading offline, with the buttons for it.",
            in_bodies=False,
        ),
        Word(
            "propose",
            "The form that makes a new entry in the browser, and the other ways to propose one.",
            in_bodies=False,
        ),
        Word("sources", "Every source, with what rests on it."),
        Word("awaiting", "Everything that awaits a reviewer."),
        Word("due", "What has to be checked again, month by month, and why."),
        Word(
            "changes",
            "The changes of all entries, newest first, or only the newest few.",
            (Param("newest", FLAG),),
        ),
        Word("editions", "The editions of the policy, newest first."),
        Word(
            "edition",
            "What changed in an edition, or an entry as it was in it; the site makes these pages.",
            (Param("version", required=True), Param("id")),
            in_bodies=False,
        ),
        Word("feeds", "The feeds that tell a feed reader what changed."),
        Word(
            "fields",
            "The keys that a file of a kind may have, with what may stand there.",
            (Param("kind", choices=(*KINDS, *fields.PARTS), required=True),),
        ),
        Word("vocabulary", "These words, with what each may be told."),
        Word("components", "The components, with their examples.", in_bodies=False),
        Word(
            "downloads",
            "The formats of the whole policy, the whole toolkit or a matrix; without an id, all.",
            (Param("id", choices=DOCUMENTS),),
            in_bodies=False,
        ),
    )
}
