"""Passages in, propositions and claims out, in two rounds: first the lines, then what they point at."""

from __future__ import annotations

from dataclasses import replace

from ..yaml.forms import Findings
from .claims import Claims
from .facts import Facts
from .lines import Lines
from .links import linked, no_cycles
from .model import Claim


class Reader:
    """Reads the statements of all documents named together; `lines` takes them in."""

    def __init__(self, findings: Findings) -> None:
        self.lines = Lines(findings)
        self.facts = Facts(self.lines)

    def resolve(self) -> tuple[Claim, ...]:
        """All claims. Findings are left for whatever does not resolve."""
        lines = list(self.lines.by_key.values())
        for line in lines:
            self.facts.of(line)
        claims_of = Claims(self.lines, self.facts).of
        for line in lines:
            line.claims = claims_of(line)
        claims = [
            replace(linked(self.lines, self.facts, line, claim), order=line.number)
            for line in lines
            for claim in line.claims
        ]
        no_cycles(self.lines.findings, claims)
        return tuple(sorted(claims, key=lambda claim: claim.iri))
