"""Write an approval into the front matter of a file, and leave every other line as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dpup import blanks, meaning, model
from dpup.explain import fault
from dpup.kinds import RESOURCES
from dpup.source import of_text, read_markdown

if TYPE_CHECKING:
    import datetime as dt

    from dpup.entries import Entry
    from dpup.library import Library
    from dpup.source import Source


class ApprovingError(ValueError):
    """An approval that can't be written; says what to do."""


def approved(library: Library, entry: Entry, by: str, on: dt.date) -> str:
    """Give the text of an entry's file with an approval of its words of today.

    Raises:
        ApprovingError: who approved it can't stand in a file, or the file has no place for it.
    """
    said = [
        f"by: {json.dumps(by, ensure_ascii=False)}",
        f"on: {on.isoformat()}",
        f'fingerprint: "{meaning.of_entry(entry)}"',
    ]
    if uses := library.uses(entry) if entry.kind in RESOURCES else ():
        said.append(f'rests_on: "{meaning.of_all(uses)}"')
    if blanks.take(by, entry.path)[1]:
        msg = "by: A blank is left here. Say who approved it."
        raise ApprovingError(msg)
    if wrong := fault("\n".join(said), model.Approval):
        raise ApprovingError(wrong)
    return _with(read_markdown(library.root / entry.path, entry.path), said)


def _with(source: Source, said: list[str]) -> str:
    """Put an approval into a file, and see that it says nothing else than before."""
    lines = source.text.split("\n")
    start, end, margin = _place(source, lines)
    block = [f"{margin}approved:", *(f"{margin}  {line}" for line in said)]
    text = "\n".join([*lines[:start], *block, *lines[end:]])
    after = of_text(text, source.path)
    if after.problems or _rest(after) != _rest(source):
        msg = f"{source.path} has no place for an approval. "
        msg += "Let each key of its front matter start a line of its own, and approve it again."
        raise ApprovingError(msg)
    return text


def _rest(source: Source) -> tuple[object, str]:
    """Give all that a file says but for its approval."""
    data = source.front.data
    keys = data.items() if isinstance(data, dict) else ()
    return {key: value for key, value in keys if key != "approved"}, source.body


def _place(source: Source, lines: list[str]) -> tuple[int, int, str]:
    """Find the lines of the old approval, or the place before the history, and their margin.

    The parser says where a key stands: what looks like one may be a line of the text below.
    """
    keys = {where[0]: mark for where, mark in source.front.marks.items() if len(where) == 1}
    key = "approved" if "approved" in keys else "changes"
    start = keys[key].line - 1
    margin = lines[start][: keys[key].column - 1]
    if key == "changes":
        return start, start, margin
    closing = source.body_line - 2
    end = min((it.line - 1 for it in keys.values() if it.line - 1 > start), default=closing)
    while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"):
        end -= 1  # a remark above the next key belongs to that
    return start, end, margin
