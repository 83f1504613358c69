"""Who has to look at a change, and why: what a machine can tell from the words that differ."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from dpup import links, meaning, reference, reviews
from dpup.evolve.story import listed
from dpup.reo import Marker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dpup.evolve.compare import Comparison, Difference
    from dpup.evolve.things import Lines

STEWARD: Final = "a steward"
TE_REO: Final = reviews.NEEDS["te-reo"]
LEGAL: Final = reviews.NEEDS["legal"]
SOURCE: Final = reviews.NEEDS["source"]
EVERYBODY: Final = (STEWARD, TE_REO, LEGAL, SOURCE)
_LAW: Final = re.compile(r"\b(?:Acts?|IPPs?(?: \d+A?)?|laws?|lawful(?:ly)?|legal(?:ly)?|HIPC)\b")
_LEGAL_KEYS: Final = frozenset({"laws", "beyond_law", "in_force", "part_of"})
_MOVES: Final = frozenset(
    {"reworded", "withdrawn", "split", "merged", "moved", "restored", "gone", "added", "reordered"}
)
_ENDS: Final = frozenset({"withdrawn", "split", "merged", "gone"})
_BEGINS: Final = frozenset({"added", "restored"})
_POLICY: Final = frozenset(
    {"principle", "guideline", "role", "stage", "law", "finding", "term", "source"}
)
"""What the policy itself says, and the lists that its words rest on."""
_NOTED: Final = {"status": "another status", "changes": "older lines of its history differ"}


def needed(comparison: Comparison) -> dict[str, tuple[str, ...]]:
    """Map each kind of reviewer that is needed to the reasons, in a fixed order."""
    reo = [t.title for t in comparison.new.of("term") if getattr(t.facts, "reo", False)]
    marker = Marker(reo)
    asked: dict[str, Callable[[Difference], str]] = {
        STEWARD: _policy,
        TE_REO: lambda difference: _reo(difference, marker),
        LEGAL: _law,
        SOURCE: _source,
    }
    found = {}
    for who in EVERYBODY:
        told = [(it, asked[who](it)) for it in comparison.differences]
        reasons = [f"`{it.thing.id}`: {why}" for it, why in told if why]
        if who == STEWARD:
            reasons = [*_approvals(comparison), *reasons]
        if reasons:
            found[who] = tuple(reasons)
    return found


def _approvals(comparison: Comparison) -> Iterator[str]:
    """Name approved entries whose words differ, and approvals that are new."""
    for key in {**comparison.by_entry, **comparison.left}:
        old, new = comparison.old.get(*key), comparison.new.get(*key)
        before = getattr(old.facts, "approved", None) if old else None
        after = getattr(new.facts, "approved", None) if new else None
        if not new or not before:
            continue
        approval = f"`{new.id}`: the approval by {before.by} of {before.on}"
        if after is None:
            yield f"{approval} was taken out"
        elif after != before:
            now = f"`{new.id}`: a new approval in the name of {after.by}, of {after.on}"
            yield f"{now}, in place of that by {before.by} of {before.on}"
        elif meaning.of_entry(new) != before.fingerprint:
            yield f"{approval} was for other words"
    for entry in comparison.new.entries:
        before = comparison.old.get(entry.kind.name, entry.id)
        given = getattr(entry.facts, "approved", None)
        if given and not (before and getattr(before.facts, "approved", None)):
            yield f"`{entry.id}`: a new approval in the name of {given.by}, of {given.on}"


def _policy(difference: Difference) -> str:
    """Say why a steward decides: the policy itself changes, or an id does."""
    classes = [name for name in difference.classes if name in _MOVES]
    inside = difference.thing.entry.kind.name in _POLICY
    # A new resource is decided on as a whole, and not question by question.
    small = {"reworded", "reordered", *({"added"} if difference.thing.item else ())}
    ends = [name for name in classes if name not in small]
    names = [it.name for it in difference.fields if it.name != "status" or not ends]
    noted = [_NOTED[name] for name in names if name in _NOTED]
    return listed((*(classes if inside else ends), *noted))


def _reo(difference: Difference, marker: Marker) -> str:
    if any(field.name.startswith("kupu.") for field in difference.fields):
        return "the meaning of its name"
    facts = difference.thing.entry.facts
    means_else = {"reworded", "added", "gone"}.intersection(difference.classes)
    if isinstance(facts, reference.Term) and facts.reo and means_else:
        return "what the word means"
    before, after = (Counter(_runs(text, marker)) for text in _texts(difference))
    differ = sorted((before - after) | (after - before))
    shown = tuple(f"“{word}”" for word in differ[:_FEW])
    return f"the word{'s' if len(differ) > 1 else ''} {listed(shown)}" if differ else ""


_FEW: Final = 5


def _runs(text: str, marker: Marker) -> Iterator[str]:
    return (part for part, is_reo in marker.parts(text) if is_reo)


def _law(difference: Difference) -> str:
    said = _whole(difference)
    names = [field.name for field in difference.fields] if said is None else list(said)
    keys = [name for name in names if name in _LEGAL_KEYS]
    if keys:
        return f"the key{'s' if len(keys) > 1 else ''} {listed(tuple(keys))}"
    if isinstance(difference.thing.entry.facts, reference.Law) and names:
        return "a law"
    sides = [sorted(_LAW.findall(text)) for text in _texts(difference)]
    return "words about the law" if sides[0] != sides[1] else ""


def _source(difference: Difference) -> str:
    if any(field.name == "sources" for field in difference.fields):
        return "other sources"
    kind = difference.thing.entry.kind.name
    if kind == "source" and difference.fields:
        return f"says something else of it: {listed(tuple(it.name for it in difference.fields))}"
    named = [name for name in difference.classes if name in {"added", "reworded"}]
    return f"{listed(tuple(named))}: does the source say so" if named and kind in _POLICY else ""


def _texts(difference: Difference) -> tuple[str, str]:
    """Give all words that differ, of both sides; all words of what begins or ends."""
    said = _whole(difference)
    if said is not None:
        words = [said[key] for key in said if key.rpartition(".")[2] not in links.FIELDS]
        whole = " \n".join(line for lines in words for line in lines)
        return (whole, "") if _ends(difference) else ("", whole)
    named = [it for it in difference.fields if it.name.rpartition(".")[2] not in links.FIELDS]
    before = (line for field in named for line in field.before)
    after = (line for field in named for line in field.after)
    return " \n".join(before), " \n".join(after)


def _whole(difference: Difference) -> Mapping[str, Lines] | None:
    """Give all that a thing says, where it comes into force or goes out of it."""
    if _ends(difference):
        return (difference.old or difference.thing).says
    begins = not _BEGINS.isdisjoint(difference.classes)
    return difference.thing.says if begins else None


def _ends(difference: Difference) -> bool:
    # Something may also have gone that stands elsewhere now under another id.
    return not _ENDS.isdisjoint(difference.classes) and "moved" not in difference.classes
