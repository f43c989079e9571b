"""The resources of a dataset by class, and what one of them says: a text, a flag, the last part of an IRI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import Literal, Store

from ..base.terms import expand


def records(store: Store, type_: str) -> dict[str, dict[str, list[Any]]]:
    """Every resource of a class: IRI → predicate IRI → values, in one scan."""
    found: dict[str, dict[str, list[Any]]] = {}
    query = f"SELECT ?s ?p ?o WHERE {{ ?s a <{expand(type_)}> ; ?p ?o }}"
    rows = store.query(query, use_default_graph_as_union=True)
    for row in rows:  # type: ignore[union-attr]
        subject, predicate, value = row
        found.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value)
    return dict(sorted(found.items()))


def one(record: Mapping[str, list[Any]], name: str, default: str = "") -> str:
    values = record.get(expand(name))
    if not values:
        return default
    return str(values[0].value if len(values) == 1 else min(value.value for value in values))


def all_(record: Mapping[str, list[Any]], name: str) -> list[str]:
    values = record.get(expand(name))
    return sorted(value.value for value in values) if values else []


def text(record: Mapping[str, list[Any]], name: str) -> dict[str, str]:
    values = record.get(expand(name))
    if not values:
        return {}
    found = [(v.language, v.value) for v in values if isinstance(v, Literal) and v.language]
    return dict(sorted(found))


def flag(record: Mapping[str, list[Any]], name: str) -> bool:
    return one(record, name) == "true"


def local(iri: str) -> str:
    """The last part of an IRI: `asserted`."""
    return iri.rpartition("/")[2].rpartition("#")[2]
