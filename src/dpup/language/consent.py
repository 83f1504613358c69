"""Consent where a choice may be meant: asked as a question, since consent is right in places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dpup.language.passages import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dpup.language.passages import Passage

RULE: Final = "consent"
_GET: Final = (
    r"(?:give[ns]?|gave|giving|gets?|got|getting|gains?|obtain(?:s|ed|ing)?|ask(?:s|ed|ing)? for"
    r"|seek(?:s|ing)?|need(?:s|ed)?|with|without|have|has|had)"
)
_WHOSE: Final = (
    r"(?:your|their|his|her|our|my|the|a|any|each|written|informed|full|client|user|prior|explicit"
    r"|signed|(?:person|people|client)['\u2019]s)"
)
_USE: Final = r"(?:collect\w*|us(?:e|ing)|shar(?:e|ing)|keep\w*|hold\w*|stor(?:e|ing))"
_IS_GOT: Final = (
    r"(?:must|should|has to|needs to|is|was|can|may|will)(?: (?:be|always|not|first|also)){0,3}"
    r" (?:given|got|gained|obtained|asked for|sought|needed)"
)
_GOT: Final = re.compile(
    rf"\b{_GET}(?: {_WHOSE})* consent\b"
    rf"|\bconsent {_IS_GOT}\b"
    rf"|\bconsent(?:s|ed)? to (?:us|the|your|their|our|its) (?:\w+ )?{_USE}\b",
    re.IGNORECASE,
)
# Where one of these is named, consent may well be what is meant.
_LAW: Final = re.compile(
    r"\b(?:laws?|legal\w*|lawful\w*|acts?|authoris\w*|statut\w*|medic\w*|health|ethic\w*|research"
    r"|choices?|choos\w+|chose\w*)\b",
    re.IGNORECASE,
)


def findings(passage: Passage) -> Iterator[Finding]:
    """Find talk of getting consent in passages that name neither law nor choice."""
    if "consent" not in passage.text.lower() or _LAW.search(passage.text):
        return
    for match in _GOT.finditer(passage.text):
        if not passage.quotes(match.start()):
            message = f"'{match.group()}': is it consent that a law asks for, or people's choice?"
            hint = "For a choice, say who may choose what, as in 'People can say no to …'."
            yield Finding(RULE, passage, match.start(), match.group(), message, hint)
