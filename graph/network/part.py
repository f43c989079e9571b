"""What the cast of a store is chosen from, be it of any size: questions out, the triples of the answers in.

A generator of CONSTRUCT queries, each with an answer of bounded size, that is sent the triples of each. So whoever has
a store at hand and whoever waits for a server's answers beside other work ask the same. A small store is read whole. Of
a larger one, the actors of whom most is said are known from the index that it keeps (`dataset.ranks`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from pyoxigraph import NamedNode, Triple

from ..base.terms import BASE, ID, PREFIXES, expand, iri_of
from ..dataset.ranks import BY_OR_ABOUT, TERMS

T = TypeVar("T")
#: Asks questions, is sent answers, and comes to a result.
Asking: TypeAlias = Generator[str, Iterable[Triple], T]

#: A store with at most so many relationships is read whole.
WHOLE = 1_500
#: Of a larger one so many actors, of so many actors and things with most statements, and disputes are looked at, and so
#: many things that join two of the actors.
ACTORS, RANKED, DISPUTES, THINGS = 48, 500, 12, 24
#: So many relationships of each actor and thing, between actors, and of those that say where somebody belongs, which
#: are followed for so many steps.
OF_ACTOR, OF_THING, BETWEEN, BELONGING, STEPS = 15, 10, 400, 200, 3
#: So many relationships of one node, and disputes, are weighed.
_WEIGHED = 2_000
#: So many resources are asked for at once, and the relationships of so many nodes: every server answers that whole.
_AT_ONCE, _NODES_AT_ONCE = 80, 12
#: How far it is followed what relationships and statements lead to.
_DEPTH = 4
_WORDS = """{ ?s a ag:Kind } UNION { ?s a ag:RelationProperty } UNION { ?s a ag:Standing } UNION { ?s ag:mirrors ?any }
  ?s ?p ?o"""
#: What is asked of an actor or thing. What has several values, together with few others that do: an answer has a row
#: for each combination of them.
_ACTOR = (
    ("rdf:type", "ag:plural", *TERMS), ("rdfs:label", "ag:nameInSentence"), ("skos:altLabel", "dcterms:identifier"),
)  # fmt: skip
#: Relations that say where somebody belongs, as the cast's frames and second lines have it.
_HOMES = frozenset(
    ("holds-post", "post-in", "part-of", "works-for", "spokesperson-for", "subsidiary-of", "member-of", "located-in")
)
#: Links from a statement or a relationship to others: these are chosen, not followed. Where in a text it stands is told
#: by no cast.
_CHOSEN = frozenset(
    map(expand, ("ag:claims", "ag:mentions", "ag:counters", "ag:confirms", "ag:dependsOn", "ag:alternativeOf",
                 "ag:narrows", "ag:rivals", "ag:decidedOver", "ag:passage", "rdf:type", "rdf:predicate"))
)  # fmt: skip
_SIDES = frozenset(map(expand, ("ag:affirmedBy", "ag:opposedBy")))
_MAIN = expand("ag:mainActor")
_ID = expand("dcterms:identifier")
_SUBJECT, _OBJECT = expand("rdf:subject"), expand("rdf:object")
_PREFIXES = "\n".join(f"PREFIX {name}: <{namespace}>" for name, namespace in PREFIXES.items())


@dataclass(frozen=True)
class Part:
    """What a cast is chosen from and drawn with."""

    triples: frozenset[Triple]
    #: False for a large store without ranks: who matters most in it is not known, and only what is disputed was asked.
    ranked: bool
    #: Whether any relationship in it is settled, as our builds do.
    ours: bool


def answered(asking: Asking[T], answer: Callable[[str], Iterable[Triple]]) -> T:
    """What comes of asking when `answer` answers each question at once."""
    try:
        question = next(asking)
        while True:
            question = asking.send(answer(question))
    except StopIteration as whole:
        found: T = whole.value
        return found


def part_for_cast() -> Asking[Part]:
    """Ask for all that a cast is chosen from and drawn with, which the generator returns."""
    part = _Part()
    yield from part.take("?s ?p ?o", _WORDS)
    yield from part.take("?s ag:mainActor ?o", "?s ag:mainActor ?o")
    # Asked and not taken from what the store says of itself: that may be missing.
    some = yield from part.named(f"SELECT DISTINCT ?s WHERE {{ ?s ag:line ?line }} LIMIT {WHOLE + 1}")
    least = 1
    if len(some) > WHOLE:
        least = yield from _least()
        yield from _chosen(part, least)
    else:
        yield from part.relationships(some)
    yield from part.follow()
    return Part(frozenset(part.found), least > 0, bool(some))


def _least() -> Asking[int]:
    """How many statements are by or about the last of those with most of them; 0 without ranks.

    Numbers are put in order soon; with the names of everybody beside them, that takes an engine many times as long.
    """
    first = f"SELECT ?o WHERE {{ ?s {BY_OR_ABOUT} ?o }} ORDER BY DESC(?o) LIMIT {RANKED}"
    counts = yield from ask("ag:ranks rdf:value ?o", f"{{ {first} }}")
    return min((int(getattr(found.object, "value", "0")) for found in counts), default=0)


def _chosen(part: _Part, least: int) -> Asking[None]:
    """Of a large store: what ties its main actors, and those whom cases name, to each other and to what joins them."""
    counted = f"?s {BY_OR_ABOUT} ?o FILTER(?o >= {least})"
    first = f"{{ SELECT ?s ?o WHERE {{ {counted} }} ORDER BY DESC(?o) ?s LIMIT {RANKED} }}"
    agents = f"{first} ?s ag:kind/ag:agent true"
    actors = yield from part.named(f"SELECT ?s WHERE {{ {agents} }} ORDER BY DESC(?o) ?s LIMIT {ACTORS}")
    disputes = yield from part.named(_first(_some('?s ag:line "disputed"'), DISPUTES))
    yield from part.relationships(disputes)
    drawn = sorted({*actors, *part.main_actors(), *(end for pair in part.pairs() for end in pair)})
    yield from part.relationships_at(drawn, OF_ACTOR)
    known = _values(drawn)
    both = f"VALUES ?a {known} ?s rdf:subject ?a ; rdf:object ?b . VALUES ?b {known}"
    yield from part.relationships((yield from part.named(_first(both, BETWEEN))))
    yield from part.relationships_at(_joining(part, {*drawn})[:THINGS], OF_THING)
    yield from _belonging(part, drawn)


def _joining(part: _Part, drawn: Collection[str]) -> list[str]:
    """What two of the drawn or more are tied to, that which joins most of them first."""
    joined: dict[str, set[str]] = defaultdict(set)
    for pair in part.pairs():
        for end in pair.difference(drawn):
            joined[end] |= pair.intersection(drawn)
    several = {node: len(who) for node, who in joined.items() if len(who) > 1}
    return sorted(several, key=lambda node: (-several[node], node))


def _belonging(part: _Part, drawn: Sequence[str]) -> Asking[None]:
    """What says where they belong, and to what that belongs."""
    inside, seen = list(drawn), {*drawn}
    # Filtered by them: joined with them, engines read all relationships of these relations.
    relations = ", ".join(f"<{iri}>" for iri in part.called(_HOMES))
    for _ in range(STEPS):
        home = f"VALUES ?a {_values(inside)} ?s rdf:subject ?a ; rdf:predicate ?r FILTER(?r IN ({relations}))"
        homes = yield from part.named(_first(home, BELONGING))
        yield from part.relationships(homes)
        inside = sorted({end for pair in part.pairs(homes) for end in pair} - seen)
        seen.update(inside)
        if not inside:
            return


def _first(pattern: str, most: int) -> str:
    return f"SELECT DISTINCT ?s WHERE {{ {pattern} }} ORDER BY ?s LIMIT {most}"


def _some(pattern: str) -> str:
    """Of what a pattern finds, no more than can be put in order soon."""
    return f"{{ SELECT DISTINCT ?s WHERE {{ {pattern} }} LIMIT {_WEIGHED} }}"


def _at(node: str, most: int) -> str:
    """The relationships of a node, disputed ones first, then those of which most is said."""
    at = f"{{ ?s rdf:subject {NamedNode(node)} }} UNION {{ ?s rdf:object {NamedNode(node)} }}"
    weights = "OPTIONAL { ?s ag:disputed ?d } OPTIONAL { ?s ag:statements ?n }"
    order = "DESC(COALESCE(?d, false)) DESC(COALESCE(?n, 1)) ?s"
    return f"SELECT ?s WHERE {{ {_some(at)} {weights} }} ORDER BY {order} LIMIT {most}"


class _Part:
    """What has been answered so far."""

    def __init__(self) -> None:
        self.found: set[Triple] = set()
        self.asked: set[str] = set()

    def called(self, ids: Collection[str]) -> list[str]:
        """The words of the vocabulary that have these ids."""
        return sorted(iri_of(found.subject) for found in self.found
                      if found.predicate.value == _ID and getattr(found.object, "value", "") in ids)  # fmt: skip

    def main_actors(self) -> set[str]:
        """Whom cases name as their main actors."""
        return {iri_of(found.object) for found in self.found if found.predicate.value == _MAIN}

    def pairs(self, propositions: Collection[str] | None = None) -> Iterator[set[str]]:
        """The nodes at both ends of these relationships, or of each."""
        ends: dict[str, set[str]] = defaultdict(set)
        for found in self.found:
            if found.predicate.value in (_SUBJECT, _OBJECT) and isinstance(found.object, NamedNode):
                ends[iri_of(found.subject)].add(found.object.value)
        return (pair for iri, pair in ends.items() if propositions is None or iri in propositions)

    def take(self, template: str, pattern: str) -> Asking[set[Triple]]:
        """Ask one question and keep the answer."""
        answer = yield from ask(template, pattern)
        self.found |= answer
        return answer

    def named(self, pattern: str) -> Asking[list[str]]:
        """The IRIs that a pattern finds as `?s`, sorted."""
        answer = yield from ask("?s rdf:value true", pattern)
        return sorted({iri_of(found.subject) for found in answer} - {""})

    def relationships(self, iris: Sequence[str]) -> Asking[None]:
        """Relationships with the statements about them, whole."""
        fresh = [iri for iri in iris if iri not in self.asked]
        self.asked.update(fresh)
        for known in listed(fresh):
            yield from self.take("?s ?p ?o", f"VALUES ?s {known} ?s ?p ?o")
            for name in ("ag:claims", "ag:mentions"):
                answer = yield from self.take("?s ?p ?o", f"VALUES ?x {known} ?s {name} ?x . ?s ?p ?o")
                self.asked.update(iri_of(found.subject) for found in answer)
        if narrower := (yield from self._rested_on({*fresh})):
            yield from self.relationships(narrower)

    def _rested_on(self, iris: set[str]) -> Asking[list[str]]:
        """What those speak of by whom these relationships are affirmed or denied: of a narrower one, most often.

        What follows from it has no statements of its own, and without hers nobody would be named as its speaker.
        """
        claims = {
            iri_of(found.object) for found in self.found
            if found.predicate.value in _SIDES and iri_of(found.subject) in iris
        }  # fmt: skip
        named: set[str] = set()
        for known in listed(sorted(claims - self.asked - {""})):
            named.update((yield from self.named(f"SELECT DISTINCT ?s WHERE {{ VALUES ?c {known} ?c ag:claims ?s }}")))
        return sorted(named - self.asked)

    def relationships_at(self, nodes: Sequence[str], most: int) -> Asking[None]:
        """So many relationships of each node."""
        found: set[str] = set()
        for some in cut(nodes, _NODES_AT_ONCE):
            found.update((yield from self.named(" UNION ".join(f"{{ {_at(node, most)} }}" for node in some))))
        yield from self.relationships(sorted(found))

    def follow(self) -> Asking[None]:
        """What all this leads to: actors and things by name, all else whole."""
        for _ in range(_DEPTH):
            new = sorted({iri for found in self.found for iri in _led_to(found)} - self.asked)
            self.asked.update(new)
            actors: set[str] = set()
            for known in listed(new):
                kinds = yield from self.take("?s ag:kind ?o", f"VALUES ?s {known} ?s ag:kind ?o")
                actors.update(iri_of(found.subject) for found in kinds)
            # Not whole: an actor has as many ties as there are relationships.
            for known in listed(sorted(actors)):
                for names in _ACTOR:
                    yield from self.take(*optional(names, known))
            for known in listed([iri for iri in new if iri not in actors]):
                yield from self.take("?s ?p ?o", f"VALUES ?s {known} ?s ?p ?o")


def ask(template: str, pattern: str) -> Asking[set[Triple]]:
    """One question and its answer: what `pattern` finds, as `template` has it."""
    return set((yield f"{_PREFIXES}\nCONSTRUCT {{ {template} }} WHERE {{ {pattern} }}"))


def _values(iris: Sequence[str]) -> str:
    return "{ " + " ".join(str(NamedNode(iri)) for iri in iris) + " }"


def optional(names: Sequence[str], known: str) -> tuple[str, str]:
    """Template and pattern for what may be said of each. With a list of predicates, engines read all that have one."""
    parts = [f"?s {name} ?o{number}" for number, name in enumerate(names)]
    return " . ".join(parts), f"VALUES ?s {known} " + " ".join(f"OPTIONAL {{ {part} }}" for part in parts)


def cut(iris: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    """Lists of no more than so many."""
    return (iris[at : at + most] for at in range(0, len(iris), most))


def listed(iris: Sequence[str]) -> Iterator[str]:
    """Resources as the values of a variable, no more at once than every server takes."""
    return map(_values, cut(iris, _AT_ONCE))


def _led_to(found: Triple) -> Iterator[str]:
    """The resource that a triple leads to, if it is neither a word of the vocabulary nor one that is chosen."""
    to = iri_of(found.object)
    if to and found.predicate.value not in _CHOSEN and (to.startswith(ID) or not to.startswith(BASE)):
        yield to
