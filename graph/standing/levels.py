"""How a relationship stands as a whole, from how it stands in each modality and what an editor decided."""

from __future__ import annotations

from ..case.model import Decision, Modality
from .dockets import Standing


def line_of(decision: Decision | None, disputed: bool, standings: tuple[Standing, ...]) -> str:
    """How a relationship stands, in one word: which line it is drawn with."""
    if decision is not None:
        return "accepted" if decision.accepted else "rejected"
    if disputed:
        return "disputed"
    levels = {standing.modality: standing.level for standing in standings}
    actual = levels.get(Modality.ACTUAL)
    if actual == "affirmedFirmly":
        return "said"
    if actual == "affirmedSoftly":
        return "soft"
    if any(level.startswith("affirmed") for level in levels.values()):
        return "notyet"
    if "denied" in levels.values():
        return "denied"
    if "open" in levels.values():
        return "open"
    return "mentioned"


def mirrors_of(standings: tuple[Standing, ...]) -> tuple[str, ...]:
    """Which of `said`, `alleged`, `notyet`, `counterfactual` and `denied` hold. They add up."""
    levels = {standing.modality: standing.level for standing in standings}
    affirmed = {m for m, level in levels.items() if level.startswith("affirmed")}
    opposed = {standing.modality for standing in standings if standing.opposing}
    found = []
    if levels.get(Modality.ACTUAL) == "affirmedFirmly":
        found.append("said")
    elif Modality.ACTUAL in affirmed:
        found.append("alleged")
    else:
        # What would have been so is no plan: nobody says that it may still come.
        if affirmed - {Modality.COUNTERFACTUAL}:
            found.append("notyet")
        if Modality.COUNTERFACTUAL in affirmed:
            found.append("counterfactual")
    # Denying a plan does not deny what somebody calls done.
    if Modality.ACTUAL in opposed or (opposed and Modality.ACTUAL not in affirmed):
        found.append("denied")
    return tuple(found)
