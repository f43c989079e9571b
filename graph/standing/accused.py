"""Whom a relationship accuses, or may defame: decided here, written with the dataset, and read by every face.

At the ends that its relation accuses, which leaves out whoever investigates, is attacked or is robbed; of a
relationship about another one, that one's as well; of what is called a crime, whoever is said to have a part in it.
What an author marks as able to defame, though its relation is not, may do so at both ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..case.model import Case, Nested, Proposition
from .sensitive import takes_part, words_of

#: Kinds in third place that a relation itself names as those it is about: `investigates`, `brought-against`.
_THIRD = ("person", "company")


class Accused:
    """Whom the relationships of a case accuse."""

    def __init__(self, case: Case, crimes: frozenset[str]) -> None:
        """`crimes`: as of `called_crimes`."""
        self.case = case
        self.crimes = crimes
        #: Crime → whoever is said to have a part in it, by the role they have, or "" for who deals with it.
        self.taking_part: dict[str, list[tuple[str, str]]] = defaultdict(list)
        #: Crime → the roles of those whom it harms, by every word that it is called.
        self.harmed: dict[str, frozenset[str]] = {}
        for proposition in case.propositions.values():
            subject, third = proposition.subject, proposition.third
            if isinstance(subject, str) and isinstance(third, str) and takes_part(case, proposition, self.crimes):
                crime, role = (subject, proposition.relation) if subject in self.crimes else (third, "")
                self.taking_part[crime].append((third if role else subject, role))
        for crime, words in words_of(case).items():
            self.harmed[crime] = frozenset.intersection(*(self._harms(word) for word in sorted(words)))

    def of(self, proposition: Proposition, *, marked: bool = False) -> tuple[str, ...]:
        """The actors, by IRI and sorted. `marked`: its author marked it as able to defame."""
        return tuple(sorted({iri for iri in self._found(proposition, marked) if self._acts(iri)}))

    def _acts(self, iri: str) -> bool:
        return self.case.vocabulary.kinds[self.case.actors[iri].kind].agent

    def _found(self, proposition: Proposition, marked: bool) -> Iterator[str]:
        yield from self._ends(proposition, marked=marked)
        relation = self.case.vocabulary.relations[proposition.relation]
        # Of a single role it is said who has it; of the whole, everybody who has one.
        if relation.names_crime or proposition.relation == "occurred":
            for crime in self.crimes & {proposition.subject, proposition.third}:
                yield from self._part_of(str(crime), proposition)

    def _part_of(self, crime: str, proposition: Proposition) -> Iterator[str]:
        word = proposition.third if crime == proposition.subject else None
        spared = self._harms(word) if isinstance(word, str) else self.harmed.get(crime, frozenset())
        for iri, role in self.taking_part.get(crime, ()):
            if role not in spared:
                yield iri

    def _ends(self, proposition: Proposition, *, nested: bool = False, marked: bool = False) -> Iterator[str]:
        case = self.case
        relation = case.vocabulary.relations[proposition.relation]
        rule = relation.sensitive
        # Of a relation that always accuses, it is known whom.
        marked = marked and rule is not True
        spared = proposition.relation in self.harmed.get(str(proposition.subject), ())
        for place, end in (("subject", proposition.subject), ("object", proposition.third)):
            if isinstance(end, Nested):
                yield from self._ends(case.propositions[end.iri], nested=True)
            elif isinstance(end, str) and not spared and (marked or place in relation.accused):
                kind = case.actors[end].kind
                by_kind = place == "object" and not isinstance(rule, bool) and case.vocabulary.is_a(kind, rule)
                if nested or marked or not by_kind or case.vocabulary.is_a(kind, _THIRD):
                    yield end

    def _harms(self, word: str) -> frozenset[str]:
        """The roles of those whom what a word accuses of harms: who pays what is extorted."""
        return self.case.vocabulary.harmed_by(self.case.actors[word].kind)
