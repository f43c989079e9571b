"""What several statements say of one event, as the one line of a frame that says it: what `check` proposes. Pure.

Nothing is wrong with them. A proposal is made only where a line would say all of it and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Case, Claim, Missing, Modality, Stance, Words
from ..values import BOUNDS, Date, Quantity, plain
from .fold import OCCURRED, Said, framed, frames_of

#: As many lines of one event as are worth a word.
LEAST = 5
_VERBS = {Stance.ASSERTED: "says", Stance.ALLEGED: "alleges", Stance.PRESUMED: "supposes"}
_BOUNDS = {"exact": "", **{bound: f"{words} " for words, bound in BOUNDS.items()}}


def proposals(case: Case) -> Iterator[tuple[Claim, int, str]]:
    """The first statement of each such event, how many lines say it, and the line that would."""
    events = frames_of(case)
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in sorted(case.claims, key=lambda claim: (claim.place, claim.order)):
        subject = case.propositions[claim.proposition].subject
        if claim.stance in _VERBS and isinstance(subject, str) and _slug(subject) in events:
            said_by = (claim.document, claim.passage.order, claim.chain, claim.speaks_for, claim.stance)
            groups.setdefault((*said_by, subject), []).append(claim)
    for claims in groups.values():
        lines = {claim.place.line for claim in claims}
        said = [one for claim in claims if (one := _said(case, claim))]
        if len(lines) < LEAST or len(said) < len(claims) or len({one.way for one in said}) > 1:
            continue
        if line := framed(said, events):
            yield claims[0], len(lines), line.line


def _said(case: Case, claim: Claim) -> Said | None:
    """The statement in words of format 2; None where these would leave something out."""
    proposition = case.propositions[claim.proposition]
    own = (
        proposition.since or proposition.until or claim.hedges or claim.quantifier or claim.retraction or claim.implied
    )
    third = _third(claim, proposition.third)
    if own or claim.alternative_of or claim.counters or (third is None and proposition.relation != OCCURRED):
        return None
    who = _slug(claim.originator) if claim.originator else "somebody"
    status = () if claim.modality is Modality.ACTUAL else (claim.modality.value,)
    key = f"{who} {_VERBS[claim.stance]}"
    return Said(key, _slug(str(proposition.subject)), proposition.relation, third or "", clauses=status)


def _third(claim: Claim, third: object) -> str | None:
    match third:
        case str():
            return _slug(third)
        case Date():
            return third.printed
        case Words():
            return f'"{third.text}"'
        case Missing(by=None):
            return "withheld" if third.withheld else "unknown"
        case Quantity(share_of=None, counts=None, per=(), upper=None) if third.bound in _BOUNDS:
            about = "about " if claim.approximate else ""
            return f"{about}{_BOUNDS[third.bound]}{plain(third.value)} {third.currency or third.unit}"
        case _:
            return None


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]
