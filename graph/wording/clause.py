"""A proposition as a clause: subject, predicate, third place, period.

In: a proposition and how it is told (`Telling`). Out: words that may only stand behind a verb of saying or inside a
heading's own phrase, since a clause in the indicative states what it says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..case.model import AFFIRMING, Case, Claim, Document, Missing, Modality, Nested, Proposition, Third, Words
from ..case.values import Date, Quantity
from ..standing import Docket, Dockets
from ..vocabulary.model import Phrases, Relation, numbered
from ..words import contracted, languages, message
from .names import inline, label, quoted, sentence_text, several

#: The parts of `Phrases` that a telling may name.
_PARTS = ("accepted", "said", "denied")
#: The moods of the verb after an accusation, and after a denial or a doubt.
_MOODS = ("alleged", "opposed")


@dataclass(frozen=True, slots=True)
class Telling:
    """How a proposition is told.

    `phrase` is a part of `Phrases`, a mood or a modality; `subject` what stands for the subject that was named just
    before (`it`; nothing in Spanish), None for its name; `asking` leaves the third place to the question.
    """

    phrase: str = "accepted"
    asking: bool = False
    subject: str | None = None
    quantifier: str = ""
    about: bool = False
    modality: Modality = Modality.ACTUAL


PLAIN = Telling()


class Clauses:
    """The clauses of one case, each made once."""

    def __init__(self, case: Case, dockets: Dockets) -> None:
        self.case = case
        self.dockets = dockets
        self.claims = {claim.iri: claim for claim in case.claims}
        # What many sentences share is made once: a name, and the clause of what is said.
        self.names: dict[str, dict[str, str]] = {language: {} for language in languages()}
        self.made: dict[tuple[Proposition, str, Telling], str] = {}

    # --- names

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

    def third(self, third: Third, language: str) -> str:
        """What stands in third place, in words, as a label of its own."""
        match third:
            case None:
                return ""
            case str():
                return self.name(third, language)
            case Words():
                return quoted(third.text, language)
            case Date():
                return third.label(language)
            case Missing():
                return self._missing(third, language, "")
            case Nested():
                return self.nested(third.iri, language, sentence_text(language, "claimThat"))
            case Quantity():
                return self._figure(third, language)

    def _missing(self, missing: Missing, language: str, who: str) -> str:
        """`something kept secret`; with `who`, `somebody who is not named`."""
        if missing.withheld and missing.by:
            actor = self.case.actors.get(missing.by)
            number = 2 if actor and several(actor, language) else 1
            return sentence_text(language, f"secretBy{who}", n=number, who=self.name(missing.by, language))
        return sentence_text(language, f"{'secret' if missing.withheld else 'unknown'}{who}")

    def _figure(self, quantity: Quantity, language: str, *, inside: bool = False, about: bool = False,
                unit: bool = True) -> str:  # fmt: skip
        nodes = (quantity.counts, quantity.share_of, *quantity.per)
        names = {node: self.name(node, language) for node in nodes if node and node in self.case.actors}
        words = quantity.label(language, self.case.vocabulary.units, names, inside=inside, about=about, unit=unit)
        return contracted(words, language)

    # --- the clause

    def core(self, proposition: Proposition, language: str, telling: Telling = PLAIN) -> str:
        """Subject, phrase, third place, period: `the CECOT bars visits`."""
        key = (proposition, language, telling)
        known = self.made.get(key)
        if known is None:
            known = self.made[key] = self._core(proposition, language, telling)
        return known

    def _core(self, proposition: Proposition, language: str, telling: Telling) -> str:
        relation = self.case.vocabulary.relations[proposition.relation]
        joined = self._joined(proposition, relation, language, telling)
        if joined:
            return contracted(joined + self._period(proposition, language), language)
        if telling.asking and language in relation.asks:
            return contracted(f"{relation.asks[language]} {self._subject(proposition, language, telling)}", language)
        turned = relation.turned.get(language)
        if turned and isinstance(proposition.third, str | Missing):
            words = self._turned(proposition, turned, language, telling)
        else:
            words = self._straight(proposition, relation, language, telling)
        return contracted(words + self._period(proposition, language), language)

    def _straight(self, proposition: Proposition, relation: Relation, language: str, telling: Telling) -> str:
        phrases = self._phrases(proposition, relation, language)
        plural = self._plural(proposition.subject, language)
        verb = self._predicate(phrases, language, telling, plural=plural)
        verb = numbered(verb, plural, personal=self._somebody(proposition.third))
        first = self._subject(proposition, language, telling)
        if isinstance(proposition.third, Date):
            verb = _dated(verb, proposition.third, language)
        if telling.asking:
            third = sentence_text(language, "unknown") if message(language, "sentence.askedInside") else ""
        else:
            verb, third = self._third_in(proposition, relation, verb, language, telling)
        first, verb = _between_commas(first, verb, language)
        return " ".join(part for part in (first, verb, third) if part)

    def _turned(self, proposition: Proposition, phrases: Phrases, language: str, telling: Telling) -> str:
        """From the third place to the subject: `El Salvador received the payment`."""
        third = proposition.third
        if self._ended(proposition):
            phrases = phrases.ended(language)
        plural = isinstance(third, str) and self._plural(third, language)
        subject = proposition.subject
        verb = self._predicate(phrases, language, telling, plural=plural)
        verb = numbered(verb, plural, personal=isinstance(subject, str) and self._somebody(subject))
        if telling.subject is not None:
            first = telling.subject
        elif telling.asking:
            first = sentence_text(language, "who")
        elif isinstance(third, Missing):
            first = self._missing(third, language, "Party")
        else:
            first = self.name(str(third), language)
        first, verb = _between_commas(first, verb, language)
        last = self._subject(proposition, language, replace(telling, subject=None))
        if isinstance(third, str):
            last = _unrepeated(last, self.name(third, language), language)
        return f"{first} {verb} {last}".lstrip()

    def leading(self, proposition: Proposition, language: str) -> Third:
        """What the clause begins with: the subject, or the third place of a relation that is told from there."""
        turned = language in self.case.vocabulary.relations[proposition.relation].turned
        if turned and isinstance(proposition.third, str | Missing):
            return proposition.third
        return proposition.subject

    def _phrases(self, proposition: Proposition, relation: Relation, language: str) -> Phrases:
        phrases = relation.phrases_in(language)
        if isinstance(proposition.subject, str):
            kind = self.case.actors[proposition.subject].kind
            fitting = (p for key, p in relation.by_kind.items() if self.case.vocabulary.is_a(kind, {key}))
            phrases = next(fitting, {}).get(language) or phrases
        return phrases.ended(language) if self._ended(proposition) else phrases

    def _predicate(self, phrases: Phrases, language: str, telling: Telling, *, plural: bool) -> str:
        if telling.phrase in _PARTS:
            return str(getattr(phrases, telling.phrase))
        if telling.phrase in _MOODS:
            if telling.modality is not Modality.ACTUAL:
                return phrases.not_yet(f"{telling.phrase}.{telling.modality}", language, plural=plural)
            mood = phrases.conditional if telling.phrase == "alleged" else phrases.subjunctive
            return mood(language)
        if telling.phrase == "wish":
            return phrases.wish(language)
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
        if telling.quantifier:
            return _of_them(telling.quantifier, name, language)
        return name

    def _without_figure(self, name: str, figure: Quantity, language: str) -> str:
        """The name without the very figure that the sentence gives: `the payment amounts to $6mn`."""
        printed = self._figure(figure, language, unit=False)
        before, of, behind = name.partition(f" {message(language, 'figure.of', what=printed)}")
        if not of:
            before, of, behind = name.partition(f" {printed}")
        # Not the beginning of a longer number or word.
        return f"{before}{behind}" if of and behind[:1] in ("", " ") else name

    def _noun(self, iri: str, language: str) -> str:
        """The name; a post that has no article of its own is `the post of secretary`."""
        name = self.name(iri, language)
        actor = self.case.actors.get(iri)
        if actor and actor.kind == "post" and not _article(name, language):
            return sentence_text(language, "post", name=name)
        return name

    def _third_in(
        self, proposition: Proposition, relation: Relation, verb: str, language: str, telling: Telling
    ) -> tuple[str, str]:
        """The predicate and what follows it."""
        third = proposition.third
        match third:
            case str():
                # Whoever holds a post is what it says: no "the post of".
                return verb, self.name(third, language) if relation.third == {"post"} else self._noun(third, language)
            case Nested():
                clause = relation.clause.get(language) or sentence_text(language, "claimThat")
                words = self.nested(third.iri, language, clause)
                if clause in message(language, "language.that").split() and words.startswith(f"{clause} "):
                    verb = _without_preposition(verb, language)
                return verb, words
            case Quantity():
                unit = not (relation.unit_understood and third.unit == relation.counts)
                unit = unit and not self._unit_named(proposition, third, language)
                return verb, self._figure(third, language, inside=True, about=telling.about, unit=unit)
            case Missing() if relation.takes == {"quantity"}:
                return verb, self._missing(third, language, "Amount")
            case _:
                return verb, self.third(third, language)

    def _unit_named(self, proposition: Proposition, figure: Quantity, language: str) -> bool:
        """Whether the subject's name says already what is counted: `the deaths come to 261`."""
        if not figure.unit or figure.unit == "percent" or not isinstance(proposition.subject, str):
            return False
        unit = self.case.vocabulary.units[figure.unit]
        words = self.name(proposition.subject, language).split()
        return any(unit.named(language, many=many) in words for many in (False, True))

    def _somebody(self, third: Third) -> bool:
        """Whether the third place is somebody who can act, before whom Spanish puts an `a`."""
        return isinstance(third, str) and self.case.vocabulary.kinds[self.case.actors[third].kind].agent

    def _plural(self, end: str | Nested, language: str) -> bool:
        return isinstance(end, str) and several(self.case.actors[end], language)

    # --- statements inside statements

    def nested(self, iri: str, language: str, clause: str) -> str:
        """A statement as a part of another one, as what those who speak of it hold it to be.

        Of an event that occurred, its name is enough: `the alleged payment of March`.
        """
        proposition = self.case.propositions[iri]
        docket = self.dockets.by_proposition[iri]
        if proposition.relation == "occurred" and isinstance(proposition.subject, str):
            event = self._event(proposition.subject, docket, language)
            if event:
                return event
        modality = best_modality(docket) if any(s.affirming for s in docket.standings) else self._spoken(docket)
        inner = Telling("wish") if clause.endswith("…") else Telling(phrase_of(modality))
        return f"{clause.removesuffix('…')} {self.core(proposition, language, inner)}"

    def _spoken(self, docket: Docket) -> Modality:
        spoken = (self.dockets.modality[claim] for claim in docket.claims)
        return min(spoken, key=lambda modality: modality.rank, default=Modality.ACTUAL)

    def _event(self, iri: str, docket: Docket, language: str) -> str:
        """`the harbour dinner`, `the alleged payment`; empty where the name has no room for that."""
        name = self.name(iri, language)
        mark = _mark(docket)
        if not mark:
            return name
        article = _article(name, language)
        if not article:
            return ""
        word = agreeing(sentence_text(language, f"event.{mark}"), article, language)
        return f"{article} {word} {name[len(article) + 1 :]}"

    def _joined(self, proposition: Proposition, relation: Relation, language: str, telling: Telling) -> str:
        """`A because B`, where those who give the reason also say A; empty where that would put words into mouths."""
        joint = relation.joins.get(language)
        first, last = proposition.subject, proposition.third
        if not joint or telling.phrase != "accepted" or not isinstance(first, Nested) or not isinstance(last, Nested):
            return ""
        speakers = {claim.originator for claim in self._affirming(proposition.iri)}
        if not speakers <= {claim.originator for claim in self._affirming(first.iri)}:
            return ""
        docket = self.dockets.by_proposition[first.iri]
        before = self.core(self.case.propositions[first.iri], language, Telling(phrase_of(best_modality(docket))))
        condition = bool(relation.clause.get(language))
        if joint.endswith("…"):
            inner = Telling("wish" if condition else "opposed")
        else:
            inner = PLAIN if condition else Telling(phrase_of(self._held(last.iri)))
        after = self.core(self.case.propositions[last.iri], language, inner)
        space = "" if joint.startswith(",") else " "
        return f"{before}{space}{joint.removesuffix('…')} {after}"

    def _held(self, iri: str) -> Modality:
        docket = self.dockets.by_proposition[iri]
        return best_modality(docket) if docket.affirmed_by else self._spoken(docket)

    def _affirming(self, iri: str) -> list[Claim]:
        docket = self.dockets.by_proposition[iri]
        return [self.claims[claim] for claim in docket.claims if self.claims[claim].stance in AFFIRMING]

    # --- periods

    def _ended(self, proposition: Proposition) -> bool:
        """Whether its period was over when it was published: it is then told in the past."""
        until = proposition.until
        published = [day.earliest for day in self._published(proposition)]
        return until is not None and bool(published) and until.latest < min(published)

    def _published(self, proposition: Proposition) -> list[Date]:
        """When the documents came out that speak of it."""
        docket = self.dockets.by_proposition.get(proposition.iri)
        documents = {self.claims[claim].document for claim in docket.claims} if docket else set()
        return [d.published for d in map(self.case.documents.get, documents) if d and d.published]

    def _period(self, proposition: Proposition, language: str) -> str:
        since, until = proposition.since, proposition.until
        bound = since or until
        if bound is None:
            return ""
        if bound.open and not (since and until):
            # What was over when it came out is told in the past, which says so.
            formerly = {f"before {day.printed}" for day in self._published(proposition)} == {bound.printed}
            return "" if formerly else f" {bound.label(language)}"
        if since == until and since is not None:
            if "/" in since.printed:
                return f" ({since.label(language)})"
            word = message(language, "language.onDay" if _is_day(since) else "language.inPeriod")
            return f" {word} {since.label(language)}"
        key = "between" if since and until else "since" if since else "until"
        return " " + message(
            language,
            f"date.{key}",
            since=_when(since, language) if since else "",
            until=_when(until, language) if until else "",
        )


def _is_day(day: Date) -> bool:
    return len(day.printed) >= 10 and "/" not in day.printed


def _when(day: Date, language: str) -> str:
    """`28 March 2025`; in Spanish a day has its article: `el 28 de marzo de 2025`."""
    article = message(language, "date.article") if _is_day(day) else ""
    return f"{article}{day.label(language)}"


def _dated(verb: str, day: Date, language: str) -> str:
    """`opened on` with a year is `opened in`; Spanish `se abrió en` with a day is `se abrió el`."""
    on, within = message(language, "language.onDay"), message(language, "language.inPeriod")
    wrong, right = (within, on) if _is_day(day) else (on, within)
    return verb.removesuffix(wrong) + right if verb.endswith(f" {wrong}") else verb


def _article(name: str, language: str) -> str:
    """The article that a name begins with: `the`, `la`."""
    first = name.partition(" ")[0]
    return first if first in message(language, "language.articles").split() and " " in name else ""


def _unrepeated(name: str, owner: str, language: str) -> str:
    """The name without whose it is, where that one was named just before: `El Salvador owes the public debt`."""
    for each in (owner, owner.rpartition(" ")[2]):
        owned = message(language, "language.possessive", who=each)
        if owned and name.startswith(owned):
            return f"{message(language, 'language.articles').split()[0]} {name.removeprefix(owned)}"
        bare = each.removeprefix(f"{_article(each, language)} ")
        post = each == owner and name.startswith(sentence_text(language, "post", name=""))
        of = contracted(f" {message(language, 'figure.of', what=each)}", language)
        for taken in (of, f" {bare}" if post else of):
            before, found, behind = contracted(name, language).partition(taken)
            if found and before and behind[:1] in ("", " "):
                return f"{before}{behind}"
    return name


def _without_preposition(verb: str, language: str) -> str:
    """`believes` for `believes in`: no preposition stands before `that`."""
    head, _, last = verb.rpartition(" ")
    return head if head and last in message(language, "language.prepositions").split() else verb


def agreeing(text: str, article: str, language: str) -> str:
    """The form that agrees with an article: of `presunto/presunta/presuntos/presuntas`, `presunta` after `la`."""
    forms = text.split("/")
    order = message(language, "language.articles").split()
    return forms[order.index(article) % len(forms) if article else len(forms) // 2]


def _of_them(quantifier: str, name: str, language: str) -> str:
    """`many of the people`, `many people`; `muchas de las personas`."""
    article = _article(name, language)
    words = agreeing(message(language, f"quantifier.{quantifier}"), article, language)
    return f"{words if article else _without_preposition(words, language)} {name}"


def _between_commas(first: str, verb: str, language: str) -> tuple[str, str]:
    """A subject before a verb that begins with words between commas: `el puerto, según se dice, posee`."""
    for words in filter(None, message(language, "language.commaBefore").split(", ")):
        if verb.startswith(f"{words},"):
            return (f"{first},", verb) if first else ("", verb.replace(f"{words},", words, 1))
    return first, verb


def _mark(docket: Docket) -> str:
    """What has to be said of an event that is only named: nothing when somebody says firmly that it occurred."""
    if docket.line == "accepted":
        return ""
    if not docket.affirmed_by:
        return "supposed"
    best = best_modality(docket)
    if best is not Modality.ACTUAL:
        return best.value
    return "alleged" if all(s.level != "affirmedFirmly" for s in docket.standings) else ""


def best_modality(docket: Docket) -> Modality:
    """The modality nearest to being so in which somebody affirms it."""
    return min((s.modality for s in docket.standings if s.affirming), key=lambda m: m.rank, default=Modality.ACTUAL)


def phrase_of(modality: Modality) -> str:
    """What a telling's `phrase` is for a modality."""
    return "accepted" if modality is Modality.ACTUAL else modality.value


def asks_what(proposition: Proposition) -> bool:
    """Whether a question about it asks for its third place: `[choice, because, unknown]`."""
    return isinstance(proposition.third, Missing) and not proposition.third.withheld
