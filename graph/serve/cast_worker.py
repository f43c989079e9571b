"""The choice of one cast, in a process of its own: whoever answers requests has no time for it.

In, on standard input: a line of JSON with the most memory (megabytes), the places to be kept, and whether the store has
ranks, then the triples of `part_for_cast`. Out: JSON, the cast as the page has it (`cast`, null where nobody is on it),
the IRIs of the relationships and nodes that it is of (`props`, `nodes`), and `ranked`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from pyoxigraph import Quad, RdfFormat, Store, parse

from ..base.ids import short
from ..base.offline import keep_offline
from ..draw.cast import choose_cast, place_cast, record, told_with
from ..network.projection import project
from .system import TOO_MUCH, limit_data


def cast_of(triples: bytes, places: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    """The cast of a store, from the N-Triples of what it is chosen from. `places`: where somebody stays, by IRI."""
    store = Store()
    store.extend(Quad(found.subject, found.predicate, found.object) for found in parse(triples, RdfFormat.N_TRIPLES))
    network = project(store)
    cast = choose_cast(network)
    if not cast.members:
        return {"cast": None, "props": [], "nodes": []}
    nodes = [member.node for member in cast.members] + [frame.node for frame in cast.frames]
    return {"cast": record(place_cast(network, cast, places), short), "props": told_with(network, cast), "nodes": nodes}


def main() -> None:
    told = json.loads(sys.stdin.buffer.readline())
    limit_data(told["memory"] << 20)
    keep_offline()
    places = {iri: (x, y) for iri, (x, y) in told["places"].items()}
    try:
        cast = cast_of(sys.stdin.buffer.read(), places) | {"ranked": told["ranked"]}
        found = json.dumps(cast, ensure_ascii=False).encode()
    except MemoryError:
        sys.exit(TOO_MUCH)
    sys.stdout.buffer.write(found)
