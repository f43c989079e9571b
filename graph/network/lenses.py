"""What hangs on one source, and what one speaker says, alone and beside another.

In: a network. Out: frozen lists of relationships (IRIs of propositions), actors and statements.

The rules, which the page's own lens follows as well:

1. A statement **passes through** a source when the source says it, is whom the speaker speaks for, passes it on,
   publishes it, is the document it stands in, or is the origin that it goes back to (`depends_on`).
2. Taking a source out takes out every statement that passes through it. Mentions, and what was withdrawn or corrected,
   count for nothing before or after.
3. A relationship is **left without any source** when somebody affirmed it before (also by affirming a period of it) and
   nobody does now. It **loses its answer** when somebody still affirms it, somebody opposed it before, and nobody does
   now. It is **weaker** when it is still affirmed, but less firmly than before.
4. An actor is left without any source when statements concerned it or came from it before, and none does now. A
   statement concerns the ends of its relationship, through relationships about relationships as well.
5. A speaker **affirms** or **opposes** what its own statements, or those made for it, count for or against: also what
   follows (a period and the whole; an event that did not occur and its roles).
6. Two speakers **contradict** each other where one affirms and the other opposes a relationship in the same modality:
   denying that it happened does not contradict that it was planned. Where they give values that do not meet, of which
   neither denies the other's, they are **rivals**.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from ..base import names
from ..base.errors import QueryError
from ..words import languages
from ..yaml.forms import in_language
from .records import claims_in, propositions_in

Record = Mapping[str, Any]

#: From the firmest to the least: how an affirmation stands when only some of its statements are left.
_FIRMNESS = ("accepted", "said", "soft", "notyet")


@dataclass(frozen=True, slots=True)
class Left:
    """What is left when a source is taken out. `statements` are gone, of `of` in all.

    Relationships stand in the order of their documents.

    `relationships` and `actors` are left without any source; `weaker` are affirmed less firmly, with how they stand
    now; `denials` are opposing statements that are gone although what they oppose still stands, and `unanswered` the
    relationships that thereby lose their last answer.
    """

    source: str
    statements: tuple[str, ...]
    of: int
    relationships: tuple[str, ...]
    actors: tuple[str, ...]
    weaker: tuple[tuple[str, str], ...]
    denials: tuple[str, ...]
    unanswered: tuple[str, ...]

    @property
    def all_gone(self) -> bool:
        """Whether every statement passes through it: there is then nothing to compare with."""
        return len(self.statements) == self.of


@dataclass(frozen=True, slots=True)
class View:
    """The world as one speaker tells it: proposition → the statements by which it takes that stance."""

    speaker: str
    affirms: Mapping[str, tuple[str, ...]]
    opposes: Mapping[str, tuple[str, ...]]
    open: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two speakers side by side; tuples hold propositions. `rivals` are pairs: what a says, what b says."""

    a: str
    b: str
    both: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    contradict: tuple[str, ...]
    rivals: tuple[tuple[str, str], ...]


def sources(network: nx.MultiDiGraph) -> dict[str, int]:
    """Everything that can be taken out: node or document → how many statements pass through it, the most first."""
    counts: dict[str, int] = defaultdict(int)
    for claim in _counted(network):
        for source in passes_through(claim):
            counts[source] += 1
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def passes_through(claim: Record) -> frozenset[str]:
    """The sources of a statement (rule 1): nodes, and its document."""
    return frozenset({claim["speaker"], claim["for"], *claim["hops"], claim["publisher"], claim["document"],
                      claim["origin"]} - {""})  # fmt: skip


def named(network: nx.MultiDiGraph, word: str) -> str:
    """The node or document that a word means: an id, a label, an alias. `QueryError` when none, or several."""
    return names.find(word, _known(network))


def _known(network: nx.MultiDiGraph) -> Iterator[names.Known]:
    for node, attributes in sorted(network.nodes(data=True)):
        if attributes["type"] == "node":
            labels = [attributes["label"][tag] for tag in languages() if attributes["label"].get(tag)]
            yield names.Known(node, (attributes["slug"],), tuple(dict.fromkeys((*labels, *attributes["aliases"]))))
    for document in network.graph["documents"]:
        yield names.Known(document["id"], (document["id"].rpartition("/")[2],), tuple(document["label"].values()))


def without(network: nx.MultiDiGraph, source: str) -> Left:
    """What is left without any source when one is taken out. `QueryError` when nothing passes through it."""
    claims = {claim["id"]: claim for claim in _counted(network)}
    gone = {iri for iri, claim in claims.items() if source in passes_through(claim)}
    if not gone:
        raise QueryError(f"No statement passes through {source}. Name a speaker, a relay, a publisher or a document.")
    relationships, weaker, denials, unanswered = [], [], set(), []
    for proposition in _sorted(network):
        iri = proposition["proposition"]
        yes, no = (_counting(proposition, side, claims) for side in ("affirmed_by", "opposed_by"))
        if not yes:
            continue
        if not yes - gone:
            relationships.append(iri)
            continue
        now = _line(proposition, [claims[one] for one in yes - gone])
        if yes & gone and _FIRMNESS.index(now) > _FIRMNESS.index(_line(proposition, [claims[one] for one in yes])):
            weaker.append((iri, now))
        denials |= no & gone
        if no and not no - gone:
            unanswered.append(iri)
    before = _concerned(network, claims.values())
    after = _concerned(network, (claim for iri, claim in claims.items() if iri not in gone))
    return Left(
        source=source,
        statements=tuple(sorted(gone)),
        of=len(claims),
        relationships=tuple(relationships),
        actors=tuple(sorted(before - after - {source})),
        weaker=tuple(weaker),
        denials=tuple(sorted(denials)),
        unanswered=tuple(unanswered),
    )


def according_to(network: nx.MultiDiGraph, speaker: str) -> View:
    """What one speaker affirms, opposes and leaves open (asks, or gave no answer on)."""
    own = {c["id"]: c for c in _counted(network) if speaker in (c["speaker"], c["for"])}
    found: dict[str, dict[str, tuple[str, ...]]] = {"affirmed_by": {}, "opposed_by": {}, "open": {}}
    for proposition in _sorted(network):
        iri = proposition["proposition"]
        for side in ("affirmed_by", "opposed_by"):
            if told := _counting(proposition, side, own):
                found[side][iri] = tuple(sorted(told))
        asked = [c["id"] for c in proposition["claims"] if c["id"] in own and c["stance"] in ("asked", "declined")]
        if asked:
            found["open"][iri] = tuple(sorted(asked))
    return View(speaker, found["affirmed_by"], found["opposed_by"], found["open"])


def compare(network: nx.MultiDiGraph, a: str, b: str) -> Compared:
    """Two speakers side by side: what both say (affirm, or oppose), what only one does, where they contradict."""
    one, other = according_to(network, a), according_to(network, b)
    claims = {claim["id"]: claim for claim in _counted(network)}
    propositions = {p["proposition"]: p for p in propositions_in(network)}
    contradict = {
        iri
        for yes, no in ((one.affirms, other.opposes), (other.affirms, one.opposes))
        for iri in yes.keys() & no.keys()
        if {claims[c]["modality"] for c in yes[iri]} & {claims[c]["modality"] for c in no[iri]}
    }
    both = (one.affirms.keys() & other.affirms.keys()) | (one.opposes.keys() & other.opposes.keys())
    told = [{*view.affirms, *view.opposes} for view in (one, other)]
    return Compared(
        a=a,
        b=b,
        both=tuple(sorted(both - contradict)),
        only_a=tuple(sorted(told[0] - told[1])),
        only_b=tuple(sorted(told[1] - told[0])),
        contradict=tuple(sorted(contradict)),
        rivals=tuple(
            (iri, rival)
            for iri in sorted(one.affirms)
            for rival in propositions[iri]["rivals"]
            if rival in other.affirms and iri not in other.affirms
        ),
    )


# --- rules


def _counted(network: nx.MultiDiGraph) -> list[Record]:
    """The statements that count: no mentions, and none that was taken back."""
    return [c for c in claims_in(network) if c["stance"] != "mentioned" and not c["retraction"]]


def _sorted(network: nx.MultiDiGraph) -> list[Record]:
    """Relationships as a reader meets them."""

    def first(proposition: Record) -> tuple[str, int]:
        return min(((claim["document"], claim["order"]) for claim in proposition["claims"]), default=("~", 0))

    return sorted(propositions_in(network), key=lambda p: (first(p), p["proposition"]))


def _counting(proposition: Record, side: str, claims: Mapping[str, Record]) -> set[str]:
    return {iri for iri in proposition[side].split(",") if iri in claims}


def _line(proposition: Record, affirming: Iterable[Record]) -> str:
    """How these statements alone hold it; an editor's acceptance does not hang on them."""
    told = list(affirming)
    if proposition["status"] == "accepted":
        return "accepted"
    actual = [claim for claim in told if claim["modality"] == "actual"]
    return "notyet" if not actual else "said" if any(claim["firm"] for claim in actual) else "soft"


def _concerned(network: nx.MultiDiGraph, claims: Iterable[Record]) -> set[str]:
    """Every actor or thing that statements concern or come from."""
    propositions = {p["proposition"]: p for p in propositions_in(network)}
    found: set[str] = set()
    reached: set[str] = set()
    for claim in claims:
        found |= passes_through(claim)
        waiting = [claim["proposition"]]
        while waiting:
            iri = waiting.pop()
            if iri in propositions and iri not in reached:
                reached.add(iri)
                waiting += [propositions[iri]["subject"], propositions[iri]["third"]]
            elif iri not in propositions:
                found.add(iri)
    return {node for node in found if node in network and network.nodes[node]["type"] == "node"}


# --- in words

_WORDS = {
    "en": {
        "head": "Without {0}: {1} of {2} statements are gone.",
        "all": "Every statement here passes through it: nothing is left to compare with.",
        "relationships": "{0} relationships are left without any source:",
        "actors": "{0} actors and things are left without any source:",
        "weaker": "{0} relationships stand less firmly:",
        "denials": "{0} denials are gone although what they deny still stands:",
        "unanswered": "{0} relationships lose their only answer:",
        "nothing": "Nothing is left without a source.",
    },
    "es": {
        "head": "Sin {0}: desaparecen {1} de {2} declaraciones.",
        "all": "Todas las declaraciones pasan por esta fuente: no queda nada con que comparar.",
        "relationships": "{0} relaciones se quedan sin fuente alguna:",
        "actors": "{0} actores y cosas se quedan sin fuente alguna:",
        "weaker": "{0} relaciones se sostienen con menos firmeza:",
        "denials": "desaparecen {0} negaciones de algo que se sigue afirmando:",
        "unanswered": "{0} relaciones pierden su única respuesta:",
        "nothing": "Nada se queda sin fuente.",
    },
}


def text(network: nx.MultiDiGraph, left: Left, language: str = "en") -> str:
    """What is left, counted and listed; relationships in their own sentences."""
    words = _WORDS[language]
    propositions = {p["proposition"]: p for p in propositions_in(network)}
    claims = {claim["id"]: claim for claim in claims_in(network)}
    lines = [words["head"].format(_label(network, left.source, language), len(left.statements), left.of)]
    lists = {
        "relationships": [in_language(propositions[iri]["summary"], language) for iri in left.relationships],
        "actors": [_label(network, node, language) for node in left.actors],
        "weaker": [in_language(propositions[iri]["summary"], language) for iri, _ in left.weaker],
        "denials": [in_language(claims[iri]["sentence"], language) for iri in left.denials],
        "unanswered": [in_language(propositions[iri]["summary"], language) for iri in left.unanswered],
    }
    for key, sentences in lists.items():
        if sentences:
            lines += ["", words[key].format(len(sentences)), *(f"  {sentence}" for sentence in sentences)]
    if left.all_gone:
        lines.insert(1, words["all"])
    elif not any(lists.values()):
        lines.append(words["nothing"])
    return "\n".join(lines)


def _label(network: nx.MultiDiGraph, iri: str, language: str) -> str:
    if iri in network:
        return in_language(network.nodes[iri]["label"], language)
    documents = {document["id"]: document["label"] for document in network.graph["documents"]}
    return in_language(documents[iri], language) if iri in documents else iri
