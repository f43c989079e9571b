"""What things of foreign data are called, of which kind they are, and when a date is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from graph.draw.opening import choose
from graph.foreign import conversion, dates, reading
from graph.foreign.naming import Classes, local_name, look_of, name_of, telling_name
from graph.network import projection
from graph.network.cast import choose_cast
from graph.network.cast.story import keeps_record

PREFIXES = """
@prefix ex: <http://example.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix gn: <http://www.geonames.org/ontology#> . @prefix rov: <http://www.w3.org/ns/regorg#> .
@prefix crm: <http://www.cidoc-crm.org/cidoc-crm/> . @prefix as: <https://www.w3.org/ns/activitystreams#> .
@prefix bf: <http://id.loc.gov/ontologies/bibframe/> .
@prefix madsrdf: <http://www.loc.gov/mads/rdf/v1#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> . @prefix gnd: <https://d-nb.info/standards/elementset/gnd#> .
@prefix uco: <https://ontology.unifiedcyberontology.org/uco/core/> .
@prefix ucoid: <https://ontology.unifiedcyberontology.org/uco/identity/> .
"""  # noqa: E501


def nodes(folder: Path, text: str) -> dict[str, tuple[str, str, str]]:
    """Last part of the address → its name in English, its kind, and the kind's hue."""
    file = folder / "data.ttl"
    file.write_text(PREFIXES + text, "utf-8")
    net = projection.project(conversion.lifted(reading.read([file])))
    kinds = net.graph["kinds"]
    return {
        node.rpartition("/")[2]: (
            known["label"]["en"], kinds[known["kind"]]["label"]["en"], kinds[known["kind"]]["hue"],
        )
        for node, known in net.nodes(data=True)
        if known["type"] == "node"
    }  # fmt: skip


# --- names


def test_the_name_of_a_card_is_nobody_beside_who_bears_it(tmp_path: Path) -> None:
    text = """ex:fay a vcard:Individual ; vcard:hasName ex:n1 ; vcard:hasEmail <mailto:fay@example.org> .
        ex:n1 a vcard:Name ; vcard:given-name "Fay" ; vcard:family-name "Sample" ."""
    assert [node for node, (name, *_) in nodes(tmp_path, text).items() if name == "Fay Sample"] == ["fay"]


@pytest.mark.parametrize(
    ("says", "name"),
    [
        ('foaf:givenName "Ana" ; foaf:familyName "Example"', "Ana Example"),
        ('vcard:fn "Ben Example"', "Ben Example"),
        ('gnd:preferredNameForThePerson "Sample, Lu" ; gnd:variantNameForThePerson "Aesop"', "Sample, Lu"),
        ('uco:hasFacet [ ucoid:givenName "Max" ; ucoid:familyName "Sample" ]', "Max Sample"),
        ('vcard:hasName [ vcard:givenName "Pat" ; vcard:familyName "Sample" ]', "Pat Sample"),
        ('schema:givenName "Quinn"', "Quinn"),
        ('foaf:lastName "Rey" ; foaf:name "42"', "Rey"),
        ('schema:headline "Mill sold"', "Mill sold"),
        ('bf:title [ bf:mainTitle "A Book" ]', "A Book"),
        ('<http://rdvocab.info/ElementsGr2/nameOfThePerson> "Sal Sample"', "Sal Sample"),
        ('schema:givenName "Cy" ; schema:familyName "Sample"', "Cy Sample"),
        ('schema:legalName "Acme Ltd"', "Acme Ltd"),
        ('skosxl:prefLabel [ skosxl:literalForm "Dee Sample"@en ]', "Dee Sample"),
        ('gn:name "Springfield"', "Springfield"),
        ('rov:legalName "Big Corp"', "Big Corp"),
        ('crm:P1_is_identified_by [ a crm:E41_Appellation ; crm:P190_has_symbolic_content "Eve" ]', "Eve"),
        ('as:name "Fay Sample"', "Fay Sample"),
        ('madsrdf:authoritativeLabel "Sample, Gil"', "Sample, Gil"),
        ('foaf:firstName "Hal" ; foaf:surname "Sample"', "Hal Sample"),
        ('ex:fullName "Ida Sample"', "Ida Sample"),
        ('<https://schema.followthemoney.tech/#name> "Jo Sample"', "Jo Sample"),
        ('vcard:given-name "Kim" ; vcard:family-name "Sample"', "Kim Sample"),
        ('skos:altLabel "Lee"', "Lee"),
        ('rdfs:label "" , "  " ; foaf:name "Mo"', "Mo"),
        ('rdfs:label "4711" ; foaf:name "Nell"', "Nell"),
        ('rdfs:label "Otto"@de ; skos:prefLabel "Oto"@en', "Oto"),
        ('foaf:name "Preferred" ; skos:altLabel "Other"@en', "Preferred"),
    ],
)
def test_a_name_is_found_wherever_the_vocabulary_keeps_it(tmp_path: Path, says: str, name: str) -> None:
    assert nodes(tmp_path, f"ex:i01 {says} ; ex:knows ex:b .")["i01"][0] == name


def test_the_readers_language_comes_before_the_property() -> None:
    says = [
        ("http://www.w3.org/2000/01/rdf-schema#label", Literal("Spain", language="en")),
        ("http://www.w3.org/2004/02/skos/core#prefLabel", Literal("España", language="es-ES")),
    ]
    assert (name_of(says, "en"), name_of(says, "es")) == ("Spain", "España")


@pytest.mark.parametrize(
    "address",
    ["#me", "0f0b2c1d9e8a7f6b0f0b2c1d", "9b2d7c1a-0f3e-4b6a-8c1d-2e3f4a5b6c7d", "NK-2xKZ4q8Rt0aBcD3eFgH5jK"],
)
def test_what_has_no_telling_name_is_named_by_its_kind_and_whom_it_joins(tmp_path: Path, address: str) -> None:
    found = nodes(tmp_path, f'<http://e.org/x/{address}> a foaf:Person ; ex:owns ex:acme . ex:acme rdfs:label "Acme" .')
    assert "Person (Acme)" in {name for name, _, _ in found.values()}


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://www.dlib.example/a/aa051701a.htm", "dlib.example"),
        ("https://news.example:8080/2004/12345.php", "news.example"),
        ("https://e.org/ana.html", "ana.html"),
        ("https://e.org/law/1998-42.pdf", "1998-42.pdf"),
    ],
)
def test_a_numbered_page_is_called_by_its_site(address: str, name: str) -> None:
    assert telling_name(address) == name


def test_numbers_say_of_what() -> None:
    assert telling_name("http://e.org/person/123") == "person 123"
    assert telling_name("http://e.org/123") == ""
    assert local_name("http://www.cidoc-crm.org/cidoc-crm/P14i_performed") == "performed"


def test_a_quoted_statement_is_named_by_what_it_says(tmp_path: Path) -> None:
    found = nodes(
        tmp_path,
        "ex:cy ex:mentions << ex:dee ex:stoleFrom ex:acme >> ."
        "ex:s1 rdf:subject ex:ben ; rdf:predicate ex:stoleFrom ; rdf:object ex:acme . ex:eve ex:doubts ex:s1 .",
    )
    names = {name for name, _, _ in found.values()}
    assert {"“dee · stole from · acme”", "“ben · stole from · acme”"} <= names
    assert not {"s1", "unnamed"} & names


# --- kinds


@pytest.mark.parametrize(
    ("types", "kind", "hue"),
    [
        ("owl:NamedIndividual , foaf:Person", "Person", "person"),
        ("schema:Organization , owl:NamedIndividual", "Organization", "org"),
        ("<http://www.w3.org/2000/10/swap/pim/contact#Male> , foaf:Person", "Person", "person"),
        ("<https://x.example/Person> , [ a owl:Restriction ; owl:onProperty ex:p ]", "Person", "person"),
        ('"---30"^^xsd:gDay , foaf:Person', "Person", "person"),
        ("foaf:PersonalProfileDocument", "personal profile document", "doc"),
        ("vcard:Individual", "Individual", "person"),
        ("crm:E74_Group", "Group", "org"),
        ("crm:E53_Place", "Place", "place"),
        ("<https://schema.followthemoney.tech/#LegalEntity>", "legal entity", "org"),
        ("<https://spec.edmcouncil.org/fibo/ontology/BE/FunctionalEntity>", "functional entity", "org"),
        ("<http://www.w3.org/ns/org#OrganizationalUnit>", "organizational unit", "org"),
        ("<http://www.w3.org/ns/dcat#Dataset>", "Dataset", "doc"),
        ("<http://semanticweb.cs.vu.nl/2009/11/sem/Event>", "Event", "event"),
        ("<http://www.w3.org/ns/prov#Agent> , <http://www.w3.org/ns/prov#Entity>", "Agent", "person"),
        ("foaf:Organization , <http://www.w3.org/ns/prov#Agent>", "Organization", "org"),
        ("crm:E39_Actor , crm:E74_Group", "Group", "org"),
        ("ex:Widget , <http://purl.org/dc/terms/Agent>", "Agent", "person"),
        ("madsrdf:Authority , madsrdf:PersonalName", "personal name", "person"),
        ("madsrdf:Authority , madsrdf:Topic", "Topic", "concept"),
        ("madsrdf:Authority", "Authority", "concept"),
        ("skos:Concept", "Concept", "concept"),
        ("ex:LoanState", "loan state", "concept"),
        ("ex:StateOfMatter", "state of matter", "concept"),
        ("ex:NationState", "nation state", "state"),
        ("ex:PersonRole", "person role", "concept"),
        ("ex:WineBody", "wine body", "concept"),
        ("ex:GoverningBody", "governing body", "org"),
    ],
)
def test_the_class_that_says_most_is_the_kind(tmp_path: Path, types: str, kind: str, hue: str) -> None:
    assert nodes(tmp_path, f"ex:ana a {types} ; ex:knows ex:ben .")["ana"][1:] == (kind, hue)


def test_of_a_file_of_nothing_but_names_these_are_shown(tmp_path: Path) -> None:
    found = nodes(tmp_path, 'ex:cuba rdfs:label "Cuba" . ex:peru rdfs:label "Peru"@en , "Perú"@es .')
    assert {name for name, _, _ in found.values()} == {"Cuba", "Peru"}


@pytest.mark.parametrize(
    ("says", "node", "hue"),
    [
        ("ex:b foaf:knows ex:ana", "ana", "person"),
        ("ex:ana foaf:knows ex:b", "ana", "person"),
        ("ex:ana schema:worksFor ex:b", "b", "org"),
        ("ex:ana foaf:homepage ex:b", "b", "doc"),
        ("ex:ana <http://purl.org/dc/terms/creator> ex:b", "b", "person"),
        ("ex:ana <http://www.w3.org/ns/org#memberOf> ex:b", "b", "org"),
        ("ex:ana <http://www.w3.org/ns/prov#wasAttributedTo> ex:b", "b", "person"),
        ("ex:ana crm:P7_took_place_at ex:b", "b", "place"),
        ("ex:ana <http://semanticweb.cs.vu.nl/2009/11/sem/hasActor> ex:b", "b", "person"),
        ('ex:ana foaf:givenName "Ana" ; ex:knows ex:b', "ana", "person"),
        ('ex:ana rov:legalName "Ana Ltd" ; ex:knows ex:b', "ana", "org"),
        ("ex:b foaf:knows ex:ana . ex:ana a ex:Robot", "ana", "concept"),
    ],
)
def test_what_has_no_class_is_of_the_kind_that_its_relations_are_for(
    tmp_path: Path, says: str, node: str, hue: str
) -> None:
    assert nodes(tmp_path, f"{says} .")[node][2] == hue


#: Vocabulary → class of it → the hue of its instances.
KNOWN = {
    "http://xmlns.com/foaf/0.1/": {"Person": "person", "Group": "org", "Document": "doc"},
    "http://www.w3.org/ns/org#": {"FormalOrganization": "org", "Role": "concept", "Site": "place"},
    "https://schema.org/": {"NewsArticle": "doc", "GovernmentOrganization": "org", "City": "place", "Event": "event"},
    "http://www.loc.gov/mads/rdf/v1#": {"CorporateName": "org", "ConferenceName": "event", "Geographic": "place"},
    "http://www.w3.org/2006/vcard/ns#": {"Individual": "person", "Organization": "org", "Location": "place"},
    "https://schema.followthemoney.tech/#": {
        "Company": "org", "PublicBody": "org", "Address": "place", "CourtCase": "event", "Payment": "event",
    },
    "https://spec.edmcouncil.org/fibo/ontology/BE/": {
        "Corporation": "org", "RegionalGovernment": "state", "Jurisdiction": "place",
        "LegalEntityIdentifier": "concept",
    },
    "http://www.cidoc-crm.org/cidoc-crm/": {
        "E21_Person": "person", "E39_Actor": "person", "E67_Birth": "event", "E31_Document": "doc",
        "E55_Type": "concept",
    },
    "http://www.w3.org/ns/prov#": {
        "Agent": "person", "SoftwareAgent": "person", "Activity": "event", "Association": "concept",
        "Organization": "org",
    },
    "http://semanticweb.cs.vu.nl/2009/11/sem/": {"Actor": "person", "Event": "event", "Place": "place"},
    "http://www.w3.org/ns/dcat#": {"Catalog": "doc", "Distribution": "doc", "DataService": "concept"},
    "http://www.w3.org/2004/02/skos/core#": {"Concept": "concept", "ConceptScheme": "concept", "Collection": "concept"},
    "http://data.openownership.org/terms#": {"PersonStatement": "concept", "Entity": "concept"},
    "http://vivoweb.org/ontology/core#": {"FacultyMember": "person", "AcademicDepartment": "org"},
    "http://example.org/": {"PersonConcept": "concept", "StateMachine": "concept", "MemberState": "state"},
}  # fmt: skip


@pytest.mark.parametrize("vocabulary", KNOWN)
def test_the_classes_of_a_vocabulary_are_known(tmp_path: Path, vocabulary: str) -> None:
    text = " ".join(f"ex:{name} a <{vocabulary}{name}> ; ex:knows ex:other ." for name in KNOWN[vocabulary])
    found = nodes(tmp_path, text)
    assert {name: found[name][2] for name in KNOWN[vocabulary]} == KNOWN[vocabulary]


def test_a_key_is_a_name_only_of_what_has_no_kind(tmp_path: Path) -> None:
    text = 'ex:n1083 a ex:Lecturer ; ex:teaches ex:law . ex:n2000 ex:teaches ex:law . ex:law rdfs:label "Law" .'
    found = nodes(tmp_path, text)
    assert (found["n1083"][0], found["n2000"][0]) == ("Lecturer (Law)", "n2000")


def test_documents_join_those_who_made_them_on_the_cast(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    people = " ".join(
        f'ex:p{i} a foaf:Person ; foaf:name "Person {"ABCDE"[i]}" . ex:d dct:creator ex:p{i} .' for i in range(5)
    )
    file.write_text(f"{PREFIXES} @prefix dct: <http://purl.org/dc/terms/> . {people} ex:d a schema:Report .", "utf-8")
    cast = choose_cast(projection.project(conversion.lifted(reading.read([file]))))
    assert {member.node.rpartition("/")[2] for member in cast.members} == {"p0", "p1", "p2", "p3", "p4", "d"}


def test_what_keeps_a_record_is_not_what_a_drawing_opens_with(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    records = " ".join(
        f"ex:i{i} a ex:Identifier ; ex:identifies ex:acme ; ex:kept ex:r{i} . ex:r{i} a ex:Entry ." for i in range(30)
    )
    file.write_text(f"{PREFIXES} {records} ex:acme a ex:Company ; ex:seat ex:oslo . ex:oslo a ex:City .", "utf-8")
    chosen = choose(projection.project(conversion.lifted(reading.read([file]))), 10)
    assert {"http://example.org/acme", "http://example.org/oslo"} <= set(chosen.nodes)


def test_a_class_is_known_by_those_above_it(tmp_path: Path) -> None:
    text = "ex:ana a ex:Zyx ; ex:knows ex:ben . ex:Zyx rdfs:subClassOf ex:Yx ."
    text += " ex:Yx rdfs:subClassOf foaf:Person , ex:Zyx ."
    assert nodes(tmp_path, text)["ana"][1:] == ("Zyx", "person")


def test_an_instance_of_a_wikidata_class_is_of_that_kind(tmp_path: Path) -> None:
    found = nodes(tmp_path, 'wd:Q1 rdfs:label "Ada"@en ; wdt:P31 wd:Q5 ; wdt:P27 wd:Q2 . wd:Q2 wdt:P31 wd:Q6256 .')
    assert found["Q1"] == ("Ada", "human", "person") and found["Q2"][1:] == ("country", "state")
    assert "Q5" not in found


def test_so_is_what_a_statement_says_that_is_a_node(tmp_path: Path) -> None:
    statement = "<http://www.wikidata.org/entity/statement/Q1-A>"
    found = nodes(
        tmp_path,
        f'wd:Q1 rdfs:label "Ada"@en ; <http://www.wikidata.org/prop/P31> {statement} ; wdt:P27 wd:Q2 . '
        f"{statement} <http://www.wikidata.org/prop/statement/P31> wd:Q5 .",
    )
    assert found["Q1"] == ("Ada", "human", "person")


def test_the_names_of_an_authority_file_are_no_things(tmp_path: Path) -> None:
    text = """ex:ana gnd:preferredNameForThePerson "Sample, Ana" ; gnd:familialRelationship ex:ben ;
        gnd:variantNameEntityForThePerson [ gnd:forename "Anna" ; gnd:surname "Sample" ] ."""
    assert {name for name, _, _ in nodes(tmp_path, text).values()} == {"Sample, Ana", "ben"}


def test_properties_that_go_by_numbers_are_called_by_name(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text(
        f"{PREFIXES} wd:Q1 wdt:P27 wd:Q2 ; wdt:P6087 wd:Q3 ; wdt:P999999 wd:Q4 ;"
        " <http://purl.obolibrary.org/obo/BFO_0000050> wd:Q5 .",
        "utf-8",
    )
    net = projection.project(conversion.lifted(reading.read([file])))
    called = {(known["relation_label"]["en"], known["relation_label"]["es"]) for _, _, known in net.edges(data=True)}
    assert called == {
        ("country of citizenship", "nacionalidad"), ("coach of", "entrenador de"), ("P999999", "P999999"),
        ("part of", "part of"),
    }  # fmt: skip


def test_a_name_is_one_line_however_it_was_indented(tmp_path: Path) -> None:
    found = nodes(tmp_path, 'ex:i01 rdfs:label """\n   Shelf\n  location """ ; ex:knows ex:b .')
    assert found["i01"][0] == "Shelf location"


def test_what_is_only_an_individual_has_no_kind() -> None:
    type_ = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    classes = Classes({"x": [(type_, NamedNode("http://www.w3.org/2002/07/owl#NamedIndividual"))]})
    assert (classes.of("x"), look_of("Statement"), look_of("")) == ("", None, None)


# --- dates


@pytest.mark.parametrize(
    ("lexical", "shown"),
    [
        ("2012", "2012"), ("2012Z", "2012"), ("2012-02", "2012-02"), ("2012-02-29+05:30", "2012-02-29"),
        ("2013-04-25T18:09:00Z", "2013-04-25"), ("2013-04-25T24:00:00", "2013-04-25"),
        ("12020-01-01", ""), ("20201", ""), ("-0044-03-15", ""), ("0000", ""), ("2012-02-31", ""), ("2012-13-01", ""),
        ("1999-00", ""), ("2013-04-25T118:09:00Z", ""), ("2011-02-29", ""), ("2012-02-29T25:00:00", ""),
    ],
)  # fmt: skip
def test_only_a_day_that_there_is_stands_on_the_time_line(lexical: str, shown: str) -> None:
    assert dates.printed(lexical) == shown


def test_what_is_no_date_is_shown_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    written = ["12020-01-01", "-0044-03-15", "2012-02-31"]
    values = " , ".join('"' + day + '"^^xsd:date' for day in written)
    file.write_text(f"{PREFIXES} ex:x ex:d {values} .", "utf-8")
    net = projection.project(conversion.lifted(reading.read([file])))
    facts = [fact["value"] for fact in net.nodes["http://example.org/x"]["facts"]]
    assert sorted(fact["label"]["en"] for fact in facts) == sorted(f"“{day}”" for day in written)
    assert {fact["kind"] for fact in facts} == {"text"}


def test_words_of_the_court_are_exact_and_pictures_open_nothing(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text(
        f"{PREFIXES} wd:Q1 wdt:P31 wd:Q5 ; wdt:P1595 wd:Q2 ; wdt:P1399 wd:Q3 ; wdt:P1591 wd:Q4 ; wdt:P242 ex:map.png .",
        "utf-8",
    )
    net = projection.project(conversion.lifted(reading.read([file])))
    called = {(known["relation_label"]["en"], known["relation_label"]["es"]) for _, _, known in net.edges(data=True)}
    assert {("charge", "cargo"), ("convicted of", "condenado por"), ("defendant", "acusado")} <= called
    kept = [
        known["relation_iri"][-4:]
        for source, _, known in net.edges(data=True)
        if keeps_record(known["relation_iri"], source)
    ]
    assert kept == ["P242"]
