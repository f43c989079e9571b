"""The choice of one cast, in a process of its own: whoever answers requests has no time for it.

In, on standard input: a line of JSON with the most memory (megabytes), the places to be kept, and either `path`, the
edition of a store, with `keep`, a file for the answer, or `ranked`, whether the store has ranks, and then the triples
of `part_for_cast`. Out: gzipped JSON, the cast as the page has it (`cast`, null where nobody is on it), the IRIs of the
relationships and nodes that it is of (`props`, `nodes`), `ranked`, and of an edition all that the page opens with
(`opening`).

What was found is kept beside the edition, and answered at once as long as it is of this code and of these places.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat, Store, Triple, parse

from ..base.errors import OutputError
from ..base.files import write_whole
from ..base.offline import keep_offline
from ..base.resources import ontology
from .system import TOO_MUCH, limit_data

Places = Mapping[str, tuple[float, float]]
#: How much it gives way to queries.
_GIVES_WAY = 5


def cast_of(triples: Iterable[Triple], places: Places) -> dict[str, Any]:
    """The cast of a store, from the triples that it is chosen from. `places`: where somebody stays, by IRI."""
    # What is kept is answered without all that draws a cast.
    from ..base.ids import short  # noqa: PLC0415
    from ..draw.cast import choose_cast, place_cast, record, told_with  # noqa: PLC0415
    from ..network.projection import project  # noqa: PLC0415

    store = Store()
    store.extend(Quad(found.subject, found.predicate, found.object) for found in triples)
    network = project(store)
    cast = choose_cast(network)
    if not cast.members:
        return {"cast": None, "props": [], "nodes": []}
    nodes = [member.node for member in cast.members] + [frame.node for frame in cast.frames]
    return {"cast": record(place_cast(network, cast, places), short), "props": told_with(network, cast), "nodes": nodes}


def opening_of_store(store: Store, places: Places) -> dict[str, Any]:
    """What the page over a store opens with."""
    from ..network.opening import opening_of  # noqa: PLC0415
    from ..network.part import answered, part_for_cast  # noqa: PLC0415

    def ask(question: str) -> Iterable[Triple]:
        found: Any = store.query(question, use_default_graph_as_union=True)
        return found  # type: ignore[no-any-return]

    part = answered(part_for_cast(), ask)
    cast = cast_of(part.triples, places) | {"ranked": part.ranked}
    if not part.ours:
        return cast
    return cast | {"opening": answered(opening_of(cast["props"], cast["nodes"]), ask).as_data()}


def _kept(keep: Path, key: str) -> bytes | None:
    """What is kept, if it is of this key and whole."""
    with suppress(OSError, EOFError, ValueError, zlib.error):
        told, _, answer = keep.read_bytes().partition(b"\n")
        if told.decode() == key and json.loads(gzip.decompress(answer)):
            return answer
    return None


def _keep(keep: Path, key: str, answer: bytes) -> None:
    # A folder may be read-only, or full: then it is found anew when the service starts again.
    with suppress(OutputError):
        write_whole(keep, key.encode() + b"\n" + answer)


def _key(places: Places) -> str:
    """Of the same code with the same places the same."""
    code = Path(__file__).parents[1]
    files = (*code.rglob("*.py"), *code.rglob("*.yaml"), *ontology().rglob("*.*"))
    texts = b"".join(sha256(file.read_bytes()).digest() for file in sorted(files))
    return sha256(texts + json.dumps(sorted(places.items())).encode()).hexdigest()


def _found(told: Mapping[str, Any]) -> bytes:
    places = {iri: (x, y) for iri, (x, y) in told["places"].items()}
    if path := told.get("path"):
        keep, key = Path(told["keep"]) if told["keep"] else None, _key(places)
        if keep and (answer := _kept(keep, key)):
            return answer
        answer = _packed(opening_of_store(Store.read_only(path), places))
        if keep:
            _keep(keep, key, answer)
        return answer
    triples = parse(sys.stdin.buffer.read(), RdfFormat.N_TRIPLES)
    cast = cast_of((Triple(found.subject, found.predicate, found.object) for found in triples), places)
    return _packed(cast | {"ranked": told["ranked"]})


def _packed(answer: Mapping[str, Any]) -> bytes:
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    return gzip.compress(text, 6, mtime=0)


def main() -> None:
    told = json.loads(sys.stdin.buffer.readline())
    limit_data(told["memory"] << 20)
    keep_offline()
    if hasattr(os, "nice"):
        os.nice(_GIVES_WAY)
    try:
        found = _found(told)
    except MemoryError:
        sys.exit(TOO_MUCH)
    sys.stdout.buffer.write(found)
