"""Boxes, frames and lines with words in, places out: a search for a drawing in which nothing covers anything.

Nodes, the words of lines and frames are rectangles; a line runs straight to its words and straight on, so that it can
bend where they hide the bend. One cost counts what a reader stumbles over: rectangles that overlap, lines that run
through rectangles or cross each other, length, a stranger inside a frame, whatever leaves the sheet. The search changes
one node, one frame or one label at a time, looks at several places for it at once, and cools down. The same input gives
the same places.

What a drawing costs is in `costs`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .costs import CROSSING, Costs, Part
from .crowding import Array, Indices, Mask, Shapes, crossing, inside, through
from .sheet import GAP, Block, Group, Ribbon


@dataclass(frozen=True)
class Arranged:
    """Middles of blocks and of the words of lines, frames as (left, top, right, bottom), and what faults are left."""

    blocks: Array
    words: Array
    frames: Array
    #: For each line: how far along it its words stand (0 to 1), how far to the side it begins and ends, and how far to
    #: the side of that its words stand, in pixels.
    along: Array
    aside: Array
    bend: Array
    cost: float
    faults: Mapping[str, float] = field(default_factory=dict)


#: From how many beginnings: with fewer, a full sheet often ends with a line through somebody else's name.
BEGINNINGS = 5
#: So many of them are searched to the end, as long as a name or words stand under what is not theirs.
TRIES = 3
#: How many places are looked at in one step.
MANY = 16
#: From and until which share of the search the words of lines have which share of their size.
STAGES = ((0.0, 0.3, 0.1), (0.3, 0.5, 0.5), (0.5, 1.0, 1.0))
#: The heat to which it is warmed again, and how much cooler it is than at first.
WARM, COOLER = 0.38, (1.0, 0.5, 0.3)
#: The heat it begins with, and the farthest place looked at then, as a share of the sheet.
HOT, REACH = 3000.0, 0.3
#: After so many steps it is looked up what costs most; what costs nothing counts as if it cost so much.
LOOK, CALM = 30, 60.0
#: A sheet with fewer blocks and lines is a small one.
FEW = 40


class _Search(Costs):
    def __init__(
        self, blocks: Sequence[Block], groups: Sequence[Group], ribbons: Sequence[Ribbon], size: tuple[float, float],
        seed: int,
    ) -> None:  # fmt: skip
        super().__init__(blocks, groups, ribbons, size)
        self.random = np.random.default_rng(seed)
        self.at = self._beginning()
        self.slide = np.array([np.full(self.m, 0.5), np.zeros(self.m)])
        self.now = self._whole()

    def _whole(self) -> Shapes:
        """The shapes of the one layout that `at` and `slide` give."""
        mid, half = np.zeros((2, 1, self.count)), np.zeros((2, 1, self.count))
        half[:, 0, : self.n], half[:, 0, self.n : self.frames] = self.block, self.word
        half[:, 0, self.heads :] = self.head
        self.now = Shapes(mid, half, np.zeros((2, 1, self.m)), np.zeros((2, 1, self.m)))
        return self.shapes(self.at[:, None], self.slide[:, None], self.everything)

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
            heights = self.block[1, members] * 2 + 14
            tops = np.cumsum(np.concatenate([[0], heights[:-1]])) - heights.sum() / 2
            middle = at[:, members].mean(axis=1)
            at[0, members], at[1, members] = middle[0], middle[1] + tops + heights / 2
        return self._inside(at[:, None])[:, 0]

    def _of(self, end: int) -> Indices:
        return np.array([end]) if end < self.n else self.groups[end - self.n]

    def _inside(self, at: Array) -> Array:
        low = (self.block + 4)[:, None]
        return np.clip(at, low, np.maximum(self.size[:, None, None] - low, low))

    # --- search

    def run(self, rounds: int, stages: Sequence[tuple[float, float, float]]) -> None:
        """Cools down while the words grow to their size: who stands beside whom is settled while there is room."""
        for begun, until, grown in stages:
            self.word = self.full * grown
            self.now = self._whole()
            self._stage(int(begun * rounds), int(until * rounds), rounds)

    def warm(self, rounds: int, again: int) -> None:
        """Warms it again and again, from the best of all that was found."""
        found = self.total(), self.at, self.slide, self.now
        for turn in range(again):
            self._stage(int((1 - WARM) * rounds), rounds, rounds, cooler=COOLER[turn % len(COOLER)])
            found = min(found, (self.total(), self.at, self.slide, self.now), key=lambda each: each[0])
            _, self.at, self.slide, self.now = found

    def total(self) -> float:
        """What the present layout costs."""
        return float(self.cost(self.now, self.slide[:, None], self.everything)[0].round(3))

    def _stage(self, begun: int, until: int, rounds: int, cooler: float = 1.0) -> None:
        drift = 0.0
        best = (0.0, self.at, self.slide, self.now)
        for step in range(begun, until):
            heat = 1.0 - step / rounds
            if not (step - begun) % LOOK:
                self._look_for_trouble()
            at = np.repeat(self.at[:, None], MANY, axis=1)
            slide = np.repeat(self.slide[:, None], MANY, axis=1)
            at, part = self._changed(at, slide, heat)
            at[:, 0], slide[:, 0] = self.at, self.slide
            shapes = self.shapes(at, slide, part)
            # Rounded: the last bit of a sum is another one on another machine, and the places must not be.
            costs = self.cost(shapes, slide, part).round(3)
            pick = int(costs[1:].argmin()) + 1
            change = float(costs[pick] - costs[0])
            if change < 0 or self.random.random() < np.exp(-change / (cooler * HOT * heat**3 + 0.05)):
                self.at, self.slide, self.now = at[:, pick].copy(), slide[:, pick].copy(), shapes.one(pick)
                drift += change
                if drift < best[0] - 1e-9:
                    best = (drift, self.at, self.slide, self.now)
        _, self.at, self.slide, self.now = best

    def _changed(self, at: Array, slide: Array, heat: float) -> tuple[Array, Part]:
        """K layouts with one thing elsewhere, the same thing in each, and what that touches."""
        k = at.shape[1]
        kind = self.random.random()
        # Near places and far ones in one step; the far ones come nearer as it cools.
        far = 10 ** self.random.uniform(-2.6, np.log10(0.02 + REACH * heat), k)
        spread = self.random.normal(0, 1, (2, k)) * far * self.size[:, None]
        if kind < 0.28 and self.m:
            line = self._chosen(self.trouble[1])
            slide[0, :, line] = self.random.uniform(0.18, 0.82, k)
            slide[1, :, line] = self.random.normal(0, 1, k) * (12 + 40 * self.random.random(k))
            slide[1, : k // 3, line] = 0
            return at, self._part(-1 - line)
        touched: tuple[int, ...]
        if kind < 0.40 and self.g:
            members = self.groups[int(self.random.integers(self.g))]
            at[:, :, members] += spread[:, :, None]
            touched = tuple(map(int, members))
        elif kind < 0.50 and self.n > 1:
            a, b = self._chosen(self.trouble[0]), int(self.random.integers(self.n - 1))
            b += b >= a
            at[:, :, [a, b]] = at[:, :, [b, a]] + self.random.normal(0, 8, (2, k, 2))
            touched = (a, b)
        else:
            node = self._chosen(self.trouble[0])
            at[:, :, node] += spread
            if self.home[node] < 0:
                loose = slice(k - k // 3, k)
                at[:, loose, node] = self.random.uniform(0.02, 0.98, (2, k // 3)) * self.size[:, None]
            touched = (node,)
        part = self._part(*touched)
        # The words of some of its lines look for another place with it.
        if len(part.lines):
            some, line = slice(k // 4, k // 4 + k // 2), self.random.choice(part.lines)
            slide[0, some, line] = self.random.uniform(0.25, 0.75, k // 2)
            slide[1, some, line] = self.random.normal(0, 16, k // 2)
        return self._inside(at), part

    def _chosen(self, heap: Array) -> int:
        """One of those that are counted in a running sum, by its share."""
        return min(int(np.searchsorted(heap, self.random.random() * heap[-1], side="right")), len(heap) - 1)

    def _look_for_trouble(self) -> None:
        """What costs much is moved often: running sums of what nodes, and lines with their words, cost."""
        shapes = self.now
        mid, half = shapes.mid[:, 0], shapes.half[:, 0]
        over = np.maximum(half[:, :, None] + half[:, None] + GAP - np.abs(mid[:, :, None] - mid[:, None]), 0)
        box = (np.sqrt(over[0] * over[1]) * self.overlap).sum(axis=1)
        first, second = self._pieces(shapes)
        passing, passed = (self.through > 0).nonzero()
        hit = inside(first[:, passing], second[:, passing], mid[:, passed], half[:, passed])
        fault = through(hit) * self.through[passing, passed]
        box += np.bincount(passed, fault, self.count)
        piece = np.bincount(passing, fault, 2 * self.m)
        one, other = self.every
        cross = CROSSING * self._crossing(first, second)
        piece += np.bincount(one, cross, 2 * self.m) + np.bincount(other, cross, 2 * self.m)
        line = piece[: self.m] + piece[self.m :] + box[self.words]
        node = box[: self.n].copy()
        for end in (self.source, self.target):
            at = end >= 0
            node += np.bincount(end[at & (end < self.n)], line[at & (end < self.n)] / 2, self.n)
        for number, members in enumerate(self.groups):
            node[members] += box[self.frames + number] / 2
        self.trouble = tuple(np.cumsum(each + CALM).round(3) for each in (node, line))

    def _pieces(self, shapes: Shapes) -> tuple[Array, Array]:
        """Both ends of each straight part of a line, of one layout."""
        first, second = shapes.pieces(self.words)
        return first[:, 0], second[:, 0]

    def _crossing(self, first: Array, second: Array) -> Mask:
        """Which pairs of `every` cross."""
        one, other = self.every
        return crossing(first[:, one], second[:, one], first[:, other], second[:, other])

    # --- the result

    def result(self) -> Arranged:
        shapes = self.now
        frames = slice(self.frames, self.heads)
        mid, half = shapes.mid[:, 0, frames], shapes.half[:, 0, frames]
        return Arranged(
            shapes.mid[:, 0, : self.n].T.copy(),
            shapes.mid[:, 0, self.n : self.frames].T.copy(),
            np.concatenate([mid - half, mid + half]).T.copy(),
            self.slide[0],
            self.shift,
            self.slide[1],
            self.total(),
            self.faults(shapes),
        )

    def misread(self) -> float:
        """How many rectangles overlap, and how many lines run through names or words as if they said that, too.

        Names count double.
        """
        found = self.faults(self.now)
        return found["overlaps"] + found["names"] + found["through"]

    def faults(self, shapes: Shapes) -> dict[str, float]:
        """Rectangles that overlap, lines through rectangles that are no frames and through names, crossings: counts."""
        mid, half = shapes.mid[:, 0], shapes.half[:, 0]
        gap = np.abs(mid[:, :, None] - mid[:, None]) - half[:, :, None] - half[:, None]
        over = (gap < -0.5).all(axis=0) & (self.overlap > 0)
        line, box = (self.through > 0).nonzero()
        first, second = self._pieces(shapes)
        hit = inside(first[:, line], second[:, line], mid[:, box], half[:, box] - 1.5) > 1
        framed = (box >= self.frames) & (box < self.heads)
        return {
            "overlaps": float(over.sum() / 2),
            "through": float((hit & ~framed).sum()),
            "names": float((hit & (box < self.n)).sum()),
            "frames": float((hit & framed).sum()),
            "crossings": float(self._crossing(first, second).sum()),
        }


def arrange(
    blocks: Sequence[Block],
    groups: Sequence[Group],
    ribbons: Sequence[Ribbon],
    size: tuple[float, float],
    *,
    beginnings: int = 0,
    again: int = 2,
) -> Arranged:
    """Places for blocks and the words of lines on a sheet of a size in pixels.

    The best of several beginnings is worked on `again` and again. A small sheet is searched to the end from each; of a
    full one, it is first settled from each who stands beside whom. As many steps are taken as the number of blocks and
    lines asks for.
    """
    number = len(blocks) + len(ribbons)
    few = number < FEW
    rounds = int(number * (12 + 0.6 * number) if few else number * (10 + 0.4 * number))
    found = [_Search(blocks, groups, ribbons, size, seed) for seed in range(beginnings or BEGINNINGS)]
    for search in found:
        # What a change touches does not depend on where anything stands.
        search.parts = found[0].parts
    for search in found:
        search.run(rounds, STAGES if few else STAGES[:1])
    ended: list[_Search] = []
    for search in sorted(found, key=_Search.total)[:TRIES]:
        if not few:
            search.run(rounds, STAGES[1:])
        search.warm(rounds, again)
        ended.append(search)
        if not search.misread():
            break
    return min(ended, key=lambda each: (each.misread(), each.total())).result()
