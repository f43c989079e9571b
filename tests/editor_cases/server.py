"""A small server for the tests of the editor: its pages, and SPARQL over memory; it can be told to behave badly."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from processes import PATIENCE
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Store

from graph.query.sparql import explained
from graph.serve import describe, editor

_RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
_TRIPLES = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}


class EditorServer(ThreadingHTTPServer):
    """`asked` holds every query that came; `behaviour` makes the next answers slow, broken or large."""

    daemon_threads = True

    def __init__(self, store: Store) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.store = store
        self.asked: list[tuple[str, str]] = []
        self.behaviour = ""
        self.left = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves is nothing to tell."""


class _Handler(BaseHTTPRequestHandler):
    server: EditorServer

    def log_message(self, *_: Any) -> None:
        """Tests read what they need from `asked`."""

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        given = {key: values[0] for key, values in parse_qs(where.query).items()}
        language = given.get("lang", "en")
        if where.path == "/sparql":
            self._send(editor.editor_page(language))
        elif where.path == "/queries":
            self._send(editor.queries_page(language))
        elif where.path == "/queries.json":
            self._send(editor.queries_json(), "application/json")
        elif where.path == "/ontology":
            self._send(editor.vocabulary_page(language))
        elif where.path == "/describe":
            self._describe(given["iri"], language)
        elif where.path == "/":
            self._send("<!doctype html><html lang=en><title>drawing</title><h1>drawing</h1>")
        else:
            self._send("not here", "text/plain", 404)

    def _describe(self, iri: str, language: str) -> None:
        query = describe.describe_query(iri, describe.PAGE_MOST)
        answer = self.server.store.query(query, use_default_graph_as_union=True)
        triples = describe.read_triples(answer.serialize(format=RdfFormat.N_TRIPLES))  # type: ignore[union-attr]
        if triples:
            self._send(describe.description_page(iri, triples, language))
        else:
            self._send(describe.unknown_page(iri, language), status=404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        query, accept = parse_qs(body)["query"][0], self.headers["Accept"]
        self.server.asked.append((query, accept))
        if self.server.behaviour == "slow":
            self._wait()
            return
        if self.server.behaviour == "broken":
            self._broken(accept)
            return
        if self.server.behaviour == "busy":
            self.server.behaviour = ""
            problem = {"title": "Too busy", "detail": "All workers are taken.", "status": 503}
            self._send(json.dumps(problem), "application/problem+json", 503, {"Retry-After": "7"})
            return
        try:
            answer = self.server.store.query(query, use_default_graph_as_union=True)
            if isinstance(answer, QuerySolutions | QueryBoolean):
                data = answer.serialize(format=_RESULTS[accept])
            else:
                data = answer.serialize(format=_TRIPLES[accept])
        except (SyntaxError, ValueError, OSError) as error:
            self._refuse(query, str(error))
            return
        assert data is not None
        self._send(data, accept)

    def _refuse(self, query: str, words: str) -> None:
        line, column, detail = explained(query, words)
        problem: dict[str, Any] = {"title": "The query cannot be read", "status": 400, "detail": detail}
        if line:
            problem |= {"line": line, "column": column}
        self._send(json.dumps(problem), "application/problem+json", 400)

    def _wait(self) -> None:
        """Sends nothing until the browser leaves."""
        self.connection.settimeout(PATIENCE)
        with contextlib.suppress(TimeoutError):
            try:
                left = self.connection.recv(1) == b""
            except ConnectionError:
                left = True
            if left:
                self.server.left.set()

    def _broken(self, accept: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", accept)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b'{"head":{"vars":["x"]},"results":{"bindings":[')
        self.wfile.flush()
        self.connection.close()

    def _send(
        self, data: str | bytes, kind: str = "text/html; charset=utf-8", status: int = 200, more: Any = None
    ) -> None:
        body = data.encode() if isinstance(data, str) else data
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)


@contextlib.contextmanager
def serving(store: Store) -> Iterator[EditorServer]:
    """The server on a free port of this machine, for as long as the block runs."""
    server = EditorServer(store)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
