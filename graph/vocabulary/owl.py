"""A vocabulary in, OWL and SKOS out, in a named graph of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..base.terms import BASE, PREFIXES, Literal, NamedNode, Quad, expand
from ..words import languages, message, messages
from ..yaml.forms import Texts, in_language
from .model import Kind, Relation, Vocabulary, numbered

NAMESPACE = NamedNode(BASE + "ns")


def _texts(subject: NamedNode, predicate: str, texts: Texts) -> Iterable[Quad]:
    for language, words in sorted(texts.items()):
        yield Quad(subject, NamedNode(expand(predicate)), Literal(words, language=language), NAMESPACE)


def _link(subject: NamedNode, predicate: str, to: str) -> Quad:
    return Quad(subject, NamedNode(expand(predicate)), NamedNode(to), NAMESPACE)


def _plain(subject: NamedNode, predicate: str, value: str | bool, datatype: str = "xsd:string") -> Quad:
    word = ("true" if value else "false") if isinstance(value, bool) else value
    kind = "xsd:boolean" if isinstance(value, bool) else datatype
    return Quad(subject, NamedNode(expand(predicate)), Literal(word, datatype=NamedNode(expand(kind))), NAMESPACE)


_PHRASE_PROPERTIES = {"accepted": "ag:acceptedPhrase", "said": "ag:saidPhrase", "denied": "ag:deniedPhrase"}


#: How a relation may stand → which of its phrases says so, by name or modality; "label" is its name alone.
_MIRRORS = {
    "said": "said", "alleged": "said", "denied": "denied", "notyet": "planned",
    "counterfactual": "counterfactual", "presupposed": "label", "spoken": "label",
}  # fmt: skip
_SPACES = tuple(PREFIXES[level] for level in _MIRRORS)


def quads(vocabulary: Vocabulary, in_use: Collection[str] | None = None) -> Iterable[Quad]:
    """The vocabulary as OWL and SKOS in its own named graph: every term with label, comment and isDefinedBy.

    `in_use`: the IRIs of the mirrors that are wanted; left out, all of them.
    """
    yield from _ontology(vocabulary)
    for term in vocabulary.terms:
        node = NamedNode(term.iri)
        concept = expand("skos:Concept") in term.types
        for kind in term.types:
            yield _link(node, "rdf:type", kind)
        yield from _texts(node, "rdfs:label", term.label)
        yield from _texts(node, "skos:definition" if concept else "rdfs:comment", term.comment)
        if concept:
            yield _plain(node, "skos:notation", term.iri.rpartition("/")[2])
        for predicate, to in term.links:
            yield Quad(node, NamedNode(predicate), NamedNode(to), NAMESPACE)
        yield _link(node, "rdfs:isDefinedBy", NAMESPACE.value)
    for kind_ in vocabulary.kinds.values():
        yield from _kind_quads(kind_)
    for unit in vocabulary.units.values():
        node = NamedNode(unit.iri)
        yield _link(node, "rdf:type", expand("ag:Unit"))
        yield from _texts(node, "rdfs:label", {tag: words[1] for tag, words in unit.label.items()})
        yield _link(node, "rdfs:isDefinedBy", NAMESPACE.value)
        if unit.duration:
            yield _plain(node, "ag:duration", unit.duration, "xsd:duration")
    for relation in vocabulary.relations.values():
        yield from _relation_quads(vocabulary, relation)
        for level in _MIRRORS:
            if in_use is None or PREFIXES[level] + relation.mirror in in_use:
                yield from _mirror_quads(relation, level)
    for first, second in sorted(vocabulary.folds):
        pair = (vocabulary.relations[first].iri, vocabulary.relations[second].iri)
        yield Quad(NamedNode(pair[0]), NamedNode(expand("ag:foldsWith")), NamedNode(pair[1]), NAMESPACE)


_TYPE, _COMMENT, _DIRECTED = expand("rdf:type"), expand("rdfs:comment"), expand("ag:directed")
#: What a dataset says of its words: what they are called, and what tables and drawings make of them.
_TRAVELS = frozenset(
    map(
        expand,
        (
            "rdfs:label", "owl:versionInfo", "dcterms:identifier", "ag:bareLabel", "ag:directed",
            "ag:shownAsSubtitle", "ag:judgement", "ag:sensitiveFor", "ag:foldsWith", "ag:mirrors", "ag:shape", "ag:hue",
            "ag:agent", "skos:broader",
        ),
    )
)  # fmt: skip
_YES, _NO = Literal(True), Literal(False)
_TYPES = frozenset(map(expand, ("owl:Ontology", "ag:RelationProperty", "ag:SensitiveRelation", "ag:Kind", "ag:Unit")))


def in_dataset(vocabulary: Vocabulary, in_use: Collection[str]) -> Iterable[Quad]:
    """The words that a dataset uses, as they travel with it; all else is published with the ontology.

    `in_use`: the IRIs of the mirrors and standings among them. What is the rule is left out. Of the properties of
    evidence, only those that hold a figure are among them, with what they count: `counts` shows that.
    """
    bare = {relation.iri for relation in vocabulary.relations.values() if relation.bare != relation.label}
    properties = {term.iri for term in vocabulary.terms if any(kind.endswith("Property") for kind in term.types)}
    schemes = {term.iri for term in vocabulary.terms if expand("skos:ConceptScheme") in term.types}
    for quad in quads(vocabulary, in_use):
        subject, predicate = str(getattr(quad.subject, "value", "")), quad.predicate.value
        if subject in properties:
            travels = subject.endswith("Count") and predicate in (expand("rdfs:label"), _COMMENT)
        elif is_mirror(quad.subject):
            travels = predicate in _TRAVELS
        elif subject in schemes:
            travels = False
        elif predicate == _TYPE:
            travels = getattr(quad.object, "value", "") in _TYPES
        else:
            # A relation without a bare name of its own has its label for it.
            named = predicate != expand("ag:bareLabel") or subject in bare
            # Relations are directed, and nothing else is so, unless it is said.
            travels = predicate in _TRAVELS and named and quad.object != (_YES if predicate == _DIRECTED else _NO)
        if travels:
            yield quad
    for iri in sorted(in_use):
        if iri.startswith(PREFIXES["sl"]):
            yield from _standing_quads(vocabulary, iri)


def standing_iri(modality: str, level: str, disputed: bool) -> str:
    """How a relationship may stand in one modality, shared by all that stand so."""
    return f"{PREFIXES['sl']}{modality}-{level}{'-disputed' if disputed else ''}"


def _standing_quads(vocabulary: Vocabulary, iri: str) -> Iterable[Quad]:
    node = NamedNode(iri)
    modality, level, *disputed = iri.removeprefix(PREFIXES["sl"]).split("-")
    yield _link(node, "rdf:type", expand("ag:Standing"))
    yield _link(node, "ag:modality", PREFIXES["mo"] + modality)
    yield _link(node, "ag:level", PREFIXES["sl"] + level)
    if disputed:
        yield _plain(node, "ag:disputed", True)
    against = {term.iri: term.label for term in vocabulary.terms}.get(expand("ag:disputed"), {})
    for language in languages():
        words = [vocabulary.label("modality", modality, language), vocabulary.label("standing", level, language)]
        words += [in_language(against, language)] if disputed else []
        yield Quad(node, NamedNode(expand("rdfs:label")), Literal(", ".join(words), language=language), NAMESPACE)


def _ontology(vocabulary: Vocabulary) -> Iterable[Quad]:
    def plain(key: str) -> str:
        texts = vocabulary.about.get(key, {})
        return texts.get("en", "")

    yield _link(NAMESPACE, "rdf:type", expand("owl:Ontology"))
    yield from _texts(NAMESPACE, "dcterms:title", vocabulary.about.get("title", {}))
    yield from _texts(NAMESPACE, "rdfs:label", vocabulary.about.get("title", {}))
    yield from _texts(NAMESPACE, "dcterms:description", vocabulary.about.get("description", {}))
    yield _plain(NAMESPACE, "dcterms:creator", plain("creator"))
    yield _plain(NAMESPACE, "dcterms:created", plain("created"), "xsd:date")
    yield _plain(NAMESPACE, "dcterms:modified", plain("modified") or plain("created"), "xsd:date")
    if plain("citation"):
        yield _plain(NAMESPACE, "dcterms:bibliographicCitation", plain("citation"))
    yield _link(NAMESPACE, "dcterms:license", plain("licence"))
    yield _link(NAMESPACE, "owl:versionIRI", f"{BASE}ns/{vocabulary.version}")
    yield _plain(NAMESPACE, "owl:versionInfo", vocabulary.version)
    yield _plain(NAMESPACE, "vann:preferredNamespacePrefix", "ag")
    yield _plain(NAMESPACE, "vann:preferredNamespaceUri", PREFIXES["ag"])


def _kind_quads(kind: Kind) -> Iterable[Quad]:
    node = NamedNode(kind.iri)
    yield _link(node, "rdf:type", expand("ag:Kind"))
    yield _link(node, "rdf:type", expand("skos:Concept"))
    yield _link(node, "skos:inScheme", PREFIXES["kind"])
    yield from _texts(node, "rdfs:label", kind.label)
    yield from _texts(node, "rdfs:comment", kind.comment)
    yield _link(node, "rdfs:isDefinedBy", NAMESPACE.value)
    yield _link(node, "ag:type", kind.type)
    yield _plain(node, "ag:shape", kind.shape)
    yield _plain(node, "ag:hue", kind.hue)
    yield _plain(node, "ag:agent", kind.agent)
    if kind.broader:
        yield _link(node, "skos:broader", PREFIXES["kind"] + kind.broader)


def _relation_quads(vocabulary: Vocabulary, relation: Relation) -> Iterable[Quad]:
    node = NamedNode(relation.iri)
    yield _link(node, "rdf:type", expand("ag:RelationProperty"))
    # A third place may be a node or a value, so most relations are plain properties to OWL.
    values = relation.takes - {"node", "statement"}
    yield _link(node, "rdf:type", expand("rdf:Property" if values & {"text", "none"} else "owl:ObjectProperty"))
    if relation.sensitive:
        yield _link(node, "rdf:type", expand("ag:SensitiveRelation"))
    yield from _texts(node, "rdfs:label", relation.label)
    yield from _texts(node, "rdfs:comment", relation.comment)
    yield _link(node, "rdfs:isDefinedBy", NAMESPACE.value)
    yield _plain(node, "dcterms:identifier", relation.key)
    yield from _texts(node, "ag:gloss", relation.gloss)
    yield from _texts(node, "ag:bareLabel", relation.bare)
    for part, predicate in _PHRASE_PROPERTIES.items():
        phrases = {tag: numbered(getattr(p, part), False) for tag, p in relation.phrases.items()}
        yield from _texts(node, predicate, phrases)
    planned = {tag: numbered(p.not_yet("planned", tag), False) for tag, p in relation.phrases.items()}
    yield from _texts(node, "ag:notYetPhrase", planned)
    yield _plain(node, "ag:directed", relation.directed)
    yield _plain(node, "ag:takesOneValue", relation.single)
    yield _plain(node, "ag:roleOfEvent", relation.role)
    yield _plain(node, "ag:shownAsSubtitle", relation.subtitle)
    if relation.judgement:
        yield _plain(node, "ag:judgement", True)
    if not isinstance(relation.sensitive, bool):
        for kind in sorted(relation.sensitive & set(vocabulary.kinds)):
            yield _link(node, "ag:sensitiveFor", PREFIXES["kind"] + kind)
    for kind in sorted(relation.subject & set(vocabulary.kinds)):
        yield _link(node, "ag:subjectKind", PREFIXES["kind"] + kind)
    for kind in sorted(relation.third & set(vocabulary.kinds)):
        yield _link(node, "ag:objectKind", PREFIXES["kind"] + kind)
    if relation.inverse:
        yield _plain(node, "ag:inverseName", relation.inverse)


def is_mirror(node: object) -> bool:
    """Whether a term says how a relation stands. Mirrors have a file of their own, since each relation has several."""
    return isinstance(node, NamedNode) and node.value.startswith(_SPACES)


def mirror_label(relation: Relation, level: str) -> Texts:
    """What a relation is called where it stands so: `is said to own`."""
    labels = {}
    for language, phrases in relation.phrases.items():
        part = _MIRRORS[level]
        if part in ("planned", "counterfactual"):
            phrase = phrases.not_yet(part, language)
        else:
            phrase = relation.label[language] if part == "label" else getattr(phrases, part)
        labels[language] = message(language, f"mirror.{level}.label", phrase=numbered(phrase, False))
    return labels


def _mirror_quads(relation: Relation, level: str) -> Iterable[Quad]:
    """A mirror says how its relation stands. No subPropertyOf, domain, range or inverse: a reasoner would spread it."""
    node = NamedNode(PREFIXES[level] + relation.mirror)
    yield _link(node, "rdf:type", expand("rdf:Property"))
    yield _link(node, "ag:mirrors", relation.iri)
    yield _link(node, "rdfs:isDefinedBy", NAMESPACE.value)
    yield from _texts(node, "rdfs:label", mirror_label(relation, level))
    yield from _texts(node, "rdfs:comment", messages(f"mirror.{level}.comment"))
