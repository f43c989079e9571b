"""What is said or denied on a condition: never told without it.

In: the claims on a proposition, and those on its conditions. Out: the condition that belongs into their sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..case.model import OPPOSING, Claim, Modality, Nested, Proposition, Stance
from ..vocabulary.model import CONDITIONS
from .passed import PassedOn


class Conditioned(PassedOn):
    """Conditions in the sentences of who affirms, denies or mentions something."""

    def _on_condition(self, proposition: Proposition, claims: Iterable[str], language: str) -> Proposition | None:
        """That it is so on a condition, where all who say it say that: without it they would say more than they do."""
        if not self.conditions:
            return None
        claims = list(claims)
        speakers = {self.claims[iri].originator for iri in claims}
        for held in (proposition.iri, *self._happening(proposition, claims)):
            for whole in self.conditions.get(held, ()):
                if not speakers <= {claim.originator for claim in self._affirming(whole.iri)}:
                    continue
                told = whole
                if held != proposition.iri:
                    told = replace(whole, subject=Nested(proposition.iri))
                    self.conditional_parts[told.iri] = whole.iri
                if self.joined(told, language):
                    return told
        return None

    def _happening(self, proposition: Proposition, claims: Iterable[str]) -> Iterator[str]:
        """That the event took place of which this is a part, or from which it follows."""
        relation = self.case.vocabulary.relations[proposition.relation]
        if (relation.role or relation.takes == {"date"}) and proposition.subject in self.occurred:
            yield self.occurred[proposition.subject].iri
        for iri in claims:
            first = (self.claims[one].proposition for one in self.claims[iri].depends_on if one in self.claims)
            yield from (one for one in first if self.case.propositions[one].relation == "occurred")

    def _denied_with(
        self, stance: Stance, proposition: Proposition, modality: Modality, claims: Sequence[str]
    ) -> tuple[Proposition, Modality, Proposition | None]:
        """What is denied, in which modality, and the condition on which it is denied.

        Who denies what holds on a condition, or answers those who say so, denies no more than that.
        """
        if stance not in OPPOSING:
            return proposition, modality, None
        told = [self.claims[iri] for iri in claims]
        speakers = {claim.originator for claim in told}
        opened = self.occurred.get(proposition.subject, proposition.subject)
        if proposition.relation in CONDITIONS and isinstance(opened, Nested):
            opposed = self.dockets.by_proposition[opened.iri].opposed_by
            own = [self.dockets.modality[iri] for iri in opposed if self.claims[iri].originator in speakers]
            return self.case.propositions[opened.iri], own[0] if own else self._held(opened.iri), proposition
        if modality is Modality.ACTUAL:
            return proposition, modality, None
        # Who denies what they expect themselves on a condition names an exception, and no condition of the denial.
        answered = {
            self.claims[iri].originator
            for claim in told
            for iri in claim.counters
            if iri in self.claims and self.dockets.modality[iri] is modality
        } - speakers
        for whole in self.conditions.get(proposition.iri, ()):
            docket = self.dockets.by_proposition[whole.iri]
            denying = {self.claims[iri].originator for iri in docket.opposed_by}
            affirming = {claim.originator for claim in self._affirming(whole.iri)}
            if speakers <= denying or (answered and answered <= affirming):
                return proposition, modality, whole
        return proposition, modality, None

    def _behind_condition(self, proposition: Proposition, condition: Proposition | None, language: str) -> str:
        """` provided that the council agrees`, behind what is denied."""
        if condition is None:
            return ""
        that, _, noun = self.case.vocabulary.relations[condition.relation].joins.get(language, "").partition("|")
        joint = that if isinstance(condition.third, Nested) else noun
        if not joint:
            return ""
        return f" {joint.removesuffix('…')} {self._reason(proposition, condition, joint, language)}"

    def _as_a_condition(self, claims: Sequence[Claim]) -> bool:
        """Whether those who mention it do so as the condition of something else: it is yet to come."""
        speakers = {claim.originator for claim in claims}
        return None not in speakers and any(
            speakers <= {self.claims[iri].originator for iri in self.dockets.by_proposition[whole].claims}
            for whole in self.depending.get(claims[0].proposition, ())
        )
