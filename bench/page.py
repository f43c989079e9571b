"""A page of any size, made up: the same arguments give the same bytes. Written with `graph.draw.page`.

python bench/page.py out.html --nodes 2000 --edges 10000
"""

from __future__ import annotations

import argparse
import math
import random
from pathlib import Path
from typing import Any

from graph import figures
from graph.draw.html import page
from graph.draw.payload import BUDGET
from graph.figures import Figures

Record = dict[str, Any]

_LINES = (("said", 60), ("soft", 20), ("notyet", 10), ("disputed", 5), ("accepted", 5))
_KINDS = {
    "person": ("person", "persona", "circle", "person"),
    "organisation": ("organisation", "organización", "square", "org"),
    "authority": ("authority", "autoridad", "hexagon", "state"),
    "event": ("event", "hecho", "diamond", "event"),
    "document": ("document", "documento", "document", "doc"),
}
_PARAGRAPHS = 40
_SPACING = 74.0


def _both(english: str, spanish: str) -> Record:
    return {"en": english, "es": spanish}


class _Maker:
    """Actors in groups round a spiral, most relationships inside the group; every twelfth edge is `speaks about`."""

    def __init__(self, nodes: int, edges: int, documents: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.statements = max(2, nodes // 20)
        self.actors = nodes - self.statements
        self.speaking = edges // 12
        self.relating = edges - self.speaking
        self.documents = documents
        self.props: Record = {}
        self.claims: Record = {}
        self.nodes: list[Record] = []
        self.edges: list[Record] = []

    def data(self) -> Record:
        self._place_actors()
        for number in range(self.relating):
            self._relate(number)
        self._mark_disputes()
        for number in range(self.speaking):
            self._speak(number)
        accepted = sum(p["line"] == "accepted" for p in self.props.values())
        denied = sum(p["disputed"] for p in self.props.values())
        line = f"{self.documents} made-up documents. {len(self.claims)} statements; {denied} relationships denied."
        return {
            "format": 1,
            "lang": "en",
            "budget": BUDGET,
            "edition": {
                "title": _both("A made-up case", "Un caso inventado"), "version": "2026-01-01", "editor": "nobody",
                "licence": "", "corrections": None, "cases": ["made-up"],
            },
            "documents": [
                {"id": f"d{i}", "label": _both(f"Paper {i}, 1 March 2025", f"Diario {i}, 1 de marzo de 2025"),
                 "title": f"Article {i}", "publisher": "n0", "author": None, "published": f"2025-03-{i % 28 + 1:02}",
                 "language": "en", "url": None}
                for i in range(self.documents)
            ],
            "kinds": {
                **{key: {"label": _both(en, es), "shape": shape, "hue": hue, "agent": hue in ("person", "org", "state")}
                   for key, (en, es, shape, hue) in _KINDS.items()},
                "statement": {"label": _both("relationship", "relación"), "shape": "circle", "hue": "concept",
                              "agent": False},
            },
            "relations": {"pays": {"label": _both("pays", "paga a")}},
            "folds": [],
            "internal": False,
            "nodes": self.nodes,
            "edges": self.edges,
            "props": self.props,
            "claims": self.claims,
            "figures": figures.as_data(self._figures(denied, accepted)),
            "opening": _both(line, line),
            "start": [{"kind": "disputed", "props": [k for k, p in self.props.items() if p["disputed"]][:40],
                       "nodes": None}],
        }  # fmt: skip

    def _figures(self, denied: int, accepted: int) -> Figures:
        """What the bar and the lists tell; the rest is nobody's to read here."""
        told = {
            "documents": self.documents, "statements": len(self.claims), "speakers": 40, "denied": denied,
            "relationships": len(self.props), "accepted": accepted, "actors": len(self.nodes),
        }  # fmt: skip
        return Figures(**{name: told.get(name, 0) for name in figures.RULES})

    def _node(self, id_: str, kind: str, label: Record, x: float, y: float, **more: Any) -> Record:
        return {
            "id": id_, "type": "node", "kind": kind, "label": label, "name": label, "plural": False, "subtitle": None,
            "aliases": [], "x": round(x, 1), "y": round(y, 1), "ox": None, "oy": None, "degree": 0, "community": 0,
            "opening": False, "prop": None, "facts": [], "props": [], "says": [], **more,
        }  # fmt: skip

    def _place_actors(self) -> None:
        kinds = list(_KINDS)
        for index in range(self.actors):
            angle, far = index * 2.399963, _SPACING * math.sqrt(index)
            kind = kinds[self.random.choices(range(len(kinds)), (50, 25, 10, 10, 5))[0]]
            name = f"{kind.capitalize()} {self._word()} {self._word()}"
            node = self._node(f"n{index}", kind, _both(name, name), math.cos(angle) * far, math.sin(angle) * far)
            if index < BUDGET:
                node |= {"opening": True, "ox": (index % 5) * 180.0 - 360, "oy": (index // 5) * 160.0 - 240}
            self.nodes.append(node)

    def _word(self) -> str:
        return "".join(self.random.choice("bdfgklmnprstv") + self.random.choice("aeiou") for _ in range(3)).capitalize()

    def _pair(self, number: int) -> tuple[int, int]:
        if number < BUDGET + 5:
            a, b = number % BUDGET, (number * 7 + 3) % BUDGET
        else:
            a = self.random.randrange(self.actors)
            near = self.random.random() < 0.8
            b = (a + self.random.randrange(1, 60)) % self.actors if near else self.random.randrange(self.actors)
        return (a, b) if a != b else (a, (a + 1) % self.actors)

    def _relate(self, number: int) -> None:
        a, b = self._pair(number)
        line = self.random.choices([key for key, _ in _LINES], [weight for _, weight in _LINES])[0]
        key = f"p{number}"
        one, other = self.nodes[a]["label"]["en"], self.nodes[b]["label"]["en"]
        speaker = self.random.randrange(40)
        who = self.nodes[speaker]["label"]["en"]
        said = _both(f"{one} is said to pay {other}", f"{one} paga, según se dice, a {other}")
        self.props[key] = {
            "relation": "pays", "subject": f"n{a}", "third": f"n{b}", "literal": None, "value": None, "line": line,
            "disputed": line == "disputed", "deniedInPart": False, "sensitive": line == "soft", "title": said,
            "phrase": _both("is said to pay", "paga, según se dice, a"),
            "summary": _both(f"{who} says that {one} pays {other}.", f"{who} afirma que {one} paga a {other}."),
            "claims": [], "rivals": [], "narrows": None, "origins": 1, "affirmedBy": [], "opposedBy": [], "span": None,
            "needs": {"soft": ["sensitive"], "disputed": ["disputed"], "notyet": ["notyet"]}.get(line, []),
            "accepted": {"basis": _both("judgment", "sentencia"), "record": "", "on": "2025-01-01", "by": "nobody"}
            if line == "accepted" else None,
        }  # fmt: skip
        stance = {"soft": "alleged"}.get(line, "asserted")
        self._claim(key, speaker, stance, "planned" if line == "notyet" else "actual")
        if self.random.random() < 0.2:
            self._claim(key, self.random.randrange(40), stance, "actual")
        if line == "disputed":
            self._claim(key, self.random.randrange(40), "denied", "actual")
        for end in (a, b):
            self.nodes[end]["degree"] += 1
            self.nodes[end]["props"].append(key)
        self.edges.append(self._edge(f"e{number}", f"n{a}", f"n{b}", key, number < BUDGET + 5))

    def _edge(self, id_: str, start: str, end: str, prop: str | None, opening: bool) -> Record:
        return {
            "id": id_, "from": start, "to": end, "type": "relationship" if prop else "speaks", "prop": prop,
            "claims": [], "opening": opening, "directed": True, "subtitle": False, "curve": 0.0,
            "label": _both("is said to pay", "paga, según se dice, a") if prop else _both("speaks about", "habla de"),
        }  # fmt: skip

    def _claim(self, prop: str, speaker: int, stance: str, modality: str) -> None:
        number = len(self.claims)
        name = self.nodes[speaker]["label"]["en"]
        verb = {"denied": ("denies", "niega"), "alleged": ("alleges", "acusa")}.get(stance, ("says", "afirma"))
        side = "oppose" if stance == "denied" else "affirm"
        one, other = (self.nodes[int(self.props[prop][end][1:])]["label"]["en"] for end in ("subject", "third"))
        day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
        self.claims[f"c{number}"] = {
            "sid": f"s{number:05}", "prop": prop, "stance": stance, "modality": modality, "side": side,
            "firm": (stance == "asserted") if side == "affirm" else None, "speaker": f"n{speaker}", "for": None,
            "via": [], "hops": [f"n{speaker}"], "chain": _both(f"{name} › Paper", f"{name} › Diario"),
            "origin": f"n{speaker}",
            "document": f"d{number % self.documents}", "at": f"p{number % _PARAGRAPHS + 1}",
            "place": _both(f"paragraph {number % _PARAGRAPHS + 1}", f"párrafo {number % _PARAGRAPHS + 1}"),
            "start": None, "end": None, "order": number, "hedges": [],
            "sentence": _both(
                f"{name} {verb[0]} that {one} pays {other}", f"{name} {verb[1]} que {one} paga a {other}"
            ),
            "summary": None, "said": _both(day, day), "saidAt": [day, day], "when": None, "implied": False,
            "reportedly": False, "withdrawn": False, "corrected": None, "counters": [], "confirms": [],
            "alternatives": [], "words": None,
        }  # fmt: skip
        self.props[prop]["claims"].append(f"c{number}")
        self.props[prop]["affirmedBy" if side == "affirm" else "opposedBy"].append(f"c{number}")
        self.nodes[speaker]["says"].append(f"c{number}")

    def _mark_disputes(self) -> None:
        disputed = [key for key, p in self.props.items() if p["disputed"]][: self.statements]
        for key in disputed:
            label = self.props[key]["title"]
            self.nodes.append(self._node(f"s:{key}", "statement", label, 0, 0, type="statement", prop=key))

    def _speak(self, number: int) -> None:
        speaker = number % 40
        said = self.nodes[speaker]["says"]
        claim = said[self.random.randrange(len(said))] if said else "c0"
        edge = self._edge(f"k{number}", f"n{speaker}", self.props[self.claims[claim]["prop"]]["subject"], None, False)
        if edge["from"] == edge["to"]:
            edge["to"] = self.props[self.claims[claim]["prop"]]["third"]
        self.edges.append(edge | {"claims": [claim]})


def payload(nodes: int = 2000, edges: int = 10000, documents: int = 20, seed: int = 1) -> Record:
    """The data of a made-up page with exactly so many nodes and edges."""
    return _Maker(nodes, edges, documents, seed).data()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--nodes", type=int, default=2000)
    parser.add_argument("--edges", type=int, default=10000)
    given = parser.parse_args()
    text = page(payload(given.nodes, given.edges), "A made-up case", "en")
    given.out.write_text(text, "utf-8")
    print(f"{given.out}: {len(text.encode()) / 1e6:.1f} MB, {given.nodes} nodes, {given.edges} edges")


if __name__ == "__main__":
    main()
