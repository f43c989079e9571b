"""How two actors are connected, hop by hop, each hop with the statements that carry it.

In: a network, two nodes, and what may be walked through. Out: paths, the shortest first, those of one length by the
strength of their weakest hop.

The rules, which the page's own search (`page/model/paths.js`) follows as well:

1. A hop is a relationship that somebody affirms: accepted, said or softly said. What is denied by all who speak of it,
   asked, rejected or only mentioned is never walked. Sensitive, disputed and not-yet-so relationships only when asked
   for; a relationship that is several of these needs all of them.
2. Who speaks about somebody is one hop from them, "X speaks about Y", made of those statements (affirming or opposing)
   whose relationship may itself be walked.
3. States, places, offices, documents (and laws) and concepts are ends of a path, but not walked through unless asked
   for. Nor does a third who speaks about both join two: that takes `through=("speaker",)`.
4. A relationship about a relationship leads through the latter's own node; a relationship is used once in a path.
5. Of several relationships between the same two, the strongest is the hop, and the others are named beside it.
6. Strength of a hop: accepted, said, disputed, soft, not yet so, "speaks about"; then not sensitive before sensitive;
   then more independent sources before fewer (three count as many).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from ..base import names
from ..base.errors import QueryError
from ..words import languages
from .records import Claim, Proposition, claims_in, edges_in, kinds_in, node_of, nodes_in, propositions_in

#: What is not walked through unless asked for → the kinds it means; broader kinds count.
STOPS: Mapping[str, frozenset[str]] = {
    "state": frozenset({"state"}),
    "place": frozenset({"place"}),
    "post": frozenset({"post"}),
    "document": frozenset({"document", "law"}),
    "concept": frozenset({"concept"}),
}


#: All that `through` takes.
THROUGH = (*STOPS, "speaker")


#: What is walked only when it is asked for, in the order in which a reader is asked.
ASKED = ("sensitive", "disputed", "notyet")


#: Stances by which nobody says anything of anybody.
SILENT = ("asked", "declined", "mentioned")


#: From the strongest to the weakest.
STRENGTH = ("accepted", "said", "disputed", "soft", "notyet", "speaks")


LONGEST = 6


MANY = 3


#: So many paths of one length are weighed; in a network where there are more, any of them is as good.
MOST_WEIGHED = 4000


@dataclass(frozen=True, slots=True)
class Walk:
    """What is asked of a search for paths. Raises `QueryError` for a word or a number that it cannot be.

    Attributes
    ----------
    sensitive, disputed, not_yet : bool
        Also over what can defame; what somebody denies; what is not so, or not yet.
    through : frozenset of str
        Words of `THROUGH`: what may be walked through, too.
    limit : int
        At most so many paths, from 1.
    """

    sensitive: bool = False
    disputed: bool = False
    not_yet: bool = False
    through: Collection[str] = ()
    limit: int = 5

    def __post_init__(self) -> None:
        words = {self.through} if isinstance(self.through, str) else set(self.through)
        if unknown := words - set(THROUGH):
            raise QueryError(f"through: does not know {min(unknown)}. Use {', '.join(THROUGH)}.")
        if self.limit < 1:
            raise QueryError(f"limit: cannot be {self.limit}. Ask for at least 1 path.")
        object.__setattr__(self, "through", frozenset(words))

    @property
    def asked(self) -> frozenset[str]:
        """The words of `ASKED` that it walks."""
        walked = dict(zip(ASKED, (self.sensitive, self.disputed, self.not_yet), strict=True))
        return frozenset(word for word, on in walked.items() if on)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The words of `ASKED` that it does not walk."""
        return tuple(word for word in ASKED if word not in self.asked)


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path. `proposition` is None when it is made of statements: "source or target speaks about …".

    `claims` are those that carry or oppose it, as `network` has them, in the order of their documents; `speaker` says
    who speaks, for a hop of statements.
    """

    source: str
    target: str
    proposition: Proposition | None
    claims: tuple[Claim, ...]
    beside: tuple[Proposition, ...] = ()
    speaker: str = ""

    @property
    def line(self) -> str:
        """A word of `STRENGTH`."""
        return self.proposition["line"] if self.proposition else "speaks"

    @property
    def strength(self) -> tuple[int, int, int]:
        """Sorts hops: the weaker, the smaller."""
        if self.proposition is None:
            return (-STRENGTH.index("speaks"), 0, 0)
        return _strength(self.proposition)


@dataclass(frozen=True, slots=True)
class Direct:
    """What is said here of a and b themselves, apart from any path.

    `stated`: relationships between the two that somebody affirms. `unaffirmed`: those that nobody does. `joint`: nodes
    in which one and the same speaker places both, with that speaker ("" when it is not stated who).
    """

    stated: tuple[Proposition, ...] = ()
    unaffirmed: tuple[Proposition, ...] = ()
    joint: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one node to another; `left_out` says which relationships were not walked: sensitive, …"""

    hops: tuple[Hop, ...]
    direct: Direct
    left_out: tuple[str, ...] = ()

    @property
    def ends(self) -> tuple[str, str]:
        return self.hops[0].source, self.hops[-1].target

    @property
    def nodes(self) -> tuple[str, ...]:
        return (self.hops[0].source, *(hop.target for hop in self.hops))

    @property
    def weakest(self) -> int:
        """Which hop is the weakest, from 0; the first of several."""
        return min(range(len(self.hops)), key=lambda at: self.hops[at].strength)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every statement of the path, each once."""
        return tuple({claim["id"]: claim for hop in self.hops for claim in hop.claims}.values())

    @property
    def statements(self) -> int:
        """How many separate statements it stands on; readings of one ambiguous sentence are one."""
        return _separate(self.claims)

    @property
    def speakers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(claim["speaker"] for claim in self.claims if claim["speaker"]))


def named(network: nx.MultiDiGraph, word: str) -> str:
    """The node that a word means: an id, a label or an alias. `QueryError` when there is none, or several."""
    return names.find(word, known(network))


def known(network: nx.MultiDiGraph) -> Iterator[names.Known]:
    """What can be named in a network."""
    for node, attributes in nodes_in(network):
        if attributes["type"] == "node":
            labels = [attributes["label"][tag] for tag in languages() if attributes["label"].get(tag)]
            yield names.Known(node, (attributes["slug"],), tuple(dict.fromkeys((*labels, *attributes["aliases"]))))


def find(network: nx.MultiDiGraph, a: str, b: str, walk: Walk = Walk()) -> list[Path]:
    """Paths from node a to node b, each of at most `LONGEST` hops. `QueryError` for a node that is not there."""
    for node in (a, b):
        if node not in network:
            raise QueryError(f"{node} is not in this network. Name a node by its id.")
    if a == b:
        raise QueryError("Both names mean the same. Name two different ones.")
    search = _Search(network, a, b, walk.asked, frozenset(walk.through))
    said = direct(network, a, b)
    return [Path(hops, said, walk.left_out) for hops in search.paths(walk.limit)]


def needs(proposition: Proposition) -> frozenset[str]:
    """What must be asked for to walk a relationship; `never` when it is not walked at all."""
    line = proposition["line"]
    if line not in STRENGTH or not (proposition["affirmed_by"] or line == "accepted"):
        return frozenset({"never"})
    found = {"sensitive"} if proposition["sensitive"] else set()
    if line == "accepted":
        return frozenset(found)
    if line == "disputed":
        found.add("disputed")
    actual = (s["modality"] == "actual" and s["level"].startswith("affirmed") for s in proposition["standings"])
    return frozenset(found if any(actual) else {*found, "notyet"})


def direct(network: nx.MultiDiGraph, a: str, b: str) -> Direct:
    """What is said here of a connection between two nodes, whatever a path may walk."""
    propositions = sorted(propositions_in(network), key=lambda p: p["proposition"])
    between = [p for p in propositions if {p["subject"], p["third"]} == {a, b}]
    stated = tuple(p for p in between if "never" not in needs(p))
    by_subject: dict[str, list[Proposition]] = defaultdict(list)
    for p in propositions:
        if "never" not in needs(p):
            by_subject[p["subject"]].append(p)
    claims = {claim["id"]: claim for claim in claims_in(network)}
    joint = []
    for node, attributes in nodes_in(network):
        if attributes["type"] == "statement":
            continue
        sides = [
            {claims[iri]["speaker"] for p in by_subject[node] if p["third"] == end for iri in p["affirmed_by"]}
            for end in (a, b)
        ]
        joint += [(node, speaker) for speaker in sorted(sides[0] & sides[1])][:1]
    return Direct(stated, tuple(p for p in between if p not in stated), tuple(joint))


class _Search:
    """What may be walked, as one list of possible hops for each pair of nodes."""

    def __init__(
        self, network: nx.MultiDiGraph, a: str, b: str, asked: frozenset[str], through: frozenset[str]
    ) -> None:
        self.network = network
        self.a, self.b = a, b
        self.asked = asked
        self.through = through
        self.claims = {claim["id"]: claim for claim in claims_in(network)}
        self.propositions = {p["proposition"]: p for p in propositions_in(network)}
        self.walked = {iri for iri, p in self.propositions.items() if needs(p) <= asked}
        self.relations: dict[str, dict[str, list[Proposition]]] = defaultdict(lambda: defaultdict(list))
        #: Who speaks → about whom → with which statements.
        self.speaking: dict[str, dict[str, list[Claim]]] = defaultdict(dict)
        self._read()
        self.beside = self._beside()

    def _read(self) -> None:
        for source, target, key, attributes in edges_in(self.network):
            if attributes["type"] == "speaks":
                told = [c for c in map(self.claims.__getitem__, attributes["claims"]) if self._speaks(c)]
                if told:
                    self.speaking[source][target] = sorted(told, key=_order)
            elif key in self.walked and source != target:
                self._join(source, target, attributes)
        for node, on_it in nodes_in(self.network):
            if on_it["type"] == "statement" and on_it["proposition"] in self.walked:
                proposition = self.propositions[on_it["proposition"]]
                for end in {proposition["subject"], proposition["third"]}:
                    if end in self.network and end != node:
                        self._join(node, end, proposition)

    def _join(self, one: str, other: str, proposition: Proposition) -> None:
        self.relations[one][other].append(proposition)
        self.relations[other][one].append(proposition)

    def _speaks(self, claim: Claim) -> bool:
        return claim["proposition"] in self.walked and claim["stance"] not in SILENT

    def _stops(self, node: str) -> bool:
        """Whether a node is an end only."""
        if node in (self.a, self.b):
            return False
        kinds = {node_of(self.network, node)["kind"]}
        table = kinds_in(self.network)
        for _ in table:
            kinds |= {table[kind]["broader"] or kind for kind in kinds if kind in table}
        return any(kinds & meant for word, meant in STOPS.items() if word not in self.through)

    def _beside(self) -> dict[str, list[tuple[str, str]]]:
        """Node → (neighbour, who speaks: "" for a relationship), the strongest hop first."""
        found: dict[str, dict[tuple[str, str], tuple[int, int, int]]] = defaultdict(dict)
        for one, others in self.relations.items():
            for other, propositions in others.items():
                found[one][other, ""] = max(map(_strength, propositions))
        for speaker, others_ in self.speaking.items():
            for other in others_:
                statement = node_of(self.network, other)["type"] == "statement" and other not in (self.a, self.b)
                if not statement:
                    found[speaker][other, speaker] = found[other][speaker, speaker] = (-STRENGTH.index("speaks"), 0, 0)
        stops = {node for node in found if self._stops(node)}
        return {
            node: [way for way, _ in sorted(ways.items(), key=lambda row: ([-n for n in row[1]], row[0]))
                   if way[0] not in stops]
            for node, ways in found.items()
            if node not in stops
        }  # fmt: skip

    # --- walking

    def _ways(self, node: str, told: bool) -> Iterator[tuple[str, str]]:
        """Where one can go; who was reached because they speak goes on by a relationship only."""
        for other, speaker in self.beside.get(node, ()):
            if not (told and speaker == node) or "speaker" in self.through or node in (self.a, self.b):
                yield other, speaker

    def _distances(self) -> dict[tuple[str, bool], int]:
        """(Node, whether it was reached as one who speaks) → hops to b at least."""
        before: dict[tuple[str, bool], list[tuple[str, bool]]] = defaultdict(list)
        for node in self.beside:
            for told in (False, True):
                for other, speaker in self._ways(node, told):
                    before[other, speaker == other].append((node, told))
        distance = {(self.b, False): 0, (self.b, True): 0}
        waiting = deque(distance)
        while waiting:
            state = waiting.popleft()
            for earlier in before[state]:
                if earlier not in distance:
                    distance[earlier] = distance[state] + 1
                    waiting.append(earlier)
        return distance

    def paths(self, limit: int) -> list[tuple[Hop, ...]]:
        distance = self._distances()
        found: list[tuple[Hop, ...]] = []
        for length in range(distance.get((self.a, False), LONGEST + 1), LONGEST + 1):
            same = [self._hops(nodes) for nodes in self._walks(length, distance)]
            same.sort(key=lambda hops: ([[-n for n in s] for s in sorted(hop.strength for hop in hops)],
                                        [hop.target for hop in hops]))  # fmt: skip
            found += same
            if len(found) >= limit:
                break
        return found[:limit]

    def _walks(self, length: int, distance: Mapping[tuple[str, bool], int]) -> Iterator[list[tuple[str, str]]]:
        """Every way of that many hops as [(node, by whose speaking)], a relationship used once."""
        count = 0
        stack: list[tuple[list[tuple[str, str]], Iterator[tuple[str, str]]]] = [
            ([(self.a, "")], self._ways(self.a, told=False))
        ]
        while stack and count < MOST_WEIGHED:
            walk, ways = stack[-1]
            way = next(ways, None)
            if way is None:
                stack.pop()
                continue
            other, speaker = way
            left = length - len(walk)
            if distance.get((other, speaker == other), LONGEST + 1) > left or any(other == node for node, _ in walk):
                continue
            longer = [*walk, way]
            if not self._once(longer):
                continue
            if other == self.b:
                if left == 0:
                    count += 1
                    yield longer
            elif left:
                stack.append((longer, self._ways(other, speaker == other)))

    def _once(self, walk: Sequence[tuple[str, str]]) -> bool:
        """Whether the last hop is not just the other half of the one before it."""
        if len(walk) < 3 or walk[-1][1] or walk[-2][1]:
            return True
        one, two = ({p["proposition"] for p in self.relations[walk[at - 1][0]][walk[at][0]]} for at in (-2, -1))
        return len(one | two) > 1

    def _hops(self, walk: Sequence[tuple[str, str]]) -> tuple[Hop, ...]:
        used: set[str] = set()
        hops = []
        for (source, _), (target, speaker) in pairwise(walk):
            if speaker:
                told = self.speaking[speaker][source if speaker == target else target]
                hops.append(Hop(source, target, None, tuple(told), speaker=speaker))
                continue
            fresh = [p for p in self.relations[source][target] if p["proposition"] not in used]
            ranked = sorted(
                fresh or self.relations[source][target], key=lambda p: ([-n for n in _strength(p)], p["proposition"])
            )
            best, *others = ranked
            used.add(best["proposition"])
            hops.append(Hop(source, target, best, self._evidence(best), tuple(others)))
        return tuple(hops)

    def _evidence(self, proposition: Proposition) -> tuple[Claim, ...]:
        """Every statement on a relationship, those that count for it from elsewhere among them; no mention."""
        reached = {claim["id"] for claim in proposition["claims"]}
        reached |= {*proposition["affirmed_by"], *proposition["opposed_by"]}
        claims = (self.claims[iri] for iri in reached if iri in self.claims)
        return tuple(sorted((claim for claim in claims if claim["stance"] != "mentioned"), key=_order))


def _strength(proposition: Proposition) -> tuple[int, int, int]:
    return (
        -STRENGTH.index(proposition["line"]),
        0 if proposition["sensitive"] else 1,
        min(proposition["origins"], MANY),
    )


def _order(claim: Claim) -> tuple[str, int, str]:
    return claim["document"], claim["order"], claim["id"]


def _separate(claims: Iterable[Claim]) -> int:
    """Statements, readings of one sentence counted once."""
    readings = nx.Graph()
    for claim in claims:
        readings.add_edges_from((claim["id"], other) for other in [claim["id"], *claim["alternatives"]])
    return int(nx.number_connected_components(readings))
