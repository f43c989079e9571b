"""One write to a store folder, in a process of its own.

In, on standard input: a line of JSON, then the bytes of the update or the graph. Out: one line of JSON. The process may
be ended at any moment; the store then is as it was.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from ..base import lexer, syntax
from ..base.errors import StoreError
from ..ingest import settle
from ..store import Memory
from ..store.files import PROLOGUE, check, read, refuse_entities
from ..store.folder import Editions
from ..store.oxigraph import fill
from .system import limit_data
from .worker import stay_within

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


class RefusedError(Exception):
    """An update that is not done: status, title and detail."""

    def __init__(self, status: int, title: str, detail: str, line: int = 0, column: int = 0) -> None:
        super().__init__(title)
        self.told = {"status": status, "title": title, "detail": detail, "line": line, "column": column}


def judged(text: str, told: dict[str, Any]) -> str:
    """The text of an update with the dataset that the request names. `RefusedError` for what it may not do."""
    if (at := lexer.said(text).unclosed) >= 0:
        line, column, what = syntax.unclosed(text, at)
        raise RefusedError(400, "The update cannot be read", what[:1].upper() + what[1:], line, column)
    if not set(lexer.services(text)) <= set(told["allow_service"]):
        raise RefusedError(403, "SERVICE is not allowed", "This service asks no other server. Leave SERVICE out.")
    for step in lexer.steps(text) if lexer.loads(text) else ():
        if lexer.loads(step) if isinstance(step, str) else step.source not in told["allow_load"]:
            detail = "Only files named at start are loaded, as <file:///…>. Send others to the graph store."
            raise RefusedError(403, "LOAD is not allowed", detail)
    if not told["default"] and not told["named"]:
        return text
    rewritten = lexer.with_dataset(text, told["default"], told["named"])
    if rewritten is None:
        detail = "The update names its own by USING or WITH; leave the parameters out."
        raise RefusedError(400, "Two datasets", detail)
    return rewritten


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
            raise RefusedError(400, "The file cannot be loaded", str(error)) from error


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
    """Change one graph as told; whether it was made."""
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
    if FORMATS[told["type"]] == RdfFormat.RDF_XML:
        refuse_entities(body[:PROLOGUE])
    store.load(body, format=FORMATS[told["type"]], base_iri=told["base"], to_graph=name)
    return not there


def main() -> None:
    told = json.loads(sys.stdin.buffer.readline())
    body = sys.stdin.buffer.read()
    limit_data(told["memory"] << 20)
    stay_within(told["allow_service"])
    sys.stdout.write(json.dumps(done(told, body)) + "\n")


def done(told: dict[str, Any], body: bytes) -> dict[str, Any]:
    """Do the write; what came of it."""
    text = body.decode() if told["what"] == "update" else ""
    try:
        allowed = judged(text, told) if text else ""
        with Editions(told["path"]).writing(keep=True, command="actorgraph serve --writable") as store:
            made = False
            if told["what"] == "update":
                update(store, allowed, told["base"])
            else:
                made = write(store, told, body)
            # A graph of evidence that came or went changes what follows from all of them.
            settle(Memory(store))
            return {"made": made}
    except NoGraphError:
        return {"status": 404, "title": "There is no such graph", "detail": told["graph"]}
    except RefusedError as refused:
        return refused.told
    except SyntaxError as error:
        said = " ".join(str(error).split())
        line, column, what = syntax.explained(text, said)
        title = "The query cannot be read" if line else "It cannot be read"
        return {"status": 400, "title": title, "detail": what[:1].upper() + what[1:], "line": line, "column": column}
    except StoreError as error:
        # Where the store is concerns nobody who asks over a network.
        detail = str(error).replace(f"{told['path']}: ", "The store ", 1)
        return {"status": 503, "title": "The store cannot be written now", "detail": detail}
    except (OSError, RuntimeError, ValueError) as error:
        return {"status": 400, "title": "It cannot be done", "detail": " ".join(str(error).split())}
    except MemoryError:
        return {"status": 413, "title": "It needs too much memory", "detail": ""}
