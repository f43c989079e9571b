"""Through whom a statement reached us: `according to the record, Quiroga denies this`, and chains of names.

In: claims and the sentence that they make. Out: the sentence with those who passed it on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ..case.model import Claim
from ..vocabulary.model import numbered
from ..words import listed, message
from .names import label, sentence_text, several
from .nouns import known_now
from .plainer import Plainer

#: As many as one citation names: `Reuters, citing a manager`.
_CITED = 2


class PassedOn(Plainer):
    """Sentences with those through whom they came."""

    def _passed_on(self, text: str, claims: Iterable[str], language: str) -> str:
        """`according to the record, Quiroga denies this`: what all of these claims came through stands before it."""
        ways = list(dict.fromkeys(handed_on(self.claims[iri]) for iri in claims))
        if not ways or not all(ways):
            return text  # nothing was passed on, or somebody is quoted directly as well
        source = ""
        if len(ways) == 1 and len(ways[0]) > _CITED:
            # No long chain in one breath: the last one leads, and where it has it from stands behind.
            *nearer, last = ways[0]
            named, cited = known_now(self.name(last, language), language), self._citing(nearer, language)
            source = sentence_text(language, "sourceOf", who=named, what=cited).replace("s's ", "s' ")
            ways = [(last,)]
        who = listed([self._citing(way, language) for way in ways], language)
        # A name keeps its capital; the words of a sentence without a speaker do not.
        somebody = any(self.claims[iri].originator for iri in claims)
        what = text if somebody else text[:1].lower() + text[1:]
        number = 2 if len(ways) > 1 or several(self.case.actors[ways[0][-1]], language) else 1
        behind = sentence_text(language, "passedOnBehind", n=number, who=who, what=text)
        if behind and sentence_text(language, "according", who="").strip() in text[:6].casefold():
            return f"{behind}{source}"
        return f"{sentence_text(language, 'passedOn', who=who, what=what)}{source}"

    def _citing(self, way: Sequence[str], language: str) -> str:
        """Who told it last, citing whom: `Reuters, citing a manager`; `way` begins nearest to the speaker."""
        words = self.name(way[0], language)
        for whom, who in pairwise(way):
            many = several(self.case.actors[who], language)
            text = sentence_text(language, "citing", n=2 if many else 1, who=self.name(who, language), whom=words)
            words = numbered(text, many, personal=self._somebody(whom)).replace("  ", " ")
        return words

    def relays(self, claim: Claim, language: str) -> str:
        """Who passed it on: `Associated Press, bne IntelliNews`; empty for nobody."""
        return ", ".join(self._hop(hop.agent, language) for hop in claim.chain if hop.role == "relay")

    def _hop(self, agent: str | None, language: str) -> str:
        return label(self.case.actors[agent], language) if agent else message(language, "statement.unnamed")

    def _by_whom(self, agent: str | None, language: str) -> str:
        """As it stands in a sentence: `the Associated Press`."""
        return self.name(agent, language) if agent else message(language, "statement.unnamed")

    def chain(self, claim: Claim, language: str) -> str:
        """How it reached us: `Cristosal › Associated Press › bne IntelliNews`."""
        names = [
            sentence_text(language, "impliedHop", who=name) if hop.implied else name
            for hop in claim.chain
            for name in (self._hop(hop.agent, language),)
        ]
        return " › ".join(names)


def handed_on(claim: Claim) -> tuple[str, ...]:
    """Who passed it on, nearest to the speaker first, without those whom we only guess."""
    return tuple(hop.agent for hop in claim.chain if hop.role == "relay" and hop.agent and not hop.implied)
