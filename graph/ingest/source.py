"""Questions to a store about evidence and about what was settled, in parts that every engine answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ..base.errors import StoreError
from ..dataset.shape import DATASET, SETTLED_GRAPHS
from ..store import Store

Term: TypeAlias = NamedNode | Literal | BlankNode | Triple
Row: TypeAlias = tuple[Term, ...]

#: IRIs in one question: its rows fit what a server answers at once.
_ASKED = 200
#: Rows of one page of a long list. Virtuoso answers with 10,000 at most.
_PAGE = 1_000


def words(term: object) -> str:
    """The IRI of a node, the text of a literal; empty for nothing."""
    return str(getattr(term, "value", ""))


def parts(items: Iterable[str], size: int = _ASKED) -> Iterator[list[str]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def grow(found: set[str], step: Callable[[set[str]], set[str]]) -> None:
    """Add to a set what a step leads to from it, and from there, until nothing is new."""
    frontier = set(found)
    while frontier:
        frontier = step(frontier) - found
        found |= frontier


class Source:
    """A store that is asked."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def ask(self, sparql: str) -> list[Row]:
        """The rows of a query."""
        return [tuple(row) for row in self.store.query(sparql)]  # type: ignore[union-attr]

    def about(self, pattern: str, iris: Iterable[str], select: str = "?x ?y") -> Iterator[Row]:
        """The distinct rows of a pattern in which `?x` is one of these IRIs."""
        for part in parts(sorted(set(iris) - {""})):
            yield from self._about(pattern, part, select)

    def _about(self, pattern: str, iris: Sequence[str], select: str) -> list[Row]:
        known = " ".join(f"<{iri}>" for iri in iris)
        try:
            return self.ask(f"SELECT DISTINCT {select} WHERE {{ VALUES ?x {{ {known} }} {pattern} }}")
        except StoreError:
            # A server may cut long answers off: half of it is asked for, as long as there are halves.
            if len(iris) == 1:
                raise
            middle = len(iris) // 2
            return self._about(pattern, iris[:middle], select) + self._about(pattern, iris[middle:], select)

    def graphs(self, iris: Iterable[str]) -> Iterator[Quad]:
        """All quads of some graphs."""
        for iri in iris:
            yield from self.store.graph(iri)

    def evidence(self, iris: Iterable[str], predicates: Iterable[str] = ()) -> Iterator[Quad]:
        """What evidence says of some subjects, or what it says of them with these predicates."""
        known = " ".join(f"<{predicate}>" for predicate in predicates)
        only = f"VALUES ?p {{ {known} }} " if known else ""
        for s, p, o, g in self.about(f"{only}GRAPH ?g {{ ?x ?p ?o }}", iris, "?x ?p ?o ?g"):
            if g not in SETTLED_GRAPHS:
                yield Quad(s, p, o, g)  # type: ignore[arg-type]

    def digests(self) -> dict[str, int]:
        """The graphs of evidence, each with its digest."""
        rows = self.rows("?g ?d", "GRAPH ?g { ?g ag:evidenceDigest ?d }")
        return {words(graph): int(words(value), 16) for graph, value in rows}

    def rows(self, names: str, pattern: str) -> Iterator[Row]:
        """All distinct rows of a pattern; from a server that cuts long answers off, page by page."""
        asked = f"SELECT DISTINCT {names} WHERE {{ {pattern} }}"
        try:
            yield from self.ask(asked)
        except StoreError:
            for offset in range(0, 1 << 40, _PAGE):
                rows = self.ask(f"{asked} ORDER BY {names} LIMIT {_PAGE} OFFSET {offset}")
                yield from rows
                if len(rows) < _PAGE:
                    return

    def settled_for(self) -> set[str]:
        """The digests of the evidence from which the settled graphs were computed: one, unless stores were mixed."""
        return {words(value) for (value,) in self.ask(f"SELECT ?d WHERE {{ {DATASET} ag:settledFor ?d }}")}
