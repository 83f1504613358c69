"""The pictures: all that the data says is drawn and said, and nothing overlaps or sticks out."""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING

import html5lib
import pytest

from dpup.entries import Practice
from dpup.export import tree
from dpup.export.paper import Press
from dpup.library import load
from dpup.model import Loop
from dpup.pictures import gallery, ink, letters, listing
from dpup.shapes import Scale
from dpup.source import read_markdown
from dpup.vocabulary import for_page
from helpers import ROOT, edit, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dpup.library import Library

NAMES = tuple(gallery.MAKERS)
FINDINGS = tuple(finding.id for finding in load(ROOT).of("finding"))
GUIDELINE = "content/guidelines/purpose-matters.md"
GUIDE = "content/toolkit/first-steps.md"
HOSTILE = "</text></svg><script>alert(1)</script>\"'{{7*7}}&lt;"
LONG = "Whakamanawa" * 20


def loop(count: int, text: str = "You know the topic, and you respect those it is about.") -> str:
    aims = "".join(
        f"    - {{title: {json.dumps(f'Aim {n} {text[:40].strip()}')}, text: {json.dumps(text)}}}\n"
        for n in range(count)
    )
    said = json.dumps(text)
    heart = json.dumps(text[:80].strip())
    ends = f"  begins: {said}\n  ends: {said}\n"
    head = f"loop:\n  title: {said}\n  heart: {heart}\n{ends}"
    return f"{head}  aims:\n{aims}"


def scale(count: int, text: str = "People who know the services look at your plan.") -> str:
    said, short = json.dumps(text), text[:30].strip()
    steps = "".join(
        f"    - {{title: {json.dumps(f'Step {n} {short}')}, text: {said}}}\n" for n in range(count)
    )
    end = f"{{title: {json.dumps(text[:60].strip())}, example: {said}}}"
    return f"scale:\n  title: How much\n  least: {end}\n  most: {end}\n  steps:\n{steps}"


def drawing_project(root: Path, aims: str, steps: str) -> Library:
    """Give the sample a loop and a scale."""
    edit(root / GUIDELINE, "changes:\n", f"{aims}changes:\n")
    edit(root / GUIDE, "changes:\n", f"{steps}changes:\n")
    library = load(root)
    assert library.problems == ()
    return library


def pictures(library: Library) -> dict[str, ink.Picture]:
    """Draw everything that there is to draw."""
    found = {name: gallery.draw(name, library) for name in NAMES}
    traces = {f.id: gallery.trace_of(f.id, library) for f in library.of("finding")}
    return {name: drawn for name, drawn in (found | traces).items() if drawn is not None}


def drawings(picture: ink.Picture) -> dict[str, ink.Drawing]:
    return {"narrow": picture.narrow, "wide": picture.wide}


def words(drawing: ink.Drawing) -> list[ink.Words]:
    return [mark for mark in ink.flat(drawing.marks) if isinstance(mark, ink.Words)]


def drawn_text(drawing: ink.Drawing) -> str:
    return " | ".join(" ".join(mark.lines) for mark in words(drawing))


def table_text(picture: ink.Picture) -> str:
    things = (thing for row in picture.rows for cell in row for thing in cell)
    return " | ".join(thing if isinstance(thing, str) else thing.title for thing in things)


def touch(a: ink.Words, b: ink.Words) -> bool:
    (left, top, right, low), (left2, top2, right2, low2) = a.box, b.box
    return left < right2 and left2 < right and top < low2 and top2 < low


def faults(drawing: ink.Drawing) -> Iterator[str]:
    """Say what overlaps, leaves the drawing, or leaves the box that it stands in."""
    said = words(drawing)
    for one, other in itertools.combinations(said, 2):
        if touch(one, other):
            yield f"{one.lines} over {other.lines}"
    boxes = [mark for mark in ink.flat(drawing.marks) if isinstance(mark, ink.Rect)]
    for mark in said:
        left, top, right, low = mark.box
        floor = drawing.top + drawing.height
        if left < 0 or top < drawing.top or right > drawing.width or low > floor:
            yield f"{mark.lines} outside: {mark.box} of {drawing.width} by {drawing.height}"
        for box in boxes:
            inside = box.x <= mark.x <= box.x + box.width and box.y <= mark.y <= box.y + box.height
            if inside and not (
                box.x <= left and right <= box.x + box.width and low <= box.y + box.height
            ):
                yield f"{mark.lines} out of its box"
    for mark in ink.flat(drawing.marks):
        yield from _outside(mark, drawing)


def _outside(mark: ink.Mark, drawing: ink.Drawing) -> Iterator[str]:
    if isinstance(mark, ink.Rect):
        edges = (mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
    elif isinstance(mark, ink.Disc):
        r = mark.radius
        edges = (mark.x - r, mark.y - r, mark.x + r, mark.y + r)
    else:
        return
    floor = drawing.top + drawing.height
    if edges[0] < 0 or edges[1] < drawing.top or edges[2] > drawing.width or edges[3] > floor:
        yield f"{mark} outside {drawing.width} by {drawing.height}"


OURS = pictures(load(ROOT))


@pytest.mark.parametrize("name", OURS)
def test_nothing_overlaps_or_sticks_out(name: str) -> None:
    for drawing in drawings(OURS[name]).values():
        assert list(faults(drawing)) == []


@pytest.mark.parametrize("name", OURS)
def test_words_are_large_enough_for_a_phone_and_drawings_have_their_widths(name: str) -> None:
    narrow, wide = OURS[name].narrow, OURS[name].wide
    assert (narrow.width, wide.width) == (ink.NARROW, ink.WIDE)
    assert min(mark.size for drawing in (narrow, wide) for mark in words(drawing)) >= 15


@pytest.mark.parametrize("name", OURS)
def test_every_link_of_a_picture_is_in_its_table(name: str) -> None:
    picture = OURS[name]
    table = table_text(picture)
    for drawing in drawings(picture).values():
        links = [mark for mark in drawing.marks if isinstance(mark, ink.Linked)]
        assert [link.thing.id for link in links if link.thing.title not in table] == []
        assert len(links) == len({link.thing.uri for link in links}) or name == (
            "principles-and-guidelines"
        )


def expected(name: str, library: Library) -> list[str]:
    """Give what the data says has to be in a picture."""
    titles = {
        "principles-and-guidelines": ("principle", "guideline"),
        "timeline": ("event",),
        "life-cycle": ("stage",),
        "trace": ("finding", "principle", "guideline"),
    }
    found = [entry.title for kind in titles.get(name, ()) for entry in library.of(kind)]
    if name == "timeline":
        found += [event.facts.when for event in library.of("event")]
    if name == "life-cycle":
        found += [str(len(library.practices(stage=s.id))) for s in library.of("stage")]
    return found


@pytest.mark.parametrize("name", ["principles-and-guidelines", "timeline", "life-cycle", "trace"])
def test_all_that_the_data_names_is_drawn_and_said(name: str) -> None:
    library, picture = load(ROOT), OURS[name]
    named = expected(name, library)
    assert len(named) >= 9
    for text in [*map(drawn_text, drawings(picture).values()), table_text(picture)]:
        assert [title for title in named if title not in text] == []


def test_the_loop_and_the_scale_say_all_that_their_entries_say() -> None:
    library = load(ROOT)
    loop_ = getattr(library.get("guideline", "sharing-value").facts, "loop")  # noqa: B009
    scale_ = getattr(library.get("guide", "how-much-collaboration").facts, "scale")  # noqa: B009
    assert isinstance(loop_, Loop)
    assert isinstance(scale_, Scale)
    aims = [words for aim in loop_.aims for words in (aim.title, aim.text)]
    steps = [words for step in scale_.steps for words in (step.title, step.text)]
    ends = [w for end in (scale_.least, scale_.most) for w in (end.title, end.example)]
    said = {
        "value-loop": [loop_.heart, loop_.begins, loop_.ends, *aims],
        "collaboration": [*steps, *ends],
    }
    for name, named in said.items():
        picture = OURS[name]
        for text in [*map(drawn_text, drawings(picture).values()), table_text(picture)]:
            assert [words for words in named if words not in text] == []


def test_the_loop_and_the_scale_lead_to_the_practices_behind_them() -> None:
    for name in ("value-loop", "collaboration"):
        things = [thing for row in OURS[name].rows for cell in row for thing in cell]
        assert sum(isinstance(thing, Practice) for thing in things) >= 4


@pytest.mark.parametrize("finding", FINDINGS)
def test_the_trace_of_a_finding_leads_to_all_that_answers_it(finding: str) -> None:
    library, picture = load(ROOT), OURS[finding]
    found = library.get("finding", finding)
    assert found is not None
    homes = [h for k in ("principle", "guideline") for h in library.referring(found, k)]
    count = f"{len(library.practices(finding=finding))} practice"
    for text in [*map(drawn_text, drawings(picture).values()), table_text(picture)]:
        assert [home.title for home in homes if home.title not in text] == []
        assert found.title in text
        assert count in text


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_a_loop_of_any_length_fits(project: Callable[..., Path], count: int) -> None:
    library = drawing_project(project(), loop(count), scale(2))
    for drawing in drawings(pictures(library)["value-loop"]).values():
        assert list(faults(drawing)) == []


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_a_scale_of_any_length_fits(project: Callable[..., Path], count: int) -> None:
    library = drawing_project(project(), loop(3), scale(count))
    for drawing in drawings(pictures(library)["collaboration"]).values():
        assert list(faults(drawing)) == []


@pytest.mark.parametrize("text", [LONG, "i", "WWW MMM " * 8], ids=["long", "short", "wide"])
def test_words_of_any_length_fit(project: Callable[..., Path], text: str) -> None:
    root = project()
    edit(root / GUIDELINE, "title: Purpose Matters", f"title: {json.dumps(text.strip())}")
    stages = root / "content/reference/stages.yml"
    edit(stages, "title: Plan", f"title: {json.dumps(text.strip()[:200])}")
    library = drawing_project(root, loop(4, text.strip()), scale(4, text.strip()))
    for name, picture in pictures(library).items():
        for drawing in drawings(picture).values():
            assert [fault for fault in faults(drawing) if not _is_ring(name, drawing)] == []


def _is_ring(name: str, drawing: ink.Drawing) -> bool:
    """Leave out the wide drawings whose places are fixed: there a name can only be so long."""
    fixed = {"life-cycle", "value-loop"}
    return name in fixed and drawing.width == ink.WIDE


def test_hostile_words_stay_words(project: Callable[..., Path]) -> None:
    root = project()
    hostile = HOSTILE.replace("{{7*7}}", "{7*7}")  # the check refuses double braces anyway
    edit(root / GUIDELINE, "title: Purpose Matters", f"title: {json.dumps(hostile)}")
    edit(
        root / "content/reference/timeline.yml",
        "title: It started",
        f"title: {json.dumps(hostile)}",
    )
    drawing_project(root, loop(3, hostile), scale(2, hostile))
    page = for_page(root, "index.md")
    shown = [page.picture(name) for name in NAMES] + [page.trace("wellbeing")]
    for html in shown:
        parsed = html5lib.parse(html, namespaceHTMLElements=False)
        tags = {str(element.tag) for element in parsed.iter()}
        assert "script" not in tags
        assert sum(str(element.tag).endswith("}svg") for element in parsed.iter()) == 2
    assert sum("alert(1)" in html for html in shown) >= 4


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_the_same_each_time_and_has_whole_numbers_only(name: str) -> None:
    first, again = (str(for_page(ROOT, "index.md").picture(name)) for _ in range(2))
    assert first == again
    places = re.findall(r' (?:x|y|cx|cy|r|d|width|height|viewBox)="([^"]*)"', first)
    assert places
    assert [place for place in places if "." in place] == []
    assert " style=" not in first
    assert " id=" not in first


def test_te_reo_is_marked_in_the_drawing_and_its_names_stay_in_one_line() -> None:
    html = str(for_page(ROOT, "index.md").picture("value-loop"))
    assert html.count('<tspan lang="mi">He Tāngata</tspan>') == 2
    assert letters.lines("wellbeing, as He Tāngata does", 150, 16) == (
        "wellbeing, as",
        "He Tāngata does",
    )


def test_lines_are_no_wider_than_their_room_and_lose_no_letter() -> None:
    for text in ("Purpose Matters and more", LONG, "a b c", "文字" * 40):
        for room in (40, 90, 200):
            broken = letters.lines(text, room, 16)
            assert max(letters.width(line, 16) for line in broken) <= room
            assert "".join(broken).replace(" ", "") == text.replace(" ", "")
            assert len(letters.balanced(text, room, 16)) == len(broken)
    assert letters.width("mana", 16, 600) > letters.width("mana", 16) > 0


def test_a_small_library_can_be_drawn(project: Callable[..., Path]) -> None:
    library = load(project())
    drawn = pictures(library)
    assert set(NAMES) - set(drawn) == {"value-loop", "collaboration"}
    for picture in drawn.values():
        for drawing in drawings(picture).values():
            assert list(faults(drawing)) == []


@pytest.mark.parametrize("entry", ["sharing-value", "how-much-collaboration", "two-way-flow"])
def test_a_document_has_the_table_in_place_of_the_drawing(entry: str) -> None:
    paper = Press(load(ROOT)).find(entry)
    assert paper is not None
    assert "<svg" in paper.html
    blocks = tree.of(paper)
    text = json.dumps(blocks, ensure_ascii=False)
    assert "in words" not in text
    assert "Image" not in text
    at = next(n for n, block in enumerate(blocks) if block["t"] == "Table" and _is_ours(block))
    assert blocks[at - 1]["t"] == "Para"


def _is_ours(block: dict[str, object]) -> bool:
    text = json.dumps(block)
    return any(f'"{first}"' in text for first in ("Aim", "Step"))


def test_the_problem_in_the_picture_is_what_the_check_says(project: Callable[..., Path]) -> None:
    root = project()
    ours = (ROOT / "content/reference/laws.yml").read_text(encoding="utf-8")
    assert ours.count("short: Privacy Amendment Act\n") == 1
    write(
        root / "content/reference/laws.yml", ours.replace("short: Privacy Am", "shrot: Privacy Am")
    )
    said = "".join(line.words for line in listing.PROBLEM_LINES)
    assert [str(one) for one in load(root).problems if "shrot" in str(one)] == [said]
    for page in ("first-time", "commands"):
        assert f"{said}\n" in (ROOT / f"docs/contribute/{page}.md").read_text(encoding="utf-8")


def test_the_file_in_the_picture_reads_as_its_notes_say(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_text("\n".join(line.words for line in listing.FILE_LINES), encoding="utf-8")
    source = read_markdown(file, "x.md")
    assert list(source.problems) == []
    assert source.front.data == {
        "title": "Purpose Matters",
        "version": "1.0.0",
        "laws": ("ipp-1", "ipp-3"),
        "changes": ({"version": "1.0.0", "kind": "added"},),
    }
    assert source.body.strip().startswith("## How it began")


@pytest.mark.parametrize("name", ["proposal", "content-file", "problem-line"])
def test_a_picture_for_newcomers_says_in_its_table_all_that_it_shows(name: str) -> None:
    picture = OURS[name]
    for drawing in drawings(picture).values():
        said = drawn_text(drawing)
        told = {str(text) for row in picture.rows for cell in row for text in cell} - {"No"}
        assert [text for text in told if text not in said] == []
    assert len(picture.rows) >= 5
