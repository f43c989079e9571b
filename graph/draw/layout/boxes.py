"""How much room a node takes with its label, in arrays: one entry a node."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from ...network.records import Node
from ..positions import Point

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Labels: pixels a character and a line, characters a line, characters at most.
_CHARACTER, _LINE, _WRAP, _LONGEST = 6.6, 15.0, 20, 40
#: Pixels from the middle of a node, and of a statement's mark, to its edge.
RADIUS, MARK = 20.0, 11.0
#: Where a statement about a value stands, seen from its node.
BESIDE = (52.0, -40.0)


def _text_width(text: str, wrap: int) -> tuple[int, int]:
    """Characters of the longest line, and lines (one or two), of a label."""
    count = min(len(text), _LONGEST)
    if count <= wrap:
        return count, 1
    return min(max(wrap, ceil(count / 2) + 2), count), 2


def label_size(node: Node) -> Point:
    """Pixels of a node's label in whichever language needs more; none for a statement, which bears a mark."""
    if node["type"] == "statement":
        return 0.0, 0.0
    sizes = [_text_width(text, _WRAP) for text in node["label"].values()] or [(0, 0)]
    return max(size[0] for size in sizes) * _CHARACTER, max(size[1] for size in sizes) * _LINE


@dataclass(frozen=True, slots=True)
class Boxes:
    """What each node takes with its label: the middle lies `down` below the node; `half` widths and heights."""

    down: Floats
    half: Floats

    @classmethod
    def of(cls, nodes: Sequence[Node], gap: float) -> Boxes:
        down, half = [], []
        for node in nodes:
            width, height = label_size(node)
            radius = RADIUS if height else MARK
            full = radius * 2 + (height + 3.0 if height else 0.0)
            down.append(full / 2 - radius)
            half.append((max(width / 2, radius) + gap, full / 2 + gap))
        return cls(np.array(down), np.array(half).reshape(-1, 2))

    def take(self, members: Ints) -> Boxes:
        return Boxes(self.down[members], self.half[members])

    def middles(self, at: Floats) -> Floats:
        return at + np.stack((np.zeros_like(self.down), self.down), axis=1)
