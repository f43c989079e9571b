"""Ids of statements before and after a case was rewritten, so that a kept position stays with its statement."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..model import Case, Claim


def renamed(old: Case, new: Case) -> dict[str, str]:
    """`gazette/s01` → `gazette/p1-3f2a`, for each statement that alone says the same at the same place."""
    after: dict[object, list[Claim]] = {}
    for claim in new.claims:
        after.setdefault(_same(claim), []).append(claim)
    found = {}
    for claim in old.claims:
        same = after.get(_same(claim), [])
        if len(same) == 1 and same[0].sid != claim.sid:
            found[_name(claim)] = _name(same[0])
    return found


def with_names(text: str, names: Mapping[str, str]) -> str:
    """A text in which each of the names stands as its new one."""
    if not names:
        return text
    pattern = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.sub(rf"(?<![\w./-])(?:{pattern})(?![\w-])", lambda match: names[match[0]], text)


def _same(claim: Claim) -> tuple[object, ...]:
    return claim.document, claim.proposition, claim.originator, claim.stance, claim.modality, claim.passage.iri


def _name(claim: Claim) -> str:
    return f"{claim.document.rpartition('/')[2]}/{claim.sid}"
