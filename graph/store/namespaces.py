"""The prefixes of our datasets as rdflib namespaces, to type: `AG.speaker`, `ST.denied`.

By itself, because only who uses rdflib pays for importing it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pyoxigraph
from rdflib import Namespace, URIRef
from rdflib.namespace import ClosedNamespace

from ..base.errors import did_you_mean
from ..base.resources import ontology
from ..base.terms import PREFIXES

#: Namespaces whose every term stands in `ontology/actors.ttl`.
CLOSED = ("AG", "BASIS", "BOUND", "KIND", "MO", "PS", "ROLE", "SL", "ST", "UNIT")
#: Namespaces to which a case adds its own: things, and the mirrors of its relations.
OPEN = ("ALLEGED", "DENIED", "ID", "NOTYET", "SAID")


class Terms(ClosedNamespace):
    """A namespace that knows its terms: an unknown one is an `AttributeError` with the nearest that there is.

    Examples
    --------
    >>> graph.ST.denied
    rdflib.term.URIRef('https://w3id.org/actorgraph/stance/denied')
    >>> graph.ST.denyed
    Traceback (most recent call last):
    AttributeError: https://w3id.org/actorgraph/stance/ has no term denyed. Did you mean denied?
    """

    def term(self, name: str) -> URIRef:
        try:
            return super().term(name)
        except KeyError:
            known = [str(term).removeprefix(str(self)) for term in dir(self)]
            raise AttributeError(f"{self} has no term {name}. {did_you_mean(name, known)}") from None


@cache
def namespace(name: str) -> Any:
    """The namespace of a prefix in capitals: `AG`."""
    iri = PREFIXES[name.lower()]
    if name in OPEN:
        return Namespace(iri)
    return Terms(iri, [term.removeprefix(iri) for term in _subjects() if term.startswith(iri) and term != iri])


@cache
def _subjects() -> frozenset[str]:
    quads = pyoxigraph.parse(path=str(ontology() / "actors.ttl"))
    return frozenset(quad.subject.value for quad in quads if isinstance(quad.subject, pyoxigraph.NamedNode))
