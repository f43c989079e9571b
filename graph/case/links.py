"""Claims in, the same claims with their links to each other out: what one denies, confirms, depends on."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter

from ..yaml.forms import Findings
from ..yaml.reader import Text
from .facts import Facts
from .lines import STATEMENT, Line, Lines
from .model import Claim, Stance, digest, relinked

_LINKS = {
    "counters": "counters",
    "confirms": "confirms",
    "depends_on": "depends on",
    "alternative_of": "is an alternative of",
}


def linked(lines: Lines, facts: Facts, line: Line, claim: Claim) -> Claim:
    """A claim of a line with its links; the claims of all lines are made."""
    links: dict[str, list[str]] = {kind: [] for kind in _LINKS}
    if lines.answers(line) and line.section in ("denies", "contests", "confirms"):
        kind = "confirms" if line.section == "confirms" else "counters"
        targets = lines.targets(line)
        for target in targets:
            links[kind] += [
                other.iri
                for other in target.claims
                if _same(facts, other.proposition, claim.proposition)
                and not (kind == "counters" and (other.opposing or other.stance is Stance.MENTIONED))
            ]
            _stamped(line, target)
        if kind == "counters" and not links[kind]:
            _denies_nothing(line, any(target.section in ("denies", "contests") for target in targets))
    for kind, verb in _LINKS.items():
        for name in line.form.words(kind) if line.form else ():
            found = lines.find(line, name, verb)
            if found is line:
                line.about_itself()
            elif found is not None:
                links[kind] += [other.iri for other in found.claims]
    return relinked(claim, {kind: tuple(sorted(set(iris) - {claim.iri})) for kind, iris in links.items()})


def _same(facts: Facts, iri: str, narrower: str) -> bool:
    """Whether a proposition is another one, or the whole of which that is a period."""
    one, other = facts.propositions[iri], facts.propositions[narrower]
    return (one.wide() or one) == (other.wide() or other)


def _denies_nothing(line: Line, denial: bool) -> None:
    if denial:
        line.error(
            line.sid,
            f"{line.section} a denial.",
            "Write what it holds instead: `confirms`, with the statement that was denied.",
        )
        return
    line.error(
        line.sid,
        f"{line.section} what nobody claims.",
        "Name the claim it answers; one that the text presupposes is written with implied: true.",
    )


def _stamped(line: Line, target: Line) -> None:
    """A denial of another document's statement relies on what that says: its digest is compared."""
    names = [line.value] if isinstance(line.value, Text) else [n for n in line.value if isinstance(n, Text)]
    for name in names:
        match = STATEMENT.fullmatch(name)
        if match and match[3] and match[2] == target.sid and match[3] not in map(digest, target.claims):
            line.error(
                name,
                f"answers {name}, which has changed since.",
                "Read it again, then run `actorgraph check --stamp`.",
            )


def no_cycles(findings: Findings, claims: Sequence[Claim]) -> None:
    """A finding for each circle of claims that depend on each other."""
    by_iri = {claim.iri: claim for claim in claims}
    links = {claim.iri: set(claim.depends_on) for claim in claims}
    while True:
        try:
            TopologicalSorter(links).prepare()
        except CycleError as error:
            _, cycle = error.args
            # It begins and ends with the same; each leads to the one before it.
            links[cycle[1]].discard(cycle[0])
            claim = min((by_iri[iri] for iri in cycle), key=lambda claim: (claim.place.file, claim.place.line))
            findings.error(
                claim.place.file,
                claim.place,
                f"statement {claim.sid} depends on itself, by a circle.",
                "Take one `depends_on` out.",
            )
        else:
            return
