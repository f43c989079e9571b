"""What a drawing without a cast shows first: at most so many nodes for what needs judgement, and the edges among them.

Pure functions of a network (`network.project`). Nodes and edges are sorted first and every choice is broken by name, so
the same network gives the same choice under any hash seed and in any order of its nodes and edges.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log1p

import networkx as nx

from ..network.cast.story import is_other, keeps_record
from ..network.counting import Side
from ..network.records import Edge, Proposition, claims_in, edges_in, kinds_in, node_of, nodes_in

#: Lines that the opening may draw; what nobody affirms, what is asked, rejected or only mentioned is drawn on request.
DRAWN = frozenset({"accepted", "said", "soft", "notyet", "disputed"})

#: Of what is plainly said in large data, that which is worth most is looked at for a place.
_MOST_UNITS = 2_000


@dataclass(frozen=True, slots=True)
class Opening:
    """What the page shows first: nodes, and the keys of the edges between them, both sorted."""

    nodes: tuple[str, ...]
    edges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    key: str
    source: str
    target: str

    @property
    def ends(self) -> tuple[str, str]:
        return self.source, self.target


@dataclass(frozen=True, slots=True)
class _Relationship(_Edge):
    proposition: Proposition


@dataclass(frozen=True, slots=True)
class _Unit:
    """What the opening takes together or not at all."""

    name: str
    nodes: frozenset[str]
    edges: frozenset[str]
    worth: float
    line: str = ""
    grave: bool = False


@dataclass(slots=True)
class _Picture:
    """The opening while it grows."""

    nodes: set[str] = field(default_factory=set)
    edges: set[str] = field(default_factory=set)
    lines: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, unit: _Unit) -> None:
        self.nodes |= unit.nodes
        self.edges |= unit.edges
        if unit.line:
            self.lines[unit.line] += 1


class _Chooser:
    """Candidates for the opening, and how much each is worth."""

    def __init__(self, network: nx.MultiDiGraph, budget: int) -> None:
        self.network = network
        self.budget = budget
        self.most_edges = round(budget * 1.1)
        self.most_words = round(budget * 0.8)
        self.kinds = kinds_in(network)
        #: Of other data, the graphs in which it stands.
        self.graphs = {document["id"] for document in network.graph.get("documents", ())}
        self.claims = {claim["id"]: claim for claim in claims_in(network)}
        self.edges: dict[str, _Edge] = {}
        self.relationships: dict[str, _Relationship] = {}
        self.speaking: dict[tuple[str, str], str] = {}
        self.spoken: dict[str, list[_Edge]] = defaultdict(list)
        self.beside: dict[str, list[_Relationship]] = defaultdict(list)
        self.homes: dict[str, str] = {}
        self.fame: dict[str, int] = defaultdict(int)
        rows = sorted(edges_in(network), key=lambda row: (row[2], row[0], row[1]))
        for source, target, key, attributes in rows:
            self._read(key, source, target, attributes)
        self.facts: list[tuple[str, Proposition]] = []
        for node, on_it in nodes_in(network):
            for fact in on_it["facts"]:
                if fact["proposition"] in network:
                    self.homes[fact["proposition"]] = node
                    self.facts.append((node, fact))

    def _read(self, key: str, source: str, target: str, attributes: Edge) -> None:
        if attributes["type"] == "speaks":
            self.edges[key] = speaks = _Edge(key, source, target)
            self.speaking[speaks.ends] = key
            for claim in attributes["claims"]:
                self.spoken[claim].append(speaks)
            return
        self.edges[key] = self.relationships[key] = edge = _Relationship(key, source, target, attributes)
        if self._drawable(edge):
            for end in edge.ends:
                self.beside[end].append(edge)
                self.fame[end] += len(attributes["claims"])

    @staticmethod
    def _drawable(edge: _Relationship) -> bool:
        line = edge.proposition["line"]
        if edge.source == edge.target or line not in DRAWN:
            return False
        return line == "disputed" or not edge.proposition["subtitle"]

    # --- candidates

    def units(self, lines: Iterable[str]) -> list[_Unit]:
        """One for every proposition that stands so, with its ends and its speakers."""
        wanted = frozenset(lines)
        found = [
            self._unit(edge.key, edge.proposition, edge.ends)
            for edge in self.relationships.values()
            if edge.proposition["line"] in wanted and self._drawable(edge)
        ]
        found += [self._unit(fact["proposition"], fact, (node,)) for node, fact in self.facts if fact["line"] in wanted]
        return sorted((unit for unit in found if unit is not None), key=lambda unit: unit.name)

    def _unit(self, iri: str, proposition: Proposition, ends: tuple[str, ...]) -> _Unit | None:
        nodes, edges = set(ends), set[str]()
        if iri in self.edges:
            edges.add(iri)
        if iri in self.network:
            nodes.add(iri)
        disputed = proposition["line"] == "disputed"
        for end in ends:
            held = self._held(end, frozenset({iri}))
            if held is None:
                if not disputed:
                    return None
                continue
            nodes |= held[0]
            edges |= held[1]
        targets = (iri, *ends)
        if disputed:
            speakers = self._speakers(proposition, "opposed_by", targets)[:6]
            for speaker, key in (*speakers, *self._speakers(proposition, "affirmed_by", targets)[:3]):
                nodes |= {speaker, self.edges[key].target}
                edges.add(key)
        else:
            self._with_speaker(proposition, targets, nodes, edges)
        grave = proposition["line"] == "soft" and bool(proposition["sensitive"])
        return _Unit(
            iri, frozenset(nodes), frozenset(edges), self._worth(proposition, ends), proposition["line"], grave
        )

    def _worth(self, proposition: Proposition, ends: Iterable[str]) -> float:
        """Accusations first, then what many say, and say of whom much is said."""
        said: float = 0.8 * (max(proposition["origins"], 1) - 1 + log1p(len(proposition["claims"])))
        fame = sum(log1p(self.fame[end]) + self._tells(end) for end in ends)
        return 2.0 + said + 0.6 * fame + (2.0 if proposition["sensitive"] else 0.0)

    def _tells(self, node: str) -> float:
        """Of classes of other vocabularies: actors and things before what only keeps a record of them."""
        name = node_of(self.network, node)["kind"]
        if name not in self.kinds or not is_other(name, self.kinds[name]):
            return 0.0
        if node in self.graphs:
            return -4.0
        kind = self.kinds[name]
        return 4.0 if kind["agent"] else 2.0 if kind["hue"] != "concept" else 0.0

    def _with_speaker(self, proposition: Proposition, targets: Sequence[str], nodes: set[str], edges: set[str]) -> None:
        """Adds whoever says most of it; the publisher, who is named above the drawing, only where it accuses."""
        for speaker, key in self._speakers(proposition, "affirmed_by", targets)[:1]:
            published = any(c["publisher"] == speaker for c in proposition["claims"])
            if speaker not in nodes and (proposition["sensitive"] or not published):
                nodes.add(speaker)
                edges.add(key)

    def stars(self) -> list[_Unit]:
        """An event, payment or agreement that is not yet so or only alleged, with those who would take part in it."""
        found = []
        for node in sorted(self.beside):
            if node_of(self.network, node)["type"] == "statement" or self._agent(node):
                continue
            parts = [
                edge
                for edge in self.beside[node]
                if edge.source == node
                and edge.proposition["line"] in ("soft", "notyet")
                and node_of(self.network, edge.target)["type"] != "statement"
            ]
            best: dict[str, _Relationship] = {}
            for edge in sorted(parts, key=lambda one: (-len(one.proposition["claims"]), one.key)):
                if self._agent(edge.target):
                    best.setdefault(edge.target, edge)
            taken = list(best.values())[:3]
            if len(taken) < 2:
                continue
            nodes, edges = {node, *(edge.target for edge in taken)}, {edge.key for edge in taken}
            self._with_speaker(taken[0].proposition, (node, *best), nodes, edges)
            worth = sum(self._worth(edge.proposition, (edge.target,)) for edge in taken) + 0.6 * log1p(self.fame[node])
            found.append(_Unit(f"star {node}", frozenset(nodes), frozenset(edges), worth, taken[0].proposition["line"]))
        return found

    def _held(self, node: str, seen: frozenset[str]) -> tuple[set[str], set[str]] | None:
        """What must be there for a statement node to stand on its own edge; None when that is not drawn."""
        nodes, edges = {node}, set[str]()
        if node_of(self.network, node)["type"] != "statement":
            return nodes, edges
        own = self.relationships.get(node)
        if own is None:
            home = self.homes.get(node)
            return (nodes | {home}, edges) if home else None
        if node in seen or not self._drawable(own):
            return None
        edges.add(node)
        for end in own.ends:
            held = self._held(end, seen | {node})
            if held is None:
                return None
            nodes |= held[0]
            edges |= held[1]
        return nodes, edges

    def _speakers(self, proposition: Proposition, side: Side, targets: Sequence[str]) -> list[tuple[str, str]]:
        """Who stands on a side, and the edge by which each speaks; who says most first, the publisher last."""
        stances = ("denied", "contested") if side == "opposed_by" else ("asserted", "alleged", "presumed")
        ids = [claim for claim in proposition[side] if claim in self.claims]
        ids = ids or [claim["id"] for claim in proposition["claims"] if claim["stance"] in stances]
        said: dict[str, list[str]] = defaultdict(list)
        for claim in ids:
            if speaker := self.claims[claim]["speaker"]:
                said[speaker].append(claim)
        published = {self.claims[claim]["publisher"] for claim in ids}
        found = []
        for speaker in sorted(said, key=lambda one: (one in published, -len(said[one]), one)):
            key = next((self.speaking[speaker, end] for end in targets if (speaker, end) in self.speaking), None)
            if key is None:
                others = sorted(edge.key for claim in said[speaker] for edge in self.spoken[claim])
                key = others[0] if others else None
            if key is not None:
                found.append((speaker, key))
        return found

    def joining(self, picture: _Picture) -> list[_Unit]:
        """Edges between nodes that are there, and nodes whose edges join some that are there."""
        found = []
        outside: dict[str, list[_Relationship]] = defaultdict(list)
        between: set[str] = set()
        for node in sorted(picture.nodes):
            for edge in self.beside[node]:
                if edge.key in picture.edges or edge.proposition["line"] == "disputed" or self._keeps(edge.key):
                    continue
                if edge.source in picture.nodes and edge.target in picture.nodes:
                    between.add(edge.key)
                else:
                    outside[edge.target if edge.source == node else edge.source].append(edge)
        whole = self._components(picture)
        for key in sorted(between):
            source, target = self.edges[key].ends
            # Who took part in what says more than how two actors stand to each other.
            worth = 0.6 if self._agent(source) and self._agent(target) else 1.1
            worth += 2.5 if whole[source] != whole[target] else 0.0
            found.append(_Unit(key, frozenset((source, target)), frozenset({key}), worth))
        for node, edges in sorted(outside.items()):
            if node_of(self.network, node)["type"] == "statement":
                continue
            best: dict[str, _Relationship] = {}
            for edge in sorted(edges, key=_importance):
                best.setdefault(edge.target if edge.source == node else edge.source, edge)
            others = sorted(best, key=lambda one: (_importance(best[one]), one))
            spread = {whole[other]: other for other in reversed(others)}
            others = sorted(spread.values()) + [other for other in others if other not in spread.values()]
            others = others[: max(3, len(spread))][:4]
            worth = 0.5 * len(others) + 2.5 * (len(spread) - 1) + (0.0 if self._agent(node) else 1.0)
            keys = frozenset(best[other].key for other in others)
            found.append(_Unit(node, frozenset({node, *others}), keys, worth))
        return found

    def _keeps(self, key: str) -> bool:
        edge = self.relationships.get(key)
        return edge is not None and keeps_record(edge.proposition["relation_iri"], edge.source)

    def _agent(self, node: str) -> bool:
        kind = node_of(self.network, node)["kind"]
        return kind in self.kinds and self.kinds[kind]["agent"]

    def _components(self, picture: _Picture) -> dict[str, int]:
        drawn = self.drawn(picture.nodes, picture.edges)
        return {node: number for number, part in enumerate(nx.connected_components(drawn)) for node in part}

    def drawn(self, nodes: Iterable[str], edges: Iterable[str]) -> nx.Graph:
        """The plain graph as drawn: an edge with a statement node on it runs through that node."""
        plain: nx.Graph = nx.Graph()
        plain.add_nodes_from(sorted(nodes))
        for key in sorted(edges):
            edge = self.edges[key]
            path = [edge.source, key, edge.target] if key in plain else [edge.source, edge.target]
            plain.add_edges_from(pairwise(path))
        for node in sorted(nodes):
            if node in self.homes and self.homes[node] in plain:
                plain.add_edge(self.homes[node], node)
        return plain

    # --- choosing

    def fits(self, picture: _Picture, unit: _Unit) -> bool:
        """Whether the picture stays within its budget with a unit more."""
        edges = picture.edges | unit.edges
        words = sum(key in self.relationships for key in edges)
        return (
            len(picture.nodes | unit.nodes) <= self.budget
            and len(edges) <= self.most_edges
            and words <= self.most_words
        )

    def gain(
        self, picture: _Picture, unit: _Unit, whole: Mapping[str, int], ends: Counter[str | frozenset[str]]
    ) -> float:
        """What a unit is worth less what it costs: nodes, edges, a crowd at one node, an island, doubled edges.

        `ends` counts the picture's edges at each node and between each two.
        """
        met = {whole[node] for node in unit.nodes if node in whole}
        fresh = [self.edges[key].ends for key in sorted(unit.edges - picture.edges)]
        gain = unit.worth - len(unit.nodes - picture.nodes) - 0.35 * len(fresh)
        gain -= (0.8 if unit.grave else 0.4) * picture.lines.get(unit.line, 0)
        gain += 2.0 * (len(met) - 1) if met else -2.5
        crowd = Counter(end for pair in fresh for end in pair)
        gain -= 0.5 * sum(max(0, ends[end] + count - 5) for end, count in crowd.items())
        return gain - 1.5 * sum(ends[frozenset(pair)] for pair in fresh)

    def best(self, picture: _Picture, units: Iterable[_Unit], *, least: float) -> _Unit | None:
        """The unit with the highest gain above `least` that fits and leaves the picture without a crossing."""
        whole = self._components(picture)
        ends: Counter[str | frozenset[str]] = Counter()
        for key in picture.edges:
            ends.update([*self.edges[key].ends, frozenset(self.edges[key].ends)])
        ranked = []
        for unit in units:
            if unit.edges <= picture.edges and unit.nodes <= picture.nodes:
                continue
            if self.fits(picture, unit) and (gain := self.gain(picture, unit, whole, ends)) > least:
                ranked.append((-gain, unit.name, unit))
        for _, _, unit in sorted(ranked, key=lambda row: row[:2])[:40]:
            if nx.check_planarity(self.drawn(picture.nodes | unit.nodes, picture.edges | unit.edges))[0]:
                return unit
        return None

    def choose(self) -> Opening:
        picture = _Picture()
        disputed = self.units(("disputed",))
        while disputed:
            disputed.sort(key=lambda unit: (len(unit.nodes - picture.nodes), -unit.worth, unit.name))
            first = disputed.pop(0)
            edges = picture.edges | first.edges
            if len(picture.nodes | first.nodes) <= self.budget and len(edges) <= self.most_edges + self.budget // 2:
                picture.add(first)
        waiting = [*self.units(("soft", "notyet")), *self.stars()]
        # What may defame and has no answer comes before what is merely planned.
        accusations = [unit for unit in waiting if unit.grave]
        stars = sorted(self.stars(), key=lambda unit: (-unit.worth, unit.name))
        for units in (*[accusations] * max(1, self.budget // 10), *([star] for star in stars[:1])):
            if (urgent := self.best(picture, units, least=-20.0)) is not None:
                picture.add(urgent)
        room = self.budget - 3
        while True:
            # Some places are kept for what joins.
            units = waiting if len(picture.nodes) < room else []
            found = self.best(picture, [*units, *self.joining(picture)], least=0.0)
            if found is None:
                break
            picture.add(found)
        self._fill(picture)
        return Opening(tuple(sorted(picture.nodes)), tuple(sorted(picture.edges)))

    def _fill(self, picture: _Picture) -> None:
        """Where little needs judgement, what is plainly said, from where most of it meets."""
        enough = self.budget * 3 // 5
        every = self.units(("said", "accepted", "soft", "notyet"))
        if len(every) > _MOST_UNITS:
            every = sorted(every, key=lambda unit: (-unit.worth, unit.name))[:_MOST_UNITS]
        plain = [unit for unit in every if not self._keeps(unit.name)]
        # What only keeps a record of the data opens nothing but what has nothing else.
        for units in (plain, every):
            while len(picture.nodes) < enough:
                found = self.best(picture, [*units, *self.joining(picture)], least=-20.0)
                if found is None:
                    break
                picture.add(found)
            if picture.nodes:
                break
        if not picture.nodes:
            facts = {node: len(on_it["facts"]) for node, on_it in nodes_in(self.network)}
            picture.nodes.update(sorted(facts, key=lambda node: (-facts[node], node))[:enough])


def _importance(edge: _Relationship) -> tuple[int, int, str]:
    order = ("soft", "notyet", "accepted", "said")
    return order.index(edge.proposition["line"]), -len(edge.proposition["claims"]), edge.key


def choose(network: nx.MultiDiGraph, budget: int = 20) -> Opening:
    """At most `budget` nodes for what needs judgement, and the edges among them.

    First what is disputed, whole: the statement node, both ends, those who deny and who affirm. Then what is alleged
    without an answer or not yet so, with whoever says it, and the events and agreements that join these, as long as the
    picture can be drawn without a crossing. Disputes past the budget are left out whole.
    """
    return _Chooser(network, budget).choose()
