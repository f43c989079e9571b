"""Confidential sources and people are taken out of a case before anything is made of it.

In: a `Case`, and what is `Withheld` of it. Out: a `Case` of the same shape, with the same counts and the same disputes,
in which every IRI concerned is minted with a random key that is not kept. IRIs that are hashes of their content can be
guessed back by hashing every likely name.

Taken out beside the names: the places of statements that would tell, and the address, digest and headline (when it
names somebody) of public texts that name them.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections import Counter
from dataclasses import replace

from ..base.terms import ID
from ..case.model import (
    Actor,
    Case,
    CaseInfo,
    Claim,
    Document,
    Hop,
    Missing,
    Nested,
    Passage,
    Proposition,
    Third,
    Words,
    relinked,
)
from ..case.values import Quantity
from ..words import message, messages
from ..yaml.forms import Texts
from .withheld import Withheld

WITHHELD = "withheld"


def _token() -> str:
    return secrets.token_hex(10)


def _minted() -> str:
    """An IRI that nothing leads to."""
    return f"{ID}{WITHHELD}/{_token()}"


class Protection:
    """One protection of one case: what each thing withheld is called instead, and what was done (`done`)."""

    def __init__(self, case: Case, withheld: Withheld) -> None:
        self.old = case
        self.withheld = withheld
        #: What was done → how often.
        self.done: Counter[str] = Counter()
        #: IRI of whoever and whatever is withheld, or called after them → the one it gets.
        self.node = {iri: _minted() for iri in sorted(withheld.actors | withheld.documents | withheld.renamed)}
        self.propositions: dict[str, str] = {}
        self.made: dict[str, Proposition] = {}
        self.claims = {claim.iri: self._claim_iri(claim) for claim in case.claims}
        spoken = {claim.proposition for claim in case.claims if withheld.is_hidden(claim)}
        self.hidden_ends = {
            proposition.third.iri
            for iri, proposition in case.propositions.items()
            if iri in spoken and isinstance(proposition.third, Missing)
        }
        # Publishers shown elsewhere may not be linked to the confidential document either; one that is withheld itself
        # stays one source.
        self.publishers = {
            iri: self.node.get(case.documents[iri].publisher, _minted()) for iri in sorted(withheld.documents)
        }

    def case(self) -> Case:
        for iri in self.old.propositions:
            self._proposition(iri)
        actors = {actor.iri: actor for actor in map(self._actor, self.old.actors.values())}
        for iri, publisher in self.publishers.items():
            place = self.old.documents[iri].place
            name = messages("redaction.source")
            actors.setdefault(publisher, Actor(publisher, _token(), WITHHELD, name, self._media(iri), place))
        documents = {document.iri: document for document in map(self._document, self.old.documents.values())}
        return replace(
            self.old,
            title=self._texts(self.old.title),
            version=self._version(self.old.version),
            editor=self._scrubbed(self.old.editor, "en"),
            contact=self._scrubbed(self.old.contact, "en"),
            corrections=self._scrubbed(self.old.corrections, "en"),
            parts=self._parts(),
            actors=dict(sorted(actors.items())),
            documents=dict(sorted(documents.items())),
            propositions=dict(sorted(self.made.items())),
            claims=tuple(sorted(map(self._claim, self.old.claims), key=lambda claim: claim.iri)),
            decisions=tuple(
                replace(
                    decision,
                    statement=WITHHELD
                    if self._scrubbed(decision.statement, "en") != decision.statement
                    or decision.proposition not in self.made
                    else decision.statement,
                    proposition=self.propositions[decision.proposition],
                    by=self._scrubbed(decision.by, "en"),
                    record=self._scrubbed(decision.record, "en"),
                    because=self._scrubbed(decision.because, "en"),
                    over=tuple(self.claims[iri] for iri in decision.over),
                )
                for decision in self.old.decisions
            ),
        )

    def _parts(self) -> tuple[CaseInfo, ...]:
        """What each case says of itself, scrubbed as the whole is. Its own words hold no name: see `_own_words`."""
        counted = self.done["names"]
        parts = tuple(
            replace(
                part,
                title=self._texts(part.title),
                version=self._version(part.version),
                editor=self._scrubbed(part.editor, "en"),
                contact=self._scrubbed(part.contact, "en"),
                corrections=self._scrubbed(part.corrections, "en"),
                cast=tuple(iri for iri in part.cast if iri not in self.node),
            )
            for part in self.old.parts
        )
        # The same names stand in the whole, where they are counted.
        self.done["names"] = counted
        return parts

    def _media(self, document: str) -> str:
        return self.old.actors[self.old.documents[document].publisher].kind

    def _scrubbed(self, text: str, language: str) -> str:
        """The text with every name that is withheld taken out."""
        if not text or not self.withheld.names:
            return text
        whole = unicodedata.normalize("NFC", text)
        spans = self.withheld.names.spans(whole)
        if not spans:
            return text
        self.done["names"] += len(spans)
        gone = message(language, "redaction.name")
        kept, at = [], 0
        for start, end in spans:
            kept += [whole[at:start], gone]
            at = end
        return "".join([*kept, whole[at:]])

    def _texts(self, texts: Texts) -> Texts:
        return {language: self._scrubbed(words, language) for language, words in texts.items()}

    # --- public texts that name somebody

    def _version(self, version: str) -> str:
        """A version, unless it is the day of a confidential document."""
        return max(self.withheld.shown_days, default="") if version in self.withheld.hidden_days else version

    def _end(self, iri: str | None) -> str | None:
        return None if iri is None else self.node.get(iri, iri)

    # --- records

    def _stand_in(self, actor: Actor) -> str:
        """What stands in for a withheld name: as much of the kind as leads nobody to it."""
        is_a = self.old.vocabulary.is_a
        for kind in ("person", "people"):
            if is_a(actor.kind, (kind,)):
                return kind
        if is_a(actor.kind, ("media",)) or not is_a(actor.kind, ("body", "agent")):
            return "source" if is_a(actor.kind, ("media", "document")) else "thing"
        return "body" if is_a(actor.kind, ("body",)) else "source"

    def _actor(self, actor: Actor) -> Actor:
        if actor.iri not in self.withheld.actors:
            return replace(
                actor,
                iri=self.node.get(actor.iri, actor.iri),
                slug=_token() if actor.iri in self.withheld.renamed else actor.slug,
                name=self._texts(actor.name),
                aliases=tuple(self._scrubbed(alias, "en") for alias in actor.aliases),
                short=self._scrubbed(actor.short, "en"),
                same_as=() if actor.iri in self.withheld.renamed else actor.same_as,
            )
        name = messages(f"redaction.{self._stand_in(actor)}")
        unknown = replace(actor, aliases=(), same_as=(), short="", pronoun="")
        return replace(unknown, iri=self.node[actor.iri], slug=_token(), case=WITHHELD, name=name)

    def _document(self, document: Document) -> Document:
        if document.iri not in self.withheld.documents:
            # Whoever finds a text that names them can read the name there: nothing leads to it but publisher and date.
            named = document.iri in self.withheld.naming
            self.done["addresses"] += named * (bool(document.url) + bool(document.archived))
            self.done["digests"] += named and bool(document.sha256)
            title = "" if self.withheld.names.stand_in(document.title) else document.title
            self.done["headlines"] += title != document.title
            return replace(
                document,
                iri=self.node.get(document.iri, document.iri),
                id=_token() if document.iri in self.withheld.renamed else document.id,
                url="" if named else document.url,
                archived="" if named else document.archived,
                sha256="" if named else document.sha256,
                text="" if named else document.text,
                body_from="" if named else document.body_from,
                title=title,
                publisher=str(self._end(document.publisher)),
                authors=tuple(str(self._end(author)) for author in document.authors),
            )
        return Document(
            iri=self.node[document.iri],
            id=_token(),
            case=WITHHELD,
            title="",
            publisher=self.publishers[document.iri],
            place=document.place,
            confidential=True,
        )

    def _third(self, third: Third) -> Third:
        match third:
            case str():
                return self.node.get(third, third)
            case Nested():
                return Nested(self._proposition(third.iri))
            case Words():
                return Words(self._scrubbed(third.text, third.language), third.language)
            case Missing():
                within = self.withheld.documents | self.withheld.renamed
                inside = third.iri in self.hidden_ends or any(third.iri.startswith(f"{iri}/") for iri in within)
                iri = _minted() if inside else third.iri
                return Missing(iri, third.withheld, self._end(third.by))
            case Quantity():
                return replace(
                    third,
                    counts=self._end(third.counts),
                    share_of=self._end(third.share_of),
                    per=tuple(self.node.get(word, word) for word in third.per),
                )
            case _:
                return third

    def _proposition(self, iri: str) -> str:
        """The new IRI of a proposition; it follows from its content, in which the random IRIs stand."""
        if iri not in self.propositions:
            old = self.old.propositions[iri]
            subject = old.subject
            new = replace(
                old,
                subject=Nested(self._proposition(subject.iri))
                if isinstance(subject, Nested)
                else self.node.get(subject, subject),
                third=self._third(old.third),
            )
            if isinstance(old.subject, str) and old.subject in self.withheld.actors and isinstance(new.third, Words):
                # What somebody is called gives them away.
                new = replace(new, third=Words(message(new.third.language, "redaction.name"), new.third.language))
            self.propositions[iri] = new.iri
            self.made[new.iri] = new
        return self.propositions[iri]

    # --- claims

    def _claim_iri(self, claim: Claim) -> str:
        hidden = self.withheld.is_hidden(claim) or claim.document in self.withheld.renamed
        return _minted() if hidden else claim.iri

    def _claim(self, claim: Claim) -> Claim:
        hidden = self.withheld.is_hidden(claim)
        in_document = claim.document in self.withheld.documents
        placeless = hidden or claim.iri in self.withheld.unplaced
        self.done["places"] += placeless
        passage = self._passage(claim.passage) if placeless else self._shown_passage(claim.passage)
        taken, reply = claim.retraction, claim.reply
        links = {
            "counters": claim.counters,
            "confirms": claim.confirms,
            "depends_on": claim.depends_on,
            "alternative_of": claim.alternative_of,
        }
        renamed = {link: tuple(self.claims[iri] for iri in claims) for link, claims in links.items()}
        return replace(
            relinked(claim, renamed),
            iri=self.claims[claim.iri],
            sid=_token()[:6] if hidden else claim.sid,
            document=str(self._end(claim.document)),
            proposition=self.propositions[claim.proposition],
            chain=tuple(self._hop(hop, claim.document if in_document else "") for hop in claim.chain),
            passage=passage,
            speaks_for=self._end(claim.speaks_for),
            hedges=tuple(self._scrubbed(hedge, "en") for hedge in claim.hedges),
            quantifier=self._scrubbed(claim.quantifier, "en"),
            said=None if in_document else claim.said,
            summary=self._texts(claim.summary),
            note="" if in_document else self._scrubbed(claim.note, "en"),
            no_reply_because=self._scrubbed(claim.no_reply_because, "en"),
            retraction=taken
            and replace(taken, by=self._scrubbed(taken.by, "en"), where=self._scrubbed(taken.where, "en")),
            reply=reply and replace(reply, by=self._scrubbed(reply.by, "en"), answer=self._texts(reply.answer)),
        )

    def _hop(self, hop: Hop, document: str) -> Hop:
        publisher = bool(document) and hop.agent == self.old.documents[document].publisher
        agent = self.publishers[document] if publisher else self._end(hop.agent)
        # A verb as printed and a date can be searched for.
        return Hop(agent, hop.role, "" if document else self._scrubbed(hop.verb, "en"), None if document else hop.on,
                   hop.implied)  # fmt: skip

    def _shown_passage(self, passage: Passage) -> Passage:
        """A place that may be shown; its words may name somebody who may not."""
        document = str(self._end(passage.document))
        return replace(
            passage,
            iri=document + passage.iri.removeprefix(passage.document),
            document=document,
            cue="",
            words=self._scrubbed(passage.words, passage.language),
        )

    def _passage(self, passage: Passage) -> Passage:
        document = str(self._end(passage.document))
        return Passage(_minted(), document, WITHHELD, 0)
