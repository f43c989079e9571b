"""Whom and what is withheld of a case, by which names they are known, and which statements would tell.

A body that publishes is withheld with what it published. Withheld with a name: its aliases, surnames and identifiers
wherever they stand, the ids of what is called after it, and the places of statements whose sentence names it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

from ..base.errors import CaseError, Finding
from ..base.terms import ID
from ..case.model import Case, Claim, Missing, Nested
from ..case.values import Quantity
from ..vocabulary.reader import standard
from .names import Names, surnames


def is_confidential(case: Case) -> bool:
    """Whether a case has anything that must not leave it."""
    return any(
        record.confidential
        for group in (case.actors.values(), case.documents.values(), case.claims)
        for record in group
    )


class Withheld:
    """What is withheld of one case: `asked` names actors and documents by IRI beside those that are confidential.

    `texts`: document's IRI → its local text, in which the places of public statements are looked up.
    """

    def __init__(self, case: Case, asked: Collection[str] = (), texts: Mapping[str, str] | None = None) -> None:
        self._case = case
        self._texts = texts or {}
        asked = frozenset(asked)
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
            if iri not in self.actors | self.documents and any(map(self.names.stand_in, names))
        }
        #: Public documents whose texts name somebody who is withheld.
        self.naming = self._naming()
        self.unplaced = self._unplaced()

    def _names(self) -> set[str]:
        """Names, aliases, surnames and identifiers of everybody and everything that is withheld."""
        names: set[str] = set()
        for iri in self.actors:
            actor = self._case.actors[iri]
            given = {re.sub(r"^(?:the|el|la|los|las) ", "", name) for name in (*actor.name.values(), *actor.aliases)}
            names |= {actor.slug, *given, *(link.identifier for link in actor.same_as)}
            # `the Harbour Works (HW)` is called by either.
            names |= {part for name in given if "(" in name for part in re.split(r"[()]", name) if part.strip()}
            if self._case.vocabulary.is_a(actor.kind, ("person",)):
                names |= {surname for name in (*given, actor.slug.replace("-", " ")) for surname in surnames(name)}
        for iri in self.documents:
            document = self._case.documents[iri]
            names |= {document.id, document.url, document.archived, document.text, document.sha256}
            # A headline of one word is a word that others use as well.
            names |= {document.title} if len(document.title.split()) > 1 else set()
        return names - {""}

    def _own_words(self) -> None:
        """A case's id and its own words stand in every IRI and sentence made of them: no name may be in them."""
        ours = standard()
        own: list[tuple[str, tuple[str, ...]]] = []
        for what, words, known in (
            ("kind", self._case.vocabulary.kinds, ours.kinds),
            ("relation", self._case.vocabulary.relations, ours.relations),
            ("unit", self._case.vocabulary.units, ours.units),
        ):
            own += [(f"the {what} {key}", (key, *_texts_in(word))) for key, word in words.items()
                    if known.get(key) != word]  # fmt: skip
        for name, said in (*((f"the case id {id_}", (id_,)) for id_ in self._case.ids), *own):
            if any(map(self.names.stand_in, said)):
                file = next((actor.place.file for actor in self._case.actors.values()), name)
                raise CaseError(
                    [Finding(file, 0, f"{name} holds a name that is to be withheld.", "Give it another one first.")]
                )

    def _naming(self) -> set[str]:
        found = {claim.document for claim in self._case.claims if self._named_in(claim)}
        found |= {iri for iri, text in self._texts.items() if self.names.stand_in(text)}
        found |= {
            iri
            for iri, document in self._case.documents.items()
            if self.actors & {*document.authors} or self.names.stand_in(document.title)
        }
        return found - self.documents

    def _unplaced(self) -> set[str]:
        """Statements that may be shown, but not where they stand: their sentence names somebody."""
        hidden = [claim for claim in self._case.claims if self.is_hidden(claim)]
        spans = {(claim.document, claim.passage.start, claim.passage.end) for claim in hidden}
        whole = {(claim.document, claim.passage.at) for claim in hidden if claim.passage.start is None}
        coarse = {(claim.document, claim.passage.at) for claim in hidden}
        found = set()
        for claim in self._case.claims:
            place = claim.passage
            if claim.document not in self.naming or self.is_hidden(claim):
                continue
            names = any(map(self.names.stand_in, (place.cue, place.words)))
            if place.start is None or place.end is None:
                names = names or (claim.document, place.at) in coarse
            else:
                text = self._texts.get(claim.document, "")[place.start : place.end]
                names = names or self.names.stand_in(text)
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
        ends = (self._case.propositions[claim.proposition].subject, self._case.propositions[claim.proposition].third)
        agents = (claim.speaks_for, *(hop.agent for hop in claim.chain), *ends)
        return any(isinstance(end, str) and end in self.renamed for end in agents)

    def _days(self, *, hidden: bool) -> set[str]:
        """The days on which documents that are withheld, or the others, were published and read."""
        return {
            day.latest
            for iri, document in self._case.documents.items()
            if (iri in self.documents) is hidden
            for day in (document.published, document.accessed)
            if day
        }

    def _named_in(self, claim: Claim) -> bool:
        """Whether a claim speaks with or about somebody who is withheld, so that its place would name them."""
        people: Iterable[str | None] = (claim.speaks_for, *(hop.agent for hop in claim.chain))
        return any(person in self.actors for person in people) or self._about(claim.proposition)

    def _about(self, iri: str) -> bool:
        proposition = self._case.propositions[iri]
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
