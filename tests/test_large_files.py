"""What a large RDF file costs grows with the file and no faster: counted in work, which no machine changes.

Of what is too much for a page a part is drawn, with every statement about what is in the part.
"""

from __future__ import annotations

import cProfile
import pstats
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from page_cases.pages import data_of
from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

import graph
from graph.cli import main
from graph.draw.layout import everything, overlap, positions
from graph.draw.opening import choose
from graph.draw.positions import Places
from graph.foreign import conversion, part, reading
from graph.network.cast import choice, choose_cast
from graph.network.projection import project

E = "http://register.example/"
FOAF, ORG = "http://xmlns.com/foaf/0.1/", "http://www.w3.org/ns/org#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def register(groups: int) -> str:
    """Filings as N-Quads, each a graph with a source: three people, a body, who belongs to it, and who owns it."""
    rows = []
    for group in range(groups):
        filing, body = f"{E}filing/{group}", f"{E}org/{group}"
        said = [(body, TYPE, f"{ORG}Organization"), (body, f"{E}owns", f"{E}org/{group * 7 % groups}")]
        for number in range(3):
            person, tie = f"{E}person/{group}-{number}", f"{E}membership/{group}-{number}"
            said += [(person, TYPE, f"{FOAF}Person"), (tie, TYPE, f"{ORG}Membership"), (tie, f"{ORG}member", person)]
            said += [(tie, f"{ORG}organization", body), (tie, f"{ORG}role", f"{E}role/{number}")]
        rows += [f"<{s}> <{p}> <{o}> <{filing}> ." for s, p, o in said]
        rows.append(f"<{filing}> <http://purl.org/dc/terms/publisher> <{E}office/{group % 5}> <{E}about> .")
    return "\n".join(rows)


def people(count: int) -> str:
    """People as N-Triples of whom much is said and who are tied to nobody."""
    rows = []
    for number in range(count):
        rows.append(f"<{E}person/{number}> <{TYPE}> <{FOAF}Person> .")
        rows += [f'<{E}person/{number}> <{E}fact{fact}> "{fact} {number}" .' for fact in range(4)]
    return "\n".join(rows)


def calls_of(work: Callable[[], object]) -> tuple[int, int]:
    """How many calls it makes, and how many SPARQL queries."""
    profile = cProfile.Profile()
    profile.runcall(work)
    stats: Any = pstats.Stats(profile)
    asked = sum(row[1] for (_, _, name), row in stats.stats.items() if "'query' of 'pyoxigraph" in name)
    return stats.total_calls, asked


def foreign(path: Path, text: str) -> reading.Foreign:
    path.write_text(text, "utf-8")
    return reading.read([path])


@pytest.mark.slow
def test_twice_the_file_is_twice_the_work_and_not_one_query_more(tmp_path: Path) -> None:
    def draws(read: reading.Foreign) -> Callable[[], object]:
        def work() -> None:
            network = project(conversion.lifted(read))
            choose_cast(network)
            positions(network, choose(network), Places())

        return work

    small, large = foreign(tmp_path / "small.nq", register(40)), foreign(tmp_path / "large.nq", register(80))
    draws(small)()  # what is read once, such as the vocabulary
    (few, asked), (many, asked_large) = calls_of(draws(small)), calls_of(draws(large))
    assert asked == asked_large > 10
    assert many < 2.3 * few


def test_people_whom_nothing_ties_are_not_all_tried_for_the_cast(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice, "ROUNDS", 2)
    found = []
    for count in (100, 200):
        network = project(conversion.lifted(foreign(tmp_path / f"{count}.nt", people(count))))
        found.append(calls_of(lambda network=network: choose_cast(network))[0])  # type: ignore[misc]
    assert found[1] < 2.3 * found[0]


def test_room_for_a_box_is_looked_for_as_far_however_many_stand_there(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    summed = np.cumsum

    def counting(part: Any, **how: Any) -> Any:
        looked.append(part.size)
        return summed(part, **how)

    monkeypatch.setattr(overlap.np, "cumsum", counting)
    half, costs = (300.0, 40.0), []
    for count in (200, 400):
        looked.clear()
        paper = overlap.Paper(np.array((-6000.0, -6000.0)), np.array((6000.0, 6000.0)))
        spots = np.array([paper.find((0.0, 0.0), half) for _ in range(count)])
        costs.append(sum(looked) / count)
        apart = np.abs(spots[:, None] - spots[None]) - 2 * np.array(half)
        assert ((apart > -1e-9).any(2) | np.eye(count, dtype=bool)).all()
        # What finds no room near stands in rows, no tower.
        assert np.ptp(spots[:, 1]) < 6000.0 + 8 * count
    assert costs[1] < 1.1 * costs[0]


def test_the_way_out_is_where_trying_each_step_finds_it() -> None:
    chance = np.random.default_rng(3)
    for turn in np.linspace(0.1, 6.2, 40):
        middles, half = chance.uniform(-400, 400, (30, 2)), chance.uniform(5, 90, (30, 2))
        way = np.array((1.9 * np.cos(turn), np.sin(turn)))
        tried = np.arange(0.0, 900.0, 8.0)
        inside = (np.abs(np.outer(tried, way)[:, None] - middles[None]) < half[None]).all(2).any(1)
        last = np.flatnonzero(inside)
        wanted = tried[min(int(last[-1]) + 1 if len(last) else 0, len(tried) - 1)]
        assert everything._way_out(middles, half, way, 900.0) == wanted


@pytest.mark.slow
def test_of_more_than_a_page_draws_it_shows_a_part_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "MOST_TRIPLES", 400)
    monkeypatch.setattr(part, "SHOWN", 100)
    (tmp_path / "register.nq").write_text(register(30), "utf-8")
    told = CliRunner().invoke(main, ["draw", str(tmp_path / "register.nq"), "--out", str(tmp_path / "page.html")])
    assert told.exit_code == 0
    said = re.fullmatch(
        r"register\.nq: only (\d+) of 540 triples are shown, around the nodes with the most ties\. "
        r"To see all, use actorgraph serve\.",
        told.stderr.splitlines()[-1],
    )
    assert said
    shown = data_of((tmp_path / "page.html").read_text("utf-8"))["part"]
    assert shown["en"] == said[0]
    assert shown["es"].startswith(f"register.nq: solo se muestran {said[1]} de 540 triples")
    # What is asked and exported is all of it.
    whole = graph.load(tmp_path / "register.nq")
    assert whole.query(f"SELECT (COUNT(*) AS ?n) {{ ?s <{E}owns> ?o }}")[0].n == 30
    monkeypatch.undo()
    assert graph.load(tmp_path / "register.nq").shortened == ""


def test_a_part_has_whole_neighbourhoods_and_no_way_through_what_everything_is_tied_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part, "MOST_TRIPLES", 1_000)
    monkeypatch.setattr(part, "SHOWN", 300)
    whole = foreign(tmp_path / "register.nq", register(120))
    shown = part.drawable(whole)
    assert 300 <= len(shown.store) < 600
    assert len(whole.store) == len(shown.store) + shown.left_out
    ties = {quad.subject for quad in shown.store.quads_for_pattern(None, NamedNode(f"{ORG}member"), None)}
    roles = {quad.subject for quad in shown.store.quads_for_pattern(None, NamedNode(f"{ORG}role"), None)}
    # A membership is there with its member, its body and its role, and the graph that says so with its source.
    assert ties == roles
    assert len(ties) > 20
    told = {quad.graph_name for quad in shown.store if quad.subject in ties}
    for filing in told:
        assert list(shown.store.quads_for_pattern(filing, None, None))


def test_whoever_denies_something_shown_is_shown_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "MOST_TRIPLES", 200)
    monkeypatch.setattr(part, "SHOWN", 150)
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    rows = [f"<{E}hub> <{E}owns> <{E}yard/{number}> ." for number in range(200)]
    rows += [f'<{E}hub> <{E}fine> "9000" .', f"<{E}st> <{rdf}subject> <{E}hub> .", f'<{E}st> <{rdf}object> "9000" .']
    rows += [f"<{E}st> <{rdf}predicate> <{E}fine> .", f"<{E}st> <{E}deniedBy> <{E}ann> ."]
    # A denial of the denial, too, by somebody who is tied to nothing else.
    rows += [f"<{E}st2> <{rdf}subject> <{E}st> .", f"<{E}st2> <{rdf}predicate> <{E}deniedBy> ."]
    rows += [
        f"<{E}st2> <{rdf}object> <{E}ann> .",
        f"<{E}st2> <{E}deniedBy> <{E}ben> .",
        f"<{E}eve> <{E}denies> <{E}st> .",
    ]
    shown = part.drawable(foreign(tmp_path / "hub.nt", "\n".join(rows)))
    assert shown.left_out > 0
    said = {str(quad.subject.value) + " " + str(quad.object.value) for quad in shown.store}
    assert f"{E}hub 9000" in said
    assert {f"{E}st {E}ann", f"{E}st2 {E}ben", f"{E}eve {E}st"} <= said


def test_a_node_of_many_triples_is_not_read_through_for_each_of_them(tmp_path: Path) -> None:
    """Only of what may stand for a tie is all asked that it says: a register that lists its members is none."""
    rows = [f"<{E}register> <{TYPE}> <{E}Register> ."]
    rows += [f"<{E}register> <{E}lists> <{E}person/{number}> ." for number in range(50)]
    rows += [f"<{E}m> <{TYPE}> <{ORG}Membership> .", f"<{E}m> <{ORG}member> <{E}person/1> ."]
    asked: list[str] = []

    def says(predicate: Any, words: Any, *_: Any) -> Any:
        asked.append(predicate.value)
        return Literal(bool(re.search(words.value, predicate.value)))

    text = conversion.queries()["triples"]
    counted = re.sub(r"REGEX\((STR\(\?(?:from|to)\))", r"<urn:says>(\1", text)
    assert counted.count("<urn:says>") >= 4
    store = foreign(tmp_path / "hub.nt", "\n".join(rows)).store
    found: Any = store.query(counted, use_default_graph_as_union=True, custom_functions={NamedNode("urn:says"): says})
    assert len(list(found)) > 50
    assert asked
    assert f"{E}lists" not in asked


@pytest.mark.parametrize("seed", range(12))
def test_a_statement_is_shown_with_all_that_is_said_of_it_or_not_at_all(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is tied to what: a statement of which half is missing could lose who denies it."""
    chance = random.Random(seed)
    monkeypatch.setattr(part, "MOST_TRIPLES", 10)
    monkeypatch.setattr(part, "SHOWN", chance.choice((5, 20, 60)))
    monkeypatch.setattr(part, "_HUB", chance.choice((3, 10, 100)))

    def iri(name: str) -> NamedNode:
        return NamedNode(E + name)

    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    store = Store()
    triples: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = []
    for _ in range(100):
        subject, third = (iri(f"n{min(int(chance.paretovariate(0.6)), 60)}") for _ in "so")
        triples.append((subject, iri(f"p{chance.randrange(4)}"), third if chance.random() < 0.8 else Literal("9")))
    about: dict[NamedNode, tuple[NamedNode, NamedNode, NamedNode | Literal]] = {}
    for number in range(20):
        statement, said = iri(f"st{number}"), chance.choice(triples)
        about[statement] = said
        if chance.random() < 0.5:
            store.add(Quad(statement, NamedNode(f"{rdf}reifies"), Triple(*said)))
        else:
            for name, term in zip(("subject", "predicate", "object"), said, strict=True):
                store.add(Quad(statement, NamedNode(rdf + name), term))
        # Others may speak of the denial.
        triples.append((statement, iri("deniedBy"), iri(f"who{number}")))
        store.add(Quad(iri(f"eve{number}"), iri("denies"), statement))
    store.extend(Quad(*triple) for triple in triples)
    shown = part.drawable(reading.Foreign(store, {}, "")).store
    held = {(quad.subject, quad.predicate, quad.object) for quad in shown}
    assert len(shown) < len(store)
    for statement, said in about.items():
        every = [*store.quads_for_pattern(statement, None, None), *store.quads_for_pattern(None, None, statement)]
        there = [quad for quad in every if quad in shown]
        assert there == every if said in held else there in ([], every)
