"""The sentences people read, in English and Spanish.

In: a case and its dockets. Out: names, headings, and sentences in which nothing that was only said is stated. Whatever
is shown of a relationship is made here, from the phrases of the vocabulary, so that there is one place to read through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from .case.model import Actor, Case, Claim, Document, Missing, Modality, Nested, Proposition, Stance, Third, Words
from .case.values import Date, Quantity
from .standing import Docket, Dockets
from .vocabulary.model import numbered
from .words import ENGLISH, articles, contracted, languages, listed, message
from .yaml.forms import Texts, in_language


def label(actor: Actor, language: str) -> str:
    """The name without its article, for a node: `White House`."""
    name = in_language(actor.name, language)
    for article in articles():
        if name.startswith(article):
            return capital(name[len(article) :])
    return name if _is_brand(name) else capital(name)


def _is_brand(name: str) -> bool:
    """Whether a name is written small on purpose: `bne IntelliNews`, `eBay`; a capital inside its words tells."""
    if not name[:1].islower() or name.startswith(articles()):
        return False
    return any(re.search(r"[a-z][A-Z]", word) for word in name.split()[:2])


def inline(actor: Actor, language: str) -> str:
    """The name as it stands in a sentence: `the White House`."""
    name = in_language(actor.name, language)
    if language != ENGLISH and name == actor.name.get(ENGLISH):
        # One name for all languages: an English article has no place in a Spanish sentence.
        return name.removeprefix("the ")
    return name


def capital(text: str) -> str:
    """The text with a capital at its beginning, unless it begins with a name that is written small."""
    return text if _is_brand(text) else text[:1].upper() + text[1:]


def place_name(at: str, language: str) -> str:
    """`paragraph 2`, `headline`, in the reader's language; a document's own way of counting stays as it is."""
    if at in _PLACES:
        return message(language, f"place.{at}")
    match = re.fullmatch(r"(p|page )(\d+)", at)
    return message(language, f"place.{'paragraph' if match[1] == 'p' else 'page'}", n=match[2]) if match else at


_PLACES = frozenset({"headline", "caption", "subtitle", "byline", "withheld"})


class Wording:
    """Sentences about the propositions and claims of one case."""

    def __init__(self, case: Case, dockets: Dockets) -> None:
        self.case = case
        self.dockets = dockets
        self.claims = {claim.iri: claim for claim in case.claims}
        self.readings = {claim.iri for claim in case.claims if claim.alternative_of}
        self.readings |= {other for claim in case.claims for other in claim.alternative_of}
        self.narrower: dict[str, list[str]] = {}
        for iri, proposition in case.propositions.items():
            wide = proposition.wide()
            if wide is not None:
                self.narrower.setdefault(wide.iri, []).append(iri)
        # What many sentences share is made once: a name, and the core of what is said.
        self.names: dict[str, dict[str, str]] = {language: {} for language in languages()}
        self.cores: dict[tuple[Proposition, str, str, bool], str] = {}

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
        """What stands in third place, in words."""
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
                if third.withheld and third.by:
                    several = third.by in self.case.actors and self.case.actors[third.by].plural
                    return _text(language, "secretBy", n=2 if several else 1, who=self.name(third.by, language))
                return _text(language, "secret" if third.withheld else "unknown")
            case Nested():
                return self._nested(third.iri, language)
            case Quantity():
                nodes = (third.counts, third.share_of, *third.per)
                names = {node: self.name(node, language) for node in nodes if node and node in self.case.actors}
                return contracted(third.label(language, self.case.vocabulary.units, names), language)

    # --- propositions

    def core(self, proposition: Proposition, language: str, phrase: str = "accepted", *, asking: bool = False) -> str:
        """Subject, phrase, third place, period: `the CECOT bars visits`. `phrase` is a part of `Phrases` or a modality.

        `asking` leaves the third place out, for a question after it.

        It is a bare indicative, so it may only stand behind a verb of saying or inside a heading's own phrase.
        """
        key = (proposition, language, phrase, asking)
        known = self.cores.get(key)
        if known is None:
            known = self.cores[key] = self._core(proposition, language, phrase, asking)
        return known

    def _core(self, proposition: Proposition, language: str, phrase: str, asking: bool) -> str:
        phrases = self.case.vocabulary.relations[proposition.relation].phrases_in(language)
        subject = proposition.subject
        if isinstance(subject, Nested):
            first, plural = self._nested(subject.iri, language, "nestedFirst"), False
        else:
            first, plural = self.name(subject, language), self.case.actors[subject].plural
        if phrase in ("accepted", "said", "denied"):
            verb = getattr(phrases, phrase)
        else:
            verb = phrases.not_yet(phrase, language, plural=plural)
        verb = numbered(verb, plural, personal=self._somebody(proposition.third))
        third = "" if asking else self.third(proposition.third, language)
        if isinstance(proposition.third, Date):
            verb = _dated(verb, proposition.third, language)
        before = message(language, "language.commaBefore")
        if before and verb.startswith(before):
            first += ","
        words = " ".join(part for part in (first, verb, third) if part)
        return contracted(words + self._period(proposition, language), language)

    def _somebody(self, third: Third) -> bool:
        """Whether the third place is somebody who can act, before whom Spanish puts an `a`."""
        return isinstance(third, str) and self.case.vocabulary.kinds[self.case.actors[third].kind].agent

    def _nested(self, iri: str, language: str, form: str = "nested") -> str:
        """`the stated circumstance that the sale is to come about`: as what those who speak of it hold it to be."""
        docket = self.dockets.by_proposition[iri]
        spoken = [s.modality for s in docket.standings if s.affirming] or [
            self.dockets.modality[claim] for claim in docket.claims
        ]
        best = min(spoken, key=lambda modality: modality.rank, default=Modality.ACTUAL)
        return _text(language, form, what=self.core(self.case.propositions[iri], language, _phrase_of(best)))

    def _period(self, proposition: Proposition, language: str) -> str:
        since, until = proposition.since, proposition.until
        if since is None and until is None:
            return ""
        if since == until and since is not None:
            return f" ({since.label(language)})"
        parts = [message(language, "date.from", since=since.label(language))] if since else []
        parts += [message(language, "date.until", until=until.label(language))] if until else []
        return f" ({' '.join(parts)})"

    def title(self, docket: Docket, language: str) -> str:
        """The heading of a relationship, in its relation's phrase for how it stands. Never a bare indicative."""
        proposition = self.case.propositions[docket.proposition]
        said = self.core(proposition, language, "said")
        match docket.line:
            case "accepted" if docket.decision:
                accepted = self.core(proposition, language)
                text = _text(language, "accepted", what=accepted, date=docket.decision.on.label(language))
                return capital(self._with_answer(text, docket, language))
            case "rejected":
                return capital(_text(language, "rejected", what=said))
            case "denied":
                return self.summary(docket, language).removesuffix(".")
            case "open":
                if _asks_what(proposition):
                    return _text(language, "openWhat", what=self.core(proposition, language, asking=True))
                return _text(language, "open", what=self.core(proposition, language))
            case "mentioned":
                return self._only_mentioned(docket, proposition, language)
            case "notyet":
                text = self._not_yet(docket, proposition, language)
            case "soft":
                text = said + self._softness(docket, language)
            case _:
                actual = any(s.affirming and s.modality is Modality.ACTUAL for s in docket.standings)
                text = (
                    said + self._softness(docket, language) if actual else self._not_yet(docket, proposition, language)
                )
        return capital(self._with_answer(text, docket, language))

    def phrase(self, docket: Docket, language: str) -> str:
        """The words on a line: the relation's phrase for how it stands; a dispute keeps both sides' names."""
        proposition = self.case.propositions[docket.proposition]
        relation = self.case.vocabulary.relations[proposition.relation]
        phrases = relation.phrases_in(language)
        subject = proposition.subject
        plural = isinstance(subject, str) and self.case.actors[subject].plural
        best = _best(docket)
        if docket.line in ("open", "mentioned"):
            return _text(language, f"phrase{docket.line.capitalize()}", relation=in_language(relation.label, language))
        if docket.line == "accepted":
            words = phrases.accepted
        elif docket.line in ("denied", "rejected"):
            words = phrases.denied
        else:
            words = phrases.said if best is Modality.ACTUAL else phrases.not_yet(best.value, language, plural=plural)
        # Some phrases end in a comma, for a third place that does not follow here.
        words = numbered(words, plural, personal=self._somebody(proposition.third)).rstrip(",")
        if docket.line == "soft":
            words += self._softness(docket, language)
        if docket.line == "denied":
            words += f" ({self._according(docket.opposed_by, language)})"
        if docket.line in ("accepted", "disputed"):
            words += self._sides(docket, language)
        return words

    def _sides(self, docket: Docket, language: str) -> str:
        """` (A × B)`: who affirms and who denies, in the modality that is disputed."""
        best = _best(docket)
        disputed = sorted((s for s in docket.standings if s.disputed), key=lambda s: s.modality is not best)
        if disputed:
            standing = disputed[0]
            yes, no = self._side(standing.affirming, language), self._side(standing.opposing, language)
            modality = self.case.vocabulary.label("modality", standing.modality.value, language)
            return f" ({yes} × {no})" if standing.modality is best else f" ({modality}: {yes} × {no})"
        if partly := self._denied_in_part(docket):
            no = _text(language, "sideInPart", who=self._side(partly, language))
            return f" ({self._side(docket.affirmed_by, language)} × {no})"
        return ""

    def _denied_in_part(self, docket: Docket) -> list[str]:
        """The claims that oppose a period of it."""
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
            return self.core(proposition, language, "said")
        core = self.core(proposition, language, best.modality.value)
        return f"{core}, {self._according(best.affirming, language)}"

    def _according(self, claims: Iterable[str], language: str) -> str:
        named = self._speakers(claims, language)
        return (
            _text(language, "according", who=listed(named, language)) if named else _text(language, "accordingUnnamed")
        )

    def _only_mentioned(self, docket: Docket, proposition: Proposition, language: str) -> str:
        key = "takenBack" if self._taken_back(docket) else "mentioned"
        return _text(language, key, what=self.core(proposition, language))

    def _softness(self, docket: Docket, language: str) -> str:
        """Why an affirmation is soft, when none is firm: `(alleged)`. A merely sensitive one says nothing more."""
        claims = [self.claims[iri] for iri in docket.affirmed_by]
        if any(self.dockets.firm[claim.iri] for claim in claims):
            return ""
        why = {
            "alleged" if claim.stance is Stance.ALLEGED
            else "presumed" if claim.stance is Stance.PRESUMED
            else "reportedly" if claim.reportedly
            else "unstated" if claim.originator is None
            else ""
            for claim in claims
        }  # fmt: skip
        words = [_text(language, f"soft.{word}") for word in sorted(why - {""})]
        return f" ({', '.join(words)})" if words and "" not in why else ""

    def _reading(self, docket: Docket, language: str) -> str:
        """Marks what nobody says without `many of`, or what rests on one reading only of an ambiguous sentence."""
        if not docket.affirmed_by:
            return ""
        quantifiers = list(dict.fromkeys(self.claims[iri].quantifier for iri in docket.affirmed_by))
        marks = ""
        if all(quantifiers):
            marks += _qualified(quantifiers, language)
        if set(docket.affirmed_by) <= self.readings:
            marks += _text(language, "reading")
        return marks

    def _with_answer(self, text: str, docket: Docket, language: str) -> str:
        answers = self._opposed(docket, language, {_best(docket)})
        if not answers:
            answers = self._in_part(docket, language)
        return "; ".join([text + self._reading(docket, language), *answers])

    def _in_part(self, docket: Docket, language: str) -> list[str]:
        partly = self._denied_in_part(docket)
        return [_text(language, "inPart", who=self._side(partly, language))] if partly else []

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
                if stated == {modality}:
                    answers.append(self._told(claims, language, f"answers.{stance.value}"))
                else:
                    full = self._told(claims, language, *self._saying(stance, proposition, modality, language))
                    answers.append(full if self._speakers(claims, language) else full[:1].lower() + full[1:])
        return answers

    def _answers(self, docket: Docket, language: str, stances: Iterable[Stance]) -> list[str]:
        answers = []
        for stance in stances:
            claims = [iri for iri in docket.claims if self.claims[iri].stance is stance and self.claims[iri].counted]
            if claims:
                answers.append(self._told(claims, language, f"answers.{stance.value}"))
        return answers

    def _told(self, claims: Sequence[str], language: str, how: str, what: str = "") -> str:
        """Who says it and what: `how` is a key such as `says.denied`, whose text has the speakers' own number."""
        named = self._speakers(claims, language)
        if not named:
            return _text(language, _unnamed(how), what=what)
        several = len(named) > 1 or self._plural(claims)
        return _text(language, how, n=2 if several else 1, who=listed(named, language), what=what)

    def _plural(self, claims: Sequence[str]) -> bool:
        speakers = (self.claims[iri].originator for iri in claims)
        return any(self.case.actors[speaker].plural for speaker in speakers if speaker)

    def _speakers(self, claims: Iterable[str], language: str) -> list[str]:
        """Who speaks in these claims, each once, in the order of the document; those not stated are left out."""
        ordered = sorted((self.claims[iri] for iri in claims), key=position)
        return list(dict.fromkeys(self.name(c.originator, language) for c in ordered if c.originator))

    def summary(self, docket: Docket, language: str) -> str:
        """One sentence: who says it, how, and who denies it."""
        proposition = self.case.propositions[docket.proposition]
        groups: dict[tuple[Stance, Modality], list[str]] = {}
        for iri in sorted(docket.affirmed_by, key=lambda iri: position(self.claims[iri])):
            claim = self.claims[iri]
            groups.setdefault((claim.stance, self.dockets.modality[iri]), []).append(iri)
        parts: list[str] = []
        for (stance, modality), claims in groups.items():
            parts.append(self._told(claims, language, *self._saying(stance, proposition, modality, language)))
        answers = self._opposed(docket, language, {modality for _, modality in groups})
        answers += self._answers(docket, language, (Stance.ASKED, Stance.DECLINED))
        if parts:
            parts[-1] += self._reading(docket, language)
        else:
            parts, answers = self._unaffirmed(docket, proposition, language), []
        answers += self._in_part(docket, language)
        text = capital("; ".join([*parts, *answers]))
        return text if text.endswith("?") else text + "."

    def _unaffirmed(self, docket: Docket, proposition: Proposition, language: str) -> list[str]:
        """Sentences for what nobody affirms: only denied, asked, declined or mentioned."""
        parts = []
        for stance in (Stance.DENIED, Stance.CONTESTED, Stance.ASKED, Stance.DECLINED, Stance.MENTIONED):
            pool = {*docket.opposed_by, *docket.claims}
            claims = sorted(
                iri for iri in pool if self.claims[iri].stance is stance and self.claims[iri].retraction is None
            )
            if claims:
                saying = self._saying(stance, proposition, self.dockets.modality[claims[0]], language)
                parts.append(self._told(claims, language, *saying))
        return parts or [self._only_mentioned(docket, proposition, language)]

    def _saying(
        self, stance: Stance, proposition: Proposition, modality: Modality, language: str, *, confirms: bool = False
    ) -> tuple[str, str]:
        """The key of the sentence for a stance, and what is said in it."""
        asks_what = stance is Stance.ASKED and _asks_what(proposition)
        how = "what" if asks_what else "confirms" if confirms else stance.value
        return f"says.{how}", self.core(proposition, language, _phrase_of(modality), asking=asks_what)

    # --- claims

    def sentence(self, claim: Claim, language: str) -> str:
        """`Cristosal says that the CECOT bars visits`, with what qualifies it."""
        proposition = self.case.propositions[claim.proposition]
        modality = self.dockets.modality[claim.iri]
        confirms = bool(claim.confirms) and claim.stance is Stance.ASSERTED
        how, what = self._saying(claim.stance, proposition, modality, language, confirms=confirms)
        if claim.originator is None:
            text = _text(language, _unnamed(how), what=what)
        else:
            speaker = self.name(claim.originator, language)
            if claim.speaks_for:
                speaker = _text(language, "for", who=speaker, whom=self.name(claim.speaks_for, language))
            actor = self.case.actors.get(claim.originator)
            text = _text(language, how, n=2 if actor and actor.plural else 1, who=speaker, what=what)
        hedges = [*claim.hedges, *([claim.quantifier] if claim.quantifier else [])]
        if claim.approximate and not hedges:
            text += _text(language, "approximate")
        if hedges:
            text += _qualified(hedges, language)
        if claim.iri in self.readings:
            text += _text(language, "reading")
        if claim.retraction is not None:
            text += _text(language, claim.retraction.kind, date=claim.retraction.on.label(language))
        return capital(contracted(text, language))

    def relays(self, claim: Claim, language: str) -> str:
        """Who passed it on: `Associated Press, bne IntelliNews`; empty for nobody."""
        return ", ".join(self._hop(hop.agent, language) for hop in claim.chain if hop.role == "relay")

    def voices(self, claims: Iterable[str], language: str) -> str:
        """Whose they are, by name: `Cristosal, White House`."""
        return ", ".join(sorted({self._hop(self.claims[iri].originator, language) for iri in claims}))

    def _hop(self, agent: str | None, language: str) -> str:
        return label(self.case.actors[agent], language) if agent else message(language, "statement.unnamed")

    def chain(self, claim: Claim, language: str) -> str:
        """How it reached us: `Cristosal › Associated Press › bne IntelliNews`."""
        names = [
            _text(language, "impliedHop", who=name) if hop.implied else name
            for hop in claim.chain
            for name in (self._hop(hop.agent, language),)
        ]
        return " › ".join(names)


def _text(language: str, key: str, **values: object) -> str:
    return message(language, f"sentence.{key}", **values)


def _unnamed(how: str) -> str:
    """The key of the same sentence when nobody is named as its speaker."""
    family, _, kind = how.partition(".")
    return f"{family}Unnamed.{kind}"


def quoted(words: str, language: str) -> str:
    """`“massive”`, `«masivo»`."""
    return message(language, "quote.words", words=words)


def _qualified(hedges: Iterable[str], language: str) -> str:
    return _text(language, "qualified", words=listed([quoted(hedge, language) for hedge in hedges], language))


def _best(docket: Docket) -> Modality:
    """The modality nearest to being so in which somebody affirms it."""
    return min((s.modality for s in docket.standings if s.affirming), key=lambda m: m.rank, default=Modality.ACTUAL)


def _phrase_of(modality: Modality) -> str:
    """What `core` takes for a modality."""
    return "accepted" if modality is Modality.ACTUAL else modality.value


def _asks_what(proposition: Proposition) -> bool:
    """Whether a question about it asks for its third place: `[choice, because, unknown]`."""
    return isinstance(proposition.third, Missing) and not proposition.third.withheld


def _dated(verb: str, day: Date, language: str) -> str:
    """`opened on` with a year is `opened in`; Spanish `se abrió en` with a day is `se abrió el`."""
    whole_day = len(day.printed) >= 10 and "/" not in day.printed
    on, within = message(language, "language.onDay"), message(language, "language.inPeriod")
    wrong, right = (within, on) if whole_day else (on, within)
    return verb.removesuffix(wrong) + right if verb.endswith(f" {wrong}") else verb


def position(claim: Claim) -> tuple[int, int, str, str]:
    """Where a claim stands in its document; sorts claims as a reader meets them."""
    start = claim.passage.start
    return (claim.passage.order, start if start is not None else 1 << 40, _natural(claim.sid), claim.iri)


def _natural(sid: str) -> str:
    """`s2` before `s10`."""
    return re.sub(r"\d+", lambda match: match[0].zfill(8), sid)


def both(make: Callable[[str], str]) -> Texts:
    """A text made in every language."""
    return {language: make(language) for language in languages()}
