"""Where quads are kept and queried: Oxigraph, in memory or in a folder; and the files that a dataset is written to.

Every query reads the union of all graphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph
from oxrdflib import OxigraphStore
from pyoxigraph import Quad, RdfFormat, Store
from rdflib import Dataset

from ..errors import StoreError
from ..terms import PREFIXES

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


def in_memory(quads: Iterable[Quad]) -> Store:
    """A store in memory that holds these quads."""
    store = Store()
    store.bulk_extend(quads)
    return store


def as_dataset(store: Store, prefixes: Mapping[str, str] = PREFIXES) -> Dataset:
    """A `Dataset` of rdflib over the same quads: nothing is copied, and Oxigraph answers its queries."""
    dataset = Dataset(store=OxigraphStore(store=store), default_union=True)
    for prefix, namespace in prefixes.items():
        dataset.bind(prefix, namespace, override=True, replace=True)
    return dataset


def trig(quads: Iterable[Quad], prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """TriG: sorted, so that the same quads always give the same bytes."""
    return dumped(quads, RdfFormat.TRIG, prefixes)


def dumped(quads: Iterable[Quad], form: RdfFormat, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """The quads in a format, sorted by graph, subject, predicate and object."""
    ordered = sorted(quads, key=lambda q: (str(q.graph_name), str(q.subject), _rank(q), str(q.object)))
    data = pyoxigraph.serialize(ordered, format=form, prefixes=dict(sorted(prefixes.items())))
    assert data is not None  # only a given output makes it None
    return data


_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def _rank(quad: Quad) -> str:
    """Types first, then the predicate."""
    return "" if quad.predicate.value == _TYPE else quad.predicate.value


def read_files(paths: Iterable[Path]) -> Store:
    """A store in memory with the content of RDF files. `StoreError` names file and line."""
    store = Store()
    for path in paths:
        form = FORMATS.get(path.suffix)
        if form is None:
            raise StoreError(f"{path}: is of no RDF format we know. Use one of {', '.join(FORMATS)}.")
        try:
            store.bulk_load(path=str(path), format=form)
        except SyntaxError as error:
            raise StoreError(f"{path}:{error.lineno or 1}: {error.msg}. Mend the file.") from error
        except OSError as error:
            raise StoreError(f"{path}: cannot be read ({error.strerror or error}). Check the path.") from error
    return store
