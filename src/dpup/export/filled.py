"""Filled forms: read by what they are, written in what people work with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from dpup.answers import AnswersError, Sheet, wrong
from dpup.export import read_spreadsheet, read_word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

WRITTEN: Final = ("docx", "pdf", "xlsx")
"""The formats that a form can be filled in as."""
_READERS: Final[Mapping[str, Callable[[bytes, str], Sheet]]] = {
    ".docx": read_word.read,
    ".xlsx": read_spreadsheet.read,
}
# In bytes. A filled form is some 50 KB.
_LARGEST: Final = 20_000_000


def read(file: Path, endings: tuple[str, ...] = tuple(_READERS)) -> Sheet:
    """Give the answers in a file; raise AnswersError, with what to do, when there are none."""
    ending = file.suffix.lower()
    reader = _READERS.get(ending) if ending in endings else None
    if reader is None:
        those = "that" if len(endings) == 1 else "one of those"
        msg = f"{file.name}: Only {' and '.join(endings)} can be read. Save the form as {those}."
        raise AnswersError(msg)
    if file.stat().st_size > _LARGEST:
        msg = f"{file.name}: This file is far larger than a filled form."
        raise AnswersError(msg)
    try:
        return reader(file.read_bytes(), file.name)
    except ValidationError as error:
        found = (f"{file.name}: {wrong(dict(problem))} {_CURE}" for problem in error.errors())
        raise AnswersError("\n".join(found)) from error


_CURE: Final = "Shorten it in the file, or take a fresh copy of the form."
