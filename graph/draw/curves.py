"""How edges bow: those which share both ends do not overprint, and no line that can bow runs through somebody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import ceil, hypot, sqrt

import networkx as nx

from ..network.measures import skeleton
from ..network.records import Edge, edges_in, node_of
from .positions import Point

#: Steps between edges that share both ends, as a share of their length.
_FAN = 0.3
#: To go round somebody a line tries so many other bows on each side, in such steps; lines of the same two ends keep
#: such a difference.
_STEP, _STEPS, _APART = 0.04, 20, 0.12
#: What is plainly said bows less, and only where there are at most so many lines: each takes its time.
_PLAIN_STEPS, _PLAIN_LINES = 10, 1000
#: Nodes times steps, at most: among very many no bow is clear of everybody, and each that is tried takes its time.
_CROWDED = 6000
#: Pixels between a line and the edge of somebody's shape.
GAP = 5.0
#: Pixels between points along a curve, at most, and parts of it, at least.
_SPACING, _FEWEST = 12.0, 16
#: The radius of a node in the drawing of everything, and its weight by its degree: least, step and most.
_RADIUS, _WEIGHT = 16.5, (0.8, 0.2, 1.9)
#: Wider than any shape reaches.
_CELL = 64.0


def curves(network: nx.MultiDiGraph) -> dict[str, float]:
    """Edge key → bow, positive to the right on the way from source to target.

    The control point of the quadratic curve from a to b is (a + b) / 2 + bow * (-dy, dx). Relationships between the
    same two nodes get …, -0.3, 0, 0.3, … seen from one side: opposite ones do not overprint. A lone one gets 0.
    Who speaks about whom runs outside of them.
    """
    groups: dict[tuple[str, str], list[tuple[bool, str, bool]]] = defaultdict(list)
    for source, target, key, kind in network.edges(keys=True, data="type"):
        groups[min(source, target), max(source, target)].append((kind == "speaks", key, source <= target))
    found: dict[str, float] = {}
    for group in groups.values():
        group.sort()
        plain = sum(not speaks for speaks, _, _ in group) or len(group)
        for index, (_, key, forward) in enumerate(group):
            # The first outside is on its own right, so that two who speak of each other keep apart.
            bow = _FAN * (index - (plain - 1) / 2) if index < plain else _FAN * (plain + 1) / 2
            found[key] = round(bow if forward or index >= plain else -bow, 4) + 0.0
    return dict(sorted(found.items()))


def clear_curves(network: nx.MultiDiGraph, drawings: Sequence[Mapping[str, Point]]) -> dict[str, float]:
    """The curves, but no line that accuses or is disputed runs through somebody who is no end of it.

    Such a line would read as if they were part of it. It takes the bow nearest to its own that keeps clear of everybody
    in each of the `drawings` (node → place); where there is none, the one that comes least near. Among not too many
    lines so does what is plainly said, with a flatter bow.
    """
    bows = curves(network)
    crowds = [_Crowd(network, places) for places in drawings]
    steps = max(2, min(_STEPS, _CROWDED // (len(network) or 1)))
    edges = sorted(edges_in(network), key=lambda row: row[:3])
    joined: dict[frozenset[str], list[tuple[str, str]]] = defaultdict(list)
    for source, target, key, _ in edges:
        joined[frozenset((source, target))].append((key, source))
    # Who is accused comes first: what is plainly said bows round what is settled by then.
    for source, target, key, edge in sorted(edges, key=lambda row: not accuses(row[3])):
        grave = accuses(edge)
        if source == target or not (grave or (edge["type"] == "relationship" and len(edges) <= _PLAIN_LINES)):
            continue
        # Lines that share both ends keep apart; their bows as seen from this one's source.
        others = [bows[one] if start == source else -bows[one] for one, start in joined[frozenset((source, target))]
                  if one != key]  # fmt: skip
        own, best = bows[key], float("inf")
        for bow in _tries(own, steps if grave else min(steps, _PLAIN_STEPS)):
            if any(abs(bow - other) < _APART for other in others):
                continue
            lacking = 0.0
            for crowd in crowds:
                lacking += crowd.lacking(source, target, bow, best - lacking)
            if lacking < best:
                bows[key], best = round(bow, 4) + 0.0, lacking
            if not lacking:
                break
    return bows


def accuses(edge: Edge) -> bool:
    """Whether a line is softened, disputed, sensitive or not affirmed: whoever it touches is suspected by it."""
    return edge["type"] == "relationship" and (
        edge["line"] not in ("said", "accepted") or edge["sensitive"] or edge["disputed"]
    )


def curve(first: Point, second: Point, bow: float) -> list[Point]:
    """Points along the quadratic curve from one place to another, as the page draws it."""
    (ax, ay), (bx, by) = first, second
    cx, cy = (ax + bx) / 2 - (by - ay) * bow, (ay + by) / 2 + (bx - ax) * bow
    steps = max(_FEWEST, ceil(hypot(bx - ax, by - ay) / _SPACING))
    return [(u * ax + v * cx + w * bx, u * ay + v * cy + w * by) for u, v, w in _weights(steps)]


@lru_cache(maxsize=256)
def _weights(steps: int) -> tuple[tuple[float, float, float], ...]:
    """How much the first end, the control point and the second end count at each point of a curve."""
    return tuple(((1 - t) ** 2, 2 * t * (1 - t), t * t) for t in (step / steps for step in range(steps + 1)))


def radii(network: nx.MultiDiGraph) -> dict[str, float]:
    """How far the shape of each node but statements reaches from its middle, at most, as the page sizes it."""
    degree = skeleton(network).degree
    return {
        node: _RADIUS * min(_WEIGHT[2], _WEIGHT[0] + _WEIGHT[1] * sqrt(degree[node]))
        for node in sorted(network)
        if node_of(network, node)["type"] != "statement"
    }


def _tries(own: float, steps: int) -> list[float]:
    """Bows from the own one outwards, so many on each side."""
    return [own, *(own + side * step * _STEP for step in range(1, steps + 1) for side in (1, -1))]


class _Crowd:
    """Everybody in one drawing, in square cells, so that a line asks only those whom it passes."""

    def __init__(self, network: nx.MultiDiGraph, places: Mapping[str, Point]) -> None:
        self.places = places
        self.cells: dict[tuple[int, int], list[tuple[str, Point, float]]] = defaultdict(list)
        for node, radius in radii(network).items():
            if node in places:
                x, y = places[node]
                self.cells[int(x // _CELL), int(y // _CELL)].append((node, places[node], radius + GAP))

    def lacking(self, source: str, target: str, bow: float, enough: float = float("inf")) -> float:
        """Pixels by which a line is too near to those who are no end of it, counted until they are `enough`.

        0 where it is not drawn.
        """
        if source not in self.places or target not in self.places:
            return 0.0
        # Whoever is too near to a point is in its cell or in one beside it.
        near: dict[tuple[int, int], list[Point]] = defaultdict(list)
        for x, y in curve(self.places[source], self.places[target], bow):
            near[int(x // _CELL), int(y // _CELL)].append((x, y))
        found = 0.0
        for across, down in sorted({beside for cell in near for beside in _around(cell)} & self.cells.keys()):
            points = [point for beside in _around((across, down)) for point in near.get(beside, ())]
            for node, (ax, ay), reach in self.cells[across, down]:
                if node not in (source, target):
                    found += max(0.0, reach - min(hypot(x - ax, y - ay) for x, y in points))
            if found >= enough:
                break
        return found


@lru_cache(maxsize=4096)
def _around(cell: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    across, down = cell
    return tuple((across + right, down + below) for right in (-1, 0, 1) for below in (-1, 0, 1))
