"""A proposition as a clause: subject, predicate, third place, period.

In: a proposition and how it is told (`Telling`). Out: words that may only stand behind a verb of saying or inside a
heading's own phrase, since a clause in the indicative states what it says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..case.model import Missing, Modality, Nested, Proposition, Third, Words
from ..case.values import Date, Quantity
from ..standing import Docket
from ..vocabulary.model import CONDITIONS, Phrases, Relation, numbered
from ..words import contracted, has, message, words_of
from .hedges import known_quantifier
from .held import best_modality, mark_of, phrase_of
from .names import prepositions, sentence_text
from .nouns import (
    a_post,
    agreeing,
    article_of,
    at_facility,
    behind,
    between_commas,
    dated_before,
    dealing,
    existing,
    for_third,
    known_by,
    led,
    light_verb,
    made_new,
    own_name,
    owned,
    possessive,
    quantified,
    undisclosed,
    unrepeated,
    without_end_of,
    without_name,
    without_preposition,
)  # fmt: skip
from .periods import dated, period
from .remembered import remembered
from .turned import Turned

#: The parts of `Phrases` that a telling may name.
_PARTS = ("accepted", "said", "denied")
#: The moods of the verb after an accusation, and after a denial or a doubt.
_MOODS = ("alleged", "opposed")
#: Relations from an event that tell of its taking place: `the meeting took place because …`.
_EXPLAINED = ("because", *CONDITIONS)
#: How something is told that is so; all else is yet to come.
_STATES = (*_PARTS, *_MOODS, "gerund")
#: What a relation to a sum counts.
_MONEY = "money"
#: Ties of whoever makes, does or has something to it: `Rubio made a visit`, not `Rubio made Rubio's visit`.
_OWN = frozenset({"visitor", "operator", "offeror", "issued-by", "debtor", "pursues"})


@dataclass(frozen=True, slots=True)
class Telling:
    """How a proposition is told.

    `phrase` is a part of `Phrases`, a mood or a modality; `subject` what stands for the subject that was named just
    before (`it`; nothing in Spanish), None for its name; `third` the same for the third place; `asking` leaves the
    third place to the question; `speaker` is who was just named as the one who says it; `past` puts it behind a verb
    of saying in the past: `knew that it owned`; `many` tells that `subject` names several.
    """

    phrase: str = "accepted"
    asking: bool = False
    subject: str | None = None
    quantifier: str = ""
    about: str = ""
    modality: Modality = Modality.ACTUAL
    speaker: str = ""
    third: str = ""
    past: bool = False
    many: bool = False


PLAIN = Telling()


class Clauses(Turned):
    """The clauses of one case, each made once."""

    # --- names

    def third(self, third: Third, language: str, known: str = "") -> str:
        """What stands in third place, in words, as a label of its own; `known` is the name of what goes by a word."""
        match third:
            case None:
                return ""
            case str():
                return self.name(third, language)
            case Words():
                return known_by(third.text, known, language)
            case Date():
                return third.label(language)
            case Missing():
                return self._missing(third, language, "")
            case Nested():
                return self.nested(third.iri, language, sentence_text(language, "claimThat"))
            case Quantity():
                return self._figure(third, language)

    # --- the clause

    @remembered
    def core(self, proposition: Proposition, language: str, telling: Telling = PLAIN) -> str:
        """Subject, phrase, third place, period: `the CECOT bars visits`."""
        relation = self.case.vocabulary.relations[proposition.relation]
        joined = self.joined(proposition, language) if telling.phrase == "accepted" else ""
        if joined:
            return contracted(joined + self._period(proposition, language, telling), language)
        if telling.asking and language in relation.asks:
            return contracted(f"{relation.asks[language]} {self._subject(proposition, language, telling)}", language)
        if relation.key == "amount" and telling == replace(PLAIN, speaker=telling.speaker):
            told = self._no_sum(proposition, telling.speaker, language)
            if told:
                return contracted(told, language)
        if telling.phrase == "possible" and _until_a_day(proposition):
            telling = replace(telling, phrase="possibleBy")
        turned = self._turn(proposition, language)
        when = self._period(proposition, language, telling)
        if turned:
            words = self._turned(proposition, turned, language, telling) + when
        else:
            words = self._straight(proposition, relation, language, telling, when)
        return contracted(words, language)

    def _period(self, proposition: Proposition, language: str, telling: Telling) -> str:
        if not proposition.since and not proposition.until:
            return ""
        done = not self._phrases(proposition, proposition.relation, language).present
        begins = telling.phrase not in _STATES
        return period(proposition, language, self._published(proposition), begins=begins, done=done)

    def _straight(
        self, proposition: Proposition, relation: Relation, language: str, telling: Telling, when: str
    ) -> str:
        """From the subject to the third place; `when` stands behind, but before a clause: `knew in May that …`."""
        figure = proposition.third
        if counted := self._counted(proposition, language):
            return self._there(proposition, counted, language, telling) + when
        if relation.key == "count" and isinstance(figure, Quantity) and self._unit_named(proposition, figure, language):
            relation = self.case.vocabulary.relations["headcount"]  # `the monitors number 12,000`
        phrases = self._phrases(proposition, relation.key, language)
        plural = self._many_do(proposition.subject, proposition, telling.subject, language)
        verb = self._predicate(phrases, language, telling, plural=plural)
        verb = numbered(verb, plural, personal=self._somebody(proposition.third))
        if self._rates_a_deed(proposition, telling):
            return self._deed(proposition, verb, language) + when
        first = self._subject(proposition, language, telling)
        if isinstance(proposition.third, Date):
            verb = dated(verb, proposition.third, language)
        if telling.asking:
            rest, _, last = verb.rpartition(" ")
            verb, last = (rest, last) if last in prepositions(language) else (verb, "")
            return sentence_text(language, "asked", first=first, verb=verb, preposition=last).strip() + when
        happened = telling.phrase in _STATES and not phrases.present
        inside = replace(telling, past=True) if happened and not telling.past else telling
        verb, third = self._third_in(proposition, relation, verb, language, inside)
        lead, verb = led(verb, language) if first or "… " in verb else ("", verb)
        first, verb = between_commas(first, verb, language)
        if proposition.relation == "occurred" and "," not in verb and message(language, "language.verbFirst"):
            first, verb = verb, first
        if isinstance(proposition.third, Nested):
            return lead + " ".join(part for part in (first, verb + when, third) if part)
        if when and self._is_a_thing(proposition.third):
            verb, when = dated_before(verb, when, language)
        return lead + " ".join(part for part in (first, verb, third) if part) + when

    def _there(self, proposition: Proposition, counted: str, language: str, telling: Telling) -> str:
        """`there were three requests for an interview`, `hubo tres peticiones de entrevista`."""
        phrases = self._in_time(proposition, existing(language), language)
        many = not message(language, "language.dropsSubject")
        verb = numbered(self._predicate(phrases, language, telling, plural=many), many)
        figure = self._figure(proposition.third, language, inside=True, about=telling.about, unit=False)  # type: ignore[arg-type]
        return f"{sentence_text(language, 'there')} {verb} {figure} {counted}".lstrip()

    def _turned(self, proposition: Proposition, phrases: Phrases, language: str, telling: Telling) -> str:
        """From the third place to the subject: `El Salvador received the payment`."""
        third, subject = proposition.third, proposition.subject
        moved = self._moved(proposition, language)
        if isinstance(subject, str):
            phrases = moved or light_verb(self.name(subject, language), proposition.relation, language) or phrases
        dealt = "" if moved else self._dealt_in(proposition, language)
        if dealt:
            phrases = dealing(self.name(str(subject), language), proposition.relation, language) or phrases
        phrases = self._in_time(proposition, phrases, language)
        plural = isinstance(third, str) and self._many_do(third, proposition, telling.subject, language)
        plural = plural or telling.many
        verb = self._predicate(phrases, language, telling, plural=plural)
        verb = numbered(verb, plural, personal=isinstance(subject, str) and self._somebody(subject))
        if telling.subject is not None:
            first = telling.subject
        elif telling.asking:
            first = sentence_text(language, "who")
        elif isinstance(third, Missing):
            first = self._missing(third, language, "Party", telling.speaker)
        else:
            first = self._people_of(str(third), self.name(str(third), language), proposition, language)
        lead, verb = led(verb, language) if first or "… " in verb else ("", verb)
        first, verb = between_commas(first, verb, language)
        first = lead + first
        if moved or dealt:
            return f"{first} {verb} {dealt}".strip()
        if isinstance(third, str) and isinstance(subject, str) and proposition.relation in _OWN:
            last = own_name(self._noun(subject, language), self.name(third, language), language)
        elif subject == telling.speaker and (told := behind(verb, self._object(telling.speaker, language), language)):
            verb, last = told
        else:
            last = self._subject(proposition, language, replace(telling, subject=None))
        if isinstance(third, str):
            last = unrepeated(last, [self.name(third, language)], language)
            if proposition.relation == "post-in" and isinstance(subject, str):
                last = a_post(self.name(subject, language), self.name(third, language), language)
        return f"{first} {verb} {last}".strip()

    @remembered
    def _phrases(self, proposition: Proposition, key: str, language: str) -> Phrases:
        """How a relation is told of this; it need not be its own: `count` may be told as `headcount`."""
        relation = self.case.vocabulary.relations[key]
        phrases = relation.phrases_in(language)
        if phrases_of_third := for_third(proposition.third, relation.key, language):
            phrases = phrases_of_third
        elif isinstance(proposition.subject, str) and isinstance(proposition.third, Missing):
            phrases = undisclosed(self.name(proposition.subject, language), relation.key, language) or phrases
        elif isinstance(proposition.subject, str):
            phrases = self._by_kind(proposition, relation, language) or phrases
            phrases = self._by_noun(proposition, relation.key, language) or phrases
        return self._in_time(proposition, phrases, language)

    def _by_kind(self, proposition: Proposition, relation: Relation, language: str) -> Phrases | None:
        """The phrases for its kind of subject; deaths that are counted by their own name `come to 261`."""
        third = proposition.third
        if not isinstance(proposition.subject, str):
            return None
        if relation.key == "part-of" and not (isinstance(third, str) and self._plural(third, language)):
            return None  # several are among others, and part of a body
        other = isinstance(third, Quantity) and relation.counts not in (_MONEY, third.unit)
        if other or (isinstance(third, Quantity) and self._unit_named(proposition, third, language)):
            return None
        kind = self.case.actors[proposition.subject].kind
        fitting = (p for key, p in relation.by_kind.items() if self.case.vocabulary.is_a(kind, {key}))
        return next(fitting, {}).get(language)

    def _predicate(self, phrases: Phrases, language: str, telling: Telling, *, plural: bool) -> str:
        if telling.past and telling.phrase == "accepted":
            return phrases.shifted(language)
        if telling.past and has(f"phrase.shifted.{telling.phrase}"):
            return phrases.not_yet(f"shifted.{telling.phrase}", language, plural=plural)
        if telling.phrase in _PARTS:
            return str(getattr(phrases, telling.phrase))
        if telling.phrase in _MOODS:
            if telling.modality is not Modality.ACTUAL:
                return phrases.not_yet(f"{telling.phrase}.{telling.modality}", language, plural=plural)
            mood = phrases.conditional if telling.phrase == "alleged" else phrases.subjunctive
            return mood(language)
        if telling.phrase in ("infinitive", "toInfinitive"):
            return f"{'to ' if telling.phrase == 'toInfinitive' else ''}{phrases.infinitive}"
        if telling.phrase in ("wish", "condition", "gerund"):
            return str(getattr(phrases, telling.phrase)(language))
        return phrases.not_yet(telling.phrase, language, plural=plural)

    def _subject(self, proposition: Proposition, language: str, telling: Telling) -> str:
        subject = proposition.subject
        if telling.subject is not None:
            return telling.subject
        if isinstance(subject, Nested):
            return self.nested(subject.iri, language, sentence_text(language, "claimThat"))
        name = self._noun(subject, language)
        if isinstance(proposition.third, Quantity):
            name = self._without_figure(name, proposition.third, language)
        if proposition.relation == "known-as" and isinstance(proposition.third, Words):
            name = without_name(name, proposition.third.text, language)
        name = self._short(subject, name, self._others(proposition, telling), language)
        if telling.quantifier:
            return quantified(telling.quantifier, name, language)
        return self._people_of(subject, name, proposition, language)

    def _others(self, proposition: Proposition, telling: Telling) -> list[str]:
        """Who is named in the sentence beside its subject."""
        third = proposition.third
        others = [third if isinstance(third, str) else "", telling.speaker]
        others += [third.by or ""] if isinstance(third, Missing) else []
        return [iri for iri in others if iri]

    def _third_in(
        self, proposition: Proposition, relation: Relation, verb: str, language: str, telling: Telling
    ) -> tuple[str, str]:
        """The predicate and what follows it."""
        third = proposition.third
        match third:
            case str():
                them = telling.third or (self._object(third, language) if third == telling.speaker else "")
                if them and (told := behind(verb, them, language)):
                    return told
                # Whoever holds a post is what it says: no "the post of".
                name = self.name(third, language) if relation.third == {"post"} else self._noun(third, language)
                if not isinstance(proposition.subject, str):
                    return verb, name
                if relation.key == "took-place-in" and self._one_facility(third, language):
                    verb = at_facility(verb, language)
                if relation.key in _OWN:
                    name = own_name(name, self.name(proposition.subject, language), language)
                return verb, self._beside(proposition, third, name, telling, language)
            case Nested():
                clause = relation.clause.get(language) or sentence_text(language, "claimThat")
                if language not in relation.clause and self._demanded_in(third.iri, proposition):
                    return self._demand(self.case.propositions[third.iri], verb, language)
                words = self.nested(third.iri, language, clause, of=proposition, past=telling.past)
                if clause in words_of(language, "language.that") and words.startswith(f"{clause} "):
                    verb = without_preposition(verb, language)
                return verb, words
            case Quantity():
                return verb, self._figure_in(proposition, relation, third, language, about=telling.about)
            case Missing():
                who = "Amount" if relation.takes == {"quantity"} else ""
                return verb, self._missing(third, language, who, telling.speaker)
            case _:
                known = proposition.relation == "known-as" and isinstance(proposition.subject, str)
                return verb, self.third(third, language, self.name(str(proposition.subject), language) if known else "")

    def _figure_in(
        self, proposition: Proposition, relation: Relation, figure: Quantity, language: str, *, about: str
    ) -> str:
        """A figure in third place, without the unit that goes without saying."""
        understood = relation.unit_understood and figure.unit == relation.counts
        unit = not understood or self._by_kind(proposition, relation, language) is not None
        unit = unit and not self._unit_named(proposition, figure, language)
        owner = self.name(proposition.subject, language) if isinstance(proposition.subject, str) else ""
        words = self._figure(figure, language, inside=True, about=about, unit=unit)
        if relation.key == "stake" and figure.share_of:
            words = self._stake(words, figure.share_of, language)
        return without_end_of(words, owner, language)

    def _beside(self, proposition: Proposition, third: str, name: str, telling: Telling, language: str) -> str:
        """The name in third place without what its subject and its speaker are: `its allies`, `the conditions`."""
        subject = str(proposition.subject)
        first = self.name(subject, language)
        name = owned(name, language) if proposition.relation == "known-for" else name
        if proposition.relation == "brings-about" and self.case.actors[third].kind == "policy":
            name = made_new(name, language)
        owner, apart, _ = first.partition("'s ")
        whose = f"{owner}{apart}" if apart else possessive(first, language)
        if whose and name.startswith(whose) and self._somebody(third):
            many = 2 if self._plural(subject, language) and not apart else 1
            return sentence_text(language, "own", n=many, what=name.removeprefix(whose))
        return self._short(third, name, [subject, *([telling.speaker] if telling.speaker else [])], language)

    # --- statements inside statements

    def nested(self, iri: str, language: str, clause: str, of: Proposition | None = None, *, past: bool = False) -> str:
        """A statement as a part of another one, as what those who speak of it hold it to be.

        Of an event that occurred, its name is enough: `the alleged payment of March`. Whom the statement `of` which it
        is a part begins with is not named again.
        """
        proposition = self.case.propositions[iri]
        docket = self.dockets.by_proposition[iri]
        if proposition.relation == "occurred" and isinstance(proposition.subject, str):
            event = self._event(proposition.subject, docket, language)
            if event:
                return event
        modality = best_modality(docket) if any(s.affirming for s in docket.standings) else self._spoken(docket)
        foretold = of is not None and of.relation == "foretells" and modality is Modality.ACTUAL
        inner = Telling("wish") if clause.endswith("…") else Telling("foreseen" if foretold else phrase_of(modality))
        if clause.endswith("…") and of is not None and self.case.vocabulary.relations[of.relation].joins:
            inner = Telling("condition")
        inner = replace(inner, past=past)
        if of is not None:
            first = self.leading(of, language)
            if isinstance(first, str) and first in self.case.actors:
                inner = replace(inner, speaker=first)
                if first == self.leading(proposition, language):
                    inner = replace(inner, subject=self.again(first, language))
                elif first == proposition.third and not self._somebody(first):
                    inner = replace(inner, third=self._object(first, language))
        if of is not None and (of.since, of.until) == (proposition.since, proposition.until):
            # When it was so is said once, behind the whole.
            return f"{clause.removesuffix('…')} {self._undated(proposition, language, inner)}"
        return f"{clause.removesuffix('…')} {self.core(proposition, language, inner)}"

    def _rates_a_deed(self, proposition: Proposition, telling: Telling) -> bool:
        """Whether all who rate what a statement says say it themselves: they speak of the deed, and of no claim."""
        first, told = proposition.subject, self.dockets.by_proposition.get(proposition.iri)
        if proposition.relation != "characterised-as" or not isinstance(first, Nested) or told is None:
            return False
        stating = {c.originator for c in self._affirming(first.iri) if self.dockets.modality[c.iri] is Modality.ACTUAL}
        plain = telling.phrase in (*_PARTS, *_MOODS) and telling.subject is None and not telling.asking
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

    def joined(self, proposition: Proposition, language: str) -> str:
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
        telling = Telling("able" if able else phrase_of(held), quantifier=quantifier)
        begins = self.leading(whole, language)
        if relation.key in CONDITIONS and isinstance(begins, str) and speakers == {begins}:
            telling = replace(telling, subject=self.again(begins, language))  # who speaks of itself
        before = self.core(whole, language, telling)
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
        given = self.case.propositions[last.iri]
        first = self.leading(given, language)
        if isinstance(first, str) and first in self.case.actors and first == self.leading(whole, language):
            inner = replace(inner, subject=self.again(first, language))
        if isinstance(given.third, str) and given.third in (whole.third, whole.subject):
            them = "" if self._somebody(given.third) else self._object(given.third, language)
            inner = replace(inner, third=them)
        return self.core(given, language, inner)


def _until_a_day(proposition: Proposition) -> bool:
    """Whether it has a day by which it is possible: who has until then to appeal is free to do so."""
    return proposition.until is not None and proposition.until.printed.startswith("by ")
