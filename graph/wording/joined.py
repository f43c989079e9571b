"""Statements inside statements: `the claim that A owns B`, `A because B`, `A provided that B`.

In: a proposition about another one. Out: its clause, in which what is only said stays so.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace

from ..case.model import Modality, Nested, Proposition, Third
from ..standing import Docket
from ..vocabulary.model import CONDITIONS
from ..words import contracted, message, words_of
from .hedges import known_quantifier
from .held import mark_of, phrase_of
from .names import sentence_text
from .nouns import agreeing, article_of, unrepeated
from .telling import MOODS, PARTS, PLAIN, Telling
from .trimmed import without_if
from .turned import Turned

#: What would be so: what it depends on is told in the past.
_UNREAL = (Modality.CONDITIONAL, Modality.HYPOTHETICAL)
#: Relations from an event that tell of its taking place: `the meeting took place because …`.
_EXPLAINED = ("because", *CONDITIONS)
#: What these are about is yet to come, when they are told: who promises that it owns it, promises that it will.
_AHEAD = ("foretells", "promised")


class Joined(Turned, ABC):
    """Clauses that have another one inside them, which is any clause: the class of all clauses makes it."""

    @abstractmethod
    def core(self, proposition: Proposition, language: str, telling: Telling = PLAIN) -> str:
        """The clause."""

    @abstractmethod
    def third(self, third: Third, language: str, known: str = "") -> str:
        """What stands in third place."""

    @abstractmethod
    def _period(self, proposition: Proposition, language: str, telling: Telling) -> str:
        """When it was so."""

    def nested(
        self, iri: str, language: str, clause: str, of: Proposition | None = None, *, past: bool = False,
        denied: bool = False,
    ) -> str:  # fmt: skip
        """A statement as a part of another one, as what those who speak of it hold it to be.

        Of an event that occurred, its name is enough: `the alleged payment of March`. Whom the statement `of` which it
        is a part begins with is not named again. `denied` puts it behind a verb that denies it: `rechaza que posea`.
        """
        proposition = self.case.propositions[iri]
        docket = self.dockets.by_proposition[iri]
        if proposition.relation == "occurred" and isinstance(proposition.subject, str):
            event = self._event(proposition.subject, docket, language)
            if event:
                return event
        modality = self._held(iri)
        foretold = of is not None and of.relation in _AHEAD and modality is Modality.ACTUAL
        foretold = foretold and proposition.relation not in CONDITIONS
        inner = Telling("wish") if clause.endswith("…") else Telling("foreseen" if foretold else phrase_of(modality))
        if clause.endswith("…") and of is not None and self.case.vocabulary.relations[of.relation].joins:
            inner = Telling("condition")
        if denied and modality is Modality.ACTUAL:
            inner = Telling("opposed")
        inner = replace(inner, past=past)
        if of is not None:
            first = self.leading(of, language)
            if isinstance(first, str) and first in self.case.actors:
                inner = replace(inner, speaker=first)
                if first == self._begins(proposition, language):
                    inner = replace(inner, subject=self.again(first, language))
                elif first == proposition.third and not self._somebody(first):
                    inner = replace(inner, third=self._object(first, language))
        if of is not None and (of.since, of.until) == (proposition.since, proposition.until):
            # When it was so is said once, behind the whole.
            return f"{clause.removesuffix('…')} {self._undated(proposition, language, inner)}"
        return f"{clause.removesuffix('…')} {self.core(proposition, language, inner)}"

    def _begins(self, proposition: Proposition, language: str) -> Third:
        """What the clause begins with; of what holds on a condition, what that begins with."""
        first = self.leading(proposition, language)
        if isinstance(first, Nested) and self.joined(proposition, language):
            return self.leading(self.case.propositions[first.iri], language)
        return first

    def _rates_a_deed(self, proposition: Proposition, telling: Telling) -> bool:
        """Whether all who rate what a statement says say it themselves: they speak of the deed, and of no claim."""
        first, told = proposition.subject, self.dockets.by_proposition.get(proposition.iri)
        if proposition.relation != "characterised-as" or not isinstance(first, Nested) or told is None:
            return False
        stating = {c.originator for c in self._affirming(first.iri) if self.dockets.modality[c.iri] is Modality.ACTUAL}
        plain = telling.phrase in (*PARTS, *MOODS) and telling.subject is None and not telling.asking
        speakers = {self.claims[claim].originator for claim in told.claims}
        return plain and isinstance(proposition.third, str) and speakers <= stating

    def _deed(self, proposition: Proposition, verb: str, language: str) -> str:
        """`it is a neutral act that the board suspended him`."""
        assert isinstance(proposition.subject, Nested)
        what = self.core(self.case.propositions[proposition.subject.iri], language, Telling("opposed"))
        third = self.third(proposition.third, language)
        return sentence_text(language, "deed", verb=verb, third=third, what=what)

    def _demanded_in(self, iri: str, of: Proposition) -> bool:
        """Whether those who say what a statement is a part of speak of it there as required, and only so."""
        told = [self.claims[claim] for claim in self.dockets.by_proposition[of.iri].claims]
        places = {(claim.originator, claim.document, claim.passage.order) for claim in told}
        spoken = [self.claims[claim] for claim in self.dockets.by_proposition[iri].claims]
        spoken = [claim for claim in spoken if (claim.originator, claim.document, claim.passage.order) in places]
        return bool(spoken) and all(self.dockets.modality[claim.iri] is Modality.REQUIRED for claim in spoken)

    def _demand(self, required: Proposition, verb: str, language: str) -> tuple[str, str]:
        """`called`, `for the board to suspend him`; behind another verb `the demand that the board suspend him`."""
        rest, _, last = verb.rpartition(" ")
        if last in words_of(language, "language.demandBehind"):
            phrase = "wish" if message(language, "language.dropsSubject") else "toInfinitive"
            return rest, sentence_text(language, "demandedFor", what=self.core(required, language, Telling(phrase)))
        wish = self.core(required, language, Telling("wish"))
        return verb, f"{sentence_text(language, 'demandThat')} {wish}"

    def _undated(self, proposition: Proposition, language: str, telling: Telling) -> str:
        """The clause without its period."""
        words = self.core(proposition, language, telling)
        when = self._period(proposition, language, telling)
        return words.removesuffix(contracted(when, language)) if when else words

    def _event(self, iri: str, docket: Docket, language: str) -> str:
        """`the harbour dinner`, `the alleged payment`; empty where the name has no room for that."""
        name = self.name(iri, language)
        mark = mark_of(docket)
        if not mark:
            return name
        article = article_of(name, language)
        if not article:
            return ""
        word = agreeing(sentence_text(language, f"event.{mark}"), article, language)
        return f"{article} {word} {name[len(article) + 1 :]}"

    def joined(self, proposition: Proposition, language: str, told: Telling = PLAIN) -> str:
        """`A because B`, where those who give the reason also say A; empty where that would put words into mouths."""
        relation = self.case.vocabulary.relations[proposition.relation]
        that, _, noun = relation.joins.get(language, "").partition("|")
        first, last = proposition.subject, proposition.third
        joint = that if isinstance(last, Nested) else noun if isinstance(last, str) else ""
        if isinstance(first, str) and isinstance(last, Nested) and relation.key == "precedes":
            return self._after(proposition, last, language)
        if isinstance(first, str) and relation.key in _EXPLAINED and self._affirming(proposition.iri):
            first = self.occurred.get(first, first)
        if not joint or not isinstance(first, Nested):
            return ""
        affirming = self._affirming(first.iri)
        # The part of an event is told with the event's condition: no statement says that of the part alone.
        whole_of = self.conditional_parts.get(proposition.iri)
        speakers = {claim.originator for claim in self._affirming(whole_of or proposition.iri)}
        speakers &= {claim.originator for claim in affirming} if whole_of else speakers
        if not speakers <= {claim.originator for claim in affirming}:
            return ""
        words = {known_quantifier(claim.quantifier) for claim in affirming if claim.originator in speakers}
        whole = self.case.propositions[first.iri]
        quantifier = next(iter(words)) if len(words) == 1 and isinstance(whole.subject, str) else ""
        held = self._held(first.iri)
        able = relation.key == "because" and held is Modality.POSSIBLE
        telling = Telling("able" if able else phrase_of(held), quantifier=quantifier, speaker=told.speaker)
        if len(speakers) == 1:
            telling = replace(telling, speaker=next(iter(speakers)) or "")
        begins = self.leading(whole, language)
        if relation.key in CONDITIONS and isinstance(begins, str) and speakers == {begins}:
            telling = replace(telling, subject=self.again(begins, language))  # who speaks of itself
        if told.subject is not None:
            telling = replace(telling, subject=told.subject)
        before = self.core(whole, language, replace(telling, past=told.past))
        if relation.key in CONDITIONS:
            before = without_if(before, language)
        space = "" if joint.startswith(",") else " "
        return f"{before}{space}{joint.removesuffix('…')} {self._reason(whole, proposition, joint, language)}"

    def _after(self, proposition: Proposition, later: Nested, language: str) -> str:
        """`Ortega left after the report`, where those who say when also say that; else empty."""
        speakers = {claim.originator for claim in self._affirming(proposition.iri)}
        if not speakers or not speakers <= {claim.originator for claim in self._affirming(later.iri)}:
            return ""
        what = self.core(self.case.propositions[later.iri], language, Telling(phrase_of(self._held(later.iri))))
        return sentence_text(language, "after", what=what, event=self._noun(str(proposition.subject), language))

    def _reason(self, whole: Proposition, proposition: Proposition, joint: str, language: str) -> str:
        """What stands behind `because`: a name, or a clause that does not name its subject again."""
        last = proposition.third
        if not isinstance(last, Nested):
            return self.third(last, language)
        condition = bool(self.case.vocabulary.relations[proposition.relation].clause.get(language))
        if joint.endswith("…"):
            inner = Telling("condition" if condition else "opposed")
        else:
            inner = PLAIN if condition else Telling(phrase_of(self._held(last.iri)))
        if inner.phrase == "condition" and self._held(whole.iri) in _UNREAL and message(language, "language.backshift"):
            inner = Telling(past=True)  # `would own it provided that the council agreed`
        given = self.case.propositions[last.iri]
        first = self.leading(given, language)
        if isinstance(first, str) and first in self.case.actors and first == self.leading(whole, language):
            inner = replace(inner, subject=self.again(first, language))
        elif isinstance(first, str) and self._speaks_alone(first, whole, proposition):
            inner = replace(inner, subject=self.again(first, language) or None)
        if isinstance(given.third, str) and given.third in (whole.third, whole.subject):
            them = "" if self._somebody(given.third) else self._object(given.third, language)
            inner = replace(inner, third=them)
        return self.core(given, language, self._by_what_they_are(given, whole, proposition, inner, language))

    def _speaks_alone(self, who: str, whole: Proposition, proposition: Proposition) -> bool:
        """Whether `he` can only be who speaks: nobody else in the sentence goes by the same pronoun."""
        docket = self.dockets.by_proposition.get(proposition.iri)
        speakers = {self.claims[iri].originator for iri in docket.claims} if docket else set()
        pronoun = self.case.actors[who].pronoun if who in self.case.actors else ""
        ends = [end for end in (whole.subject, whole.third) if isinstance(end, str)]
        others = [self.case.actors[end].pronoun for end in ends if end in self.case.actors]
        return bool(pronoun) and speakers == {who} and pronoun not in others

    def _by_what_they_are(
        self, given: Proposition, whole: Proposition, proposition: Proposition, inner: Telling, language: str
    ) -> Telling:
        """`unless the council opposes the company`, where only one was named; `the purchase`, of what was named whole.

        Not where a company speaks: that could be the one.
        """
        names = [self.name(end, language) for end in (whole.subject, whole.third) if isinstance(end, str)]
        first, third = self.leading(given, language), given.third
        if isinstance(third, str) and not inner.third and self._is_a_thing(third):
            short = unrepeated(self.name(third, language), names, language)
            return replace(inner, named=short)
        if self.companies & {claim.originator for claim in self._affirming(proposition.iri)}:
            return inner
        before = {iri for iri in self.companies if self.name(iri, language) in " ".join(names)}
        others = {end for end in (first, third) if isinstance(end, str) and end in self.companies}
        company = sentence_text(language, "company")
        if first in before and inner.subject is None:
            if before | others == {first}:
                return replace(inner, subject=company)
            if first == whole.third:
                masculine = self._object(str(first), language) == sentence_text(language, "pronounObject.he")
                return replace(inner, subject=sentence_text(language, f"latter.{'he' if masculine else 'she'}"))
        if third in before and before | others == {third} and not inner.third:
            return replace(inner, named=company)
        return inner
