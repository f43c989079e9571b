"""A process that evaluates queries, one at a time, for the web process that started it.

    python worker.py SETTINGS          (a JSON object: see `Settings`)

It speaks over the socket that is its standard input. A frame is a letter, four bytes of length, and that many bytes.
In: `Q`, a question as JSON. Out: `R` once, when the store is open; then for each question `H`, the head of the answer
as JSON, `D`, pieces of its body, and `E`, its end with counts; or `X`, an error as JSON, which after a head means that
the answer is cut off.

It is a file of its own that imports nothing of the package, for it is started anew whenever a query had to be ended:
what it imports is what the next reader waits for. It opens the store read-only, may take no more memory than it is
told, and opens no network connection, whatever a query asks for.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import platform
import resource
import signal
import socket
import struct
import sys
from typing import Any

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

FRAME = struct.Struct("!cI")
CHUNK = 1 << 16
#: A worker that has grown by so much asks to be replaced, so that memory comes back.
GROWN = 256 << 20
#: The first piece is small, so that whoever asked sees soon that an answer comes.
FIRST = 1 << 12
#: With a limit of rows it is held back for longer, so that an answer a little too long is a clear status.
FIRST_LIMITED = 1 << 20

TABLES = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPHS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
}
#: Formats in which names may be written short.
SHORTENED = ("turtle", "trig", "rdfxml")
KINDS = {QuerySolutions: "table", QueryBoolean: "boolean", QueryTriples: "graph"}
#: What one row more looks like in each format, and what only looks so: in JSON a text that ends in `},{`.
ROWS = {"json": (b'},{"', (b'},{"}', b'},{",')), "xml": (b"<result>", ()), "csv": (b"\r\n", ()), "tsv": (b"\n", ())}


class RowLimit(Exception):  # noqa: N818 - an end, not an error
    """More rows than may be."""


class Tally:
    """How often a pattern occurs in what comes in pieces."""

    def __init__(self, pattern: bytes) -> None:
        self.pattern = pattern
        self.count = 0
        self.carry = b""

    def add(self, piece: bytes) -> None:
        seen = self.carry + piece
        self.count += seen.count(self.pattern)
        self.carry = seen[1 - len(self.pattern) :] if len(self.pattern) > 1 else b""


class Out(io.BytesIO):
    """Where Oxigraph writes an answer: it goes off in frames, the head before the first of them."""

    def __init__(self, line: socket.socket, head: dict[str, Any], limit: int) -> None:
        super().__init__()
        self.line, self.head, self.limit = line, head, limit
        self.pieces = bytearray()
        self.first = FIRST_LIMITED if limit else FIRST
        self.begun = False
        self.bytes = 0
        row, alike = ROWS.get(head["format"], (b"", ())) if head["kind"] == "table" else (b"", ())
        self.tally = Tally(row) if row else None
        self.alike = [Tally(pattern) for pattern in alike]
        self.some = False

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self.pieces += data
        if len(self.pieces) >= (CHUNK if self.begun else self.first):
            self.send()
        return len(data)

    def send(self) -> None:
        piece = bytes(self.pieces)
        self.pieces.clear()
        if self.tally:
            self.tally.add(piece)
            for tally in self.alike:
                tally.add(piece)
            self.some = self.some or (not self.begun and b'"bindings":[{' in piece)
            if self.limit and self.rows() > self.limit:
                raise RowLimit
        if not self.begun:
            self.begun = True
            send(self.line, b"H", json.dumps(self.head).encode())
        if piece:
            self.bytes += len(piece)
            send(self.line, b"D", piece)

    def rows(self) -> int:
        """Rows written so far, told from the bytes: no row becomes a Python object for it.

        In CSV a line break inside a text counts, too.
        """
        if self.tally is None:
            return 0
        form = self.head["format"]
        if form == "json":
            return self.tally.count - sum(tally.count for tally in self.alike) + self.some
        # The names of the columns are a line; its last line break CSV and TSV write as well.
        return self.tally.count - (form in ("csv", "tsv"))


def send(line: socket.socket, letter: bytes, body: bytes) -> None:
    line.sendall(FRAME.pack(letter, len(body)) + body)


def received(line: socket.socket) -> bytes | None:
    """The next question; None when the web process is gone."""
    head = _exactly(line, FRAME.size)
    return None if head is None else _exactly(line, FRAME.unpack(head)[1])


def _exactly(line: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = line.recv(size - len(parts))
        if not part:
            return None
        parts += part
    return bytes(parts)


# --- answering


def answer(store: Store, question: dict[str, Any], line: socket.socket, union: bool) -> None:
    """One question to one answer, or one error."""
    results = store.query(question["query"], base_iri=question.get("base"), **dataset(question, union))
    kind = KINDS[type(results)]
    form = question["graph" if kind == "graph" else "table"]
    if form is None:
        fail(line, "unacceptable", kind)
        return
    out = Out(line, {"kind": kind, "format": form}, question.get("rows", 0))
    if isinstance(results, QueryTriples):
        short = shortened(question, form)
        if short:
            serialize(results, out, format=GRAPHS[form], prefixes=short)
        else:
            results.serialize(out, format=GRAPHS[form])
    else:
        results.serialize(out, format=TABLES[form])
    end(line, out)


def shortened(question: dict[str, Any], form: str) -> dict[str, str]:
    """The prefixes to write an answer with: those of the question that stand for an IRI."""
    found = {}
    for name, iri in question.get("prefixes", {}).items() if form in SHORTENED else ():
        try:
            found[name] = NamedNode(iri).value
        except ValueError:
            continue
    return found


def end(line: socket.socket, out: Out) -> None:
    """The end of an answer: what was written, and whether this process had better be replaced."""
    out.send()
    told = {"rows": out.rows(), "bytes": out.bytes, "retire": taken(1) > GROWN}
    send(line, b"E", json.dumps(told).encode())


def dataset(question: dict[str, Any], union: bool) -> dict[str, Any]:
    """What the query reads: the graphs that the request names, else those it names itself, else everything."""
    if question.get("union"):
        return {"use_default_graph_as_union": True}
    default, named = question.get("default", []), question.get("named", [])
    if default or named:
        return {"default_graph": [graph(iri) for iri in default], "named_graphs": [NamedNode(iri) for iri in named]}
    return {} if question.get("from") or not union else {"use_default_graph_as_union": True}


def graph(iri: str) -> NamedNode | DefaultGraph:
    return NamedNode(iri) if iri else DefaultGraph()


def dump(store: Store, question: dict[str, Any], line: socket.socket) -> None:
    """One graph as it is, for the Graph Store Protocol."""
    name = graph(question["dump"])
    if isinstance(name, NamedNode) and not store.contains_named_graph(name):
        fail(line, "nograph", question["dump"])
        return
    out = Out(line, {"kind": "graph", "format": question["graph"]}, 0)
    form = question["graph"]
    store.dump(out, format=GRAPHS[form], from_graph=name, prefixes=shortened(question, form) or None)
    end(line, out)


def fail(line: socket.socket, what: str, detail: str) -> None:
    send(line, b"X", json.dumps({"what": what, "detail": detail}).encode())


def serve(store: Store, line: socket.socket, union: bool) -> None:
    """Answers until the web process is gone."""
    while (body := received(line)) is not None:
        question = json.loads(body)
        try:
            if "dump" in question:
                dump(store, question, line)
            else:
                answer(store, question, line, union)
        except SyntaxError as error:
            fail(line, "syntax", str(error))
        except RowLimit:
            fail(line, "rows", "")
        except MemoryError:
            fail(line, "memory", "")
        except (OSError, RuntimeError, ValueError) as error:
            fail(line, "failed", str(error))


# --- what a worker may not


def keep_offline() -> None:
    """No socket can be opened from here on, by a filter of the kernel that cannot be taken off again (Linux).

    A query that asks another server is refused before it comes here; this is the second wall.
    """
    numbers = {"x86_64": (0xC000003E, 41, 42), "aarch64": (0xC00000B7, 198, 203)}
    if sys.platform != "linux" or platform.machine() not in numbers:
        return
    machine, socket_, connect = numbers[platform.machine()]

    def step(code: int, yes: int, no: int, value: int) -> bytes:
        return struct.pack("HBBI", code, yes, no, value)

    load, equal, give = 0x20, 0x15, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_RET|K
    program = b"".join((
        step(load, 0, 0, 4),  # of which machine the call is
        step(equal, 0, 4, machine),
        step(load, 0, 0, 0),  # which call it is
        step(equal, 1, 0, socket_),
        step(equal, 0, 1, connect),
        step(give, 0, 0, 0x00050000 | 13),  # SECCOMP_RET_ERRNO, EACCES
        step(give, 0, 0, 0x7FFF0000),  # SECCOMP_RET_ALLOW
    ))  # fmt: skip
    held = ctypes.create_string_buffer(program)

    class Filter(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))

    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    filter_ = Filter(len(program) // 8, ctypes.addressof(held))
    libc.prctl(22, 2, ctypes.byref(filter_), 0, 0)  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER


def taken(column: int) -> int:
    """Memory of this process in bytes: 0 is its address space, 1 what of it is in use."""
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - one import less
        return int(statm.read().split()[column]) * resource.getpagesize()


def limit_memory(more: int) -> None:
    """At most so many bytes beside what the open store takes."""
    now = taken(0)
    resource.setrlimit(resource.RLIMIT_AS, (now + more, now + more))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def is_union(store: Store, wanted: str, otherwise: str) -> bool:
    """Whether a query that names no graph reads all of them.

    When it was not said: yes for data of ours, else as `otherwise` has it or, where that is not said either, when
    something stands in named graphs and nothing outside.
    """
    if wanted:
        return wanted == "union"
    ours = "ASK { ?d a <http://rdfs.org/ns/void#Dataset> ; <https://w3id.org/actorgraph/ns#propositionCount> ?n }"
    if bool(store.query(ours)):
        return True
    if otherwise:
        return otherwise == "union"
    return not bool(store.query("ASK { ?s ?p ?o }")) and bool(store.query("ASK { GRAPH ?g { ?s ?p ?o } }"))


def main() -> None:
    settings = json.loads(sys.argv[1])
    # The web process alone answers a Ctrl-C of the terminal; it ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: when the web process is gone, so is this one
    line = socket.socket(fileno=os.dup(0))
    store = Store.read_only(settings["path"])
    union = is_union(store, settings["union"], settings.get("otherwise", ""))
    if settings["offline"]:
        keep_offline()
    limit_memory(settings["memory"])
    send(line, b"R", json.dumps({"union": union}).encode())
    serve(store, line, union)


if __name__ == "__main__":
    main()
