"""Days as people write them and as programs do."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SPOKEN: Final = re.compile(r"([0-9]{1,2}) ([A-Z][a-z]+) ([0-9]{4})")
# Not from the locale: a file has to say the same wherever it is read.
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def iso_day(text: object) -> object:
    """Give a day that a picker of Word wrote as an ISO date, and all else as it is.

    >>> iso_day("3 May 2027"), iso_day("31 June 2027"), iso_day("after the hui")
    ('2027-05-03', '31 June 2027', 'after the hui')
    """
    found = _SPOKEN.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None or found[2] not in _MONTHS:
        return text
    written = f"{found[3]}-{_MONTHS.index(found[2]) + 1:02}-{int(found[1]):02}"
    return written if day_of(written) else text


def day_of(text: str) -> dt.date | None:
    """Give the day that an ISO date names, or None for other words."""
    try:
        return dt.date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        return None


def spoken_day(text: str) -> str:
    """Give an ISO date as people write it, and all else as it is.

    >>> spoken_day("2027-05-03"), spoken_day("soon")
    ('3 May 2027', 'soon')
    """
    day = day_of(text)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year:04}" if day else text
