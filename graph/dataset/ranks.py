"""How many statements are by and about everybody: an index that a store keeps beside its data, in a graph in no file.

In: evidence, and which relationship is which. Out: counts, which add up over documents: what comes and goes with a
document is counted in it alone, so that a store of any size knows its main actors as it grows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Store

from ..base.terms import ID, NamedNode, Quad
from .shape import RANKS, number, term

#: Statements by or about somebody, each once; those about, by others; those about, by themselves.
BY_OR_ABOUT, ABOUT, ABOUT_ITSELF = "ag:statementsByOrAbout", "ag:statementsAbout", "ag:statementsAboutItself"
TERMS = (BY_OR_ABOUT, ABOUT, ABOUT_ITSELF)
_NAMES = {term(name): name for name in TERMS}
_SPEAKERS = frozenset({term("ag:speaker"), term("ag:speaksFor")})
_ON = frozenset({term("ag:claims"), term("ag:mentions")})
_ENDS = frozenset({term("rdf:subject"), term("rdf:object")})
_TYPE, _UNSTATED = term("rdf:type"), term("ag:UnstatedSource")
#: Times, figures and relationships at the ends of others are neither actors nor things.
_NOBODY = tuple(f"{ID}{kind}/" for kind in ("t", "q", "p"))

#: Counts by node and term. Zeros are left out.
Ranks = Counter[tuple[str, str]]


def ranks(quads: Iterable[Quad]) -> Ranks:
    """The counts over the statements among some quads, whose relationships are among them, too."""
    read = _Read()
    for quad in quads:
        read.take(quad)
    return read.counted()


def ranked_in(store: Store) -> Ranks:
    """The same over a store in memory, of which few quads are about that."""
    read = _Read()
    for predicate in (*_SPEAKERS, *_ON, *_ENDS):
        for quad in store.quads_for_pattern(None, predicate, None, None):
            read.take(quad)
    for quad in store.quads_for_pattern(None, _TYPE, _UNSTATED, None):
        read.take(quad)
    return read.counted()


def rank_quads(counts: Mapping[tuple[str, str], int]) -> Iterator[Quad]:
    """The index of these counts."""
    for (iri, name), count in counts.items():
        if count:
            yield number(NamedNode(iri), name, count, RANKS)


def ranks_in(quads: Iterable[Quad]) -> Ranks:
    """The counts that an index holds."""
    found: Ranks = Counter()
    for quad in quads:
        if name := _NAMES.get(quad.predicate):
            found[getattr(quad.subject, "value", ""), name] = int(getattr(quad.object, "value", "0"))
    return found


@dataclass(slots=True)
class _Read:
    speakers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    on: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    ends: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    nobody: set[str] = field(default_factory=set)

    def take(self, quad: Quad) -> None:
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode):
            return
        subject, to = quad.subject.value, quad.object.value
        if quad.predicate in _SPEAKERS:
            self.speakers[subject].add(to)
        elif quad.predicate in _ON:
            self.on[subject].add(to)
        elif quad.predicate in _ENDS and not to.startswith(_NOBODY):
            self.ends[subject].add(to)
        elif quad.predicate == _TYPE and quad.object == _UNSTATED:
            self.nobody.add(subject)

    def counted(self) -> Ranks:
        counts: Ranks = Counter()
        for claim, propositions in self.on.items():
            speakers = self.speakers.get(claim, set()) - self.nobody
            ends = {end for proposition in propositions for end in self.ends.get(proposition, ())}
            counts.update((one, BY_OR_ABOUT) for one in speakers | ends)
            counts.update((one, ABOUT) for one in ends - speakers)
            counts.update((one, ABOUT_ITSELF) for one in ends & speakers)
        return counts
