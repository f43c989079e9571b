"""The resources of a dataset by class, and what one of them says: a text, a flag, the last part of an IRI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from ..base.terms import expand
from ..yaml.forms import Texts

Value: TypeAlias = NamedNode | BlankNode | Literal
#: Predicate IRI → values.
Resource: TypeAlias = Mapping[str, list[Value]]


def resources(store: Store, type_: str) -> dict[str, Resource]:
    """Every resource of a class by IRI, sorted, in one scan."""
    return _read(store, f"a <{expand(type_)}>")


def with_kind(store: Store) -> dict[str, Resource]:
    """Every resource that has a kind: the actors and things."""
    return _read(store, f"<{expand('ag:kind')}> ?k")


def _read(store: Store, pattern: str) -> dict[str, Resource]:
    found: dict[str, dict[str, list[Value]]] = {}
    query = f"SELECT ?s ?p ?o WHERE {{ ?s {pattern} ; ?p ?o }}"
    for row in store.query(query, use_default_graph_as_union=True):  # type: ignore[union-attr]
        subject, predicate, value = row
        found.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value)
    return dict(sorted(found.items()))


def one(record: Resource, name: str, default: str = "") -> str:
    """The value of a predicate, the least of several; `default` when there is none."""
    values = record.get(expand(name))
    if not values:
        return default
    return str(values[0].value if len(values) == 1 else min(value.value for value in values))


def all_(record: Resource, name: str) -> list[str]:
    """Every value of a predicate, sorted."""
    values = record.get(expand(name))
    return sorted(value.value for value in values) if values else []


def text(record: Resource, name: str) -> Texts:
    """The values of a predicate by language."""
    values = record.get(expand(name))
    if not values:
        return {}
    found = [(v.language, v.value) for v in values if isinstance(v, Literal) and v.language]
    return dict(sorted(found))


def flag(record: Resource, name: str) -> bool:
    """Whether a predicate is true."""
    return one(record, name) == "true"


def local(iri: str) -> str:
    """The last part of an IRI: `asserted`."""
    return iri.rpartition("/")[2].rpartition("#")[2]
