"""The choice of one cast, in a process of its own: whoever answers requests has no time for it.

In, on standard input: a line of JSON with the most memory (megabytes) and the places to be kept, then the triples of
`part_for_cast`. Out: JSON, the cast as the page has it (`cast`, null where nobody is on it), and the IRIs of the
relationships and nodes that it is of (`props`, `nodes`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import networkx as nx
from pyoxigraph import Quad, RdfFormat, Store, parse

from ..base.ids import short
from ..base.offline import keep_offline
from ..draw.cast import choose_cast, place_cast, record
from ..network.cast import Cast
from ..network.projection import project
from .system import limit_data

#: So many relationships are loaded with a cast, and so many of each who is on it.
MOST, OF_EACH = 160, 12


def cast_of(triples: bytes, places: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    """The cast of a store, from the N-Triples of what it is chosen from. `places`: where somebody stays, by IRI."""
    store = Store()
    store.extend(Quad(found.subject, found.predicate, found.object) for found in parse(triples, RdfFormat.N_TRIPLES))
    network = project(store)
    cast = choose_cast(network)
    if not cast.members:
        return {"cast": None, "props": [], "nodes": []}
    nodes = [member.node for member in cast.members] + [frame.node for frame in cast.frames]
    props = list(dict.fromkeys([*_drawn(cast), *_said_of(network, nodes)]))
    return {"cast": record(place_cast(network, cast, places), short), "props": props[:MOST], "nodes": nodes}


def _drawn(cast: Cast) -> Iterator[str]:
    """What stands on lines, and who is said to hold which post."""
    for tie in cast.ties:
        yield from tie.propositions
    yield from (member.post_said_in for member in cast.members if member.post_said_in)


def _said_of(network: nx.MultiDiGraph, nodes: Sequence[str]) -> Iterator[str]:
    """What most is said of, of each of these: the card of whoever is drawn opens with it."""
    for node in nodes:
        edges = [*network.out_edges(node, data=True), *network.in_edges(node, data=True)]
        said = [attributes for *_, attributes in edges if attributes["type"] == "relationship"]
        said.sort(key=lambda each: (not each["disputed"], -len(each["claims"]), each["proposition"]))
        yield from (each["proposition"] for each in said[:OF_EACH])


def main() -> None:
    told = json.loads(sys.stdin.buffer.readline())
    limit_data(told["memory"] << 20)
    keep_offline()
    places = {iri: (x, y) for iri, (x, y) in told["places"].items()}
    sys.stdout.buffer.write(json.dumps(cast_of(sys.stdin.buffer.read(), places), ensure_ascii=False).encode())
