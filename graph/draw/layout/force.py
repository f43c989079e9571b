"""A connected graph in, a place for each of its nodes out: springs along edges, repulsion between all nodes.

Nodes are numbers, edges pairs of them, the unit of length arbitrary. No randomness and no linear algebra library: the
same places on every machine.
"""

from __future__ import annotations

from math import pi, sqrt

import numpy as np

from .boxes import Floats, Ints


def unique_pairs(pairs: Ints) -> Ints:
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


class Mesh:
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


def force(count: int, pairs: Ints) -> Floats:
    """Places for a connected graph, unit of length arbitrary: linear springs, masses that grow with degree."""
    at = _pivots(count, pairs)
    mass = 1.0 + np.bincount(pairs.ravel(), minlength=count).astype(float)
    mesh = Mesh(64 if count <= 1000 else 128 if count <= 6000 else 256) if count > 250 else None
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
