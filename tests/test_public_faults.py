"""Faults that public data and reports of other tools met, one small input of our own for each, with what is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from page_cases.pages import data_of
from processes import run

import graph
from graph.foreign import about, reading
from graph.network.records import propositions_in
from graph.store import Faults

PREFIXES = """
@prefix ex: <http://example.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix schema: <https://schema.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix void: <http://rdfs.org/ns/void#> .
@prefix np: <http://www.nanopub.org/nschema#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""  # noqa: E501


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text((PREFIXES if file.suffix in (".ttl", ".trig", ".turtle") else "") + text, "utf-8")
    return file


def drawn(*files: Path) -> dict[str, Any]:
    """What the page of these files holds."""
    page = files[0].parent / "page.html"
    told = run("draw", *files, "--out", page)
    assert told.exit_code == 0, told.output
    return data_of(page.read_text("utf-8"))


def names(data: dict[str, Any]) -> set[str]:
    return {node["label"]["en"] for node in data["nodes"] if node["type"] == "node"}


def test_two_people_without_names_of_two_files_of_one_name(tmp_path: Path) -> None:
    one = written(tmp_path, "north/staff.ttl", '[] a foaf:Person ; foaf:name "Ida North" ; ex:leads ex:harbour .')
    two = written(tmp_path, "south/staff.ttl", '[] a foaf:Person ; foaf:name "Olaf South" ; ex:accusedOf ex:theft .')
    data = drawn(one, two)
    assert {"Ida North", "Olaf South"} <= names(data)
    found = {each["summary"]["en"] for each in propositions_in(graph.load(one, two).projection)}
    assert any("Ida North · leads · harbour" in words and "north/staff.ttl" in words for words in found)
    assert not any("Ida North · accused of" in words or "Olaf South · leads" in words for words in found)


def test_a_difference_of_two_files_is_told_and_a_named_query_says_what_it_asks(tmp_path: Path) -> None:
    old = written(tmp_path, "old.ttl", "ex:ida ex:leads ex:harbour .")
    new = written(tmp_path, "new.ttl", "ex:ida ex:leads ex:port . ex:ida ex:owns ex:boat .")
    told = run("diff", old, new)
    assert (told.exit_code, "New statements: 2" in told.output, "Removed statements: 1" in told.output) == (
        1,
        True,
        True,
    )
    assert run("diff", old, old).exit_code == 0
    asked = run("query", old, "denied")
    assert (asked.exit_code, "not in our vocabulary" in asked.stderr) == (0, True)


@pytest.mark.parametrize(
    "text",
    [
        'ex:g { ex:mayor ex:owns ex:mill . } ex:g dct:source ex:post . ex:post rdfs:label "The Post" .',
        """:h { : a np:Nanopublication ; np:hasAssertion :a ; np:hasProvenance :p } :a { ex:mayor ex:owns ex:mill }
        :p { :a prov:wasAttributedTo ex:post . ex:post rdfs:label "The Post" }""",
    ],
)
def test_the_source_that_stands_at_the_graph_is_named(tmp_path: Path, text: str) -> None:
    file = written(tmp_path, "data.trig", f"@prefix : <http://example.org/n#> . {text}")
    [said] = [p for p in propositions_in(graph.load(file).projection) if "mayor · owns · mill" in p["title"]["en"]]
    assert "The Post" in said["summary"]["en"] and "not given" not in said["summary"]["en"]


def test_relative_addresses_are_read_in_every_format(tmp_path: Path) -> None:
    profile = written(tmp_path, "card.ttl", '<> foaf:primaryTopic <#me> . <#me> foaf:name "Ida" ; foaf:knows <#olaf> .')
    assert {"Ida", "olaf"} <= names(drawn(profile))
    text = {
        "@context": {"@vocab": "https://schema.org/"},
        "@id": "#harbour",
        "@type": "Organization",
        "name": "Harbour",
        "employee": {"@id": "http://example.org/ida"},
    }
    file = written(tmp_path, "card.jsonld", json.dumps(text))
    assert len(run("query", file, "SELECT * { ?s ?p ?o }", "--format", "csv").stdout.splitlines()) == 1 + 3


def test_one_wrong_token_is_counted_and_the_rest_is_drawn(tmp_path: Path) -> None:
    file = written(tmp_path, "data.ttl", 'ex:a rdfs:label "A"@en-classicalform , "Alpha"@en ; ex:knows ex:b .\n'
                   "ex:a ex:page <http://example.org/two words> .\nex:b ex:knows ex:c .")  # fmt: skip
    told = run("draw", file, "--out", tmp_path / "page.html")
    assert told.exit_code == 0 and "1 statement left out" in told.stderr and "1 text" in told.stderr
    assert {"Alpha", "b", "c"} <= names(data_of((tmp_path / "page.html").read_text("utf-8")))


def test_a_known_context_is_read_and_another_is_one_line(tmp_path: Path) -> None:
    body = {"@context": "https://schema.org", "@type": "Person", "@id": "http://example.org/ida", "name": "Ida",
            "worksFor": {"@type": "Organization", "name": "Harbour"}}  # fmt: skip
    assert {"Ida", "Harbour"} <= names(drawn(written(tmp_path, "known.jsonld", json.dumps(body))))
    other = written(tmp_path, "other.jsonld", json.dumps(body | {"@context": "https://example.org/context"}))
    told = run("draw", other, "--out", tmp_path / "x.html")
    assert (told.exit_code, len(told.stderr.splitlines())) == (1, 1) and "is not shipped" in told.stderr


def test_marks_encodings_and_endings_are_no_reason_to_refuse(tmp_path: Path) -> None:
    (tmp_path / "mark.ttl").write_bytes(b"\xef\xbb\xbf@prefix ex: <http://example.org/> . ex:a ex:knows ex:b .")
    xml = ('<?xml version="1.0" encoding="UTF-16"?><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
           'xmlns:e="http://example.org/"><r:Description r:about="http://example.org/a"><e:knows '
           'r:resource="http://example.org/b"/></r:Description></r:RDF>')  # fmt: skip
    (tmp_path / "wide.rdf").write_bytes(xml.encode("utf-16"))
    written(tmp_path, "long.turtle", "ex:a ex:knows ex:b .")
    for name in ("mark.ttl", "wide.rdf", "long.turtle"):
        assert names(drawn(tmp_path / name)) == {"a", "b"}, name


def test_the_kind_is_the_class_that_says_something(tmp_path: Path) -> None:
    data = drawn(
        written(
            tmp_path,
            "data.ttl",
            'ex:ida a owl:NamedIndividual , foaf:Person ; rdfs:label "Ida" ; ex:at ex:harbour .'
            'ex:harbour a schema:Organization , owl:NamedIndividual ; rdfs:label "Harbour" .'
            'ex:olaf a ex:Male , foaf:Person ; rdfs:label "Olaf" ; ex:at ex:harbour .'
            'ex:eve a foaf:Person , [ a owl:Restriction ; owl:onProperty ex:p ] ; rdfs:label "Eve" ; ex:at ex:harbour .'
            'ex:abe a "---31"^^xsd:gDay , foaf:Person ; rdfs:label "Abe" ; ex:at ex:harbour .',
        )
    )
    kinds = {node["label"]["en"]: data["kinds"][node["kind"]]["label"]["en"] for node in data["nodes"]
             if node["type"] == "node"}  # fmt: skip
    expected = {"Ida": "Person", "Harbour": "Organization", "Olaf": "Person", "Eve": "Person", "Abe": "Person"}
    assert {name: kinds[name] for name in expected} == expected


def test_who_says_a_quoted_statement_is_named_with_it(tmp_path: Path) -> None:
    text = """ex:olaf ex:says << ex:ida ex:took ex:boat >> .
        ex:s rdf:subject ex:abe ; rdf:predicate ex:took ; rdf:object ex:net . ex:eve ex:denies ex:s ."""
    file = written(tmp_path, "data.ttl", text)
    found = {p["title"]["en"]: p["summary"]["en"] for p in propositions_in(graph.load(file).projection)}
    assert "olaf" in found["“ida · took · boat”"]
    assert "eve" in found["“abe · took · net”"] and "denie" in found["“abe · took · net”"]
    assert not {"unnamed", "s"} & names(drawn(file))


def test_only_days_that_there_are_stand_on_the_time_line(tmp_path: Path) -> None:
    days = {
        "11999-01-01": "date",
        "30301": "gYear",
        "2021-02-30": "date",
        "2021-14-01": "date",
        "1998-00": "gYearMonth",
        "-0100-05-05": "date",
        "2011Z": "gYear",
    }
    values = " , ".join(f'"{day}"^^xsd:{kind}' for day, kind in days.items())
    file = written(tmp_path, "data.ttl", f"ex:x ex:on {values} .")
    facts = graph.load(file).projection.nodes["http://example.org/x"]["facts"]
    shown = {fact["value"]["label"]["en"]: fact["value"]["kind"] for fact in facts}
    assert shown.pop("2011") == "date"
    assert shown == {f"“{day}”": "text" for day in days if day != "2011Z"}


def test_a_page_is_titled_by_its_own_description_alone(tmp_path: Path) -> None:
    text = """ex:mine a void:Dataset ; dct:title "My harbours"@en ; void:subset ex:other . ex:ida ex:owns ex:boat .
        ex:other a void:Dataset ; dct:title "Their dump"@en ; dct:creator "Zoe" ; dct:modified "1998-01-01" ."""
    told = about.described(reading.read([written(tmp_path, "data.ttl", text)]))
    assert (told["title"]["en"], told["editor"]) == ("My harbours", "") and told["version"] != "1998-01-01"


def test_what_is_left_out_is_known_to_python_too(tmp_path: Path) -> None:
    file = written(tmp_path, "data.ttl", "ex:a ex:page <http://e.org/x y> . ex:a ex:knows ex:b .")
    faults: Faults = graph.load(file).faults
    assert (faults.left_out, faults.untagged) == (1, 0) and str(file) in faults.first
