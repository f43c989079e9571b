"""Names in a query's parameters, found as a store has them: who or what is called so, with the article or without."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import Literal

from ..base.names import bare, unaccented
from ..store.interface import Solutions, Store

#: Parameters of named queries that name somebody or something.
NAMING = ("actor", "one", "other", "source", "relay")
#: So many who bear one name are told apart.
_MOST = 20


def as_borne(store: Store, parameters: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The values that each parameter stands for: of a name, the IRIs of all who bear it; else the value itself."""
    return {
        name: (bearers(store, value) if name in NAMING and value else ()) or (value,)
        for name, value in parameters.items()
    }


def bearers(store: Store, name: str) -> tuple[str, ...]:
    """The IRIs of all who are called so, in any letter case, with an article or without; nothing for nobody.

    Documents are among them only where no actor and no thing is called so.
    """
    for words in dict.fromkeys((name, bare(name))):
        if words and (found := _called(store, words)):
            return found
    return ()


def _called(store: Store, name: str) -> tuple[str, ...]:
    keys = sorted({str(Literal(name.lower())), str(Literal(unaccented(name.lower())))})
    pattern = f"VALUES ?key {{ {' '.join(keys)} }} ?x ag:nameKey ?key"
    rows = _rows(store, pattern)
    if not rows and not column(store, "SELECT ?x { ?x ag:nameKey ?key } LIMIT 1"):
        # A store without an index, as one that another program filled: every name is read.
        named = "{ ?x rdfs:label ?called } UNION { ?x skos:altLabel ?called }"
        rows = _rows(store, f"{named} FILTER(LCASE(STR(?called)) IN ({', '.join(keys)}))")
    described = {iri for iri, kind in rows if kind}
    return tuple(sorted(described or {iri for iri, _ in rows}))[:_MOST]


def _rows(store: Store, pattern: str) -> list[tuple[str, str]]:
    """IRI and kind of the actors, things and documents that a pattern finds; documents have no kind."""
    asked = f"{pattern} {{ ?x ag:kind ?kind }} UNION {{ ?x a ag:Document }}"
    rows = store.query(f"SELECT DISTINCT ?x ?kind {{ {asked} }}")
    assert isinstance(rows, Solutions)  # it is a SELECT
    return [(str(getattr(row[0], "value", "")), str(getattr(row[1], "value", ""))) for row in rows]


def column(store: Store, sparql: str) -> list[str]:
    """The first value of each row, as text."""
    rows = store.query(sparql)
    assert isinstance(rows, Solutions)  # every query here is a SELECT
    return [str(getattr(row[0], "value", "")) for row in rows]
