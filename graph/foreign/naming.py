"""What things of a foreign dataset are called, and of which kind they are, by their names and by their classes.

In: for each thing, what the query `names` found. Out: a name that says something, or none; a class, and how its
instances are drawn. The tables are `ontology/lift/naming.json`, which the served page reads, too
(`page/model/naming.js`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeAlias
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from ..base import resources
from ..base.terms import expand

TYPE = expand("rdf:type")
_ABOVE = expand("rdfs:subClassOf")
#: What is said of things: thing → pairs of a property and a value.
Called: TypeAlias = Mapping[str, Sequence[tuple[str, NamedNode | Literal]]]
#: Names that say nothing: a pronoun, a word for nothing, a number, a digest or another key that a machine made.
_OPAQUE = re.compile(
    r"(?:me|it|this|self|id|i|thing|n/a|null|undefined|_:\w+)|[\W\d_]*"
    r"|(?:[a-z]{1,10}[-_])?(?=[^-_]*\d)[0-9a-f]{12,}"
    r"|[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}"
    r"|(?=.*\d)(?=.*[a-z])[0-9a-z_-]{22,}",
    re.IGNORECASE,
)
#: Words and numbers, which are no key, however long they are together: `Mayor_of_London_election_2016`.
_WORDS = re.compile(
    r"(?=(?:.*?(?:^|[-_])[A-Za-z]{3,}(?=[-_]|$)){2})(?:[A-Za-z]+|\d+)(?:[-_]+(?:[A-Za-z]+|\d+))*"
    r"|(?=(?:.*?[a-z]{4}){2})(?:[A-Z]+[a-z]*|\d+)+"
)
#: Keys of a register, which say nothing where the kind is known. The items of a Wikibase are called by theirs.
_KEY = re.compile(r"(?![QPL]\d)[a-z]{1,3}\d{3,}", re.IGNORECASE)
#: A page whose file has a number for its name, of which the site says more.
_PAGE = re.compile(r"https?://(?:www\.)?([^/:]+)[^?#]*/(?=[^/]*\d{3})[^/?#]*\.(?:x?html?|php|aspx?|jsp)", re.IGNORECASE)
_NUMBER = re.compile(r"\+?[\d.,:_-]*\d[\d.,:_-]*")
#: The number that CIDOC CRM and its like begin a name with: `E21_Person`, `P14i_performed`.
_CODE = re.compile(r"^[A-Z]{1,3}\d+[a-z]{0,2}_(?=[A-Za-z])")
_WIKIDATA = re.compile(r"http://www\.wikidata\.org/(?:entity|prop(?:/direct)?)/([PQ]\d+)")
_CONCEPTS = re.compile(r"\bconcepts?\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@dataclass(frozen=True, slots=True)
class Look:
    """How things of a class are drawn, and whether they can act."""

    shape: str
    hue: str
    agent: bool


_CONCEPT = Look("circle", "concept", False)


@cache
def tables() -> dict[str, Any]:
    """The tables, as the served page gets them."""
    found: dict[str, Any] = json.loads((resources.ontology() / "lift" / "naming.json").read_text("utf-8"))
    return found


def name_of(says: Iterable[tuple[str, NamedNode | Literal]], language: str) -> str:
    """The best name: one that says something, in the reader's language, by the best property; else nothing."""
    found = []
    for predicate, value in says:
        # A name is one line, however it was indented in a file.
        text = " ".join(value.value.split()) if isinstance(value, Literal) else ""
        if text and not says_nothing(text):
            other, rank = _rank(predicate)
            tongue = _tongue(value, language)
            found.append((other, tongue > 0, rank, tongue, predicate, text))
    return min(found)[-1] if found else ""


def _rank(predicate: str) -> tuple[bool, int]:
    """Whether it gives another name than the usual one, and its place among those that do or do not."""
    names, others = tables()["names"], tables()["others"]
    if predicate in others:
        return True, others.index(predicate)
    return False, names.index(predicate) if predicate in names else len(names)


def _tongue(value: NamedNode | Literal, language: str) -> int:
    """0 for the wanted language, 1 for none stated, 2 for English, 3 for others."""
    tag = ((isinstance(value, Literal) and value.language) or "").split("-")[0]
    return 0 if tag == language else 1 if not tag else 2 if tag == "en" else 3


def says_nothing(name: str) -> bool:
    """Whether a name tells nobody who or what is meant."""
    return _OPAQUE.fullmatch(name) is not None and _WORDS.fullmatch(name) is None


def site(iri: str) -> str:
    """The host of a web address; nothing for other IRIs."""
    found = re.match(r"https?://(?:www\.)?([^/:?#]+)", iri)
    return found[1] if found else ""


@lru_cache(maxsize=1 << 16)
def local_name(iri: str) -> str:
    """`works for` of …#worksFor: the last part that says something, as words."""
    parts = [part for part in re.split(r"[/#]", iri) if part]
    last = unquote(parts[-1].rpartition(":")[2] or parts[-1]) if parts else iri
    spaced = _CODE.sub("", last).replace("_", " ")
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", spaced).strip()
    return words if " " not in words or " " in spaced else words.lower()


@lru_cache(maxsize=1 << 16)
def telling_name(iri: str) -> str:
    """The last part of an IRI as words, with what stands before a number; the site of a numbered page; else nothing."""
    if page := _PAGE.fullmatch(iri):
        return page[1]
    name = local_name(iri)
    if not says_nothing(name) and not says_nothing(_CODE.sub("", re.split(r"[/#:]", iri.rstrip("/#"))[-1])):
        return name
    parts = [part for part in re.split(r"[/#:]", iri) if part]
    before = local_name(parts[-2]) if len(parts) > 1 else ""
    if _NUMBER.fullmatch(name) and before and not says_nothing(before) and "." not in before:
        return f"{before} {name}"
    return ""


def is_key(name: str) -> bool:
    """Whether a name out of an address is only a key, such as `n1083`."""
    return bool(_KEY.fullmatch(name))


class Classes:
    """Classes, as things name them, and those above them."""

    def __init__(self, called: Called) -> None:
        self._called = called

    def of(self, iri: str) -> str:
        """The class that says most about a thing; nothing when it has none that says anything."""
        types = self._linked(iri, TYPE)
        best = min(types, key=lambda one: (self._worth(one), one), default="")
        return "" if best in tables()["empty"] else best

    def look(self, kind: str) -> Look:
        """How instances are drawn: by the words of the class's name, else by those of the classes above."""
        return self._look(kind) or _CONCEPT

    def name(self, iri: str, language: str = "en") -> str:
        """What a class or a property of a well-known vocabulary is called that has no name in the data."""
        if item := _WIKIDATA.fullmatch(iri):
            return str(tables()["wikidata"].get(item[1], {}).get(language, ""))
        return str(tables()["classes"].get(iri, ""))

    def _worth(self, kind: str) -> int:
        if kind in tables()["empty"]:
            return 4
        if kind in tables()["weak"]:
            return 3
        if not self._look(kind):
            return 2
        # Whoever acts is an agent: a person or an organization says more.
        return int(local_name(kind).lower() in tables()["general"])

    def _look(self, kind: str) -> Look | None:
        waiting, met = [kind], {kind}
        while waiting:
            one = waiting.pop(0)
            words = (self.name(one), local_name(one), name_of(self._called.get(one, ()), "en"))
            # A concept of persons is no person; nor is a record of who took part.
            if one in tables()["records"] or any(_CONCEPTS.search(word) for word in words):
                return _CONCEPT
            if (found := next(filter(None, map(look_of, words)), None)) is not None:
                return found
            above = [other for other in self._linked(one, _ABOVE) if other not in met]
            met.update(above)
            waiting += above
        return None

    def _linked(self, iri: str, predicate: str) -> list[str]:
        return sorted(
            value.value
            for says, value in self._called.get(iri, ())
            if says == predicate and isinstance(value, NamedNode) and "/unnamed/" not in value.value
        )


@lru_cache(maxsize=1 << 12)
def look_of(name: str) -> Look | None:
    """How instances of a class of this name are drawn; None when its words do not tell.

    What counts is the noun: the last word, or the one before "of". A Person Role is no person.
    """
    every = words = [word.lower() for word in _WORD.findall(name)]
    if "of" in words[1:]:
        words = words[: words.index("of", 1)]
    if not words:
        return None
    noun = words[-1]
    looks = tables()["looks"]
    for look in looks:
        if noun in look["words"] or (noun.endswith("s") and noun[:-1] in look["words"]):
            return Look(look["shape"], look["hue"], look["agent"])
    for known in tables()["qualified"]:
        before = words[-2] if len(words) > 1 else ""
        fits = before in known["before"] if known["before"] else len(every) == 1
        if noun in known["words"] and fits:
            look = looks[known["look"]]
            return Look(look["shape"], look["hue"], look["agent"])
    return None
