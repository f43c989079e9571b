"""Boxes, frames and lines with words in, places out: a search for a drawing in which nothing covers anything.

Nodes, the words of lines and frames are rectangles; lines are straight, and their words stand on them. One cost counts
what a reader stumbles over: rectangles that overlap, lines that run through rectangles or cross each other, length, a
stranger inside a frame, whatever leaves the sheet. The search changes one node, one frame or one label at a time, looks
at many places for it at once, and cools down. The same input gives the same places.

Arrays of places have x and y as their first axis: numpy reduces over a last axis of two very slowly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .sheet import GAP, LEAVE, PAD, Block, Group, Ribbon, apart

Array = NDArray[np.float64]
Indices = NDArray[np.int_]


@dataclass(frozen=True)
class Arranged:
    """Middles of blocks and of the words of lines, frames as (left, top, right, bottom), and what faults are left."""

    blocks: Array
    words: Array
    frames: Array
    #: For each line: how far along it its words stand (0 to 1), and how far to the side it runs, in pixels.
    along: Array
    aside: Array
    cost: float
    faults: Mapping[str, float] = field(default_factory=dict)


#: What a fault costs, in the cost of some four pixels of line.
OVERLAP, THROUGH, CROSSING, LENGTH, OUTSIDE = 9.0, 150.0, 60.0, 0.22, 30.0


@dataclass(frozen=True)
class _Part:
    """What one change touches: rectangles (blocks, words of lines, frames), lines, and the lines it leaves alone."""

    boxes: Indices
    lines: Indices
    rest: Indices
    pairs: Array
    passing: Array
    passed: Array


@dataclass(frozen=True)
class _Shapes:
    """All rectangles (middle and half size) and the two ends of all lines, for k layouts: 2 x k x count."""

    mid: Array
    half: Array
    first: Array
    second: Array


class _Search:
    def __init__(
        self, blocks: Sequence[Block], groups: Sequence[Group], ribbons: Sequence[Ribbon], size: tuple[float, float],
        seed: int,
    ) -> None:  # fmt: skip
        self.random = np.random.default_rng(seed)
        self.size = np.array(size, dtype=float)
        self.n, self.g, self.m = len(blocks), len(groups), len(ribbons)
        self.half = np.array([[b.width / 2 for b in blocks], [b.height / 2 for b in blocks]])
        self.word = np.array([[r.width / 2 for r in ribbons], [r.height / 2 for r in ribbons]])
        self.groups = [np.array(group.members) for group in groups]
        self.heads = [(group.width, group.height) for group in groups]
        self.head = np.array([[g.width / 2 for g in groups], [g.height / 2 for g in groups]]).reshape(2, -1)
        self.source = np.array([r.source for r in ribbons], dtype=int)
        self.target = np.array([r.target for r in ribbons], dtype=int)
        self.onto = np.array([r.onto for r in ribbons], dtype=int)
        self.shift = np.array(apart(ribbons))
        self.attached = [(int(i), int(self.onto[i])) for i in np.flatnonzero(self.onto >= 0)]
        self.home = np.full(self.n, -1)
        for number, members in enumerate(self.groups):
            self.home[members] = number
        self.need = self.word[0] * 0.5 + 26
        self.parts: dict[tuple[int, ...], _Part] = {}
        self._price()
        self.at = self._beginning()
        self.along = np.full(self.m, 0.5)

    def _beginning(self) -> Array:
        """Everything near where its lines lead, spread over the sheet; a frame's members below each other."""
        at = self.random.uniform(0.1, 0.9, (2, self.n)) * self.size[:, None]
        ends = [(s, t) for s, t, o in zip(self.source, self.target, self.onto, strict=True) if o < 0]
        for _ in range(40):
            pull, count = np.zeros_like(at), np.zeros(self.n)
            for source, target in ends:
                for a, b in ((source, target), (target, source)):
                    pull[:, self._of(a)] += at[:, self._of(b)].mean(axis=1)[:, None]
                    count[self._of(a)] += 1
            moving = count > 0
            at[:, moving] = 0.7 * at[:, moving] + 0.3 * pull[:, moving] / count[moving]
            order = at.argsort(axis=1).argsort(axis=1) / max(1, self.n - 1)
            at = 0.75 * at + 0.25 * (0.08 + 0.84 * order) * self.size[:, None]
        for members in self.groups:
            heights = self.half[1, members] * 2 + 14
            tops = np.cumsum(np.concatenate([[0], heights[:-1]])) - heights.sum() / 2
            middle = at[:, members].mean(axis=1)
            at[0, members], at[1, members] = middle[0], middle[1] + tops + heights / 2
        return self._inside(at[:, None])[:, 0]

    def _inside(self, at: Array) -> Array:
        low = (self.half + 4)[:, None]
        return np.clip(at, low, np.maximum(self.size[:, None, None] - low, low))

    def _of(self, end: int) -> Indices:
        return np.array([end]) if end < self.n else self.groups[end - self.n]

    def _price(self) -> None:
        """What each pair costs: nothing for a frame and what is inside, or for a line and its own ends."""
        frames = self.n + self.m
        heads = frames + self.g
        free = np.eye(heads + self.g, dtype=bool)
        own = np.zeros((self.m, heads + self.g), dtype=bool)
        # A frame keeps its own heading free of what is inside.
        free[frames:, frames:] |= np.eye(2 * self.g, k=self.g, dtype=bool) | np.eye(2 * self.g, k=-self.g, dtype=bool)
        free[heads:] |= np.arange(heads + self.g) < self.n
        free[:, heads:] |= (np.arange(heads + self.g) < self.n)[:, None]
        for number, members in enumerate(self.groups):
            free[frames + number, members] = free[members, frames + number] = True
        for line in range(self.m):
            own[line, self.n + line] = True
            for end in (self.source[line], self.target[line]):
                if end < 0:
                    continue
                own[line, end if end < self.n else end + self.m] = True
                if end >= self.n:
                    own[line, end + self.m + self.g] = True
                # A line from inside a frame leaves through its border; its words may lie over it.
                inside = self.home[end] if end < self.n else -1
                if inside >= 0:
                    own[line, frames + inside] = True
                    free[self.n + line, frames + inside] = free[frames + inside, self.n + line] = True
            if self.onto[line] >= 0:
                own[line, self.n + self.onto[line]] = True
        self.overlap = np.where(free, 0.0, OVERLAP)
        self.through = np.where(own, 0.0, THROUGH)
        # To pass through a frame is unlovely, not wrong.
        self.through[:, frames:heads] *= 0.3

    # --- geometry, for k layouts at once

    def shapes(self, at: Array, along: Array) -> _Shapes:
        k = at.shape[1]
        frame_mid, frame_half = np.empty((2, k, self.g)), np.empty((2, k, self.g))
        for number, members in enumerate(self.groups):
            low = (at[:, :, members] - self.half[:, None, members]).min(axis=2) - PAD
            high = (at[:, :, members] + self.half[:, None, members]).max(axis=2) + PAD
            low[1] -= self.heads[number][1]
            frame_mid[:, :, number] = (low + high) / 2
            frame_half[0, :, number] = np.maximum(high[0] - low[0], self.heads[number][0] + 2 * PAD) / 2
            frame_half[1, :, number] = (high[1] - low[1]) / 2
        mids = np.concatenate([at, frame_mid], axis=2)
        halves = np.concatenate([np.broadcast_to(self.half[:, None], at.shape), frame_half], axis=2)
        target = np.maximum(self.target, 0)
        a, b = mids[:, :, self.source], mids[:, :, target]
        a_half, b_half = halves[:, :, self.source], halves[:, :, target]
        aside = _aside(a, b) * self.shift
        first, second = _border(a, a_half, b, aside), _border(b, b_half, a, aside)
        words = first + (second - first) * along
        for line, other in self.attached:
            end = words[:, :, other]
            first[:, :, line] = _border(a[:, :, line], a_half[:, :, line], end)
            second[:, :, line] = _border(end, np.broadcast_to(self.word[:, None, other], end.shape), a[:, :, line])
            words[:, :, line] = first[:, :, line] + (second[:, :, line] - first[:, :, line]) * along[:, line]
        head_half = np.broadcast_to(self.head[:, None], frame_mid.shape)
        head_mid = frame_mid - frame_half + head_half
        head_mid[0] += PAD
        word_half = np.broadcast_to(self.word[:, None], words.shape)
        return _Shapes(
            np.concatenate([at, words, frame_mid, head_mid], axis=2),
            np.concatenate([halves[:, :, : self.n], word_half, frame_half, head_half], axis=2),
            first,
            second,
        )

    def cost(self, at: Array, along: Array, part: _Part) -> Array:
        """What the rectangles and lines of a part cost in each of k layouts; all else costs the same in each."""
        shapes = self.shapes(at, along)
        mid, half, first, second = shapes.mid, shapes.half, shapes.first, shapes.second
        box, line, rest = part.boxes, part.lines, part.rest
        my_mid, my_half, my_first, my_second = mid[:, :, box], half[:, :, box], first[:, :, line], second[:, :, line]
        total = _overlapping(my_mid, my_half, mid, half, part.pairs)
        total += _through(my_first, my_second, mid, half, part.passing)
        total += _through(first[:, :, rest], second[:, :, rest], my_mid, my_half, part.passed)
        total += CROSSING * _crossings(my_first, my_second, first, second, line)
        length = np.hypot(*(my_second - my_first))
        total += LENGTH * length.sum(axis=1) + 4 * np.maximum(self.need[line] - length, 0).sum(axis=1)
        edge = self.size[:, None, None] - 4
        out = np.maximum(4 - my_mid + my_half, 0) + np.maximum(my_mid + my_half - edge, 0)
        total += OUTSIDE * out.sum(axis=(0, 2)) + 30 * ((along[:, line] - 0.5) ** 2).sum(axis=1)
        return total

    # --- search

    def run(self, rounds: int, many: int = 12) -> None:
        drift = 0.0
        best = (0.0, self.at, self.along)
        for step in range(rounds):
            heat = 1.0 - step / rounds
            at = np.repeat(self.at[:, None], many, axis=1)
            along = np.repeat(self.along[None], many, axis=0)
            at, part = self._changed(at, along, heat)
            at[:, 0], along[0] = self.at, self.along
            # Rounded: the last bit of a sum is another one on another machine, and the places must not be.
            costs = self.cost(at, along, part).round(3)
            pick = int(costs[1:].argmin()) + 1
            change = float(costs[pick] - costs[0])
            if change < 0 or self.random.random() < np.exp(-change / (1500.0 * heat**3 + 0.05)):
                self.at, self.along = at[:, pick].copy(), along[pick].copy()
                drift += change
                if drift < best[0] - 1e-9:
                    best = (drift, self.at, self.along)
        _, self.at, self.along = best

    def _changed(self, at: Array, along: Array, heat: float) -> tuple[Array, _Part]:
        """K layouts with one thing elsewhere, the same thing in each, and what that touches."""
        k = at.shape[1]
        kind = self.random.random()
        spread = ((0.02 + 0.30 * heat**1.5) * self.size)[:, None]
        if kind < 0.20 and self.m:
            return self._slid(at, along)
        touched: tuple[int, ...]
        if kind < 0.34 and self.g:
            members = self.groups[int(self.random.integers(self.g))]
            at[:, :, members] += (self.random.normal(0, 1, (2, k)) * spread)[:, :, None]
            touched = tuple(map(int, members))
        elif kind < 0.46 and self.n > 1:
            a, b = map(int, self.random.choice(self.n, 2, replace=False))
            at[:, :, [a, b]] = at[:, :, [b, a]] + self.random.normal(0, 8, (2, k, 2))
            touched = (a, b)
        else:
            node = int(self.random.integers(self.n))
            if self.home[node] < 0 and self.random.random() < 0.35:
                at[:, :, node] = self.random.uniform(0.02, 0.98, (2, k)) * self.size[:, None]
            else:
                reach = 0.5 if self.home[node] >= 0 else 1.0
                at[:, :, node] += self.random.normal(0, 1, (2, k)) * spread * reach
            touched = (node,)
        return self._inside(at), self._part(*touched)

    def _slid(self, at: Array, along: Array) -> tuple[Array, _Part]:
        line = int(self.random.integers(self.m))
        along[:, line] = self.random.uniform(0.18, 0.82, len(along))
        return at, self._part(-1 - line)

    def _part(self, *key: int) -> _Part:
        """What moves with blocks, or with the words of line -1 - key."""
        if key not in self.parts:
            self.parts[key] = self._made(*(self._moving(key) if key[0] >= 0 else self._sliding(-1 - key[0])))
        return self.parts[key]

    def _moving(self, nodes: Sequence[int]) -> tuple[list[int], list[int]]:
        groups = {int(self.home[node]) for node in nodes if self.home[node] >= 0}
        ends = set(nodes) | {self.n + group for group in groups}
        lines = [i for i in range(self.m) if self.source[i] in ends or (self.onto[i] < 0 and self.target[i] in ends)]
        lines += [line for line, other in self.attached if other in lines and line not in lines]
        return [*nodes, *(self.n + i for i in lines), *(self.n + self.m + group for group in groups), *(
            self.n + self.m + self.g + group for group in groups
        )], lines  # fmt: skip

    def _sliding(self, line: int) -> tuple[list[int], list[int]]:
        lines = [line, *(each for each, other in self.attached if other == line)]
        return [self.n + i for i in lines], lines

    def _made(self, boxes: Sequence[int], lines: Sequence[int]) -> _Part:
        box, line = np.array(boxes, dtype=int), np.array(sorted(lines), dtype=int)
        rest = np.setdiff1d(np.arange(self.m), line)
        # A pair within the part counts once.
        pairs = self.overlap[box].copy()
        pairs[:, box] /= 2
        return _Part(box, line, rest, pairs, self.through[line], self.through[np.ix_(rest, box)])

    # --- the result

    def result(self) -> Arranged:
        shapes = self.shapes(self.at[:, None], self.along[None])
        whole = self._made(range(self.n + self.m + 2 * self.g), range(self.m))
        frames = slice(self.n + self.m, self.n + self.m + self.g)
        mid, half = shapes.mid[:, 0, frames], shapes.half[:, 0, frames]
        return Arranged(
            shapes.mid[:, 0, : self.n].T.copy(),
            shapes.mid[:, 0, self.n : self.n + self.m].T.copy(),
            np.concatenate([mid - half, mid + half]).T.copy(),
            self.along,
            self.shift,
            float(self.cost(self.at[:, None], self.along[None], whole)[0]),
            self.faults(shapes),
        )

    def faults(self, shapes: _Shapes) -> dict[str, float]:
        """Rectangles that overlap, lines through rectangles that are no frames, crossings: counts."""
        mid, half = shapes.mid[:, 0], shapes.half[:, 0]
        gap = np.abs(mid[:, :, None] - mid[:, None]) - half[:, :, None] - half[:, None]
        over = (gap < -0.5).all(axis=0) & (self.overlap > 0)
        solid = np.where(self.through > 0, 1.0, 0.0)
        solid[:, self.n + self.m : self.n + self.m + self.g] = 0
        _, hit = _hits(shapes.first, shapes.second, shapes.mid, shapes.half - 1.5)
        every = np.arange(self.m)
        return {
            "overlaps": float(over.sum() / 2),
            "through": float(((hit[0] > 1) * solid).sum()),
            "crossings": float(_crossings(shapes.first, shapes.second, shapes.first, shapes.second, every)[0]),
        }


def _aside(a: Array, b: Array) -> Array:
    """One pixel to the right of the way from a to b."""
    way = b - a
    return np.asarray(np.stack([-way[1], way[0]]) / np.maximum(np.hypot(way[0], way[1]), 1e-9))


def _border(middle: Array, half: Array, towards: Array, aside: Array | float = 0.0) -> Array:
    """Where a line from the middle of a box, or from `aside` of it, leaves it, three pixels out."""
    way = towards - middle
    reach = np.maximum(half - np.abs(aside) + LEAVE, 4.0)
    share = reach / np.maximum(np.abs(way), 1e-9)
    return np.asarray(middle + aside + way * np.minimum(np.minimum(share[0], share[1]), 1.0))


def _overlapping(mid: Array, half: Array, others: Array, their: Array, price: Array) -> Array:
    """The root of each overlap, which is a fault by being there and not by its area, at the price of its pair."""
    need = half[:, :, :, None] + their[:, :, None] + GAP
    over = np.maximum(need - np.abs(mid[:, :, :, None] - others[:, :, None]), 0)
    return np.asarray((np.sqrt(over[0] * over[1]) * price).sum(axis=(1, 2)))


def _hits(first: Array, second: Array, mid: Array, half: Array) -> tuple[Array, Array]:
    """Length of each line, and how many pixels of it run inside each box (the slab method)."""
    way = second - first
    inverse = 1.0 / np.where(np.abs(way) < 1e-9, 1e-9, way)
    offset = (mid[:, :, None] - first[..., None]) * inverse[..., None]
    reach = half[:, :, None] * np.abs(inverse)[..., None]
    low, high = offset - reach, offset + reach
    enter = np.maximum(np.maximum(low[0], low[1]), 0.0)
    leave = np.minimum(np.minimum(high[0], high[1]), 1.0)
    length = np.hypot(way[0], way[1])
    return length, np.maximum(leave - enter, 0.0) * length[..., None]


def _through(first: Array, second: Array, mid: Array, half: Array, price: Array) -> Array:
    """What lines that run through boxes cost: much at the first pixel, more up to the thirtieth."""
    _, hit = _hits(first, second, mid, half)
    return np.asarray(((np.minimum(hit, 30.0) * 0.02 + (hit > 0.5) * 0.4) * price).sum(axis=(1, 2)))


def _crossings(first: Array, second: Array, others: Array, their: Array, line: Indices) -> Array:
    """How many pairs of lines cross. `line` says which of the others the first ones are: those pairs count once."""
    ab, cd = (second - first)[..., None], (their - others)[:, :, None]
    ac = others[:, :, None] - first[..., None]
    across = ab[0] * cd[1] - ab[1] * cd[0]
    t, u = (ac[0] * cd[1] - ac[1] * cd[0]) / _divisor(across), (ac[0] * ab[1] - ac[1] * ab[0]) / _divisor(across)
    cross = (t > 0) & (t < 1) & (u > 0) & (u < 1)
    return np.asarray(cross.sum(axis=(1, 2)) - cross[:, :, line].sum(axis=(1, 2)) / 2, dtype=float)


def _divisor(across: Array) -> Array:
    """Parallel lines do not cross: their quotient is put far outside of 0 to 1."""
    return np.where(np.abs(across) < 1e-9, 1e-12, across)


def arrange(
    blocks: Sequence[Block], groups: Sequence[Group], ribbons: Sequence[Ribbon], size: tuple[float, float],
    *, rounds: int = 0, beginnings: int = 2,
) -> Arranged:  # fmt: skip
    """Places for blocks and the words of lines on a sheet of a size in pixels; the best of several beginnings.

    `rounds` of search; by default as many as their number asks for: some 400 for a dozen, 6,000 for sixty.
    """
    found = []
    number = len(blocks) + len(ribbons)
    rounds = rounds or int(number * (20 + 1.3 * number))
    for seed in range(beginnings):
        search = _Search(blocks, groups, ribbons, size, seed)
        search.run(rounds)
        found.append(search.result())
    return min(found, key=lambda one: one.cost)
