"""Whether yes or no can answer a question: a checklist can hold no other.

Plain English asks for yes or no by starting with a verb: "Have we …?", or, after one opening
clause, "If people object, do we …?".
"""

from __future__ import annotations

import re
from typing import Final

_WORD = re.compile(r"[A-Za-z]+")
VERBS: Final = frozenset(
    _WORD.findall(
        "am are is was were do does did have has had can could will would shall should may might "
        "must need"
    )
)
OPENERS: Final = frozenset(
    _WORD.findall(
        "if when whenever where wherever before after once while for with without in on at by "
        "since until unless because as during among between outside inside under each every to "
        "apart whatever whoever beyond"
    )
)
_CLAUSE = re.compile(rf",\s+(?:then\s+)?(?:{'|'.join(sorted(VERBS))})\b", re.IGNORECASE)
_HINT: Final = "Start with a verb, as in: Have we written down why?"


def fault(question: str) -> tuple[str, str] | None:
    """Say why yes or no can't answer a question, and the cure; None when they can."""
    text = question.strip()
    if not text.endswith("?"):
        return "This is not a question.", "End it with a question mark."
    first = _WORD.search(text)
    start = first.group().lower() if first else ""
    if start in VERBS or (start in OPENERS and _CLAUSE.search(text)):
        return None
    return "Yes or no can't answer this question.", _HINT
