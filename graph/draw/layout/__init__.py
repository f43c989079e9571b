"""Where the drawing puts things: a place for every node, and another for each of those that the opening shows.

Pure functions of a network (`network.project`). Nodes and edges are sorted first and every choice is broken by name, so
the same network gives the same places under any hash seed and in any order of its nodes and edges. Lengths are pixels,
x to the right, y down.

Accusations move nobody: only `weighty` edges draw nodes together. Who has none stands near what it speaks about, or in
rows below the rest; a statement node stands on the middle of its own edge.

This module needs no numerics, so that a case which keeps all its places never waits for them: `place` imports them.
"""

from __future__ import annotations

import networkx as nx

from ..opening import Opening
from ..positions import Places


def positions(network: nx.MultiDiGraph, opening: Opening, kept: Places) -> Places:
    """Where everything stands, and the opening on a stage of its own: as it is kept, else found.

    What is kept stays; the layout places the rest around it. The cast has a layout of its own: `arrange`.
    """
    if network.nodes <= kept.all.keys() and set(opening.nodes) <= kept.opening.keys():
        return Places(
            {node: kept.all[node] for node in sorted(network)},
            {node: kept.opening[node] for node in opening.nodes},
            kept.cast,
        )
    # numpy and rustworkx, and what they compute, cost a second that kept places save.
    from .place import place  # noqa: PLC0415

    return place(network, opening, kept)
