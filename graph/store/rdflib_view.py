"""A store in, rdflib's `Dataset` over the same quads out: the face that users of rdflib know.

By itself, because only they pay for importing rdflib: no command of ours needs it.
"""

from __future__ import annotations

from collections.abc import Mapping

from oxrdflib import OxigraphStore
from pyoxigraph import Store
from rdflib import Dataset

from ..base.terms import PREFIXES


def as_dataset(store: Store, prefixes: Mapping[str, str] = PREFIXES) -> Dataset:
    """A `Dataset` of rdflib over the same quads: nothing is copied, and Oxigraph answers its queries."""
    dataset = Dataset(store=OxigraphStore(store=store), default_union=True)
    for prefix, namespace in prefixes.items():
        dataset.bind(prefix, namespace, override=True, replace=True)
    return dataset
