"""How a proposition is held by those who affirm it, as the words of a sentence need it."""

from __future__ import annotations

from collections.abc import Mapping

from ..case.model import Case, Modality, Nested, Proposition
from ..standing import Docket


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
        if proposition.relation == "on-condition" and isinstance(held, Nested):
            found.setdefault(held.iri, []).append(proposition)
    return found


def phrase_of(modality: Modality) -> str:
    """What a telling's `phrase` is for a modality: what is planned `will be`, since its speaker stands before it."""
    return _PHRASES.get(modality, modality.value)


_PHRASES = {Modality.ACTUAL: "accepted", Modality.PLANNED: "foreseen"}
