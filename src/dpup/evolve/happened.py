"""What happened to which things, as the start of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dpup.evolve.compare import Class, Difference

_PAST: Final[Mapping[Class, str]] = {
    "editorial": "changed in its style",
    "refers": "made to name other practices",
    "reordered": "put in another order",
    "restored": "brought back",
}


def what_happened(differences: Iterable[Difference]) -> str:
    """Say what happened to which things, as the start of a sentence."""
    told: dict[str, list[str]] = {}
    for difference in differences:
        past = " and ".join(_past(name, difference) for name in difference.classes)
        told.setdefault(past, []).append(f"'{difference.thing.id}'")
    parts = [
        f"{_few(ids)} {'was' if len(ids) == 1 else 'were'} {past}" for past, ids in told.items()
    ]
    return "; ".join(parts)


def _past(name: Class, difference: Difference) -> str:
    entry = name == "reworded" and not difference.thing.item
    return "changed in what it says" if entry else _PAST.get(name, name)


def _few(ids: list[str]) -> str:
    """Name a few of many."""
    shown = ids if len(ids) <= _SHOWN else [*ids[: _SHOWN - 1], f"{len(ids) - _SHOWN + 1} more"]
    return " and ".join([*([", ".join(shown[:-1])] if shown[:-1] else []), shown[-1]])


_SHOWN: Final = 4
