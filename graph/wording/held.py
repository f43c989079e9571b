"""How a proposition is held by those who affirm it, as the words of a sentence need it."""

from __future__ import annotations

from collections.abc import Mapping

from ..case.model import AFFIRMING, Case, Claim, Modality, Nested, Proposition
from ..case.values import Date
from ..standing import Docket, Dockets
from ..vocabulary.model import CONDITIONS, Phrases
from .naming import Naming


def mark_of(docket: Docket) -> str:
    """What has to be said of an event that is only named: nothing when somebody says firmly that it occurred."""
    if docket.line == "accepted":
        return ""
    if not docket.affirmed_by:
        return "supposed"
    best = best_modality(docket)
    if best is not Modality.ACTUAL:
        return best.value
    return "alleged" if all(s.level != "affirmedFirmly" for s in docket.standings) else ""


def best_modality(docket: Docket) -> Modality:
    """The modality nearest to being so in which somebody affirms it."""
    return min((s.modality for s in docket.standings if s.affirming), key=lambda m: m.rank, default=Modality.ACTUAL)


def conditions(case: Case, occurred: Mapping[str | Nested, Nested]) -> dict[str, list[Proposition]]:
    """Proposition → that it is so on a condition, where somebody names one; an event's is that it occurred."""
    found: dict[str, list[Proposition]] = {}
    for proposition in case.propositions.values():
        held = occurred.get(proposition.subject, proposition.subject)
        if proposition.relation in CONDITIONS and isinstance(held, Nested):
            found.setdefault(held.iri, []).append(proposition)
    return found


def phrase_of(modality: Modality) -> str:
    """What a telling's `phrase` is for a modality: what is planned `will be`, since its speaker stands before it."""
    return _PHRASES.get(modality, modality.value)


_PHRASES = {Modality.ACTUAL: "accepted", Modality.PLANNED: "foreseen"}


class Held(Naming):
    """What the dockets of a case tell its clauses: who affirms something, how, and when it was so."""

    def __init__(self, case: Case, dockets: Dockets) -> None:
        super().__init__(case)
        self.dockets = dockets
        self.claims = {claim.iri: claim for claim in case.claims}
        #: Event → that it occurred, where that is said.
        self.occurred = {p.subject: Nested(iri) for iri, p in case.propositions.items() if p.relation == "occurred"}
        #: Event → whom it moved, or what it awarded or dealt in.
        self.moves: dict[str, list[Proposition]] = {}
        for each in case.propositions.values():
            if each.relation in ("moved", "subject-matter") and isinstance(each.subject, str):
                self.moves.setdefault(each.subject, []).append(each)
        self.conditions = conditions(case, self.occurred)
        #: A part of an event with the event's condition, which nobody states → that the event is so on it.
        self.conditional_parts: dict[str, str] = {}
        #: Proposition → those that hold on the condition that it is so.
        self.depending: dict[str, list[str]] = {}
        for whole in (one for wholes in self.conditions.values() for one in wholes):
            if isinstance(whole.third, Nested):
                self.depending.setdefault(whole.third.iri, []).append(whole.iri)
        #: Relationship → its periods.
        self.narrower: dict[str, list[str]] = {}
        for iri, proposition in case.propositions.items():
            wide = proposition.wide()
            if wide is not None:
                self.narrower.setdefault(wide.iri, []).append(iri)

    def _spoken(self, docket: Docket) -> Modality:
        spoken = (self.dockets.modality[claim] for claim in docket.claims)
        return min(spoken, key=lambda modality: modality.rank, default=Modality.ACTUAL)

    def _held(self, iri: str) -> Modality:
        docket = self.dockets.by_proposition[iri]
        return best_modality(docket) if docket.affirmed_by else self._spoken(docket)

    def _affirming(self, iri: str) -> list[Claim]:
        docket = self.dockets.by_proposition.get(iri)
        told = [self.claims[claim] for claim in docket.claims] if docket else []
        return [claim for claim in told if claim.stance in AFFIRMING]

    def _ended(self, proposition: Proposition) -> bool:
        """Whether its period was over when it was published: it is then told in the past.

        So is a whole of which nobody speaks but in periods that were over.
        """
        until = proposition.until
        if until is None:
            periods = self.narrower.get(proposition.iri, ()) if proposition.since is None else ()
            docket = self.dockets.by_proposition.get(proposition.iri)
            spoken = bool(docket and docket.claims)
            return bool(periods) and not spoken and all(self._ended(self.case.propositions[iri]) for iri in periods)
        published = [day.earliest for day in self._published(proposition)]
        return bool(published) and until.latest < min(published)

    def _published(self, proposition: Proposition) -> list[Date]:
        """When the documents came out that speak of it."""
        docket = self.dockets.by_proposition.get(proposition.iri)
        documents = {self.claims[claim].document for claim in docket.claims} if docket else set()
        return [d.published for d in map(self.case.documents.get, documents) if d and d.published]

    def _in_time(self, proposition: Proposition, phrases: Phrases, language: str) -> Phrases:
        """The phrases for its period: `held` once it is over, `has held` since it began."""
        if self._ended(proposition):
            return phrases.ended(language)
        since = proposition.since
        begun = since is not None and not since.open and proposition.until is None
        return phrases.lasting(language) if begun else phrases
