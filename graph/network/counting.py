"""Which statements count, and for what: mentions, and what was withdrawn or corrected, count for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import networkx as nx

from .records import Claim, Proposition, claims_in, propositions_in

Side: TypeAlias = Literal["affirmed_by", "opposed_by"]


def counted(network: nx.MultiDiGraph) -> list[Claim]:
    """The statements that count: no mentions, and none that was taken back."""
    return [c for c in claims_in(network) if c["stance"] != "mentioned" and not c["retraction"]]


def ordered(network: nx.MultiDiGraph) -> list[Proposition]:
    """Relationships as a reader meets them."""

    def first(proposition: Proposition) -> tuple[str, int]:
        return min(((claim["document"], claim["order"]) for claim in proposition["claims"]), default=("~", 0))

    return sorted(propositions_in(network), key=lambda p: (first(p), p["proposition"]))


def counting(proposition: Proposition, side: Side, claims: Mapping[str, Claim]) -> set[str]:
    """The statements, of those given, that count for or against a relationship."""
    return {iri for iri in proposition[side] if iri in claims}
