"""The facts of a new entry that nobody has to be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpup import model
from dpup.kinds import RESOURCES
from dpup.reference import Term

if TYPE_CHECKING:
    import datetime as dt

    from dpup.kinds import Kind


def derived(kind: Kind, title: str, id_: str, today: dt.date, number: int | None) -> dict[str, Any]:
    """Give the facts of a new entry that nobody has to be asked for."""
    facts: dict[str, Any] = {"term" if kind.model is Term else "title": title}
    if kind.is_list:
        facts["id"] = id_
    if kind in RESOURCES:
        facts["kind"] = kind.name
    if number is not None and "number" in kind.model.model_fields:
        facts["number"] = number
    if issubclass(kind.model, model.Faq):
        facts |= {"asked": str(today.year), "history": False}
    return facts | (_life(today) if issubclass(kind.model, model.Document) else {})


def _life(today: dt.date) -> dict[str, Any]:
    version = "1.0.0"
    change = {"version": version, "date": today, "kind": "added", "note": "First edition."}
    return {
        "version": version,
        "status": "draft",
        "reviewed": today,
        "review_by": _year_later(today),
        "changes": (change,),
    }


def _year_later(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)
