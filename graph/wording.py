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
from .words import languages
from .yaml.forms import Texts, in_language

_ARTICLES = {"en": ("the ", "a ", "an "), "es": ("el ", "la ", "los ", "las ", "un ", "una ")}


def label(actor: Actor, language: str) -> str:
    """The name without its article, for a node: `White House`."""
    name = in_language(actor.name, language)
    for article in (*_ARTICLES["en"], *_ARTICLES["es"]):
        if name.startswith(article):
            return capital(name[len(article) :])
    return name if _is_brand(name) else capital(name)


def _is_brand(name: str) -> bool:
    """Whether a name is written small on purpose: `bne IntelliNews`, `eBay`; a capital inside its words tells."""
    if not name[:1].islower() or name.startswith((*_ARTICLES["en"], *_ARTICLES["es"])):
        return False
    return any(re.search(r"[a-z][A-Z]", word) for word in name.split()[:2])


def inline(actor: Actor, language: str) -> str:
    """The name as it stands in a sentence: `the White House`."""
    name = in_language(actor.name, language)
    if language != "en" and name == actor.name.get("en") and name.startswith("the "):
        # One name for both languages: an English article has no place in a Spanish sentence.
        return name.removeprefix("the ")
    return name


def capital(text: str) -> str:
    """The text with a capital at its beginning, unless it begins with a name that is written small."""
    return text if _is_brand(text) else text[:1].upper() + text[1:]


def joined(words: Sequence[str], language: str) -> str:
    """`A, B and C`; in Spanish `y` becomes `e` before an i sound."""
    if len(words) < 2:
        return "".join(words)
    spanish = "e" if re.match(r"(?:h?i(?!e)|h?í)", words[-1], re.IGNORECASE) else "y"
    link = "and" if language == "en" else spanish
    return f"{', '.join(words[:-1])} {link} {words[-1]}"


def contracted(text: str, language: str) -> str:
    """Spanish `a el` and `de el` before a common noun become `al` and `del`."""
    if language != "es" or " el " not in text:
        return text
    return _CONTRACTED.sub(lambda m: "al " if m[1] == "a" else "del ", text)


_CONTRACTED = re.compile(r"\b(a|de) el (?=\S)")


def place_name(at: str, language: str) -> str:
    """`paragraph 2`, `headline`, in the reader's language; a document's own way of counting stays as it is."""
    fixed = {
        "headline": {"en": "headline", "es": "titular"},
        "caption": {"en": "photo caption", "es": "pie de foto"},
        "subtitle": {"en": "subtitle", "es": "subtítulo"},
        "byline": {"en": "byline", "es": "firma"},
        "withheld": {"en": "place withheld", "es": "lugar reservado"},
    }
    if at in fixed:
        return fixed[at][language]
    if match := re.fullmatch(r"p(\d+)", at):
        return f"{'paragraph' if language == 'en' else 'párrafo'} {match[1]}"
    if match := re.fullmatch(r"page (\d+)", at):
        return f"{'page' if language == 'en' else 'página'} {match[1]}"
    return at


_UNKNOWN = {"en": "something not known", "es": "algo que no se conoce"}
_WITHHELD = {"en": "something kept secret", "es": "algo que se mantiene en secreto"}
_WITHHELD_BY = {
    "en": ("something that {0} keeps secret", "something that {0} keep secret"),
    "es": ("algo que {0} mantiene en secreto", "algo que {0} mantienen en secreto"),
}
#: A relationship inside another one: neither may presuppose that it is so.
_NESTED = {"en": "the stated circumstance that {0}", "es": "la circunstancia declarada de que {0}"}
_NESTED_FIRST = {"en": "if it is so that {0}, this", "es": "de ser cierto que {0}, esto"}

#: Verb for one speaker, for several, and for one who is not stated, each up to the statement itself.
_SAYS = {
    "en": {
        Stance.ASSERTED: ("says that", "say that", "It is reported, by whom is not said, that"),
        Stance.ALLEGED: ("alleges that", "allege that", "It is alleged, by whom is not said, that"),
        Stance.PRESUMED: ("supposes that", "suppose that", "It is supposed, by whom is not said, that"),
        Stance.DENIED: ("denies that", "deny that", "It is denied, by whom is not said, that"),
        Stance.CONTESTED: ("disputes that", "dispute that", "It is disputed, by whom is not said, that"),
        Stance.ASKED: ("leaves open whether", "leave open whether", "It is left open whether"),
        Stance.DECLINED: ("gave no answer on whether", "gave no answer on whether", "No answer was given on whether"),
        Stance.MENTIONED: (
            "mentions, without affirming it, that",
            "mention, without affirming it, that",
            "It is mentioned, without being affirmed, that",
        ),
    },
    "es": {
        Stance.ASSERTED: ("afirma que", "afirman que", "Se informa, sin decir quién, que"),
        Stance.ALLEGED: (
            "sostiene, como acusación, que",
            "sostienen, como acusación, que",
            "Se sostiene como acusación, sin decir quién, que",
        ),
        Stance.PRESUMED: ("supone que", "suponen que", "Se supone, sin decir quién, que"),
        Stance.DENIED: (
            "niega la afirmación de que",
            "niegan la afirmación de que",
            "Se niega, sin decir quién, la afirmación de que",
        ),
        Stance.CONTESTED: (
            "cuestiona la afirmación de que",
            "cuestionan la afirmación de que",
            "Se cuestiona, sin decir quién, la afirmación de que",
        ),
        Stance.ASKED: ("deja abierto si", "dejan abierto si", "Queda abierto si"),
        Stance.DECLINED: ("no respondió si", "no respondieron si", "No hubo respuesta sobre si"),
        Stance.MENTIONED: (
            "menciona, sin afirmarlo, que",
            "mencionan, sin afirmarlo, que",
            "Se menciona, sin afirmarlo, que",
        ),
    },
}
_CONFIRMS = {
    # Not "confirms": that would vouch for what it only says, too.
    "en": ("also says that", "also say that", "It is also reported, by whom is not said, that"),
    "es": ("también afirma que", "también afirman que", "También se informa, sin decir quién, que"),
}
#: How those who answer are named after a sentence that stands already.
_ANSWERS = {
    "en": {
        Stance.DENIED: ("{0} denies it", "{0} deny it", "it is denied, by whom is not said"),
        Stance.CONTESTED: ("{0} disputes it", "{0} dispute it", "it is disputed, by whom is not said"),
        Stance.ASKED: ("{0} leaves it open", "{0} leave it open", "it is left open"),
        Stance.DECLINED: ("{0} gave no answer", "{0} gave no answer", "no answer was given"),
    },
    "es": {
        Stance.DENIED: ("{0} lo niega", "{0} lo niegan", "se niega, sin decir quién"),
        Stance.CONTESTED: ("{0} lo cuestiona", "{0} lo cuestionan", "se cuestiona, sin decir quién"),
        Stance.ASKED: ("{0} lo deja abierto", "{0} lo dejan abierto", "queda abierto"),
        Stance.DECLINED: ("{0} no respondió", "{0} no respondieron", "no hubo respuesta"),
    },
}
_SOFT = {
    "en": {"alleged": "alleged", "presumed": "supposed", "reportedly": "reportedly", "unstated": "by whom is not said"},
    "es": {
        "alleged": "como acusación",
        "presumed": "como suposición",
        "reportedly": "según trascendió",
        "unstated": "sin decir quién",
    },
}
_APPROXIMATE = {"en": " (an approximate figure)", "es": " (cifra aproximada)"}
_QUALIFIED = {"en": " (qualified as {0})", "es": " (con la reserva de {0})"}
_QUOTES = {"en": "“{0}”", "es": "«{0}»"}
_ACCORDING = {"en": ", according to {0}", "es": ", según {0}"}
_UNSTATED_ACCORDING = {"en": ", as is reported, by whom is not said", "es": ", según se informa, sin decir quién"}
_OPEN_WHAT = {"en": "Open question: what {0}", "es": "Pregunta abierta: {0} ¿qué?"}
_ASKS_WHAT = {
    "en": ("leaves open what {0}", "leave open what {0}", "It is left open what {0}"),
    "es": ("deja abierto: {0} ¿qué?", "dejan abierto: {0} ¿qué?", "Queda abierto: {0} ¿qué?"),
}
_OPEN = {"en": "Open question: whether {0}", "es": "Pregunta abierta: si {0}"}
_MENTIONED = {"en": "Only spoken of: that {0}", "es": "Solo se menciona: que {0}"}
_REJECTED = {"en": "Held false by us: {0}", "es": "Descartado por la redacción: {0}"}
_ACCEPTED = {"en": "{0} (confirmed by us on {1})", "es": "{0} (confirmado por la redacción el {1})"}
_NOBODY = {"en": "not stated", "es": "no se dice quién"}
_IN_PART = {"en": "denied in part by {0}", "es": "negado en parte por {0}"}
_SIDE_IN_PART = {"en": "{0}, in part", "es": "{0}, en parte"}
_TAKEN_BACK = {"en": "Taken back since: that {0}", "es": "Retirado después: que {0}"}
_TAKEN = {
    "en": {"withdrawn": " (since withdrawn: {0})", "corrected": " (since corrected: {0})"},
    "es": {"withdrawn": " (retirado después: {0})", "corrected": " (corregido después: {0})"},
}
_READING = {"en": " (one reading of an ambiguous sentence)", "es": " (una lectura de una frase ambigua)"}
_UNASKED = {
    "open": {"en": "open question: {0}", "es": "pregunta abierta: {0}"},
    "mentioned": {"en": "only spoken of: {0}", "es": "solo se menciona: {0}"},
}
_IMPLIED_HOP = {"en": "{0} (by implication)", "es": "{0} (de forma implícita)"}
_FOR = {"en": "{0}, for {1},", "es": "{0}, en nombre de {1},"}


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
                return _QUOTES[language].format(third.text)
            case Date():
                return third.label(language)
            case Missing():
                if third.withheld and third.by:
                    several = third.by in self.case.actors and self.case.actors[third.by].plural
                    return _WITHHELD_BY[language][several].format(self.name(third.by, language))
                return (_WITHHELD if third.withheld else _UNKNOWN)[language]
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
            first, plural = self._nested(subject.iri, language, _NESTED_FIRST), False
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
        if verb.startswith("según se dice"):
            first += ","
        words = " ".join(part for part in (first, verb, third) if part)
        return contracted(words + self._period(proposition, language), language)

    def _somebody(self, third: Third) -> bool:
        """Whether the third place is somebody who can act, before whom Spanish puts an `a`."""
        return isinstance(third, str) and self.case.vocabulary.kinds[self.case.actors[third].kind].agent

    def _nested(self, iri: str, language: str, forms: Texts = _NESTED) -> str:
        """`the stated circumstance that the sale is to come about`: as what those who speak of it hold it to be."""
        docket = self.dockets.by_proposition[iri]
        spoken = [s.modality for s in docket.standings if s.affirming] or [
            self.dockets.modality[claim] for claim in docket.claims
        ]
        best = min(spoken, key=lambda modality: modality.rank, default=Modality.ACTUAL)
        return forms[language].format(self.core(self.case.propositions[iri], language, _phrase_of(best)))

    def _period(self, proposition: Proposition, language: str) -> str:
        since, until = proposition.since, proposition.until
        if since is None and until is None:
            return ""
        if since == until and since is not None:
            return f" ({since.label(language)})"
        words = {"en": ("from {0}", "until {0}"), "es": ("desde {0}", "hasta {0}")}[language]
        parts = [word.format(day.label(language)) for word, day in zip(words, (since, until), strict=True) if day]
        return f" ({' '.join(parts)})"

    def title(self, docket: Docket, language: str) -> str:
        """The heading of a relationship, in its relation's phrase for how it stands. Never a bare indicative."""
        proposition = self.case.propositions[docket.proposition]
        said = self.core(proposition, language, "said")
        match docket.line:
            case "accepted" if docket.decision:
                accepted = self.core(proposition, language)
                text = _ACCEPTED[language].format(accepted, docket.decision.on.label(language))
                return capital(self._with_answer(text, docket, language))
            case "rejected":
                return capital(_REJECTED[language].format(said))
            case "denied":
                return self.summary(docket, language).removesuffix(".")
            case "open":
                if _asks_what(proposition):
                    return _OPEN_WHAT[language].format(self.core(proposition, language, asking=True))
                return _OPEN[language].format(self.core(proposition, language))
            case "mentioned":
                words = _TAKEN_BACK if self._taken_back(docket) else _MENTIONED
                return words[language].format(self.core(proposition, language))
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
        if docket.line in _UNASKED:
            return _UNASKED[docket.line][language].format(relation.label[language])
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
            named = self._speakers(docket.opposed_by, language)
            by = _ACCORDING[language].format(joined(named, language)) if named else _UNSTATED_ACCORDING[language]
            words += f" ({by.removeprefix(', ')})"
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
            no = _SIDE_IN_PART[language].format(self._side(partly, language))
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
        names = [label(self.case.actors[n], language) if n else _NOBODY[language] for n in dict.fromkeys(named)]
        return joined(names, language)

    def _not_yet(self, docket: Docket, proposition: Proposition, language: str) -> str:
        best = min((s for s in docket.standings if s.affirming), key=lambda s: s.modality.rank, default=None)
        if best is None:
            return self.core(proposition, language, "said")
        core = self.core(proposition, language, best.modality.value)
        named = self._speakers(best.affirming, language)
        return core + (_ACCORDING[language].format(joined(named, language)) if named else _UNSTATED_ACCORDING[language])

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
        words = [_SOFT[language][word] for word in sorted(why - {""})]
        return f" ({', '.join(words)})" if words and "" not in why else ""

    def _reading(self, docket: Docket, language: str) -> str:
        """Marks what nobody says without `many of`, or what rests on one reading only of an ambiguous sentence."""
        if not docket.affirmed_by:
            return ""
        quantifiers = list(dict.fromkeys(self.claims[iri].quantifier for iri in docket.affirmed_by))
        marks = ""
        if all(quantifiers):
            quoted = [_QUOTES[language].format(word) for word in quantifiers]
            marks += _QUALIFIED[language].format(joined(quoted, language))
        if set(docket.affirmed_by) <= self.readings:
            marks += _READING[language]
        return marks

    def _with_answer(self, text: str, docket: Docket, language: str) -> str:
        answers = self._opposed(docket, language, {_best(docket)})
        if not answers:
            answers = self._in_part(docket, language)
        return "; ".join([text + self._reading(docket, language), *answers])

    def _in_part(self, docket: Docket, language: str) -> list[str]:
        partly = self._denied_in_part(docket)
        return [_IN_PART[language].format(self._side(partly, language))] if partly else []

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
                one, several, nobody = self._forms(stance, proposition, modality, language)
                full = (one, several, nobody[:1].lower() + nobody[1:])
                answers.append(
                    self._told(claims, language, _ANSWERS[language][stance] if stated == {modality} else full)
                )
        return answers

    def _answers(self, docket: Docket, language: str, stances: Iterable[Stance]) -> list[str]:
        answers = []
        for stance in stances:
            claims = [iri for iri in docket.claims if self.claims[iri].stance is stance and self.claims[iri].counted]
            if claims:
                answers.append(self._told(claims, language, _ANSWERS[language][stance]))
        return answers

    def _told(self, claims: Sequence[str], language: str, forms: tuple[str, str, str]) -> str:
        named = self._speakers(claims, language)
        if not named:
            return forms[2]
        several = len(named) > 1 or self._plural(claims)
        return forms[1 if several else 0].format(joined(named, language))

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
            parts.append(self._told(claims, language, self._forms(stance, proposition, modality, language)))
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
                forms = self._forms(stance, proposition, self.dockets.modality[claims[0]], language)
                parts.append(self._told(claims, language, forms))
        words = _TAKEN_BACK if self._taken_back(docket) else _MENTIONED
        return parts or [words[language].format(self.core(proposition, language))]

    def _forms(
        self, stance: Stance, proposition: Proposition, modality: Modality, language: str, *, confirms: bool = False
    ) -> tuple[str, str, str]:
        """The sentence for one speaker, for several (`{0}` is who speaks) and for one who is not stated."""
        if stance is Stance.ASKED and _asks_what(proposition):
            question = self.core(proposition, language, _phrase_of(modality), asking=True)
            one, several, nobody = (form.format(question) for form in _ASKS_WHAT[language])
        else:
            core = self.core(proposition, language, _phrase_of(modality))
            verbs = _CONFIRMS[language] if confirms else _SAYS[language][stance]
            one, several, nobody = (f"{verb} {core}" for verb in verbs)
        # Braces in a name must not be read as places to fill in.
        safe = [form.replace("{", "{{").replace("}", "}}") for form in (one, several)]
        return f"{{0}} {safe[0]}", f"{{0}} {safe[1]}", nobody

    # --- claims

    def sentence(self, claim: Claim, language: str) -> str:
        """`Cristosal says that the CECOT bars visits`, with what qualifies it."""
        proposition = self.case.propositions[claim.proposition]
        modality = self.dockets.modality[claim.iri]
        confirms = bool(claim.confirms) and claim.stance is Stance.ASSERTED
        one, several, nobody = self._forms(claim.stance, proposition, modality, language, confirms=confirms)
        if claim.originator is None:
            text = nobody
        else:
            speaker = self.name(claim.originator, language)
            if claim.speaks_for:
                speaker = _FOR[language].format(speaker, self.name(claim.speaks_for, language))
            actor = self.case.actors.get(claim.originator)
            text = (several if actor and actor.plural else one).format(speaker)
        hedges = [*claim.hedges, *([claim.quantifier] if claim.quantifier else [])]
        if claim.approximate and not hedges:
            text += _APPROXIMATE[language]
        if hedges:
            quoted = joined([_QUOTES[language].format(word) for word in hedges], language)
            text += _QUALIFIED[language].format(quoted)
        if claim.iri in self.readings:
            text += _READING[language]
        if claim.retraction is not None:
            text += _TAKEN[language][claim.retraction.kind].format(claim.retraction.on.label(language))
        return capital(contracted(text, language))

    def relays(self, claim: Claim, language: str) -> str:
        """Who passed it on: `Associated Press, bne IntelliNews`; empty for nobody."""
        return ", ".join(self._hop(hop.agent, language) for hop in claim.chain if hop.role == "relay")

    def voices(self, claims: Iterable[str], language: str) -> str:
        """Whose they are, by name: `Cristosal, White House`."""
        return ", ".join(sorted({self._hop(self.claims[iri].originator, language) for iri in claims}))

    def _hop(self, agent: str | None, language: str) -> str:
        return label(self.case.actors[agent], language) if agent else _NOBODY[language]

    def chain(self, claim: Claim, language: str) -> str:
        """How it reached us: `Cristosal › Associated Press › bne IntelliNews`."""
        names = [
            (_IMPLIED_HOP[language] if hop.implied else "{0}").format(self._hop(hop.agent, language))
            for hop in claim.chain
        ]
        return " › ".join(names)


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
    if language == "en" and verb.endswith(" on") and not whole_day:
        return verb.removesuffix("on") + "in"
    if language == "es" and verb.endswith(" en") and whole_day:
        return verb.removesuffix("en") + "el"
    return verb


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
