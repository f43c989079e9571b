"""Foreign data: a list is its members, and a node that stands for a tie is that tie, with its values on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import graph
from graph.network.records import propositions_in

PREFIXES = """
@prefix ex: <http://example.org/> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix ftm: <https://schema.followthemoney.tech/#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix uco: <https://ontology.unifiedcyberontology.org/uco/core/> .
"""


def read(folder: Path, text: str) -> tuple[set[str], dict[str, dict[str, Any]]]:
    """The names of all nodes, and each relationship by its words."""
    file = folder / "data.ttl"
    file.write_text(PREFIXES + text, "utf-8")
    net = graph.load(file).projection
    names = {known["label"]["en"] for _, known in net.nodes(data=True) if known["type"] == "node"}
    return names, {p["title"]["en"].strip("“”"): dict(p) for p in propositions_in(net)}


@pytest.mark.parametrize(
    "text",
    [
        "ex:board ex:members ( ex:ana ex:ben ) .",
        "ex:board ex:members ex:l . ex:l rdf:first ex:ana ; rdf:rest ( ex:ben ) .",
        "ex:board ex:members ( ex:ana ) , ( ex:ben ) , () .",
    ],
)
def test_a_list_is_its_members(tmp_path: Path, text: str) -> None:
    names, ties = read(tmp_path, text)
    assert {"board · members · ana", "board · members · ben"} == set(ties)
    assert names == {"board", "ana", "ben"}


def test_a_list_of_texts_is_its_texts(tmp_path: Path) -> None:
    _, ties = read(tmp_path, 'ex:ana ex:posts ( "mayor" "judge" ) .')
    assert set(ties) == {"ana · posts · mayor", "ana · posts · judge"}


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        ("ex:o a ftm:Ownership ; ftm:owner ex:ana ; ftm:asset ex:acme .", "ana · Ownership · acme"),
        ("ex:o a ftm:Directorship ; ftm:director ex:ana ; ftm:organization ex:acme .", "ana · Directorship · acme"),
        ("[] a org:Membership ; org:member ex:ana ; org:organization ex:acme .", "ana · Membership · acme"),
        ("[] a ftm:Employment ; ftm:employee ex:ana ; ftm:employer ex:acme .", "ana · Employment · acme"),
        (
            'ex:r a uco:Relationship ; uco:source ex:ana ; uco:target ex:acme ; uco:kindOfRelationship "Works_At" .',
            "ana · Works At · acme",
        ),
        ("ex:r a ex:Relationship ; ex:source ex:ana ; ex:target ex:acme .", "ana · Relationship · acme"),
        (
            "ex:ana prov:qualifiedDelegation [ a prov:Delegation ; prov:agent ex:acme ] .",
            "ana · acted on behalf of · acme",
        ),
    ],
)
def test_a_node_that_stands_for_a_tie_is_the_tie(tmp_path: Path, text: str, tie: str) -> None:
    names, ties = read(tmp_path, text)
    assert set(ties) == {tie} and names == {"ana", "acme"}


def test_what_is_said_at_such_a_node_is_on_the_tie_with_its_source(tmp_path: Path) -> None:
    _, ties = read(
        tmp_path,
        """ex:o a ftm:Ownership ; ftm:owner ex:ana ; ftm:asset ex:acme ; ftm:percentage 40 ;
        dct:source ex:register .""",
    )
    [claim] = ties["ana · Ownership · acme"]["claims"]
    assert (claim["hedges"], claim["speaker"].rpartition("/")[2]) == (["percentage: 40"], "register")


def test_what_prov_says_in_full_is_on_the_tie_that_it_says_in_short(tmp_path: Path) -> None:
    text = """ex:report prov:wasAssociatedWith ex:ana ; prov:qualifiedAssociation ex:q .
        ex:q a prov:Association ; prov:agent ex:ana ; prov:hadRole ex:editor ."""
    names, ties = read(tmp_path, text)
    assert (set(ties), names) == ({"report · was associated with · ana"}, {"report", "ana"})
    assert ["hadRole: editor"] in [claim["hedges"] for claim in ties["report · was associated with · ana"]["claims"]]


@pytest.mark.parametrize(
    "text",
    [
        "ex:a prov:qualifiedUsage [ prov:entity ex:b ] .",
        "ex:a prov:qualifiedUsage [ a prov:Usage ; prov:hadRole ex:b ] .",
        "[] a ex:Relationship ; ex:source ex:a ; ex:about ex:b .",
    ],
)
def test_what_joins_no_two_is_not_lost(tmp_path: Path, text: str) -> None:
    names, _ = read(tmp_path, text)
    assert {"a", "b"} < names


def test_a_node_that_joins_nobody_keeps_what_is_said_of_it(tmp_path: Path) -> None:
    names, ties = read(tmp_path, 'ex:o a ftm:Ownership ; ftm:owner ex:ana ; ex:note "n" .')
    assert set(ties) == {"o · owner · ana", "o · note · n"} and names == {"o", "ana"}
