"""What names are found by: an index that a store keeps beside its data, in a graph that is in no file.

In: the quads that describe actors, things and documents. Out: their names and ids in small letters, and how the words
of a name begin. It follows from the data, so that whoever has that can make the index again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Quad

from ..base.names import found_by, keys
from ..base.terms import expand
from ..wording import without_article
from .shape import INDEXES, NAMES, text

KIND, IDENTIFIER, TYPE, LABEL = map(expand, ("ag:kind", "dcterms:identifier", "rdf:type", "rdfs:label"))
#: What is read of an actor or a thing, and of a document.
OF_ACTORS = (KIND, IDENTIFIER, expand("ag:nameInSentence"), expand("skos:altLabel"))
OF_DOCUMENTS = (TYPE, IDENTIFIER, LABEL)
_READ = frozenset({*OF_ACTORS, *OF_DOCUMENTS})
_DOCUMENT = expand("ag:Document")


def published(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads of a dataset without what a store keeps as an index."""
    return (quad for quad in quads if quad.graph_name not in INDEXES)


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
