"""Decisions that would be unfair or unfounded, as findings with the author's file and line."""

from __future__ import annotations

from ..base.errors import Finding
from ..case.model import Case, Modality, Place
from .dockets import Dockets


def review(case: Case, dockets: Dockets) -> list[Finding]:
    """What is unfair or unfounded in a case: findings with the author's file and line."""
    findings: list[Finding] = []
    for decision in case.decisions:
        docket = dockets.by_proposition[decision.proposition]

        def find(what: str, remedy: str, warn: bool = False, place: Place = decision.place) -> None:
            findings.append(place.finding(what, remedy, "warning" if warn else "error"))

        name = f"the decision on {decision.statement.partition('@')[0]}"
        if docket.sensitive and decision.accepted and not decision.basis.strong:
            find(
                f"{name} accepts a sensitive relationship without a judgment, an official record or an own act.",
                "Give one of these as its basis, or leave it open.",
            )
        if decision.accepted and decision.basis.value == "independentSources" and len(docket.origins) < 2:
            find(f"{name} rests on independent sources, but there is only one.", "Give another basis.")
        stray = set(decision.over) - set(docket.opposed_by)
        if stray:
            find(f"{name} is made over {len(stray)} statements that do not oppose it.", "Name its denials only.")
        if decision.accepted and set(docket.opposed_by) - set(decision.over):
            find(
                f"{name} stands beside a denial: its plain triple waits.",
                "Write over: [the denials], because: … when the record outweighs them.",
                warn=True,
            )
        if decision.accepted and dockets.by_proposition[decision.proposition].standings:
            levels = {standing.modality for standing in docket.standings if standing.affirming}
            if levels and Modality.ACTUAL not in levels:
                find(f"{name} accepts what is only planned or possible.", "Accept it when somebody says it is so.")
    return findings
