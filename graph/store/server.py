"""A SPARQL 1.1 server, asked by its address. What is asked of it is the standard alone.

The union of all graphs is the server's default graph where that is the union already; otherwise its graphs are listed
and named with each query.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

import pyoxigraph
from pyoxigraph import (
    Literal,
    QueryResultsFormat,
    RdfFormat,
    Triple,
)

from ..base import lexer
from ..base.errors import StoreError
from ..base.terms import PREFIXES
from . import virtuoso
from .http import Answered, Line
from .interface import Answer, Solutions

_NOT_ITS_OWN = f"FILTER(STR(?g) NOT IN ({', '.join(map(str, map(Literal, virtuoso.SYSTEM)))}))"

#: What we can read of results; what is first is preferred.
_TABLE = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
TRIPLES = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
#: How many times as fine a graph is asked for when the server cuts its answers: whole, in 16 parts, in 256.
FINENESS = (0, 1, 2)
#: Graphs that Virtuoso, which has some of its own, is named with a query; more of them take it too long.
_NAMED = 500


class CutError(StoreError):
    """The server says itself that its answer is incomplete."""


class Server:
    """A SPARQL 1.1 server and what it is known to be. It is asked for its graphs once; `forget` has it asked again."""

    def __init__(self, address: str, timeout: float) -> None:
        """`address` may hold user and password; so may the environment, see `line.Line`."""
        self.line = Line(address, timeout)
        self.url = self.line.url
        self._graphs: list[tuple[str, int]] | None = None
        self._union: bool | None = None
        self._virtuoso: bool | None = None

    def close(self) -> None:
        """See `interface.Store`."""
        self.line.close()

    # --- asking

    def query(
        self,
        sparql: str,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        *,
        prefixes: Mapping[str, str] = PREFIXES,
    ) -> Answer:
        """See `interface.Store`."""
        dataset = {"default-graph-uri": list(default_graphs), "named-graph-uri": list(named_graphs)}
        if not default_graphs and not named_graphs and not lexer.names_dataset(sparql):
            everything = self.everything()
            dataset = {"default-graph-uri": everything, "named-graph-uri": everything}
        return self.ask(declared(sparql, prefixes), dataset)

    def everything(self) -> list[str]:
        """The graphs to be named so that all are read; none when that is so already."""
        if self.is_union and not self.is_virtuoso:
            return []
        names = [iri for iri, _ in self.graphs()]
        return names if not self.is_union or len(names) <= _NAMED else []

    def ask(self, sparql: str, dataset: Mapping[str, list[str]] | None = None) -> Answer:
        """Ask exactly this, of the server's own default graph unless a dataset is named."""
        self._learn()
        accept = TRIPLES if lexer.first_word(sparql) in ("CONSTRUCT", "DESCRIBE") else _TABLE
        return self._parsed(self.line.post(self.url, {"query": sparql, **(dataset or {})}, accept))

    def _parsed(self, answered: Answered) -> Answer:
        try:
            return self._read(answered)
        except (SyntaxError, OSError, RuntimeError, ValueError, MemoryError) as error:
            answered.close()
            reason = " ".join(str(error).split())[:200]
            raise StoreError(f"{self.url}: its answer cannot be read ({reason}). Check the address.") from error

    def _read(self, answered: Answered) -> Answer:
        if cut := answered.headers.get("x-sparql-maxrows"):
            answered.close()
            raise CutError(f"{self.url}: cut off its answer after {cut} rows. Ask for less, or raise its limit.")
        if "x-sql-state" in answered.headers:
            answered.close()
            raise CutError(f"{self.url}: ran out of time and returned part of the answer only. Ask for less.")
        if form := _RESULTS.get(answered.type):
            parsed = pyoxigraph.parse_query_results(answered.body, form)
            if isinstance(parsed, pyoxigraph.QueryBoolean):
                answered.everything()  # which lets go of the connection
                return bool(parsed)
            names = tuple(variable.value for variable in parsed.variables)
            if names == ("__ASK_RETVAL",):
                return len(list(parsed)) > 0  # so Virtuoso 7 answers ASK
            return Solutions(names, parsed)
        if shape := GRAPHS.get(answered.type):
            return _triples(answered, shape)
        answered.close()
        kind = answered.type or "no type"
        raise StoreError(f"{self.url}: answered with {kind}, not with SPARQL results. Check the address.")

    def _rows(self, sparql: str) -> Iterator[list[str]]:
        """The same, as text."""
        try:
            for row in self.solutions(sparql):
                yield [term.value if hasattr(term, "value") else str(term) for term in row]
        except SyntaxError as error:
            raise StoreError(f"{self.url}: its answer is incomplete. Check the address.") from error

    def solutions(self, sparql: str) -> Solutions:
        """The rows of a query of our own."""
        answer = self.ask(sparql)
        if not isinstance(answer, Solutions):
            raise StoreError(f"{self.url}: answered a SELECT with something else. Check the address.")
        return answer

    def _number(self, sparql: str) -> int:
        try:
            [[number]] = self._rows(sparql)
            return int(number)
        except ValueError as error:
            raise StoreError(f"{self.url}: cannot count what it holds. Check the address.") from error

    # --- what kind of server it is

    @property
    def is_virtuoso(self) -> bool:
        """Whether it is Virtuoso, which needs to be asked a little differently."""
        return self._learn()

    def _learn(self) -> bool:
        if self._virtuoso is None:
            answered = self.line.post(self.url, {"query": "ASK {}"}, _TABLE)
            body = answered.everything()
            # A proxy may hide what the server is, not how it answers.
            self._virtuoso = answered.headers.get("server", "").startswith("Virtuoso") or b"__ASK_RETVAL" in body
            self.line.table = virtuoso.MENDED if self._virtuoso else {}
        return self._virtuoso

    @property
    def is_union(self) -> bool:
        """Whether its default graph is the union of its graphs."""
        if self._union is None:
            some = "{ SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } LIMIT 100 }"
            self._union = not self._yes(f"ASK {{ {some} FILTER NOT EXISTS {{ ?s ?p ?o }} }}")
            if not self._union and self._yes("ASK { ?s ?p ?o }"):
                raise StoreError(
                    f"{self.url}: holds statements with a graph and statements without one, which no standard query "
                    "reads together. Let its default graph be the union of its graphs."
                )
        return self._union

    def _yes(self, sparql: str) -> bool:
        answer = self.ask(sparql)
        if not isinstance(answer, bool):
            raise StoreError(f"{self.url}: answered ASK with something else. Check the address.")
        return answer

    def graphs(self) -> list[tuple[str, int]]:
        """Its graphs, without those that the server keeps for itself, and how many triples are in each."""
        if self._graphs is None:
            self._graphs = self._listed()
        return self._graphs

    def forget(self) -> None:
        """What it holds has changed."""
        self._graphs = self._union = None

    def _listed(self) -> list[tuple[str, int]]:
        pattern = f"GRAPH ?g {{ ?s ?p ?o }} {_NOT_ITS_OWN if self.is_virtuoso else ''}"
        expected = self._number(f"SELECT (COUNT(DISTINCT ?g) AS ?n) {{ {pattern} }}")
        found: list[tuple[str, int]] = []
        for digits in FINENESS:
            with suppress(CutError):
                found = [
                    (iri, int(number))
                    for part in parts("?g", digits)
                    for iri, number in self._rows(f"SELECT ?g (COUNT(*) AS ?n) {{ {pattern} {part} }} GROUP BY ?g")
                ]
            if len(found) == expected:
                return sorted(found)
        raise StoreError(f"{self.url}: names {len(found)} of its {expected} graphs. Raise its limit of rows.")

    def count(self) -> int:
        """See `interface.Store`."""
        self.forget()
        return sum(number for _, number in self.graphs()) + self.without_graph()

    def without_graph(self) -> int:
        """How many triples have no graph, on a server that has no others."""
        if self.graphs() or self.is_virtuoso:
            return 0
        return self._number("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")


def declared(sparql: str, prefixes: Mapping[str, str]) -> str:
    """A query that declares the prefixes it uses."""
    blank = lexer.bare(sparql)
    used = dict.fromkeys(re.findall(r"(?<![\w?$@:.-])([A-Za-z][\w-]*):", blank))
    own = set(re.findall(r"PREFIX\s+([^\s:]*):", blank, re.IGNORECASE))
    lines = [f"PREFIX {name}: <{prefixes[name]}>" for name in used if name in prefixes and name not in own]
    return "\n".join([*lines, sparql])


def parts(variable: str, digits: int) -> Iterator[str]:
    """Filters that share the values of a variable out, by the first digits of a digest of each."""
    if not digits:
        yield ""
        return
    for start in itertools.product("0123456789abcdef", repeat=digits):
        yield f'FILTER(STRSTARTS(MD5(STR({variable})), "{"".join(start)}"))'


def _triples(answered: Answered, form: RdfFormat) -> list[Triple]:
    """The triples of an answer, each once."""
    return list(dict.fromkeys(quad.triple for quad in pyoxigraph.parse(answered.body, form)))
