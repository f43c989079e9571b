"""The page makes the same records of a dataset's triples as the library: whole, to the last text, in the same order."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from page_cases.node import needs_node, run
from page_cases.pages import unplaced
from pyoxigraph import QueryResultsFormat, RdfFormat
from sampled import sampled

import graph
from graph.draw.payload import About
from graph.foreign import conversion as lift
from graph.foreign import reading
from graph.foreign.naming import tables
from graph.foreign.queries import STATEMENTS, queries
from graph.network import projection as network

ROOT = Path(__file__).parent.parent
CASES = [*sorted((ROOT / "cases").iterdir()), *sorted((ROOT / "tests/cases").glob("*.yaml"))]
#: What is measured or placed elsewhere.
MEASURED = {"nodes": ("x", "y", "ox", "oy", "degree", "opening"), "edges": ("opening", "curve")}


def rows(store: Any) -> Any:
    """Every triple of a store as SPARQL's JSON results."""
    found = store.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o }", use_default_graph_as_union=True)
    return json.loads(found.serialize(format=QueryResultsFormat.JSON))


def unmeasured(data: dict[str, Any]) -> dict[str, Any]:
    for part, names in MEASURED.items():
        data[part] = [{key: value for key, value in each.items() if key not in names} for each in data[part]]
    return data


@needs_node
@pytest.mark.parametrize("case", sampled(CASES))
def test_page_and_library_project_alike(case: Path) -> None:
    edition = graph.load(case, internal=True)
    data = unmeasured(unplaced(edition.projection, edition.about))
    # As the page gets it: through the file's own text, keys sorted.
    given = json.dumps({"data": data, "rows": rows(edition.store)}, sort_keys=True)
    run("projected.js", given)


FOREIGN = {
    "people.ttl": """@prefix : <http://example.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :ada a foaf:Person ; foaf:name "Ada \\"A.\\" Núñez"@es , "Ada Nunez" ; foaf:knows :ben .
        :ada :worksFor :acme ; :age 42 .
        :ben :born "1984-02"^^xsd:gYearMonth ; :died "2020"^^xsd:gYear ; :motto "Per\\naspera" ; :said "hola"@es .
        :acme a foaf:Organization ; rdfs:label "Acme"@en , "Acmé"@es ; :owns [ a :Ship ; :flag :panama ] .
        :ada :owns :acme {| dcterms:source :gazette , "Jo Doe" ; :since 2010 |} . << :ben :owns :acme >> :because :x .
        :s rdf:subject :ben ; rdf:predicate :paid ; rdf:object :ada ; dcterms:creator "Jo Doe" ; :sum 12.5 .""",
    "names.ttl": """@prefix : <http://example.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix crm: <http://www.cidoc-crm.org/cidoc-crm/> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        :ana a owl:NamedIndividual , foaf:Person ; foaf:givenName "Ana" ; foaf:familyName "Núñez" ; :knows :me .
        :me a :Judge ; :met <http://example.org/b/0f0b2c1d9e8a7f6b> . :Judge rdfs:subClassOf foaf:Person .
        <http://example.org/b/0f0b2c1d9e8a7f6b> a :LoanState ; foaf:nick "x" ; rdfs:label "12" .
        :e a crm:E21_Person ; crm:P1_is_identified_by [ crm:P190_has_symbolic_content "Eve" ] ; :knows :person-7 .
        :ana :born "2012-02-31"^^xsd:date , "12020"^^xsd:gYear , "2012Z"^^xsd:gYear , "-0044"^^xsd:gYear ,
          "2012-05-06T24:00:00+02:00"^^xsd:dateTime . :club :members ( :ana :e ) . :e :denies :s .
        :own a :Ownership ; :owner :ana ; :asset :acme ; :share 40 . :ana :cites <http://example.org/report/12> ,
          <http://www.news.example/a/aa051701a.htm> . :acme a <http://www.w3.org/ns/prov#Agent> , foaf:Organization .
        :s rdf:subject :ana ; rdf:predicate :paid ; rdf:object :e . :e :doubts :s .
        :club foaf:member :n1083 ; foaf:homepage :page . :n1083 foaf:knows :n2000 , :kim . :p a :PersonConcept ;
          :by [ a <http://www.w3.org/ns/prov#Association> ; :of :club ] .""",
    "hostile.trig": """@prefix : <http://example.org/> . @prefix dct: <http://purl.org/dc/terms/> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix sdo: <http://schema.org/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <> dct:source <https://www.news.example/2020/1> . :ana :self :Mayor_of_London_election_2016 ; :id "n/a" ;
          :at <tel:+39123456> , <http://e.org/E73_Information_Object> , <http://e.org/a8-Kd9_x2Lq7-Zz81mQ0p3R> .
        :ana rdfs:label "null" ; :weight [ rdf:value 40 ; :unit :tonne ] ; :lists ( ( :a :b ) :c ) .
        :club sdo:member [ a sdo:Role ; sdo:member :ana ; sdo:roleName "Chair" ] . _:g { :ana :owns :FIFAWorldCup2022QualifyingMatches }
        :liar rdf:subject :liar ; rdf:predicate :is ; rdf:object :s1 ; :saidBy :ana . :s1 rdf:subject :s2 ; rdf:predicate :p ;
          rdf:object :s2 . :s2 rdf:subject :s3 ; rdf:predicate :p ; rdf:object :s3 . :s3 rdf:subject :s4 ; rdf:predicate :p ;
          rdf:object :s4 . :s4 rdf:subject :a ; rdf:predicate :p ; rdf:object :b . :b :doubts :s1 , :liar .
        :rank a rdf:Seq ; rdf:_1 :a . :ana :born "2020-01-01+14:30"^^xsd:date , "2020-01-01-14:00"^^xsd:date .""",  # noqa: E501
    "graphs.trig": """@prefix : <http://example.org/> .
        :g1 { :a :knows :b . :c :partOf <http://example.org/d%20e> } :g2 { :a :knows :b } :b :knowsOf "x" .
        <http://example.org/g1> <http://www.w3.org/2000/01/rdf-schema#label> "Register" .""",
}


@needs_node
@pytest.mark.parametrize("name", sorted(FOREIGN))
def test_page_and_library_lift_alike(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(FOREIGN[name], "utf-8")
    foreign, texts = reading.read([file]), queries()

    def asked(query: str) -> str:
        found: Any = foreign.store.query(texts[query], use_default_graph_as_union=True)
        return str(found.serialize(format=RdfFormat.N_TRIPLES).decode())

    net = network.project(lift.lifted(foreign))
    data = unmeasured(unplaced(net, About({}, foreign.version)))
    given = {
        "found": [asked(query) for query in STATEMENTS],
        "called": asked("names") + asked("kinds"),
        "tables": tables(),
        "nodes": [node for node, attributes in net.nodes(data=True) if attributes["type"] == "node"],
        "data": data,
    }
    run("lifted.js", given)
    assert len(data["props"]) >= 3


def test_no_two_modules_of_the_page_declare_the_same_name() -> None:
    """They are packed into one script, in which a second declaration stops everything."""
    declared: dict[str, str] = {}
    for path in sorted((ROOT / "graph/draw/page").rglob("*.js")):
        text = path.read_text("utf-8")
        for name in re.findall(
            r"^(?:export )?(?:async )?(?:const|let|class|function\*?) +([\w$]+)", text, re.MULTILINE
        ):
            assert name not in declared, f"{name} is declared in {declared[name]} and in {path.name}"
            declared[name] = path.name
    assert len(declared) > 100
