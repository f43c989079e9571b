"""Where the drawing puts things: a place for every node, and another for each of those that the opening shows.

Pure functions of a network (`network.project`). Nodes and edges are sorted first and every choice is broken by name, so
the same network gives the same places under any hash seed and in any order of its nodes and edges. Lengths are pixels,
x to the right, y down.

Accusations move nobody: only `weighty` edges draw nodes together. Who has none stands near what it speaks about, or in
rows below the rest; a statement node stands on the middle of its own edge.

This module needs no numerics, so that a case which keeps all its places never waits for them: `place` imports them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from ..opening import Opening

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Positions:
    """Node → (x, y): of everything, and of the opening on a stage of its own whose top left corner is (0, 0)."""

    all: dict[str, Point]
    opening: dict[str, Point]


def positions(
    network: nx.MultiDiGraph, opening: Opening, kept: Mapping[str, Point], staged: Mapping[str, Point]
) -> Positions:
    """Where everything stands: as `kept` (in the drawing of everything) and `staged` (in the opening), else found.

    What is kept stays; the layout places the rest around it.
    """
    if network.nodes <= kept.keys() and set(opening.nodes) <= staged.keys():
        return Positions(
            {node: kept[node] for node in sorted(network)},
            {node: staged[node] for node in opening.nodes},
        )
    # numpy and rustworkx, and what they compute, cost a second that kept places save.
    from .place import place  # noqa: PLC0415

    return place(network, opening, pinned=kept, staged=staged)
