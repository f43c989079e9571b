"""Positions: the same every time, nothing overprinted, nobody moved by an accusation, no denier left out."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

import graph
from graph.base.ids import short
from graph.draw import curves as curves_module
from graph.draw.curves import GAP, accuses, clear_curves, curve, curves, radii
from graph.draw.layout import positions
from graph.draw.layout.boxes import label_size
from graph.draw.layout.place import place
from graph.draw.opening import Opening, choose
from graph.draw.payload import BUDGET
from graph.draw.positions import Places
from graph.network.records import edges_in

NAMES = "harbour union port contract night order court wire agency norvik county payment ministry bank".split()


class Made:
    """A made-up network with the attributes that `graph.network` gives."""

    def __init__(self) -> None:
        self.network: nx.MultiDiGraph = nx.MultiDiGraph()
        self.network.graph["kinds"] = {"person": {"agent": True}, "event": {"agent": False}}

    def node(self, name: str, kind: str = "person", label: str | None = None) -> str:
        text = label or name
        self.network.add_node(name, type="node", kind=kind, label={"en": text, "es": text}, facts=[])
        return name

    def speaks(self, speaker: str, target: str, *claims: str) -> None:
        key = f"speaks:{speaker}>{target}"
        if self.network.has_edge(speaker, target, key):
            self.network[speaker][target][key]["claims"].extend(claims)
        else:
            self.network.add_edge(speaker, target, key, type="speaks", claims=list(claims))

    def said(self, key: str, source: str, target: str | None, line: str = "said", **more: Any) -> str:
        """A proposition; `by` and `against` speak. Without a target it sits on its node."""
        by, against = more.pop("by", ["unheard"]), more.pop("against", [])
        claims = [{"id": f"{key}+{one}", "speaker": one, "stance": "asserted", "publisher": "paper"} for one in by]
        denials = [{"id": f"{key}-{one}", "speaker": one, "stance": "denied", "publisher": "paper"} for one in against]
        attributes = {
            "type": "relationship", "proposition": key, "subject": source, "third": target or "", "line": line,
            "relation": "participant", "relation_iri": "https://w3id.org/actorgraph/ns#participant",
            "relation_label": {"en": "participant"}, "phrase": {"en": "is said to involve"},
            "directed": True, "subtitle": False, "sensitive": False, "disputed": line == "disputed", "origins": 1,
            "affirmed_by": [claim["id"] for claim in claims],
            "opposed_by": [claim["id"] for claim in denials],
            "claims": [*claims, *denials],
        } | more  # fmt: skip
        if line == "disputed":
            label = {"en": "A statement", "es": "Una"}
            self.network.add_node(key, type="statement", kind="statement", label=label, facts=[], proposition=key)
        if target is None:
            self.network.nodes[source]["facts"].append(attributes)
        else:
            self.network.add_edge(source, target, key, **attributes)
        for claim in [*claims, *denials]:
            for end in filter(None, (source, target, key if line == "disputed" else None)):
                if claim["speaker"] in self.network and end != claim["speaker"]:
                    self.speaks(claim["speaker"], end, claim["id"])
        return key


def made(nodes: int, edges: int, seed: int = 1) -> nx.MultiDiGraph:
    """Communities, hubs, a tenth of the nodes without edges that count, some disputes."""
    chance = random.Random(seed)
    one = Made()
    names = [
        one.node(
            f"n{number:05d}",
            "person" if number % 3 else "event",
            " ".join(chance.choices(NAMES, k=1 + number % 5))[:40],
        )
        for number in range(nodes)
    ]
    linked = names[: nodes * 9 // 10]
    parts = max(1, nodes // 50)
    for number in range(edges):
        at = chance.randrange(len(linked))
        other = chance.randrange(len(linked) // parts) * parts + at % parts if chance.random() < 0.8 else number % 7
        other = min(other, len(linked) - 1)
        if at == other:
            continue
        line = chance.choices(("said", "notyet", "soft", "disputed", "mentioned"), (70, 12, 12, 2, 4))[0]
        against = chance.choices(names, k=1) if line == "disputed" else []
        one.said(
            f"p{number:06d}", linked[at], linked[other], line, by=chance.choices(names, k=1), against=against,
            sensitive=line == "soft" and number % 2 == 0,
        )  # fmt: skip
    return one.network


def story() -> Made:
    """Two disputes, one about a value; an accusation, a plan, a payment, and the offices and places around them."""
    one = Made()
    for name in (
        "union",
        "port",
        "spokeswoman",
        "norvik",
        "court",
        "mayor",
        "paper",
        "gang",
        "unheard",
        "city",
        "post",
    ):
        one.node(name)
    for name in ("contract", "order", "fee", "first-shift", "second-shift"):
        one.node(name, "event")
    one.said("p1", "contract", "order", "disputed", by=["union"], against=["spokeswoman", "norvik"], sensitive=True)
    one.said("p2", "fee", None, "disputed", by=["mayor"], against=["port"])
    one.said("p3", "norvik", "gang", "soft", by=["union"], sensitive=True)
    one.said("p4", "second-shift", "norvik", "notyet", by=["port"])
    one.said("p5", "fee", "port", by=["union"])
    one.said("p6", "fee", "norvik", by=["union"])
    one.said("p7", "first-shift", "norvik", by=["union"])
    one.said("p8", "order", "court", by=["paper"])
    one.said("p9", "port", "city", subtitle=True)
    one.said("q1", "mayor", "post", subtitle=True)
    one.said("q2", "mayor", "gang", "denied", by=[], against=["mayor"])
    one.said("q3", "mayor", "norvik", "mentioned")
    return one


def overlaps(network: nx.MultiDiGraph, at: dict[str, tuple[float, float]]) -> list[tuple[str, str]]:
    """Pairs of nodes whose shapes or labels overprint: a label is centred below its node."""
    boxes = []
    for name in sorted(network):
        x, y = at[name]
        width, height = label_size(network.nodes[name])
        radius = 18 if height else 10
        boxes.append((name, x - radius, x + radius, y - radius, y + radius))
        if height:
            boxes.append((name, x - width / 2, x + width / 2, y + 22, y + 22 + height))
    boxes.sort(key=lambda box: box[1])
    found = []
    for number, (name, _, right, top, bottom) in enumerate(boxes):
        for other, left, _, upper, lower in boxes[number + 1 :]:
            if left >= right:
                break
            if name != other and upper < bottom and top < lower:
                found.append((name, other))
    return found


def shuffled(network: nx.MultiDiGraph, seed: int) -> nx.MultiDiGraph:
    nodes, edges = list(network.nodes(data=True)), list(network.edges(keys=True, data=True))
    random.Random(seed).shuffle(nodes)
    random.Random(seed).shuffle(edges)
    other: nx.MultiDiGraph = nx.MultiDiGraph()
    other.graph.update(network.graph)
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    return other


# --- the same every time


@pytest.mark.slow
def test_the_order_of_nodes_and_edges_does_not_matter() -> None:
    network = made(80, 200)
    opening = choose(network)
    positions, bows = place(network, opening), curves(network)
    for seed in range(2):
        other = shuffled(network, seed)
        assert choose(other) == opening
        assert place(other, opening) == positions
        assert curves(other) == bows


@pytest.mark.slow
def test_the_hash_seed_does_not_matter(root: Path) -> None:
    code = (
        "import test_layout as t; from graph.draw.layout.place import place; from graph.draw.curves import curves; "
        "from graph.draw.opening import choose; n = t.made(120, 300);"
        "o = choose(n); print(o, place(n, o), curves(n))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}"},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(found) == 1 and len(found.pop()) > 5000


# --- everything


@pytest.mark.parametrize(("nodes", "edges"), [(0, 0), (1, 0), (2, 1), (40, 0), (60, 90), (300, 1200), (1500, 5000)])
def test_every_node_has_a_place_and_none_overprints_another(nodes: int, edges: int) -> None:
    network = made(nodes, edges)
    found = place(network, Opening((), ())).all
    assert set(found) == set(network)
    assert np.isfinite(np.array(list(found.values()))).all()
    assert overlaps(network, found) == []


def test_pinned_nodes_stay_when_the_network_grows_by_a_tenth() -> None:
    small = made(200, 600)
    before = place(small, Opening((), ())).all
    grown = made(200, 600)
    for number in range(20):
        grown.add_node(f"z{number}", type="node", kind="person", label={"en": f"A newcomer {number}"}, facts=[])
    one = Made()
    one.network = grown
    for number in range(18):
        one.said(f"z{number}", f"z{number}", f"n{number * 7:05d}")
        one.said(f"y{number}", f"z{number}", f"n{number * 7 + 4:05d}")
    after = place(grown, Opening((), ()), Places(before)).all
    assert {name: after[name] for name in before} == before
    assert overlaps(grown, after) == []
    width = max(x for x, _ in before.values()) - min(x for x, _ in before.values())
    for number in range(18):
        x, y = after[f"z{number}"]
        ends = [before[f"n{number * 7 + more:05d}"] for more in (0, 4)]
        middle = np.mean(ends, axis=0)
        assert np.hypot(*(middle - (x, y))) < width / 3, "a newcomer stands amid those it is related to"


def test_a_pin_that_is_no_longer_there_is_nothing() -> None:
    network = story().network
    assert "gone" not in place(network, choose(network), Places({"gone": (1.0, 2.0)})).all


def test_an_accusation_moves_nobody() -> None:
    one = Made()
    one.network = made(120, 300)
    before = place(one.network, Opening((), ())).all
    one.said("accusation", "n00003", "n00050", "soft", by=[], sensitive=True)
    one.said("worse", "n00005", "n00060", "disputed", by=[], against=[], sensitive=True)
    one.said("denied", "n00007", "n00070", "denied", by=[], against=[])
    after = place(one.network, Opening((), ())).all
    assert {name: after[name] for name in before} == before


def test_a_plain_relationship_does_draw() -> None:
    one = Made()
    one.network = made(120, 300)
    before = place(one.network, Opening((), ())).all
    one.said("plain", "n00003", "n00050", by=[])
    assert place(one.network, Opening((), ())).all != before


def test_a_statement_stands_on_the_middle_of_its_edge() -> None:
    one = story()
    found = place(one.network, choose(one.network))
    for at in (found.opening,):
        middle = np.mean([at["contract"], at["order"]], axis=0)
        assert np.hypot(*(middle - at["p1"])) < 1.0
    assert np.hypot(*np.subtract(found.all["p1"], np.mean([found.all["contract"], found.all["order"]], axis=0))) < 200


# --- the opening


def test_the_opening_holds_every_dispute_with_those_who_deny_and_affirm() -> None:
    one = story()
    opening = choose(one.network)
    assert {"p1", "contract", "order", "union", "spokeswoman", "norvik"} <= set(opening.nodes)
    assert {"p1", "speaks:union>p1", "speaks:spokeswoman>p1", "speaks:norvik>p1"} <= set(opening.edges)
    assert {"p2", "fee", "mayor", "port"} <= set(opening.nodes)
    assert {"speaks:mayor>p2", "speaks:port>p2"} <= set(opening.edges)
    assert {"p3", "p4"} <= set(opening.edges), "an accusation without an answer, and what is not yet so"


def test_offices_places_denials_and_mentions_are_no_edges_of_the_opening() -> None:
    assert not {"p9", "q1", "q2", "q3"} & set(choose(story().network).edges)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("budget", [8, 20])
def test_the_opening_stays_within_its_budget(seed: int, budget: int) -> None:
    network = made(300, 900, seed)
    opening = choose(network, budget)
    assert 0.5 * budget <= len(opening.nodes) <= budget
    ends = {key: (source, target) for source, target, key in network.edges(keys=True)}
    assert all(set(ends[key]) <= set(opening.nodes) for key in opening.edges)
    for node in opening.nodes:
        if network.nodes[node]["type"] == "statement":
            (denial,) = network[ends[node][0]][ends[node][1]][node]["opposed_by"]
            assert f"speaks:{denial.partition('-')[2]}>{node}" in opening.edges, "never without its denier"


def test_few_disputes_are_all_there_among_thousands_of_relationships() -> None:
    one = Made()
    one.network = made(300, 0)
    for number in range(600):
        one.said(f"p{number}", f"n{number % 260:05d}", f"n{(number * 7 + 3) % 260:05d}", by=["n00001"])
    for number in range(3):
        one.said(f"d{number}", f"n{number:05d}", f"n{number + 50:05d}", "disputed", by=["n00290"], against=["n00291"])
    opening = choose(one.network)
    assert {"d0", "d1", "d2", "n00290", "n00291"} <= set(opening.nodes)
    assert len(opening.nodes) <= 20


def test_where_nothing_is_disputed_the_opening_shows_what_is_plainly_said() -> None:
    one = Made()
    for name in "abcdefgh":
        one.node(name)
    for number, (source, target) in enumerate(zip("abcdef", "bcdefa", strict=True)):
        one.said(f"p{number}", source, target)
    assert len(choose(one.network).edges) >= 5
    assert choose(nx.MultiDiGraph()) == Opening((), ())


@pytest.mark.parametrize("seed", range(4))
def test_the_opening_fits_its_stage_and_its_nodes_keep_apart(seed: int) -> None:
    network = made(200, 600, seed)
    opening = choose(network)
    at = place(network, opening, width=720, height=740).opening
    assert set(at) == set(opening.nodes)
    assert all(0 <= x <= 720 and 0 <= y <= 740 for x, y in at.values())
    assert overlaps(network.subgraph(opening.nodes), at) == []


def test_the_opening_of_a_plain_story_has_no_crossing() -> None:
    one = story()
    opening = choose(one.network)
    at = place(one.network, opening).opening
    lines = [(s, t, key) for s, t, key in one.network.edges(keys=True) if key in opening.edges]
    for number, (a, b, key) in enumerate(lines):
        for c, d, other in lines[number + 1 :]:
            if not {a, b, key} & {c, d, other}:
                p, q, r, s = (np.array(at[name]) for name in (a, b, c, d))
                sides = [np.sign(np.linalg.det(np.stack((q - p, z - p)))) for z in (r, s)]
                facing = [np.sign(np.linalg.det(np.stack((s - r, z - r)))) for z in (p, q)]
                assert sides[0] == sides[1] or facing[0] == facing[1], f"{key} crosses {other}"


def test_staged_nodes_stay_on_the_stage_and_newcomers_keep_clear_of_them() -> None:
    one = story()
    opening = choose(one.network)
    before = place(one.network, opening).opening
    assert place(one.network, opening, Places(opening=before)).opening == before
    some = {name: before[name] for name in opening.nodes[:-4]}
    after = place(one.network, opening, Places(opening=some)).opening
    assert {name: after[name] for name in some} == some
    assert overlaps(one.network.subgraph(opening.nodes), after) == []


# --- curves


def test_edges_between_the_same_two_fan_out() -> None:
    one = Made()
    for name in "abcd":
        one.node(name)
    for key in ("p1", "p2", "p3"):
        one.said(key, "a", "b", by=[])
    one.said("alone", "a", "c", by=[])
    one.said("to", "c", "d", by=[])
    one.said("fro", "d", "c", by=[])
    one.speaks("a", "b")
    one.speaks("b", "a")
    one.speaks("d", "a")
    bows = curves(one.network)
    assert [bows[key] for key in ("p1", "p2", "p3")] == [-0.3, 0.0, 0.3]
    assert bows["alone"] == bows["speaks:d>a"] == 0.0
    # Seen from c, the edge from d runs on the other side.
    assert bows["to"] == bows["fro"] != 0.0
    # Those who speak of each other: outside, each on its own right.
    assert bows["speaks:a>b"] == bows["speaks:b>a"] == 0.6


# --- no accusation runs through somebody else

FIRST = "cases/us-el-salvador-prison-deal"


def passed(network: nx.MultiDiGraph, places: Places, bows: dict[str, float]) -> list[tuple[str, str]]:
    """Lines that accuse or are disputed, with each node whose shape they run through and that is no end of them."""
    reach = radii(network)
    return [
        (key, node)
        for at in (places.all, places.opening)
        for source, target, key, edge in edges_in(network)
        if accuses(edge) and source != target and source in at and target in at
        for points in [np.array(curve(at[source], at[target], bows[key]))]
        for node in sorted(reach.keys() & at.keys() - {source, target})
        if np.hypot(*(points - at[node]).T).min() < reach[node]
    ]


def kept_places(case: Any) -> Places:
    return positions(case.projection, choose(case.projection, BUDGET), case.about.places)


def test_no_accusation_of_the_first_case_runs_through_somebody_else(edition: Any, data: dict[str, Any]) -> None:
    network, places = edition.projection, kept_places(edition)
    # The plain curves do, so that there is something to go round.
    assert passed(network, places, curves(network))
    bows = clear_curves(network, (places.all, places.opening))
    assert passed(network, places, bows) == []
    # These are the curves of the page.
    drawn = [(edge["from"], edge["to"], edge["curve"]) for edge in data["edges"]]
    assert sorted(drawn) == sorted((short(s), short(t), bows[key]) for s, t, key in network.edges(keys=True))


@pytest.mark.slow
def test_no_accusation_of_any_case_runs_through_somebody_else(root: Path) -> None:
    paths = sorted((root / "tests" / "cases").glob("*.yaml"))
    assert len(paths) > 20
    for path in paths:
        case = graph.load(path)
        places = kept_places(case)
        assert passed(case.projection, places, clear_curves(case.projection, (places.all, places.opening))) == [], path


def test_a_line_goes_round_who_stands_between() -> None:
    one = Made()
    for name in ("group", "judge", "gang", "office"):
        one.node(name)
    one.said("accused", "group", "gang", "soft", sensitive=True, by=[])
    one.said("plain", "group", "office", by=[])
    at = {"group": (0.0, 0.0), "judge": (200.0, 0.0), "gang": (400.0, 0.0), "office": (600.0, 0.0)}
    network = one.network
    bows = clear_curves(network, (at,))
    for key, target in (("accused", "gang"), ("plain", "office")):
        assert bows[key] != 0.0
        nearest = min(np.hypot(x - 200.0, y) for x, y in curve(at["group"], at[target], bows[key]))
        assert radii(network)["judge"] + GAP <= nearest < 60.0, key
    # Where nobody stands in the way it runs as it would; where it is not drawn it meets nobody.
    away = {**at, "judge": (200.0, 300.0), "gang": (400.0, -300.0)}
    assert clear_curves(network, (away,)) == curves(network)
    assert clear_curves(network, ({"judge": (200.0, 0.0)},)) == curves(network)


def test_accusations_of_the_same_two_go_round_apart() -> None:
    one = Made()
    for name in ("group", "judge", "gang"):
        one.node(name)
    for key, ends in {"p1": ("group", "gang"), "p2": ("gang", "group"), "p3": ("group", "gang")}.items():
        one.said(key, *ends, "soft", sensitive=True, by=[])
    at = {"group": (0.0, 0.0), "judge": (200.0, 0.0), "gang": (400.0, 0.0)}
    bows = clear_curves(one.network, (at,))
    assert passed(one.network, Places(at), bows) == []
    sides = sorted([bows["p1"], -bows["p2"], bows["p3"]])
    assert min(np.diff(sides)) > 0.1


def test_among_very_many_a_line_is_tried_in_few_places(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Made()
    at = {f"n{number}": (number % 40 * 30.0, number // 40 * 30.0) for number in range(1600)}
    for name in at:
        one.node(name)
    for number in range(10):
        one.said(f"p{number}", f"n{number}", f"n{1599 - number}", "soft", sensitive=True, by=[])
    tried: list[float] = []
    monkeypatch.setattr(curves_module, "curve", lambda *given: tried.append(given[2]) or curve(*given))
    clear_curves(one.network, (at,))
    assert 10 * 5 <= len(tried) <= 10 * 9, "40 others each, where there is room"
