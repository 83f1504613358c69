"""The order of the controls of a Word form, and their marks put back where a program dropped them.

LibreOffice 7.4 saves no tag, and of a box to tick, a list and a date no name either. All other
things of a control stay: where it stands, what kind it is, and the name of a place to write. Only
where all of that fits the form as it was made is a control believed to be the one that it was.
"""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING, Any, Final

from docx.oxml.ns import qn
from lxml import etree

from dpup.export.controls import W14

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from lxml.etree import _Element

WORDS: Final = "words"
_KINDS: Final = {
    f"{{{W14}}}checkbox": "tick",
    qn("w:dropDownList"): "choice",
    qn("w:date"): "day",
    qn("w:text"): WORDS,
}
_CONTROL, _PROPERTIES, _CONTENT = map(qn, ("w:sdt", "w:sdtPr", "w:sdtContent"))
_PARAGRAPH, _RUN, _TEXT, _BREAK = map(qn, ("w:p", "w:r", "w:t", "w:br"))
_VALUE: Final = qn("w:val")
_HINTED: Final = qn("w:showingPlcHdr")


@dataclasses.dataclass(frozen=True, slots=True)
class Control:
    """A control as the form was made."""

    tag: str
    kind: str
    name: str
    hint: str = ""
    """What it shows while nothing is in it."""
    in_rows: bool = False
    """True for a column of a table."""


class LinesLostError(ValueError):
    """A program has run the lines of boxes together; their names are the argument."""


def of(body: _Element, columns: Collection[str]) -> tuple[Control, ...]:
    """Give the controls of a form that we have just made; a column once."""
    found: dict[str, Control] = {}
    for element in _typed(body):
        properties: Any = element.find(_PROPERTIES)
        tag = _said(properties, "w:tag")
        hint = _text(element) if properties.find(_HINTED) is not None else ""
        hint = hint or (found[tag].hint if tag in found else "")
        name = _said(properties, "w:alias")
        found[tag] = Control(tag, _kind(properties), name, hint, tag in columns)
    return tuple(found.values())


def restore(body: _Element, controls: tuple[Control, ...]) -> bool:
    """Put the tags back; do nothing and say so where it is not certain which control is which."""
    pairs = list(_pairs(controls, _whole(list(_typed(body)), controls)))
    if not pairs or any(control is None for control, _ in pairs):
        return False
    known = [(control, parts) for control, parts in pairs if control]
    lost = [control.name for control, (first, *_) in known if _is_broken(control, first)]
    if lost:
        raise LinesLostError(*dict.fromkeys(lost))
    if not all(_joinable(parts) for _, parts in known):
        return False
    for control, parts in known:
        _mark(control, parts)
    return True


def _typed(body: _Element) -> Iterator[_Element]:
    """Yield the controls of a kind that we make; LibreOffice adds others around them."""
    return (each for each in body.iter(_CONTROL) if _kind(each.find(_PROPERTIES)))


def _kind(properties: _Element | None) -> str:
    found = () if properties is None else (_KINDS.get(str(each.tag), "") for each in properties)
    return next(filter(None, found), "")


def _said(properties: Any, name: str) -> str:  # noqa: ANN401 - an element of lxml, or none
    found = properties.find(qn(name))
    return "" if found is None else str(found.get(_VALUE, ""))


def _text(element: _Element) -> str:
    return "".join(each.text or "" for each in element.iter(_TEXT))


def _row(element: _Element) -> _Element | None:
    return next(element.iterancestors(qn("w:tr")), None)


def _fits(control: Control, element: _Element) -> bool:
    properties = element.find(_PROPERTIES)
    name = _said(properties, "w:alias")
    return control.kind == _kind(properties) and (
        name == control.name or (not name and control.kind != WORDS)
    )


def _whole(seen: list[_Element], controls: tuple[Control, ...]) -> list[list[_Element]]:
    """Put together what was one control before somebody started a new paragraph in it."""
    names = [(control.kind, control.name) for control in controls]
    if any(one == next_ and one[0] == WORDS for one, next_ in itertools.pairwise(names)):
        return []  # Nobody could tell two of these from the halves of one.
    found: list[list[_Element]] = []
    for element in seen:
        if found and _is_rest(found[-1][-1], element):
            found[-1].append(element)
        else:
            found.append([element])
    return found


def _is_rest(first: _Element, element: _Element) -> bool:
    one, other = (each.find(_PROPERTIES) for each in (first, element))
    paragraphs = first.getparent(), element.getparent()
    return (
        _kind(one) == _kind(other) == WORDS
        and _said(one, "w:alias") == _said(other, "w:alias")
        and all(each is not None and each.tag == _PARAGRAPH for each in paragraphs)
        and paragraphs[0] is not paragraphs[1]
        and paragraphs[0].getparent() is paragraphs[1].getparent()  # type: ignore[union-attr]
    )


def _pairs(
    controls: Iterable[Control], seen: list[list[_Element]]
) -> Iterator[tuple[Control | None, list[_Element]]]:
    """Yield each control with what it is in the file; None where something does not fit."""
    at = 0
    for in_rows, group in itertools.groupby(controls, lambda control: control.in_rows):
        wanted = list(group)
        while True:
            found = seen[at : at + len(wanted)]
            rows = {id(_row(parts[0])) for parts in found}
            fits = len(found) == len(wanted) and all(
                _fits(control, parts[0]) for control, parts in zip(wanted, found, strict=True)
            )
            if not fits or (in_rows and len(rows) > 1):
                yield None, []
                return
            yield from zip(wanted, found, strict=True)
            at += len(wanted)
            if not in_rows or at >= len(seen) or not _goes_on(seen[at - 1][0], seen[at][0]):
                break
    if at < len(seen):
        yield None, []


def _goes_on(last: _Element, element: _Element) -> bool:
    """Tell whether a control stands in the same table as the one before it."""
    tables = [next(each.iterancestors(qn("w:tbl")), None) for each in (last, element)]
    return tables[0] is not None and tables[0] is tables[1]


def _is_broken(control: Control, element: _Element) -> bool:
    """Tell whether line breaks stand before a place to write: it moves them there as it opens."""
    before = element.itersiblings(_RUN, preceding=True)
    return control.kind == WORDS and any(each.find(_BREAK) is not None for each in before)


def _between(first: _Element, last: _Element) -> list[_Element]:
    """Give the elements after the paragraph of one control, to that of another."""
    found = []
    start: Any = first.getparent()
    end = last.getparent()
    for each in start.itersiblings():
        found.append(each)
        if each is end:
            break
    return found


_PASSED: Final = frozenset((qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:proofErr")))


def _joinable(parts: list[_Element]) -> bool:
    if len(parts) == 1:
        return True
    return all(e.tag == _PARAGRAPH or e.tag in _PASSED for e in _between(parts[0], parts[-1]))


def _mark(control: Control, parts: list[_Element]) -> None:
    element = parts[0]
    if len(parts) > 1:
        _join(element, parts[-1])
    properties: Any = element.find(_PROPERTIES)
    etree.SubElement(properties, qn("w:tag")).set(_VALUE, control.tag)
    if control.kind != WORDS:
        return
    # It writes a break inside of a place to write as nothing between two texts.
    for text in list(element.iter(_TEXT)):
        after = text.getnext()
        if after is not None and after.tag == _TEXT:
            text.addnext(text.makeelement(_BREAK))
    if control.hint and _text(element).strip() == control.hint:
        etree.SubElement(properties, _HINTED)


def _join(first: _Element, last: _Element) -> None:
    """Move all from one control to another into the first, a line for each paragraph."""
    home: Any = first.find(_CONTENT)
    lines = [list(first.itersiblings())]
    lines += [list(each) for each in _between(first, last) if each.tag == _PARAGRAPH]
    for number, line in enumerate(lines):
        if number:
            etree.SubElement(etree.SubElement(home, _RUN), _BREAK)
        for each in line:
            if each.tag == _CONTROL and _kind(each.find(_PROPERTIES)):
                content: Any = each.find(_CONTENT)
                parent: Any = each.getparent()
                home.extend(list(content))
                parent.remove(each)
            elif each.tag != qn("w:pPr"):
                home.append(each)
