"""RDF terms and prefixes.

The build makes pyoxigraph's terms, because making one costs a tenth of an rdflib term and Oxigraph takes them as they
are. rdflib's `Dataset` is the face users get (`store.face.as_dataset`), over the very same quads.
"""

from __future__ import annotations

from functools import cache

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

__all__ = ["BASE", "ID", "PREFIXES", "BlankNode", "DefaultGraph", "Literal", "NamedNode", "Quad", "Triple", "expand"]

BASE = "https://w3id.org/actorgraph/"
ID = BASE + "id/"

PREFIXES: dict[str, str] = {
    "ag": BASE + "ns#",
    "id": ID,
    "st": BASE + "stance/",
    "mo": BASE + "modality/",
    "ps": BASE + "status/",
    "sl": BASE + "standing/",
    "basis": BASE + "basis/",
    "role": BASE + "role/",
    "kind": BASE + "kind/",
    "unit": BASE + "unit/",
    "bound": BASE + "bound/",
    "said": BASE + "said/",
    "alleged": BASE + "alleged/",
    "notyet": BASE + "notyet/",
    "counterfactual": BASE + "counterfactual/",
    "denied": BASE + "denied/",
    "presupposed": BASE + "presupposed/",
    "spoken": BASE + "spoken/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "schema": "https://schema.org/",
}


def iri_of(term: object) -> str:
    """The IRI that a term is; "" for one that is none."""
    return term.value if isinstance(term, NamedNode) else ""


@cache
def expand(name: str) -> str:
    """The full IRI of a prefixed name such as `ag:claims`. KeyError for an unknown prefix."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local
