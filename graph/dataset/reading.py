"""Evidence back into a case.

In: the quads of evidence, all of a store's or a part of them. Out: the case that they were made of, but for what only
its author's files hold: comments, cues, line numbers, notes that were kept back. What evidence cites and nobody
describes is named by the last part of its IRI.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ..base.terms import ID, expand
from ..case.claims import place_order
from ..case.model import (
    Actor,
    Basis,
    Case,
    CaseInfo,
    Claim,
    Decision,
    Document,
    Hop,
    Missing,
    Modality,
    Nested,
    Passage,
    Place,
    Proposition,
    Reply,
    Retraction,
    SameAs,
    Stance,
    Third,
    Words,
)
from ..case.values import Date, Quantity, date_of, parse_date, read_written
from ..vocabulary.model import Vocabulary
from ..vocabulary.reader import standard
from . import words
from .shape import SETTLED_GRAPHS

Term: TypeAlias = NamedNode | Literal | BlankNode | Triple
#: Predicate IRI → values, of one subject in one graph.
Record: TypeAlias = dict[str, list[Term]]
Records: TypeAlias = dict[str, Record]

_NOWHERE = Place("", 0)
_WIKIDATA = "http://www.wikidata.org/entity/"


def read_case(quads: Iterable[Quad]) -> Case:
    """The case that evidence describes. Quads of settled graphs are passed over."""
    graphs: dict[str, Records] = {}
    for quad in quads:
        if quad.graph_name in SETTLED_GRAPHS or not isinstance(quad.subject, NamedNode):
            continue
        records = graphs.setdefault(quad.graph_name.value, {})  # type: ignore[union-attr]
        values = records.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, [])
        values.append(quad.object)
    return _Reading(graphs).case()


def _terms(record: Record, name: str) -> list[Term]:
    return record.get(expand(name), [])


def _all(record: Record, name: str) -> tuple[str, ...]:
    return tuple(sorted(str(getattr(value, "value", "")) for value in _terms(record, name)))


def _one(record: Record, name: str) -> str:
    return next(iter(_all(record, name)), "")


def _flag(record: Record, name: str) -> bool:
    return _one(record, name) in ("true", "1")


def _number(record: Record, name: str) -> int | None:
    found = _one(record, name)
    return int(found) if found else None


def _texts(record: Record, name: str) -> dict[str, str]:
    found = (value for value in _terms(record, name) if isinstance(value, Literal) and value.language)
    return dict(sorted((str(value.language), value.value) for value in found))


def _local(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition("#")[2]


class _Reading:
    def __init__(self, graphs: Mapping[str, Records]) -> None:
        self.graphs = dict(sorted(graphs.items()))
        self.by_type: dict[str, list[tuple[str, str, Record]]] = {}
        for graph, records in self.graphs.items():
            for iri, record in records.items():
                for kind in _all(record, "rdf:type"):
                    self.by_type.setdefault(kind, []).append((graph, iri, record))
        self.parts = tuple(sorted(map(self._part, self._of("ag:Case")), key=lambda part: part.id))
        self.vocabulary = _vocabulary(self.parts)
        self.relations = {relation.mirror: key for key, relation in self.vocabulary.relations.items()}
        self.kinds = {kind.iri: key for key, kind in self.vocabulary.kinds.items()}
        self.made: dict[str, Proposition] = {}

    def _of(self, name: str) -> list[tuple[str, str, Record]]:
        return self.by_type.get(expand(name), [])

    def case(self) -> Case:
        documents = {iri: self._document(iri, record) for _, iri, record in self._of("ag:Document")}
        for name, names in (("ag:Claim", "ag:claims"), ("ag:Mention", "ag:mentions"), ("ag:Reference", "ag:names")):
            for _, _, record in self._of(name):
                self._speaks_of(_one(record, names), record)
        claims = {
            iri: self._claim(graph, iri, record)
            for name in ("ag:Claim", "ag:Mention")
            for graph, iri, record in self._of(name)
            if graph in documents
        }
        known = {iri: claim for iri, claim in claims.items() if claim.proposition in self.made}
        decisions = map(self._decision, self._of("ag:Decision"))
        actors = self._actors()
        for iri in self._cited(documents, known):
            if iri not in actors:
                actors[iri] = self._undescribed(iri)
        languages = sorted({tag for part in self.parts for tag in part.title})
        titles = {tag: " · ".join(part.title[tag] for part in self.parts if tag in part.title) for tag in languages}
        first = self.parts[0] if self.parts else CaseInfo("", {})
        return Case(
            ids=tuple(part.id for part in self.parts),
            title=titles,
            version=max((part.version for part in self.parts), default=""),
            editor=first.editor,
            contact=first.contact,
            licence=first.licence,
            corrections=first.corrections,
            vocabulary=self.vocabulary,
            actors=dict(sorted(actors.items())),
            documents=dict(sorted(documents.items())),
            propositions=dict(sorted(self.made.items())),
            claims=tuple(sorted(known.values(), key=lambda claim: claim.iri)),
            decisions=tuple(sorted(_last(decisions, self.made), key=lambda decision: decision.proposition)),
            parts=self.parts,
        )

    # --- cases and their words

    def _part(self, found: tuple[str, str, Record]) -> CaseInfo:
        record = found[2]
        folds = (line.partition(" ") for line in _all(record, "ag:ownFold"))
        return CaseInfo(
            id=_one(record, "dcterms:identifier"),
            title=_texts(record, "rdfs:label"),
            version=_one(record, "dcterms:modified"),
            editor=_one(record, "dcterms:creator"),
            contact=_one(record, "ag:contact"),
            licence=_one(record, "dcterms:license") or _one(record, "dcterms:rights"),
            corrections=_one(record, "ag:corrections"),
            kinds=tuple(map(words.kind, _all(record, "ag:ownKind"))),
            relations=tuple(map(words.relation, _all(record, "ag:ownRelation"))),
            units=tuple(map(words.unit, _all(record, "ag:ownUnit"))),
            folds=tuple((first, second) for first, _, second in folds),
            cast=_all(record, "ag:mainActor"),
        )

    # --- actors

    def _actors(self) -> dict[str, Actor]:
        """Each actor once: as the first case describes it, with every other name that any case has for it."""
        found: dict[str, Actor] = {}
        kind = expand("ag:kind")
        for graph, records in self.graphs.items():
            for iri, record in records.items():
                if kind in record:
                    actor = self._actor(iri, record, graph.rpartition("/")[2])
                    known = found.get(iri)
                    found[iri] = actor if known is None else _merged(known, actor)
        return found

    def _actor(self, iri: str, record: Record, scope: str) -> Actor:
        identifiers = (address for address in _all(record, "schema:sameAs") if address.startswith(_WIKIDATA))
        return Actor(
            iri=iri,
            slug=_one(record, "dcterms:identifier") or _local(iri),
            case=scope,
            name=_texts(record, "ag:nameInSentence") or {"en": _local(iri)},
            kind=self._kind(_one(record, "ag:kind")),
            place=_NOWHERE,
            aliases=_all(record, "skos:altLabel"),
            plural=_flag(record, "ag:plural"),
            short=_one(record, "ag:shortName"),
            pronoun=_one(record, "ag:pronoun"),
            same_as=tuple(
                SameAs("wikidata", address.removeprefix(_WIKIDATA), _one(record, "ag:identifierCheckedBy"),
                       _one(record, "ag:identifierCheckedOn"))
                for address in identifiers
            ),
        )  # fmt: skip

    def _kind(self, iri: str) -> str:
        return self.kinds.get(iri) or next(iter(self.vocabulary.kinds))

    def _undescribed(self, iri: str) -> Actor:
        """Somebody or something that evidence cites and nobody describes."""
        return Actor(iri, _local(iri), "", {"en": _local(iri)}, next(iter(self.vocabulary.kinds)), _NOWHERE)

    def _cited(self, documents: Mapping[str, Document], claims: Mapping[str, Claim]) -> Iterator[str]:
        for document in documents.values():
            yield from (document.publisher, *document.authors)
        for claim in claims.values():
            yield from (hop.agent for hop in claim.chain if hop.agent)
            if claim.speaks_for:
                yield claim.speaks_for
        for proposition in self.made.values():
            yield from (end for end in (proposition.subject, proposition.third) if isinstance(end, str))
            match proposition.third:
                case Quantity(counts=counts, share_of=share, per=per):
                    yield from (node for node in (counts, share, *per) if node and node.startswith("http"))
                case Missing(by=str(by)):
                    yield by

    # --- documents

    def _document(self, iri: str, record: Record) -> Document:
        title = next(iter(_terms(record, "dcterms:title")), None)
        return Document(
            iri=iri,
            id=_one(record, "dcterms:identifier"),
            case=_one(record, "ag:inCase").removeprefix(ID),
            title=title.value if isinstance(title, Literal) else "",
            publisher=_one(record, "dcterms:publisher"),
            place=_NOWHERE,
            published=self._date(record, "ag:published"),
            authors=_all(record, "dcterms:creator"),
            language=_one(record, "dcterms:language"),
            url=_one(record, "schema:url"),
            archived=_one(record, "schema:archivedAt"),
            accessed=self._date(record, "ag:accessed"),
            sha256=_one(record, "ag:textDigest"),
        )

    def _passage(self, iri: str, record: Record, graph: str) -> Passage:
        selectors = [self.graphs[graph].get(one, {}) for one in _all(record, "oa:hasSelector")]
        at, document = _one(record, "ag:at"), self.graphs[graph].get(graph, {})
        quote = next((one for one in selectors if _terms(one, "oa:exact")), {})
        return Passage(
            iri=iri,
            document=graph,
            at=at,
            order=place_order(at),
            start=_number(record, "ag:start"),
            end=_number(record, "ag:end"),
            words=_one(quote, "oa:exact"),
            language=_one(record, "dcterms:language") or _one(document, "dcterms:language") or "en",
        )

    # --- values

    def _date(self, record: Record, name: str) -> Date | None:
        iri = _one(record, name)
        return date_of(iri) if iri else None

    def _third(self, record: Record) -> Third:
        [value] = _terms(record, "ag:object")
        if isinstance(value, Literal):
            return Words(value.value, value.language) if value.language else None
        iri = str(getattr(value, "value", ""))
        if figure := _one(record, "ag:figure"):
            return read_written(figure)
        if iri.startswith(f"{ID}p/"):
            return Nested(iri)
        if iri.startswith(f"{ID}t/"):
            return date_of(iri)
        if gap := _one(record, "ag:gap"):
            return Missing(iri, gap == "withheld", _one(record, "ag:objectWithheldBy") or None)
        return iri

    # --- relationships and statements

    def _speaks_of(self, iri: str, record: Record) -> None:
        """Keep the relationship of a statement, and the whole of which it is a period."""
        relation = self.relations.get(_one(record, "ag:relation").rpartition("/")[2])
        # A word whose case is not here says nothing that could be read.
        if iri in self.made or relation is None:
            return
        subject = _one(record, "ag:subject")
        proposition = self.made[iri] = Proposition(
            subject=Nested(subject) if subject.startswith(f"{ID}p/") else subject,
            relation=relation,
            third=self._third(record),
            since=self._date(record, "ag:since"),
            until=self._date(record, "ag:until"),
        )
        wide = proposition.wide()
        if wide is not None:
            self.made.setdefault(wide.iri, wide)

    def _claim(self, graph: str, iri: str, record: Record) -> Claim:
        own = self.graphs[graph]
        passage = _one(record, "ag:passage")
        place = own.get(passage, {})
        return Claim(
            iri=iri,
            sid=_one(record, "dcterms:identifier") or _local(iri),
            document=graph,
            proposition=_one(record, "ag:claims") or _one(record, "ag:mentions"),
            stance=Stance(_local(_one(record, "ag:stance"))),
            modality=Modality(_local(_one(record, "ag:modality")) or Modality.ACTUAL),
            # It stands under the ceiling of its event already.
            stated_actual=True,
            chain=self._chain(own, record),
            passage=self._passage(passage, place, graph),
            place=_NOWHERE,
            speaks_for=_one(record, "ag:speaksFor") or None,
            hedges=_all(record, "ag:hedge"),
            approximate=_flag(record, "ag:approximate"),
            quantifier=_one(record, "ag:quantifier"),
            implied=_flag(record, "ag:implied"),
            inferred=_flag(record, "ag:inferred"),
            reportedly=_flag(record, "ag:reportedly"),
            sensitive=_flag(record, "ag:markedSensitive"),
            said=self._date(record, "ag:saidOn"),
            summary=_texts(record, "ag:summary") or _texts(place, "ag:summary"),
            counters=_all(record, "ag:counters"),
            confirms=_all(record, "ag:confirms"),
            depends_on=_all(record, "ag:dependsOn"),
            alternative_of=_all(record, "ag:alternativeOf"),
            retraction=self._retraction(record),
            reply=self._reply(own.get(_one(record, "ag:reply"), {})),
            grade=_grade(own.get(_one(record, "ag:assessment"), {})),
            note=_one(record, "ag:note"),
            order=_number(record, "ag:order") or 0,
        )

    def _chain(self, own: Records, record: Record) -> tuple[Hop, ...]:
        steps = [own.get(iri, {}) for iri in _all(record, "prov:qualifiedAttribution")]
        hops = []
        for step in sorted(steps, key=lambda step: _number(step, "ag:hop") or 0):
            agent = _one(step, "prov:agent")
            unstated = expand("ag:UnstatedSource") in _all(own.get(agent, {}), "rdf:type")
            hops.append(
                Hop(
                    None if unstated else agent,
                    _local(_one(step, "prov:hadRole")),
                    _one(step, "ag:speechVerb"),
                    self._date(step, "ag:saidOn"),
                    _flag(step, "ag:implied"),
                )
            )
        return tuple(hops) or (Hop(None, "originator"),)

    def _retraction(self, record: Record) -> Retraction | None:
        kind = "withdrawn" if _flag(record, "ag:withdrawn") else "corrected" if _flag(record, "ag:corrected") else ""
        if not kind:
            return None
        on = self._date(record, "ag:retractedOn")
        return Retraction(kind, _one(record, "ag:retractedBy"), on, _one(record, "ag:retractedIn"))

    def _reply(self, record: Record) -> Reply | None:
        asked = self._date(record, "ag:askedOn")
        if asked is None:
            return None
        return Reply(_one(record, "ag:askedBy"), asked, self._date(record, "ag:deadline"), _texts(record, "ag:answer"))

    def _decision(self, found: tuple[str, str, Record]) -> Decision:
        graph, _, record = found
        return Decision(
            statement=_one(record, "ag:decidedOf"),
            proposition=_one(record, "ag:decides"),
            accepted=_one(record, "ag:decided") == "accepted",
            basis=Basis(_local(_one(record, "ag:basis"))),
            record=_one(record, "ag:record"),
            by=_one(record, "ag:decidedBy"),
            on=self._date(record, "ag:decidedOn") or parse_date("1970-01-01"),
            place=_NOWHERE,
            over=_all(record, "ag:decidedOver"),
            because=_one(record, "ag:because"),
            case=graph.rpartition("/")[2],
        )


def _merged(one: Actor, other: Actor) -> Actor:
    names = {*one.aliases, *other.aliases, *other.name.values()} - {*one.name.values()}
    return replace(one, aliases=tuple(sorted(names)), same_as=one.same_as or other.same_as,
                   short=one.short or other.short, pronoun=one.pronoun or other.pronoun)  # fmt: skip


def _vocabulary(parts: Iterable[CaseInfo]) -> Vocabulary:
    found = standard()
    for part in parts:
        if part.kinds or part.relations or part.units or part.folds:
            found = found.extended(part.kinds, part.relations, part.units, part.folds)
    return found


def _grade(record: Record) -> str:
    return _one(record, "ag:reliability") + _one(record, "ag:credibility")


def _last(decisions: Iterable[Decision], known: Mapping[str, Proposition]) -> Iterator[Decision]:
    """One decision for each relationship: the last; of two on one day, the one that does not accept."""
    found: dict[str, Decision] = {}
    for decision in sorted(decisions, key=lambda decision: (decision.on.latest, not decision.accepted, decision.case)):
        if decision.proposition in known:
            found[decision.proposition] = decision
    yield from found.values()
