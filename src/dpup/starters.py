"""What a new file of each kind starts with, where the bare fields would not show how it works.

``ASK`` is a blank of a field that need not be there. Data only; ``skeleton`` writes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dpup.blanks import text as blank
from dpup.skeleton import ASK

if TYPE_CHECKING:
    from collections.abc import Mapping

_OWN: Final = {
    "id": ASK,
    "question": blank("a question that starts with a verb, as: Have we written down why?"),
    "supports": ASK,
}
_YES: Final = {"id": "yes", "text": "Yes", "next": "go-on"}
_NO: Final = {"id": "no", "text": "No", "next": "wait"}

STARTERS: Final[Mapping[str, Mapping[str, Any]]] = {
    "checklist": {
        "answers": "yes-no-na",
        "meanings": {"if_not_applicable": ASK},
        "sections": ({"items": ({"from": ASK}, _OWN)},),
    },
    "template": {
        "sections": ({"fields": ({"blank": ASK, "clause": ASK},)},),
        "variants": ({"blocks": ({"fields": ASK},)},),
    },
    "summary": {"excerpts": ({"of": ASK, "show": ASK},)},
    "workshop": {"parts": ({"slides": ({"points": ASK},), "supports": ASK},)},
    "quiz": {"questions": ({"options": ({"right": True}, {"why": ASK})},)},
    "decision": {
        "questions": ({"id": "first", "answers": (_YES, _NO)},),
        "outcomes": ({"id": "go-on"}, {"id": "wait"}),
    },
}

_WHY: Final = blank("what it is for, and why it matters")
BODIES: Final[Mapping[str, str]] = {
    "principle": f"## Why\n\n{_WHY}",
    "guideline": f"## Why it exists\n\n{_WHY}",
    "guide": (
        f"{blank('what this helps with, and whom')}\n\n"
        f"## First\n\n{blank('what to do, step by step')}"
    ),
    "case-study": (
        f"{blank('who the people are, by their roles and without names, and what happens')}\n\n"
        f"## How it ended\n\n{blank('what came of it')}"
    ),
    "faq": blank("the answer"),
}
OTHER_BODY: Final = blank("what the reader has to know before they start")
