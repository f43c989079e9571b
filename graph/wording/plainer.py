"""Verbs that say more than `says that`: `describes it as a “gang”`, `reports a sale`.

In: a proposition that somebody asserts. Out: the key of the sentence and what stands behind its verb.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..case.model import Claim, Missing, Modality, Proposition, Stance
from ..words import listed, message, spoken, words_of
from .clause import Clauses
from .hedges import in_its_words, meanings
from .names import prepositions, quoted, sentence_text, several
from .nouns import article_of, new_now, unrepeated, without_its_article
from .telling import Telling
from .trimmed import named_after

#: As many words as an article and a noun are.
_BARE = 2
#: Ties that the name of the first says already, where it names the second: `the government of Venezuela`.
_IN_THE_NAME = frozenset({"part-of", "debtor"})
#: Ties to a country that an adjective in the name of the first says: `Chilean politicians`, `US spending`.
_BY_ADJECTIVE = frozenset({"comes-from", "took-place-in"})
#: Somebody may keep to itself how much it is, or who it was.
_TOLD = (Modality.ACTUAL, Modality.PLANNED)


class Plainer(Clauses):
    """What is told by another verb than that of its stance."""

    def _plainer(
        self, how: str, proposition: Proposition, telling: Telling, claims: Sequence[Claim], language: str
    ) -> tuple[str, str] | None:
        """`describes it as a “gang”` and `reports a sale`, for `says that it is` and `says that it took place`.

        None for all else, and where `how` tells that it is neither asserted nor taken for granted.
        """
        if not telling.stated or how not in ("granted", Stance.ASSERTED):
            return None
        if named_only := self._only_named(how, proposition, telling, claims, language):
            return named_only
        if how == "granted":
            return None
        named = any(claim.originator for claim in claims)
        if named and (what := self._described(proposition, telling, language)):
            return "says.describes", what
        if named and (what := self._undisclosed(proposition, telling, language)):
            return "says.discloses", what
        event = self._reported(proposition, telling, claims, language)
        return ("says.reports", event) if event else None

    def _only_named(
        self, how: str, proposition: Proposition, telling: Telling, claims: Sequence[Claim], language: str
    ) -> tuple[str, str] | None:
        """What is said by naming it: `refers to Colorado, in the United States`, `refers to the post of treasurer`.

        Nobody argues that a country has a president, or that a war took place of which a text speaks in passing.
        """
        first, third = proposition.subject, proposition.third
        named = all(claim.originator for claim in claims)
        plain = telling.modality is Modality.ACTUAL and not (telling.past or telling.quantifier or telling.subject)
        if proposition.since or proposition.until or not (named and plain) or not isinstance(first, str):
            return None
        # One that is told from its other end has none: it names no tie to somebody in passing.
        docket = self.dockets.by_proposition.get(proposition.iri)
        if docket is None or docket.opposed_by or docket.sensitive:
            return None
        name, granted = self.name(first, language), how == "granted"
        if granted and proposition.relation == "occurred":
            return "says.refersTo", name
        if not isinstance(third, str) or telling.speaker in (first, third):
            return None
        if granted and proposition.relation == "part-of" and self._plural(third, language) and self._somebody(first):
            return "says.counts", sentence_text(language, "countedAmong", what=name, whole=self.name(third, language))
        what = self._tie_in_the_name(proposition.relation, first, third, language, granted=granted)
        return ("says.refersTo", what) if what else None

    def _tie_in_the_name(self, relation: str, first: str, third: str, language: str, *, granted: bool) -> str:
        """The name that tells a tie to somebody: `the government of Venezuela`, `Chilean politicians`; else empty."""
        name, whole = self.name(first, language), self.name(third, language)
        short, adjective = unrepeated(name, [whole], language), named_after(name, whole, language)
        if relation == "post-in":
            told = adjective or short != name or without_its_article(whole, language) in name
            post = self._noun(first, language)
            return post if told else sentence_text(language, "postAt", post=post, whole=whole)
        if relation == "located-in" and granted:
            several = 2 if self._plural(first, language) else 1
            return sentence_text(language, "placedIn", n=several, what=name, whole=whole)
        # `has a loan from the bank` tells more than that there is one.
        bare = relation == "part-of" or not {*short.split()} & prepositions(language)
        in_the_name = relation in _IN_THE_NAME and short != name and bare
        return name if in_the_name or (relation in _BY_ADJECTIVE and adjective) else ""

    def _undisclosed(self, proposition: Proposition, telling: Telling, language: str) -> str:
        """`the purchase price`, `who made the offer`: what the speaker does not disclose; empty for all else."""
        third = proposition.third
        secret = isinstance(third, Missing) and third.withheld and third.by == telling.speaker != ""
        if not secret or telling.modality not in _TOLD or telling.past or not isinstance(proposition.subject, str):
            return ""
        if proposition.relation == "amount":
            return self._sum_of(proposition.subject, language)
        return self._who_it_was(proposition, language, telling)

    def _described(self, proposition: Proposition, telling: Telling, language: str) -> str:
        """`Tren de Aragua as a “gang”`, which stands behind `describes`; empty for words that cannot stand there."""
        first, third = proposition.subject, proposition.third
        if proposition.relation != "characterised-as" or not isinstance(third, str) or not isinstance(first, str):
            return ""
        plain = telling.modality is Modality.ACTUAL and not (telling.past or telling.quantifier or telling.subject)
        word = self.name(third, language)
        led = word.partition(" ")[0] in {*prepositions(language), *words_of(language, "language.notCalled")}
        if not plain or led or proposition.since or proposition.until:
            return ""
        if message(language, "language.dropsSubject"):
            word = without_its_article(word, language)
        whom = self._subject(proposition, language, telling)
        text = sentence_text(language, "describedAs", whom=whom, what=word)
        return text if self._somebody(first) else text.removeprefix("a ")

    def _reported(self, proposition: Proposition, telling: Telling, claims: Sequence[Claim], language: str) -> str:
        """The event that the press reports: its name is enough, with no verb that says only that it took place.

        Empty for others who speak, where somebody denies or doubts it, and where there is more to say: how many, when,
        or that it is yet to come.
        """
        if proposition.relation != "occurred":
            return ""
        event, kinds = proposition.subject, self.case.vocabulary
        more = telling.quantifier or proposition.since or proposition.until or telling.modality is not Modality.ACTUAL
        if more or not isinstance(event, str):
            return ""
        if self.dockets.by_proposition[proposition.iri].opposed_by:
            return ""
        speakers = [self.case.actors[claim.originator].kind if claim.originator else "" for claim in claims]
        press = all(kind and kinds.is_a(kind, {"media"}) for kind in speakers)
        # `reports a fee` would not tell whether it was paid.
        bare = (
            kinds.is_a(self.case.actors[event].kind, {"payment"}) and len(self.name(event, language).split()) <= _BARE
        )
        return self._reported_name(event, telling.speaker, language) if press and not bare else ""

    def _reported_name(self, event: str, speaker: str, language: str) -> str:
        """The event as one that readers have not heard of, `a sale`; `its request`, where it is the speaker's own.

        `the purchase of Lumen` tells what it is; `on Rubio's visit` has no article.
        """
        name = self.name(event, language)
        short = unrepeated(name, [self.name(speaker, language)], language) if speaker else name
        if short == name:
            whose = message(language, "language.possessive", who="")
            if not article_of(name, language) or (whose and whose in f"{name} ".replace("s' ", "'s ")):
                return sentence_text(language, "reportsOn", what=name)
            told = f" {words_of(language, 'language.objects')[0]} " in name
            return name if told else new_now(name, several(self.case.actors[event], language), language)
        bare = without_its_article(short, language)
        whose = event if message(language, "language.dropsSubject") else speaker
        own = sentence_text(language, "own", n=2 if several(self.case.actors[whose], language) else 1, what=bare)
        return sentence_text(language, "reportsOn", what=own)

    # --- what qualifies it

    def _ambiguous(self, claims: Sequence[Claim], language: str) -> str:
        """Marks what rests on one reading of an ambiguous sentence, or on two that were both just told."""
        held = {(claim.stance, self.dockets.modality[claim.iri]) for claim in claims}
        return sentence_text(language, "reading", n=len(held))

    def _left_to_say(self, claim: Claim, modality: Modality) -> list[str]:
        """The printed hedges that the sentence does not say already: `may` of what is possible is in its verb."""
        said = {modality.value, claim.stance.value}
        said |= {"reportedly"} if claim.reportedly or claim.originator is None else set()
        said |= {"about", "nearly"} if claim.approximate else set()
        return [hedge for hedge in claim.hedges if not said & set(meanings().get(hedge.casefold(), ()))]

    def _printed_verb(self, claim: Claim, language: str) -> str:
        """`; the Gazette writes “admits”`: a verb that says more than `says` is told as whose word it is."""
        verb = claim.chain[0].verb if claim.chain else ""
        loaded = "loaded" in meanings().get(verb.casefold(), ())
        if not loaded or not claim.publisher or claim.publisher == claim.originator:
            return ""
        who = self.name(claim.publisher, language)
        return sentence_text(language, "writes", who=who, verb=quoted(verb, language))

    def _worded(self, words: Sequence[str], documents: Iterable[str], language: str) -> str:
        """`, “in effect”`; in another language those of the original."""
        if not words:
            return ""
        if all("about" in meanings().get(word.casefold(), ()) for word in words):
            # `when about 2030`: the word is of the form, and need not be one that was printed.
            return f", {sentence_text(language, 'thereabouts')}"
        own = self._in_its_language(documents, language)
        if not own and all("presumed" in meanings().get(word.casefold(), ()) for word in words):
            return f", {sentence_text(language, 'seems')}"
        translated = [] if own else [in_its_words(word, language) for word in words]
        if translated and all(translated):
            return f", {listed(translated, language)}"
        printed = self._in_quotes(words, language)
        return sentence_text(language, "qualified" if own else "original", n=len(words), words=printed)

    def _in_its_language(self, documents: Iterable[str], language: str) -> bool:
        """Whether words that are printed there are in the language of the sentence."""
        return all(spoken(self.case.documents[d].language) == language for d in documents if d in self.case.documents)

    def _in_quotes(self, words: Sequence[str], language: str) -> str:
        return listed([quoted(word, language) for word in words], language)
