"""Confidential sources and people are taken out of a case before anything is made of it.

In: a `Case`, perhaps more actors and documents to withhold, and the documents' texts where they are at hand. Out: a
`Case` of the same shape, with the same counts and the same disputes, in which every IRI concerned is minted with a
random key that is not kept. IRIs that are hashes of their content can be guessed back by hashing every likely name.

Withheld with a name: its aliases, surnames and identifiers wherever they stand, the ids of what is called after it, the
places of statements by or about it and of all others whose sentence names it, and the address, digest and headline
(when it names it) of the public texts that do. A body that publishes is withheld with what it published.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace

from ..base.errors import CaseError, Finding
from ..base.spelling import any_of, folded
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
from ..vocabulary.reader import standard
from ..words import message, messages
from ..yaml.forms import Texts

WITHHELD = "withheld"
#: A surname shorter than this would take out common words: it is told instead.
SHORTEST_SURNAME = 3
#: Up to so many capitals are an abbreviation: `US` is not `us`.
_LONGEST_ABBREVIATION = 4
_NOT_SURNAMES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def is_confidential(case: Case) -> bool:
    """Whether a case has anything that must not leave it."""
    return any(
        record.confidential
        for group in (case.actors.values(), case.documents.values(), case.claims)
        for record in group
    )


def protect(case: Case, withhold: Collection[str] = (), texts: Mapping[str, str] | None = None) -> Case:
    """The case without the traces of what is confidential; `withhold` names further actors and documents by IRI.

    `texts`: document's IRI → its local text, in which the places of public statements are looked up.
    """
    if not withhold and not is_confidential(case):
        return case
    return Protection(case, withhold, texts).case()


def _texts_in(value: object) -> Iterator[str]:
    """Every text in a term of the vocabulary, however deep."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts_in(getattr(value, each.name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts_in(each)
    elif isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from _texts_in(each)


def _token() -> str:
    return secrets.token_hex(10)


class Names:
    """The names of somebody or something, found as whole words in whichever spelling: see `base.spelling`."""

    def __init__(self, names: Iterable[str]) -> None:
        plain: set[str] = set()
        short: set[str] = set()
        for name in names:
            words = re.findall(r"[^\W_]+", name)
            if len(words) == 1 and words[0].isupper() and len(words[0]) <= _LONGEST_ABBREVIATION:
                short.add(words[0])
            elif sum(map(len, words)) > 1:
                plain.add(name)
        self._plain = any_of(plain)
        self._short = _capitals(short)

    def __bool__(self) -> bool:
        return bool(self._plain or self._short)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where they stand in a text in NFC, from the left, none inside another."""
        found: list[tuple[int, int]] = []
        if self._plain:
            low, places = folded(text)
            found += [(places[m.start()], places[m.end() - 1] + 1) for m in self._plain.finditer(low) if m[0]]
        found += [match.span() for match in self._short.finditer(text)] if self._short else []
        apart: list[tuple[int, int]] = []
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            if not apart or start >= apart[-1][1]:
                apart.append((start, end))
        return apart

    def stand_in(self, text: str) -> bool:
        """Whether one of them stands in a text."""
        return bool(self) and bool(self.spans(unicodedata.normalize("NFC", text)))


def _capitals(words: Iterable[str]) -> re.Pattern[str] | None:
    """Abbreviations, in capitals only: `US` is not `us`. With letters of full width, too."""
    found = "|".join(sorted(re.escape(word) for word in words))
    return re.compile(rf"(?<![^\W_])(?:{found})(?![^\W_])") if found else None


class Protection:
    """One protection of one case: what is withheld, what it is called instead, and what was done (`done`)."""

    def __init__(self, case: Case, withhold: Collection[str] = (), texts: Mapping[str, str] | None = None) -> None:
        self.old = case
        self.texts = texts or {}
        #: What was done → how often.
        self.done: Counter[str] = Counter()
        asked = frozenset(withhold)
        self.actors = {iri for iri, actor in case.actors.items() if actor.confidential or iri in asked}
        self.documents = {
            iri
            for iri, document in case.documents.items()
            if document.confidential or iri in asked or document.publisher in self.actors
        }
        # A confidential document's publisher is a trace of it, unless a public document shows the same publisher.
        open_publishers = {d.publisher for iri, d in case.documents.items() if iri not in self.documents}
        self.actors |= {case.documents[iri].publisher for iri in self.documents} - open_publishers
        self.shown_days = self._days(hidden=False)
        #: Days that would tell when something withheld was published.
        self.hidden_days = self._days(hidden=True) - self.shown_days
        self.node = {iri: f"{ID}{WITHHELD}/{_token()}" for iri in sorted(self.actors | self.documents)}
        #: Every name that is withheld, as given, and the same as what is searched for.
        self.given = frozenset(self._names())
        self.names = Names(self.given)
        self._own_words()
        # Ids are names, too: a thing or an open document called after somebody who is withheld gets another one.
        self.renamed = {
            iri
            for iri, names in (
                *((a.iri, (a.iri.removeprefix(ID), a.slug, *a.name.values())) for a in case.actors.values()),
                *((d.iri, (d.id,)) for d in case.documents.values()),
            )
            if iri not in self.node and any(map(self.names.stand_in, names))
        }
        self.node |= {iri: f"{ID}{WITHHELD}/{_token()}" for iri in sorted(self.renamed)}
        self.propositions: dict[str, str] = {}
        self.made: dict[str, Proposition] = {}
        self.claims = {claim.iri: self._claim_iri(claim) for claim in case.claims}
        spoken = {claim.proposition for claim in case.claims if self.is_hidden(claim)}
        self.hidden_ends = {
            proposition.third.iri
            for iri, proposition in case.propositions.items()
            if iri in spoken and isinstance(proposition.third, Missing)
        }
        #: Public documents whose texts name somebody who is withheld.
        self.naming = self._naming()
        self.unplaced = self._unplaced()
        # Publishers shown elsewhere may not be linked to the confidential document either; one that is withheld itself
        # stays one source.
        self.publishers = {
            iri: self.node.get(case.documents[iri].publisher, f"{ID}{WITHHELD}/{_token()}")
            for iri in sorted(self.documents)
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

    def _names(self) -> set[str]:
        """Names, aliases, surnames and identifiers of everybody and everything that is withheld."""
        names: set[str] = set()
        for iri in self.actors:
            actor = self.old.actors[iri]
            given = {re.sub(r"^(?:the|el|la|los|las) ", "", name) for name in (*actor.name.values(), *actor.aliases)}
            names |= {actor.slug, *given, *(link.identifier for link in actor.same_as)}
            # `the Harbour Works (HW)` is called by either.
            names |= {part for name in given if "(" in name for part in re.split(r"[()]", name) if part.strip()}
            if self.old.vocabulary.is_a(actor.kind, ("person",)):
                names |= {surname for name in (*given, actor.slug.replace("-", " ")) for surname in _surnames(name)}
        for iri in self.documents:
            document = self.old.documents[iri]
            names |= {document.id, document.url, document.archived, document.text, document.sha256}
            # A headline of one word is a word that others use as well.
            names |= {document.title} if len(document.title.split()) > 1 else set()
        return names - {""}

    def _own_words(self) -> None:
        """A case's id and its own words stand in every IRI and sentence made of them: no name may be in them."""
        ours = standard()
        own: list[tuple[str, tuple[str, ...]]] = []
        for what, words, known in (
            ("kind", self.old.vocabulary.kinds, ours.kinds),
            ("relation", self.old.vocabulary.relations, ours.relations),
            ("unit", self.old.vocabulary.units, ours.units),
        ):
            own += [(f"the {what} {key}", (key, *_texts_in(word))) for key, word in words.items()
                    if known.get(key) != word]  # fmt: skip
        for name, said in (*((f"the case id {id_}", (id_,)) for id_ in self.old.ids), *own):
            if any(map(self.names.stand_in, said)):
                file = next((actor.place.file for actor in self.old.actors.values()), name)
                raise CaseError(
                    [Finding(file, 0, f"{name} holds a name that is to be withheld.", "Give it another one first.")]
                )

    def _scrubbed(self, text: str, language: str) -> str:
        """The text with every name that is withheld taken out."""
        if not text or not self.names:
            return text
        whole = unicodedata.normalize("NFC", text)
        spans = self.names.spans(whole)
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

    def _naming(self) -> set[str]:
        found = {claim.document for claim in self.old.claims if self._named_in(claim)}
        found |= {iri for iri, text in self.texts.items() if self.names.stand_in(text)}
        found |= {
            iri
            for iri, document in self.old.documents.items()
            if self.actors & {*document.authors} or self.names.stand_in(document.title)
        }
        return found - self.documents

    def _unplaced(self) -> set[str]:
        """Statements that may be shown, but not where they stand: their sentence names somebody."""
        hidden = [claim for claim in self.old.claims if self.is_hidden(claim)]
        spans = {(claim.document, claim.passage.start, claim.passage.end) for claim in hidden}
        whole = {(claim.document, claim.passage.at) for claim in hidden if claim.passage.start is None}
        coarse = {(claim.document, claim.passage.at) for claim in hidden}
        found = set()
        for claim in self.old.claims:
            place = claim.passage
            if claim.document not in self.naming or self.is_hidden(claim):
                continue
            names = any(map(self.names.stand_in, (place.cue, place.words)))
            if place.start is None or place.end is None:
                names = names or (claim.document, place.at) in coarse
            else:
                text = self.texts.get(claim.document, "")[place.start : place.end]
                names = names or self.names.stand_in(text) or self._renamed_speaks(claim)
                names = names or (claim.document, place.at) in whole
                names = names or any(
                    document == claim.document and start is not None and end is not None
                    and start < place.end and place.start < end
                    for document, start, end in spans
                )  # fmt: skip
            if names or self._renamed_speaks(claim):
                found.add(claim.iri)
        return found

    def _renamed_speaks(self, claim: Claim) -> bool:
        """Whether what is called after somebody stands in it: the sentence then does as well."""
        ends = (self.old.propositions[claim.proposition].subject, self.old.propositions[claim.proposition].third)
        agents = (claim.speaks_for, *(hop.agent for hop in claim.chain), *ends)
        return any(isinstance(end, str) and end in self.renamed for end in agents)

    def _version(self, version: str) -> str:
        """A version, unless it is the day of a confidential document."""
        return max(self.shown_days, default="") if version in self.hidden_days else version

    def _days(self, *, hidden: bool) -> set[str]:
        """The days on which documents that are withheld, or the others, were published and read."""
        return {
            day.latest
            for iri, document in self.old.documents.items()
            if (iri in self.documents) is hidden
            for day in (document.published, document.accessed)
            if day
        }

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
        if actor.iri not in self.actors:
            return replace(
                actor,
                iri=self.node.get(actor.iri, actor.iri),
                slug=_token() if actor.iri in self.renamed else actor.slug,
                name=self._texts(actor.name),
                aliases=tuple(self._scrubbed(alias, "en") for alias in actor.aliases),
                same_as=() if actor.iri in self.renamed else actor.same_as,
            )
        name = messages(f"redaction.{self._stand_in(actor)}")
        return replace(actor, iri=self.node[actor.iri], slug=_token(), case=WITHHELD, name=name, aliases=(), same_as=())

    def _document(self, document: Document) -> Document:
        if document.iri not in self.documents:
            # Whoever finds a text that names them can read the name there: nothing leads to it but publisher and date.
            named = document.iri in self.naming
            self.done["addresses"] += named * (bool(document.url) + bool(document.archived))
            self.done["digests"] += named and bool(document.sha256)
            title = "" if self.names.stand_in(document.title) else document.title
            self.done["headlines"] += title != document.title
            return replace(
                document,
                iri=self.node.get(document.iri, document.iri),
                id=_token() if document.iri in self.renamed else document.id,
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
            if isinstance(old.subject, str) and old.subject in self.actors and isinstance(new.third, Words):
                # What somebody is called gives them away.
                new = replace(new, third=Words(message(new.third.language, "redaction.name"), new.third.language))
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

    def is_hidden(self, claim: Claim) -> bool:
        """Whether a statement is by or about what is withheld, or confidential itself: its id and place go, too."""
        return claim.document in self.documents or claim.confidential or self._named_in(claim)

    def _claim_iri(self, claim: Claim) -> str:
        hidden = self.is_hidden(claim) or claim.document in self.renamed
        return f"{ID}{WITHHELD}/{_token()}" if hidden else claim.iri

    def _claim(self, claim: Claim) -> Claim:
        hidden = self.is_hidden(claim)
        in_document = claim.document in self.documents
        placeless = hidden or claim.iri in self.unplaced
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
        return Passage(f"{ID}{WITHHELD}/{_token()}", document, WITHHELD, 0)


def _surnames(name: str) -> set[str]:
    return {word for word in last_names(name) if len(re.sub(r"[\W_]", "", word)) >= SHORTEST_SURNAME}


def last_names(name: str) -> set[str]:
    """The last word of a name and, of three or more, the one before; parts of `Ruiz-Marsh` each."""
    words = [word for word in re.split(r"\s+", name.strip()) if word.strip(".").lower() not in _NOT_SURNAMES]
    last = words[-2:] if len(words) > 2 else words[-1:]
    return {part for word in last for part in (word, *re.split(r"[-–]", word))}
