"""Clauses that begin with the third place of a relation: what they begin with, and the verb that leads back.

In: a proposition. Out: the phrases of `El Salvador received the payment`, `the stake was sold`, `Norvik bought it`.
"""

from __future__ import annotations

from ..case.model import Missing, Proposition, Third
from ..vocabulary.model import Phrases
from .held import Held
from .nouns import dealt_in, journey, taken, unrepeated


class Turned(Held):
    """What is told from its third place."""

    def _moved(self, proposition: Proposition, language: str) -> Phrases | None:
        """What became of those whom an event moved, or of what was bought: `were transferred to Chile`."""
        event, people = proposition.subject, proposition.third
        if not isinstance(event, str) or not isinstance(people, str):
            return None
        name = self.name(people, language)
        return journey(unrepeated(self.name(event, language), [name], language), name, proposition.relation, language)

    def _dealt_in(self, proposition: Proposition, language: str) -> str:
        """What a buyer or seller bought or sold, where the deal's name tells: the stake, of `the sale of the stake`."""
        event, third = proposition.subject, proposition.third
        if not isinstance(event, str) or not isinstance(third, str):
            return ""
        name = unrepeated(self.name(event, language), [self.name(third, language)], language)
        return dealt_in(name, proposition.relation, language)

    def _turn(self, proposition: Proposition, language: str) -> Phrases | None:
        """The phrases that lead from the third place to the subject, where it is told that way."""
        if not isinstance(proposition.third, str | Missing):
            return None
        turned = self.case.vocabulary.relations[proposition.relation].turned.get(language)
        name = self.name(proposition.subject, language) if isinstance(proposition.subject, str) else ""
        return turned or self._moved(proposition, language) or taken(name, proposition.relation, language)

    def leading(self, proposition: Proposition, language: str) -> Third:
        """What the clause begins with: the subject, or the third place of a relation that is told from there."""
        return proposition.third if self._turn(proposition, language) else proposition.subject
