"""Data that nobody wrote for us is asked like ours: named queries, differences, paths; else it is told in one line."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from processes import run, written_after

import graph
from graph.pipeline import ActorGraph

PREFIXES = """
@prefix ex: <http://example.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""  # noqa: E501
written = partial(written_after, PREFIXES)
DATA = """
ex:ida a foaf:Person ; foaf:name "Ida Núñez" ; ex:leads ex:port ; ex:born "1970-01-02"^^xsd:date ; ex:shares 40 .
ex:s1 rdf:subject ex:ida ; rdf:predicate ex:took ; rdf:object ex:boat ; dct:source ex:gazette .
ex:s2 rdf:subject ex:ida ; rdf:predicate ex:sold ; rdf:object ex:boat ; dct:source ex:gazette .
ex:eve ex:denies ex:s1 .
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("others"), "data.ttl", DATA)


@pytest.fixture(scope="module")
def case(file: Path) -> ActorGraph:
    return graph.load(file)


TOOK, SOLD, LEADS = ("“Ida Núñez · took · boat”", "“Ida Núñez · sold · boat”", "“Ida Núñez · leads · port”")


@pytest.mark.parametrize(
    ("query", "parameters", "said"),
    [
        ("denied", {}, {TOOK}),
        ("disputed", {}, {TOOK}),
        ("unanswered", {"actor": "Ida Núñez"}, {SOLD, LEADS}),
        ("said-of", {"actor": "ida nunez"}, {TOOK, SOLD, LEADS}),
        ("neighbours", {"actor": "Ida Núñez"}, {TOOK, SOLD, LEADS}),
        ("said-by", {"actor": "eve"}, {TOOK}),
        ("by-source", {"source": "gazette"}, {TOOK, SOLD}),
        ("by-source", {"source": "data.ttl"}, {TOOK, SOLD, LEADS}),
        ("pair", {"one": "Ida Núñez", "other": "port"}, {LEADS}),
        ("search", {"text": "núñ"}, {TOOK, SOLD, LEADS}),
        ("timeline", {}, {"“Ida Núñez · born · 1970-01-02”"}),
        ("figures", {}, {"“Ida Núñez · shares · 40”"}),
        ("single-origin", {}, {TOOK, SOLD}),
    ],
)
def test_a_named_query_answers_from_what_was_read(
    case: ActorGraph, query: str, parameters: dict[str, str], said: set[str]
) -> None:
    sentences = " ".join(row.statement for row in case.query(query, **parameters))
    assert {words for words in (TOOK, SOLD, LEADS, *said) if words in sentences} == said, sentences


def test_what_is_denied_is_no_more_without_an_answer_and_says_who_denies_it(case: ActorGraph) -> None:
    rows = case.query("said-of")
    assert {row.deniedBy for row in rows if row.statement.endswith(f"{TOOK}.")} == {"eve"}
    assert {row.deniedBy for row in rows if SOLD in row.statement} == {""}


def test_what_makes_up_a_statement_is_no_statement_of_its_own(case: ActorGraph) -> None:
    assert {row.relation for row in case.query("statements")} == {"leads", "born", "shares", "took", "sold", "denies"}


def test_somebody_who_is_not_there_is_told_with_who_is(file: Path) -> None:
    told = run("query", file, "said-of", "--set", "actor=Ida Nuñes")
    assert told.exit_code == 0 and "Did you mean “ida n" in told.stderr


@pytest.mark.parametrize(
    ("new", "gone", "text"),
    [
        (1, 0, DATA + "ex:ida ex:owns ex:mill ."),
        (0, 1, DATA.replace("ex:leads ex:port ; ", "")),
        (1, 1, DATA.replace("ex:port", "ex:pier")),
        (1, 1, DATA.replace(" 40 .", " 41 .")),
    ],
)
def test_each_difference_of_two_files_is_counted(tmp_path: Path, file: Path, new: int, gone: int, text: str) -> None:
    told = run("diff", file, written(tmp_path, "new.ttl", text))
    assert told.exit_code == 1
    assert (f"New statements: {new}" in told.output, f"Removed statements: {gone}" in told.output) == (
        new > 0,
        gone > 0,
    )


def test_a_path_is_walked_over_what_was_read(file: Path) -> None:
    told = run("path", "port", "boat", file)
    assert told.exit_code == 0 and LEADS in told.stdout and SOLD in told.stdout


@pytest.mark.parametrize("command", ["check", "legal", "build", "positions", "ground", "format", "rewrite"])
def test_what_works_on_cases_alone_says_so_in_one_line(file: Path, command: str) -> None:
    told = run(command, file)
    assert (told.exit_code, len(told.stderr.splitlines())) == (1, 1)
    assert told.stderr.startswith(f"{file}: is an RDF file, and cases are wanted here.")


@pytest.mark.parametrize("form", ["csv", "graphml", "nquads"])
def test_export_says_so_too_and_writes_nothing(tmp_path: Path, file: Path, form: str) -> None:
    told = run("export", file, "--format", form, "--out", tmp_path / "out")
    assert (told.exit_code, (tmp_path / "out").exists(), "cases are wanted here" in told.stderr) == (1, False, True)


def test_a_limit_of_the_users_own_is_told_as_nothing_of_ours(file: Path) -> None:
    told = run("query", file, "SELECT * { ?s ?p ?o } LIMIT 2", "--format", "csv")
    assert (len(told.stdout.splitlines()), told.stderr) == (3, "")
    assert run("query", file, "SELECT * { ?s ?p ?o } LIMIT 0").exit_code == 0
