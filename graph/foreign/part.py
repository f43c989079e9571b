"""Foreign data in, the part of it out that a page can draw, with every statement about what is in the part.

The part is made of neighbourhoods: those of the most connected nodes first, each node with everything that is said of
it. Nodes that nearly everything is tied to, such as a country or a role, are in it, and no way through it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from ..base.terms import expand, iri_of
from .naming import TYPE
from .reading import Foreign

#: How many nodes, and triples, of foreign data a page draws whole: about what takes 15 s, and a page of 20 MB.
MOST_NODES, MOST_TRIPLES = 10_000, 10_000
#: Of more than that, about how many triples it shows, of about so many nodes.
SHOWN, SHOWN_NODES = 7_000, 2_500
#: Nodes with more ties than this lead nowhere in particular; those with so few are shown with all of them.
_HUB, _FEW = 100, 8
_SUBJECT, _OBJECT = expand("rdf:subject"), expand("rdf:object")
_PREDICATE, _REIFIES = expand("rdf:predicate"), expand("rdf:reifies")
_ABOVE = expand("rdfs:subClassOf")
#: From an item of a Wikibase, which has the names, to the property that states it.
_CLAIMS = "http://wikiba.se/ontology#directClaim"


def drawable(foreign: Foreign) -> Foreign:
    """The data itself where a page can draw it, and all data in our vocabulary; else the part that a page shows."""
    if foreign.ours or not _is_large(foreign.store):
        return foreign
    store = pyoxigraph.Store()
    store.bulk_extend(_Part(foreign.store).quads())
    return replace(foreign, store=store, left_out=len(foreign.store) - len(store))


def _is_large(store: pyoxigraph.Store) -> bool:
    if len(store) > MOST_TRIPLES:
        return True
    if len(store) < MOST_NODES // 2:
        return False
    nodes = {term for quad in store for term in (quad.subject, quad.object) if isinstance(term, NamedNode)}
    return len(nodes) > MOST_NODES


class _Part:
    """The quads by what they are about, and which of them are in the part."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self.rows: list[Quad] = list(store)
        #: Node → the quads that tie it to others; the quads that say what it is itself.
        self.ties: dict[str, list[int]] = defaultdict(list)
        self.own: dict[str, list[int]] = defaultdict(list)
        #: Statement about a triple → its subject, predicate and object.
        self.stated: dict[str, dict[str, object]] = defaultdict(dict)
        for number, quad in enumerate(self.rows):
            self._read(number, quad)
        self.kept: set[int] = set()
        #: Nodes that are in it, and those of them with everything that is said of them.
        self.named: set[str] = set()
        self.whole: set[str] = set()
        self.described: set[str] = set()

    def _read(self, number: int, quad: Quad) -> None:
        subject, predicate, third = iri_of(quad.subject), quad.predicate.value, quad.object
        if predicate in (_SUBJECT, _PREDICATE, _OBJECT):
            self.stated[subject][predicate] = third
        elif predicate == _REIFIES and isinstance(third, Triple):
            self.stated[subject] = {_SUBJECT: third.subject, _PREDICATE: third.predicate, _OBJECT: third.object}
        if isinstance(third, NamedNode) and predicate not in (TYPE, _PREDICATE):
            self.ties[subject].append(number)
            self.ties[third.value].append(number)
        else:
            self.own[subject].append(number)

    def quads(self) -> Iterator[Quad]:
        """What is in it, in the order of the store."""
        self._gather()
        self._complete()
        return (self.rows[number] for number in sorted(self.kept))

    def _gather(self) -> None:
        """Neighbourhoods of what is tied most, until there is no room for another node."""
        starts = sorted({*self.ties, *self.own}, key=lambda node: (self._leads(node), -len(self.ties[node]), node))
        met: set[str] = set()
        for start in starts:
            waiting = deque((start,) if start not in met else ())
            met.add(start)
            while waiting:
                if len(self.kept) >= SHOWN or len(self.named) >= SHOWN_NODES:
                    return
                node = waiting.popleft()
                self._take(node)
                if not self._leads(node):
                    beside = sorted(self._beside(node) - met)
                    met.update(beside)
                    waiting.extend(beside)

    def _leads(self, node: str) -> bool:
        """Whether a node leads to everything and so nowhere in particular."""
        return len(self.ties[node]) > _HUB

    def _beside(self, node: str) -> set[str]:
        return {end for number in self.ties[node] for end in self._ends(number)} - {node}

    def _ends(self, number: int) -> tuple[str, str]:
        quad = self.rows[number]
        return iri_of(quad.subject), iri_of(quad.object)

    def _name(self, node: str) -> None:
        """It is there, with what it is itself: its names, its kind, its dates."""
        if node not in self.named:
            self.named.add(node)
            self.kept.update(self.own.get(node, ()))

    def _take(self, node: str, *, always: bool = False) -> None:
        """It is there with all its ties, unless they are too many; what it is tied to is named."""
        self._name(node)
        if node in self.whole or (self._leads(node) and not always):
            return
        self.whole.add(node)
        self.kept.update(self.ties.get(node, ()))
        for other in self._beside(node):
            self._name(other)

    # --- nothing is shown without what is said about it

    def _complete(self) -> None:
        """All ties of what has few of them, every statement about what is shown, and every source of a graph."""
        self._take_all(node for node in sorted(self.named - self.whole) if len(self.ties[node]) <= _FEW)
        before = -1
        while before != len(self.kept):
            before = len(self.kept)
            self._take_all(self._about())
            self._take_all(sorted({iri_of(row.graph_name) for row in self._shown()} & self.ties.keys()))
        for row in list(self._shown()):
            self._describe(row.predicate.value)
            if row.predicate.value == TYPE:
                self._describe(iri_of(row.object))

    def _take_all(self, nodes: Iterable[str]) -> None:
        for node in list(nodes):
            self._take(node, always=True)

    def _shown(self) -> Iterator[Quad]:
        return (self.rows[number] for number in self.kept)

    def _about(self) -> Iterator[str]:
        """Statements about a triple that is shown, or about a statement that is."""
        if not self.stated:
            return
        shown = {(row.subject, row.predicate, row.object) for row in self._shown()}
        for node, parts in self.stated.items():
            triple = tuple(parts.get(part) for part in (_SUBJECT, _PREDICATE, _OBJECT))
            ends = {term.value for term in triple if isinstance(term, NamedNode)}
            if triple in shown or node in self.named or ends & self.stated.keys() & self.whole:
                yield node

    def _describe(self, term: str) -> None:
        """A class or a property with its names; a class with those above it, by which its instances are drawn."""
        waiting = [term]
        while waiting:
            one = waiting.pop()
            if one in self.described:
                continue
            self.described.add(one)
            self._name(one)
            for number in self.ties.get(one, ()):
                below, above = self._ends(number)
                predicate = self.rows[number].predicate.value
                if (predicate == _ABOVE and below == one) or (predicate == _CLAIMS and above == one):
                    self.kept.add(number)
                    waiting.append(above if below == one else below)
