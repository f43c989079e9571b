"""What a sentence need not say, or not so: a condition told twice, who met whom, no things at all.

In: words of a clause. Out: the words that a newspaper would print for them.
"""

from __future__ import annotations

import re

from ..words import listed, message, words_of
from .nouns import article_of, without_its_article

#: As many letters as a country and what is called after it share: `El Salvador`, `salvadoreño`.
_STEM = 5
#: A noun that counts nothing: `0 fines`.
_NONE = "0 "


def stem(word: str) -> str:
    """What a country shares with the people and things that are called after it."""
    return word[:_STEM].casefold()


def without_if(text: str, language: str) -> str:
    """`would own it`, for `would, under certain conditions, own it`, where the condition stands behind."""
    return text.replace(message(language, "language.dependent"), "")


def meeting_with(name: str, who: str, language: str) -> str:
    """`the meeting with Marta Solé`, of the meeting of two, for one of them who attended it; else the name."""
    for joint in words_of(language, "language.togetherOf"):
        before, found, tail = name.partition(f" {joint} ")
        named = re.split(r", | (?:and|y|e) ", tail)
        if found and who in named and len(named) > 1:
            rest = listed([each for each in named if each != who], language)
            return f"{before} {message(language, 'language.togetherWith')} {rest}"
    return name


def received_from(name: str, language: str) -> str:
    """`the payment from Norvik`, for `the payment by Norvik`, which somebody received."""
    by, _, of = message(language, "language.receivedFrom").partition("=")
    return name.replace(f" {by} ", f" {of} ", 1) if by else name


def none_of(verb: str, name: str, language: str) -> tuple[str, str]:
    """`issued`, `no fines`; `no impuso`, `multas`: a count of zero is told in words."""
    if not name.startswith(_NONE):
        return verb, name
    no, none = message(language, "language.noVerb"), message(language, "language.none")
    return f"{no} {verb}".lstrip(), f"{none} {name.removeprefix(_NONE)}".lstrip()


def without_demonym(name: str, place: str, language: str) -> str:
    """`the spending on prisons`, for `US spending on prisons`, of which it is said that it was in that country."""
    words = name.split(" ")
    bare = without_its_article(place, language)
    for word in words:
        known = word in words_of(language, "language.demonyms")
        initials = "".join(each[0] for each in bare.split())
        if known and (word == initials or stem(word) == stem(bare)):
            return " ".join(each for each in words if each != word)
    return name


def named_after(name: str, place: str, language: str) -> bool:
    """Whether an adjective in a name says which country it is of: `Chilean politicians`, `US spending`."""
    bare = without_its_article(place, language).split()
    initials = "".join(each[0] for each in bare)
    long = {stem(each): each for each in bare if len(each) >= _STEM}
    words = name.replace("'s", "").split()
    return any(word == initials or long.get(stem(word), word) != word for word in words)


def of_the_country(name: str, country: str, language: str) -> str:
    """`the country's prison system`, for `the Salvadoran prison system`, beside El Salvador; else the name."""
    article = article_of(name, language)
    words = name.removeprefix(f"{article} ").split(" ")
    adjective = next((word for word in words if named_after(word, country, language)), "")
    if not article or not adjective or len(words) == 1:
        return name
    rest = " ".join(word for word in words if word != adjective)
    what = rest if message(language, "language.nounLast") else f"{article} {rest}"
    return message(language, "sentence.countrys", what=what)


def without_short(name: str, other: str, language: str) -> str:
    """`the protest`, for `the protest against the purchase`, of which the sentence gives the full name."""
    for joint in words_of(language, "language.prepositions"):
        before, found, short = name.partition(f" {joint} ")
        if found and other.startswith(f"{short} "):
            return before
    return name


def without_tail(name: str, other: str, language: str) -> str:
    """`the transfer`, for `the transfer to Chile`, said of `the decision to send people to Chile`."""
    for joint in words_of(language, "language.prepositions"):
        before, found, last = name.rpartition(f" {joint} ")
        if found and last[:1].isupper() and other.endswith(f"{found}{last}") and len(before.split()) > 1:
            return before
    return name
