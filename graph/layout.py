"""Where the drawing puts things: a place for every node, and another for each of those that the opening shows.

Pure functions of a network (`network.project`). Nodes and edges are sorted first and every choice is broken by name, so
the same network gives the same places under any hash seed and in any order of its nodes and edges. Lengths are pixels,
x to the right, y down.

Accusations move nobody: only `weighty` edges draw nodes together. Who has none stands near what it speaks about, or in
rows below the rest; a statement node stands on the middle of its own edge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, pi, sqrt

import networkx as nx
import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from .network import weighty
from .opening import Opening, Point, Positions, Record, choose, curves

__all__ = ["Opening", "Positions", "choose", "curves", "place"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Labels: pixels a character and a line, characters a line, and the size of a node and of a statement's mark.
_CHARACTER, _LINE, _WRAP, _LONGEST = 6.6, 15.0, 20, 40
_RADIUS, _MARK = 20.0, 11.0
#: Where a statement about a value stands, seen from its node.
_BESIDE = (52.0, -40.0)


# --- sizes


def _text_width(text: str, wrap: int) -> tuple[int, int]:
    """Characters of the longest line, and lines (one or two), of a label."""
    count = min(len(text), _LONGEST)
    if count <= wrap:
        return count, 1
    return min(max(wrap, ceil(count / 2) + 2), count), 2


def _label_size(attributes: Record) -> Point:
    """Pixels of a node's label in whichever language needs more; none for a statement, which bears a mark."""
    if attributes["type"] == "statement":
        return 0.0, 0.0
    sizes = [_text_width(text, _WRAP) for text in attributes["label"].values()] or [(0, 0)]
    return max(size[0] for size in sizes) * _CHARACTER, max(size[1] for size in sizes) * _LINE


@dataclass(frozen=True, slots=True)
class _Boxes:
    """What each node takes with its label: the middle lies `down` below the node; `half` widths and heights."""

    down: Floats
    half: Floats

    @classmethod
    def of(cls, records: Sequence[Record], gap: float) -> _Boxes:
        down, half = [], []
        for attributes in records:
            width, height = _label_size(attributes)
            radius = _RADIUS if height else _MARK
            full = radius * 2 + (height + 3.0 if height else 0.0)
            down.append(full / 2 - radius)
            half.append((max(width / 2, radius) + gap, full / 2 + gap))
        return cls(np.array(down), np.array(half).reshape(-1, 2))

    def take(self, members: Ints) -> _Boxes:
        return _Boxes(self.down[members], self.half[members])

    def middles(self, at: Floats) -> Floats:
        return at + np.stack((np.zeros_like(self.down), self.down), axis=1)


# --- forces


def _unique_pairs(pairs: Ints) -> Ints:
    return np.unique(np.sort(pairs, axis=1), axis=0) if len(pairs) else pairs.reshape(0, 2)


def _pivots(count: int, pairs: Ints) -> Floats:
    """A first place for every node of a connected graph: its distances from up to 63 others, flattened to a plane.

    Sums run in one order (no linear algebra library), so that they are the same on every machine.
    """
    degree = np.bincount(pairs.ravel(), minlength=count)
    chosen = np.unique(
        np.concatenate((np.argsort(-degree, kind="stable")[:15], np.linspace(0, count - 1, 48).astype(int)))
    )
    sources, targets = np.concatenate((pairs, pairs[:, ::-1])).T
    order = np.argsort(targets, kind="stable")
    sources, starts = sources[order], np.searchsorted(targets[order], np.arange(count))
    reached = np.zeros(count, np.uint64)
    reached[chosen] = np.uint64(1) << np.arange(len(chosen), dtype=np.uint64)
    bits = np.arange(len(chosen), dtype=np.uint64)
    distance = np.zeros((count, len(chosen)))
    for _ in range(count):
        missing = (reached[:, None] >> bits) & np.uint64(1) == 0
        if not missing.any():
            break
        distance += missing
        reached = reached | np.bitwise_or.reduceat(reached[sources], starts)
    squared = distance**2
    middle = squared - squared.mean(0) - squared.mean(1, keepdims=True) + squared.mean()
    product = np.einsum("ia,ib->ab", middle, middle)
    axes: list[Floats] = []
    for turn in range(2):
        axis = np.cos(np.arange(len(chosen)) * (turn + 1.0) + turn)
        for _ in range(60):
            axis = np.einsum("ab,b->a", product, axis)
            for other in axes:
                axis = axis - np.einsum("a,a->", axis, other) * other
            axis = axis / (sqrt(float(np.einsum("a,a->", axis, axis))) or 1.0)
        axes.append(axis)
    plane = np.stack([np.einsum("ia,a->i", middle, axis) for axis in axes], axis=1)
    plane /= np.sqrt((plane**2).mean(0)) + 1e-9
    # Twins, who have the same distances, start apart: on a spiral that no two share.
    spiral = np.arange(count) * (pi * (3.0 - sqrt(5.0)))
    out = 0.15 * np.sqrt((np.arange(count) + 0.5) / count)
    plane += np.stack((out * np.cos(spiral), out * np.sin(spiral)), axis=1)
    return np.asarray(np.round(plane, 6))


class _Mesh:
    """Repulsion of masses, 1 / distance, through a grid: time grows with the grid, not with pairs of nodes."""

    def __init__(self, side: int) -> None:
        self.side = side
        steps = np.fft.fftfreq(2 * side, 1 / (2 * side))
        x, y = np.meshgrid(steps, steps, indexing="ij")
        square = x**2 + y**2
        square[0, 0] = 1.0
        self.kernels = [np.fft.rfft2(x / square), np.fft.rfft2(y / square)]

    def push(self, at: Floats, mass: Floats) -> Floats:
        """The force on each node for its unit of mass."""
        low = at.min(0)
        cell = float((at.max(0) - low).max()) / (self.side - 2) or 1.0
        place = (at - low) / cell
        corner = np.floor(place).astype(np.int64)
        part = place - corner
        spread = []
        for dx in (0, 1):
            for dy in (0, 1):
                weight = (part[:, 0] if dx else 1 - part[:, 0]) * (part[:, 1] if dy else 1 - part[:, 1])
                spread.append(((corner[:, 0] + dx) * 2 * self.side + corner[:, 1] + dy, weight))
        flat = np.bincount(
            np.concatenate([index for index, _ in spread]),
            np.concatenate([weight * mass for _, weight in spread]),
            minlength=4 * self.side**2,
        )
        density = np.fft.rfft2(flat.reshape(2 * self.side, 2 * self.side))
        force = np.zeros_like(at)
        for axis, kernel in enumerate(self.kernels):
            field_ = np.fft.irfft2(density * kernel).ravel()
            force[:, axis] = sum(field_[index] * weight for index, weight in spread)
        return force / cell


def _push_pairs(at: Floats, mass: Floats) -> Floats:
    apart = at[:, None] - at[None]
    square = np.einsum("ija,ija->ij", apart, apart) + 1e-6
    return np.asarray(np.einsum("ij,ija->ia", mass[None] / square, apart))


def _force(count: int, pairs: Ints) -> Floats:
    """Places for a connected graph, unit of length arbitrary: linear springs, masses that grow with degree."""
    at = _pivots(count, pairs)
    mass = 1.0 + np.bincount(pairs.ravel(), minlength=count).astype(float)
    mesh = _Mesh(64 if count <= 1000 else 128 if count <= 6000 else 256) if count > 250 else None
    turns = 200 if count <= 1000 else 120 if count <= 6000 else 90
    ends, others = np.concatenate((pairs, pairs[:, ::-1])).T
    at = at * sqrt(float(mass.sum()))
    step = 0.1 * sqrt(float((at**2).sum(1).mean()))
    cool = 0.003 ** (1 / turns)
    for _ in range(turns):
        push = mesh.push(at, mass) if mesh else _push_pairs(at, mass)
        gap = at[others] - at[ends]
        pull = np.stack([np.bincount(ends, gap[:, axis], minlength=count) for axis in (0, 1)], axis=1)
        move = push + pull / mass[:, None] - at * (0.6 / sqrt(float((at**2).sum(1).mean())))
        length = np.sqrt((move**2).sum(1, keepdims=True)) + 1e-9
        at = at + move * np.minimum(0.5, step / length)
        step *= cool
    return np.asarray(np.round(at - at.mean(0), 6))


# --- no overlaps


def _near(middles: Floats, half: Floats) -> tuple[Ints, Ints]:
    """All pairs of boxes that overlap."""
    size = half.max(0) * 2 + 1e-6
    cell = np.floor((middles - middles.min(0)) / size).astype(np.int64) + 1
    rows = int(cell[:, 0].max()) + 3
    key = cell[:, 1] * rows + cell[:, 0]
    order = np.argsort(key, kind="stable")
    sorted_key = key[order]
    here = np.arange(len(key))
    firsts, seconds = [], []
    for low, high in (
        (here + 1, np.searchsorted(sorted_key, sorted_key + 1, "right")),
        (
            np.searchsorted(sorted_key, sorted_key + rows - 1),
            np.searchsorted(sorted_key, sorted_key + rows + 1, "right"),
        ),
    ):
        count = np.maximum(high - low, 0)
        first = np.repeat(here, count)
        offset = np.arange(len(first)) - np.repeat(np.cumsum(count) - count, count)
        second = low[first] + offset
        one, two = order[first], order[second]
        hit = (np.abs(middles[one] - middles[two]) < half[one] + half[two]).all(1)
        firsts.append(one[hit])
        seconds.append(two[hit])
    return np.concatenate(firsts), np.concatenate(seconds)


def _spread(at: Floats, boxes: _Boxes, fixed: NDArray[np.bool_], turns: int = 150) -> Floats:
    """Pushes overlapping boxes apart, a little each turn; `fixed` ones stay."""
    count = len(at)
    free = (~fixed).astype(float)
    at = at.copy()
    for _ in range(turns):
        middles = boxes.middles(at)
        one, two = _near(middles, boxes.half)
        if not len(one):
            break
        apart = middles[one] - middles[two]
        deep = boxes.half[one] + boxes.half[two] - np.abs(apart)
        flat = deep[:, 0] < deep[:, 1] * 1.4
        side = np.where(apart == 0, np.where(one < two, -1.0, 1.0)[:, None], np.sign(apart))
        # A little further than to touch, or the last hair's breadth would take for ever.
        push = side * (deep + 1.5) * np.stack((flat, ~flat), axis=1)
        share = free[one] + free[two]
        push *= (0.55 / np.maximum(share, 1.0))[:, None]
        for axis in (0, 1):
            gained = np.bincount(one, push[:, axis], minlength=count) - np.bincount(two, push[:, axis], minlength=count)
            most = boxes.half[:, axis]
            at[:, axis] += np.clip(gained, -most, most) * free
    return at


class _Paper:
    """Which parts of the paper are taken, on a fine grid; finds the nearest free place for a box."""

    STEP = 8.0

    def __init__(self, low: Floats, high: Floats) -> None:
        self.low = low
        size = np.ceil((high - low) / self.STEP).astype(int) + 2
        self.taken = np.zeros((int(size[0]), int(size[1])), bool)
        reach = np.arange(-90, 91)
        x, y = (grid.ravel() for grid in np.meshgrid(reach * 2.0, reach * 1.5))
        far = x**2 + 1.6 * y**2
        order = np.lexsort((x, y, far))
        self.steps = np.stack((x, y), axis=1)[order][:12000] * self.STEP
        self.below = float(high[1]) + 2 * self.STEP

    def _span(self, middle: Point, half: Point) -> tuple[int, int, int, int]:
        left, top = (middle[0] - half[0] - self.low[0]) / self.STEP, (middle[1] - half[1] - self.low[1]) / self.STEP
        right, bottom = left + 2 * half[0] / self.STEP, top + 2 * half[1] / self.STEP
        return int(left // 1), int(-(-right // 1)), int(top // 1), int(-(-bottom // 1))

    def take(self, middle: Point, half: Point) -> None:
        left, right, top, bottom = self._span(middle, half)
        self.taken[max(left, 0) : max(right, 0), max(top, 0) : max(bottom, 0)] = True

    def free(self, middle: Point, half: Point) -> bool:
        left, right, top, bottom = self._span(middle, half)
        if left < 0 or top < 0 or right > self.taken.shape[0] or bottom > self.taken.shape[1]:
            return False
        return not self.taken[left:right, top:bottom].any()

    def find(self, middle: Point, half: Point) -> Point:
        """The nearest free middle, taken at once; below everything when there is none near."""
        spot = middle
        if not self.free(spot, half):
            for dx, dy in self.steps:
                spot = (middle[0] + float(dx), middle[1] + float(dy))
                if self.free(spot, half):
                    break
            else:
                spot = (middle[0], self.below + half[1])
                self.below += 2 * half[1]
        self.take(spot, half)
        return spot


def _settle(at: Floats, boxes: _Boxes, fixed: NDArray[np.bool_]) -> Floats:
    """No two boxes overlap afterwards, but for two fixed ones: pushed apart, and what still overlaps set anew."""
    at = _spread(at, boxes, fixed)
    middles = boxes.middles(at)
    one, two = _near(middles, boxes.half)
    if not len(one):
        return at
    loose = np.unique(np.where(fixed[np.maximum(one, two)], np.minimum(one, two), np.maximum(one, two)))
    loose = loose[~fixed[loose]]
    return _anew(at, boxes, loose, np.setdiff1d(np.arange(len(at)), loose))


def _anew(at: Floats, boxes: _Boxes, loose: Ints, settled: Ints) -> Floats:
    """Each of `loose`, in order, at the free place nearest to where it is; `settled` stay."""
    at = at.copy()
    middles = boxes.middles(at)
    room = boxes.half.max(0) * 2 * (4 + ceil(sqrt(len(loose))))
    paper = _Paper(middles.min(0) - room, middles.max(0) + room)
    for node in settled:
        paper.take(tuple(middles[node]), tuple(boxes.half[node]))
    for node in loose:
        x, y = paper.find((float(middles[node, 0]), float(middles[node, 1])), tuple(boxes.half[node]))
        at[node] = x, y - boxes.down[node]
    return at


# --- everything


class _Everything:
    """Places for the whole network."""

    def __init__(self, network: nx.MultiDiGraph, pinned: Mapping[str, Point], bows: Mapping[str, float]) -> None:
        self.names: list[str] = sorted(network)
        self.index = {name: number for number, name in enumerate(self.names)}
        records = [network.nodes[name] for name in self.names]
        self.statement = np.array([record["type"] == "statement" for record in records], bool)
        self.boxes = _Boxes.of(records, gap=5.0)
        self.at = np.zeros((len(self.names), 2))
        self.placed = np.zeros(len(self.names), bool)
        for name, point in pinned.items():
            if name in self.index:
                self.at[self.index[name]] = point
                self.placed[self.index[name]] = True
        self.fixed = self.placed.copy()
        self.own: dict[int, tuple[int, int, str]] = {}
        self.anchors: dict[int, set[int]] = defaultdict(set)
        pairs = []
        for source, target, key, attributes in network.edges(keys=True, data=True):
            one, two = self.index[source], self.index[target]
            if key in self.index:
                self.own[self.index[key]] = (one, two, key)
            if attributes["type"] == "speaks":
                self.anchors[one].add(two)
            elif one != two and weighty(attributes):
                if self.statement[one] or self.statement[two]:
                    self.anchors[one].add(two)
                    self.anchors[two].add(one)
                else:
                    pairs.append((one, two))
        self.homes = {
            self.index[fact["proposition"]]: number
            for number, record in enumerate(records)
            for fact in record.get("facts", ())
            if fact["proposition"] in self.index
        }
        self.bows = bows
        self.pairs = _unique_pairs(np.array(pairs, np.int64).reshape(-1, 2))

    def parts(self) -> list[Ints]:
        """The nodes that weighty edges hold together, the largest part first."""
        graph: rx.PyGraph[None, None] = rx.PyGraph(multigraph=False)
        graph.add_nodes_from([None] * len(self.names))
        graph.extend_from_edge_list([(int(one), int(two)) for one, two in self.pairs])
        parts = [np.array(sorted(part), np.int64) for part in rx.connected_components(graph) if len(part) > 1]
        return sorted(parts, key=lambda part: (-len(part), int(part[0])))

    def inner(self, parts: Sequence[Ints]) -> Iterator[Ints]:
        """The pairs of each part, numbered within it."""
        number = np.zeros(len(self.names), np.int64)
        part_of = np.zeros(len(self.names), np.int64)
        for which, part in enumerate(parts):
            number[part] = np.arange(len(part))
            part_of[part] = which
        groups = part_of[self.pairs[:, 0]]
        order = np.argsort(groups, kind="stable")
        bounds = np.searchsorted(groups[order], np.arange(len(parts) + 1))
        for low, high in pairwise(bounds):
            yield number[self.pairs[order[low:high]]]

    def place(
    network: nx.MultiDiGraph,
    opening: Opening,
    pinned: Mapping[str, Point] | None = None,
    width: float = 720.0,
    height: float = 740.0,
    *,
    staged: Mapping[str, Point] | None = None,
) -> Positions:
    """A place for every node, and apart from that one for each of the opening on a stage of `width` x `height`.

    `pinned` nodes stay exactly where they were in the drawing of everything, `staged` ones on the stage; new ones come
    amid their neighbours. No two nodes overlap with their labels in the drawing of everything. In the opening as little
    overlaps and crosses as could be found.
    """
    pins = {name: (float(x), float(y)) for name, (x, y) in sorted((pinned or {}).items())}
    stays = {name: (float(x), float(y)) for name, (x, y) in sorted((staged or {}).items())}
    bows = curves(network)
    everything = _Everything(network, pins, bows)
    at = everything.place()
    found = {name: _rounded(at[number]) for number, name in enumerate(everything.names)}
    shown = np.array([(width / 2, height / 2)] * len(opening.nodes))
    if len(opening.nodes) > 1:
        shown = _Stage(network, opening, (width, height), bows, stays).arrange()
    return Positions(
        {name: pins.get(name, point) for name, point in found.items()},
        {name: stays.get(name, _rounded(shown[number])) for number, name in enumerate(opening.nodes)},
    )


def _rounded(point: Floats) -> Point:
    return round(float(point[0]), 1) + 0.0, round(float(point[1]), 1) + 0.0
