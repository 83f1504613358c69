"""The forms in which somebody proposes an entry: their headings, boxes and help."""

from __future__ import annotations

from typing import Final

from dpup.asks import DONE
from dpup.proposals import BODY, Box, Form, Part

_EMPTY: Final = "You may leave this empty."


def _text(label: str, prompt: str) -> Part:
    help_ = (
        "Start a new line for each paragraph. Start a line with - and a space for an item of a "
        "list, or with ## and a space for a heading."
    )
    box = Box(BODY, label, f"{prompt} {help_}", kind="paragraph")
    return Part("text", "What it says", "", (box,))


_NAMES: Final = "its title or its web address, as on the page Sources"
_PRACTICES: Final = (
    "One on each line: what the practice says, the question that it asks, or its address."
)
_TITLE: Final = Box("title", "Title", "What it is called, in a few words.", "Before you call")
_SUMMARY: Final = Box("summary", "Summary", "One sentence that says what this is.")
_SOURCES: Final = Part(
    "from",
    "Where it comes from",
    "Every claim needs a source. Use those that the site has, or propose a new one with its form.",
    (Box("sources", "Sources", f"One on each line: {_NAMES}.", kind="list"),),
)
_ABOUT: Final = Part("about", "About it", "", (_TITLE, _SUMMARY))
_ROLES: Final = Part("roles", "Whom it is for", "Tick all that fit.", ticks="role")
_STAGES: Final = Part("stages", "When it helps", "Tick all that fit.", ticks="stage")
_USE: Final = Part(
    "use",
    "When people reach for it",
    "",
    (
        Box(
            "tasks",
            "Tasks",
            "What somebody is about to do when they need it, one on each line. Each completes "
            f"“I am about to …”. {_EMPTY}",
            "call a client for the first time",
            kind="list",
        ),
        Box("minutes", "Minutes", f"About how many minutes it takes, as a number. {_EMPTY}", "10"),
    ),
)
_SUPPORTS: Final = Box("supports", "Practices", f"{_PRACTICES} {_EMPTY}", kind="list")
_ANSWERS: Final = (
    ("yes-no-na", "Yes, no or not applicable"),
    ("yes-no", "Yes or no"),
    ("tick", "A tick when it is done"),
)
_SECTIONS: Final = (
    ("about-the-policy", "About the policy"),
    ("what-happens-with-information", "What happens with information"),
    ("how-it-was-made", "How it was made"),
)
_SEEN: Final = (("whole", "All of it"), ("part", "A part"), ("title", "The title only"))
_DRAFT: Final = (
    "Fill in the boxes, save the file, and send it to those who look after this site. It becomes a "
    "draft that people look at before it goes in. Write in your own words, in plain language. "
    "Don't write personal information: people in examples have roles, and no names."
)

CHECKLIST: Final = Form(
    "checklist",
    "Propose a checklist",
    _DRAFT,
    (
        _ABOUT,
        _ROLES,
        _STAGES,
        _USE,
        Part(
            "how",
            "How people answer",
            "Leave the meanings empty if things are only ticked.",
            (
                Box(
                    "answers", "Answer", "How people answer each question.", "", "choice", _ANSWERS
                ),
                Box("meanings.if_yes", "Yes", "What a yes means."),
                Box("meanings.if_no", "No", "What a no means, and what to do."),
                Box(
                    "meanings.if_not_applicable",
                    "Not applicable",
                    "What “not applicable” means, if that can be answered.",
                ),
            ),
        ),
        Part(
            "items",
            "Questions",
            "One in each row, and as many rows as you need. A row asks what a practice of the "
            "policy asks, or a question of your own; fill in one of the two.",
            (
                Box("heading", "Heading", "The heading above it, where a new part starts."),
                Box(
                    "practice",
                    "Practice",
                    "A practice of the policy: what it says, what it asks, or its address.",
                ),
                Box(
                    "question", "Question", "A question of your own. Start with a verb: Have we …?"
                ),
                Box(
                    "supports",
                    "Supports",
                    f"For a question of your own, the practices behind it. {_PRACTICES}",
                    kind="list",
                ),
                Box("hint", "Hint", f"A sentence of help. {_EMPTY}"),
            ),
            repeats=True,
        ),
        _SOURCES,
        _text("Text", f"What people have to know before they start. {_EMPTY}"),
    ),
)
GUIDE: Final = Form(
    "guide",
    "Propose a guide",
    _DRAFT,
    (
        _ABOUT,
        _ROLES,
        _STAGES,
        _USE,
        Part("policy", "Where the policy says it", "", (_SUPPORTS,)),
        _SOURCES,
        _text("Text", "What to do, and why."),
    ),
)
CASE_STUDY: Final = Form(
    "case-study",
    "Propose a story",
    f"{_DRAFT} A story is fictitious: it shows people who have to decide.",
    (
        _ABOUT,
        _ROLES,
        _STAGES,
        _USE,
        Part(
            "where",
            "Where it plays",
            "",
            (Box("sector", "Sector", "The part of public life.", kind="choice", of="sector"),),
        ),
        Part(
            "moments",
            "Decisions",
            "At least two points at which somebody has to decide, one in each row.",
            (
                Box("decision", "Decision", "What has to be decided, as a question."),
                Box("story", "What happened", "What the people did, and why.", kind="paragraph"),
                Box("supports", "Practices", f"The practices at work. {_PRACTICES}", kind="list"),
            ),
            repeats=True,
        ),
        _SOURCES,
        _text("Story", "Who the people are and what happens. End with what came of it."),
    ),
)
FAQ: Final = Form(
    "faq",
    "Propose a question and its answer",
    _DRAFT,
    (
        Part(
            "about",
            "The question",
            "",
            (
                Box("title", "Question", "The question, as people ask it."),
                Box("summary", "Short answer", "The answer in one sentence."),
                Box("section", "Section", "Where it belongs.", "", "choice", _SECTIONS),
            ),
        ),
        _SOURCES,
        _text("Answer", "The answer."),
    ),
)
TERM: Final = Form(
    "term",
    "Propose a word for the glossary",
    _DRAFT,
    (
        Part(
            "about",
            "The word",
            "",
            (
                Box("term", "Word", "The word, with its macrons.", "whānau"),
                Box("meaning", "Meaning", "What it means here, in plain words.", kind="paragraph"),
                Box("short", "Abbreviation", f"How it is shortened. {_EMPTY}"),
                Box(
                    "reo", "Te reo Māori", "Tick if the word is te reo Māori.", "", "tick", (DONE,)
                ),
                Box(
                    "see",
                    "Related words",
                    f"Words of the glossary, one on each line. {_EMPTY}",
                    kind="list",
                ),
            ),
        ),
        _SOURCES,
    ),
)
SOURCE: Final = Form(
    "source",
    "Propose a source",
    _DRAFT,
    (
        Part(
            "about",
            "The source",
            "",
            (
                Box("title", "Title", "The title of the page or document."),
                Box("publisher", "Publisher", "Who published it."),
                Box("url", "Address", f"Its web address, with https:// at its start. {_EMPTY}"),
                Box("seen", "Read", "How much of it you have read.", "", "choice", _SEEN),
                Box(
                    "official",
                    "Official",
                    "Tick if it belongs to the policy's owners.",
                    "",
                    "tick",
                    (DONE,),
                ),
                Box(
                    "note",
                    "Note",
                    f"Anything that a reader has to know about it. {_EMPTY}",
                    kind="paragraph",
                ),
            ),
        ),
    ),
)
FORMS: Final = {form.id: form for form in (CHECKLIST, GUIDE, CASE_STUDY, FAQ, TERM, SOURCE)}
