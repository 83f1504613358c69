"""Files that somebody filled in, opened: what holds far more than a form never gets that far."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, TypeVar

from dpup.answers import AnswersError
from dpup.export import zips

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

TOO_MUCH: Final = (
    "This file holds far more than a filled form. Take out pictures and whatever else was added, "
    "or fill in a fresh copy."
)


def opened(data: bytes, name: str, what: str, opener: Callable[[io.BytesIO], T]) -> T:
    """Open a file by a library for its format; raise AnswersError where that can't be done."""
    weight = zips.weight(data)
    if weight is zips.Weight.TOO_MUCH:
        msg = f"{name}: {TOO_MUCH}"
        raise AnswersError(msg)
    msg = f"{name}: This is not a {what}."
    if weight is zips.Weight.NONE:
        raise AnswersError(msg)
    try:
        return opener(io.BytesIO(data))
    # The library raises whatever the broken place happens to cause.
    except Exception as error:
        raise AnswersError(msg) from error
