"""Names as nodes and sentences have them, and the places of a document."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..case.model import Actor
from ..words import ENGLISH, articles, message, words_of
from ..yaml.forms import in_language


def label(actor: Actor, language: str) -> str:
    """The name without its article, for a node: `White House`."""
    return _labelled(in_language(actor.name, language))


@lru_cache(maxsize=1 << 13)
def _labelled(name: str) -> str:
    return name if _is_brand(name) else capital(without_article(name))


def unnamed(actor: Actor) -> bool:
    """Whether the name only describes somebody: `a relative who wrote on social media`; not `An Li`."""
    return bool(_DESCRIBED.match(in_language(actor.name, ENGLISH)))


_DESCRIBED = re.compile(r"(?:an?|un[ao]?|unos|unas) ")


def without_article(name: str) -> str:
    """`White House` of `the White House`."""
    found = next(filter(name.startswith, articles()), "")
    return name.removeprefix(found)


def _is_brand(name: str) -> bool:
    """Whether a name is written small on purpose: `bne IntelliNews`, `eBay`; a capital inside its words tells."""
    if not name[:1].islower() or name.startswith(articles()):
        return False
    return any(re.search(r"[a-z][A-Z]", word) for word in name.split()[:2])


def inline(actor: Actor, language: str) -> str:
    """The name as it stands in a sentence: `the White House`."""
    name = in_language(actor.name, language)
    if language != ENGLISH and name == actor.name.get(ENGLISH):
        # One name for all languages: an English article has no place in a Spanish sentence.
        return name.removeprefix("the ")
    return name


def several(actor: Actor, language: str) -> bool:
    """Whether the name takes a plural verb: its article tells (`el personal`, `los vecinos`), else its author."""
    first = in_language(actor.name, language).partition(" ")[0]
    return _numbers(language).get(first, actor.plural)


@cache
def _numbers(language: str) -> dict[str, bool]:
    """Article → whether it stands before several."""
    return {
        article: number == "many"
        for number in ("many", "one")
        for article in message(language, f"language.articles_{number}").split()
    }


@cache
def prepositions(language: str) -> frozenset[str]:
    """Words that end a predicate before its third place: `a`, `of`."""
    return frozenset(words_of(language, "language.prepositions"))


def capital(text: str) -> str:
    """The text with a capital at its beginning, unless it begins with a name that is written small."""
    return text if _is_brand(text) else text[:1].upper() + text[1:]


def place_name(at: str, language: str) -> str:
    """`paragraph 2`, `headline`, in the reader's language; a document's own way of counting stays as it is."""
    if at in _PLACES:
        return message(language, f"place.{at}")
    match = re.fullmatch(r"(p|page )(\d+)", at)
    return message(language, f"place.{'paragraph' if match[1] == 'p' else 'page'}", n=match[2]) if match else at


_PLACES = frozenset({"headline", "caption", "subtitle", "byline", "withheld"})


def quoted(words: str, language: str) -> str:
    """`“massive”`, `«masivo»`."""
    return message(language, "quote.words", words=words)


def sentence_text(language: str, key: str, **values: object) -> str:
    """A text of the section `sentence`."""
    return message(language, f"sentence.{key}", **values)
