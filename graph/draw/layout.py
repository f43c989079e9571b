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

from ..network.projection import weighty
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
    # Beyond some hundreds of steps "far" says enough, and a chain of thousands takes no longer than the rest.
    for _ in range(min(count, 400)):
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
    turns = min(200, 50 + count) if count <= 1000 else 120 if count <= 6000 else 90
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
        self.below = float(high[1]) + 2 * self.STEP

    def _span(self, middle: Point, half: Point) -> tuple[int, int, int, int]:
        left, top = (middle[0] - half[0] - self.low[0]) / self.STEP, (middle[1] - half[1] - self.low[1]) / self.STEP
        right, bottom = left + 2 * half[0] / self.STEP, top + 2 * half[1] / self.STEP
        return int(left // 1), int(-(-right // 1)), int(top // 1), int(-(-bottom // 1))

    def take(self, middle: Point, half: Point) -> None:
        left, right, top, bottom = self._span(middle, half)
        self.taken[max(left, 0) : max(right, 0), max(top, 0) : max(bottom, 0)] = True

    def _free(self, middle: Point, half: Point) -> bool:
        left, right, top, bottom = self._span(middle, half)
        if left < 0 or top < 0 or right > self.taken.shape[0] or bottom > self.taken.shape[1]:
            return False
        return not self.taken[left:right, top:bottom].any()

    def find(self, middle: Point, half: Point) -> Point:
        """The nearest free middle, taken at once; below everything when there is none."""
        spot: Point | None = middle if self._free(middle, half) else None
        reach = 20
        while spot is None and reach < 2 * max(self.taken.shape):
            spot = self._nearest(middle, half, reach)
            reach *= 3
        if spot is None:
            spot = (middle[0], self.below + half[1])
            self.below += 2 * half[1]
        self.take(spot, half)
        return spot

    def _nearest(self, middle: Point, half: Point, reach: int) -> Point | None:
        """The nearest free middle on the grid within `reach` cells: all places at once, by sums over rectangles."""
        wide, tall = (ceil(2 * side / self.STEP) for side in half)
        left, _, top, _ = self._span(middle, half)
        x0, y0 = max(left - reach, 0), max(top - reach, 0)
        part = self.taken[x0 : max(left + reach + wide, 0), y0 : max(top + reach + tall, 0)]
        if part.shape[0] < wide or part.shape[1] < tall:
            return None
        sums = np.zeros((part.shape[0] + 1, part.shape[1] + 1), np.int32)
        np.cumsum(np.cumsum(part, axis=0, dtype=np.int32), axis=1, out=sums[1:, 1:])
        filled = sums[wide:, tall:] + sums[:-wide, :-tall]
        filled -= sums[:-wide, tall:] + sums[wide:, :-tall]
        x = self.low[0] + (x0 + np.arange(filled.shape[0]) + wide / 2) * self.STEP
        y = self.low[1] + (y0 + np.arange(filled.shape[1]) + tall / 2) * self.STEP
        # Aside sooner than above or below: labels are wide, and lines of text stay apart.
        far = (x[:, None] - middle[0]) ** 2 + 1.6 * (y[None] - middle[1]) ** 2
        far[filled > 0] = np.inf
        at = int(np.argmin(far))
        one, two = divmod(at, far.shape[1])
        if far[one, two] > (reach * self.STEP) ** 2:
            return None
        return float(x[one]), float(y[two])


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
        self.linked = np.zeros(len(self.names), bool)
        self.pairs = _unique_pairs(np.array(pairs, np.int64).reshape(-1, 2))

        self.linked[self.pairs.ravel()] = True

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

    def place(self) -> Floats:
        parts = self.parts()
        grown, fresh = [], []
        # Room between them for those that will stand near what they speak about.
        near = sum(bool(self.anchors.get(int(node))) for node in np.flatnonzero(~self.linked & ~self.statement))
        fill = 0.24 / (1.0 + near / max(1, int(self.linked.sum())))
        for part, pairs in zip(parts, self.inner(parts), strict=True):
            if self.fixed[part].any():
                self._beside(part, pairs)
                grown.append(part)
            else:
                fresh.append((part, _part(pairs, self.boxes.take(part), fill)))
        if self.placed.any():
            members = np.unique(np.concatenate([*grown, np.flatnonzero(self.fixed)]))
            self.at[members] = _settle(self.at[members], self.boxes.take(members), self.fixed[members])
            self.placed[members] = True
        self._pack(fresh)
        self._loose()
        return self.at

    def _beside(self, part: Ints, pairs: Ints) -> None:
        """New nodes amid their neighbours that are placed."""
        at, known = self.at[part], self.fixed[part]
        held = known.copy()
        ends, others = np.concatenate((pairs, pairs[:, ::-1])).T
        for _ in range(40):
            weight = np.bincount(ends, held[others], minlength=len(part))
            mean = (
                np.stack(
                    [np.bincount(ends, at[others, axis] * held[others], minlength=len(part)) for axis in (0, 1)], axis=1
                )
                / np.maximum(weight, 1)[:, None]
            )
            reach = (weight > 0) & ~known
            at[reach] = mean[reach]
            held |= reach
        # Off what they stand on, each in a direction of its own.
        turn = np.arange(len(part)) * (pi * (3.0 - sqrt(5.0)))
        at[~known] += 60.0 * np.stack((np.cos(turn), np.sin(turn)), axis=1)[~known]
        self.at[part] = at

    def _bounds(self, members: Ints) -> tuple[Floats, Floats]:
        middles = self.boxes.take(members).middles(self.at[members])
        half = self.boxes.half[members]
        return (middles - half).min(0), (middles + half).max(0)

    def _pack(self, fresh: Sequence[tuple[Ints, Floats]]) -> None:
        """Parts side by side: the largest first, the others in rows below."""
        gap, left, top = 60.0, 0.0, 0.0
        area = sum(float((np.ptp(at, axis=0) + 150.0).prod()) for _, at in fresh)
        width = max(1200.0, 1.3 * sqrt(area))
        if self.placed.any():
            low, high = self._bounds(np.flatnonzero(self.placed))
            left, top, width = float(low[0]), float(high[1]) + gap, max(width, float(high[0] - low[0]))
        x, tall = left, 0.0
        for part, at in fresh:
            self.at[part] = at
            low, high = self._bounds(part)
            size = high - low
            width = max(width, float(size[0]))
            if x > left and x + size[0] > left + width:
                x, top, tall = left, top + tall + gap, 0.0
            self.at[part] += np.array((x, top)) - low
            self.placed[part] = True
            x, tall = x + float(size[0]) + gap, max(tall, float(size[1]))

    def _loose(self) -> None:
        """Who has no weighty edge: near what it speaks about, else in rows; then the statements, on their edges."""
        waiting = [int(node) for node in np.flatnonzero(~self.placed & ~self.statement)]
        near = {node: spots for node in waiting if len(spots := self._spots(node))}
        rest = [node for node in waiting if node not in near]
        paper = self._paper()
        for node, spots in near.items():
            self._find(paper, node, (float(spots[:, 0].mean()), float(spots[:, 1].mean())))
        self._rows(rest)
        paper = self._paper()
        for node in map(int, np.flatnonzero(self.statement & ~self.placed)):
            self._find(paper, node, self._middle(node, frozenset()))

    def _paper(self) -> _Paper:
        """With all that is placed so far, and room around it."""
        settled = np.flatnonzero(self.placed)
        low, high = self._bounds(settled) if len(settled) else (np.zeros(2), np.zeros(2))
        room = 600.0 + 30.0 * sqrt(len(settled))
        paper = _Paper(low - room, high + room)
        middles = self.boxes.middles(self.at)
        for node in settled:
            paper.take(tuple(middles[node]), tuple(self.boxes.half[node]))
        return paper

    def _spots(self, node: int) -> Floats:
        """Where the nodes stand that one speaks about, a statement's two ends for the statement."""
        found: set[int] = set()
        waiting, seen = sorted(self.anchors.get(node, ())), {node}
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            if self.placed[one]:
                found.add(one)
            elif self.statement[one]:
                waiting += self.own[one][:2] if one in self.own else [self.homes[one]] if one in self.homes else []
        return self.at[sorted(found)]

    def _find(self, paper: _Paper, node: int, at: Point) -> None:
        down = float(self.boxes.down[node])
        x, y = paper.find((float(at[0]), float(at[1]) + down), tuple(self.boxes.half[node]))
        self.at[node] = x, y - down
        self.placed[node] = True

    def _rows(self, rest: Sequence[int]) -> None:
        if not rest:
            return
        placed = np.flatnonzero(self.placed)
        low, high = self._bounds(placed) if len(placed) else (np.zeros(2), np.zeros(2))
        wide, tall = self.boxes.half[np.array(rest)].max(0) * 2 + np.array((16.0, 20.0))
        columns = max(1, int(max(float(high[0] - low[0]), 1200.0) // wide), ceil(sqrt(len(rest) * tall / wide)))
        for number, node in enumerate(rest):
            row, column = divmod(number, columns)
            self.at[node] = low[0] + (column + 0.5) * wide, high[1] + 80.0 + row * tall
        self.placed[list(rest)] = True

    def _middle(self, node: int, seen: frozenset[int]) -> Point:
        """The middle of a statement's own edge; beside its node when its third place is a value."""
        if self.placed[node] or node in seen or (node not in self.own and node not in self.homes):
            return float(self.at[node, 0]), float(self.at[node, 1])
        if node not in self.own:
            x, y = self._middle(self.homes[node], seen | {node})
            return x + _BESIDE[0], y + _BESIDE[1]
        (ax, ay), (bx, by) = (self._middle(end, seen | {node}) for end in self.own[node][:2])
        bow = self.bows.get(self.own[node][2], 0.0) / 2
        return (ax + bx) / 2 - (by - ay) * bow, (ay + by) / 2 + (bx - ax) * bow


def _evened(at: Floats, boxes: _Boxes, fill: float) -> Floats:
    """Thins out crowds and keeps who is beside whom.

    Boxes are masses that push each other off (1 / distance) before a background of `fill` that holds them: in the plane
    that flow drives every density towards `fill`, exponentially; here only part of the way.
    """
    mass = boxes.half[:, 0] * boxes.half[:, 1] * 4
    mesh = _Mesh(128 if len(at) <= 6000 else 256)
    for _ in range(12):
        flow = mesh.push(at, mass) - pi * fill * (at - at.mean(0))
        at = at + flow * (0.12 / (2 * pi * fill))
    return at


def _part(pairs: Ints, boxes: _Boxes, fill: float) -> Floats:
    """Places for one connected part, in pixels, without overlaps; `fill` is how much of the paper the boxes take."""
    count = len(boxes.half)
    if count <= 6:
        hub = int(np.argmax(np.bincount(pairs.ravel(), minlength=count)))
        others = [node for node in range(count) if node != hub]
        at = np.zeros((count, 2))
        turn = np.arange(len(others)) * (2 * pi / len(others))
        at[others] = 170.0 * np.stack((np.cos(turn), 0.8 * np.sin(turn)), axis=1)
    else:
        at = _force(count, pairs)
        spread = 12.0 * float(at[:, 0].std()) * float(at[:, 1].std())
        wanted = float((boxes.half[:, 0] * boxes.half[:, 1]).sum()) * 4 / fill
        edge = np.sqrt(((at[pairs[:, 0]] - at[pairs[:, 1]]) ** 2).sum(1))
        # As much paper as the boxes need; what is long and thin needs its lines to be long enough instead.
        least, most = 150.0 / max(float(np.median(edge)), 1e-9), 260.0 / max(float(np.quantile(edge, 0.1)), 1e-9)
        at = at * max(least, min(sqrt(wanted / max(spread, 1e-9)), most))
        at = _evened(at, boxes, fill) if count > 60 else at
    return _settle(at, boxes, np.zeros(count, bool))


# --- the opening, on a stage of its own


class _Stage:
    """The opening's boxes and lines, and what an arrangement of them costs.

    A statement node depends on the ends of its edge; an arrangement is the places of the others. All that is measured
    comes for many arrangements at once: arrays of (x and y, arrangement, thing).
    """

    def __init__(
        self,
        network: nx.MultiDiGraph,
        opening: Opening,
        size: Point,
        bows: Mapping[str, float],
        pinned: Mapping[str, Point],
    ) -> None:
        self.names = opening.nodes
        self.size = np.array(size)
        index = {name: number for number, name in enumerate(self.names)}
        records = [network.nodes[name] for name in self.names]
        labels = np.array([_label_size(record) for record in records]).reshape(-1, 2)
        chosen = set(opening.edges)
        rows = [row for row in network.edges(keys=True, data=True) if row[2] in chosen]
        rows = sorted((row for row in rows if row[0] in index and row[1] in index), key=lambda row: row[2])
        homes = {
            fact["proposition"]: number for number, record in enumerate(records) for fact in record.get("facts", ())
        }
        self.lines = np.array([(index[row[0]], index[row[1]]) for row in rows], np.int64).reshape(-1, 2)
        self.bow = np.array([bows[row[2]] / 2 for row in rows])
        self.speaks = np.array([row[3]["type"] == "speaks" for row in rows], bool)
        self.depends = {index[row[2]]: number for number, row in enumerate(rows) if row[2] in index}
        # A statement about a value has no edge of its own: it stands beside its node.
        self.hung = {
            number: homes[name]
            for number, name in enumerate(self.names)
            if number not in self.depends and records[number]["type"] == "statement" and name in homes
        }
        self.order = self._order()
        own = [n for n in range(len(self.names)) if n not in self.order]
        # What is pinned stays where it was; only the others are moved about.
        self.pinned = np.array([n for n in own if self.names[n] in pinned], np.int64)
        self.pins = np.array([pinned[self.names[n]] for n in self.pinned]).reshape(-1, 2).T
        self.free = np.array([n for n in own if self.names[n] not in pinned], np.int64)
        self.tangle = 300.0  # what a crossing costs: more than anything else, for there need be none
        self._boxes(records, labels, rows)
        self._pairs()

    def _order(self) -> list[int]:
        """Statements that depend on other nodes, those first on which others depend."""
        found: list[int] = []
        needs = {node: [int(end) for end in self.lines[line]] for node, line in self.depends.items()}
        needs |= {node: [home] for node, home in self.hung.items()}
        while ready := [
            node
            for node, ends in sorted(needs.items())
            if node not in found and all(end not in needs or end in found for end in ends)
        ]:
            found += ready
        return found

    def _boxes(self, records: Sequence[Record], labels: Floats, rows: Sequence[tuple[str, str, str, Record]]) -> None:
        """Boxes: the nodes, then their labels, then the words on lines."""
        shift, half, weight = [], [], []
        for label in labels:
            radius = _RADIUS if label[1] else _MARK
            shift.append((0.0, 0.0))
            half.append((radius + 3, radius + 3))
            weight.append(1.0)
        for label in labels:
            shift.append((0.0, _RADIUS + 3 + label[1] / 2))
            half.append((label[0] / 2 + 3, label[1] / 2 + 1))
            weight.append(1.0 if label[1] else 0.0)
        own = {line: node for node, line in self.depends.items()}
        for number, row in enumerate(rows):
            wide, lines, aside = _words(row[3], disputed=number in own)
            shift.append((0.0, -(_MARK + 8 + lines * 7.0) if aside else 0.0))
            half.append((wide / 2 + 2, lines * 7.0 + 1))
            weight.append(0.45 if row[3]["type"] == "speaks" else 0.8)
        self.shift, self.half, self.weight = np.array(shift), np.array(half), np.array(weight)
        top, bottom = self.half[:, 1].copy(), self.half[:, 1].copy()
        count = len(records)
        self.margin = (
            np.stack((np.maximum(self.half[:count, 0], self.half[count : 2 * count, 0]) + 2, top[:count] + 4), axis=1),
            np.stack(
                (
                    np.maximum(self.half[:count, 0], self.half[count : 2 * count, 0]) + 2,
                    np.where(self.weight[count : 2 * count] > 0, _RADIUS + labels[:, 1] + 8, bottom[:count] + 4),
                ),
                axis=1,
            ),
        )

    def _pairs(self) -> None:
        """Which pairs of things count, and which of them each free node moves."""
        nodes, lines = len(self.names), len(self.lines)
        leans = [self._leans(node) for node in range(nodes)]
        line_leans = [leans[a] | leans[b] for a, b in self.lines]
        box_leans = [*leans, *leans, *line_leans]
        on = [set(map(int, ends)) for ends in self.lines]
        for node, line in self.depends.items():
            on[line].add(node)
        shares = [(a, b) for a in range(lines) for b in range(a + 1, lines)]
        self.crossings = np.array([p for p in shares if not on[p[0]] & on[p[1]]], np.int64).reshape(-1, 2)
        corners = []
        for a, b in shares:
            for node in sorted(on[a] & on[b]):
                corners += [(node, one, two) for one in self._arms(a, node) for two in self._arms(b, node)]
        self.corners = np.array(corners, np.int64).reshape(-1, 3)
        box_of = [*range(nodes), *range(nodes), *range(nodes, nodes + lines)]
        boxes = [b for b in range(len(self.weight)) if self.weight[b] > 0]
        self.overlaps = np.array(
            [(a, b) for at, a in enumerate(boxes) for b in boxes[at + 1 :] if box_of[a] != box_of[b]], np.int64
        ).reshape(-1, 2)
        self.strikes = np.array(
            [
                (line, box)
                for line in range(lines)
                for box in boxes
                if not (box >= 2 * nodes and box - 2 * nodes == line)
                and not (box < nodes and box in on[line])
                and not (box >= 2 * nodes and self.depends.get(box_of[box], -1) == line)
            ],
            np.int64,
        ).reshape(-1, 2)
        self.touched = []
        for node in map(int, self.free):
            moved = (
                [node in line_leans[a] or node in line_leans[b] for a, b in self.crossings],
                [node in leans[n] | leans[a] | leans[b] for n, a, b in self.corners],
                [node in box_leans[a] or node in box_leans[b] for a, b in self.overlaps],
                [node in line_leans[a] or node in box_leans[b] for a, b in self.strikes],
                [node in one for one in line_leans],
            )
            self.touched.append(tuple(np.flatnonzero(np.array(one, bool)) for one in moved))
        self.everything = tuple(
            np.arange(len(one)) for one in (self.crossings, self.corners, self.overlaps, self.strikes, self.lines)
        )
        self.couples = np.triu_indices(nodes, 1)
        self.ideal = np.where(self.speaks, 130.0, 190.0)
        self.ideal[list(self.depends.values())] = 240.0

    def _arms(self, line: int, node: int) -> list[int]:
        """Where a line goes from a node on it: its other end, or both when the node is its statement."""
        return [int(end) for end in self.lines[line] if end != node]

    def _leans(self, node: int) -> set[int]:
        if node in self.hung:
            return self._leans(self.hung[node])
        if node not in self.depends:
            return {node}
        return set().union(*(self._leans(int(end)) for end in self.lines[self.depends[node]]))

    def whole(self, at: Floats) -> Floats:
        """In arrangements (2, K, nodes): what is pinned to its place, statements onto the middles of their edges."""
        at[:, :, self.pinned] = self.pins[:, None]
        for node in self.order:
            if node in self.hung:
                at[:, :, node] = at[:, :, self.hung[node]] + np.array(_BESIDE)[:, None]
            else:
                at[:, :, node] = self._middles(at, np.array([self.depends[node]]))[:, :, 0]
        return at

    def _middles(self, at: Floats, lines: Ints | slice) -> Floats:
        one, two = at[:, :, self.lines[lines, 0]], at[:, :, self.lines[lines, 1]]
        middle, gap = (one + two) / 2, two - one
        middle[0] -= gap[1] * self.bow[lines]
        middle[1] += gap[0] * self.bow[lines]
        return np.asarray(middle)

    def cost(self, at: Floats, which: tuple[Ints, ...] | None = None) -> Floats:
        """What each arrangement costs, of all things or of those that one node moves."""
        crossings, corners, overlaps, strikes, lines = which or self.everything
        boxes = np.concatenate((at, at, self._middles(at, slice(None))), axis=2) + self.shift.T[:, None]
        return np.asarray(
            self._crossing(at, self.crossings[crossings])
            + self._narrow(at, self.corners[corners])
            + self._overlap(boxes, self.overlaps[overlaps])
            + self._strike(at, boxes, self.strikes[strikes])
            + self._stretch(at, lines)
            + self._outside(boxes)
            + self._crowd(at)
        )

    def _ends(self, at: Floats, lines: Ints) -> tuple[Floats, Floats]:
        return at[:, :, self.lines[lines, 0]], at[:, :, self.lines[lines, 1]]

    def _crossing(self, at: Floats, pairs: Ints) -> Floats:
        a, b = self._ends(at, pairs[:, 0])
        c, d = self._ends(at, pairs[:, 1])
        hit = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)
        return np.asarray(hit.sum(1) * self.tangle)

    def _narrow(self, at: Floats, corners: Ints) -> Floats:
        """Two lines from one node that run nearly together."""
        node = at[:, :, corners[:, 0]]
        one, two = at[:, :, corners[:, 1]] - node, at[:, :, corners[:, 2]] - node
        size = np.sqrt((one[0] ** 2 + one[1] ** 2) * (two[0] ** 2 + two[1] ** 2)) + 1e-9
        cosine = (one[0] * two[0] + one[1] * two[1]) / size
        return np.asarray((np.maximum(0.0, cosine - 0.82) ** 2).sum(1) * 250.0)

    def _overlap(self, boxes: Floats, pairs: Ints) -> Floats:
        one, two = pairs.T
        apart = np.abs(boxes[:, :, one] - boxes[:, :, two])
        reach = self.half[one] + self.half[two] + 2
        both = np.maximum(reach[:, 0] - apart[0], 0.0) * np.maximum(reach[:, 1] - apart[1], 0.0)
        area = self.half[:, 0] * self.half[:, 1] * 4
        share = np.minimum(both / np.minimum(area[one], area[two]), 1.0)
        return np.asarray(((share + 0.4 * (both > 0)) * (self.weight[one] * self.weight[two])).sum(1) * 30.0)

    def _strike(self, at: Floats, boxes: Floats, pairs: Ints) -> Floats:
        """A line through a box, the more the nearer it comes to the middle."""
        line, box = pairs.T
        half = (self.half[box] + 5).T[:, None]
        a, b = self._ends(at, line)
        middle = boxes[:, :, box]
        a, gap = (a - middle) / half, (b - a) / half
        along = -(a[0] * gap[0] + a[1] * gap[1]) / (gap[0] ** 2 + gap[1] ** 2 + 1e-9)
        near = np.abs(a + np.clip(along, 0.0, 1.0) * gap)
        inside = np.maximum(0.0, 1.0 - np.maximum(near[0], near[1]))
        count = len(self.names)
        weight = np.where(box < count, 34.0, np.where(box < 2 * count, 16.0, 9.0))
        # A node's own line over its label: there is a halo, and the page may set the label on another side.
        own = (self.lines[line] == (box - count)[:, None]).any(1)
        weight = np.where(own, 4.0, weight)
        return np.asarray(((inside + 0.25 * (inside > 0)) * (weight * self.weight[box])).sum(1))

    def _stretch(self, at: Floats, lines: Ints) -> Floats:
        a, b = self._ends(at, lines)
        off = np.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) / self.ideal[lines] - 1.0
        return np.asarray((np.where(off < 0, 5.0, 1.6) * off**2).sum(1))

    def _outside(self, boxes: Floats) -> Floats:
        half, size = self.half.T[:, None], self.size[:, None, None]
        over = np.maximum(0.0, half - boxes) + np.maximum(0.0, boxes + half - size)
        return np.asarray(((over[0] + over[1]) * (self.weight > 0)).sum(1) * 0.5)

    def _crowd(self, at: Floats) -> Floats:
        """Nodes want some room whatever joins them."""
        one, two = self.couples
        apart = at[:, :, one] - at[:, :, two]
        far = np.sqrt(apart[0] ** 2 + 1.3 * apart[1] ** 2)
        return np.asarray((np.maximum(0.0, 1.0 - far / 150.0) ** 2).sum(1) * 6.0)

    # --- finding an arrangement

    def _graph(self) -> nx.Graph:
        """The lines as drawn, through statements, with the length each should have."""
        plain: nx.Graph = nx.Graph()
        plain.add_nodes_from(range(len(self.names)))
        for number, (one, two) in enumerate(self.lines):
            middle = [node for node, line in self.depends.items() if line == number]
            length = 130.0 if self.speaks[number] else 190.0
            path = [int(one), *middle, int(two)]
            for a, b in pairwise(path):
                plain.add_edge(a, b, length=length if len(path) == 2 else 120.0)
        for node, home in self.hung.items():
            plain.add_edge(home, node, length=70.0)
        return plain

    def distances(self, plain: nx.Graph) -> Floats:
        """How far apart each two nodes should be: the shortest way along lines, longer where there are more words."""
        far = np.full((len(self.names), len(self.names)), 520.0)
        for node, reached in nx.all_pairs_dijkstra_path_length(plain, weight="length"):
            for other, length in reached.items():
                far[node, other] = min(length, 900.0)
        return far

    def starts(self, count: int) -> Iterator[Floats]:
        """One without crossings if there is one; others of least stress from fixed beginnings (SMACOF); stretched."""
        plain = self._graph()
        planar, embedding = nx.check_planarity(plain)
        if planar and len(self.names) > 3:
            flat = nx.combinatorial_embedding_to_pos(embedding)
            yield self._stretched(np.array([flat[number] for number in range(len(self.names))], float))
        far = self.distances(plain)
        size = len(self.names)
        weight = 1.0 / np.maximum(far, 1.0) ** 2
        np.fill_diagonal(weight, 0.0)
        total = weight.sum(1, keepdims=True)
        chance = np.random.default_rng(7)
        for _ in range(count):
            at = chance.uniform(-400, 400, (size, 2))
            for _ in range(60):
                gap = at[:, None] - at[None]
                length = np.sqrt((gap**2).sum(-1)) + 1e-6
                at = (np.einsum("ij,ja->ia", weight, at) + np.einsum("ij,ija->ia", weight * far / length, gap)) / total
            yield self._stretched(_upright(at))

    def _stretched(self, at: Floats) -> Floats:
        low, high = self.margin
        least, most = at.min(0), at.max(0)
        share = (at - least) / np.maximum(most - least, 1.0)
        return np.asarray(low + share * (self.size - low - high))

    def arrange(self) -> Floats:
        """The best arrangement found: several beginnings, the better ones refined node by node."""
        if not len(self.free):
            return np.asarray(self.whole(np.zeros((2, 1, len(self.names))))[:, 0].T)
        begun = self.whole(np.stack([start.T for start in self.starts(16)], axis=1))
        order = np.argsort(self.cost(begun), kind="stable")
        found = [self._refined(begun[:, number]) for number in order[:4]]
        if all(self._crossing(at[:, None], self.crossings)[0] for at in found):
            # The first begins without a crossing, if that can be, however bad it looks.
            found.append(self._refined(begun[:, 0]))
        ends = np.stack(found, axis=1)
        return np.asarray(ends[:, int(np.argmin(np.round(self.cost(ends), 6)))].T)

    def _refined(self, at: Floats) -> Floats:
        """Each node in turn to the best of some places: about it, nearer each time; anywhere; where another one is."""
        chance = np.random.default_rng(11)
        low, high = self.margin
        for reach in (240.0, 180.0, 120.0, 80.0, 50.0, 0.0, 60.0, 30.0, 16.0):
            if not reach:
                at = self.whole(self._stretched(at.T).T[:, None])[:, 0]
                continue
            for which, node in enumerate(map(int, self.free)):
                turn = chance.uniform(0, 2 * pi) + np.arange(12) * (2 * pi / 12)
                out = reach * np.where(np.arange(12) % 2, 1.0, 0.45)
                about = at[:, node, None] + np.stack((np.cos(turn), np.sin(turn))) * out
                anywhere = chance.uniform(0, 1, (2, 6 if reach > 60 else 0)) * self.size[:, None]
                spots = np.concatenate((at[:, node, None], about, anywhere), axis=1)
                spots = np.clip(spots, low[node, :, None], (self.size - high[node])[:, None])
                tries = np.repeat(at[:, None], spots.shape[1], axis=1)
                tries[:, :, node] = spots
                at = self._cheapest(self.whole(tries), self.touched[which])
            if reach > 100:
                at = self._swapped(at)
        return at

    def _swapped(self, at: Floats) -> Floats:
        one, two = (self.free[side] for side in np.triu_indices(len(self.free), 1))
        tries = np.repeat(at[:, None], len(one) + 1, axis=1)
        rows = np.arange(1, len(one) + 1)
        tries[:, rows, one], tries[:, rows, two] = at[:, two], at[:, one]
        return self._cheapest(self.whole(tries), None)

    def _cheapest(self, tries: Floats, which: tuple[Ints, ...] | None) -> Floats:
        return np.asarray(tries[:, int(np.argmin(np.round(self.cost(tries, which), 6)))])


def _side(a: Floats, b: Floats, c: Floats) -> Floats:
    """On which side of the line from a to b is c."""
    return np.asarray((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))


def _upright(at: Floats) -> Floats:
    """Turned so that it is widest along one axis."""
    at = at - at.mean(0)
    xx, yy, xy = (float(value) for value in ((at[:, 0] ** 2).sum(), (at[:, 1] ** 2).sum(), (at[:, 0] * at[:, 1]).sum()))
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.stack((at[:, 0] * cosine + at[:, 1] * sine, at[:, 1] * cosine - at[:, 0] * sine), axis=1)


def _words(attributes: Record, *, disputed: bool) -> tuple[float, int, bool]:
    """Pixels, lines and whether above the line's middle: the room for the words on an edge, at most 24 to a line."""
    if attributes["type"] == "speaks":
        return 68.0, 1, False
    sizes = [(0, 0)]
    for text in (attributes.get("phrase") or attributes["relation_label"]).values():
        parts = [part.strip() for part in text.split("×")]
        lines = sum(1 if len(part) <= 24 else 2 for part in parts)
        sizes.append((min(max(len(part) for part in parts), 24), lines))
    return max(size[0] for size in sizes) * 6.0, max(size[1] for size in sizes), disputed


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
