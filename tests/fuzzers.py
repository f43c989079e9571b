"""What reads from outside, and inputs made up for it: each gives a value or an error that a user can mend, no more.

`test_fuzz.py` takes a few of each, the same every time. For an hour, each time others:

    .venv/bin/python tests/fuzzers.py queries --minutes 60

With `--elsewhere` it runs as on a system that has no `fcntl`, no `/proc` and no seccomp.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import socket
import sys
import tempfile
import threading
import time
import traceback
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pyoxigraph
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from processes import PATIENCE
from serving import serving

from graph.base import lexer, spelling, syntax
from graph.base.errors import ActorgraphError, StoreError
from graph.case import reader, values
from graph.foreign import conversion, reading
from graph.network.projection import project
from graph.redaction.names import Names
from graph.serve.connection import refusal
from graph.serve.negotiate import GRAPHS, TABLES, best, named
from graph.store import Faults
from graph.store.files import FORMATS, read
from graph.store.http import address, without_secret
from graph.vocabulary.reader import standard
from graph.yaml.reader import parse

Check = Callable[[Any], None]
HERE = Path(__file__).resolve().parent
#: How lines begin that `serve` tells at its start where the system lacks something.
WEAKER = ("Memory: ", "Network: ", "Processes: ")
#: Any text that can be written.
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@dataclass(frozen=True)
class Fuzzer:
    """One reader of what comes from outside."""

    inputs: st.SearchStrategy[Any]
    #: What an input is given to; it raises for what may not be.
    ready: Callable[[], AbstractContextManager[Check]]
    #: What went wrong once, or nearly.
    examples: tuple[Any, ...] = ()


def at_once(check: Check) -> Callable[[], AbstractContextManager[Check]]:
    """A check that needs nothing to be started."""

    @contextmanager
    def ready() -> Iterator[Check]:
        yield check

    return ready


def pieces(*some: str, most: int = 14) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(some), max_size=most).map("".join)


# --- the text of queries, beside what Oxigraph does with it


class Listening:
    """A server that closes each connection at once, and counts them before it does."""

    def __init__(self, server: socket.socket) -> None:
        self.address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        self._server = server
        self._count = self._told = 0
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            connection = self._server.accept()[0]
            with connection:
                if connection.recv(4) == b"stop":
                    return
                self._count += 1

    def came(self) -> int:
        """How many have come since the last time it was asked."""
        new, self._told = self._count - self._told, self._count
        return new

    def stop(self) -> None:
        with socket.create_connection(self._server.getsockname()) as last:
            last.sendall(b"stop")
        self._thread.join()


@contextmanager
def listening() -> Iterator[Listening]:
    with socket.create_server(("127.0.0.1", 0), backlog=100) as server:
        there = Listening(server)
        try:
            yield there
        finally:
            there.stop()


#: What texts are made of: keywords, names, signs and quotes that one reader may take otherwise than another.
PIECES = [
    "SELECT * ", "ASK ", "{", "}", "(", ")", "FILTER", "BIND", "VALUES ?v ", "EXISTS", "GRAPH ", "GRAPH:g ",
    "NAMED:n ", "SERVICE", "SERVICE ", "service ", "SERVICESILENT", "SILENT", " SILENT ", "SILENT:x", ":x", "x:y",
    "x:", "<@>", "<@#>", "?a", "?b ", "?a<?b", "<?b#>", "#", "#://>", "\n", "'", '"', "'''", '"""', "\\",
    "\\u0053ERVICE ", "1", "1.", ".", ";", ",", "@en", "@en-", "^^", " a ", "=", "<", ">", "&&", "||", "!", "[]",
    "_:b ", "%41", "PREFIX x: <@> ", "BASE <@> ", "INSERT ", "WHERE ", "DATA ", "LOAD ", "LOAD", "LOADx:y",
    "CLEAR ALL", "INTO GRAPH ", "<<", ">>", "<<(", ")>>", "{|", "|}", "~", "VERSION '1.2' ", "UNION", "MINUS ",
    "OPTIONAL ", "\r", "\t", "\x0b", "\u2028", "\ufeff", "\u00a0", "0x", "1e", "+", "-", "/", "*", "|", "^", "$a",
    "IN", "NOT ", "AS ?c", "IF(", "COALESCE(", "ORDER BY ", "GROUP BY ", "HAVING", "LIMIT 1 ", "USING ", "WITH <@> ",
    "@version '1.2' ", "LATERAL", "CONSTRUCT", "DESCRIBE ", "FROM <@> ", "FROM NAMED x:y ",
]  # fmt: skip
#: What most of them are put into, so that they are read at all; `@` is the address of the server that counts.
FRAMES = [
    "~~", "SELECT * { ~~ }", "SELECT * { ~~ SERVICE <@> {} }", "SELECT * { FILTER(~~) SERVICE <@> {} }",
    "PREFIX : <@> PREFIX x: <@> PREFIX GRAPH: <@> SELECT * { ~~ }", "INSERT {} WHERE { ~~ } ; LOAD <@>",
    "PREFIX : <@> SELECT * { ?a ?b 1 ~~ SERVICE:s { ?x ?y ?z } }", "LOAD ~~ <@>", "SELECT * { SERVICE ~~ <@> {} }",
    "PREFIX x: <@> SELECT * { BIND(1 AS ?a) FILTER(?a ~~ 2) SERVICE x:y {} }",
    "SELECT * { VALUES ?v { ~~ } SERVICE ?v {} }",
    "INSERT DATA { ~~ } ; LOAD <@>", "SELECT (~~ AS ?q) { SERVICE <@> {} }",
    "SELECT * { <urn:a> ~~ <urn:b> SERVICE <@> {} }",
    "SELECT * { {} } ORDER BY ~~ VALUES () { () }", "DESCRIBE ~~ { SERVICE <@> {} }", "CLEAR ~~ ; LOAD <@>",
]  # fmt: skip


def evaluate(text: str) -> None:
    """As Oxigraph does it when nothing is refused."""
    store = pyoxigraph.Store()
    with suppress(SyntaxError, OSError, RuntimeError, ValueError):
        if lexer.update_word(text):
            store.update(text)
        else:
            found = store.query(text)
            if not isinstance(found, pyoxigraph.QueryBoolean):
                next(iter(found), None)  # type: ignore[call-overload]


def passed(text: str) -> bool:
    """Whether the text would be run: it is said to ask nobody."""
    return lexer.said(text).unclosed < 0 and not lexer.services(text) and not lexer.loads(text)


@contextmanager
def queries() -> Iterator[Check]:
    with listening() as there:

        def check(made: tuple[str, str]) -> None:
            frame, inner = made
            text = frame.replace("~~", inner).replace("<@", f"<{there.address}")
            said = lexer.said(text)
            assert len(lexer.bare(text)) == len(text)
            list(lexer.steps(text))
            lexer.prefixes(text)
            assert lexer.clearing(text).replace(" SILENT", "") == text.replace(" SILENT", "")
            if said.unclosed >= 0:
                line, column, _ = syntax.unclosed(text, said.unclosed)
                assert line >= 1 and column >= 1
            if passed(text):
                # Both ways, whatever the first word was taken for.
                evaluate(text)
                with suppress(SyntaxError, OSError, RuntimeError, ValueError):
                    pyoxigraph.Store().update(text)
            assert there.came() == 0, text

        yield check


# --- cases


def yaml_text(text: str) -> None:
    _, findings = parse(text, "x.yaml")
    assert all("\n" not in str(finding) for finding in findings)


def value(text: str) -> None:
    with suppress(ValueError):
        values.parse_quantity(text, None, standard().units, lambda _: None)
    with suppress(ValueError):
        values.parse_date(text)


def refusal_of(read: Callable[[], object]) -> str:
    """What is said when something is refused; nothing when it is not."""
    try:
        read()
    except ActorgraphError as error:
        return str(error)
    return ""


EDITS = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 40), st.sampled_from(
    ["", " ", "\n", ":", "- ", "[", "{", "'", '"', "#", "<", ">", "null", "\t", "\u202e", "é", "&a", "*a", "0", "\\",
     "said", "denied", " by ", " -> ", "|", "..", "@", "2020-13-40", "!", "~", "\u2028", "\x85", "=", ", ", "yes",
     "1e999"]
)), max_size=5)  # fmt: skip
#: Cases with much in them, in both notations.
CASES = [
    path.read_text("utf-8")
    for path in sorted(HERE.glob("cases/*.yaml"), key=lambda path: (-path.stat().st_size, path.name))[:12]
] + [(HERE / "cases/denied-alone.yaml").read_text("utf-8")]


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """A text in which some of it was cut out, and something put in its place."""
    for anywhere, much, new in edits:
        at = anywhere % (len(text) + 1)
        text = text[:at] + new + text[at + much :]
    return text


@contextmanager
def edits_of_cases() -> Iterator[Check]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edited.yaml"

        def check(made: tuple[str, list[tuple[int, int, str]]]) -> None:
            path.write_text(edited(*made), "utf-8")
            said = refusal_of(lambda: reader.load(path))
            assert not said or "edited.yaml" in said
            for line in said.splitlines():
                assert line.strip(), said

        yield check


# --- RDF

#: A little of everything that a format has.
RDF = {
    ".ttl": '@prefix e: <http://e.org/> .\ne:a a e:P ; e:name "A"@en ; e:knows [ e:at "2020-01-01" ] , ( e:b ) .\n',
    ".nt": '<http://e.org/a> <http://e.org/b> "x\\u0041"@en-GB .\n_:a <http://e.org/b> <http://e.org/c> .\n',
    ".nq": '<http://e.org/a> <http://e.org/b> "1"^^<http://e.org/t> <http://e.org/g> .\n',
    ".trig": "PREFIX e: <http://e.org/>\ne:g { e:a e:b e:c , << e:a e:b e:c >> ~ e:r {| e:d 1 |} }\n",
    ".rdf": (
        '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:e="http://e.org/">\n'
        '<e:P rdf:about="http://e.org/a"><e:n xml:lang="en">A &amp; b</e:n><e:k rdf:parseType="Collection"/></e:P>\n'
        "</rdf:RDF>"
    ),
    ".jsonld": '{"@context": {"e": "http://e.org/", "n": {"@id": "e:n", "@container": "@language"}}, "@id": "e:a",'
    ' "@type": "e:P", "n": {"en": "A"}, "e:l": {"@list": [1, 2.5, true, {"@id": "e:b"}]}}',
}  # fmt: skip


@contextmanager
def rdf_files() -> Iterator[Check]:
    with tempfile.TemporaryDirectory() as folder:

        def check(made: tuple[str, bytes | list[tuple[int, int, str]]]) -> None:
            suffix, content = made
            path = Path(folder) / f"edited{suffix}"
            text = RDF.get(suffix, RDF[".ttl"])
            path.write_bytes(content if isinstance(content, bytes) else edited(text, content).encode())
            said = refusal_of(lambda: project(conversion.lifted(reading.read([path], Faults()))))
            assert not said or ("edited" in said and "\n" not in said), said
            with suppress(StoreError):
                list(read([path]))

        yield check


# --- addresses and requests


def any_address(text: str) -> None:
    with suppress(StoreError):
        assert address(text).url.startswith(("http://", "https://"))
    host = text.split("//", 1)[-1].replace("@", "").replace("geheim", "")
    assert "geheim" not in without_secret(f"http://user:geheim@{host}")


def head_of_a_request(made: tuple[bytes, str]) -> None:
    head, text = made
    refused = refusal(head)
    assert refused is None or refused[0] in (400, 414, 431)
    for offered in (TABLES, GRAPHS):
        assert best(text, offered) in (None, *offered)
    named(text)


#: Lines of heads as clients send them, and as nobody should.
LINES = st.lists(
    st.sampled_from(
        [
            "Host: localhost", "Host: evil.example", "Accept: */*", "Accept: text/turtle;q=x", "Content-Length: 5",
            "Content-Length: -1", "Content-Length: 5, 6", "Transfer-Encoding: chunked", "Expect: 100-continue",
            "Content-Type: application/sparql-query", "Content-Type: ;;;", "Connection: close", "Range: bytes=0-",
            "If-None-Match: *", "Accept-Encoding: gzip;q=0", "Upgrade: websocket", "\x01: \x02", "no colon", ": empty",
            "Content-Type: application/x-www-form-urlencoded", "Content-Type: multipart/form-data; boundary=a",
            "Content-Type: application/sparql-update", "Content-Encoding: gzip", "Authorization: Bearer",
            "Origin: null",
            "Access-Control-Request-Method: PUT", "Content-Type: application/sparql-query; charset=utf-7",
            "Accept: text/html", "Accept-Language: es;q=2,,;=", "X-Forwarded-Host: evil.example", "Host: [::1", "Host:",
            "Content-Length: 0", "Content-Length: 99999999999999999999", "Transfer-Encoding: gzip", " folded: yes",
            "If-Modified-Since: never", "Upgrade: h2c", "Cookie: \xff\xfe", "Content-Type: text/turtle",
        ]
    ),
    max_size=6,
)  # fmt: skip
FIRST = st.tuples(
    st.sampled_from(["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "BREW", "get", "",
                     "G\x00T"]),
    st.sampled_from(
        [
            "/sparql?query=ASK%20%7B%7D", "/sparql?query=%FF", "/sparql?query=", "/", "*", "http://[::1/sparql", "//x",
            "/id/%00", "/describe?iri=%3C%3E", "/data?graph=a&graph=b", "/queries/..%2f..%2fetc.rq", "/%2e%2e/", "",
            "/sparql", "/data", "/data?default", "/data?graph=urn:a", "/ontology", "/healthz", "/metrics", "/queries",
            "/.well-known/void", "/describe", "/describe?iri=urn:a&format=nt", "/describe?iri=%00", "http://x/sparql",
            "/sparql?query=SELECT+*+%7B%3Fa+%3Fb+%3Fc%7D&format=csv", "/sparql?query=ASK%7B%7D&default-graph-uri=%20",
            "/sparql?query=CONSTRUCT+WHERE+%7B%3Fa+%3Fb+%3Fc%7D&format=rdfxml", "/id/a?b#c", "/id/%F0%9F%98%80",
            "/sparql?update=CLEAR+ALL", "/queries/disputed.rq", "/queries/.rq", "/?%", "/%", "/sparql/%0d%0aX:y",
            "/describe?iri=%0d%0aSet-Cookie:a", "/describe?iri=javascript:alert(1)", "/favicon.ico", "x:/", "\xe9",
        ]
    ),
    st.sampled_from(["HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "", "HTTP/1.1 x"]),
).map(" ".join)  # fmt: skip
BODIES = st.one_of(
    st.sampled_from(
        ["", "ASK {}", "5\r\nASK {\r\n0\r\n\r\n", "\x00" * 9, "query=ASK{}", "query=%", "ffffffffffffffff\r\n",
         "-1\r\n",
         "update=CLEAR ALL", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "query=ASK{}&query=ASK{}", "\x1f\x8b\x08"]
    ),
    st.text(st.characters(max_codepoint=255), max_size=20),
)  # fmt: skip


@contextmanager
def requests() -> Iterator[Check]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "one.nt"
        file.write_text("<urn:a> <urn:b> <urn:c> .\n", "utf-8")
        with serving(str(file), "--workers", "1", "--patience", "5") as served:
            place = (str(urlsplit(served.url).hostname), int(urlsplit(served.url).port or 0))

            def check(made: tuple[str, list[str], str]) -> None:
                first, lines, body = made
                said = answer(place, "\r\n".join([first, *lines, "", body]).encode("latin-1"))
                # Never with an error of the server's own, and never with what names this machine's folders.
                assert not said or (said.startswith(b"HTTP/1.") and said[9:10] in b"1234"), said[:200]
                assert b"Traceback" not in said and b"/site-packages/" not in said
                head = said.partition(b"\r\n\r\n")[0].lower()
                assert b"\nset-cookie" not in head and b"\nx:y" not in head
                assert httpx.get(f"{served.url}healthz", trust_env=False, timeout=PATIENCE).text == "ok\n"
                warned = [line for line in served.warned if not line.startswith(WEAKER)]
                assert not warned, warned

            yield check


def answer(place: tuple[str, int], sent: bytes) -> bytes:
    """All that a server says to these bytes until it closes."""
    said = b""
    with socket.create_connection(place, timeout=PATIENCE) as line, suppress(OSError):
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        while part := line.recv(1 << 16):
            said += part
    return said


# --- names


def name_in_a_text(name: str) -> None:
    low, places = spelling.folded(name)
    assert len(places) == len(low) + 1
    assert places == sorted(places)
    names = Names([name])
    text = unicodedata.normalize("NFC", f"so says {name}, who knows")
    if names and not name.isupper() and len(name) > 1:
        for start, end in names.spans(text):
            assert 0 <= start < end <= len(text)
        assert names.stand_in(name), name


YAML_SIGNS = [*"{}[]:,-#&*!|>'\"%@`\n \t", "a", "format: 1\n", "\\x01", "---\n", "? ", "...\n", "\r", "<<: ", "|2-\n",
              "  ", "\ufeff", "é", "!!int ", "0x1", "~", "\\u2028", "\x85"]  # fmt: skip
FIGURE = ["about ", "1", "9" * 30, " million ", "%", "..", " USD ", " people ", "per ", "day ", "-", "e9", " of ",
          ".", ",", "between ", "and ", "2020", "2020-02", "-30", "/", "T10:00", "Z", "+25:00", "early ", "~", "<", "0",
          " ", "half ", "\u00bd", "\u0663", "1/2",
          "\u2212", "thousand ", "at least ", "W53", "-W01", "Q1", "s", "?", "x"]  # fmt: skip
START = st.sampled_from(["", "http://", "https://", "http://[", "http://u:p@", "http://h:", "HTTP:/",
                         "http://[::1]:", "http://h%41", "http://h/\\", "http://\u2160", "http://h#",
                         "ftp://", "http://xn--"])  # fmt: skip

FUZZERS = {
    "queries": Fuzzer(
        st.tuples(st.sampled_from(FRAMES), st.one_of(pieces(*PIECES), ANY)),
        queries,
        (("~~", "'" * 3), ("~~", "\\" * 7 + "'")),
    ),
    "yaml": Fuzzer(st.one_of(ANY, pieces(*YAML_SIGNS, most=30)), at_once(yaml_text)),
    "values": Fuzzer(st.one_of(ANY, pieces(*FIGURE)), at_once(value)),
    "edits": Fuzzer(st.tuples(st.sampled_from(CASES), EDITS), edits_of_cases),
    "addresses": Fuzzer(st.tuples(START, ANY).map("".join), at_once(any_address)),
    "heads": Fuzzer(st.tuples(st.binary(max_size=300), ANY), at_once(head_of_a_request)),
    "requests": Fuzzer(
        st.tuples(FIRST, LINES, BODIES),
        requests,
        (
            ("GET http://[::1/sparql HTTP/1.0", [], ""),
            ("HEAD / HTTP/1.1", ["Host: localhost", "Transfer-Encoding: chunked"], "-1\r\n"),
        ),
    ),
    "rdf": Fuzzer(st.tuples(st.sampled_from(sorted(FORMATS)), st.one_of(st.binary(max_size=200), EDITS)), rdf_files),
    "names": Fuzzer(ANY, at_once(name_in_a_text), ("ß", "İstanbul", "ﬁ", "王", "00⼀", "0ᴬ")),
}


# --- for an hour


def spot(error: BaseException) -> str:
    """Where it was raised: the same place is the same finding."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"


def run(fuzzer: Fuzzer, seconds: float, first: int) -> dict[str, object]:
    """Inputs by chance for so long: how many, what was found, the slowest, and what the processor took."""
    end = time.monotonic() + seconds
    found: dict[str, str] = {}
    count, slowest, slow = 0, 0.0, ""
    round_ = first
    with fuzzer.ready() as check:

        def once(made: Any) -> None:
            nonlocal count, slowest, slow
            count += 1
            begun = time.process_time()
            try:
                check(made)
            except BaseException as error:
                if not isinstance(error, Exception) or spot(error) not in found:
                    raise
            took = time.process_time() - begun
            if took > slowest:
                slowest, slow = took, repr(made)

        many = settings(
            max_examples=500,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )
        while time.monotonic() < end:
            try:
                seed(round_)(many(given(fuzzer.inputs)(once)))()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
                found[spot(error)] = f"{error} {getattr(error, '__notes__', '')}"
                print(f"round {round_}: {spot(error)}: {found[spot(error)]}", flush=True)
            round_ += 1
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    minutes = sum(each.ru_utime + each.ru_stime for each in used) / 60
    return {
        "inputs": count, "seeds": [first, round_ - 1], "found": len(found), "processor minutes": round(minutes, 1),
        "slowest input, processor seconds": round(slowest, 2), "it is": slow[:500],
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=sorted(FUZZERS))
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0, help="the first round's; each round takes the next")
    parser.add_argument("--elsewhere", action="store_true", help="without fcntl, /proc and seccomp")
    told = parser.parse_args()
    if told.elsewhere:
        # Imported, since a program's own module is refused there what the project's is.
        again = [sys.executable, "-c", "import fuzzers; fuzzers.main()", *sys.argv[1:]]
        again.remove("--elsewhere")
        path = os.pathsep.join(map(str, (HERE / "elsewhere", HERE, HERE.parent)))
        os.execve(sys.executable, again, {**os.environ, "PYTHONPATH": path})
    print(json.dumps({"name": told.name, **run(FUZZERS[told.name], told.minutes * 60, told.seed)}))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
