"""What a stranger asks first works first time: the queries that the dataset's files begin with, in three engines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store
from serving import Served, serving

from graph.base.terms import expand
from graph.case.model import Case
from graph.case.values import Quantity
from graph.dataset.opening import FIRST_QUERIES, declared, opening
from graph.pipeline import CaseGraph
from graph.query import sparql
from graph.wording import label

CASE = "cases/us-el-salvador-prison-deal"
LISTED, KINDS, DENIED, OF, BY, SUMS, FIGURES, GRAVE, NOT_YET, RELATIONS, DATES = FIRST_QUERIES.values()


@pytest.fixture(scope="module")
def turtle(edition: CaseGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("out") / "dataset.ttl"
    file.write_bytes(opening(graphs=False) + edition.turtle)
    return file


@pytest.fixture(scope="module")
def plain(turtle: Path) -> rdflib.Graph:
    """As anybody opens the file: without an option."""
    return rdflib.Graph().parse(turtle)


@pytest.fixture(scope="module")
def store(turtle: Path) -> Store:
    opened = Store()
    opened.load(path=str(turtle), format=RdfFormat.TURTLE)
    return opened


@pytest.fixture(scope="module")
def service() -> Iterator[Served]:
    with serving(CASE) as served:
        yield served


@cache
def rows(query: str, plain: rdflib.Graph, store: Store, service: Served) -> tuple[tuple[str, ...], ...]:
    """The rows, which are the same everywhere."""
    asked = declared(query)
    theirs = sorted(tuple("" if value is None else str(value) for value in row) for row in plain.query(asked))
    solutions = store.query(asked)
    ours = sorted(tuple(value.value if value else "" for value in row) for row in solutions)
    names = [variable.value for variable in solutions.variables]
    served = sorted(tuple(row.get(name, "") for name in names) for row in service.rows(asked))
    assert theirs == ours == served
    return tuple(ours)


def test_an_edge_list_has_a_row_for_each_statement(
    plain: rdflib.Graph, store: Store, service: Served, edition: CaseGraph
) -> None:
    found = rows(LISTED, plain, store, service)
    assert len(found) == sum(claim.stance != "mentioned" for claim in edition.case.claims) == 251
    assert not any(value.startswith("http") for row in found for value in row), "every part has a name"
    for _, word, _, relation, _, _, _ in found:
        # A relation alone says how it is held: what nobody says as a fact never reads as one.
        if word in ("denies", "disputes"):
            assert relation.startswith("denied: ")
        elif word == "presupposed":
            assert relation.startswith("presupposed: ")
        elif word == "presupposed possible":
            assert relation.endswith("(not yet so)")
        elif word in ("asks", "gave no answer", "mentions"):
            assert relation.startswith("only spoken of: ")
        elif word.startswith(("alleges", "supposes")) and "planned" not in word:
            assert relation.endswith(("(alleged only)", "(not yet so)"))
        elif word.endswith("counterfactual"):
            assert " have " in relation and relation.endswith("(contrary to fact)")
        elif word not in ("says", "says of some"):
            assert relation.endswith("(not yet so)")


@pytest.mark.slow
def test_the_queries_in_the_data_itself_work_in_the_file_that_has_one_graph(
    plain: rdflib.Graph, store: Store, edition: CaseGraph
) -> None:
    """Whoever reads `ag:startHere` pastes it as it is, into the file it was found in."""
    here = [str(query) for query in plain.objects(None, rdflib.URIRef(expand("ag:startHere")))]
    queries = [query for query in here if "GRAPH" not in query]
    assert len(here) == 4 and len(queries) == 2
    counted = {len(list(store.query(query))) for query in queries}
    assert counted == {len(plain.query(query)) for query in queries} == {251, len(edition.case.actors)}


def test_actors_with_their_kinds(plain: rdflib.Graph, store: Store, service: Served, edition: CaseGraph) -> None:
    found = rows(KINDS, plain, store, service)
    assert len(found) == len(set(found)) == len(edition.case.actors)
    assert ("Nayib Bukele", "person") in found


def test_who_denies_or_disputes(plain: rdflib.Graph, store: Store, service: Served) -> None:
    found = rows(DENIED, plain, store, service)
    assert len(found) == 3
    assert {word for _, word, _, _ in found} == {"denies", "disputes"}
    assert all(answered for *_, answered in found)


def test_what_is_said_of_something_by_another_name_of_it(plain: rdflib.Graph, store: Store, service: Served) -> None:
    by_alias = rows(OF.replace("NAME", "cecot"), plain, store, service)
    by_name = rows(OF.replace("NAME", "terrorism confinement centre (cecot)"), plain, store, service)
    assert by_alias == by_name
    assert len(by_alias) == 22


def test_what_somebody_says_or_is_said_for_them(plain: rdflib.Graph, store: Store, service: Served) -> None:
    assert len(rows(BY.replace("NAME", "cristosal"), plain, store, service)) == 8
    found = rows(BY.replace("NAME", "white house"), plain, store, service)
    assert len([name for name, _ in found if name == "White House"]) == 10
    assert {name for name, _ in rows(BY.replace("NAME", "bukele"), plain, store, service)} == {"Nayib Bukele"}


def test_every_sum_with_who_states_it(plain: rdflib.Graph, store: Store, service: Served) -> None:
    found = rows(SUMS, plain, store, service)
    assert len(found) == 8 and len({each[0] for each in found}) == 7
    assert ("$6mn", "bne IntelliNews", "says") in {each[:3] for each in found}
    assert ("$6mn", "Associated Press", "says planned") in {each[:3] for each in found}


def test_a_figure_that_its_speaker_rounds_says_so(
    plain: rdflib.Graph, store: Store, service: Served, edition: CaseGraph
) -> None:
    """The figure is a node that others may state exactly, so its own label has no "about"."""
    rounded = {"about 300 people", "about $20,000 per prisoner a year"}
    assert {row[4] for row in rows(LISTED, plain, store, service) if row[4].startswith("about ")} == rounded
    sums = {row[0] for row in rows(SUMS, plain, store, service)}
    assert "about $20,000 per prisoner a year" in sums and "$20,000 per prisoner a year" not in sums
    for name, language, words in (
        ("figures", "en", "about 300 people"),
        ("figures", "es", "alrededor de 300 personas"),
        ("money", "en", "about $20,000 per prisoner a year"),
    ):
        found = sparql.run(edition.store, sparql.find(name).text, {"lang": language})
        assert words in {cell for row in found.values() for cell in row.values()}, name


def test_every_other_figure_says_of_what_it_is(
    plain: rdflib.Graph, store: Store, service: Served, edition: CaseGraph
) -> None:
    thirds = [edition.case.propositions[claim.proposition].third for claim in edition.case.claims if claim.counted]
    found = rows(FIGURES, plain, store, service)
    assert len(found) == sum(isinstance(third, Quantity) and not third.currency for third in thirds) == 8
    assert ("about 300 people", "says planned") in {(row[1], row[3]) for row in found}


def test_what_can_defame_with_what_is_said_against_it(
    plain: rdflib.Graph, store: Store, service: Served, edition: CaseGraph
) -> None:
    dockets = edition.dockets.by_proposition
    answered = {iri for claim in edition.case.claims for iri in claim.counters}
    # What is denied of a whole answers what is said of its part.
    answered |= {claim.iri for claim in edition.case.claims if dockets[claim.proposition].whole_opposed_by}
    grave = [
        claim
        for claim in edition.case.claims
        if dockets[claim.proposition].sensitive and not claim.opposing and claim.stance != "mentioned"
    ]
    found = rows(GRAVE, plain, store, service)
    assert len({(who, statement) for who, _, statement, _ in found}) == len(grave) == 10
    assert (
        len({statement for _, _, statement, answer in found if answer}) == len(answered & {c.iri for c in grave}) == 3
    )


def test_what_is_not_yet_so_is_told_by_modality_whatever_the_word(
    plain: rdflib.Graph, store: Store, service: Served, edition: CaseGraph
) -> None:
    said = [claim for claim in edition.case.claims if claim.stance != "mentioned"]
    found = rows(NOT_YET, plain, store, service)
    assert len(found) == sum(edition.dockets.modality[claim.iri] != "actual" for claim in said)


def test_each_relation_with_its_statements(
    plain: rdflib.Graph, store: Store, service: Served, edition: CaseGraph
) -> None:
    found = rows(RELATIONS, plain, store, service)
    assert sum(int(number) for *_, number in found) == 251
    stated = {claim.proposition for claim in edition.case.claims if claim.stance != "mentioned"}
    assert len(found) == len({edition.case.propositions[iri].relation for iri in stated})


def test_every_date_with_what_is_said_of_it(plain: rdflib.Graph, store: Store, service: Served) -> None:
    found = rows(DATES, plain, store, service)
    assert len(found) == 8 and {date for date, _ in found} >= {"1798", "14 March 2025", "15 March 2025"}
    asked = [row["date"] for row in service.rows(declared(DATES))]
    assert asked[0] == "1798" and asked[-1] == "15 March 2025"


def test_a_tie_is_called_as_its_relation_and_one_without_a_direction_is_found_from_both_ends(
    plain: rdflib.Graph, store: Store, service: Served, edition: CaseGraph
) -> None:
    both_ways = [one for one in edition.case.vocabulary.relations.values() if not one.directed]
    ties = " ".join(f"{level}:{relation.mirror}" for relation in both_ways for level in ("said", "alleged", "notyet"))
    found = rows(f"SELECT ?a ?tie ?b {{ VALUES ?tie {{ {ties} }} ?a ?tie ?b }}", plain, store, service)
    assert found and {(a, tie, b) for a, tie, b in found} == {(b, tie, a) for a, tie, b in found}
    assert len(rows("SELECT ?a ?b { ?a said:heldAt ?b }", plain, store, service)) == 2


#: Written by somebody who had read the comment at the beginning of the file and nothing else.
BY_THE_COMMENT = {
    "statements of each speaker": """SELECT ?who (COUNT(?s) AS ?n) { ?s a ag:Claim ; ag:speaker/rdfs:label ?who
        FILTER(LANG(?who) = "en") } GROUP BY ?who""",
    "through an agency": """SELECT ?statement { ?s ag:via/rdfs:label "Associated Press"@en ; rdfs:label ?statement
        FILTER(LANG(?statement) = "en") }""",
    "disputed as a whole": """SELECT ?what { ?p a ag:Proposition ; ag:line "disputed" ; rdfs:label ?what
        FILTER(LANG(?what) = "en") }""",
    "both sides of a dispute": """SELECT ?what ?who ?word { ?p ag:line "disputed" ; rdfs:label ?what .
        ?s ag:claims ?p ; ag:word ?word ; ag:speaker/rdfs:label ?who
        FILTER(LANG(?what) = "en" && LANG(?who) = "en") }""",
    "planned": """SELECT ?who ?statement { ?s ag:word "says planned" ; ag:speaker/rdfs:label ?who ;
        rdfs:label ?statement FILTER(LANG(?who) = "en" && LANG(?statement) = "en") }""",
    "presupposed": """SELECT ?statement { ?s ag:word ?word ; rdfs:label ?statement
        FILTER(STRSTARTS(?word, "presupposed") && LANG(?statement) = "en") }""",
    "what is accepted": """SELECT ?p { ?p ag:line "accepted" }""",
    "for whom somebody speaks": """SELECT ?who ?for ?statement { ?s ag:speaker/rdfs:label ?who ;
        ag:speaksFor/rdfs:label ?for ; rdfs:label ?statement
        FILTER(LANG(?who) = "en" && LANG(?for) = "en" && LANG(?statement) = "en") }""",
    "what one document says": """SELECT ?document (COUNT(?s) AS ?n) { ?s a ag:Claim ; ag:document/rdfs:label ?document
        FILTER(LANG(?document) = "en") } GROUP BY ?document""",
    "what a denial answers": """SELECT ?denial ?answered { ?s ag:counters/rdfs:label ?answered ; rdfs:label ?denial
        FILTER(LANG(?denial) = "en" && LANG(?answered) = "en") }""",
    "who is said to be a member": """SELECT ?a ?b { ?x alleged:memberOf ?y . ?x rdfs:label ?a . ?y rdfs:label ?b
        FILTER(LANG(?a) = "en" && LANG(?b) = "en") }""",
}


def _counts(case: Case) -> dict[str, int]:
    """How many rows each has, from what the case's files say."""
    said = [claim for claim in case.claims if claim.stance != "mentioned"]
    [agency] = [iri for iri, actor in case.actors.items() if label(actor, "en") == "Associated Press"]
    return {
        "statements of each speaker": len({claim.originator for claim in said}),
        "through an agency": sum(agency in claim.relays for claim in said),
        "presupposed": sum(claim.implied and claim.affirming for claim in said),
        "what is accepted": 0,
        "for whom somebody speaks": sum(bool(claim.speaks_for) for claim in said),
        "what one document says": len(case.documents),
        "what a denial answers": sum(len(claim.counters) for claim in said),
    }


@pytest.mark.parametrize("asked", BY_THE_COMMENT)
def test_what_a_reader_of_the_comment_asks(
    asked: str, plain: rdflib.Graph, store: Store, service: Served, edition: CaseGraph
) -> None:
    found = rows(BY_THE_COMMENT[asked], plain, store, service)
    dockets = edition.dockets.by_proposition.values()
    disputed = [docket for docket in dockets if docket.line == "disputed"]
    modality = edition.dockets.modality
    wanted = _counts(edition.case) | {
        "disputed as a whole": len(disputed),
        "both sides of a dispute": sum(len(docket.claims) for docket in disputed),
        "planned": sum(
            claim.stance == "asserted" and modality[claim.iri] == "planned" and not claim.implied
            and not claim.quantifier for claim in edition.case.claims
        ),
        "who is said to be a member": sum(
            "alleged" in docket.mirrors and edition.case.propositions[docket.proposition].relation == "member-of"
            for docket in dockets
        ),
    }  # fmt: skip
    assert len(found) == wanted[asked]
    if asked == "statements of each speaker":
        assert ("bne IntelliNews", "168") in found and sum(int(n) for _, n in found) == 251


def test_both_files_begin_with_a_comment_that_one_can_start_from() -> None:
    for graphs in (True, False):
        lines = opening(graphs=graphs).decode().splitlines()
        assert all(line.startswith("#") or not line for line in lines)
        assert 20 <= len(lines) <= 110
        assert all(len(line) <= 120 for line in lines)
        for asked, query in FIRST_QUERIES.items():
            assert f"# {asked}:" in lines and f"# {query.splitlines()[0]}" in lines
