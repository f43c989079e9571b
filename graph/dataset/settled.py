"""What follows from evidence: how each relationship stands, its mirrors, and every name and sentence.

In: a case and its dockets. Out: quads in graphs of their own, for everything or for what was touched alone. The quads
of one resource depend on evidence only, never on what was settled before, so that settling again changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..base.terms import PREFIXES, Literal, NamedNode, Quad
from ..case.model import Actor, Case, Claim, Document, Missing, Nested, Passage, Proposition
from ..case.values import Date, Quantity, plain
from ..standing import IMPLIED, Docket, Dockets
from ..vocabulary.model import Vocabulary
from ..vocabulary.owl import mirror_label, standing_iri
from ..wording import Wording, both, label, place_name
from ..words import languages
from ..yaml.forms import Texts
from .evidence import third_term
from .shape import ACCEPTED, MIRRORS, SETTLED, flag, link, node_of, number, term, text, texts, typed


def settled(case: Case, dockets: Dockets, only: Collection[str] | None = None) -> Iterator[Quad]:
    """The settled quads of a case. `only`: of these actors, documents, propositions and values, by IRI."""
    settling = Settling(case, dockets)
    yield from settling.names(only)
    for iri, docket in dockets.by_proposition.items():
        if only is None or iri in only:
            yield from settling.docket(docket)


def values_of(case: Case) -> Iterable[Quantity | Date | Missing]:
    """Every time, figure and gap that a case speaks of, each once."""
    days = {day for document in case.documents.values() for day in (document.published, document.accessed)}
    days |= {decision.on for decision in case.decisions}
    for claim in case.claims:
        days |= {claim.said, *(hop.on for hop in claim.chain)}
        if claim.retraction:
            days.add(claim.retraction.on)
        if claim.reply:
            days |= {claim.reply.asked_on, claim.reply.deadline}
    found: dict[str, Quantity | Date | Missing] = {}
    for proposition in case.propositions.values():
        days |= {proposition.since, proposition.until}
        if isinstance(proposition.third, Quantity | Date | Missing):
            found[proposition.third.iri] = proposition.third
    return {**found, **{day.iri: day for day in days if day}}.values()


def identity(iri: str, proposition: Proposition, vocabulary: Vocabulary) -> Iterator[Quad]:
    """Which relationship it is: neither true nor false."""
    node = node_of(iri)
    yield typed(node, "ag:Proposition", SETTLED)
    yield Quad(node, term("rdf:subject"), _end(proposition.subject), SETTLED)
    yield link(node, "rdf:predicate", vocabulary.relations[proposition.relation].iri, SETTLED)
    yield Quad(node, term("rdf:object"), third_term(proposition.third), SETTLED)
    if proposition.since:
        yield link(node, "ag:validFrom", proposition.since.iri, SETTLED)
    if proposition.until:
        yield link(node, "ag:validUntil", proposition.until.iri, SETTLED)
    wide = proposition.wide()
    if wide is not None:
        yield link(node, "ag:narrows", wide.iri, SETTLED)


def _end(end: str | Nested) -> NamedNode:
    return node_of(end if isinstance(end, str) else end.iri)


class Settling:
    """What is settled of a case, one relationship at a time."""

    def __init__(self, case: Case, dockets: Dockets) -> None:
        self.case = case
        self.dockets = dockets
        self.wording = Wording(case, dockets)
        self.claims = {claim.iri: claim for claim in case.claims}
        #: Relationship → the claims on it, in the order of the case.
        self.on: dict[str, list[Claim]] = {}
        for claim in case.claims:
            self.on.setdefault(claim.proposition, []).append(claim)
        self.readings: dict[str, list[str]] = {}
        for iri, first in dockets.reading.items():
            self.readings.setdefault(first, []).append(iri)

    # --- names

    def names(self, only: Collection[str] | None = None) -> Iterator[Quad]:
        """Of all that is no relationship: actors, documents and their places, values."""

        def wanted(iri: str) -> bool:
            return only is None or iri in only

        for actor in filter(lambda actor: wanted(actor.iri), self.case.actors.values()):
            # What nobody describes has no name that could be settled.
            yield from self.actor(actor) if actor.case else ()
        for document in filter(lambda document: wanted(document.iri), self.case.documents.values()):
            yield from self.document(document)
        for value in values_of(self.case):
            if wanted(value.iri):
                yield from self.value(value)
        passages = {(claim.passage.iri, claim.passage.at): claim.passage for claim in self.case.claims}
        for passage in passages.values():
            if wanted(passage.document):
                yield from self.passage(passage)

    def actor(self, actor: Actor) -> Iterator[Quad]:
        node = node_of(actor.iri)
        yield from texts(node, "rdfs:label", both(lambda language: label(actor, language)), SETTLED)

    def document(self, document: Document) -> Iterator[Quad]:
        node = node_of(document.iri)
        yield from texts(node, "rdfs:label", both(lambda lang: self.wording.document(document, lang)), SETTLED)

    def passage(self, passage: Passage) -> Iterator[Quad]:
        document = self.case.documents[passage.document]

        def name(language: str) -> str:
            return f"{self.wording.document(document, language)}, {place_name(passage.at, language)}"

        yield from texts(node_of(passage.iri), "rdfs:label", both(name), SETTLED)

    # --- values

    def value(self, value: Missing | Quantity | Date) -> Iterator[Quad]:
        """What it is, and its name: a figure may count, and somebody may keep secret, what has a name of its own."""
        node = node_of(value.iri)
        match value:
            case Date():
                yield from self._time(node, value)
                yield from texts(node, "rdfs:label", both(value.label), SETTLED)
                return
            case Quantity():
                yield from self._quantity(node, value)
            case Missing():
                yield typed(node, "ag:Withheld" if value.withheld else "ag:Unknown", SETTLED)
                if value.by:
                    yield link(node, "ag:withheldBy", value.by, SETTLED)
        yield from texts(node, "rdfs:label", both(lambda language: self.wording.third(value, language)), SETTLED)

    def _time(self, node: NamedNode, day: Date) -> Iterator[Quad]:
        yield typed(node, "ag:Time", SETTLED)
        yield Quad(node, term("ag:printed"), Literal(day.printed, datatype=term(day.datatype)), SETTLED)
        for predicate, edge in (("ag:earliest", day.earliest), ("ag:latest", day.latest)):
            if edge:
                yield Quad(node, term(predicate), Literal(edge, datatype=term("xsd:date")), SETTLED)

    def _quantity(self, node: NamedNode, quantity: Quantity) -> Iterator[Quad]:
        yield typed(node, "ag:Quantity", SETTLED)
        if quantity.currency:
            yield typed(node, "schema:MonetaryAmount", SETTLED)
            yield text(node, "schema:currency", quantity.currency, SETTLED)
        decimal = term("xsd:decimal")
        yield Quad(node, term("schema:value"), Literal(plain(quantity.value), datatype=decimal), SETTLED)
        if quantity.upper is not None:
            yield Quad(node, term("ag:upperValue"), Literal(plain(quantity.upper), datatype=decimal), SETTLED)
        # A figure without a bound is as printed; whether its speaker rounds it stands at the statement.
        if quantity.bound != "exact":
            yield link(node, "ag:bound", PREFIXES["bound"] + quantity.bound, SETTLED)
        if quantity.unit:
            yield link(node, "ag:unit", PREFIXES["unit"] + quantity.unit, SETTLED)
        for predicate, to in (("ag:counts", quantity.counts), ("ag:shareOf", quantity.share_of)):
            if to:
                yield link(node, predicate, to, SETTLED)
        for per in quantity.per:
            yield link(node, "ag:per", per if per.startswith("http") else PREFIXES["unit"] + per, SETTLED)
        if quantity.duration:
            yield Quad(node, term("ag:duration"), Literal(quantity.duration, datatype=term("xsd:duration")), SETTLED)

    # --- relationships

    def docket(self, docket: Docket) -> Iterator[Quad]:
        """A relationship and the claims on it, whose sentences are made of the same clauses."""
        yield from self.proposition(docket)
        for claim in self.on.get(docket.proposition, ()):
            yield from self.claim(claim)

    def proposition(self, docket: Docket) -> Iterator[Quad]:
        node, wording = node_of(docket.proposition), self.wording
        yield from identity(docket.proposition, self.case.propositions[docket.proposition], self.case.vocabulary)
        yield from texts(node, "rdfs:label", both(lambda lang: wording.title(docket, lang)), SETTLED)
        yield from self._words(node, docket)
        yield text(node, "ag:line", docket.line, SETTLED)
        for name, holds in (
            ("ag:disputed", docket.disputed),
            ("ag:deniedInPart", docket.denied_in_part),
            ("ag:sensitive", docket.sensitive),
        ):
            if holds:
                yield flag(node, name, True, SETTLED)
        # One origin and one statement are the rule: only another count is written.
        counts = {"ag:origins": len(docket.origins), "ag:statements": self.dockets.counted(docket.claims)}
        for name, count in counts.items():
            if count != 1:
                yield number(node, name, count, SETTLED)
        yield from self._sides(node, docket)
        yield from self._standings(node, docket)
        yield from self._decision(node, docket)
        yield from self._ends(node, docket)

    def _words(self, node: NamedNode, docket: Docket) -> Iterator[Quad]:
        """Summary and phrase, where they are not those of the only statement, and of the relation as it is said."""
        summary = both(lambda language: self.wording.summary(docket, language))
        first = self.claims[docket.claims[0]] if docket.claims else None
        if first is None or len(docket.claims) > 1 or summary != self._told(first):
            yield from texts(node, "ag:summary", summary, SETTLED)
        phrase = both(lambda language: self.wording.phrase(docket, language))
        relation = self.case.vocabulary.relations[self.case.propositions[docket.proposition].relation]
        if docket.line != "said" or phrase != mirror_label(relation, "said"):
            yield from texts(node, "ag:phrase", phrase, SETTLED)

    def _told(self, claim: Claim) -> Texts:
        return both(lambda language: self.wording.told(claim, language))

    def _sides(self, node: NamedNode, docket: Docket) -> Iterator[Quad]:
        for name, iris in (
            ("ag:accused", docket.accused),
            ("ag:affirmedBy", docket.affirmed_by),
            ("ag:opposedBy", docket.opposed_by),
            ("ag:wholeOpposedBy", docket.whole_opposed_by),
        ):
            for iri in iris:
                yield link(node, name, iri, SETTLED)
        # Where one statement affirms it, its speaker's name is the whole list.
        if len(docket.affirmed_by) > 1:
            names = {language: self.wording.voices(docket.affirmed_by, language) for language in languages()}
            yield from texts(node, "ag:affirmerNames", names, SETTLED)
        if docket.opposed_by or docket.whole_opposed_by:
            deniers = {language: self.wording.deniers(docket, language) for language in languages()}
            yield from texts(node, "ag:denierNames", deniers, SETTLED)
        for rival in docket.rivals:
            yield link(node, "ag:rivals", rival, SETTLED)

    def _standings(self, node: NamedNode, docket: Docket) -> Iterator[Quad]:
        for standing in docket.standings:
            if (standing.modality, standing.level, standing.disputed) != IMPLIED.get(docket.line):
                iri = standing_iri(standing.modality, standing.level, standing.disputed)
                yield link(node, "ag:standing", iri, SETTLED)

    def _decision(self, node: NamedNode, docket: Docket) -> Iterator[Quad]:
        """What the editors decided stands in the evidence; here it is found at the relationship."""
        decision = docket.decision
        if decision is None:
            return
        yield link(node, "ag:status", PREFIXES["ps"] + ("accepted" if decision.accepted else "rejected"), SETTLED)
        yield link(node, "ag:basis", PREFIXES["basis"] + decision.basis, SETTLED)
        yield text(node, "ag:record", decision.record, SETTLED)
        yield text(node, "ag:decidedBy", decision.by, SETTLED)
        yield link(node, "ag:decidedOn", decision.on.iri, SETTLED)
        for claim in decision.over:
            yield link(node, "ag:decidedOver", claim, SETTLED)
        if decision.because:
            yield text(node, "ag:because", decision.because, SETTLED)

    def _ends(self, node: NamedNode, docket: Docket) -> Iterator[Quad]:
        """What it is about, and the ties that say how it stands."""
        proposition = self.case.propositions[docket.proposition]
        relation = self.case.vocabulary.relations[proposition.relation]
        subject, third = _end(proposition.subject), third_term(proposition.third)
        for end in (proposition.subject, proposition.third):
            if isinstance(end, Nested):
                yield link(node, "ag:about", end.iri, SETTLED)
        for name in docket.mirrors:
            mirror = node_of(PREFIXES[name] + relation.mirror)
            yield Quad(subject, mirror, third, MIRRORS[name])
            if not relation.directed and isinstance(third, NamedNode):
                yield Quad(third, mirror, subject, MIRRORS[name])
        if docket.plain:
            yield Quad(subject, node_of(relation.iri), third, ACCEPTED)

    # --- statements

    def claim(self, claim: Claim) -> Iterator[Quad]:
        node, wording = node_of(claim.iri), self.wording
        if (origin := self.dockets.origin[claim.iri]) != (claim.speaks_for or claim.originator):
            yield link(node, "ag:origin", origin, SETTLED)
        if claim.relays:
            yield from texts(node, "ag:relayNames", both(lambda lang: wording.relays(claim, lang)), SETTLED)
        yield from texts(node, "rdfs:label", both(lambda lang: wording.sentence(claim, lang)), SETTLED)
        if claim.affirming and not self.dockets.firm[claim.iri]:
            yield flag(node, "ag:soft", True, SETTLED)
        for other in self.readings[self.dockets.reading[claim.iri]]:
            # Readings are alternatives of each other, whichever the author wrote it at.
            if other != claim.iri and other not in claim.alternative_of:
                yield link(node, "ag:alternativeOf", other, SETTLED)
