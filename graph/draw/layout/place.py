"""The layout of a network: everything, and the opening on its stage."""

from __future__ import annotations

import networkx as nx
import numpy as np

from ..curves import curves
from ..opening import Opening
from ..positions import Places, Point
from .boxes import Floats
from .everything import Drawing
from .stage import Stage


def place(
    network: nx.MultiDiGraph,
    opening: Opening,
    kept: Places | None = None,
    width: float = 720.0,
    height: float = 740.0,
) -> Places:
    """A place for every node, and apart from that one for each of the opening on a stage of `width` x `height`.

    What is `kept` stays exactly where it was, in the drawing of everything and on the stage; new nodes come amid their
    neighbours. No two nodes overlap with their labels in the drawing of everything. In the opening as little
    overlaps and crosses as could be found.
    """
    kept = kept or Places()
    pins = {name: (float(x), float(y)) for name, (x, y) in sorted(kept.all.items())}
    stays = {name: (float(x), float(y)) for name, (x, y) in sorted(kept.opening.items())}
    bows = curves(network)
    everything = Drawing(network, pins, bows)
    at = everything.place()
    found = {name: _rounded(at[number]) for number, name in enumerate(everything.names)}
    shown = np.array([(width / 2, height / 2)] * len(opening.nodes))
    if len(opening.nodes) > 1:
        shown = Stage(network, opening, (width, height), bows, stays).arrange()
    return Places(
        {name: pins.get(name, point) for name, point in found.items()},
        {name: stays.get(name, _rounded(shown[number])) for number, name in enumerate(opening.nodes)},
        kept.cast,
    )


def _rounded(point: Floats) -> Point:
    return round(float(point[0]), 1) + 0.0, round(float(point[1]), 1) + 0.0
