"""A place for every node of a network, on paper of a window's shape.

Its connected parts stand by force, side by side; who has no edge that counts stands round them. Words that are used of
somebody, posts and other notions come last, where there is room: the page folds them into the cards of what they
describe.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import ceil, cos, pi, sin, sqrt

import networkx as nx
import numpy as np
import rustworkx as rx

from ...network.measures import weighty
from ...network.records import edges_in, kinds_in, node_of
from ..positions import Point
from .boxes import BESIDE, Boxes, Floats, Ints
from .force import Mesh, force, unique_pairs
from .overlap import Paper, without_overlaps

#: The shape of the paper: how wide it is for its height.
SHAPE = 1.9
#: The part of the paper that nodes take with their labels.
FILL = 0.6
#: How much more room an actor takes than its name does when it is looked at closely.
ACTOR_ROOM = 1.4
#: Room along the rim, in pixels, for each of those who stand round the rest.
RIM = 150.0
#: Parts of so few nodes, and fewer of them, stand round the largest part.
SMALL, SMALL_MOST = 6, 12


class Drawing:
    """Places for the whole network."""

    def __init__(self, network: nx.MultiDiGraph, pinned: Mapping[str, Point], bows: Mapping[str, float]) -> None:
        self.names: list[str] = sorted(network)
        self.index = {name: number for number, name in enumerate(self.names)}
        records = [node_of(network, name) for name in self.names]
        self.statement = np.array([record["type"] == "statement" for record in records], bool)
        kinds = kinds_in(network)
        agents = {name for name, kind in kinds.items() if kind["agent"]}
        actors = np.array([record["kind"] in agents for record in records], bool)
        notions = {name for name, kind in kinds.items() if kind.get("hue") == "concept"} if actors.any() else ()
        #: What the page folds into the cards of others: no relationship of it holds the rest together.
        self.folded = np.array([record["kind"] in notions for record in records], bool)
        self.boxes = Boxes.of(records, gap=5.0)
        # The whole is looked at from afar, where names keep their size: actors have more room for theirs.
        self.boxes.half[actors] *= ACTOR_ROOM
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
        for source, target, key, attributes in edges_in(network):
            one, two = self.index[source], self.index[target]
            if key in self.index:
                self.own[self.index[key]] = (one, two, key)
            if attributes["type"] == "speaks":
                self.anchors[one].add(two)
            elif one != two and weighty(attributes):
                if self.statement[[one, two]].any() or self.folded[[one, two]].any():
                    self.anchors[one].add(two)
                    self.anchors[two].add(one)
                else:
                    pairs.append((one, two))
        self.homes = {
            self.index[fact["proposition"]]: number
            for number, record in enumerate(records)
            for fact in record["facts"]
            if fact["proposition"] in self.index
        }
        self.bows = bows
        self.linked = np.zeros(len(self.names), bool)
        self.pairs = unique_pairs(np.array(pairs, np.int64).reshape(-1, 2))

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
        loose = np.flatnonzero(~self.linked & ~self.statement & ~self.folded)
        near = sum(bool(self.anchors.get(int(node))) for node in loose)
        fill = FILL / (1.0 + near / max(1, int(self.linked.sum())))
        for part, pairs in zip(parts, self.inner(parts), strict=True):
            if self.fixed[part].any():
                self._beside(part, pairs)
                grown.append(part)
            else:
                fresh.append((part, _placed_part(pairs, self.boxes.take(part), fill)))
        if self.placed.any():
            members = np.unique(np.concatenate([*grown, np.flatnonzero(self.fixed)]))
            self.at[members] = without_overlaps(self.at[members], self.boxes.take(members), self.fixed[members])
            self.placed[members] = True
        # Few and small ones stand round the largest, as those do who are tied to nobody.
        small = [each for each in fresh[1:] if len(each[0]) <= SMALL]
        small = small if len(small) < SMALL_MOST else []
        self._pack(fresh[: len(fresh) - len(small)])
        self._loose(small)
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

    def _loose(self, parts: Sequence[tuple[Ints, Floats]]) -> None:
        """Who has no weighty edge: near what it speaks about, else round the rest; then notions; then statements."""
        waiting = ~self.placed & ~self.statement
        for node in np.concatenate([part for part, _ in parts]) if parts else ():
            waiting[node] = False
        rest = self._beside_what_they_say(np.flatnonzero(waiting & ~self.folded))
        self._round([*parts, *(_alone(node) for node in rest)])
        rest = self._beside_what_they_say(np.flatnonzero(waiting & self.folded))
        self._round([_alone(node) for node in rest])
        paper = self._paper()
        for node in map(int, np.flatnonzero(self.statement & ~self.placed)):
            self._find(paper, node, self._middle(node, frozenset()))

    def _beside_what_they_say(self, nodes: Ints) -> list[int]:
        """Places each near what it speaks about; returns those that speak about nothing that is placed."""
        near = {int(node): spots for node in nodes if len(spots := self._spots(int(node)))}
        paper = self._paper()
        for node, spots in near.items():
            self._find(paper, node, (float(spots[:, 0].mean()), float(spots[:, 1].mean())))
        return [int(node) for node in nodes if int(node) not in near]

    def _round(self, rest: Sequence[tuple[Ints, Floats]]) -> None:
        """Round all that is placed, each in a direction of its own and as near as there is room; too many in rows."""
        placed = np.flatnonzero(self.placed)
        if len(placed) < 2 or len(rest) < 2 or RIM * len(rest) > self._girth(placed):
            self._pack([each for each in rest if len(each[0]) > 1])
            self._rows([int(part[0]) for part, _ in rest if len(part) == 1])
            return
        low, high = self._bounds(placed)
        middle = (low + high) / 2
        middles, half = self.boxes.take(placed).middles(self.at[placed]), self.boxes.half[placed]
        for number, (part, at) in enumerate(rest):
            turn = 2 * pi * (number + 0.5) / len(rest)
            way = np.array((SHAPE * cos(turn), sin(turn)))
            own = self.boxes.take(part)
            bounds = np.stack(((own.middles(at) - own.half).min(0), (own.middles(at) + own.half).max(0)))
            reach = (bounds[1] - bounds[0]) / 2
            spot = middle + way * _way_out(middles - middle, half + reach + 12.0, way, float((high - low).max()) * 1.5)
            self.at[part] = at + spot - bounds.mean(0)
            self.placed[part] = True
            middles, half = np.vstack((middles, spot)), np.vstack((half, reach))

    def _girth(self, placed: Ints) -> float:
        low, high = self._bounds(placed)
        return 2 * float((high - low).sum())

    def _paper(self) -> Paper:
        """With all that is placed so far, and room around it."""
        settled = np.flatnonzero(self.placed)
        low, high = self._bounds(settled) if len(settled) else (np.zeros(2), np.zeros(2))
        room = 600.0 + 30.0 * sqrt(len(settled))
        paper = Paper(low - room, high + room)
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

    def _find(self, paper: Paper, node: int, at: Point) -> None:
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
            return x + BESIDE[0], y + BESIDE[1]
        (ax, ay), (bx, by) = (self._middle(end, seen | {node}) for end in self.own[node][:2])
        bow = self.bows.get(self.own[node][2], 0.0) / 2
        return (ax + bx) / 2 - (by - ay) * bow, (ay + by) / 2 + (bx - ax) * bow


def _way_out(middles: Floats, half: Floats, way: Floats, most: float, step: float = 8.0) -> float:
    """How many times `way` leads from the origin out of all boxes, in steps and at most so many times.

    Each box is asked once from where to where the way is in it; trying places along the way would ask each box at each.
    """
    ends = np.stack(((middles - half) / way, (middles + half) / way))
    first, last = ends.min(0).max(1), ends.max(0).min(1)
    # The last step that is still inside, if there is one.
    steps = np.ceil(np.minimum(last, most) / step) - 1
    inside = (steps >= 0) & (steps * step > first)
    return min(step * (float(steps[inside].max()) + 1) if inside.any() else 0.0, step * (ceil(most / step) - 1))


def _alone(node: int) -> tuple[Ints, Floats]:
    return np.array([node]), np.zeros((1, 2))


def _evened(at: Floats, boxes: Boxes, fill: float) -> Floats:
    """Thins out crowds and keeps who is beside whom.

    Boxes are masses that push each other off (1 / distance) before a background of `fill` that holds them: in the plane
    that flow drives every density towards `fill`, exponentially; here only part of the way.
    """
    mass = boxes.half[:, 0] * boxes.half[:, 1] * 4
    mesh = Mesh(128 if len(at) <= 6000 else 256)
    for _ in range(12):
        flow = mesh.push(at, mass) - pi * fill * (at - at.mean(0))
        at = at + flow * (0.12 / (2 * pi * fill))
    return at


def _placed_part(pairs: Ints, boxes: Boxes, fill: float) -> Floats:
    """Places for one connected part, in pixels, without overlaps; `fill` is how much of the paper the boxes take."""
    count = len(boxes.half)
    if count <= 6:
        hub = int(np.argmax(np.bincount(pairs.ravel(), minlength=count)))
        others = [node for node in range(count) if node != hub]
        at = np.zeros((count, 2))
        turn = np.arange(len(others)) * (2 * pi / len(others))
        at[others] = 170.0 * np.stack((np.cos(turn), 0.8 * np.sin(turn)), axis=1)
    else:
        at = force(count, pairs)
        spread = 12.0 * float(at[:, 0].std()) * float(at[:, 1].std())
        wanted = float((boxes.half[:, 0] * boxes.half[:, 1]).sum()) * 4 / fill
        edge = np.sqrt(((at[pairs[:, 0]] - at[pairs[:, 1]]) ** 2).sum(1))
        # As much paper as the boxes need; what is long and thin needs its lines to be long enough instead.
        least, most = 150.0 / max(float(np.median(edge)), 1e-9), 260.0 / max(float(np.quantile(edge, 0.1)), 1e-9)
        at = at * max(least, min(sqrt(wanted / max(spread, 1e-9)), most))
        at = _evened(at, boxes, fill) if count > 60 else at
        # As wide for its height as the paper is.
        lean = sqrt(SHAPE * float(at[:, 1].std()) / max(float(at[:, 0].std()), 1e-9))
        at = at * (min(max(lean, 0.6), 1.6), 1 / min(max(lean, 0.6), 1.6))
    return without_overlaps(at, boxes, np.zeros(count, bool))
