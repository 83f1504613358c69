"""What the page that proposes a resource needs: what it asks, and by which rules it is judged.

The definition is that of the Word forms, the rules are those of the models, so the page, the Word
forms and the check can't disagree. What takes room is a file of its own, loaded on use.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
import re
import sys
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from dpup import box_words, characters, linked_data, naming, settings, words, yesno
from dpup.first_facts import derived
from dpup.kinds import ALL_TEXT, KINDS
from dpup.links import FIELDS, Reference
from dpup.proposal_forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from dpup.kinds import Kind
    from dpup.library import Library
    from dpup.proposals import Form, Part

URI: Final = "contribute/propose.json"
LISTS: Final = {"practice": "practices.md", "source": "sources.md", "term": "glossary.md"}
"""The page that has all things of a kind, for those who are looking for a name."""
_DAY: Final = dt.date(2000, 1, 1)
"""Stands for the day on which somebody fills in the form."""
_LIMITS: Final = (
    *("type", "pattern", "minLength", "maxLength", "enum", "const"),
    *("minItems", "maxItems", "minimum", "maximum"),
)
_OTHERS: Final = {"id", "sections", "moments"}
_NEVER: Final = {"withdrawn", "select", "intro"}
_DASH: Final = re.compile(r"^( *)- ", re.MULTILINE)
_Schema = dict[str, Any]


def text(library: Library, way: str, lists: Mapping[str, str]) -> Markup:
    """Write the data of the page so that it can't break out of its script element."""
    return linked_data.text(of(library, way, lists))


def of(library: Library, way: str, lists: Mapping[str, str]) -> dict[str, Any]:
    """Say what each form asks, and the rules of what it makes.

    ``way`` leads to the names, ``lists`` to the page that has all things of a kind.
    """
    forge = settings.forge(library.root)
    return {
        "known": way,
        "forge": dataclasses.asdict(forge) if forge else None,
        "lists": dict(lists),
        "fields": dict(FIELDS),
        "yesno": {"verbs": sorted(yesno.VERBS), "openers": sorted(yesno.OPENERS)},
        "forms": [_form(form, library) for form in FORMS.values()],
    }


def _form(form: Form, library: Library) -> dict[str, Any]:
    kind = KINDS[form.kind]
    facts = derived(kind, "", "", _DAY, 1)
    asked = {name.partition(".")[0] for name in form.boxes} | {part.id for part in form.parts}
    schema = kind.model.model_json_schema()
    return {
        "kind": kind.name,
        "label": kind.label,
        "place": kind.place,
        "list": kind.is_list,
        "allText": kind.name in ALL_TEXT,
        "title": form.title,
        "parts": [_part(part, library) for part in form.parts],
        "derived": json.loads(json.dumps(facts, default=str)),
        "shape": rule(schema, schema.get("$defs", {}), asked | facts.keys() | _OTHERS),
    }


def _part(part: Part, library: Library) -> dict[str, Any]:
    boxes = [
        {
            "name": box.name,
            "label": box.label,
            "prompt": box.prompt,
            "example": box.example,
            "kind": box.kind,
            "choices": box.choices or [(e.id, e.title) for e in library.of(box.of)],
            "named": _named(box.name),
        }
        for box in part.boxes
    ]
    ticks = [(entry.id, entry.title) for entry in library.of(part.ticks)]
    shown = {"id": part.id, "title": part.title, "intro": part.intro, "repeats": part.repeats}
    return {**shown, "boxes": boxes, "ticks": ticks}


def _named(box: str) -> str:
    """Give the kind of what is named in a box, as far as there is a list of its names."""
    kind = "practice" if box == "practice" else FIELDS.get(box, "")
    return kind if kind in _NAMED else ""


def rule(schema: _Schema, defs: _Schema, only: set[str] | None = None) -> dict[str, Any]:
    """Give the rules of a JSON Schema without references, its keys in the order of a file."""
    if "anyOf" in schema:
        schema = next(each for each in schema["anyOf"] if each.get("type") != "null")
    if "$ref" in schema:
        schema = defs[schema["$ref"].rpartition("/")[2]]
    out: dict[str, Any] = {name: schema[name] for name in _LIMITS if name in schema}
    if "items" in schema:
        out["items"] = rule(schema["items"], defs)
    if "properties" in schema:
        needed = set(schema.get("required", ()))
        found = sorted(schema["properties"].items(), key=_rank)
        out["keys"] = [
            [name, rule(inner, defs), name in needed]
            for name, inner in found
            if name not in _NEVER and (only is None or name in only)
        ]
    return out


def _rank(pair: tuple[str, _Schema]) -> int:
    return -1 if "const" in pair[1] else int(pair[0] == "changes")


def known(library: Library) -> str:
    """Write the names and ids that there are, as a file of the site."""
    found = naming.known(library.root)
    kinds = [KINDS[form.kind] for form in FORMS.values()]
    data = {
        "names": {kind: list(dict.fromkeys(_names(library, kind))) for kind in _NAMED},
        "ids": {kind: sorted(library.index.known(kind)) for kind in _REFERRED},
        "gone": {kind: dict(_gone(library, kind)) for kind in _REFERRED},
        "taken": {kind.name: dict(_taken(found, kind)) for kind in kinds},
        "numbers": {kind.name: found.number(kind) for kind in kinds},
        "indents": {kind.name: _indent(library, kind) for kind in kinds if kind.is_list},
        "words": {form.kind: box_words.rows(form, library) for form in FORMS.values()},
        "characters": _characters(),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


_NAMED: Final = ("practice", "source", "term")
_REFERRED: Final = (*_NAMED, "role", "stage", "sector")


def _names(library: Library, kind: str) -> Iterator[tuple[str, str]]:
    """Yield each name of a thing with its id: the same as ``finding`` knows."""
    if kind == "practice":
        for practice in library.practices():
            facts = practice.facts
            yield from ((name, practice.id) for name in (facts.text, facts.question))
        return
    for entry in library.of(kind):
        address = getattr(entry.facts, "url", None) or entry.id
        yield from ((name, entry.id) for name in (entry.title, entry.label, address))


def _gone(library: Library, kind: str) -> Iterator[tuple[str, str]]:
    for id_ in library.index.known(kind):
        if fault := library.index.fault(Reference((), kind, id_), None):
            yield id_, " ".join(fault)


def _taken(found: naming.Known, kind: Kind) -> Iterator[tuple[str, str]]:
    pages = (found.root / "docs" / kind.page).parent.glob("*.md") if kind.has_page else ()
    ids = {id_ for _, id_ in found.ids} | {*words.DOCUMENTS, "index"}
    for id_ in sorted(ids | {page.stem for page in pages}):
        if fault := found.fault(kind, id_):
            yield id_, fault


def _indent(library: Library, kind: Kind) -> str:
    file = library.root / "content" / kind.place
    first = _DASH.search(file.read_text(encoding="utf-8")) if file.is_file() else None
    return first.group(1) if first else ""


@functools.cache
def _characters() -> dict[str, tuple[str, ...]]:
    """Map the number of each character that deceives to what the check says of it.

    A third text stands there where the character may stand behind a symbol.
    """
    found: dict[str, tuple[str, ...]] = {}
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        named = unicodedata.category(char) in {"Cf", "Zl", "Zp"} or char in _DECEIVING
        if named and (said := characters.describe(char)):
            found[f"{code:X}"] = (*said, *(["symbol"] if char in characters.ON_SYMBOLS else []))
    return found


_DECEIVING: Final = {*characters.DECEIVING, "\u0304"}
