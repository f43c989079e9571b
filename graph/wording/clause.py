"""A proposition as a clause: subject, predicate, third place, period.

In: a proposition and how it is told (`Telling`). Out: words that may only stand behind a verb of saying or inside a
heading's own phrase, since a clause in the indicative states what it says.
"""

from __future__ import annotations

from dataclasses import replace

from ..case.model import Missing, Modality, Nested, Proposition, Third, Words
from ..case.values import Date, Quantity
from ..vocabulary.model import Phrases, Relation, numbered
from ..words import contracted, has, message, words_of
from .joined import Joined
from .names import prepositions, sentence_text
from .nouns import (
    a_post,
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
    possible,
    quantified,
    undisclosed,
    unrepeated,
    without_end_of,
    without_name,
    without_preposition,
)  # fmt: skip
from .periods import dated, period
from .remembered import remembered
from .telling import MOODS, PARTS, PLAIN, Telling
from .trimmed import meeting_with, none_of, of_the_country, received_from, without_demonym, without_short, without_tail

#: How something is told that is so; all else is yet to come.
_STATES = (*PARTS, *MOODS, "gerund")
#: As many words of a verb as a heavy subject may follow: `se celebró la cena`.
_SHORT = 3
#: How something is told that is so or will be, with no denial in it.
_AFFIRMED = ("accepted", "foreseen")
#: What a relation to a sum counts.
_MONEY = "money"
#: Ties of whoever was at an event to it: what it is called after both of them is `the meeting with Solé`.
_MET = frozenset({"participant"})
#: Ties of whoever makes, does or has something to it: `Rubio made a visit`, not `Rubio made Rubio's visit`.
_OWN = frozenset({"visitor", "operator", "offeror", "issued-by", "debtor", "pursues"})


class Clauses(Joined):
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
        joined = self.joined(proposition, language, telling) if telling.phrase == "accepted" else ""
        if joined:
            return contracted(joined + self._period(proposition, language, telling), language)
        if telling.asking and language in relation.asks:
            return contracted(f"{relation.asks[language]} {self._subject(proposition, language, telling)}", language)
        if relation.key == "amount" and telling == replace(PLAIN, speaker=telling.speaker, stated=True):
            told = self._no_sum(proposition, telling.speaker, language)
            if told:
                return contracted(told, language)
        if telling.phrase == "possible" and _until_a_day(proposition):
            telling = replace(telling, phrase="possibleBy")
        turned = self._turn(proposition, language)
        when = self._period(proposition, language, telling)
        if told := self._by_its_verb(proposition, language, telling):
            words = told + when
        elif turned and (nobody := self._nobody_known(proposition, language, telling)):
            words = nobody + when
        elif turned:
            words = self._turned(proposition, turned, language, telling) + when
        else:
            words = self._straight(proposition, relation, language, telling, when)
        return contracted(words, language)

    def _period(self, proposition: Proposition, language: str, telling: Telling) -> str:
        if not proposition.since and not proposition.until:
            return ""
        done = not self._phrases(proposition, proposition.relation, language).present
        begins = telling.phrase not in _STATES
        lasting = not done and telling.phrase == "accepted" and not telling.past
        days = self._published(proposition)
        return period(proposition, language, days, begins=begins, done=done, lasting=lasting)

    def _straight(
        self, proposition: Proposition, relation: Relation, language: str, telling: Telling, when: str
    ) -> str:
        """From the subject to the third place; `when` stands behind, but before a clause: `knew in May that …`."""
        figure = proposition.third
        if counted := self._counted(proposition, language):
            figure = self._figure(figure, language, inside=True, about=telling.about, unit=False)  # type: ignore[arg-type]
            return self._there(proposition, f"{figure} {counted}", language, telling) + when
        if relation.key == "occurred" and (counted := self._uncounted(proposition, language)):
            return self._there(proposition, counted, language, telling) + when
        if relation.key == "count" and isinstance(figure, Quantity) and self._unit_named(proposition, figure, language):
            relation = self.case.vocabulary.relations["headcount"]  # `the monitors number 12,000`
        phrases = self._phrases(proposition, relation.key, language)
        plural = self._many_do(proposition.subject, proposition, telling.subject, language)
        if relation.key == "occurred" and (able := possible(telling.phrase, phrases, language)):
            phrases, telling = able, replace(telling, phrase="accepted")
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
        verb, third = none_of(verb, third, language)
        short = "," not in verb and len(verb.split()) <= _SHORT
        if proposition.relation == "occurred" and short and message(language, "language.verbFirst"):
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
        return f"{sentence_text(language, 'there')} {verb} {counted}".lstrip()

    def _turned(self, proposition: Proposition, phrases: Phrases, language: str, telling: Telling) -> str:
        """From the third place to the subject: `El Salvador received the payment`."""
        third, subject = proposition.third, proposition.subject
        moved = self._moved(proposition, language)
        if isinstance(subject, str):
            agreeing = self._agreeing(third, proposition.relation, language) if isinstance(third, str) else None
            light = light_verb(self.name(subject, language), proposition.relation, language)
            phrases = moved or agreeing or light or phrases
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
            last = self._met_or_left(last, proposition, third, language, many=telling.many)
            if proposition.relation == "post-in" and isinstance(subject, str):
                last = a_post(self.name(subject, language), self.name(third, language), language)
        verb, last = none_of(verb, last, language)
        return f"{first} {verb} {last}".strip()

    def _by_its_verb(self, proposition: Proposition, language: str, telling: Telling) -> str:
        """`the migrants were transferred to Riomar from Valdor`, and no transfer was `made from` there."""
        found = self._verbal(proposition, language)
        if found is None or telling.subject is not None or telling.asking or isinstance(proposition.third, Missing):
            return ""
        who, phrases, joint = found
        plural = self._plural(who, language)
        verb = numbered(self._predicate(phrases, language, telling, plural=plural), plural)
        lead, verb = led(verb, language)
        third = self.third(proposition.third, language)
        return lead + " ".join(part for part in (self.name(who, language), verb, joint, third) if part)

    def _nobody_known(self, proposition: Proposition, language: str, telling: Telling) -> str:
        """`it is not known who received the payment`; empty in a denial and a question, which that would turn round."""
        third, plain = proposition.third, telling.stated and telling.phrase in _AFFIRMED and not telling.past
        if not isinstance(third, Missing) or not plain or telling.subject is not None or telling.asking:
            return ""
        what = self._who_it_was(proposition, language, telling)
        if not third.withheld:
            return sentence_text(language, "unknownWho", what=what)
        if not third.by:
            return sentence_text(language, "secretWho", what=what)
        return self._kept_by(third.by, "secretByWho", what, telling.speaker, language)

    def _who_it_was(self, proposition: Proposition, language: str, telling: Telling) -> str:
        """`who received the payment`; empty for what is not told from whoever did it."""
        turned = self._turn(proposition, language)
        if not turned:
            return ""
        what = self._turned(proposition, turned, language, replace(telling, subject=""))
        return f"{sentence_text(language, 'who')} {what}"

    def _met_or_left(self, last: str, proposition: Proposition, third: str, language: str, *, many: bool) -> str:
        """The event without whom the clause begins with: `the meeting with Solé`, `the payment from Norvik`."""
        named, event = self.name(third, language), proposition.subject
        if isinstance(event, str) and proposition.relation in _MET and not many:
            with_whom = meeting_with(self.name(event, language), named, language)
            if with_whom != self.name(event, language):
                return with_whom
        short = unrepeated(last, [named], language)
        return received_from(short, language) if proposition.relation == "payee" else short

    @remembered
    def _phrases(self, proposition: Proposition, key: str, language: str) -> Phrases:
        """How a relation is told of this; it need not be its own: `count` may be told as `headcount`."""
        relation = self.case.vocabulary.relations[key]
        phrases = relation.phrases_in(language)
        if phrases_of_third := for_third(
            proposition.third, relation.key, language, own=self._opposed_of_itself(proposition) is not None
        ):
            phrases = phrases_of_third
        elif isinstance(proposition.subject, str) and isinstance(proposition.third, Missing):
            phrases = undisclosed(self.name(proposition.subject, language), relation.key, language) or phrases
        elif isinstance(proposition.subject, str):
            phrases = self._by_kind(proposition, relation, language) or phrases
            phrases = self._by_noun(proposition, relation.key, language) or phrases
        return self._in_time(proposition, phrases, language)

    def _onward(self, proposition: Proposition, language: str) -> Phrases:
        """How a relation is told from its subject to its third place, as a line leads; `_turned` leads back."""
        if not self._turn(proposition, language):
            return self._phrases(proposition, proposition.relation, language)
        relation = self.case.vocabulary.relations[proposition.relation]
        phrases = self._by_kind(proposition, relation, language) or relation.phrases_in(language)
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
        if telling.phrase in PARTS:
            return str(getattr(phrases, telling.phrase))
        if telling.phrase in MOODS:
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
        if proposition.relation == "aimed-at" and isinstance(proposition.third, str):
            name = without_short(name, self.name(proposition.third, language), language)
        if proposition.relation == "took-place-in" and isinstance(proposition.third, str):
            name = without_demonym(name, self.name(proposition.third, language), language)
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
                if telling.named:
                    return verb, telling.named
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
                return self._stated_in(proposition, relation, third, verb, language, past=telling.past)
            case Quantity():
                return verb, self._figure_in(proposition, relation, third, language, about=telling.about)
            case Missing():
                who = "Amount" if relation.takes == {"quantity"} else ""
                return verb, self._missing(third, language, who, telling.speaker)
            case _:
                known = proposition.relation == "known-as" and isinstance(proposition.subject, str)
                return verb, self.third(third, language, self.name(str(proposition.subject), language) if known else "")

    def _opposed_of_itself(self, proposition: Proposition) -> Proposition | None:
        """What somebody opposes as said of themselves: they deny it. None for a claim about others, or a plan."""
        third, who = proposition.third, proposition.subject
        if proposition.relation != "opposes" or not isinstance(third, Nested) or not isinstance(who, str):
            return None
        of_itself = self.case.propositions[third.iri]
        actual = self._held(third.iri) is Modality.ACTUAL
        return of_itself if actual and of_itself.subject == who else None

    def _stated_in(
        self, proposition: Proposition, relation: Relation, third: Nested, verb: str, language: str, *, past: bool
    ) -> tuple[str, str]:
        """A statement in third place, and the predicate that leads to it."""
        if of_itself := self._opposed_of_itself(proposition):
            return verb, self.core(of_itself, language, Telling("gerund", subject="", past=past))
        rejected = sentence_text(language, "opposedThat") if relation.key == "opposes" else ""
        clause = relation.clause.get(language) or rejected or sentence_text(language, "claimThat")
        if language not in relation.clause and self._demanded_in(third.iri, proposition):
            return self._demand(self.case.propositions[third.iri], verb, language)
        words = self.nested(third.iri, language, clause, of=proposition, past=past, denied=bool(rejected))
        if clause in words_of(language, "language.that") and words.startswith(f"{clause} "):
            verb = without_preposition(verb, language)
        return verb, words

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
        if self._is_a_thing(third):
            name = without_tail(name, first, language)
        if country := self._country_in(first, language):
            name = of_the_country(name, country, language)
        name = owned(name, language) if proposition.relation == "known-for" else name
        if proposition.relation == "brings-about" and self.case.actors[third].kind == "policy":
            name = made_new(name, language)
        owner, apart, _ = first.partition("'s ")
        whose = f"{owner}{apart}" if apart else possessive(first, language)
        if whose and name.startswith(whose) and self._somebody(third):
            many = 2 if self._plural(subject, language) and not apart else 1
            return sentence_text(language, "own", n=many, what=name.removeprefix(whose))
        return self._short(third, name, [subject, *([telling.speaker] if telling.speaker else [])], language)


def _until_a_day(proposition: Proposition) -> bool:
    """Whether it has a day by which it is possible: who has until then to appeal is free to do so."""
    return proposition.until is not None and proposition.until.printed.startswith("by ")
