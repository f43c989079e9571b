"""What one speaker says, alone and beside another.

In: a network and one or two nodes. Out: frozen lists of relationships (IRIs of propositions) and statements.

The rules, which the page follows as well:

1. A speaker **affirms** or **opposes** what its own statements, or those made for it, count for or against: also what
   follows (a period and the whole; an event that did not occur and its roles).
2. Two speakers **contradict** each other where one affirms and the other opposes a relationship in the same modality:
   denying that it happened does not contradict that it was planned. Where they give values that do not meet, of which
   neither denies the other's, they are **rivals**.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from ..words import message
from ..yaml.forms import in_language
from .counting import counted, counting, ordered
from .records import node_of, propositions_in
from .sources import sections


@dataclass(frozen=True, slots=True)
class View:
    """The world as one speaker tells it: proposition → the statements by which it takes that stance."""

    speaker: str
    affirms: dict[str, tuple[str, ...]]
    opposes: dict[str, tuple[str, ...]]
    open: dict[str, tuple[str, ...]]


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


def according_to(network: nx.MultiDiGraph, speaker: str) -> View:
    """What one speaker affirms, opposes and leaves open (asks, or gave no answer on)."""
    own = {c["id"]: c for c in counted(network) if speaker in (c["speaker"], c["for"])}
    view = View(speaker, {}, {}, {})
    for proposition in ordered(network):
        asked = {c["id"] for c in proposition["claims"] if c["id"] in own and c["stance"] in ("asked", "declined")}
        for stance, told in (
            (view.affirms, counting(proposition, "affirmed_by", own)),
            (view.opposes, counting(proposition, "opposed_by", own)),
            (view.open, asked),
        ):
            if told:
                stance[proposition["proposition"]] = tuple(sorted(told))
    return view


def compare(network: nx.MultiDiGraph, a: str, b: str) -> Compared:
    """Two speakers side by side: what both say (affirm, or oppose), what only one does, where they contradict."""
    one, other = according_to(network, a), according_to(network, b)
    claims = {claim["id"]: claim for claim in counted(network)}
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


def text(network: nx.MultiDiGraph, compared: Compared, language: str = "en") -> str:
    """Two speakers side by side, each relationship in its own sentence under what the two say of it."""
    summaries = {p["proposition"]: in_language(p["summary"], language) for p in propositions_in(network)}
    names = {node: in_language(node_of(network, node)["label"], language) for node in (compared.a, compared.b)}

    def word(key: str, **parts: str) -> str:
        return message(language, f"page.according.{key}", **parts)

    def only(node: str, iris: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        """What nobody else tells, and apart from it what nobody else denies: a denial is nothing that somebody says."""
        many, affirmed = "Many" if node_of(network, node)["plural"] else "", according_to(network, node).affirms
        says, opposes = (word(f"only{kind}{many}", name=names[node]) for kind in ("Says", "Opposes"))
        return {
            says: tuple(iri for iri in iris if iri in affirmed),
            opposes: tuple(iri for iri in iris if iri not in affirmed),
        }

    shared = {
        word("contradict"): compared.contradict,
        word("rivalValues"): tuple(iri for pair in compared.rivals for iri in pair),
        word("bothSay"): compared.both,
    }
    lists = {**shared, **only(compared.a, compared.only_a), **only(compared.b, compared.only_b)}
    lines = [word("sideBySide", a=names[compared.a], b=names[compared.b]), word("accordingRule")]
    if not any(shared.values()):
        lines.append(word("nothingBoth"))
    return "\n".join(lines + sections({head: [summaries[iri] for iri in each] for head, each in lists.items()}))
