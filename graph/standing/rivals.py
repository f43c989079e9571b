"""Values that do not fit together, though nobody denied anything: 900 dead, and 700."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from ..case.model import Case, Missing, Proposition, Words
from ..case.values import Date, Quantity


def rivals(case: Case) -> dict[str, tuple[str, ...]]:
    """Values of a one-valued relation that do not meet, though nobody denied anything.

    What counts is what somebody says of that very period: 900 in 2030 and 700 in 2031 are no rivals.
    """
    affirmed = {claim.proposition for claim in case.claims if claim.affirming and claim.counted}
    groups: dict[tuple[object, ...], list[tuple[str, Proposition]]] = defaultdict(list)
    for iri, proposition in case.propositions.items():
        if case.vocabulary.relations[proposition.relation].single and iri in affirmed:
            period = (
                proposition.since.printed if proposition.since else "",
                proposition.until.printed if proposition.until else "",
            )
            subject = proposition.subject if isinstance(proposition.subject, str) else proposition.subject.iri
            groups[(subject, proposition.relation, period)].append((iri, proposition))
    found: dict[str, set[str]] = defaultdict(set)
    for group in groups.values():
        for at, (iri, one) in enumerate(group):
            for other_iri, other in group[at + 1 :]:
                if _compete(one, other):
                    found[iri].add(other_iri)
                    found[other_iri].add(iri)
    return {iri: tuple(sorted(others)) for iri, others in found.items()}


def _compete(one: Proposition, other: Proposition) -> bool:
    match one.third, other.third:
        case (Missing(withheld=True), Missing(withheld=True)):
            return False
        case (Missing(withheld=True), _) | (_, Missing(withheld=True)):
            return True
        case (Missing(), _) | (_, Missing()):
            return False
        case (Quantity() as a, Quantity() as b):
            return a.measure() == b.measure() and _apart(a.interval(), b.interval())
        case (Date() as a, Date() as b):
            return a.earliest > b.latest or b.earliest > a.latest
        case (str() as a, str() as b):
            return a != b
        case (Words() as a, Words() as b):
            return a.language == b.language and a.key != b.key
        case _:
            return False


def _apart(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    return one[0] > other[1] or other[0] > one[1]
