"""The index of names in a store that has none, as one that was filled from files."""

from __future__ import annotations

from pyoxigraph import Quad

from ..dataset.index import OF_ACTORS, OF_DOCUMENTS, index
from ..dataset.shape import NAMES
from ..store import Store
from .source import Source, parts, words

#: So many actors and documents are read at once, so that memory stays flat.
_BATCH = 5_000


def indexed(store: Store) -> None:
    """Make the index of names, unless there is one."""
    source = Source(store)
    if source.ask(f"SELECT ?x {{ GRAPH {NAMES} {{ ?x ag:nameKey ?key }} }} LIMIT 1"):
        return
    read = ", ".join(f"<{predicate}>" for predicate in sorted({*OF_ACTORS, *OF_DOCUMENTS}))
    found = {
        words(row[0]) for pattern in ("?x ag:kind ?kind", "?x a ag:Document") for row in source.rows("?x", pattern)
    }
    for named in parts(sorted(found), _BATCH):
        rows = source.about(f"?x ?p ?o FILTER(?p IN ({read}))", named, "?x ?p ?o")
        store.change((), frozenset(index(Quad(s, p, o) for s, p, o in rows)))  # type: ignore[arg-type]
