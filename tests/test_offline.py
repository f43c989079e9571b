"""No text of a query reaches an address that was not allowed: judged by its words, and by what Oxigraph does with it.

A listener on this machine counts the connections that come. What would come, were nothing refused, is tried first.
"""

from __future__ import annotations

import random

import pytest
from fuzzers import FRAMES, PIECES, evaluate, listening, passed
from serving import serving

import graph
from graph.base import lexer
from graph.base.errors import QueryError
from graph.query import sparql
from graph.store import Memory

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


def test_the_face_for_rdflib_refuses_them_too() -> None:
    case = graph.load(CASE)
    with listening() as there, pytest.raises(QueryError):
        case.dataset.query(PAST["plain"].format(there.address))


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
