"""Dates of foreign data: a day, month or year that there is; what is none stays the text that it was written as."""

from __future__ import annotations

import re
from calendar import monthrange

_DATE = re.compile(
    r"((\d{4})(?:-(\d\d)(?:-(\d\d))?)?)"
    r"(?:(?<=-\d\d-\d\d)T(?:([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?))?"
    r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?",
    re.ASCII,
)


def printed(lexical: str) -> str:
    """The day, month or year of a date; nothing for one that there is not, or that no time line of ours holds.

    Years before our era and of more than four digits are such: they are shown as they are written.
    """
    found = _DATE.fullmatch(lexical)
    if found is None:
        return ""
    whole, year, month, day = found[1], int(found[2]), int(found[3] or 1), int(found[4] or 1)
    there_is = year > 0 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    return whole if there_is else ""


def interval(shown: str) -> tuple[str, str]:
    """The first and the last day of what `printed` gives."""
    if len(shown) == 4:
        return f"{shown}-01-01", f"{shown}-12-31"
    if len(shown) == 7:
        return f"{shown}-01", f"{shown}-{monthrange(int(shown[:4]), int(shown[5:]))[1]}"
    return shown, shown
