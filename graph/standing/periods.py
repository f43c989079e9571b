"""Relationships for a period, beside the same without one or for a longer one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ..case.model import Proposition


def periods(
    propositions: Mapping[str, Proposition],
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What each proposition's period holds within it, and what holds it: the whole, and longer periods."""
    groups: dict[str, list[tuple[str, Proposition]]] = defaultdict(list)
    for iri, proposition in propositions.items():
        wide = proposition.wide()
        if wide is not None:
            groups[wide.iri].append((iri, proposition))
    narrower: dict[str, list[str]] = defaultdict(list)
    wider: dict[str, list[str]] = defaultdict(list)
    for whole, parts in groups.items():
        for iri, one in parts:
            narrower[whole].append(iri)
            wider[iri].append(whole)
            for other_iri, other in parts:
                if iri != other_iri and _within(one, other):
                    narrower[other_iri].append(iri)
                    wider[iri].append(other_iri)
    return narrower, wider


def _within(one: Proposition, other: Proposition) -> bool:
    """Whether a period lies in another one."""
    begins = one.since.earliest if one.since else "0000"
    ends = one.until.latest if one.until else "9999-99"
    first = other.since.earliest if other.since else "0000"
    last = other.until.latest if other.until else "9999-99"
    return first <= begins and ends <= last
