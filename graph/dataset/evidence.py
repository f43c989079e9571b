"""Evidence: what documents say, as quads that no other document can change.

In: a case. Out: a graph for each document, and one for the actors and things of each case. There is no standing here,
no count, and no sentence: these follow from all the evidence together (`settled`). A graph is added, replaced or
withdrawn as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from ..base.terms import ID, PREFIXES, Literal, NamedNode, Quad
from ..case.model import (
    Actor,
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
    Stance,
    Third,
    Words,
)
from ..case.values import Quantity, written
from ..wording import both, inline, position, unnamed
from ..words import messages
from ..yaml.forms import Texts
from . import words
from .shape import TRUE, case_graph, combined, digest, flag, link, named, node_of, number, term, text, texts, typed


def evidence(case: Case, modality: Mapping[str, Modality], *, internal: bool = False) -> dict[str, list[Quad]]:
    """The IRI of each graph, and its quads in no particular order.

    `modality` is what each claim holds its relationship to be under the ceiling of its event. `internal` adds our own
    grades, notes and requests for a reply.
    """
    return dict(graph_by_graph(case, modality, internal=internal))


def graph_by_graph(
    case: Case, modality: Mapping[str, Modality], *, internal: bool = False
) -> Iterator[tuple[str, list[Quad]]]:
    """The same, one graph after another, so that nobody has to hold them all."""
    for graph, quads in _graphs(case, modality, internal):
        yield graph, _stamped(graph, list(dict.fromkeys(quads)))


def stamped(graph: str, quads: Iterable[Quad]) -> list[Quad]:
    """The quads of a graph of evidence, each once, with their digest; one that they came with is dropped."""
    stamp = term("ag:evidenceDigest")
    return _stamped(graph, [quad for quad in dict.fromkeys(quads) if quad.predicate != stamp])


def _stamped(graph: str, quads: list[Quad]) -> list[Quad]:
    return [*quads, text(node_of(graph), "ag:evidenceDigest", f"{digest(quads):032x}", node_of(graph))]


def total(quads: Iterable[Quad]) -> int:
    """The digest of some graphs of evidence together, from the digests that they bear."""
    stamp = term("ag:evidenceDigest")
    stamps = (quad.object for quad in quads if quad.predicate == stamp)
    return combined(int(value.value, 16) for value in stamps if isinstance(value, Literal))


def _graphs(case: Case, modality: Mapping[str, Modality], internal: bool) -> Iterator[tuple[str, Iterable[Quad]]]:
    scopes: dict[str, list[Actor]] = {part.id: [] for part in case.parts}
    for actor in case.actors.values():
        scopes.setdefault(actor.case, []).append(actor)
    parts = {part.id: part for part in case.parts}
    for scope, actors in scopes.items():
        decisions = [decision for decision in case.decisions if decision.case == scope]
        yield case_graph(scope).value, _CaseGraph(case, scope).quads(parts.get(scope), actors, decisions)
    claims: dict[str, list[Claim]] = {iri: [] for iri in case.documents}
    for claim in case.claims:
        claims[claim.document].append(claim)
    for iri, document in case.documents.items():
        yield iri, _DocumentGraph(case, document, modality, internal).quads(claims[iri])


class _CaseGraph:
    """Who and what a case speaks of, its own words, and what its editors decided."""

    def __init__(self, case: Case, scope: str) -> None:
        self.graph = case_graph(scope)
        self.case = case
        self.scope = scope

    def quads(self, part: CaseInfo | None, actors: Iterable[Actor], decisions: Iterable[Decision]) -> Iterator[Quad]:
        if part is not None:
            yield from self._info(part)
        for actor in actors:
            yield from self._actor(actor)
        for decision in decisions:
            yield from self._decision(decision)

    def _info(self, part: CaseInfo) -> Iterator[Quad]:
        node, graph = NamedNode(ID + part.id), self.graph
        yield typed(node, "ag:Case", graph)
        yield text(node, "dcterms:identifier", part.id, graph)
        yield from texts(node, "rdfs:label", part.title, graph)
        if part.version:
            yield Quad(node, term("dcterms:modified"), Literal(part.version, datatype=term("xsd:date")), graph)
        if part.licence.startswith("http"):
            yield link(node, "dcterms:license", part.licence, graph)
        for predicate, said in (
            ("dcterms:creator", part.editor),
            ("dcterms:rights", "" if part.licence.startswith("http") else part.licence),
            ("ag:contact", part.contact),
            ("ag:corrections", part.corrections),
        ):
            if said:
                yield text(node, predicate, said, graph)
        for actor in part.cast:
            yield link(node, "ag:mainActor", actor, graph)
        for kind in part.kinds:
            yield text(node, "ag:ownKind", words.written(kind), graph)
        for relation in part.relations:
            yield text(node, "ag:ownRelation", words.written(relation), graph)
        for unit in part.units:
            yield text(node, "ag:ownUnit", words.written(unit), graph)
        for first, second in part.folds:
            yield text(node, "ag:ownFold", f"{first} {second}", graph)

    def _actor(self, actor: Actor) -> Iterator[Quad]:
        node, graph = NamedNode(actor.iri), self.graph
        kind = self.case.vocabulary.kinds[actor.kind]
        yield link(node, "rdf:type", kind.type, graph)
        if unnamed(actor) and self.case.vocabulary.is_a(actor.kind, ("person",)):
            yield typed(node, "ag:UnnamedPerson", graph)
        yield link(node, "ag:kind", kind.iri, graph)
        yield from named(node, actor.slug, graph)
        yield from texts(node, "ag:nameInSentence", both(lambda language: inline(actor, language)), graph)
        if actor.plural:
            yield flag(node, "ag:plural", True, graph)
        again = {"ag:shortName": actor.short, "ag:pronoun": actor.pronoun}
        yield from (text(node, predicate, said, graph) for predicate, said in again.items() if said)
        for alias in sorted(set(actor.aliases)):
            yield text(node, "skos:altLabel", alias, graph)
        for same in actor.same_as:
            if same.register == "wikidata":
                yield link(node, "schema:sameAs", f"http://www.wikidata.org/entity/{same.identifier}", graph)
            yield text(node, "ag:identifierCheckedBy", same.checked_by, graph)
            if same.checked_on:
                yield text(node, "ag:identifierCheckedOn", same.checked_on, graph)

    def _decision(self, decision: Decision) -> Iterator[Quad]:
        graph = self.graph
        node = NamedNode(f"{ID}{self.scope}/decision/{decision.proposition.rpartition('/')[2]}")
        yield typed(node, "ag:Decision", graph)
        yield from texts(node, "rdfs:label", messages("dataset.decision"), graph)
        yield link(node, "ag:decides", decision.proposition, graph)
        yield text(node, "ag:decided", "accepted" if decision.accepted else "rejected", graph)
        yield text(node, "ag:decidedOf", decision.statement, graph)
        yield link(node, "ag:basis", PREFIXES["basis"] + decision.basis, graph)
        yield text(node, "ag:record", decision.record, graph)
        yield text(node, "ag:decidedBy", decision.by, graph)
        yield link(node, "ag:decidedOn", decision.on.iri, graph)
        for claim in decision.over:
            yield link(node, "ag:decidedOver", claim, graph)
        if decision.because:
            yield text(node, "ag:because", decision.because, graph)


class _DocumentGraph:
    """What one document says, with all that is needed to know what it speaks of but the names."""

    def __init__(self, case: Case, document: Document, modality: Mapping[str, Modality], internal: bool) -> None:
        self.graph = NamedNode(document.iri)
        self.case = case
        self.document = document
        self.modality = modality
        self.internal = internal
        self.steps: dict[str, tuple[Hop, int]] = {}
        #: The summary of a place, where all that is stated there has the same one.
        self.summaries: dict[str, Texts] = {}
        #: Relationships of which something is stated, and those that such a one is about.
        self.spoken: set[str] = set()
        self.named: set[str] = set()

    def quads(self, claims: Iterable[Claim]) -> Iterator[Quad]:
        yield from self._document()
        passages: dict[str, Passage] = {}
        claims = sorted(claims, key=position)
        self.summaries = _shared(claims)
        for order, claim in enumerate(claims, 1):
            known = passages.setdefault(claim.passage.iri, claim.passage)
            # Two blocks may point at the same place; the longer cue is the better one whichever comes first.
            if (claim.passage.words, claim.passage.cue) > (known.words, known.cue):
                passages[claim.passage.iri] = claim.passage
            self.spoken.add(claim.proposition)
            yield from self._claim(claim, order)
        for passage in passages.values():
            yield from self._passage(passage)
        for iri, (hop, at) in self.steps.items():
            yield from self._step(NamedNode(iri), hop, at)
        for iri in sorted(self.named - self.spoken):
            yield from self._reference(iri)

    def _document(self) -> Iterator[Quad]:
        document, node, graph = self.document, self.graph, self.graph
        yield typed(node, "ag:Document", graph)
        yield text(node, "dcterms:identifier", document.id, graph)
        if any(part.id == document.case for part in self.case.parts):
            yield link(node, "ag:inCase", ID + document.case, graph)
        yield link(node, "dcterms:publisher", document.publisher, graph)
        for author in document.authors:
            yield link(node, "dcterms:creator", author, graph)
        if document.title:
            yield Quad(node, term("dcterms:title"), Literal(document.title, language=document.language), graph)
        yield text(node, "dcterms:language", document.language, graph)
        for predicate, address in (("schema:url", document.url), ("schema:archivedAt", document.archived)):
            if address:
                yield Quad(node, term(predicate), Literal(address, datatype=term("xsd:anyURI")), graph)
        for predicate, day in (("ag:published", document.published), ("ag:accessed", document.accessed)):
            if day:
                yield link(node, predicate, day.iri, graph)
        if document.sha256:
            yield text(node, "ag:textDigest", document.sha256, graph)

    # --- what is spoken of

    def _of(self, node: NamedNode, iri: str, level: str) -> Iterator[Quad]:
        """Of whom or what something says which relation to whom or what; the relation wears how it is held."""
        graph, proposition = self.graph, self.case.propositions[iri]
        relation = self.case.vocabulary.relations[proposition.relation]
        subject, third = proposition.subject, proposition.third
        yield link(node, "ag:subject", subject if isinstance(subject, str) else subject.iri, graph)
        yield link(node, "ag:relation", PREFIXES[level] + relation.mirror, graph)
        yield Quad(node, term("ag:object"), third_term(third), graph)
        match third:
            case Quantity():
                yield text(node, "ag:figure", written(third), graph)
            case Missing():
                yield text(node, "ag:gap", "withheld" if third.withheld else "unknown", graph)
                if third.by:
                    yield link(node, "ag:objectWithheldBy", third.by, graph)
        for name, day in (("ag:since", proposition.since), ("ag:until", proposition.until)):
            if day:
                yield link(node, name, day.iri, graph)
        self.named |= {end.iri for end in (subject, third) if isinstance(end, Nested)}

    def _reference(self, iri: str) -> Iterator[Quad]:
        """A relationship of which this document only says something, so that it is known without any other document."""
        node = NamedNode(f"{self.document.iri}/about/{iri.rpartition('/')[2]}")
        yield typed(node, "ag:Reference", self.graph)
        yield from texts(node, "rdfs:label", messages("dataset.reference"), self.graph)
        yield link(node, "ag:names", iri, self.graph)
        before = set(self.named)
        yield from self._of(node, iri, "spoken")
        for inner in sorted(self.named - before - self.spoken):
            yield from self._reference(inner)

    # --- claims

    def _claim(self, claim: Claim, order: int) -> Iterator[Quad]:
        node, graph = node_of(claim.iri), self.graph
        mention = claim.stance is Stance.MENTIONED
        yield typed(node, "ag:Mention" if mention else "ag:Claim", graph)
        yield link(node, "ag:mentions" if mention else "ag:claims", claim.proposition, graph)
        yield link(node, "ag:stance", PREFIXES["st"] + claim.stance, graph)
        if (modality := self.modality[claim.iri]) is not Modality.ACTUAL:
            yield link(node, "ag:modality", PREFIXES["mo"] + modality, graph)
        yield text(node, "ag:word", word_of(claim, self.modality[claim.iri]), graph)
        yield from self._of(node, claim.proposition, level_of(claim, self.modality[claim.iri]))
        yield link(node, "ag:speaker", claim.originator or f"{claim.iri}/unstated", graph)
        if claim.originator is None:
            yield from self._unstated(node_of(f"{claim.iri}/unstated"))
        if claim.speaks_for:
            yield link(node, "ag:speaksFor", claim.speaks_for, graph)
        for relay in dict.fromkeys(claim.relays):
            yield link(node, "ag:via", relay, graph)
        yield link(node, "ag:document", claim.document, graph)
        yield link(node, "ag:passage", claim.passage.iri, graph)
        yield from named(node, claim.sid, graph)
        yield number(node, "ag:order", order, graph)
        if claim.passage.iri not in self.summaries:
            yield from texts(node, "ag:summary", claim.summary, graph)
        for at, hop in enumerate(claim.chain):
            yield link(node, "prov:qualifiedAttribution", self._step_iri(claim, hop, at), graph)
        yield from self._qualified(node, claim)
        yield from self._linked(node, claim)
        if self.internal:
            yield from self._ours(node, claim)

    def _unstated(self, node: NamedNode) -> Iterator[Quad]:
        """One node for each claim: two sources that are not named are not the same source."""
        yield typed(node, "ag:UnstatedSource", self.graph)
        yield from texts(node, "rdfs:label", messages("statement.unnamed"), self.graph)

    def _step_iri(self, claim: Claim, hop: Hop, at: int) -> str:
        agent = hop.agent or f"{claim.iri}/unstated"
        day = hop.on.printed if hop.on else ""
        key = "\x1f".join((claim.document, str(at), agent, hop.role, hop.verb, day, str(hop.implied)))
        iri = f"{ID}step/{sha256(key.encode()).hexdigest()[:16]}"
        if iri not in self.steps:
            stated = hop if hop.agent else Hop(agent, hop.role, hop.verb, hop.on, hop.implied)
            self.steps[iri] = (stated, at)
        return iri

    def _step(self, node: NamedNode, hop: Hop, at: int) -> Iterator[Quad]:
        graph = self.graph
        yield typed(node, "ag:AttributionStep", graph)
        yield number(node, "ag:hop", at, graph)
        yield link(node, "prov:agent", str(hop.agent), graph)
        yield link(node, "prov:hadRole", PREFIXES["role"] + hop.role, graph)
        if hop.verb:
            yield text(node, "ag:speechVerb", hop.verb, graph)
        if hop.on:
            yield link(node, "ag:saidOn", hop.on.iri, graph)
        if hop.implied:
            yield flag(node, "ag:implied", True, graph)

    def _qualified(self, node: NamedNode, claim: Claim) -> Iterator[Quad]:
        """What softens, marks or dates the claim."""
        graph = self.graph
        for hedge in claim.hedges:
            yield text(node, "ag:hedge", hedge, graph)
        if claim.quantifier:
            yield text(node, "ag:quantifier", claim.quantifier, graph)
        if reserve := sorted({*claim.hedges, claim.quantifier} - {""}):
            yield text(node, "ag:reserve", ", ".join(reserve), graph)
        for name, said in (
            ("ag:approximate", claim.approximate),
            ("ag:implied", claim.implied),
            ("ag:inferred", claim.inferred),
            ("ag:reportedly", claim.reportedly),
            ("ag:markedSensitive", claim.sensitive),
        ):
            if said:
                yield flag(node, name, True, graph)
        if claim.said:
            yield link(node, "ag:saidOn", claim.said.iri, graph)

    def _linked(self, node: NamedNode, claim: Claim) -> Iterator[Quad]:
        graph = self.graph
        for name, claims in (
            ("ag:counters", claim.counters),
            ("ag:confirms", claim.confirms),
            ("ag:dependsOn", claim.depends_on),
            ("ag:alternativeOf", claim.alternative_of),
        ):
            for other in claims:
                yield link(node, name, other, graph)
        taken = claim.retraction
        if taken is not None:
            yield flag(node, f"ag:{taken.kind}", True, graph)
            yield text(node, "ag:retractedBy", taken.by, graph)
            if taken.on:
                yield link(node, "ag:retractedOn", taken.on.iri, graph)
            if taken.where:
                yield text(node, "ag:retractedIn", taken.where, graph)

    def _ours(self, node: NamedNode, claim: Claim) -> Iterator[Quad]:
        """Internal: our grade, our note, our request for a reply."""
        graph = self.graph
        if claim.grade:
            inner = NamedNode(f"{claim.iri}/assessment")
            yield Quad(node, term("ag:assessment"), inner, graph)
            yield typed(inner, "ag:Assessment", graph)
            letter, digit = claim.grade.rstrip("123456"), claim.grade.lstrip("ABCDEF")
            if letter:
                yield text(inner, "ag:reliability", letter, graph)
            if digit:
                yield number(inner, "ag:credibility", int(digit), graph)
        if claim.note:
            yield text(node, "ag:note", claim.note, graph)
        reply = claim.reply
        if reply is not None:
            inner = NamedNode(f"{claim.iri}/reply")
            yield Quad(node, term("ag:reply"), inner, graph)
            yield typed(inner, "ag:ReplyRequest", graph)
            yield text(inner, "ag:askedBy", reply.by, graph)
            yield link(inner, "ag:askedOn", reply.asked_on.iri, graph)
            if reply.deadline:
                yield link(inner, "ag:deadline", reply.deadline.iri, graph)
            yield from texts(inner, "ag:answer", reply.answer, graph)

    def _passage(self, passage: Passage) -> Iterator[Quad]:
        node, graph = NamedNode(passage.iri), self.graph
        yield typed(node, "oa:SpecificResource", graph)
        yield link(node, "oa:hasSource", passage.document, graph)
        yield text(node, "ag:at", passage.at, graph)
        yield from texts(node, "ag:summary", self.summaries.get(passage.iri, {}), graph)
        if passage.language != self.document.language:
            yield text(node, "dcterms:language", passage.language, graph)
        if passage.start is not None and passage.end is not None:
            yield number(node, "ag:start", passage.start, graph)
            yield number(node, "ag:end", passage.end, graph)
        if passage.words:
            inner = NamedNode(f"{passage.iri}/quote")
            yield Quad(node, term("oa:hasSelector"), inner, graph)
            yield typed(inner, "oa:TextQuoteSelector", graph)
            yield Quad(inner, term("oa:exact"), Literal(passage.words, language=passage.language), graph)


def _shared(claims: Iterable[Claim]) -> dict[str, Texts]:
    """Passage → its summary, where all that is stated there has the same one: it is written once, at the place."""
    found: dict[str, Texts] = {}
    for claim in claims:
        if found.setdefault(claim.passage.iri, claim.summary) != claim.summary:
            found[claim.passage.iri] = {}
    return {iri: summary for iri, summary in found.items() if summary}


_WORDS = {
    Stance.ASSERTED: "says",
    Stance.ALLEGED: "alleges",
    Stance.PRESUMED: "supposes",
    Stance.DENIED: "denies",
    Stance.CONTESTED: "disputes",
    Stance.ASKED: "asks",
    Stance.DECLINED: "gave no answer",
    Stance.MENTIONED: "mentions",
}


def word_of(claim: Claim, modality: Modality) -> str:
    """How this speaker holds this, in plain words made from this statement alone: `says`, `says planned`, `denies`.

    What the text only takes for granted is "presupposed", what we conclude "inferred": nobody says it.
    """
    word = _WORDS[claim.stance]
    if not claim.affirming:
        return word
    if claim.implied:
        word = "inferred" if claim.inferred else "presupposed"
    word += "" if modality is Modality.ACTUAL else f" {modality}"
    return word + (" of some" if claim.quantifier else "")


def level_of(claim: Claim, modality: Modality) -> str:
    """Which mirror of its relation a statement wears, made from this statement alone."""
    if claim.opposing:
        return "denied"
    if not claim.affirming:
        return "spoken"
    if modality is Modality.COUNTERFACTUAL:
        return "counterfactual"
    if modality is not Modality.ACTUAL:
        return "notyet"
    if claim.implied:
        return "presupposed"
    firm = claim.stance is Stance.ASSERTED and claim.originator is not None and not claim.reportedly
    return "said" if firm and not claim.sensitive else "alleged"


def third_term(third: Third) -> NamedNode | Literal:
    """The RDF term of a third place."""
    match third:
        case None:
            return TRUE
        case Words():
            return Literal(third.text, language=third.language)
        case str():
            return node_of(third)
        case _:
            return node_of(third.iri)
