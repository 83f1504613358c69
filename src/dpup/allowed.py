"""One item of ``language-ok.yml``: words about which a rule of language has nothing to say."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dpup import model

Rule = Literal[
    "abbreviation",
    "consent",
    "jargon",
    "long-sentence",
    "macron",
    "passive",
    "people",
    "quotes",
    "reading-age",
]


class Right(model.Model):
    """Words about which a rule has nothing to say."""

    rule: Rule
    """The name of the rule, as it stands in brackets at the end of a warning."""
    words: model.Line
    """The words that the warning quotes, with others around them if you like; for a long sentence
    its first words, for a reading age the title."""
    in_: model.Line | None = Field(default=None, alias="in")
    """The file or folder in which they are right; without it, everywhere."""
    reason: model.Text
    """Why they are right."""
