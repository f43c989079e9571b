"""A dataset in, a networkx `MultiDiGraph` out, in which every edge keeps its claims.

Nodes are actors, events, agreements, orders, groups, places, and the propositions that another one is about or that
somebody disputes. Edges are propositions between two nodes, keyed by the proposition's IRI, and "speaks about" edges
from whoever speaks to what the statements concern. A proposition with a value in third place sits on its node.
Nothing is dropped: `claims_in` counts them.

Attributes are JSON values: strings, numbers, booleans, lists, dicts. A text is `{"en": …, "es": …}`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import networkx as nx
from pyoxigraph import Literal, NamedNode, Store

from ..base.garbage import paused
from ..base.terms import PREFIXES, expand

Record = dict[str, Any]

#: Lines that count for degree, communities and layout; nobody is drawn onto a gang by an accusation.
WEIGHTY = frozenset({"accepted", "said", "soft", "notyet"})
#: Attributes that are no scalars: JSON strings in formats that take no lists.
STRUCTURED = (
    "label", "name", "title", "summary", "claims", "facts", "aliases", "standings", "rivals", "stances", "modalities",
    "value", "relation_label", "phrase", "parts", "about", "decision", "period", "identifiers",
)  # fmt: skip


@paused()
def project(store: Store) -> nx.MultiDiGraph:
    """The network of everything a store holds."""
    return _Projection(store).network()


@paused()
def outline(store: Store) -> nx.MultiDiGraph:
    """Who stands to whom how, and no more: for measures, paths and frames over millions of statements.

    Nodes are IRIs. An edge is a proposition between two of them, keyed by its IRI, with nine attributes: `relation`
    (its IRI), `line`, `status`, `disputed`, `denied_in_part`, `sensitive`, `origins`, `statements` and
    an English `label`.
    """
    network: nx.MultiDiGraph = nx.MultiDiGraph()
    rows = store.query(_OUTLINE, use_default_graph_as_union=True, prefixes=PREFIXES)
    words: dict[str, str] = {}

    def once(text: str) -> str:
        return words.setdefault(text, text)

    network.add_edges_from(
        (
            once(source.value),
            once(target.value),
            proposition.value,
            {
                "relation": once(relation.value),
                "line": once(line.value),
                "status": _local(once(status.value)),
                "disputed": disputed.value == "true",
                "denied_in_part": in_part.value == "true",
                "sensitive": sensitive.value == "true",
                "origins": int(origins.value),
                "statements": int(statements.value),
                "label": label.value,
            },
        )
        for (
            source, target, proposition, relation, line, status, disputed, in_part, sensitive, origins, statements,
            label,
        ) in rows  # type: ignore[union-attr]
    )  # fmt: skip
    return network


_OUTLINE = """SELECT ?source ?target ?p ?relation ?line ?status ?disputed ?inPart ?sensitive ?origins ?statements ?label
WHERE {
  ?p rdf:subject ?source ; rdf:object ?target ; rdf:predicate ?relation ; ag:line ?line ; ag:status ?status ;
     ag:disputed ?disputed ; ag:deniedInPart ?inPart ; ag:sensitive ?sensitive ; ag:origins ?origins ;
     ag:statements ?statements ; rdfs:label ?label .
  FILTER(isIRI(?target) && LANG(?label) = "en") }"""


def records(store: Store, type_: str) -> dict[str, dict[str, list[Any]]]:
    """Every resource of a class: IRI → predicate IRI → values, in one scan."""
    found: dict[str, dict[str, list[Any]]] = {}
    query = f"SELECT ?s ?p ?o WHERE {{ ?s a <{expand(type_)}> ; ?p ?o }}"
    rows = store.query(query, use_default_graph_as_union=True)
    for row in rows:  # type: ignore[union-attr]
        subject, predicate, value = row
        found.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value)
    return dict(sorted(found.items()))


def _one(record: Mapping[str, list[Any]], name: str, default: str = "") -> str:
    values = record.get(expand(name))
    if not values:
        return default
    return str(values[0].value if len(values) == 1 else min(value.value for value in values))


def _all(record: Mapping[str, list[Any]], name: str) -> list[str]:
    values = record.get(expand(name))
    return sorted(value.value for value in values) if values else []


def _text(record: Mapping[str, list[Any]], name: str) -> dict[str, str]:
    values = record.get(expand(name))
    if not values:
        return {}
    found = [(v.language, v.value) for v in values if isinstance(v, Literal) and v.language]
    return dict(sorted(found))


def _flag(record: Mapping[str, list[Any]], name: str) -> bool:
    return _one(record, name) == "true"


def _local(iri: str) -> str:
    """The last part of an IRI: `asserted`."""
    return iri.rpartition("/")[2].rpartition("#")[2]


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
        about = {iri for record in self.propositions.values() for iri in _all(record, "ag:about")}
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
        network.graph["kinds"] = {_local(iri): self._kind(record) for iri, record in self.kinds.items()}
        network.graph["folds"] = self._folds()
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
                "kind": _local(_one(record, "ag:kind")),
                "label": _text(record, "rdfs:label"),
                "name": _text(record, "ag:nameInSentence"),
                "plural": _flag(record, "ag:plural"),
                "aliases": _all(record, "skos:altLabel"),
                "identifiers": _all(record, "schema:sameAs"),
                "slug": _one(record, "dcterms:identifier"),
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
            "label": _text(record, "rdfs:label"),
            "shape": _one(record, "ag:shape", "circle"),
            "hue": _one(record, "ag:hue", "concept"),
            "agent": _flag(record, "ag:agent"),
            "broader": _local(_one(record, "skos:broader")),
        }

    def _folds(self) -> list[list[str]]:
        """Pairs of relations that `fold` takes, as the vocabulary names them."""
        pairs = (
            sorted((_one(record, "dcterms:identifier"), _one(self.relations[other], "dcterms:identifier")))
            for record in self.relations.values()
            for other in _all(record, "ag:foldsWith")
        )
        return [list(pair) for pair in sorted(set(map(tuple, pairs)))]

    def _document(self, iri: str, record: Mapping[str, list[Any]]) -> Record:
        return {
            "id": iri,
            "label": _text(record, "rdfs:label"),
            "title": _one(record, "dcterms:title"),
            "publisher": _one(record, "dcterms:publisher"),
            "authors": _all(record, "dcterms:creator"),
            "language": _one(record, "dcterms:language"),
            "url": _one(record, "schema:url"),
            "published": self._printed(_one(record, "ag:published")),
        }

    # --- propositions

    def _proposition(self, iri: str, record: Mapping[str, list[Any]]) -> Record:
        relation = self.relations.get(_one(record, "rdf:predicate"), {})
        third = record[expand("rdf:object")][0]
        since, until = _one(record, "ag:validFrom"), _one(record, "ag:validUntil")
        claims = self.by_proposition.get(iri, [])
        basis = _one(record, "ag:basis")
        return {
            "type": "relationship",
            "proposition": iri,
            "subject": _one(record, "rdf:subject"),
            "third": third.value if isinstance(third, NamedNode) else "",
            "value": self._value(third),
            "relation": _one(relation, "dcterms:identifier"),
            "relation_iri": _one(record, "rdf:predicate"),
            "relation_label": _text(relation, "rdfs:label"),
            "directed": _flag(relation, "ag:directed"),
            "subtitle": _flag(relation, "ag:shownAsSubtitle"),
            "title": _text(record, "rdfs:label"),
            "summary": _text(record, "ag:summary"),
            "phrase": _text(record, "ag:phrase"),
            "line": _one(record, "ag:line"),
            "status": _local(_one(record, "ag:status")),
            "disputed": _flag(record, "ag:disputed"),
            "denied_in_part": _flag(record, "ag:deniedInPart"),
            "sensitive": _flag(record, "ag:sensitive"),
            "origins": int(_one(record, "ag:origins", "0")),
            "standings": self._standings(record),
            "rivals": _all(record, "ag:rivals"),
            "narrows": _one(record, "ag:narrows"),
            "about": _all(record, "ag:about"),
            "affirmed_by": ",".join(_all(record, "ag:affirmedBy")),
            "opposed_by": ",".join(_all(record, "ag:opposedBy")),
            "period": [self._printed(since), self._printed(until)] if since or until else [],
            "stances": sorted({claim["stance"] for claim in claims}),
            "modalities": sorted({claim["modality"] for claim in claims}),
            "decision": {
                "basis": _local(basis),
                "record": _one(record, "ag:record"),
                "by": _one(record, "ag:decidedBy"),
                "on": self._printed(_one(record, "ag:decidedOn")),
            }
            if basis
            else {},
            "claims": claims,
        }

    def _standings(self, record: Mapping[str, list[Any]]) -> list[Record]:
        found = []
        for standing in _all(record, "ag:standing"):
            inner = self.standings[standing]
            found.append(
                {
                    "modality": _local(_one(inner, "ag:modality")),
                    "level": _local(_one(inner, "ag:level")),
                    "disputed": _flag(inner, "ag:disputed"),
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
                "label": _text(record, "rdfs:label"),
                "printed": _one(record, "ag:printed"),
                "earliest": _one(record, "ag:earliest"),
                "latest": _one(record, "ag:latest"),
            }
        if iri in self.quantities:
            record = self.quantities[iri]
            currency = _one(record, "schema:currency")
            return {
                "kind": "money" if currency else "figure",
                "label": _text(record, "rdfs:label"),
                "number": float(_one(record, "schema:value", "0")),
                "currency": currency,
                "unit": _local(_one(record, "ag:unit")),
            }
        if iri in self.missing:
            return {"kind": "missing", "label": _text(self.missing[iri], "rdfs:label")}
        return {}

    def _printed(self, time: str) -> str:
        return _one(self.times[time], "ag:printed") if time in self.times else ""

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
        originator = _one(record, "ag:originator")
        passage = self.passages.get(_one(record, "ag:passage"), {})
        selectors = _all(passage, "oa:hasSelector")
        position = next((self.positions[s] for s in selectors if s in self.positions), {})
        quote = next((self.quotes[s] for s in selectors if s in self.quotes), {})
        steps = sorted(
            (self.steps[s] for s in _all(record, "prov:qualifiedAttribution") if s in self.steps),
            key=lambda step: int(_one(step, "ag:hop", "0")),
        )
        taken = "withdrawn" if _flag(record, "ag:withdrawn") else "corrected" if _flag(record, "ag:corrected") else ""
        said = _one(record, "ag:saidOn")
        claim = {
            "id": iri,
            "sid": _one(record, "dcterms:identifier"),
            "proposition": _one(record, "ag:claims") or _one(record, "ag:mentions"),
            "stance": _local(_one(record, "ag:stance")),
            "modality": _local(_one(record, "ag:modality")),
            "speaker": "" if originator in self.unstated else originator,
            "for": _one(record, "ag:speaksFor"),
            "via": list(dict.fromkeys(
                _one(step, "prov:agent") for step in steps if _local(_one(step, "prov:hadRole")) == "relay"
            )),
            "chain": _one(record, "ag:chain"),
            "hops": [_one(step, "prov:agent") for step in steps],
            "implied_hops": [_one(step, "prov:agent") for step in steps if _flag(step, "ag:implied")],
            "verb": next((_one(step, "ag:speechVerb") for step in steps), ""),
            "publisher": _one(record, "ag:publisher"),
            "origin": _one(record, "ag:origin"),
            "document": _one(record, "ag:document"),
            "at": _one(passage, "ag:at"),
            "place": _text(passage, "rdfs:label"),
            "language": _one(passage, "dcterms:language"),
            "start": int(_one(position, "oa:start")) if position else None,
            "end": int(_one(position, "oa:end")) if position else None,
            "words": _one(quote, "oa:exact"),
            "order": int(_one(record, "ag:order", "0")),
            "firm": _flag(record, "ag:firm"),
            "hedges": [*_all(record, "ag:hedge"), *_all(record, "ag:quantifier")],
            "approximate": _flag(record, "ag:approximate"),
            "implied": _flag(record, "ag:implied"),
            "reportedly": _flag(record, "ag:reportedly"),
            "said": self._when(said),
            "sentence": _text(record, "rdfs:label"),
            "summary": _text(record, "ag:summary"),
            "counters": _all(record, "ag:counters"),
            "confirms": _all(record, "ag:confirms"),
            "depends_on": _all(record, "ag:dependsOn"),
            "alternatives": _all(record, "ag:alternativeOf"),
            "retraction": {
                "kind": taken,
                "by": _one(record, "ag:retractedBy"),
                "on": self._printed(_one(record, "ag:retractedOn")),
                "where": _one(record, "ag:retractedIn"),
            } if taken else {},
        }  # fmt: skip
        return claim | self._internal(record)

    def _when(self, time: str) -> Record:
        if time not in self.times:
            return {}
        record = self.times[time]
        return {"printed": _one(record, "ag:printed"), "label": _text(record, "rdfs:label"),
                "earliest": _one(record, "ag:earliest"), "latest": _one(record, "ag:latest")}  # fmt: skip

    def _internal(self, record: Mapping[str, list[Any]]) -> Record:
        """Grade, note and request for reply, when the dataset was built with them."""
        found: Record = {}
        if (assessment := _one(record, "ag:assessment")) in self.assessments:
            inner = self.assessments[assessment]
            found["grade"] = _one(inner, "ag:reliability") + _one(inner, "ag:credibility")
        if note := _one(record, "ag:note"):
            found["note"] = note
        if (reply := _one(record, "ag:reply")) in self.replies:
            inner = self.replies[reply]
            found["reply"] = {
                "by": _one(inner, "ag:askedBy"),
                "asked_on": self._printed(_one(inner, "ag:askedOn")),
                "deadline": self._printed(_one(inner, "ag:deadline")),
                "answer": _text(inner, "ag:answer"),
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
        for end in (_one(record, "rdf:subject"), *(v.value for v in record[expand("rdf:object")])):
            ends += [end, *self._concerned(end, seen | {iri})]
        return list(dict.fromkeys(ends))


# --- counting and measuring


def propositions_in(network: nx.MultiDiGraph) -> Iterator[Record]:
    """Every proposition of a network, on edges and on nodes, each once."""
    for *_, attributes in network.edges(data=True):
        if attributes["type"] == "relationship":
            yield attributes
    for _, attributes in network.nodes(data=True):
        yield from attributes.get("facts", ())


def claims_in(network: nx.MultiDiGraph) -> Iterator[Record]:
    """Every claim of a network, each once."""
    for proposition in propositions_in(network):
        yield from proposition["claims"]


def weighty(attributes: Mapping[str, Any]) -> bool:
    """Whether an edge counts for degree, communities and layout."""
    return attributes["type"] == "relationship" and attributes["line"] in WEIGHTY and not attributes["sensitive"]


def skeleton(network: nx.MultiDiGraph) -> nx.Graph:
    """The undirected simple graph of the edges that count; nodes in order, so that every measure is repeatable."""
    plain: nx.Graph = nx.Graph()
    plain.add_nodes_from(sorted(network))
    pairs = {
        (min(source, target), max(source, target))
        for source, target, attributes in network.edges(data=True)
        if source != target and weighty(attributes)
    }
    plain.add_edges_from(sorted(pairs))
    return plain


def grouped(plain: nx.Graph) -> dict[str, int]:
    """Node → community of a skeleton, numbered from the largest."""
    communities = sorted(
        nx.community.louvain_communities(plain, seed=1), key=lambda members: (-len(members), min(members))
    )
    return {node: number for number, members in enumerate(communities) for node in members}


def measure(network: nx.MultiDiGraph) -> dict[str, dict[str, float | int]]:
    """Node → degree, betweenness (0 to 1), community (numbered from the largest) and independent origins."""
    # Only who measures pays for importing it. networkx takes minutes for what it does in a second.
    import rustworkx  # noqa: PLC0415

    plain = skeleton(network)
    nodes = list(plain)
    number = {node: index for index, node in enumerate(nodes)}
    compiled: rustworkx.PyGraph[str, None] = rustworkx.PyGraph(multigraph=False)
    compiled.add_nodes_from(nodes)
    compiled.add_edges_from_no_data([(number[source], number[target]) for source, target in plain.edges])
    between = rustworkx.graph_betweenness_centrality(compiled)
    community = grouped(plain)
    origins: dict[str, set[str]] = defaultdict(set)
    for proposition in propositions_in(network):
        for claim in proposition["claims"]:
            for end in (proposition["subject"], proposition["third"]):
                if end in network:
                    origins[end].add(claim["origin"])
    return {
        node: {
            "degree": plain.degree(node),
            "betweenness": round(between[number[node]], 6),
            "community": community[node],
            "origins": len(origins[node]),
        }
        for node in nodes
    }


def fold(network: nx.MultiDiGraph, pairs: Iterable[tuple[str, str]]) -> nx.MultiDiGraph:
    """The `actors` projection: events and agreements become edges between those whose roles the vocabulary pairs.

    A folded edge has no verb and no direction; `parts` leads back to its propositions, and its line is the weakest of
    theirs. Other edges between actors stay; nodes that were folded away are left out. An event of which only one such
    role is known stays a node.
    """
    roles: dict[str, list[tuple[str, str, Record]]] = defaultdict(list)
    paired = {frozenset(pair) for pair in pairs}
    words = {word for pair in paired for word in pair}
    for source, target, attributes in network.edges(data=True):
        if attributes["type"] == "relationship" and attributes["relation"] in words:
            roles[source].append((attributes["relation"], target, attributes))
    couples: dict[tuple[str, str, str], dict[str, Record]] = defaultdict(dict)
    for event, found in roles.items():
        for (role, actor, one), (other_role, other_actor, other) in combinations(found, 2):
            if frozenset((role, other_role)) in paired and actor != other_actor:
                ends = (min(actor, other_actor), max(actor, other_actor))
                couples[event, *ends] |= {one["proposition"]: one, other["proposition"]: other}
    folded: nx.MultiDiGraph = nx.MultiDiGraph()
    gone = {event for event, *_ in couples}
    keep = [node for node in network if node not in gone]
    folded.add_nodes_from((node, network.nodes[node]) for node in keep)
    for source, target, key, attributes in network.edges(keys=True, data=True):
        if source in folded and target in folded:
            folded.add_edge(source, target, key, **attributes)
    for (event, first, second), parts in sorted(couples.items()):
        if first in folded and second in folded:
            ordered = [part for _, part in sorted(parts.items())]
            folded.add_edge(first, second, f"{event}>{first}>{second}", **_folded(network, event, ordered))
    return folded


#: A part that is disputed is never hidden behind one that is only soft.
_WEAKEST = ("rejected", "denied", "mentioned", "open", "disputed", "notyet", "soft", "said", "accepted")


#: Two in one event, in words that are never stronger than the weakest of the parts.
_BOTH_IN = {
    "accepted": {"en": "both in: {0}", "es": "ambos en: {0}"},
    "said": {"en": "both said to be in: {0}", "es": "se dice que ambos están en: {0}"},
    "disputed": {
        "en": "both said to be in, which is disputed: {0}",
        "es": "se dice que ambos están en, en disputa: {0}",
    },
    "soft": {
        "en": "both alleged or reported to be in: {0}",
        "es": "ambos, solo según acusación o informe, en: {0}",
    },
    "notyet": {"en": "planned or possible: both in: {0}", "es": "previsto o posible: ambos en: {0}"},
    "denied": {"en": "denied: both in: {0}", "es": "negado: ambos en: {0}"},
    "open": {"en": "open question: both in: {0}", "es": "pregunta abierta: ambos en: {0}"},
    "rejected": {"en": "held false by us: both in: {0}", "es": "descartado por la redacción: ambos en: {0}"},
    "mentioned": {"en": "only mentioned: both in: {0}", "es": "solo mencionado: ambos en: {0}"},
}


def _folded(network: nx.MultiDiGraph, event: str, parts: Sequence[Record]) -> Record:
    label = network.nodes[event]["label"]
    line = min((part["line"] for part in parts), key=_WEAKEST.index)
    return {
        "type": "folded",
        "event": event,
        "directed": False,
        "line": line,
        "sensitive": any(part["sensitive"] for part in parts),
        "label": {
            tag: words.format(label.get(tag) or next(iter(label.values()), "")) for tag, words in _BOTH_IN[line].items()
        },
        "parts": [part["proposition"] for part in parts],
        "claims": [claim["id"] for part in parts for claim in part["claims"]],
    }


# --- files


def to_node_link(network: nx.MultiDiGraph) -> str:
    """Node-link JSON, sorted."""
    data = nx.node_link_data(network, edges="edges")
    data["nodes"].sort(key=lambda node: node["id"])
    data["edges"].sort(key=lambda edge: (edge["source"], edge["target"], edge["key"]))
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def from_node_link(text: str) -> nx.MultiDiGraph:
    """The network that `to_node_link` wrote."""
    return nx.node_link_graph(json.loads(text), directed=True, multigraph=True, edges="edges")


def to_graphml(network: nx.MultiDiGraph) -> str:
    """GraphML; lists and dicts are JSON strings, since GraphML takes none. XML takes no control characters."""
    flat = _mapped(network, lambda name, value: json.dumps(value, ensure_ascii=False) if name in STRUCTURED else value)
    return "\n".join(nx.generate_graphml(flat)) + "\n"


def from_graphml(text: str) -> nx.MultiDiGraph:
    """The network that `to_graphml` wrote."""
    flat = nx.parse_graphml(text, force_multigraph=True)
    return _mapped(flat, lambda name, value: json.loads(value) if name in STRUCTURED else value)


def _mapped(network: nx.MultiDiGraph, change: Callable[[str, Any], Any]) -> nx.MultiDiGraph:
    copy: nx.MultiDiGraph = nx.MultiDiGraph()
    for node, attributes in sorted(network.nodes(data=True)):
        copy.add_node(node, **{name: change(name, value) for name, value in attributes.items()})
    for source, target, key, attributes in sorted(network.edges(keys=True, data=True), key=lambda e: e[:3]):
        copy.add_edge(source, target, key, **{name: change(name, value) for name, value in attributes.items()})
    meta = {"documents", "kinds"}
    for name, value in network.graph.items():
        if name in meta:
            copy.graph[name] = (
                json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else json.loads(value)
            )
    return copy


__all__ = [
    "PREFIXES", "claims_in", "fold", "from_graphml", "from_node_link", "grouped", "measure", "outline", "project",
    "propositions_in", "records", "skeleton", "to_graphml", "to_node_link", "weighty",
]  # fmt: skip
