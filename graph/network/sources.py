"""What rests on one source: what is left without any when it is taken out.

In: a network. Out: frozen lists of relationships (IRIs of propositions), actors and statements.

The rules, which the page follows as well:

1. A statement **passes through** a source when the source says it, is whom the speaker speaks for, passes it on,
   publishes it, is the document it stands in, or is the origin that it goes back to (`depends_on`).
2. Taking a source out takes out every statement that passes through it. Mentions, and what was withdrawn or corrected,
   count for nothing before or after.
3. A relationship is **left without any source** when somebody affirmed it before (also by affirming a period of it) and
   nobody does now. It **loses its answer** when somebody still affirms it, somebody opposed it before, and nobody does
   now. It is **weaker** when it is still affirmed, but less firmly than before.
4. An actor is left without any source when statements concerned it or came from it before, and none does now. A
   statement concerns the ends of its relationship, through relationships about relationships as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from ..base import names
from ..base.errors import QueryError
from ..words import message
from ..yaml.forms import in_language
from . import paths
from .counting import counted, counting, ordered
from .records import Claim, Proposition, claims_in, documents_in, node_of, propositions_in

#: From the firmest to the least: how an affirmation stands when only some of its statements are left.
FIRMNESS = ("accepted", "said", "soft", "notyet")


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


def sources(network: nx.MultiDiGraph) -> dict[str, int]:
    """Everything that can be taken out: node or document → how many statements pass through it, the most first."""
    counts: dict[str, int] = defaultdict(int)
    for claim in counted(network):
        for source in passes_through(claim):
            counts[source] += 1
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def passes_through(claim: Claim) -> frozenset[str]:
    """The sources of a statement (rule 1): nodes, and its document."""
    return frozenset({claim["speaker"], claim["for"], *claim["hops"], claim["publisher"], claim["document"],
                      claim["origin"]} - {""})  # fmt: skip


def named(network: nx.MultiDiGraph, word: str) -> str:
    """The node or document that a word means: an id, a label, an alias. `QueryError` when none, or several."""
    return names.find(word, _known(network))


def _known(network: nx.MultiDiGraph) -> Iterator[names.Known]:
    """What can be named: nodes and documents."""
    yield from paths.known(network)
    for document in documents_in(network):
        yield names.Known(document["id"], (document["id"].rpartition("/")[2],), tuple(document["label"].values()))


def without(network: nx.MultiDiGraph, source: str) -> Left:
    """What is left without any source when one is taken out. `QueryError` when nothing passes through it."""
    claims = {claim["id"]: claim for claim in counted(network)}
    gone = {iri for iri, claim in claims.items() if source in passes_through(claim)}
    if not gone:
        raise QueryError(f"No statement passes through {source}. Name a speaker, a relay, a publisher or a document.")
    relationships, weaker, denials, unanswered = [], [], set(), []
    for proposition in ordered(network):
        iri = proposition["proposition"]
        yes, no = counting(proposition, "affirmed_by", claims), counting(proposition, "opposed_by", claims)
        if not yes:
            continue
        if not yes - gone:
            relationships.append(iri)
            continue
        now = _line(proposition, [claims[one] for one in yes - gone])
        if yes & gone and FIRMNESS.index(now) > FIRMNESS.index(_line(proposition, [claims[one] for one in yes])):
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


def _line(proposition: Proposition, affirming: Iterable[Claim]) -> str:
    """How these statements alone hold it; an editor's acceptance does not hang on them."""
    told = list(affirming)
    if proposition["status"] == "accepted":
        return "accepted"
    actual = [claim for claim in told if claim["modality"] == "actual"]
    return "notyet" if not actual else "said" if any(claim["firm"] for claim in actual) else "soft"


def _concerned(network: nx.MultiDiGraph, claims: Iterable[Claim]) -> set[str]:
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
    return {node for node in found if node in network and node_of(network, node)["type"] == "node"}


def text(network: nx.MultiDiGraph, left: Left, language: str = "en") -> str:
    """What is left, counted and listed; relationships in their own sentences."""
    propositions = {p["proposition"]: p for p in propositions_in(network)}
    claims = {claim["id"]: claim for claim in claims_in(network)}
    name = _label(network, left.source, language)
    lines = [message(language, "without.head", name=name, n=len(left.statements), of=left.of)]
    lists = {
        "relationships": [in_language(propositions[iri]["summary"], language) for iri in left.relationships],
        "actors": [_label(network, node, language) for node in left.actors],
        "weaker": [in_language(propositions[iri]["summary"], language) for iri, _ in left.weaker],
        "denials": [in_language(claims[iri]["sentence"], language) for iri in left.denials],
        "unanswered": [in_language(propositions[iri]["summary"], language) for iri in left.unanswered],
    }
    lines += sections({message(language, f"without.{key}", n=len(each)): each for key, each in lists.items() if each})
    if left.all_gone:
        lines.insert(1, message(language, "without.all"))
    elif not any(lists.values()):
        lines.append(message(language, "without.nothing"))
    return "\n".join(lines)


def sections(lists: Mapping[str, Sequence[str]]) -> list[str]:
    """Lists under their headings as lines of a text; what is empty is left out."""
    return [line for head, each in lists.items() if each for line in ("", head, *(f"  {text}" for text in each))]


def _label(network: nx.MultiDiGraph, iri: str, language: str) -> str:
    if iri in network:
        return in_language(node_of(network, iri)["label"], language)
    documents = {document["id"]: document["label"] for document in documents_in(network)}
    return in_language(documents[iri], language) if iri in documents else iri
