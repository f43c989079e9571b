"""A case in, RDF quads out.

Three levels of reading, so that no query takes an allegation for a fact by accident: plain triples for what an editor
accepted, mirrors (`said:`, `alleged:`, `notyet:`, `denied:`) that say how a relation stands, and the docket of
propositions and claims with everything. Named graphs say where a triple comes from; every triple stands in exactly one.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from hashlib import sha256

from .base.names import unaccented
from .base.terms import BASE, ID, PREFIXES, DefaultGraph, Literal, NamedNode, Quad, expand
from .case.model import Actor, Case, Claim, Document, Hop, Missing, Nested, Passage, Proposition, Stance, Third, Words
from .case.values import Date, Quantity, plain
from .standing import Docket, Dockets
from .vocabulary.model import Vocabulary
from .vocabulary.owl import quads as vocabulary_quads
from .wording import Wording, both, inline, label, place_name, position
from .words import languages, messages
from .yaml.forms import Texts

ACTORS = NamedNode(ID + "graph/actors")
PROPOSITIONS = NamedNode(ID + "graph/propositions")
ACCEPTED = NamedNode(ID + "graph/accepted")
MIRRORS = {name: NamedNode(f"{ID}graph/{name}") for name in ("said", "alleged", "notyet", "denied")}
DATASET = NamedNode(ID + "dataset")

Graph = NamedNode | DefaultGraph


@cache
def term(name: str) -> NamedNode:
    """The node of a prefixed name."""
    return NamedNode(expand(name))


_WORD = re.compile(r"\w+")
#: A node of an IRI. Making one checks the IRI, and most are used many times, close together.
node_of = lru_cache(maxsize=1 << 16)(NamedNode)

_TYPE, _INTEGER, _BOOLEAN = term("rdf:type"), term("xsd:integer"), term("xsd:boolean")
_TRUE, _FALSE = Literal("true", datatype=_BOOLEAN), Literal("false", datatype=_BOOLEAN)


def build(case: Case, dockets: Dockets, *, internal: bool = False) -> list[Quad]:
    """Every quad of a case, in no particular order. `internal` adds our own grades, notes and requests for reply."""
    quads = list(vocabulary_quads(_used(case)))
    quads += _Builder(case, dockets, internal).quads()
    # A relationship and a period of it have the same mirror.
    return list(dict.fromkeys(quads))


def _lower(names: Iterable[str]) -> set[str]:
    """Names in small letters, with their accents and without."""
    lower = {name.lower() for name in names}
    return lower | set(map(unaccented, lower))


def _used(case: Case) -> Vocabulary:
    """The words of the vocabulary that a case uses; the whole of it is published as `ontology/actors.ttl`."""
    units: set[str] = set()
    for proposition in case.propositions.values():
        if isinstance(proposition.third, Quantity):
            units.update(word for word in (proposition.third.unit, *proposition.third.per) if word)
    relations = {proposition.relation for proposition in case.propositions.values()}
    kinds = {actor.kind for actor in case.actors.values()}
    return case.vocabulary.only(relations, kinds, units)


class _Builder:
    def __init__(self, case: Case, dockets: Dockets, internal: bool) -> None:
        self.case = case
        self.dockets = dockets
        self.internal = internal
        self.wording = Wording(case, dockets)
        self.relations = {key: NamedNode(relation.iri) for key, relation in case.vocabulary.relations.items()}
        self.values: dict[str, Quantity | Date] = {}
        self.readings: dict[str, list[str]] = {}
        for iri, first in dockets.reading.items():
            self.readings.setdefault(first, []).append(iri)
        self.steps: dict[str, tuple[Hop, int, str]] = {}

    def quads(self) -> Iterator[Quad]:
        for actor in self.case.actors.values():
            yield from self._actor(actor)
        for document in self.case.documents.values():
            yield from self._document(document)
        for iri, proposition in self.case.propositions.items():
            yield from self._proposition(iri, proposition, self.dockets.by_proposition[iri])
        yield from self._claims()
        for value in self.values.values():
            yield from self._time(value) if isinstance(value, Date) else self._quantity(value)
        yield from self._void()

    # --- one triple

    def _link(self, s: NamedNode, p: str, to: str, graph: Graph) -> Quad:
        return Quad(s, term(p), node_of(to), graph)

    def _type(self, s: NamedNode, name: str, graph: Graph) -> Quad:
        return Quad(s, _TYPE, term(name), graph)

    def _text(self, s: NamedNode, p: str, text: str, graph: Graph) -> Quad:
        return Quad(s, term(p), Literal(text), graph)

    def _texts(self, s: NamedNode, p: str, texts: Texts, graph: Graph) -> Iterator[Quad]:
        for language, words in texts.items():
            if words:
                yield Quad(s, term(p), Literal(words, language=language), graph)

    def _flag(self, s: NamedNode, p: str, value: bool, graph: Graph) -> Quad:
        return Quad(s, term(p), _TRUE if value else _FALSE, graph)

    def _number(self, s: NamedNode, p: str, value: int, graph: Graph) -> Quad:
        return Quad(s, term(p), Literal(str(value), datatype=_INTEGER), graph)

    def _date(self, s: NamedNode, p: str, value: Date, graph: Graph) -> Quad:
        self.values[value.iri] = value
        return Quad(s, term(p), node_of(value.iri), graph)

    # --- actors and documents

    def _actor(self, actor: Actor) -> Iterator[Quad]:
        node = NamedNode(actor.iri)
        kind = self.case.vocabulary.kinds[actor.kind]
        yield self._link(node, "rdf:type", kind.type, ACTORS)
        yield self._link(node, "ag:kind", kind.iri, ACTORS)
        yield self._text(node, "dcterms:identifier", actor.slug, ACTORS)
        yield from self._texts(node, "rdfs:label", both(lambda language: label(actor, language)), ACTORS)
        yield from self._texts(node, "ag:nameInSentence", both(lambda language: inline(actor, language)), ACTORS)
        yield self._flag(node, "ag:plural", actor.plural, ACTORS)
        for alias in sorted(set(actor.aliases)):
            yield self._text(node, "skos:altLabel", alias, ACTORS)
        labels = both(lambda lang: label(actor, lang)).values()
        yield from self._keys(node, (actor.slug, *labels, *actor.aliases), ACTORS)
        for start in sorted({word[:3] for key in _lower((*labels, *actor.aliases)) for word in _WORD.findall(key)}):
            yield self._text(node, "ag:nameStart", start, ACTORS)
        for link in actor.same_as:
            if link.register == "wikidata":
                yield self._link(node, "schema:sameAs", f"http://www.wikidata.org/entity/{link.identifier}", ACTORS)
            yield self._text(node, "ag:identifierCheckedBy", link.checked_by, ACTORS)

    def _keys(self, node: NamedNode, names: Iterable[str], graph: NamedNode) -> Iterator[Quad]:
        """What it is found by without reading every name there is."""
        for key in sorted(_lower(names)):
            yield self._text(node, "ag:nameKey", key, graph)

    def _document(self, document: Document) -> Iterator[Quad]:
        node = graph = NamedNode(document.iri)
        yield self._type(node, "ag:Document", graph)
        yield from self._texts(
            node, "rdfs:label", both(lambda language: self.wording.document(document, language)), graph
        )
        yield self._text(node, "dcterms:identifier", document.id, graph)
        names = both(lambda language: self.wording.document(document, language)).values()
        yield from self._keys(node, (document.id, *names), graph)
        yield self._link(node, "dcterms:publisher", document.publisher, graph)
        for author in document.authors:
            yield self._link(node, "dcterms:creator", author, graph)
        if document.title:
            yield Quad(node, term("dcterms:title"), Literal(document.title, language=document.language), graph)
        yield self._text(node, "dcterms:language", document.language, graph)
        for predicate, address in (("schema:url", document.url), ("schema:archivedAt", document.archived)):
            if address:
                yield Quad(node, term(predicate), Literal(address, datatype=term("xsd:anyURI")), graph)
        for predicate, day in (("ag:published", document.published), ("ag:accessed", document.accessed)):
            if day:
                yield self._date(node, predicate, day, graph)
        if document.sha256:
            yield self._text(node, "ag:textDigest", document.sha256, graph)

    # --- propositions

    def _proposition(self, iri: str, proposition: Proposition, docket: Docket) -> Iterator[Quad]:
        node, graph = node_of(iri), PROPOSITIONS
        relation = self.relations[proposition.relation]
        subject = self._end(proposition.subject)
        third = yield from self._third(proposition.third, graph)
        yield self._type(node, "ag:Proposition", graph)
        yield self._type(node, "rdf:Statement", graph)
        yield Quad(node, term("rdf:subject"), subject, graph)
        yield Quad(node, term("rdf:predicate"), relation, graph)
        yield Quad(node, term("rdf:object"), third, graph)
        yield from self._texts(node, "rdfs:label", both(lambda lang: self.wording.title(docket, lang)), graph)
        yield from self._texts(node, "ag:summary", both(lambda lang: self.wording.summary(docket, lang)), graph)
        yield from self._texts(node, "ag:phrase", both(lambda lang: self.wording.phrase(docket, lang)), graph)
        yield self._text(node, "ag:line", docket.line, graph)
        status = "open" if docket.decision is None else "accepted" if docket.decision.accepted else "rejected"
        yield self._link(node, "ag:status", PREFIXES["ps"] + status, graph)
        yield self._flag(node, "ag:disputed", docket.disputed, graph)
        yield self._flag(node, "ag:deniedInPart", docket.denied_in_part, graph)
        yield self._flag(node, "ag:sensitive", docket.sensitive, graph)
        yield self._number(node, "ag:origins", len(docket.origins), graph)
        yield self._number(node, "ag:statements", self.dockets.counted(docket.claims), graph)
        for end in (proposition.subject, proposition.third):
            if isinstance(end, str):
                yield Quad(node_of(end), term("ag:docket"), node, graph)
            elif isinstance(end, Nested):
                yield self._link(node, "ag:about", end.iri, graph)
        yield from self._period(node, proposition)
        for name, claims in (("ag:affirmedBy", docket.affirmed_by), ("ag:opposedBy", docket.opposed_by)):
            for claim in claims:
                yield self._link(node, name, claim, graph)
        for name, heard in (("ag:affirmerNames", docket.affirmed_by), ("ag:denierNames", docket.opposed_by)):
            names = {language: self.wording.voices(heard, language) for language in languages()}
            yield from self._texts(node, name, names, graph)
        for rival in docket.rivals:
            yield self._link(node, "ag:rivals", rival, graph)
        yield from self._standings(node, docket)
        yield from self._decision(node, docket)
        mirror = self.case.vocabulary.relations[proposition.relation].mirror
        for name in docket.mirrors:
            yield Quad(subject, node_of(PREFIXES[name] + mirror), third, MIRRORS[name])
        if docket.plain:
            yield Quad(subject, relation, third, ACCEPTED)

    def _end(self, end: str | Nested) -> NamedNode:
        return node_of(end if isinstance(end, str) else end.iri)

    def _third(self, third: Third, graph: Graph) -> Generator[Quad, None, NamedNode | Literal]:
        """Quads for the third place; the generator's value is its term."""
        match third:
            case None:
                return _TRUE
            case Words():
                return Literal(third.text, language=third.language)
            case Missing():
                node = node_of(third.iri)
                yield self._type(node, "ag:Withheld" if third.withheld else "ag:Unknown", graph)
                yield from self._texts(node, "rdfs:label", both(lambda lang: self.wording.third(third, lang)), graph)
                if third.by:
                    yield self._link(node, "ag:withheldBy", third.by, graph)
                return node
            case Quantity() | Date():
                self.values[third.iri] = third
                return node_of(third.iri)
            case str() | Nested():
                return self._end(third)

    def _period(self, node: NamedNode, proposition: Proposition) -> Iterator[Quad]:
        if proposition.since:
            yield self._date(node, "ag:validFrom", proposition.since, PROPOSITIONS)
        if proposition.until:
            yield self._date(node, "ag:validUntil", proposition.until, PROPOSITIONS)
        wide = proposition.wide()
        if wide is not None:
            yield self._link(node, "ag:narrows", wide.iri, PROPOSITIONS)

    def _standings(self, node: NamedNode, docket: Docket) -> Iterator[Quad]:
        for standing in docket.standings:
            inner = NamedNode(f"{docket.proposition}/{standing.modality}")
            yield Quad(node, term("ag:standing"), inner, PROPOSITIONS)
            yield self._type(inner, "ag:Standing", PROPOSITIONS)
            yield self._link(inner, "ag:modality", PREFIXES["mo"] + standing.modality, PROPOSITIONS)
            yield self._link(inner, "ag:level", PREFIXES["sl"] + standing.level, PROPOSITIONS)
            yield self._flag(inner, "ag:disputed", standing.disputed, PROPOSITIONS)
            yield self._number(inner, "ag:affirming", self.dockets.counted(standing.affirming), PROPOSITIONS)
            yield self._number(inner, "ag:opposing", self.dockets.counted(standing.opposing), PROPOSITIONS)

    def _decision(self, node: NamedNode, docket: Docket) -> Iterator[Quad]:
        decision = docket.decision
        if decision is None:
            return
        yield self._link(node, "ag:basis", PREFIXES["basis"] + decision.basis, PROPOSITIONS)
        yield self._text(node, "ag:record", decision.record, PROPOSITIONS)
        yield self._text(node, "ag:decidedBy", decision.by, PROPOSITIONS)
        yield self._date(node, "ag:decidedOn", decision.on, PROPOSITIONS)
        for claim in decision.over:
            yield self._link(node, "ag:decidedOver", claim, PROPOSITIONS)
        if decision.because:
            yield self._text(node, "ag:because", decision.because, PROPOSITIONS)

    # --- claims

    def _claims(self) -> Iterator[Quad]:
        passages: dict[str, Passage] = {}
        by_document: dict[str, list[Claim]] = {}
        for claim in self.case.claims:
            by_document.setdefault(claim.document, []).append(claim)
            known = passages.setdefault(claim.passage.iri, claim.passage)
            # Two blocks may point at the same place; the longer cue is the better one whichever comes first.
            if (claim.passage.words, claim.passage.cue) > (known.words, known.cue):
                passages[claim.passage.iri] = claim.passage
        for document in sorted(by_document):
            for order, claim in enumerate(sorted(by_document[document], key=position), 1):
                yield from self._claim(claim, order, NamedNode(document))
        for passage in passages.values():
            yield from self._passage(passage)
        for iri, (hop, number, graph) in self.steps.items():
            yield from self._step(NamedNode(iri), hop, number, NamedNode(graph))

    def _claim(self, claim: Claim, order: int, graph: NamedNode) -> Iterator[Quad]:
        node = node_of(claim.iri)
        mention = claim.stance is Stance.MENTIONED
        modality = self.dockets.modality[claim.iri]
        yield self._type(node, "ag:Mention" if mention else "ag:Claim", graph)
        yield self._link(node, "ag:mentions" if mention else "ag:claims", claim.proposition, graph)
        yield self._link(node, "ag:stance", PREFIXES["st"] + claim.stance, graph)
        yield self._link(node, "ag:modality", PREFIXES["mo"] + modality, graph)
        yield self._originator(node, claim, graph)
        if claim.originator is None:
            yield from self._unstated(claim, graph)
        if claim.speaks_for:
            yield self._link(node, "ag:speaksFor", claim.speaks_for, graph)
        for relay in dict.fromkeys(claim.relays):
            yield self._link(node, "ag:via", relay, graph)
        yield self._link(node, "ag:publisher", claim.publisher, graph)
        yield self._link(node, "ag:origin", self.dockets.origin[claim.iri], graph)
        yield self._link(node, "ag:document", claim.document, graph)
        yield self._link(node, "ag:passage", claim.passage.iri, graph)
        yield self._text(node, "ag:chain", self.wording.chain(claim, "en"), graph)
        if claim.relays:
            yield from self._texts(node, "ag:relayNames", both(lambda lang: self.wording.relays(claim, lang)), graph)
        yield self._text(node, "dcterms:identifier", claim.sid, graph)
        yield self._number(node, "ag:order", order, graph)
        yield from self._texts(node, "rdfs:label", both(lambda lang: self.wording.sentence(claim, lang)), graph)
        yield from self._texts(node, "ag:summary", claim.summary, graph)
        for number, hop in enumerate(claim.chain):
            yield self._link(node, "prov:qualifiedAttribution", self._step_iri(claim, hop, number), graph)
        yield from self._qualified(node, claim, graph)
        yield from self._linked(node, claim, graph)
        if self.internal:
            yield from self._ours(node, claim, graph)

    def _originator(self, node: NamedNode, claim: Claim, graph: NamedNode) -> Quad:
        return self._link(node, "ag:originator", claim.originator or f"{claim.iri}/unstated", graph)

    def _unstated(self, claim: Claim, graph: NamedNode) -> Iterator[Quad]:
        """One node for each claim: two sources that are not named are not the same source."""
        node = node_of(f"{claim.iri}/unstated")
        yield self._type(node, "ag:UnstatedSource", graph)
        label_ = messages("statement.unnamed")
        yield from self._texts(node, "rdfs:label", label_, graph)
        yield from self._keys(node, label_.values(), graph)

    def _step_iri(self, claim: Claim, hop: Hop, number: int) -> str:
        agent = hop.agent or f"{claim.iri}/unstated"
        day = hop.on.printed if hop.on else ""
        key = "\x1f".join((claim.document, str(number), agent, hop.role, hop.verb, day, str(hop.implied)))
        iri = f"{ID}step/{sha256(key.encode()).hexdigest()[:16]}"
        if iri not in self.steps:
            stated = hop if hop.agent else Hop(agent, hop.role, hop.verb, hop.on, hop.implied)
            self.steps[iri] = (stated, number, claim.document)
            if hop.on:
                self.values[hop.on.iri] = hop.on
        return iri

    def _step(self, node: NamedNode, hop: Hop, number: int, graph: NamedNode) -> Iterator[Quad]:
        yield self._type(node, "ag:AttributionStep", graph)
        yield self._number(node, "ag:hop", number, graph)
        yield self._link(node, "prov:agent", str(hop.agent), graph)
        yield self._link(node, "prov:hadRole", PREFIXES["role"] + hop.role, graph)
        if hop.verb:
            yield self._text(node, "ag:speechVerb", hop.verb, graph)
        if hop.on:
            yield self._date(node, "ag:saidOn", hop.on, graph)
        if hop.implied:
            yield self._flag(node, "ag:implied", True, graph)

    def _qualified(self, node: NamedNode, claim: Claim, graph: NamedNode) -> Iterator[Quad]:
        """What softens or dates the claim."""
        if claim.affirming:
            yield self._flag(node, "ag:firm", self.dockets.firm[claim.iri], graph)
        for hedge in claim.hedges:
            yield self._text(node, "ag:hedge", hedge, graph)
        if claim.approximate:
            yield self._flag(node, "ag:approximate", True, graph)
        if claim.quantifier:
            yield self._text(node, "ag:quantifier", claim.quantifier, graph)
        if reserve := sorted({*claim.hedges, claim.quantifier} - {""}):
            yield self._text(node, "ag:reserve", ", ".join(reserve), graph)
        if claim.implied:
            yield self._flag(node, "ag:implied", True, graph)
        if claim.reportedly:
            yield self._flag(node, "ag:reportedly", True, graph)
        if claim.said:
            yield self._date(node, "ag:saidOn", claim.said, graph)

    def _linked(self, node: NamedNode, claim: Claim, graph: NamedNode) -> Iterator[Quad]:
        for name, claims in (
            ("ag:counters", claim.counters),
            ("ag:confirms", claim.confirms),
            ("ag:dependsOn", claim.depends_on),
            # Readings are alternatives of each other, whichever the author wrote it at.
            ("ag:alternativeOf", [iri for iri in self.readings[self.dockets.reading[claim.iri]] if iri != claim.iri]),
        ):
            for other in claims:
                yield self._link(node, name, other, graph)
        taken = claim.retraction
        if taken is not None:
            yield self._flag(node, f"ag:{taken.kind}", True, graph)
            yield self._text(node, "ag:retractedBy", taken.by, graph)
            yield self._date(node, "ag:retractedOn", taken.on, graph)
            if taken.where:
                yield self._text(node, "ag:retractedIn", taken.where, graph)

    def _ours(self, node: NamedNode, claim: Claim, graph: NamedNode) -> Iterator[Quad]:
        """Internal: our grade, our note, our request for a reply."""
        if claim.grade:
            inner = NamedNode(f"{claim.iri}/assessment")
            yield Quad(node, term("ag:assessment"), inner, graph)
            yield self._type(inner, "ag:Assessment", graph)
            letter, digit = claim.grade.rstrip("123456"), claim.grade.lstrip("ABCDEF")
            if letter:
                yield self._text(inner, "ag:reliability", letter, graph)
            if digit:
                yield self._number(inner, "ag:credibility", int(digit), graph)
        if claim.note:
            yield self._text(node, "ag:note", claim.note, graph)
        reply = claim.reply
        if reply is not None:
            inner = NamedNode(f"{claim.iri}/reply")
            yield Quad(node, term("ag:reply"), inner, graph)
            yield self._type(inner, "ag:ReplyRequest", graph)
            yield self._text(inner, "ag:askedBy", reply.by, graph)
            yield self._date(inner, "ag:askedOn", reply.asked_on, graph)
            if reply.deadline:
                yield self._date(inner, "ag:deadline", reply.deadline, graph)
            yield from self._texts(inner, "ag:answer", reply.answer, graph)

    def _passage(self, passage: Passage) -> Iterator[Quad]:
        node, graph = NamedNode(passage.iri), NamedNode(passage.document)
        yield self._type(node, "oa:SpecificResource", graph)
        yield self._link(node, "oa:hasSource", passage.document, graph)
        yield self._text(node, "ag:at", passage.at, graph)
        yield self._number(node, "ag:placeOrder", passage.order, graph)
        document = self.case.documents[passage.document]

        def name(language: str) -> str:
            return f"{self.wording.document(document, language)}, {place_name(passage.at, language)}"

        yield from self._texts(node, "rdfs:label", both(name), graph)
        yield self._text(node, "dcterms:language", passage.language, graph)
        if passage.start is not None and passage.end is not None:
            inner = NamedNode(f"{passage.iri}/position")
            yield Quad(node, term("oa:hasSelector"), inner, graph)
            yield self._type(inner, "oa:TextPositionSelector", graph)
            yield self._number(inner, "oa:start", passage.start, graph)
            yield self._number(inner, "oa:end", passage.end, graph)
        if passage.words:
            inner = NamedNode(f"{passage.iri}/quote")
            yield Quad(node, term("oa:hasSelector"), inner, graph)
            yield self._type(inner, "oa:TextQuoteSelector", graph)
            yield Quad(inner, term("oa:exact"), Literal(passage.words, language=passage.language), graph)

    # --- values

    def _time(self, day: Date) -> Iterator[Quad]:
        node = NamedNode(day.iri)
        yield self._type(node, "ag:Time", PROPOSITIONS)
        yield Quad(node, term("ag:printed"), Literal(day.printed, datatype=term(day.datatype)), PROPOSITIONS)
        for predicate, edge in (("ag:earliest", day.earliest), ("ag:latest", day.latest)):
            yield Quad(node, term(predicate), Literal(edge, datatype=term("xsd:date")), PROPOSITIONS)
        yield from self._texts(node, "rdfs:label", both(day.label), PROPOSITIONS)

    def _quantity(self, quantity: Quantity) -> Iterator[Quad]:
        node, graph = NamedNode(quantity.iri), PROPOSITIONS
        yield self._type(node, "ag:Quantity", graph)
        if quantity.currency:
            yield self._type(node, "schema:MonetaryAmount", graph)
            yield self._text(node, "schema:currency", quantity.currency, graph)
        decimal = term("xsd:decimal")
        yield Quad(node, term("schema:value"), Literal(plain(quantity.value), datatype=decimal), graph)
        if quantity.upper is not None:
            yield Quad(node, term("ag:upperValue"), Literal(plain(quantity.upper), datatype=decimal), graph)
        yield self._link(node, "ag:bound", PREFIXES["bound"] + quantity.bound, graph)
        if quantity.unit:
            yield self._link(node, "ag:unit", PREFIXES["unit"] + quantity.unit, graph)
        for predicate, to in (("ag:counts", quantity.counts), ("ag:shareOf", quantity.share_of)):
            if to:
                yield self._link(node, predicate, to, graph)
        for per in quantity.per:
            yield self._link(node, "ag:per", per if per.startswith("http") else PREFIXES["unit"] + per, graph)
        if quantity.duration:
            yield Quad(node, term("ag:duration"), Literal(quantity.duration, datatype=term("xsd:duration")), graph)
        yield from self._texts(node, "rdfs:label", both(lambda lang: self.wording.third(quantity, lang)), graph)

    # --- the description of the dataset

    def _void(self) -> Iterator[Quad]:
        graph = DefaultGraph()
        case = self.case
        yield self._link(DATASET, "rdf:type", expand("void:Dataset"), graph)
        yield from self._texts(DATASET, "dcterms:title", case.title, graph)
        yield from self._texts(DATASET, "rdfs:label", case.title, graph)
        yield from self._texts(DATASET, "dcterms:description", messages("dataset.description"), graph)
        if case.version:
            yield Quad(DATASET, term("dcterms:modified"), Literal(case.version, datatype=term("xsd:date")), graph)
        if case.editor:
            yield self._text(DATASET, "dcterms:creator", case.editor, graph)
        if case.licence:
            if case.licence.startswith("http"):
                yield self._link(DATASET, "dcterms:license", case.licence, graph)
            else:
                yield self._text(DATASET, "dcterms:rights", case.licence, graph)
        for predicate, text in (("ag:contact", case.contact), ("ag:corrections", case.corrections)):
            if text:
                yield self._text(DATASET, predicate, text, graph)
        for iri in case.cast:
            yield self._link(DATASET, "ag:mainActor", iri, graph)
        yield self._text(DATASET, "void:uriSpace", ID, graph)
        yield self._link(DATASET, "void:vocabulary", BASE + "ns", graph)
        for query in _START:
            yield self._text(DATASET, "ag:startHere", query, graph)
        named: Mapping[NamedNode, str] = {
            ACTORS: "Actors and things: identity, kind, names.",
            PROPOSITIONS: "Propositions: relationships that somebody speaks of, and how each stands. None is a fact.",
            ACCEPTED: "Plain triples of what an editor accepted. Empty when nothing was.",
            MIRRORS["said"]: "Mirrors: somebody affirms it firmly, as a fact.",
            MIRRORS["alleged"]: "Mirrors: affirmed only softly: alleged, supposed, reported, sensitive or unnamed.",
            MIRRORS["notyet"]: "Mirrors: only planned, possible, required or conditional.",
            MIRRORS["denied"]: "Mirrors: somebody denies or disputes it.",
            NamedNode(BASE + "ns"): "The vocabulary.",
            **{NamedNode(iri): "Claims made in this document, their passages and chains." for iri in case.documents},
        }
        for name_, words in named.items():
            yield self._link(DATASET, "void:subset", name_.value, graph)
            yield Quad(name_, term("dcterms:description"), Literal(words, language="en"), graph)


_START = (
    """SELECT ?label ?kind WHERE {
  GRAPH ?g { ?actor ag:kind ?k ; rdfs:label ?label } GRAPH ?v { ?k rdfs:label ?kind }
  FILTER(lang(?label) = "en" && lang(?kind) = "en") }""",
    """SELECT ?who ?sentence WHERE {
  GRAPH ?g { ?claim ag:claims ?p ; ag:originator ?w ; rdfs:label ?sentence } GRAPH ?a { ?w rdfs:label ?who }
  FILTER(lang(?sentence) = "en" && lang(?who) = "en") }""",
)


def prefixes_used(case: Case) -> dict[str, str]:
    """The prefixes of a dataset: the standard ones, and one for each case's own words."""
    own = {f"ns-{case_id}": f"{ID}{case_id}/ns#" for case_id in case.ids}
    return {**PREFIXES, **own}
