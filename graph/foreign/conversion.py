"""Runs the queries of `ontology/lift/` over any RDF, and adds the names, kinds and sentences that a reader needs.

The queries of `ontology/lift/` say what is a statement: each triple, which stands in its graph with nobody named as
saying so; and statements about statements, which may name a source: RDF reification, RDF 1.2 reifiers, statements of a
Wikibase. Here they get what a reader needs: names, kinds, values, and sentences. The served page does the same with the
same queries (`page/model/lifted.js`); a test holds the two together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from ..base.ids import short
from ..base.names import found_by
from ..base.terms import ID, expand
from ..words import languages, listed, message, messages
from ..yaml.forms import Texts
from . import dates
from .naming import TYPE as _TYPE
from .naming import Classes, is_key, local_name, name_of, site, telling_name
from .queries import STATEMENTS, queries
from .reading import SOURCE, Foreign, file_called

_SAME = (expand("schema:sameAs"), expand("owl:sameAs"))
_CLAIMED_DIRECTLY = "http://wikiba.se/ontology#directClaim"
#: Kinds of resources that describe the vocabulary or make up a statement: shown only where a statement is about them.
_TERMS = re.compile(
    r"(?:^|[/#])(?:Property|[A-Z]\w*Property|Class|Ontology|Datatype|Restriction|Statement|E4[12]_(?:Appellation|Identifier))$|skos-xl#Label$|vcard/ns#Name$|//wikiba\.se/ontology#"
)
_NUMBERS = frozenset(
    expand(f"xsd:{name}") for name in (
        "integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger",
        "positiveInteger", "negativeInteger", "nonPositiveInteger", "unsignedInt", "unsignedLong", "unsignedShort",
    )
)  # fmt: skip
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_DATES = frozenset(expand(f"xsd:{name}") for name in ("date", "dateTime", "gYear", "gYearMonth", "dateTimeStamp"))

#: How many statements are quoted within each other in a name: one that quotes itself has no end, and one that quotes
#: two doubles with each.
_QUOTED_WITHIN = 3
#: Stance → how it is told, where that does not depend on who says it.
_HOW = {"mentioned": "quoted", "denied": "denied"}

Term = NamedNode | Literal


@dataclass(slots=True)
class _Claim:
    prop: str
    stance: str
    who: str
    stated: bool
    document: str
    at: str
    hedges: set[str] = field(default_factory=set)


def lifted(foreign: Foreign) -> pyoxigraph.Store:
    """A store in our vocabulary that holds everything of a foreign one."""
    texts = queries()
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for name in STATEMENTS:
        for triple in foreign.store.query(texts[name], use_default_graph_as_union=True):  # type: ignore[union-attr]
            found[triple.subject.value][triple.predicate.value].append(triple.object)
    called: dict[str, list[tuple[str, Term]]] = defaultdict(list)
    for name in ("names", "kinds"):
        for triple in foreign.store.query(texts[name], use_default_graph_as_union=True):  # type: ignore[union-attr]
            called[triple.subject.value].append((triple.predicate.value, triple.object))
    store = pyoxigraph.Store()
    store.bulk_extend(_Lift(found, called, foreign.files).quads())
    return store


class _Lift:
    """What the queries found, and what it is called; out come the quads of a dataset of ours."""

    def __init__(
        self,
        found: Mapping[str, Mapping[str, list[Any]]],
        called: Mapping[str, list[tuple[str, Term]]],
        files: Mapping[str, str],
    ) -> None:
        self.called = called
        self.files = files
        self.props: dict[str, tuple[str, str, Term]] = {}
        self.claims: dict[str, _Claim] = {}
        self.sources: dict[str, str] = {}
        self.direct = {
            value.value: entity
            for entity, says in called.items()
            for predicate, value in says
            if predicate == _CLAIMED_DIRECTLY
        }
        self.values: dict[str, tuple[str, str]] = {}
        self.classes = Classes(called)
        #: Node of a statement → what it states.
        self.quoted: dict[str, str] = {}
        self._read(found)
        self.predicates = {predicate for _, predicate, _ in self.props.values()}
        self.graphs = {claim.document for claim in self.claims.values()}
        self.beside: dict[str, set[str]] = defaultdict(set)
        for subject, _, third in self.props.values():
            if isinstance(third, NamedNode):
                self.beside[subject].add(third.value)
                self.beside[third.value].add(subject)
        #: Each thing is named in every sentence about it.
        self._labels: dict[tuple[str, str], str] = {}
        #: The statements within whose names a name is asked for.
        self._quoting: list[str] = []
        self.by_prop: dict[str, list[str]] = defaultdict(list)
        for iri, claim in sorted(self.claims.items()):
            self.by_prop[claim.prop].append(iri)

    def _read(self, found: Mapping[str, Mapping[str, list[Any]]]) -> None:
        names = {name: expand(f"ag:{name}") for name in (
            "claims", "mentions", "stance", "speaker", "document", "at", "hedge", "Source", "UnstatedSource",
        )}  # fmt: skip
        nobody = {iri for iri, record in found.items() if names["UnstatedSource"] in _values(record, _TYPE)}
        for iri, record in found.items():
            if third := record.get(expand("rdf:object")):
                subject, predicate = record[expand("rdf:subject")][0], record[expand("rdf:predicate")][0]
                self.props[iri] = (subject.value, predicate.value, third[0])
                self.quoted |= dict.fromkeys(_values(record, expand("ag:reifiedBy")), iri)
            elif names["stance"] in record:
                who = record[names["speaker"]][0].value
                self.claims[iri] = _Claim(
                    (record.get(names["claims"]) or record[names["mentions"]])[0].value,
                    record[names["stance"]][0].value,
                    who,
                    who not in nobody,
                    record[names["document"]][0].value,
                    record[names["at"]][0].value,
                    set(_values(record, names["hedge"])),
                )
            elif names["Source"] in _values(record, _TYPE):
                self.sources[iri] = next(iter(_values(record, expand("rdfs:label"))), "")

    # --- names

    def label(self, iri: str, language: str) -> str:
        """The best name in a language; of what has none that says something, what it is and joins."""
        if self._quoting:  # within a quoted statement it may be shorter
            return self._label(iri, language)
        key = (iri, language)
        if (known := self._labels.get(key)) is None:
            known = self._labels[key] = self._label(iri, language)
        return known

    def _label(self, iri: str, language: str) -> str:
        if name := file_called(iri):
            return name
        if iri == SOURCE:
            return message(language, "foreign.data")
        if self.sources.get(iri):
            return self.sources[iri]
        own = name_of(self.called.get(self.direct.get(iri, iri), ()), language)
        return own or self.classes.name(iri, language) or self._called_by_place(iri, language)

    def _called_by_place(self, iri: str, language: str) -> str:
        """The name of what has none: what it quotes, the end of its address, or its kind and whom it joins."""
        if quoted := self.quoted.get(iri):
            if quoted in self._quoting or len(self._quoting) == _QUOTED_WITHIN:
                return _quoted("…", language)
            self._quoting.append(quoted)
            words = self.core(quoted, language)
            self._quoting.pop()
            return _quoted(words, language)
        if iri in self.graphs and "/unnamed/" in iri:
            return self.label(iri.partition("/unnamed/")[0], language)
        if iri in self.predicates:
            return telling_name(iri) or local_name(iri)
        kind = self.classes.of(iri)
        if "/unnamed/" not in iri and (name := telling_name(iri)) and not (kind and is_key(name)):
            return name
        if not kind and iri in self.sources and site(iri):
            return site(iri)
        words = self.label(kind, language) if kind else message(language, "foreign.unnamed")
        joined = {self._own_name(other, language) for other in self.beside.get(iri, ())} - {""}
        return f"{words} ({', '.join(sorted(joined)[:2])})" if joined else words

    def _own_name(self, iri: str, language: str) -> str:
        """The name that a thing has by itself, if any."""
        if own := name_of(self.called.get(iri, ()), language):
            return own
        return "" if "/unnamed/" in iri else telling_name(iri)

    def labels(self, iri: str) -> Texts:
        return {language: self.label(iri, language) for language in languages()}

    def third(self, third: Term, language: str) -> str:
        return third.value if isinstance(third, Literal) else self.label(third.value, language)

    def core(self, prop: str, language: str) -> str:
        """`Ada · knows · Ben`: the triple in its own words, without a verb of ours."""
        subject, predicate, third = self.props[prop]
        return " · ".join((self.label(subject, language), self.label(predicate, language), self.third(third, language)))

    def sentence(self, prop: str, claims: Iterable[_Claim], language: str) -> str:
        """Where it stands, and according to whom, if anybody is named."""
        groups: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        for claim in claims:
            how = _HOW.get(claim.stance.rpartition("/")[2], "sourced" if claim.stated else "held")
            groups[how][0].add(self.label(claim.document, language))
            if claim.stated:
                groups[how][1].add(self.label(claim.who, language))
        told = [how for how in ("sourced", "held", "denied", "quoted") if how in groups]
        if len(told) > 1 and "quoted" in told:
            told.remove("quoted")
        return " ".join(
            message(
                language,
                f"foreign.{how}",
                what=self.core(prop, language),
                where=listed(sorted(groups[how][0]), language),
                who=listed(sorted(groups[how][1]), language),
                n=len(groups[how][1]),
            )
            for how in told
        )

    # --- quads

    def quads(self) -> Iterator[Quad]:
        nodes = set(self.sources)
        for iri, (subject, predicate, third) in sorted(self.props.items()):
            nodes.add(subject)
            if isinstance(third, NamedNode):
                nodes.add(third.value)
            yield from self._proposition(iri, subject, predicate, third)
        for iri, says in self.called.items():
            types = [value.value for predicate, value in says if predicate == _TYPE and isinstance(value, NamedNode)]
            if types and not any(map(_TERMS.search, types)) and iri not in self.files and iri not in self.quoted:
                nodes.add(iri)
        kinds: dict[str, str] = {}
        # Of what is only named, the names are what there is to show.
        for iri in sorted(nodes or self.called.keys() - self.files.keys()):
            yield from self._node(iri, kinds)
        for kind, about in sorted(kinds.items()):
            yield from self._kind(kind, about)
        for predicate in sorted(self.predicates):
            yield from self._relation(predicate)
        order: dict[str, int] = defaultdict(int)
        for iri, claim in sorted(self.claims.items(), key=lambda row: (row[1].document, row[1].prop, row[0])):
            order[claim.document] += 1
            yield from self._claim(iri, claim, order[claim.document])
        for document in sorted(self.graphs):
            yield from self._document(document)
        for value, (kind, lexical) in sorted(self.values.items()):
            yield from self._value(value, kind, lexical)

    def _proposition(self, iri: str, subject: str, predicate: str, third: Term) -> Iterator[Quad]:
        claims = [self.claims[claim] for claim in self.by_prop[iri]]
        affirming = [claim for claim in self.by_prop[iri] if self.claims[claim].stance.endswith("/asserted")]
        # Graphs are no independent sources: nobody knows who put it there. Only who is named counts.
        named = {self.claims[claim].who for claim in affirming if self.claims[claim].stated}
        yield _link(iri, "rdf:type", expand("ag:Proposition"))
        yield _link(iri, "rdf:subject", subject)
        yield _link(iri, "rdf:predicate", predicate)
        yield Quad(NamedNode(iri), NamedNode(expand("rdf:object")), self._third(third))
        for language in languages():
            core, relation = self.core(iri, language), self.label(predicate, language)
            yield _said(iri, "rdfs:label", _quoted(core, language), language)
            yield _said(iri, "ag:summary", self.sentence(iri, claims, language), language)
            yield _said(iri, "ag:phrase", _quoted(relation, language), language)
        denied = any(claim.stance.endswith("/denied") for claim in claims)
        disputed = str(denied and bool(affirming)).lower()
        line = ("disputed" if denied else "said") if affirming else "denied" if denied else "mentioned"
        yield _text(iri, "ag:line", line)
        yield _link(iri, "ag:status", expand("ps:open"))
        yield _typed(iri, "ag:disputed", disputed, "boolean")
        for name in ("ag:deniedInPart", "ag:sensitive"):
            yield _typed(iri, name, "false", "boolean")
        for name, count in (("ag:origins", len(named)), ("ag:statements", len(claims))):
            if count != 1:
                yield _typed(iri, name, str(count), "integer")
        for claim in affirming:
            yield _link(iri, "ag:affirmedBy", claim)
        if denied:
            yield from self._denied(iri)
            inner = f"{iri}/actual"
            yield _link(iri, "ag:standing", inner)
            yield _link(inner, "rdf:type", expand("ag:Standing"))
            yield _link(inner, "ag:modality", expand("mo:actual"))
            yield _link(inner, "ag:level", expand("sl:affirmedFirmly" if affirming else "sl:denied"))
            yield _typed(inner, "ag:disputed", disputed, "boolean")

    def _denied(self, iri: str) -> Iterator[Quad]:
        denying = [claim for claim in self.by_prop[iri] if self.claims[claim].stance.endswith("/denied")]
        for claim in denying:
            yield _link(iri, "ag:opposedBy", claim)
        for language in languages():
            names = listed(sorted({self.label(self.claims[claim].who, language) for claim in denying}), language)
            yield _said(iri, "ag:denierNames", names, language)

    def _third(self, third: Term) -> Term:
        """A literal as our vocabulary writes values: a figure, a date, or words in a language."""
        if isinstance(third, NamedNode) or third.language:
            return third
        lexical, datatype = third.value.strip(), third.datatype.value
        kind = ""
        if datatype in _NUMBERS and _NUMBER.fullmatch(lexical):
            kind = "quantity"
        elif datatype in _DATES and dates.printed(lexical):
            kind = "time"
        if not kind:
            return Literal(third.value, language="und")
        iri = f"{ID}{kind}/{short(lexical)}"
        self.values[iri] = (kind, lexical)
        return NamedNode(iri)

    def _value(self, iri: str, kind: str, lexical: str) -> Iterator[Quad]:
        if kind == "quantity":
            yield _link(iri, "rdf:type", expand("ag:Quantity"))
            yield _text(iri, "schema:value", lexical)
            printed = lexical
        else:
            printed = dates.printed(lexical)
            earliest, latest = dates.interval(printed)
            yield _link(iri, "rdf:type", expand("ag:Time"))
            yield _text(iri, "ag:printed", printed)
            yield _text(iri, "ag:earliest", earliest)
            yield _text(iri, "ag:latest", latest)
        for language in languages():
            yield _said(iri, "rdfs:label", printed, language)

    def _node(self, iri: str, kinds: dict[str, str]) -> Iterator[Quad]:
        type_ = self.classes.of(iri)
        kind = kind_iri(type_) if type_ else f"{ID}kind/{'source' if iri in self.sources else 'thing'}"
        kinds.setdefault(kind, type_)
        names = self.labels(iri)
        yield _link(iri, "ag:kind", kind)
        yield _typed(iri, "ag:plural", "false", "boolean")
        for language, name in names.items():
            yield _said(iri, "rdfs:label", name, language)
            yield _said(iri, "ag:nameInSentence", name, language)
        others = {
            value.value
            for predicate, value in self.called.get(iri, ())
            if isinstance(value, Literal) and value.value.strip() and predicate != _TYPE
        }
        for other in sorted(others - set(names.values())):
            yield _text(iri, "skos:altLabel", other)
        for name, found in found_by({*names.values(), *others}):
            yield _text(iri, name, found)
        for predicate, value in self.called.get(iri, ()):
            if predicate in _SAME and isinstance(value, NamedNode):
                yield _link(iri, "schema:sameAs", value.value)

    def _kind(self, kind: str, about: str) -> Iterator[Quad]:
        yield _link(kind, "rdf:type", expand("ag:Kind"))
        source = "foreign.source" if kind.endswith("/source") else "foreign.thing"
        words: Texts = self.labels(about) if about else messages(source)
        for language, name in words.items():
            yield _said(kind, "rdfs:label", name, language)
        look = self.classes.look(about)
        yield _text(kind, "ag:shape", look.shape)
        yield _text(kind, "ag:hue", look.hue)
        yield _typed(kind, "ag:agent", str(look.agent).lower(), "boolean")

    def _relation(self, predicate: str) -> Iterator[Quad]:
        yield _link(predicate, "rdf:type", expand("ag:RelationProperty"))
        yield _text(predicate, "dcterms:identifier", short(predicate))
        yield _typed(predicate, "ag:shownAsSubtitle", "false", "boolean")
        for language, name in self.labels(predicate).items():
            yield _said(predicate, "rdfs:label", name, language)

    def _claim(self, iri: str, claim: _Claim, order: int) -> Iterator[Quad]:
        mention = claim.stance.endswith("/mentioned")
        yield _link(iri, "rdf:type", expand("ag:Mention" if mention else "ag:Claim"))
        yield _link(iri, "ag:mentions" if mention else "ag:claims", claim.prop)
        yield _link(iri, "ag:stance", claim.stance)
        yield _link(iri, "ag:speaker", claim.who)
        if not claim.stated:
            yield _link(iri, "ag:origin", claim.document)
        yield _link(iri, "ag:document", claim.document)
        yield _text(iri, "dcterms:identifier", str(order))
        yield _typed(iri, "ag:order", str(order), "integer")
        if not claim.stated:
            yield _link(claim.who, "rdf:type", expand("ag:UnstatedSource"))
        for hedge in sorted(claim.hedges):
            yield _text(iri, "ag:hedge", hedge)
        if claim.hedges:
            yield _text(iri, "ag:reserve", ", ".join(sorted(claim.hedges)))
        for language in languages():
            yield _said(iri, "rdfs:label", self.sentence(claim.prop, [claim], language), language)
        step, passage = f"{iri}/step", f"{iri}/place"
        yield _link(iri, "prov:qualifiedAttribution", step)
        yield _link(step, "rdf:type", expand("ag:AttributionStep"))
        yield _typed(step, "ag:hop", "0", "integer")
        yield _link(step, "prov:agent", claim.who)
        yield _link(iri, "ag:passage", passage)
        yield _link(passage, "rdf:type", expand("oa:SpecificResource"))
        yield _text(passage, "ag:at", claim.at)

    def _document(self, iri: str) -> Iterator[Quad]:
        yield _link(iri, "rdf:type", expand("ag:Document"))
        yield _link(iri, "dcterms:publisher", iri)
        names = self.labels(iri)
        for language, name in names.items():
            yield _said(iri, "rdfs:label", name, language)
        for name, found in found_by(names.values()):
            yield _text(iri, name, found)


# --- small parts


def kind_iri(type_: str) -> str:
    """A kind for a class; classes with the same last name are one kind."""
    last = [part for part in re.split(r"[/#]", type_) if part][-1]
    safe = re.sub(r"[^A-Za-z0-9-]", "-", last)
    return f"{ID}kind/{safe if safe != 'statement' else 'statement-'}"


def _quoted(words: str, language: str) -> str:
    return message(language, "quote.words", words=words)


def _values(record: Mapping[str, list[Any]], name: str) -> list[str]:
    return sorted(value.value for value in record.get(name, ()))


@cache
def _name(prefixed: str) -> NamedNode:
    return NamedNode(expand(prefixed))


@lru_cache(maxsize=1 << 16)
def _node(iri: str) -> NamedNode:
    # Making one checks it, and a subject is written some ten times in a row.
    return NamedNode(iri)


def _link(subject: str, predicate: str, to: str) -> Quad:
    return Quad(_node(subject), _name(predicate), _node(to))


def _text(subject: str, predicate: str, text: str) -> Quad:
    return Quad(_node(subject), _name(predicate), Literal(text))


def _said(subject: str, predicate: str, text: str, language: str) -> Quad:
    return Quad(_node(subject), _name(predicate), Literal(text, language=language))


def _typed(subject: str, predicate: str, text: str, datatype: str) -> Quad:
    return Quad(_node(subject), _name(predicate), Literal(text, datatype=_name(f"xsd:{datatype}")))
