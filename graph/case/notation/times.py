"""What follows `when` and `said`, in its parts: dates, a period, bounds, and what it is relative to. Pure.

2032-03 · 2031-04/2032-03 · about 2030 · from 2029 until 2031 · until 2029 · formerly
before, after, by, during, shortly before, 3 weeks before, within 1 year after: a date, an id, or said, published
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ..values import Date, parse_date

_DATE = r"\d{4}[\d/T:-]*"
_SPAN = re.compile(rf"(?:from ({_DATE}))?(?: ?until ({_DATE}))?")
_RELATIVE = re.compile(
    r"(?:(shortly|long) |(within )?(\d{1,4}) (day|week|month|year)s? )?(before|after|by|during) (\S+)"
)
ROUGHLY = ("about", "around", "circa")
#: A bound of a relation between two events.
LINKS = {"before": "precedes", "by": "precedes", "after": "follows", "during": "during"}


@dataclass(frozen=True, slots=True)
class Time:
    """When: a date, or from when until when; a `link` to something else that happened; or `words` that give no day."""

    date: str = ""
    since: str = ""
    until: str = ""
    #: A relation and an id: `("follows", "deal")`.
    link: tuple[str, str] | None = None
    words: str = ""

    @property
    def rough(self) -> tuple[str, str]:
        """The date without what makes it a rough one, and that word: `("about", "2030")`; `("", "2030")`."""
        word, _, day = self.date.partition(" ")
        return (word, day) if word in ROUGHLY else ("", self.date)


def parse_time(text: str, known: Mapping[str, Date | None]) -> Time:
    """A time; `known` gives what `said` and `published` mean. Raises `ValueError`: what is wrong, what to do."""
    if text == "formerly":
        # It was over when the document came out, and that is all that is known.
        published = known.get("published")
        return Time(date=f"before {published.printed}") if published else Time(words=text)
    if (match := _SPAN.fullmatch(text)) and (match[1] or match[2]):
        return Time(since=match[1] or "", until=match[2] or "")
    if match := _RELATIVE.fullmatch(text):
        _, within, number, unit, word, end = match.groups()
        # `published` is a word of this form, and none that was printed.
        told = text.removesuffix(f" {end}") if end in known else text
        if number and not within:
            # How long before: the limit is stored, the words are kept, and no day is counted out.
            time = parse_time(f"{word} {end}", known)
            return replace(time, words=text.removesuffix(f" {end}") if time.link else told)
        if end in known or end[:1].isdigit():
            day = _known(end, known) if end in known else parse_date(end)
            day_words = _bounded(word, day, int(number or 0), unit)
            if not day_words and word in ("before", "after", "by"):
                return Time(date=f"{word} {day.printed}", words=told if match[1] else "")
            return Time(date=day_words) if day_words else Time(words=told)
        how_far = text.removesuffix(f" {end}")
        return Time(link=(LINKS[word], end), words="" if how_far == word else how_far)
    time = Time(date=text)
    parse_date(time.rough[1])
    return time


def _known(word: str, known: Mapping[str, Date | None]) -> Date:
    day = known.get(word)
    if day is None:
        raise ValueError(f'"{word}" has no date here: write one in the document\'s card, or name a date')
    return day


def _bounded(word: str, day: Date, number: int, unit: str | None) -> str:
    """The days that a bound allows, empty when they are open on one side."""
    if word == "during":
        return day.printed
    if not unit:
        return ""
    first, last = date.fromisoformat(day.earliest), date.fromisoformat(day.latest)
    if word == "after":
        return f"{first}/{_moved(last, number, unit)}"
    return f"{_moved(first, -number, unit)}/{last}"


def _moved(day: date, number: int, unit: str | None) -> date:
    try:
        if unit in ("day", "week"):
            return day + timedelta(days=number * (7 if unit == "week" else 1))
        months = day.year * 12 + day.month - 1 + number * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{number} {unit}s lead beyond the calendar: write fewer") from error
