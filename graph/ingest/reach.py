"""What a change of evidence touches, and what has to be read to settle that.

Beyond its own relationships, what a document says can change: their other periods and rival values, all that is said of
an event of which it speaks, the same of the parts of a group, what only repeats it, and relationships about any of
these. What a case says of an actor changes every sentence that names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from ..base.terms import BASE, ID, expand
from ..dataset import read_case
from ..dataset.settled import identity
from ..dataset.shape import is_case_graph, term
from ..standing import GROUP, PART_OF, reached
from ..store import Memory, in_memory
from .source import Row, Source, grow, parts, words

Graphs = Mapping[str, AbstractSet[Quad]]

CLAIMS = frozenset({term("ag:claims"), term("ag:mentions")})
_NAMING = CLAIMS | {term("ag:names")}
VALUES = (f"{ID}t/", f"{ID}q/")
_OWN_WORDS = frozenset({term("ag:ownKind"), term("ag:ownRelation"), term("ag:ownUnit"), term("ag:ownFold")})
#: Links from a statement or a relationship to others, which are reached by rules, not by reference.
_NOT_FOLLOWED = frozenset(
    {term(name) for name in ("ag:claims", "ag:mentions", "ag:counters", "ag:confirms", "ag:dependsOn",
                             "ag:alternativeOf", "ag:decides", "ag:decidedOver", "ag:names", "ag:relation", "rdf:type")}
)  # fmt: skip
_PROPOSITIONS = f"{ID}p/"
_CONDITIONS = frozenset({expand("ag:onCondition"), expand("ag:unless")})
_SPOKEN = ("?y ag:claims ?x", "?y ag:mentions ?x")
_SPEAKS = ("?x ag:claims ?y", "?x ag:mentions ?y")
_NAMED = (*_SPOKEN, "?y ag:names ?x")
_ABOUT = ("?y rdf:subject ?x", "?y rdf:object ?x")
_SAID_BY = (
    "ag:speaker", "ag:speaksFor", "ag:via", "ag:document/dcterms:publisher", "prov:qualifiedAttribution/prov:agent",
)  # fmt: skip


@dataclass(slots=True)
class Touched:
    """What is settled anew, by IRI."""

    propositions: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)

    def all(self) -> set[str]:
        """Everything, whatever it is."""
        return self.propositions | self.actors | self.documents | self.values


class Reach:
    """What is reached from changed graphs, over the evidence as it was and as it will be."""

    def __init__(self, before: Source, old: Graphs, new: Graphs) -> None:
        """`old` and `new`: the changed graphs as they were and as they will be."""
        self.before = before
        self.old = old
        self.new = new
        evidence = [quad for quads in new.values() for quad in quads]
        after = Memory(in_memory(evidence))
        self.after = Source(after)
        self.vocabulary = read_case([*self.cases(), *(quad for quads in old.values() for quad in quads)]).vocabulary
        # What is new says what it is about as the store does of what it holds.
        case = read_case({*evidence, *self.cases()})
        for iri, proposition in case.propositions.items():
            after.store.extend(identity(iri, proposition, case.vocabulary))
        self.part_of = self.vocabulary.relations[PART_OF].iri
        #: Relations by which something may be called a crime, in which others then have a part.
        self.accusing = {r.iri for r in self.vocabulary.relations.values() if r.names_crime}
        #: Relations by which somebody has a part in a thing, and what is said of a thing as a whole: who has a part in
        #: what is called a crime is accused by that, whichever was said first.
        self.taking_part = {r.iri for r in self.vocabulary.relations.values() if r.role or r.involves}
        self.whole = self.accusing | {expand("ag:occurred")}
        self.touched = self._touched()

    def both(self, pattern: str, iris: Iterable[str], select: str = "?x ?y") -> Iterator[Row]:
        """Rows of what was and of what will be."""
        iris = list(iris)
        yield from self.before.about(pattern, iris, select)
        yield from self.after.about(pattern, iris, select)

    def to(self, patterns: str | Sequence[str], iris: Iterable[str]) -> set[str]:
        """The IRIs `?y` to which any of the patterns leads from these.

        Each is asked by itself: joined with a list of values, a UNION is slow in one engine and wrong in another.
        """
        known = set(iris)
        each = (patterns,) if isinstance(patterns, str) else patterns
        return {words(row[1]) for pattern in each for row in self.both(pattern, known)} - {""}

    def cases(self) -> list[Quad]:
        """What all cases say of themselves, as it will be."""
        pattern = "SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s a ag:Case ; ?p ?o } }"
        old = (Quad(s, p, o, g) for s, p, o, g in self.before.ask(pattern))  # type: ignore[arg-type]
        new = (Quad(s, p, o, g) for s, p, o, g in self.after.ask(pattern))  # type: ignore[arg-type]
        return [*(quad for quad in old if words(quad.graph_name) not in self.old), *new]

    # --- what is touched

    def _touched(self) -> Touched:
        touched = Touched()
        start: set[str] = set()
        for graph, held in self.old.items():
            quads = held | self.new.get(graph, frozenset())
            if is_case_graph(graph):
                start |= self._by_case(graph, quads, touched)
            else:
                touched.documents.add(graph)
                start |= {words(quad.object) for quad in quads if quad.predicate in _NAMING}
                gaps = {quad.subject for quad in quads if quad.predicate == term("ag:gap")}
                ends = (quad for quad in quads if quad.predicate == term("ag:object") and quad.subject in gaps)
                touched.values |= {words(quad.object) for quad in ends}
            touched.values |= {words(quad.object) for quad in quads if words(quad.object).startswith(VALUES)}
        start |= self._by_actors(touched)
        touched.propositions = self._propositions(start)
        return touched

    def _by_case(self, graph: str, quads: AbstractSet[Quad], touched: Touched) -> set[str]:
        """Relationships that the decisions and the own words of a case touch; its actors are kept for later."""
        differing = self.old[graph] ^ self.new.get(graph, frozenset())
        subjects = {quad.subject for quad in differing}
        dated = any(quad.predicate == term("dcterms:modified") for quad in differing)
        start: set[str] = set()
        for quad in quads:
            if quad.predicate == term("ag:decides") and (dated or quad.subject in subjects):
                start.add(words(quad.object))
            elif quad.predicate == term("ag:kind") and quad.subject in subjects:
                touched.actors.add(words(quad.subject))
        return start | self._by_words([quad for quad in differing if quad.predicate in _OWN_WORDS], touched)

    def _by_words(self, changed: Iterable[Quad], touched: Touched) -> set[str]:
        """Relationships in which a case's own words stand that changed."""
        said = "\n".join(words(quad.object) for quad in changed)
        relations = [one.iri for one in self.vocabulary.relations.values() if f'"{one.iri}"' in said]
        kinds = [kind.iri for key, kind in self.vocabulary.kinds.items() if f'"key": "{key}"' in said]
        units = [unit.iri for key, unit in self.vocabulary.units.items() if f'"key": "{key}"' in said]
        touched.actors |= self.to("?y ag:kind ?x", kinds)
        figures = self.to(("?y ag:unit ?x", "?y ag:per ?x"), units)
        touched.values |= figures
        return self.to("?y rdf:predicate ?x", relations) | self.to("?y rdf:object ?x", figures)

    def _by_actors(self, touched: Touched) -> set[str]:
        """Relationships whose sentences name somebody who is described anew, and what else bears such a name."""
        actors = touched.actors
        values = self.to(("?y ag:counts ?x", "?y ag:shareOf ?x", "?y ag:per ?x", "?y ag:withheldBy ?x"), actors)
        touched.values |= values
        #: Who is described anew; figures and gaps that bear a name which is another one now.
        self.described = frozenset(actors)
        self.renamed = values
        touched.documents |= self.to("?y a ag:Document ; dcterms:publisher ?x", actors)
        start = self.to(_ABOUT, actors) | self.to("?y rdf:object ?x", values)
        for said in _SAID_BY:
            start |= self.to((f"?c {said} ?x . ?c ag:claims ?y", f"?c {said} ?x . ?c ag:mentions ?y"), actors)
        return start

    def _propositions(self, start: set[str]) -> set[str]:
        found = set(start)
        found |= self._conditioned(found)
        grow(found, self._repeating)
        found |= self._periods(found)
        found |= self._told_with(found)
        found |= self._roles(found)
        found |= self._rivals(found)
        found |= self._of_parts(found)
        grow(found, lambda new: self.to(_ABOUT, new))
        return found

    def _conditioned(self, propositions: set[str]) -> set[str]:
        """Of what these say that it is so on a condition; of an event, that it took place."""
        held = {words(s) for s, r, _ in self._parts(propositions) if words(r) in _CONDITIONS}
        whole = {iri for iri in held if iri.startswith(_PROPOSITIONS)}
        return whole | self.to("?y rdf:subject ?x ; rdf:predicate ag:occurred", held - whole)

    def _conditions(self, propositions: set[str]) -> set[str]:
        """What says that these, or what they are about, are so on a condition: their sentences have it."""
        about = propositions | {words(s) for s, _, _ in self._parts(propositions)}
        return self.to([f"?y rdf:subject ?x ; rdf:predicate <{each}>" for each in sorted(_CONDITIONS)], about)

    def _repeating(self, propositions: set[str]) -> set[str]:
        """Of whose statements some repeat those on these, or read one sentence otherwise."""
        claims = self.to(_SPOKEN, propositions)
        return self.to(_SPEAKS, self.to("?y ag:dependsOn ?x", claims) | self._readings(claims))

    def _readings(self, claims: set[str]) -> set[str]:
        return self.to(("?x ag:alternativeOf ?y", "?y ag:alternativeOf ?x"), claims)

    def _parts(self, propositions: Iterable[str]) -> set[Row]:
        """Subject, relation and third place of each. What is new may share them with what was there before."""
        pattern = "?x rdf:subject ?s ; rdf:predicate ?r ; rdf:object ?o"
        return set(self.both(pattern, propositions, "?s ?r ?o"))

    def _like(self, names: str, rows: Iterable[str], pattern: str) -> set[str]:
        """The IRIs `?y` that a pattern finds for rows of values of some names."""
        found: set[str] = set()
        for part in parts(sorted(set(rows))):
            asked = f"SELECT DISTINCT ?y WHERE {{ VALUES ({names}) {{ {' '.join(part)} }} {pattern} }}"
            found |= {words(row[0]) for source in (self.before, self.after) for row in source.ask(asked)}
        return found

    def _periods(self, propositions: set[str]) -> set[str]:
        """The same, whatever the period."""
        rows = (f"({s} {r} {o})" for s, r, o in self._parts(propositions))
        return self._like("?s ?r ?o", rows, "?y rdf:subject ?s ; rdf:object ?o ; rdf:predicate ?r")

    def _told_with(self, propositions: set[str]) -> set[str]:
        """That an event took place, of which these are parts: both are told in one sentence."""
        subjects = {words(s) for s, _, _ in self._parts(propositions)}
        return self.to("?y rdf:subject ?x ; rdf:predicate ag:occurred", subjects)

    def _roles(self, propositions: set[str]) -> set[str]:
        """All that is said of an event, where these say that it took place."""
        occurred = expand("ag:occurred")
        rows = self._parts(propositions)
        events = {words(s) for s, r, _ in rows if words(r) == occurred}
        accused = self._no_actors(_ends(row for row in rows if words(row[1]) in self.accusing))
        of_parts = self._no_actors(_ends(row for row in rows if words(row[1]) in self.taking_part))
        found = self.to(_at_ends(self.whole), of_parts)
        return found | self.to("?y rdf:subject ?x", events | accused) | self.to("?y rdf:object ?x", accused)

    def _no_actors(self, nodes: set[str]) -> set[str]:
        """Those that can be called a crime: nobody can who acts, unless the kind is another one now."""
        acting = {kind.iri for kind in self.vocabulary.kinds.values() if kind.agent}
        kinds = {(words(node), words(kind)) for node, kind in self.both("?x ag:kind ?y", nodes)}
        things = {node for node, kind in kinds if kind not in acting}
        return nodes - ({node for node, _ in kinds} - things - self.described)

    def _rivals(self, propositions: set[str]) -> set[str]:
        """Other values of a relation that takes one."""
        several = {relation.iri for relation in self.vocabulary.relations.values() if not relation.single}
        rows = (f"({s} {r})" for s, r, _ in self._parts(propositions) if words(r) not in several)
        return self._like("?s ?r", rows, "?y rdf:subject ?s ; rdf:predicate ?r")

    def _of_parts(self, propositions: set[str]) -> set[str]:
        """The same of all parts of the groups that these are of, and all of whom these make a part of a group."""
        rows = self._parts(propositions)
        groups = self._groups(_ends(rows))
        joining = {words(s) for s, r, o in rows if words(r) == self.part_of and words(o) in groups}
        parts_of = self._smaller(groups | self._groups(joining))
        joining |= {part for one in joining for part in parts_of.get(one, ())}
        same = (f"(<{part}> {r} {o})" for s, r, o in rows for part in parts_of.get(words(s), ()))
        found = self._like("?s ?r ?o", same, "?y rdf:subject ?s ; rdf:object ?o ; rdf:predicate ?r")
        return found | self.to("?y rdf:subject ?x", joining)

    def _groups(self, nodes: Iterable[str]) -> set[str]:
        """Those that are groups of people."""
        kinds = {kind.iri for key, kind in self.vocabulary.kinds.items() if self.vocabulary.is_a(key, (GROUP,))}
        return {words(node) for node, kind in self.both("?x ag:kind ?y", nodes) if words(kind) in kinds}

    def _smaller(self, groups: set[str]) -> dict[str, frozenset[str]]:
        """Each of these groups with its parts, and the parts of those."""
        direct: dict[str, set[str]] = {}

        def step(new: set[str]) -> set[str]:
            pattern = f"?tie rdf:object ?x ; rdf:predicate <{self.part_of}> ; rdf:subject ?y"
            for whole, part in self.both(pattern, new):
                direct.setdefault(words(whole), set()).add(words(part))
            return {part for whole in new for part in direct.get(whole, ())}

        grow(set(groups), step)
        return {whole: reached(whole, direct) for whole in direct}

    def _of_wholes(self, propositions: set[str]) -> set[str]:
        """That somebody of whom these are is a part of others, and the same of those."""
        rows = self._parts(propositions)
        wholes: dict[str, set[str]] = {}
        ties: set[str] = set()

        def step(new: set[str]) -> set[str]:
            pattern = f"?tie rdf:subject ?x ; rdf:predicate <{self.part_of}> ; rdf:object ?y"
            for part, whole, tie in self.both(pattern, new, "?x ?y ?tie"):
                wholes.setdefault(words(part), set()).add(words(whole))
                ties.add(words(tie))
            return {whole for part in new for whole in wholes.get(part, ())}

        grow({words(s) for s, _, _ in rows}, step)
        same = {f"(<{whole}> {r} {o})" for s, r, o in rows for whole in reached(words(s), wholes)}
        return ties | self._like("?s ?r ?o", same, "?y rdf:subject ?s ; rdf:object ?o ; rdf:predicate ?r")

    def _inside(self, propositions: set[str]) -> set[str]:
        """The relationships that these are about."""
        return {end for end in _ends(self._parts(propositions)) if end.startswith(_PROPOSITIONS)}

    # --- what is needed to settle it

    def context(self) -> set[Quad]:
        """The evidence of unchanged graphs on which standing and sentences of what is touched depend."""
        near = self._near()
        claims = self.to(_SPOKEN, near)
        grow(claims, lambda new: self.to("?x ag:dependsOn ?y", new) | self._readings(new))
        near |= self.to(_SPEAKS, claims)
        near |= self._conditions(near)
        grow(near, self._inside)
        claims |= self.to(_SPOKEN, near)
        touched = self.touched
        claims |= self.to("?y ag:names ?x", near) | self.to(_NAMED, self.to("?y rdf:object ?x", self.renamed))
        named = claims | touched.documents | touched.actors
        named |= self.to("?y oa:hasSource ?x", touched.documents) | self.to("?y ag:decides ?x", near)
        found = set(self.before.evidence(named))
        self._follow(found, near | named)
        found = {quad for quad in found if words(quad.graph_name) not in self.old}
        return found | set(self.cases())

    def _near(self) -> set[str]:
        """What is touched, what it is about, and what decides how these stand."""
        near = self.touched.propositions | self._rivals(self.touched.propositions)
        near |= self._of_wholes(self.touched.propositions)
        for _ in range(2):
            near |= self._conditions(near)
            grow(near, self._inside)
            near |= self._periods(near)
            rows = self._parts(near)
            ends = _ends(rows)
            near |= self.to("?y rdf:subject ?x ; rdf:predicate ag:occurred", {words(row[0]) for row in rows})
            near |= self.to(_at_ends(self.accusing), self._no_actors(ends))
            crimes = self._no_actors(_ends(row for row in rows if words(row[1]) in self.whole))
            near |= self.to(_at_ends(self.taking_part), crimes)
        return near

    def _follow(self, found: set[Quad], known: set[str]) -> None:
        """Add what the quads found, and the new ones, refer to: actors, passages, steps, documents, values."""
        seen = set(known)
        new = [quad for quads in self.new.values() for quad in quads]
        while wanted := _referred([*found, *new]) - seen:
            seen |= wanted
            new = list(self.before.evidence(wanted))
            found |= set(new)

    # --- what was settled of it

    def claims(self) -> set[str]:
        """The statements whose sentences are settled anew, or go."""
        gone = {words(quad.subject) for quads in self.old.values() for quad in quads if quad.predicate in CLAIMS}
        return gone | self.to(_SPOKEN, self.touched.propositions)

    def passages(self) -> set[str]:
        """The places whose names are settled anew, or go."""
        return self.to("?y oa:hasSource ?x", self.touched.documents)


def _ends(rows: Iterable[Row]) -> set[str]:
    """The nodes at both ends of relationships."""
    return {words(end) for subject, _, third in rows for end in (subject, third) if isinstance(end, NamedNode)}


def _at_ends(relations: Iterable[str]) -> tuple[str, str]:
    """The patterns by which `?y` is a relationship with one of these relations at whose end `?x` stands.

    All of them in one question: each reads everything that is said of the ends, which may be much.
    """
    one_of = f"rdf:predicate ?r FILTER(?r IN ({', '.join(f'<{iri}>' for iri in sorted(relations))}))"
    return f"?y rdf:subject ?x ; {one_of}", f"?y rdf:object ?x ; {one_of}"


def _referred(quads: Sequence[Quad]) -> set[str]:
    """What quads lead to, but for other statements; a figure tells whom or what it counts."""
    return {
        quad.object.value
        for quad in quads
        if isinstance(quad.object, NamedNode)
        and quad.predicate not in _NOT_FOLLOWED
        and (quad.object.value.startswith(ID) or not quad.object.value.startswith(BASE))
        and not quad.object.value.startswith(VALUES)
    } | {
        word
        for quad in quads
        if quad.predicate == term("ag:figure")
        for word in words(quad.object).split(" ")
        if word.startswith("http")
    }
