"""What the served page opens with, once it is known who is on the cast: questions out, what the page would ask in.

The page can ask all this itself, in some fifty questions one after another (`draw/page/model/served.js`, `endpoint.js`,
`sparql.js`). Asked here, once for each edition of a store, it comes with the cast, as one answer. Both follow the same
rules, and a test holds them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ..base.terms import expand, iri_of
from .part import Asking, ask, listed, optional

#: Kind of list → how many the page shows of it, and what is on it. So many are weighed.
LISTS = {
    "disputed": (14, "?p ag:opposedBy ?denial"),
    "unanswered": (10, """?p ag:accused ?accused ; ag:affirmedBy ?accusing
      FILTER NOT EXISTS { ?p ag:opposedBy ?denial } FILTER NOT EXISTS { ?p ag:wholeOpposedBy ?denial }
      FILTER NOT EXISTS { ?heard ag:claims ?p ; ag:speaker|ag:speaksFor ?accused ; ag:stance ?taking
        FILTER(?taking != st:declined) FILTER NOT EXISTS { ?heard ag:withdrawn|ag:corrected true } }
      FILTER NOT EXISTS { ?asked ag:claims ?p ; ag:reply/ag:answer ?answer }"""),
    "notyet": (8, '?p ag:line "notyet"'),
    "soft": (8, '?p ag:line "soft"'),
    "open": (8, '?p ag:line "open"'),
    "figures": (8, """{ SELECT ?q WHERE { ?q a ag:Quantity } LIMIT 2000 } ?p rdf:object ?q ; ag:affirmedBy ?any
      FILTER NOT EXISTS { ?p ag:origins ?several }"""),
}  # fmt: skip
#: Where nothing is on any list: what most is said of.
_SAID = (8, '?p ag:line "said"')
_WEIGHED = 2_000
#: So many statements of one relationship, those that oppose it first, and so many are looked at of some relationships.
CLAIMS, _LOOKED_AT, _ABOUT = 60, 5_000, 200
#: How far it is followed what relationships are about, and what triples lead to.
_ABOUTS, _TURNS = 4, 5
_WORDS = "{ ?s a ag:Kind } UNION { ?s a ag:RelationProperty } UNION { ?s ag:mirrors ?r } ?s ?p ?o"
#: What is asked of an actor or thing. What has several values, together with few others that do.
_ACTOR = (
    ("rdf:type", "ag:kind", "ag:plural", "ag:statementsByOrAbout", "ag:statementsAbout"),
    ("rdfs:label", "ag:nameInSentence"), ("skos:altLabel", "dcterms:identifier"), ("schema:sameAs",),
)  # fmt: skip
#: What leads to something that comes whole, and what leads to an actor.
_TO_WHOLE = frozenset(map(expand, (
    "ag:standing", "ag:validFrom", "ag:validUntil", "ag:decidedOn", "ag:passage", "prov:qualifiedAttribution",
    "ag:saidOn", "ag:retractedOn", "ag:document", "ag:published", "oa:hasSelector", "ag:assessment", "ag:reply",
    "ag:askedOn", "ag:deadline",
)))  # fmt: skip
_TO_ACTOR = frozenset(map(expand, (
    "ag:speaker", "ag:speaksFor", "ag:origin", "prov:agent", "dcterms:publisher", "dcterms:creator", "rdf:subject",
    "rdf:object",
)))  # fmt: skip
_AFFIRMED, _OPPOSED, _KIND = expand("ag:affirmedBy"), expand("ag:opposedBy"), expand("ag:kind")
_TYPE, _OBJECT, _PROPOSITION = expand("rdf:type"), expand("rdf:object"), expand("ag:Proposition")


@dataclass(frozen=True)
class Opening:
    """All that the page has loaded when it opens."""

    #: Kind of list → its relationships, those of which most is said first; and all that the page begins with.
    lists: Mapping[str, Sequence[str]]
    first: Sequence[str]
    #: What the store says of itself, its vocabulary, and everything else.
    edition: Collection[Triple]
    words: Collection[Triple]
    triples: Collection[Triple]
    #: What was loaded: relationships, resources with all that is said of them, actors; and how many statements each
    #: relationship has, loaded or not.
    props: Collection[str]
    whole: Collection[str]
    actors: Collection[str]
    claims: Mapping[str, int]

    def as_data(self) -> dict[str, Any]:
        """As the page takes it: each term once, triples as numbers of terms."""
        numbers: dict[Any, int] = {}

        def rows(triples: Iterable[Triple]) -> list[int]:
            found = sorted(triples, key=lambda each: (str(each.subject), str(each.predicate), str(each.object)))
            return [numbers.setdefault(term, len(numbers)) for row in found for term in row]

        parts = {name: rows(getattr(self, name)) for name in ("edition", "words", "triples")}
        return {
            "lists": {kind: list(iris) for kind, iris in self.lists.items()}, "first": list(self.first),
            "terms": [_term(each) for each in numbers], **parts, "props": sorted(self.props),
            "whole": sorted(self.whole), "actors": sorted(self.actors), "claims": dict(self.claims),
        }  # fmt: skip


def opening_of(cast: Sequence[str], nodes: Sequence[str]) -> Asking[Opening]:
    """Ask for all that the page opens with: `cast`, relationships to be told with it, and `nodes`, who is on it."""
    edition = yield from ask("?s ?p ?o", "?s a void:Dataset ; ?p ?o")
    lists = {}
    for kind, (most, pattern) in LISTS.items():
        lists[kind] = yield from _judged(most, pattern)
    first = [iri for iris in lists.values() for iri in iris]
    if not first:
        first = yield from _judged(*_SAID)
    loaded = _Loaded()
    words = yield from loaded.take("?s ?p ?o", _WORDS)
    yield from loaded.relationships(first)
    yield from loaded.relationships(cast)
    yield from loaded.names(nodes)
    return Opening(
        lists, first, edition, words, loaded.triples - words, loaded.props, loaded.whole, loaded.actors, loaded.counted
    )


def _judged(most: int, pattern: str) -> Asking[list[str]]:
    first = f"{{ SELECT DISTINCT ?p WHERE {{ {pattern} }} LIMIT {_WEIGHED} }}"
    number = "OPTIONAL { ?p ag:statements ?ns } BIND(COALESCE(?ns, 1) AS ?n)"
    chosen = f"{{ SELECT ?p ?n WHERE {{ {first} {number} }} ORDER BY DESC(?n) ?p LIMIT {most} }}"
    found = yield from ask("?p rdf:value ?n", chosen)
    return [
        iri_of(each.subject) for each in sorted(found, key=lambda each: (-_number(each.object), iri_of(each.subject)))
    ]


class _Loaded:
    """What has been loaded so far."""

    def __init__(self) -> None:
        self.triples: set[Triple] = set()
        self.of: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        #: Resources that something leads to which was not followed yet.
        self.led: dict[str, set[str]] = {"whole": set(), "actors": set()}
        self.props: set[str] = set()
        self.whole: set[str] = set()
        self.actors: set[str] = set()
        self.counted: dict[str, int] = {}

    def take(self, template: str, pattern: str) -> Asking[set[Triple]]:
        """Ask one question and keep the answer."""
        # Triples about triples are nothing that the page reads.
        answer = {each for each in (yield from ask(template, pattern)) if not isinstance(each.object, Triple)}
        for each in answer - self.triples:
            predicate, to = each.predicate.value, each.object
            self.of[iri_of(each.subject)][predicate].append(to)
            if isinstance(to, NamedNode):
                if predicate in _TO_WHOLE:
                    self.led["whole"].add(to.value)
                if predicate in _TO_ACTOR:
                    self.led["actors"].add(to.value)
        self.triples |= answer
        return answer

    def relationships(self, iris: Iterable[str]) -> Asking[None]:
        """Relationships with their statements, and with those that they are about or that are about them."""
        fresh = _unlike(iris, self.props)
        for _ in range(_ABOUTS):
            if not fresh:
                break
            yield from self.wholes(fresh)
            self.props.update(fresh)
            near: set[str] = set()
            for known in listed(fresh):
                about = f"{{ VALUES ?s {known} ?s ag:about ?p }} UNION {{ VALUES ?s {known} ?p ag:about ?s }}"
                found = yield from ask("?p rdf:value true", f"SELECT DISTINCT ?p WHERE {{ {about} }} LIMIT {_ABOUT}")
                near.update(iri_of(each.subject) for each in found)
            yield from self.statements(fresh)
            fresh = _unlike(sorted(near), self.props)
        yield from self.follow()

    def statements(self, props: Sequence[str]) -> Asking[None]:
        """Of a relationship with very many statements some, those that oppose it first."""
        own: dict[str, set[str]] = defaultdict(set)
        for known in listed(props):
            made = f"VALUES ?p {known} {{ ?c ag:claims ?p }} UNION {{ ?c ag:mentions ?p }}"
            found = yield from ask("?c rdf:value ?p", f"SELECT ?p ?c WHERE {{ {made} }} LIMIT {_LOOKED_AT}")
            for each in found:
                own[iri_of(each.object)].add(iri_of(each.subject))
        wanted: list[str] = []
        for prop in props:
            record = self.of[prop]
            stated = (sorted(map(iri_of, record.get(name, ()))) for name in (_OPPOSED, _AFFIRMED))
            every = list(dict.fromkeys([*(iri for iris in stated for iri in iris), *sorted(own[prop])]))
            self.counted[prop] = len(every)
            wanted += every[:CLAIMS]
        yield from self.wholes(wanted)

    def wholes(self, iris: Iterable[str]) -> Asking[None]:
        """All that is said of some resources."""
        fresh = _unlike(iris, self.whole)
        self.whole.update(fresh)
        for known in listed(fresh):
            yield from self.take("?s ?p ?o", f"VALUES ?s {known} ?s ?p ?o")

    def names(self, iris: Iterable[str]) -> Asking[None]:
        """What names and shows some actors."""
        fresh = _unlike(iris, self.actors)
        self.actors.update(fresh)
        for known in listed(fresh):
            for names in _ACTOR:
                yield from self.take(*optional(names, known))

    def follow(self) -> Asking[None]:
        """What all this leads to, until it leads to nothing new."""
        for _ in range(_TURNS):
            known = self.whole | self.actors
            whole, actors = (sorted(self.led[name] - known) for name in ("whole", "actors"))
            for led in self.led.values():
                led.clear()
            if not whole and not actors:
                return
            yield from self.wholes(whole)
            yield from self.names(actors)
            # What stands in third place and is no actor is a value: a date, a figure, something unknown, all small.
            yield from self.wholes(iri for iri in actors if self._is_value(iri))

    def _is_value(self, iri: str) -> bool:
        record = self.of.get(iri, {})
        types = [iri_of(each) for each in record.get(_TYPE, ())]
        is_proposition = iri in self.props or _OBJECT in record or _PROPOSITION in types
        return bool(types) and _KIND not in record and not is_proposition


def _unlike(iris: Iterable[str], known: Collection[str]) -> list[str]:
    """Each once, of those that can be asked about and are not known."""
    return [iri for iri in dict.fromkeys(iris) if iri and ":" in iri and iri not in known]


def _number(term: Any) -> int:
    return int(term.value) if isinstance(term, Literal) else 0


def _term(term: Any) -> str | dict[str, str]:
    """As SPARQL's JSON has it, an IRI as its text alone."""
    if isinstance(term, Literal):
        if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    return str(term.value)
