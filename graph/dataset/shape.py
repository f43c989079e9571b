"""The named graphs of a dataset, and its quads one by one.

A dataset has two layers. Evidence: what documents say, one graph for each document and one for the actors and things of
each case. Settled: what follows from all the evidence together, in graphs of its own. Nothing that is settled is ever
read as evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from hashlib import blake2b

from ..base.terms import BASE, ID, Literal, NamedNode, Quad, expand
from ..yaml.forms import Texts

#: How relationships stand, every sentence and every name.
SETTLED = NamedNode(ID + "graph/settled")
ACCEPTED = NamedNode(ID + "graph/accepted")
#: How a relation may stand, taken over all who speak of it: the prefixes of the mirrors between its two ends.
LEVELS = ("said", "alleged", "notyet", "counterfactual", "denied")
MIRRORS = {name: NamedNode(f"{ID}graph/{name}") for name in LEVELS}
VOCABULARY = NamedNode(BASE + "ns")
#: Indexes that a store keeps, and that are in no file: what names are found by; how much is said by and about whom.
NAMES = NamedNode(ID + "graph/names")
RANKS = NamedNode(ID + "graph/ranks")
INDEXES = (NAMES, RANKS)
DATASET = NamedNode(ID + "dataset")
#: What describes the dataset. No graph of ours is without a name: no standard query reads such a one with the others.
DESCRIPTION = NamedNode(ID + "graph/dataset")
#: All graphs that settling writes.
SETTLED_GRAPHS = (SETTLED, ACCEPTED, *MIRRORS.values(), VOCABULARY, DESCRIPTION, *INDEXES)
_CASES = ID + "graph/case/"


def case_graph(scope: str) -> NamedNode:
    """The graph of the actors and things of a case, or of a file that several cases share."""
    return NamedNode(_CASES + scope)


def is_case_graph(iri: str) -> bool:
    """Whether a graph holds actors and things."""
    return iri.startswith(_CASES)


@cache
def term(name: str) -> NamedNode:
    """The node of a prefixed name."""
    return NamedNode(expand(name))


#: A node of an IRI. Making one checks the IRI, and most are used many times, close together.
node_of = lru_cache(maxsize=1 << 16)(NamedNode)

_TYPE, _INTEGER, _BOOLEAN = term("rdf:type"), term("xsd:integer"), term("xsd:boolean")
TRUE, FALSE = Literal("true", datatype=_BOOLEAN), Literal("false", datatype=_BOOLEAN)


def link(s: NamedNode, p: str, to: str, graph: NamedNode) -> Quad:
    """A quad that leads to a node."""
    return Quad(s, term(p), node_of(to), graph)


def typed(s: NamedNode, name: str, graph: NamedNode) -> Quad:
    """The quad that says of which class a node is."""
    return Quad(s, _TYPE, term(name), graph)


def text(s: NamedNode, p: str, words: str, graph: NamedNode) -> Quad:
    """A quad with a text of no language."""
    return Quad(s, term(p), Literal(words), graph)


def texts(s: NamedNode, p: str, words: Texts, graph: NamedNode) -> Iterator[Quad]:
    """A quad for each language."""
    for language, said in words.items():
        if said:
            yield Quad(s, term(p), Literal(said, language=language), graph)


def named(s: NamedNode, identifier: str, graph: NamedNode) -> Iterator[Quad]:
    """The quad with an id, where the last part of the IRI does not tell it."""
    if s.value.rpartition("/")[2] != identifier:
        yield text(s, "dcterms:identifier", identifier, graph)


def flag(s: NamedNode, p: str, value: bool, graph: NamedNode) -> Quad:
    """A quad with a truth value."""
    return Quad(s, term(p), TRUE if value else FALSE, graph)


def number(s: NamedNode, p: str, value: int, graph: NamedNode) -> Quad:
    """A quad with a whole number."""
    return Quad(s, term(p), Literal(str(value), datatype=_INTEGER), graph)


def digest(quads: Iterable[Quad]) -> int:
    """A number that changes when the quads do, whatever their order: the sum of their hashes, modulo 2¹²⁸."""
    return sum(_hash(quad) for quad in quads) % _MODULUS


def combined(digests: Iterable[int]) -> int:
    """The digest of several sets of quads together."""
    return sum(digests) % _MODULUS


_MODULUS = 1 << 128


def _hash(quad: Quad) -> int:
    # As a text it is its terms with a space between them, made at once.
    return int.from_bytes(blake2b(str(quad).encode(), digest_size=16).digest(), "big")
