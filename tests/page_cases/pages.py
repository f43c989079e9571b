"""The data of pages: as it is made, and read back from a file."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import networkx as nx

from graph.draw.payload import About, payload
from graph.draw.positions import Places


def unplaced(network: nx.MultiDiGraph, about: About | None = None) -> Any:
    """The page's data of a network in which everything stands in one corner."""
    return payload(network, in_a_corner(network, about or About({}, "")))


def in_a_corner(network: nx.MultiDiGraph, about: About) -> About:
    """`about` with one place for everything: the layout takes longer than the rest."""
    corner = dict.fromkeys(network, (0.0, 0.0))
    return replace(about, places=Places(corner, corner, corner))


def data_of(html: str) -> dict[str, Any]:
    return json.loads(html.partition('<script type="application/json" id="data">')[2].partition("</script>")[0])
