"""A network in, measures of its nodes out: degree, betweenness, communities, independent origins.

Accusations count for none of them: only edges that are `weighty` do.
"""

from __future__ import annotations

from collections import defaultdict

import networkx as nx

from .records import Edge, edges_in, propositions_in

#: Lines that count for degree, communities and layout; nobody is drawn onto a gang by an accusation.
WEIGHTY = frozenset({"accepted", "said", "soft", "notyet"})


def weighty(edge: Edge) -> bool:
    """Whether an edge counts for degree, communities and layout."""
    return edge["type"] == "relationship" and edge["line"] in WEIGHTY and not edge["sensitive"]


def skeleton(network: nx.MultiDiGraph) -> nx.Graph:
    """The undirected simple graph of the edges that count; nodes in order, so that every measure is repeatable."""
    plain: nx.Graph = nx.Graph()
    plain.add_nodes_from(sorted(network))
    pairs = {
        (min(source, target), max(source, target))
        for source, target, _, edge in edges_in(network)
        if source != target and weighty(edge)
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
