"""The sentences people read, in English and Spanish: headings, labels of lines, summaries, statements.

In: a case and its dockets. Out: sentences in which nothing that was only said is stated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..case.model import Claim, Missing, Modality, Proposition, Stance
from ..case.values import Quantity
from ..standing import Docket, hearsay
from ..vocabulary.model import numbered
from ..words import ENGLISH, contracted, has, languages, listed, message
from ..yaml.forms import Texts, in_language
from .events import Events
from .hedges import hedge_leads, known_quantifier, rounding
from .held import best_modality, phrase_of
from .names import capital, label, sentence_text
from .passed import handed_on
from .periods import on
from .remembered import remembered
from .telling import Telling
from .told import asks_what, commas, moods, position

#: What others may say of what was just told: that it is planned, that it is possible.
_SAME = ("actual", "planned", "possible", "required")
#: Verbs behind which something is only named, so that no clause is left to stand by itself.
_NAMING = ("says.reports", "says.refersTo", "says.discloses")
#: As many speakers as a heading names.
_FEW = 3


class Wording(Events):
    """Sentences about the propositions and claims of one case."""

    def title(self, docket: Docket, language: str) -> str:
        """The heading of a relationship, in its relation's phrase for how it stands. Never a bare indicative."""
        proposition = self.case.propositions[docket.proposition]
        if docket.line in ("denied", "mentioned") or self._reads_as_a_statement(docket, proposition, language):
            return self._summed(docket, language)
        said = self._attributed(docket, proposition, language) or self._softly(
            self.core(proposition, language, self._heading("said", docket)), docket, language
        )
        match docket.line:
            case "accepted" if docket.decision:
                accepted = self.core(proposition, language)
                text = sentence_text(language, "accepted", what=accepted, date=docket.decision.on.label(language))
                return capital(self._with_answer(text, docket, language))
            case "rejected":
                return capital(sentence_text(language, "rejected", what=said))
            case "open":
                if asks_what(proposition):
                    asked = self.core(proposition, language, Telling(asking=True))
                    return sentence_text(language, "openWhat", what=asked)
                return sentence_text(language, "open", what=self.core(proposition, language))
            case "notyet":
                text = self._not_yet(docket, proposition, language)
            case "soft":
                text = said
            case _:
                actual = any(s.affirming and s.modality is Modality.ACTUAL for s in docket.standings)
                text = said if actual else self._not_yet(docket, proposition, language)
        return capital(self._with_answer(text, docket, language))

    def _reads_as_a_statement(self, docket: Docket, proposition: Proposition, language: str) -> bool:
        """Whether its heading says who says it.

        So does what is about a statement, what nobody says outright or is quoted for, what some call done and others
        only planned, whatever somebody says of itself, an event that the press reports, and an accusation that has a
        mood of the verb.
        """
        if docket.line not in ("said", "soft", "disputed", "notyet") or not docket.affirmed_by:
            return False
        claims = [self.claims[iri] for iri in docket.affirmed_by]
        mixed = len({self.dockets.modality[claim.iri] for claim in claims}) > 1
        if mixed or not isinstance(proposition.subject, str) or all(claim.implied for claim in claims):
            return True
        if all(map(handed_on, claims)) or self._on_condition(proposition, docket.affirmed_by, language):
            return True  # through whom we know, and on which condition, stands in the sentence of who says it
        speakers = {claim.originator for claim in claims}
        secret = isinstance(proposition.third, Missing) and speakers == {proposition.third.by}
        if secret or self.joined(proposition, language) or self._is_one_whole(docket, language):
            return True
        soft = self._softness(docket)
        if soft == ["unstated"] or (soft == ["alleged"] and "alleged" in moods(language)):
            return True
        if speakers == {self.leading(proposition, ENGLISH)}:
            return True
        stances = {(claim.stance, self.dockets.modality[claim.iri]) for claim in claims}
        if stances != {(Stance.ASSERTED, Modality.ACTUAL)}:
            return False
        return self._said(Stance.ASSERTED, proposition, Modality.ACTUAL, docket.affirmed_by, language)[0] in _NAMING

    def phrase(self, docket: Docket, language: str) -> str:
        """The words on a line: the relation's phrase for how it stands; a dispute keeps both sides' names."""
        proposition = self.case.propositions[docket.proposition]
        relation = self.case.vocabulary.relations[proposition.relation]
        phrases = self._onward(proposition, language)
        subject = proposition.subject
        plural = self._plural(subject, language)
        best = best_modality(docket)
        if docket.line in ("open", "mentioned"):
            name = in_language(relation.label, language)
            return sentence_text(language, f"phrase{docket.line.capitalize()}", relation=name)
        if docket.line == "accepted":
            words = phrases.accepted
        elif docket.line in ("denied", "rejected"):
            words = phrases.denied
        else:
            words = phrases.said if best is Modality.ACTUAL else phrases.not_yet(best.value, language, plural=plural)
        # Some phrases end in a comma, for a third place that does not follow here.
        words = numbered(words, plural, personal=self._somebody(proposition.third)).rstrip(",").replace("… ", "")
        if docket.line == "soft":
            words = self._softly(words, docket, language)
        if docket.line == "denied":
            words += f" ({self._according(docket.opposed_by, language)})"
        if docket.line in ("accepted", "disputed"):
            words += self._sides(docket, language)
        return words + self._less_firmly(docket, language)

    def _less_firmly(self, docket: Docket, language: str) -> str:
        """` (planned: A)`: who says only that it is planned what others say is so."""
        if docket.line != "said":
            return ""
        less = [s for s in docket.standings if s.affirming and s.modality is not Modality.ACTUAL]
        label = self.case.vocabulary.label
        who = (f"{label('modality', s.modality.value, language)}: {self._side(s.affirming, language)}" for s in less)
        return f" ({'; '.join(who)})" if less else ""

    def _sides(self, docket: Docket, language: str) -> str:
        """` (A × B)`: who affirms and who denies, in the modality that is disputed."""
        best = best_modality(docket)
        disputed = sorted((s for s in docket.standings if s.disputed), key=lambda s: s.modality is not best)
        if disputed:
            standing = disputed[0]
            yes, no = self._side(standing.affirming, language), self._side(standing.opposing, language)
            modality = self.case.vocabulary.label("modality", standing.modality.value, language)
            return f" ({yes} × {no})" if standing.modality is best else f" ({modality}: {yes} × {no})"
        if partly := self._denied_in_part(docket):
            no = sentence_text(language, "sideInPart", who=self._side(partly, language))
            return f" ({self._side(docket.affirmed_by, language)} × {no})"
        return ""

    def _denied_in_part(self, docket: Docket) -> list[str]:
        """The claims that oppose a period of it."""
        if docket.proposition not in self.narrower:
            return []
        direct = (self.dockets.by_proposition[iri].claims for iri in self.narrower.get(docket.proposition, ()))
        return [iri for claims in direct for iri in claims if self.claims[iri].opposing and self.claims[iri].counted]

    def _taken_back(self, docket: Docket) -> bool:
        return bool(docket.claims) and all(self.claims[iri].retraction for iri in docket.claims)

    def _side(self, claims: Sequence[str], language: str) -> str:
        named = [self.claims[iri].originator for iri in sorted(claims, key=lambda iri: position(self.claims[iri]))]
        names = [
            label(self.case.actors[n], language) if n else message(language, "statement.unnamed")
            for n in dict.fromkeys(named)
        ]
        return listed(names, language)

    def _not_yet(self, docket: Docket, proposition: Proposition, language: str) -> str:
        best = min((s for s in docket.standings if s.affirming), key=lambda s: s.modality.rank, default=None)
        if best is None:
            return self.core(proposition, language, Telling("said"))
        phrase = best.modality.value if best.modality is Modality.EXPECTED else phrase_of(best.modality)
        core = self.core(proposition, language, self._heading(phrase, docket))
        return f"{core}, {self._according(best.affirming, language)}"

    def _according(self, claims: Iterable[str], language: str) -> str:
        named = self._speakers(claims, language)
        if not named:
            return sentence_text(language, "accordingUnnamed")
        return sentence_text(language, "according", who=listed(named, language))

    def _only_mentioned(self, proposition: Proposition, language: str) -> str:
        return sentence_text(language, "mentioned", what=self.core(proposition, language))

    def _attributed(self, docket: Docket, proposition: Proposition, language: str) -> str:
        """`según Ana Ferrer, …`, where a language names the speakers first instead of `según se dice`, and a few do.

        Empty where it does not, where someone is not named, and where nobody says it plainly.
        """
        if not message(language, "language.speakerFirst"):
            return ""
        claims = [iri for iri in docket.affirmed_by if self.dockets.modality[iri] is Modality.ACTUAL]
        said = [self.claims[iri] for iri in claims]
        plainly = all(c.stance is Stance.ASSERTED and c.originator and not c.implied and not c.reportedly for c in said)
        if not said or not plainly:
            return ""
        speakers = self._speakers(claims, language)
        if len(speakers) > _FEW:
            return ""
        what = self.core(proposition, language, self._heading("accepted", docket))
        if len(speakers) == _FEW:
            # So many names and a comma before the clause would read as one list.
            return self._told(claims, language, "says.asserted", what)
        return f"{self._according(claims, language)}, {what}"

    def _softly(self, text: str, docket: Docket, language: str) -> str:
        """`is alleged to own` for `is said to own`, or `with no source named` behind it, where none says it firmly."""
        why = self._softness(docket)
        said = sentence_text(language, "softly.said")
        if len(why) == 1 and said in text and has(f"sentence.softly.{why[0]}"):
            return text.replace(said, sentence_text(language, f"softly.{why[0]}"), 1)
        # What the text takes for granted has no source to be named; that is said behind it.
        unsaid = all(self.claims[iri].implied for iri in docket.affirmed_by)
        words = [sentence_text(language, f"soft.{word}") for word in why if not (unsaid and word == "unstated")]
        return ", ".join([text, *words])

    def _softness(self, docket: Docket) -> list[str]:
        """Why an affirmation is soft, when none is firm. A merely sensitive one says nothing more."""
        return self._soft_by(docket.affirmed_by)

    @remembered
    def _soft_by(self, affirmed_by: tuple[str, ...]) -> list[str]:
        claims = [self.claims[iri] for iri in affirmed_by]
        if any(self.dockets.firm[claim.iri] for claim in claims):
            return []
        why = {
            "alleged" if claim.stance is Stance.ALLEGED
            else "presumed" if claim.stance is Stance.PRESUMED
            else "reportedly" if claim.reportedly or hearsay(self.case, claim)
            else "unstated" if claim.originator is None
            else ""
            for claim in claims
        }  # fmt: skip
        return [] if "" in why else sorted(why)

    def _quantifier(self, docket: Docket) -> str:
        """`many`, where everybody who affirms it says it of many of them only."""
        words = {known_quantifier(self.claims[iri].quantifier) for iri in docket.affirmed_by}
        nested = not isinstance(self.case.propositions[docket.proposition].subject, str)
        return next(iter(words)) if len(words) == 1 and not nested else ""

    def _heading(self, phrase: str, docket: Docket) -> Telling:
        """How a heading is told: as rounded, and of as many, as by all who affirm it."""
        return self._headed(phrase, docket.proposition)

    @remembered
    def _headed(self, phrase: str, relationship: str) -> Telling:
        docket = self.dockets.by_proposition[relationship]
        rounded = rounding(self.claims[iri] for iri in docket.affirmed_by)
        return Telling(phrase, quantifier=self._quantifier(docket), about=rounded)

    def _reading(self, docket: Docket, language: str, *, unsaid: bool = True) -> str:
        """Marks what nobody says without `many of`, or what rests on one reading only of an ambiguous sentence."""
        if not docket.affirmed_by:
            return ""
        claims = [self.claims[iri] for iri in docket.affirmed_by]
        quantifiers = list(dict.fromkeys(claim.quantifier for claim in claims))
        marks = ""
        proposition = self.case.propositions[docket.proposition]
        if all(quantifiers) and not self._told_quantifier(proposition, claims, language):
            documents = {claim.document for claim in claims}
            marks += self._worded(quantifiers, documents, language)
        if unsaid:
            marks += self._unsaid(claims, language)
        if set(docket.affirmed_by) <= self.readings.keys():
            marks += self._ambiguous(claims, language)
        return marks

    def _unsaid(self, claims: Sequence[Claim], language: str) -> str:
        """Marks what nobody says: the text takes it for granted or tells that it is claimed, or we conclude it."""
        if not all(claim.implied for claim in claims):
            return ""
        return sentence_text(language, self._unsaid_how(claims))

    def _with_answer(self, text: str, docket: Docket, language: str) -> str:
        answers = self._opposed(docket, language, {best_modality(docket)})
        if not answers:
            answers = self._in_part(docket, language)
        answers += self._of_wholes(docket, language)
        text += self._reading(docket, language)
        if len(answers) == 1 and (itself := self._denied_by_itself(text, docket, language)):
            return itself
        return self._answered([text], answers, docket, language)

    def _in_part(self, docket: Docket, language: str) -> list[str]:
        partly = self._denied_in_part(docket)
        return [self._told(partly, language, "answers.inPart")] if partly else []

    def _answers(self, docket: Docket, language: str, stances: Iterable[Stance]) -> list[str]:
        answers = []
        for stance in stances:
            claims = [iri for iri in docket.claims if self.claims[iri].stance is stance and self.claims[iri].counted]
            if claims:
                answers.append(self._told(claims, language, f"answers.{stance.value}"))
        return answers

    def summary(self, docket: Docket, language: str) -> str:
        """One sentence: who says it, how, and who denies it."""
        return _stopped(self._summed(docket, language))

    def told(self, claim: Claim, language: str) -> str:
        """The sentence of a statement with its full stop."""
        return _stopped(self.sentence(claim, language))

    def _summed(self, docket: Docket, language: str) -> str:
        return self._sum(docket.proposition, language)

    @remembered
    def _sum(self, relationship: str, language: str) -> str:
        """The summary of a relationship, which its heading and its label share."""
        docket, proposition = self.dockets.by_proposition[relationship], self.case.propositions[relationship]
        wholes, answers, left = self._as_wholes(docket, language)
        groups: dict[tuple[Stance, Modality], list[str]] = {}
        for iri in left:
            groups.setdefault((self.claims[iri].stance, self.dockets.modality[iri]), []).append(iri)
        parts = [*wholes, *self._parts(proposition, groups, language)]
        answers += self._opposed(docket, language, {modality for _, modality in groups})
        answers += self._answers(docket, language, (Stance.ASKED, Stance.DECLINED))
        if parts:
            # A sentence without a speaker says by itself that nobody says it.
            told = any(self.claims[iri].originator for iri in docket.affirmed_by)
            told = told and not self._granted(docket.affirmed_by)
            parts[-1] += self._reading(docket, language, unsaid=told)
        elif not docket.claims and relationship in self.narrower:
            # Nobody speaks of the whole: what is said of its periods is all there is to tell.
            return ". ".join(dict.fromkeys(self._sum(iri, language) for iri in self.narrower[relationship]))
        else:
            parts, answers = self._unaffirmed(docket, proposition, language), []
        answers += self._in_part(docket, language) + self._of_wholes(docket, language)
        return capital(self._answered(parts, answers, docket, language))

    def _answered(self, parts: list[str], answers: list[str], docket: Docket, language: str) -> str:
        """A sentence with its answers; whom it named has a shorter name behind that: `; Ortega denies this`."""
        claims = (*docket.claims, *docket.opposed_by, *docket.whole_opposed_by, *self._denied_in_part(docket))
        proposition = self.case.propositions[docket.proposition]
        ends = [end for end in (proposition.subject, proposition.third) if isinstance(end, str)]
        named = [*(self.claims[claim].originator for claim in claims), *ends, *self._named_with_parts(docket)]
        return self.named_once("; ".join([*parts, *self._by_kind_again(answers, named, language)]), named, language)

    def _parts(
        self, proposition: Proposition, groups: dict[tuple[Stance, Modality], list[str]], language: str
    ) -> list[str]:
        """A clause for each group of claims; speakers who go on speaking are not named again: `and that it will`."""
        parts, before, said, clause = list[str](), list[str](), list[str](), ""
        for (stance, modality), claims in groups.items():
            same = bool(parts) and before == self._spoke(claims, language)
            follows = same and (stance is Stance.ASSERTED or not message(language, "language.dropsSubject"))
            # Behind the speaker's name nothing would stand for whoever was named just before: it would be the speaker.
            how, what = self._said(stance, proposition, modality, claims, language, after=bool(parts), again=follows)
            if same and how == "says.asserted":
                more = "orThat" if self.readings.keys() & set(claims) else "andThat"
                if said and more == "orThat":
                    parts[-1] = self._told(said, language, "says.either", clause)
                parts[-1], said = commas(sentence_text(language, more, first=parts[-1], what=what)), []
            elif parts and how == "says.confirms" and self._speakers(claims, language):
                parts.append(self._told(claims, language, "alsoSo"))
            elif parts and how == "says.asserted" and self._is_the_same(proposition, claims, modality, language):
                parts.append(self._told(claims, language, f"same.{modality.value}"))
            else:
                parts.append(self._told(claims, language, how, what))
                said, clause = claims, what
            before = self._spoke(claims, language) if how == "says.asserted" else []
        return parts

    def _spoke(self, claims: list[str], language: str) -> list[str]:
        """Who speaks, and through whom we know."""
        return [*self._speakers(claims, language), self._passed_on("", claims, language)]

    def _is_the_same(self, proposition: Proposition, claims: list[str], modality: Modality, language: str) -> bool:
        """Whether others may say of what was just told that it is planned; of a figure that would be unclear."""
        plain = not isinstance(proposition.third, Quantity) and not self.readings.keys() & set(claims)
        return plain and modality.value in _SAME and bool(self._speakers(claims, language))

    def _unaffirmed(self, docket: Docket, proposition: Proposition, language: str) -> list[str]:
        """Sentences for what nobody affirms: only denied, asked, declined, mentioned or taken back."""
        if self._taken_back(docket):
            told = (self._uncapitalised(iri, language) for iri in sorted(docket.claims))
            return list(dict.fromkeys(told))
        parts = []
        for stance in (Stance.DENIED, Stance.CONTESTED, Stance.ASKED, Stance.DECLINED, Stance.MENTIONED):
            pool = {*docket.opposed_by, *docket.claims}
            claims = sorted(
                iri for iri in pool if self.claims[iri].stance is stance and self.claims[iri].retraction is None
            )
            if claims:
                modality = self.dockets.modality[claims[0]]
                parts.append(self._told(claims, language, *self._said(stance, proposition, modality, claims, language)))
        return parts or [self._only_mentioned(proposition, language)]

    # --- claims

    def whole(self, event: str, language: str) -> list[str]:
        """All that claims say of an event: what can be told together first, then the rest, each by itself."""
        wholes = self.wholes(event, language)
        told = {iri for whole in wholes for iri in whole.claims}
        texts = [capital(self._told_whole(whole, language)) for whole in wholes]
        texts += [self.sentence(claim, language) for claim in self._of(event) if claim.iri not in told]
        return list(dict.fromkeys(texts))

    def sentence(self, claim: Claim, language: str) -> str:
        """`Cristosal says that the CECOT bars visits`, with what qualifies it."""
        return capital(self._uncapitalised(claim.iri, language))

    @remembered
    def _uncapitalised(self, iri: str, language: str) -> str:
        claim = self.claims[iri]
        proposition = self.case.propositions[claim.proposition]
        modality = self.dockets.modality[claim.iri]
        how, what = self._said(claim.stance, proposition, modality, [claim.iri], language)
        quantifier = self._told_quantifier(proposition, [claim], language)
        hedges = [*self._left_to_say(claim, modality), *([claim.quantifier] if not quantifier else [])]
        hedges = [hedge for hedge in hedges if hedge]
        worded = self._worded(hedges, {claim.document}, language)
        several_words = len(hedges) > 1 and self._in_its_language({claim.document}, language)
        guessed = [self._by_whom(hop.agent, language) for hop in claim.chain if hop.implied]
        hedged = ""
        if how == "says.asserted" and hedge_leads(worded, language):
            what, worded = f"{worded}, {what}", ""  # between commas: `that, “it seems”, Norvik owns it`
        elif how == "says.asserted" and several_words and claim.originator:
            how, hedged, worded = "says.hedged", self._in_quotes(hedges, language), ""
        if claim.originator is None:
            text = sentence_text(language, self._unnamed(how, [claim]), what=what)
            text = text[:1].lower() + text[1:] if claim.retraction else text
        else:
            many = self._many([claim.iri], language)
            once = how.replace("says.", "once.")
            how = once if claim.retraction and has(f"sentence.{once}") else how
            who, number = self._speaker(claim, language), 2 if many else 1
            if guessed and not handed_on(claim):
                through = listed(guessed, language)
                who, guessed = sentence_text(language, "inferredChain", who=who.rstrip(","), through=through), []
            text = sentence_text(language, how, n=number, who=who, what=what, words=hedged)
        text = commas(self._passed_on(text, [claim.iri], language)) + worded
        if claim.iri in self.readings:
            text += self._other_reading(claim, language)
        if claim.affirming and claim.originator is not None and not self._granted([claim.iri]):
            text += self._unsaid([claim], language)
        text += self._printed_verb(claim, language)
        if guessed:
            text += sentence_text(language, "inferredBehind", who=listed(guessed, language))
        if claim.retraction is not None:
            day = claim.retraction.on
            kind, when = claim.retraction.kind, on(day, language) if day else ""
            text = sentence_text(language, kind if day else f"{kind}Later", when=when, what=text)
        ends = [end for end in (proposition.subject, proposition.third) if isinstance(end, str)]
        return self.named_once(contracted(text, language), [claim.originator, *ends], language)

    def _other_reading(self, claim: Claim, language: str) -> str:
        """What the same words can also mean, where it is one thing that is affirmed as this one is."""
        others = [self.claims[iri] for iri in sorted(self.readings[claim.iri]) if iri in self.claims]
        if len(others) != 1 or others[0].stance is not claim.stance or claim.stance is not Stance.ASSERTED:
            return sentence_text(language, "reading", n=1)
        [other] = others
        proposition = self.case.propositions[other.proposition]
        _, what = self._said(other.stance, proposition, self.dockets.modality[other.iri], [other.iri], language)
        return sentence_text(language, "readingThat", what=what)


def _stopped(text: str) -> str:
    """The text with a full stop; an abbreviation at the end has its own: `S.A.`."""
    return text if text.endswith(("?", ".")) else f"{text}."


def both(make: Callable[[str], str]) -> Texts:
    """A text made in every language."""
    return {language: make(language) for language in languages()}
