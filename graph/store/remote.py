"""A store on a SPARQL 1.1 server, by its address. What is asked of it is the standard alone.

The union of all graphs is the server's default graph where that is the union already; otherwise its graphs are listed
and named with each query. A server may know no place for quads without a graph, and no standard query reads such quads
together with named graphs: here they are kept in the graph `UNNAMED`, and `dump` puts them back.
"""

from __future__ import annotations

import itertools
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat

from .. import lexer
from ..errors import QueryError, StoreError
from ..terms import ID, PREFIXES
from . import rdf, virtuoso
from .change import Change
from .interface import Answer
from .line import Answered, Line

#: Where quads without a graph are kept.
UNNAMED = f"{ID}graph/default"

_OURS = f"FILTER(?g NOT IN ({', '.join(f'<{iri}>' for iri in virtuoso.SYSTEM)}))"

#: What we can read of results; what is first is preferred.
_TABLE = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
_TRIPLES = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
_GRAPHS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
#: What servers say of a request that is too long for them: the last three are Virtuoso's.
_TOO_LONG = re.compile(r"too much at once|exceeded \d+ lines|memory exhausted|Query too large")
#: How many times as fine a graph is asked for when the server cuts its answers: whole, in 16 parts, in 256.
_FINENESS = (0, 1, 2)


class Remote:
    """A store on a SPARQL 1.1 server."""

    def __init__(
        self, query_url: str, update_url: str | None = None, *, may_remove: bool = False, timeout: float = 300.0
    ) -> None:
        """`query_url` may hold user and password; so may the environment, see `http.Line`.

        `update_url`: where updates go; left out, it follows from `query_url` as servers usually have it.
        `may_remove`: whether `replace` may remove graphs that the new content does not have.
        """
        self._line = Line(query_url, timeout)
        self.url = self._line.url
        self._update_url = update_url
        self.may_remove = may_remove
        #: How many requests the last change took. More than one: others may have seen a part of it.
        self.requests = 0
        self._union: bool | None = None
        self._virtuoso: bool | None = None

    def close(self) -> None:
        """See `interface.Store`."""
        self._line.close()

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
        if not default_graphs and not named_graphs and not lexer.names_dataset(sparql) and not self.is_union:
            everything = [iri for iri, _ in self.graphs()]
            dataset = {"default-graph-uri": everything, "named-graph-uri": everything}
        return self._ask(declared(sparql, prefixes), dataset)

    def _ask(self, sparql: str, dataset: Mapping[str, list[str]] | None = None) -> Answer:
        self._learn()
        accept = _TRIPLES if lexer.first_word(sparql) in ("CONSTRUCT", "DESCRIBE") else _TABLE
        return self._parsed(self._line.post(self.url, {"query": sparql, **(dataset or {})}, accept))

    def _parsed(self, answered: Answered) -> Answer:
        if cut := answered.headers.get("x-sparql-maxrows"):
            answered.close()
            raise StoreError(f"{self.url}: cut its answer off after {cut} rows. Ask for less, or raise its limit.")
        if form := _RESULTS.get(answered.type):
            parsed = pyoxigraph.parse_query_results(answered.body, form)
            if isinstance(parsed, QuerySolutions) and [v.value for v in parsed.variables] == ["__ASK_RETVAL"]:
                return _boolean(any(True for _ in parsed))  # so Virtuoso 7 answers ASK
            return parsed
        if shape := _GRAPHS.get(answered.type):
            return _triples(answered, shape)
        answered.close()
        kind = answered.type or "no type"
        raise StoreError(f"{self.url}: answered with {kind}, not with SPARQL results. Check the address.")

    def _rows(self, sparql: str) -> Iterator[list[str]]:
        """The rows of a query of our own, as text."""
        for row in self._solutions(sparql):
            yield [term.value if hasattr(term, "value") else str(term) for term in row]

    def _solutions(self, sparql: str) -> QuerySolutions:
        answer = self._ask(sparql)
        if not isinstance(answer, QuerySolutions):
            raise StoreError(f"{self.url}: answered a SELECT with something else. Check the address.")
        return answer

    def _number(self, sparql: str) -> int:
        try:
            return int(next(iter(self._rows(sparql)))[0])
        except (StopIteration, SyntaxError, ValueError) as error:
            raise StoreError(f"{self.url}: cannot count what it holds. Check the address.") from error

    # --- what kind of server it is

    @property
    def is_virtuoso(self) -> bool:
        """Whether it is Virtuoso, which needs to be asked a little differently."""
        return self._learn()

    def _learn(self) -> bool:
        if self._virtuoso is None:
            answered = self._line.post(self.url, {"query": "ASK {}"}, _TABLE)
            body = answered.everything()
            # A proxy may hide what the server is, not how it answers.
            self._virtuoso = answered.headers.get("server", "").startswith("Virtuoso") or b"__ASK_RETVAL" in body
            self._line.table = virtuoso.MENDED if self._virtuoso else {}
        return self._virtuoso

    @property
    def is_union(self) -> bool:
        """Whether its default graph is the union of its graphs. Asked once."""
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
        answer = self._ask(sparql)
        if not isinstance(answer, QueryBoolean):
            raise StoreError(f"{self.url}: answered ASK with something else. Check the address.")
        return bool(answer)

    def graphs(self) -> list[tuple[str, int]]:
        """Its graphs, without those that the server keeps for itself, and how many triples are in each."""
        pattern = f"GRAPH ?g {{ ?s ?p ?o }} {_OURS}"
        expected = self._number(f"SELECT (COUNT(DISTINCT ?g) AS ?n) {{ {pattern} }}")
        found: list[tuple[str, int]] = []
        for digits in _FINENESS:
            found = [
                (iri, int(number))
                for part in _parts("?g", digits)
                for iri, number in self._rows(f"SELECT ?g (COUNT(*) AS ?n) {{ {pattern} {part} }} GROUP BY ?g")
            ]
            if len(found) == expected:
                return sorted(found)
        raise StoreError(f"{self.url}: names {len(found)} of its {expected} graphs. Raise its limit of rows.")

    def count(self) -> int:
        """See `interface.Store`."""
        return sum(number for _, number in self.graphs()) + self._without_graph()

    def _without_graph(self) -> int:
        """Triples without a graph, on a server that has nothing else."""
        return 0 if self.is_union else self._number("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")

    # --- copying

    def dump(self, out: IO[bytes]) -> int:
        """See `interface.Store`. `StoreError` when the server would give less than it counts."""
        total = 0
        for iri, number in self.graphs():
            total += self._dump_graph(out, iri, number)
        return total

    def _dump_graph(self, out: IO[bytes], iri: str, expected: int) -> int:
        graph = DefaultGraph() if iri == UNNAMED else NamedNode(iri)
        got = 0
        for digits in _FINENESS:
            with tempfile.TemporaryFile() as part:
                got = self._copy(part, iri, graph, digits, expected)
                if got == expected:
                    part.seek(0)
                    while piece := part.read(1 << 20):
                        out.write(piece)
                    return got
        raise StoreError(
            f"{self.url}: gives {got} of the {expected} triples of <{iri}>. It cuts its answers off, or was changed "
            "meanwhile: raise its limit of rows, or try again."
        )

    def _copy(self, out: IO[bytes], iri: str, graph: DefaultGraph | NamedNode, digits: int, expected: int) -> int:
        """The triples of a graph as N-Quads; how many came. No two parts share a subject, so that none comes twice."""
        count = 0
        for part in _parts("?s", digits):
            answered = self._line.post(
                self.url,
                {"query": f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} {part} }}"},
                _TRIPLES,
            )
            form = _GRAPHS.get(answered.type)
            if form is None:
                raise StoreError(f"{self.url}: answered with {answered.type}, not with RDF. Check the address.")
            quads: list[Quad] = []
            try:
                # Virtuoso names a blank node alike in every answer, others may not.
                for triple in pyoxigraph.parse(answered.body, form, rename_blank_nodes=not self.is_virtuoso):
                    quads.append(Quad(triple.subject, triple.predicate, triple.object, graph))
                    if len(quads) == 10_000:
                        count += _write(out, quads)
                        quads = []
            except SyntaxError as error:
                raise StoreError(f"{self.url}: its answer cannot be read ({rdf.told(error)}). Try again.") from error
            count += _write(out, quads)
            if count > expected:
                break
        return count

    # --- changing

    def load(
        self,
        files: Sequence[Path],
        *,
        replace: bool = False,
        graph: str | None = None,
        progress: rdf.Progress | None = None,
    ) -> int:
        """See `interface.Store`. What was not one request, and so not whole at once, is told by `requests`."""
        rdf.check(files, graph)
        return self._change(rdf.read(files, graph, progress), replace=replace)

    def replace(self, quads: Iterable[Quad]) -> int:
        """See `interface.Store`. `StoreError` for graphs that this would remove, unless it `may_remove` them."""
        return self._change(quads, replace=True)

    def _change(self, quads: Iterable[Quad], *, replace: bool) -> int:
        """Everything is read before the first request is sent, so that a wrong file changes nothing."""
        there = self.graphs()
        before = 0 if replace else sum(number for _, number in there)
        with Change(quads, UNNAMED, virtuoso.kept if self.is_virtuoso else None) as change:
            dropped: list[str] = []
            if replace:
                self._refuse_removal([iri for iri, _ in there if iri not in change.graphs])
                dropped = [f"DROP SILENT GRAPH <{iri}>" for iri, _ in there]
            self._send(change.requests(dropped))
            after = self.count()
            if after < (change.count if replace else max(before, change.count)):
                raise StoreError(
                    f"{self.url}: holds {after - before} of the {change.count} statements it was sent. It takes "
                    "different values for equal, or another changed it: compare it with a backup."
                )
        return after - before

    def _refuse_removal(self, lost: list[str]) -> None:
        if lost and not self.may_remove:
            raise StoreError(
                f"{self.url}: has {len(lost)} graph{'s' if len(lost) > 1 else ''} that this would remove, first "
                f"<{lost[0]}>. Say --yes if nobody needs them."
            )

    def update(self, sparql: str) -> None:
        """See `interface.Store`."""
        self._send([[declared(sparql, PREFIXES)]])

    def _send(self, requests: Iterable[list[str]]) -> None:
        self.requests = 0
        try:
            for operations in requests:
                self._send_one(operations)
        except (StoreError, QueryError, KeyboardInterrupt) as error:
            if not self.requests and not isinstance(error, KeyboardInterrupt):
                raise
            what = "interrupted" if isinstance(error, KeyboardInterrupt) else f"stopped ({error})"
            raise StoreError(
                f"{self.url}: was {what} after {self.requests} requests, and may hold a part. Do it again."
            ) from error

    def _send_one(self, operations: list[str]) -> None:
        """One request, or several when the server says that it is too long for it, which is before it does anything."""
        try:
            form = {"update": ";\n".join(operations)}
            self._line.post(self._updates(), form, "*/*", changing=True).everything()
            self.requests += 1
        except (StoreError, QueryError) as error:
            if len(operations) < 2 or not _TOO_LONG.search(str(error)):
                raise
            middle = len(operations) // 2
            self._send_one(operations[:middle])
            self._send_one(operations[middle:])

    def _updates(self) -> str:
        if self._update_url is None:
            self._update_url = _update_address(self.url, secret=self._line.has_secret, virtuoso=self.is_virtuoso)
        return self._update_url


def _update_address(url: str, *, secret: bool, virtuoso: bool) -> str:
    """Where a server usually takes updates when it takes queries there."""
    if virtuoso:
        return f"{url}-auth" if secret and url.endswith("/sparql") else url
    if re.search(r"/query/?$", url):  # Oxigraph, Fuseki, Stardog
        return re.sub(r"/query/?$", "/update", url)
    if re.search(r"/repositories/[^/]+/?$", url):  # GraphDB, RDF4J
        return f"{url.rstrip('/')}/statements"
    return url


def declared(sparql: str, prefixes: Mapping[str, str]) -> str:
    """A query that declares the prefixes it uses."""
    blank = lexer.bare(sparql)
    used = dict.fromkeys(re.findall(r"(?<![\w?$@:.-])([A-Za-z][\w-]*):", blank))
    own = set(re.findall(r"PREFIX\s+([^\s:]*):", blank, re.IGNORECASE))
    lines = [f"PREFIX {name}: <{prefixes[name]}>" for name in used if name in prefixes and name not in own]
    return "\n".join([*lines, sparql])


def _parts(variable: str, digits: int) -> Iterator[str]:
    """Filters that share the values of a variable out, by the first digits of a digest of each."""
    if not digits:
        yield ""
        return
    for start in itertools.product("0123456789abcdef", repeat=digits):
        yield f'FILTER(STRSTARTS(MD5(STR({variable})), "{"".join(start)}"))'


def _write(out: IO[bytes], quads: list[Quad]) -> int:
    pyoxigraph.serialize(quads, out, format=RdfFormat.N_QUADS)
    return len(quads)


def _boolean(value: bool) -> QueryBoolean:
    text = f'{{"head":{{}},"boolean":{str(value).lower()}}}'
    parsed = pyoxigraph.parse_query_results(text.encode(), QueryResultsFormat.JSON)
    assert isinstance(parsed, QueryBoolean)
    return parsed


def _triples(answered: Answered, form: RdfFormat) -> Answer:
    """Parsed triples as the answer to a CONSTRUCT, as Oxigraph would give them."""
    store = pyoxigraph.Store()
    store.bulk_extend(pyoxigraph.parse(answered.body, form))
    return store.query("CONSTRUCT WHERE { ?s ?p ?o }")
