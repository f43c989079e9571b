"""What a store can do, wherever it is: `Memory`, `Folder` and `Remote` are stores."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, TypeAlias, TypeVar

from pyoxigraph import Quad, QuerySolution, Triple

from ..base.terms import PREFIXES
from .faults import Faults
from .files import Progress


@dataclass(frozen=True, slots=True)
class Solutions:
    """The rows of a SELECT, to be read once: a server's come as they are read."""

    variables: tuple[str, ...]
    rows: Iterable[QuerySolution]

    def __iter__(self) -> Iterator[QuerySolution]:
        return iter(self.rows)


#: Of SELECT, of ASK, and of CONSTRUCT and DESCRIBE.
Answer: TypeAlias = Solutions | bool | Sequence[Triple]

T = TypeVar("T")


def is_address(name: str) -> bool:
    """Whether it names a server."""
    return name.startswith(("http://", "https://"))


class Store(Protocol):
    """Quads that are kept somewhere, to be queried with SPARQL and changed whole or not at all."""

    def query(
        self,
        sparql: str,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        *,
        prefixes: Mapping[str, str] = PREFIXES,
    ) -> Answer:
        """Answer a query over the union of all graphs, or over the graphs that it or the call names, by IRI.

        `prefixes` need no declaration. Raises `SyntaxError` or `QueryError` for a wrong query, `StoreError` when the
        store cannot answer, also while the answer is read.
        """
        ...

    def load(
        self,
        files: Sequence[Path],
        *,
        replace: bool = False,
        graph: str | None = None,
        progress: Progress | None = None,
        faults: Faults | None = None,
    ) -> int:
        """Add RDF files, or `replace` everything by them; `graph` takes their triples. How many quads are new.

        `faults` is told what could not be read; without it, that is refused. `StoreError` names file, line and
        column; the store then is as it was.
        """
        ...

    def replace(self, quads: Iterable[Quad]) -> int:
        """Hold these quads and no others; how many they are."""
        ...

    def change(self, removed: Collection[Quad], added: Collection[Quad]) -> None:
        """Take some quads out and put others in, whole or not at all. No quad has a blank node."""
        ...

    def edit(self, make: Callable[[Store], T], *, keep: bool = True) -> T:
        """Do several things with a store, whole or not at all where the store can; what `make` gives back.

        `make` gets a store that is this one, or empty unless `keep`. Nobody else writes meanwhile.
        """
        ...

    def update(self, sparql: str) -> None:
        """Apply a SPARQL update. `QueryError` when it is wrong."""
        ...

    def graph(self, iri: str) -> Iterator[Quad]:
        """Everything in a named graph; nothing when there is no such graph."""
        ...

    def dump(self, out: IO[bytes]) -> int:
        """Write everything as N-Quads; how many quads."""
        ...

    def count(self) -> int:
        """How many quads it holds."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...
