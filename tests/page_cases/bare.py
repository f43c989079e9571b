"""Finds what a page may never say: a relationship in the bare indicative, with nobody who says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.pipeline import CaseGraph
from graph.vocabulary.model import numbered
from graph.wording import Telling, Wording, inline, label
from graph.wording.held import phrase_of

#: What may stand right before such a sentence, behind the name of whoever speaks …
SAYS = {
    "en": r"(?:(?:also )?says?|said|alleged?s?|believed?s?|den(?:ies|y|ied)) (?:either )?that"
    r"|disputed?s? the claim that"
    r"|takes? it for granted that|imp(?:lies|ly) that|leaves? open(?: whether)?|did not answer when asked whether"
    r"|mention(?:s|ed)?, without endorsing it, the (?:claim|idea) that",
    "es": r"(?:también )?(?:afirman?|afirm(?:ó|aron)|suponen?|niegan?|neg(?:ó|aron)) (?:o bien )?que"
    r"|dejan? en el aire si|dan? a entender que"
    r"|no aclaran?|dan? por sentado que|no respondi(?:ó|eron) a la pregunta de si"
    r"|alud(?:en?|ió|ieron), sin darla por cierta, a la (?:afirmación|idea) de que"
    r"|cuestion(?:an?|ó|aron) la afirmación de que",
}
#: What a speaker's name may stand behind.
ONCE = {
    "en": r"in a statement (?:withdrawn|corrected) [^,]*, ",
    "es": r"en una declaración que se (?:retiró|corrigió) [^,]*, ",
}
#: Through whom we know, before who says it: `according to Agencia Sur, citing a clerk, `.
RELAYED = {"en": "according to ", "es": "según "}
#: What a speaker may say before the sentence, which is then a part of a longer one: `must examine whether`, `many of`.
WITHIN = {"en": r"(?:.* (?:that|whether)|\w+ of)", "es": r"(?:.* (?:que|si)|[\w ]{4,14} de)"}
#: How a Spanish sentence says that something is only said, alleged, supposed or reported.
SOFTLY_ES = r"según (?:se dice|una acusación|se supone|trascendió)"
_UNNAMED = (
    "una información que no cita fuentes",
    "otra información que no cita fuentes",
    "se dice",
    "una acusación",
    "se supone",
    "trascendió",
)
#: … or where nobody is named, and that is said.
OWNERLESS = {
    "en": r"it is (?:(?:also )?reported|alleged|denied|disputed) without attribution that"
    r"|it is (?:thought|expected|not expected), without attribution, that"
    r"|the text (?:takes it for granted|implies) that|it is claimed, with no source named, that"
    r"|we conclude, though the text does not say so, that"
    r"|it is left open(?: whether)?|no answer was given on whether"
    r"|an unattributed report mentions, without endorsing it, the claim that"
    r"|open question:(?: whether)?|rejected by us:"
    r"|the claim that|(?:said|alleged|thought|reported) to [^.;]* (?:that|whether)",
    "es": r"una información que no cita fuentes alude, sin darla por cierta, a la afirmación de que"
    r"|se supone, sin citar fuentes, que|queda por saber(?: si)?|no se aclara"
    r"|no hubo respuesta a la pregunta de si|el texto da (?:por sentado|a entender) que"
    r"|se afirma, sin citar fuentes, que"
    r"|la redacción deduce, sin que el texto lo diga, que"
    r"|según (?P<by>[^;]*),(?: [\w ]{4,14} de)?"
    r"|descartado por la redacción:|la afirmación de que"
    rf"|{SOFTLY_ES},[^.;]* (?:que|si)",
}
#: What may stand right behind it: our own decision with its date, or that it is only said; and, where the sentence
#: itself says that it is not yet so, who says that.
STANDING = re.compile(r" \((?:confirmed by us on|confirmado por la redacción el) |, " + SOFTLY_ES + r"\b")
ACCORDING = re.compile(r", (?:according to|según)\b")


def folded(text: str) -> str:
    return " ".join(text.split()).casefold()


#: Between two who do something together.
TOGETHER = {"en": "and", "es": "y|e"}


class Bare:
    """The bare sentences of one edition, in one language, and where a text states one of them."""

    def __init__(self, edition: CaseGraph, language: str) -> None:
        case, wording = edition.case, Wording(edition.case, edition.dockets)
        spoken = {name for actor in case.actors.values() for name in (inline(actor, language), label(actor, language))}
        self.names = tuple(map(folded, spoken))
        #: Every relation's phrase for what is accepted, which stands alone on no line that is not.
        self.phrases: set[str] = set()
        actual: set[str] = set()
        self.not_yet: set[str] = set()
        for iri, proposition in case.propositions.items():
            phrase = case.vocabulary.relations[proposition.relation].phrases[language].accepted
            verbs = {numbered(phrase, plural) for plural in (False, True)}
            self.phrases |= verbs
            actual.add(folded(wording.core(proposition, language)))
            ends = (proposition.subject, proposition.third)
            if all(isinstance(end, str) and end in case.actors for end in ends):
                # As a page would put it together from a relation and two labels.
                first, last = (label(case.actors[end], language) for end in ends)
                actual |= {folded(f"{first} {verb} {last}") for verb in verbs}
            for standing in edition.dockets.by_proposition[iri].standings:
                if standing.affirming and standing.modality.value != "actual":
                    self.not_yet.add(folded(wording.core(proposition, language, Telling(phrase_of(standing.modality)))))
        longest_first = sorted(actual | self.not_yet, key=len, reverse=True)
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
        self.says = re.compile(rf"(?:{ONCE[language]})?(?P<who>.*?),? (?:{SAYS[language]})(?: {WITHIN[language]})? ")
        #: `the mayor and ` before the core: whoever does it together with its subject.
        names = "|".join(map(re.escape, sorted(self.names, key=len, reverse=True)))
        self.beside = re.compile(rf"(?<!\w)(?:{names}) (?:{TOGETHER[language]}) $")
        self.relayed = RELAYED[language]
        self.ownerless = re.compile(rf"(?:^|\W)(?:{OWNERLESS[language]}) $")

    def stated(self, texts: Iterable[str]) -> list[str]:
        """The texts that state what was only said."""
        return sorted({text for text in texts if not self._is_fair(folded(text))})

    def _is_fair(self, text: str) -> bool:
        found = self.pattern.finditer(text)
        return all(self._is_owned(text[: one.start()], one[0], text[one.end() :]) for one in found)

    def _is_owned(self, before: str, core: str, behind: str) -> bool:
        before = self.beside.sub("", before)
        if STANDING.match(behind) or (core in self.not_yet and ACCORDING.match(behind)):
            return True
        ownerless = self.ownerless.search(before)
        if ownerless is not None:
            # Spanish headings: "según X e Y, …", where X is a name.
            by = ownerless.groupdict().get("by")
            return by is None or by.startswith((*self.names, *_UNNAMED))
        # The clause begins with a speaker: at the start, behind a semicolon, a full stop, a colon, a quote, a footnote.
        clause = re.split(r"; |: |\. |[“«]|\] ", before)[-1]
        if clause.startswith(self.relayed) and clause.removeprefix(self.relayed).startswith(self.names):
            # Behind any of the commas: whoever is cited may cite others.
            behind = [clause[comma.end() :] for comma in re.finditer(", ", clause)]
            return any(map(self._speaks, behind))
        return self._speaks(clause)

    def _speaks(self, clause: str) -> bool:
        found = self.says.fullmatch(clause)
        return found is not None and found["who"].startswith(self.names)
