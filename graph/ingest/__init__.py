"""Documents into a store that holds others, and out of it again; what they touch is settled anew.

In: a store, graphs of evidence to add or replace, graphs to withdraw. Out: a `Change`, the quads that go and the quads
that come, to be applied whole or not at all. Settling reads evidence from the store, never case files, so that whoever
has the evidence gets the same result: all together, one by one in any order, or taken out and put back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from ..base.names import Known
from ..dataset.shape import is_case_graph
from ..store import Faults, Progress, Store
from . import soundness
from .change import Change, changed, graphs_of, is_settled, resettled
from .indexing import indexed, is_ranked
from .source import Source, words

__all__ = [
    "Added",
    "Change",
    "add",
    "add_each",
    "answered",
    "changed",
    "documents",
    "graphs_of",
    "indexed",
    "is_ranked",
    "is_settled",
    "load",
    "resettled",
    "settle",
    "settle_files",
]


#: How many quads of evidence are settled together when they come in parts.
BATCH_QUADS = 50_000


def settle(store: Store) -> bool:
    """Settle a store whose settled graphs are not those of its evidence; whether there was anything to do.

    A store of ours that has no indexes of names and ranks, as one that was filled from a file, gets them.
    """
    if is_settled(store):
        indexed(store)
        return False
    resettled(store).apply(store)
    return True


def settle_files(store: Store, files: Sequence[Path]) -> None:
    """Settle what was read from RDF files, together. `StoreError` when one document came with two texts."""
    soundness.refuse_two_versions(store, files)
    settle(store)


def add(
    store: Store, graphs: Mapping[str, Collection[Quad]], gone: Collection[str] = (), *, instead: Collection[str] = ()
) -> Change:
    """Add or replace graphs of evidence and withdraw those of `gone`, whole or not at all.

    `instead`: beginnings of IRIs; documents that have one of them, and no graph among the new ones, are withdrawn.
    """

    def make(place: Store) -> Change:
        settle(place)
        left = {iri for iri in documents(place) if iri.startswith(tuple(instead)) and iri not in graphs}
        change = changed(place, graphs, {*gone, *left})
        change.apply(place)
        return change

    return store.edit(make)


@dataclass(frozen=True, slots=True)
class Added:
    """What came to a store: the graphs of documents, those of them that were there with another text, and how many
    relationships were settled anew."""

    documents: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()
    touched: int = 0


def add_each(store: Store, parts: Iterable[Mapping[str, Collection[Quad]]]) -> Added:
    """Add or replace graphs of evidence that come a part at a time, such as case by case; all parts, or none.

    Memory holds some parts, however many there are.
    """

    def make(place: Store) -> Added:
        settle(place)
        done = Added()
        for graphs in _batches(parts):
            change = changed(place, graphs)
            change.apply(place)
            texts = {graph for graph in graphs if not is_case_graph(graph)}
            done = Added(
                done.documents | texts,
                done.replaced | texts.intersection(change.replaced),
                done.touched + change.touched,
            )
        return done

    return store.edit(make)


def _batches(parts: Iterable[Mapping[str, Collection[Quad]]]) -> Iterator[dict[str, Collection[Quad]]]:
    """The parts, joined until there is enough for one change: each looks the whole store up anew."""
    batch: dict[str, Collection[Quad]] = {}
    for part in parts:
        batch |= part
        if sum(map(len, batch.values())) >= BATCH_QUADS:
            yield batch
            batch = {}
    if batch:
        yield batch


def load(
    store: Store,
    files: Sequence[Path],
    *,
    replace: bool,
    graph: str | None,
    progress: Progress | None,
    faults: Faults | None = None,
) -> tuple[int, bool]:
    """Load RDF files and settle what is evidence among them; how many quads came, and whether anything was settled.

    Raises `StoreError`, and changes nothing, for evidence that could not be withdrawn again or is not whole; see
    `soundness`.
    """

    def make(place: Store) -> tuple[int, bool]:
        came = place.load(files, replace=replace, graph=graph, progress=progress, faults=faults)
        soundness.refuse_without_graph(place, files)
        soundness.refuse_two_versions(place, files)
        settled = settle(place)
        if settled:
            soundness.refuse_undescribed(place, files)
        return came, settled

    return store.edit(make)


def documents(store: Store) -> dict[str, Known]:
    """The documents of a store by the IRI of their graph, with the names by which they can be found."""
    known = "GRAPH ?d { ?d a ag:Document ; dcterms:identifier ?id } OPTIONAL { ?d rdfs:label ?name }"
    rows = Source(store).ask(f"SELECT ?d ?id ?name WHERE {{ {known} }}")
    names: dict[str, tuple[set[str], set[str]]] = {}
    for iri, id_, name in rows:
        ids, labels = names.setdefault(words(iri), (set(), set()))
        ids.add(words(id_))
        labels |= {words(name)} - {""}
    return {iri: Known(iri, tuple(sorted(ids)), tuple(sorted(labels))) for iri, (ids, labels) in sorted(names.items())}


def answered(store: Store, gone: Iterable[str]) -> int:
    """How many statements of other documents answer, confirm or repeat what these documents say."""
    graphs = set(gone)
    source = Source(store)
    said: set[str] = set()
    for name in ("claims", "mentions"):
        said |= {words(row[1]) for row in source.about(f"GRAPH ?x {{ ?y ag:{name} ?p }}", graphs)}
    answering: set[str] = set()
    for name in ("counters", "confirms", "dependsOn"):
        answering |= {words(row[1]) for row in source.about(f"?y ag:{name} ?x", said)}
    return len(answering - said)
