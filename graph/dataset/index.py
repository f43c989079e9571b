"""What names are found by: an index that a store keeps beside its data, in a graph that is in no file.

In: the quads that describe actors, things and documents. Out: their names and ids in small letters, and how the words
of a name begin. It follows from the data, so that whoever has that can make the index again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Quad, Store

from ..base.names import found_by, keys
from ..base.terms import expand
from ..wording import without_article
from .shape import INDEXES, NAMES, term, text

KIND, IDENTIFIER, TYPE, LABEL = map(expand, ("ag:kind", "dcterms:identifier", "rdf:type", "rdfs:label"))
#: What is read of an actor or a thing, and of a document.
OF_ACTORS = (KIND, IDENTIFIER, expand("ag:nameInSentence"), expand("skos:altLabel"))
OF_DOCUMENTS = (TYPE, IDENTIFIER, LABEL)
_READ = frozenset({*OF_ACTORS, *OF_DOCUMENTS})
_DOCUMENT = expand("ag:Document")


def published(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads of a dataset without what a store keeps as an index."""
    return (quad for quad in quads if quad.graph_name not in INDEXES)


class Published(Collection[Quad]):
    """The quads of a dataset in a store in memory, without what the store keeps as an index; none is copied."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __len__(self) -> int:
        return len(self._store) - sum(1 for name in INDEXES for _ in _of_graph(self._store, name))

    def __iter__(self) -> Iterator[Quad]:
        return published(self._store)

    def __contains__(self, quad: object) -> bool:
        return isinstance(quad, Quad) and quad.graph_name not in INDEXES and quad in self._store


def _of_graph(store: Store, name: NamedNode) -> Iterator[Quad]:
    return store.quads_for_pattern(None, None, None, name)


def indexed_in(store: Store) -> Iterator[Quad]:
    """The index of all that a store in memory describes: of a dataset few quads do."""
    known = store.quads_for_pattern(None, term("ag:kind"), None, None)
    documents = store.quads_for_pattern(None, term("rdf:type"), term("ag:Document"), None)
    for subject in dict.fromkeys(quad.subject for found in (known, documents) for quad in found):
        yield from index(store.quads_for_pattern(subject, None, None, None))


def index(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The index of all actors, things and documents that these quads describe."""
    records: dict[str, dict[str, set[str]]] = {}
    for quad in quads:
        if quad.predicate.value in _READ and isinstance(quad.subject, NamedNode):
            record = records.setdefault(quad.subject.value, {})
            record.setdefault(quad.predicate.value, set()).add(str(getattr(quad.object, "value", "")))
    for iri, record in records.items():
        yield from _entries(iri, record)


def _entries(iri: str, record: Mapping[str, set[str]]) -> Iterator[Quad]:
    ids = record.get(IDENTIFIER, {iri.rpartition("/")[2]})
    node = NamedNode(iri)
    if KIND in record:
        in_sentence, others = (record.get(name, set()) for name in OF_ACTORS[2:])
        for name, found in found_by({*map(without_article, in_sentence), *others}, ids):
            yield text(node, name, found, NAMES)
    elif _DOCUMENT in record.get(TYPE, ()):
        for key in keys({*ids, *record.get(LABEL, ())}):
            yield text(node, "ag:nameKey", key, NAMES)
