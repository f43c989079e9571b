"""Who says it, and how: the clause of what is said behind the verb of its stance.

In: the claims that say it, which share a stance and a modality. Out: `Cristosal denies having met the minister`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from ..case.model import Actor, Claim, Missing, Modality, Nested, Proposition, Stance
from ..case.values import Date
from ..standing import Docket
from ..words import contracted, listed, message
from .conditioned import Conditioned
from .hedges import known_quantifier, meanings, rounding, verb_of
from .held import best_modality, phrase_of
from .names import capital, label, prepositions, sentence_text, several
from .nouns import article_of, family_name
from .periods import on
from .remembered import remembered
from .telling import Telling
from .trimmed import stem, without_if

#: A stance towards what is expected has a verb of its own: `does not expect that`.
_EXPECTING = {"asserted": "expects", "denied": "expectsNot"}
#: The verb that a phrase needs: `denies having paid`, `says that it did not pay`.
_BY_PHRASE = {"gerund": "deniesDoing", "denied": "asserted"}
#: What printed verbs say that deny nothing: `says`, `admits`.
_SAYING = {"plain", "loaded"}


class Told(Conditioned):
    """What claims say, with those who say it."""

    def _told(self, claims: Sequence[str], language: str, how: str, what: str = "") -> str:
        """Who says it and what: `how` is a key such as `says.denied`, whose text has the speakers' own number."""
        named = self._speakers(claims, language)
        if named:
            many = len(named) > 1 or self._many(claims, language)
            text = sentence_text(language, how, n=2 if many else 1, who=listed(named, language), what=what)
        else:
            text = sentence_text(language, self._unnamed(how, [self.claims[iri] for iri in claims]), what=what)
        return commas(contracted(self._passed_on(text, claims, language), language))

    def _reason(self, whole: Proposition, proposition: Proposition, joint: str, language: str) -> str:
        """What stands behind `because`; what others only believe or allege does not become so by being a reason."""
        last = proposition.third
        if isinstance(last, Nested) and proposition.relation == "because":
            held = self._affirming(last.iri)
            speakers = {claim.originator for claim in self._affirming(proposition.iri)}
            stated = any(claim.originator in speakers and claim.stance is Stance.ASSERTED for claim in held)
            if held and not stated:
                claims = tuple(claim.iri for claim in held if claim.stance is held[0].stance)
                given = self.case.propositions[last.iri]
                modality = self.dockets.modality[held[0].iri]
                return self._told(claims, language, *self._said(held[0].stance, given, modality, claims, language))
        return super()._reason(whole, proposition, joint, language)

    def _speaker(self, claim: Claim, language: str) -> str:
        """`Karoline Leavitt, for the White House,`; a ministry's document is not "for the ministry" as well."""
        speaker = self.name(claim.originator or "", language)
        if not claim.speaks_for or label(self.case.actors[claim.speaks_for], language) in speaker:
            return speaker
        actor, kinds = self.case.actors[claim.originator or ""], self.case.vocabulary
        described = not family_name(actor, language)
        if described and _names_already(self.case.actors[claim.speaks_for], speaker, language):
            return speaker
        key = "forPerson" if described and kinds.is_a(actor.kind, {"person"}) else "for"
        key = key if kinds.kinds[actor.kind].agent else "forDocument"
        return sentence_text(language, key, who=speaker, whom=self.name(claim.speaks_for, language))

    def _unnamed(self, how: str, claims: Sequence[Claim]) -> str:
        """The key of the same sentence when nobody is named as its speaker, or nobody says it at all."""
        family, _, kind = how.partition(".")
        if kind == Stance.ASSERTED and all(claim.implied for claim in claims):
            kind = self._unsaid_how(claims)
        return f"{family}Unnamed.{kind}"

    def _unsaid_how(self, claims: Sequence[Claim]) -> str:
        """How what nobody says came here: we infer it, the text presupposes it, or the text tells that it is claimed.

        What somebody here answers, and nobody named says, is no view of the text's own: "rejected claims that …".
        """
        if all(claim.inferred for claim in claims):
            return "inferred"
        answered = any(self.dockets.by_proposition[claim.proposition].opposed_by for claim in claims)
        return "claimed" if answered and all(claim.originator is None for claim in claims) else "presupposed"

    def _many(self, claims: Iterable[str], language: str) -> bool:
        speakers = (self.claims[iri].originator for iri in claims)
        return any(several(self.case.actors[speaker], language) for speaker in speakers if speaker)

    def _speakers(self, claims: Iterable[str], language: str) -> list[str]:
        """Who speaks in these claims, each once, in the order of the document; those not stated are left out."""
        said = [self.claims[iri] for iri in claims]
        ordered = sorted(said, key=position) if len(said) > 1 else said
        named = dict.fromkeys(self.name(c.originator, language) for c in ordered if c.originator)
        # `the mayor and two people close to the council`, who might else be close to the mayor, too.
        return sorted(named, key=lambda name: bool({*name.split()[1:]} & prepositions(language)))

    def _telling(
        self, stance: Stance, proposition: Proposition, modality: Modality, claims: Sequence[str], language: str
    ) -> Telling:
        """How the clause of these claims, which share a stance and a modality, is told."""
        several_claims = [self.claims[iri] for iri in claims]
        held = "denied" if self._held_how(stance, several_claims) == "unsure" else stance.value
        mood = moods(language).get(held, "accepted")
        if self._held_how(stance, several_claims) == "mentionedIf":
            mood = "condition"
        phrase = mood
        if mood == "accepted":
            phrase = "foreseen" if modality is Modality.EXPECTED else phrase_of(modality)
        speakers = {claim.originator for claim in several_claims}
        itself = self._itself(proposition, several_claims, language)
        subject = self._pronoun(proposition, several_claims, language) if stance is not Stance.ALLEGED else None
        if stance is Stance.DENIED and self._says_not(proposition, modality, several_claims):
            phrase = "denied"
        elif stance is Stance.DENIED and itself and modality is Modality.ACTUAL:
            phrase, subject = "gerund", ""
        unsure = held == "denied" and stance is Stance.CONTESTED and modality is Modality.ACTUAL
        if unsure and itself and message(language, "language.dropsSubject"):
            phrase, subject = "gerund", ""
        return Telling(
            phrase=phrase,
            asking=stance is Stance.ASKED and asks_what(proposition),
            subject=subject,
            quantifier=self._told_quantifier(proposition, several_claims, language),
            about=rounding(several_claims),
            modality=modality,
            speaker=(next(iter(speakers)) or "") if len(speakers) == 1 else "",
            stated=stance is Stance.ASSERTED,
            past=stance is Stance.DECLINED or all(claim.retraction and claim.originator for claim in several_claims),
        )

    def _itself(self, proposition: Proposition, claims: Sequence[Claim], language: str) -> bool:
        """Whether all of these claims are of whom the clause begins with."""
        return {claim.originator for claim in claims} == {self.leading(proposition, language)}

    def _told_quantifier(self, proposition: Proposition, claims: Sequence[Claim], language: str) -> str:
        """`many`, where all of these claims say it of many of the subject, and the sentence has a place for it."""
        words = {known_quantifier(claim.quantifier) for claim in claims}
        whole = isinstance(proposition.subject, str) or bool(self.joined(proposition, language))
        return next(iter(words)) if len(words) == 1 and whole else ""

    def _pronoun(self, proposition: Proposition, claims: Sequence[Claim], language: str) -> str | None:
        """What stands for a speaker who speaks of itself: `it`, in Spanish nothing; None where it is named again."""
        first = self.leading(proposition, language)
        if not isinstance(first, str):
            return None
        if {claim.originator for claim in claims} == {first}:
            return self.again(first, language)
        if self._spoken_for(first, claims, language):
            return sentence_text(language, "company") if self._is_company(first) else self.again(first, language)
        return None

    def _spoken_for(self, first: str, claims: Sequence[Claim], language: str) -> bool:
        """Whether the speaker's words name it: `Norvik's lawyer denies that the company paid`; not for persons."""
        if message(language, "language.dropsSubject") or self.case.actors[first].kind == "person":
            return False
        names = {label(self.case.actors[first], language), self.case.actors[first].short} - {""}
        told = {self._speaker(claim, language) for claim in claims if claim.originator and claim.speaks_for == first}
        return len(told) == 1 == len(claims) and any(name in next(iter(told)) for name in names)

    @remembered
    def _said(
        self, stance: Stance, proposition: Proposition, modality: Modality, claims: Sequence[str], language: str,
        *, after: bool = False, again: bool = False,
    ) -> tuple[str, str]:  # fmt: skip
        """The key of the sentence for claims of a stance, and what is said in it, with the condition of a denial.

        `after` others who say it, `also`; `again` names nobody once more whom the sentence has just named there.
        """
        proposition, modality, condition = self._denied_with(stance, proposition, modality, claims)
        how, what = self._held_as(stance, proposition, modality, claims, language, after=after, again=again)
        if condition is not None:
            what = without_if(what, language)
        return how, what + self._behind_condition(proposition, condition, language)

    def _held_as(
        self, stance: Stance, proposition: Proposition, modality: Modality, claims: Sequence[str], language: str,
        *, after: bool = False, again: bool = False,
    ) -> tuple[str, str]:  # fmt: skip
        """The same without what a denial depends on."""
        if stance is Stance.ASSERTED and (whole := self._as_part_of_more(proposition, claims, language)):
            return "says.asserted", whole
        proposition = self._from_the_speaker(proposition, claims)
        telling = self._telling(stance, proposition, modality, claims, language)
        if again and not telling.quantifier:
            telling = self._named_again(telling, proposition, language)
        several_claims = [self.claims[iri] for iri in claims]
        named = any(claim.originator for claim in several_claims)
        if named and self._accused_of(stance, proposition, modality, language):
            return "says.accuses", self._accusation(proposition, telling, language)
        if telling.asking:
            how = "what"
        elif telling.phrase in _BY_PHRASE:
            how = "unsureDoing" if stance is Stance.CONTESTED else _BY_PHRASE[telling.phrase]
        elif modality is Modality.EXPECTED and stance.value in _EXPECTING:
            how, telling = self._expected(stance, proposition, telling, several_claims, language)
        elif _between_the_lines(several_claims) and modality is not Modality.ACTUAL:
            how = "hinted"  # nobody takes for granted what may be
        elif self._granted(claims):
            how = "granted"
        elif stance is Stance.ASSERTED and len(claims) == 1 and several_claims[0].confirms and after:
            how = "confirms"
        else:
            how = self._held_how(stance, several_claims)
        if plainer := self._plainer(how, proposition, telling, several_claims, language):
            return plainer
        if named and how == Stance.MENTIONED and modality is Modality.REQUIRED:
            # Whoever demands it mentions no claim that it is so.
            return "says.mentionedDemand", self.core(proposition, language, replace(telling, phrase="wish"))
        what = self.core(proposition, language, telling)
        return f"says.{_mentioning(how, what, language) if named else how}", what

    def _as_part_of_more(self, proposition: Proposition, claims: Sequence[str], language: str) -> str:
        """What is said with its condition, or what a memo that foretells it says will be so; or empty."""
        if whole := self._on_condition(proposition, claims, language):
            return self.core(whole, language)
        third = proposition.third
        if proposition.relation != "foretells" or not isinstance(third, Nested):
            return ""
        if not self._itself(proposition, [self.claims[iri] for iri in claims], language):
            return ""
        clause = self.case.vocabulary.relations[proposition.relation].clause.get(language, "")
        return self.nested(third.iri, language, clause, of=proposition).removeprefix(f"{clause} ")

    def _expected(
        self, stance: Stance, proposition: Proposition, telling: Telling, claims: Sequence[Claim], language: str
    ) -> tuple[str, Telling]:
        """`expects to rise`, said of oneself; `expects the price to rise`, where a language has that."""
        how = _EXPECTING[stance.value]
        printed = self._phrases(proposition, proposition.relation, language).as_printed
        itself = telling.subject is not None and self._itself(proposition, claims, language)
        if how == "expects" and not printed and itself:
            return "expectsTo", replace(telling, phrase="infinitive", subject="")
        if message(language, "language.expectsTo") and all(claim.originator for claim in claims):
            telling = replace(telling, phrase="toInfinitive")
        return how, telling

    def _named_again(self, telling: Telling, proposition: Proposition, language: str) -> Telling:
        """`it will head it`; two who can act would both be `it`."""
        first, third = self.leading(proposition, language), proposition.third
        if not isinstance(first, str) or first not in self.case.actors:
            return telling
        clear = isinstance(third, str) and third != first
        if clear and self._somebody(third):
            clear = self.case.actors[first].kind == "person"
        elif clear:
            clear = bool(article_of(self.name(str(third), language), language))  # no adjective: `became safe`
        them = self._object(third, language) if clear and isinstance(third, str) else ""
        return replace(telling, subject=telling.subject or self.again(first, language), third=telling.third or them)

    def _acts_not(self, claim: Claim) -> bool:
        """Whether a document or another thing says it, which can neither believe nor think."""
        return claim.originator is not None and not self._somebody(claim.originator)

    def _accused_of(self, stance: Stance, proposition: Proposition, modality: Modality, language: str) -> bool:
        """Whether it is told as somebody's accusation against whom the clause begins with: `acusa a Bastán de`."""
        if stance is not Stance.ALLEGED or modality is not Modality.ACTUAL:
            return False
        if self._phrases(proposition, proposition.relation, language).as_printed:
            return False
        return bool(message(language, "language.accusesOf")) and self._somebody(self.leading(proposition, language))

    def _accusation(self, proposition: Proposition, telling: Telling, language: str) -> str:
        """`Bastán de haber recibido el pago`, which stands behind `acusa a`."""
        first = self.leading(proposition, language)
        if first == proposition.subject:
            whom = self._subject(proposition, language, replace(telling, subject=None))
        else:
            whom = self.name(str(first), language)
        what = self.core(proposition, language, replace(telling, phrase="gerund", subject=""))
        return sentence_text(language, "accusedOf", whom=whom, what=what)

    def _granted(self, claims: Iterable[str]) -> bool:
        """Whether somebody named takes it for granted, and nobody says it."""
        told = [self.claims[iri] for iri in claims]
        return _between_the_lines(told) and all(claim.originator for claim in told)

    def _from_the_speaker(self, proposition: Proposition, claims: Sequence[str]) -> Proposition:
        """What has no direction is told from who speaks: `denies meeting a broker`, not `that a broker met it`."""
        relation = self.case.vocabulary.relations[proposition.relation]
        speakers = {self.claims[iri].originator for iri in claims}
        first, third = proposition.subject, proposition.third
        turns = not relation.directed and proposition.until is None and isinstance(first, str) and first != third
        if turns and isinstance(third, str) and speakers == {third}:
            return replace(proposition, subject=third, third=first)
        return proposition

    def _answering(self, claims: Sequence[str], docket: Docket, stance: Stance, language: str) -> list[str]:
        """`Ortega denies this`; of whoever says it as well, that this came later, or before."""
        said = self._own_words(docket)
        turned = [self.claims[iri] for iri in claims if self.claims[iri].originator in {*said} - {None}]
        others = [iri for iri in claims if self.claims[iri] not in turned]
        answers = [self._told(others, language, f"answers.{stance.value}")] if others else []
        for claim in turned:
            order = _order(said[claim.originator].said, claim.said)
            when = f" {on(claim.said, language)}" if claim.said and order != "undated" else ""
            many = self._many([claim.iri], language)
            answers.append(sentence_text(language, f"turned.{order}.{stance.value}", n=2 if many else 1,
                                         who=self.name(claim.originator or "", language), when=when))  # fmt: skip
        return answers

    def _own_words(self, docket: Docket) -> dict[str | None, Claim]:
        """Who says it → the last statement in which they do; what the text implies is nobody's word."""
        affirming = [self.claims[iri] for iri in docket.affirmed_by]
        return {claim.originator: claim for claim in affirming if not claim.implied}

    def _says_not(self, proposition: Proposition, modality: Modality, claims: Sequence[Claim]) -> bool:
        """Whether a denial is printed as saying that something is not so, and can be told as that.

        `did not own it until 2030` would say that it owned it then, and `many did not` that some did.
        """
        ended = proposition.until is not None and proposition.since is None
        if modality is not Modality.ACTUAL or ended or not isinstance(proposition.subject, str):
            return False
        # Who admits that something is not so denies nothing either; their verb is told beside it.
        plain = all(claim.originator and _SAYING & {*meanings().get(verb_of(claim), ())} for claim in claims)
        return plain and not any(claim.quantifier for claim in claims)

    def _held_how(self, stance: Stance, claims: Sequence[Claim]) -> str:
        """The verb of a stance: a document believes nothing, and who doubts their own words disputes nobody's."""
        if stance is Stance.PRESUMED and any(map(self._acts_not, claims)):
            return "suggested"
        if stance is Stance.MENTIONED and self._as_a_condition(claims):
            return "mentionedIf"
        return "unsure" if stance is Stance.CONTESTED and self._unsure(claims) else stance.value

    def _unsure(self, claims: Sequence[Claim]) -> bool:
        """Whether all who doubt it have said it themselves: they do not dispute what others claim."""
        # By the claims: a tie without a direction may be told from its other end.
        dockets = [self.dockets.by_proposition[iri] for iri in {claim.proposition for claim in claims}]
        affirming = {speaker for docket in dockets for speaker in self._own_words(docket)}
        return {claim.originator for claim in claims} <= affirming - {None}

    def _denied_by_itself(self, text: str, docket: Docket, language: str) -> str:
        """`Norvik is said to own Lumen, which it denies`; empty where others answer, or nothing stands for its name."""
        first = self.leading(self.case.propositions[docket.proposition], language)
        opposing = [self.claims[iri] for iri in docket.opposed_by]
        stances = {(claim.stance, self.dockets.modality[claim.iri]) for claim in opposing}
        if len(stances) != 1 or {claim.originator for claim in opposing} != {first} or not isinstance(first, str):
            return ""
        if first in self._own_words(docket):
            return ""  # who goes back on their own words
        [(stance, modality)] = stances
        who, number = self.again(first, language), 2 if several(self.case.actors[first], language) else 1
        begins = text.startswith(capital(self.name(first, language))) and "(" not in text
        named = not who or who in self.name(first, language).split()
        if named or not begins or modality is not best_modality(docket) or modality is Modality.EXPECTED:
            return ""
        return sentence_text(language, f"whichItself.{stance.value}", n=number, what=text, who=who)

    # --- whose it is, and who answers

    def _of_wholes(self, docket: Docket, language: str) -> list[str]:
        """What is denied of a group of which its subject is a part: `the relatives dispute this of the deportees`."""
        return [
            self._told(claims, language, f"answersOfWhole.{stance}", self.name(whole, language))
            for (stance, whole), claims in self._against_wholes(docket)
        ]

    def _against_wholes(self, docket: Docket) -> list[tuple[tuple[str, str], list[str]]]:
        """Stance and whole, with the claims that oppose the same of that whole; denials first."""
        if not docket.whole_opposed_by:
            return []
        groups: dict[tuple[str, str], list[str]] = {}
        for iri in docket.whole_opposed_by:
            whole = self.case.propositions[self.claims[iri].proposition].subject
            groups.setdefault((self.claims[iri].stance.value, str(whole)), []).append(iri)
        return sorted(groups.items(), key=lambda group: (group[0][0] != Stance.DENIED, group[0]))

    def deniers(self, docket: Docket, language: str) -> str:
        """Who denies or disputes it, by name; of whom, where it is the same of a group to which the subject belongs."""
        found = [self.voices(docket.opposed_by, language)]
        wholes: dict[str, list[str]] = {}
        for (_, whole), claims in self._against_wholes(docket):
            wholes.setdefault(whole, []).extend(claims)
        for whole, claims in wholes.items():
            who, name = self.voices(claims, language), self.name(whole, language)
            found.append(contracted(sentence_text(language, "denierOfWhole", who=who, whole=name), language))
        return ", ".join(filter(None, found))

    def voices(self, claims: Iterable[str], language: str) -> str:
        """Whose they are, by name: `Cristosal, White House`."""
        return ", ".join(sorted({self._hop(self.claims[iri].originator, language) for iri in claims}))


def _order(said: Date | None, against: Date | None) -> str:
    """Whether what somebody said against their own words came `after` these or `before`; or it is `undated`."""
    if said is None or against is None or not (against.earliest > said.latest or against.latest < said.earliest):
        return "undated"
    return "after" if against.earliest > said.latest else "before"


def _mentioning(how: str, what: str, language: str) -> str:
    """Nobody mentions the claim that somebody rejects a claim: it is the idea of it."""
    return "mentionedClaim" if how == Stance.MENTIONED and sentence_text(language, "claimThat") in what else how


def _names_already(body: Actor, speaker: str, language: str) -> bool:
    """Whether a description says for whom it speaks: `US government officials`, `el Gobierno salvadoreño`."""
    names = (label(body, language), *body.aliases)
    own = {stem(word) for name in names for word in name.split() if len(word) > 3 or word.isupper()}
    return bool(own & {stem(word) for word in speaker.replace("'s", "").split()})


def _between_the_lines(claims: Iterable[Claim]) -> bool:
    """Whether the text says it without saying so, and it is not we who conclude it."""
    return all(claim.implied and not claim.inferred and claim.stance is Stance.ASSERTED for claim in claims)


def commas(text: str) -> str:
    """One comma where two clauses meet: a speaker "for" somebody ends in one, and what follows may begin with one."""
    return text.replace(" ,", ",").replace(",,", ",")


@cache
def moods(language: str) -> dict[str, str]:
    """Stance → the mood of the verb after it, where it is not the indicative."""
    return dict(pair.split("=") for pair in message(language, "language.moods").split(", ") if pair)


def position(claim: Claim) -> tuple[int, int, str, int, str, str]:
    """Where a claim stands in its document; sorts claims as a reader meets them."""
    start = claim.passage.start
    return (claim.passage.order, start if start is not None else 1 << 40, claim.document, claim.order,
            _natural(claim.sid), claim.iri)  # fmt: skip


@lru_cache(maxsize=4096)
def _natural(sid: str) -> str:
    """`s2` before `s10`."""
    return re.sub(r"\d+", lambda match: match[0].zfill(8), sid)


def asks_what(proposition: Proposition) -> bool:
    """Whether a question about it asks for its third place: `[choice, because, unknown]`."""
    return isinstance(proposition.third, Missing) and not proposition.third.withheld
