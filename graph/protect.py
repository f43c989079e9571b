"""Confidential sources and people are taken out of a case before anything is made of it.

In: a `Case` and perhaps more actors to withhold. Out: a `Case` of the same shape, with the same counts and the same
disputes, in which every IRI concerned is minted with a random key that is not kept. IRIs that are hashes of their
content can be guessed back by hashing every likely name.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import replace

from .forms import Texts
from .model import Actor, Case, Claim, Document, Hop, Missing, Nested, Passage, Proposition, Third, Words, relinked
from .terms import ID
from .values import Quantity

WITHHELD = "withheld"
_PERSON = {"en": "a person whose name is withheld", "es": "una persona cuyo nombre se reserva"}
_PEOPLE = {"en": "people whose names are withheld", "es": "personas cuyos nombres se reservan"}
_SOURCE = {"en": "a source whose name is withheld", "es": "una fuente cuyo nombre se reserva"}
_GONE = {"en": "[name withheld]", "es": "[nombre reservado]"}
#: A surname shorter than this would take out common words.
_SHORTEST_SURNAME = 3


def is_confidential(case: Case) -> bool:
    """Whether a case has anything that must not leave it."""
    return any(
        record.confidential
        for group in (case.actors.values(), case.documents.values(), case.claims)
        for record in group
    )


def protect(case: Case, withhold: Collection[str] = ()) -> Case:
    """The case without its confidential documents' and actors' traces; `withhold` names further actors by IRI."""
    if not withhold and not is_confidential(case):
        return case
    return _Protection(case, frozenset(withhold)).case()


def _token() -> str:
    return secrets.token_hex(10)


class _Protection:
    def __init__(self, case: Case, withhold: frozenset[str]) -> None:
        self.old = case
        self.actors = {iri for iri, actor in case.actors.items() if actor.confidential} | withhold
        self.documents = {iri for iri, document in case.documents.items() if document.confidential}
        # A confidential document's publisher is a trace of it, unless a public document shows the same publisher.
        open_publishers = {d.publisher for iri, d in case.documents.items() if iri not in self.documents}
        self.actors |= {case.documents[iri].publisher for iri in self.documents} - open_publishers
        self.node = {iri: f"{ID}{WITHHELD}/{_token()}" for iri in sorted(self.actors | self.documents)}
        self.pattern = self._names()
        # Ids are names, too: a thing or an open document called after somebody who is withheld gets another one.
        self.renamed = {
            iri
            for iri, id_ in (
                *((a.iri, a.slug) for a in case.actors.values()),
                *((d.iri, d.id) for d in case.documents.values()),
            )
            if iri not in self.node and self._names_somebody(id_)
        }
        self.node |= {iri: f"{ID}{WITHHELD}/{_token()}" for iri in sorted(self.renamed)}
        self.propositions: dict[str, str] = {}
        self.made: dict[str, Proposition] = {}
        self.claims = {claim.iri: self._claim_iri(claim) for claim in case.claims}
        spoken = {claim.proposition for claim in case.claims if self._hidden(claim)}
        self.hidden_ends = {
            proposition.third.iri
            for iri, proposition in case.propositions.items()
            if iri in spoken and isinstance(proposition.third, Missing)
        }
        # Publishers shown elsewhere may not be linked to the confidential document either.
        self.publishers = {iri: f"{ID}{WITHHELD}/{_token()}" for iri in sorted(self.documents)}

    def case(self) -> Case:
        for iri in self.old.propositions:
            self._proposition(iri)
        actors = {actor.iri: actor for actor in map(self._actor, self.old.actors.values())}
        for iri, publisher in self.publishers.items():
            place = self.old.documents[iri].place
            actors[publisher] = Actor(publisher, _token(), WITHHELD, _SOURCE, self._media(iri), place)
        documents = {document.iri: document for document in map(self._document, self.old.documents.values())}
        return replace(
            self.old,
            title=self._texts(self.old.title),
            version=self._version(),
            actors=dict(sorted(actors.items())),
            documents=dict(sorted(documents.items())),
            propositions=dict(sorted(self.made.items())),
            claims=tuple(sorted(map(self._claim, self.old.claims), key=lambda claim: claim.iri)),
            decisions=tuple(
                replace(
                    decision,
                    proposition=self.propositions[decision.proposition],
                    record=self._scrubbed(decision.record, "en"),
                    because=self._scrubbed(decision.because, "en"),
                    over=tuple(self.claims[iri] for iri in decision.over),
                )
                for decision in self.old.decisions
            ),
        )

    def _media(self, document: str) -> str:
        return self.old.actors[self.old.documents[document].publisher].kind

    def _names(self) -> re.Pattern[str] | None:
        """Names, aliases and surnames of everybody who is withheld, as whole words."""
        names: set[str] = set()
        for iri in self.actors:
            actor = self.old.actors[iri]
            given = {*actor.name.values(), *actor.aliases, actor.slug.replace("-", " "), actor.slug}
            names |= {re.sub(r"^(?:the|el|la|los|las) ", "", name) for name in given}
            if self.old.vocabulary.is_a(actor.kind, ("person",)):
                surnames = {name.split()[-1] for name in given if name.split()}
                names |= {surname for surname in surnames if len(surname) >= _SHORTEST_SURNAME}
        for iri in self.documents:
            document = self.old.documents[iri]
            names |= {document.id, document.title, document.url, document.text} - {""}
        if not names:
            return None
        words = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)

    def _scrubbed(self, text: str, language: str) -> str:
        gone = _GONE.get(language, _GONE["en"])
        return self.pattern.sub(lambda _: gone, text) if self.pattern and text else text

    def _texts(self, texts: Texts) -> Texts:
        return {language: self._scrubbed(words, language) for language, words in texts.items()}

    def _names_somebody(self, text: str) -> bool:
        """Whether an id or an address holds a name, whatever stands between its parts."""
        return self.pattern is not None and bool(self.pattern.search(re.sub(r"[\W_]+", " ", text)))

    def _version(self) -> str:
        """The version, unless it is the day of a confidential document."""
        hidden, shown = (
            {
                day.latest
                for iri, document in self.old.documents.items()
                if (iri in self.documents) is confidential
                for day in (document.published, document.accessed)
                if day
            }
            for confidential in (True, False)
        )
        return max(shown, default="") if self.old.version in hidden - shown else self.old.version

    def _end(self, iri: str | None) -> str | None:
        return None if iri is None else self.node.get(iri, iri)

    # --- records

    def _actor(self, actor: Actor) -> Actor:
        if actor.iri not in self.actors:
            return replace(
                actor,
                iri=self.node.get(actor.iri, actor.iri),
                slug=_token() if actor.iri in self.renamed else actor.slug,
                name=self._texts(actor.name),
                aliases=tuple(self._scrubbed(alias, "en") for alias in actor.aliases),
            )
        vocabulary = self.old.vocabulary
        if vocabulary.is_a(actor.kind, ("person",)):
            name = _PERSON
        elif vocabulary.is_a(actor.kind, ("people",)):
            name = _PEOPLE
        else:
            name = _SOURCE
        return replace(actor, iri=self.node[actor.iri], slug=_token(), case=WITHHELD, name=name, aliases=(), same_as=())

    def _document(self, document: Document) -> Document:
        if document.iri not in self.documents:
            addresses = (document.url, document.archived)
            url, archived = ("" if self._names_somebody(address) else address for address in addresses)
            return replace(
                document,
                iri=self.node.get(document.iri, document.iri),
                id=_token() if document.iri in self.renamed else document.id,
                url=url,
                archived=archived,
                title=self._scrubbed(document.title, document.language),
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
                within = self.documents | self.renamed
                inside = third.iri in self.hidden_ends or any(third.iri.startswith(f"{iri}/") for iri in within)
                iri = f"{ID}{WITHHELD}/{_token()}" if inside else third.iri
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
            if old.subject in self.actors and isinstance(new.third, Words):
                # What somebody is called gives them away.
                new = replace(new, third=Words(_GONE.get(new.third.language, _GONE["en"]), new.third.language))
            self.propositions[iri] = new.iri
            self.made[new.iri] = new
        return self.propositions[iri]

    # --- claims

    def _named_in(self, claim: Claim) -> bool:
        """Whether a claim speaks with or about somebody who is withheld, so that its place would name them."""
        people: Iterable[str | None] = (claim.speaks_for, *(hop.agent for hop in claim.chain))
        return any(person in self.actors for person in people) or self._about(claim.proposition)

    def _about(self, iri: str) -> bool:
        proposition = self.old.propositions[iri]
        third = proposition.third
        nodes: set[str | None] = set()
        if isinstance(third, Quantity):
            nodes = {third.counts, third.share_of, *third.per}
        elif isinstance(third, Missing):
            nodes = {third.by}
        ends = (proposition.subject, third, *nodes)
        return any(
            self._about(end.iri) if isinstance(end, Nested) else isinstance(end, str) and end in self.actors
            for end in ends
        )

    def _hidden(self, claim: Claim) -> bool:
        return claim.document in self.documents or claim.confidential or self._named_in(claim)

    def _claim_iri(self, claim: Claim) -> str:
        hidden = self._hidden(claim) or claim.document in self.renamed
        return f"{ID}{WITHHELD}/{_token()}" if hidden else claim.iri

    def _claim(self, claim: Claim) -> Claim:
        hidden = self._hidden(claim)
        in_document = claim.document in self.documents
        passage = self._passage(claim.passage) if hidden else self._shown_passage(claim.passage)
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
        return Passage(f"{ID}{WITHHELD}/{_token()}", document, WITHHELD, 0)
