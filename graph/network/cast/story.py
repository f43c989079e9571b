"""What a network says of each actor and thing, asked in the ways that choosing a cast asks it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log1p

import networkx as nx

from ...vocabulary.reader import standard
from ..records import Claim, Kind, Proposition, propositions_in

#: Standings of ties that may be drawn; what all who speak of it deny, what is asked or only mentioned is no tie.
TIED = frozenset({"accepted", "said", "soft", "notyet", "disputed"})
#: Relations that say where somebody belongs, nearest first. `holds-post` leads on through `post-in`.
_BELONGING = ("holds-post", "part-of", "works-for", "spokesperson-for", "subsidiary-of", "member-of", "located-in")
#: Relations whose third place describes: words and figures stand with what they describe.
DESCRIBING = frozenset({"characterised-as", "known-as", "known-for", "holds-post", "post-in"})
#: Kinds that can join actors. Ideas, words, posts and documents that only speak cannot.
JOINING = frozenset(
    {
        "event", "proceeding", "payment", "agreement", "contract", "offer", "order", "judgment", "law", "facility",
        "system", "project", "asset", "account", "debt", "policy", "place",
    }
)  # fmt: skip
#: Hues of classes of other vocabularies whose instances can join actors.
_JOINING_HUES = frozenset({"event", "place", "doc"})
#: Relations of other vocabularies that keep a record of data, or say that two addresses are one: nobody's ties.
KEEPING = frozenset(
    {
        "http://www.w3.org/2002/07/owl#imports", "http://www.w3.org/2002/07/owl#priorVersion",
        "http://www.w3.org/2002/07/owl#sameAs", "http://www.w3.org/2002/07/owl#versionIRI",
        "http://www.w3.org/2000/01/rdf-schema#isDefinedBy", "http://www.w3.org/2000/01/rdf-schema#seeAlso",
        "http://www.w3.org/2004/02/skos/core#changeNote",
        "http://www.w3.org/2004/02/skos/core#closeMatch", "http://www.w3.org/2004/02/skos/core#exactMatch",
        "http://www.w3.org/2004/02/skos/core#inScheme", "http://www.w3.org/2004/02/skos/core#topConceptOf",
        "http://purl.org/dc/terms/format", "http://purl.org/dc/terms/language", "http://purl.org/dc/terms/license",
        "http://purl.org/dc/terms/rights", "http://rdfs.org/ns/void#inDataset",
        "http://schema.org/inLanguage", "http://schema.org/license", "http://schema.org/sameAs",
        "https://schema.org/inLanguage", "https://schema.org/license", "https://schema.org/sameAs",
        "http://xmlns.com/foaf/0.1/isPrimaryTopicOf", "http://xmlns.com/foaf/0.1/primaryTopic",
        "http://creativecommons.org/ns#license", "http://www.loc.gov/mads/rdf/v1#adminMetadata",
        # Of Wikidata: pictures, maps, flags and arms as files, and categories, lists and templates of Wikipedia.
        *(f"http://www.wikidata.org/prop/direct/P{number}" for number in (
            18, 41, 94, 154, 158, 242, 910, 948, 996, 1151, 1204, 1423, 1424, 1464, 1465, 1740, 1754, 1791, 1792, 1943,
            2354, 2716, 5008, 6104, 7084, 7561, 7867, 8464, 8517, 8596, 8989,
        )),
    }
)  # fmt: skip
#: What such relations of whole vocabularies begin with: of nanopublications, of a Wikibase about itself, of the records
#: of libraries and museums.
KEEPING_SPACES = (
    "http://www.nanopub.org/nschema#", "http://purl.org/nanopub/x/", "https://w3id.org/np/o/ntemplate/",
    "http://wikiba.se/ontology#", "http://www.wikidata.org/prop/direct-normalized/",
    "http://id.loc.gov/ontologies/RecordInfo#", "http://purl.org/vocab/changeset/schema#",
    "http://vocab.getty.edu/ontology#contributor", "http://vocab.getty.edu/ontology#source",
)  # fmt: skip
#: Pages of Wikipedia and its sisters, of which an item of Wikidata has hundreds.
_PAGE = re.compile(r"https?://[\w-]+\.wiki[a-z]+\.org/wiki/")
AFFIRMING = ("asserted", "alleged", "presumed", "presupposed", "inferred")
OPPOSING = ("denied", "contested")
#: The roles by which a payment is a line.
PAYMENT = ("payer", "payee")


@dataclass(frozen=True)
class Edge:
    """A relationship between two nodes."""

    source: str
    target: str
    proposition: Proposition

    @property
    def id(self) -> str:
        return str(self.proposition["proposition"])

    @property
    def relation(self) -> str:
        return str(self.proposition["relation"])

    @property
    def line(self) -> str:
        return str(self.proposition["line"])

    @property
    def ends(self) -> tuple[str, str]:
        return self.source, self.target

    def other(self, end: str) -> str:
        """The end that is not the one given."""
        return self.target if self.source == end else self.source

    def is_plain(self) -> bool:
        """Whether it is plainly said, with nothing that could hurt: such a tie may place somebody in a frame."""
        return self.line in ("said", "accepted") and not self.proposition["sensitive"]


@dataclass(frozen=True)
class Home:
    """Where somebody belongs, as plainly said: a state or body, the post held there, and the proposition."""

    body: str = ""
    post: str = ""
    said_in: str = ""


def is_other(name: str, kind: Kind) -> bool:
    """Whether a kind is a class of another vocabulary, neither ours nor declared by a case."""
    return name not in standard().kinds and not kind["broader"]


def keeps_record(relation: str, subject: str) -> bool:
    """Whether a relationship, by the addresses of its relation and its subject, only keeps a record of data."""
    return relation in KEEPING or relation.startswith(KEEPING_SPACES) or bool(_PAGE.match(subject))


class Story:
    """A network, read once."""

    def __init__(self, network: nx.MultiDiGraph) -> None:
        self.network = network
        self.kinds: Mapping[str, Kind] = network.graph["kinds"]
        other = {name: kind for name, kind in self.kinds.items() if is_other(name, kind)}
        #: Whether it was read from data that nobody wrote in our vocabulary.
        self.is_other = bool(self.kinds) and len(other) == len(self.kinds)
        self.joining = JOINING | {name for name, kind in other.items() if kind["hue"] in _JOINING_HUES}
        self.edges = sorted(
            (
                Edge(source, target, attributes)
                for source, target, attributes in network.edges(data=True)
                if attributes["type"] == "relationship" and not keeps_record(attributes["relation_iri"], source)
            ),
            key=lambda edge: edge.id,
        )
        self.by_id = {edge.id: edge for edge in self.edges}
        self.at: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            for end in dict.fromkeys(edge.ends):
                self.at[end].append(edge)
        self.publishers = self._publishers()
        self.by, self.about = self._counts()
        self.homes = self._homes()
        #: Asked for again and again, and dear for who has thousands of relationships.
        self._worths: dict[str, float] = {}

    # --- nodes

    def is_actor(self, node: str) -> bool:
        kind = self.kinds.get(self.kind(node))
        return kind is not None and kind["agent"]

    def kind(self, node: str) -> str:
        return str(self.network.nodes[node]["kind"])

    def is_thing(self, node: str) -> bool:
        """Whether it is of a kind that can join actors."""
        return self.kind(node) in self.joining

    def home(self, node: str) -> Home:
        return self.homes.get(node, Home())

    @cached_property
    def actors(self) -> list[str]:
        """Every actor, whoever belongs to the story most first."""
        return sorted(filter(self.is_actor, self.network), key=lambda node: (-self.worth(node), node))

    @cached_property
    def said_by(self) -> dict[str, list[Proposition]]:
        """Speaker, or whom one speaks for → the propositions on which it says something, in their order."""
        found: dict[str, list[Proposition]] = defaultdict(list)
        for proposition in self.propositions():
            for speaker in dict.fromkeys(
                one for claim in proposition["claims"] for one in (claim["speaker"], claim["for"])
            ):
                found[speaker].append(proposition)
        return found

    def statements(self, node: str) -> int:
        """How many statements are by or about a node."""
        return self.by[node] + self.about[node]

    @cached_property
    def wholes(self) -> dict[str, list[str]]:
        """What each thing is plainly said to be part of."""
        found: dict[str, list[str]] = defaultdict(list)
        for edge in self.edges:
            if edge.relation == "part-of" and edge.is_plain():
                found[edge.source].append(edge.target)
        return found

    def worth(self, node: str) -> float:
        """How much an actor belongs to the story: statements by and about it, and the events it takes part in."""
        if (known := self._worths.get(node)) is None:
            known = self._worths[node] = self._worth(node)
        return known

    def _worth(self, node: str) -> float:
        worth = float(self.statements(node))
        for edge in self.at[node]:
            if edge.line in TIED and self.is_thing(edge.other(node)):
                worth += 0.8 * log1p(self.about[edge.other(node)])
            if edge.line == "disputed":
                worth += 6.0
            elif edge.line == "soft" and edge.proposition["sensitive"]:
                worth += 2.0
        unnamed = self.kind(node) in ("people", "agent") or self.network.nodes[node]["plural"]
        return worth * 0.4 if unnamed else worth + 2.0

    def only_reports(self, actor: str) -> bool:
        """Whether an actor is a news organisation, or the publisher of everything, of which nothing is said."""
        return not self.about[actor] and (self.kind(actor) == "media" or actor in self.publishers)

    def is_lonely(self, actor: str) -> bool:
        """Whether an actor is tied to no other actor and to nothing that can join it with one."""
        return not any(
            edge.line in TIED and edge.relation not in DESCRIBING and (self.is_actor(other) or self.is_thing(other))
            for edge in self.at[actor]
            if (other := edge.other(actor)) != actor
        )

    # --- statements

    def propositions(self) -> Iterator[Proposition]:
        """Every proposition, on edges and on nodes."""
        return propositions_in(self.network)

    def _publishers(self) -> frozenset[str]:
        """Whoever published every statement: everything reached us through it."""
        seen = {claim["publisher"] for each in self.propositions() for claim in each["claims"]}
        return frozenset(seen) if len(seen) == 1 else frozenset()

    def _counts(self) -> tuple[Counter[str], Counter[str]]:
        """Node → statements by it, and about it. Who publishes everything counts only what is said of it."""
        if told := self.network.graph.get("told"):
            return self._as_told(told)
        by: Counter[str] = Counter()
        about: Counter[str] = Counter()
        for proposition in self.propositions():
            ends = {proposition["subject"], proposition["third"]}
            for claim in proposition["claims"]:
                speakers = {claim["speaker"], claim["for"]} - self.publishers - {""}
                by.update(speakers)
                about.update(end for end in ends if end in self.network and end not in speakers)
        return by, about

    def _as_told(self, told: Mapping[str, tuple[int, int, int]]) -> tuple[Counter[str], Counter[str]]:
        """The same of a whole store, of which the network is a part."""
        by: Counter[str] = Counter()
        about: Counter[str] = Counter()
        for node, (of, by_others, by_itself) in told.items():
            publishes = node in self.publishers
            by[node] = 0 if publishes else of - by_others
            about[node] = by_others + by_itself if publishes else by_others
        return by, about

    def denier(self, edge: Edge, claim: Claim) -> str:
        """Who answers a dispute, when it is no party to it: whom the speaker speaks for, else the speaker."""
        if claim["stance"] not in OPPOSING:
            return ""
        taken = ("", *edge.ends)
        return next((one for one in (claim["for"], claim["speaker"]) if one not in taken and one in self.network), "")

    # --- where somebody belongs

    def _homes(self) -> dict[str, Home]:
        posts = {edge.source: edge.target for edge in self.edges if edge.relation == "post-in" and edge.is_plain()}
        found: dict[str, Home] = {}
        for relation in reversed(_BELONGING):
            for edge in self.edges:
                if edge.relation != relation or not edge.is_plain():
                    continue
                if relation == "holds-post":
                    found[edge.source] = Home(posts.get(edge.target, ""), edge.target, edge.id)
                elif self.is_actor(edge.target) and (relation != "located-in" or self.kind(edge.target) == "state"):
                    found[edge.source] = Home(edge.target, "", edge.id)
        return found

    def frame_of(self, node: str, actors: Collection[str]) -> str:
        """The widest state or chosen actor that a node belongs to, or nothing."""
        body, seen, widest = self.home(node).body, {node}, ""
        while body and body not in seen:
            seen.add(body)
            if self.kind(body) == "state" or body in actors:
                widest = body
            body = self.home(body).body
        return widest

    # --- what joins

    def joined(self, thing: str, actors: Collection[str]) -> dict[str, float]:
        """Actor → weight of what ties it to a thing: a part in it, or half as much for a statement about it."""
        found: dict[str, float] = defaultdict(float)
        for edge in self.at[thing]:
            if edge.line in TIED and (other := edge.other(thing)) in actors:
                found[other] += {"disputed": 3.0, "soft": 1.5}.get(edge.line, 1.0)
        for edge in self._of_parts(thing):
            if edge.line in TIED and edge.source in actors:
                found[edge.source] += 0.8
        for speaker in set(self._speaking_of(thing)) & set(actors):
            found[speaker] += 0.5
        return found

    def _of_parts(self, thing: str) -> Iterator[Edge]:
        """Relationships of whatever is part of a thing and no actor: conditions in a system, say."""
        for edge in self.at[thing]:
            part = edge.source
            if edge.relation == "part-of" and edge.target == thing and edge.is_plain() and not self.is_actor(part):
                yield from self.at[part]

    def _speaking_of(self, thing: str) -> Iterator[str]:
        said: Iterable[Proposition] = [edge.proposition for edge in self.at[thing]]
        for proposition in (*said, *self.network.nodes[thing]["facts"]):
            for claim in proposition["claims"]:
                yield from {claim["speaker"], claim["for"]} - self.publishers

    def things_near(self, thing: str, actors: Collection[str]) -> int:
        """How many weighty things a thing is tied to, when somebody takes part in it."""
        tied = [edge for edge in self.at[thing] if edge.line in TIED]
        if not any(edge.other(thing) in actors for edge in tied):
            return 0
        others = {edge.other(thing) for edge in tied} - {thing}
        return sum(self.is_thing(o) and self.about[o] >= 5 and not self.payment(o, actors) for o in others)

    def payment(self, node: str, actors: Collection[str]) -> tuple[Edge, Edge] | None:
        """Payer and payee of a payment with exactly one of each, both drawn and neither disputed."""
        if self.kind(node) != "payment":
            return None
        roles = [
            [e for e in self.at[node] if e.source == node and e.relation == role and e.line in TIED] for role in PAYMENT
        ]
        if any(len(role) != 1 or role[0].line == "disputed" or role[0].target not in actors for role in roles):
            return None
        return roles[0][0], roles[1][0]
