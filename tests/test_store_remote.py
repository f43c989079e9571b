"""A SPARQL server as a store: what it cannot do is told in one line, and no part is taken for the whole."""

from __future__ import annotations

import base64
import inspect
import io
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from peers import strict
from peers.strict import Strict
from peers.virtuoso import ROWS
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from graph.base.errors import QueryError, StoreError
from graph.store import Solutions, change, virtuoso
from graph.store import http as line
from graph.store.change import Change
from graph.store.remote import Remote
from graph.store.server import declared

E = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def quad(subject: str, value: Any, where: str | None = "g") -> Quad:
    term = value if isinstance(value, NamedNode | BlankNode | Literal) else Literal(value)
    return Quad(NamedNode(E + subject), NamedNode(f"{E}p"), term, NamedNode(E + where) if where else DefaultGraph())


@pytest.fixture
def server() -> Iterator[Strict]:
    with strict.running() as running:
        yield running


@pytest.fixture
def remote(server: Strict) -> Iterator[Remote]:
    store = Remote(f"{server.url}/query")
    yield store
    store.close()


def dumped(store: Remote) -> list[Quad]:
    out = io.BytesIO()
    store.dump(out)
    return list(parse(out.getvalue(), RdfFormat.N_QUADS))


# --- what a server may answer

WRONG = {
    "401": (401, {"WWW-Authenticate": "Basic"}, b"", "requires authentication. Write https://user:password@…, or set"),
    "403": (403, {}, b"Not you", r"forbids that \(Not you\)\. Ask whoever keeps it"),
    "404": (404, {}, b"", "has nothing there. Check the address"),
    "429": (429, {}, b"", "has too much to do. Try again later"),
    "500": (500, {}, b"oh\n\nand the query", r"could not answer: 500 \(oh\)\. Try again"),
    "504": (504, {}, b"", "ran out of time. Ask for less"),
    "a page": (200, {"Content-Type": "text/html"}, b"<p>Hello", "answered with text/html, not with SPARQL results"),
    "found": (302, {"Location": "https://elsewhere.example/"}, b"", "redirects to https://elsewhere.example/. Give"),
    "moved": (308, {"Location": "https://elsewhere.example/"}, b"", "redirects to elsewhere.example. Give"),
    "in a ring": (307, {"Location": "/query"}, b"", "redirects too many times. Give the final address"),
    "cut by rows": (
        200, {"Content-Type": "application/sparql-results+json", "X-SPARQL-MaxRows": "100"}, b"{}",
        "cut off its answer after 100 rows. Ask for less",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_answer_is_said_in_one_line(server: Strict, remote: Remote, name: str) -> None:
    status, headers, body, said = WRONG[name]
    assert not remote.query("ASK { ?s ?p ?o }")
    server.instead["/query"] = (status, headers, body)
    with pytest.raises(StoreError, match=said) as caught:
        remote.query("SELECT * { ?s ?p ?o }")
    assert str(caught.value).startswith(f"{server.url}/query: ")
    assert "\n" not in str(caught.value)


def test_a_query_that_the_server_finds_wrong_is_told_as_such(remote: Remote) -> None:
    with pytest.raises(QueryError, match=r"^query: the server refuses it \(.+\)\. Correct it\.$"):
        remote.query("SELECT nothing")
    with pytest.raises(QueryError, match=r"^update: the server refuses it \(.+\)\. Correct it\.$"):
        remote.update("INSERT nothing")


HALF = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"literal","value":"a"}},'


@pytest.mark.parametrize("length", [len(HALF), 1000])
def test_half_an_answer_is_never_taken_for_a_whole_one(server: Strict, remote: Remote, length: int) -> None:
    assert not remote.query("ASK { ?s ?p ?o }")
    headers = {"Content-Type": "application/sparql-results+json", "Content-Length": str(length)}
    server.instead["/query"] = (200, headers, HALF)
    answer = remote.query("SELECT ?s { ?s ?p ?o }")
    assert isinstance(answer, Solutions)
    with pytest.raises((StoreError, SyntaxError)):
        list(answer)


#: Seconds that a store waits when it is not told otherwise.
DEFAULT_TIMEOUT = inspect.signature(Remote).parameters["timeout"].default


def test_a_server_that_is_not_there_or_says_nothing(server: Strict) -> None:
    said = r"^http://127\.0\.0\.1:1/sparql: cannot be reached \(.+\)\. Check the address\.$"
    with closing(Remote("http://127.0.0.1:1/sparql")) as store, pytest.raises(StoreError, match=said):
        store.count()
    server.shutdown()  # it takes connections still, and answers none
    begun = time.monotonic()
    said = r"timed out\. Try again, or ask for less\."
    with closing(Remote(f"{server.url}/query", timeout=0.5)) as store, pytest.raises(StoreError, match=said):
        store.count()
    assert time.monotonic() - begun < DEFAULT_TIMEOUT


# --- who asks


@pytest.mark.parametrize("way", ["address", "environment", "token"])
def test_secrets_go_to_the_server_and_nowhere_else(server: Strict, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    url = f"{server.url}/query"
    if way == "address":
        url = url.replace("://", "://ann:se%40cret@")
    elif way == "environment":
        monkeypatch.setenv(line.USER, "ann")
        monkeypatch.setenv(line.PASSWORD, "se@cret")
    else:
        monkeypatch.setenv(line.TOKEN, "se@cret")
    server.instead["/query"] = (401, {"WWW-Authenticate": 'Basic realm="x"'}, b"")
    with closing(Remote(url)) as store, pytest.raises(StoreError) as caught:
        store.count()
    assert "se@cret" not in str(caught.value)
    assert "se%40cret" not in str(caught.value)
    expected = "Bearer se@cret" if way == "token" else "Basic " + base64.b64encode(b"ann:se@cret").decode()
    assert server.headers[-1]["authorization"] == expected
    if way != "token":
        assert "authorization" not in server.headers[0], "only a server that asks is told the password"


# --- a server whose default graph is not the union


def test_all_graphs_are_named_where_the_default_graph_is_not_their_union(server: Strict, remote: Remote) -> None:
    remote.replace([quad("a", 1, "g"), quad("b", 2, "h")])
    server.asked.clear()
    remote.query("SELECT * { ?s ?p ?o }")
    graphs = [f"{E}g", f"{E}h"]
    assert server.asked[-1]["default-graph-uri"] == graphs
    assert server.asked[-1]["named-graph-uri"] == graphs
    remote.query(f"SELECT * FROM <{E}g> {{ ?s ?p ?o }}")
    assert "default-graph-uri" not in server.asked[-1]


def test_statements_with_and_without_a_graph_are_not_read_by_half(server: Strict, remote: Remote) -> None:
    server.store.extend([quad("a", 1), quad("b", 2, None)])
    with pytest.raises(StoreError, match="holds statements with a graph and statements without one"):
        remote.query("SELECT * { ?s ?p ?o }")


def test_a_server_without_named_graphs_is_read_and_replaced(server: Strict, remote: Remote) -> None:
    server.store.extend([quad("a", 1, None), quad("b", 2, None)])
    assert remote.count() == 2
    assert set(dumped(remote)) == {quad("a", 1, None), quad("b", 2, None)}
    remote.replace([quad("c", 3)])
    assert set(server.store) == {quad("c", 3)}


# --- changing


def test_graphs_that_nobody_named_are_removed_only_when_told_to(server: Strict, remote: Remote) -> None:
    server.store.extend([quad("a", 1, "theirs"), quad("b", 2, "ours")])
    said = rf"has 1 graph that this would remove, first <{E}theirs>\. Say --yes if nobody needs them\."
    with pytest.raises(StoreError, match=said):
        remote.replace([quad("c", 3, "ours")])
    assert set(server.store) == {quad("a", 1, "theirs"), quad("b", 2, "ours")}
    remote.may_remove = True
    assert remote.replace([quad("c", 3, "ours")]) == 1
    assert set(server.store) == {quad("c", 3, "ours")}


def test_a_change_is_one_request_where_it_can_and_says_when_not(
    server: Strict, remote: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [quad(f"s{number}", number, f"g{number % 3}") for number in range(3000)]
    assert remote.replace(many) == 3000
    assert remote.requests == 1
    monkeypatch.setattr(change, "_REQUEST", 1000)
    assert remote.replace(many) == 3000
    assert remote.requests == 3
    assert set(server.store) == set(many)


def test_a_change_that_stops_midway_says_that_a_part_may_be_there(
    server: Strict, remote: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change, "_REQUEST", 500)
    post = line.Line.post
    sent: list[str] = []

    def failing(self: line.Line, url: str, form: Any, accept: str, *, changing: bool = False) -> Any:
        if changing:
            sent.append(url)
            if len(sent) == 2:
                raise KeyboardInterrupt
        return post(self, url, form, accept, changing=changing)

    monkeypatch.setattr(line.Line, "post", failing)
    with pytest.raises(StoreError, match=r"was interrupted after 1 requests, and may hold a part\. Do it again\."):
        remote.replace([quad(f"s{number}", number) for number in range(2000)])


def test_a_server_that_keeps_less_than_it_was_sent_is_found_out(server: Strict, remote: Remote) -> None:
    server.instead["/update"] = (204, {}, b"")
    with pytest.raises(StoreError, match=r"holds 0 of the 2 statements it was sent\."):
        remote.replace([quad("a", "1"), quad("a", "2")])


def blank(*edges: tuple[str, str]) -> list[Quad]:
    return [Quad(BlankNode(a), NamedNode(f"{E}p"), BlankNode(b), NamedNode(f"{E}g")) for a, b in edges]


def test_what_hangs_together_by_blank_nodes_is_in_one_operation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change, "_OPERATION", 3)
    with Change([*blank(("a", "b"), ("x", "y"), ("c", "b"), ("y", "z"), ("c", "d")), quad("s", 1)], "urn:none") as made:
        [operations] = made.requests()
    holding = {name: [n for n, text in enumerate(operations) if f"_:{name} " in text] for name in "abcdxyz"}
    assert [holding[name] for name in "bcd"] == [holding["a"]] * 3
    assert [holding[name] for name in "yz"] == [holding["x"]] * 2
    assert all(len(where) == 1 for where in holding.values())
    with (
        Change(blank(*[(str(n) + "n", str(n + 1) + "n") for n in range(5)]), "urn:none") as made,
        pytest.raises(StoreError, match="hangs together with 5 statements by blank nodes"),
    ):
        list(made.requests())


def test_prefixes_are_declared_only_where_a_query_uses_them() -> None:
    known = {"a": "urn:a:", "b": "urn:b:", "c": "urn:c:"}
    text = 'PREFIX b: <urn:mine:> SELECT * { ?s a:x b:y ; a:z "c:d" } # c:e'
    assert declared(text, known) == f"PREFIX a: <urn:a:>\n{text}"


# --- Virtuoso 7


@pytest.mark.parametrize("size", range(1, 40))
def test_an_answer_is_mended_also_where_it_falls_into_pieces(size: int) -> None:
    kept = virtuoso.kept(Literal("P1Y", datatype=NamedNode(f"{XSD}duration"))).datatype.value
    value = f'"datatype": "{XSD}boolean", "value": '
    text = f'{{{value}"1"}} {{{value}"0"}} {{{value}"true"}} "{kept}" tail'.encode()
    meant = f'{{{value}"true"}} {{{value}"false"}} {{{value}"true"}} "{XSD}duration" tail'.encode()
    pieces = (text[start : start + size] for start in range(0, len(text), size))
    assert b"".join(virtuoso.mended(pieces, virtuoso.MENDED)) == meant


def test_only_what_would_change_is_kept_as_text() -> None:
    def safe(value: str, name: str) -> bool:
        literal = Literal(value, datatype=NamedNode(XSD + name))
        return virtuoso.kept(literal) == literal

    assert all(
        safe(value, name)
        for value, name in [
            ("007", "integer"), (str(2**63 - 1), "long"), ("1.50", "decimal"), ("true", "boolean"), ("0.1", "double"),
            ("INF", "double"), ("2025-01-01", "date"), ("x", "string"), ("x", "anyURI"), ("10:00:00", "time"),
        ]
    )  # fmt: skip
    assert not any(
        safe(value, name)
        for value, name in [
            (str(2**63), "integer"), ("x", "int"), ("3.14159265", "double"), ("1e-400x", "float"), ("P1D", "duration"),
            ("-0044", "gYear"), ("yes", "boolean"), ("0.0000000000000000001", "decimal"), ("1e5", "decimal"),
        ]
    )  # fmt: skip


@pytest.fixture
def big(virtuoso: str) -> Iterator[Remote]:
    """A Virtuoso with a graph of more triples than it answers with."""
    store = Remote(virtuoso.replace("://", "://dba:dba@"), may_remove=True)
    store.replace(quad(f"s{number}", f"text {number}", "big") for number in range(2 * ROWS))
    yield store
    store.close()


@pytest.mark.virtuoso
def test_virtuoso_cuts_an_answer_and_we_say_so_but_a_dump_is_whole(big: Remote) -> None:
    assert big.requests == 1
    assert big.count() == 2 * ROWS
    with pytest.raises(StoreError, match=f"cut off its answer after {ROWS} rows"):
        big.query("SELECT * { ?s ?p ?o }")
    found = dumped(big)
    assert len(found) == len(set(found)) == 2 * ROWS


@pytest.mark.virtuoso
def test_virtuoso_takes_updates_only_from_who_may(virtuoso: str) -> None:
    for url, said in [
        (virtuoso, "forbids that"),
        (virtuoso.replace("://", "://dba:wrong@"), "requires authentication"),
    ]:
        store = Remote(url, may_remove=True)
        with pytest.raises(StoreError, match=said):
            store.update(f"INSERT DATA {{ GRAPH <{E}g> {{ <{E}a> <{E}p> 1 }} }}")
        store.close()


@pytest.mark.virtuoso
def test_virtuoso_takes_different_values_for_one_and_that_is_found_out(virtuoso: str) -> None:
    values = [Literal("true", datatype=NamedNode(f"{XSD}boolean")), Literal("1", datatype=NamedNode(f"{XSD}integer"))]
    with (
        closing(Remote(virtuoso.replace("://", "://dba:dba@"), may_remove=True)) as store,
        pytest.raises(StoreError, match=r"holds 1 of the 2 statements it was sent\. It takes different values for"),
    ):
        store.replace([quad("a", value) for value in values])


@pytest.mark.virtuoso
def test_more_graphs_than_virtuoso_lists_at_once(virtuoso: str) -> None:
    many = ROWS + 500
    with closing(Remote(virtuoso.replace("://", "://dba:dba@"), may_remove=True)) as store:
        store.replace([])
        store.replace(quad("s", number, f"g{number}") for number in range(many))
        assert store.count() == many
        assert len(store.graphs()) == many
        store.replace([])
        assert store.count() == 0


@pytest.mark.virtuoso
def test_a_name_that_virtuoso_lost_for_a_moment_stops_nothing(virtuoso: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Remote(virtuoso.replace("://", "://dba:dba@"), may_remove=True)) as store:
        post, lost = store.line.post, StoreError("500 (Bad argument to iri_to_id (), 'nodeID://8192' is not valid)")
        refused: list[object] = []

        def once(url: str, form: Any, accept: str, *, changing: bool = False) -> Any:
            if changing and not refused:
                refused.append(form)
                raise lost
            return post(url, form, accept, changing=changing)

        assert store.is_virtuoso
        monkeypatch.setattr(store.line, "post", once)
        store.replace([quad("s", 1), Quad(BlankNode(), NamedNode(f"{E}p"), Literal(2), NamedNode(f"{E}g"))])
        assert (store.count(), len(refused)) == (2, 1)
        # Somebody's own update may make new nodes each time: it is not sent twice.
        refused.clear()
        with pytest.raises(StoreError, match="iri_to_id"):
            store.update(f"INSERT DATA {{ GRAPH <{E}g> {{ [] <{E}p> 3 }} }}")
        assert store.count() == 2
