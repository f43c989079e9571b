"""Settles a case: puts each statement on its side and makes one docket for each proposition.

In: a `Case`. Out: one `Docket` for each proposition. Pure, and indifferent to the order of statements.

Four rules reach beyond a proposition's own claims. Affirmations count upward from a period to the whole, denials
downward. Denying that an event occurred denies every role in it. An event that its speaker only plans has only planned
roles: the modality of `occurred` is a ceiling. And what is denied of a group of people is an answer to the same said
of a part of it, though it makes no dispute: not all of them need be meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ..case.hearsay import heard_from
from ..case.model import Case, Claim, Decision, Modality, Proposition, Stance
from .accused import Accused
from .dockets import LEVELS, Docket, Dockets, Standing
from .levels import line_of, mirrors_of
from .periods import periods
from .rivals import rivals
from .sensitive import called_crimes, sensitive
from .wholes import of_wholes, wholes

#: Walking through an enum's class is slow.
_MODALITIES = tuple(Modality)


def settle(case: Case) -> Dockets:
    """The dockets of a case."""
    return _Settling(case).dockets()


class _Settling:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.claims = {claim.iri: claim for claim in case.claims}
        self.direct: dict[str, list[Claim]] = defaultdict(list)
        for claim in case.claims:
            self.direct[claim.proposition].append(claim)
        self.narrower, self.wider = periods(case.propositions)
        self.wholes = wholes(case)
        self.decisions = {decision.proposition: decision for decision in case.decisions}
        self.marked = {claim.proposition for claim in case.claims if claim.sensitive}
        crimes = called_crimes(case)
        self.sensitive = sensitive(case, self.narrower, self.marked, crimes)
        self.accused = Accused(case, crimes)
        self.origin = {claim.iri: self._origin(claim, frozenset()) for claim in case.claims}
        self.modality = self._modalities()
        self.readings = self._readings()
        self.ambiguous = {other for claim in case.claims for other in (claim.iri, *claim.alternative_of)
                          if claim.alternative_of}  # fmt: skip
        self.firm = {claim.iri: self._firm(claim) for claim in case.claims if claim.affirming}

    def dockets(self) -> Dockets:
        competing = rivals(self.case)
        dockets = {
            iri: self._docket(iri, proposition, competing.get(iri, ()))
            for iri, proposition in self.case.propositions.items()
        }
        return Dockets(dockets, self.modality, self.firm, self.origin, self.readings)

    def _readings(self) -> dict[str, str]:
        """The first reading of each claim's sentence; readings name each other in `alternative_of`."""
        first = {iri: iri for iri in self.claims}

        def root(iri: str) -> str:
            while first[iri] != iri:
                iri = first[iri]
            return iri

        for claim in self.case.claims:
            # The document of the other reading may have been withdrawn.
            for other in filter(first.__contains__, claim.alternative_of):
                low, high = sorted((root(claim.iri), root(other)))
                first[high] = low
        return {iri: root(iri) for iri in first}

    # --- what is settled for each claim

    def _origin(self, claim: Claim, seen: frozenset[str]) -> str:
        """A claim that only repeats another one begins where that one begins."""
        for iri in claim.depends_on:
            if iri in self.claims and iri not in seen:
                return self._origin(self.claims[iri], seen | {claim.iri})
        return claim.origin

    def _firm(self, claim: Claim) -> bool:
        """Neither hearsay nor one reading of an ambiguous sentence is ever firm, nor a part in what is only alleged."""
        if (
            claim.stance in (Stance.ALLEGED, Stance.PRESUMED)
            or claim.originator is None
            or claim.reportedly
            or hearsay(self.case, claim)
            or claim.proposition in self.sensitive
            or self.readings[claim.iri] != claim.iri
            or claim.iri in self.ambiguous
        ):
            return False
        occurrence = self._occurrence(self.case.propositions[claim.proposition])
        if occurrence is None or occurrence == claim.proposition:
            return True
        held = self._held(occurrence, claim)
        return not held or any(self._firm(one) for one in held)

    def _occurrence(self, proposition: Proposition) -> str | None:
        """The `occurred` of the event that a proposition is a role of."""
        if not self.case.vocabulary.relations[proposition.relation].role or not isinstance(proposition.subject, str):
            return None
        iri = Proposition(proposition.subject, "occurred", None).iri
        return iri if iri in self.case.propositions else None

    def _modalities(self) -> dict[str, Modality]:
        """Each claim's modality under the ceiling of its event; an opposing claim follows what it answers."""
        found: dict[str, Modality] = {}
        for claim in self.case.claims:
            occurrence = self._occurrence(self.case.propositions[claim.proposition])
            free = occurrence is None or claim.stated_actual
            ceiling = Modality.ACTUAL if free else self._ceiling(str(occurrence), claim)
            found[claim.iri] = max(claim.modality, ceiling, key=lambda modality: modality.rank)
        for claim in self.case.claims:
            # Whoever denies a plan and says so itself ("it never took place") denies what it says, not the plan.
            answered = [iri for iri in claim.counters if iri in found and self.claims[iri].modality is claim.modality]
            if claim.opposing and answered:
                found[claim.iri] = min((found[iri] for iri in answered), key=lambda modality: modality.rank)
        return found

    def _ceiling(self, occurrence: str, claim: Claim) -> Modality:
        """What the speaker itself holds the event to be, else what anybody in the same document does at most."""
        return min((c.modality for c in self._held(occurrence, claim)), key=lambda m: m.rank, default=Modality.ACTUAL)

    def _held(self, occurrence: str, claim: Claim) -> list[Claim]:
        """The speaker's own claims that an event occurred, or everybody's in the same document when it makes none.

        What another document says changes nothing here: a statement means what its own document makes it mean.
        """
        affirming = [c for c in self._affirming(occurrence) if c.document == claim.document]
        return [c for c in affirming if c.origin == claim.origin] or affirming

    # --- one docket

    def _affirming(self, iri: str) -> list[Claim]:
        """Who affirms it, or a period of it."""
        reached = [iri, *self.narrower[iri]]
        return [claim for one in reached for claim in self.direct[one] if claim.affirming and claim.counted]

    def _opposing(self, iri: str, proposition: Proposition) -> list[Claim]:
        """Who opposes it, a longer period or the whole of which it is a part, or that its event occurred."""
        occurrence = self._occurrence(proposition)
        own = sorted({iri, *self.wider[iri]})
        found = [claim for one in own for claim in self.direct[one] if claim.opposing and claim.counted]
        if occurrence and occurrence not in own:
            # Who denies the event denies its parts; who doubts it doubts the event alone.
            whole = (c for c in self.direct[occurrence] if c.stance is Stance.DENIED and c.counted)
            found += whole
        return found

    def _opposing_wholes(self, proposition: Proposition) -> list[Claim]:
        """Who opposes the same of a group of people of which its subject is a part."""
        same = {one.iri: one for one in of_wholes(proposition, self.wholes)}
        known = same.keys() & self.case.propositions.keys()
        return [claim for iri in known for claim in self._opposing(iri, same[iri])]

    def _docket(self, iri: str, proposition: Proposition, rivals: tuple[str, ...]) -> Docket:
        affirming, opposing = self._affirming(iri), self._opposing(iri, proposition)
        standings = tuple(self._standings(affirming, opposing, self.direct[iri]))
        in_part = any(c.opposing and c.counted for one in self.narrower[iri] for c in self.direct[one])
        disputed = any(standing.disputed for standing in standings)
        decision = self.decisions.get(iri)
        return Docket(
            proposition=iri,
            claims=tuple(sorted(claim.iri for claim in self.direct[iri])),
            affirmed_by=_iris(affirming),
            opposed_by=_iris(opposing),
            whole_opposed_by=_iris(self._opposing_wholes(proposition) if affirming else ()),
            standings=standings,
            line=line_of(decision, disputed or (in_part and bool(affirming)), standings),
            disputed=disputed,
            denied_in_part=in_part,
            sensitive=iri in self.sensitive,
            accused=self._accused(iri, proposition, affirming),
            origins=tuple(sorted({self.origin[claim.iri] for claim in affirming})),
            # A mirror has no period: it stands for the whole, to which affirmations count upward.
            mirrors=mirrors_of(standings) if proposition.wide() is None else (),
            decision=decision,
            plain=self._plain(decision, proposition, opposing),
            rivals=rivals,
        )

    def _accused(self, iri: str, proposition: Proposition, affirming: Iterable[Claim]) -> tuple[str, ...]:
        """Whom it accuses: of what can defame, and of what anybody puts forward as an allegation."""
        if iri not in self.sensitive and all(claim.stance is not Stance.ALLEGED for claim in affirming):
            return ()
        family = {iri, *self.narrower[iri], *self.wider[iri]}
        return self.accused.of(proposition, marked=bool(self.marked & family))

    def _standings(
        self, affirming: Iterable[Claim], opposing: Iterable[Claim], direct: Iterable[Claim]
    ) -> Iterable[Standing]:
        for modality in _MODALITIES:
            yes = [claim for claim in affirming if self.modality[claim.iri] is modality]
            no = [claim for claim in opposing if self.modality[claim.iri] is modality]
            asked = any(
                claim.counted and claim.stance in (Stance.ASKED, Stance.DECLINED)
                for claim in direct
                if self.modality[claim.iri] is modality
            )
            if any(self.firm[claim.iri] for claim in yes):
                level = LEVELS[0]
            elif yes:
                level = LEVELS[1]
            elif no:
                level = LEVELS[2]
            elif asked:
                level = LEVELS[3]
            else:
                continue
            yield Standing(modality, level, _iris(yes), _iris(no))

    def _plain(self, decision: Decision | None, proposition: Proposition, opposing: Iterable[Claim]) -> bool:
        """Whether the plain triple stands: accepted, every denial answered, and not for a period that has ended."""
        if decision is None or not decision.accepted:
            return False
        ended = proposition.until is not None and proposition.until.latest < self.case.version_of(decision.case)
        return not ended and all(claim.iri in decision.over for claim in opposing)


def hearsay(case: Case, claim: Claim) -> bool:
    """Whether people retell what its speaker said."""
    return bool(heard_from(claim.chain, case.actors, case.vocabulary))


def _iris(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(sorted({claim.iri for claim in claims}))
