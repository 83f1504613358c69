"""A comparison as text, Markdown, JSON and HTML; what content says is escaped in each."""

from __future__ import annotations

import dataclasses
import html
import json
import re
from typing import TYPE_CHECKING, Any, Final

from dpup.evolve import histories, story
from dpup.evolve.runs import differing, pairs, read, words
from dpup.problems import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dpup.entries import Entry
    from dpup.evolve.compare import Comparison
    from dpup.evolve.sides import Field
    from dpup.evolve.story import Chapter, Told

NOTHING: Final = "Nothing differs."
_MARKS = re.compile(r"([\\`*_\[\]!|<>~&$])")
_MENTION: Final = "@\u2060"  # no forge then takes the next word for somebody to call


def as_text(comparison: Comparison) -> str:
    """Give lines for a terminal: a minus sign before what was, a plus sign before what is."""
    return "\n".join(_text(story.of(comparison))) or NOTHING


def _text(chapters: tuple[Chapter, ...]) -> Iterator[str]:
    for chapter in chapters:
        yield visible(f"{heading(chapter)}")
        for change in chapter.changes:
            yield visible(f"  {histories.in_words(change)}")
        for told in chapter.told:
            yield visible(f"  {told.label} {told.id}: {told.sentence}.")
            yield from _text_fields(told)


def _text_fields(told: Told) -> Iterator[str]:
    for field in told.fields:
        yield f"    {field.name}"
        for gone, new in pairs(*differing(field)):
            yield from (visible(f"    - {line}") for line in gone.split("\n") if line.strip())
            yield from (visible(f"    + {line}") for line in new.split("\n") if line.strip())
    if told.shown_in:
        yield f"    Shown in: {_ids(told.shown_in)}"
    if told.resting:
        yield f"    To be looked at, as it rests on it: {_ids(told.resting)}"


def heading(chapter: Chapter) -> str:
    """Name an entry with the versions on both sides."""
    entry = chapter.entry
    versions = [version for version in (chapter.before, chapter.after) if version]
    step = " → ".join(dict.fromkeys(versions))
    return f"{entry.kind.label} “{entry.title}” ({entry.id}){f', {step}' if step else ''}"


def _ids(entries: tuple[Entry, ...]) -> str:
    return ", ".join(f"{entry.kind.label.lower()} {entry.id}" for entry in entries)


def as_markdown(comparison: Comparison) -> str:
    """Give Markdown for a pull request: struck out what was, bold what is."""
    return "\n".join(_markdown(story.of(comparison))) or f"{NOTHING}\n"


def _markdown(chapters: tuple[Chapter, ...]) -> Iterator[str]:
    for chapter in chapters:
        yield f"### {escaped(heading(chapter))}\n"
        for change in chapter.changes:
            line = f"{change.version}, {change.date}, **{change.kind}:** {escaped(change.note)}"
            if change.items:
                ids = (f"{chapter.entry.id}.{item}" for item in change.items)
                line += f" (about {', '.join(map(code, ids))})"
            yield f"- {line}"
        if chapter.changes:
            yield ""
        for told in chapter.told:
            yield f"- {told.label} `{told.id}`: {escaped(told.sentence)}."
            yield from (f"  {line}" for line in markdown_fields(told))
        yield ""


def markdown_fields(told: Told) -> Iterator[str]:
    """Yield the lines below a thing: each key with its words before and after."""
    for field in told.fields:
        yield f"- {escaped(field.name)}: {_inline(pairs(*differing(field)), _IN_MARKDOWN, escaped)}"
    if told.shown_in:
        yield f"- shown in {_codes(told.shown_in)}"
    if told.resting:
        yield f"- to be looked at, as it rests on it: {_codes(told.resting)}"


def _codes(entries: tuple[Entry, ...]) -> str:
    return ", ".join(f"{entry.kind.label.lower()} `{entry.id}`" for entry in entries)


_IN_MARKDOWN: Final = {"gone": "~~{}~~", "new": "**{}**", "same": "{}"}
_IN_HTML: Final = {"gone": "<del>{}</del>", "new": "<ins>{}</ins>", "same": "{}"}


def _inline(
    found: Iterable[tuple[str, str]], marks: Mapping[str, str], escape: Callable[[str], str]
) -> str:
    """Write what differs in one line, word by word where a line took the place of another."""
    return "; ".join(
        " ".join(marks[name].format(escape(text)) for name, text in words(gone, new))
        for gone, new in found
    )


def escaped(text: str) -> str:
    """Write a text into one line of Markdown, so that nothing of it is markup."""
    return _MARKS.sub(r"\\\1", visible(" ".join(text.split()))).replace("@", _MENTION)


def code(text: str) -> str:
    """Write a text as code in one line of Markdown, which nothing in it can end."""
    shown = visible(text)
    longest = max(map(len, re.findall("`+", shown)), default=0)
    pad = " " if longest else ""
    return f"{'`' * (longest + 1)}{pad}{shown}{pad}{'`' * (longest + 1)}"


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """What HTML is made for: by itself, a page that leads nowhere."""

    escape: Callable[[str], str] = html.escape
    """Makes HTML of a text; on the site, it marks te reo Māori too."""
    way: Callable[[str], str] = lambda _: ""
    """Gives the link to what has an id; empty for none."""
    is_kept: bool = False
    """Whether it stays as it is for good, so that it says nothing of what is still to be done."""

    def link(self, id_: str, text: str) -> str:
        """Write a text as a link, where there is a way."""
        shown, way = self.escape(text), self.way(id_)
        return f'<a href="{html.escape(way)}">{shown}</a>' if way else shown

    def named(self, told: Told) -> str:
        """Name a thing: by its title where that is a link, and always by its id."""
        if not self.way(told.id):
            return self.escape(told.id)
        return f"{self.link(told.id, told.title)} ({self.escape(told.id)})"

    def listed(self, entries: tuple[Entry, ...]) -> str:
        """Name entries one after the other."""
        return ", ".join(
            f"{self.escape(entry.kind.label.lower())} {self.link(entry.id, name)}"
            for entry in entries
            for name in [entry.title if self.way(entry.id) else entry.id]
        )


_ALONE: Final = Page()


def as_html(comparison: Comparison, page: Page = _ALONE) -> str:
    """Give a part of a page: a section for each entry."""
    return "\n".join(_html(story.of(comparison), page)) or f"<p>{NOTHING}</p>"


def _html(chapters: tuple[Chapter, ...], page: Page) -> Iterator[str]:
    for chapter in chapters:
        yield f"<section>\n<h3>{page.link(chapter.entry.id, heading(chapter))}</h3>"
        if chapter.changes:
            lines = map(histories.in_words, chapter.changes)
            yield "".join(["<ul>", *(f"<li>{page.escape(line)}</li>" for line in lines), "</ul>"])
        yield "<ul>"
        for told in chapter.told:
            label, sentence = page.escape(told.label), page.escape(f"{told.sentence}.")
            yield f"<li>{label} {page.named(told)}: {sentence}"
            yield _html_fields(told, page)
            yield "</li>"
        yield "</ul>\n</section>"


def _html_fields(told: Told, page: Page) -> str:
    rows = [
        f"<dt>{page.escape(in_words(field.name))}</dt>"
        f"<dd>{_inline(_read(told, field), _IN_HTML, page.escape)}</dd>"
        for field in told.fields
    ]
    named = {"Shown in": told.shown_in}
    if not page.is_kept:
        named["To be looked at, as it rests on it"] = told.resting
    for name, entries in named.items():
        if entries:
            rows.append(f"<dt>{name}</dt><dd>{page.listed(entries)}</dd>")
    return f"<dl>{''.join(rows)}</dl>" if rows else ""


def _read(told: Told, field: Field) -> Iterator[tuple[str, str]]:
    """Yield each line before and after; of the text of an entry, which is Markdown, its words."""
    is_markdown = field.name == "text" and "." not in told.id
    for gone, new in pairs(*differing(field)):
        yield read(gone, new) if is_markdown else (gone, new)


def in_words(key: str) -> str:
    """Write a key for a reader.

    >>> in_words("use_when"), in_words("activities.be-clear.title")
    ('Use when', 'Activities, be-clear: title')
    """
    *outer, last = key.replace("_", " ").split(".")
    said = f"{', '.join(outer)}: {last}" if outer else last
    return said[:1].upper() + said[1:]


def as_json(comparison: Comparison) -> str:
    """Give an array with an object for each entry."""
    rows = [_row(chapter) for chapter in story.of(comparison)]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _row(chapter: Chapter) -> dict[str, Any]:
    changes = [change.model_dump(mode="json", exclude_defaults=True) for change in chapter.changes]
    return {
        "kind": chapter.entry.kind.name,
        "id": chapter.entry.id,
        "title": chapter.entry.title,
        "before": chapter.before,
        "after": chapter.after,
        "changes": changes,
        "things": [_thing(told) for told in chapter.told],
    }


def _thing(told: Told) -> dict[str, Any]:
    fields = [{"key": f.name, "before": f.before, "after": f.after} for f in told.fields]
    return {
        "kind": told.label,
        "id": told.id,
        "title": told.title,
        "classes": told.classes,
        "sentence": told.sentence,
        "fields": fields,
        "shown_in": [entry.id for entry in told.shown_in],
        "resting": [entry.id for entry in told.resting],
    }


FORMATS: Final[Mapping[str, Callable[[Comparison], str]]] = {
    "text": as_text,
    "md": as_markdown,
    "json": as_json,
    "html": as_html,
}
