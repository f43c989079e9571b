"""What is compared of one edition, from a network or a dataset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
from pyoxigraph import Store

from ..base.ids import short
from ..base.terms import expand
from ..network.projection import project
from ..network.records import claims_in, documents_in, nodes_in, propositions_in
from ..words import languages
from ..yaml.forms import Texts


@dataclass(frozen=True, slots=True)
class Said:
    """A statement. `sentence` and `document` are to be shown; the rest is compared. Ids are opaque."""

    id: str
    sid: str
    sentence: Texts
    document: Texts
    relationship: str
    stance: str
    modality: str
    speaker: str
    speaks_for: str
    chain: tuple[str, ...]
    hedges: tuple[str, ...]
    place: str
    said: str
    summary: tuple[str, ...]
    retraction: str

    @property
    def content(self) -> tuple[object, ...]:
        """What it says, for matching without its id."""
        return (tuple(sorted(self.sentence.items())), tuple(sorted(self.document.items())), self.stance, self.modality)


@dataclass(frozen=True, slots=True)
class Stands:
    """A relationship: its heading, how it stands, and what it is about."""

    id: str
    title: Texts
    line: str
    disputed: bool
    sensitive: bool
    origins: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is compared of one edition, each by opaque id. `actors` holds names."""

    version: str
    statements: Mapping[str, Said]
    relationships: Mapping[str, Stands]
    actors: Mapping[str, Texts]


def of_network(network: nx.MultiDiGraph, version: str = "") -> Snapshot:
    """What is compared of a network (`network.project`)."""
    documents = {document["id"]: document for document in documents_in(network)}
    statements = {}
    for claim in claims_in(network):
        document = documents.get(claim["document"])
        taken = claim["retraction"]
        statements[short(claim["id"])] = Said(
            id=short(claim["id"]),
            sid=claim["sid"],
            sentence=dict(claim["sentence"]),
            document=dict(document["label"]) if document else {},
            relationship=short(claim["proposition"]),
            stance=claim["stance"],
            modality=claim["modality"],
            speaker=_short(claim["speaker"]),
            speaks_for=_short(claim["for"]),
            chain=tuple(map(short, claim["via"])),
            hedges=tuple(claim["hedges"]),
            place=place(claim["at"], claim["start"], claim["end"]),
            said=claim["said"]["earliest"] if claim["said"] else "",
            summary=in_each_language(claim["summary"]),
            retraction=taken["kind"] if taken else "",
        )
    relationships = {}
    for p in propositions_in(network):
        key = short(p["proposition"])
        relationships[key] = Stands(key, dict(p["title"]), p["line"], p["disputed"], p["sensitive"], p["origins"])
    actors = {short(node): dict(on_it["label"]) for node, on_it in nodes_in(network) if on_it["type"] == "node"}
    return Snapshot(version, statements, relationships, actors)


def of_store(store: Store) -> Snapshot:
    """What is compared of a dataset; its version is the date that it was last modified."""
    query = f"SELECT ?d {{ ?s a <{expand('void:Dataset')}> ; <{expand('dcterms:modified')}> ?d }}"
    rows = store.query(query, use_default_graph_as_union=True)
    dates = sorted(row[0].value for row in rows)  # type: ignore[union-attr]
    return of_network(project(store), dates[-1] if dates else "")


def _short(iri: str) -> str:
    return short(iri) if iri else ""


def place(at: str, start: int | None, end: int | None) -> str:
    """Where a statement stands: `p2 812-941`."""
    return at if start is None else f"{at} {start}-{end}"


def in_each_language(texts: Texts) -> tuple[str, ...]:
    """The words in each language that has any, to be compared."""
    return tuple(texts[tag] for tag in languages() if texts.get(tag))
