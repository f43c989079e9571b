"""Quads in, JSON-LD out, in the terms of our context.

Written here, for rdflib's serializer (7.6) writes a store in another order each time, at more than twice the time and a
quarter more bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from ..base.resources import ontology
from ..base.terms import expand

Record = dict[str, Any]


def jsonld(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
    """JSON-LD with our context where it is there, one entry for each named graph."""
    writer = _JsonLd(_context(prefixes))
    graphs: dict[str, dict[str, dict[str, list[Any]]]] = {}
    for quad in quads:
        name = "" if isinstance(quad.graph_name, DefaultGraph) else writer.iri(quad.graph_name.value)
        node = graphs.setdefault(name, {}).setdefault(_id(quad.subject), {})
        node.setdefault(quad.predicate.value, []).append(quad.object)
    entries: list[Record] = []
    for name in sorted(graphs):
        nodes = [writer.node(iri, graphs[name][iri]) for iri in sorted(graphs[name])]
        entries += nodes if not name else [{"@id": name, "@graph": nodes}]
    return json.dumps({"@context": writer.context, "@graph": entries}, ensure_ascii=False, indent=1) + "\n"


def _context(prefixes: Mapping[str, str]) -> Record:
    """The context that ships with the ontology, with every prefix that the dataset uses."""
    path = ontology() / "context.jsonld"
    shipped = json.loads(path.read_text(encoding="utf-8"))["@context"] if path.is_file() else {}
    return {**dict(sorted(prefixes.items())), **shipped}


def _id(term: object) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(getattr(term, "value", term))


class _JsonLd:
    """Writes nodes in the terms of a context. A term is used only where it says exactly what the values are."""

    def __init__(self, context: Record) -> None:
        self.context = context
        self.prefixes = {
            name: meaning
            for name, meaning in context.items()
            if isinstance(meaning, str) and meaning.endswith(("/", "#")) and not name.startswith("@")
        }
        self.terms: dict[str, list[tuple[str, Record]]] = {}
        self.shortened: dict[str, str] = {}
        # Words without a prefix that a scoped context may redefine are not used.
        scoped = any(isinstance(meaning, dict) and "@context" in meaning for meaning in context.values())
        for name, meaning in {} if scoped else context.items():
            if isinstance(meaning, dict) and isinstance(meaning.get("@id"), str) and "@reverse" not in meaning:
                self.terms.setdefault(self._expanded(meaning["@id"]), []).append((name, meaning))

    def _expanded(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        return self.prefixes[prefix] + local if colon and prefix in self.prefixes else name

    def iri(self, iri: str) -> str:
        """An IRI by its longest prefix."""
        if iri not in self.shortened:
            self.shortened[iri] = self._short(iri)
        return self.shortened[iri]

    def _short(self, iri: str) -> str:
        fits = [name for name, space in self.prefixes.items() if iri.startswith(space) and iri != space]
        best = max(fits, key=lambda name: (len(self.prefixes[name]), name), default=None)
        if best is None:
            return iri
        local = iri[len(self.prefixes[best]) :]
        # `prefix://…` would be read as an IRI.
        return iri if local.startswith("//") else f"{best}:{local}"

    def node(self, iri: str, values: Mapping[str, Sequence[Any]]) -> Record:
        kind = expand("rdf:type")
        found: Record = {"@id": iri if iri.startswith("_:") else self.iri(iri)}
        # Some readers want @type before what it scopes.
        if kind in values:
            found["@type"] = sorted(self.iri(term.value) for term in values[kind])
        for predicate in sorted(set(values) - {kind}):
            terms = sorted(values[predicate], key=str)
            name, shown = self._fitting(predicate, terms)
            found[name] = shown
        return found

    def _fitting(self, predicate: str, terms: Sequence[Any]) -> tuple[str, Any]:
        for name, meaning in self.terms.get(predicate, ()):
            shown = self._as(meaning, terms)
            if shown is not None:
                return name, shown
        full = [self._value(term) for term in terms]
        return self.iri(predicate), full[0] if len(full) == 1 else full

    def _as(self, meaning: Record, terms: Sequence[Any]) -> Any:
        """The values as a term of the context would have them, or None when it means something else."""
        if set(meaning) - {"@id", "@type", "@container"} or not all(isinstance(t, (NamedNode, Literal)) for t in terms):
            return None
        wanted, container = meaning.get("@type"), meaning.get("@container")
        if container == "@language" and wanted is None:
            words = {t.language: t.value for t in terms if isinstance(t, Literal) and t.language}
            return words if len(words) == len(terms) else None
        if container not in (None, "@set"):
            return None
        if wanted == "@id":
            plain_values = [self.iri(t.value) for t in terms if isinstance(t, NamedNode)]
        elif wanted is None:
            text = expand("xsd:string")
            plain_values = [t.value for t in terms if isinstance(t, Literal) and t.datatype.value == text]
        else:
            kind = self._expanded(str(wanted))
            plain_values = [t.value for t in terms if isinstance(t, Literal) and t.datatype.value == kind]
        if len(plain_values) != len(terms):
            return None
        return plain_values[0] if len(plain_values) == 1 and container is None else plain_values

    def _value(self, term: Any) -> Any:
        if not isinstance(term, Literal):
            return {"@id": _id(term) if isinstance(term, BlankNode) else self.iri(term.value)}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if term.datatype.value == expand("xsd:string"):
            return {"@value": term.value}
        return {"@value": term.value, "@type": self.iri(term.datatype.value)}
