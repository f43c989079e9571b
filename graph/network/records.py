"""What a network carries on its nodes and edges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx as nx

Record = dict[str, Any]


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
