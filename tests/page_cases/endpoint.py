"""A SPARQL server in the test's own process: only what the page needs of one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store


@contextmanager
def answering(store: Store, pages: dict[str, str] | None = None) -> Iterator[str]:
    """The address of a server over a store, which also answers `pages` (path → HTML)."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            html = (pages or {}).get(self.path.partition("?")[0])
            self._answer(404 if html is None else 200, (html or "").encode(), "text/html; charset=utf-8")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            try:
                found: Any = store.query(parse_qs(body)["query"][0], use_default_graph_as_union=True)
                if isinstance(found, QueryTriples):
                    self._answer(200, found.serialize(format=RdfFormat.N_TRIPLES), "application/n-triples")
                else:
                    json = found.serialize(format=QueryResultsFormat.JSON)
                    self._answer(200, json, "application/sparql-results+json")
            except SyntaxError as error:
                self._answer(400, str(error).encode(), "text/plain")

        def _answer(self, status: int, body: bytes, type_: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", type_)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
