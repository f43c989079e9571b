"""An empty answer says why, where that can be known: on the command line, in Python, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from serving import Served, serving

from graph.cli import main
from graph.pipeline import CaseGraph
from graph.query.empty import why
from graph.store import Memory

CASE = "cases/us-el-salvador-prison-deal"
OTHER_NAME = (
    "No label is “CECOT”: it is another name of Terrorism Confinement Centre (CECOT). "
    'Any name is found by ag:nameKey "cecot".'
)
#: A query and its parameters → why nothing answers it.
WHY: dict[str, tuple[str, dict[str, str], str]] = {
    "a name that nobody bears": (
        "said-of", {"actor": "Nayib Bukelle"},
        "Nobody and nothing is called “Nayib Bukelle”. Did you mean “nayib bukele”?",
    ),
    "a name in SPARQL": (
        'SELECT ?x { ?x ag:nameKey "bukelle" }', {},
        "Nobody and nothing is called “bukelle”. Did you mean “nayib-bukele”?",
    ),
    "another name where the label is asked for": (
        'SELECT ?x { ?x rdfs:label "CECOT"@en }', {},
        OTHER_NAME,
    ),
    "a name in capitals": (
        'SELECT ?x { ?x ag:nameKey "CECOT" }', {},
        'ag:nameKey has names in small letters. Any name is found by ag:nameKey "cecot".',
    ),
    "a name that somebody bears": (
        'SELECT ?s { ?a ag:nameKey "united states" . ?b ag:nameKey "cecot" . ?s ag:subject ?a ; ag:object ?b }', {}, "",
    ),
    "a word that there is not": (
        "SELECT ?x { ?x ag:stance st:denies }", {}, "There is no st:denies. Did you mean st:denied?"
    ),
    "a mirror that there is not": (
        "SELECT ?x { ?x said:ag_heldAt ?y }", {}, "There is no said:ag_heldAt. Did you mean said:heldAt?"
    ),
    "a relation that nobody accepted": (
        "SELECT ?x { ?x ag:heldAt ?y }", {},
        "No triple of ag:heldAt is here, for no editor accepted one. What is said: said:heldAt.",
    ),
    "a relation that is asked about": (
        "ASK { ?x org:memberOf ?y }", {},
        "No triple of org:memberOf is here, for no editor accepted one. What is said: alleged:memberOf.",
    ),
    "nothing that can be known": ("SELECT ?x { ?x ag:modality mo:hypothetical ; ag:stance st:denied }", {}, ""),
    "a relation by its name": ("SELECT ?x { ?x rdf:predicate org:memberOf ; ag:line 'accepted' }", {}, ""),
}  # fmt: skip


@pytest.mark.parametrize("what", WHY)
def test_in_python_and_on_the_command_line(what: str, edition: CaseGraph) -> None:
    query, parameters, reason = WHY[what]
    found = edition.query(query, **parameters)
    assert [row for row in found if row.get("answer") is not False] == []
    assert found.why == reason
    if what in ("a name that nobody bears", "a relation that is asked about"):
        settings = [word for name, value in parameters.items() for word in ("--set", f"{name}={value}")]
        told = CliRunner().invoke(main, ["query", CASE, query, *settings], prog_name="actorgraph")
        assert told.exit_code == 0
        assert reason in told.stderr and reason not in told.stdout


def test_an_answer_needs_no_reason(edition: CaseGraph) -> None:
    assert edition.query("denied").why == ""


def test_a_name_is_found_with_its_article_and_without(edition: CaseGraph) -> None:
    plain = edition.query("said-by", actor="White House")
    assert edition.query("said-by", actor="the White House") == plain != []


def test_data_of_others_says_so() -> None:
    nothing = Memory()
    assert why(nothing, "SELECT ?x { ?x a ag:Claim }") == (
        "Nothing here is in our vocabulary: ask in the words of the data, or draw it."
    )
    assert why(nothing, "SELECT ?x { ?x a <http://example.org/A> }") == ""


@pytest.fixture(scope="module")
def service() -> Iterator[Served]:
    with serving(CASE) as served:
        yield served


@pytest.mark.parametrize(
    "accept",
    ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"],
)
def test_over_http_in_a_header(accept: str, service: Served) -> None:
    def because(query: str) -> str | None:
        asked = {"query": f"PREFIX ag: <https://w3id.org/actorgraph/ns#> PREFIX st: <{STANCE}> {query}"}
        answer = service.client.post(f"{service.url}sparql", data=asked, headers={"Accept": accept})
        assert answer.status_code == 200
        return answer.headers.get("Empty-Because")

    assert because("SELECT ?x { ?x ag:stance st:denies }") == "There is no st:denies. Did you mean st:denied?"
    assert because("ASK { ?x ag:stance st:denies }") == "There is no st:denies. Did you mean st:denied?"
    assert because("SELECT ?x { ?x ag:stance st:denied }") is None
    assert because("ASK { ?x ag:stance st:denied }") is None


STANCE = "https://w3id.org/actorgraph/stance/"
