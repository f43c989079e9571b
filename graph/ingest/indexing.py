"""The index of names in a store that has none, as one that was filled from files."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from ..dataset.index import OF_ACTORS, OF_DOCUMENTS, index
from ..dataset.shape import NAMES
from ..store import Store
from .source import Source

_ACTORS = "?x ag:kind ?kind ; ?p ?o"
_DOCUMENTS = "?x a ag:Document ; ?p ?o"


def indexed(store: Store) -> None:
    """Make the index of names, unless there is one."""
    source = Source(store)
    if source.ask(f"SELECT ?x {{ GRAPH {NAMES} {{ ?x ag:nameKey ?key }} }} LIMIT 1"):
        return
    if entries := frozenset(index(_described(source))):
        store.change((), entries)


def _described(source: Source) -> Iterator[Quad]:
    for pattern, predicates in ((_ACTORS, OF_ACTORS), (_DOCUMENTS, OF_DOCUMENTS)):
        known = " ".join(f"<{predicate}>" for predicate in predicates)
        for s, p, o in source.rows("?x ?p ?o", f"VALUES ?p {{ {known} }} {pattern}"):
            yield Quad(s, p, o)  # type: ignore[arg-type]
