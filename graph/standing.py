"""How each proposition stands: who affirms it, who opposes it, how firmly, and what an editor decided.

In: a `Case`. Out: one `Docket` for each proposition. Pure, and indifferent to the order of statements.

Three rules reach beyond a proposition's own claims. Affirmations count upward from a period to the whole, denials
downward. Denying that an event occurred denies every role in it. And an event that its speaker only plans has only
planned roles: the modality of `occurred` is a ceiling.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .base.errors import Finding
from .case.model import Case, Claim, Decision, Missing, Modality, Nested, Proposition, Stance, Words
from .case.values import Date, Quantity
from .vocabulary.model import CRIME

#: Walking through an enum's class is slow.
_MODALITIES = tuple(Modality)
#: How far the affirmations of a relationship go in one modality, the firmest first.
LEVELS = ("affirmedFirmly", "affirmedSoftly", "denied", "open")


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
    standings: tuple[Standing, ...]
    line: str
    disputed: bool
    denied_in_part: bool
    sensitive: bool
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


def settle(case: Case) -> Dockets:
    """The dockets of a case."""
    return _Settling(case).dockets()


def called_crimes(case: Case) -> frozenset[str]:
    """The events, payments and other things that anybody calls a crime.

    They are called so by an accusing word or in a charge; a payment, too, by whoever alleges that it was made.
    """
    vocabulary = case.vocabulary
    found: set[str] = set()
    for claim in case.claims:
        alleged = case.propositions[claim.proposition]
        if claim.stance is Stance.ALLEGED and alleged.relation == "occurred" and isinstance(alleged.subject, str):
            found |= {alleged.subject} if vocabulary.is_a(case.actors[alleged.subject].kind, {"payment"}) else set()
    for proposition in case.propositions.values():
        relation, third = vocabulary.relations[proposition.relation], proposition.third
        if not isinstance(third, str):
            continue
        kind = case.actors[third].kind
        if not isinstance(relation.sensitive, bool) and vocabulary.is_a(kind, {ACCUSING} & relation.sensitive):
            found |= {proposition.subject} if isinstance(proposition.subject, str) else set()
        elif relation.gravity == CRIME and not vocabulary.is_a(kind, {"concept", "agent"}):
            found.add(third)
    return frozenset(iri for iri in found if not vocabulary.kinds[case.actors[iri].kind].agent)


def taking_part(case: Case, proposition: Proposition, crimes: Collection[str]) -> bool:
    """Whether somebody is said to have a part in what is called a crime, as a role of it or by dealing with it."""
    relation = case.vocabulary.relations[proposition.relation]
    subject, third = proposition.subject, proposition.third
    if relation.role and subject in crimes:
        return isinstance(third, str) and case.vocabulary.is_a(case.actors[third].kind, IDENTIFIABLE)
    return relation.involves and third in crimes


#: Kinds that can be defamed; a state, an authority, a court or an unnamed group cannot.
IDENTIFIABLE = ("person", "company", "organisation", "ngo", "union", "political-party", "media")
#: The kind of a word that accuses.
ACCUSING = "accusation"


class _Settling:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.claims = {claim.iri: claim for claim in case.claims}
        self.direct: dict[str, list[Claim]] = defaultdict(list)
        for claim in case.claims:
            self.direct[claim.proposition].append(claim)
        self.narrower, self.wider = _periods(case.propositions)
        self.decisions = {decision.proposition: decision for decision in case.decisions}
        self.sensitive = self._sensitive()
        self.origin = {claim.iri: self._origin(claim, frozenset()) for claim in case.claims}
        self.modality = self._modalities()
        self.readings = self._readings()
        self.ambiguous = {other for claim in case.claims for other in (claim.iri, *claim.alternative_of)
                          if claim.alternative_of}  # fmt: skip
        self.firm = {claim.iri: self._firm(claim) for claim in case.claims if claim.affirming}

    def dockets(self) -> Dockets:
        rivals = self._rivals()
        dockets = {
            iri: self._docket(iri, proposition, rivals.get(iri, ()))
            for iri, proposition in self.case.propositions.items()
        }
        return Dockets(dockets, self.modality, self.firm, self.origin, self.readings)

    def _readings(self) -> dict[str, str]:
        """Readings hang together through `alternative_of`, whichever of them names the other."""
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

    def _sensitive(self) -> frozenset[str]:
        vocabulary = self.case.vocabulary
        marked = {claim.proposition for claim in self.case.claims if claim.sensitive}
        found = set()
        for iri, proposition in self.case.propositions.items():
            rule = vocabulary.relations[proposition.relation].sensitive
            kinds = [self.case.actors[end].kind for end in (proposition.third,) if isinstance(end, str)]
            by_rule = rule is True or (not isinstance(rule, bool) and any(vocabulary.is_a(k, rule) for k in kinds))
            if by_rule or iri in marked:
                found.add(iri)
                # The same accusation with or without a period.
                found.update(self.narrower[iri])
                wide = proposition.wide()
                found.update({wide.iri, *self.narrower[wide.iri]} if wide else ())
        crimes = called_crimes(self.case)
        for iri, proposition in self.case.propositions.items():
            if taking_part(self.case, proposition, crimes):
                found.add(iri)
        # Whoever is said to know, plan or promise what can defame may be defamed by that.
        for iri, proposition in self.case.propositions.items():
            agent = isinstance(proposition.subject, str) and self._is_agent(proposition.subject)
            if agent and isinstance(proposition.third, Nested) and proposition.third.iri in found:
                found.add(iri)
        return frozenset(found)

    def _is_agent(self, iri: str) -> bool:
        return self.case.vocabulary.kinds[self.case.actors[iri].kind].agent

    def _firm(self, claim: Claim) -> bool:
        """One reading of an ambiguous sentence is never firm, nor a part in what is itself only alleged."""
        if (
            claim.stance in (Stance.ALLEGED, Stance.PRESUMED)
            or claim.originator is None
            or claim.reportedly
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
            standings=standings,
            line=_line(decision, disputed or (in_part and bool(affirming)), standings),
            disputed=disputed,
            denied_in_part=in_part,
            sensitive=iri in self.sensitive,
            origins=tuple(sorted({self.origin[claim.iri] for claim in affirming})),
            # A mirror has no period: it stands for the whole, to which affirmations count upward.
            mirrors=_mirrors(standings) if proposition.wide() is None else (),
            decision=decision,
            plain=self._plain(decision, proposition, opposing),
            rivals=rivals,
        )

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

    # --- rivals

    def _rivals(self) -> dict[str, tuple[str, ...]]:
        """Values of a one-valued relation that do not meet, though nobody denied anything.

        What counts is what somebody says of that very period: 900 in 2030 and 700 in 2031 are no rivals.
        """
        groups: dict[tuple[object, ...], list[tuple[str, Proposition]]] = defaultdict(list)
        for iri, proposition in self.case.propositions.items():
            affirmed = any(claim.affirming and claim.counted for claim in self.direct[iri])
            if self.case.vocabulary.relations[proposition.relation].single and affirmed:
                period = (
                    proposition.since.printed if proposition.since else "",
                    proposition.until.printed if proposition.until else "",
                )
                subject = proposition.subject if isinstance(proposition.subject, str) else proposition.subject.iri
                groups[(subject, proposition.relation, period)].append((iri, proposition))
        found: dict[str, set[str]] = defaultdict(set)
        for group in groups.values():
            for at, (iri, one) in enumerate(group):
                for other_iri, other in group[at + 1 :]:
                    if _compete(one, other):
                        found[iri].add(other_iri)
                        found[other_iri].add(iri)
        return {iri: tuple(sorted(others)) for iri, others in found.items()}


def _periods(
    propositions: Mapping[str, Proposition],
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What each proposition's period holds within it, and what holds it: the whole, and longer periods."""
    groups: dict[str, list[tuple[str, Proposition]]] = defaultdict(list)
    for iri, proposition in propositions.items():
        wide = proposition.wide()
        if wide is not None:
            groups[wide.iri].append((iri, proposition))
    narrower: dict[str, list[str]] = defaultdict(list)
    wider: dict[str, list[str]] = defaultdict(list)
    for whole, parts in groups.items():
        for iri, one in parts:
            narrower[whole].append(iri)
            wider[iri].append(whole)
            for other_iri, other in parts:
                if iri != other_iri and _within(one, other):
                    narrower[other_iri].append(iri)
                    wider[iri].append(other_iri)
    return narrower, wider


def _within(one: Proposition, other: Proposition) -> bool:
    """Whether a period lies in another one."""
    begins = one.since.earliest if one.since else "0000"
    ends = one.until.latest if one.until else "9999-99"
    first = other.since.earliest if other.since else "0000"
    last = other.until.latest if other.until else "9999-99"
    return first <= begins and ends <= last


def _iris(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(sorted({claim.iri for claim in claims}))


def _compete(one: Proposition, other: Proposition) -> bool:
    match one.third, other.third:
        case (Missing(withheld=True), Missing(withheld=True)):
            return False
        case (Missing(withheld=True), _) | (_, Missing(withheld=True)):
            return True
        case (Missing(), _) | (_, Missing()):
            return False
        case (Quantity() as a, Quantity() as b):
            return a.measure() == b.measure() and _apart(a.interval(), b.interval())
        case (Date() as a, Date() as b):
            return a.earliest > b.latest or b.earliest > a.latest
        case (str() as a, str() as b):
            return a != b
        case (Words() as a, Words() as b):
            return a.language == b.language and a.key != b.key
        case _:
            return False


def _apart(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    return one[0] > other[1] or other[0] > one[1]


def _line(decision: Decision | None, disputed: bool, standings: tuple[Standing, ...]) -> str:
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


def _mirrors(standings: tuple[Standing, ...]) -> tuple[str, ...]:
    """Which of `said`, `alleged`, `notyet` and `denied` hold. They add up."""
    levels = {standing.modality: standing.level for standing in standings}
    affirmed = {m for m, level in levels.items() if level.startswith("affirmed")}
    opposed = {standing.modality for standing in standings if standing.opposing}
    found = []
    if levels.get(Modality.ACTUAL) == "affirmedFirmly":
        found.append("said")
    elif Modality.ACTUAL in affirmed:
        found.append("alleged")
    elif affirmed:
        found.append("notyet")
    # Denying a plan does not deny what somebody calls done.
    if Modality.ACTUAL in opposed or (opposed and Modality.ACTUAL not in affirmed):
        found.append("denied")
    return tuple(found)


def review(case: Case, dockets: Dockets) -> list[Finding]:
    """What is unfair or unfounded in a case: findings with the author's file and line."""
    findings: list[Finding] = []
    for decision in case.decisions:
        docket = dockets.by_proposition[decision.proposition]
        file, line = decision.place.file, decision.place.line

        def find(what: str, remedy: str, warn: bool = False, file: str = file, line: int = line) -> None:
            findings.append(Finding(file, line, what, remedy, "warning" if warn else "error"))

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
