"""What can be found, how it is folded, and the index: each thing once, always the same bytes."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from dpup.addresses import url_of
from dpup.kinds import KINDS
from dpup.library import load
from dpup.search import atoz, chunks, folding, index, lookup, prose, records
from helpers import ROOT, edit, tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CASES = json.loads((ROOT / "tests/folding-cases.json").read_text(encoding="utf-8"))
SEARCH = {"docs/search.md": "---\ntitle: Search\ndescription: Look for it.\n---\n\n# Search\n"}
HOSTILE = """<script>alert(1)</script> "quoted" {{7*7}} </mark><b>"""


def found(root: Path) -> dict[str, records.Record]:
    return {record.url: record for record in records.records(load(root))}


@pytest.mark.parametrize("spellings", CASES["same"], ids=lambda words: words[0])
def test_all_spellings_of_a_word_fold_to_one(spellings: list[str]) -> None:
    assert len({folding.fold(word) for word in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), CASES["other"])
def test_other_words_fold_to_others(one: str, other: str) -> None:
    assert folding.fold(one) != folding.fold(other)


def test_words_are_those_of_the_texts_as_they_are_spelled() -> None:
    texts = ["Whānau, and whanau; a hui.", "The 2 HUI of wha\u0304nau"]
    assert folding.words(texts) == ["and", "hui", "the", "whanau", "whānau"]


def test_packed_words_can_be_unpacked() -> None:
    words = folding.words(record.text for record in records.records(load(ROOT)))
    last, unpacked = "", []
    for item in folding.packed(words).split(" "):
        last = last[: int(item[0])] + item[1:]
        unpacked.append(last)
    assert unpacked == words
    assert len(words) > 2000


def test_each_thing_is_found_once_at_its_best_place(project: Callable[..., Path]) -> None:
    root = project(SEARCH)
    urls = Counter(record.url for record in records.records(load(root)))
    assert set(urls.values()) == {1}
    assert {
        "principles/he-tangata/",
        "glossary/#whanau",
        "id/purpose-matters.write-it-down/",
        "toolkit/a-story/",
        "laws/ipp-1/",
        "",
    } <= set(urls)
    assert "search/" not in urls


def test_what_is_withdrawn_is_not_found(project: Callable[..., Path]) -> None:
    root = project()
    assert "id/purpose-matters.old-habit/" not in found(root)
    assert "toolkit/a-story/" in found(root)
    withdrawn = "status: withdrawn\nwithdrawn: {date: 2026-11-24, reason: It was too long.}"
    edit(root / "content/toolkit/a-story.md", "status: published", withdrawn)
    assert "toolkit/a-story/" not in found(root)


def test_a_practice_says_what_it_bears_on_and_where_it_stands(project: Callable[..., Path]) -> None:
    practice = found(project())["id/purpose-matters.write-it-down/"]
    assert practice.kind == "practice"
    assert practice.home == "Purpose Matters"
    assert practice.filters["guideline"] == ("purpose-matters",)
    assert practice.filters["law"] == ("ipp-1",)
    assert "frontline" in practice.filters["role"]


def test_all_text_of_an_entry_is_found_and_no_id_date_or_history(
    project: Callable[..., Path],
) -> None:
    story = found(project())["toolkit/a-story/"]
    assert story.lead == "A story, a sample."
    for text in ("First", "They asked.", "Then", "They told.", "Use it as you like."):
        assert text in story.text.split("\n")
    for hidden in ("First edition.", "2026", "published", "write-it-down", "1.0.0"):
        assert hidden not in story.text


def test_what_a_call_shows_is_found_by_itself_only(project: Callable[..., Path]) -> None:
    home = found(project())[""]
    assert home.title == "Sample"
    assert "entries" not in home.text
    assert "{" not in home.text


def test_every_kind_of_thing_can_be_chosen() -> None:
    kinds = [kind for kind, _ in records.kinds()]
    assert set(kinds) == set(KINDS) | set(records.MORE_KINDS)
    assert len(kinds) == len(set(kinds))
    there = {record.kind for record in records.records(load(ROOT))}
    assert there == {kind for kind in kinds if records.is_there(load(ROOT), kind)}


def test_text_of_a_new_field_is_found_without_a_list_of_fields() -> None:
    for kind in KINDS.values():
        for entry in load(ROOT).of(kind.name):
            said = set(prose.of(entry.facts))
            assert entry.title in said
            assert not said & {"published", "2026-11-24", "1.0.0", kind.name}


def test_everything_with_a_name_stands_under_its_letter() -> None:
    letters = dict(atoz.letters(load(ROOT)))
    assert list(letters) == sorted(letters)
    assert "he-tangata" in {entry.id for entry in letters["H"]}
    # The article and the macron do not count.
    assert "overview-on-one-page" in {entry.id for entry in letters["P"]}
    assert all(len(letter) == 1 for letter in letters)


def test_hostile_text_stays_text_in_what_pagefind_reads() -> None:
    record = records.Record("x/", HOSTILE, "page", HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    page = index.page_of(record)
    assert "<script" not in page
    assert "<b>" not in page
    assert page.count("&lt;script&gt;alert(1)") == 6
    assert json.loads(lookup.text([], [HOSTILE], {}))["reo"] == [HOSTILE]


def test_pages_for_contributors_add_no_other_spelling_of_a_word() -> None:
    said = [
        records.Record("x/", "Whānau", "term", "Term"),
        records.Record("contribute/", "whaanau whanau yaml", records.CONTRIBUTE, "Page"),
    ]
    text = lookup.text(said, [], {record.url: record.url for record in said})
    assert json.loads(text)["words"] == folding.packed(["whānau", "yaml"])


@pytest.fixture
def small(project: Callable[..., Path], tmp_path: Path) -> Path:
    """Give the folder of the index of the sample project."""
    index.write(load(project(SEARCH)), tmp_path / "site")
    return tmp_path / "site" / index.FOLDER


def test_the_index_is_the_same_each_time(project: Callable[..., Path], tmp_path: Path) -> None:
    library = load(project(SEARCH))
    for name in ("one", "other"):
        index.write(library, tmp_path / name)
    assert tree(tmp_path / "one") == tree(tmp_path / "other")
    # A second index takes the place of the first.
    index.write(library, tmp_path / "one")
    assert tree(tmp_path / "one") == tree(tmp_path / "other")


def test_the_index_has_every_record_and_nothing_that_no_page_loads(small: Path) -> None:
    names = {file.name for file in small.iterdir()}
    (meta,) = small.glob("*.pf_meta")
    assert names == {
        "fragment",
        "index",
        "lookup.json",
        "pagefind-entry.json",
        "pagefind.js",
        "wasm.en.pagefind",
        meta.name,
    }
    things = json.loads((small / "lookup.json").read_text(encoding="utf-8"))["things"]
    assert set(things) == {file.stem for file in (small / "fragment").iterdir()}
    texts = [json.loads(chunks.read(file)) for file in (small / "fragment").iterdir()]
    assert len({text["url"] for text in texts}) == len(things) > 20
    assert all(text["meta"].get("title") or text["meta"].get("name") for text in texts)


def test_a_project_without_a_page_to_search_on_gets_no_index(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    index.write(load(project()), tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_filters_are_bits_of_known_ids(small: Path) -> None:
    data = json.loads((small / "lookup.json").read_text(encoding="utf-8"))
    assert list(data["axes"]) == list(records.AXES)
    url = "/id/purpose-matters.write-it-down/".lstrip("/")
    (name,) = (
        file.stem
        for file in (small / "fragment").iterdir()
        if json.loads(chunks.read(file))["url"] == url
    )
    kind, _, *bits = data["things"][name]
    assert data["kinds"][kind][0] == "practice"
    laws = data["axes"]["law"]
    assert [law for at, law in enumerate(laws) if bits[4] >> at & 1] == ["ipp-1"]


def words_of(folder: Path) -> list[bytes]:
    """Give every word of an index with its pages, in order."""
    parts = []
    for file in (folder / "index").iterdir():
        data = chunks.read(file)
        (start, _), *_ = chunks.spans(data, 0)
        parts += [data[a:b] for a, b in chunks.spans(data, start)]
    return sorted(parts)


def test_smaller_chunks_hold_the_same_words(
    project: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = load(project(SEARCH))
    index.write(library, tmp_path / "one")
    monkeypatch.setattr(chunks, "SIZE", 500)
    index.write(library, tmp_path / "other")
    one, other = (tmp_path / name / index.FOLDER for name in ("one", "other"))
    assert words_of(one) == words_of(other)
    counts = [len(list((folder / "index").iterdir())) for folder in (one, other)]
    assert counts[1] > counts[0]
    entry = json.loads((other / chunks.ENTRY).read_bytes())
    name = entry["languages"]["en"]["hash"]
    assert (other / f"pagefind.{name}.pf_meta").is_file()


@pytest.mark.parametrize("damage", [b"", b"\xff\xff", b"\x81\x81\x01", b"\xa1\x00\x00"])
def test_an_index_of_another_shape_is_left_as_it_is(small: Path, damage: bytes) -> None:
    (meta,) = small.glob("*.pf_meta")
    meta.write_bytes(chunks.packed(damage))
    before = tree(small)
    chunks.cut(small)
    assert tree(small) == before


def test_what_pagefind_can_not_do_is_a_sentence(
    project: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = load(project(SEARCH))
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/bin/true")
    with pytest.raises(index.SearchError, match=r"^[^\n]*Pagefind[^\n]*\.$"):
        index.write(library, tmp_path / "site")
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "nothing"))
    with pytest.raises(index.SearchError, match=r"^The search can't be made: .*nothing: No such"):
        index.write(library, tmp_path / "site")
    monkeypatch.setattr(index, "get_executable", lambda: None)
    with pytest.raises(index.SearchError, match="pip install"):
        index.write(library, tmp_path / "site")


def test_every_page_of_our_site_can_be_found(site: Path) -> None:
    pages = {page.parent.relative_to(site).as_posix() for page in site.rglob("index.html")}
    urls = {record.url.partition("#")[0] for record in records.records(load(ROOT))}
    gone = {
        url_of(thing.address)
        for thing in load(ROOT).addresses
        if thing.facts.withdrawn or thing.entry.withdrawal
    }
    missing = {"" if page == "." else f"{page}/" for page in pages} - urls - gone
    assert missing == {"search/"}


def test_nothing_that_is_found_leads_nowhere(site: Path) -> None:
    for record in records.records(load(ROOT)):
        page, _, anchor = record.url.partition("#")
        text = (site / page / "index.html").read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in text, record.url
