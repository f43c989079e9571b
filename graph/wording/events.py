"""An event told as a whole: `Norrland bought the line on 28 February for €9mn`, and not part by part.

In: what claims say of an event. Out: one sentence for those who share whose they are, how they are held, their source,
time and hedges, and the claims that it tells. What differs in any of these stays a sentence of its own, so that no part
is told more firmly, or by somebody else, than its statement has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

from ..case.model import AFFIRMING, Case, Claim, Missing, Modality, Proposition, Stance
from ..case.values import Date, Quantity
from ..standing import Docket, Dockets
from ..words import contracted, listed, message, section_of
from .hedges import rounding
from .names import prepositions
from .nouns import agreeing, article_of, before_prepositions, noun_of, unrepeated, without_its_article
from .passed import handed_on
from .periods import on
from .remembered import remembered
from .told import Told, commas, position

#: Which part the sentence begins with, the first that there is one of; all others stand behind it.
_HEADS = (
    "buyer", "payer", "moved", "debtor", "visitor", "offeror", "brought-by", "issued-by", "awarded-by", "awarded-to",
    "operator", "signatory", "party", "participant", "seller", "payee", "organiser", "occurred",
)  # fmt: skip
#: Of these several begin it together: `Ruiz and the mayor attended the meeting`.
_TOGETHER = frozenset({"moved", "signatory", "party", "participant"})
#: What stands only behind those who were moved: nothing `took place from` somewhere.
_WITH_MOVED = frozenset({"sender", "departed-from", "destination"})
#: Nouns of which the sum stands right behind: `the payment of €9mn to Holm`, but `bought the line for €9mn`.
_SUMS = ("payment", "debt")
#: How a denial of what somebody did begins.
_DONE = ("having ", "haber")
#: How the denial of what others expect is told.
_UNLIKELY = "expectsNot"


@dataclass(frozen=True, slots=True)
class Whole:
    """What one sentence tells: its claims, the key of its verb, and what stands behind that."""

    claims: tuple[str, ...]
    how: str
    what: str


class Events(Told):
    """Sentences that tell an event with its parts."""

    def __init__(self, case: Case, dockets: Dockets) -> None:
        super().__init__(case, dockets)
        #: Claim → what the same words can also mean.
        self.readings: dict[str, set[str]] = {}
        for claim in case.claims:
            for other in claim.alternative_of:
                self.readings.setdefault(claim.iri, set()).add(other)
                self.readings.setdefault(other, set()).add(claim.iri)
        #: Event → what is said of it, in the order of the case.
        self.parts: dict[str, list[Proposition]] = {}
        told = {*_HEADS, *besides("en")}
        for proposition in case.propositions.values():
            if proposition.relation in told and isinstance(proposition.subject, str):
                self.parts.setdefault(proposition.subject, []).append(proposition)

    @remembered
    def wholes(self, event: str, language: str) -> list[Whole]:
        """The sentences that tell several parts of an event at once; parts that none of them tells are not in them."""
        groups: dict[tuple[object, ...], list[Claim]] = {}
        for claim in self._of(event):
            proposition = self.case.propositions[claim.proposition]
            plain = self._plain(claim) and self._plainly_held(proposition)
            if plain and not self._on_condition(proposition, [claim.iri], language):
                groups.setdefault(self._alike(claim), []).append(claim)
        made = (self._composed(event, claims, language) for claims in groups.values())
        return [whole for whole in made if whole]

    def _of(self, event: str) -> list[Claim]:
        """What claims say of an event, as a reader meets them."""
        dockets = (self.dockets.by_proposition.get(part.iri) for part in self.parts.get(event, ()))
        claims = (self.claims[iri] for docket in dockets if docket for iri in docket.claims)
        return sorted(claims, key=position)

    def _told_whole(self, whole: Whole, language: str) -> str:
        """The sentence, without what answers it."""
        claim = self.claims[whole.claims[0]]
        hedges = self._worded(self._left_to_say(claim, self.dockets.modality[claim.iri]), {claim.document}, language)
        return self._told(whole.claims[:1], language, whole.how, whole.what) + hedges

    # --- what may be told together

    def _plainly_held(self, proposition: Proposition) -> bool:
        """Whether nothing has to be said of it that has no place in a longer sentence."""
        docket = self.dockets.by_proposition[proposition.iri]
        decided = docket.decision is not None
        narrowed = proposition.since or proposition.until or proposition.iri in self.narrower
        conditional = proposition.iri in self.conditions
        return not (decided or narrowed or conditional or docket.whole_opposed_by or docket.rivals)

    def _plain(self, claim: Claim) -> bool:
        aside = claim.implied or claim.inferred or claim.retraction or claim.quantifier or claim.iri in self.readings
        return claim.stance in AFFIRMING and not aside and not any(hop.implied for hop in claim.chain)

    def _alike(self, claim: Claim) -> tuple[object, ...]:
        """What claims of one sentence share."""
        modality = self.dockets.modality[claim.iri]
        stated = claim.stance is Stance.ASSERTED and modality is Modality.ACTUAL
        return (
            claim.stance, modality, claim.chain, claim.speaks_for, claim.reportedly, claim.said, claim.document,
            tuple(self._left_to_say(claim, modality)),
            # What may be, or is only alleged, may be so in each part by itself: said in one place, it is said of all.
            "" if stated else claim.passage.iri,
        )  # fmt: skip

    # --- the sentence

    def _composed(self, event: str, claims: Sequence[Claim], language: str) -> Whole | None:
        """One sentence for claims that are alike; None where it would tell one part only."""
        found: dict[str, list[tuple[Claim, Proposition]]] = {}
        for claim in claims:
            proposition = self.case.propositions[claim.proposition]
            found.setdefault(proposition.relation, []).append((claim, proposition))
        for head in _HEADS:
            parts = found.get(head, [])
            if parts and (len(parts) == 1 or head in _TOGETHER):
                begun = self._begun(parts, language)
                if begun is not None:
                    rest = {relation: those for relation, those in found.items() if relation != head}
                    return self._gone_on(event, parts, begun, rest, language)
        return None

    def _begun(self, parts: Sequence[tuple[Claim, Proposition]], language: str) -> tuple[str, str] | None:
        """The verb and the clause that the sentence begins with; None where it says less than its claims."""
        claim, proposition = parts[0]
        stance, modality = claim.stance, self.dockets.modality[claim.iri]
        if proposition.relation == "occurred":
            telling = self._telling(stance, proposition, modality, [claim.iri], language)
            return f"says.{self._held_how(stance, [claim])}", self.core(proposition, language, telling)
        if len(parts) == 1:
            return self._said(stance, proposition, modality, [claim.iri], language)
        named = [part.third for _, part in parts if isinstance(part.third, str)]
        turned = all(self.leading(part, language) == part.third for _, part in parts)
        if stance is not Stance.ASSERTED or not turned or len(named) < len(parts) or claim.originator in named:
            return None
        names = [
            self._people_of(iri, self.name(iri, language), part, language)
            for iri, (_, part) in zip(named, parts, strict=True)
        ]
        telling = self._telling(stance, proposition, modality, [claim.iri], language)
        telling = replace(telling, subject=listed(names, language), many=True)
        # A participle agrees with all of them: only where each is feminine it is.
        genders = {
            agreeing(_GENDERS, article_of(self.name(str(part.third), language), language), language): part
            for _, part in parts
        }
        what = self.core(genders.get("m", proposition), language, telling)
        return f"says.{stance.value}", unrepeated(what, [listed(names, language)], language)

    def _gone_on(
        self, event: str, parts: Sequence[tuple[Claim, Proposition]], begun: tuple[str, str],
        found: dict[str, list[tuple[Claim, Proposition]]], language: str,
    ) -> Whole | None:  # fmt: skip
        """The clause with the other parts behind it, in the order of the file of words."""
        how, what = begun
        told = [claim.iri for claim, _ in parts]
        behind: list[str] = []
        taken_for_granted = [claim.iri for claim, _ in found.get("occurred", ())]
        for relation in besides(language):
            rows = found.get(relation, [])
            if relation in _WITH_MOVED and parts[0][1].relation != "moved":
                continue
            if rows and (words := self._beside_it(event, relation, rows, what, language)) is not None:
                what, text = words
                behind += [text] if text else []
                told += [claim.iri for claim, _ in rows]
        if len(told) < _SEVERAL:
            return None
        if parts[0][1].relation == "occurred" and what == begun[1] and not behind:
            return None
        text = contracted(commas(" ".join([what, *behind])).rstrip(","), language)
        return Whole((*told, *taken_for_granted), how, text)

    def _beside_it(
        self, event: str, relation: str, rows: Sequence[tuple[Claim, Proposition]], what: str, language: str
    ) -> tuple[str, str] | None:
        """The clause, and what stands behind it for these parts; nothing where it names them already.

        None where they cannot stand there: whoever speaks would be named as somebody else.
        """
        name = self.name(event, language)
        pattern = _pattern(relation, name, language)
        thirds = [proposition.third for _, proposition in rows]
        if any(claim.originator in thirds for claim, _ in rows):
            return None
        claim, proposition = rows[0]
        match proposition.third:
            case str():
                names = [self._noun(str(third), language) for third in thirds]
                # Of `el hospital` the clause has `al hospital`.
                plain = contracted(what, language)
                held = all(each in what or contracted(f"a {each}", language)[1:] in plain for each in names)
                if held and all(unrepeated(name, [each], language) != name for each in names):
                    return what, ""
                alike = all(isinstance(third, str) for third in thirds) and not any(each in what for each in names)
                # `the protest against the purchase` is against that, whatever it is called in full.
                _, against, called = name.partition(f" {pattern.partition('{')[0]}")
                if called and len(names) == 1 and names[0].startswith(f"{called} ") and called in what:
                    return what, ""
                if not alike or against:
                    return None
                words = listed(names, language)
            case Date() as day if len(rows) == 1:
                words = day.label(language) if day.open else on(day, language)
            case Quantity() as figure if len(rows) == 1:
                return self._with_figure(event, claim, figure, pattern, what, language)
            case Missing() as missing if len(rows) == 1:
                amount = self.case.vocabulary.relations[relation].takes == {"quantity"}
                if amount and self.case.vocabulary.is_a(self.case.actors[event].kind, _SUMS):
                    return what, self._missing(missing, language, "Whose", claim.originator or "")
                words = self._missing(missing, language, "Amount" if amount else "Party", claim.originator or "")
            case _:
                return None
        return (what, _agreeing(pattern, name, language).replace("{what}", words)) if pattern else None

    def _with_figure(
        self, event: str, claim: Claim, figure: Quantity, pattern: str, what: str, language: str
    ) -> tuple[str, str] | None:
        """`made the payment of about €9mn`: a sum goes with its noun, where the clause has it."""
        without = self._without_figure(what, figure, language)
        if not pattern or (without != what and figure.per):
            return None
        words = pattern.replace("{what}", self._figure(figure, language, inside=True, about=rounding([claim])))
        if without == what:
            if not self.case.vocabulary.is_a(self.case.actors[event].kind, _SUMS):
                return what, words
            return _sum_at_its_noun(what, noun_of(self.name(event, language), language), words, language), ""
        if not claim.approximate:
            return what, ""
        # What rounds it has to stand where the figure stood.
        return (without, words) if what.startswith(without) else None

    # --- for the heading and the summary of an event

    def _as_wholes(self, docket: Docket, language: str) -> tuple[list[str], list[str], list[str]]:
        """Of a relationship that says that an event took place: its sentences, what answers them, and whose are left.

        Nothing of an event that somebody denies or doubts: what they deny would be all of it.
        """
        proposition = self.case.propositions[docket.proposition]
        affirming = sorted(docket.affirmed_by, key=lambda iri: position(self.claims[iri]))
        aside = docket.opposed_by or docket.whole_opposed_by or docket.decision or set(docket.claims) != {*affirming}
        if proposition.relation != "occurred" or aside or not isinstance(proposition.subject, str):
            return [], [], affirming
        texts: list[str] = []
        answers: list[str] = []
        left = list(affirming)
        for whole in self.wholes(proposition.subject, language):
            if own := {*whole.claims} & {*affirming}:
                texts.append(self._told_whole(whole, language))
                left = [iri for iri in left if iri not in own]
                answers += self._answers_to_parts(whole.claims, language)
        return (
            [*texts, *self._also(proposition, left if texts else [], language)],
            list(dict.fromkeys(answers)),
            ([] if texts else left),
        )

    def _is_one_whole(self, docket: Docket, language: str) -> bool:
        """Whether one sentence tells the event, so that it can be its heading."""
        if self.case.propositions[docket.proposition].relation != "occurred":
            return False
        if not self._as_wholes(docket, language)[0]:
            return False
        wholes = self.wholes(str(self.case.propositions[docket.proposition].subject), language)
        return sum(1 for whole in wholes if {*whole.claims} & {*docket.affirmed_by}) == 1

    def _also(self, proposition: Proposition, claims: Sequence[str], language: str) -> list[str]:
        """Who else says that it took place, and no more: `Norrland says that the purchase went ahead`."""
        groups: dict[tuple[Stance, Modality], list[str]] = {}
        for iri in claims:
            groups.setdefault((self.claims[iri].stance, self.dockets.modality[iri]), []).append(iri)
        name = self.name(str(proposition.subject), language)
        article = article_of(name, language)
        short = f"{article} {noun_of(name, language)}" if article else name
        texts = []
        for (stance, modality), those in groups.items():
            how, what = self._said(stance, proposition, modality, those, language)
            telling = self._telling(stance, proposition, modality, those, language)
            if how == f"says.{stance.value}" and not telling.quantifier:
                what = self.core(proposition, language, replace(telling, subject=short))
            texts.append(self._told(those, language, how, what))
        return texts

    def _answers_to_parts(self, claims: Iterable[str], language: str) -> list[str]:
        """In full what is denied of a part, left open or not answered: `this` would be the whole."""
        dockets = [
            self.dockets.by_proposition[iri] for iri in dict.fromkeys(self.claims[iri].proposition for iri in claims)
        ]
        texts = [text for docket in dockets for text in self._opposed(docket, language, set())]
        for docket, stance in product(dockets, (Stance.ASKED, Stance.DECLINED)):
            those = [one for one in docket.claims if self.claims[one].stance is stance and self.claims[one].counted]
            if those:
                proposition = self.case.propositions[docket.proposition]
                modality = self.dockets.modality[those[0]]
                texts.append(self._told(those, language, *self._said(stance, proposition, modality, those, language)))
        return texts

    def _opposed(self, docket: Docket, language: str, stated: set[Modality]) -> list[str]:
        """`the authority denies it`, or what it denies in full where that is not what was just stated."""
        if not docket.opposed_by:
            return []
        proposition = self.case.propositions[docket.proposition]
        answers = []
        for stance in (Stance.DENIED, Stance.CONTESTED):
            for modality in Modality:
                claims = [
                    iri
                    for iri in docket.opposed_by
                    if self.claims[iri].stance is stance and self.dockets.modality[iri] is modality
                ]
                if not claims:
                    continue
                if stated == {modality} and modality is Modality.EXPECTED and stance is Stance.DENIED:
                    # Who does not share an expectation denies nothing yet.
                    answers.append(self._told(claims, language, f"answers.{_UNLIKELY}"))
                elif stated == {modality} and not self._unclear(docket, claims):
                    answers += self._answering(claims, docket, stance, language)
                else:
                    thing = not self._somebody(self.leading(proposition, language))
                    said = self._said(stance, proposition, modality, claims, language, again=thing)
                    if said[0] == "says.deniesDoing" and stated == {Modality.ACTUAL} and said[1].startswith(_DONE):
                        said = ("says.deniesDoneSo", "")
                    full = self._told(claims, language, *said)
                    answers.append(full if self._speakers(claims, language) else full[:1].lower() + full[1:])
        return answers

    def _unclear(self, docket: Docket, claims: Iterable[str]) -> bool:
        """Whether `denies this` would not tell what: it could be what somebody passed on, or that they did."""
        turned = {self.claims[iri].originator for iri in claims} & {*self._own_words(docket)}
        return not turned and any(handed_on(self.claims[iri]) for iri in (*docket.affirmed_by, *claims))

    def _named_with_parts(self, docket: Docket) -> list[str | None]:
        """Who has a part in the event that a relationship says took place, or denies one; its sentence names them."""
        proposition = self.case.propositions[docket.proposition]
        if proposition.relation != "occurred" or not isinstance(proposition.subject, str):
            return []
        parts = self.parts.get(proposition.subject, ())
        dockets = (self.dockets.by_proposition.get(part.iri) for part in parts)
        deniers = [self.claims[iri].originator for part in dockets if part for iri in part.opposed_by]
        return [*deniers, *(part.third for part in parts if isinstance(part.third, str))]


#: A sentence of one part is that of its statement.
_SEVERAL = 2


@cache
def besides(language: str) -> tuple[str, ...]:
    """The relations that have a place behind a clause, in the order in which they stand there."""
    return tuple(section_of(language, "beside"))


@cache
def _rows(relation: str, language: str) -> dict[str, str]:
    """Noun → how a part stands behind a clause about such an event; `*` for all other nouns."""
    rows = section_of(language, "beside").get(relation, "").split("; ")
    pairs = (row.rpartition("=") for row in rows if row)
    return {noun: words.strip() for nouns, _, words in pairs for noun in (nouns.split() or [_ANY])}


_ANY = "*"
#: What tells the gender of an article.
_GENDERS = "m/f/m/f"


def _pattern(relation: str, name: str, language: str) -> str:
    """`for {what}`, empty where such an event has no place for it."""
    rows = _rows(relation, language)
    bare = without_its_article(name, language)
    noun = next((word for word in before_prepositions(bare, language) if word in rows), _ANY)
    return rows.get(noun, "")


def _sum_at_its_noun(what: str, noun: str, words: str, language: str) -> str:
    """`the detention fee of €9`, `la tarifa de reclusión, de 9 euros,`: no other noun is said to be as much."""
    before, found, after = f"{what} ".partition(f" {noun} ")
    if not found:
        return f"{what} {words}"
    if message(language, "language.nounLast"):
        return f"{before}{found}{words} {after}".rstrip()
    return f"{what}, {words}," if {*after.split()} & prepositions(language) else f"{what} {words}"


def _agreeing(pattern: str, name: str, language: str) -> str:
    """`, avalada por {what}` of a purchase."""
    article = article_of(name, language)
    return re.sub(r"\w+/\S+", lambda match: agreeing(match[0], article, language), pattern)
