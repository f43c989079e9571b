"""What a network carries on its nodes and edges, as types: a misspelt key is an error of the type checker.

networkx keeps attributes as plain dicts, and knows no types. The records are such dicts, so that the network can be
written in any format and costs no second copy; the functions here hand them out typed. Texts are by language. A name of
somebody or something is an IRI; "" means that there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias, TypedDict, cast

import networkx as nx

from ..yaml.forms import Texts


class Time(TypedDict):
    """A time as printed, with the first and the last day that it may mean."""

    printed: str
    label: Texts
    earliest: str
    latest: str


# --- statements


class Retraction(TypedDict):
    """Who took a statement back, when and where; `on` is empty when nobody tells."""

    kind: Literal["withdrawn", "corrected"]
    by: str
    on: str
    where: str


class Reply(TypedDict):
    """Our own request for a reply."""

    by: str
    asked_on: str
    deadline: str
    answer: Texts


class Route(TypedDict):
    """How a statement reached us: all it came through, who speaks first; the relays among them; the verb of speech.

    `chain` names them in English: `Cristosal › Associated Press › bne IntelliNews`.
    """

    chain: str
    via: list[str]
    hops: list[str]
    implied_hops: list[str]
    verb: str


class Where(TypedDict):
    """Where a statement stands in its document: `start` and `end` are characters of the text, `words` a quotation."""

    at: str
    place: Texts
    language: str
    start: int | None
    end: int | None
    words: str


class Internal(TypedDict, total=False):
    """Our own grade, note and request for reply; in networks of a dataset that was built with what is internal."""

    grade: str
    note: str
    reply: Reply


_SpeaksFor = TypedDict("_SpeaksFor", {"for": str})


class Claim(_SpeaksFor, Route, Where, Internal):
    """One statement, or the mention of a relationship."""

    id: str
    sid: str
    proposition: str
    stance: str
    modality: str
    speaker: str
    publisher: str
    origin: str
    document: str
    order: int
    firm: bool
    hedges: list[str]
    approximate: bool
    implied: bool
    inferred: bool
    reportedly: bool
    said: Time | None
    sentence: Texts
    summary: Texts
    counters: list[str]
    confirms: list[str]
    depends_on: list[str]
    alternatives: list[str]
    retraction: Retraction | None


# --- relationships


class Word(TypedDict):
    """A third place that is a text, is missing, or that the relation does not take."""

    kind: Literal["text", "missing", "none"]
    label: Texts


class Day(Time):
    """A third place that is a time."""

    kind: Literal["date"]


class Amount(TypedDict):
    """A third place that is a sum of money or another figure."""

    kind: Literal["money", "figure"]
    label: Texts
    number: float
    currency: str
    unit: str


Value: TypeAlias = Word | Day | Amount


class Standing(TypedDict):
    """How a relationship stands in one modality."""

    modality: str
    level: str
    disputed: bool


class Decision(TypedDict):
    """An editor's decision on a relationship."""

    basis: str
    record: str
    by: str
    on: str


class Proposition(TypedDict):
    """A relationship with its statements: an edge, or on its subject's node when its third place is a value.

    `affirmed_by` and `opposed_by` are statements that count for and against it, from elsewhere as well;
    `whole_opposed`: whether anybody opposes the same of a group of which its subject is a part. `accused`: whom it
    accuses or may defame, by IRI. `third` is "" and `value` is there when the third place is a value. `period`: since
    when and until when, as printed; empty when neither is said.
    """

    type: Literal["relationship"]
    proposition: str
    subject: str
    third: str
    value: Value | None
    relation: str
    relation_iri: str
    relation_label: Texts
    bare: Texts
    directed: bool
    subtitle: bool
    judgement: bool
    title: Texts
    summary: Texts
    phrase: Texts
    line: str
    status: str
    disputed: bool
    denied_in_part: bool
    whole_opposed: bool
    sensitive: bool
    origins: int
    standings: list[Standing]
    rivals: list[str]
    narrows: str
    about: list[str]
    accused: list[str]
    affirmed_by: list[str]
    opposed_by: list[str]
    period: list[str]
    stances: list[str]
    modalities: list[str]
    decision: Decision | None
    claims: list[Claim]


class Speaks(TypedDict):
    """An edge from whoever speaks to what the statements concern."""

    type: Literal["speaks"]
    claims: list[str]


class Folded(TypedDict):
    """An edge between two who take part in one event (`network.fold`): `line` is the weakest of its parts."""

    type: Literal["folded"]
    event: str
    directed: bool
    line: str
    sensitive: bool
    label: Texts
    parts: list[str]
    claims: list[str]


Edge: TypeAlias = Proposition | Speaks


# --- nodes


class _Named(TypedDict):
    kind: str
    label: Texts
    name: Texts
    plural: bool
    aliases: list[str]
    identifiers: list[str]
    slug: str
    facts: list[Proposition]


class Actor(_Named):
    """An actor, event, agreement, order, group, place … `facts` are its relationships to values."""

    type: Literal["node"]


class StatementNode(_Named):
    """A relationship that another one is about, or that somebody disputes."""

    type: Literal["statement"]
    proposition: str


Node: TypeAlias = Actor | StatementNode


# --- of the whole


class Document(TypedDict):
    """A document that statements stand in."""

    id: str
    label: Texts
    title: str
    publisher: str
    authors: list[str]
    language: str
    url: str
    published: str


class Look(TypedDict):
    """What a kind is called and how it is drawn."""

    label: Texts
    shape: str
    hue: str
    agent: bool


class Kind(Look):
    """What a node can be."""

    broader: str


# --- reading a network


def node_of(network: nx.MultiDiGraph, node: str) -> Node:
    """What a network carries on a node."""
    return cast(Node, network.nodes[node])


def nodes_in(network: nx.MultiDiGraph) -> list[tuple[str, Node]]:
    """Every node with what it carries, sorted."""
    return sorted(network.nodes(data=True), key=lambda row: str(row[0]))


def edges_in(network: nx.MultiDiGraph) -> Iterator[tuple[str, str, str, Edge]]:
    """Every edge as (source, target, key, what it carries), in the order of the network."""
    yield from network.edges(keys=True, data=True)


def out_of(network: nx.MultiDiGraph, node: str) -> Iterator[tuple[str, Edge]]:
    """The edges that leave a node, as (target, what it carries)."""
    for _, target, attributes in network.out_edges(node, data=True):
        yield target, attributes


def documents_in(network: nx.MultiDiGraph) -> list[Document]:
    """The documents of a network."""
    return cast("list[Document]", network.graph["documents"])


def kinds_in(network: nx.MultiDiGraph) -> Mapping[str, Kind]:
    """The kinds of a network's nodes, by key."""
    return cast("Mapping[str, Kind]", network.graph.get("kinds", {}))


def propositions_in(network: nx.MultiDiGraph) -> Iterator[Proposition]:
    """Every proposition of a network, on edges and on nodes, each once."""
    for *_, attributes in edges_in(network):
        if attributes["type"] == "relationship":
            yield attributes
    for _, attributes in network.nodes(data=True):
        yield from attributes.get("facts", ())


def claims_in(network: nx.MultiDiGraph) -> Iterator[Claim]:
    """Every claim of a network, each once."""
    for proposition in propositions_in(network):
        yield from proposition["claims"]


def is_mixed(proposition: Proposition) -> bool:
    """Whether some say that it is so, and others only that it is planned or possible.

    One line stands for all of them, and is drawn no firmer than the least of them is.
    """
    if proposition["line"] != "said":
        return False
    affirming = set(proposition["affirmed_by"])
    return any(claim["modality"] != "actual" for claim in proposition["claims"] if claim["id"] in affirming)
