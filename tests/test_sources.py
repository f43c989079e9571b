"""Foreign data: sources that a file gives are taken; every command works on it or says in one line that it does not."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from processes import run, written_after

import graph
from graph.cli.progress import Progress
from graph.cli.stores import _as_store
from graph.dataset.shape import INDEXES
from graph.foreign import reading
from graph.network.records import propositions_in
from graph.store import read_files
from graph.store.folder import Editions

PREFIXES = """
@prefix ex: <http://example.org/> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix pav: <http://purl.org/pav/> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix np: <http://www.nanopub.org/nschema#> .
@prefix void: <http://rdfs.org/ns/void#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . ex:gazette rdfs:label "The Gazette" .
"""
written = partial(written_after, PREFIXES)


def said(file: Path, words: str) -> dict[str, Any]:
    """The one relationship of these words."""
    found = propositions_in(graph.load(file).projection)
    [one] = [dict(each) for each in found if each["title"]["en"] == f"“{words}”"]
    return one


# --- at the graph


@pytest.mark.parametrize(
    "source",
    [
        "ex:g dct:source ex:gazette .",
        "ex:g dct:publisher ex:gazette .",
        "ex:g pav:authoredBy ex:gazette .",
        "ex:g prov:wasAttributedTo ex:gazette .",
        "ex:g prov:wasGeneratedBy ex:run . ex:run prov:wasAssociatedWith ex:gazette .",
        "ex:g prov:qualifiedAttribution [ prov:agent ex:gazette ] .",
        "ex:g pav:importedFrom ex:gazette .",
        "ex:g a dcat:Dataset ; dct:publisher [ foaf:name 'The Gazette' ] .",
        "ex:provenance { ex:g prov:hadPrimarySource ex:gazette . }",
        'ex:g dct:creator "The Gazette" .',
    ],
)
def test_the_source_of_a_graph_is_the_source_of_what_stands_in_it(tmp_path: Path, source: str) -> None:
    file = written(tmp_path, "data.trig", f"ex:g {{ ex:minister ex:owns ex:villa . }} {source} ex:a ex:b ex:c .")
    prop = said(file, "minister · owns · villa")
    assert prop["summary"]["en"] == "According to The Gazette, as g records it: “minister · owns · villa”."
    assert (prop["origins"], prop["status"]) == (1, "open")
    assert said(file, "a · b · c")["summary"]["en"].endswith("it is not said who says so.")


def test_a_nanopublications_assertion_is_said_by_whom_its_provenance_names(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "np.trig",
        """ex:Head { ex:np a np:Nanopublication ; np:hasAssertion ex:assertion ; np:hasProvenance ex:provenance . }
        ex:assertion { ex:minister ex:owns ex:villa . } ex:provenance { ex:assertion prov:wasAttributedTo ex:gazette . }
        ex:pubinfo { ex:np dct:creator ex:ana . }""",
    )
    prop = said(file, "minister · owns · villa")
    assert [claim["speaker"].rpartition("/")[2] for claim in prop["claims"]] == ["gazette"]


# --- at the quoted statement


@pytest.mark.parametrize(
    ("quoted", "what"),
    [
        ("<< ex:dee ex:stoleFrom ex:acme >>", "ex:cy ex:says {} ."),
        ("ex:s", "ex:s rdf:subject ex:dee ; rdf:predicate ex:stoleFrom ; rdf:object ex:acme . ex:cy ex:alleges {} ."),
        ("<< ex:dee ex:stoleFrom ex:acme >>", "{} ex:reportedBy ex:cy ."),
    ],
)
def test_who_says_a_quoted_statement_says_it(tmp_path: Path, quoted: str, what: str) -> None:
    prop = said(written(tmp_path, "data.ttl", what.format(quoted)), "dee · stole from · acme")
    assert prop["summary"]["en"] == "According to cy, as data.ttl records it: “dee · stole from · acme”."
    assert (prop["line"], prop["origins"]) == ("said", 1)


@pytest.mark.parametrize("verb", ["denies", "disputes", "rejected", "denied"])
def test_who_denies_a_quoted_statement_denies_it(tmp_path: Path, verb: str) -> None:
    prop = said(
        written(tmp_path, "data.ttl", f"ex:eve ex:{verb} << ex:dee ex:stoleFrom ex:acme >> ."),
        "dee · stole from · acme",
    )
    assert prop["summary"]["en"] == "eve denies, as data.ttl records it: “dee · stole from · acme”."
    assert (prop["line"], prop["stances"], prop["origins"]) == ("denied", ["denied"], 0)


def test_several_who_deny_it_deny_it(tmp_path: Path) -> None:
    text = "ex:eve ex:denies << ex:dee ex:owes ex:acme >> . << ex:dee ex:owes ex:acme >> ex:refutedBy ex:pia ; "
    text += "prov:qualifiedAttribution [ prov:agent ex:gazette ] ."
    prop = said(written(tmp_path, "data.ttl", text), "dee · owes · acme")
    assert "eve and pia deny, as data.ttl records it:" in prop["summary"]["en"]
    assert "eve y pia niegan, tal como consta en data.ttl:" in prop["summary"]["es"]
    assert "According to The Gazette, as data.ttl records it:" in prop["summary"]["en"]
    assert {tuple(claim["hedges"]) for claim in prop["claims"]} == {()}


def test_what_one_says_and_another_denies_is_disputed(tmp_path: Path) -> None:
    text = "<< ex:dee ex:stoleFrom ex:acme >> dct:source ex:gazette ; ex:deniedBy ex:dee ."
    prop = said(written(tmp_path, "data.ttl", text), "dee · stole from · acme")
    assert (prop["line"], prop["disputed"], prop["origins"]) == ("disputed", True, 1)
    assert prop["summary"]["es"].endswith("dee niega, tal como consta en data.ttl: «dee · stole from · acme».")


# --- whose description it is


def test_a_dataset_is_described_by_itself_and_not_by_what_it_mentions(tmp_path: Path) -> None:
    mine = 'ex:mine a void:Dataset ; dct:title "My companies"@en ; dct:creator "Me" ; void:subset ex:other .'
    other = 'ex:other a void:Dataset ; dct:title "Somebody\'s dump"@en , "Volcado ajeno"@es ; dct:creator "Aaron" .'
    about = graph.load(written(tmp_path, "void.ttl", f"{mine} {other} ex:ana ex:owns ex:acme .")).about
    assert (about.title["en"], about.title["es"], about.editor) == ("My companies", "My companies", "Me")
    two = written(tmp_path, "two.ttl", f"{mine.replace(' ; void:subset ex:other', '')} {other}")
    about = graph.load(two).about
    assert (about.title["en"], about.editor) == ("two.ttl", "")
    one, more = written(tmp_path, "a/x.ttl", mine), written(tmp_path, "b/x.ttl", other)
    about = graph.load(one, more).about
    assert (about.title["en"], about.editor) == ("My companies", "Me")


# --- every command


def test_diff_of_two_files_tells_what_differs_whatever_they_are_called(tmp_path: Path) -> None:
    old = written(tmp_path, "old.ttl", "ex:ana ex:worksFor ex:acme ; ex:knows ex:ben .")
    new = written(tmp_path, "new.ttl", "ex:ana ex:worksFor ex:rival ; ex:owns ex:yacht ; ex:knows ex:ben .")
    told = run("diff", old, new)
    assert told.exit_code == 1
    assert "New statements: 2\n" in told.stdout and "Removed statements: 1\n" in told.stdout
    assert "knows" not in told.stdout
    copy = written(tmp_path, "copy.ttl", "ex:ana ex:worksFor ex:acme ; ex:knows ex:ben .")
    assert run("diff", old, copy).exit_code == 0


def test_a_named_query_asks_what_was_read(tmp_path: Path) -> None:
    file = written(tmp_path, "data.ttl", "ex:eve ex:denies << ex:dee ex:stoleFrom ex:acme >> .")
    told = run("query", file, "denied", "--format", "csv")
    assert told.exit_code == 0 and "eve denies, as data.ttl records it" in told.stdout
    assert told.stderr == f"{file}: not in our vocabulary; querying what was converted from it.\n"


def test_a_store_of_other_data_says_that_a_named_query_does_not_fit(tmp_path: Path) -> None:
    file, store = written(tmp_path, "data.ttl", "ex:a ex:b ex:c ."), tmp_path / "kept"
    run("load", store, file)
    told = run("query", store, "denied")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == f"{store}: contains no data in our vocabulary, which denied needs. Use SPARQL.\n"


def test_a_limit_of_the_user_is_the_users(tmp_path: Path) -> None:
    file = written(tmp_path, "data.ttl", "ex:a ex:b ex:c , ex:d , ex:e .")
    told = run("query", file, "SELECT * { ?s ?p ?o } LIMIT 2", "--format", "csv")
    assert (told.exit_code, told.stderr, len(told.stdout.splitlines())) == (0, "", 3)


@pytest.mark.parametrize("words", [("check",), ("legal",), ("export", "--format", "csv"), ("build",)])
def test_a_command_for_cases_says_so_in_one_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    file = written(tmp_path, "data.ttl", "ex:a ex:b ex:c .")
    told = run(*words, file)
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.startswith(f"{file}: is an RDF file, and cases are wanted here. ")


def test_paths_are_found_in_a_file(tmp_path: Path) -> None:
    file = written(tmp_path, "data.ttl", "ex:ana ex:owns ex:acme . ex:ben ex:chairs ex:acme .")
    told = run("path", "ana", "ben", file)
    assert told.exit_code == 0 and "ana · owns · acme" in told.stdout


# --- served as drawn


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("people.ttl", "[] ex:name 'Ana' ; ex:knows [ ex:name 'Ben' ] ."),
        ("graphs.trig", "ex:g { _:a ex:knows ex:b . } ex:b ex:knows _:c . _:h { ex:c ex:knows ex:d . }"),
        ("quoted.ttl", "<< ex:a ex:knows _:b >> ex:since 2010 . <#me> ex:knows <> ."),
    ],
)
def test_a_served_file_holds_what_a_drawn_file_shows(tmp_path: Path, name: str, text: str) -> None:
    file = written(tmp_path, name, text)
    with _as_store([str(file)], internal=False, strict=False) as (place, _), Editions(place).reading() as served:
        assert set(served.store) == set(reading.read([file]).store)
        assert not any("_:" in str(quad) for quad in served.store)


def test_a_file_of_ours_is_served_as_it_is(tmp_path: Path, root: Path) -> None:
    file = tmp_path / "ours.trig"
    file.write_bytes(graph.load(root / "tests/cases/political-scandal.yaml").trig)
    with _as_store([str(file)], internal=False, strict=False) as (place, _), Editions(place).reading() as served:
        # Indexes are the store's own.
        assert {quad for quad in served.store if quad.graph_name not in INDEXES} == set(read_files([file]))


def test_drawing_a_file_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    monkeypatch.setattr(Progress, "step", lambda self: steps.append(self.steps[len(steps)]))
    told = run("draw", written(tmp_path, "data.ttl", "ex:a ex:b ex:c ."), "--out", tmp_path / "page.html")
    assert (told.exit_code, steps) == (0, ["reading", "drawing", "writing"])
