"""When something was so: ` from 2011 to 2013`, ` since 28 March 2019`, as it stands behind a clause."""

from __future__ import annotations

from collections.abc import Iterable

from ..case.model import Proposition
from ..case.values import Date
from ..words import message
from ..words.formats import date_words


def period(
    proposition: Proposition,
    language: str,
    published: Iterable[Date],
    *,
    begins: bool,
    done: bool = False,
    lasting: bool = False,
) -> str:
    """The period of a proposition, with the space before it; `begins` where it is yet to begin: `from 2032`.

    `done` where the verb tells a deed: Spanish `interrogó a Paz a partir del 16`, but `trabaja allí desde el 16`;
    `lasting` where it states what is: `employs 700 people as of 2031`.

    `published` is when the documents came out that speak of it: what was over by then is told in the past, and no more.
    """
    since, until = proposition.since, proposition.until
    bound = since or until
    if bound is None:
        return ""
    if bound.open and (since == until or not (since and until)):
        formerly = {f"before {day.printed}" for day in published} == {bound.printed}
        return "" if formerly else f" {bound.label(language)}"
    if since == until and since is not None:
        if "/" in since.printed:
            first, _, last = since.printed.partition("/")
            begun, over = _in_words(first, language), _in_words(last, language)
            return " " + message(language, "date.withinDone" if done else "date.within", since=begun, until=over)
        if lasting and not is_day(since):
            return " " + message(language, "date.asOf", date=since.label(language))
        return f" {on(since, language)}"
    key = "between" if since and until else "since" if since else "until"
    if key == "since" and begins:
        key = "from"
    elif key == "since" and done:
        key = "sinceDone"
    begun = _when(since, language) if since else ""
    if since and until and "/" not in since.printed and len(since.printed) > _YEAR <= len(until.printed):
        begun = _without_year(begun, since.printed[:_YEAR], until.printed, language)
    return " " + message(
        language,
        f"date.{key}",
        since=begun,
        until=_when(until, language) if until else "",
    )


#: As many digits as a year has in a date as it is stored.
_YEAR = 4


def _without_year(begun: str, year: str, until: str, language: str) -> str:
    """`January` of `from January to December 2030`, which ends in the year in which it began."""
    if not until.startswith(year):
        return begun
    return begun.removesuffix(f"{message(language, 'date.of')} {year}")


def on(day: Date, language: str) -> str:
    """`on 9 May 2031`, `in June 2031`."""
    word = message(language, "language.onDay" if is_day(day) else "language.inPeriod")
    return f"{word} {day.label(language)}"


def is_day(day: Date) -> bool:
    return len(day.printed) >= 10 and "/" not in day.printed


def _when(day: Date, language: str) -> str:
    """`28 March 2025`; in Spanish a day has its article: `el 28 de marzo de 2025`."""
    return _in_words(day.printed, language) if is_day(day) else day.label(language)


def _in_words(printed: str, language: str) -> str:
    article = message(language, "date.article") if len(printed) >= 10 else ""
    return f"{article}{date_words(printed, language)}"


def dated(verb: str, day: Date, language: str) -> str:
    """`opened on` with a year is `opened in`; Spanish `se abrió en` with a day is `se abrió el`."""
    on, within = message(language, "language.onDay"), message(language, "language.inPeriod")
    if day.open:
        # `issued after June 2036`: the bound has its own word.
        return next((verb.removesuffix(f" {word}") for word in (on, within) if verb.endswith(f" {word}")), verb)
    wrong, right = (within, on) if is_day(day) else (on, within)
    return verb.removesuffix(wrong) + right if verb.endswith(f" {wrong}") else verb
