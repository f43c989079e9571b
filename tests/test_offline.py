"""No text of a query reaches an address that was not allowed: judged by its words, and by what Oxigraph does with it.

A listener on this machine counts the connections that come. What would come, were nothing refused, is tried first.
"""

from __future__ import annotations

import random
import signal
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import rdflib
from fuzzers import FRAMES, PIECES, evaluate, listening, passed
from processes import ACTORGRAPH, PATIENCE, ROOT, started
from rdflib.plugins.sparql import prepareQuery
from serving import serving

import graph
from graph.base import lexer, offline
from graph.base.errors import ActorgraphError, QueryError
from graph.query import sparql
from graph.serve.gate import Gate
from graph.store import Folder, Memory, oxigraph, rdflib_view

pytestmark = pytest.mark.slow
CASE = "tests/cases/accepted.yaml"


#: Texts that are read as asking another server, each in a way of its own.
PAST = {
    "plain": "SELECT * {{ SERVICE <{0}> {{ ?x ?y ?z }} }}",
    "silent as a prefix": "PREFIX : <{0}> SELECT * {{SERVICE SILENT:foo{{?x ?y ?z}}}}",
    "silent as a prefix, glued": "PREFIX : <{0}> SELECT * {{SERVICESILENT:foo{{?x ?y ?z}}}}",
    "a prefix called GRAPH": (
        "PREFIX GRAPH: <urn:> PREFIX ex: <{0}> SELECT * {{ ?a ?b GRAPH:x SERVICEex:foo {{ ?x ?y ?z }} }}"
    ),
    "a prefix called NAMED": (
        "PREFIX NAMED: <urn:> PREFIX ex: <{0}> SELECT * {{ ?a ?b NAMED:x SERVICEex:foo {{ ?x ?y ?z }} }}"
    ),
    "a comparison like an IRI": (
        'SELECT * {{ BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b#://>"""\n) SERVICE <{0}> {{ ?x ?y ?z }} }}'
    ),
    "after EXISTS": 'SELECT * {{ BIND(2 AS ?b) FILTER(EXISTS{{}}<?b#>"""\n) SERVICE <{0}> {{ ?x ?y ?z }} }}',
    "a comparison with a quote": "SELECT * {{ BIND(1 AS ?a) FILTER(?a<2#'>\n) SERVICE <{0}> {{ ?x ?y ?z }} #'\n }}",
    "glued to a number": "SELECT * {{ ?a ?b 1SERVICE<{0}>{{ ?x ?y ?z }} }}",
    "escaped": "SELECT * {{ \\u0053ERVICE <{0}> {{ ?x ?y ?z }} }}",
    "by a variable": "SELECT * {{ VALUES ?s {{ <{0}> }} SERVICE ?s {{ ?x ?y ?z }} }}",
    "in an update": "INSERT {{ ?x ?y ?z }} WHERE {{ SERVICE <{0}> {{ ?x ?y ?z }} }}",
    "a load": "LOAD <{0}>",
    "a load by a prefix": "PREFIX x: <{0}> LOADx:a",
    "a load after a comparison": 'INSERT {{ ?a ?a ?a }} WHERE {{ FILTER(1<?b#>"""\n) }} ; LOAD <{0}>',
}


@pytest.mark.parametrize("name", PAST)
def test_a_text_that_asks_another_server_is_refused_before_it_runs(name: str) -> None:
    with listening() as there:
        text = PAST[name].format(there.address)
        # Whatever Oxigraph would do with it, none of our ways of asking lets it.
        with pytest.raises(QueryError):
            sparql.run(Memory(), text)
        with pytest.raises((QueryError, SyntaxError)):
            Memory().query(text)
        with pytest.raises(QueryError):
            Memory().update(text)
        assert there.came() == 0
        assert lexer.services(text) or lexer.loads(text)


def test_the_texts_do_reach_it_when_nobody_refuses() -> None:
    """Else nothing would be tested above. Oxigraph reads most of them so."""
    reached = []
    with listening() as there:
        for name, text in PAST.items():
            evaluate(text.format(there.address))
            if there.came():
                reached.append(name)
    assert {"plain", "silent as a prefix", "a comparison like an IRI", "a load"} <= set(reached)


def test_a_service_before_another_server_refuses_them_too() -> None:
    with serving(CASE) as behind, serving(behind.sparql) as served, listening() as there:
        for name, text in PAST.items():
            answer = served.client.post(served.sparql, data={"query": text.format(there.address)})
            assert answer.status_code in (400, 403), name
        assert there.came() == 0


def test_a_service_with_an_address_allowed_asks_no_other() -> None:
    with listening() as allowed, listening() as there:
        with serving(CASE, "--allow-service", allowed.address) as served:
            for name, text in PAST.items():
                answer = served.client.post(served.sparql, data={"query": text.format(there.address)})
                assert answer.status_code in (400, 403), name
            assert (allowed.came(), there.came()) == (0, 0)
            # The one that is allowed is asked; that it does not answer is told.
            answer = served.client.post(served.sparql, data={"query": PAST["plain"].format(allowed.address)})
            assert (answer.status_code, answer.json()["title"]) == (400, "The query cannot be answered")
        assert allowed.came() >= 1


def test_an_address_that_is_allowed_is_found_by_its_name() -> None:
    with listening() as there:
        address = there.address.replace("127.0.0.1", "localhost")
        with serving(CASE, "--allow-service", address) as served:
            served.client.post(served.sparql, data={"query": PAST["plain"].format(address)})
        assert there.came() >= 1


@pytest.mark.parametrize(
    ("family", "address", "port", "passes"),
    [
        (socket.AF_INET, "127.0.0.1", 8080, True),
        (socket.AF_INET6, "::ffff:127.0.0.1", 8080, True),
        (socket.AF_INET, "127.0.0.1", 80, False),
        (socket.AF_INET, "127.0.0.2", 8080, False),
        (socket.AF_INET6, "::1", 443, True),
        (socket.AF_INET6, "fe80::1", 443, False),
    ],
)
def test_a_connection_is_judged_by_where_it_leads(
    family: socket.AddressFamily, address: str, port: int, passes: bool
) -> None:
    gate = Gate(["http://127.0.0.1:8080/sparql", "https://[::1]/"])
    packed = socket.inet_pton(family, address)
    between = bytes(4 if family == socket.AF_INET6 else 0)
    assert gate.lets_through(struct.pack("=H", family) + port.to_bytes(2, "big") + between + packed) is passes


@pytest.mark.parametrize("address", [b"", b"\x01", b"\x01\0/run/docker.sock\0", b"\x10\0" + bytes(10), b"\x02\0"])
def test_other_kinds_of_addresses_are_refused(address: bytes) -> None:
    assert not Gate(["http://127.0.0.1:8080/sparql"]).lets_through(address)


#: Ways to have rdflib's own engine answer, which fetches what FROM names as well, and other ways to ask its graphs.
RDFLIB: dict[str, Callable[[rdflib.Graph, str], object]] = {
    "Oxigraph": lambda face, text: face.query(text),
    "prepared": lambda face, text: face.query(prepareQuery(text)),
    "rdflib's engine": lambda face, text: face.query(text, use_store_provided=False),
    "rdflib's engine, by position": lambda face, text: face.query(text, "sparql", "sparql", None, None, False),
    "rdflib's engine, as Oxigraph knows no DEBUG": lambda face, text: face.query(text, DEBUG=True),
    "an update": lambda face, text: face.update(f"INSERT {{ ?x ?y ?z }} WHERE {text[8:]}", use_store_provided=False),
}
ELSEWHERE = ("SELECT * {{ SERVICE <{0}> {{ ?x ?y ?z }} }}", "SELECT * FROM <{0}> {{ ?x ?y ?z }}")


@pytest.mark.parametrize("way", RDFLIB)
@pytest.mark.parametrize("face", ["graph", "dataset"])
def test_the_faces_for_rdflib_refuse_them_too(way: str, face: str) -> None:
    case = graph.load(CASE)
    with listening() as there:
        for text in ELSEWHERE:
            with suppress(ActorgraphError):
                RDFLIB[way](getattr(case, face), text.format(there.address))
        assert there.came() == 0


def test_what_asks_nobody_is_answered_by_either_engine() -> None:
    case = graph.load(CASE)
    text = "SELECT DISTINCT ?c { ?c a ag:Claim } ORDER BY ?c"
    asked = [
        [str(row[0]) for row in ask(face, text)]  # type: ignore[attr-defined]
        for name, ask in RDFLIB.items()
        for face in (case.graph, case.dataset)
        if name not in ("an update", "prepared")
    ]
    assert asked[0] and all(rows == asked[0] for rows in asked)
    prepared = prepareQuery(text, initNs={"ag": graph.AG})
    assert [str(row[0]) for row in case.graph.query(prepared)] == asked[0]


# --- the wall behind the words: the text is judged by nobody here


@pytest.fixture
def unjudged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a text says, it is run."""
    for module in (oxigraph, sparql, rdflib_view):
        monkeypatch.setattr(module, "refuse_services", lambda _: None)
    monkeypatch.setattr(rdflib_view, "_refuse_prepared", lambda _: None)
    monkeypatch.setattr(lexer, "loads", lambda _: False)
    monkeypatch.setattr(lexer, "names_dataset", lambda _: False)


def ways(folder: Path) -> dict[str, Callable[[str], object]]:
    """How a text comes to Oxigraph, or to rdflib, in this process."""
    case = graph.load(CASE)
    return {
        "a query of the library": case.query,
        "a query of a store in memory": Memory().query,
        "a query of a store in a folder": Folder(folder).query,
        "an update in memory": Memory().update,
        "an update of a folder": Folder(folder).update,
        "what is only read for its mistakes": sparql._check,
        **{f"rdflib: {way}": lambda text, ask=ask: list(ask(case.graph, text))  # type: ignore[misc]
           for way, ask in RDFLIB.items()},
    }  # fmt: skip


@pytest.mark.usefixtures("unjudged")
def test_with_the_text_unjudged_no_connection_is_opened(tmp_path: Path) -> None:
    """The kernel forbids it, where it does that."""
    assert offline.is_walled() or sys.platform != "linux"
    reached = tried(tmp_path)
    assert not reached or not offline.is_walled(), reached


@pytest.mark.usefixtures("unjudged")
def test_without_the_wall_they_would_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else nothing would be tested above."""
    monkeypatch.setattr(offline, "is_walled", lambda: False)
    reached = tried(tmp_path)
    assert {way for way, _ in reached} == {way for way in ways(tmp_path) if not way.endswith("an update")}
    assert {name for _, name in reached} >= {"plain", "silent as a prefix", "a load"}


def tried(folder: Path) -> set[tuple[str, str]]:
    """Which way of asking reached the listener with which text."""
    Folder(folder / "store").replace([])
    reached = set()
    with listening() as there:
        for way, ask in ways(folder / "store").items():
            for name, text in {**PAST, "from": ELSEWHERE[1], "ask": "ASK {{ SERVICE <{0}> {{ ?x ?y ?z }} }}"}.items():
                # What is no query, or not answered, is refused by whoever reads it.
                with suppress(Exception):
                    ask(text.format(there.address))
                if there.came():
                    reached.add((way, name))
    return reached


def test_everything_else_of_the_process_may_go_on_connecting() -> None:
    """The filter is one thread's, and no filter is ever taken off."""
    Memory().query("ASK {}")
    with listening() as there:
        evaluate(PAST["plain"].format(there.address))
        assert there.came() == 1


#: The command line, which tells when a query begins to be answered.
TELLING = """
from graph.store import oxigraph
from graph.__main__ import run

answered = oxigraph.offline


def offline(work):
    print("asked", flush=True)
    return answered(work)


oxigraph.offline = offline
run()
"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.mark.parametrize("text", [ENDLESS, ENDLESS.replace("(COUNT(*) AS ?n)", "*")])
def test_ctrl_c_ends_a_query_without_end(text: str) -> None:
    """It is waited for in one thread and answered in another."""
    with started([ACTORGRAPH[0], "-c", TELLING, "query", "ontology/actors.ttl", text], cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "asked\n"
        if offline.is_walled():
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=PATIENCE)
            assert (process.returncode, errors) == (130, "Interrupted. Nothing is half written.\n")


# --- made up


def test_many_made_up_texts_reach_nobody() -> None:
    """Twenty thousand by chance, with a fixed seed: most are no SPARQL, and those that are ask nobody."""
    chance = random.Random(13)
    ran = 0
    with listening() as there:
        for _ in range(20_000):
            pieces = "".join(chance.choices(PIECES, k=chance.randrange(1, 14)))
            text = chance.choice(FRAMES).replace("~~", pieces).replace("<@", f"<{there.address}")
            if passed(text):
                ran += 1
                evaluate(text)
                assert there.came() == 0, text
    assert ran > 2000
