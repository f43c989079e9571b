"""Clauses that begin with the third place of a relation: what they begin with, and the verb that leads back.

In: a proposition. Out: the phrases of `El Salvador received the payment`, `the stake was sold`, `Norvik bought it`.
"""

from __future__ import annotations

from ..case.model import Missing, Nested, Proposition, Third
from ..case.values import Quantity
from ..vocabulary.model import Phrases
from ..words import words_of
from .held import Held
from .names import sentence_text
from .nouns import (
    dealt_in,
    for_object,
    journey,
    light_verb,
    noun_of,
    taken,
    tells,
    unrepeated,
    verbal,
    with_gender,
    without_its_article,
)
from .remembered import remembered

#: Leads on from the verb of a journey; all else in that table leads on from that of an award.
_OF_MOVES = "departed-from"


class Turned(Held):
    """What is told from its third place."""

    def _moved(self, proposition: Proposition, language: str) -> Phrases | None:
        """What became of those whom an event moved, or of what was bought: `were transferred to Chile`."""
        event, people = proposition.subject, proposition.third
        if not isinstance(event, str) or not isinstance(people, str):
            return None
        if not tells(proposition.relation, "told", language):
            return None
        name = self.name(people, language)
        short = unrepeated(self.name(event, language), [name], language)
        return journey(short, self._gender(people, language), proposition.relation, language)

    def _verbal(self, proposition: Proposition, language: str) -> tuple[str, Phrases, str] | None:
        """Whom or what an event moved or awarded, its verb, and what leads on: `the licence`, `was awarded`, `to`."""
        event, joints = proposition.subject, verbal(language)
        if proposition.relation not in joints or not isinstance(event, str):
            return None
        award = light_verb(self.name(event, language), "awarded-to", language)
        if (award is not None) is (proposition.relation == _OF_MOVES):
            return None
        for moved in self.moves.get(event, ()):
            # Only whom its name tells: no statement may say more than it does.
            told = isinstance(moved.third, str) and self.name(moved.third, language) in self.name(event, language)
            if told and (phrases := self._moved(moved, language)):
                # `the licence went to Norvik`; that it was awarded is said by another statement.
                phrases = award if award and proposition.relation == "awarded-to" else phrases
                return str(moved.third), phrases, joints[proposition.relation]
        return None

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
        name = self.name(proposition.subject, language) if isinstance(proposition.subject, str) else ""
        if turned := self.case.vocabulary.relations[proposition.relation].turned.get(language):
            # `the flights go to Chile`, where the noun has a verb that leads there.
            straight = proposition.relation == "destination" and light_verb(name, "destination", language)
            return None if straight else turned
        return self._moved(proposition, language) or taken(name, proposition.relation, language)

    def _by_noun(self, proposition: Proposition, relation: str, language: str) -> Phrases | None:
        """The verb that goes with its subject or its third place: Spanish `es dueña de`, `makes a profit`."""
        subject, third = str(proposition.subject), proposition.third
        phrases = self._agreeing(subject, relation, language)
        phrases = phrases or light_verb(self.name(subject, language), relation, language)
        if phrases or not isinstance(third, str):
            return phrases
        return for_object(self.name(third, language), relation, language)

    def _agreeing(self, first: str, relation: str, language: str) -> Phrases | None:
        """`es dueña de`: the phrases that agree with whoever the clause begins with."""
        if not tells(relation, "agreeing", language):
            return None
        return with_gender(self._gender(first, language), relation, language)

    def _counted(self, proposition: Proposition, language: str) -> str:
        """`requests for an interview`, where events are counted by their own name; else empty."""
        event, figure = proposition.subject, proposition.third
        if proposition.relation != "headcount" or not isinstance(event, str) or not isinstance(figure, Quantity):
            return ""
        told = self.case.vocabulary.is_a(self.case.actors[event].kind, {"event"}) and not figure.counts
        if not told or not self._unit_named(proposition, figure, language):
            return ""
        name = self._without_figure(self.name(event, language), figure, language)
        return without_its_article(name, language)

    def _uncounted(self, proposition: Proposition, language: str) -> str:
        """`deaths in custody`, of which there were some: nobody says that they `occurred`."""
        event = proposition.subject
        if not isinstance(event, str) or not self._plural(event, language):
            return ""
        name = self.name(event, language)
        bare = without_its_article(name, language)
        return bare if noun_of(name, language) in words_of(language, "nouns.several") else ""

    def _sender(self, proposition: Proposition, language: str) -> Third:
        """The body that does what only people can, meet somebody or attend a dinner; None where there is none."""
        who: Third = proposition.subject
        event = proposition.subject
        if proposition.relation == "participant":
            attends = isinstance(event, str) and light_verb(self.name(event, language), "participant", language)
            who = proposition.third if attends else None
        elif proposition.relation != "met-with":
            return None
        body = isinstance(who, str) and self.case.vocabulary.is_a(self.case.actors[who].kind, {"body"})
        return who if body else None

    def _people_of(self, who: str, name: str, proposition: Proposition, language: str) -> str:
        """`representatives of the port`, where it is they who meet or attend; else the name."""
        sent = who == self._sender(proposition, language)
        return sentence_text(language, "representatives", name=name) if sent else name

    def _many_do(self, who: str | Nested, proposition: Proposition, again: str | None, language: str) -> bool:
        """Whether the verb is in the plural; `again` is what stands for a name, and so for no representatives."""
        return self._plural(who, language) or (again is None and who == self._sender(proposition, language))

    @remembered
    def leading(self, proposition: Proposition, language: str) -> Third:
        """What the clause begins with: the subject, or the third place of a relation that is told from there."""
        return proposition.third if self._turn(proposition, language) else proposition.subject
