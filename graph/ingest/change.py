"""What a store is to lose and to gain when evidence comes or goes, with all that follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from pyoxigraph import NamedNode, Quad

from .. import figures
from ..base.garbage import paused
from ..base.terms import PREFIXES, expand
from ..case.model import Case, Modality
from ..dataset import index, read_case, settled
from ..dataset.description import description, evidence_graph
from ..dataset.evidence import stamped, total
from ..dataset.ranks import rank_quads, ranks, ranks_in
from ..dataset.shape import (
    ACCEPTED,
    DATASET,
    DESCRIPTION,
    FALSE,
    MIRRORS,
    NAMES,
    RANKS,
    SETTLED,
    SETTLED_GRAPHS,
    TRUE,
    VOCABULARY,
    combined,
    term,
)
from ..figures import Figures
from ..standing import LEVELS
from ..standing import settle as dockets_of
from ..store import Memory, Store, in_memory
from ..vocabulary.model import Vocabulary
from ..vocabulary.owl import in_dataset as vocabulary_quads
from ..vocabulary.owl import standing_iri
from .reach import VALUES, Reach
from .source import Source, parts, words

#: How a statement's relation may be held.
_LEVELS = (*MIRRORS, "presupposed", "spoken")
#: The classes of the words that travel with a dataset; mirrors have none.
_WORDS = "ag:RelationProperty ag:Kind ag:Unit ag:Standing owl:Ontology"
_STANDINGS = frozenset(
    standing_iri(modality, level, disputed) for modality in Modality for level in LEVELS for disputed in (False, True)
)
#: Graphs of evidence that are settled together, so that memory stays flat.
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Change:
    """What a store is to lose and to gain.

    `replaced`: graphs that were there with another content. `touched`: how many relationships were settled anew.
    """

    removed: frozenset[Quad]
    added: frozenset[Quad]
    replaced: tuple[str, ...] = ()
    touched: int = 0

    def apply(self, store: Store) -> None:
        """Make the change, whole or not at all."""
        if self.removed or self.added:
            store.change(self.removed, self.added)


def graphs_of(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    """The graphs of evidence among these quads, each with the digest of what it holds now."""
    found: dict[str, list[Quad]] = {}
    bearing: set[str] = set()
    stamp = term("ag:evidenceDigest")
    for quad in quads:
        if quad.graph_name not in SETTLED_GRAPHS and isinstance(quad.graph_name, NamedNode):
            found.setdefault(quad.graph_name.value, []).append(quad)
            if quad.predicate == stamp:
                bearing.add(quad.graph_name.value)
    return {graph: stamped(graph, found[graph]) for graph in sorted(bearing)}


def is_settled(store: Store) -> bool:
    """Whether the settled graphs of a store are those of its evidence.

    What has no graph of evidence, as a file in which everything is one graph, is not judged.
    """
    source = Source(store)
    digests = source.digests()
    return not digests or source.settled_for() == {f"{combined(digests.values()):032x}"}


@paused()
def changed(store: Store, new: Mapping[str, Collection[Quad]], gone: Collection[str] = ()) -> Change:
    """What adds or replaces the graphs of `new` and withdraws those of `gone`, with all that follows from it.

    The store is to be settled. Nothing is changed before `Change.apply`.
    """
    return _Changing(store, {graph: frozenset(quads) for graph, quads in new.items()}, gone).change()


@paused()
def resettled(store: Store) -> Change:
    """What settles all of a store's evidence anew, whatever its settled graphs hold."""
    source = Source(store)
    held = set(source.graphs(source.digests()))
    settled_before = set(source.graphs(graph.value for graph in SETTLED_GRAPHS))
    fresh = Memory()
    for part in parts(sorted(graphs := graphs_of(held)), _BATCH):
        changed(fresh, {graph: graphs[graph] for graph in part}).apply(fresh)
    wanted, before = set(fresh.store), held | settled_before
    return Change(frozenset(before - wanted), frozenset(wanted - before))


def _counting(quads: Iterable[Quad], vocabulary: Vocabulary) -> Memory:
    """A store in which figures are counted: kinds say who can act."""
    agents = (
        Quad(NamedNode(kind.iri), term("ag:agent"), TRUE if kind.agent else FALSE, VOCABULARY)
        for kind in vocabulary.kinds.values()
    )
    return Memory(in_memory([*quads, *agents]))


def _is_value(iri: str) -> bool:
    return iri.startswith(VALUES)


class _Changing:
    def __init__(self, store: Store, new: Mapping[str, frozenset[Quad]], gone: Collection[str]) -> None:
        self.new = new
        self.source = Source(store)
        old: dict[str, set[Quad]] = {graph: set() for graph in {*new, *gone}}
        for quad in self.source.graphs(sorted(old)):
            old[words(quad.graph_name)].add(quad)
        self.old = old
        self.reach = Reach(self.source, old, new)

    def change(self) -> Change:
        before = {quad for quads in self.old.values() for quad in quads}
        after = {quad for quads in self.new.values() for quad in quads}
        if before == after:
            return Change(frozenset(), frozenset())
        context = self.reach.context()
        case = read_case(context | after)
        wanted = set(settled(case, dockets_of(case), self.reach.touched.all()))
        wanted |= self._found_by(context | after | wanted)
        self._keep_values(wanted)
        held = set(self._settled_before())
        self.wanted, self.lost = frozenset(wanted), frozenset(held - wanted)
        stays = context | self._values_that_stay(held | wanted)
        counted = self._figures(stays | before | held, stays | after | wanted)
        ranked = self._ranks(before | held, after | wanted)
        for was, is_ in (self._vocabulary(), self._description(case), counted, ranked):
            held |= was
            wanted |= is_
        return Change(
            removed=frozenset((before - after) | (held - wanted)),
            added=frozenset((after - before) | (wanted - held)),
            replaced=tuple(sorted(graph for graph in self.new if self.old[graph] not in (set(), self.new[graph]))),
            touched=len(self.reach.touched.propositions),
        )

    def _keep_values(self, wanted: Iterable[Quad]) -> None:
        """Times, figures and gaps that other documents speak of as well stay as they are."""
        values = self.reach.touched.values
        gone = values - {words(quad.subject) for quad in wanted}
        ours = ", ".join(f"<{graph.value}>" for graph in SETTLED_GRAPHS)
        spoken = f"GRAPH ?g {{ ?s ?p ?x }} FILTER(?g NOT IN ({self._changed}, {ours}))"
        values -= {words(row[0]) for row in self.source.about(f"FILTER EXISTS {{ {spoken} }}", gone, "?x")}
        self.removed_values = gone & values

    def _values_that_stay(self, settled_quads: Iterable[Quad]) -> set[Quad]:
        """Times and figures to which these relationships lead, and which stay: they decide what is counted."""
        to = term("rdf:object")
        ends = {words(quad.object) for quad in settled_quads if quad.predicate == to} - self.reach.touched.values
        return {
            Quad(s, p, o, SETTLED)  # type: ignore[arg-type]
            for s, p, o in self.source.about(f"GRAPH {SETTLED} {{ ?x ?p ?o }}", filter(_is_value, ends), "?x ?p ?o")
        }

    def _found_by(self, described: Iterable[Quad]) -> set[Quad]:
        """The index of the names of what is touched."""
        named = self.reach.touched.actors | self.reach.touched.documents
        return set(index(quad for quad in described if words(quad.subject) in named))

    # --- what was settled of what is settled now

    def _settled_before(self) -> Iterator[Quad]:
        subjects = self.reach.touched.all() | self.reach.claims() | self.reach.passages()
        for s, p, o in self.source.about(f"GRAPH {SETTLED} {{ ?x ?p ?o }}", subjects, "?x ?p ?o"):
            yield Quad(s, p, o, SETTLED)  # type: ignore[arg-type]
        named = self.reach.touched.actors | self.reach.touched.documents
        for s, p, o in self.source.about(f"GRAPH {NAMES} {{ ?x ?p ?o }}", named, "?x ?p ?o"):
            yield Quad(s, p, o, NAMES)  # type: ignore[arg-type]
        yield from self._ties_before()

    def _ties_before(self) -> Iterator[Quad]:
        """Mirrors and plain triples of the relationships that are settled anew."""
        mirrors = {relation.iri: relation.mirror for relation in self.reach.vocabulary.relations.values()}
        pattern = "?x rdf:subject ?s ; rdf:predicate ?r ; rdf:object ?o"
        rows = set(self.source.about(pattern, self.reach.touched.propositions, "?s ?r ?o"))
        # One without a direction is there from both ends; no triple begins with a literal.
        ties = [
            f"({one} {tie} {other})"
            for s, r, o in rows
            if words(r) in mirrors
            for tie in (r, *(NamedNode(expand(f"{name}:{mirrors[words(r)]}")) for name in MIRRORS))
            for one, other in ((s, o), (o, s))
        ]
        ours = {ACCEPTED, *MIRRORS.values()}
        for part in parts(sorted(ties)):
            known = f"VALUES (?s ?p ?o) {{ {' '.join(part)} }}"
            for s, p, o, g in self.source.ask(f"SELECT ?s ?p ?o ?g WHERE {{ {known} GRAPH ?g {{ ?s ?p ?o }} }}"):
                if g in ours:
                    yield Quad(s, p, o, g)  # type: ignore[arg-type]

    # --- the words in use

    def _vocabulary(self) -> tuple[set[Quad], set[Quad]]:
        """The words that were in use and those that will be; nothing of either when they are the same."""
        mirrors = self._mirrors()
        in_use = self._in_use("ag:relation", mirrors)
        wanted = self._vocabulary_after({mirrors[iri] for iri in in_use})
        in_use |= self._ties_in_use(mirrors) | self._standings_in_use()
        kept = {
            words(row[0])
            for pattern in (f"VALUES ?t {{ {_WORDS} }} ?x a ?t", "?x ag:mirrors ?r")
            for row in self.source.ask(f"SELECT ?x WHERE {{ GRAPH {VOCABULARY} {{ {pattern} }} }}")
        }
        named = {word.iri for words_ in (wanted.relations, wanted.kinds, wanted.units) for word in words_.values()}
        anything = self._any_evidence
        if kept == (named | in_use | {VOCABULARY.value} if anything else set()) and not self._own_words_changed():
            return set(), set()
        told = set(vocabulary_quads(wanted, in_use)) if anything else set()
        return set(self.source.graphs([VOCABULARY.value])), told

    def _mirrors(self) -> dict[str, str]:
        """Every mirror of every relation, and the relation's key."""
        relations = self.reach.vocabulary.relations.items()
        return {f"{PREFIXES[level]}{relation.mirror}": key for key, relation in relations for level in _LEVELS}

    def _own_words_changed(self) -> bool:
        own = {term("ag:ownKind"), term("ag:ownRelation"), term("ag:ownUnit"), term("ag:ownFold")}
        return any(
            quad.predicate in own
            for graph, held in self.old.items()
            for quad in held ^ self.new.get(graph, frozenset())
        )

    def _vocabulary_after(self, relations: Iterable[str]) -> Vocabulary:
        whole = self.reach.vocabulary
        kinds = self._in_use("ag:kind", (kind.iri for kind in whole.kinds.values()))
        units = {unit.iri: key for key, unit in whole.units.items()}
        return whole.only(
            relations,
            [key for key, kind in whole.kinds.items() if kind.iri in kinds],
            {units[iri] for iri in self._units_in_use(units)},
        )

    def _in_use(self, name: str, iris: Iterable[str]) -> set[str]:
        """Which of these words evidence has as the object of a predicate."""
        known = set(iris)
        found = {words(quad.object) for quads in self.new.values() for quad in quads if quad.predicate == term(name)}
        elsewhere = f"FILTER EXISTS {{ GRAPH ?g {{ ?any {name} ?x }} FILTER(?g NOT IN ({self._changed})) }}"
        return (found & known) | {words(row[0]) for row in self.source.about(elsewhere, known - found, "?x")}

    def _ties_in_use(self, mirrors: Iterable[str]) -> set[str]:
        """Which mirrors lead from one node to another."""
        ties = set(MIRRORS.values())

        def mirror(quad: Quad) -> str:
            return quad.predicate.value if quad.graph_name in ties else ""

        between = f"GRAPH ?g {{ ?s ?x ?o }} FILTER(?g IN ({', '.join(sorted(map(str, ties)))}))"
        return self._settled_in_use(mirrors, mirror, between)

    def _standings_in_use(self) -> set[str]:
        standing = term("ag:standing")

        def stands(quad: Quad) -> str:
            return words(quad.object) if quad.predicate == standing else ""

        return self._settled_in_use(_STANDINGS, stands, f"GRAPH {SETTLED} {{ ?s ag:standing ?x }}")

    def _settled_in_use(self, iris: Iterable[str], word: Callable[[Quad], str], pattern: str) -> set[str]:
        """Of some words of settled quads, those that come, and those of which more is there than goes."""
        found = set(map(word, self.wanted)) - {""}
        lost = Counter(map(word, self.lost))
        for part in parts(sorted(lost.keys() - found - {""})):
            known = f"VALUES ?x {{ {' '.join(f'<{iri}>' for iri in part)} }}"
            asked = f"SELECT ?x (COUNT(*) AS ?n) WHERE {{ {known} {pattern} }} GROUP BY ?x"
            found |= {words(iri) for iri, held in self.source.ask(asked) if int(words(held)) > lost[words(iri)]}
        unchanged = set(iris) - found - lost.keys()
        return found | {words(row[0]) for row in self.source.about(f"FILTER EXISTS {{ {pattern} }}", unchanged, "?x")}

    def _units_in_use(self, iris: Iterable[str]) -> set[str]:
        """Which units figures have: those that stay, and those that come."""
        known = set(iris)
        named = {term("ag:unit"), term("ag:per")}
        found = {words(quad.object) for quad in self.wanted if quad.predicate in named} & known
        gone = ", ".join(f"<{iri}>" for iri in sorted(self.removed_values)) or f"<{DATASET.value}>"
        for name in ("ag:unit", "ag:per"):
            elsewhere = f"FILTER EXISTS {{ ?any {name} ?x FILTER(?any NOT IN ({gone})) }}"
            found |= {words(row[0]) for row in self.source.about(elsewhere, known - found, "?x")}
        return found

    # --- what is counted

    def _figures(self, was: Iterable[Quad], is_: Iterable[Quad]) -> tuple[set[Quad], set[Quad]]:
        """The figures of the whole, from those before and from what differs around the change."""
        stated = figures.stored(self.source.store)
        before = stated or Figures(**dict.fromkeys(figures.RULES, 0))
        near, far = (_counting(quads, self.reach.vocabulary) for quads in (was, is_))
        one, other = figures.of(near), figures.of(far)
        counts = {name: getattr(before, name) + getattr(other, name) - getattr(one, name) for name in figures.RULES}
        # The same speaker is heard in other documents, too.
        gone, come = (set(figures.listed(store, "speakers")) for store in (near, far))
        # A pattern each: Oxigraph joins two of them over all claims before it looks at the speakers.
        said = "?c ag:speaker ?x FILTER EXISTS { ?c a ag:Claim }"
        unchanged = f"GRAPH ?g {{ {said} }} FILTER(?g NOT IN ({self._changed}))"
        speaks = f"FILTER EXISTS {{ {unchanged} }}"
        elsewhere = {words(row[0]) for row in self.source.about(speaks, gone ^ come, "?x")}
        counts["speakers"] = before.speakers + len(come - gone - elsewhere) - len(gone - come - elsewhere)
        held = set(figures.quads(before)) if stated else set()
        return held, set(figures.quads(Figures(**counts))) if self._any_evidence else set()

    def _ranks(self, was: Iterable[Quad], is_: Iterable[Quad]) -> tuple[set[Quad], set[Quad]]:
        """How many statements are by and about those whom the change speaks of, from what comes and goes with it."""
        more = ranks(is_)
        more.subtract(ranks(was))
        named = {iri for (iri, _), count in more.items() if count}
        rows = self.source.about(f"GRAPH {RANKS} {{ ?x ?p ?o }}", named, "?x ?p ?o")
        held = {Quad(s, p, o, RANKS) for s, p, o in rows}  # type: ignore[arg-type]
        counts = ranks_in(held)
        counts.update(more)
        return held, set(rank_quads(counts))

    @cached_property
    def _changed(self) -> str:
        """The changed graphs as a list of SPARQL."""
        return ", ".join(f"<{graph}>" for graph in sorted(self.old))

    # --- the description

    @cached_property
    def _digests(self) -> tuple[int, int]:
        """The digest of all evidence as it was, and as it will be."""
        before = combined(int(word, 16) for word in self.source.settled_for())
        gone, come = (total(chain.from_iterable(graphs.values())) for graphs in (self.old, self.new))
        return before, combined([before, -gone, come])

    @cached_property
    def _any_evidence(self) -> bool:
        return bool(self._digests[1])

    def _description(self, case: Case) -> tuple[set[Quad], set[Quad]]:
        described = f"GRAPH {DESCRIPTION} {{ {DATASET} ?p ?o FILTER(?p != void:subset) }}"
        asked = f"SELECT ?p ?o WHERE {{ {described} }}"
        held = {Quad(DATASET, p, o, DESCRIPTION) for p, o in self.source.ask(asked)}  # type: ignore[arg-type]
        if held:
            held |= {quad for quad in description((), 0) if quad.subject != DATASET or quad.predicate == _SUBSET}
        held |= {quad for graph, quads in self.old.items() if quads for quad in evidence_graph(graph)}
        if not self._any_evidence:
            return held, set()
        wanted = set(description(case.parts, self._digests[1]))
        return held, wanted | {quad for graph in self.new for quad in evidence_graph(graph)}


_SUBSET = term("void:subset")
