"""Names that a case declares and never uses: a slip of the pen, or somebody who was forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .model import Case, Claim, Missing, Proposition
from .values import Quantity


def unused(case: Case) -> set[str]:
    """IRIs of actors of whom nothing is said, and who say and publish nothing."""
    used = {iri for proposition in case.propositions.values() for iri in _named(proposition)}
    used |= {iri for claim in case.claims for iri in _speaking(claim)}
    used |= {iri for document in case.documents.values() for iri in (document.publisher, *document.authors)}
    used |= {iri for part in case.parts for iri in part.cast}
    return set(case.actors) - used


def _named(proposition: Proposition) -> Iterator[str]:
    for end in (proposition.subject, proposition.third):
        match end:
            case str():
                yield end
            case Missing():
                yield end.by or ""
            case Quantity():
                yield from filter(None, (end.counts, end.share_of, *end.per))


def _speaking(claim: Claim) -> Iterable[str]:
    return [claim.speaks_for or "", *(hop.agent or "" for hop in claim.chain)]
