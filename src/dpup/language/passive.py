"""Passive voice where it hides who does what.

Only two shapes are looked for, since most passives do no harm: a doer at the end ("is collected
by agencies"), and a duty of nobody ("The file must be kept").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dpup.language import sentences
from dpup.language.passages import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.language.passages import Passage

RULE: Final = "passive"


def _any(*words: str) -> str:
    return "|".join(word for line in words for word in line.split())


_IRREGULAR: Final = _any(
    "bought broken brought built chosen cut dealt done drawn driven found forgotten given grown",
    "heard held hidden kept known laid led left let lost made met overwritten paid put read",
    "rewritten said seen sent set shown shut sold spent spoken stolen taken taught thought told",
    "understood undone withdrawn won written",
)
# They say how something is, and not what somebody does.
_STATES: Final = _any(
    "able advanced aged allowed based concerned detailed experienced hundred indeed interested",
    "involved limited need needed prepared red related sacred satisfied shared skilled supposed",
    "surprised tired used worried",
)
_DOERS: Final = _any(
    "adviser advisers agencies agency analyst analysts anybody anyone author authors board",
    "carer carers client clients colleague colleagues commissioner committee committees",
    "communities community contributor contributors court courts department departments",
    "doctor doctors employer employers everyone expert experts families family funder funders",
    "government governments group groups hapū iwi lawyer lawyers leader leaders manager",
    "managers minister ministers ministries ministry nobody office officer officers",
    "organisation organisations owner owners parliament partner partners people person police",
    "professional professionals provider providers researcher researchers reviewer reviewers",
    "school schools somebody someone staff steward stewards team teams user users whānau",
    "worker workers you",
)
_BE: Final = r"(?:am|is|are|was|were|be|been|being)"
_DUTY: Final = (
    r"(?:must|should|ha(?:s|ve) to|needs? to|ought to)(?: (?:not|always|never|also|only|still))?"
)
_DONE: Final = rf"(?:\w+ly )?(?!(?:{_STATES})\b)(?:\w+ed|{_IRREGULAR})"
_WHO: Final = rf"(?P<who>(?:(?!(?:{_DOERS})\b)[\w\u2019'-]+ ){{0,3}}(?:{_DOERS}))"
_BY: Final = re.compile(rf"\b{_BE} {_DONE} by {_WHO}\b", re.IGNORECASE)
_NOBODY: Final = re.compile(rf"\b{_DUTY} be {_DONE}\b(?! by\b| aback\b)", re.IGNORECASE)
# Behind one of these a duty is only spoken of, or there is no thing that it is about.
_SPOKEN_OF: Final = re.compile(
    r"\b(?:if|whether|when|where|how|what|which|who|whom|whose|why|that|because|unless|until|than"
    r"|as|there|nothing|nobody|no|would|may|might|you|we|i|they)\b",
    re.IGNORECASE,
)


def findings(passage: Passage) -> Iterator[Finding]:
    """Find who comes last, and duties of nobody."""
    if " be" not in passage.text and " by " not in passage.text:
        return
    for match in _BY.finditer(passage.text):
        if not passage.quotes(match.start()):
            message = f"'{match.group()}' says last who does it."
            hint = f"Start with who does it: '{match['who'][0].upper()}{match['who'][1:]} …'."
            yield Finding(RULE, passage, match.start(), match.group(), message, hint)
    for start, sentence in sentences.parts(passage.text):
        spoken_of = _SPOKEN_OF.search(sentence)
        end = spoken_of.start() if spoken_of else len(sentence)
        for match in _NOBODY.finditer(sentence):
            here = start + match.start()
            if match.start() < end and not passage.quotes(here):
                message = f"'{match.group()}' does not say who has to do it."
                hint = "Say who, as in 'You …' or 'The agency …'."
                yield Finding(RULE, passage, here, match.group(), message, hint)
