"""Names as people write them, found without accents, articles, capitals and exact spaces.

In: a word and what is known. Out: the one key that it means, or an error that says what else it may have meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from .errors import QueryError

_ARTICLE = re.compile(r"^(?:the|an?|el|la|los|las|un|una) ")
_MOST_SHOWN = 5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Known:
    """Something that can be named: its key (an IRI), its ids, and its names in every language."""

    key: str
    ids: tuple[str, ...]
    names: tuple[str, ...]


def many(count: int, word: str) -> str:
    """`1 statement`, `2 statements`."""
    return f"{count} {word}{'s' if count != 1 else ''}"


def unaccented(text: str) -> str:
    """The text without accents: `Núñez` is `Nunez`."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def folded(text: str) -> str:
    """Small letters without accents, single spaces, straight quotes: `El Señor  Núñez` is `el senor nunez`."""
    return " ".join(unaccented(text).replace("’", "'").casefold().split())


def bare(name: str) -> str:
    """A folded name without its article."""
    return _ARTICLE.sub("", folded(name))


def find(word: str, known: Iterable[Known], *, whole: bool = False) -> str:
    """The key that a word means: by id, else by whole name, else by surname, else by words of one name only.

    `whole` takes ids and whole names only. Raises `QueryError` when it means nothing, or several things.
    """
    everything = list(known)
    wanted = bare(word)
    parts = set(wanted.split())
    ways: list[Callable[[Known], bool]] = [
        lambda one: word in one.ids or word == one.key,
        lambda one: any(bare(name) == wanted for name in one.names),
        lambda one: any(_surname(bare(name), wanted) for name in one.names),
        lambda one: bool(parts) and any(parts <= set(re.findall(r"[\w'.-]+", bare(name))) for name in one.names),
    ]
    for fits in ways:
        found = {one.key: one for one in everything if fits(one)}
        if len(found) == 1 and (not whole or fits in ways[:2]):
            return next(iter(found))
        if found:
            shown = ", ".join(_shown(one) for one in list(found.values())[:_MOST_SHOWN])
            more = ", …" if len(found) > _MOST_SHOWN else ""
            raise QueryError(f'"{word}" may mean {len(found)} here: {shown}{more}. Name one of them by its id.')
    raise QueryError(f"No actor, thing or document matches “{word}”. {_meant(wanted, everything)}")


def _surname(name: str, wanted: str) -> bool:
    """Whether a short name ends in these words: `bukele` means Nayib Bukele rather than Ties between X and Bukele."""
    return bool(wanted) and name.endswith(f" {wanted}") and len(name.split()) <= 3


def _shown(one: Known) -> str:
    name = one.names[0] if one.names else one.key
    return f"{one.ids[0]} ({name})" if one.ids else name


def _meant(wanted: str, known: Iterable[Known]) -> str:
    words = {bare(name): _shown(one) for one in known for name in reversed((*one.names, *one.ids))}
    near = get_close_matches(wanted, list(words), n=1, cutoff=0.6)
    return f"Did you mean {words[near[0]]}?" if near else "Check its spelling."


def keys(names: Iterable[str]) -> list[str]:
    """What names are found by without reading every name there is: small letters, with their accents and without."""
    lower = {name.lower() for name in names}
    return sorted(lower | set(map(unaccented, lower)))


def found_by(names: Iterable[str], ids: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Property and text of what a search finds somebody by: their names, their ids, and how their words begin."""
    called = list(names)
    for key in keys((*ids, *called)):
        yield "ag:nameKey", key
    for start in sorted({word[:3] for key in keys(called) for word in _WORD.findall(key)}):
        yield "ag:nameStart", start
