"""The languages of slides: Pandoc drops them, so marks in the text carry them across.

The marks are private-use characters, which content may not hold.
"""

from __future__ import annotations

import copy
import itertools
from typing import TYPE_CHECKING, Any, Final

from pptx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element
    from pptx.presentation import Presentation

    from dpup.export.pandoc import Inline

ENGLISH: Final = "en-NZ"
MAORI: Final = "mi-NZ"
_ON: Final = "\ue010"
_OFF: Final = "\ue011"


def marked(node: Any) -> Any:  # noqa: ANN401 - a piece of Pandoc's tree
    """Put marks round what is in te reo Māori, anywhere in a tree."""
    if isinstance(node, list):
        return list(itertools.chain.from_iterable(map(_marked, node)))
    if isinstance(node, dict):
        return {key: marked(value) for key, value in node.items()}
    return node


def _marked(node: Any) -> Iterable[Any]:  # noqa: ANN401
    if isinstance(node, dict) and node.get("t") == "Span" and node["c"][0][2]:
        return [_mark(_ON), *marked(node["c"][1]), _mark(_OFF)]
    return [marked(node)]


def _mark(sign: str) -> Inline:
    return {"t": "Str", "c": sign}


def settle(deck: Presentation) -> None:
    """Give each run of text its language, and take the marks out."""
    for slide in deck.slides:
        pages = [slide, slide.notes_slide] if slide.has_notes_slide else [slide]
        for page in pages:
            for paragraph in page.element.iter(qn("a:p")):
                _paragraph(paragraph)
    for part in (deck.element, *(layout.element for layout in deck.slide_layouts)):
        for default in part.iter(qn("a:defRPr"), qn("a:endParaRPr")):
            default.set("lang", ENGLISH)


def _paragraph(paragraph: _Element) -> None:
    on = False
    for run in list(paragraph.iter(qn("a:r"))):
        pieces = list(_pieces(_text(run).text or "", on=on))
        on = pieces[-1][1] if pieces else on
        _split(run, [(text, reo) for text, reo in pieces if text])


def _pieces(text: str, *, on: bool) -> Iterator[tuple[str, bool]]:
    """Cut a text at its marks; the last piece, which may be empty, says how it ends."""
    for number, part in enumerate(text.split(_ON)):
        first, found, rest = part.partition(_OFF)
        yield first, on or number > 0
        if found:
            yield rest, False
        on = False if found else (on or number > 0)


def _split(run: _Element, pieces: list[tuple[str, bool]]) -> None:
    """Put a run for each piece in the place of one."""
    for text, reo in pieces:
        made = copy.deepcopy(run)
        _text(made).text = text
        properties = made.find(qn("a:rPr"))
        if properties is None:
            properties = made.makeelement(qn("a:rPr"), {})
            made.insert(0, properties)
        properties.set("lang", MAORI if reo else ENGLISH)
        run.addprevious(made)
    parent = run.getparent()
    if parent is not None:
        parent.remove(run)


def _text(run: _Element) -> Any:  # noqa: ANN401 - an element of lxml
    return run.find(qn("a:t"))
