"""A SPARQL 1.1 server that does what the standard says and nothing beside: its default graph is no union."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat, Store


class Strict(ThreadingHTTPServer):
    """The server, its `store`, and what it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.store = Store()
        self.asked: list[dict[str, list[str]]] = []
        self.headers: list[dict[str, str]] = []
        #: Path → status, headers and body that it answers with instead.
        self.instead: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Strict

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - so it is called
        pass

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True)
        self.server.asked.append(form)
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        if self.path in self.server.instead:
            status, headers, body = self.server.instead[self.path]
            self._send(status, headers, body)
            return
        try:
            if "update" in form:
                self.server.store.update(form["update"][0])
                self._send(204, {}, b"")
            else:
                self._answer(form)
        except (SyntaxError, ValueError) as error:
            self._send(400, {"Content-Type": "text/plain"}, str(error).encode())

    def _answer(self, form: dict[str, list[str]]) -> None:
        default = [NamedNode(iri) for iri in form.get("default-graph-uri", [])]
        named = [NamedNode(iri) for iri in form.get("named-graph-uri", [])]
        dataset: dict[str, Any] = {"default_graph": default, "named_graphs": named} if default or named else {}
        answer = self.server.store.query(form["query"][0], **dataset)
        if isinstance(answer, QueryTriples):
            body = answer.serialize(format=RdfFormat.N_TRIPLES)
            self._send(200, {"Content-Type": "application/n-triples"}, body or b"")
        else:
            form_ = "application/sparql-results+json"
            body = answer.serialize(format=QueryResultsFormat.JSON)
            assert body is not None
            assert isinstance(answer, QueryBoolean) or "results" in json.loads(body)
            self._send(200, {"Content-Type": form_}, body)

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        if int(headers.get("Content-Length", len(body))) > len(body):
            self.close_connection = True


@contextmanager
def running() -> Iterator[Strict]:
    """The server on a free port."""
    server = Strict()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
