"""A YAML file in, a `Vocabulary` out, or a finding for each mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from ..base import resources
from ..base.errors import CaseError, did_you_mean
from ..base.terms import BASE, PREFIXES, expand
from ..words import ENGLISH, languages
from ..yaml.forms import Findings, Form
from ..yaml.reader import Row, Table, Text, read
from . import grammar
from .model import SLUG, Kind, Phrases, Relation, Term, Unit, Vocabulary, mirror_name

TAKES = frozenset({"node", "quantity", "date", "text", "statement", "none"})
#: As the tables of the docs call them.
_TAKES_WORDS = {"nothing": "none", "figure": "quantity"}


SHAPES = frozenset({"circle", "square", "diamond", "document", "hexagon", "triangle", "ellipse", "star", "pentagon"})


HUES = frozenset({"person", "org", "state", "event", "doc", "place", "concept"})


#: The languages that every label and phrase is in. A further one may be missing: English then stands in.
_REQUIRED = ("en", "es")
_KIND_KEYS = ("class", "label", "comment", "shape", "hue", "agent", "plural", "broader", "harms")


_RELATION_KEYS = (
    "iri", "label", "comment", "gloss", "bare", *languages(), "takes", "subject", "object", "sensitive", "accused",
    "directed", "inverse",
    "single", "role", "subtitle", "judgement", "counts", "turned", "for", "clause", "joins", "asks", "unit_understood",
    "gravity", "involves", "verbs",
)  # fmt: skip


#: The ends of a relation.
ENDS = frozenset({"subject", "object"})

#: What is at stake when a relation accuses, as its author writes it → its weight.
GRAVITY = {"crime": 3, "violence": 2, "money": 1, "": 0}


#: How many words a drawn line has room for.
BARE_WORDS = 3
_UNIT_KEYS = ("label", "duration", "comment", "class")


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
            harms=frozenset(map(str, fields.words("harms"))),
        )
        found.append(kind)
    return found


def read_relations(form: Form, namespace: str) -> list[Relation]:
    """The `relations:` of a vocabulary or a case; `namespace` makes IRIs for those that give none."""
    found = []
    for name, fields in form.forms("relations", "relation"):
        fields.only(_RELATION_KEYS)
        _slug(name, fields)
        takes = frozenset(_TAKES_WORDS.get(word, str(word)) for word in fields.words("takes")) or frozenset({"node"})
        for word in sorted(takes - TAKES):
            fields.error("takes", f'takes "{word}".', did_you_mean(word, TAKES))
        sensitive: bool | frozenset[str]
        kinds = fields.words("sensitive")
        if kinds and str(kinds[0]) in ("true", "false"):
            sensitive = str(kinds[0]) == "true"
        else:
            sensitive = frozenset(map(str, kinds)) or False
        iri = _iri(fields, "iri", namespace + str(name))
        directed = fields.flag("directed", True)
        found.append(
            Relation(
                key=str(name),
                iri=iri,
                mirror=re.split("[/#]", iri)[-1] if namespace == PREFIXES["ag"] else mirror_name(iri),
                label=_both(fields, "label"),
                comment=fields.texts("comment"),
                gloss=_both(fields, "gloss"),
                bare=_bare(fields),
                phrases=_all_phrases(fields),
                turned=_turned(fields),
                by_kind={str(kind): _all_phrases(words) for kind, words in fields.forms("for", "kind")},
                clause=fields.texts("clause"),
                joins=fields.texts("joins"),
                asks=fields.texts("asks"),
                unit_understood=fields.flag("unit_understood"),
                gravity=GRAVITY[_one_of(fields, "gravity", GRAVITY, "")],
                involves=fields.flag("involves"),
                takes=takes,
                subject=frozenset(map(str, fields.words("subject"))),
                third=frozenset(map(str, fields.words("object"))),
                sensitive=sensitive,
                accused=_accused(fields, own=namespace != PREFIXES["ag"], directed=directed, sensitive=bool(sensitive)),
                directed=directed,
                inverse=fields.text("inverse") or None,
                single=fields.flag("single"),
                role=fields.flag("role"),
                subtitle=fields.flag("subtitle"),
                judgement=fields.flag("judgement"),
                counts=fields.text("counts") or None,
                verbs=read_verbs(fields),
            )
        )
    return found


def _accused(fields: Form, *, own: bool, directed: bool, sensitive: bool) -> frozenset[str]:
    """Which ends it may defame; of a case's own relation, only whoever does it, unless its author says more."""
    if "accused" not in fields:
        return frozenset({"subject"}) if own and directed and sensitive else ENDS
    if own and not sensitive:
        what = f"{fields.name} says whom it may defame, but only lines that say `sensitive` are taken for accusations."
        remedy = "Add sensitive to the relation, or take accused out."
        fields.findings.warning(fields.file, fields.at("accused"), what, remedy)
    written = frozenset(map(str, fields.words("accused")))
    for word in sorted(written - ENDS):
        fields.error("accused", f'names "{word}".', f"Write {' or '.join(sorted(ENDS))}, or both.")
    return written


def read_verbs(fields: Form) -> dict[str, tuple[str, ...]]:
    """The words of each language by which somebody looks for a relation or a frame: `buy`, `comprar`."""
    verbs = fields.form("verbs", languages())
    return {tag: tuple(map(str, verbs.words(tag))) for tag in languages() if tag in verbs} if verbs else {}


def read_units(form: Form) -> list[Unit]:
    """The `units:` of a vocabulary or a case."""
    found = []
    for name, fields in form.forms("units", "unit"):
        fields.only(_UNIT_KEYS)
        labels = fields.form("label", languages())
        pairs = {tag: tuple(map(str, labels.words(tag))) for tag in languages()} if labels else {}
        label = {tag: (words[0], words[-1]) for tag, words in pairs.items() if words}
        if not label.keys() >= set(_REQUIRED):
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
        wanted = set(relation.subject | relation.third | set(relation.by_kind))
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
        for word in sorted(kind.harms - set(vocabulary.relations)):
            form.error(
                "kinds",
                f'has the kind {kind.key}, which harms whoever stands in the unknown relation "{word}".',
                did_you_mean(word, vocabulary.relations),
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


def _pairs(form: Form) -> list[tuple[str, str]]:
    value = form.get("folds")
    rows = [pair for pair in value if isinstance(pair, Row) and len(pair) == 2] if isinstance(value, Row) else []
    if value is not None and (not isinstance(value, Row) or len(rows) != len(value)):
        form.error("folds", "needs pairs of relations at `folds`.", "Write - [payer, payee].")
    return [(str(pair[0]), str(pair[1])) for pair in rows]


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
    for language in _REQUIRED:
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


def _bare(form: Form) -> dict[str, str]:
    """The words for a drawn line; the label, where a relation has no shorter ones."""
    texts = form.texts("bare") or form.texts("label")
    for language, text in texts.items():
        if len(text.split()) > BARE_WORDS and "bare" in form:
            form.error("bare", f"has more than {BARE_WORDS} words in {language}.", "Write the verb alone.")
    return texts


def _all_phrases(form: Form) -> dict[str, Phrases]:
    """The phrases in every language that has them; whether they are in the present is told by the English ones."""
    found = {tag: _phrases(form, tag) for tag in languages() if tag in _REQUIRED or tag in form}
    present = grammar.in_present(found[ENGLISH].accepted)
    return {tag: replace(phrases, present=present) for tag, phrases in found.items()}


def _turned(form: Form) -> dict[str, Phrases]:
    inner = form.form("turned", languages())
    return _all_phrases(inner) if inner else {}


def _phrases(form: Form, language: str) -> Phrases:
    keys = ("accepted", "said", "denied", "infinitive")
    inner = form.form(language, keys)
    if inner is None:
        form.error(None, f"has no phrases in {_LANGUAGE[language]}.", f"Write {language}: {{{', '.join(keys)}}}.")
        return Phrases("?", "?", "?", "?")
    accepted, infinitive = (inner.required(key, "Write the phrase.") for key in ("accepted", "infinitive"))
    said, denied = grammar.derived(accepted, infinitive, language)
    return Phrases(accepted, inner.text("said") or said, inner.text("denied") or denied, infinitive)


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
