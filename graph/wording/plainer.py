"""Verbs that say more than `says that`: `describes it as a “gang”`, `reports on the sale`.

In: a proposition that somebody asserts. Out: the key of the sentence and what stands behind its verb.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..case.model import Claim, Modality, Proposition, Stance
from ..words import listed, message, spoken
from .clause import Clauses
from .hedges import meanings
from .names import quoted, sentence_text, several
from .nouns import article_of, unrepeated
from .telling import Telling

#: As many words as an article and a noun are.
_BARE = 2


class Plainer(Clauses):
    """What is told by another verb than that of its stance."""

    def _plainer(
        self, how: str, proposition: Proposition, telling: Telling, claims: Sequence[Claim], language: str
    ) -> tuple[str, str] | None:
        """`describes it as a “gang”` and `reports on the sale`, for `says that it is` and `says that it took place`.

        None for all else, and where `how` tells that it is neither asserted nor taken for granted.
        """
        if how == "granted":
            placed = self._placed(proposition, telling, language)
            return ("says.places", placed) if placed else None
        if how != Stance.ASSERTED:
            return None
        named = any(claim.originator for claim in claims)
        if named and (what := self._described(proposition, telling, language)):
            return "says.describes", what
        event = self._reported(proposition, telling, claims, language)
        return ("says.reports", event) if event else None

    def _placed(self, proposition: Proposition, telling: Telling, language: str) -> str:
        """`Colorado in the United States`, which stands behind `places`: nobody argues that it is there."""
        if proposition.relation != "located-in":
            return ""
        first, third = proposition.subject, proposition.third
        dated = proposition.since or proposition.until
        plain = telling.modality is Modality.ACTUAL and not (telling.past or telling.quantifier or telling.subject)
        if dated or not plain or not isinstance(first, str) or not isinstance(third, str):
            return ""
        what = self._subject(proposition, language, telling)
        return sentence_text(language, "placedIn", what=what, whole=self.name(third, language))

    def _described(self, proposition: Proposition, telling: Telling, language: str) -> str:
        """`Tren de Aragua as a “gang”`, which stands behind `describes`; empty for what is not in quotation marks."""
        first, third = proposition.subject, proposition.third
        if proposition.relation != "characterised-as" or not isinstance(third, str) or not isinstance(first, str):
            return ""
        plain = telling.modality is Modality.ACTUAL and not (telling.past or telling.quantifier or telling.subject)
        word, mark = self.name(third, language), quoted("", language)[0]
        if not plain or mark not in word.split(" ", 1)[-1][:1] + word[:1] or proposition.since or proposition.until:
            return ""
        if message(language, "language.dropsSubject"):
            word = word.removeprefix(f"{article_of(word, language)} ")
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
        # `reports on the fee` would not tell whether it was paid.
        bare = (
            kinds.is_a(self.case.actors[event].kind, {"payment"}) and len(self.name(event, language).split()) <= _BARE
        )
        return self._reported_name(event, telling.speaker, language) if press and not bare else ""

    def _reported_name(self, event: str, speaker: str, language: str) -> str:
        """The event's name; `its request`, where it is the speaker's own."""
        name = self.name(event, language)
        short = unrepeated(name, [self.name(speaker, language)], language) if speaker else name
        if short == name:
            return name
        bare = short.removeprefix(f"{article_of(short, language)} ")
        whose = event if message(language, "language.dropsSubject") else speaker
        return sentence_text(language, "own", n=2 if several(self.case.actors[whose], language) else 1, what=bare)

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
        own = all(spoken(self.case.documents[d].language) == language for d in documents if d in self.case.documents)
        if not own and all("presumed" in meanings().get(word.casefold(), ()) for word in words):
            return f", {sentence_text(language, 'seems')}"
        printed = listed([quoted(word, language) for word in words], language)
        return sentence_text(language, "qualified" if own else "original", n=len(words), words=printed)
