"""What is known of how a proposition stands, and of each claim on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..case.model import Decision, Modality

#: How far the affirmations of a relationship go in one modality, the firmest first.
LEVELS = ("affirmedFirmly", "affirmedSoftly", "denied", "open")
#: Line of a relationship → the standing (modality, level, disputed) that it tells by itself.
IMPLIED = {
    "said": ("actual", "affirmedFirmly", False),
    "soft": ("actual", "affirmedSoftly", False),
    "open": ("actual", "open", False),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a proposition stands in one modality. The level is that of its affirmations; `disputed` is beside it."""

    modality: Modality
    level: str
    affirming: tuple[str, ...]
    opposing: tuple[str, ...]

    @property
    def disputed(self) -> bool:
        return bool(self.affirming and self.opposing)


@dataclass(frozen=True, slots=True)
class Docket:
    """All that is known of how one proposition stands. Tuples hold IRIs of claims, sorted."""

    proposition: str
    claims: tuple[str, ...]
    affirmed_by: tuple[str, ...]
    opposed_by: tuple[str, ...]
    #: Who opposes the same of a group of people of which the subject is a part.
    whole_opposed_by: tuple[str, ...]
    standings: tuple[Standing, ...]
    line: str
    disputed: bool
    denied_in_part: bool
    sensitive: bool
    #: Whom it accuses or may defame, by IRI; nobody where it does neither.
    accused: tuple[str, ...]
    origins: tuple[str, ...]
    mirrors: tuple[str, ...]
    decision: Decision | None
    plain: bool
    rivals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dockets:
    """Every docket, and what was settled for each claim: its modality, whether it is firm, where it begins."""

    by_proposition: Mapping[str, Docket]
    modality: Mapping[str, Modality]
    firm: Mapping[str, bool]
    origin: Mapping[str, str]
    #: Claim → the first of the readings of one ambiguous sentence, or the claim itself: what counts once.
    reading: Mapping[str, str]

    def counted(self, claims: Iterable[str]) -> int:
        """How many statements these claims are; two readings of one sentence are one."""
        return len({self.reading[claim] for claim in claims})
