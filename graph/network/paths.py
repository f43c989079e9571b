"""How two actors hang together here, hop by hop, each hop with the statements that carry it.

In: a network, two nodes, and what may be walked through. Out: paths, the shortest first, those of one length by the
strength of their weakest hop; and their text, in which nothing is stated that was only said.

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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import networkx as nx

from ..base import names
from ..base.errors import QueryError
from ..wording import capital, contracted
from ..yaml.forms import LANGUAGES, in_language
from .projection import claims_in, propositions_in

Record = Mapping[str, Any]

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
#: From the strongest to the weakest.
STRENGTH = ("accepted", "said", "disputed", "soft", "notyet", "speaks")
LONGEST = 6
_MANY = 3
#: So many paths of one length are weighed; in a network where there are more, any of them is as good.
_MOST_WEIGHED = 4000
#: So many footnotes a "speaks about" hop gets.
_MOST_NOTES = 6


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path. `proposition` is None when it is made of statements: "source or target speaks about …".

    `claims` are those that carry or oppose it, as `network` has them, in the order of their documents; `speaker` says
    who speaks, for a hop of statements.
    """

    source: str
    target: str
    proposition: Record | None
    claims: tuple[Record, ...]
    beside: tuple[Record, ...] = ()
    speaker: str = ""

    @property
    def line(self) -> str:
        """A word of `STRENGTH`."""
        return str(self.proposition["line"]) if self.proposition else "speaks"

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

    stated: tuple[Record, ...] = ()
    unaffirmed: tuple[Record, ...] = ()
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
    def claims(self) -> tuple[Record, ...]:
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
    for node, attributes in sorted(network.nodes(data=True)):
        if attributes["type"] == "node":
            labels = [attributes["label"][tag] for tag in LANGUAGES if attributes["label"].get(tag)]
            yield names.Known(node, (attributes["slug"],), tuple(dict.fromkeys((*labels, *attributes["aliases"]))))


def find(
    network: nx.MultiDiGraph,
    a: str,
    b: str,
    *,
    sensitive: bool = False,
    disputed: bool = False,
    not_yet: bool = False,
    through: Iterable[str] = (),
    limit: int = 5,
) -> list[Path]:
    """At most `limit` paths from node a to node b, each of at most `LONGEST` hops. `QueryError` for a wrong word."""
    asked = {word for word, on in (("sensitive", sensitive), ("disputed", disputed), ("notyet", not_yet)) if on}
    open_ = set(through)
    if open_ - set(THROUGH):
        raise QueryError(f"Nothing is walked through by {min(open_ - set(THROUGH))}. Use {', '.join(THROUGH)}.")
    for node in (a, b):
        if node not in network:
            raise QueryError(f"{node} is not in this network. Name a node by its id.")
    if a == b:
        raise QueryError("A path leads from one to another: these two are the same.")
    search = _Search(network, a, b, frozenset(asked), frozenset(open_))
    left_out = tuple(word for word in ("sensitive", "disputed", "notyet") if word not in asked)
    said = direct(network, a, b)
    return [Path(hops, said, left_out) for hops in search.paths(limit)]


def needs(proposition: Record) -> frozenset[str]:
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
    by_subject: dict[str, list[Record]] = defaultdict(list)
    for p in propositions:
        if "never" not in needs(p):
            by_subject[p["subject"]].append(p)
    claims = {claim["id"]: claim for claim in claims_in(network)}
    joint = []
    for node, attributes in sorted(network.nodes(data=True)):
        if attributes["type"] == "statement":
            continue
        sides = [
            {claims[iri]["speaker"] for p in by_subject[node] if p["third"] == end for iri in _ids(p["affirmed_by"])}
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
        self.relations: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
        #: Who speaks → about whom → with which statements.
        self.speaking: dict[str, dict[str, list[Record]]] = defaultdict(dict)
        self._read()
        self.beside = self._beside()

    def _read(self) -> None:
        for source, target, key, attributes in self.network.edges(keys=True, data=True):
            if attributes["type"] == "speaks":
                told = [c for c in map(self.claims.__getitem__, attributes["claims"]) if self._speaks(c)]
                if told:
                    self.speaking[source][target] = sorted(told, key=_order)
            elif attributes["type"] == "relationship" and key in self.walked and source != target:
                self._join(source, target, attributes)
        for node, attributes in self.network.nodes(data=True):
            iri = attributes.get("proposition", "")
            if attributes["type"] == "statement" and iri in self.walked:
                for end in {self.propositions[iri]["subject"], self.propositions[iri]["third"]}:
                    if end in self.network and end != node:
                        self._join(node, end, self.propositions[iri])

    def _join(self, one: str, other: str, proposition: Record) -> None:
        self.relations[one][other].append(proposition)
        self.relations[other][one].append(proposition)

    def _speaks(self, claim: Record) -> bool:
        return claim["proposition"] in self.walked and claim["stance"] not in ("mentioned", "asked", "declined")

    def _stops(self, node: str) -> bool:
        """Whether a node is an end only."""
        if node in (self.a, self.b):
            return False
        kinds = {self.network.nodes[node]["kind"]}
        table: Mapping[str, Record] = self.network.graph.get("kinds", {})
        for _ in table:
            kinds |= {table[kind].get("broader") or kind for kind in kinds if kind in table}
        return any(kinds & meant for word, meant in STOPS.items() if word not in self.through)

    def _beside(self) -> dict[str, list[tuple[str, str]]]:
        """Node → (neighbour, who speaks: "" for a relationship), the strongest hop first."""
        found: dict[str, dict[tuple[str, str], tuple[int, int, int]]] = defaultdict(dict)
        for one, others in self.relations.items():
            for other, propositions in others.items():
                found[one][other, ""] = max(map(_strength, propositions))
        for speaker, others_ in self.speaking.items():
            for other in others_:
                statement = self.network.nodes[other]["type"] == "statement" and other not in (self.a, self.b)
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
        while stack and count < _MOST_WEIGHED:
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

    def _evidence(self, proposition: Record) -> tuple[Record, ...]:
        """Every statement on a relationship, those that count for it from elsewhere among them; no mention."""
        reached = {claim["id"] for claim in proposition["claims"]}
        reached |= {*_ids(proposition["affirmed_by"]), *_ids(proposition["opposed_by"])}
        claims = (self.claims[iri] for iri in reached if iri in self.claims)
        return tuple(sorted((claim for claim in claims if claim["stance"] != "mentioned"), key=_order))


def _strength(proposition: Record) -> tuple[int, int, int]:
    return (
        -STRENGTH.index(proposition["line"]),
        0 if proposition["sensitive"] else 1,
        min(proposition["origins"], _MANY),
    )


def _ids(joined: str) -> list[str]:
    return joined.split(",") if joined else []


def _order(claim: Record) -> tuple[str, int, str]:
    return claim["document"], claim["order"], claim["id"]


def _separate(claims: Iterable[Record]) -> int:
    """Statements, readings of one sentence counted once."""
    groups: list[set[str]] = []
    for claim in claims:
        group = {claim["id"], *claim["alternatives"]}
        for other in [each for each in groups if each & group]:
            group |= other
            groups.remove(other)
        groups.append(group)
    return len(groups)


# --- in words

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "none": "no source here states a connection between {0} and {1}",
        "stated": "a source here states a connection between {0} and {1} directly",
        "elsewhere": "apart from this path a source here states a connection between {0} and {1} directly",
        "left out": " ({0}, left out here)",
        "unaffirmed": "no source here affirms a connection between {0} and {1}; one is spoken of, "
        "but only denied, asked, mentioned or held false by us",
        "joint": "no source here states a connection between {0} and {1} but this: {2} names both in “{3}”",
        "nobody": "somebody not named",
        "speaks": "{0} speaks about {1}.",
        "speak": "{0} speak about {1}.",
        "beside": " Also between the two: {0}",
        "weakest": "The weakest step is {0}: {1}.",
        "only": "Its only step: {1}.",
        "accepted": "confirmed by us",
        "disputed": "disputed",
        "soft": "only softly said",
        "notyet": "not yet so",
        "says": "statements about it, not a relationship",
        "sensitive": "sensitive",
        "no path": "No path is found here between {0} and {1}",
        "off": "Not walked: {0} relationships.",
        "rule": "Each step is what somebody says, not a finding; a path of them is no finding either.",
    },
    "es": {
        "none": "ninguna fuente afirma aquí una conexión entre {0} y {1}",
        "stated": "una fuente afirma aquí directamente una conexión entre {0} y {1}",
        "elsewhere": "aparte de este camino, una fuente afirma aquí directamente una conexión entre {0} y {1}",
        "left out": " ({0}; aquí se deja fuera)",
        "unaffirmed": "ninguna fuente afirma aquí una conexión entre {0} y {1}; se habla de una, "
        "pero solo negada, preguntada, mencionada o descartada por la redacción",
        "joint": "ninguna fuente afirma aquí otra conexión entre {0} y {1} que esta: {2} menciona a ambos en «{3}»",
        "nobody": "alguien sin nombrar",
        "speaks": "{0} habla de {1}.",
        "speak": "{0} hablan de {1}.",
        "beside": " También entre ambos: {0}",
        "weakest": "El paso más débil es el {0}: {1}.",
        "only": "Su único paso: {1}.",
        "accepted": "confirmado por la redacción",
        "disputed": "en disputa",
        "soft": "solo se dice con reserva",
        "notyet": "todavía no es así",
        "says": "declaraciones sobre ello, no una relación",
        "sensitive": "sensible",
        "no path": "No se encuentra aquí ningún camino entre {0} y {1}",
        "off": "No se recorren las relaciones: {0}.",
        "rule": "Cada paso es lo que alguien dice, no un hecho comprobado; tampoco lo es un camino hecho de ellos.",
    },
}  # fmt: skip
#: For one, and for several.
_COUNTED = {
    "en": {
        "statements": ("1 separate statement", "{0} separate statements"),
        "speakers": (" by 1 speaker", " by {0} speakers"),
        "unnamed": (", of which 1 does not say who speaks", ", of which {0} do not say who speaks"),
        "more": ("and 1 more statement", "and {0} more statements"),
        "said": ("said by 1 independent source", "said by {0} independent sources"),
    },
    "es": {
        "statements": ("1 declaración separada", "{0} declaraciones separadas"),
        "speakers": (" de 1 fuente que habla", " de {0} fuentes que hablan"),
        "unnamed": (", de las que 1 no dice quién habla", ", de las que {0} no dicen quién habla"),
        "more": ("y 1 declaración más", "y {0} declaraciones más"),
        "said": ("lo dice 1 fuente independiente", "lo dicen {0} fuentes independientes"),
    },
}
_LEFT_OUT = {
    "en": {"sensitive": "sensitive", "disputed": "disputed", "notyet": "not yet so"},
    "es": {"sensitive": "sensibles", "disputed": "en disputa", "notyet": "que todavía no son así"},
}


def text(network: nx.MultiDiGraph, path: Path, language: str = "en") -> str:
    """The path in words: what it stands on and what it does not say, its hops, the weakest, a note for each statement.

    Lines end without a line break at the end of the text.
    """
    words = _WORDS[language]
    notes: dict[str, int] = {}
    lines = [_head(network, path, language), ""]
    for number, hop in enumerate(path.hops, 1):
        shown = hop.claims if hop.proposition else hop.claims[:_MOST_NOTES]
        marks = "".join(f"[{notes.setdefault(claim['id'], len(notes) + 1)}]" for claim in shown)
        rest = len(hop.claims) - len(shown)
        more = f" ({_count(language, 'more', rest)})" if rest else ""
        beside = "".join(words["beside"].format(in_language(other["summary"], language)) for other in hop.beside)
        lines.append(f"{number}. {_sentence(network, hop, language)} {marks}{more}{beside}")
    lines += ["", _weakest(path, language), words["rule"]]
    if path.left_out:
        lines.append(_off(path.left_out, language))
    claims = {claim["id"]: claim for claim in path.claims}
    lines += ["", *(f"[{number}] {note(network, claims[iri], language)}" for iri, number in notes.items())]
    return "\n".join(lines)


def no_path(network: nx.MultiDiGraph, a: str, b: str, left_out: Iterable[str] = (), language: str = "en") -> str:
    """What is said when `find` finds nothing."""
    off = tuple(left_out)
    first = _WORDS[language]["no path"].format(_inline(network, a, language), _inline(network, b, language))
    said = _connection(network, direct(network, a, b), (a, b), None, off, language)
    return "\n".join([f"{first}; {said}.", *([_off(off, language)] if off else [])])


def note(network: nx.MultiDiGraph, claim: Record, language: str) -> str:
    """A footnote: what was said, how it reached us, and where it stands."""
    chain = " › ".join(_name(network, hop, language) or _nobody(language) for hop in claim["hops"])
    parts = [in_language(claim["sentence"], language), chain, in_language(claim["place"], language)]
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def record(network: nx.MultiDiGraph, path: Path) -> dict[str, Any]:
    """The path as JSON values, with its text in every language."""
    return {
        "from": path.ends[0],
        "to": path.ends[1],
        "statements": path.statements,
        "speakers": list(path.speakers),
        "weakest": path.weakest + 1,
        "direct": [p["proposition"] for p in path.direct.stated],
        "hops": [
            {
                "from": hop.source,
                "to": hop.target,
                "type": "relationship" if hop.proposition else "speaks",
                "proposition": hop.proposition["proposition"] if hop.proposition else None,
                "line": hop.line,
                "title": dict(hop.proposition["title"]) if hop.proposition else None,
                "summary": {tag: _sentence(network, hop, tag) for tag in LANGUAGES},
                "beside": [other["proposition"] for other in hop.beside],
                "claims": [
                    {
                        "id": claim["id"],
                        "speaker": claim["speaker"] or None,
                        "for": claim["for"] or None,
                        "stance": claim["stance"],
                        "modality": claim["modality"],
                        "document": claim["document"],
                        "note": {tag: note(network, claim, tag) for tag in LANGUAGES},
                    }
                    for claim in hop.claims
                ],
            }
            for hop in path.hops
        ],
        "text": {tag: text(network, path, tag) for tag in LANGUAGES},
    }


def _name(network: nx.MultiDiGraph, node: str, language: str) -> str:
    return in_language(network.nodes[node]["label"], language) if node in network else ""


def _inline(network: nx.MultiDiGraph, node: str, language: str) -> str:
    """The name as it stands in a sentence: `the White House`."""
    if node not in network:
        return ""
    return in_language(network.nodes[node].get("name") or network.nodes[node]["label"], language)


def _nobody(language: str) -> str:
    return {"en": "not stated", "es": "no se dice quién"}[language]


def _count(language: str, what: str, number: int) -> str:
    return _COUNTED[language][what][number != 1].format(number)


def _head(network: nx.MultiDiGraph, path: Path, language: str) -> str:
    unnamed = sum(not claim["speaker"] for claim in path.claims)
    by = _count(language, "speakers", len(path.speakers)) if path.speakers else ""
    nobody = _count(language, "unnamed", unnamed) if unnamed else ""
    walked = tuple(hop.proposition["proposition"] for hop in path.hops if hop.proposition)
    said = _connection(network, path.direct, path.ends, walked, path.left_out, language)
    return f"{_count(language, 'statements', path.statements)}{by}{nobody}; {said}."


def _connection(
    network: nx.MultiDiGraph,
    said: Direct,
    ends: tuple[str, str],
    walked: Sequence[str] | None,
    left_out: Iterable[str],
    language: str,
) -> str:
    """Whether a source connects the two itself. `walked`: the relationships of a path; None when there is no path."""
    words = _WORDS[language]
    names_ = [_inline(network, end, language) for end in ends]
    if walked and len(walked) == 1 and any(p["proposition"] in walked for p in said.stated):
        return words["stated"].format(*names_)
    if said.stated:
        off = [word for word in left_out if all(word in needs(p) for p in said.stated)]
        why = words["left out"].format(", ".join(_LEFT_OUT[language][word] for word in off)) if off else ""
        return words["stated" if walked is None else "elsewhere"].format(*names_) + why
    if said.joint:
        node, speaker = said.joint[0]
        return words["joint"].format(*names_, _inline(network, speaker, language) or words["nobody"],
                                     _name(network, node, language))  # fmt: skip
    return words["unaffirmed" if said.unaffirmed else "none"].format(*names_)


def _sentence(network: nx.MultiDiGraph, hop: Hop, language: str) -> str:
    if hop.proposition is not None:
        return in_language(hop.proposition["summary"], language)
    about = hop.source if hop.speaker == hop.target else hop.target
    verb = "speak" if network.nodes[hop.speaker]["plural"] else "speaks"
    words = _WORDS[language][verb].format(_inline(network, hop.speaker, language), _inline(network, about, language))
    return capital(contracted(words, language))


def _weakest(path: Path, language: str) -> str:
    words = _WORDS[language]
    hop = path.hops[path.weakest]
    if hop.proposition is None:
        why = words["says"]
    elif hop.line == "said":
        why = _count(language, "said", hop.proposition["origins"])
    else:
        why = words[hop.line]
    if hop.proposition is not None and hop.proposition["sensitive"]:
        why += f", {words['sensitive']}"
    return words["weakest" if len(path.hops) > 1 else "only"].format(path.weakest + 1, why)


def _off(left_out: Iterable[str], language: str) -> str:
    return _WORDS[language]["off"].format(", ".join(_LEFT_OUT[language][word] for word in left_out))
