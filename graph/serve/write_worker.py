"""One write to a store folder, in a process of its own: `python -m graph.serve.write_worker`.

In, on standard input: a line of JSON, then the bytes of the update or the graph. Out: one line of JSON. The process may
be ended at any moment; the store then is as it was.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from ..base import lexer
from ..base.errors import StoreError
from ..store.files import check, read
from ..store.folder import Editions
from ..store.oxigraph import fill
from .worker import keep_offline

FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "text/n3": RdfFormat.N3,
    "text/plain": RdfFormat.N_TRIPLES,
}


class NoGraphError(Exception):
    """The graph to be removed is not there."""


class LoadError(Exception):
    """A file that was named at start cannot be read."""


def update(store: Store, text: str, base: str | None) -> None:
    """Do an update. Whoever writes an edition gives it up when this raises, so that it is whole or not at all."""
    if not lexer.loads(text):
        run(store, text, base)
        return
    for step in lexer.steps(text):
        if isinstance(step, str):
            run(store, step, base)
        else:
            load(store, step)


def load(store: Store, step: lexer.Load) -> None:
    """A file into a graph. Which files may be read was looked at before."""
    path = Path(url2pathname(urlsplit(step.source).path))
    try:
        check([path], step.graph)
        fill(store, read([path], step.graph))
    except StoreError as error:
        if not step.silent:
            raise LoadError(str(error)) from error


def run(store: Store, text: str, base: str | None) -> None:
    """Operations without LOAD."""
    try:
        store.update(text, base_iri=base)
    except RuntimeError:
        # Oxigraph refuses to clear a graph that is not there. Tried as it is first, so that errors have their places.
        cleared = lexer.clearing(text)
        if cleared == text:
            raise
        store.update(cleared, base_iri=base)


def write(store: Store, told: dict[str, Any], body: bytes) -> bool:
    """Do what was told; whether a graph was made."""
    if told["what"] == "update":
        update(store, body.decode(), told["base"])
        return False
    name = NamedNode(told["graph"]) if told["graph"] else DefaultGraph()
    there = isinstance(name, DefaultGraph) or store.contains_named_graph(name)
    if told["what"] == "DELETE":
        if not there:
            raise NoGraphError
        if isinstance(name, DefaultGraph):
            store.clear_graph(name)
        else:
            store.remove_graph(name)
        return False
    if told["what"] == "PUT" and there:
        store.clear_graph(name)
    if isinstance(name, NamedNode):
        store.add_graph(name)
    store.load(body, format=FORMATS[told["type"]], base_iri=told["base"], to_graph=name)
    return not there


def main() -> None:
    told = json.loads(sys.stdin.buffer.readline())
    body = sys.stdin.buffer.read()
    limit = told["memory"] << 20
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    if told["offline"]:
        keep_offline()
    try:
        with Editions(told["path"]).writing(keep=True, command="actorgraph serve --writable") as store:
            answer: dict[str, Any] = {"made": write(store, told, body)}
    except NoGraphError:
        answer = {"status": 404, "title": "There is no such graph", "detail": told["graph"]}
    except SyntaxError as error:
        answer = {"status": 400, "title": "It cannot be read", "detail": " ".join(str(error).split())}
    except LoadError as error:
        answer = {"status": 400, "title": "The file cannot be loaded", "detail": str(error)}
    except StoreError as error:
        answer = {"status": 503, "title": "The store cannot be written now", "detail": str(error)}
    except (OSError, RuntimeError, ValueError) as error:
        answer = {"status": 400, "title": "It cannot be done", "detail": " ".join(str(error).split())}
    except MemoryError:
        answer = {"status": 413, "title": "It needs too much memory", "detail": ""}
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
