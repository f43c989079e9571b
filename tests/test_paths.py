"""Paths: what is walked and what is not, the strongest way first, and a text that states nothing that was only said."""

from __future__ import annotations

import json
import re
import time
from functools import cache
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner

import graph
from graph.base import names
from graph.base.errors import QueryError
from graph.cli import main
from graph.network import path_text, paths
from graph.network.projection import project
from graph.network.records import propositions_in

ROOT = Path(__file__).resolve().parent.parent
FIRST = str(ROOT / "cases" / "us-el-salvador-prison-deal")
CASE = """
format: 1
title: {en: Ways, es: Caminos}
actors:
  post: {name: {en: the Valley Post, es: el Valley Post}, kind: media}
  herald: {name: Herald, kind: media}
  ana: {name: Ana Núñez, kind: person, aliases: [La Jefa]}
  luis: {name: Luis Ortega, kind: person}
  eva: {name: Eva Lund, kind: person}
  iris: {name: Iris Vale, kind: person}
  front: {name: {en: the Hill Front, es: el Frente de la Colina}, kind: organisation}
  corvena: {name: Corvena, kind: company}
  selmo: {name: Selmo, kind: company}
  land: {name: Landia, kind: state}
things:
  fee: {name: {en: the fee, es: la tarifa}, kind: payment}
---
format: 1
document: {id: d1, title: One, published: 2031-05-02, publisher: post}
passages:
  - at: p1
    summary: Who is tied to whom.
    asserts:
      works: [ana, works-for, corvena]
      owns: [corvena, owns, selmo]
      controls: [corvena, controls, selmo]
      lives: [ana, comes-from, land]
      lives2: [eva, comes-from, land]
      fee: [fee, occurred]
      payer: [fee, payer, luis]
      payee: [fee, payee, eva]
      member: [luis, member-of, front]
      member2: [eva, member-of, front]
      plan: [luis, invested-in, selmo, planned]
      deal: [iris, heads, selmo]
    denies:
      no: deal
  - at: p2
    by: eva
    summary: Eva speaks.
    asserts:
      tie: [iris, advises, luis]
    asks:
      open: [ana, spouse-of, luis]
    mentions:
      spoken: [ana, sibling-of, luis]
---
format: 1
document: {id: d2, title: Two, published: 2031-05-03, publisher: herald}
passages:
  - at: p1
    summary: Again.
    asserts:
      again: [corvena, owns, selmo]
"""


@cache
def made() -> nx.MultiDiGraph:
    folder = Path(__import__("tempfile").mkdtemp())
    (folder / "ways.yaml").write_text(CASE)
    return project(graph.load(folder / "ways.yaml").store)


@cache
def first() -> nx.MultiDiGraph:
    return project(graph.load(FIRST).store)


def ways(a: str, b: str, **options: object) -> list[list[str]]:
    net = made()
    found = paths.find(net, paths.named(net, a), paths.named(net, b), paths.Walk(**options))
    return [[node.rpartition("/")[2] for node in path.nodes] for path in found]


def test_the_shortest_comes_first_and_the_strongest_relationship_is_the_hop() -> None:
    net = made()
    (path, *_) = paths.find(net, paths.named(net, "ana"), paths.named(net, "selmo"))
    assert [node.rpartition("/")[2] for node in path.nodes] == ["ana", "corvena", "selmo"]
    hop = path.hops[1]
    assert hop.proposition is not None
    assert hop.proposition["relation"] == "owns"
    assert [other["relation"] for other in hop.beside] == ["controls"]
    assert {claim["sid"] for claim in hop.claims} == {"owns", "again"}
    assert path.weakest == 0
    assert path.statements == 3
    assert len(path.speakers) == 2


@pytest.mark.parametrize(
    ("a", "b", "options"),
    [
        ("luis", "front", {"sensitive": True}),
        ("luis", "selmo", {"not_yet": True}),
        ("iris", "selmo", {"disputed": True}),
    ],
)
def test_what_is_sensitive_disputed_or_not_yet_so_is_walked_when_asked_for(
    a: str, b: str, options: dict[str, bool]
) -> None:
    assert [a, b] not in ways(a, b)
    assert ways(a, b, **options)[0] == [a, b]


def test_what_needs_two_words_needs_both() -> None:
    sensitive_and_disputed = {
        "line": "disputed", "sensitive": True, "affirmed_by": ["x"],
        "standings": [{"modality": "planned", "level": "affirmedFirmly"}],
    }  # fmt: skip
    assert paths.needs(sensitive_and_disputed) == {"sensitive", "disputed", "notyet"}


def test_asked_and_mentioned_are_never_walked() -> None:
    everything = {"sensitive": True, "disputed": True, "not_yet": True, "through": paths.THROUGH, "limit": 100}
    assert ["ana", "luis"] not in ways("ana", "luis", **everything)
    net = made()
    never = {p["relation"] for p in propositions_in(net) if "never" in paths.needs(p)}
    assert {"spouse-of", "sibling-of"} <= never


def test_nothing_is_walked_that_no_one_affirms(tmp_path: Path) -> None:
    e = graph.load(ROOT / "tests" / "cases" / "denied-alone.yaml")
    for p in propositions_in(project(e.store)):
        if p["line"] in ("denied", "open", "mentioned", "rejected"):
            assert "never" in paths.needs(p)


def test_states_are_not_walked_through_unless_asked_for() -> None:
    assert ["ana", "land", "eva"] not in ways("ana", "eva")
    assert ["ana", "land", "eva"] in ways("ana", "eva", through=["state"])
    assert ways("ana", "land") == [["ana", "land"]]


def test_a_third_who_speaks_about_both_does_not_join_them() -> None:
    assert all("post" not in way[1:-1] for way in ways("ana", "eva", limit=20))
    assert ["ana", "post", "eva"] in ways("ana", "eva", through=["speaker"], limit=20)


def test_who_speaks_about_somebody_is_a_hop_of_statements() -> None:
    net = made()
    (path, *_) = paths.find(net, paths.named(net, "eva"), paths.named(net, "iris"))
    assert [hop.line for hop in path.hops] == ["speaks"]
    assert path.hops[0].proposition is None
    text = path_text.text(net, path)
    assert "1. Eva Lund speaks about Iris Vale. [1]" in text
    assert "statements about it, not a relationship" in text
    assert "no source here states a connection between Eva Lund and Iris Vale" in text


def test_a_speaking_hop_stands_on_what_may_be_walked_only() -> None:
    net = made()
    for path in paths.find(net, paths.named(net, "post"), paths.named(net, "front"), paths.Walk(limit=20)):
        assert all(not p["sensitive"] for hop in path.hops if (p := hop.proposition))
        assert len(path.hops) > 1 or path.hops[0].claims == ()


def test_the_text_says_what_it_stands_on_and_what_it_does_not_say() -> None:
    net = made()
    (path, *_) = paths.find(net, paths.named(net, "ana"), paths.named(net, "selmo"))
    text = path_text.text(net, path)
    assert text.startswith(
        "3 separate statements by 2 speakers; no source here states a connection between Ana Núñez and Selmo, "
        "figures such as a share aside.\n"
    )
    assert re.findall(r"^\d\. .*", text, re.MULTILINE)[0].startswith("1. The Valley Post says that Ana Núñez works for")
    assert "The weakest step is 1: said by 1 independent source." in text
    notes = re.findall(r"^\[\d\] .*", text, re.MULTILINE)
    assert len(notes) == 3
    assert notes[0].endswith("Valley Post, 2 May 2031, paragraph 1.")
    spanish = path_text.text(net, path, "es")
    assert spanish.startswith("3 declaraciones separadas de 2 fuentes; ninguna fuente afirma aquí")
    assert "El paso más débil es el 1" in spanish


def test_a_direct_connection_is_said_to_be_one() -> None:
    net = made()
    (path,) = paths.find(net, paths.named(net, "ana"), paths.named(net, "corvena"), paths.Walk(limit=1))
    assert "a source here states a connection between Ana Núñez and Corvena directly" in path_text.text(net, path)


def test_a_direct_connection_that_is_left_out_is_not_kept_quiet() -> None:
    net = made()
    luis, front = paths.named(net, "luis"), paths.named(net, "front")
    assert paths.find(net, luis, front) == []
    text = path_text.no_path(net, luis, front, ("sensitive", "disputed", "notyet"))
    assert "states a connection between Luis Ortega and the Hill Front directly (sensitive, left out here)" in text
    assert "Not followed: sensitive, disputed, planned or possible relationships." in text


def test_an_event_in_which_one_speaker_places_both_is_named() -> None:
    net = made()
    path = next(p for p in paths.find(net, paths.named(net, "luis"), paths.named(net, "eva")) if len(p.hops) == 2)
    assert "stated here is that the Valley Post names both in “Fee”" in path_text.text(net, path)


def test_a_denied_hop_never_leaves_without_its_denial() -> None:
    net = made()
    (path,) = paths.find(net, paths.named(net, "iris"), paths.named(net, "selmo"), paths.Walk(disputed=True, limit=1))
    assert {claim["stance"] for claim in path.hops[0].claims} == {"asserted", "denied"}
    assert "both says and denies this. [1][2]" in path_text.text(net, path)


def test_a_relationship_about_a_relationship_leads_through_it(tmp_path: Path) -> None:
    (tmp_path / "knew.yaml").write_text(CASE.replace("      again:", "      knew: [ana, knew, d1/tie]\n      again:"))
    net = project(graph.load(tmp_path / "knew.yaml").store)
    (path, *_) = paths.find(net, paths.named(net, "ana"), paths.named(net, "luis"))
    assert [net.nodes[node]["type"] for node in path.nodes] == ["node", "statement", "node"]
    assert [hop.proposition and hop.proposition["relation"] for hop in path.hops] == ["knew", "advises"]
    # The two halves of one relationship are no way.
    for path in paths.find(net, paths.named(net, "iris"), paths.named(net, "luis"), paths.Walk(limit=20)):
        used = [hop.proposition["proposition"] for hop in path.hops if hop.proposition]
        assert len(used) == len(set(used))


def test_every_path_of_the_first_case_is_text_without_a_bare_statement() -> None:
    net = first()
    everything = paths.Walk(sensitive=True, disputed=True, not_yet=True, through=paths.THROUGH, limit=2)
    people = [node for node, kind in net.nodes(data="kind") if kind == "person"]
    for a, b in pairwise(people):
        for path in paths.find(net, a, b, everything):
            for language in ("en", "es"):
                for line in re.findall(r"^\d\. .*", path_text.text(net, path, language), re.MULTILINE):
                    assert re.search(
                        r" (says?|alleges?|supposes?|(?:reported|alleged) without attribution|speaks about|denies|said)"
                        r" | (afirman?|supone|informa,|habla del?|niega) |Según ",
                        line,
                    ), line
            assert json.loads(json.dumps(path_text.record(net, path)))["statements"] == path.statements


def test_names_are_found_without_accents_and_capitals() -> None:
    net = made()
    ana = paths.named(net, "ana")
    for word in ("Ana Nunez", "ANA NÚÑEZ", "la jefa", "nunez", ana):
        assert paths.named(net, word) == ana
    assert paths.named(net, "the hill front") == paths.named(net, "Frente de la Colina") == paths.named(net, "front")


def test_a_wrong_name_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(QueryError, match=r"Did you mean luis \(Luis Ortega\)\?"):
        paths.named(made(), "Luis Orteja")
    with pytest.raises(QueryError, match="may mean 2 here"):
        names.find("ana", [names.Known("1", ("x",), ("Ana A",)), names.Known("2", ("y",), ("Ana B",))])
    with pytest.raises(QueryError, match="No actor, thing or document matches"):
        paths.named(made(), "")


def test_wrong_questions_are_refused() -> None:
    net = made()
    ana = paths.named(net, "ana")
    with pytest.raises(QueryError, match="the same"):
        paths.find(net, ana, ana)
    with pytest.raises(QueryError, match="not in this network"):
        paths.find(net, ana, "https://nobody.example")
    with pytest.raises(QueryError, match="Use state"):
        paths.Walk(through=["nobody"])
    # Nothing found because nothing was asked for would read as "there is no path".
    with pytest.raises(QueryError, match="limit: cannot be 0"):
        paths.Walk(limit=0)


def test_a_large_network_is_searched_quickly() -> None:
    net: nx.MultiDiGraph = nx.MultiDiGraph(kinds={"person": {"broader": ""}}, documents=[])
    claims = []
    for n in range(2000):
        net.add_node(f"n{n}", type="node", kind="person", label={"en": f"N{n}"}, facts=[], slug=f"n{n}", aliases=[])
    for n in range(10_000):
        source, target = f"n{n * 7919 % 2000}", f"n{(n * 104_729 + n // 13) % 2000}"
        claim = {"id": f"c{n}", "proposition": f"p{n}", "speaker": "n0", "stance": "asserted", "document": "d",
                 "order": n, "alternatives": []}  # fmt: skip
        claims.append(claim)
        net.add_edge(source, target, f"p{n}", type="relationship", proposition=f"p{n}", subject=source, third=target,
                     line="said", sensitive=False, origins=1, affirmed_by=[f"c{n}"], opposed_by=[], claims=[claim],
                     standings=[{"modality": "actual", "level": "affirmedFirmly"}])  # fmt: skip
    begun = time.process_time()
    assert paths.find(net, "n1", "n1999")
    assert time.process_time() - begun < 3


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "ways.yaml").write_text(CASE)
    run = CliRunner()
    done = run.invoke(main, ["path", "la jefa", "Selmo", str(tmp_path / "ways.yaml")])
    assert done.exit_code == 0
    assert done.output.startswith("3 separate statements by 2 speakers; ")
    done = run.invoke(main, ["path", "ana", "selmo", str(tmp_path / "ways.yaml"), "--json"])
    assert json.loads(done.output)[0]["statements"] == 3
    done = run.invoke(main, ["path", "anna", "selmo", str(tmp_path / "ways.yaml")])
    assert done.exit_code == 1
    assert "Did you mean ana" in done.stderr
    done = run.invoke(main, ["path", "luis", "front", str(tmp_path / "ways.yaml")])
    assert "No path found between" in done.output
    done = run.invoke(main, ["path", "luis", "front", str(tmp_path / "ways.yaml"), "--sensitive", "--lang", "es"])
    assert done.output.startswith("1 declaración separada")
    assert run.invoke(main, ["path", "ana"]).exit_code == 2
