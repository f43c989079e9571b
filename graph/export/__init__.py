"""A dataset or a network in, the bytes of a file in another format out. Nothing that an export says reads as a fact.

RDF keeps every proposition, claim and chain. A table has one row for each statement, and each row says that it is one.
In network files an edge is labelled with the dataset's own heading ("… is said to …"), never with a bare verb.
"""

from __future__ import annotations

from collections.abc import Mapping

#: Format → usual suffix, and what it is.
FORMATS: Mapping[str, tuple[str, str]] = {
    "trig": (".trig", "RDF, everything, with named graphs"),
    "nquads": (".nq", "RDF, everything, one quad per line"),
    "turtle": (".ttl", "RDF without named graphs"),
    "jsonld": (".jsonld", "RDF as JSON, with named graphs"),
    "rdf12": (".trig", "RDF 1.2, where each proposition reifies its triple term (--out x.nq: N-Quads)"),
    "graphml": (".graphml", "the network, for yEd, Gephi, Cytoscape"),
    "node-link": (".json", "the network as JSON, for networkx and d3"),
    "gexf": (".gexf", "the network, for Gephi"),
    "csv": (".csv", "one row per statement, for spreadsheets"),
}


#: What a format cannot hold, and which one can.
LOST: Mapping[str, str] = {
    "turtle": "Named graphs are left out: a statement's document stays in ag:document. trig and nquads keep them.",
    "csv": "Standing by modality, links between statements and the vocabulary are left out. trig keeps them.",
    "gexf": "Facts without a second node stand on their node as JSON. node-link keeps the structure.",
}
