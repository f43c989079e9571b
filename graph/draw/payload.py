"""A network in, the data of the page out: everything it shows, as JSON values with opaque ids."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

import networkx as nx

from .. import figures
from ..base.ids import short
from ..figures import Figures
from ..network import paths
from ..network.measures import skeleton
from ..network.records import (
    Claim,
    Document,
    Look,
    Proposition,
    Value,
    documents_in,
    edges_in,
    kinds_in,
    node_of,
    nodes_in,
    out_of,
    propositions_in,
)
from ..wording import place_name
from ..words import contracted, has, languages, message, messages
from ..yaml.forms import Texts, in_language
from .cast import Placed, choose_cast, place_cast
from .cast import record as cast_record
from .curves import clear_curves
from .data import (
    AcceptedData,
    ClaimData,
    DocumentData,
    EdgeData,
    NodeData,
    PageData,
    PropositionData,
    StartData,
    ValueData,
)
from .layout import positions
from .opening import Opening, choose
from .positions import Places
from .rules import rules
from .signs import sign_of

#: How many nodes the opening shows.
BUDGET = 20


@dataclass(frozen=True, slots=True)
class About:
    """What the page says of the edition as a whole."""

    title: Texts
    version: str
    editor: str = ""
    licence: str = ""
    corrections: str = ""
    cases: tuple[str, ...] = ()
    #: What stays where it was.
    places: Places = field(default_factory=Places)
    #: Whether our own grades, notes and requests for reply are in it.
    internal: bool = False
    #: The cast in its place, and what is drawn of all else at first, where they have been chosen already.
    cast: Placed | None = None
    opening: Opening | None = None


def payload(network: nx.MultiDiGraph, about: About, language: str = "en") -> PageData:
    """Everything the page shows, as JSON values. Ids are opaque; texts are `{"en": …, "es": …}`."""
    return _Payload(network, about).data(language)


class _Payload:
    def __init__(self, network: nx.MultiDiGraph, about: About) -> None:
        self.network = network
        self.about = about
        self.skeleton = skeleton(network)
        self.opening = about.opening or choose(network, BUDGET)
        self.positions = positions(network, self.opening, about.places)
        self.cast = about.cast or place_cast(network, choose_cast(network), about.places.cast)
        self.curves = clear_curves(network, (self.positions.all, self.positions.opening))
        self.propositions = {p["proposition"]: p for p in propositions_in(network)}
        self.claims = {c["id"]: c for p in self.propositions.values() for c in p["claims"]}

    def data(self, language: str) -> PageData:
        return {
            "format": 1,
            "lang": language,
            "budget": BUDGET,
            "tables": rules(),
            "edition": {
                "title": dict(self.about.title),
                "version": self.about.version,
                "editor": self.about.editor,
                "licence": self.about.licence,
                "corrections": self.about.corrections or None,
                "cases": list(self.about.cases),
            },
            "documents": [self._document(record) for record in documents_in(self.network)],
            "kinds": {**kinds_in(self.network), "statement": _statement_kind()},
            "relations": {
                p["relation"]: {"label": p["relation_label"], "bare": p["bare"] or p["relation_label"]}
                for p in self.propositions.values()
            },
            "folds": self._folds(),
            "internal": self.about.internal,
            "nodes": self._nodes(),
            "edges": self._edges(),
            "props": {short(iri): self._proposition(p) for iri, p in sorted(self.propositions.items())},
            "claims": {short(iri): self._claim(c) for iri, c in sorted(self.claims.items())},
            "figures": figures.as_data(self.network.graph["figures"]),
            "opening": {tag: self._opening_line(tag) for tag in languages()},
            "cast": cast_record(self.cast, short),
            "start": self._start(),
        }

    def _document(self, record: Document) -> DocumentData:
        return {
            "id": short(record["id"]),
            "label": record["label"],
            "title": record["title"],
            "publisher": short(record["publisher"]),
            "author": ", ".join(self._name(author, "en") for author in record["authors"]) or None,
            "published": record["published"],
            "language": record["language"],
            "url": record["url"] or None,
        }

    def _name(self, node: str, language: str) -> str:
        return in_language(node_of(self.network, node)["label"], language) if node in self.network else ""

    def _nodes(self) -> list[NodeData]:
        props: dict[str, list[str]] = {node: [] for node in self.network}
        says: dict[str, list[str]] = {node: [] for node in self.network}
        for iri, proposition in sorted(self.propositions.items()):
            for end in {proposition["subject"], proposition["third"], iri}:
                if end in props:
                    props[end].append(short(iri))
        for claim in sorted(self.claims.values(), key=_order):
            if claim["speaker"] in says:
                says[claim["speaker"]].append(short(claim["id"]))
        chosen = set(self.opening.nodes)
        found: list[NodeData] = []
        for node, attributes in nodes_in(self.network):
            x, y = self.positions.all[node]
            ox, oy = self.positions.opening.get(node, (None, None))
            found.append(
                {
                    "id": short(node),
                    "type": attributes["type"],
                    "kind": attributes["kind"],
                    "label": attributes["label"],
                    "name": attributes["name"],
                    "plural": attributes["plural"],
                    "subtitle": self._subtitle(node),
                    "aliases": attributes["aliases"],
                    "x": round(x, 1),
                    "y": round(y, 1),
                    "ox": None if ox is None else round(ox, 1),
                    "oy": None if oy is None else round(oy, 1),
                    "degree": self.skeleton.degree(node),
                    "opening": node in chosen,
                    "prop": short(node) if attributes["type"] == "statement" else None,
                    "facts": [short(fact["proposition"]) for fact in attributes["facts"]],
                    "props": props[node],
                    "says": says[node],
                }
            )
        return found

    def _subtitle(self, node: str) -> Texts | None:
        """An office, a part-of or a place, in the phrase for how it stands; neither a disputed nor a soft one."""
        for third, edge in sorted(out_of(self.network, node), key=lambda row: row[0]):
            if edge["type"] == "relationship" and edge["subtitle"] and edge["line"] in _SUBTITLES:
                name = node_of(self.network, third)["name"]
                told = {tag: f"{edge['phrase'].get(tag, '')} {in_language(name, tag)}" for tag in languages()}
                return {tag: contracted(text, tag) for tag, text in told.items()}
        return None

    def _edges(self) -> list[EdgeData]:
        chosen = set(self.opening.edges)
        found: list[EdgeData] = []
        for source, target, key, edge in sorted(edges_in(self.network), key=lambda row: row[:3]):
            stated = edge if edge["type"] == "relationship" else None
            found.append(
                {
                    "id": short(f"edge {key}"),
                    "from": short(source),
                    "to": short(target),
                    "type": edge["type"],
                    "prop": short(key) if stated else None,
                    "claims": [] if edge["type"] == "relationship" else [short(claim) for claim in edge["claims"]],
                    "opening": key in chosen,
                    "directed": stated["directed"] if stated else True,
                    "subtitle": stated["subtitle"] if stated else False,
                    "curve": self.curves.get(key, 0.0),
                    "label": stated["phrase"] if stated else messages("page.lines.lineSpeaks"),
                }
            )
        return found

    def _proposition(self, p: Proposition) -> PropositionData:
        reached = {*(c["id"] for c in p["claims"]), *p["affirmed_by"], *p["opposed_by"]}
        claims = sorted((self.claims[iri] for iri in reached if iri in self.claims), key=_order)
        value = p["value"]
        return {
            "relation": p["relation"],
            "subject": short(p["subject"]),
            "third": short(p["third"]) if p["third"] in self.network or p["third"] in self.propositions else None,
            "literal": value["label"] if value and value["kind"] != "none" else None,
            "value": _value(value),
            "line": p["line"],
            "sign": sign_of(p),
            "disputed": p["disputed"],
            "deniedInPart": p["denied_in_part"],
            "wholeOpposed": p["whole_opposed"],
            "sensitive": p["sensitive"],
            "title": p["title"],
            "phrase": p["phrase"],
            "summary": p["summary"],
            "claims": [short(claim["id"]) for claim in claims],
            "rivals": [short(rival) for rival in p["rivals"]],
            "narrows": short(p["narrows"]) if p["narrows"] else None,
            "accused": [short(iri) for iri in p["accused"]],
            "affirmedBy": [short(iri) for iri in p["affirmed_by"]],
            "opposedBy": [short(iri) for iri in p["opposed_by"]],
            "needs": sorted(paths.needs(p)),
            "span": p["period"] or None,
            "origins": p["origins"],
            "accepted": self._accepted(p),
        }

    @staticmethod
    def _accepted(p: Proposition) -> AcceptedData | None:
        decision = p["decision"]
        if not decision or p["status"] != "accepted":
            return None
        return {
            "basis": messages(key) if has(key := f"basis.{decision['basis']}") else {},
            "record": decision["record"],
            "on": decision["on"],
            "by": decision["by"],
        }

    def _claim(self, c: Claim) -> ClaimData:
        side = _side(c["stance"])
        said, taken = c["said"], c["retraction"]
        found: ClaimData = {
            "sid": c["sid"],
            "prop": short(c["proposition"]),
            "stance": c["stance"],
            "modality": c["modality"],
            "side": side,
            "firm": c["firm"] if side == "affirm" else None,
            "speaker": short(c["speaker"]) if c["speaker"] else None,
            "for": short(c["for"]) if c["for"] else None,
            "via": [short(relay) for relay in c["via"]],
            "chain": {tag: self._chain(c, tag) for tag in languages()},
            "hops": [short(hop) if hop in self.network else None for hop in c["hops"]],
            "origin": short(c["origin"]) if c["origin"] else None,
            "document": short(c["document"]),
            "at": c["at"],
            "place": {tag: place_name(c["at"], tag) for tag in languages()},
            "start": c["start"],
            "end": c["end"],
            "order": c["order"],
            "hedges": c["hedges"],
            "sentence": c["sentence"],
            "summary": c["summary"] or None,
            "said": said["label"] if said else None,
            "saidAt": [said["earliest"], said["latest"]] if said else None,
            "when": self._period(c["proposition"]),
            "implied": c["implied"],
            "inferred": c["inferred"],
            "reportedly": c["reportedly"],
            "withdrawn": taken is not None and taken["kind"] == "withdrawn",
            "corrected": self._retracted(c),
            "counters": [short(other) for other in c["counters"]],
            "confirms": [short(other) for other in c["confirms"]],
            "alternatives": [short(other) for other in c["alternatives"]],
            "words": c["words"] or None,
        }
        # What is internal is in no page unless it was asked for.
        if "grade" in c:
            found["grade"] = c["grade"]
        if "note" in c:
            found["note"] = c["note"]
        if "reply" in c:
            found["reply"] = c["reply"]
        return found

    def _folds(self) -> list[list[str]]:
        """Pairs of roles that the `actors` projection folds (`network.fold`), of those that occur here."""
        here = {p["relation"] for p in self.propositions.values()}
        return [list(pair) for pair in self.network.graph.get("folds", ()) if here.issuperset(pair)]

    def _chain(self, c: Claim, language: str) -> str:
        names = [self._name(hop, language) or message(language, "statement.unnamed") for hop in c["hops"]]
        return " › ".join(names)

    def _period(self, proposition: str) -> Texts | None:
        period = self.propositions[proposition]["period"]
        return {tag: " – ".join(dict.fromkeys(day for day in period if day)) for tag in languages()} if period else None

    def _retracted(self, c: Claim) -> Texts | None:
        taken = c["retraction"]
        if not taken:
            return None
        where = f" ({taken['where']})" if taken["where"] else ""
        dated = taken["kind"] if taken["on"] else f"{taken['kind']}Sometime"
        return messages(f"taken.{dated}", by=taken["by"], on=taken["on"], where=where)

    # --- the opening in words

    def _opening_line(self, language: str) -> str:
        documents = documents_in(self.network)
        one = len(documents) == 1
        n: Figures = self.network.graph["figures"]

        def part(key: str, n: int, **more: object) -> str:
            return message(language, f"opening.{key}", n=n, **more)

        return message(
            language,
            "opening.line",
            what=part("article", 1, name=in_language(documents[0]["label"], language))
            if one
            else part("documents", n.documents),
            trust=part("checked", n.accepted) if n.accepted else part("unchecked", n.documents),
            statements=_statements(n, language),
            own=part("own" if one else "ownMany", n.own_statements),
            denied=part("denied", n.denied),
            unanswered=part("unanswered", n.unanswered_accusations),
        )

    def _start(self) -> list[StartData]:
        """`Start here`: what a reader should judge first, each a list of relationships or nodes."""
        ordered = sorted(self.propositions.values(), key=lambda p: min(map(_order, p["claims"]), default=("~", 0, "")))
        counts: Counter[str] = Counter()
        for p in ordered:
            for end in (p["subject"], p["third"]):
                if end in self.network and node_of(self.network, end)["type"] == "node":
                    counts[end] += len(p["claims"])
        most = sorted(counts, key=lambda node: (-counts[node], node))[:6]
        found: list[StartData] = []
        for kind, figure in _START.items():
            counted = set(self.network.graph["listed"][figure])
            if props := [short(p["proposition"]) for p in ordered if p["proposition"] in counted]:
                found.append({"kind": kind, "props": props, "nodes": None})
        return [*found, {"kind": "most", "props": None, "nodes": [short(node) for node in most]}]


def _statements(n: Figures, language: str) -> str:
    """How many statements by how many speakers, in the words of the page's bar."""
    told = [message(language, "page.panel.statements", n=n.statements)]
    if n.speakers:
        told.append(message(language, "page.standing.saidBySpeakers", n=n.speakers))
    if n.unattributed:
        key = "andUnattributed" if n.speakers else "unattributed"
        told.append(message(language, f"page.standing.{key}", n=n.unattributed))
    return " ".join(told)


def _statement_kind() -> Look:
    """A relationship that other statements are about is drawn as a node of this kind."""
    return {"label": messages("page.panel.relationship"), "shape": "circle", "hue": "concept", "agent": False}


#: Parts of `Start here` → the figure that each lists.
_START = {
    "disputed": "denied",
    "unanswered": "unanswered_accusations",
    "figures": "single_source_figures",
    "open": "open_questions",
}
_SUBTITLES = frozenset({"accepted", "said"})


def _side(stance: str) -> Literal["oppose", "affirm", "neither"]:
    if stance in ("denied", "contested"):
        return "oppose"
    return "affirm" if stance in ("asserted", "alleged", "presumed") else "neither"


def _order(claim: Claim) -> tuple[str, int, str]:
    return claim["document"], claim["order"], claim["id"]


def _value(value: Value | None) -> ValueData | None:
    if value is None or value["kind"] == "none" or value["kind"] == "text":
        return None
    if value["kind"] == "date":
        return {
            "kind": "date",
            "printed": value["printed"],
            "earliest": value["earliest"],
            "latest": value["latest"],
        }
    if value["kind"] == "missing":
        return {"kind": "missing"}
    return {
        "kind": value["kind"],
        "number": value["number"],
        "currency": value["currency"],
        "unit": value["unit"],
    }
