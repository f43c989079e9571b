"""Names and figures as they stand in a sentence.

In: the actors of a case. Out: words that a clause is made of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ..case.model import Case, Document, Missing, Nested, Proposition, Third
from ..case.values import Quantity
from ..words import ENGLISH, contracted, languages, message, words_of
from .names import inline, label, sentence_text, several
from .nouns import article_of, family_name, noun_of, possessive, unrepeated
from .remembered import remembered

_COMPANY = frozenset({"company"})
_COUNTRY = frozenset({"state"})
#: What takes place on a day, or was made on one.
_DATED = frozenset({"event", "agreement", "offer", "payment", "order", "law", "document", "proceeding"})
#: How often a name stands in a text in which it can be shorter.
_AGAIN = 2


class Naming:
    """What the actors, things and figures of one case are called in sentences."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.names: dict[str, dict[str, str]] = {language: {} for language in languages()}
        self.remembered: dict[tuple[Any, ...], Any] = {}
        self.shortened = [actor.iri for actor in case.actors.values() if actor.short]
        people = [actor for actor in case.actors.values() if actor.kind == "person"]
        self.companies = {actor.iri for actor in case.actors.values() if self._is_company(actor.iri)}
        self.countries = [actor.iri for actor in case.actors.values() if case.vocabulary.is_a(actor.kind, _COUNTRY)]
        #: In how many people's names a word stands.
        self.bearers = Counter(word for actor in people for word in set(label(actor, ENGLISH).split()))

    def name(self, iri: str, language: str) -> str:
        """An actor or a thing as it stands in a sentence."""
        known = self.names[language].get(iri)
        if known is None:
            actor = self.case.actors.get(iri)
            known = self.names[language][iri] = inline(actor, language) if actor else iri
        return known

    def document(self, document: Document, language: str) -> str:
        """`bne IntelliNews, 17 March 2025`: publisher and date, never the headline."""
        publisher = label(self.case.actors[document.publisher], language)
        return f"{publisher}, {document.published.label(language)}" if document.published else publisher

    def _missing(self, missing: Missing, language: str, who: str, speaker: str = "") -> str:
        """`something kept secret`; with `who`, `somebody who is not named`. Who speaks of itself is `it`."""
        if missing.withheld and missing.by:
            actor = self.case.actors.get(missing.by)
            number = 2 if actor and several(actor, language) else 1
            by = self.again(missing.by, language) if missing.by == speaker else None
            name = self.name(missing.by, language) if by is None else by
            return sentence_text(language, f"secretBy{who}", n=number, who=name).replace("  ", " ")
        return sentence_text(language, f"{'secret' if missing.withheld else 'unknown'}{who}")

    def _no_sum(self, proposition: Proposition, speaker: str, language: str) -> str:
        """`no se ha revelado el importe de la compra`; empty where a language says it of the purchase itself."""
        missing, thing = proposition.third, proposition.subject
        if not isinstance(missing, Missing) or not isinstance(thing, str):
            return ""
        what = self._sum_of(thing, language)
        if missing.withheld and missing.by:
            return self._kept_by(missing.by, "secretByWho", what, speaker, language)
        return sentence_text(language, "sumSecret" if missing.withheld else "sumUnknown", what=what)

    def _kept_by(self, who: str, key: str, what: str, speaker: str, language: str) -> str:
        """`Norvik does not disclose the price`; who speaks of itself is `it`."""
        actor = self.case.actors.get(who)
        number = 2 if actor and several(actor, language) else 1
        by = self.again(who, language) if who == speaker else None
        name = self.name(who, language) if by is None else by
        return sentence_text(language, key, n=number, who=name, what=what).lstrip()

    def _sum_of(self, thing: str, language: str) -> str:
        """`the price`, `the amount of the payment`."""
        name = self.name(thing, language)
        sums = noun_of(name, language) in words_of(language, "nouns.sums")
        return name if sums else sentence_text(language, "sum", what=name)

    def again(self, iri: str, language: str) -> str | None:
        """How somebody just named is named again: `it`, `they`, `Leavitt`; nothing in Spanish; None for the name."""
        if message(language, "language.dropsSubject"):
            return ""
        actor = self.case.actors[iri]
        if actor.pronoun:
            return sentence_text(language, f"pronoun.{actor.pronoun}")
        if actor.kind == "person":
            return actor.short or family_name(actor, language) or None
        return sentence_text(language, "itself", n=2 if several(actor, language) else 1)

    def _object(self, iri: str, language: str) -> str:
        """The same behind a verb: `owns it`, `appointed Leavitt`; empty for the name."""
        actor = self.case.actors[iri]
        if actor.pronoun:
            return sentence_text(language, f"pronounObject.{actor.pronoun}")
        if self._is_company(iri):
            masculine = label(actor, language).partition(" ")[0] in message(language, "language.companies").split()
            return sentence_text(language, f"pronounObject.{'he' if masculine else 'company'}")
        if message(language, "language.dropsSubject") and not self._somebody(iri):
            article = article_of(self.name(iri, language), language)
            return {"el": "lo"}.get(article, article)
        if actor.kind == "person":
            return self.again(iri, language) or ""
        return sentence_text(language, "object", n=2 if several(actor, language) else 1)

    def _gender(self, iri: str, language: str) -> str:
        """The article of a name, or the one that it would have: `la` of a company; empty where nothing tells."""
        article = article_of(self.name(iri, language), language) or self._object(iri, language)
        return f"{article}s" if article and self._plural(iri, language) and not article.endswith("s") else article

    def named_once(self, text: str, iris: Iterable[str | None], language: str) -> str:
        """The text with the full name of each at its first place only, and behind it the shorter one it goes by."""
        for iri in dict.fromkeys((*iris, *self.shortened)):
            actor = self.case.actors.get(iri or "")
            if actor is None or text.count(name := self.name(actor.iri, language)) < _AGAIN:
                continue
            if short := actor.short or self._family(actor.iri, language):
                before, first, behind = text.partition(name)
                text = before + first + short.join(re.split(rf"(?<!\w){re.escape(name)}(?!\w)", behind))
        return text

    @remembered
    def _family(self, iri: str, language: str) -> str:
        """The family name, where nobody else in the case has it in theirs."""
        actor = self.case.actors[iri]
        family = family_name(actor, language)
        return family if all(self.bearers[word] == 1 for word in family.split()) else ""

    def _figure(self, quantity: Quantity, language: str, *, inside: bool = False, about: str = "",
                unit: bool = True) -> str:  # fmt: skip
        nodes = (quantity.counts, quantity.share_of, *quantity.per)
        names = {node: self.name(node, language) for node in nodes if node and node in self.case.actors}
        words = quantity.label(language, self.case.vocabulary.units, names, inside=inside, about=about, unit=unit)
        return contracted(words, language)

    def _stake(self, figure: str, company: str, language: str) -> str:
        """`a stake of 20% in Norvik`, for `20% of Norvik`."""
        whole, part = (
            contracted(message(language, f"figure.{key}", what=self.name(company, language)), language)
            for key in ("of", "stakeIn")
        )
        return f"{figure.removesuffix(whole)}{part}"

    def _without_figure(self, name: str, figure: Quantity, language: str) -> str:
        """The name without the very figure that the sentence gives: `the payment amounts to $6mn`."""
        printed = self._figure(replace(figure, per=()), language, unit=False)
        before, of, behind = name.partition(f" {message(language, 'figure.of', what=printed)}")
        if not of:
            before, of, behind = name.partition(f" {printed}")
        # Not the beginning of a longer number or word.
        return f"{before}{behind}" if of and behind[:1] in ("", " ") else name

    def _short(self, iri: str, name: str, others: list[str], language: str) -> str:
        """A thing's name without whom the sentence names anyway: `his ties`; nobody who can act loses a part of it."""
        if self._somebody(iri):
            return name
        for other in others:
            actor, whole = self.case.actors[other], self.name(other, language)
            for owner in (whole, whole.rpartition(" ")[2]):
                whose = possessive(owner, language)
                if actor.pronoun and whose and name.startswith(whose):
                    rest = name.removeprefix(whose)
                    return sentence_text(language, f"possessive.{actor.pronoun}", what=rest)
        return unrepeated(name, [self.name(other, language) for other in others], language)

    def _noun(self, iri: str, language: str) -> str:
        """The name; a post that has no article of its own is `the post of secretary`."""
        name = self.name(iri, language)
        actor = self.case.actors.get(iri)
        if actor and actor.kind == "post" and not article_of(name, language):
            return sentence_text(language, "post", name=name)
        return name

    def _unit_named(self, proposition: Proposition, figure: Quantity, language: str) -> bool:
        """Whether what is counted goes without saying: it is the subject itself, as in `the deaths come to 261`."""
        if figure.unit == "units":
            return True
        if not figure.unit or figure.unit == "percent" or not isinstance(proposition.subject, str):
            return False
        unit = self.case.vocabulary.units[figure.unit]
        words = self.name(proposition.subject, language).split()
        return any(unit.named(language, many=many) in words for many in (False, True))

    def _somebody(self, third: Third) -> bool:
        """Whether the third place is somebody who can act, before whom Spanish puts an `a`."""
        return isinstance(third, str) and self.case.vocabulary.kinds[self.case.actors[third].kind].agent

    @remembered
    def _country_in(self, name: str, language: str) -> str:
        """The country that a name names: `El Salvador`, of `El Salvador's operation`; empty for none, or several."""
        named = [self.name(iri, language) for iri in self.countries]
        found = [each for each in named if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", name)]
        return found[0] if len(found) == 1 else ""

    def _is_company(self, iri: str) -> bool:
        return self.case.vocabulary.is_a(self.case.actors[iri].kind, _COMPANY)

    def _by_kind_again(self, answers: list[str], named: Iterable[str | None], language: str) -> list[str]:
        """`the company denies this`, where only one company is named, and was before."""
        if not answers:
            return answers
        companies = {iri for iri in named if iri and self._is_company(iri)}
        if len(companies) != 1:
            return answers
        name, company = self.name(companies.pop(), language), sentence_text(language, "company")
        return [f"{company}{text.removeprefix(name)}" if text.startswith(f"{name} ") else text for text in answers]

    def _is_a_thing(self, third: Third) -> bool:
        """Whether it is an event or another thing that may have a date of its own."""
        if not isinstance(third, str) or self._somebody(third):
            return False
        return self.case.vocabulary.is_a(self.case.actors[third].kind, _DATED)

    def _one_facility(self, iri: str, language: str) -> bool:
        kinds = self.case.vocabulary
        return kinds.is_a(self.case.actors[iri].kind, {"facility"}) and not self._plural(iri, language)

    def _plural(self, end: str | Nested, language: str) -> bool:
        return isinstance(end, str) and several(self.case.actors[end], language)
