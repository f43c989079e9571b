"""Who is said to be a part of which group of people: what is denied of the group is told of its parts, too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..case.model import Case, Modality, Proposition

#: The relation from a part to its whole.
PART_OF = "part-of"
#: The kind of a whole of which things are said man by man: what is denied of a body is not denied of its members.
GROUP = "people"


def wholes(case: Case) -> dict[str, frozenset[str]]:
    """Somebody → the groups of which anybody says that they are a part, and those of which these are a part."""
    direct: dict[str, set[str]] = defaultdict(set)
    for claim in case.claims:
        tie = case.propositions[claim.proposition]
        if tie.relation != PART_OF or not (isinstance(tie.subject, str) and isinstance(tie.third, str)):
            continue
        said = claim.affirming and claim.counted and claim.modality is Modality.ACTUAL
        if said and case.vocabulary.is_a(case.actors[tie.third].kind, (GROUP,)):
            direct[tie.subject].add(tie.third)
    return {part: reached(part, direct) for part in direct}


def reached(start: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    """What single steps lead to from somebody, one after another; not back to where they began."""
    found: set[str] = set()
    new = set(direct.get(start, ()))
    while new:
        found |= new
        new = {whole for each in new for whole in direct.get(each, ())} - found
    return frozenset(found - {start})


def of_wholes(proposition: Proposition, groups: Mapping[str, frozenset[str]]) -> Iterator[Proposition]:
    """The same of each group of which its subject is a part, for its period and without one."""
    if isinstance(proposition.subject, str):
        for whole in sorted(groups.get(proposition.subject, ())):
            same = replace(proposition, subject=whole)
            yield from filter(None, (same, same.wide()))
