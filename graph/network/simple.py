"""The projected network in, networks of plain values and readable names out, for networkx, pandas, Gephi and pyvis.

`safe` is what may be computed with as it is. `everything` also holds what is denied, asked and only said about.
`cast` is the part of `safe` that the page opens with.

Nodes, in all three:

    id          a name to type: "nayib-bukele"; with the case in front where two cases use one name
    label       the name in the language asked for
    kind        "person", "agency", "event", …
    actor       whether it can act: a person, a body, a state, a group
    statements  how many statements are by it or about it
    iri         what it is called in the dataset

Edges, of which each is one relationship that somebody states:

    key         the last part of the relationship's IRI
    label       the heading, in a phrase that says how it stands: "… is said to …"
    relation    the vocabulary's name: "payer"
    standing    "accepted", "said", "soft" (alleged, presumed, reported) or "notyet" (planned, possible, required)
    sensitive   whether it can defame
    speakers    who says so, by name, joined by "; "; "not stated" for who is not named
    statements  how many statements
    sources     how many independent sources
    weight      the same number, but 0 for what is sensitive: nobody becomes central by an accusation
    iri         what it is called in the dataset; "" for an edge made from an event

Every attribute is a str, an int or a bool, and none is called as an argument of pyvis or pandas is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

import networkx as nx

from ..base.terms import ID
from ..words import message
from ..yaml.forms import in_language
from .cast import PAYMENT, choose_cast
from .fold import fold
from .measures import weighty
from .records import Claim, Edge, Folded, Node, claims_in, edges_in, kinds_in, node_of, nodes_in, propositions_in

#: Relationships that somebody affirms and nobody denies.
SAFE = frozenset({"accepted", "said", "soft", "notyet"})

#: What an edge carries, here and after `fold`.
_Line: TypeAlias = Edge | Folded


def ids(network: nx.MultiDiGraph) -> dict[str, str]:
    """IRI → the name to type, for every node: its id in the case when it is the only one so called."""
    slugs = {node: carried["slug"] for node, carried in nodes_in(network)}
    count = Counter(slugs.values())
    return {node: slug if slug and count[slug] == 1 else node.removeprefix(ID) for node, slug in slugs.items()}


def safe(network: nx.MultiDiGraph, language: str = "en") -> nx.MultiDiGraph:
    """Every actor and thing, and each relationship between two of them that somebody affirms and nobody denies."""
    return _Simple(network, language).made(_undenied(network))


def everything(network: nx.MultiDiGraph, language: str = "en") -> nx.MultiDiGraph:
    """All relationships, and who speaks about what; those that another one is about are nodes of kind "statement".

    `standing` may also be "disputed", "denied", "open", "rejected", "mentioned", or "speaks" for who speaks about whom.
    """
    return _Simple(network, language).made(network)


def cast(network: nx.MultiDiGraph, language: str = "en") -> nx.MultiDiGraph:
    """Whom the page opens with, tied by those relationships of `safe` that its lines stand for.

    A payment with its payer and its payee is one edge between them. Lines of speech and of denial are no ties.
    """
    chosen = choose_cast(network)
    ties = [tie for tie in chosen.ties if tie.kind in ("tie", "payment")]
    said = {proposition for tie in ties for proposition in tie.propositions}
    # What a line is about stands between its ends when it is not drawn itself.
    nodes = {member.node for member in chosen.members} | {frame.node for frame in chosen.frames}
    nodes |= {tie.matter for tie in ties if tie.kind == "tie" and tie.matter}
    undenied = _undenied(network)
    drawn: nx.MultiDiGraph = nx.MultiDiGraph()
    drawn.add_nodes_from((node, undenied.nodes[node]) for node in sorted(nodes) if node in undenied)
    for source, target, key, data in edges_in(undenied):
        if data["type"] == "relationship" and data["proposition"] in said and {source, target} <= nodes:
            drawn.add_edge(source, target, key, **data)
    paid = {tie.matter for tie in ties if tie.kind == "payment"}
    for source, target, key, data in fold(undenied, [PAYMENT]).edges(keys=True, data=True):
        if data["type"] == "folded" and data["event"] in paid and {source, target} <= nodes:
            drawn.add_edge(source, target, key, **data)
    return _Simple(network, language).made(drawn)


def _undenied(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    kept: nx.MultiDiGraph = nx.MultiDiGraph()
    kept.add_nodes_from((n, data) for n, data in network.nodes(data=True) if data["type"] == "node")
    kept.add_edges_from(
        (source, target, key, data)
        for source, target, key, data in edges_in(network)
        if _is_safe(data) and source in kept and target in kept
    )
    return kept


def _is_safe(data: Edge) -> bool:
    if data["type"] == "speaks" or data["line"] not in SAFE:
        return False
    # What is denied of a whole group may be denied of this part: that is no tie to compute with.
    return not (data["disputed"] or data["denied_in_part"] or data["whole_opposed"] or data["opposed_by"])


class _Simple:
    def __init__(self, network: nx.MultiDiGraph, language: str) -> None:
        self.network = network
        self.language = language
        self.ids = ids(network)
        self.kinds = kinds_in(network)
        self.propositions = {record["proposition"]: record for record in propositions_in(network)}
        self.claims = {claim["id"]: claim for claim in claims_in(network)}
        self.counts: Counter[str] = Counter()
        for claim in self.claims.values():
            proposition = self.propositions[claim["proposition"]]
            self.counts.update({claim["speaker"], claim["for"], proposition["subject"], proposition["third"]} - {""})

    def made(self, network: nx.MultiDiGraph) -> nx.MultiDiGraph:
        """The nodes and edges of a part of the network, in order."""
        made: nx.MultiDiGraph = nx.MultiDiGraph()
        for node, data in sorted(network.nodes(data=True), key=lambda item: self.ids[item[0]]):
            made.add_node(self.ids[node], **self._node(node, data))
        for source, target, key, data in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3]):
            made.add_edge(self.ids[source], self.ids[target], key.removeprefix(ID), **self._edge(key, data))
        return made

    def _node(self, node: str, data: Node) -> dict[str, str | int | bool]:
        return {
            "label": in_language(data["label"], self.language),
            "kind": data["kind"],
            "actor": data["kind"] in self.kinds and self.kinds[data["kind"]]["agent"],
            "statements": self.counts[node],
            "iri": node,
        }

    def _edge(self, key: str, data: _Line) -> dict[str, str | int | bool]:
        claims = self._claims(data)
        affirming = [claim for claim in claims if claim["stance"] in ("asserted", "alleged", "presumed")] or claims
        sources = len({claim["origin"] for claim in affirming if claim["origin"]})
        stated = data if data["type"] == "relationship" else None
        return {
            "label": self._label(data),
            "relation": stated["relation"] if stated else data["type"],
            "standing": "speaks" if data["type"] == "speaks" else data["line"],
            "sensitive": data["type"] != "speaks" and data["sensitive"],
            "speakers": self._speakers(affirming),
            "statements": len(claims),
            "sources": stated["origins"] if stated else sources,
            "weight": self._weight(data, sources),
            "iri": key if stated else "",
        }

    def _claims(self, data: _Line) -> list[Claim]:
        """The statements of an edge, and those by which it follows from narrower ones."""
        if data["type"] == "relationship":
            found = [*(claim["id"] for claim in data["claims"]), *data["affirmed_by"]]
        else:
            found = data["claims"]
        return [self.claims[iri] for iri in dict.fromkeys(found) if iri in self.claims]

    @staticmethod
    def _weight(data: _Line, sources: int) -> int:
        if data["type"] == "folded":
            return 0 if data["sensitive"] else max(1, sources)
        return max(1, data["origins"]) if data["type"] == "relationship" and weighty(data) else 0

    def _label(self, data: _Line) -> str:
        if data["type"] == "speaks":
            return message(self.language, "page.lines.lineSpeaks")
        return in_language(data["title"] if data["type"] == "relationship" else data["label"], self.language)

    def _speakers(self, claims: Iterable[Claim]) -> str:
        names = {
            in_language(node_of(self.network, claim["speaker"])["label"], self.language)
            if claim["speaker"] in self.network
            else message(self.language, "statement.unnamed")
            for claim in claims
        }
        return "; ".join(sorted(names))
