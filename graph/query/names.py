"""Names in a query's parameters, found as a store has them: with the article or without it."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import Literal

from ..base.names import bare, unaccented
from ..store.interface import Solutions, Store

#: Parameters of named queries that name somebody or something.
NAMING = ("actor", "one", "other", "source", "relay")


def as_borne(store: Store, parameters: Mapping[str, str]) -> dict[str, str]:
    """The parameters, each name without its article when nobody bears it with one."""
    found = dict(parameters)
    for name, value in parameters.items():
        plain = bare(value)
        if name in NAMING and plain not in ("", value.lower()) and not bearer(store, value) and bearer(store, plain):
            found[name] = plain
    return found


def bearer(store: Store, name: str) -> str:
    """The IRI of somebody or something called so, in any letter case; "" for nobody."""
    keys = " ".join(sorted({str(Literal(name.lower())), str(Literal(unaccented(name.lower())))}))
    return next(iter(column(store, f"SELECT ?x {{ VALUES ?name {{ {keys} }} ?x ag:nameKey ?name }} LIMIT 1")), "")


def column(store: Store, sparql: str) -> list[str]:
    """The first value of each row, as text."""
    rows = store.query(sparql)
    assert isinstance(rows, Solutions)  # every query here is a SELECT
    return [str(getattr(row[0], "value", "")) for row in rows]
