"""A dataset in, a networkx `MultiDiGraph` out, in which every edge keeps its claims.

Nodes are actors, events, agreements, orders, groups, places, and the propositions that another one is about or that
somebody disputes. Edges are propositions between two nodes, keyed by the proposition's IRI, and "speaks about" edges
from whoever speaks to what the statements concern. A proposition with a value in third place sits on its node.
Nothing is dropped: `claims_in` counts them.

Attributes are JSON values: strings, numbers, booleans, lists, dicts. A text is `{"en": …, "es": …}`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import networkx as nx
from pyoxigraph import BlankNode, Literal, NamedNode, Store

from .. import figures
from ..base.garbage import paused
from ..base.terms import PREFIXES, expand
from ..case.model import AFFIRMING, Modality
from ..dataset.ranks import TERMS as RANKS
from ..standing import IMPLIED
from ..words import message, messages
from ..yaml.forms import Texts
from .records import (
    Actor,
    Claim,
    Decision,
    Document,
    Internal,
    Kind,
    Proposition,
    Retraction,
    Route,
    Speaks,
    Standing,
    StatementNode,
    Time,
    Value,
    Where,
)
from .resources import Resource, all_, flag, local, one, resources, text, with_kind

#: Figures whose relationships the page lists first: what a reader should judge.
LISTED = ("denied", "unanswered_accusations", "single_source_figures", "open_questions")


@paused()
def project(store: Store) -> nx.MultiDiGraph:
    """The network of everything a store holds."""
    return _Projection(store).network()


class _Projection:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.actors = with_kind(store)
        self.propositions = resources(store, "ag:Proposition")
        self.times = resources(store, "ag:Time")
        self.quantities = resources(store, "ag:Quantity")
        self.missing = {**resources(store, "ag:Unknown"), **resources(store, "ag:Withheld")}
        self.relations = resources(store, "ag:RelationProperty")
        self.kinds = resources(store, "ag:Kind")
        self.documents = resources(store, "ag:Document")
        self.passages = resources(store, "oa:SpecificResource")
        self.quotes = resources(store, "oa:TextQuoteSelector")
        self.unstated = resources(store, "ag:UnstatedSource")
        self.assessments = resources(store, "ag:Assessment")
        self.replies = resources(store, "ag:ReplyRequest")
        self.steps = resources(store, "ag:AttributionStep")
        self.standings = resources(store, "ag:Standing")
        self.said = _said(store)
        self.by_proposition: dict[str, list[Claim]] = defaultdict(list)

    def network(self) -> nx.MultiDiGraph:
        network = nx.MultiDiGraph()
        self._read_claims()
        actors = self._actors()
        network.add_nodes_from(actors.items())
        about = {iri for record in self.propositions.values() for iri in all_(record, "ag:about")}
        made = {iri: self._proposition(iri, record) for iri, record in self.propositions.items()}
        for iri, proposition in made.items():
            if iri in about or proposition["line"] == "disputed":
                network.add_node(iri, **self._statement(proposition))
        edges: list[tuple[str, str, str, Proposition]] = []
        for iri, proposition in made.items():
            if proposition["third"] in network:
                edges.append((proposition["subject"], proposition["third"], iri, proposition))
            else:
                # A proposition with a value in third place sits on its subject.
                network.nodes[proposition["subject"]]["facts"].append(proposition)
        network.add_edges_from(edges)
        network.add_edges_from(self._speaking(network))
        network.graph["documents"] = [self._document(iri, record) for iri, record in self.documents.items()]
        network.graph["kinds"] = {local(iri): self._kind(record) for iri, record in self.kinds.items()}
        network.graph["folds"] = self._folds()
        network.graph["figures"] = figures.read(self.store)
        network.graph["listed"] = {name: figures.listed(self.store, name) for name in LISTED}
        network.graph["cast"] = self._cast(network)
        network.graph["told"] = self._told()
        return network

    def _cast(self, network: nx.MultiDiGraph) -> list[str]:
        """Whom the dataset names as its main actors."""
        query = f"SELECT ?who WHERE {{ ?dataset <{expand('ag:mainActor')}> ?who }}"
        rows = self.store.query(query, use_default_graph_as_union=True)
        return sorted(row[0].value for row in rows if row[0].value in network)  # type: ignore[union-attr]

    def _told(self) -> dict[str, tuple[int, int, int]]:
        """Node → statements by or about it, about it by others, and about it by itself, where a store keeps count."""
        counted = ((iri, [int(one(record, name, "0")) for name in RANKS]) for iri, record in self.actors.items())
        return {iri: (of, others, itself) for iri, (of, others, itself) in counted if of}

    # --- nodes

    def _actors(self) -> dict[str, Actor]:
        return {
            iri: {
                "type": "node",
                "kind": local(one(record, "ag:kind")),
                "label": text(record, "rdfs:label"),
                "name": text(record, "ag:nameInSentence"),
                "plural": flag(record, "ag:plural"),
                "aliases": all_(record, "skos:altLabel"),
                "identifiers": all_(record, "schema:sameAs"),
                "slug": one(record, "dcterms:identifier") or local(iri),
                "facts": [],
            }
            for iri, record in self.actors.items()
        }

    def _statement(self, proposition: Proposition) -> StatementNode:
        return {
            "type": "statement",
            "kind": "statement",
            "label": proposition["title"],
            "name": proposition["title"],
            "plural": False,
            "aliases": [],
            "identifiers": [],
            "slug": "",
            "facts": [],
            "proposition": proposition["proposition"],
        }

    def _kind(self, record: Resource) -> Kind:
        return {
            "label": text(record, "rdfs:label"),
            "shape": one(record, "ag:shape", "circle"),
            "hue": one(record, "ag:hue", "concept"),
            "agent": flag(record, "ag:agent"),
            "broader": local(one(record, "skos:broader")),
        }

    def _folds(self) -> list[list[str]]:
        """Pairs of relations that `fold` takes, as the vocabulary names them."""
        pairs = (
            sorted((one(record, "dcterms:identifier"), one(self.relations[other], "dcterms:identifier")))
            for record in self.relations.values()
            for other in all_(record, "ag:foldsWith")
        )
        return [list(pair) for pair in sorted(set(map(tuple, pairs)))]

    def _document(self, iri: str, record: Resource) -> Document:
        return {
            "id": iri,
            "label": text(record, "rdfs:label"),
            "title": one(record, "dcterms:title"),
            "publisher": one(record, "dcterms:publisher"),
            "authors": all_(record, "dcterms:creator"),
            "language": one(record, "dcterms:language"),
            "url": one(record, "schema:url"),
            "published": self._printed(one(record, "ag:published")),
        }

    # --- propositions

    def _proposition(self, iri: str, record: Resource) -> Proposition:
        relation = self.relations.get(one(record, "rdf:predicate"), {})
        third = record[expand("rdf:object")][0]
        since, until = one(record, "ag:validFrom"), one(record, "ag:validUntil")
        claims = self.by_proposition.get(iri, [])
        return {
            "type": "relationship",
            "proposition": iri,
            "subject": one(record, "rdf:subject"),
            "third": third.value if isinstance(third, NamedNode) else "",
            "value": self._value(third),
            "relation": one(relation, "dcterms:identifier"),
            "relation_iri": one(record, "rdf:predicate"),
            "relation_label": text(relation, "rdfs:label"),
            "bare": text(relation, "ag:bareLabel") or text(relation, "rdfs:label"),
            "directed": one(relation, "ag:directed", "true") == "true",
            "subtitle": flag(relation, "ag:shownAsSubtitle"),
            "judgement": flag(relation, "ag:judgement"),
            "title": text(record, "rdfs:label"),
            "summary": text(record, "ag:summary") or _told(claims),
            "phrase": text(record, "ag:phrase") or self.said.get(one(record, "rdf:predicate"), {}),
            "line": one(record, "ag:line"),
            "status": local(one(record, "ag:status")) or "open",
            "disputed": flag(record, "ag:disputed"),
            "denied_in_part": flag(record, "ag:deniedInPart"),
            "whole_opposed": bool(all_(record, "ag:wholeOpposedBy")),
            "sensitive": flag(record, "ag:sensitive"),
            "origins": int(one(record, "ag:origins", "1")),
            "standings": self._standings(record),
            "rivals": all_(record, "ag:rivals"),
            "narrows": one(record, "ag:narrows"),
            "about": all_(record, "ag:about"),
            "accused": all_(record, "ag:accused"),
            "affirmed_by": all_(record, "ag:affirmedBy"),
            "opposed_by": all_(record, "ag:opposedBy"),
            "period": [self._printed(since), self._printed(until)] if since or until else [],
            "stances": sorted({claim["stance"] for claim in claims}),
            "modalities": sorted({claim["modality"] for claim in claims}),
            "decision": self._decision(record),
            "claims": claims,
        }

    def _standings(self, record: Resource) -> list[Standing]:
        found: list[Standing] = []
        if implied := IMPLIED.get(one(record, "ag:line")):
            modality, level, disputed = implied
            found.append({"modality": modality, "level": level, "disputed": disputed})
        for standing in all_(record, "ag:standing"):
            inner = self.standings[standing]
            found.append(
                {
                    "modality": local(one(inner, "ag:modality")),
                    "level": local(one(inner, "ag:level")),
                    "disputed": flag(inner, "ag:disputed"),
                }
            )
        return found

    def _decision(self, record: Resource) -> Decision | None:
        basis = one(record, "ag:basis")
        if not basis:
            return None
        return {
            "basis": local(basis),
            "record": one(record, "ag:record"),
            "by": one(record, "ag:decidedBy"),
            "on": self._printed(one(record, "ag:decidedOn")),
        }

    def _value(self, third: NamedNode | BlankNode | Literal) -> Value | None:
        """A value in third place: its kind, its label, and a number or a date where there is one."""
        if isinstance(third, Literal):
            if third.language:
                return {"kind": "text", "label": messages("quote.words", words=third.value)}
            return {"kind": "none", "label": {}}
        iri = third.value
        if iri in self.times:
            record = self.times[iri]
            return {
                "kind": "date",
                "label": text(record, "rdfs:label"),
                "printed": one(record, "ag:printed"),
                "earliest": one(record, "ag:earliest"),
                "latest": one(record, "ag:latest"),
            }
        if iri in self.quantities:
            record = self.quantities[iri]
            currency = one(record, "schema:currency")
            return {
                "kind": "money" if currency else "figure",
                "label": text(record, "rdfs:label"),
                "number": float(one(record, "schema:value", "0")),
                "currency": currency,
                "unit": local(one(record, "ag:unit")),
            }
        if iri in self.missing:
            return {"kind": "missing", "label": text(self.missing[iri], "rdfs:label")}
        return None

    def _printed(self, time: str) -> str:
        return one(self.times[time], "ag:printed") if time in self.times else ""

    # --- claims

    def _read_claims(self) -> None:
        for type_ in ("ag:Claim", "ag:Mention"):
            for iri, record in resources(self.store, type_).items():
                claim = self._claim(iri, record)
                self.by_proposition[claim["proposition"]].append(claim)
        for claims in self.by_proposition.values():
            claims.sort(key=lambda claim: (claim["document"], claim["order"], claim["id"]))

    def _claim(self, iri: str, record: Resource) -> Claim:
        originator, document = one(record, "ag:speaker"), one(record, "ag:document")
        stance = local(one(record, "ag:stance"))
        return {
            "id": iri,
            "sid": one(record, "dcterms:identifier") or local(iri),
            "proposition": one(record, "ag:claims") or one(record, "ag:mentions"),
            "stance": stance,
            "modality": local(one(record, "ag:modality")) or Modality.ACTUAL.value,
            "speaker": "" if originator in self.unstated else originator,
            "for": one(record, "ag:speaksFor"),
            "publisher": one(self.documents.get(document, {}), "dcterms:publisher"),
            "origin": one(record, "ag:origin") or one(record, "ag:speaksFor") or originator,
            "document": document,
            "order": int(one(record, "ag:order", "0")),
            "firm": stance in AFFIRMING and not flag(record, "ag:soft"),
            "hedges": [*all_(record, "ag:hedge"), *all_(record, "ag:quantifier")],
            "approximate": flag(record, "ag:approximate"),
            "implied": flag(record, "ag:implied"),
            "inferred": flag(record, "ag:inferred"),
            "reportedly": flag(record, "ag:reportedly"),
            "said": self._when(one(record, "ag:saidOn")),
            "sentence": text(record, "rdfs:label"),
            "summary": text(record, "ag:summary") or text(self._passage(record), "ag:summary"),
            "counters": all_(record, "ag:counters"),
            "confirms": all_(record, "ag:confirms"),
            "depends_on": all_(record, "ag:dependsOn"),
            "alternatives": all_(record, "ag:alternativeOf"),
            "retraction": self._retraction(record),
            **self._route(record),
            **self._where(record),
            **self._internal(record),
        }

    def _route(self, record: Resource) -> Route:
        steps = sorted(
            (self.steps[s] for s in all_(record, "prov:qualifiedAttribution") if s in self.steps),
            key=lambda step: int(one(step, "ag:hop", "0")),
        )
        relays = (one(step, "prov:agent") for step in steps if local(one(step, "prov:hadRole")) == "relay")
        return {
            "chain": " › ".join(self._hop(step) for step in steps),
            "via": list(dict.fromkeys(relays)),
            "hops": [one(step, "prov:agent") for step in steps],
            "implied_hops": [one(step, "prov:agent") for step in steps if flag(step, "ag:implied")],
            "verb": next((one(step, "ag:speechVerb") for step in steps), ""),
        }

    def _hop(self, step: Resource) -> str:
        """Who stands at one link of a chain, by name."""
        named = text(self.actors.get(one(step, "prov:agent"), {}), "rdfs:label")
        who = named.get("en") or message("en", "statement.unnamed")
        return message("en", "sentence.impliedHop", who=who) if flag(step, "ag:implied") else who

    def _where(self, record: Resource) -> Where:
        passage = self._passage(record)
        document = self.documents.get(one(record, "ag:document"), {})
        start, end = one(passage, "ag:start"), one(passage, "ag:end")
        quote = next((self.quotes[s] for s in all_(passage, "oa:hasSelector") if s in self.quotes), {})
        return {
            "at": one(passage, "ag:at"),
            "place": text(passage, "rdfs:label"),
            "language": one(passage, "dcterms:language") or one(document, "dcterms:language"),
            "start": int(start) if start else None,
            "end": int(end) if end else None,
            "words": one(quote, "oa:exact"),
        }

    def _passage(self, record: Resource) -> Resource:
        return self.passages.get(one(record, "ag:passage"), {})

    def _retraction(self, record: Resource) -> Retraction | None:
        withdrawn = flag(record, "ag:withdrawn")
        if not withdrawn and not flag(record, "ag:corrected"):
            return None
        return {
            "kind": "withdrawn" if withdrawn else "corrected",
            "by": one(record, "ag:retractedBy"),
            "on": self._printed(one(record, "ag:retractedOn")),
            "where": one(record, "ag:retractedIn"),
        }

    def _when(self, time: str) -> Time | None:
        if time not in self.times:
            return None
        record = self.times[time]
        return {"printed": one(record, "ag:printed"), "label": text(record, "rdfs:label"),
                "earliest": one(record, "ag:earliest"), "latest": one(record, "ag:latest")}  # fmt: skip

    def _internal(self, record: Resource) -> Internal:
        """Grade, note and request for reply, when the dataset was built with them."""
        found: Internal = {}
        if (assessment := one(record, "ag:assessment")) in self.assessments:
            inner = self.assessments[assessment]
            found["grade"] = one(inner, "ag:reliability") + one(inner, "ag:credibility")
        if note := one(record, "ag:note"):
            found["note"] = note
        if (reply := one(record, "ag:reply")) in self.replies:
            inner = self.replies[reply]
            found["reply"] = {
                "by": one(inner, "ag:askedBy"),
                "asked_on": self._printed(one(inner, "ag:askedOn")),
                "deadline": self._printed(one(inner, "ag:deadline")),
                "answer": text(inner, "ag:answer"),
            }
        return found

    # --- who speaks about what

    def _speaking(self, network: nx.MultiDiGraph) -> Iterator[tuple[str, str, str, Speaks]]:
        """An edge from each originator to each node that its claims concern, with those claims."""
        concerned: dict[tuple[str, str], list[str]] = defaultdict(list)
        for iri, claims in self.by_proposition.items():
            ends = self._concerned(iri, frozenset())
            for claim in claims:
                for end in ends:
                    if claim["speaker"] in network and end in network and end != claim["speaker"]:
                        concerned[claim["speaker"], end].append(claim["id"])
        for (speaker, end), ids in sorted(concerned.items()):
            yield speaker, end, f"speaks:{speaker}>{end}", {"type": "speaks", "claims": sorted(set(ids))}

    def _concerned(self, iri: str, seen: frozenset[str]) -> list[str]:
        """The nodes that a proposition concerns: its ends, itself when it is drawn, and what it is about."""
        if iri in seen or iri not in self.propositions:
            return []
        record = self.propositions[iri]
        ends = [iri]
        for end in (one(record, "rdf:subject"), *(v.value for v in record[expand("rdf:object")])):
            ends += [end, *self._concerned(end, seen | {iri})]
        return list(dict.fromkeys(ends))


def _told(claims: list[Claim]) -> Texts:
    """The sentence of the only statement on a relationship: its summary, where no other is written."""
    sentences = claims[0]["sentence"] if claims else {}
    return {tag: words if words.endswith(("?", ".")) else f"{words}." for tag, words in sentences.items()}


def _said(store: Store) -> dict[str, Texts]:
    """Relation → what it is called where it is said, which is the phrase where no other is written."""
    rows = store.query(
        "SELECT ?relation ?phrase WHERE { ?said ag:mirrors ?relation ; rdfs:label ?phrase "
        f"FILTER(STRSTARTS(STR(?said), {Literal(PREFIXES['said'])!s})) }}",
        use_default_graph_as_union=True,
        prefixes=PREFIXES,
    )
    found: dict[str, dict[str, str]] = {}
    for relation, phrase in rows:  # type: ignore[union-attr]
        found.setdefault(relation.value, {})[phrase.language] = phrase.value
    return {relation: dict(sorted(phrases.items())) for relation, phrases in found.items()}
