"""An IRI in; out come the query that brings what is known of it, and the page that shows it, always with its claims.

`DESCRIBE` alone brings an actor's name and leaves out who says what about it, in any engine. So one CONSTRUCT in plain
SPARQL 1.1 brings the resource, the relationships it stands in, every claim on these with its chain, and the labels of
all that is named. The same triples make the HTML, the Turtle and the JSON-LD, so that none of them reads as a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from ..base.errors import QueryError
from ..base.terms import BASE, ID, PREFIXES, expand
from ..vocabulary.owl import quads as vocabulary_quads
from ..vocabulary.reader import standard
from ..words import has, languages, message, section, spoken
from ..yaml.forms import in_language
from .html import reading
from .limits import PAGE_TRIPLES

#: How many relationships a page shows; Turtle and JSON-LD bring them all.
PAGE_MOST = 200
#: How many triples that merely point at a resource are brought for data that is not ours.
_POINTING_MOST = 500

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal | Triple

# --- the query

#: From a resource to the relationships it stands in, is about, speaks of, or holds statements on.
_RELATED = (
    "^rdf:subject|ag:claims|ag:mentions|^ag:about|^ag:narrows|^rdf:predicate|^rdf:object"
    "|((^ag:speaker|^ag:speaksFor|^ag:via|^ag:document|^ag:passage)/ag:claims)"
)
#: Every statement on a relationship, its own and those that reach it from another one.
_CLAIMS = "ag:affirmedBy|ag:opposedBy|^ag:claims|^ag:mentions"
_NAMED_IN_RELATIONSHIP = "rdf:subject|rdf:predicate|rdf:object|ag:decidedOn|ag:validFrom|ag:validUntil|ag:rivals"
_NAMED_IN_CLAIM = "ag:speaker|ag:speaksFor|ag:via|ag:document|ag:saidOn|ag:counters|ag:retractedOn"


def exists_query(iri: str) -> str:
    """An ASK whether anything is said of an IRI. Raises `QueryError` for a text that is no IRI."""
    node = _checked(iri)
    return f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s ?q {node} }} }}"


def describe_query(iri: str, most: int | None = None) -> str:
    """A CONSTRUCT that brings a resource with its claims, to be run over the union of all graphs.

    `most` bounds the relationships, the disputed ones first. Raises `QueryError` for a text that is no IRI.
    """
    node = _checked(iri)
    # One path and not a union of patterns: engines follow it from the resource, however large the store is. The
    # resource itself is bound by BIND, because Virtuoso 7 forgets the other side of a UNION with VALUES.
    itself = f"{node} ag:line ?any . BIND({node} AS ?relationship)"
    chosen = f"{{ {{ {node} {_RELATED} ?relationship }} UNION {{ {itself} }} }}"
    if most is not None:
        chosen = (
            f"{{ SELECT DISTINCT ?relationship ?disputed WHERE {{ {chosen} "
            "OPTIONAL { ?relationship ag:disputed ?disputed } } "
            f"ORDER BY DESC(?disputed) ?relationship LIMIT {most + 1} }}"
        )
    label = "?s rdfs:label ?o . BIND(rdfs:label AS ?p)"
    claims = f"{chosen} ?relationship {_CLAIMS} ?claim ."
    # Data that is not ours has no claims; what points at the resource is then all that is said of it.
    others = "".join(f"FILTER NOT EXISTS {{ {each} }} " for each in (
        f"{node} ag:kind ?kind", "?s ag:stance ?stance", "?s ag:line ?line"
    ))  # fmt: skip
    pointing = f"?s ?p {node} . BIND({node} AS ?o) {others}"
    branches = (
        f"{node} ?p ?o . BIND({node} AS ?s)",
        f"{node} ?any ?s . {label}",
        f"{chosen} ?relationship ?p ?o . BIND(?relationship AS ?s)",
        f"{chosen} ?relationship ag:standing ?s . ?s ?p ?o",
        f"{chosen} ?relationship {_NAMED_IN_RELATIONSHIP} ?s . {label}",
        f"{chosen} ?relationship {_CLAIMS} ?s . ?s ?p ?o",
        f"{claims} ?claim {_NAMED_IN_CLAIM} ?s . {label}",
        f"{claims} ?claim ag:passage ?s . ?s ?p ?o",
        f"{claims} ?claim prov:qualifiedAttribution ?s . ?s ?p ?o",
        f"{claims} ?claim prov:qualifiedAttribution/prov:agent ?s . {label}",
        f"{{ SELECT ?s ?p ?o WHERE {{ {pointing} }} LIMIT {_POINTING_MOST} }}",
        f"{{ SELECT ?s WHERE {{ {pointing} }} LIMIT {_POINTING_MOST} }} {label}",
        f"{node} ?s ?any . {label}",
    )
    prefixes = "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("ag", "prov", "rdf", "rdfs"))
    body = "\n  UNION\n".join(f"  {{ {branch} }}" for branch in branches)
    limit = f"LIMIT {PAGE_TRIPLES}\n" if most is not None else ""
    return f"{prefixes}\nCONSTRUCT {{ ?s ?p ?o }} WHERE {{\n{body}\n}}\n{limit}"


def _checked(iri: str) -> str:
    """The IRI as it stands in a query; nothing in it ends it."""
    try:
        node = NamedNode(iri)
    except ValueError:
        node = None
    if node is None or any(mark in iri for mark in '<>"{}|^`\\ \t\r\n'):
        raise QueryError(f'describe: "{iri[:80]}" is not an IRI. Write one in full, such as {ID}….')
    return str(node)


def read_triples(ntriples: bytes) -> list[Triple]:
    """The triples of an answer in N-Triples."""
    return [quad.triple for quad in pyoxigraph.parse(ntriples, format=RdfFormat.N_TRIPLES)]


def published(iri: str) -> list[Triple]:
    """What the published vocabulary says of one of its words; a dataset brings only what such a word is called."""
    return _published().get(iri, []) if iri.startswith(BASE) and not iri.startswith(ID) else []


@cache
def _published() -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = {}
    for quad in vocabulary_quads(standard()):
        found.setdefault(_plain(quad.subject), []).append(quad.triple)
    return found


# --- the page


def description_page(iri: str, triples: Iterable[Triple], language: str = "en", most: int = PAGE_MOST) -> str:
    """What is known of a resource, as HTML: its name, who says what of it, what it says, and what else is recorded."""
    known = _Known(iri, dict.fromkeys([*triples, *published(iri)]), spoken(language))
    return reading(
        "description.html",
        known.language,
        known.name(iri),
        here="",
        carry=f"iri={quote(iri, safe='')}",
        iri=iri,
        address=quote(iri, safe=""),
        outside=iri if iri.startswith(("http://", "https://")) and not iri.startswith(BASE) else "",
        **known.view(most),
    )


def unknown_page(iri: str, language: str = "en") -> str:
    """The page for an IRI of which the store knows nothing."""
    return reading(
        "unknown.html",
        language,
        message(language, "unknown.title"),
        here="",
        carry=f"iri={quote(iri, safe='')}",
        iri=iri,
    )


_AG, _RDF, _RDFS = PREFIXES["ag"], PREFIXES["rdf"], PREFIXES["rdfs"]
_LABEL, _TYPE = _RDFS + "label", _RDF + "type"
_CLAIMING = frozenset({_AG + "claims", _AG + "mentions"})
_OPPOSING = frozenset({"denied", "contested"})
_NEITHER = frozenset({"asked", "declined", "mentioned"})
#: What the page says in other places, or what only machines need.
_SHOWN_ELSEWHERE = frozenset(
    {
        _LABEL,
        *(_AG + name for name in (
            "docket", "affirmedBy", "opposedBy", "standing", "summary", "phrase", "line", "nameInSentence", "plural",
            "chain", "order", "start", "end",
        )),
        PREFIXES["prov"] + "qualifiedAttribution",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Value:
    """A value as the page shows it: a text, perhaps in a language, perhaps a link to another resource's page."""

    text: str
    language: str = ""
    address: str = ""
    outside: bool = False


@dataclass
class _Known:
    """The triples of a description, by subject, and what the page makes of them in one language."""

    iri: str
    triples: Iterable[Triple]
    language: str
    by_subject: dict[str, dict[str, list[Term]]] = field(default_factory=dict)
    pointing: list[tuple[str, str]] = field(default_factory=list)
    #: relationship → the statements made on it
    claims_on: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for triple in self.triples:
            subject = _plain(triple.subject)
            self.by_subject.setdefault(subject, {}).setdefault(triple.predicate.value, []).append(triple.object)
            if _plain(triple.object) == self.iri and isinstance(triple.object, NamedNode):
                self.pointing.append((subject, triple.predicate.value))
            if triple.predicate.value in _CLAIMING:
                self.claims_on.setdefault(_plain(triple.object), set()).add(subject)
        self.pointing.sort()

    def view(self, most: int) -> dict[str, Any]:
        relationships = [iri for iri in sorted(self.by_subject, key=self._rank) if self._is_relationship(iri)]
        shown = relationships[:most]
        mine = {iri for iri in self.by_subject if self._is_claim(iri) and self._speaks(iri)}
        about: list[dict[str, Any]] = []
        said: list[dict[str, Any]] = []
        for iri in shown:
            # What a speaker only says stands apart from what is said of them.
            only_said = iri != self.iri and not self._is_about(iri) and mine & self.claims_on.get(iri, set())
            (said if only_said else about).append(self._relationship(iri))
        ours = bool(relationships) or _AG + "kind" in self.own or self.iri.startswith(BASE)
        return {
            "what": self._what(),
            "kind": self._sort(),
            "also": sorted({_plain(term) for term in self.own.get(PREFIXES["skos"] + "altLabel", [])}),
            "about": about,
            "said": said,
            "more": len(relationships) > most,
            "most": most,
            "facts": self._facts(),
            "pointing": self._pointing() if not ours else [],
            "ours": ours,
        }

    @property
    def own(self) -> dict[str, list[Term]]:
        return self.by_subject.get(self.iri, {})

    # --- what something is called

    def name(self, iri: str) -> str:
        return self._in_language(iri, _LABEL) or _short(iri)

    def _in_language(self, iri: str, predicate: str) -> str:
        texts = {term.language or "": term.value for term in self._values(iri, predicate) if isinstance(term, Literal)}
        order = (self.language, *languages(), "")
        found = next((texts[tag] for tag in order if texts.get(tag)), "") or next(iter(texts.values()), "")
        return " ".join(found.split())

    def _values(self, iri: str, predicate: str) -> list[Term]:
        return self.by_subject.get(iri, {}).get(predicate, [])

    def _one(self, iri: str, predicate: str) -> str:
        return next(iter(sorted(_plain(term) for term in self._values(iri, predicate))), "")

    def _word(self, iri: str) -> str:
        """The label of a term of the vocabulary, whether or not the answer brought it."""
        return _labels(self.language).get(iri, "") or self._in_language(iri, _LABEL)

    # --- what something is

    def _is_relationship(self, iri: str) -> bool:
        return _AG + "line" in self.by_subject[iri]

    def _is_claim(self, iri: str) -> bool:
        return _AG + "stance" in self.by_subject[iri]

    def _sort(self) -> str:
        if self.own and self._is_relationship(self.iri):
            return "relationship"
        if self.own and self._is_claim(self.iri):
            return "claim"
        if any(_plain(term) == _AG + "Document" for term in self.own.get(_TYPE, [])):
            return "document"
        return "actor" if _AG + "kind" in self.own else "other"

    def _what(self) -> str:
        kinds = [*self._values(self.iri, _AG + "kind"), *self._values(self.iri, _TYPE)]
        if self._sort() in ("relationship", "claim", "document"):
            kinds = [term for term in kinds if _plain(term).startswith(_AG)]
        return next((word for term in kinds if (word := self._word(_plain(term)))), "")

    def _speaks(self, claim: str) -> bool:
        roles = (_AG + name for name in ("speaker", "speaksFor", "via"))
        return any(_plain(term) == self.iri for role in roles for term in self._values(claim, role))

    def _is_about(self, relationship: str) -> bool:
        ends = (_RDF + "subject", _RDF + "object", _RDF + "predicate", _AG + "about", _AG + "narrows")
        return any(_plain(term) == self.iri for end in ends for term in self._values(relationship, end))

    # --- relationships and their claims

    def _rank(self, iri: str) -> tuple[int, int, str]:
        lines = ("disputed", "denied", "soft", "notyet")
        line = self._one(iri, _AG + "line")
        return (iri != self.iri, lines.index(line) if line in lines else len(lines), self.name(iri))

    def _relationship(self, iri: str) -> dict[str, Any]:
        named = (_AG + "affirmedBy", _AG + "opposedBy")
        claims = {_plain(term) for name in named for term in self._values(iri, name)}
        claims |= self.claims_on.get(iri, set())
        line = self._one(iri, _AG + "line") or "said"
        return {
            "iri": iri,
            "address": quote(iri, safe=""),
            "title": self._in_language(iri, _LABEL) or _short(iri),
            "line": line,
            "standing": message(self.language, key) if has(key := f"description.standing.{line}") else line,
            "claims": [self._claim(each) for each in sorted(claims & self.by_subject.keys(), key=self._claim_order)],
        }

    def _claim_order(self, iri: str) -> tuple[bool, str, int, str]:
        order = self._one(iri, _AG + "order")
        return (
            self._side(iri) != "affirm",
            self._one(iri, _AG + "document"),
            int(order) if order.isdecimal() else 0,
            iri,
        )

    def _side(self, iri: str) -> str:
        stance = self._one(iri, _AG + "stance").rpartition("/")[2]
        return "oppose" if stance in _OPPOSING else "neither" if stance in _NEITHER else "affirm"

    def _claim(self, iri: str) -> dict[str, Any]:
        side = self._side(iri)
        weak = side == "affirm" and self._one(iri, _AG + "firm") == "false"
        taken = next((name for name in ("withdrawn", "corrected") if self._one(iri, _AG + name) == "true"), "")
        modality = self._one(iri, _AG + "modality")
        how = [
            self._word(modality) if modality.rpartition("/")[2] not in ("", "actual") else "",
            *(f"“{_plain(term)}”" for name in ("hedge", "quantifier") for term in self._values(iri, _AG + name)),
            self._in_language(self._one(iri, _AG + "passage"), _LABEL),
            self._word(_AG + taken) if taken else "",
        ]
        return {
            "iri": iri,
            "address": quote(iri, safe=""),
            "here": iri == self.iri,
            "classes": " ".join(filter(None, [side if side != "affirm" else "", "weak" if weak else "", taken])),
            "who": self._person(self._one(iri, _AG + "speaker")),
            "whom": self._person(self._one(iri, _AG + "speaksFor")),
            "verb": self._word(self._one(iri, _AG + "stance")),
            "words": self._in_language(iri, _LABEL),
            "chain": self._chain(iri),
            "how": [words for words in how if words],
        }

    def _chain(self, iri: str) -> str:
        """Who passed it on, from the speaker to the publisher; empty when nobody did."""
        if not self._values(iri, _AG + "via"):
            return ""
        prov = PREFIXES["prov"]
        steps = {_plain(term) for term in self._values(iri, prov + "qualifiedAttribution")}
        hops = sorted((int(self._one(step, _AG + "hop") or 0), self._one(step, prov + "agent")) for step in steps)
        return " › ".join(self.name(agent) for _, agent in hops)

    def _person(self, iri: str) -> _Value | None:
        if not iri:
            return None
        unstated = iri.endswith("/unstated")
        return _Value(self.name(iri), "", "" if unstated or iri == self.iri else quote(iri, safe=""))

    # --- the rest

    def _facts(self) -> list[tuple[str, str, list[_Value]]]:
        """The resource's own triples: name of the predicate, its address, its values."""
        rows = []
        for predicate, terms in self.own.items():
            if predicate in _SHOWN_ELSEWHERE:
                continue
            values = sorted({self._value(term) for term in terms}, key=lambda value: (value.language, value.text))
            tongues = {value.language for value in values if value.language}
            if tongues >= set(languages()):
                # A text in both languages is read in one.
                values = [value for value in values if value.language == self.language]
            rows.append((self._word(predicate) or _short(predicate), quote(predicate, safe=""), values))
        return sorted(rows, key=lambda row: (row[0], row[1]))

    def _value(self, term: Term) -> _Value:
        if isinstance(term, Literal):
            text = " ".join(term.value.split())
            is_address = term.datatype.value == PREFIXES["xsd"] + "anyURI" and text.startswith(("http://", "https://"))
            return _Value(text, term.language or "", text if is_address else "", is_address)
        if isinstance(term, NamedNode):
            return _Value(self._word(term.value) or _short(term.value), "", quote(term.value, safe=""))
        return _Value(_plain(term))

    def _pointing(self) -> list[tuple[_Value, str, str]]:
        return [
            (
                _Value(self.name(subject), "", "" if subject.startswith("_:") else quote(subject, safe="")),
                self._word(predicate) or _short(predicate),
                quote(predicate, safe=""),
            )
            for subject, predicate in self.pointing
        ]


@cache
def _labels(language: str) -> dict[str, str]:
    """The labels of the vocabulary by IRI."""
    return {iri: words for iri, words in _all_labels(language) if words}


def _all_labels(language: str) -> Iterator[tuple[str, str]]:
    vocabulary = standard()
    for term in vocabulary.terms:
        yield term.iri, in_language(term.label, language)
    for kind in vocabulary.kinds.values():
        yield kind.iri, in_language(kind.label, language)
    for relation in vocabulary.relations.values():
        yield relation.iri, in_language(relation.label, language)
    for key, words in section(language, "description").items():
        if key.startswith("predicates."):
            yield expand(key.removeprefix("predicates.")), words


def _plain(term: Term) -> str:
    if isinstance(term, Triple):
        return str(term)
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value


def _short(iri: str) -> str:
    """An IRI by prefix where one is known, else as it is."""
    near = max((n for n in PREFIXES.items() if iri.startswith(n[1])), key=lambda n: len(n[1]), default=None)
    return f"{near[0]}:{iri[len(near[1]) :]}" if near and iri != near[1] else iri
