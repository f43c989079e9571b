"""A process that evaluates queries, one at a time, for the web process that started it (see `process`).

It speaks over its standard input and output. A frame is a letter, four bytes of length, and that many bytes. In: `Q`, a
question as JSON. Out: `R` once, when the store is open, with what holds for it; then for each question `H`, the head of
the answer as JSON, `D`, pieces of its body, and `E`, its end with counts; or all three at once as `A`, for an answer
that is short; or `X`, an error as JSON, which after a head means that the answer is cut off.

It imports little of the package, for it is started anew whenever a query had to be ended: what it imports is what the
next reader waits for. It opens the store read-only, may take no more memory than it is told, and opens no network
connection, whatever a query asks for. It reads the text of the query as well: that costs time, which here has an end.
"""

from __future__ import annotations

import io
import json
import re
import signal
import struct
import sys
import time
from collections.abc import Iterable, Iterator
from typing import IO, Any

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from ..base import lexer, syntax
from ..base.offline import keep_offline, process_control
from ..base.terms import PREFIXES
from .system import limit_memory, taken

FRAME = struct.Struct("!cI")
#: Before the head in an `A`: its length.
HEAD = struct.Struct("!I")
CHUNK = 1 << 16
#: A worker that has grown by so much asks to be replaced, so that memory comes back.
GROWN = 256 << 20
#: Seconds in which none grows by much, and after how many such answers it is looked at all the same.
BRIEF, OFTEN = 0.01, 100
#: The first piece of an answer that takes longer is small, so that whoever asked sees soon that one comes.
FIRST, LONGER = 1 << 12, 0.02
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
#: Formats that are XML, what no XML may hold, and how a predicate has to end to be the name of an element.
XML = ("xml", "rdfxml")
NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
XML_NAME = re.compile(r"[^\W\d][\w.-]*$")
#: Formats in which names may be written short.
SHORTENED = ("turtle", "trig", "rdfxml")
KINDS = {QuerySolutions: "table", QueryBoolean: "boolean", QueryTriples: "graph"}
#: What one row more looks like in each format, and what only looks so: in JSON a text that ends in `},{`.
ROWS = {"json": (b'},{"', (b'},{"}', b'},{",')), "xml": (b"<result>", ()), "csv": (b"\r\n", ()), "tsv": (b"\n", ())}


class RowLimit(Exception):  # noqa: N818 - an end, not an error
    """More rows than may be."""


class Refused(Exception):  # noqa: N818 - it is what is told
    """A question that is not evaluated: what is wrong with it, and a detail."""

    def __init__(self, what: str, **told: Any) -> None:
        super().__init__(what)
        self.told = {"what": what, "detail": "", **told}


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

    def __init__(self, line: Line, head: dict[str, Any], limit: int) -> None:
        super().__init__()
        self.line, self.head, self.limit = line, head, limit
        self.pieces = bytearray()
        self.begun = False
        self.bytes = 0
        row, alike = ROWS.get(head["format"], (b"", ())) if head["kind"] == "table" else (b"", ())
        self.tally = Tally(row) if row else None
        self.alike = [Tally(pattern) for pattern in alike]
        self.some = False

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self.pieces += data if self.head["format"] not in XML else as_xml(bytes(data))
        if self.is_due(len(self.pieces)):
            self.send()
        return len(data)

    def is_due(self, size: int) -> bool:
        """Whether what has come so far is to be sent."""
        if self.limit and not self.begun:
            return size >= FIRST_LIMITED
        return size >= CHUNK or (not self.begun and size >= FIRST and self.line.seconds() > LONGER)

    def send(self) -> None:
        piece = self.piece()
        if not self.begun:
            self.begun = True
            self.line.send(b"H", json.dumps(self.head).encode())
        if piece:
            self.line.send(b"D", piece)

    def end(self) -> None:
        """All has come: send what is left of it, or the whole, and whether this process had better be replaced."""
        rest = self.piece()
        told = {"rows": self.rows(), "bytes": self.bytes, "retire": self.line.has_grown()}
        if self.begun:
            if rest:
                self.line.send(b"D", rest)
            self.line.send(b"E", json.dumps(told).encode())
        else:
            self.line.send_whole(self.head | told, rest)

    def piece(self) -> bytes:
        """What has come and was not sent yet, counted. `RowLimit` when it is too much."""
        piece = bytes(self.pieces)
        self.pieces.clear()
        self.bytes += len(piece)
        if self.tally:
            self.tally.add(piece)
            for tally in self.alike:
                tally.add(piece)
            self.some = self.some or (not self.begun and b'"bindings":[{' in piece)
            if self.limit and self.rows() > self.limit:
                raise RowLimit
        return piece

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


def as_xml(data: bytes) -> bytes:
    """Text of an XML document so that it is read as it is stored. `Refused` for what no XML may hold."""
    if NOT_XML.search(data):
        raise Refused("xml")
    return data.replace(b"\r", b"&#13;")


def named_in_xml(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The same triples. `Refused` for a predicate that RDF/XML has no way to write, as one that ends in a number."""
    for triple in triples:
        if not XML_NAME.search(triple.predicate.value):
            raise Refused("rdfxml", detail=triple.predicate.value[:200])
        yield triple


class Line:
    """The line to the web process."""

    def __init__(self, coming: IO[bytes], going: IO[bytes]) -> None:
        self.coming, self.going = coming, going
        #: When the question came, and how many have come since it was last looked at how much memory is taken.
        self.asked, self.unseen = 0.0, 0

    def send(self, letter: bytes, body: bytes) -> None:
        self.going.write(FRAME.pack(letter, len(body)) + body)
        self.going.flush()

    def send_whole(self, head: dict[str, Any], body: bytes) -> None:
        """An answer at once, with what else is told at its end."""
        told = json.dumps(head).encode()
        self.send(b"A", HEAD.pack(len(told)) + told + body)

    def seconds(self) -> float:
        """How long the question is being answered."""
        return time.monotonic() - self.asked

    def has_grown(self) -> bool:
        """Whether this process had better be replaced, so that memory comes back. Where nothing can have changed much
        it is not looked at each time."""
        self.unseen += 1
        if self.seconds() < BRIEF and self.unseen < OFTEN:
            return False
        self.unseen = 0
        return (taken(1) or 0) > GROWN

    def received(self) -> bytes | None:
        """The next question; None when the web process is gone."""
        head = self.coming.read(FRAME.size)
        if len(head) < FRAME.size:
            return None
        size = FRAME.unpack(head)[1]
        body = self.coming.read(size)
        self.asked = time.monotonic()
        return body if len(body) == size else None


# --- answering


def judge(question: dict[str, Any]) -> dict[str, Any]:
    """What the text says of itself, before anything runs it.

    Raises `Refused` for a text that changes data, asks a server that was not allowed, or does not end.
    """
    text = question["query"]
    said = lexer.said(text)
    if said.unclosed >= 0:
        line, column, detail = syntax.unclosed(text, said.unclosed)
        raise Refused("syntax", detail=detail, line=line, column=column)
    services = lexer.services(text)
    if not set(services) <= set(question["allow"]):
        raise Refused("service")
    if said.first in lexer.UPDATES:
        raise Refused("update", detail=said.first)
    described = said.first == "DESCRIBE"
    return {
        "from": said.dataset,
        "steady": not (said.changing or services),
        # DESCRIBE needs no prefix, and gets those of ours.
        "prefixes": lexer.prefixes(text) or (PREFIXES if described else {}),
    }


def answer(store: Store, question: dict[str, Any], line: Line, union: bool) -> None:
    """One question to one answer, or one error."""
    if "allow" in question:
        question |= judge(question)
    results = store.query(question["query"], base_iri=question.get("base"), **dataset(question, union))
    kind = KINDS[type(results)]
    form = question["graph" if kind == "graph" else "table"]
    if form is None:
        raise Refused("unacceptable", detail=kind)
    head = {"kind": kind, "format": form, "steady": question.get("steady", False)}
    out = Out(line, head, question.get("rows", 0))
    if isinstance(results, QueryTriples):
        short = shortened(question, form)
        if form == "rdfxml":
            serialize(named_in_xml(results), out, format=GRAPHS[form], prefixes=short)
        elif short:
            serialize(results, out, format=GRAPHS[form], prefixes=short)
        else:
            results.serialize(out, format=GRAPHS[form])
    else:
        results.serialize(out, format=TABLES[form])
    out.end()


def shortened(question: dict[str, Any], form: str) -> dict[str, str]:
    """The prefixes to write an answer with: those of the question that stand for an IRI."""
    found = {}
    for name, iri in question.get("prefixes", {}).items() if form in SHORTENED else ():
        try:
            found[name] = NamedNode(iri).value
        except ValueError:
            continue
    return found


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


def dump(store: Store, question: dict[str, Any], line: Line) -> None:
    """One graph as it is, for the Graph Store Protocol."""
    name = graph(question["dump"])
    if isinstance(name, NamedNode) and not store.contains_named_graph(name):
        raise Refused("nograph", detail=question["dump"])
    out = Out(line, {"kind": "graph", "format": question["graph"], "steady": True}, 0)
    form = question["graph"]
    store.dump(out, format=GRAPHS[form], from_graph=name, prefixes=shortened(question, form) or None)
    out.end()


def tell(line: Line, told: dict[str, Any]) -> None:
    line.send(b"X", json.dumps(told).encode())


def respond(store: Store, question: dict[str, Any], line: Line, union: bool) -> None:
    """One question answered, in whichever way."""
    if "judge" in question:
        line.send_whole({"kind": "", "format": "", "judged": judge(question), "rows": 0, "retire": False}, b"")
    elif "dump" in question:
        dump(store, question, line)
    else:
        answer(store, question, line, union)


def serve(store: Store, line: Line, union: bool) -> None:
    """Answers until the web process is gone."""
    while (body := line.received()) is not None:
        question = json.loads(body)
        try:
            respond(store, question, line, union)
        except Refused as refused:
            tell(line, refused.told)
        except SyntaxError as error:
            number, column, detail = syntax.explained(question["query"], str(error))
            tell(line, {"what": "syntax", "detail": detail, "line": number, "column": column})
        except RowLimit:
            tell(line, {"what": "rows"})
        except MemoryError:
            tell(line, {"what": "memory"})
        except (OSError, RuntimeError, ValueError) as error:
            tell(line, {"what": "failed", "detail": str(error)})


def is_union(store: Store, wanted: str, otherwise: str) -> bool:
    """Whether a query that names no graph reads all of them.

    When it was not said: yes for data of ours, else as `otherwise` has it or, where that is not said either, when
    something stands in named graphs and nothing outside.
    """
    if wanted:
        return wanted == "union"
    ours = "ASK { ?d a <http://rdfs.org/ns/void#Dataset> ; <https://w3id.org/actorgraph/ns#propositionCount> ?n }"
    if bool(store.query(ours, use_default_graph_as_union=True)):
        return True
    if otherwise:
        return otherwise == "union"
    return not bool(store.query("ASK { ?s ?p ?o }")) and bool(store.query("ASK { GRAPH ?g { ?s ?p ?o } }"))


def stay_within(allowed: list[str]) -> bool:
    """Connect to these addresses and to no other from here on. Whether the system sees to it."""
    if not allowed:
        return keep_offline()
    from .gate import connect_only_to  # noqa: PLC0415 - seldom wanted

    return connect_only_to(allowed)


def main() -> None:
    settings = json.loads(sys.argv[1])
    # The web process alone answers a Ctrl-C of the terminal; it ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if (control := process_control()) is not None:
        control(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: when the web process is gone, so is this one
    line = Line(sys.stdin.buffer, sys.stdout.buffer)
    store = Store.read_only(settings["path"]) if settings["path"] else Store()
    union = is_union(store, settings["union"], settings.get("otherwise", ""))
    ready = {
        "union": union,
        "offline": stay_within(settings["allow"]),
        "limited": limit_memory(settings["memory"]),
    }
    line.send(b"R", json.dumps(ready).encode())
    serve(store, line, union)
