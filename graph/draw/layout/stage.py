"""The opening on a stage of its own: its boxes and lines, what an arrangement of them costs, and the best one found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import pi

import networkx as nx
import numpy as np

from ...network.records import Edge, Node, edges_in, node_of
from ..opening import Opening
from ..positions import Point
from .boxes import BESIDE, MARK, RADIUS, Floats, Ints, label_size


class Stage:
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
        records = [node_of(network, name) for name in self.names]
        labels = np.array([label_size(record) for record in records]).reshape(-1, 2)
        chosen = set(opening.edges)
        rows = [row for row in edges_in(network) if row[2] in chosen]
        rows = sorted((row for row in rows if row[0] in index and row[1] in index), key=lambda row: row[2])
        homes = {fact["proposition"]: number for number, record in enumerate(records) for fact in record["facts"]}
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

    def _boxes(self, records: Sequence[Node], labels: Floats, rows: Sequence[tuple[str, str, str, Edge]]) -> None:
        """Boxes: the nodes, then their labels, then the words on lines."""
        shift, half, weight = [], [], []
        for label in labels:
            radius = RADIUS if label[1] else MARK
            shift.append((0.0, 0.0))
            half.append((radius + 3, radius + 3))
            weight.append(1.0)
        for label in labels:
            shift.append((0.0, RADIUS + 3 + label[1] / 2))
            half.append((label[0] / 2 + 3, label[1] / 2 + 1))
            weight.append(1.0 if label[1] else 0.0)
        own = {line: node for node, line in self.depends.items()}
        for number, row in enumerate(rows):
            wide, lines, aside = _words(row[3], disputed=number in own)
            shift.append((0.0, -(MARK + 8 + lines * 7.0) if aside else 0.0))
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
                    np.where(self.weight[count : 2 * count] > 0, RADIUS + labels[:, 1] + 8, bottom[:count] + 4),
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
                at[:, :, node] = at[:, :, self.hung[node]] + np.array(BESIDE)[:, None]
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


def _words(edge: Edge, *, disputed: bool) -> tuple[float, int, bool]:
    """Pixels, lines and whether above the line's middle: the room for the words on an edge, at most 24 to a line."""
    if edge["type"] == "speaks":
        return 68.0, 1, False
    sizes = [(0, 0)]
    for text in (edge["phrase"] or edge["relation_label"]).values():
        parts = [part.strip() for part in text.split("×")]
        lines = sum(1 if len(part) <= 24 else 2 for part in parts)
        sizes.append((min(max(len(part) for part in parts), 24), lines))
    return max(size[0] for size in sizes) * 6.0, max(size[1] for size in sizes), disputed
