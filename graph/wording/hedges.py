"""Printed hedges and quantifiers that a sentence can say in every language: `may`, `about`, `many of`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ..case.model import Claim
from ..words import has, languages, message, section_of


@cache
def meanings() -> dict[str, tuple[str, ...]]:
    """Printed hedge, small letters → the modalities, stances and marks that say the same."""
    found: dict[str, tuple[str, ...]] = {}
    for language in languages():
        for key, printed in section_of(language, "printed").items():
            for word in printed.split(", "):
                found[word] = (*found.get(word, ()), key)
    return found


def verb_of(claim: Claim) -> str:
    """The verb with which somebody says it, as printed, in small letters; empty where none was written down."""
    return claim.chain[0].verb.casefold() if claim.chain else ""


@cache
def in_its_words(printed: str, language: str) -> str:
    """What a language has for printed words of another: `poco antes`, for `shortly before`; else empty."""
    key = next((key for key in meanings().get(printed.casefold(), ()) if key.startswith("same.")), "")
    return section_of(language, "printed")[key].partition(", ")[0] if key else ""


@cache
def known_quantifier(printed: str) -> str:
    """The key of a printed quantifier that sentences can say in every language; empty for any other."""
    known = meanings().get(printed.casefold().removesuffix(" of").removesuffix(" de"), ())
    return next((key for key in known if has(f"quantifier.{key}")), "")


def rounding(claims: Iterable[Claim]) -> str:
    """How all of them round a figure: `nearly`, if that is the word of each, else `about`; empty if one does not."""
    told = list(claims)
    if not told or not all(claim.approximate for claim in told):
        return ""
    known = [{key for hedge in claim.hedges for key in meanings().get(hedge.casefold(), ())} for claim in told]
    return "nearly" if all("nearly" in words for words in known) else "about"


def hedge_leads(worded: str, language: str) -> bool:
    """Whether a printed hedge can stand before the clause: `says that “it seems” it owns`."""
    return worded.removeprefix(", ").strip(message(language, "quote.words", words="")) in message(
        language, "language.hedgeFirst"
    ).split(", ")
