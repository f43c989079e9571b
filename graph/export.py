"""A dataset or a network in, the bytes of a file in another format out. Nothing that an export says reads as a fact.

RDF keeps every proposition, claim and chain. A table has one row for each statement, and each row says that it is one.
In network files an edge is labelled with the dataset's own heading ("… is said to …"), never with a bare verb.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from .base.resources import ontology
from .base.terms import PREFIXES, expand
from .query.sparql import find, harmless, plain, run
from .store import dumped

#: Format → usual suffix, and what it is.
FORMATS: Mapping[str, tuple[str, str]] = {
    "trig": (".trig", "RDF, everything, with named graphs"),
    "nquads": (".nq", "RDF, everything, one quad a line"),
    "turtle": (".ttl", "RDF without named graphs"),
    "jsonld": (".jsonld", "RDF as JSON, with named graphs"),
    "rdf12": (".trig", "RDF 1.2: each proposition reifies its triple term (--out x.nq: N-Quads)"),
    "graphml": (".graphml", "the network, for yEd, Gephi, Cytoscape"),
    "node-link": (".json", "the network as JSON, for networkx and d3"),
    "gexf": (".gexf", "the network, for Gephi"),
    "csv": (".csv", "one row a statement, for spreadsheets"),
}
#: What a format cannot hold, and which one can.
LOST: Mapping[str, str] = {
    "turtle": "Named graphs are left out: a statement's document stays in ag:document. trig and nquads keep them.",
    "csv": "Standing by modality, links between statements and the vocabulary are left out. trig keeps them.",
    "gexf": "Facts without a second node stand on their node as JSON. node-link keeps the structure.",
}
NOTE = {
    "en": "A line is a statement by somebody, not a finding.",
    "es": "Una línea es una declaración de alguien, no un hecho comprobado.",
}

Record: TypeAlias = dict[str, Any]


# --- RDF


def rdf(quads: Sequence[Quad], form: str, prefixes: Mapping[str, str] = PREFIXES, suffix: str = "") -> bytes:
    """The quads in one of the first five formats; sorted, so that the same quads give the same bytes."""
    match form:
        case "trig":
            return dumped(quads, RdfFormat.TRIG, prefixes)
        case "nquads":
            return dumped(quads, RdfFormat.N_QUADS, prefixes)
        case "turtle":
            return f"# {LOST['turtle']}\n".encode() + turtle(quads, prefixes)
        case "jsonld":
            return _jsonld(quads, prefixes).encode()
        case "rdf12":
            lines = RdfFormat.N_QUADS if suffix == ".nq" else RdfFormat.TRIG
            return dumped([*quads, *_reified(quads)], lines, prefixes)
        case _:
            raise ValueError(form)


def turtle(quads: Iterable[Quad], prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """The union of all graphs as Turtle, sorted."""
    triples = sorted({quad.triple for quad in quads}, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
    data = pyoxigraph.serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(sorted(prefixes.items())))
    assert data is not None  # only a given output makes it None
    return data


_PARTS = {expand(f"rdf:{part}"): part for part in ("subject", "predicate", "object")}


def _reified(quads: Iterable[Quad]) -> Iterable[Quad]:
    """`rdf:reifies` for each proposition, never for a claim: a proposition is neither true nor false."""
    parts: dict[NamedNode | BlankNode, dict[str, Any]] = {}
    graphs: dict[NamedNode | BlankNode, Any] = {}
    for quad in quads:
        if isinstance(quad.subject, Triple) or quad.predicate.value not in _PARTS:
            continue
        parts.setdefault(quad.subject, {})[_PARTS[quad.predicate.value]] = quad.object
        graphs[quad.subject] = quad.graph_name
    reifies = NamedNode(expand("rdf:reifies"))
    for node, found in parts.items():
        if len(found) == len(_PARTS):
            yield Quad(node, reifies, Triple(found["subject"], found["predicate"], found["object"]), graphs[node])


# --- JSON-LD


def _jsonld(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
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


# --- a table


def table(store: Store, version: str, language: str = "en") -> bytes:
    """CSV, one row for each statement. Each row carries the date of this version and says what a row is."""
    result = run(store, find("statements").text, {"lang": language})
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["note", *result.variables])
    note = f"{NOTE[language]} {version}".strip()
    for row in result.rows:
        writer.writerow([note, *("" if term is None else harmless(plain(term)) for term in row)])
    # The mark tells spreadsheets that it is UTF-8.
    return b"\xef\xbb\xbf" + out.getvalue().encode()


# --- a network


def gexf(network: Any, version: str, language: str = "en") -> str:
    """GEXF of a `MultiDiGraph` of ours. Every proposition keeps its claims, as JSON; edges are labelled by heading."""
    nodes = [
        (node, _words(attributes["label"], language) or node, _flat(attributes, "label"))
        for node, attributes in sorted(network.nodes(data=True))
    ]
    edges = []
    for source, target, key, attributes in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        heading = _words(attributes.get("title") or attributes.get("label") or {}, language) or _SPEAKS[language]
        edges.append((source, target, key, heading, _flat(attributes, "title")))
    root = Element("gexf", xmlns="http://www.gexf.net/1.2draft", version="1.2")
    meta = SubElement(root, "meta", {"lastmodifieddate": version} if version else {})
    SubElement(meta, "creator").text = "actorgraph"
    SubElement(meta, "description").text = NOTE[language]
    drawn = SubElement(root, "graph", defaultedgetype="directed", mode="static")
    node_keys = _declared(drawn, "node", [values for *_, values in nodes])
    edge_keys = _declared(drawn, "edge", [values for *_, values in edges])
    inside = SubElement(drawn, "nodes")
    for node, label, values in nodes:
        _valued(SubElement(inside, "node", id=node, label=label), values, node_keys)
    inside = SubElement(drawn, "edges")
    for source, target, key, heading, values in edges:
        _valued(SubElement(inside, "edge", id=key, source=source, target=target, label=heading), values, edge_keys)
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=False) + "\n"


_SPEAKS = {"en": "speaks about", "es": "habla de"}
_TYPES = {bool: "boolean", int: "integer", float: "double", str: "string"}


def _declared(drawn: Element, kind: str, found: Iterable[Record]) -> dict[str, str]:
    """The attributes that nodes or edges have: name → its number in the file."""
    types = {name: _TYPES[type(value)] for values in found for name, value in values.items()}
    declared = SubElement(drawn, "attributes", {"class": kind})
    for number, name in enumerate(sorted(types)):
        SubElement(declared, "attribute", id=str(number), title=name, type=types[name])
    return {name: str(number) for number, name in enumerate(sorted(types))}


def _valued(element: Element, values: Record, keys: Mapping[str, str]) -> None:
    inside = SubElement(element, "attvalues")
    for name, value in sorted(values.items()):
        text = str(value).lower() if isinstance(value, bool) else str(value)
        SubElement(inside, "attvalue", {"for": keys[name], "value": text})


def _words(texts: Mapping[str, str], language: str) -> str:
    return _printable(texts.get(language) or next(iter(texts.values()), ""))


def _printable(text: str) -> str:
    """Without the control characters that XML does not take."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", " ", text)


def _flat(attributes: Mapping[str, Any], without: str) -> Record:
    """Attributes as scalars: lists and dicts become JSON, so that nothing is dropped."""
    found: Record = {}
    for name, value in attributes.items():
        if name != without:
            scalar = value if isinstance(value, (bool, int, float, str)) else json.dumps(value, ensure_ascii=False)
            found[name] = _printable(scalar) if isinstance(scalar, str) else scalar
    return found
