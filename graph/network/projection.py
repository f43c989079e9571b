"""A dataset in, a networkx `MultiDiGraph` out, in which every edge keeps its claims.

Nodes are actors, events, agreements, orders, groups, places, and the propositions that another one is about or that
somebody disputes. Edges are propositions between two nodes, keyed by the proposition's IRI, and "speaks about" edges
from whoever speaks to what the statements concern. A proposition with a value in third place sits on its node.
Nothing is dropped: `claims_in` counts them.

Attributes are JSON values: strings, numbers, booleans, lists, dicts. A text is `{"en": …, "es": …}`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx
from pyoxigraph import Literal, NamedNode, Store

from .. import figures
from ..base.garbage import paused
from ..base.terms import expand
from .records import Record
from .resources import all_, flag, local, one, records, text

#: Figures whose relationships the page lists first: what a reader should judge.
LISTED = ("denied", "unanswered_accusations", "single_source_figures", "open_questions")


@paused()
def project(store: Store) -> nx.MultiDiGraph:
    """The network of everything a store holds."""
    return _Projection(store).network()


class _Projection:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.propositions = records(store, "ag:Proposition")
        self.times = records(store, "ag:Time")
        self.quantities = records(store, "ag:Quantity")
        self.missing = {**records(store, "ag:Unknown"), **records(store, "ag:Withheld")}
        self.relations = records(store, "ag:RelationProperty")
        self.kinds = records(store, "ag:Kind")
        self.documents = records(store, "ag:Document")
        self.passages = records(store, "oa:SpecificResource")
        self.positions = records(store, "oa:TextPositionSelector")
        self.quotes = records(store, "oa:TextQuoteSelector")
        self.unstated = records(store, "ag:UnstatedSource")
        self.assessments = records(store, "ag:Assessment")
        self.replies = records(store, "ag:ReplyRequest")
        self.steps = records(store, "ag:AttributionStep")
        self.standings = records(store, "ag:Standing")
        self.claims: dict[str, Record] = {}
        self.by_proposition: dict[str, list[Record]] = defaultdict(list)

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
        edges: list[tuple[str, str, str, Record]] = []
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
        return network

    # --- nodes

    def _actors(self) -> dict[str, Record]:
        query = f"SELECT ?s ?p ?o WHERE {{ ?s <{expand('ag:kind')}> ?k ; ?p ?o }}"
        found: dict[str, dict[str, list[Any]]] = {}
        for row in self.store.query(query, use_default_graph_as_union=True):  # type: ignore[union-attr]
            subject, predicate, value = row
            found.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value)
        return {
            iri: {
                "type": "node",
                "kind": local(one(record, "ag:kind")),
                "label": text(record, "rdfs:label"),
                "name": text(record, "ag:nameInSentence"),
                "plural": flag(record, "ag:plural"),
                "aliases": all_(record, "skos:altLabel"),
                "identifiers": all_(record, "schema:sameAs"),
                "slug": one(record, "dcterms:identifier"),
                "facts": [],
            }
            for iri, record in sorted(found.items())
        }

    def _statement(self, proposition: Record) -> Record:
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

    def _kind(self, record: Mapping[str, list[Any]]) -> Record:
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

    def _document(self, iri: str, record: Mapping[str, list[Any]]) -> Record:
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

    def _proposition(self, iri: str, record: Mapping[str, list[Any]]) -> Record:
        relation = self.relations.get(one(record, "rdf:predicate"), {})
        third = record[expand("rdf:object")][0]
        since, until = one(record, "ag:validFrom"), one(record, "ag:validUntil")
        claims = self.by_proposition.get(iri, [])
        basis = one(record, "ag:basis")
        return {
            "type": "relationship",
            "proposition": iri,
            "subject": one(record, "rdf:subject"),
            "third": third.value if isinstance(third, NamedNode) else "",
            "value": self._value(third),
            "relation": one(relation, "dcterms:identifier"),
            "relation_iri": one(record, "rdf:predicate"),
            "relation_label": text(relation, "rdfs:label"),
            "directed": flag(relation, "ag:directed"),
            "subtitle": flag(relation, "ag:shownAsSubtitle"),
            "title": text(record, "rdfs:label"),
            "summary": text(record, "ag:summary"),
            "phrase": text(record, "ag:phrase"),
            "line": one(record, "ag:line"),
            "status": local(one(record, "ag:status")),
            "disputed": flag(record, "ag:disputed"),
            "denied_in_part": flag(record, "ag:deniedInPart"),
            "sensitive": flag(record, "ag:sensitive"),
            "origins": int(one(record, "ag:origins", "0")),
            "standings": self._standings(record),
            "rivals": all_(record, "ag:rivals"),
            "narrows": one(record, "ag:narrows"),
            "about": all_(record, "ag:about"),
            "affirmed_by": ",".join(all_(record, "ag:affirmedBy")),
            "opposed_by": ",".join(all_(record, "ag:opposedBy")),
            "period": [self._printed(since), self._printed(until)] if since or until else [],
            "stances": sorted({claim["stance"] for claim in claims}),
            "modalities": sorted({claim["modality"] for claim in claims}),
            "decision": {
                "basis": local(basis),
                "record": one(record, "ag:record"),
                "by": one(record, "ag:decidedBy"),
                "on": self._printed(one(record, "ag:decidedOn")),
            }
            if basis
            else {},
            "claims": claims,
        }

    def _standings(self, record: Mapping[str, list[Any]]) -> list[Record]:
        found = []
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

    def _value(self, third: NamedNode | Literal) -> Record:
        """A value in third place: its kind, its label, and a number or a date where there is one."""
        if isinstance(third, Literal):
            if third.language:
                return {"kind": "text", "label": {"en": f"“{third.value}”", "es": f"«{third.value}»"}}
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
        return {}

    def _printed(self, time: str) -> str:
        return one(self.times[time], "ag:printed") if time in self.times else ""

    # --- claims

    def _read_claims(self) -> None:
        for type_ in ("ag:Claim", "ag:Mention"):
            for iri, record in records(self.store, type_).items():
                claim = self._claim(iri, record)
                self.claims[iri] = claim
                self.by_proposition[claim["proposition"]].append(claim)
        for claims in self.by_proposition.values():
            claims.sort(key=lambda claim: (claim["document"], claim["order"], claim["id"]))

    def _claim(self, iri: str, record: Mapping[str, list[Any]]) -> Record:
        originator = one(record, "ag:originator")
        passage = self.passages.get(one(record, "ag:passage"), {})
        selectors = all_(passage, "oa:hasSelector")
        position = next((self.positions[s] for s in selectors if s in self.positions), {})
        quote = next((self.quotes[s] for s in selectors if s in self.quotes), {})
        steps = sorted(
            (self.steps[s] for s in all_(record, "prov:qualifiedAttribution") if s in self.steps),
            key=lambda step: int(one(step, "ag:hop", "0")),
        )
        taken = "withdrawn" if flag(record, "ag:withdrawn") else "corrected" if flag(record, "ag:corrected") else ""
        said = one(record, "ag:saidOn")
        claim = {
            "id": iri,
            "sid": one(record, "dcterms:identifier"),
            "proposition": one(record, "ag:claims") or one(record, "ag:mentions"),
            "stance": local(one(record, "ag:stance")),
            "modality": local(one(record, "ag:modality")),
            "speaker": "" if originator in self.unstated else originator,
            "for": one(record, "ag:speaksFor"),
            "via": list(dict.fromkeys(
                one(step, "prov:agent") for step in steps if local(one(step, "prov:hadRole")) == "relay"
            )),
            "chain": one(record, "ag:chain"),
            "hops": [one(step, "prov:agent") for step in steps],
            "implied_hops": [one(step, "prov:agent") for step in steps if flag(step, "ag:implied")],
            "verb": next((one(step, "ag:speechVerb") for step in steps), ""),
            "publisher": one(record, "ag:publisher"),
            "origin": one(record, "ag:origin"),
            "document": one(record, "ag:document"),
            "at": one(passage, "ag:at"),
            "place": text(passage, "rdfs:label"),
            "language": one(passage, "dcterms:language"),
            "start": int(one(position, "oa:start")) if position else None,
            "end": int(one(position, "oa:end")) if position else None,
            "words": one(quote, "oa:exact"),
            "order": int(one(record, "ag:order", "0")),
            "firm": flag(record, "ag:firm"),
            "hedges": [*all_(record, "ag:hedge"), *all_(record, "ag:quantifier")],
            "approximate": flag(record, "ag:approximate"),
            "implied": flag(record, "ag:implied"),
            "reportedly": flag(record, "ag:reportedly"),
            "said": self._when(said),
            "sentence": text(record, "rdfs:label"),
            "summary": text(record, "ag:summary"),
            "counters": all_(record, "ag:counters"),
            "confirms": all_(record, "ag:confirms"),
            "depends_on": all_(record, "ag:dependsOn"),
            "alternatives": all_(record, "ag:alternativeOf"),
            "retraction": {
                "kind": taken,
                "by": one(record, "ag:retractedBy"),
                "on": self._printed(one(record, "ag:retractedOn")),
                "where": one(record, "ag:retractedIn"),
            } if taken else {},
        }  # fmt: skip
        return claim | self._internal(record)

    def _when(self, time: str) -> Record:
        if time not in self.times:
            return {}
        record = self.times[time]
        return {"printed": one(record, "ag:printed"), "label": text(record, "rdfs:label"),
                "earliest": one(record, "ag:earliest"), "latest": one(record, "ag:latest")}  # fmt: skip

    def _internal(self, record: Mapping[str, list[Any]]) -> Record:
        """Grade, note and request for reply, when the dataset was built with them."""
        found: Record = {}
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

    def _speaking(self, network: nx.MultiDiGraph) -> Iterator[tuple[str, str, str, Record]]:
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
