"""What people write into the forms that propose something, and what is said of it.

The Word form and the form in the browser are both held to these cases.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from dpup import answers, intake

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from dpup.library import Library

PRACTICE = "purpose-matters.write-it-down"
OTHER = "he-tangata.show-the-benefit"
# What a person might write into each form: with names in place of ids, and addresses.
ABOUT = {"roles.frontline": "done", "stages.plan": "done", "sources": "The page"}
FILLED: dict[str, dict[str, Any]] = {
    "checklist": {
        **ABOUT,
        "title": "Ngā pātai: before you call",
        "summary": "Questions to settle before you call somebody.",
        "tasks": "call a client\ncall a client's whānau",
        "minutes": "10",
        "answers": "yes-no-na",
        "meanings.if_yes": "Go on.",
        "meanings.if_no": "Wait: it isn't ready.",
        "meanings.if_not_applicable": "It can't arise.",
        "heading": ("Why", "", "", "How"),
        "practice": ("Write down why.", "", "", "https://dpup.example/id/" + OTHER + "/"),
        "question": ("", "Have we told the team?", "", ""),
        "supports": ("", "Have we written down why?\n" + OTHER, "", ""),
        "hint": ("Two sentences: no more.", "", "", ""),
        "body": "Do it together.\nThen:\n- one\n- two\n## After\nSay thanks.",
    },
    "guide": {
        **ABOUT,
        "title": "How to call",
        "summary": "What helps on the phone.",
        "supports": f"{PRACTICE}, {OTHER}",
        "body": "Say who you are. See [the law](../reference/laws.yml#ipp-1).",
    },
    "case-study": {
        **ABOUT,
        "title": "A call at night",
        "summary": "A fictitious story of a call.",
        "sector": "health",
        "decision": ("What do we ask?", "Whom do we tell?"),
        "story": ("Only what was needed.", "Nobody: it was not needed.\nThen the person."),
        "supports": (PRACTICE, "Show how it helps people"),
        "body": "A nurse called.\n## How it ended\nWell.",
    },
    "faq": {
        "title": "Is it binding?",
        "summary": "No.",
        "section": "about-the-policy",
        "sources": "page",
        "body": "No. It goes further than the law.",
    },
    "term": {
        "term": "tāngata",
        "meaning": "People.",
        "short": "tng",
        "reo": "done",
        "see": "whanau\nprivacy impact assessment",
        "sources": "The page",
    },
    "source": {
        "title": "Another page",
        "publisher": "An agency",
        "url": "https://agency.example/other",
        "seen": "whole",
        "official": "done",
        "note": "It is short.",
    },
}

NOTHING = "Nothing stands here. Fill it in."
NO_TICK = "Nothing is ticked. Tick what fits."
NO_NUMBER = "This is not a whole number. Write digits only, as 10."
NO_BRACES = "Two braces together, or a brace with % or #, can't stand in a form. Say it in words."
TICK = "'A tick when it is done'"
SOURCE = "Write its title or its web address, as on the page Sources."
WRONG: dict[str, tuple[str, dict[str, Any], str]] = {
    "empty boxes": (
        "guide",
        {"summary": None, "sources": None, "roles__frontline": None, "body": None},
        (
            f"Box 'Summary': {NOTHING}\nBox 'Sources': {NOTHING}\n"
            f"Box 'Whom it is for': {NO_TICK}\nBox 'Text': {NOTHING}"
        ),
    ),
    "no title": ("guide", {"title": " "}, f"Box 'Title': {NOTHING}"),
    "unknown source": (
        "guide",
        {"sources": "pages"},
        "Box 'Sources': This site has no source 'pages'. Did you mean 'page'?",
    ),
    "a source like no other": (
        "guide",
        {"sources": "xyz"},
        f"Box 'Sources': This site has no source 'xyz'. {SOURCE}",
    ),
    "a name that nothing has": (
        "guide",
        {"sources": "My book"},
        f"Box 'Sources': This site has no source 'My book'. {SOURCE}",
    ),
    "a practice that nothing has": (
        "guide",
        {"supports": "reasonable"},
        (
            "Box 'Practices': This site has no practice 'reasonable'. Write what a practice says, "
            "the question that it asks, or its address."
        ),
    ),
    "a number in words": ("guide", {"minutes": "10 minutes"}, f"Box 'Minutes': {NO_NUMBER}"),
    "a number of thousands of digits": (
        "guide",
        {"minutes": "9" * 5000},
        f"Box 'Minutes': {NO_NUMBER}",
    ),
    "a choice of several lines": (
        "case-study",
        {"sector": "he\nalth"},
        "Box 'Sector': 'he\\nalth' is none of the choices. Choose 'Health'.",
    ),
    "a choice that is an id": (
        "case-study",
        {"sector": "heath"},
        "Box 'Sector': 'heath' is none of the choices. Choose 'Health'.",
    ),
    "too large a number": (
        "guide",
        {"minutes": "1000"},
        "Box 'Minutes': 1000 is out of range. Write a number that is at most 480.",
    ),
    "two lines": (
        "guide",
        {"title": "One\nTwo"},
        "Box 'Title': This has to be one line. Join the lines.",
    ),
    "too long": (
        "guide",
        {"summary": "x" * 301},
        "Box 'Summary': This has 301 characters; the limit is 300. Shorten it.",
    ),
    "braces in a field": ("guide", {"summary": "{{ entry() }}"}, f"Box 'Summary': {NO_BRACES}"),
    "a call in the text": (
        "guide",
        {"body": 'Look:\n{{ practices(law="ipp-1") }}\n{% raw %}'},
        f"Box 'Text': {NO_BRACES}",
    ),
    "HTML in the text": (
        "guide",
        {"body": "One.\n<script>alert(1)</script>"},
        (
            "Box 'Text': HTML can't be used here: <script>. Delete it; write &lt; for a less-than "
            "sign."
        ),
    ),
    "a link that leads nowhere": (
        "guide",
        {"body": "See [it](nowhere.md)."},
        (
            "Box 'Text': The link 'nowhere.md' leads to no page. Write a whole address, with "
            "https:// at its start."
        ),
    ),
    "a link that runs": (
        "guide",
        {"body": "See [it](javascript:alert)."},
        "Box 'Text': A link may not start with javascript:. Start it with https:// or mailto:.",
    ),
    "a hidden character": (
        "guide",
        {"summary": "a\u200bb"},
        "Box 'Summary': A hidden character takes no room (U+200B ZERO WIDTH SPACE). Delete it.",
    ),
    "a character that chooses another shape": (
        "guide",
        {"summary": "Do no\ufe01t share ❤\ufe0f"},
        "Box 'Summary': A hidden character takes no room (U+FE01 VARIATION SELECTOR-2). Delete it.",
    ),
    "a mark that strikes out": (
        "guide",
        {"summary": "Not ye\u0338t, but 5 \u2265\u0338 6"},
        (
            "Box 'Summary': A mark strikes out or surrounds what stands before it "
            "(U+0338 COMBINING LONG SOLIDUS OVERLAY). Delete it."
        ),
    ),
    "a hidden character in the text": (
        "guide",
        {"body": "a\u200bb"},
        "Box 'Text': A hidden character takes no room (U+200B ZERO WIDTH SPACE). Delete it.",
    ),
    "a taken title": (
        "guide",
        {"title": "First steps"},
        (
            "Box 'Title': The id 'first-steps' is taken by content/toolkit/first-steps.md. Say "
            "--id first-steps-guide, which is free, or another one."
        ),
    ),
    "nothing to choose": (
        "faq",
        {"section": None},
        (
            "Box 'Section': Nothing is chosen. Choose 'About the policy', 'What happens with "
            "information' or 'How it was made'."
        ),
    ),
    "no sector": (
        "case-study",
        {"sector": None},
        "Box 'Sector': Nothing is chosen. Choose 'Health'.",
    ),
    "one decision": (
        "case-study",
        {"decision": ("Do we ask?",), "story": ("Yes.",), "supports": (PRACTICE,)},
        "Box 'Decisions': This list has 1; at least 2 are needed. Add what is missing.",
    ),
    "a decision without its story": (
        "case-study",
        {"story": ("Only what was needed.", "")},
        f"Box 'What happened', row 2 of 'Decisions': {NOTHING}",
    ),
    "no questions": (
        "checklist",
        dict.fromkeys(("heading", "practice", "question", "supports", "hint")),
        f"Box 'Questions': {NOTHING}",
    ),
    "no heading": (
        "checklist",
        {"heading": ("", "", "", "How")},
        f"Box 'Heading', row 1 of 'Questions': {NOTHING}",
    ),
    "a heading without questions": (
        "checklist",
        {"heading": ("Why", "", "Empty", "How")},
        f"Box 'Heading', row 3 of 'Questions': {NOTHING}",
    ),
    "a heading of the text that is one of the table": (
        "checklist",
        {"body": "Hi\n## Why\nx"},
        (
            "Box 'Text': This heading makes the address 'why', which a row of this form has. Word "
            "it differently."
        ),
    ),
    "a question that is none": (
        "checklist",
        {"question": ("", "Why do we ask?", "", "")},
        (
            "Box 'Question', row 2 of 'Questions': Yes or no can't answer this question. Start "
            "with a verb, as in: Have we written down why?"
        ),
    ),
    "a row that is two things": (
        "checklist",
        {"practice": (PRACTICE, "Show how it helps people."), "heading": ("Why",)},
        (
            "Row 2 of 'Questions': This row asks two things. Fill in either 'Practice' or "
            "'Question'."
        ),
    ),
    "a row that is nothing": (
        "checklist",
        {"hint": ("", "", "Only this.", "")},
        "Row 3 of 'Questions': This row asks nothing. Fill in 'Practice' or 'Question'.",
    ),
    "a row that is there twice": (
        "checklist",
        {"practice": ("Write down why.", "", PRACTICE, OTHER)},
        "Row 3 of 'Questions': Another row asks this already. Remove one of the two.",
    ),
    "a question that nothing supports": (
        "checklist",
        {"supports": None},
        (
            "Box 'Supports', row 2 of 'Questions': A question of your own needs a practice behind "
            "it. Write it into 'Supports'."
        ),
    ),
    "a practice that is supported": (
        "checklist",
        {"supports": (PRACTICE, PRACTICE, "", "")},
        (
            "Box 'Supports', row 1 of 'Questions': The practice stands behind this row already. "
            "Empty 'Supports', which is for a question of your own."
        ),
    ),
    "an unknown practice": (
        "checklist",
        {"practice": ("purpose-matters.write-it-dwn", "", "", OTHER)},
        (
            "Box 'Practice', row 1 of 'Questions': This site has no practice "
            "'purpose-matters.write-it-dwn'. Did you mean 'purpose-matters.write-it-down'?"
        ),
    ),
    "no meanings": (
        "checklist",
        dict.fromkeys(("meanings__if_yes", "meanings__if_no", "meanings__if_not_applicable")),
        (
            "Box 'Answer': Nobody says what an answer means. Fill in 'Yes' and 'No', or choose "
            f"{TICK}."
        ),
    ),
    "one meaning": (
        "checklist",
        {"answers": "tick", **dict.fromkeys(("meanings__if_no", "meanings__if_not_applicable"))},
        (
            "Box 'No': Nothing stands here. Fill in 'Yes' and 'No', or leave all meanings empty "
            f"and choose {TICK}."
        ),
    ),
    "meanings of ticks": (
        "checklist",
        {"answers": "tick"},
        (
            "Box 'Answer': Things that are only ticked have no meanings. Empty 'Yes', 'No' and "
            "'Not applicable', or choose another answer."
        ),
    ),
    "no meaning of one answer": (
        "checklist",
        {"meanings__if_not_applicable": None},
        (
            "Box 'Answer': Nobody says what “not applicable” means. Fill in 'Not applicable', or "
            "choose 'Yes or no'."
        ),
    ),
    "no answer": (
        "checklist",
        {"answers": None},
        (
            "Box 'Answer': Nothing is chosen. Choose 'Yes, no or not applicable', 'Yes or no' or "
            f"{TICK}."
        ),
    ),
    "an unknown word": (
        "term",
        {"see": "whanaunga"},
        "Box 'Related words': This site has no word 'whanaunga'. Did you mean 'whanau'?",
    ),
    "a word like no other": (
        "term",
        {"see": "Zzz"},
        (
            "Box 'Related words': This site has no word 'Zzz'. Write a word as it stands in the "
            "glossary."
        ),
    ),
    "a word that is itself": (
        "term",
        {"term": "kupu hou", "see": "kupu-hou"},
        "Box 'Related words': A word is not related to itself. Remove it.",
    ),
    "a wrong address": (
        "source",
        {"url": "www.agency.example"},
        (
            "Box 'Address': 'www.agency.example' is not a web address. Start it with https:// and "
            "leave no spaces or quotation marks."
        ),
    ),
    "a hidden character in a list": (
        "term",
        {"meaning": "a\u200bb"},
        "Box 'Meaning': A hidden character takes no room (U+200B ZERO WIDTH SPACE). Delete it.",
    ),
}

TRAPS = (
    *("yes", "no", "null", "~", "1.10", "2026-11-24", "12:30", "0x1f", "- a", "? a", "a: b"),
    *("a #b", "#b", "[a, b]", "{a: b}", "&a", "*a", "!!python/object:os.system", "|", ">-", "%x"),
    *('"a": 1', "'a'", "it's", "\\", "---", "...", "<<", "=", "<b>bold</b>", "&lt;", "`a`", "@x"),
)
# More that can be wrong, by the kind of form: each is held to what the check says.
ODD: tuple[tuple[str, dict[str, Any]], ...] = (
    ("checklist", {"body": "Hi\n## Why\nx"}),
    ("checklist", {"question": ("", "[fill in: x]", "", "")}),
    ("checklist", {"hint": ("{{x}}", "", "", "")}),
    ("checklist", {"practice": ("Write down why.", "", PRACTICE, "")}),
    (
        "checklist",
        {
            "question": ("", "Have we told the team?", "Have  we TOLD the team?", ""),
            "supports": ("", "Write down why.", "Write down why.", ""),
        },
    ),
    ("checklist", {"question": ("", "Have we told", "", "")}),
    ("checklist", {"question": ("", "If people object, do we stop?", "", "")}),
    ("checklist", {"supports": ("", "", "", "")}),
    ("checklist", {"supports": ("Write down why.", "Write down why.", "", "")}),
    ("checklist", {"answers": "tick"}),
    ("checklist", {"meanings.if_not_applicable": None}),
    ("checklist", {"meanings.if_no": None}),
    ("checklist", dict.fromkeys(FILLED["checklist"])),
    ("case-study", {"story": ("x y \n\n z   \n  indented", "w")}),
    ("case-study", {"decision": ("[x]: y", "z #")}),
    ("case-study", dict.fromkeys(FILLED["case-study"])),
    ("faq", dict.fromkeys(FILLED["faq"])),
    ("term", {"term": "kupu hou", "see": "kupu-hou"}),
    ("term", dict.fromkeys(FILLED["term"])),
    ("source", {"url": "https://a b"}),
    ("source", {"url": "https://a.example/'x'"}),
    ("source", {"url": "https://a.example/#x"}),
    ("source", dict.fromkeys(FILLED["source"])),
    ("guide", {"body": "• one\n\u2013 two\n·\u00a0three\n1) four\n2) five\n•\tsix\n1)a"}),
    ("guide", {"minutes": "0"}),
    ("guide", {"minutes": "-1"}),
    ("guide", {"minutes": "1.5"}),
    ("guide", {"minutes": "0010"}),
    ("guide", {"summary": "word and more words that go on: " * 6}),
    ("guide", {"summary": "a  b   c \U0001f600 \u00a0 a\tb"}),
    ("guide", {"summary": "ma\u0304ori"}),
    ("guide", {"summary": "✓\ufe0f ❤\ufe0f a\ufe0f \ufe0eb"}),
    ("guide", {"summary": "a\u0338 b\u20dd \u0338 c\U000e0100 =\u0338"}),
    ("guide", {"summary": "two\nlines"}),
    ("guide", {"title": "2026-11-24"}),
    ("guide", {"title": "word " * 21}),
    ("guide", {"tasks": "yes\nno"}),
    ("guide", {"sources": "page, page; page"}),
    ("guide", {"body": "Say [fill in: what?] now"}),
    ("guide", {"body": "![x](y.png)\n[a](javascript:alert(1))\n[x]()\n# Top"}),
    ("guide", {"body": "<!-- c -->\n`<b>` ok <i>x</i> & <https://a.example> </u>"}),
    ("guide", {"body": "a < b and c > d, 3<4"}),
    ("guide", {"body": "a\n    code\n> quote\n1. x\n2. y\n* * *"}),
    ("guide", dict.fromkeys(FILLED["guide"])),
)


@dataclasses.dataclass(frozen=True)
class Case:
    """One filled form."""

    kind: str
    said: Mapping[str, Any]

    @property
    def sheet(self) -> answers.Sheet:
        """What the Word form would give."""
        found = {
            f"propose-{self.kind}.{name}": answers.Answer(rows=text)
            if isinstance(text, tuple)
            else answers.Answer(answer=text)
            for name, text in self.said.items()
        }
        return answers.Sheet(entry=f"propose-{self.kind}", answers=found)

    @property
    def typed(self) -> dict[str, Any]:
        """What the form in the browser would hold."""
        tables = {name: text for name, text in self.said.items() if isinstance(text, tuple)}
        length = max(map(len, tables.values()), default=0)
        rows = [
            {name: text[number] for name, text in tables.items() if number < len(text)}
            for number in range(length)
        ]
        rest = {name: text for name, text in self.said.items() if isinstance(text, str)}
        return {
            "texts": {name: text for name, text in rest.items() if text != "done"},
            "ticks": {name: True for name, text in rest.items() if text == "done"},
            "rows": rows,
        }

    def judged(self, library: Library, today: dt.date) -> intake.Proposal:
        """Say what becomes of it by the way of the Word form."""
        return intake.proposal(library, self.sheet, today)


def cases() -> Iterator[Case]:
    """Yield every case, the sound ones first."""
    yield from (Case(kind, said) for kind, said in FILLED.items())
    changed = [*((kind, changes) for kind, changes, _ in WRONG.values()), *ODD]
    for trap in TRAPS:
        hint = (f"x {trap}", trap, "", "")
        changed.append(("checklist", {"summary": trap, "hint": hint, "tasks": trap}))
        changed.append(
            ("guide", {"title": f"a{trap}", "summary": trap, "tasks": f"{trap}\n{trap}x"})
        )
    for kind, changes in changed:
        said = {**FILLED[kind], **{name.replace("__", "."): text for name, text in changes.items()}}
        yield Case(kind, {name: text for name, text in said.items() if text is not None})
