"""The vocabulary: kinds of actors and things, relations with their phrases, units, and the terms of evidence.

One source, `ontology/vocabulary.yaml`; a case may declare kinds, relations and units in the same form. In: that file.
Out: a `Vocabulary`, and `quads` for the OWL that is published as `ontology/actors.ttl` and travels in every dataset.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from .base import resources
from .base.errors import CaseError, did_you_mean
from .base.terms import BASE, PREFIXES, Literal, NamedNode, Quad, expand
from .yaml.forms import LANGUAGES, Findings, Form, Texts
from .yaml.reader import Row, Table, Text, read

NAMESPACE = NamedNode(BASE + "ns")
TAKES = frozenset({"node", "quantity", "date", "text", "statement", "none"})
SHAPES = frozenset({"circle", "square", "diamond", "document", "hexagon", "triangle", "ellipse", "star", "pentagon"})
HUES = frozenset({"person", "org", "state", "event", "doc", "place", "concept"})
SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")

_KIND_KEYS = ("class", "label", "comment", "shape", "hue", "agent", "plural", "broader")
_RELATION_KEYS = (
    "iri", "label", "comment", "gloss", *LANGUAGES, "takes", "subject", "object", "sensitive", "directed", "inverse",
    "single", "role", "subtitle", "counts",
)  # fmt: skip
_UNIT_KEYS = ("label", "duration", "comment", "class")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a node can be. Neutral: a kind says nothing that anybody disputes."""

    key: str
    type: str
    label: Texts
    comment: Texts
    shape: str = "circle"
    hue: str = "concept"
    agent: bool = False
    plural: bool = False
    broader: str | None = None

    @property
    def iri(self) -> str:
        return PREFIXES["kind"] + self.key


@dataclass(frozen=True, slots=True)
class Phrases:
    """A relation's words in one language, each a predicate between a subject and a third place.

    `{is|are}` is chosen by the subject's number. The not-yet-so phrases follow from the infinitive.
    """

    accepted: str
    said: str
    denied: str
    infinitive: str

    def not_yet(self, modality: str, language: str) -> str:
        """`is to pay`, `may pay`, `must pay`, `would pay`, by modality."""
        return _NOT_YET[language][modality].format(self.infinitive)


_NOT_YET = {
    "en": {
        "planned": "{{is|are}} to {0}",
        "possible": "may {0}",
        "required": "must {0}",
        "hypothetical": "would {0}",
    },
    "es": {
        "planned": "{{ha|han}} de {0}",
        "possible": "{{podría|podrían}} {0}",
        "required": "{{debe|deben}} {0}",
        "hypothetical": "{{podría|podrían}}, bajo condición, {0}",
    },
}
_CHOICE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


@cache
def numbered(phrase: str, plural: bool, *, personal: bool = True) -> str:
    """A phrase with each `{singular|plural}` settled, and the Spanish `[a]` that only somebody who can act takes."""
    settled = _CHOICE.sub(lambda match: match[2] if plural else match[1], phrase)
    return settled.replace("[a]", "a" if personal else "").rstrip()


@dataclass(frozen=True, slots=True)
class Relation:
    """A way in which two nodes, or a node and a value, may stand to each other, with all it needs to be shown."""

    key: str
    iri: str
    label: Texts
    comment: Texts
    gloss: Texts
    phrases: Mapping[str, Phrases]
    takes: frozenset[str] = frozenset({"node"})
    subject: frozenset[str] = frozenset()
    third: frozenset[str] = frozenset()
    sensitive: bool | frozenset[str] = False
    directed: bool = True
    inverse: str | None = None
    single: bool = False
    role: bool = False
    subtitle: bool = False
    counts: str | None = None

    @property
    def mirror(self) -> str:
        """The local name under `said:`, `alleged:`, `notyet:` and `denied:`, such as `org_memberOf`."""
        return mirror_name(self.iri)


def mirror_name(iri: str) -> str:
    """`org_memberOf` for org:memberOf: the prefix stays in the name, so that two vocabularies cannot collide."""
    for prefix, namespace in PREFIXES.items():
        if prefix != "id" and iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}_{iri[len(namespace) :]}"
    scope, _, name = iri.removeprefix(PREFIXES["id"]).rpartition("#")
    return f"{scope.removesuffix('/ns')}_{name}"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a figure counts or is measured in. `label[language]` holds the singular and the plural."""

    key: str
    label: Mapping[str, tuple[str, str]]
    duration: str | None = None

    @property
    def iri(self) -> str:
        return PREFIXES["unit"] + self.key


@dataclass(frozen=True, slots=True)
class Term:
    """A class, a property or a concept of the evidence layer."""

    iri: str
    types: tuple[str, ...]
    label: Texts
    comment: Texts
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that gives names to what a case says. Keys are the words that authors write."""

    kinds: Mapping[str, Kind]
    relations: Mapping[str, Relation]
    units: Mapping[str, Unit]
    folds: frozenset[tuple[str, str]]
    terms: tuple[Term, ...] = ()
    about: Mapping[str, Texts] = field(default_factory=dict)
    version: str = ""

    def extended(
        self, kinds: Iterable[Kind], relations: Iterable[Relation], units: Iterable[Unit], folds: Iterable[Row] = ()
    ) -> Vocabulary:
        """This vocabulary with a case's own words beside it."""
        return replace(
            self,
            kinds={**self.kinds, **{kind.key: kind for kind in kinds}},
            relations={**self.relations, **{relation.key: relation for relation in relations}},
            units={**self.units, **{unit.key: unit for unit in units}},
            folds=self.folds | {(str(pair[0]), str(pair[1])) for pair in folds},
        )

    def is_a(self, kind: str, wanted: Iterable[str]) -> bool:
        """Whether a kind, or one broader than it, is among those wanted."""
        allowed = set(wanted)
        seen: set[str] = set()
        step: str | None = kind
        while step is not None and step not in seen:
            if step in allowed:
                return True
            seen.add(step)
            step = self.kinds[step].broader if step in self.kinds else None
        return False

    def only(self, relations: Iterable[str], kinds: Iterable[str], units: Iterable[str]) -> Vocabulary:
        """The part that a dataset uses: these words, the kinds broader than these, and all terms of evidence."""
        wanted = set(kinds)
        for key in relations:
            # What a relation is sensitive for belongs to it, whether or not the dataset has such a node.
            rule = self.relations[key].sensitive
            wanted |= set() if isinstance(rule, bool) else rule
        for kind in list(wanted):
            step = self.kinds[kind].broader
            while step is not None and step not in wanted:
                wanted.add(step)
                step = self.kinds[step].broader
        used_relations = set(relations)
        kept = {key: relation for key, relation in self.relations.items() if key in used_relations}
        used = set(units)
        return replace(
            self,
            kinds={key: kind for key, kind in self.kinds.items() if key in wanted},
            relations=kept,
            units={key: unit for key, unit in self.units.items() if key in used},
            folds=frozenset(pair for pair in self.folds if set(pair) <= set(kept)),
        )

    def inverses(self) -> dict[str, str]:
        """Inverse names that authors may write → the relation's key."""
        return {r.inverse: r.key for r in self.relations.values() if r.inverse}

    def label(self, scheme: str, key: str, language: str) -> str:
        """The label of a concept of a scheme, such as (`stance`, `asserted`)."""
        iri = f"{BASE}{scheme}/{key}"
        return next((term.label.get(language, key) for term in self.terms if term.iri == iri), key)


# --- reading


def read_kinds(form: Form) -> list[Kind]:
    """The `kinds:` of a vocabulary or a case."""
    found = []
    for name, fields in form.forms("kinds", "kind"):
        fields.only(_KIND_KEYS)
        _slug(name, fields)
        kind = Kind(
            key=str(name),
            type=_iri(fields, "class", "ag:Thing"),
            label=_both(fields, "label"),
            comment=fields.texts("comment"),
            shape=_one_of(fields, "shape", SHAPES, "circle"),
            hue=_one_of(fields, "hue", HUES, "concept"),
            agent=fields.flag("agent"),
            plural=fields.flag("plural"),
            broader=fields.text("broader") or None,
        )
        found.append(kind)
    return found


def read_relations(form: Form, namespace: str) -> list[Relation]:
    """The `relations:` of a vocabulary or a case; `namespace` makes IRIs for those that give none."""
    found = []
    for name, fields in form.forms("relations", "relation"):
        fields.only(_RELATION_KEYS)
        _slug(name, fields)
        takes = frozenset(map(str, fields.words("takes"))) or frozenset({"node"})
        for word in sorted(takes - TAKES):
            fields.error("takes", f'takes "{word}".', did_you_mean(word, TAKES))
        sensitive: bool | frozenset[str]
        kinds = fields.words("sensitive")
        if kinds and str(kinds[0]) in ("true", "false"):
            sensitive = str(kinds[0]) == "true"
        else:
            sensitive = frozenset(map(str, kinds)) or False
        found.append(
            Relation(
                key=str(name),
                iri=_iri(fields, "iri", namespace + str(name)),
                label=_both(fields, "label"),
                comment=fields.texts("comment"),
                gloss=_both(fields, "gloss"),
                phrases={language: _phrases(fields, language) for language in LANGUAGES},
                takes=takes,
                subject=frozenset(map(str, fields.words("subject"))),
                third=frozenset(map(str, fields.words("object"))),
                sensitive=sensitive,
                directed=fields.flag("directed", True),
                inverse=fields.text("inverse") or None,
                single=fields.flag("single"),
                role=fields.flag("role"),
                subtitle=fields.flag("subtitle"),
                counts=fields.text("counts") or None,
            )
        )
    return found


def read_units(form: Form) -> list[Unit]:
    """The `units:` of a vocabulary or a case."""
    found = []
    for name, fields in form.forms("units", "unit"):
        fields.only(_UNIT_KEYS)
        labels = fields.form("label", LANGUAGES)
        pairs = {tag: tuple(map(str, labels.words(tag))) for tag in LANGUAGES} if labels else {}
        label = {tag: (words[0], words[-1]) for tag, words in pairs.items() if words}
        if set(label) != set(LANGUAGES):
            fields.error("label", "needs a label in English and Spanish.", "Write {en: [person, people], es: […]}.")
        found.append(Unit(str(name), label, fields.text("duration") or None))
    return found


def check(vocabulary: Vocabulary, form: Form) -> None:
    """Findings for words of a vocabulary that name others which do not exist, or collide."""
    mirrors: dict[str, str] = {}
    for relation in vocabulary.relations.values():
        other = mirrors.setdefault(relation.mirror, relation.key)
        if other != relation.key:
            form.error(
                "relations",
                f"has two relations with the same mirror {relation.mirror}: {other} and {relation.key}.",
                "Give one of them another iri.",
            )
        wanted = set(relation.subject | relation.third)
        if not isinstance(relation.sensitive, bool):
            wanted |= relation.sensitive
        for word in sorted(wanted - set(vocabulary.kinds) - {"statement"}):
            form.error(
                "relations",
                f'has the relation {relation.key}, which names the unknown kind "{word}".',
                did_you_mean(word, vocabulary.kinds),
            )
        if relation.inverse in vocabulary.relations:
            form.error(
                "relations",
                f"stores both {relation.key} and its inverse {relation.inverse}.",
                "Keep one direction of the pair.",
            )
    for kind in vocabulary.kinds.values():
        if kind.broader is not None and kind.broader not in vocabulary.kinds:
            form.error(
                "kinds",
                f'has the kind {kind.key}, whose broader kind "{kind.broader}" is unknown.',
                did_you_mean(kind.broader, vocabulary.kinds),
            )
    for pair in sorted(vocabulary.folds):
        for word in pair:
            if word not in vocabulary.relations:
                form.error("folds", f'folds the unknown relation "{word}".', did_you_mean(word, vocabulary.relations))


@cache
def standard() -> Vocabulary:
    """The vocabulary that ships with actorgraph. `CaseError` when the file was broken by hand."""
    return read_file(resources.ontology() / "vocabulary.yaml")


def read_file(path: Path) -> Vocabulary:
    """A vocabulary file. `CaseError` with every finding when it is not sound."""
    tables, found = read(path, path.name)
    findings = Findings(found)
    table = tables[0] if tables else Table()
    form = Form(table, path.name, "the vocabulary", findings)
    form.only(("format", "ontology", "kinds", "relations", "folds", "units", "schemes", "classes", "properties"))
    about = form.form(
        "ontology", ("title", "description", "version", "created", "licence", "creator", "citation", "modified")
    )
    vocabulary = Vocabulary({}, {}, {}, frozenset()).extended(
        read_kinds(form), read_relations(form, PREFIXES["ag"]), read_units(form), _pairs(form)
    )
    vocabulary = replace(
        vocabulary,
        terms=(*_concepts(form), *_terms(form, "classes"), *_terms(form, "properties")),
        about={str(key): about.texts(str(key)) for key in about.table} if about else {},
        version=about.text("version") if about else "",
    )
    check(vocabulary, form)
    if findings.errors:
        raise CaseError(findings.errors)
    return vocabulary


def _pairs(form: Form) -> list[Row]:
    value = form.get("folds")
    rows = [pair for pair in value if isinstance(pair, Row) and len(pair) == 2] if isinstance(value, Row) else []
    if value is not None and (not isinstance(value, Row) or len(rows) != len(value)):
        form.error("folds", "needs pairs of relations at `folds`.", "Write - [payer, payee].")
    return rows


def _slug(name: Text, form: Form) -> None:
    if not SLUG.fullmatch(name):
        form.error(None, "has a name that cannot be an id.", "Use small letters, digits and hyphens.")


def _iri(form: Form, key: str, default: str) -> str:
    name = form.text(key)
    if name.startswith(("http://", "https://")):
        return name
    try:
        return expand(name) if name else (expand(default) if not default.startswith("http") else default)
    except KeyError:
        form.error(key, f'has the unknown prefix in "{name}".', f"Use one of {', '.join(PREFIXES)}, or a full IRI.")
        return PREFIXES["ag"] + "unknown"


def _both(form: Form, key: str) -> dict[str, str]:
    texts = form.texts(key)
    for language in LANGUAGES:
        if not texts.get(language):
            form.error(key if key in form else None, f"has no {key} in {_LANGUAGE[language]}.", "Add it.")
    return texts


_LANGUAGE = {"en": "English", "es": "Spanish"}


def _one_of(form: Form, key: str, known: Iterable[str], default: str) -> str:
    word = form.text(key, default)
    if word not in known:
        form.error(key, f'has the unknown {key} "{word}".', did_you_mean(word, known))
        return default
    return word


def _phrases(form: Form, language: str) -> Phrases:
    keys = ("accepted", "said", "denied", "infinitive")
    inner = form.form(language, keys)
    if inner is None:
        form.error(None, f"has no phrases in {_LANGUAGE[language]}.", f"Write {language}: {{{', '.join(keys)}}}.")
        return Phrases("?", "?", "?", "?")
    return Phrases(*(inner.required(key, "Write the phrase.") for key in keys))


def _concepts(form: Form) -> list[Term]:
    found: list[Term] = []
    for scheme, concepts in form.forms("schemes", "scheme"):
        base = f"{BASE}{scheme}/"
        found.append(Term(base, (expand("skos:ConceptScheme"),), concepts.texts("label"), concepts.texts("comment")))
        for name, value in concepts.table.items():
            if name in ("label", "comment") or not isinstance(value, Table):
                continue
            fields = Form(value, form.file, f"{scheme} {name}", form.findings)
            fields.only(("label", "definition", "comment"))
            found.append(
                Term(
                    base + str(name),
                    (expand("skos:Concept"),),
                    _both(fields, "label"),
                    fields.texts("definition") or fields.texts("comment"),
                    ((expand("skos:inScheme"), base),),
                )
            )
    return found


_TERM_LINKS = {
    "domain": "rdfs:domain",
    "range": "rdfs:range",
    "subclass_of": "rdfs:subClassOf",
    "subproperty_of": "rdfs:subPropertyOf",
    "close_match": "skos:closeMatch",
    "see_also": "rdfs:seeAlso",
}


def _terms(form: Form, section: str) -> list[Term]:
    found: list[Term] = []
    default = "owl:Class" if section == "classes" else "rdf:Property"
    for name, fields in form.forms(section, section.removesuffix("s")):
        fields.only(("label", "comment", "type", *_TERM_LINKS))
        types = tuple(expand(str(word)) for word in fields.words("type")) or (expand(default),)
        links = tuple((expand(to), expand(str(word))) for key, to in _TERM_LINKS.items() for word in fields.words(key))
        iri = expand(str(name) if ":" in name else f"ag:{name}")
        found.append(Term(iri, types, _both(fields, "label"), fields.texts("comment"), links))
    return found


# --- writing


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
_MIRRORS = {"said": "said", "alleged": "said", "denied": "denied", "notyet": "notyet"}


def quads(vocabulary: Vocabulary) -> Iterable[Quad]:
    """The vocabulary as OWL and SKOS in its own named graph: every term with label, comment and isDefinedBy."""
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
            yield from _mirror_quads(relation, level)
    for first, second in sorted(vocabulary.folds):
        pair = (vocabulary.relations[first].iri, vocabulary.relations[second].iri)
        yield Quad(NamedNode(pair[0]), NamedNode(expand("ag:foldsWith")), NamedNode(pair[1]), NAMESPACE)


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
    for part, predicate in _PHRASE_PROPERTIES.items():
        phrases = {tag: numbered(getattr(p, part), False) for tag, p in relation.phrases.items()}
        yield from _texts(node, predicate, phrases)
    planned = {tag: numbered(p.not_yet("planned", tag), False) for tag, p in relation.phrases.items()}
    yield from _texts(node, "ag:notYetPhrase", planned)
    yield _plain(node, "ag:directed", relation.directed)
    yield _plain(node, "ag:takesOneValue", relation.single)
    yield _plain(node, "ag:roleOfEvent", relation.role)
    yield _plain(node, "ag:shownAsSubtitle", relation.subtitle)
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
    """Whether a term says how a relation stands. Mirrors have a file of their own, since there are four a relation."""
    spaces = tuple(PREFIXES[level] for level in _MIRRORS)
    return isinstance(node, NamedNode) and node.value.startswith(spaces)


def _mirror_quads(relation: Relation, level: str) -> Iterable[Quad]:
    """A mirror says how its relation stands. No subPropertyOf, domain, range or inverse: a reasoner would spread it."""
    node = NamedNode(PREFIXES[level] + relation.mirror)
    yield _link(node, "rdf:type", expand("rdf:Property"))
    yield _link(node, "ag:mirrors", relation.iri)
    yield _link(node, "rdfs:isDefinedBy", NAMESPACE.value)
    labels = {}
    for language, phrases in relation.phrases.items():
        phrase = phrases.not_yet("planned", language) if level == "notyet" else getattr(phrases, _MIRRORS[level])
        labels[language] = _MIRROR_LABELS[language][level].format(numbered(phrase, False))
    yield from _texts(node, "rdfs:label", labels)
    yield from _texts(node, "rdfs:comment", _MIRROR_COMMENTS[level])


_MIRROR_LABELS = {
    "en": {"said": "{0}", "alleged": "{0} (alleged only)", "notyet": "{0} (not yet so)", "denied": "denied: {0}"},
    "es": {
        "said": "{0}",
        "alleged": "{0} (solo como acusación o rumor)",
        "notyet": "{0} (todavía no)",
        "denied": "negado: {0}",
    },
}
_MIRROR_COMMENTS: Mapping[str, Texts] = {
    "said": {
        "en": "Somebody affirms this firmly, as a fact. It is not established; the docket says who says so.",
        "es": "Alguien lo afirma con firmeza, como un hecho. No está comprobado; el expediente indica quién lo dice.",
    },
    "alleged": {
        "en": "This is affirmed only softly: as an allegation, a guess, a report, or by nobody who is named.",
        "es": "Solo se afirma con reserva: como acusación, suposición o rumor, o sin decir quién lo afirma.",
    },
    "notyet": {
        "en": "This is spoken of only as planned, possible, required or conditional.",
        "es": "Solo se habla de ello como algo previsto, posible, exigido o condicional.",
    },
    "denied": {
        "en": "Somebody denies or disputes this.",
        "es": "Alguien lo niega o lo cuestiona.",
    },
}
