"""Language warnings: each rule word for word, and the false alarms that may not come."""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from click.testing import CliRunner, Result

from dpup.cli import main
from dpup.language import review
from dpup.language.data import read
from dpup.language.places import Lines, aligned
from dpup.library import load
from dpup.safeyaml import parse
from dpup.search.folding import plain
from helpers import ROOT, edit, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CASES = yaml.safe_load((ROOT / "tests/language_cases.yml").read_text(encoding="utf-8"))
PAGE = "docs/about-it.md"
FILE = "content/principles/he-tangata.md"
UTILISE = "'utilise' is harder to read than it has to be. Better: use. (jargon)"


def check(root: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["check", "--root", str(root), *options])


def warnings(root: Path) -> list[str]:
    return [str(problem) for problem in review.warnings(load(root))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_text_gets_these_warnings_and_no_others(
    case: dict[str, Any], project: Callable[..., Path]
) -> None:
    found = review.warnings(load(project({PAGE: f"# About\n\n{case['text']}\n"})))
    assert [f"{one.column}: {one.sentence}" for one in found] == case.get("says", [])


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("“Show how it helps.”", "Show how it helps."),
        ("\u2018Show how it helps.\u2019", "Show how it helps."),
        ("“Show “ how”", ""),
        ("“Show” how it “helps”", ""),
        ("'“Show how it helps.”'", "Show how it helps."),
        ('"Show how it helps."', ""),
    ],
)
def test_curly_quotation_marks_around_a_whole_field_are_told(
    written: str, shown: str, project: Callable[..., Path]
) -> None:
    root = project()
    edit(root / FILE, "text: Show how it helps people.", f"text: {written}")
    place = f"{FILE}:21:{15 + written.startswith(chr(39))}: warning: areas[0].practices[0].text"
    line = f"{place}: Readers see the curly quotation "
    cure = 'For quotation marks of YAML, write straight ones ("); else remove them. (quotes)'
    assert warnings(root) == ([f"{line}marks around '{shown}'. {cure}"] if shown else [])


def test_a_warning_of_a_field_names_its_line_and_field(project: Callable[..., Path]) -> None:
    root = project()
    edit(
        root / FILE,
        "text: Show how it helps people.",
        "text: >-\n          Show\n          a whanau it.",
    )
    assert warnings(root) == [
        (
            f"{FILE}:23:13: warning: areas[0].practices[0].text: 'whanau' has no macron here."
            " Write 'whānau'; dpup check --fix does it. (macron)"
        )
    ]


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("We utilise.", "9:15"),
        ('"We \\"utilise\\" \\x41 utilise."', "9:33"),
        ("'It''s what we utilise.'", "9:27"),
        ("We\n  do\n  utilise.", "11:3"),
        ('"We\n\n\n  utilise."', "12:3"),
        ('"We \\\n  utilise."', "10:3"),
        ('"Weā\\u0101 utilise."', "9:23"),
        (">- # so\n    We do\n    utilise.", "11:5"),
        ("|\n  We do\n\n  utilise.\n", "12:3"),
    ],
)
def test_a_place_is_found_however_a_value_is_written(
    written: str, place: str, project: Callable[..., Path]
) -> None:
    root = project()
    edit(root / FILE, "Data work is there to make lives better.", written)
    assert warnings(root) == [f"{FILE}:{place}: warning: core_idea: {UTILISE}"]


def test_the_second_line_of_a_paragraph_is_its_own_line(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / FILE, "It is about whānau.", "It is about *all*\nof us, who utilise.")
    assert warnings(root) == [f"{FILE}:34:12: warning: {UTILISE}"]


def test_history_and_reviews_are_read_for_macrons_only(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / FILE, "note: First edition.", "note: We utilise the whanau XYZ.")
    assert warnings(root) == [
        (
            f"{FILE}:29:76: warning: changes[0].note: 'whanau' has no macron here."
            " Write 'whānau'; dpup check --fix does it. (macron)"
        )
    ]


def test_titles_of_sources_are_the_words_of_others(project: Callable[..., Path]) -> None:
    root = project()
    file = root / "content/reference/sources.yml"
    text = file.read_text(encoding="utf-8")
    write(file, text.replace("title: ", "title: Maori stakeholders utilise ", 1))
    assert warnings(root) == []


def test_pages_for_contributors_keep_the_words_of_the_trade(project: Callable[..., Path]) -> None:
    root = project(
        {"docs/contribute/x.md": "# X\n\nThe XYZ must be utilised by the homeless whanau.\n"}
    )
    assert warnings(root) == [
        (
            "docs/contribute/x.md:3:42: warning: 'whanau' has no macron here."
            " Write 'whānau'; dpup check --fix does it. (macron)"
        )
    ]


HARD = "Organisational accountability necessitates considerable administrative documentation. "


def test_the_reading_age_of_a_whole_entry_has_a_limit(project: Callable[..., Path]) -> None:
    root = project()
    edit(root / FILE, "It is about whānau.", HARD.replace("necessitates", "involves") * 20)
    assert warnings(root) == [
        (
            f"{FILE}:1:1: warning: The reading age of 'He Tāngata' is 41; the limit is 14."
            " Shorten sentences, and put shorter words in the place of long ones. (reading-age)"
        )
    ]


def test_te_reo_makes_no_text_old_and_few_words_say_nothing(project: Callable[..., Path]) -> None:
    root = project()
    edit(
        root / FILE,
        "It is about whānau.",
        "We ask kaitiakitanga, mahitahitanga and whakataukī. " * 20,
    )
    assert warnings(root) == []
    edit(
        root / FILE,
        "We ask kaitiakitanga, mahitahitanga and whakataukī. " * 20,
        "Responsibility. " * 5,
    )
    assert warnings(root) == []


def with_jargon(project: Callable[..., Path], rights: str = "") -> Path:
    files = {PAGE: "# About\n\nWe utilise it.\n"}
    return project(files | ({"language-ok.yml": rights} if rights else {}))


def test_warnings_are_printed_and_fail_nothing(project: Callable[..., Path]) -> None:
    result = check(with_jargon(project))
    assert result.exit_code == 0
    assert result.stdout == f"{PAGE}:3:4: warning: {UTILISE}\n"
    assert result.stderr == "25 entries, 3 practices: no problems, 1 warning.\n"


def test_errors_and_warnings_are_counted_apart(project: Callable[..., Path]) -> None:
    root = with_jargon(project)
    edit(root / FILE, "status: published", "status: publised")
    write(root / PAGE, "# About\n\nWe utilise the whanau.\n")
    result = check(root)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 3
    assert result.stderr.endswith(": 1 problem, 2 warnings.\n")


def test_other_formats_carry_the_severity(project: Callable[..., Path]) -> None:
    root = with_jargon(project)
    assert [row["severity"] for row in json.loads(check(root, "--format", "json").stdout)] == [
        "warning"
    ]
    assert (
        check(root, "--format", "github").stdout
        == f"::warning file={PAGE},line=3,col=4::{UTILISE}\n"
    )


RIGHT = "- {rule: jargon, words: We utilise it, in: docs, reason: Shown on purpose.}\n"


def test_words_can_be_right_as_they_stand(project: Callable[..., Path]) -> None:
    assert warnings(with_jargon(project, RIGHT)) == []


@pytest.mark.parametrize(
    "change",
    [("jargon", "people"), ("in: docs", "in: doc"), ("We utilise it", "They utilise it")],
    ids=lambda change: change[1],
)
def test_an_exception_that_fits_nothing_is_told(
    change: tuple[str, str], project: Callable[..., Path]
) -> None:
    found = warnings(with_jargon(project, f"# Ours\n{RIGHT.replace(*change)}"))
    words = "They utilise it" if "They" in change[1] else "We utilise it"
    assert found == [
        f"{PAGE}:3:4: warning: {UTILISE}",
        f"language-ok.yml:2:1: warning: [0]: Nothing needs '{words}' any more. Remove this item.",
    ]


def test_an_exception_for_a_file_that_cannot_be_read_is_kept(project: Callable[..., Path]) -> None:
    root = project({"language-ok.yml": RIGHT.replace("in: docs", f"in: {FILE}")})
    write(root / FILE, "---\ntitle: [\n")
    assert warnings(root) == []


def test_a_long_sentence_and_a_reading_age_can_be_right(project: Callable[..., Path]) -> None:
    rights = (
        "- {rule: long-sentence, words: Word word, reason: A list of words.}\n"
        "- {rule: reading-age, words: He Tāngata, reason: It is made up.}\n"
    )
    root = project({PAGE: f"# About\n\n{'word ' * 40}.\n", "language-ok.yml": rights})
    edit(root / FILE, "It is about whānau.", HARD.replace("necessitates", "involves") * 20)
    assert warnings(root) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (RIGHT.replace("words", "word"), "[0].word: Unknown key 'word'. Did you mean 'words'?"),
        (
            RIGHT.replace("jargon", "jargn"),
            "[0].rule: 'jargn' is not one of the choices. Did you mean 'jargon'?",
        ),
        (
            RIGHT.replace(", reason: Shown on purpose.", ""),
            "[0].reason: The key 'reason' is missing. Add a line that starts with reason:",
        ),
        ("rule: jargon\n", "This file has to be a list. Start each item with a dash: - rule: …"),
        (
            "# Nothing.\n",
            (
                "The file holds nothing but comments. "
                "Write the keys that every such file needs, or copy a file that works."
            ),
        ),
    ],
)
def test_what_is_wrong_with_the_exceptions_is_an_error(
    text: str, said: str, project: Callable[..., Path]
) -> None:
    result = check(project({"language-ok.yml": text}))
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith("language-ok.yml:1:")
    assert line.endswith(f": {said}")


def test_exceptions_behind_a_link_are_refused(project: Callable[..., Path], tmp_path: Path) -> None:
    root = with_jargon(project)
    write(tmp_path / "elsewhere.yml", RIGHT)
    (root / "language-ok.yml").symlink_to(tmp_path / "elsewhere.yml")
    assert warnings(root)[1:] == [
        (
            "language-ok.yml:1:1: This is a symbolic link to a place outside the project."
            " Put a real file here."
        )
    ]


def test_a_broken_file_leaves_the_others_their_warnings(project: Callable[..., Path]) -> None:
    root = with_jargon(project)
    write(root / FILE, "---\ntitle: [\n")
    assert warnings(root) == [f"{PAGE}:3:4: warning: {UTILISE}"]


HOSTILE = (
    *(
        "`",
        "``a`",
        "<a:",
        "<b",
        "[](",
        "](a",
        "][",
        "{:.",
        "{a",
        "a/",
        "a.",
        "a@",
        "“",
        '" ',
        "' ",
        "(",
    ),
    *(
        "-|",
        "- -",
        "> ",
        "...x",
        "(AB; ",
        "Aa ",
        "Maori ",
        "Maori/",
        "Maori.",
        "Whaanau-",
        "utilise ",
    ),
    *(
        "the poor ",
        "must be kept ",
        "is kept by a ",
        "get the ",
        "get consent ",
        "XYZ ",
        "A1",
        "ā",
        "\\",
    ),
)


@pytest.mark.parametrize("part", HOSTILE)
def test_no_text_takes_long(part: str, project: Callable[..., Path]) -> None:
    library = load(project({PAGE: f"# About\n\n{part * (60_000 // len(part))}x consent\n"}))
    start = time.process_time()
    review.warnings(library)
    assert time.process_time() - start < 5  # what grows with the square takes minutes


def test_each_letter_of_a_value_is_found_again() -> None:
    dice = random.Random(1)
    for _ in range(500):
        words = ("".join(dice.choices("abā\"'\\:#-é😀", k=dice.randint(1, 6))) for _ in range(30))
        value = " ".join(f"w{word}" for word in words)
        style = dice.choice([None, '"', "'", ">", "|"])
        text = yaml.dump({"key": value}, default_style=style, allow_unicode=True, width=40)
        mark = parse(text, "f.yml").marks["key",]
        lines = Lines(text)
        found = aligned(text, lines.index(mark.value_line, mark.value_column), value)
        pairs = zip(value, found, strict=True)
        wrong = [c for c, at in pairs if c.isalpha() and text[at] not in {c, "\\"}]
        assert wrong == [], text


def test_builds_do_not_ask_for_warnings() -> None:
    package = ROOT / "src/dpup"
    asking = {
        file.relative_to(package).parts[0]
        for file in package.rglob("*.py")
        if "dpup.language" in file.read_text(encoding="utf-8")
    }
    assert asking == {"language", "commands"}


def test_our_own_content_has_no_warning() -> None:
    assert warnings(ROOT) == []


@pytest.mark.parametrize("name", ["plain-words", "people"])
def test_lists_are_in_order_and_have_no_entry_twice(name: str) -> None:
    text = (ROOT / f"src/dpup/language/{name}.yml").read_text(encoding="utf-8")
    keys = [line.partition(": ")[0] for line in text.splitlines() if not line.startswith("#")]
    assert keys == sorted(set(keys))
    assert list(read(name)) == keys
    assert all(key == key.lower() and value for key, value in read(name).items())


def test_known_kupu_are_in_order_and_have_a_macron() -> None:
    words = read("kupu")["words"]
    assert words == sorted(words, key=plain)
    assert all(plain(word) != word.lower() for word in words)
