"""Boxes that overlap in, boxes that do not out: pushed apart, and what still overlaps set where there is room."""

from __future__ import annotations

from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from ..positions import Point
from .boxes import Boxes, Floats, Ints


def _overlapping(middles: Floats, half: Floats) -> tuple[Ints, Ints]:
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


def _spread(at: Floats, boxes: Boxes, fixed: NDArray[np.bool_], turns: int = 150) -> Floats:
    """Pushes overlapping boxes apart, a little each turn; `fixed` ones stay."""
    count = len(at)
    free = (~fixed).astype(float)
    at = at.copy()
    for _ in range(turns):
        middles = boxes.middles(at)
        one, two = _overlapping(middles, boxes.half)
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


class Paper:
    """Which parts of the paper are taken, on a fine grid; finds the nearest free place for a box."""

    STEP = 8.0
    #: How far it looks round a place, in cells, further each time: so the work for a box does not grow with the paper.
    REACHES = (20, 60, 180)
    #: Where nothing was found, nothing is looked for again so near, in cells.
    _NEAR = 45

    def __init__(self, low: Floats, high: Floats) -> None:
        self.low = low
        size = np.ceil((high - low) / self.STEP).astype(int) + 2
        self.taken = np.zeros((int(size[0]), int(size[1])), bool)
        #: Where the next box goes that finds no room, and how deep the row is in which it stands.
        self.right = float(high[0])
        self.corner = (float(low[0]), float(high[1]) + 2 * self.STEP)
        self.depth = 0.0
        #: Part of the paper → the smallest box for which no room was found from there.
        self.full: dict[tuple[int, int], Point] = {}

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
        """The nearest free middle, taken at once; in rows below everything when there is none for far around."""
        if self._free(middle, half):
            self.take(middle, half)
            return middle
        left, _, top, _ = self._span(middle, half)
        part = left // self._NEAR, top // self._NEAR
        least = self.full.get(part)
        # The paper only fills up: where a box found no room, one that is no smaller will find none.
        if least is None or half[0] < least[0] or half[1] < least[1]:
            for reach in self.REACHES:
                if spot := self._nearest(middle, half, reach):
                    self.take(spot, half)
                    return spot
            self.full[part] = half
        return self._below(half)

    def _below(self, half: Point) -> Point:
        """The next place in the rows below everything, which are as wide as the paper."""
        x, y = self.corner
        if self.depth and x + 2 * half[0] > self.right:
            x, y, self.depth = float(self.low[0]), y + self.depth + self.STEP, 0.0
        self.corner = x + 2 * half[0] + self.STEP, y
        self.depth = max(self.depth, 2 * half[1])
        return x + half[0], y + half[1]

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


def without_overlaps(at: Floats, boxes: Boxes, fixed: NDArray[np.bool_]) -> Floats:
    """No two boxes overlap afterwards, but for two fixed ones: pushed apart, and what still overlaps set anew."""
    at = _spread(at, boxes, fixed)
    middles = boxes.middles(at)
    one, two = _overlapping(middles, boxes.half)
    if not len(one):
        return at
    loose = np.unique(np.where(fixed[np.maximum(one, two)], np.minimum(one, two), np.maximum(one, two)))
    loose = loose[~fixed[loose]]
    return _anew(at, boxes, loose, np.setdiff1d(np.arange(len(at)), loose))


def _anew(at: Floats, boxes: Boxes, loose: Ints, settled: Ints) -> Floats:
    """Each of `loose`, in order, at the free place nearest to where it is; `settled` stay."""
    at = at.copy()
    middles = boxes.middles(at)
    room = boxes.half.max(0) * 2 * (4 + ceil(sqrt(len(loose))))
    paper = Paper(middles.min(0) - room, middles.max(0) + room)
    for node in settled:
        paper.take(tuple(middles[node]), tuple(boxes.half[node]))
    for node in loose:
        x, y = paper.find((float(middles[node, 0]), float(middles[node, 1])), tuple(boxes.half[node]))
        at[node] = x, y - boxes.down[node]
    return at
