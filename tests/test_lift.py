"""Any RDF is drawn: its triples stand where they stand, sources are those it names, and nothing becomes a fact."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner
from page_cases.pages import data_of, unplaced

import graph
from graph.base.errors import StoreError
from graph.cli import main
from graph.draw.opening import choose
from graph.foreign import conversion as lift
from graph.foreign import reading
from graph.foreign.queries import queries
from graph.network import projection as network
from graph.network.records import propositions_in

pytestmark = pytest.mark.usefixtures("hasty")

PREFIXES = """
@prefix : <http://example.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
WIKIDATA = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wds: <http://www.wikidata.org/entity/statement/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix p: <http://www.wikidata.org/prop/> .
@prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> .
@prefix pr: <http://www.wikidata.org/prop/reference/> .
@prefix wdref: <http://www.wikidata.org/reference/> .
@prefix wikibase: <http://wikiba.se/ontology#> .
"""


def lifted(tmp_path: Path, text: str, name: str = "data.ttl") -> nx.MultiDiGraph:
    file = tmp_path / name
    file.write_text(PREFIXES + text if name.endswith((".ttl", ".trig")) else text, "utf-8")
    return network.project(lift.lifted(reading.read([file])))


def label(net: nx.MultiDiGraph, node: str, language: str = "en") -> str:
    return str(net.nodes[node]["label"][language])


def lines(net: nx.MultiDiGraph) -> set[tuple[str, str, str]]:
    """Every relationship between two things, in names."""
    return {
        (label(net, u), attributes["relation_label"]["en"], label(net, v))
        for u, v, attributes in net.edges(data=True)
        if attributes["type"] == "relationship"
    }


def by_words(net: nx.MultiDiGraph, words: str) -> dict[str, Any]:
    (found,) = (p for p in propositions_in(net) if p["title"]["en"] == f"“{words}”")
    return dict(found)


# --- what is there


def test_plain_triples_are_relationships_between_things(tmp_path: Path) -> None:
    net = lifted(tmp_path, ":ada :worksFor :acme . :acme :partOf :group .")
    assert lines(net) == {("ada", "works for", "acme"), ("acme", "part of", "group")}
    claim = by_words(net, "ada · works for · acme")["claims"][0]
    assert (claim["speaker"], claim["stance"], claim["document"]) == ("", "asserted", net.graph["documents"][0]["id"])
    assert net.graph["documents"][0]["label"]["en"] == "data.ttl"


def test_a_triple_stands_in_its_file_and_is_never_stated_as_a_fact(tmp_path: Path) -> None:
    prop = by_words(lifted(tmp_path, ":ada :stoleFrom :acme ."), "ada · stole from · acme")
    assert prop["summary"]["en"] == "“ada · stole from · acme” stands in data.ttl; it is not said who says so."
    assert prop["summary"]["es"] == "«ada · stole from · acme» consta en data.ttl; no se indica quién lo dice."
    assert prop["phrase"] == {"en": "“stole from”", "es": "«stole from»"}
    assert (prop["line"], prop["status"], prop["origins"]) == ("said", "open", 0)


def test_names_kinds_and_other_names(tmp_path: Path) -> None:
    net = lifted(
        tmp_path,
        """:ada a foaf:Person ; foaf:name "Ada Núñez" ; skos:altLabel "A. N." ; foaf:knows :ben ; foaf:age 42 .
        :ben rdfs:label "Ben"@en , "Benito"@es ; dcterms:title "Mr" . :acme a foaf:Organization .""",
    )
    assert lines(net) == {("Ada Núñez", "knows", "Ben")}
    ben = "http://example.org/ben"
    assert (label(net, ben), label(net, ben, "es"), net.nodes[ben]["aliases"]) == ("Ben", "Benito", ["Mr"])
    ada = net.nodes["http://example.org/ada"]
    assert (ada["aliases"], ada["kind"]) == (["A. N."], "Person")
    assert net.graph["kinds"]["Person"]["hue"] == "person" and net.graph["kinds"]["Person"]["agent"]
    assert net.nodes["http://example.org/acme"]["kind"] == "Organization"


def test_literals_are_facts_of_their_thing(tmp_path: Path) -> None:
    net = lifted(
        tmp_path,
        """:x :age 42 ; :weight "3.5e1"^^xsd:double ; :born "1981-02"^^xsd:gYearMonth ;
        :died "2020-02-03T10:00:00Z"^^xsd:dateTime ; :motto "Per aspera" ;
        :says "hola"@es ; :odd "abc"^^xsd:integer ; :when "soon"^^xsd:date .""",
    )
    facts = {f["relation_label"]["en"]: f["value"] for f in net.nodes["http://example.org/x"]["facts"]}
    assert (facts["age"]["kind"], facts["age"]["number"], facts["weight"]["number"]) == ("figure", 42, 35)
    assert (facts["born"]["earliest"], facts["born"]["latest"]) == ("1981-02-01", "1981-02-28")
    assert facts["died"]["printed"] == "2020-02-03" == facts["died"]["earliest"] == facts["died"]["latest"]
    assert [facts[name]["kind"] for name in ("motto", "says", "odd", "when")] == ["text"] * 4
    assert facts["motto"]["label"] == {"en": "“Per aspera”", "es": "«Per aspera»"}


def test_what_has_no_label_is_called_by_its_address(tmp_path: Path) -> None:
    net = lifted(
        tmp_path,
        "<http://e.org/a%20b> <http://e.org/v#hasPart> <http://e.org/dir/> ."
        "<urn:isbn:0451450523> <http://e.org/v#hasPart> <mailto:x@e.org> .",
    )
    assert lines(net) == {("a b", "has part", "dir"), ("isbn 0451450523", "has part", "x@e.org")}


def test_what_has_no_name_at_all_is_there_and_stays_apart(tmp_path: Path) -> None:
    net = lifted(tmp_path, ":ada :owns [ a :Ship ; :flag :panama ] , [ :flag :malta ] .")
    assert sorted(row[2] for row in lines(net) if row[1] == "owns") == ["Ship (ada, panama)", "unnamed (ada, malta)"]
    assert len(net) == 5


def test_named_graphs_are_documents(tmp_path: Path) -> None:
    net = lifted(
        tmp_path,
        ":g1 { :ada :knows :ben } :g2 { :ada :knows :ben . :ben :knows :cy } :cy :knows :ada ."
        ':g1 rdfs:label "Register" .',
        "data.trig",
    )
    assert sorted(d["label"]["en"] for d in net.graph["documents"]) == ["Register", "data.trig", "g2"]
    prop = by_words(net, "ada · knows · ben")
    assert len(prop["claims"]) == 2
    # Nobody knows whether two graphs have it from two sources.
    assert prop["origins"] == 0
    assert prop["summary"]["en"] == "“ada · knows · ben” stands in Register and g2; it is not said who says so."


def test_several_files_are_several_documents(tmp_path: Path) -> None:
    for name, triple in (
        ("a.nt", "x> <http://e.org/p> <http://e.org/y"),
        ("b.nt", "y> <http://e.org/p> <http://e.org/z"),
    ):
        (tmp_path / name).write_text(f"<http://e.org/{triple}> .\n")
    net = network.project(lift.lifted(reading.read([tmp_path / "a.nt", tmp_path / "b.nt"])))
    assert {d["label"]["en"] for d in net.graph["documents"]} == {"a.nt", "b.nt"}


# --- statements about statements


def test_a_reified_statement_is_a_claim_of_its_source_with_its_qualifiers(tmp_path: Path) -> None:
    net = lifted(
        tmp_path,
        """:s1 a rdf:Statement ; rdf:subject :ada ; rdf:predicate :paid ; rdf:object :ben ; dcterms:source :gazette ;
          :since 2010 ; :place :rome .
        :s2 rdf:subject :ada ; rdf:predicate :paid ; rdf:object :ben ; dcterms:creator "Jo Doe" .
        :s3 rdf:subject :ben ; rdf:predicate :paid ; rdf:object :cy .
        :gazette rdfs:label "The Gazette" .""",
    )
    prop = by_words(net, "ada · paid · ben")
    assert {label(net, c["speaker"]) for c in prop["claims"]} == {"The Gazette", "Jo Doe"}
    assert {tuple(c["hedges"]) for c in prop["claims"]} == {("place: rome", "since: 2010"), ()}
    assert prop["origins"] == 2
    assert prop["summary"]["en"] == "According to Jo Doe and The Gazette, as data.ttl records it: “ada · paid · ben”."
    quoted = by_words(net, "ben · paid · cy")
    assert (quoted["line"], quoted["stances"]) == ("mentioned", ["mentioned"])
    assert quoted["summary"]["en"] == "“ben · paid · cy” is quoted in data.ttl, without being stated."
    assert not any("s1" in label(net, node) for node in net)


def test_a_reifier_of_rdf_1_2_is_a_claim_and_what_it_only_quotes_is_not_said(tmp_path: Path) -> None:
    net = lifted(
        tmp_path,
        """:ada :owns :acme {| dcterms:source :gazette ; :since 2010 |} .
        << :ben :owns :acme >> dcterms:source :rumour . :r rdf:reifies <<( :cy :owns :acme )>> .""",
    )
    owned = by_words(net, "ada · owns · acme")
    assert sorted((c["speaker"].rpartition("/")[2], c["hedges"]) for c in owned["claims"]) == [
        ("", []),
        ("gazette", ["since: 2010"]),
    ]
    rumour = by_words(net, "ben · owns · acme")
    assert rumour["summary"]["en"] == "According to rumour, as data.ttl records it: “ben · owns · acme”."
    assert by_words(net, "cy · owns · acme")["line"] == "mentioned"


def test_a_wikibase_statement_has_its_qualifiers_rank_and_references(tmp_path: Path) -> None:
    net = lifted(
        tmp_path,
        WIKIDATA
        + """wd:Q1 rdfs:label "Ada"@en ; wdt:P39 wd:Q2 ; p:P39 wds:Q1-a , wds:Q1-b . wd:Q2 rdfs:label "mayor"@en .
        wds:Q1-a a wikibase:Statement ; ps:P39 wd:Q2 ; wikibase:rank wikibase:NormalRank ;
          pq:P580 "2010-01-01T00:00:00Z"^^xsd:dateTime ;
          prov:wasDerivedFrom wdref:0123456789012345678901234567890123456789 .
        wdref:0123456789012345678901234567890123456789 pr:P248 wd:Q3 . wd:Q3 rdfs:label "The Register"@en .
        wds:Q1-b ps:P39 wd:Q4 ; wikibase:rank wikibase:DeprecatedRank . wd:Q4 rdfs:label "king"@en .
        wd:P39 wikibase:directClaim wdt:P39 ; rdfs:label "position held"@en . wd:P580 rdfs:label "start time"@en .""",
    )
    assert lines(net) >= {("Ada", "position held", "mayor"), ("Ada", "position held", "king")}
    mayor = by_words(net, "Ada · position held · mayor")
    assert {(label(net, c["speaker"]) if c["speaker"] else "", tuple(c["hedges"])) for c in mayor["claims"]} == {
        ("", ()),
        ("The Register", ("start time: 2010-01-01T00:00:00Z",)),
    }
    assert by_words(net, "Ada · position held · king")["claims"][0]["hedges"] == ["rank: DeprecatedRank"]
    assert not any(re.search(r"Q1-[ab]|0123456789", label(net, node)) for node in net)


def test_each_query_can_be_kept_to_some_triples(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text(
        PREFIXES
        + WIKIDATA
        + """:ada :paid :ben . :carl foaf:knows :ben . :ada :owns :acme {| dcterms:source :gazette |} . :ada :age 42 .
        :s rdf:subject :ada ; rdf:predicate :paid ; rdf:object :ben ; dcterms:source :gazette .
        wd:Q1 p:P39 wds:Q1-a . wds:Q1-a ps:P39 wd:Q2 . :o a :Ownership ; :owner :ada ; :asset :acme .
        :ada :hasMembership :m . :m a :Membership ; :organization :club . :ada :weight [ rdf:value 60 ; :unit :kg ] .
        :Ship rdfs:subClassOf :limit . :limit owl:onProperty :flag ; owl:someValuesFrom :State .""",
        "utf-8",
    )
    store = reading.read([file]).store
    kept = {
        "triples": "(<http://example.org/ada> <http://example.org/age> 42)",
        "reified": "(<http://example.org/ada> <http://example.org/paid> <http://example.org/ben>)",
        "reifiers": "(<http://example.org/ada> <http://example.org/owns> <http://example.org/acme>)",
        "wikibase": "(<http://www.wikidata.org/entity/Q1> <http://www.wikidata.org/prop/direct/P39>"
        " <http://www.wikidata.org/entity/Q2>)",
        "nary": "(<http://example.org/o> <http://example.org/owner> <http://example.org/ada>)",
        "held": "(<http://example.org/ada> <http://example.org/hasMembership> <http://example.org/m>)",
        "valued": "(<http://example.org/ada> <http://example.org/weight>"
        " <https://w3id.org/actorgraph/id/file/data.ttl/unnamed/2>)",
        "restrictions": "(<http://example.org/Ship> <http://www.w3.org/2000/01/rdf-schema#subClassOf>"
        " <http://example.org/limit>)",
        "names": "(<http://example.org/ada>)",
        "kinds": "(<http://example.org/ben>)",
    }
    for name, text in queries().items():
        marked = re.findall(r"^ *# only: (\(\?.*\))$", text, re.MULTILINE)
        assert len(marked) == 1, name

        def found(query: str) -> set[str]:
            return set(map(str, store.query(query, use_default_graph_as_union=True)))

        some = found(text.replace(f"# only: {marked[0]}", f"VALUES {marked[0]} {{ {kept[name]} }}"))
        nothing = found(text.replace(f"# only: {marked[0]}", f"VALUES {marked[0]} {{ }}"))
        assert some <= found(text) and nothing == set(), name
        assert bool(some) is (name != "names"), name


# --- shapes


def test_a_restriction_says_how_a_class_stands_to_others(tmp_path: Path) -> None:
    net = lifted(
        tmp_path,
        """:Ship a owl:Class ; rdfs:subClassOf :Vehicle ,
          [ a owl:Restriction ; owl:onProperty :flag ; owl:someValuesFrom :State ] ,
          [ a owl:Restriction ; owl:onProperty :cargo ;
            owl:allValuesFrom [ a owl:Class ; owl:unionOf ( :Oil :Coal ) ] ] .
        :Tanker a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :Ship
          [ a owl:Restriction ; owl:onProperty :cargo ; owl:hasValue :oil ] ) ] .
        :Ferry a owl:Class ; owl:intersectionOf ( :Ship [ owl:onProperty :decks ; owl:minCardinality 2 ] ) .""",
    )
    assert lines(net) == {
        ("Ship", "sub class of", "Vehicle"), ("Ship", "flag", "State"), ("Ship", "cargo", "Oil"),
        ("Ship", "cargo", "Coal"), ("Tanker", "sub class of", "Ship"), ("Tanker", "cargo", "oil"),
        ("Ferry", "sub class of", "Ship"),
    }  # fmt: skip
    assert by_words(net, "Ship · flag · State")["claims"][0]["hedges"] == ["restriction: some"]
    assert by_words(net, "Ferry · decks · 2")["claims"][0]["hedges"] == ["restriction: at least"]
    assert not any("Restriction" in label(net, node) or "unnamed" in label(net, node) for node in net)


@pytest.mark.parametrize(
    "text",
    [
        ":ada org:hasMembership [ a org:Membership ; org:organization :club ; org:role :chair ] .",
        "[ a org:Membership ; org:member :ada ; org:organization :club ; org:role :chair ] .",
        ":ada :qualifiedMembership [ a :Membership ; :organisation :club ; :role :chair ] .",
    ],
)
def test_a_membership_is_the_tie_from_whichever_end_it_is_named(tmp_path: Path, text: str) -> None:
    net = lifted(tmp_path, f"@prefix org: <http://www.w3.org/ns/org#> . {text}")
    assert lines(net) == {("ada", "Membership", "club")}
    assert by_words(net, "ada · Membership · club")["claims"][0]["hedges"] == ["role: chair"]


@pytest.mark.parametrize(
    "members",
    ["( :ada :ben )", "[ a rdf:Bag ; rdf:_1 :ada ; rdf:_2 :ben ]", "[ a rdf:Seq ; rdf:_1 :ada ; rdf:_2 :ben ]"],
)
def test_a_list_and_a_container_are_their_members(tmp_path: Path, members: str) -> None:
    net = lifted(tmp_path, f":team :members {members} . :other :members () .")
    assert lines(net) == {("team", "members", "ada"), ("team", "members", "ben")}


def test_a_membership_of_nothing_is_not_lost(tmp_path: Path) -> None:
    net = lifted(tmp_path, ":ada :hasMembership :m . :m a :Membership ; :role :chair .")
    assert lines(net) == {("ada", "has membership", "m"), ("m", "role", "chair")}


def test_what_keeps_a_record_opens_nothing_that_has_anything_else(tmp_path: Path) -> None:
    records = " ".join(f":o owl:imports :o{i} . :ada owl:sameAs :ada{i} ." for i in range(20))
    net = lifted(tmp_path, f":o a owl:Ontology . :ada :owns :mill . {records}")
    assert {label(net, node) for node in choose(net).nodes} == {"ada", "mill"}
    pages = " ".join(f"<https://l{i}.wikipedia.org/wiki/Ada> :about :ada ." for i in range(20))
    net = lifted(tmp_path, f":ada :owns :mill . {pages}")
    assert {label(net, node) for node in choose(net).nodes} == {"ada", "mill"}
    only = lifted(tmp_path, f":o a owl:Ontology . {records}")
    assert choose(only).nodes


# --- of any size, and none


@pytest.mark.slow
def test_five_thousand_triples_are_read(tmp_path: Path) -> None:
    rows = [f"<http://e.org/n{i % 900}> <http://e.org/p{i % 7}> <http://e.org/n{i * 31 % 907}> ." for i in range(5000)]
    # Typed nodes and ties that are nodes as well, each of which is looked at for what else is said of it.
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    rows += [f"<http://e.org/n{i}> {kind} <http://e.org/Person> ." for i in range(900)]
    ties = [
        f"<http://e.org/o{i}> {kind} <http://e.org/Ownership> . <http://e.org/o{i}> <http://e.org/owner> "
        f"<http://e.org/n{i}> . <http://e.org/o{i}> <http://e.org/asset> <http://e.org/n{i + 300}> ."
        for i in range(300)
    ]
    # Work that grows with the square of them would take minutes of this process, however busy the machine.
    begun = time.process_time()
    net = lifted(tmp_path, "\n".join([*rows, *ties]) + "\n", "big.ttl")
    assert time.process_time() - begun < 60
    assert len(net.edges) == len(set(rows)) - 900 + 300


def test_more_than_a_page_draws_is_told_with_what_shows_it(tmp_path: Path) -> None:
    file = tmp_path / "large.nt"
    file.write_text(
        "".join(f"<http://e.org/n{i}> <http://e.org/p> <http://e.org/hub> .\n" for i in range(20_001)), "utf-8"
    )
    told = graph.load(file).shortened
    assert told.startswith("large.nt: only ") and told.endswith(
        " of 20,001 triples are shown, around the nodes with the most ties. To see all, use actorgraph serve."
    )


def test_nothing_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "empty.ttl").write_text("# nothing\n")
    with pytest.raises(StoreError, match=r"^empty\.ttl: contains no triples\. Name a file that has some\.$"):
        reading.read([tmp_path / "empty.ttl"])


def test_the_same_file_gives_the_same_triples(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text(PREFIXES + ":ada :owns [ :flag :malta ] , [ :flag :cuba ] . << :a :b :c >> :d [] .")
    once, again = ({str(quad) for quad in lift.lifted(reading.read([file]))} for _ in range(2))
    assert once == again


# --- the command


def test_draw_takes_any_rdf_file(tmp_path: Path) -> None:
    file = tmp_path / "people.ttl"
    file.write_text(PREFIXES + ':ada foaf:knows :ben . :ada foaf:name "</script><b>Ada" .')
    result = CliRunner().invoke(main, ["draw", str(file), "--out", str(tmp_path / "people.html")])
    assert result.exit_code == 0, result.output
    html = (tmp_path / "people.html").read_text("utf-8")
    data = data_of(html)
    assert data["edition"]["title"] == {"en": "people.ttl", "es": "people.ttl"}
    assert data["opening"]["en"].startswith("1 statement, as it stands in people.ttl. A source is named for 0.")
    assert {node["label"]["en"] for node in data["nodes"]} == {"</script><b>Ada", "ben"}
    assert "</script><b>" not in html
    again = tmp_path / "again.html"
    CliRunner().invoke(main, ["draw", str(file), "--out", str(again)])
    assert again.read_bytes() == (tmp_path / "people.html").read_bytes()


def test_draw_takes_a_file_of_ours_as_it_is(tmp_path: Path, root: Path) -> None:
    edition = graph.load(root / "tests/cases/political-scandal.yaml")
    (tmp_path / "ours.trig").write_bytes(edition.trig)
    result = CliRunner().invoke(main, ["draw", str(tmp_path / "ours.trig"), "--out", str(tmp_path / "ours.html")])
    assert result.exit_code == 0, result.output
    data = data_of((tmp_path / "ours.html").read_text("utf-8"))
    known = json.loads(json.dumps(unplaced(edition.projection)))
    assert (data["props"], data["claims"]) == (known["props"], known["claims"])
    assert data["edition"]["title"] == dict(edition.case.title)


def test_draw_refuses_what_it_cannot_do_with_a_file(tmp_path: Path) -> None:
    file = tmp_path / "x.ttl"
    file.write_text("<http://e.org/a> <http://e.org/b> <http://e.org/c> .")
    result = CliRunner().invoke(main, ["draw", str(file), "--redact", "somebody"])
    assert result.exit_code == 2 and "for cases" in result.output
    (tmp_path / "broken.ttl").write_text("<http://e.org/a> <http://e.org/b>")
    result = CliRunner().invoke(main, ["draw", str(tmp_path / "broken.ttl"), "--out", str(tmp_path / "o.html")])
    assert result.exit_code == 1 and re.match(r"\S*broken\.ttl:1", result.output) and "Traceback" not in result.output
