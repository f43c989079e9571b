"""What can defame: by its relation, by what it speaks of, or because an author says so."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..case.model import Case, Nested, Proposition, Stance
from ..vocabulary.model import CRIME

#: Kinds that can be defamed; a state, an authority, a court or an unnamed group cannot.
IDENTIFIABLE = ("person", "company", "organisation", "ngo", "union", "political-party", "media")
#: The kind of a word that accuses.
ACCUSING = "accusation"


def sensitive(
    case: Case, narrower: Mapping[str, Sequence[str]], marked: Collection[str], crimes: Collection[str]
) -> frozenset[str]:
    """The propositions that can defame.

    `narrower`: what a proposition's period holds within it; `marked`: those of which an author says so; `crimes`: as of
    `called_crimes`.
    """
    vocabulary = case.vocabulary
    found = set()
    for iri, proposition in case.propositions.items():
        rule = vocabulary.relations[proposition.relation].sensitive
        kinds = [case.actors[end].kind for end in (proposition.third,) if isinstance(end, str)]
        by_rule = rule is True or (not isinstance(rule, bool) and any(vocabulary.is_a(k, rule) for k in kinds))
        if by_rule or iri in marked:
            found.add(iri)
            # The same accusation with or without a period.
            found.update(narrower[iri])
            wide = proposition.wide()
            found.update({wide.iri, *narrower[wide.iri]} if wide else ())
    for iri, proposition in case.propositions.items():
        if taking_part(case, proposition, crimes):
            found.add(iri)
    # Whoever is said to know, plan or promise what can defame may be defamed by that.
    for iri, proposition in case.propositions.items():
        agent = isinstance(proposition.subject, str) and vocabulary.kinds[case.actors[proposition.subject].kind].agent
        if agent and isinstance(proposition.third, Nested) and proposition.third.iri in found:
            found.add(iri)
    return frozenset(found)


def called_crimes(case: Case) -> frozenset[str]:
    """The events, payments and other things that anybody calls a crime.

    They are called so by an accusing word or in a charge; a payment, too, by whoever alleges that it was made.
    """
    vocabulary = case.vocabulary
    found = set(words_of(case))
    for claim in case.claims:
        alleged = case.propositions[claim.proposition]
        if claim.stance is Stance.ALLEGED and alleged.relation == "occurred" and isinstance(alleged.subject, str):
            found |= {alleged.subject} if vocabulary.is_a(case.actors[alleged.subject].kind, {"payment"}) else set()
    for proposition in case.propositions.values():
        relation, third = vocabulary.relations[proposition.relation], proposition.third
        if isinstance(third, str) and relation.gravity == CRIME:
            found |= set() if vocabulary.is_a(case.actors[third].kind, {"concept", "agent"}) else {third}
    return frozenset(iri for iri in found if not vocabulary.kinds[case.actors[iri].kind].agent)


def words_of(case: Case) -> dict[str, set[str]]:
    """Each event, payment or other thing that cannot act, with the accusing words that anybody puts on it."""
    vocabulary = case.vocabulary
    found: dict[str, set[str]] = {}
    for proposition in case.propositions.values():
        rule, third = vocabulary.relations[proposition.relation].sensitive, proposition.third
        if isinstance(rule, bool) or not isinstance(third, str) or not isinstance(proposition.subject, str):
            continue
        acting = vocabulary.kinds[case.actors[proposition.subject].kind].agent
        if not acting and vocabulary.is_a(case.actors[third].kind, {ACCUSING} & rule):
            found.setdefault(proposition.subject, set()).add(third)
    return found


def takes_part(case: Case, proposition: Proposition, crimes: Collection[str]) -> bool:
    """Whether somebody is said to have a part in what is called a crime, as a role of it or by dealing with it."""
    relation = case.vocabulary.relations[proposition.relation]
    subject, third = proposition.subject, proposition.third
    if relation.role and subject in crimes:
        acting = isinstance(third, str) and case.vocabulary.kinds[case.actors[third].kind].agent
        return acting and "object" in relation.accused
    return relation.involves and third in crimes


def taking_part(case: Case, proposition: Proposition, crimes: Collection[str]) -> bool:
    """Whether that is somebody whom it can defame."""
    if not takes_part(case, proposition, crimes):
        return False
    third = proposition.third
    by_role = case.vocabulary.relations[proposition.relation].role and proposition.subject in crimes
    return not by_role or (isinstance(third, str) and case.vocabulary.is_a(case.actors[third].kind, IDENTIFIABLE))
