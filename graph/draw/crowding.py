"""Rectangles and lines of many layouts at once, and what they have to do with each other: arrays for `arrange`.

Arrays of places have x and y as their first axis: numpy reduces over a last axis of two very slowly. The second is the
layout, the third the rectangle or line.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .sheet import GAP, LEAVE

Array = NDArray[np.float64]
Indices = NDArray[np.int_]
Mask = NDArray[np.bool_]
#: Whole pixels, rounded outwards.
Bounds = NDArray[np.int16]


@dataclass(frozen=True)
class Shapes:
    """All rectangles (middle and half size) and the two ends of all lines, for k layouts: 2 x k x count."""

    mid: Array
    half: Array
    first: Array
    second: Array

    def pieces(self, words: slice) -> tuple[Array, Array]:
        """Both ends of each straight part: of every line to its words, then of every line from there on."""
        middle = self.mid[:, :, words]
        return np.concatenate([self.first, middle], axis=2), np.concatenate([middle, self.second], axis=2)

    def bounds(self, first: Array, second: Array) -> tuple[Bounds, Bounds]:
        """From where to where each rectangle, with the gap round it, and each straight part extends."""
        count = self.mid.shape[2]
        low = np.empty((*self.mid.shape[:2], count + first.shape[2]), dtype=np.int16)
        high = np.empty_like(low)
        # What is cut off behind the point is less than the pixel that is added.
        wide = self.half + (GAP / 2 + 1)
        low[:, :, :count], high[:, :, :count] = self.mid - wide, self.mid + wide
        low[:, :, count:], high[:, :, count:] = np.minimum(first, second) - 1, np.maximum(first, second) + 1
        return low, high

    def one(self, number: int) -> Shapes:
        """The same of a single layout."""
        parts = (self.mid, self.half, self.first, self.second)
        return Shapes(*(np.ascontiguousarray(part[:, number : number + 1]) for part in parts))


def meeting(low: Bounds, high: Bounds, some: Indices, counted: Mask) -> tuple[Indices, Indices, Indices]:
    """Pairs of some things with any whose bounds meet, in each of k layouts: the layout, and which two.

    Few pairs meet in any one layout, and what is dear is then computed of these alone.
    """
    met = low[:, :, some, None] < high[:, :, None]
    met &= high[:, :, some, None] > low[:, :, None]
    both = met[0]
    both &= met[1]
    both &= counted
    layout, pair = np.divmod(np.flatnonzero(both), counted.size)
    one, other = np.divmod(pair, counted.shape[1])
    return layout, some[one], other


def side_of(a: Array, b: Array) -> Array:
    """One pixel to the right of the way from a to b."""
    way = b - a
    return np.asarray(np.stack([-way[1], way[0]]) / np.maximum(np.hypot(way[0], way[1]), 1e-9))


def borders(middle: Array, half: Array, towards: Array, aside: Array | float = 0.0) -> Array:
    """Where a line from the middle of a box, or from `aside` of it, leaves it, three pixels out."""
    way = towards - middle
    reach = np.maximum(half - np.abs(aside) + LEAVE, 4.0)
    share = reach / np.maximum(np.abs(way), 1e-9)
    return np.asarray(middle + aside + way * np.minimum(np.minimum(share[0], share[1]), 1.0))


def overlapping(mid: Array, half: Array, other: Array, their: Array) -> Array:
    """The root of each overlap, which is a fault by being there and not by its area."""
    over = np.maximum(half + their + GAP - np.abs(mid - other), 0)
    return np.asarray(np.sqrt(over[0] * over[1]))


def inside(first: Array, second: Array, mid: Array, half: Array) -> Array:
    """How many pixels of a straight piece run inside a box, for pairs of them (the slab method)."""
    way = second - first
    inverse = 1.0 / np.where(np.abs(way) < 1e-9, 1e-9, way)
    offset, reach = (mid - first) * inverse, half * np.abs(inverse)
    low, high = offset - reach, offset + reach
    enter = np.maximum(np.maximum(low[0], low[1]), 0.0)
    leave = np.minimum(np.minimum(high[0], high[1]), 1.0)
    return np.asarray(np.maximum(leave - enter, 0.0) * np.hypot(way[0], way[1]))


def through(hit: Array) -> Array:
    """What each line that runs through a box costs of its price: much at the first pixel, more up to the thirtieth."""
    return np.asarray(np.minimum(hit, 30.0) * 0.02 + (hit > 0.5) * 0.4)


def crossing(a: Array, b: Array, c: Array, d: Array) -> Mask:
    """Which of the lines from a to b cross those from c to d."""
    ab, cd, ac = b - a, d - c, c - a
    across = ab[0] * cd[1] - ab[1] * cd[0]
    # Parallel lines do not cross: their quotient is put far outside of 0 to 1.
    across = np.where(np.abs(across) < 1e-9, 1e-12, across)
    t, u = (ac[0] * cd[1] - ac[1] * cd[0]) / across, (ac[0] * ab[1] - ac[1] * ab[0]) / across
    return np.asarray((t > 0) & (t < 1) & (u > 0) & (u < 1))
