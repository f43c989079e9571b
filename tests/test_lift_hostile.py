"""Foreign data as somebody else would try it: whose it is, ties that are nodes, names, kinds and dates."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from processes import run, written_after

import graph
from graph.foreign import dates, reading
from graph.foreign.naming import says_nothing, telling_name
from graph.foreign.queries import queries
from graph.network.records import propositions_in

PREFIXES = """
@prefix ex: <http://example.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix dc: <http://purl.org/dc/elements/1.1/> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix pav: <http://purl.org/pav/> . @prefix void: <http://rdfs.org/ns/void#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix sdo: <http://schema.org/> . @prefix schema: <https://schema.org/> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix ftm: <https://schema.followthemoney.tech/#> . @prefix crm: <http://www.cidoc-crm.org/cidoc-crm/> .
@prefix as: <https://www.w3.org/ns/activitystreams#> . @prefix madsrdf: <http://www.loc.gov/mads/rdf/v1#> .
@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix time: <http://www.w3.org/2006/time#> .
"""  # noqa: E501


def lifted(folder: Path, text: str, name: str = "data.trig") -> Any:
    return graph.load(written_after(PREFIXES, folder, name, text)).projection


def said(net: Any, words: str) -> dict[str, Any]:
    [found] = [each for each in propositions_in(net) if each["title"]["en"] == f"“{words}”"]
    return dict(found)


def lines(net: Any) -> set[tuple[str, str, str]]:
    return {
        (net.nodes[u]["label"]["en"], known["relation_label"]["en"], net.nodes[v]["label"]["en"])
        for u, v, known in net.edges(data=True)
        if known["type"] == "relationship"
    }


def node(net: Any, name: str) -> tuple[str, str]:
    known = net.nodes[f"http://example.org/{name}"]
    return known["label"]["en"], net.graph["kinds"][known["kind"]]["hue"]


# --- the source that the file gives

CLAIM = "ex:mayor ex:owns ex:mill"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"<> dct:source ex:post . {CLAIM} .", {"post"}),
        (f"<> a void:Dataset ; prov:wasAttributedTo ex:post . {CLAIM} .", {"post"}),
        (f"<> foaf:maker ex:zoe ; dct:publisher ex:post . {CLAIM} .", {"zoe", "post"}),
        (f"ex:g {{ {CLAIM} }} ex:g pav:createdBy ex:zoe ; prov:wasAttributedTo ex:post .", {"zoe", "post"}),
        (f"ex:g {{ {CLAIM} }} ex:g prov:qualifiedPrimarySource [ prov:entity ex:post ] .", {"post"}),
        (f"ex:g {{ {CLAIM} }} ex:all void:subset ex:g ; dct:source ex:post .", {"post"}),
        (f"ex:g {{ {CLAIM} }} ex:all dcat:distribution ex:g ; dct:publisher ex:post .", {"post"}),
        (f"ex:g {{ {CLAIM} }} ex:g void:inDataset ex:all . ex:meta {{ ex:all dc:source ex:post }}", {"post"}),
        (f"{CLAIM} {{| dct:publisher ex:post ; schema:creator ex:zoe |}} .", {"post", "zoe", ""}),
        (f"<< {CLAIM} >> prov:wasGeneratedBy [ prov:wasAssociatedWith ex:post ] .", {"post"}),
        ("ex:s rdf:subject ex:mayor ; rdf:predicate ex:owns ; rdf:object ex:mill ; sdo:publisher ex:post .", {"post"}),
        (f"<< {CLAIM} >> dct:source <https://www.news.example/2020/1> .", {"news.example"}),
    ],
)
def test_whoever_the_file_names_says_it(tmp_path: Path, text: str, who: set[str]) -> None:
    net = lifted(tmp_path, text)
    claims = said(net, "mayor · owns · mill")["claims"]
    assert {net.nodes[claim["speaker"]]["label"]["en"] if claim["speaker"] else "" for claim in claims} == who


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"<> dct:source ex:post . {CLAIM} .", "data.trig · source · post"),
        (f"ex:g {{ {CLAIM} . ex:g dct:source ex:post }}", "g · source · post"),
    ],
)
def test_what_is_said_of_the_source_is_not_the_sources(tmp_path: Path, text: str, words: str) -> None:
    assert {claim["speaker"] for claim in said(lifted(tmp_path, text), words)["claims"]} == {""}


@pytest.mark.parametrize("own", ["", "; dct:source ex:register"])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ex:o a ftm:Ownership ; ftm:owner ex:ana ; ftm:asset ex:mill", "ana · Ownership · mill"),
        ("ex:ana org:hasMembership ex:m . ex:m a org:Membership ; org:organization ex:club", "ana · Membership · club"),
        ("ex:club sdo:member ex:r . ex:r a sdo:Role ; sdo:member ex:ana", "club · member · ana"),
        ("ex:raid sem:hasActor _:r . _:r rdf:value ex:ana", "raid · has actor · ana"),
    ],
)
def test_a_tie_is_said_by_its_own_source_else_by_its_graphs(tmp_path: Path, text: str, words: str, own: str) -> None:
    net = lifted(tmp_path, f"ex:g {{ {text} {own} }} ex:g prov:wasAttributedTo ex:post .")
    [claim] = said(net, words)["claims"]
    assert net.nodes[claim["speaker"]]["label"]["en"] == ("register" if own else "post")
    assert not any(hedge.startswith("source") for hedge in claim["hedges"])


@pytest.mark.parametrize("name", sorted(queries()))
def test_what_is_said_of_one_triple_is_asked_of_it_alone(tmp_path: Path, name: str) -> None:
    """The served page asks so, of stores of any size: none of its questions may walk through all of a store."""
    rows = [
        f"<http://e.org/n{i % 3000}> <http://e.org/p{i % 7}> <http://e.org/n{i * 31 % 3007}> ." for i in range(60_000)
    ]
    file = written_after("", tmp_path, "data.nt", "\n".join(rows))
    store = reading.read([file]).store
    [(mark, variables)] = re.findall(r"(# only: (\(\?.*\)))", queries()[name])
    row = " ".join(["<http://e.org/n5>", "<http://e.org/p5>", "<http://e.org/n155>"][: variables.count("?")])
    query = queries()[name].replace(mark, f"VALUES {variables} {{ ({row}) }}")
    before = time.process_time()
    list(store.query(query, use_default_graph_as_union=True))
    assert time.process_time() - before < 0.2


def test_the_source_of_one_file_is_not_the_others(tmp_path: Path) -> None:
    one = written_after(PREFIXES, tmp_path, "north/d.ttl", f"<> dct:source ex:post . {CLAIM} .")
    two = written_after(PREFIXES, tmp_path, "south/d.ttl", "ex:mayor ex:sold ex:mill ; ex:see <../north/d.ttl> .")
    net = graph.load(one, two).projection
    assert "According to post, as north/d.ttl" in said(net, "mayor · owns · mill")["summary"]["en"]
    assert "it is not said who" in said(net, "mayor · sold · mill")["summary"]["en"]
    assert ("mayor", "see", "north/d.ttl") in lines(net)
    assert run("diff", one, one).exit_code == 0


def test_a_graph_without_a_name_is_called_by_its_file(tmp_path: Path) -> None:
    file = written_after("", tmp_path, "data.nq", "<http://e.org/a> <http://e.org/p> <http://e.org/b> _:g .\n")
    [claim] = propositions_in(graph.load(file).projection)
    assert claim["summary"]["en"] == "“a · p · b” stands in data.nq; it is not said who says so."


# --- shapes


@pytest.mark.parametrize(
    ("text", "tie", "hedges"),
    [
        ('ex:club sdo:member [ a sdo:Role ; sdo:member ex:ana ; sdo:roleName "Chair" ; sdo:startDate "2011" ] .',
         ("club", "member", "ana"), ["roleName: Chair", "startDate: 2011"]),
        ('ex:ana schema:alumniOf [ a schema:OrganizationRole ; schema:alumniOf ex:uni ; schema:endDate "1999" ] .',
         ("ana", "alumni of", "uni"), ["endDate: 1999"]),
        ("ex:raid sem:hasActor [ a sem:Role ; rdf:value ex:ana ; sem:roleType ex:victim ] .",
         ("raid", "has actor", "ana"), ["roleType: victim"]),
        ("ex:o a ftm:Occupancy ; ftm:holder ex:ana ; ftm:post ex:mayor ; ftm:startDate 2011 .",
         ("ana", "Occupancy", "mayor"), ["startDate: 2011"]),
        ("ex:o a ftm:ContractAward ; ftm:supplier ex:mill ; ftm:contract ex:road .",
         ("mill", "contract award", "road"), []),
        ("""[ a org:Membership ; org:member ex:ana ; org:organization ex:club ; org:memberDuring [ a time:Interval ;
          time:hasBeginning [ time:inXSDDate "2010-01-01"^^xsd:date ] ] ] .""",
         ("ana", "Membership", "club"), ["memberDuring: hasBeginning 2010-01-01"]),
        ("""[ a ex:Employment ; ex:employee ex:ana ; ex:employer ex:mill ; ex:pay [ ex:sum 40 ] ] .""",
         ("ana", "Employment", "mill"), ["pay: sum 40"]),
    ],
)  # fmt: skip
def test_a_node_between_two_is_their_tie(
    tmp_path: Path, text: str, tie: tuple[str, str, str], hedges: list[str]
) -> None:
    net = lifted(tmp_path, text)
    assert tie in lines(net) and not any("Role" in name for row in lines(net) for name in row)
    assert said(net, " · ".join(tie))["claims"][0]["hedges"] == hedges


def test_a_value_with_its_unit_is_a_fact_of_its_thing(tmp_path: Path) -> None:
    net = lifted(tmp_path, "ex:mill ex:weight [ rdf:value 40 ; ex:unit ex:tonne ] .")
    [fact] = net.nodes["http://example.org/mill"]["facts"]
    assert (fact["relation_label"]["en"], fact["value"]["number"]) == ("weight", 40)
    assert said(net, "mill · weight · 40")["claims"][0]["hedges"] == ["unit: tonne"]
    assert [known["type"] for _, known in net.nodes(data=True)].count("node") == 1


@pytest.mark.parametrize("text", ["[ rdf:value ex:a ; ex:unit ex:b ] .", "ex:x a sdo:Role ; sdo:roleName ex:b ."])
def test_what_joins_nobody_is_not_lost(tmp_path: Path, text: str) -> None:
    assert lines(lifted(tmp_path, text))


@pytest.mark.parametrize("members", ["( ( ex:a ex:b ) ( ex:c ) )", "( () ( ( ex:a ) ex:b ( ) ) ex:c )"])
def test_lists_of_lists_are_their_members(tmp_path: Path, members: str) -> None:
    net = lifted(tmp_path, f"ex:team ex:members {members} .")
    assert lines(net) == {("team", "members", name) for name in "abc"}


def test_the_members_of_a_container_that_stands_alone(tmp_path: Path) -> None:
    net = lifted(tmp_path, 'ex:rank a rdf:Seq ; rdf:_1 ex:a ; rdf:_12 ex:b ; rdfs:label "Rank" .')
    assert lines(net) == {("Rank", "member", "a"), ("Rank", "member", "b")}


# --- statements about themselves, and nothing at all


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ex:liar rdf:subject ex:liar ; rdf:predicate ex:is ; rdf:object ex:false ; ex:saidBy ex:ann .",
         "““…” · is · false”"),
        ("""ex:s rdf:subject ex:t ; rdf:predicate ex:p ; rdf:object ex:b . ex:t rdf:subject ex:s ;
          rdf:predicate ex:q ; rdf:object ex:c .""", "“““…” · q · c” · p · b”"),
        ("ex:c sdo:member [ a sdo:Role ; sdo:member [ a sdo:Role ; sdo:member ex:a ] ] .",
         "“c · member · ““…” · member · a””"),
    ],
)  # fmt: skip
def test_a_statement_that_quotes_itself_has_a_name_that_ends(tmp_path: Path, text: str, name: str) -> None:
    assert name in {known["label"]["en"] for _, known in lifted(tmp_path, text).nodes(data=True)}


def test_statements_that_quote_two_do_not_double_with_each(tmp_path: Path) -> None:
    text = " ".join(
        f"ex:s{i} rdf:subject ex:s{i - 1} ; rdf:predicate ex:p ; rdf:object ex:s{i - 1} ." for i in range(1, 40)
    )
    net = lifted(tmp_path, f"{text} ex:s0 ex:p ex:z .")
    longest = max(len(known["label"]["en"]) for _, known in net.nodes(data=True) if known["type"] == "node")
    assert 50 < longest < 200


@pytest.mark.parametrize("text", ["ex:a ex:p () .", "<> a <http://www.w3.org/2002/07/owl#Ontology> ."])
def test_what_has_nothing_to_draw_is_told_and_gives_no_page(tmp_path: Path, text: str) -> None:
    file = written_after(PREFIXES, tmp_path, "data.ttl", text)
    told = run("draw", file, "--out", tmp_path / "page.html")
    assert (told.exit_code, (tmp_path / "page.html").exists()) == (1, False)
    assert "data.ttl: has nothing to draw: " in told.stderr
    assert run("query", file, "SELECT * { ?s ?p ?o }").exit_code == 0


# --- names


@pytest.mark.parametrize(
    ("says", "name"),
    [
        ('ftm:full "Via 1, Rome"', "Via 1, Rome"),
        ('ftm:title "Tender"', "Tender"),
        ('<https://www.omg.org/spec/Commons/Designators/hasName> "Ana"', "Ana"),
        ('<https://www.gleif.org/ontology/L1/hasLegalName> "Mill AG"', "Mill AG"),
        ('as:preferredUsername "ana"', "ana"),
        ('madsrdf:variantLabel "Sample, Ana"', "Sample, Ana"),
        ('<http://www.w3.org/ns/locn#fullAddress> "Via 1"', "Via 1"),
        ('dc:title [ a rdf:Alt ; rdf:_1 "Report"@en ; rdf:_2 "Informe"@es ]', "Report"),
        ('rdfs:label "N/A" ; foaf:name "Ana"', "Ana"),
        ('rdfs:label "_:b0" ; foaf:name "Ana"', "Ana"),
        ('rdfs:label "null"@en ; foaf:nick "ana"', "ana"),
    ],
)
def test_more_properties_name_a_thing(tmp_path: Path, says: str, name: str) -> None:
    assert node(lifted(tmp_path, f"ex:i01 {says} ; ex:knows ex:b ."), "i01")[0] == name


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://e.org/Mayor_of_London_election_2016", "Mayor of London election 2016"),
        ("http://e.org/report-of-the-2020-committee-on-mills", "report-of-the-2020-committee-on-mills"),
        ("http://www.cidoc-crm.org/cidoc-crm/E73_Information_Object", "Information Object"),
        ("http://www.cidoc-crm.org/cidoc-crm/P82a_begin_of_the_begin", "begin of the begin"),
        ("http://e.org/FIFAWorldCup2022QualifyingMatches", "fifaworld cup2022qualifying matches"),
        ("tel:+39123456", "tel +39123456"),
        ("http://e.org/NK-2xKZ4q8Rt0aBcD3eFgH5jK", ""),
        ("http://e.org/a8-Kd9_x2Lq7-Zz81mQ0p3R", ""),
        ("http://e.org/k3j9d0s8f7g6h5j4k3l2m1", ""),
    ],
)
def test_long_words_are_no_key_and_a_key_is_no_name(address: str, name: str) -> None:
    assert telling_name(address) == name


def test_what_says_nothing() -> None:
    assert [each for each in ("n/a", "Null", "_:b12", "me", "42", "Ana", "NA", "Nan") if says_nothing(each)] == [
        "n/a", "Null", "_:b12", "me", "42",
    ]  # fmt: skip


@pytest.mark.parametrize("relation", ["self", "id", "me", "this", "P1234567890123"])
def test_a_relation_has_a_name_whatever_it_is(tmp_path: Path, relation: str) -> None:
    assert lines(lifted(tmp_path, f"ex:a <http://e.org/{relation}> ex:b .")) == {("a", relation, "b")}


# --- kinds


@pytest.mark.parametrize(
    ("kind", "hue"),
    [
        ("<https://spec.edmcouncil.org/fibo/ontology/BE/LegallyIncorporatedEntity>", "org"),
        ("<https://spec.edmcouncil.org/fibo/ontology/BE/StatutoryBody>", "org"),
        ("<https://spec.edmcouncil.org/fibo/ontology/BE/FederatedSovereignty>", "state"),
        ("<https://spec.edmcouncil.org/fibo/ontology/BE/Polity>", "state"),
        ("<http://dbpedia.org/ontology/OfficeHolder>", "person"),
        ("ex:Diplomat", "person"),
        ("ex:NGO", "org"),
        ("org:Post", "concept"),
        ("<http://rdfs.org/sioc/ns#Post>", "doc"),
        ("sdo:Courthouse", "place"),
        ("crm:E73_Information_Object", "concept"),
        ("ex:StateRegistry", "concept"),
        ("ex:SolidState", "concept"),
    ],
)
def test_more_classes_are_known(tmp_path: Path, kind: str, hue: str) -> None:
    assert node(lifted(tmp_path, f"ex:x a {kind} ; ex:knows ex:b ."), "x")[1] == hue


@pytest.mark.parametrize(
    ("item", "kind", "hue"),
    [("Q484652", "international organization", "org"), ("Q4164871", "position", "concept"), ("Q3957", "town", "place")],
)
def test_more_classes_of_wikidata_are_known(tmp_path: Path, item: str, kind: str, hue: str) -> None:
    net = lifted(tmp_path, f"ex:x wdt:P31 wd:{item} ; ex:knows ex:b .")
    found = net.graph["kinds"][net.nodes["http://example.org/x"]["kind"]]
    assert (found["label"]["en"], found["hue"]) == (kind, hue)


# --- dates


@pytest.mark.parametrize(
    "lexical",
    ["2020-01-01+14:30", "2020-01-01-14:01", "2020-01-01T00:00:00+15:00", "\u0662\u0660\u0662\u0660-\u0661",
     "2023-02-30", "-0044-03-15", "12024-01-01", "2020-01-01T24:00:01", "2020-W01", "0000", "2020-13"],
)  # fmt: skip
def test_what_is_no_day_stays_a_text(lexical: str) -> None:
    assert dates.printed(lexical) == ""


def test_a_zone_may_be_fourteen_hours_away(tmp_path: Path) -> None:
    assert dates.printed("2020-01-01+14:00") == "2020-01-01" == dates.printed("2020-01-01T00:00:00-14:00")
    net = lifted(tmp_path, 'ex:x ex:n "\u0661\u0662"^^xsd:integer ; ex:m "12"^^xsd:integer .')
    shown = {fact["value"]["label"]["en"]: fact["value"]["kind"] for fact in net.nodes["http://example.org/x"]["facts"]}
    assert shown == {"“\u0661\u0662”": "text", "12": "figure"}
